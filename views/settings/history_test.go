package settings

import (
	"context"
	"testing"

	"shopbell/views/viewtest"
)

func TestForgettingIsAskedFor(t *testing.T) {
	bed := viewtest.New(t, nil)
	days := 0
	v := &View{sh: bed.Shell, p: Params{History: History{
		Read: func(context.Context) (int, error) { return days, nil },
		Save: func(_ context.Context, d int) error { days = d; return nil },
	}}}
	bed.Show(v.historyCard())
	bed.Settle()
	if v.history.Chosen() != 0 {
		t.Errorf("%d is chosen at first", v.history.Chosen())
	}
	v.chooseHistory(2)
	bed.Settle()
	if days != 0 || !bed.Shell.Layers.Any() {
		t.Fatalf("%d days without a question", days)
	}
	bed.Shell.Layers.Escape()
	v.keptDays, days = 90, 90
	v.chooseHistory(1) // longer: nothing is lost by it
	bed.Settle()
	if days != 730 || bed.Shell.Layers.Any() {
		t.Errorf("%d days", days)
	}
}
