package template

import (
	"fmt"
	"strings"
)

func (l *linter) carousel(c Component, where Place) {
	if n := len(c.Cards); n < MinCards || n > MaxCards {
		l.add(ruleCards, where, fmt.Sprintf("has %s; Meta takes %d to %d", counted(n, "card"), MinCards, MaxCards))
	}
	for _, t := range []ComponentType{Header, Footer, Buttons, LimitedTimeOffer} {
		if _, ok := l.d.find(t); ok {
			l.add(ruleCarouselBeside, place(partOf(t), ""), "beside a carousel WhatsApp shows a body only")
		}
	}
	for i, card := range c.Cards {
		at := where
		at.Card = i
		if card.odd != nil {
			l.add(ruleOdd, at, "a card is no object")
			continue
		}
		l.card(card, at)
		if i > 0 && shape(card) != shape(c.Cards[0]) {
			l.add(ruleCardsAlike, at, fmt.Sprintf("card %d is not built as the first one: all cards need the same header, body and buttons", i+1))
		}
	}
}

func (l *linter) card(card Card, where Place) {
	seen := map[ComponentType]bool{}
	for _, c := range card.Components {
		if seen[c.Type] {
			l.add(ruleCardComponent, where, "has "+strings.ToLower(string(c.Type))+" twice")
			continue
		}
		seen[c.Type] = true
		switch c.Type {
		case Header:
			at := where
			at.Part = PartCardHeader
			switch c.Format {
			case HeaderImage, HeaderVideo:
				l.headerFile(c, at.field("file"))
			case HeaderProduct:
			default:
				l.add(ruleCardHeader, at.field("format"), "a card begins with an image, a video or a product")
			}
		case Body:
			at := where
			at.Part = PartCardBody
			if l.bodyText(c, at.field("text"), MaxCardBody) {
				l.reviewCard(c.Text, at.field("text"))
			}
		case Buttons:
			l.cardButtons(card, c, where)
		default:
			l.add(ruleCardComponent, where, "has a "+strings.ToLower(shorten(string(c.Type)))+"; a card takes a header, a body and buttons")
		}
	}
	if !seen[Header] {
		l.add(ruleCardHeader, where, "has no image, video or product")
	}
	if !seen[Buttons] {
		l.add(ruleCardButtons, where, "has no button; a card needs one or two")
	}
}

func (l *linter) cardButtons(card Card, c Component, where Place) {
	where.Part = PartCardButton
	if n := len(c.Buttons); n < 1 || n > MaxCardButtons {
		l.add(ruleCardButtons, where, fmt.Sprintf("has %s; a card takes one or two", counted(n, "button")))
	}
	h, _ := card.find(Header)
	for i, b := range c.Buttons {
		switch {
		case b.Type == QuickReply, b.Type == URLButton, b.Type == PhoneNumber, !b.Type.Known():
		case b.Type == SingleProduct && h.Format == HeaderProduct:
		default:
			at := where
			at.Button = i
			l.add(ruleCardButtons, at, "a card takes quick replies, addresses and numbers only", removeButton(at))
		}
	}
	l.buttonList(c.Buttons, where)
}

// shape is what must be the same on all cards: parts, header's format, kinds of buttons.
func shape(card Card) string {
	var b strings.Builder
	for _, c := range card.Components {
		b.WriteString(string(c.Type) + ":" + string(c.Format))
		for _, k := range c.Buttons {
			b.WriteString("," + string(k.Type))
		}
		b.WriteByte(';')
	}
	return b.String()
}
