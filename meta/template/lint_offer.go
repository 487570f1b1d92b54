package template

import "fmt"

func (l *linter) offer(c Component, where Place) {
	if l.d.Category != Marketing {
		l.add(ruleOfferCategory, where, "offers are for marketing templates", edit("Make the category marketing", func(d *Document) { d.Category = Marketing }))
	}
	text := ""
	expires := false
	if c.Offer != nil {
		text, expires = c.Offer.Text, c.Offer.HasExpiration
	}
	if blank(text) {
		l.add(ruleOfferText, where.field("text"), "has no text")
	} else if n := Length(text); n > MaxOfferText {
		l.add(ruleOfferText, where.field("text"), fmt.Sprintf("has %d characters; Meta takes %d", n, MaxOfferText),
			edit(fmt.Sprintf("Cut to %d", MaxOfferText), func(d *Document) {
				if o := d.Component(LimitedTimeOffer); o != nil && o.Offer != nil {
					o.Offer.Text = truncate(o.Offer.Text, MaxOfferText)
				}
			}))
	}
	if h, ok := l.d.find(Header); ok && h.Format != HeaderImage && h.Format != HeaderVideo {
		l.add(ruleOfferHeader, place(PartHeader, "format"), "a template with an offer has an image or a video here")
	}
	if _, ok := l.d.find(Footer); ok {
		l.add(ruleOfferFooter, place(PartFooter, ""), "a template with an offer has no footer", edit("Remove the footer", func(d *Document) { d.Remove(Footer) }))
	}
	l.offerButtons(expires)
}

func (l *linter) offerButtons(expires bool) {
	where := place(PartButton, "")
	b, _ := l.d.find(Buttons)
	if !hasButton(b.Buttons, URLButton) {
		l.add(ruleOfferButtons, where, "a template with an offer needs a button that opens an address")
	}
	if expires && (len(b.Buttons) == 0 || b.Buttons[0].Type != CopyCode) {
		var mends []Mend
		for i, k := range b.Buttons {
			if k.Type == CopyCode {
				mends = []Mend{{"Put it first", func(d Document) (Document, map[Slot]Slot) { return d.MoveButton(where.slot(), i, 0) }}}
				break
			}
		}
		l.add(ruleOfferButtons, where, "an offer that expires needs a copy-code button, and it comes first", mends...)
	}
}
