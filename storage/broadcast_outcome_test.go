package storage

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"shopbell/app"
)

// came gives what has come of a broadcast.
func came(t testing.TB, s *Store, id app.ID) app.BroadcastOutcome {
	t.Helper()
	return ok[app.Broadcast](t)(s.Broadcast(bg, id)).Came
}

// goes takes all messages that wait out; refused have this code instead.
func goes(t testing.TB, s *Store, refused map[string]int) map[string]app.Send {
	t.Helper()
	out := map[string]app.Send{}
	for _, r := range ok[[]app.Send](t)(s.Claim(bg, "me", 1000, time.Minute)) {
		ok[bool](t)(s.Sending(bg, r.ID, "me"))
		if code := refused[r.To]; code != 0 {
			must(t, s.Failed(bg, r.ID, app.Failure{Code: code, Title: "no"}))
		} else {
			must(t, s.Accepted(bg, r.ID, wamidOf(r.BroadcastID, r.To), app.Person{Phone: r.To}))
		}
		out[r.To] = r
	}
	return out
}

func wamidOf(broadcast app.ID, to string) string { return fmt.Sprint("w.", broadcast, ".", to) }

// sentTo makes a broadcast to n customers whose messages each cost 1000 and lets all go.
func sentTo(t testing.TB, s *Store, a app.Account, n int, refused map[string]int) app.Broadcast {
	t.Helper()
	b := broadcast(t, s, a, n)
	run(t, s, b.ID)
	all := steps(a, ok[[]app.BroadcastRow](t)(s.WaitingRows(bg, b.ID, n)), number)
	for i := range all {
		all[i].Message.Cost = 1000
	}
	ok[int](t)(s.StepBroadcast(bg, b.ID, all))
	goes(t, s, refused)
	return b
}

func TestWhatComesOfABroadcast(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		first := sentTo(t, s, a, 4, nil)
		b := sentTo(t, s, a, 4, map[string]int{number(3): 131026})
		now := time.Now()
		if got := came(t, s, b.ID); got != (app.BroadcastOutcome{Planned: 4000}) {
			t.Errorf("%+v", got)
		}
		for range 2 { // Meta says everything twice
			apply(t, s, reported(wamidOf(b.ID, number(0)), app.StatusRead, now), reported(wamidOf(b.ID, number(0)), app.StatusDelivered, now), reported(wamidOf(b.ID, number(1)), app.StatusDelivered, now))
			press := said("in.1", phone(number(0)), "Track order", now)
			press.Message.Type, press.Message.ContextID = "button", wamidOf(b.ID, number(0))
			out := true
			stop := said("in.6", phone(number(2)), "stop", now)
			stop.Message.Wish = true
			apply(t, s, press, stop, // a stop is no answer
				said("in.2", phone(number(1)), "thank you", now), said("in.3", phone(number(1)), "really", now), // two messages, one person
				said("in.4", phone(number(9)), "hello", now), // got nothing
				said("in.5", phone(number(2)), "late", now.Add(16*24*time.Hour)),
				app.Fact{Person: &app.PersonFact{Person: phone(number(2)), OptOut: &out, Scope: app.OptOutAll, How: "wrote “stop”", At: now}})
		}
		want := app.BroadcastOutcome{Planned: 4000, Spent: 2000, Answered: 1, Pressed: 1, OptedOut: 1}
		if got := came(t, s, b.ID); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		if got := came(t, s, first.ID); got.Answered+got.Pressed+got.OptedOut != 0 {
			t.Errorf("what answers the newer one counts for the older: %+v", got)
		}
		rows := ok[[]app.BroadcastRow](t)(s.BroadcastRows(bg, b.ID, -1, 10))
		if rows[0].Presses != 1 || rows[1].Answers != 2 || !rows[2].OptedOut || rows[2].Answers != 0 || rows[3].Status != app.StatusFailed {
			t.Errorf("%+v", rows)
		}
	})
}

// A button of an older broadcast counts for that one.
func TestAButtonCountsForItsOwnBroadcast(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		b := broadcast(t, s, a, 1)
		run(t, s, b.ID)
		ok[int](t)(s.StepBroadcast(bg, b.ID, steps(a, ok[[]app.BroadcastRow](t)(s.WaitingRows(bg, b.ID, 1)), number)))
		c := claimed(t, s, "me")[0]
		ok[bool](t)(s.Sending(bg, c.ID, "me"))
		must(t, s.Accepted(bg, c.ID, "old", app.Person{}))
		newer := sentTo(t, s, a, 1, nil)
		press := said("in", phone(number(0)), "Yes", time.Now())
		press.Message.Type, press.Message.ContextID = "button", "old"
		apply(t, s, press)
		if o, n := came(t, s, b.ID), came(t, s, newer.ID); o.Pressed != 1 || n.Pressed != 0 {
			t.Errorf("%+v, %+v", o, n)
		}
	})
}

