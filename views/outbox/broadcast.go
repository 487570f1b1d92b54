package outbox

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

const (
	sideBySide float32 = 640 // from this width on chart and outcome stand beside each other
	lookAtOnce int     = 5   // rows to look at before somebody asks for more
	lookMore   int     = 25
)

// broadcastPage shows one broadcast: how far it is, how fast it goes, what came of it, and what wants somebody's eye.
type broadcastPage struct {
	v      *View
	object fyne.CanvasObject
	id     app.ID

	back          *widget.Button
	title, second *widget.Text
	pause, resume *widget.Button
	begin, stop   *widget.Button
	banner        *fyne.Container
	scroll        *widget.Scroll
	body          *fyne.Container
	wait          *shell.Waiting
	done, percent *widget.Text
	speed, left   *widget.Text
	bar           *widget.StackedBar
	counts        []*countCell
	countRow      *fyne.Container
	pace          *paceCard
	came          *cameCard
	pair          *fyne.Container
	look          *lookCard
	skipped       *skippedCard
	cells         *cells
	head, top     *fyne.Container
	sides         *beside

	p           broadcasts.Progress
	numbers     map[app.ID]string // of messages that failed for their number, where the record has another one by now
	shownLook   int
	shownOut    int
	loaded      bool
	busy, again bool
	cancel      context.CancelFunc
	width       float32
	bannerWords string
}

func newBroadcastPage(v *View) *broadcastPage {
	p := &broadcastPage{v: v}
	p.back = widget.NewIconButton("left", lang.X("outbox.back", "Back to the list"), func() { v.panes.front(false) })
	p.title = widget.NewBold("", theme.TypeThread, theme.Text).Shrinking()
	p.second = widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()
	p.pause = widget.NewButton(widget.Plain, lang.X("outbox.pause", "Pause"), "pause", p.doPause)
	p.resume = widget.NewButton(widget.Plain, lang.X("outbox.resume", "Resume"), "play", p.doResume)
	p.begin = widget.NewButton(widget.Plain, lang.X("outbox.begin", "Send now…"), "send", p.askBegin)
	p.stop = widget.NewButton(widget.Danger, lang.X("outbox.stop", "Stop…"), "stop", p.askStop)
	p.head = layout.Row(theme.Space2, p.back, layout.Grow(layout.Column(0, layout.Gap(), p.title, p.second, layout.Gap())), p.begin, p.pause, p.resume, p.stop)
	head := pageHead(p.head)
	p.banner = layout.Column(0)

	p.done = widget.NewBold("", theme.TypeHeading, theme.Text)
	p.percent = widget.NewText("", theme.TypeBody, theme.Text2)
	p.speed = widget.NewText("", theme.TypeSmall, theme.Text2)
	p.left = widget.NewBold("", theme.TypeSmall, theme.Text)
	p.bar = widget.NewStackedBar(12)
	p.cells, p.sides = &cells{}, &beside{}
	var objects []fyne.CanvasObject
	for range shares {
		c := newCountCell()
		p.counts = append(p.counts, c)
		objects = append(objects, c.object)
		p.cells.lines = append(p.cells.lines, widget.NewLine())
	}
	p.countRow = &fyne.Container{Layout: p.cells, Objects: append(objects, p.cells.lines...)}
	p.top = layout.Row(theme.Space2, p.done, p.percent, layout.Gap(), layout.Row(0, p.speed, p.left))
	progress := widget.NewCard(layout.Column(theme.Space3,
		p.top, p.bar, p.countRow,
	), theme.Space5)
	p.pace = newPaceCard()
	p.came = newCameCard()
	p.pair = &fyne.Container{Layout: p.sides, Objects: []fyne.CanvasObject{p.pace.object, p.came.object}}
	p.look = newLookCard(p)
	p.skipped = newSkippedCard(p)
	p.body = layout.Column(14, progress, p.pair, p.look.object, p.skipped.object)
	p.scroll = widget.NewVScroll(layout.Pad(theme.Space4, theme.Space5, theme.Space5, theme.Space5, p.body))
	p.wait = shell.NewWaiting(v.sh, widget.NewSkeleton(5, 90), p.giveUp, p.reload)
	p.object = layout.Over(widget.NewGround(theme.Canvas, "", 0), layout.Column(0, head, p.banner, layout.Grow(layout.Over(p.scroll, p.wait.Object))))
	p.object.Hide()
	return p
}

// show opens a broadcast; 0 closes.
func (p *broadcastPage) show(id app.ID) {
	if p.cancel != nil {
		p.cancel()
	}
	p.id, p.loaded, p.busy, p.again = id, false, false, false
	p.shownLook, p.shownOut = lookAtOnce, lookAtOnce
	if id == 0 {
		return
	}
	p.title.SetText("")
	p.second.SetText("")
	for _, b := range []*widget.Button{p.begin, p.pause, p.resume, p.stop} {
		b.Hide()
	}
	p.scroll.Hide()
	p.scroll.ScrollToOffset(fyne.Position{})
	p.reload()
}

