package templates

import (
	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/widget"

	"fyne.io/fyne/v2/lang"
)

// bodyEditor is the editor of a body, of the template or of a card, and what it must know of the placeholders in it.
type bodyEditor struct {
	e      *editor
	edit   *widget.BodyEditor
	object fyne.CanvasObject
	part   template.Slot // of its placeholders, less their names
	format template.ParameterFormat
	quiet  bool
}

func newBodyEditor(e *editor, changed func(string)) *bodyEditor {
	b := &bodyEditor{e: e, edit: widget.NewBodyEditor(template.MaxBody), part: template.BodySlot("")}
	b.edit.OnChanged = func(s string) {
		if !b.quiet {
			changed(s)
		}
	}
	b.edit.OnPlaceholder = func(name string) {
		s := b.part
		s.Name = name
		e.ShowTab(tabVariables)
		e.variables.mark(s)
	}
	b.edit.NewPlaceholder = b.next
	b.edit.OnUndo, b.edit.OnRedo = e.undo, e.redo
	b.edit.OnStep = func() {
		if e.m != nil {
			e.m.pause()
		}
	}
	b.edit.OnResized = func() {
		b.object.Refresh()
		e.scroll.Content.Refresh()
	}
	b.object = layout.Column(4, caption(lang.X("templates.tab_body", "Body")), b.edit)
	return b
}

// card makes it the editor of a card.
func (b *bodyEditor) card(i int) {
	b.part = template.Slot{Part: template.PartCardBody, Card: i, Button: -1}
	b.edit.SetLimit(template.MaxCardBody)
}

// begin forgets what was done before: another template stands here now, or another moment of it.
func (b *bodyEditor) begin() {}

// next is the placeholder that the button inserts.
func (b *bodyEditor) next() string {
	text := b.edit.Text()
	out, _, _ := template.Insert("", 0, b.format)
	if b.format != template.Named {
		return "{{" + number(template.NextNumber(text)) + "}}"
	}
	_, name, _ := template.Insert(text, len(text), template.Named)
	if name == "" {
		return out
	}
	return "{{" + name + "}}"
}

func (b *bodyEditor) show(t app.Template, locked bool) {
	limit := template.MaxBody
	if kindOf(t.Document) == offerDoc {
		limit = template.MaxOfferBody
	}
	b.edit.SetLimit(limit)
	b.showText(textOf(t.Document, template.Body), locked, t)
}

func (b *bodyEditor) showText(s string, locked bool, t app.Template) {
	b.quiet = true
	defer func() { b.quiet = false }()
	b.format = t.Document.ParameterFormat
	if b.edit.Text() != s {
		b.edit.SetText(s)
	}
	b.edit.ReadOnly(locked)
	words := map[string]string{}
	for _, x := range t.Bindings {
		if x.Slot.Part == b.part.Part && x.Slot.Card == b.part.Card {
			words[x.Slot.Name] = b.e.bindingWords(t, x)
		}
	}
	b.edit.SetBindings(words)
}

// mark selects what a finding is about.
func (b *bodyEditor) mark(from, to int) {
	if to <= from {
		b.edit.Focus()
		return
	}
	b.edit.ShowRange(from, to)
}

// bindingWords says in a few words what fills a place; "" for a field that is not chosen yet.
func (e *editor) bindingWords(t app.Template, b app.Binding) string {
	switch b.Kind {
	case app.BindField:
		p, err := records.ParsePath(b.Path)
		if err != nil {
			return ""
		}
		if _, err = e.form.catalog.Follow(t.RecordType, p); err != nil {
			return b.Path
		}
		return pathWords(e.form.catalog, t.RecordType, p)
	case app.BindUserName:
		return lang.X("bind.user_name", "User name")
	case app.BindUserPhone:
		return lang.X("bind.user_phone", "User phone")
	case app.BindPortal:
		return lang.X("bind.portal", "Portal link")
	}
	return lang.X("bind.free", "Free text")
}
