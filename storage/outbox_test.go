package storage

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"shopbell/app"
)

// queued puts n messages to a number into the outbox.
func queued(t testing.TB, s *Store, a app.Account, to string, n int) []app.Message {
	t.Helper()
	var out []app.Message
	for i := range n {
		out = append(out, ok[app.Message](t)(s.Queue(bg, app.Outgoing{AccountID: a.ID, To: to, Type: "text", Text: fmt.Sprint("text ", i), Payload: "{}"})))
	}
	return out
}

// claimed takes what can be taken.
func claimed(t testing.TB, s *Store, owner string) []app.Send {
	t.Helper()
	return ok[[]app.Send](t)(s.Claim(bg, owner, 100, time.Minute))
}

func status(t testing.TB, s *Store, m app.Message) app.Status {
	t.Helper()
	return ok[app.Message](t)(s.Message(bg, m.ID)).Status
}

func TestASendFromQueueToDelivered(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		m := queued(t, s, a, "34612345678", 1)[0]
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Queued != 1 {
			t.Errorf("%+v", n)
		}
		wait, some, err := s.NextDue(bg)
		if err != nil || !some || wait != 0 {
			t.Errorf("next due %v %v %v", wait, some, err)
		}
		c := claimed(t, s, "me")
		if len(c) != 1 || c[0].To != "34612345678" || c[0].PhoneNumberID != "number" || c[0].Payload != "{}" || c[0].MessageID != m.ID {
			t.Fatalf("%+v", c)
		}
		if sending := ok[bool](t)(s.Sending(bg, c[0].ID, "somebody else")); sending {
			t.Error("somebody else may send it")
		}
		if sending := ok[bool](t)(s.Sending(bg, c[0].ID, "me")); !sending || status(t, s, m) != app.StatusSending {
			t.Errorf("sending %v, %s", sending, status(t, s, m))
		}
		must(t, s.Accepted(bg, c[0].ID, "wamid.1", app.Person{Phone: "34612345678", UserID: "US.1"}))
		apply(t, s, reported("wamid.1", app.StatusDelivered, noon))
		got := ok[app.Send](t)(s.Send(bg, c[0].ID))
		if status(t, s, m) != app.StatusDelivered || got.State != app.SendAccepted || got.Attempts != 1 || got.Wamid != "wamid.1" {
			t.Errorf("%s %+v", status(t, s, m), got)
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Queued != 0 || n.Failed != 0 {
			t.Errorf("%+v", n)
		}
		if who := theOnly(t, s).Contact; who.UserID() != "US.1" {
			t.Errorf("the contact did not learn its user id: %+v", who)
		}
	})
}

func TestOneWishIsOneMessage(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		var mu sync.Mutex
		ids := map[app.ID]bool{}
		together(16, func(int) {
			m, err := s.Queue(bg, app.Outgoing{AccountID: a.ID, To: "34612345678", Type: "text", Text: "x", Payload: "{}", ClientKey: "key"})
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			ids[m.ID] = true
		})
		if len(ids) != 1 || len(claimed(t, s, "me")) != 1 {
			t.Errorf("%d messages", len(ids))
		}
	})
}

