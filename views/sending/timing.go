package sending

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/broadcasts"
	service "shopbell/app/sending"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// timing is when it goes: now, or at a day and an hour.
type timing struct {
	v      *Panel
	object *fyne.Container
	which  *widget.Radio
	pace   *widget.Text
	fields *fyne.Container
	day    *widget.Choice
	clock  *widget.Field
	says   *widget.Text
}

// daysAhead is how far ahead one can choose.
const daysAhead = 60

func newTiming(v *Panel) *timing {
	t := &timing{v: v}
	t.which = widget.NewRadio([]string{lang.X("sending.now", "Now"), lang.X("sending.later", "Later")}, func(i int) { t.choose(i == 1) })
	t.pace = widget.NewText("", theme.TypeSmall, theme.Text2).Aligned(fyne.TextAlignTrailing).Shrinking()
	t.day = widget.NewChoice("", nil, func(string) { t.judge() })
	t.clock = widget.NewField("", lang.X("sending.clock", "09:30"))
	t.clock.OnChanged = func(string) { t.judge() }
	t.says = widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()
	t.fields = layout.Column(theme.Space1, layout.TallRow(theme.Space2, layout.Grow(t.day), layout.Exactly(110, 0, t.clock)), t.says)
	t.fields.Hide()
	t.object = layout.Column(theme.Space2, layout.Row(theme.Space4, t.which, layout.Grow(t.pace)), t.fields)
	return t
}

// show begins with now, and a sensible later.
func (t *timing) show() {
	if t.v.p.Broadcasts == nil {
		t.object.Hide()
		return
	}
	now := t.v.sh.Now()
	options := make([]widget.Option, 0, daysAhead)
	for i := range daysAhead {
		at := now.AddDate(0, 0, i)
		label := when.Day(at, now)
		if i == 1 {
			label = lang.X("sending.tomorrow", "Tomorrow, {{.Day}}", map[string]any{"Day": label})
		}
		options = append(options, widget.Option{Key: at.Format(time.DateOnly), Label: label, Words: at.Format(time.DateOnly)})
	}
	t.day.SetOptions(options)
	next := now.Truncate(time.Hour).Add(time.Hour)
	if next.Hour() < 8 || next.Hour() > 19 || next.Day() != now.Day() {
		next = time.Date(now.Year(), now.Month(), now.Day(), 9, 30, 0, 0, now.Location())
		if !next.After(now) {
			next = next.AddDate(0, 0, 1)
		}
	}
	t.day.SetChosen(next.Format(time.DateOnly))
	t.clock.SetText(next.Format("15:04"))
	t.judge()
}

func (t *timing) choose(later bool) {
	layout.SetVisible(t.fields, later)
	t.judge()
	t.v.column.Refresh()
}

func (t *timing) isLater() bool { return t.which.Chosen() == 1 }

// at is when it goes: zero for now. Not ok means that what is written is no time to come.
func (t *timing) at() (at time.Time, ok bool) {
	if !t.isLater() {
		return time.Time{}, true
	}
	now := t.v.sh.Now()
	day, err := time.ParseInLocation(time.DateOnly, t.day.Chosen(), now.Location())
	hour, minute, read := readClock(t.clock.Text())
	if err != nil || !read {
		return time.Time{}, false
	}
	at = time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, now.Location())
	return at, at.After(now)
}

// judge says what a time means, or what is wrong with it.
func (t *timing) judge() {
	t.says.SetColour(theme.Text2)
	at, ok := t.at()
	_, _, read := readClock(t.clock.Text())
	switch {
	case !t.isLater():
		t.says.SetText("")
	case !read:
		t.says.SetColour(theme.Danger)
		t.says.SetText(lang.X("sending.clock_wrong", "Write a time such as 09:30 or 18"))
	case !ok:
		t.says.SetColour(theme.Danger)
		t.says.SetText(lang.X("sending.past", "That time has passed: choose a later one"))
	default:
		t.says.SetText(lang.X("sending.goes_at", "Goes out: {{.Day}}, {{.Time}} ({{.Zone}})", map[string]any{"Day": when.Day(at, t.v.sh.Now()), "Time": when.Clock(at), "Zone": zoneWords(at)}))
	}
	t.v.send.show()
}

// rate tells how long so many messages take.
func (t *timing) rate(n int) {
	if n <= 1 {
		t.pace.SetText("")
		return
	}
	a := t.v.account(t.v.choose.accountID())
	if most, ok := broadcasts.DailyLimit(a.Limit); ok && n > most {
		t.pace.SetText(lang.X("sending.over_days", "Meta allows {{.Most}} people a day: about {{.Days}} days", map[string]any{"Most": naming.Number(most), "Days": (n + most - 1) / most}))
		return
	}
	t.pace.SetText(lang.X("sending.pace", "{{.Span}} at {{.Rate}} a minute", map[string]any{"Span": spanWords(service.Span(n)), "Rate": naming.Number(service.PerMinute)}))
}

func spanWords(d time.Duration) string {
	switch {
	case d < 2*time.Second:
		return lang.X("sending.a_moment", "a moment")
	case d < 90*time.Second:
		return lang.X("sending.seconds", "about {{.N}} s", map[string]any{"N": int(d.Round(time.Second) / time.Second)})
	case d < 90*time.Minute:
		return lang.X("sending.minutes", "about {{.N}} min", map[string]any{"N": int(d.Round(time.Minute) / time.Minute)})
	}
	return lang.X("sending.hours", "about {{.N}} h", map[string]any{"N": int(d.Round(time.Hour) / time.Hour)})
}

var clockShape = regexp.MustCompile(`^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?$`)

// readClock reads a time of day as people write it: 9, 9:30, 0930, 9.30, 9pm.
func readClock(text string) (hour, minute int, ok bool) {
	m := clockShape.FindStringSubmatch(strings.ToLower(strings.TrimSpace(text)))
	if m == nil {
		return 0, 0, false
	}
	hour, _ = strconv.Atoi(m[1])
	minute, _ = strconv.Atoi(m[2])
	switch {
	case m[3] != "" && (hour < 1 || hour > 12):
		return 0, 0, false
	case m[3] == "pm" && hour < 12:
		hour += 12
	case m[3] == "am" && hour == 12:
		hour = 0
	}
	return hour, minute, hour < 24 && minute < 60
}

func zoneWords(at time.Time) string {
	if name := at.Location().String(); name != "Local" && name != "" {
		return strings.ReplaceAll(name, "_", " ")
	}
	name, _ := at.Zone()
	return name
}
