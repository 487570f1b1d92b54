package storage

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"shopbell/app"
)

// broadcast makes a broadcast to n records.
func broadcast(t testing.TB, s *Store, a app.Account, n int) app.Broadcast {
	t.Helper()
	var ids []string
	for i := range n {
		ids = append(ids, fmt.Sprint("r", i))
	}
	b := ok[app.Broadcast](t)(s.AddBroadcast(bg, app.Broadcast{AccountID: a.ID, TemplateID: 7, Name: "spring", Job: "{}", StaffID: 3}, ids))
	return b
}

// run lets a broadcast run.
func run(t testing.TB, s *Store, id app.ID) {
	t.Helper()
	if moved := ok[bool](t)(s.MoveBroadcast(bg, id, []app.BroadcastState{app.BroadcastScheduled, app.BroadcastPaused}, app.BroadcastRunning, nil)); !moved {
		t.Fatal("it does not run")
	}
}

func steps(a app.Account, rows []app.BroadcastRow, to func(seq int) string) []app.BroadcastStep {
	var out []app.BroadcastStep
	for _, r := range rows {
		m := templated(a, to(r.Seq), "UTILITY")
		out = append(out, app.BroadcastStep{Seq: r.Seq, Title: r.RecordID, Phone: m.To, Customer: app.PhoneKey(m.To), Message: &m})
	}
	return out
}

func number(seq int) string { return fmt.Sprintf("346%08d", seq) }

func counts(t testing.TB, s *Store, id app.ID) app.BroadcastCounts {
	t.Helper()
	return ok[app.Broadcast](t)(s.Broadcast(bg, id)).Counts
}

// recount counts what the counters say from the rows and their messages.
func recount(t testing.TB, s *Store, id app.ID) app.BroadcastCounts {
	t.Helper()
	out := app.BroadcastCounts{}
	for _, r := range ok[[]app.BroadcastRow](t)(s.BroadcastRows(bg, id, -1, 10_000)) {
		state := r.State
		if state == app.RowMade {
			state = string(r.Status)
		}
		out[state]++
	}
	return out
}

func TestACustomerGetsABroadcastOnce(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		b := broadcast(t, s, a, 10)
		rows := ok[[]app.BroadcastRow](t)(s.WaitingRows(bg, b.ID, 100))
		all := steps(a, rows, func(seq int) string { return number(seq % 4) })
		if made := ok[int](t)(s.StepBroadcast(bg, b.ID, all)); made != 0 {
			t.Errorf("%d messages before it runs", made)
		}
		run(t, s, b.ID)
		together(8, func(int) { // desks and repetitions get in each other's way
			if _, err := s.StepBroadcast(bg, b.ID, all); err != nil {
				t.Error(err)
			}
		})
		want := app.BroadcastCounts{string(app.StatusQueued): 4, app.RowSkipped: 6}
		if got := counts(t, s, b.ID); !maps.Equal(got, want) || !maps.Equal(recount(t, s, b.ID), want) {
			t.Errorf("%v, rows %v", got, recount(t, s, b.ID))
		}
		if n := len(ok[[]app.Send](t)(s.Sends(bg, nil, 0, 100))); n != 4 {
			t.Errorf("%d rows in the outbox", n)
		}
		for _, r := range ok[[]app.BroadcastRow](t)(s.BroadcastRows(bg, b.ID, 3, 100)) {
			if r.Reason != "same_number_twice" || r.Words == "" {
				t.Errorf("%+v", r)
			}
		}
	})
}

func TestAPausedBroadcastHoldsItsMessages(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		b := broadcast(t, s, a, 6)
		run(t, s, b.ID)
		rows := ok[[]app.BroadcastRow](t)(s.WaitingRows(bg, b.ID, 4))
		ok[int](t)(s.StepBroadcast(bg, b.ID, steps(a, rows, number)))
		mine := ok[[]app.Send](t)(s.Claim(bg, "me", 2, time.Minute))
		running := []app.BroadcastState{app.BroadcastRunning}
		ok[bool](t)(s.MoveBroadcast(bg, b.ID, running, app.BroadcastPaused, nil))
		if ok[bool](t)(s.MoveBroadcast(bg, b.ID, running, app.BroadcastPaused, nil)) {
			t.Error("it was paused twice")
		}
		if c := claimed(t, s, "you"); len(c) != 0 {
			t.Errorf("it goes on while it is paused: %+v", c)
		}
		// What was claimed comes back: one was refused for now, one given back.
		must(t, s.Retry(bg, mine[0].ID, app.Failure{Code: 130429, Title: "slow down"}, 0))
		must(t, s.Release(bg, "me"))
		if c := claimed(t, s, "you"); len(c) != 0 {
			t.Errorf("it goes on while it is paused: %+v", c)
		}
		run(t, s, b.ID)
		if c := claimed(t, s, "you"); len(c) != 4 {
			t.Errorf("%d go on, want 4", len(c))
		}
		must(t, s.Release(bg, "you"))
		ok[bool](t)(s.MoveBroadcast(bg, b.ID, running, app.BroadcastCancelled, nil))
		want := app.BroadcastCounts{app.RowCancelled: 6}
		if got := counts(t, s, b.ID); !maps.Equal(got, want) || !maps.Equal(recount(t, s, b.ID), want) {
			t.Errorf("%v, rows %v", got, recount(t, s, b.ID))
		}
		if n := ok[app.Counts](t)(s.Counts(bg)); n.Queued != 0 {
			t.Errorf("%+v", n)
		}
	})
}