// placed is told how wide the page is.
func (p *broadcastPage) placed(width float32, turns bool) {
	layout.SetVisible(p.back, turns)
	if width > 0 && width != p.width {
		p.width = width
		p.cells.width, p.sides.width = width-4*theme.Space5, width-2*theme.Space5
		if p.loaded {
			p.pace.paint(p.p, width, p.v.sh.Now())
		}
	}
}

func (p *broadcastPage) reload() {
	if p.id == 0 {
		return
	}
	if p.busy {
		p.again = true
		return
	}
	ctx, cancel := context.WithCancel(p.v.sh.Base)
	p.cancel, p.busy, p.again = cancel, true, false
	if !p.loaded {
		p.wait.Begin()
	}
	id, look, out := p.id, p.shownLook, p.shownOut
	p.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		now, err := p.v.p.Broadcasts.Progress(ctx, id)
		if err != nil {
			return nil, err
		}
		rows, err := p.v.p.Broadcasts.FindSends(ctx, app.SendFilter{BroadcastID: id, Look: true}, 0, look)
		if err != nil {
			return nil, err
		}
		var skipped []app.BroadcastRow
		if now.Counts[app.RowSkipped] > 0 {
			if skipped, err = p.v.p.Broadcasts.SkippedRows(ctx, id, -1, out); err != nil {
				return nil, err
			}
		}
		numbers, err := p.v.p.Broadcasts.NewNumbers(ctx, id, unreached(rows))
		if err != nil {
			return nil, err
		}
		told, err := p.v.learn(ctx, nil)
		return func() {
			if p.id != id {
				return
			}
			p.v.take(told)
			p.numbers = numbers
			p.paint(now, rows, skipped)
		}, err
	}, p.failed)
}

func (p *broadcastPage) failed(err error) {
	p.busy = false
	if !p.loaded {
		p.wait.Fail(err)
		return
	}
	p.v.sh.Toasts(shell.Toast{Text: shell.WordsOf(err).Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: p.reload})
}

func (p *broadcastPage) giveUp() {
	p.cancel()
	p.busy, p.again = false, false
}

// paint shows how the broadcast stands.
func (p *broadcastPage) paint(now broadcasts.Progress, rows []app.Send, skipped []app.BroadcastRow) {
	p.busy, p.loaded, p.p = false, true, now
	p.wait.End()
	p.scroll.Show()
	clock := p.v.sh.Now()
	p.title.SetText(now.Name)
	p.second.SetText(join(now.Template, p.v.names[now.AccountID], p.began(clock)))
	running, planned := now.State == app.BroadcastRunning, now.State == app.BroadcastScheduled
	halted := now.State == app.BroadcastPaused || now.State == app.BroadcastStopped
	layout.SetVisible(p.begin, planned)
	layout.SetVisible(p.pause, running) // a planned one would begin at once when it is resumed
	layout.SetVisible(p.resume, halted)
	layout.SetVisible(p.stop, running || halted || planned)
	p.paintBanner()

	p.done.SetText(lang.X("outbox.of", "{{.Done}} of {{.Total}}", map[string]any{"Done": naming.Number(now.Done), "Total": naming.Number(now.Total)}))
	p.percent.SetText(percent(now.Done, now.Total))
	p.paintSpeed()
	parts := barParts(now.Counts)
	p.bar.Set(now.Total, parts[:]...)
	for i, s := range shares {
		n := s.of(now.Counts)
		p.counts[i].set(s.word(), n, s.colour, i == shareFailed && n > 0)
		layout.SetVisible(p.counts[i].object, i != shareLeftOut || n > 0)
	}
	p.countRow.Refresh()
	p.top.Refresh()
	p.head.Refresh()
	p.pace.paint(now, p.width, clock)
	p.came.paint(now)
	layout.SetVisible(p.pair, !planned) // nothing went yet, and nothing came of it
	p.pair.Refresh()
	p.look.paint(now, rows)
	p.skipped.paint(now, skipped)
	p.body.Refresh()
	p.scroll.Refresh()
	if p.again {
		p.reload()
	}
}

// began says who began it and when.
func (p *broadcastPage) began(now time.Time) string {
	who := p.p.Sender
	switch {
	case p.p.State == app.BroadcastScheduled && p.p.Due.After(now):
		return lang.X("outbox.begins_at", "begins {{.When}}", map[string]any{"When": shortMoment(p.p.Due, now)})
	case p.p.StartedAt.IsZero():
		return ""
	}
	at := when.Clock(p.p.StartedAt.In(now.Location()))
	if when.Days(p.p.StartedAt, now) != 0 {
		at = when.Moment(p.p.StartedAt, now)
	}
	if who == "" {
		return lang.X("outbox.started", "started at {{.When}}", map[string]any{"When": at})
	}
	return lang.X("outbox.started_by", "started by {{.Who}} at {{.When}}", map[string]any{"Who": who, "When": at})
}

