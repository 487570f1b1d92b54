package app_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/app"
)

var statuses = []app.Status{
	app.StatusQueued, app.StatusSending, app.StatusUnknown, app.StatusAccepted, app.StatusSent, app.StatusDelivered, app.StatusRead,
	app.StatusPlayed, app.StatusFailed, app.StatusCancelled, "warned", "",
}

func TestStatusMergeDoesNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := rapid.SampledFrom(statuses).Draw(t, "a"), rapid.SampledFrom(statuses).Draw(t, "b"), rapid.SampledFrom(statuses).Draw(t, "c")
		if a.Merge(b) != b.Merge(a) {
			t.Fatalf("%q and %q merge to %q or %q", a, b, a.Merge(b), b.Merge(a))
		}
		if a.Merge(b).Merge(c) != a.Merge(b.Merge(c)) {
			t.Fatalf("%q %q %q are not associative", a, b, c)
		}
		if a.Merge(a) != a {
			t.Fatalf("%q changes itself", a)
		}
		if m := a.Merge(b); m.Rank() < a.Rank() || m.Rank() < b.Rank() {
			t.Fatalf("%q and %q fell to %q", a, b, m)
		}
	})
}

func TestFailedOnlyFromBelowDelivered(t *testing.T) {
	for s, want := range map[app.Status]app.Status{
		app.StatusQueued: app.StatusFailed, app.StatusAccepted: app.StatusFailed, app.StatusSent: app.StatusFailed,
		app.StatusDelivered: app.StatusDelivered, app.StatusRead: app.StatusRead,
	} {
		if got := s.Merge(app.StatusFailed); got != want {
			t.Errorf("failed after %s gives %s, want %s", s, got, want)
		}
	}
}

func TestWindow(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		ago  time.Duration
		want app.WindowState
		left time.Duration
	}{
		{0, app.WindowOpen, 24 * time.Hour},
		{20*time.Hour - 1, app.WindowOpen, 4*time.Hour + 1},
		{20 * time.Hour, app.WindowOpen, 4 * time.Hour},
		{20*time.Hour + 1, app.WindowSoon, 4*time.Hour - 1},
		{23*time.Hour + 1, app.WindowEnding, time.Hour - 1},
		{24*time.Hour - 1, app.WindowEnding, 1},
		{24 * time.Hour, app.WindowClosed, 0},
		{-time.Minute, app.WindowOpen, 24 * time.Hour}, // a clock that is a little ahead
	} {
		state, left := app.Window(now.Add(-c.ago), now)
		if state != c.want || left != c.left {
			t.Errorf("%v after the last message: %v with %v left, want %v with %v", c.ago, state, left, c.want, c.left)
		}
	}
	if state, _ := app.Window(time.Time{}, now); state != app.WindowClosed {
		t.Error("the window of somebody who never wrote is open")
	}
}
