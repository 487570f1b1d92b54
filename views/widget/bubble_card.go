package widget

import (
	"fyne.io/fyne/v2"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

// SentCard is a template in a message, as it was sent.
type SentCard struct {
	Preview template.Preview
	// Record is what it was made from, such as "S00022"; "" for nothing. A click on it is Timeline.OnRecord.
	Record string
	// Media gives the content of a media header; it may be nil.
	Media func(template.Slot) CardMedia
}

// widthCard is how wide a template is in the thread.
const widthCard float32 = 340

// card lays out a message that is a template: the same card as on the phone.
func (l *bubbleLayout) card(m *Message, s setting, words labels, left, column, y float32) {
	w := fyne.Min(widthCard, column)
	x := left
	if m.Out {
		x += column - w
	}
	l.look = CardLook{Out: m.Out, Large: true, Clock: words.clock, Tick: m.Tick, Media: m.Card.Media}
	l.bubble = box{x, y, w, drawCard(m.Card.Preview, l.look, w, s.all).height}
	l.carded = true
	l.height = y + l.bubble.h
	if len(m.Reactions) > 0 { // they hang on the card itself, and what it was made from stands beside them
		l.below(m, x, left, column)
		l.source(m, x, y+l.bubble.h, w)
		return
	}
	l.source(m, x, y+l.bubble.h, w)
	l.below(m, x, left, column)
}

// source says below a card what it was made from.
func (l *bubbleLayout) source(m *Message, x, y, w float32) {
	if m.Card.Record == "" {
		return
	}
	const side, gap = 13, 6
	y += 4
	words := fit(clean(m.Card.Record), theme.TypeCaption, bold, w-side-gap-8)
	wide := wordsWidth(words, theme.TypeCaption.Size, bold)
	at := x + 4
	if m.Out && len(m.Reactions) == 0 {
		at = x + w - 4 - wide - side - gap
	}
	l.iconName, l.iconTint, l.icon = "file", theme.Accent, box{at, y + 1.5, side, side}
	l.text(drawn(words), theme.TypeCaption, bold, theme.Accent, at+side+gap, y)
	l.record = box{at, y, side + gap + wide, theme.TypeCaption.Pitch}
	l.height = fyne.Max(l.height, y+theme.TypeCaption.Pitch)
}

// template shows the card of a message and tells whether it had to be made.
func (b *bubble) template(r *row) (made bool) {
	l := r.layout
	if !l.carded {
		if b.card != nil {
			show(b.card, false)
		}
		return false
	}
	if b.card == nil {
		b.card = NewTemplateCard()
		made = true
	}
	show(b.card, true)
	if b.carded != l {
		b.carded = l
		b.card.OnGrown = nil // not by what is set here
		b.card.Set(r.Card.Preview, l.look)
		b.card.ShowAll(r.all)
		b.card.OnGrown = func() {
			if b.row == r && !r.all {
				b.owner.keepPlace(func() { r.all = true })
			}
		}
	}
	place(b.card, l.bubble.x, l.bubble.y, l.bubble.w, l.bubble.h)
	return made
}

// failedEdge is the ring round a card that did not arrive; an empty box when it did.
func (l *bubbleLayout) failedEdge(m *Message) box {
	if !l.carded || m.Tick != Failed && (m.Failure == "" || m.Waits) {
		return box{}
	}
	return l.bubble
}

// paintFailed draws that ring, above the card.
func (b *bubble) paintFailed(l *bubbleLayout, m *Message) {
	at := l.failedEdge(m)
	show(b.failed, at != (box{}))
	if at != (box{}) {
		fill(b.failed, "", theme.Danger, 1)
		place(b.failed, at.x, at.y, at.w, at.h)
	}
}
