package inbox

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// panel is what is known of the customer: how to reach them, how long there is to answer, their records, what was sent to them, what they want.
type panel struct {
	v      *View
	object fyne.CanvasObject
	body   *fyne.Container
	away   *fyne.Container // the cross, while the panel lies over the thread
	conv   app.Conversation

	known   known
	of      app.ID // the contact whom known is about; 0: nothing was read
	reading app.ID // whose is being read; 0: nobody's
	again   bool
	slow    bool  // it takes so long that bars stand in for it
	wrong   error // why it could not be read
	cancel  context.CancelFunc
	drawn   string // what the clock said when it was drawn
}

// setOver shows the cross that closes a panel which lies over the thread.
func (p *panel) setOver(over bool) {
	if over {
		p.away.Show()
	} else {
		p.away.Hide()
	}
}

func newPanel(v *View) *panel {
	p := &panel{v: v, body: layout.Column(0)}
	p.away = layout.Column(0, layout.Pad(8, 8, 0, 0, layout.Row(0, layout.Gap(), widget.NewIconButton("x", lang.X("button.close", "Close"), v.TogglePanel))))
	p.away.Hide()
	p.object = layout.Over(widget.NewGround(theme.Pane, theme.Line, 0), widget.NewVScroll(p.body), p.away)
	p.object.Hide()
	return p
}

func scroll(o fyne.CanvasObject) fyne.CanvasObject { return widget.NewVScroll(o) }

// show shows the customer of a conversation, and reads what is known of them when it is another one.
func (p *panel) show(c app.Conversation) {
	was := p.conv.Contact
	p.conv = c
	if c.Contact.ID != was.ID {
		p.forget()
	}
	p.draw()
	if c.Contact.ID != 0 && (p.of != c.Contact.ID || was.OptOut != c.Contact.OptOut) {
		p.read()
	}
}

// forget drops what was known of the one before.
func (p *panel) forget() {
	if p.cancel != nil {
		p.cancel()
		p.cancel = nil
	}
	p.known, p.of, p.reading, p.again, p.slow, p.wrong = known{}, 0, 0, false, false, nil
}

// changed is told that records, sends or contacts have changed.
func (p *panel) changed() {
	if p.conv.Contact.ID != 0 && (p.of != 0 || p.wrong != nil) {
		p.read()
	}
}

// tick draws anew what depends on the clock, when it has changed: what is drawn anew loses the keyboard.
func (p *panel) tick() {
	if words := p.clockWords(); words != p.drawn {
		p.draw()
	}
}

// clockWords is all that the clock changes here.
func (p *panel) clockWords() string {
	now := p.v.sh.Now()
	return when.Left(p.conv.LastInbound, now) + when.Moment(p.conv.LastInbound, now)
}

// read reads what is known, also again after a change.
func (p *panel) read() {
	id := p.conv.Contact.ID
	if id == 0 {
		return
	}
	if p.reading == id {
		p.again = true
		return
	}
	ctx, cancel := context.WithCancel(p.v.sh.Base)
	p.reading, p.cancel, p.wrong = id, cancel, nil
	if p.of == 0 {
		p.v.sh.After(shell.BarsAfter, func() {
			if p.reading == id && p.of == 0 {
				p.slow = true
				p.draw()
			}
		})
	}
	done := func(k known, err error) {
		p.reading, p.slow = 0, false
		cancel()
		if p.wrong = err; err == nil {
			p.known, p.of = k, id
		}
		p.draw()
		p.v.thread.known()
		if p.again {
			p.again = false
			p.read()
		}
	}
	p.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		k, err := p.v.readKnown(ctx, id)
		return func() { done(k, nil) }, err
	}, func(err error) { done(known{}, err) })
}

// draw shows what there is now.
func (p *panel) draw() {
	c := p.conv
	p.drawn = p.clockWords()
	if c.Contact.ID == 0 { // nothing is known yet
		p.body.Objects = nil
		p.body.Refresh()
		return
	}
	p.body.Objects = []fyne.CanvasObject{layout.Pad(12, 16, 16, 16, p.top()), widget.NewLine()}
	switch {
	case p.v.records == nil && p.of != 0:
	case p.wrong != nil:
		w := shell.WordsOf(p.wrong)
		p.section(lang.X("panel.records", "Records"), widget.NewParagraph(strings.TrimSpace(w.Message+" "+w.Mend), theme.TypeSmall, theme.Danger, 40),
			layout.Row(0, widget.NewButton(widget.Plain, lang.X("button.again", "Try again"), "retry", p.read).Sized(widget.Small)))
	case p.of == c.Contact.ID:
		p.section(lang.X("panel.records", "Records"), p.papers()...)
		p.section(lang.X("panel.sends", "Sent to them"), p.sends()...)
	case p.slow:
		p.section(lang.X("panel.records", "Records"), layout.Exactly(0, 90, widget.NewSkeleton(3, 30)))
	}
	if p.of == c.Contact.ID {
		p.section(lang.X("panel.consent", "What they want to get"), p.consent()...)
	}
	p.section(lang.X("panel.reach", "How to reach them"), append(p.identities(c.Contact), p.details()...)...)
	p.section(lang.X("panel.conversation", "Conversation"), p.times()...)
	p.body.Refresh()
}

