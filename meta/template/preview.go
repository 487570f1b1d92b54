package template

import "strings"

// Preview is a template as the customer sees it, without colours or sizes: what the phone in the editor, the bubbles
// of the inbox and the tests all draw.
type Preview struct {
	RightToLeft bool
	Header      *PreviewHeader // nil without one
	Offer       *Offer
	Body        []Block
	Footer      []Span
	Buttons     []PreviewButton
	Cards       []PreviewCard

	CallPermission bool     // WhatsApp asks below whether the business may call
	Unknown        []string // types of components that the program does not know
}

// PreviewHeader is the top of the message.
type PreviewHeader struct {
	Format              HeaderFormat
	Text                string // of a text header; its place's name and address for a location
	Address             string
	Latitude, Longitude string
	File                Slot // where the file of a media header is looked up
}

// PreviewButton is a button with its words as they are shown.
type PreviewButton struct {
	Type   ButtonType
	Label  string
	Detail string // the address, number or code behind it, values filled in
}

// PreviewCard is one card of a carousel.
type PreviewCard struct {
	Header  *PreviewHeader
	Body    []Block
	Buttons []PreviewButton
}

// Folded is what WhatsApp shows of a message's buttons: up to three as they are, of more the first two, and then
// "See all options" (Meta: Templates › Components › Buttons).
func (p Preview) Folded() (shown []PreviewButton, more bool) {
	if len(p.Buttons) <= 3 {
		return p.Buttons, false
	}
	return p.Buttons[:2], true
}

// Render fills a template in. A placeholder whose value is empty stays as it is written.
func Render(d Document, value func(Slot) string) Preview {
	if value == nil {
		value = func(Slot) string { return "" }
	}
	p := Preview{RightToLeft: RightToLeft(d.Language)}
	for _, c := range d.Components {
		switch c.Type {
		case Header:
			p.Header = renderHeader(c, Slot{PartHeader, -1, -1, ""}, value)
		case Body:
			text := c.Text
			if text == "" && d.Category == Authentication {
				text = authenticationText(c)
			}
			p.Body = Blocks(fill(text, Slot{PartBody, -1, -1, ""}, value))
		case Footer:
			text := c.Text
			if text == "" && c.CodeExpirationMinutes > 0 {
				text = expiryText(c.CodeExpirationMinutes)
			}
			p.Footer = Marks(text)
		case Buttons:
			p.Buttons = renderButtons(c, Slot{PartButton, -1, -1, ""}, value)
		case LimitedTimeOffer:
			if c.Offer != nil {
				f := *c.Offer
				p.Offer = &f
			}
		case Carousel:
			for i, card := range c.Cards {
				p.Cards = append(p.Cards, renderCard(card, i, value))
			}
		case CallPermissionRequest:
			p.CallPermission = true
		default:
			p.Unknown = append(p.Unknown, string(c.Type))
		}
	}
	return p
}

// Fill puts values into the placeholders of one part's text, as Render does.
func Fill(text string, part Slot, value func(Slot) string) string { return fill(text, part, value) }

func fill(text string, s Slot, value func(Slot) string) string {
	var b strings.Builder
	at := 0
	for _, p := range Placeholders(text) {
		s.Name = p.Name
		v := value(s)
		if v == "" {
			continue
		}
		b.WriteString(text[at:p.Start])
		b.WriteString(v)
		at = p.End
	}
	if at == 0 {
		return text
	}
	b.WriteString(text[at:])
	return b.String()
}

func renderHeader(c Component, s Slot, value func(Slot) string) *PreviewHeader {
	h := &PreviewHeader{Format: c.Format, File: s}
	switch c.Format {
	case HeaderText, "":
		h.Format = HeaderText
		h.Text = fill(c.Text, s, value)
	case HeaderLocation:
		at := func(name string) string { s.Name = name; return value(s) }
		h.Text, h.Address, h.Latitude, h.Longitude = at("name"), at("address"), at("latitude"), at("longitude")
	}
	return h
}

func renderButtons(c Component, s Slot, value func(Slot) string) []PreviewButton {
	var out []PreviewButton
	for i, b := range c.Buttons {
		if otp, ok := b.AsOTP(); ok {
			b = otp
		}
		if b.Type == OTP && b.OTPType == OTPZeroTap {
			continue // nothing to tap
		}
		s.Button = i
		p := PreviewButton{Type: b.Type, Label: b.Label()}
		switch b.Type {
		case URLButton:
			p.Detail = fill(b.URL, s, value)
		case PhoneNumber:
			p.Detail = b.PhoneNumber
		case CopyCode:
			s.Name = SlotCode
			p.Detail = value(s)
		}
		out = append(out, p)
	}
	return out
}

func renderCard(card Card, i int, value func(Slot) string) PreviewCard {
	var p PreviewCard
	for _, c := range card.Components {
		switch c.Type {
		case Header:
			p.Header = renderHeader(c, Slot{PartCardHeader, i, -1, ""}, value)
		case Body:
			p.Body = Blocks(fill(c.Text, Slot{PartCardBody, i, -1, ""}, value))
		case Buttons:
			p.Buttons = renderButtons(c, Slot{PartCardButton, i, -1, ""}, value)
		}
	}
	return p
}
