package sending

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	service "shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// check counts how many would be sent and why the others would not, away from the UI goroutine. It begins anew whenever something changed.
type check struct {
	v       *Panel
	object  *fyne.Container
	bar     *widget.ProgressRow
	stopped *fyne.Container
	why     *widget.Paragraph
	tiles   *tiles
	reasons *fyne.Container
	about   *fyne.Container

	report  service.Report
	have    bool // report is of what is written now
	ever    bool // there was a report
	running bool
	run     int // counts runs: what an older one says is not heard
	cancel  context.CancelFunc
	wait    func()
}

func newCheck(v *Panel) *check {
	c := &check{v: v, tiles: newTiles(), reasons: layout.Column(0)}
	c.bar = widget.NewProgressRow("", c.giveUp)
	c.why = widget.NewParagraph("", theme.TypeSmall, theme.Text2, 200)
	c.stopped = layout.Column(theme.Space2, c.why, layout.Row(0, widget.NewButton(widget.Plain, lang.X("sending.count_again", "Count again"), "retry", func() { c.soon(0) }), layout.Gap()))
	about := widget.NewButton(widget.TextOnly, lang.X("sending.about_prices", "About these prices"), "coins", c.prices).Sized(widget.Small)
	c.about = layout.Pad(0, 0, 0, -smallPad, layout.Row(0, about, layout.Gap()))
	c.object = layout.Column(theme.Space3, c.bar, c.stopped, c.tiles.object, c.reasons, c.about)
	for _, o := range []fyne.CanvasObject{c.bar, c.stopped, c.tiles.object, c.reasons, c.about} {
		o.Hide()
	}
	return c
}

// soon counts anew after a while in which nothing changed.
func (c *check) soon(d time.Duration) {
	c.stop()
	c.have = false
	layout.SetVisible(c.stopped, false)
	if c.v.choose.id() == 0 {
		c.hide()
		return
	}
	if d == 0 {
		c.begin()
		return
	}
	c.wait = c.v.sh.After(d, c.begin)
	c.v.send.show()
}

func (c *check) hide() {
	c.ever = false
	for _, o := range []fyne.CanvasObject{c.bar, c.tiles.object, c.reasons, c.about} {
		o.Hide()
	}
	c.v.send.show()
}

// stop ends the counting that is under way.
func (c *check) stop() {
	c.run++
	c.running = false
	if c.wait != nil {
		c.wait()
		c.wait = nil
	}
	if c.cancel != nil {
		c.cancel()
		c.cancel = nil
	}
	layout.SetVisible(c.bar, false)
}

// giveUp is the person's Cancel.
func (c *check) giveUp() {
	c.stop()
	c.fail(lang.X("sending.stopped", "Counting was stopped. Nothing is sent before it is done."))
}

func (c *check) fail(words string) {
	c.hide()
	c.why.SetText(words)
	c.stopped.Show()
	c.v.form.Refresh()
	c.v.send.show()
}

// barFrom is from how many records on the counting shows how far it is.
const barFrom = 1000

func (c *check) begin() {
	c.stop()
	run := c.run
	ctx, cancel := context.WithCancel(c.v.ctx)
	c.cancel, c.running = cancel, true
	job, ids := c.v.complete(c.v.job()), c.v.who.ids
	words := lang.X("sending.counting", "Counting who will get it…")
	c.bar.Set(words, 0, len(ids))
	layout.SetVisible(c.bar, len(ids) >= barFrom)
	c.v.form.Refresh()
	c.v.send.show()
	step := func(done int) {
		c.v.sh.Later(func() {
			if c.run == run && c.running {
				c.bar.Set(words, done, len(ids))
			}
		})
	}
	c.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		report, err := c.v.p.Sending.CheckEach(ctx, job, ids, step)
		return func() {
			if c.run == run {
				c.done(report)
			}
		}, err
	}, func(err error) {
		if c.run != run || errors.Is(err, context.Canceled) {
			return
		}
		c.stop()
		w := shell.WordsOf(err)
		c.fail(w.Message + " " + w.Mend)
	})
}

// complete gives a job what is still to be written, so that the other reasons can be counted already. Nothing is sent before it is written.
func (v *Panel) complete(j service.Job) service.Job {
	for _, f := range v.values.asked {
		if _, there := j.Values[f.slot]; !there {
			j.Values[f.slot] = stand(f.slot)
		}
	}
	return j
}

// stand is something that could stand in a place.
func stand(s template.Slot) string {
	switch s.Name {
	case template.SlotExpiration:
		return "4102444800000"
	case "latitude", "longitude", template.SlotCode:
		return "1"
	}
	return "x"
}

func (c *check) done(r service.Report) {
	c.running, c.have, c.ever, c.report, c.cancel = false, true, true, r, nil
	c.bar.Hide()
	var goes []int
	for i, row := range r.Rows {
		if row.OK() {
			goes = append(goes, i)
		}
	}
	c.v.preview.walk(goes)
	c.show()
	c.v.send.show()
	c.v.form.Refresh()
}

// show draws what was counted.
func (c *check) show() {
	r := c.report
	c.tiles.set(r, c.v.who.one)
	c.tiles.object.Show()
	c.reasons.Objects = nil
	if !c.v.who.one {
		for _, reason := range service.Reasons() {
			if n := r.ByReason[reason]; n > 0 {
				c.reasons.Add(c.reason(reason, n))
			}
		}
	}
	layout.SetVisible(c.reasons, len(c.reasons.Objects) > 0)
	layout.SetVisible(c.about, r.Estimate.Charged+r.Estimate.Free+r.Estimate.Unknown > 0)
	c.object.Refresh()
}

// smallPad is how far the words of a small button without a ground stand from its edge: they are to stand in line with the rest.
const smallPad float32 = 10

// reason is one line: how many, why, and a way to see which.
func (c *check) reason(reason service.Reason, n int) fyne.CanvasObject {
	show := widget.NewButton(widget.TextOnly, lang.X("sending.show", "Show"), "", func() { c.v.showRows(reason) }).Sized(widget.Small)
	return layout.Row(theme.Space2, layout.Least(22, 0, widget.NewBold(naming.Number(n), theme.TypeSmall, theme.Text)),
		layout.Grow(widget.NewText(reasonWords(reason, n), theme.TypeSmall, theme.Text).Shrinking()), layout.Pad(0, -smallPad, 0, 0, show))
}
