package template

import (
	"fmt"
	"strconv"
	"strings"
)

// Part is the part of a template that a slot or a finding is in.
type Part string

// The parts of a template.
const (
	PartDocument   Part = "document" // name, language, category and what has no place of its own
	PartHeader     Part = "header"
	PartBody       Part = "body"
	PartFooter     Part = "footer"
	PartOffer      Part = "offer"
	PartButton     Part = "button"
	PartCarousel   Part = "carousel"
	PartCardHeader Part = "card_header"
	PartCardBody   Part = "card_body"
	PartCardButton Part = "card_button"
	PartOther      Part = "other" // a component that the program does not know
)

// Slot is a place of a template that takes a value when the template is sent. Slots compare with == and are the keys
// of bindings; String and ParseSlot are their spelling in storage.
type Slot struct {
	Part         Part
	Card, Button int    // counted from 0; -1 where there is none
	Name         string // "1" or a name; of a location latitude, longitude, name, address; "" for a file
}

// The names of slots that are no placeholders.
const (
	SlotCode       = "code"       // a copy-code button's code
	SlotExpiration = "expiration" // when an offer ends: unix milliseconds
)

// LocationSlots are the four values of a location header, in the order in which a form asks for them.
var LocationSlots = []string{"name", "address", "latitude", "longitude"}

// HeaderSlot is a placeholder of the header, or with an empty name its file.
func HeaderSlot(name string) Slot { return Slot{PartHeader, -1, -1, name} }

// BodySlot is a placeholder of the body.
func BodySlot(name string) Slot { return Slot{PartBody, -1, -1, name} }

// ButtonSlot is the value of a button.
func ButtonSlot(button int, name string) Slot { return Slot{PartButton, -1, button, name} }

// String is the slot's spelling in storage: part, card and button where there are any, and the name.
func (s Slot) String() string {
	p := string(s.Part)
	if s.Card >= 0 {
		p += "." + strconv.Itoa(s.Card)
	}
	if s.Button >= 0 {
		p += "." + strconv.Itoa(s.Button)
	}
	return p + ":" + s.Name
}

// ParseSlot reads what String wrote.
func ParseSlot(text string) (Slot, error) {
	head, name, ok := strings.Cut(text, ":")
	parts := strings.Split(head, ".")
	s := Slot{Part: Part(parts[0]), Card: -1, Button: -1, Name: name}
	var into []*int
	switch s.Part {
	case PartHeader, PartBody, PartOffer:
	case PartButton:
		into = []*int{&s.Button}
	case PartCardHeader, PartCardBody:
		into = []*int{&s.Card}
	case PartCardButton:
		into = []*int{&s.Card, &s.Button}
	default:
		ok = false
	}
	if !ok || len(parts)-1 != len(into) {
		return Slot{}, fmt.Errorf("%q is no slot of a template", text)
	}
	for i, p := range into {
		n, err := strconv.Atoi(parts[i+1])
		if err != nil || n < 0 || strconv.Itoa(n) != parts[i+1] {
			return Slot{}, fmt.Errorf("%q is no slot of a template", text)
		}
		*p = n
	}
	return s, nil
}

// Slots are the places that take a text value: header, body, offer, buttons, cards; placeholders by their number,
// names as they first stand. Files are not among them, see Files.
func (d Document) Slots() []Slot {
	var out []Slot
	body := false
	for _, t := range []ComponentType{Header, Body, LimitedTimeOffer, Buttons, Carousel} {
		c, ok := d.find(t)
		if !ok {
			continue
		}
		switch t {
		case Header:
			out = appendHeader(out, c, Slot{PartHeader, -1, -1, ""})
		case Body:
			body = true
			for _, n := range d.bodyNames(c) {
				out = append(out, BodySlot(n))
			}
		case LimitedTimeOffer:
			if c.Offer != nil && c.Offer.HasExpiration {
				out = append(out, Slot{PartOffer, -1, -1, SlotExpiration})
			}
		case Buttons:
			out = appendButtons(out, c, Slot{PartButton, -1, -1, ""})
		case Carousel:
			for i, card := range c.Cards {
				out = appendCard(out, card, i)
			}
		}
	}
	if !body && d.Category == Authentication {
		out = append(out, BodySlot("1"))
	}
	return out
}

// bodyNames are the placeholders of the body; an authentication body always takes the code, though its text is Meta's.
func (d Document) bodyNames(c Component) []string {
	names := Names(c.Text)
	if len(names) == 0 && d.Category == Authentication {
		return []string{"1"}
	}
	return names
}

// Files are the places that take a file when the template is sent: a media header, or those of a carousel's cards.
func (d Document) Files() []Slot {
	var out []Slot
	if c, ok := d.find(Header); ok && c.Format.Media() {
		out = append(out, Slot{PartHeader, -1, -1, ""})
	}
	if c, ok := d.find(Carousel); ok {
		for i, card := range c.Cards {
			if h, ok := card.find(Header); ok && h.Format.Media() {
				out = append(out, Slot{PartCardHeader, i, -1, ""})
			}
		}
	}
	return out
}

