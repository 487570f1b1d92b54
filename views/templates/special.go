package templates

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// authForm is what can be said in a template for sign-in codes: its texts are Meta's.
type authForm struct {
	e        *editor
	object   fyne.CanvasObject
	security *widget.Check
	minutes  *widget.Field
	alive    *widget.Field
	quiet    bool
}

func newAuthForm(e *editor) *authForm {
	a := &authForm{e: e}
	a.security = widget.NewCheck(lang.X("auth.security", "Add: for your security, do not share this code"), func(on bool) {
		a.set("", func(t *app.Template) { t.Document.Ensure(template.Body).SecurityRecommendation = on })
	})
	a.minutes = widget.NewField(lang.X("auth.minutes", "The code is valid for (minutes; empty: not said)"), "10")
	a.minutes.OnChanged = func(s string) {
		a.set("minutes", func(t *app.Template) {
			n := digits(s)
			if n == 0 {
				t.Document.Remove(template.Footer)
				return
			}
			t.Document.Ensure(template.Footer).CodeExpirationMinutes = n
		})
	}
	a.alive = widget.NewField(lang.X("auth.ttl", "Give up after (seconds; empty: Meta's 10 minutes)"), "600")
	a.alive.OnChanged = func(s string) {
		a.set("ttl", func(t *app.Template) {
			t.Document.TTLSeconds = nil
			if n := digits(s); n > 0 {
				t.Document.TTLSeconds = &n
			}
		})
	}
	a.object = layout.Column(theme.Space3,
		widget.NewParagraph(lang.X("auth.text", "Meta writes the text of templates for codes itself, in each language: “123456 is your verification code.” You choose what else it says, and under Buttons how the code gets into your app."), theme.TypeSmall, theme.Text2, 120),
		a.security, layout.TallRow(theme.Space3, layout.Grow(a.minutes), layout.Grow(a.alive)))
	return a
}

func (a *authForm) set(key string, do func(t *app.Template)) {
	if !a.quiet {
		a.e.change(key, do)
	}
}

func (a *authForm) show(t app.Template, locked bool) {
	if kindOf(t.Document) != authDoc {
		return
	}
	a.quiet = true
	defer func() { a.quiet = false }()
	body, footer := t.Document.Component(template.Body), t.Document.Component(template.Footer)
	if on := body != nil && body.SecurityRecommendation; a.security.Checked != on {
		a.security.SetChecked(on)
	}
	minutes, alive := "", ""
	if footer != nil {
		minutes = numberOrEmpty(footer.CodeExpirationMinutes)
	}
	if n := t.Document.TTLSeconds; n != nil {
		alive = strconv.Itoa(*n)
	}
	setNumber(a.minutes, minutes)
	setNumber(a.alive, alive)
	able(a.security, !locked)
	able(a.minutes, !locked)
	able(a.alive, !locked)
}

// setNumber fills a field of digits in, unless what stands there means the same.
func setNumber(f *widget.Field, s string) {
	if f.Text() != s && numberOrEmpty(digits(f.Text())) != s {
		f.SetText(s)
	}
}

// offerForm is the box of a limited-time offer.
type offerForm struct {
	e      *editor
	object fyne.CanvasObject
	text   *counted60
	ends   *widget.Check
	remove *widget.Button
	quiet  bool
}

func newOfferForm(e *editor) *offerForm {
	o := &offerForm{e: e}
	o.text = newCounted(lang.X("offer.text", "What the offer is"), template.MaxOfferText, func(s string) {
		o.set("offer", func(f *template.Offer) { f.Text = s })
	})
	o.ends = widget.NewCheck(lang.X("offer.ends", "It ends at a time that is said when it is sent, and counts down"), func(on bool) {
		o.set("", func(f *template.Offer) { f.HasExpiration = on })
	})
	o.remove = widget.NewButton(widget.TextOnly, lang.X("offer.remove", "No offer"), "x", func() {
		e.change("", func(t *app.Template) { t.Document.Remove(template.LimitedTimeOffer) })
	}).Sized(widget.Small)
	o.object = widget.NewCard(layout.Column(theme.Space3,
		layout.Row(theme.Space2, widget.NewIcon("clock", 16, theme.Text2), layout.Grow(widget.NewBold(lang.X("offer.title", "Limited-time offer"), theme.TypeSmall, theme.Text)), o.remove),
		o.text.object, o.ends), theme.Space3)
	return o
}

func (o *offerForm) set(key string, do func(f *template.Offer)) {
	if o.quiet {
		return
	}
	o.e.change(key, func(t *app.Template) {
		c := t.Document.Ensure(template.LimitedTimeOffer)
		if c.Offer == nil {
			c.Offer = &template.Offer{}
		}
		do(c.Offer)
	})
}

func (o *offerForm) show(t app.Template, locked bool) {
	c := t.Document.Component(template.LimitedTimeOffer)
	if c == nil || c.Offer == nil {
		return
	}
	o.quiet = true
	defer func() { o.quiet = false }()
	o.text.show(c.Offer.Text, locked)
	if o.ends.Checked != c.Offer.HasExpiration {
		o.ends.SetChecked(c.Offer.HasExpiration)
	}
	able(o.ends, !locked)
	able(o.remove, !locked)
}

// cardsForm is the cards of a carousel, each with its picture, text and buttons, in an order that can be changed.
type cardsForm struct {
	e      *editor
	object fyne.CanvasObject
	order  *widget.Reorder
	rows   []*cardRow
	add    *widget.Button
	remove *widget.Button
	shape  string
	quiet  bool
}