func (p *broadcastPage) paintSpeed() {
	now := p.p
	speed, left := "", ""
	if now.PerMinute > 0 {
		speed = lang.X("outbox.speed", "{{.N}} a minute", map[string]any{"N": naming.Number(now.PerMinute)})
	}
	if now.Left > 0 {
		left = lang.X("outbox.left", "about {{.Span}} left", map[string]any{"Span": when.Span(max(now.Left.Round(time.Second), time.Second))})
		if speed != "" {
			speed += " · "
		}
	}
	if !now.Until.IsZero() {
		speed = lang.X("outbox.waits_until", "{{.N}} put off", of(now.Counts.Under())) + " · "
		left = lang.X("outbox.waits_next", "next {{.When}}", map[string]any{"When": shortMoment(now.Until, p.v.sh.Now())})
	}
	if !now.EndedAt.IsZero() && speed == "" {
		speed = lang.X("outbox.took", "took {{.Span}}", map[string]any{"Span": when.Span(now.EndedAt.Sub(now.StartedAt))})
		if now.StartedAt.IsZero() {
			speed = ""
		}
	}
	p.speed.SetText(speed)
	p.left.SetText(left)
}

// paintBanner says why it does not go on.
func (p *broadcastPage) paintBanner() {
	lead, text := "", ""
	tone := widget.Warn
	switch {
	case p.p.State == app.BroadcastStopped && p.p.Reason != nil:
		lead, text, tone = p.p.Reason.Title, p.p.Reason.Details, widget.Bad
	case p.p.State == app.BroadcastRunning && p.p.Limited:
		lead = lang.X("outbox.limited", "Meta's limit for today is reached.")
		text = lang.X("outbox.limited_text", "The rest goes by itself as soon as the number may write to more people.")
	}
	if p.bannerWords == lead+text {
		return
	}
	p.bannerWords = lead + text
	p.banner.Objects = nil
	if lead != "" {
		p.banner.Objects = []fyne.CanvasObject{widget.NewBanner(tone, "alert", lead, text)}
	}
	p.banner.Refresh()
}

func (p *broadcastPage) doPause() {
	id := p.id
	p.v.act(lang.X("outbox.is_paused", "It is paused; what was under way still goes out"), func(ctx context.Context) error { return p.v.p.Broadcasts.Pause(ctx, id) })
}

func (p *broadcastPage) doResume() {
	id := p.id
	p.v.act(lang.X("outbox.is_resumed", "It goes on where it was"), func(ctx context.Context) error { return p.v.p.Broadcasts.Resume(ctx, id) })
}

func (p *broadcastPage) askBegin() {
	id := p.id
	p.v.sh.Layers.Ask(lang.X("outbox.begin_title", "Send “{{.Name}}” now?", map[string]any{"Name": p.p.Name}),
		lang.X("outbox.begin_text", "It does not wait for its time any more. It goes to {{.N}} people.", of(p.p.Total)),
		lang.X("outbox.begin_yes", "Send now"), false, func() {
			p.v.act(lang.X("outbox.begun", "The broadcast has begun"), func(ctx context.Context) error { return p.v.p.Broadcasts.Begin(ctx, id) })
		})
}

func (p *broadcastPage) askStop() {
	id := p.id
	p.v.sh.Layers.Ask(lang.X("outbox.stop_title", "Stop “{{.Name}}” for good?", map[string]any{"Name": p.p.Name}),
		lang.X("outbox.stop_text", "{{.N}} people will not get it. What has gone out stays with those who have it. To go on later, pause it instead.",
			map[string]any{"N": naming.Number(p.p.Counts[app.RowWaiting] + p.p.Counts.Under())}),
		lang.X("outbox.stop_yes", "Stop the broadcast"), true, func() {
			p.v.act(lang.X("outbox.is_stopped", "It is stopped"), func(ctx context.Context) error { return p.v.p.Broadcasts.Cancel(ctx, id) })
		})
}

// pageHead is the strip above a page.
func pageHead(row fyne.CanvasObject) fyne.CanvasObject {
	return layout.Exactly(0, theme.HeightHeader, layout.Over(
		widget.NewGround(theme.Pane, "", 0),
		layout.Column(0, layout.Grow(layout.Pad(0, theme.Space5, 0, theme.Space5, row)), widget.NewLine()),
	))
}

// percent writes a part of a whole. Only all of it is 100.
func percent(part, whole int) string {
	if whole <= 0 {
		return ""
	}
	n := part * 100 / whole
	return lang.X("outbox.percent", "{{.N}} %", map[string]any{"N": n})
}