func TestOnlyTheOldestOfAConversationGoes(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		mine, other := queued(t, s, a, "34612345678", 3), queued(t, s, a, "34699999999", 1)
		c := claimed(t, s, "me")
		if len(c) != 2 || c[0].MessageID != mine[0].ID || c[1].MessageID != other[0].ID {
			t.Fatalf("%+v", c)
		}
		if more := claimed(t, s, "me"); len(more) != 0 {
			t.Errorf("the second went before the first: %+v", more)
		}
		must(t, s.Retry(bg, c[0].ID, app.Failure{Code: 130429, Title: "slow down"}, time.Hour))
		if m := ok[app.Message](t)(s.Message(bg, mine[0].ID)); m.Status != app.StatusQueued || m.Error == nil || m.Error.Code != 130429 {
			t.Errorf("nobody learns why it waits: %+v", m)
		}
		if more := claimed(t, s, "me"); len(more) != 0 {
			t.Errorf("the second overtook the first that waits: %+v", more)
		}
		if wait, some, err := s.NextDue(bg); err != nil || !some || wait > time.Hour {
			t.Errorf("next due %v %v %v", wait, some, err)
		}
		must(t, s.Failed(bg, c[0].ID, app.Failure{Code: 131026, Title: "undeliverable"}))
		if more := claimed(t, s, "me"); len(more) != 1 || more[0].MessageID != mine[1].ID {
			t.Errorf("%+v", more)
		}
		m := ok[app.Message](t)(s.Message(bg, mine[0].ID))
		if m.Status != app.StatusFailed || m.Error == nil || m.Error.Code != 131026 {
			t.Errorf("%+v", m)
		}
	})
}

func TestEightWorkersNeverHoldOneRow(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		const rows = 200
		for i := range rows {
			queued(t, s, a, fmt.Sprintf("346%08d", i), 1)
		}
		stores := []*Store{s}
		for range 3 {
			stores = append(stores, open(t, s.opts))
		}
		var mu sync.Mutex
		held := map[app.ID]string{}
		together(8, func(i int) {
			owner := fmt.Sprint("worker", i)
			for {
				list, err := stores[i%len(stores)].Claim(bg, owner, 8, time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, r := range list {
					if was, double := held[r.ID]; double {
						t.Errorf("%s and %s hold one row", was, owner)
					}
					held[r.ID] = owner
				}
				done := len(held) == rows
				mu.Unlock()
				if done || len(list) == 0 {
					return
				}
			}
		})
		for len(held) < rows { // a worker stops when others hold everything for a moment
			list := claimed(t, s, "last")
			if len(list) == 0 {
				break
			}
			for _, r := range list {
				if held[r.ID] != "" {
					t.Errorf("%s was claimed again", held[r.ID])
				}
				held[r.ID] = "last"
			}
		}
		if len(held) != rows {
			t.Errorf("%d of %d rows claimed", len(held), rows)
		}
	})
}

func TestAnOwnerThatDied(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		first, second := queued(t, s, a, "34612345678", 1)[0], queued(t, s, a, "34699999999", 1)[0]
		c := ok[[]app.Send](t)(s.Claim(bg, "dead", 10, 50*time.Millisecond))
		if len(c) != 2 || !ok[bool](t)(s.Sending(bg, c[1].ID, "dead")) {
			t.Fatal("could not begin to send")
		}
		must(t, s.Extend(bg, "dead", -time.Second))
		requeued, unknown, err := s.Recover(bg)
		if requeued != 1 || unknown != 1 || err != nil {
			t.Errorf("%d queued again, %d unknown, %v", requeued, unknown, err)
		}
		if status(t, s, first) != app.StatusQueued || status(t, s, second) != app.StatusUnknown {
			t.Errorf("%s, %s", status(t, s, first), status(t, s, second))
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Queued != 1 || n.Failed != 1 {
			t.Errorf("%+v", n)
		}
		if sending := ok[bool](t)(s.Sending(bg, c[0].ID, "dead")); sending {
			t.Error("the dead may send")
		}
		if list := claimed(t, s, "alive"); len(list) != 1 || list[0].MessageID != first.ID {
			t.Errorf("what is unknown went out again: %+v", list)
		}
	})
}