func TestPaceAndSlowDowns(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		b := sentTo(t, s, a, 7, map[string]int{number(3): 131026})
		sum := 0
		for _, p := range ok[[]app.PacePoint](t)(s.BroadcastPace(bg, b.ID, 100)) {
			if sum += p.Messages; p.At.UnixMilli()%10_000 != 0 {
				t.Errorf("%v", p.At)
			}
		}
		if sum != 6 {
			t.Errorf("%d went out, want 6", sum)
		}
		from := time.Now().Add(-time.Minute)
		together(8, func(int) {
			if err := s.SlowedDown(bg, a.ID, 130429); err != nil {
				t.Error(err)
			}
		})
		list := ok[[]app.SlowDown](t)(s.SlowDowns(bg, a.ID, from, from.Add(time.Hour), 10))
		if len(list) < 1 || len(list) > 2 || list[0].Code != 130429 {
			t.Errorf("%+v", list)
		}
		if list := ok[[]app.SlowDown](t)(s.SlowDowns(bg, a.ID+1, from, from.Add(time.Hour), 10)); len(list) != 0 {
			t.Errorf("another account: %+v", list)
		}
	})
}

func TestWhatIsToBeLookedAt(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		b := sentTo(t, s, a, 3, map[string]int{number(0): 131026, number(1): 131049})
		look := func(f app.SendFilter) []app.Send {
			f.Look = true
			return ok[[]app.Send](t)(s.FindSends(bg, f, 0, 10))
		}
		list := look(app.SendFilter{BroadcastID: b.ID})
		if len(list) != 2 || list[0].To != number(1) || len(look(app.SendFilter{Single: true})) != 0 {
			t.Fatalf("%+v", list)
		}
		held, gone := list[0], list[1]
		must(t, s.Settle(bg, gone.ID))
		must(t, s.Settle(bg, gone.ID))
		if l := look(app.SendFilter{BroadcastID: b.ID}); len(l) != 1 || l[0].ID != held.ID {
			t.Errorf("%+v", l)
		}
		state := ok[app.Broadcast](t)(s.Broadcast(bg, b.ID))
		if n := ok[app.SendCounts](t)(s.SendCounts(bg)); n.Look != 1 || n.Single != 0 || state.ToLookAt() != 1 {
			t.Errorf("%+v, %d", n, state.ToLookAt())
		}
		later := time.Now().Add(24 * time.Hour)
		next := ok[app.Send](t)(s.ResendAt(bg, held.ID, later))
		if next.Due.UnixMilli() != later.UnixMilli() || len(claimed(t, s, "me")) != 0 {
			t.Errorf("it goes before tomorrow: %+v", next)
		}
		// What was settled reaches the customer after all.
		apply(t, s, func() app.Fact {
			f := reported("w.late", app.StatusDelivered, time.Now())
			f.Status.Opaque = gone.ID
			return f
		}())
		state = ok[app.Broadcast](t)(s.Broadcast(bg, b.ID))
		if state.Came.Settled != 0 || state.ToLookAt() != 0 || state.Counts[string(app.StatusDelivered)] != 1 {
			t.Errorf("%+v", state)
		}
		if err := s.Settle(bg, gone.ID); !errors.Is(err, app.ErrConflict) {
			t.Errorf("what arrived was settled: %v", err)
		}
	})
}

func TestFindSends(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		for i, text := range []string{"the blue lamp is ready", "your invoice", "another lamp"} {
			m := app.Outgoing{AccountID: a.ID, To: fmt.Sprintf("3461234567%d", i), Type: "text", Text: text, Payload: "{}"}
			ok[app.Message](t)(s.Queue(bg, m))
		}
		b := sentTo(t, s, a, 2, nil)
		find := func(f app.SendFilter) (out []string) {
			for before := app.ID(0); ; {
				list := ok[[]app.Send](t)(s.FindSends(bg, f, before, 1))
				if len(list) == 0 {
					return out
				}
				out, before = append(out, list[0].To), list[0].ID
			}
		}
		for _, c := range []struct {
			f    app.SendFilter
			want string
		}{
			{app.SendFilter{Query: "lamp", Single: true}, "[34612345672 34612345670]"},
			{app.SendFilter{Query: "blue lamp"}, "[34612345670]"},
			{app.SendFilter{Query: "34612345671"}, "[34612345671]"},
			{app.SendFilter{Query: "mai", BroadcastID: b.ID}, "[" + number(1) + " " + number(0) + "]"},
			{app.SendFilter{Query: "mai", Single: true}, "[]"},
			{app.SendFilter{Query: "nothing of the kind"}, "[]"},
			{app.SendFilter{Single: true, AccountID: a.ID + 1}, "[]"},
			{app.SendFilter{Single: true, States: []app.SendState{app.SendAccepted}}, "[34612345672 34612345671 34612345670]"},
		} {
			if got := fmt.Sprint(find(c.f)); got != c.want {
				t.Errorf("%+v: %s, want %s", c.f, got, c.want)
			}
		}
	})
}
