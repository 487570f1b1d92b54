package template

func (l *linter) offer(c Component, where Place) {
	if l.d.Category != Marketing {
		l.add(ruleOfferCategory, where, say("offer.category", "offers are for marketing templates"), edit(makeMarketing, func(d *Document) { d.Category = Marketing }))
	}
	text := ""
	expires := false
	if c.Offer != nil {
		text, expires = c.Offer.Text, c.Offer.HasExpiration
	}
	if blank(text) {
		l.add(ruleOfferText, where.field("text"), say("offer.text", "has no text"))
	} else if n := Length(text); n > MaxOfferText {
		l.add(ruleOfferText, where.field("text"), tooLong(n, MaxOfferText),
			edit(cutTo(MaxOfferText), func(d *Document) {
				if o := d.Component(LimitedTimeOffer); o != nil && o.Offer != nil {
					o.Offer.Text = truncate(o.Offer.Text, MaxOfferText)
				}
			}))
	}
	if h, ok := l.d.find(Header); ok && h.Format != HeaderImage && h.Format != HeaderVideo {
		l.add(ruleOfferHeader, place(PartHeader, "format"), say("offer.header", "a template with an offer has an image or a video here"))
	}
	if _, ok := l.d.find(Footer); ok {
		l.add(ruleOfferFooter, place(PartFooter, ""), say("offer.footer", "a template with an offer has no footer"), edit(say("mend.remove_footer", "Remove the footer"), func(d *Document) { d.Remove(Footer) }))
	}
	l.offerButtons(expires)
}

func (l *linter) offerButtons(expires bool) {
	where := place(PartButton, "")
	b, _ := l.d.find(Buttons)
	if !hasButton(b.Buttons, URLButton) {
		l.add(ruleOfferButtons, where, say("offer.buttons", "a template with an offer needs a button that opens an address"))
	}
	if expires && (len(b.Buttons) == 0 || b.Buttons[0].Type != CopyCode) {
		var mends []Mend
		for i, k := range b.Buttons {
			if k.Type == CopyCode {
				mends = []Mend{mend(say("mend.first", "Put it first"), func(d Document) (Document, map[Slot]Slot) { return d.MoveButton(where.slot(), i, 0) })}
				break
			}
		}
		l.add(ruleOfferButtons, where, say("offer.buttons.code", "an offer that expires needs a copy-code button, and it comes first"), mends...)
	}
}