// SampleOf is the example value of a slot, or "".
func (d Document) SampleOf(s Slot) string {
	c, b := d.at(s)
	switch {
	case b != nil && len(b.Example) > 0:
		if b.Type == URLButton {
			return urlSuffix(*b)
		}
		return b.Example[0]
	case b == nil && c != nil:
		return c.Sample(s.Name)
	}
	return ""
}

// SetSample changes the example value of a slot in place; use Clone first where others hold the document. A location
// and the end of an offer have no examples at Meta: theirs are the caller's to keep.
func (d *Document) SetSample(s Slot, value string) {
	c, b := d.at(s)
	switch {
	case b != nil && value == "":
		b.Example = nil
	case b != nil:
		b.Example = []string{value}
	case c != nil && c.Type != LimitedTimeOffer && c.Format != HeaderLocation:
		c.SetSample(s.Name, value)
	}
}

// at finds what a slot is in: its component, and its button if it has one.
func (d *Document) at(s Slot) (*Component, *Button) {
	find := d.Component
	if s.Card >= 0 {
		c := d.Component(Carousel)
		if c == nil || s.Card >= len(c.Cards) {
			return nil, nil
		}
		find = c.Cards[s.Card].Component
	}
	var t ComponentType
	switch s.Part {
	case PartHeader, PartCardHeader:
		t = Header
	case PartBody, PartCardBody:
		t = Body
	case PartFooter:
		t = Footer
	case PartButton, PartCardButton:
		t = Buttons
	case PartOffer:
		t = LimitedTimeOffer
	}
	c := find(t)
	if c == nil || t != Buttons {
		return c, nil
	}
	if s.Button < 0 || s.Button >= len(c.Buttons) {
		return nil, nil
	}
	return c, &c.Buttons[s.Button]
}

func appendHeader(out []Slot, c Component, s Slot) []Slot {
	names := Names(c.Text)
	switch c.Format {
	case HeaderLocation:
		names = LocationSlots
	case HeaderText, "":
	default:
		return out
	}
	for _, n := range names {
		s.Name = n
		out = append(out, s)
	}
	return out
}

func appendButtons(out []Slot, c Component, s Slot) []Slot {
	for i, b := range c.Buttons {
		s.Button = i
		if _, otp := b.AsOTP(); otp {
			continue // filled with the body's code
		}
		switch b.Type {
		case URLButton:
			for _, n := range Names(b.URL) {
				s.Name = n
				out = append(out, s)
			}
		case CopyCode:
			s.Name = SlotCode
			out = append(out, s)
		}
	}
	return out
}

func appendCard(out []Slot, card Card, i int) []Slot {
	if c, ok := card.find(Header); ok {
		out = appendHeader(out, c, Slot{PartCardHeader, i, -1, ""})
	}
	if c, ok := card.find(Body); ok {
		for _, n := range Names(c.Text) {
			out = append(out, Slot{PartCardBody, i, -1, n})
		}
	}
	if c, ok := card.find(Buttons); ok {
		out = appendButtons(out, c, Slot{PartCardButton, i, -1, ""})
	}
	return out
}

// urlSuffix is what a dynamic address's example puts in the placeholder: the example may be the whole address.
func urlSuffix(b Button) string {
	if len(b.Example) == 0 {
		return ""
	}
	example := b.Example[0]
	if i := strings.Index(b.URL, "{{"); i > 0 && strings.HasPrefix(example, b.URL[:i]) {
		return example[i:]
	}
	return example
}

// Moves says what became of the slots when a document was edited.
type Moves struct {
	Kept map[Slot]Slot // from where to where, also those that did not move
	New  []Slot        // in the order of Slots
	Gone []Slot        // those whose placeholder is no longer there
}

// Reconcile compares the slots of two versions. A slot that is in both is kept; renamed says which ones became which
// (from Renumber, Rename, a mend, or a drag of a button), and only slots that were there and are there count.
// No two slots become the same one, so no binding is ever lost to another.
func Reconcile(before, after []Slot, renamed map[Slot]Slot) Moves {
	m := Moves{Kept: map[Slot]Slot{}}
	taken := map[Slot]bool{}
	there := map[Slot]bool{}
	for _, s := range after {
		there[s] = true
	}
	for _, s := range before {
		if to, ok := renamed[s]; ok && there[to] && !taken[to] {
			m.Kept[s] = to
			taken[to] = true
		}
	}
	for _, s := range before {
		if _, done := m.Kept[s]; done {
			continue
		}
		_, moved := renamed[s]
		if !moved && there[s] && !taken[s] {
			m.Kept[s] = s
			taken[s] = true
			continue
		}
		m.Gone = append(m.Gone, s)
	}
	for _, s := range after {
		if !taken[s] {
			m.New = append(m.New, s)
		}
	}
	return m
}
