package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/outbox"
	"shopbell/meta"
)

// moody is a Meta that accepts, refuses and falls silent at random, and remembers what it accepted.
type moody struct {
	mu       sync.Mutex
	r        *rand.Rand
	accepted map[string][]string // outbox id → wamids
	refused  map[string]bool     // outbox id → refused for good
	asked    map[string]int
}

func (m *moody) SendMessage(_ context.Context, _ string, msg meta.Message) (meta.Sent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := msg.BizOpaque
	m.asked[id]++
	accept := func() string {
		wamid := fmt.Sprintf("wamid.%s.%d", id, len(m.accepted[id]))
		m.accepted[id] = append(m.accepted[id], wamid)
		return wamid
	}
	switch n := m.r.IntN(10); {
	case n < 4:
		return meta.Sent{ID: accept(), WaID: app.Digits(msg.To)}, nil
	case n < 5: // accepted, and the answer lost
		accept()
		return meta.Sent{}, &meta.TransportError{Op: "POST", Sent: true, Err: context.DeadlineExceeded}
	case n < 6: // lost on the way there, which looks the same from here
		return meta.Sent{}, &meta.TransportError{Op: "POST", Sent: true, Err: context.DeadlineExceeded}
	case n < 7:
		m.refused[id] = true
		return meta.Sent{}, &meta.Error{HTTPStatus: 400, Code: 131026, Message: "no"}
	case n < 8:
		return meta.Sent{}, &meta.TransportError{Op: "POST", Err: context.DeadlineExceeded} // never left this computer
	default:
		return meta.Sent{}, &meta.Error{HTTPStatus: 400, Code: 131057, Message: "later", RetryAfter: time.Millisecond}
	}
}

func (m *moody) UploadMedia(context.Context, string, string, string, io.Reader) (string, error) {
	return "", &meta.Error{HTTPStatus: 400, Code: 100, Message: "this test has no files"}
}

// Whatever Meta does, each message is accepted at most once, and ends where the truth is.
func TestTheOutboxSendsOnceWhateverMetaDoes(t *testing.T) {
	for seed := range uint64(4) {
		d := openTestDesk(t, map[string][]byte{"x": []byte(`{"object":"whatsapp_business_account","entry":[{"id":"555","changes":[{"field":"messages",` +
			`"value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"777"},"messages":[{"id":"wamid.x","from":"34600000000","timestamp":"1","type":"text","text":{"body":"x"}}]}}]}]}`)})
		list, err := d.accounts.List(t.Context())
		if err != nil || len(list) != 1 {
			t.Fatalf("%v %v", list, err)
		}
		world := &moody{r: rand.New(rand.NewPCG(seed, 1)), accepted: map[string][]string{}, refused: map[string]bool{}, asked: map[string]int{}}
		box := outbox.New(outbox.Config{
			Store: d.store, Sender: func(context.Context, app.ID) (outbox.Sender, error) { return world, nil },
			Pacer: meta.NewPacer(), Feed: d.store, Owner: "test", Now: time.Now, Rand: func() float64 { return 0 }, Log: d.log,
		})
		const messages = 40
		for i := range messages {
			if _, _, err := d.inbox.SendTextTo(t.Context(), list[0].ID, "3461200"+fmt.Sprintf("%04d", i%25), "m"+strconv.Itoa(i)); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- box.Run(ctx) }()
		var sends []app.Send
		eventually(t, "every message has an outcome", func() bool {
			if sends, err = d.store.Sends(t.Context(), nil, 0, 1000); err != nil {
				t.Fatal(err)
			}
			for _, s := range sends {
				if s.State == app.SendQueued || s.State == app.SendClaimed || s.State == app.SendSending {
					return false
				}
			}
			return len(sends) == messages
		})
		cancel()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		for _, s := range sends {
			id := strconv.FormatInt(s.ID, 10)
			wamids := world.accepted[id]
			switch s.State {
			case app.SendAccepted:
				if len(wamids) != 1 || s.Wamid != wamids[0] {
					t.Errorf("seed %d: %s is accepted as %q, Meta has %v", seed, id, s.Wamid, wamids)
				}
			case app.SendUnknown:
				if len(wamids) > 1 {
					t.Errorf("seed %d: %s went out %d times", seed, id, len(wamids))
				}
			case app.SendFailed:
				if len(wamids) != 0 || !world.refused[id] {
					t.Errorf("seed %d: %s failed, Meta has %v", seed, id, wamids)
				}
			default:
				t.Errorf("seed %d: %s ended %s", seed, id, s.State)
			}
		}
		// The statuses settle what stayed unknown.
		var facts []app.Fact
		for id, wamids := range world.accepted {
			n, err := strconv.ParseInt(id, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			facts = append(facts, app.Fact{PhoneNumberID: "777", WABAID: "555", Status: &app.StatusFact{Wamid: wamids[0], Status: app.StatusDelivered, At: time.Now(), Opaque: n}})
		}
		results, err := d.store.ApplyFacts(t.Context(), facts)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range results {
			if r != nil {
				t.Errorf("seed %d: %+v: %v", seed, facts[i].Status, r)
			}
		}
		for _, s := range sends {
			m, err := d.store.Message(t.Context(), s.MessageID)
			if err != nil {
				t.Fatal(err)
			}
			if sent := len(world.accepted[strconv.FormatInt(s.ID, 10)]) == 1; sent != (m.Status == app.StatusDelivered) {
				t.Errorf("seed %d: Meta has it: %v, the message is %s", seed, sent, m.Status)
			}
		}
	}
}