func TestUnknownIsSettledByTheStatus(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		m := queued(t, s, a, "34612345678", 1)[0]
		c := claimed(t, s, "me")[0]
		ok[bool](t)(s.Sending(bg, c.ID, "me"))
		must(t, s.Unknown(bg, c.ID, app.Failure{Title: "no answer"}))
		if status(t, s, m) != app.StatusUnknown {
			t.Error(status(t, s, m))
		}
		f := reported("wamid.9", app.StatusSent, noon)
		f.Status.Opaque = c.ID
		apply(t, s, f)
		got := ok[app.Send](t)(s.SendOfMessage(bg, m.ID))
		if got.State != app.SendAccepted || got.Wamid != "wamid.9" || status(t, s, m) != app.StatusSent {
			t.Errorf("%+v, %s", got, status(t, s, m))
		}
		must(t, s.Unknown(bg, c.ID, app.Failure{Title: "the worker, late"}))
		must(t, s.Failed(bg, c.ID, app.Failure{Title: "the worker, late"}))
		if status(t, s, m) != app.StatusSent {
			t.Errorf("what was settled fell back to %s", status(t, s, m))
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Queued != 0 || n.Failed != 0 {
			t.Errorf("%+v", n)
		}
	})
}

func TestUnknownIsSettledByAPerson(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		m := queued(t, s, a, "34612345678", 1)[0]
		if err := s.Arrived(bg, ok[app.Send](t)(s.SendOfMessage(bg, m.ID)).ID); !errors.Is(err, app.ErrConflict) {
			t.Errorf("what waits was said to have arrived: %v", err)
		}
		c := claimed(t, s, "me")[0]
		ok[bool](t)(s.Sending(bg, c.ID, "me"))
		if err := s.Arrived(bg, c.ID); !errors.Is(err, app.ErrConflict) {
			t.Errorf("what is under way was said to have arrived: %v", err)
		}
		must(t, s.Unknown(bg, c.ID, app.Failure{Title: "no answer"}))
		must(t, s.Arrived(bg, c.ID))
		must(t, s.Arrived(bg, c.ID)) // two people say so
		got := ok[app.Send](t)(s.Send(bg, c.ID))
		if got.State != app.SendAccepted || got.Failure != nil || got.Attempts != 1 || status(t, s, m) != app.StatusAccepted {
			t.Errorf("%+v, %s", got, status(t, s, m))
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Queued != 0 || n.Failed != 0 {
			t.Errorf("%+v", n)
		}
		if _, err := s.Resend(bg, c.ID); !errors.Is(err, app.ErrConflict) {
			t.Errorf("it may be sent a second time: %v", err)
		}
		must(t, s.Unknown(bg, c.ID, app.Failure{Title: "the worker, late"}))
		if list := claimed(t, s, "me"); len(list) != 0 || status(t, s, m) != app.StatusAccepted {
			t.Errorf("%+v, %s", list, status(t, s, m))
		}
		f := reported("wamid.9", app.StatusRead, noon)
		f.Status.Opaque = c.ID
		apply(t, s, f)
		if got := ok[app.Message](t)(s.Message(bg, m.ID)); got.Status != app.StatusRead || got.Wamid != "wamid.9" {
			t.Errorf("Meta's word came to nothing: %+v", got)
		}
		// Of a message that was sent again, only the newer send is to be decided on.
		again := queued(t, s, a, "34699999999", 1)[0]
		first := claimed(t, s, "me")[0]
		ok[bool](t)(s.Sending(bg, first.ID, "me"))
		must(t, s.Unknown(bg, first.ID, app.Failure{Title: "no answer"}))
		ok[app.Send](t)(s.Resend(bg, first.ID))
		if err := s.Arrived(bg, first.ID); !errors.Is(err, app.ErrConflict) || status(t, s, again) != app.StatusQueued {
			t.Errorf("%v, %s", err, status(t, s, again))
		}
		if err := s.Arrived(bg, 1); !errors.Is(err, app.ErrNotFound) {
			t.Errorf("a message that is not here: %v", err)
		}
	})
}

