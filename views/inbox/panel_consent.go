package inbox

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// scopes are the answers to whether a customer may be written to, in the order of the choice.
var scopes = []string{"", app.OptOutMarketing, app.OptOutAll}

// scopeWords says how far an opt-out reaches.
func scopeWords(scope string) string {
	switch scope {
	case app.OptOutAll:
		return lang.X("consent.none", "No templates at all")
	case app.OptOutMarketing:
		return lang.X("consent.no_marketing", "No marketing")
	}
	return lang.X("consent.all", "Everything may be sent")
}

// consent is the section on what the customer wants to get: a choice by hand, and who said what when.
func (p *panel) consent() []fyne.CanvasObject {
	now := p.known.optOut(p.conv.Contact)
	words := make([]string, len(scopes))
	chosen := 0
	for i, s := range scopes {
		words[i] = scopeWords(s)
		if s == now {
			chosen = i
		}
	}
	choice := widget.NewSelect(words, nil)
	choice.SetSelectedIndex(chosen)
	choice.OnChanged = func(string) {
		if i := choice.SelectedIndex(); i >= 0 && scopes[i] != p.known.optOut(p.conv.Contact) {
			p.setOptOut(scopes[i], true)
		}
	}
	out := []fyne.CanvasObject{choice}
	if now != "" {
		out = append(out, p.quiet(lang.X("consent.writes", "The customer can still write in, and can be answered")))
	}
	for i, said := range p.known.consents {
		if i == saidShown {
			break
		}
		out = append(out, p.saidLine(said))
	}
	return out
}

// saidLine is who said what, and when.
func (p *panel) saidLine(c app.Consent) fyne.CanvasObject {
	what := scopeWords("")
	icon := "check"
	if c.OptOut {
		what, icon = scopeWords(orMarketing(c.Scope)), "stop"
	}
	how := []string{when.Moment(c.At, p.v.sh.Now())}
	if name := p.known.staff[c.Staff]; c.Staff != 0 && name != "" {
		how = append(how, name)
	}
	switch {
	case c.How == byHand:
		how = append(how, lang.X("consent.by_hand", "by hand"))
	case c.How != "":
		how = append(how, c.How)
	}
	return layout.Row(theme.Space2, widget.NewIcon(icon, 14, theme.Text2), layout.Grow(layout.Column(0,
		widget.NewText(what, theme.TypeCaption, theme.Text).Shrinking(), widget.NewText(strings.Join(how, " · "), theme.TypeCaption, theme.Text2).Shrinking())))
}

func orMarketing(scope string) string {
	if scope == "" {
		return app.OptOutMarketing
	}
	return scope
}

// byHand is how the desk notes a choice that was made here.
const byHand = "by hand"

// setOptOut notes a choice that was made by hand, with a way back.
func (p *panel) setOptOut(scope string, undo bool) {
	contact, was := p.conv.Contact, p.known.optOut(p.conv.Contact)
	p.writeOptOut(contact.ID, scope, func() {
		t := shell.Toast{Text: lang.X("consent.said", "{{.Name}}: {{.Wish}}", map[string]any{"Name": contact.Title(), "Wish": scopeWords(scope)}), Good: true}
		if undo {
			t.Do = func() { p.writeOptOut(contact.ID, was, func() {}) }
		}
		p.v.sh.Toasts(t)
	})
}

func (p *panel) writeOptOut(contact app.ID, scope string, done func()) {
	p.v.sh.Async(p.v.sh.Base, func(ctx context.Context) (func(), error) {
		err := p.v.inbox.SetOptOut(ctx, contact, app.Consent{OptOut: scope != "", Scope: scope, Staff: p.v.staff, How: byHand})
		return done, err
	}, func(err error) {
		p.draw() // the choice shows what holds
		p.v.sh.Layers.Problem(err)
	})
}
