package when

import (
	"testing"
	"time"
)

func TestRowAndDay(t *testing.T) {
	madrid := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 22, 10, 52, 0, 0, madrid)
	for _, c := range []struct {
		t                time.Time
		row, day, moment string
	}{
		{now, "10:52", "Today", "Today at 10:52"},
		{now.Add(-10*time.Hour - 52*time.Minute), "00:00", "Today", "Today at 00:00"},
		{time.Date(2026, 11, 21, 22, 59, 0, 0, time.UTC), "Yesterday", "Yesterday", "Yesterday at 23:59"},
		{time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC), "00:30", "Today", "Today at 00:30"}, // here it is the 22nd
		{time.Date(2026, 11, 20, 9, 26, 0, 0, madrid), "Fri", "Friday 20 November", "Friday at 09:26"},
		{time.Date(2026, 11, 15, 9, 5, 0, 0, madrid), "15 Nov", "Sunday 15 November", "Sunday 15 November at 09:05"},
		{time.Date(2025, 5, 1, 9, 5, 0, 0, madrid), "1 May 2025", "1 May 2025", "1 May 2025 at 09:05"},
		{time.Date(2026, 11, 23, 9, 0, 0, 0, madrid), "09:00", "Monday 23 November", "Monday 23 November at 09:00"}, // a clock that is ahead
	} {
		if got := Row(c.t, now); got != c.row {
			t.Errorf("Row(%v) = %q, want %q", c.t, got, c.row)
		}
		if got := Day(c.t, now); got != c.day {
			t.Errorf("Day(%v) = %q, want %q", c.t, got, c.day)
		}
		if got := Moment(c.t, now); got != c.moment {
			t.Errorf("Moment(%v) = %q, want %q", c.t, got, c.moment)
		}
	}
	if Row(time.Time{}, now) != "" || Ago(time.Time{}, now) != "" {
		t.Error("no time is written as something")
	}
}

func TestAgoAndLeft(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 52, 0, 0, time.UTC)
	for d, want := range map[time.Duration]string{
		0: "just now", -time.Second: "just now", 12 * time.Second: "12 s ago", 4 * time.Minute: "4 min ago", 7*time.Hour + 50*time.Minute: "7 h ago",
		47 * time.Hour: "47 h ago", 49 * time.Hour: "Fri",
	} {
		if got := Ago(now.Add(-d), now); got != want {
			t.Errorf("Ago(%v) = %q, want %q", d, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		0: "24 h left", time.Second: "23 h left", 20 * time.Hour: "4 h left", 23*time.Hour + 59*time.Minute + 30*time.Second: "1 min left",
		24 * time.Hour: "Window closed", 72 * time.Hour: "Window closed",
	} {
		if got := Left(now.Add(-d), now); got != want {
			t.Errorf("Left after %v = %q, want %q", d, got, want)
		}
	}
	if got := Left(time.Time{}, now); got != "Window closed" {
		t.Errorf("who never wrote: %q", got)
	}
}
