package templates

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// bodyTab is where the texts are written: header, body, footer, and what special templates have instead.
type bodyTab struct {
	e       *editor
	object  fyne.CanvasObject
	column  *fyne.Container
	header  *counted60
	file    *fileBox
	fileRow *fyne.Container
	place   *widget.Paragraph
	body    *bodyEditor
	footer  *counted60
	auth    *authForm
	offer   *offerForm
	cards   *cardsForm
	others  *fyne.Container
	extra   *fyne.Container
	shape   string
	quiet   bool
}

func newBodyTab(e *editor) *bodyTab {
	b := &bodyTab{e: e}
	b.header = newCounted(lang.X("templates.header_text", "Header text"), template.MaxHeader, func(s string) {
		b.set("header", func(t *app.Template) { setText(&t.Document, template.Header, s) })
	})
	b.footer = newCounted(lang.X("templates.footer", "Footer"), template.MaxFooter, func(s string) {
		b.set("footer", func(t *app.Template) { setText(&t.Document, template.Footer, s) })
	})
	b.body = newBodyEditor(e, func(s string) {
		b.set("body", func(t *app.Template) { setText(&t.Document, template.Body, s) })
	})
	b.place = widget.NewParagraph(lang.X("templates.location", "The place is filled in when the template is sent. Say under Variables where its name, address and position come from."), theme.TypeCaption, theme.Text2, 120)
	b.fileRow = layout.Column(4)
	b.auth, b.offer, b.cards = newAuthForm(e), newOfferForm(e), newCardsForm(e)
	b.others = layout.Column(theme.Space2)
	b.extra = layout.Row(theme.Space2)
	b.column = layout.Column(14)
	b.object = layout.Pad(14, theme.Space5, 16, theme.Space5, b.column)
	return b
}

func (b *bodyTab) set(key string, do func(t *app.Template)) {
	if !b.quiet {
		b.e.change(key, do)
	}
}

// begin has everything made anew.
func (b *bodyTab) begin() {
	b.shape = "?"
	b.cards.begin()
	b.body.begin()
}

// bodyShape is which parts the tab shows; it is put together anew when that changes.
func bodyShape(t app.Template) string {
	s := []string{string(rune('0' + kindOf(t.Document)))}
	if h := t.Document.Component(template.Header); h != nil {
		s = append(s, string(h.Format)+"/"+string(h.Type))
	}
	for _, c := range unknown(t.Document) {
		s = append(s, string(c.Type))
	}
	return strings.Join(s, " ")
}

func (b *bodyTab) show(t app.Template) {
	d := t.Document
	if shape := bodyShape(t); shape != b.shape {
		b.shape = shape
		b.build(t)
	}
	locked, _ := b.e.locked()
	b.quiet = true
	b.header.show(textOf(d, template.Header), locked)
	b.footer.show(textOf(d, template.Footer), locked)
	b.body.show(t, locked)
	if b.file != nil {
		b.file.show(t, locked)
	}
	b.auth.show(t, locked)
	b.offer.show(t, locked)
	b.cards.show(t, locked)
	layout.SetVisible(b.extra, !locked && kindOf(d) == plainDoc && d.Category != template.Authentication)
	b.quiet = false
}

// build puts the parts together that the template has.
func (b *bodyTab) build(t app.Template) {
	d := t.Document
	kind := kindOf(d)
	format := template.HeaderFormat("")
	if h := d.Component(template.Header); h != nil {
		format = h.Format
		if format == "" {
			format = template.HeaderText
		}
	}
	b.column.Objects = nil
	b.file = nil
	if kind == authDoc {
		b.column.Add(b.auth.object)
	} else {
		switch {
		case format == template.HeaderText:
			b.column.Add(b.header.object)
		case format.Media():
			b.file = newFileBox(b.e, -1, format)
			b.fileRow.Objects = []fyne.CanvasObject{caption(lang.X("templates.header_file", "Header: the sample that Meta's reviewers see")), b.file.row}
			b.column.Add(b.fileRow)
		case format == template.HeaderLocation:
			b.column.Add(b.place)
		}
		if kind == offerDoc {
			b.column.Add(b.offer.object)
		}
		b.column.Add(b.body.object)
		if kind == plainDoc {
			b.column.Add(b.footer.object)
		}
		if kind == carouselDoc {
			b.column.Add(b.cards.object)
		}
	}
	b.others.Objects = nil
	for _, c := range unknown(d) {
		b.others.Add(unknownCard(c))
	}
	if len(b.others.Objects) > 0 {
		b.column.Add(b.others)
	}
	b.extra.Objects = []fyne.CanvasObject{
		widget.NewButton(widget.TextOnly, lang.X("templates.make_carousel", "Cards to swipe…"), "image", b.makeCarousel).Sized(widget.Small),
		widget.NewButton(widget.TextOnly, lang.X("templates.make_offer", "Limited-time offer…"), "clock", b.makeOffer).Sized(widget.Small),
	}
	b.column.Add(b.extra)
	b.column.Refresh()
	b.e.scroll.Content.Refresh()
}

