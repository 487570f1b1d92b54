package templates

import (
	"slices"

	"shopbell/app"
	"shopbell/meta/template"
)

// What people do to a document. Each works on a document that is theirs alone.

// setHeaderFormat changes what the header shows; "" takes it away. Text stays where text stays.
func setHeaderFormat(d *template.Document, f template.HeaderFormat) {
	if f == "" {
		d.Remove(template.Header)
		return
	}
	c := d.Ensure(template.Header)
	if c.Format == f {
		return
	}
	c.Format, c.Handles = f, nil
	if f != template.HeaderText {
		c.Text, c.Samples = "", nil
	}
}

// setText writes a header's, body's or footer's text. A footer without text goes.
func setText(d *template.Document, part template.ComponentType, text string) {
	if text == "" && part == template.Footer {
		d.Remove(part)
		return
	}
	c := d.Ensure(part)
	if part == template.Header && c.Format == "" {
		c.Format = template.HeaderText
	}
	c.Text = text
}

// textOf is a component's text, or "".
func textOf(d template.Document, part template.ComponentType) string {
	if c := d.Component(part); c != nil {
		return c.Text
	}
	return ""
}

// buttonsAt gives the buttons of the template (card -1) or of a card, to be changed; add makes the component when it is missing.
func buttonsAt(d *template.Document, card int, add bool) *template.Component {
	if card < 0 {
		if add {
			return d.Ensure(template.Buttons)
		}
		return d.Component(template.Buttons)
	}
	c := d.Component(template.Carousel)
	if c == nil || card >= len(c.Cards) {
		return nil
	}
	k := &c.Cards[card]
	if b := k.Component(template.Buttons); b != nil || !add {
		return b
	}
	k.Components = append(k.Components, template.Component{Type: template.Buttons})
	return &k.Components[len(k.Components)-1]
}

func buttonSlotAt(card, button int, name string) template.Slot {
	if card < 0 {
		return template.ButtonSlot(button, name)
	}
	return template.Slot{Part: template.PartCardButton, Card: card, Button: button, Name: name}
}

// moveButton puts a button elsewhere; the buttons between make room.
func moveButton(d *template.Document, card, from, to int) renames {
	c := buttonsAt(d, card, false)
	if c == nil || from == to || min(from, to) < 0 || max(from, to) >= len(c.Buttons) {
		return nil
	}
	order := make([]int, len(c.Buttons))
	for i := range order {
		order[i] = i
	}
	order = slices.Insert(slices.Delete(order, from, from+1), to, from)
	return reorder(*d, c, card, order)
}

// removeButton takes a button away. The component goes with its last.
func removeButton(d *template.Document, card, at int) renames {
	c := buttonsAt(d, card, false)
	if c == nil || at < 0 || at >= len(c.Buttons) {
		return nil
	}
	order := make([]int, 0, len(c.Buttons))
	for i := range c.Buttons {
		if i != at {
			order = append(order, i)
		}
	}
	moved := reorder(*d, c, card, order)
	if len(order) == 0 && card < 0 {
		d.Remove(template.Buttons)
	}
	return moved
}

// reorder puts the buttons into another order, given by where each was, and says what became of their slots.
func reorder(d template.Document, c *template.Component, card int, order []int) renames {
	slots := d.Slots()
	moved := renames{}
	next := make([]template.Button, len(order))
	for to, from := range order {
		next[to] = c.Buttons[from]
		for _, s := range slots {
			if s == buttonSlotAt(card, from, s.Name) {
				moved[s] = buttonSlotAt(card, to, s.Name)
			}
		}
	}
	c.Buttons = next
	return moved
}

// Cards.

func cardSlot(s template.Slot) bool {
	return s.Part == template.PartCardHeader || s.Part == template.PartCardBody || s.Part == template.PartCardButton
}

// arrangeCards puts the cards into another order, given by where each was; a card may be left out. Their files and slots go with them.
func arrangeCards(t *app.Template, order []int) renames {
	c := t.Document.Component(template.Carousel)
	if c == nil {
		return nil
	}
	moved := renames{}
	slots := t.Document.Slots()
	next := make([]template.Card, 0, len(order))
	var files []app.HeaderFile
	for _, f := range t.Files {
		if f.Card < 0 {
			files = append(files, f)
		}
	}
	for to, from := range order {
		next = append(next, c.Cards[from])
		for _, s := range slots {
			if cardSlot(s) && s.Card == from {
				moved[s] = template.Slot{Part: s.Part, Card: to, Button: s.Button, Name: s.Name}
			}
		}
		if f, ok := t.File(from); ok {
			f.Card = to
			files = append(files, f)
		}
	}
	c.Cards, t.Files = next, files
	return moved
}

// addCard adds a card made like the last one, since Meta wants all cards alike, with empty texts.
func addCard(d *template.Document) {
	c := d.Ensure(template.Carousel)
	card := template.Card{Components: []template.Component{{Type: template.Header, Format: template.HeaderImage}, {Type: template.Body}, {Type: template.Buttons, Buttons: []template.Button{{Type: template.QuickReply}}}}}
	if n := len(c.Cards); n > 0 {
		clone := d.Clone()
		card = clone.Component(template.Carousel).Cards[n-1]
		for i := range card.Components {
			card.Components[i].Handles = nil
			if card.Components[i].Type == template.Body {
				card.Components[i].Text, card.Components[i].Samples = "", nil
			}
		}
	}
	c = d.Ensure(template.Carousel)
	c.Cards = append(c.Cards, card)
}

// setCategory changes what the template is for. An authentication template has fixed parts, which are put in place; what it cannot have goes.
func setCategory(d *template.Document, c template.Category) {
	was := d.Category
	d.Category = c
	switch {
	case c == template.Authentication && was != template.Authentication:
		for _, t := range []template.ComponentType{template.Header, template.Carousel, template.LimitedTimeOffer} {
			d.Remove(t)
		}
		b := d.Ensure(template.Body)
		*b = template.Component{Type: template.Body, SecurityRecommendation: true}
		f := d.Ensure(template.Footer)
		*f = template.Component{Type: template.Footer, CodeExpirationMinutes: 10}
		k := d.Ensure(template.Buttons)
		*k = template.Component{Type: template.Buttons, Buttons: []template.Button{{Type: template.OTP, OTPType: template.OTPCopyCode}}}
	case was == template.Authentication && c != template.Authentication:
		for _, t := range []template.ComponentType{template.Footer, template.Buttons} {
			d.Remove(t)
		}
		b := d.Ensure(template.Body)
		*b = template.Component{Type: template.Body}
	}
}

// kindOf is what kind of document this is, by what it holds.
type docKind int

const (
	plainDoc docKind = iota
	carouselDoc
	offerDoc
	authDoc
)

func kindOf(d template.Document) docKind {
	switch {
	case d.Category == template.Authentication:
		return authDoc
	case d.Component(template.Carousel) != nil:
		return carouselDoc
	case d.Component(template.LimitedTimeOffer) != nil:
		return offerDoc
	}
	return plainDoc
}

// unknown are the components that the program keeps and cannot edit.
func unknown(d template.Document) (out []template.Component) {
	for _, c := range d.Components {
		if c.ReadOnly() {
			out = append(out, c)
		}
	}
	return out
}