func TestAMessageSentAgain(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		m := queued(t, s, a, "34612345678", 1)[0]
		first := claimed(t, s, "me")[0]
		ok[bool](t)(s.Sending(bg, first.ID, "me"))
		must(t, s.Unknown(bg, first.ID, app.Failure{Title: "no answer"}))
		second := ok[app.Send](t)(s.Resend(bg, first.ID))
		if _, err := s.Resend(bg, first.ID); !errors.Is(err, app.ErrConflict) {
			t.Errorf("sent again twice: %v", err)
		}
		if status(t, s, m) != app.StatusQueued {
			t.Error(status(t, s, m))
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Queued != 1 || n.Failed != 0 {
			t.Errorf("%+v", n)
		}
		old := reported("wamid.old", app.StatusFailed, noon)
		old.Status.Opaque = first.ID
		apply(t, s, old)
		if status(t, s, m) != app.StatusQueued {
			t.Errorf("the failure of the older send made it %s", status(t, s, m))
		}
		c := claimed(t, s, "me")
		if len(c) != 1 || c[0].ID != second.ID {
			t.Fatalf("%+v", c)
		}
		ok[bool](t)(s.Sending(bg, second.ID, "me"))
		must(t, s.Accepted(bg, second.ID, "wamid.new", app.Person{}))
		apply(t, s, reported("wamid.old", app.StatusDelivered, noon.Add(time.Second)))
		got := ok[app.Message](t)(s.MessageByWamid(bg, "wamid.old"))
		if got.ID != m.ID || got.Status != app.StatusDelivered {
			t.Errorf("%+v", got)
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Queued != 0 || n.Failed != 0 {
			t.Errorf("%+v", n)
		}
	})
}

func TestDeliveredAfterFailedClearsIt(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		m := queued(t, s, a, "34612345678", 1)[0]
		c := claimed(t, s, "me")[0]
		ok[bool](t)(s.Sending(bg, c.ID, "me"))
		must(t, s.Accepted(bg, c.ID, "w", app.Person{}))
		f := reported("w", app.StatusFailed, noon)
		f.Status.Failure = &app.Failure{Code: 131026, Title: "undeliverable"}
		apply(t, s, f)
		if got := ok[app.Send](t)(s.Send(bg, c.ID)); got.State != app.SendFailed || got.Failure == nil || got.Failure.Code != 131026 {
			t.Errorf("%+v", got)
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Failed != 1 {
			t.Errorf("%+v", n)
		}
		apply(t, s, reported("w", app.StatusDelivered, noon))
		got := ok[app.Message](t)(s.Message(bg, m.ID))
		if got.Status != app.StatusDelivered || got.Error != nil {
			t.Errorf("%+v", got)
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Failed != 0 {
			t.Errorf("%+v", n)
		}
	})
}

func TestCancelReleasePostpone(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		m := queued(t, s, a, "34612345678", 1)[0]
		if len(claimed(t, s, "me")) != 1 {
			t.Error("it was to be claimed")
		}
		must(t, s.Release(bg, "me"))
		c := claimed(t, s, "me")[0]
		must(t, s.Postpone(bg, c.ID, time.Hour))
		if len(claimed(t, s, "me")) != 0 {
			t.Error("it was to wait")
		}
		must(t, s.Cancel(bg, c.ID))
		if status(t, s, m) != app.StatusCancelled {
			t.Error(status(t, s, m))
		}
		if list := ok[[]app.Send](t)(s.Sends(bg, []app.SendState{app.SendCancelled}, 0, 10)); len(list) != 1 || list[0].ContactName == "" {
			t.Errorf("%+v", list)
		}
		if list := ok[[]app.Send](t)(s.Sends(bg, nil, c.ID, 10)); len(list) != 0 {
			t.Errorf("%+v", list)
		}
	})
}

func TestAnEchoOfOurOwnMessageIsNotASecond(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		m := queued(t, s, a, "34612345678", 1)[0]
		c := claimed(t, s, "me")[0]
		ok[bool](t)(s.Sending(bg, c.ID, "me"))
		echo := said("w", phone("34612345678"), "text 0", noon)
		echo.Message.Direction = app.Out
		apply(t, s, echo)
		must(t, s.Accepted(bg, c.ID, "w", app.Person{}))
		if list := messages(t, s, m.ConversationID); len(list) != 1 || list[0].ID != m.ID || list[0].Wamid != "w" {
			t.Errorf("%+v", list)
		}
	})
}