// top is who it is, and what is done most.
func (p *panel) top() fyne.CanvasObject {
	c := p.conv
	_, left := app.Window(c.LastInbound, p.v.sh.Now())
	avatar := widget.NewAvatar(c.Contact.Title(), avatarKey(c), 64)
	avatar.SetWindow(left, app.ServiceWindow)
	top := layout.Column(2, layout.Centre(avatar), layout.Pad(8, 0, 0, 0, widget.NewBold(c.Contact.Title(), theme.Type{Size: 17, Pitch: 24}, theme.Text).Aligned(fyne.TextAlignCenter).Shrinking()))
	if u := c.Contact.Username(); u != "" {
		top.Add(widget.NewText("@"+u, theme.TypeCaption, theme.Text2).Aligned(fyne.TextAlignCenter).Shrinking())
	}
	if c.Contact.OptOut {
		top.Add(layout.Pad(4, 0, 0, 0, layout.Centre(optOutPill(p.optOut()))))
	}
	buttons := layout.Row(theme.Space2)
	if p.v.records != nil {
		buttons.Add(widget.NewButton(widget.Plain, lang.X("panel.edit", "Edit"), "edit", p.openContact))
	}
	buttons.Add(widget.NewButton(widget.Plain, lang.X("panel.send_template", "Send template…"), "templates", p.v.SendTemplate))
	top.Add(layout.Pad(8, 0, 0, 0, layout.Centre(buttons)))
	return top
}

// optOut is how far the opt-out of the customer reaches, as far as it is known.
func (p *panel) optOut() string {
	if p.of != p.conv.Contact.ID {
		return known{}.optOut(p.conv.Contact)
	}
	return p.known.optOut(p.conv.Contact)
}

// optOutPill is the badge of somebody who opted out.
func optOutPill(scope string) *widget.Pill {
	return widget.NewSmallPill(scopeWords(scope), "stop", widget.Warn)
}

// times are how long there is to answer, and when the customer wrote.
func (p *panel) times() []fyne.CanvasObject {
	c, now := p.conv, p.v.sh.Now()
	state, _ := app.Window(c.LastInbound, now)
	rows := []fyne.CanvasObject{p.line(lang.X("panel.window", "To answer"), when.Left(c.LastInbound, now))}
	if !c.LastInbound.IsZero() {
		rows = append(rows, p.line(lang.X("panel.wrote", "Last wrote"), when.Moment(c.LastInbound, now)))
		end := c.LastInbound.Add(app.ServiceWindow)
		if state == app.WindowClosed {
			rows = append(rows, p.line(lang.X("panel.ended", "Closed since"), when.Moment(end, now)))
		} else {
			rows = append(rows, p.line(lang.X("panel.ends", "Open until"), clockOrMoment(end, now)))
		}
	}
	return append(rows, p.line(lang.X("panel.account", "Account"), p.v.accountName(c.AccountID)))
}

func (p *panel) section(title string, rows ...fyne.CanvasObject) {
	column := layout.Column(6, widget.NewBold(title, theme.TypeCaption, theme.Text2))
	for _, r := range rows {
		column.Add(r)
	}
	p.body.Add(layout.Pad(12, 16, 16, 16, column))
	p.body.Add(widget.NewLine())
}

func (p *panel) line(name, value string) fyne.CanvasObject {
	return layout.Row(theme.Space2, widget.NewText(name, theme.TypeSmall, theme.Text2), layout.Grow(widget.NewText(value, theme.TypeSmall, theme.Text).Aligned(fyne.TextAlignTrailing).Shrinking()))
}

// quiet is a remark.
func (p *panel) quiet(words string) fyne.CanvasObject {
	return widget.NewParagraph(words, theme.TypeCaption, theme.Text2, 40)
}

// identities are the ways by which Meta names the customer, each with a button that copies it.
func (p *panel) identities(c app.Contact) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	seen := map[string]bool{}
	for _, i := range c.Identities {
		icon, value := "user", i.Value
		switch i.Kind {
		case app.IdentityPhone:
			icon, value = "phone", app.FormatPhone(i.Value)
		case app.IdentityUsername:
			value = "@" + strings.TrimPrefix(i.Value, "@")
		case app.IdentityGroup:
			icon = "users"
		}
		if seen[value] {
			continue
		}
		seen[value] = true
		out = append(out, layout.Row(theme.Space2, widget.NewIcon(icon, 16, theme.Text2),
			layout.Grow(widget.NewText(value, theme.TypeSmall, theme.Text).Shrinking()),
			widget.NewIconButton("copy", lang.X("button.copy", "Copy"), func() { p.v.sh.Copy(value, lang.X("said.copied", "Copied")) }).Sized(widget.Small)))
	}
	return out
}

// clockOrMoment is a time that is near: today's clock, else the day with it.
func clockOrMoment(t, now time.Time) string {
	t = t.In(now.Location())
	if when.Days(t, now) == 0 {
		return when.Clock(t)
	}
	if when.Days(t, now) == -1 {
		return lang.X("when.tomorrow", "Tomorrow at {{.Clock}}", map[string]any{"Clock": when.Clock(t)})
	}
	return when.Moment(t, now)
}

// latest is the newest record of the customer that something can be sent about; Ref.ID "" when there is none.
func (p *panel) latest() records.Record {
	if p.of != p.conv.Contact.ID || len(p.known.papers) == 0 {
		return records.Record{}
	}
	return p.known.papers[0]
}