// makeCarousel adds two cards below the text.
func (b *bodyTab) makeCarousel() {
	b.e.change("", func(t *app.Template) {
		t.Document.Remove(template.Header)
		t.Document.Remove(template.Footer)
		t.Document.Remove(template.Buttons)
		addCard(&t.Document)
		addCard(&t.Document)
	})
}

// makeOffer turns the template into a limited-time offer, with the two buttons that one needs (Meta: Templates › Limited-time offer).
func (b *bodyTab) makeOffer() {
	b.e.change("", func(t *app.Template) {
		d := &t.Document
		d.Category = template.Marketing
		d.Remove(template.Footer)
		if h := d.Component(template.Header); h == nil || !h.Format.Media() {
			setHeaderFormat(d, template.HeaderImage)
		}
		d.Ensure(template.LimitedTimeOffer).Offer = &template.Offer{Text: lang.X("offer.sample", "Offer ends soon"), HasExpiration: true}
		d.Ensure(template.Buttons).Buttons = []template.Button{{Type: template.CopyCode}, {Type: template.URLButton, Text: lang.X("offer.button", "Shop now"), URL: "https://"}}
	})
}

// mark shows what a finding is about.
func (b *bodyTab) mark(p template.Place) {
	switch p.Part {
	case template.PartHeader:
		if b.file != nil {
			b.e.reveal(b.fileRow)
			return
		}
		b.header.field.Focus()
		b.e.reveal(b.header.object)
	case template.PartFooter:
		b.footer.field.Focus()
		b.e.reveal(b.footer.object)
	case template.PartOffer:
		b.offer.text.field.Focus()
		b.e.reveal(b.offer.object)
	case template.PartBody:
		if kindOf(b.e.m.now.Document) == authDoc {
			return
		}
		b.body.mark(p.Start, p.End)
		b.e.reveal(b.body.object)
	}
}

// focus puts the cursor into the text, or into the first field where Meta writes the text.
func (b *bodyTab) focus() {
	if kindOf(b.e.m.now.Document) == authDoc {
		b.auth.minutes.Focus()
		b.e.reveal(b.auth.object)
		return
	}
	b.body.edit.Focus()
	b.e.reveal(b.body.object)
}

// markCard shows the card that a finding is about.
func (b *bodyTab) markCard(p template.Place) { b.cards.mark(p) }

// fileAt is the box under a point of the window, or the header's when no box is there.
func (b *bodyTab) fileAt(at fyne.Position) *fileBox {
	if b.e.m == nil {
		return nil
	}
	for _, c := range b.cards.rows {
		if c.file != nil && c.file.row.Holds(at) {
			return c.file
		}
	}
	return b.file
}

// unknownCard shows a part that the program keeps and cannot edit.
func unknownCard(c template.Component) fyne.CanvasObject {
	raw := ""
	if data, err := c.MarshalJSON(); err == nil {
		raw = string(data)
	}
	name := string(c.Type)
	if name == "" {
		name = "?"
	}
	return widget.NewCard(layout.Column(4,
		layout.Row(theme.Space2, widget.NewIcon("lock", 16, theme.Text2), layout.Grow(widget.NewBold(lang.X("templates.unknown_part", "{{.Type}}: kept as it is", map[string]any{"Type": name}), theme.TypeSmall, theme.Text).Shrinking())),
		widget.NewParagraph(lang.X("templates.unknown_text", "This version does not know this part. It goes to Meta as it came."), theme.TypeCaption, theme.Text2, 120),
		widget.NewParagraph(raw, theme.TypeMono, theme.Text3, 120),
	), theme.Space3)
}

func caption(s string) *widget.Text {
	return widget.NewText(s, theme.TypeCaption, theme.Text2).Shrinking()
}

// counted60 is a line of text with a counter above its end.
type counted60 struct {
	object fyne.CanvasObject
	field  *widget.Field
	count  *widget.Text
	most   int
}

func newCounted(label string, most int, changed func(string)) *counted60 {
	c := &counted60{field: widget.NewField("", ""), count: widget.NewText("", theme.TypeCaption, theme.Text2), most: most}
	c.field.OnChanged = changed
	c.object = layout.Column(4, layout.Row(theme.Space2, layout.Grow(caption(label)), c.count), c.field)
	return c
}

func (c *counted60) show(s string, locked bool) {
	if c.field.Text() != s {
		c.field.SetText(s)
	}
	c.count.SetText(counter(s, c.most))
	colour := theme.Text2
	if len([]rune(s)) > c.most {
		colour = theme.Danger
	}
	c.count.SetColour(colour)
	able(c.field, !locked)
}
