package shell

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
	"shopbell/views/widget"
)

func TestWaitingShowsItsParts(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	type alarm struct {
		after time.Duration
		ring  func()
		off   bool
	}
	var due []*alarm
	sh := &Shell{After: func(d time.Duration, f func()) func() {
		a := &alarm{after: d, ring: f}
		due = append(due, a)
		return func() { a.off = true }
	}}
	bars := widget.NewSkeleton(2, 40)
	told := 0
	w := NewWaiting(sh, bars, func() {}, func() {})
	w.OnBars = func() { told++ }
	shows := func(want string) {
		t.Helper()
		got := ""
		for name, on := range map[string]bool{"b": w.Bars(), "s": w.Slow(), "f": w.Failed()} {
			if on {
				got += name
			}
		}
		if len(got) != len(want) || want != "" && want != got && want != string([]byte{got[len(got)-1], got[0]}) {
			t.Errorf("%q shows, want %q", got, want)
		}
	}
	shows("")
	w.Begin()
	if len(due) != 1 || due[0].after != 150*time.Millisecond {
		t.Fatalf("%+v", due)
	}
	due[0].ring()
	shows("b")
	if told != 1 || len(due) != 2 || due[0].after+due[1].after != 2*time.Second {
		t.Fatalf("told %d times, %d alarms", told, len(due))
	}
	due[1].ring()
	shows("bs")
	w.Fail(errors.New("no"))
	shows("f")
	w.Begin() // again: the words of before go
	shows("")
	w.End()
	if !due[2].off {
		t.Error("bars would come after it was read")
	}
}