// Whatever happens to the messages of a broadcast, its counters say what a recount says.
func TestCountsOfABroadcastAreTrue(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		for seed := range uint64(6) {
			r := rand.New(rand.NewPCG(seed, 7))
			b := broadcast(t, s, a, 30)
			run(t, s, b.ID)
			base := int(seed) * 1000
			for range 60 {
				switch r.IntN(8) {
				case 0, 1:
					rows := ok[[]app.BroadcastRow](t)(s.WaitingRows(bg, b.ID, 1+r.IntN(5)))
					ok[int](t)(s.StepBroadcast(bg, b.ID, steps(a, rows, func(seq int) string { return number(base + seq*9/10) })))
				case 2:
					for _, c := range claimed(t, s, "me") {
						if mine := ok[bool](t)(s.Sending(bg, c.ID, "me")); mine {
							switch r.IntN(4) {
							case 0:
								must(t, s.Accepted(bg, c.ID, fmt.Sprint("wamid.", c.ID), app.Person{Phone: c.To}))
							case 1:
								must(t, s.Failed(bg, c.ID, app.Failure{Code: 131026}))
							case 2:
								must(t, s.Unknown(bg, c.ID, app.Failure{}))
							case 3:
								must(t, s.Retry(bg, c.ID, app.Failure{Code: 130429}, 0))
							}
						}
					}
				case 3:
					for _, x := range ok[[]app.Send](t)(s.Sends(bg, []app.SendState{app.SendUnknown, app.SendAccepted}, 0, 3)) {
						apply(t, s, app.Fact{Status: &app.StatusFact{
							Wamid: fmt.Sprint("wamid.", x.ID), Opaque: x.ID, At: noon,
							Status: []app.Status{app.StatusSent, app.StatusDelivered, app.StatusRead, app.StatusFailed}[r.IntN(4)],
						}})
					}
				case 4:
					ok[bool](t)(s.MoveBroadcast(bg, b.ID, []app.BroadcastState{app.BroadcastRunning}, app.BroadcastPaused, nil))
				case 5:
					ok[bool](t)(s.MoveBroadcast(bg, b.ID, []app.BroadcastState{app.BroadcastPaused}, app.BroadcastRunning, nil))
				case 6:
					must(t, s.Release(bg, "me"))
				case 7:
					if list := ok[[]app.Send](t)(s.FailedOfBroadcast(bg, b.ID, 0, 1)); len(list) == 1 {
						ok[app.Send](t)(s.Resend(bg, list[0].ID))
					}
				}
				if got, want := counts(t, s, b.ID), recount(t, s, b.ID); !maps.Equal(got, want) {
					t.Fatalf("seed %d: counters %v, rows %v", seed, got, want)
				}
			}
			sum := 0
			for _, n := range counts(t, s, b.ID) {
				sum += n
			}
			if sum != b.Total {
				t.Errorf("%d rows of %d are counted", sum, b.Total)
			}
			ok[bool](t)(s.MoveBroadcast(bg, b.ID, []app.BroadcastState{app.BroadcastRunning, app.BroadcastPaused}, app.BroadcastCancelled, nil))
		}
	})
}

func TestScheduledBroadcastsWaitForTheirTime(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		late := ok[app.Broadcast](t)(s.AddBroadcast(bg, app.Broadcast{AccountID: a.ID, Due: time.Now().Add(time.Hour)}, []string{"a"}))
		now := ok[app.Broadcast](t)(s.AddBroadcast(bg, app.Broadcast{AccountID: a.ID}, []string{"a"}))
		if due := ok[[]app.Broadcast](t)(s.DueBroadcasts(bg)); len(due) != 1 || due[0].ID != now.ID {
			t.Errorf("%+v", due)
		}
		if list := ok[[]app.Broadcast](t)(s.Broadcasts(bg, 0, 10)); len(list) != 2 || list[1].ID != late.ID || list[1].State != app.BroadcastScheduled {
			t.Errorf("%+v", list)
		}
	})
}