// cardRow is one card.
type cardRow struct {
	index   int
	object  fyne.CanvasObject
	title   *widget.Text
	file    *fileBox
	text    *bodyEditor
	buttons *buttonList
	remove  *widget.Button
}

func newCardsForm(e *editor) *cardsForm {
	f := &cardsForm{e: e}
	f.order = widget.NewReorder(theme.Space2, func(from, to int) {
		f.shape = ""
		e.moving(func(t *app.Template) renames {
			c := t.Document.Component(template.Carousel)
			if c == nil || max(from, to) >= len(c.Cards) {
				return nil
			}
			return arrangeCards(t, movedOrder(len(c.Cards), from, to))
		})
	})
	f.add = widget.NewButton(widget.Plain, lang.X("cards.add", "Add a card"), "plus", func() {
		f.shape = ""
		e.change("", func(t *app.Template) { addCard(&t.Document) })
	}).Sized(widget.Small)
	f.remove = widget.NewButton(widget.TextOnly, lang.X("cards.none", "No cards"), "x", func() {
		e.change("", func(t *app.Template) {
			t.Document.Remove(template.Carousel)
			for i := range template.MaxCards {
				t.Files = withoutFile(t.Files, i)
			}
		})
	}).Sized(widget.Small)
	f.object = layout.Column(theme.Space3,
		widget.NewParagraph(lang.X("cards.text", "Two to ten cards to swipe, all made alike: the same kind of picture and the same buttons on each."), theme.TypeCaption, theme.Text2, 120),
		f.order, layout.Row(theme.Space2, f.add, f.remove))
	return f
}

func movedOrder(n, from, to int) []int {
	order := make([]int, 0, n)
	for i := range n {
		if i != from {
			order = append(order, i)
		}
	}
	return append(order[:to:to], append([]int{from}, order[to:]...)...)
}

func (f *cardsForm) begin() { f.shape = "?" }

func (f *cardsForm) show(t app.Template, locked bool) {
	c := t.Document.Component(template.Carousel)
	if c == nil {
		f.rows, f.shape = nil, ""
		return
	}
	shape := ""
	for _, k := range c.Cards {
		format := template.HeaderFormat("")
		if h := k.Component(template.Header); h != nil {
			format = h.Format
		}
		shape += string(format) + ";"
	}
	if shape != f.shape {
		f.shape = shape
		f.build(c.Cards)
	}
	f.quiet = true
	for i, r := range f.rows {
		if r.file != nil {
			r.file.show(t, locked)
		}
		s := ""
		if b := c.Cards[i].Component(template.Body); b != nil {
			s = b.Text
		}
		r.text.showText(s, locked, t)
		r.buttons.show(t)
		able(r.remove, !locked && len(f.rows) > 1)
	}
	f.quiet = false
	able(f.add, !locked && len(f.rows) < template.MaxCards)
	able(f.remove, !locked)
}

func (f *cardsForm) build(cards []template.Card) {
	f.rows = nil
	var objects []fyne.CanvasObject
	for i, k := range cards {
		r := &cardRow{index: i, buttons: newButtonList(f.e, i)}
		r.title = widget.NewBold(lang.X("place.card", "Card {{.N}}", map[string]any{"N": i + 1}), theme.TypeSmall, theme.Text)
		r.remove = widget.NewIconButton("trash", lang.X("cards.remove", "Remove this card"), func() { f.take(i) }).Sized(widget.Small)
		r.text = newBodyEditor(f.e, func(s string) {
			if !f.quiet {
				f.e.change("card"+strconv.Itoa(i), func(t *app.Template) { setCardText(&t.Document, i, s) })
			}
		})
		r.text.card(i)
		column := layout.Column(theme.Space3, layout.Row(theme.Space2, layout.Grow(r.title), r.remove))
		if h := k.Component(template.Header); h != nil && h.Format.Media() {
			r.file = newFileBox(f.e, i, h.Format)
			column.Add(r.file.row)
		}
		column.Add(r.text.object)
		column.Add(r.buttons.object)
		r.object = widget.NewCard(column, theme.Space3)
		f.rows = append(f.rows, r)
		objects = append(objects, r.object)
	}
	f.order.SetRows(objects...)
	f.e.scroll.Content.Refresh()
}

func (f *cardsForm) take(i int) {
	f.shape = ""
	f.e.moving(func(t *app.Template) renames {
		c := t.Document.Component(template.Carousel)
		if c == nil {
			return nil
		}
		var order []int
		for k := range c.Cards {
			if k != i {
				order = append(order, k)
			}
		}
		return arrangeCards(t, order)
	})
}

// mark shows the card that a finding is about.
func (f *cardsForm) mark(p template.Place) {
	if p.Card < 0 || p.Card >= len(f.rows) {
		f.e.reveal(f.object)
		return
	}
	r := f.rows[p.Card]
	switch {
	case p.Part == template.PartCardBody:
		r.text.mark(p.Start, p.End)
	case p.Part == template.PartCardButton && p.Button >= 0 && p.Button < len(r.buttons.rows):
		r.buttons.rows[p.Button].mark(p.Field)
	}
	f.e.reveal(r.object)
}

// setCardText writes a card's text; a card without one has no body.
func setCardText(d *template.Document, card int, s string) {
	c := d.Component(template.Carousel)
	if c == nil || card >= len(c.Cards) {
		return
	}
	k := &c.Cards[card]
	if b := k.Component(template.Body); b != nil {
		b.Text = s
		return
	}
	at := 0
	if len(k.Components) > 0 && k.Components[0].Type == template.Header {
		at = 1
	}
	k.Components = append(k.Components[:at:at], append([]template.Component{{Type: template.Body, Text: s}}, k.Components[at:]...)...)
}
