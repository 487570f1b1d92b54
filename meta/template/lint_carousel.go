package template

import "strings"

func (l *linter) carousel(c Component, where Place) {
	if n := len(c.Cards); n < MinCards || n > MaxCards {
		l.add(ruleCards, where, say("cards.count", "has {{.Count}} cards; Meta takes {{.Least}} to {{.Most}}", "Count", n, "Least", MinCards, "Most", MaxCards))
	}
	for _, t := range []ComponentType{Header, Footer, Buttons, LimitedTimeOffer} {
		if _, ok := l.d.find(t); ok {
			l.add(ruleCarouselBeside, place(partOf(t), ""), say("carousel.beside", "beside a carousel WhatsApp shows a body only"))
		}
	}
	for i, card := range c.Cards {
		at := where
		at.Card = i
		if card.odd != nil {
			l.add(ruleOdd, at, say("component.shape.card", "a card is no object"))
			continue
		}
		l.card(card, at)
		if i > 0 && shape(card) != shape(c.Cards[0]) {
			l.add(ruleCardsAlike, at, say("cards.alike", "is not built as the first one: all cards need the same header, body and buttons"))
		}
	}
}

func (l *linter) card(card Card, where Place) {
	seen := map[ComponentType]bool{}
	for _, c := range card.Components {
		if seen[c.Type] {
			l.add(ruleCardComponent, where, say("card.component.twice", "has {{.Kind}} twice", "Kind", strings.ToLower(shorten(string(c.Type)))))
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
				l.add(ruleCardHeader, at.field("format"), say("card.header", "a card begins with an image, a video or a product"))
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
			l.add(ruleCardComponent, where, say("card.component", "has {{.Kind}}; a card takes a header, a body and buttons", "Kind", strings.ToLower(shorten(string(c.Type)))))
		}
	}
	if !seen[Header] {
		l.add(ruleCardHeader, where, say("card.header.none", "has no image, video or product"))
	}
	if !seen[Buttons] {
		l.add(ruleCardButtons, where, say("card.buttons.none", "has no button; a card needs one or two"))
	}
}

func (l *linter) cardButtons(card Card, c Component, where Place) {
	where.Part = PartCardButton
	if n := len(c.Buttons); n < 1 || n > MaxCardButtons {
		l.add(ruleCardButtons, where, say("card.buttons.count", "has {{.Count}} buttons; a card takes one or two", "Count", n))
	}
	h, _ := card.find(Header)
	for i, b := range c.Buttons {
		switch {
		case b.Type == QuickReply, b.Type == URLButton, b.Type == PhoneNumber, !b.Type.Known():
		case b.Type == SingleProduct && h.Format == HeaderProduct:
		default:
			at := where
			at.Button = i
			l.add(ruleCardButtons, at, say("card.buttons", "a card takes quick replies, addresses and numbers only"), removeButton(at))
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
