package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"shopbell/app"
)

// customers imports n contacts, and some who can't be written to.
func (w *world) customers(n int, more ...string) {
	w.t.Helper()
	lines := []string{"name,phone,tags"}
	for i := range n {
		lines = append(lines, fmt.Sprintf("Customer %d,+34612%06d,spring", i, i))
	}
	path := filepath.Join(w.t.TempDir(), "customers.csv")
	if err := os.WriteFile(path, []byte(strings.Join(append(lines, more...), "\n")+"\n"), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.must("import", "contact", path, "--map", "name=name", "--map", "phone=phone", "--map", "tags=tags")
}

func (w *world) broadcast(args ...string) broadcastAnswer {
	w.t.Helper()
	var a broadcastAnswer
	if err := json.Unmarshal([]byte(w.must(append([]string{"broadcast"}, args...)...)), &a); err != nil {
		w.t.Fatal(err)
	}
	return a
}

// A dry run says what the broadcast then does.
func TestBroadcastFromTheCommandLine(t *testing.T) {
	w := templateWorld(t)
	w.customers(5, "Other,+34699999999,autumn")
	// The template is bound to nothing yet: every variable is asked for.
	args := []string{"--template", "come_back", "--type", "contact", "--filter", "tags=spring", "--value", "1=friend"}
	unasked := w.broadcast(append(args[:6:6], "--dry-run")...)
	if unasked.Send != 0 || unasked.Reasons["empty_variable"] != 5 || len(unasked.Skipped) != 5 || unasked.Skipped[0].Words == "" {
		t.Errorf("%+v", unasked)
	}
	dry := w.broadcast(append(args, "--dry-run")...)
	if dry.Total != 5 || dry.Send != 5 || dry.Skip != 0 || dry.Broadcast != "" || dry.Cost.Charged != 5 || dry.Cost.Amount != "0.307500" {
		t.Fatalf("%+v", dry)
	}
	if n := len(w.sent()); n != 0 {
		t.Fatalf("a dry run sent %d", n)
	}
	done := w.broadcast(args...)
	if done.Send != dry.Send || done.Skip != dry.Skip || done.Broadcast == "" {
		t.Errorf("%+v, dry %+v", done, dry)
	}
	eventually(t, "the broadcast", func() bool { return len(w.sent()) == 5 })
	eventually(t, "every status", func() bool {
		for _, s := range decodeLines[sendLine](t, w.must("export", "sends")) {
			if s.State != "accepted" || s.Broadcast != done.Broadcast || s.Record.Type != "contact" || s.Category != "MARKETING" {
				return false
			}
		}
		return true
	})
	for _, c := range []struct{ args, want string }{
		{"--filter nothing=1", "names no field"}, {"--filter birthday=soon", "2026-03-01"}, {"--type nothing", "no record type"}, {"--template old_newsletter", "holds it back"},
	} {
		_, errOut, code := w.run(append([]string{"broadcast", "--template", "come_back", "--value", "1=x"}, strings.Fields(c.args)...)...)
		if c.args == "--template old_newsletter" {
			_, errOut, code = w.run("broadcast", "--template", "old_newsletter")
		}
		if code == exitOK || !strings.Contains(errOut, c.want) {
			t.Errorf("%s: exit %d, %s", c.args, code, errOut)
		}
	}
}

// broadcastRows is how many customers the broadcast with faults has; SHOPBELL_TEST_BROADCAST overrides it, for the great one of ten thousand.
func broadcastRows() int {
	if n, err := strconv.Atoi(os.Getenv("SHOPBELL_TEST_BROADCAST")); err == nil {
		return n
	}
	return 1000
}

// Whatever befalls it — refusals for now, answers that never come, kill -9 — each customer gets a broadcast once, and every row ends where the truth is.
func TestABroadcastSurvivesFaultsAndKills(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := "SHOPBELL_LISTEN=" + free.Addr().String()
	_ = free.Close()
	s := w.startStation(listen)
	w.subscribe("messages")
	w.must("template", "sync", "--account", "Shop")
	n := broadcastRows()
	w.customers(n)
	b := w.broadcast("--template", "order_confirmation", "--language", "en_US", "--value", "1=Mai", "--value", "2=S1")
	if b.Send != n {
		t.Fatalf("%+v", b)
	}
	kills := 0
	for len(w.sent()) < n*9/10 {
		w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "messages", "count": 1, "error": map[string]any{"code": 130429}}, nil)
		w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "messages", "count": 2, "accept_then_drop": true}, nil)
		before := len(w.sent())
		eventually(t, "some go out", func() bool { return len(w.sent()) >= min(before+n/8, n*9/10) })
		s.kill()
		kills++
		s = w.startStation(listen)
	}
	d := w.openHere()
	defer d.close()
	id, err := strconv.ParseInt(b.Broadcast, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	var now app.Broadcast
	// What was killed between the record and the request has an unknown outcome for good: a person decides. Everything else is known.
	eventually(t, "the end", func() bool {
		now, err = d.store.Broadcast(t.Context(), id)
		return err != nil || now.State == app.BroadcastDone && now.Counts[string(app.StatusUnknown)] == n-len(w.sent())
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, m := range w.sent() {
		got[app.Digits(m.To)]++
	}
	for to, k := range got {
		if k != 1 {
			t.Errorf("%s got it %d times", to, k)
		}
	}
	arrived := 0
	if err := d.broadcasts.Each(t.Context(), id, func(r app.BroadcastRow) error {
		if r.Status.Rank() >= app.StatusAccepted.Rank() && r.Status != app.StatusFailed {
			arrived++
		}
		if has := got[r.Phone] == 1; has != (r.Status.Rank() >= app.StatusAccepted.Rank()) {
			t.Errorf("%s: Meta has it: %v, the row says %s", r.Phone, has, r.Status)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d customers, %d kills: %d have it, %d arrived, %v", n, kills, len(got), arrived, now.Counts)
	if lost := n - len(got); lost != now.Counts[string(app.StatusUnknown)] {
		t.Errorf("%d have not got it, %v", lost, now.Counts)
	}
}
