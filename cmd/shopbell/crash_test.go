package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// kills is how often the station is killed; SHOPBELL_TEST_KILLS overrides it for a quick try.
func kills() int {
	if n, err := strconv.Atoi(os.Getenv("SHOPBELL_TEST_KILLS")); err == nil {
		return n
	}
	return 200
}

// Whatever was answered 200 before a kill -9 is there after the restart, once, and applied.
func TestKillNineLosesAndDoublesNothing(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	var acked sync.Map
	var count atomic.Int64
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	for cycle := range kills() {
		s := w.startStation()
		stop := make(chan struct{})
		var load sync.WaitGroup
		for c := range 8 {
			load.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
					}
					id := fmt.Sprintf("wamid.kill.%d.%d.%d", cycle, c, i)
					if w.post(client, w.textWebhook(id, fmt.Sprintf("3461200%04d", rand.IntN(40)), id, time.Now())) == http.StatusOK {
						acked.Store(id, true)
						count.Add(1)
					}
				}
			})
		}
		before := count.Load()
		eventually(t, "the load", func() bool { return count.Load() > before })
		time.Sleep(time.Duration(rand.IntN(150_000)) * time.Microsecond)
		s.kill()
		close(stop)
		load.Wait()
		client.CloseIdleConnections()
	}
	if count.Load() < int64(kills()) {
		t.Fatalf("only %d webhooks were acknowledged: no load", count.Load())
	}
	s := w.startStation()
	eventually(t, "everything applied", func() bool {
		for _, e := range w.journal() {
			if e.State == "pending" {
				return false
			}
		}
		return true
	})
	s.stop()
	seen := map[string]int{}
	for _, m := range w.messages() {
		seen[*m.ID]++
		if m.Text != *m.ID {
			t.Errorf("%s says %q", *m.ID, m.Text)
		}
	}
	acked.Range(func(id, _ any) bool {
		if seen[id.(string)] != 1 {
			t.Errorf("%s was acknowledged and is there %d times", id, seen[id.(string)])
		}
		return true
	})
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s is there %d times", id, n)
		}
	}
	t.Logf("%d kills, %d webhooks acknowledged, %d messages", kills(), count.Load(), len(seen))
}

// A kill -9 between the request and its record sends nothing twice, and the status webhook still settles the message.
func TestKillBetweenRequestAndRecordSendsNothingTwice(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	var requests atomic.Int64
	var opaque atomic.Value
	reached := make(chan struct{}, 10)
	graph := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		opaque.Store(between(string(body), `"biz_opaque_callback_data":"`, `"`))
		requests.Add(1)
		reached <- struct{}{}
		<-r.Context().Done() // Meta has it; the answer never comes
	}))
	defer graph.Close()
	s := w.startStation("SHOPBELL_GRAPH_URL=" + graph.URL + "/v26.0")
	w.must("send", "--account", "Shop", "--to", "+34612345678", "--text", "only once")
	<-reached
	s.kill()
	for range 3 {
		s = w.startStation("SHOPBELL_GRAPH_URL=" + graph.URL + "/v26.0")
		w.must("send", "--account", "Shop", "--to", "+34699999999", "--text", "the queue goes on")
		<-reached
		s.kill()
	}
	if n := requests.Load(); n != 4 {
		t.Fatalf("%d requests for 4 messages", n)
	}
	w.startStation("SHOPBELL_GRAPH_URL=" + graph.URL + "/v26.0")
	status := fmt.Sprintf(`{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{"messaging_product":"whatsapp",`+
		`"metadata":{"display_phone_number":"15550001111","phone_number_id":%q},"statuses":[{"id":"wamid.late","status":"delivered","timestamp":"%d",`+
		`"recipient_id":"34699999999","biz_opaque_callback_data":%q}]}}]}]}`, w.cred.WABAID, w.cred.PhoneNumberID, time.Now().Unix(), opaque.Load())
	if code := w.post(http.DefaultClient, []byte(status)); code != http.StatusOK {
		t.Fatalf("the status was answered %d", code)
	}
	eventually(t, "the late status", func() bool {
		for _, m := range w.messages() {
			if m.ID != nil && *m.ID == "wamid.late" && m.Status == "delivered" {
				return true
			}
		}
		return false
	})
	if n := requests.Load(); n != 4 {
		t.Fatalf("%d requests for 4 messages", n)
	}
}

// between is what stands between two marks.
func between(s, before, after string) string {
	_, rest, _ := strings.Cut(s, before)
	v, _, _ := strings.Cut(rest, after)
	return v
}
