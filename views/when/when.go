// Package when writes times as a person at the desk reads them: the clock of today, the weekday of this week, the date of what is older.
// It is pure but for the words, which come from the translations.
package when

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
)

// Row is the time of a row in a list: the clock today, "Yesterday", the short weekday within a week, else the date.
func Row(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(now.Location())
	switch days := Days(t, now); {
	case days <= 0:
		return Clock(t)
	case days == 1:
		return lang.X("when.yesterday", "Yesterday")
	case days < 7:
		short, _ := weekday(t.Weekday())
		return short
	case t.Year() == now.Year():
		return lang.X("when.date", "{{.Day}} {{.Month}}", parts(t))
	}
	return lang.X("when.date_year", "{{.Day}} {{.Month}} {{.Year}}", parts(t))
}

// Clock is the time of day, such as 10:42.
func Clock(t time.Time) string {
	return lang.X("when.clock", "{{.Hour}}:{{.Minute}}", parts(t))
}

// Day is the name of a day, for the line between two days: "Today", "Yesterday", "Friday 20 November".
func Day(t, now time.Time) string {
	t = t.In(now.Location())
	switch days := Days(t, now); {
	case days == 0:
		return lang.X("when.today", "Today")
	case days == 1:
		return lang.X("when.yesterday", "Yesterday")
	case t.Year() == now.Year():
		return lang.X("when.day", "{{.Weekday}} {{.Day}} {{.LongMonth}}", parts(t))
	}
	return lang.X("when.day_year", "{{.Day}} {{.LongMonth}} {{.Year}}", parts(t))
}

// Moment is a day with its clock, such as "Saturday at 09:26".
func Moment(t, now time.Time) string {
	t = t.In(now.Location())
	day := Day(t, now)
	if d := Days(t, now); d > 1 && d < 7 {
		_, day = weekday(t.Weekday())
	}
	return lang.X("when.moment", "{{.Date}} at {{.Clock}}", map[string]any{"Date": day, "Clock": Clock(t)})
}

// Ago is how long something is past, such as "12 s ago"; "" for the zero time.
func Ago(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	switch d := now.Sub(t); {
	case d < 5*time.Second:
		return lang.X("when.just_now", "just now")
	case d < 48*time.Hour:
		return lang.X("when.ago", "{{.Span}} ago", map[string]any{"Span": Span(d)})
	}
	return Row(t, now)
}

// Span is a length of time in its largest whole unit, such as "23 h" or "40 min".
func Span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return lang.X("when.seconds", "{{.N}} s", n(int(d/time.Second)))
	case d < time.Hour:
		return lang.X("when.minutes", "{{.N}} min", n(int(d/time.Minute)))
	case d < 72*time.Hour:
		return lang.X("when.hours", "{{.N}} h", n(int(d/time.Hour)))
	}
	return lang.X("when.days", "{{.N}} days", n(int(d/(24*time.Hour))))
}

// Left says how much of the customer-service window is left, as the head of a thread has it: "23 h left", "40 min left", "Window closed".
func Left(lastInbound, now time.Time) string {
	state, left := app.Window(lastInbound, now)
	if state == app.WindowClosed {
		return lang.X("head.window_closed", "Window closed")
	}
	return lang.X("head.window_left", "{{.Span}} left", map[string]any{"Span": Span(max(left, time.Minute))})
}

// Days is by how many days of the calendar t lies before now, in now's place; negative when it lies after.
func Days(t, now time.Time) int {
	t = t.In(now.Location())
	a := time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
	b := time.Date(now.Year(), now.Month(), now.Day(), 12, 0, 0, 0, time.UTC)
	return int(b.Sub(a) / (24 * time.Hour))
}

func n(i int) map[string]any { return map[string]any{"N": i} }

func parts(t time.Time) map[string]any {
	short, long := month(t.Month())
	_, day := weekday(t.Weekday())
	return map[string]any{
		"Day": t.Day(), "Month": short, "LongMonth": long, "Year": t.Year(), "Weekday": day,
		"Hour": two(t.Hour()), "Minute": two(t.Minute()),
	}
}

func two(i int) string {
	s := strconv.Itoa(i)
	if len(s) < 2 {
		return "0" + s
	}
	return s
}

// Date is a day without a clock, such as "18 Nov", with its year when that is not this one.
func Date(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	if t.Year() == now.Year() {
		return lang.X("when.date", "{{.Day}} {{.Month}}", parts(t))
	}
	return lang.X("when.date_year", "{{.Day}} {{.Month}} {{.Year}}", parts(t))
}
