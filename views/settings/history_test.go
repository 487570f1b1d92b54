package settings

import (
	"context"
	"slices"
	"testing"

	"shopbell/views/viewtest"
)

// The page lets the shop say how long the Outbox keeps what is settled, where the desk has that.
func TestThePageHasTheHistory(t *testing.T) {
	bed := viewtest.New(t, nil)
	read := func(context.Context) (int, error) { return 365, nil }
	v := New(bed.Shell, Params{History: History{Read: read, Save: func(context.Context, int) error { return nil }}})
	bed.Show(v.Content())
	bed.Until("one year is chosen", func() bool { return v.keptDays == 365 })
	if !slices.Contains(viewtest.Texts(t, v.Content()), "What the Outbox keeps") {
		t.Error("the page does not show it")
	}
	if without := New(bed.Shell, Params{}); without.history != nil {
		t.Error("a desk that keeps everything has it too")
	}
}
