package inbox

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// panel is what is known of the customer.
type panel struct {
	v      *View
	object fyne.CanvasObject
	body   *fyne.Container
	away   *fyne.Container // the cross, while the panel lies over the thread
	conv   app.Conversation
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

// show shows the customer of a conversation.
func (p *panel) show(c app.Conversation) {
	p.conv = c
	if c.Contact.ID == 0 { // nothing is known yet
		p.body.Objects = nil
		p.body.Refresh()
		return
	}
	now := p.v.sh.Now()
	state, left := app.Window(c.LastInbound, now)
	avatar := widget.NewAvatar(c.Contact.Title(), avatarKey(c), 64)
	avatar.SetWindow(left, app.ServiceWindow)
	sub := ""
	if u := c.Contact.Username(); u != "" {
		sub = "@" + u
	}
	top := layout.Column(2, layout.Centre(avatar), layout.Pad(8, 0, 0, 0, widget.NewBold(c.Contact.Title(), theme.Type{Size: 17, Pitch: 24}, theme.Text).Aligned(fyne.TextAlignCenter).Shrinking()))
	if sub != "" {
		top.Add(widget.NewText(sub, theme.TypeCaption, theme.Text2).Aligned(fyne.TextAlignCenter).Shrinking())
	}
	p.body.Objects = []fyne.CanvasObject{layout.Pad(12, 16, 16, 16, top), widget.NewLine()}
	p.section(lang.X("panel.reach", "How to reach them"), p.identities(c.Contact)...)
	windowLine := when.Left(c.LastInbound, now)
	rows := []fyne.CanvasObject{p.line(lang.X("panel.window", "To answer"), windowLine)}
	if !c.LastInbound.IsZero() {
		rows = append(rows, p.line(lang.X("panel.wrote", "Last wrote"), when.Moment(c.LastInbound, now)))
		end := c.LastInbound.Add(app.ServiceWindow)
		if state == app.WindowClosed {
			rows = append(rows, p.line(lang.X("panel.ended", "Closed since"), when.Moment(end, now)))
		} else {
			rows = append(rows, p.line(lang.X("panel.ends", "Open until"), clockOrMoment(end, now)))
		}
	}
	rows = append(rows, p.line(lang.X("panel.account", "Account"), p.v.accountName(c.AccountID)))
	p.section(lang.X("panel.conversation", "Conversation"), rows...)
	optOut := lang.X("panel.marketing_open", "not refused")
	if c.Contact.OptOut {
		optOut = lang.X("panel.marketing_refused", "refused")
	}
	p.section(lang.X("panel.consent", "Consent"), p.line(lang.X("panel.marketing", "Marketing"), optOut))
	p.body.Refresh()
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
