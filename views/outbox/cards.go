package outbox

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// countCell is one number with its word and the colour it has in the bar.
type countCell struct {
	object *fyne.Container
	dot    *widget.Ground
	word   *widget.Text
	n      *widget.Text
}

func newCountCell() *countCell {
	c := &countCell{
		dot: widget.NewGround(theme.Accent, "", 3), word: widget.NewText("", theme.TypeSmall, theme.Text2).Shrinking(),
		n: widget.NewBold("", theme.TypeHeading, theme.Text),
	}
	c.object = layout.Column(2, layout.Row(6, layout.Exactly(11, 11, c.dot), layout.Grow(c.word)), c.n)
	return c
}

func (c *countCell) set(word string, n int, colour fyne.ThemeColorName, bad bool) {
	c.word.SetText(word)
	edge := fyne.ThemeColorName("")
	if colour == theme.LineBtn { // as quiet as the rest of the bar: it needs an edge to be seen
		edge = theme.LineStrong
	}
	c.dot.Set(colour, edge)
	c.n.SetText(naming.Number(n))
	c.n.SetColour(theme.Text)
	if bad {
		c.n.SetColour(theme.Danger)
	}
}

// cells puts counts side by side in equal columns, in as many rows as the width asks for. Its width is said beforehand, because Fyne asks for the
// height first.
type cells struct {
	width float32
	lines []fyne.CanvasObject // between the counts; they stand behind them among the objects
}

const (
	cellLeast float32 = 104
	cellTall  float32 = 48
)

func seen(objects []fyne.CanvasObject) (out []fyne.CanvasObject) {
	for _, o := range objects {
		if o.Visible() {
			out = append(out, o)
		}
	}
	return out
}

// columns is how many stand side by side: all, or half of them in two rows.
func (c *cells) columns(n int) int {
	if n == 0 || c.width <= 0 || c.width/float32(n) >= cellLeast {
		return max(n, 1)
	}
	return max(1, min((n+1)/2, int(c.width/cellLeast)))
}

// MinSize is for Fyne.
func (c *cells) MinSize(objects []fyne.CanvasObject) fyne.Size {
	n := len(seen(objects[:len(objects)-len(c.lines)]))
	k := c.columns(n)
	rows := max(1, (n+k-1)/k)
	return fyne.NewSize(cellLeast*2, float32(rows)*(cellTall+theme.Space3)-theme.Space3)
}

// Layout is for Fyne.
func (c *cells) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.width = size.Width
	shown := seen(objects[:len(objects)-len(c.lines)])
	k := c.columns(len(shown))
	w := (size.Width + theme.Space4) / float32(k)
	for i, o := range shown {
		x, y := float32(i%k)*w, float32(i/k)*(cellTall+theme.Space3)
		layout.Place(o, x, y, w-theme.Space4-4, cellTall)
		layout.SetVisible(c.lines[i], i%k > 0)
		layout.Place(c.lines[i], x-theme.Space4+2, y, 1, cellTall)
	}
	for _, l := range c.lines[len(shown):] {
		layout.SetVisible(l, false)
	}
}

// beside puts two cards beside each other, the first the wider one, or below each other where there is no room.
type beside struct{ width float32 }

const cameWidth float32 = 340

// MinSize is for Fyne.
func (b *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	x, y := objects[0].MinSize(), objects[1].MinSize()
	if b.width >= sideBySide {
		return fyne.NewSize(max(x.Width, y.Width), max(x.Height, y.Height))
	}
	return fyne.NewSize(max(x.Width, y.Width), x.Height+y.Height+14)
}

// Layout is for Fyne.
func (b *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	b.width = size.Width
	if size.Width < sideBySide {
		h := objects[0].MinSize().Height
		layout.Place(objects[0], 0, 0, size.Width, h)
		layout.Place(objects[1], 0, h+14, size.Width, size.Height-h-14)
		return
	}
	w := min(cameWidth, size.Width*0.42)
	layout.Place(objects[0], 0, 0, size.Width-w-14, size.Height)
	layout.Place(objects[1], size.Width-w, 0, w, size.Height)
}

// paceCard is the chart of how many messages went when, and where Meta asked to slow down.
type paceCard struct {
	object *widget.Card
	title  *widget.Text
	slow   *fyne.Container
	column *fyne.Container
	words  *widget.Text
	chart  *widget.BarChart
}

func newPaceCard() *paceCard {
	c := &paceCard{
		title: widget.NewBold("", theme.TypeCaption, theme.Text2).Shrinking(), words: widget.NewBold("", theme.TypeCaption, theme.Warn), chart: widget.NewBarChart(),
	}
	c.slow = layout.Row(6, widget.NewIcon("pause", 13, theme.Warn), c.words)
	c.column = layout.Column(theme.Space2, layout.Row(theme.Space2, layout.Grow(c.title), c.slow), layout.Grow(c.chart))
	c.object = widget.NewCard(layout.Pad(0, 4, 0, 4, c.column), theme.Space4)
	return c
}

// steps are how much time a bar may stand for.
var steps = []time.Duration{10 * time.Second, 30 * time.Second, time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour}

