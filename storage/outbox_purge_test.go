package storage

import (
	"testing"
	"time"

	"shopbell/app"
)

func TestAPurgeForgetsOnlyWhatIsSettled(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		a := shop(t, s)
		over := sentTo(t, s, a, 3, map[string]int{number(2): 131026})
		ok[bool](t)(s.MoveBroadcast(bg, over.ID, []app.BroadcastState{app.BroadcastRunning}, app.BroadcastDone, nil))
		sentTo(t, s, a, 2, nil) // goes on
		queued(t, s, a, "34612345678", 1)
		later := time.Now().Add(time.Hour)
		if n := ok[int](t)(s.PurgeSends(bg, time.Now().Add(-time.Hour), 100)); n != 0 {
			t.Errorf("%d were forgotten before their time", n)
		}
		if n := ok[int](t)(s.PurgeSends(bg, later, 2)); n != 2 {
			t.Errorf("%d at a time, want 2", n)
		}
		if n := ok[int](t)(s.PurgeSends(bg, later, 100)); n != 1 {
			t.Errorf("%d, want the last of the broadcast that is over", n)
		}
		left := ok[[]app.Send](t)(s.Sends(bg, nil, 0, 100))
		if c := ok[app.Counts](t)(s.Counts(bg)); len(left) != 3 || c.Failed != 0 || c.Queued != 1 {
			t.Errorf("%d rows, %+v", len(left), c)
		}
		if list := conversations(t, s); len(list) != 4 {
			t.Errorf("%d conversations", len(list))
		}
		if c := counts(t, s, over.ID); c[string(app.StatusFailed)] != 1 {
			t.Errorf("the broadcast forgot what became of it: %v", c)
		}
	})
}