// chartOf makes bars of a broadcast's points: the newest ones while it goes, its whole course when it rests.
func chartOf(p broadcasts.Progress, room int, now time.Time) (bars []widget.ChartBar, from time.Time, step time.Duration) {
	if len(p.Pace) == 0 {
		return nil, time.Time{}, steps[0]
	}
	first, last := p.Pace[0].At, p.Pace[len(p.Pace)-1].At
	for _, s := range p.Slow {
		if s.At.After(last) {
			last = s.At
		}
	}
	step = steps[0]
	if going(p) {
		last = now
		if span := time.Duration(room-1) * step; last.Sub(first) > span {
			first = last.Add(-span)
		}
	} else {
		for _, step = range steps {
			if last.Sub(first) < time.Duration(room-1)*step {
				break
			}
		}
	}
	from = first.Truncate(step)
	bars = make([]widget.ChartBar, int(last.Sub(from)/step)+1)
	at := func(t time.Time) (int, bool) {
		i := int(t.Sub(from) / step)
		return i, !t.Before(from) && i < len(bars)
	}
	for _, point := range p.Pace {
		if i, ok := at(point.At); ok {
			bars[i].Value += point.Messages
		}
	}
	for _, s := range p.Slow {
		if i, ok := at(s.At); ok {
			bars[i].Marked = true
		}
	}
	return bars, from, step
}

func (c *paceCard) paint(p broadcasts.Progress, width float32, now time.Time) {
	room := width - 2*theme.Space5
	if room >= sideBySide {
		room -= min(cameWidth, room*0.42) + 14
	}
	bars, from, step := chartOf(p, c.chart.Room(room-2*theme.Space5-2), now)
	c.title.SetText(lang.X("outbox.pace", "Messages in each {{.Span}}", map[string]any{"Span": spanWords(step)}))
	clock := func(i int) string { return when.Clock(from.Add(time.Duration(i) * step).In(now.Location())) }
	var labels []widget.ChartLabel
	slow := -1
	for i, b := range bars {
		if b.Marked && (slow < 0 || i > slow+6) {
			slow = i
		}
	}
	if len(bars) > 0 {
		labels = append(labels, widget.ChartLabel{Text: clock(0)})
		if slow > 4 && slow < len(bars)-4 {
			labels = append(labels, widget.ChartLabel{Bar: slow, Text: clock(slow)})
		}
		end := clock(len(bars) - 1)
		if going(p) {
			end = lang.X("outbox.now", "now")
		}
		if len(bars) > 4 {
			labels = append(labels, widget.ChartLabel{Bar: len(bars) - 1, Text: end})
		}
	}
	c.chart.Set(bars, labels)
	layout.SetVisible(c.slow, len(p.Slow) > 0)
	if len(p.Slow) > 0 {
		c.words.SetText(lang.X("outbox.slow", "Meta asked to slow down at {{.Time}}", map[string]any{"Time": when.Clock(p.Slow[0].At.In(now.Location()))}))
	}
	c.column.Refresh()
}

// spanWords names the time that a bar stands for.
func spanWords(step time.Duration) string {
	switch step {
	case 10 * time.Second:
		return lang.X("outbox.ten_seconds", "10 seconds")
	case time.Minute:
		return lang.X("outbox.a_minute", "minute")
	case time.Hour:
		return lang.X("outbox.an_hour", "hour")
	}
	return when.Span(step)
}

// cameCard is what came of a broadcast so far.
type cameCard struct {
	object *widget.Card
	column *fyne.Container
	lines  [4]*widget.Text
	spent  *widget.Text
}

func newCameCard() *cameCard {
	c := &cameCard{spent: widget.NewBold("", theme.TypeSmall, theme.Text)}
	column := layout.Column(2, layout.Pad(0, 0, 6, 0, widget.NewBold(lang.X("outbox.so_far", "So far"), theme.TypeCaption, theme.Text2)))
	for i, word := range []string{
		lang.X("outbox.spent", "Spent"), lang.X("outbox.answers", "Answers"), lang.X("outbox.pressed", "Button pressed"), lang.X("outbox.opted_out", "Opted out"),
	} {
		c.lines[i] = widget.NewText("", theme.TypeSmall, theme.Text)
		row := layout.Row(theme.Space1, layout.Grow(widget.NewText(word, theme.TypeSmall, theme.Text2).Shrinking()))
		if i == 0 {
			row.Add(c.spent)
		}
		row.Add(c.lines[i])
		column.Add(row)
	}
	c.column = column
	c.object = widget.NewCard(layout.Pad(0, 4, 0, 4, column), theme.Space4)
	return c
}

func (c *cameCard) paint(p broadcasts.Progress) {
	c.spent.SetText(money(p.Came.Spent, p.Currency))
	switch all := money(p.Estimate, p.Currency); {
	case p.Came.Planned == 0 && p.Counts[app.RowWaiting] > 0: // it is carried on from the messages so far, and there are none
		c.spent.SetText("")
		c.lines[0].SetText(lang.X("outbox.spent_unknown", "not known"))
	case all == "":
		c.lines[0].SetText(lang.X("outbox.spent_unknown", "not known"))
	default:
		c.lines[0].SetText(lang.X("outbox.spent_of", "of about {{.Amount}}", map[string]any{"Amount": all}))
	}
	c.lines[1].SetText(people(p.Came.Answered))
	c.lines[2].SetText(times(p.Came.Pressed))
	c.lines[3].SetText(people(p.Came.OptedOut))
	c.column.Refresh()
}

// going tells whether messages go out now: one that waits for a time or for Meta's limit shows its whole course, as one that is done.
func going(p broadcasts.Progress) bool {
	return p.State == app.BroadcastRunning && p.Until.IsZero() && !p.Limited
}
