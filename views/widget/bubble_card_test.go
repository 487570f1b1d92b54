package widget

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/meta/template"
)

func TestTemplateInTheThread(t *testing.T) {
	newApp(t)
	buttons := []template.PreviewButton{}
	for _, label := range []string{"Track it", "Call us", "Not now", "Stop"} {
		buttons = append(buttons, template.PreviewButton{Type: template.QuickReply, Label: label})
	}
	preview := template.Preview{Body: []template.Block{{Spans: []template.Span{{Text: "Your order is on its way"}}}}, Buttons: buttons}
	tl := NewTimeline()
	w := test.NewTempWindow(t, tl)
	w.Resize(fyne.NewSize(700, 600))
	at := time.Date(2026, 11, 20, 10, 44, 0, 0, time.UTC)
	m := Message{ID: 1, Revision: 1, Out: true, Text: "Your order is on its way", At: at, Tick: Read, Card: &SentCard{Preview: preview}}
	tl.SetItems([]Message{m, {ID: 2, Revision: 1, Text: "Thanks", At: at.Add(time.Minute)}}, false, false)

	r := tl.rows[0]
	if !r.layout.carded || r.layout.bubble.w != widthCard {
		t.Fatalf("it is laid out as %+v", r.layout.bubble)
	}
	var b *bubble
	for _, o := range test.WidgetRenderer(tl).Objects() {
		walk(o, func(o fyne.CanvasObject) {
			if x, ok := o.(*bubble); ok && x.row == r {
				b = x
			}
		})
	}
	if b == nil || b.card == nil || !b.card.Visible() || b.ground.Visible() {
		t.Fatalf("there is no card: %+v", b)
	}
	if got := b.card.Size().Height; got != r.layout.bubble.h || b.card.HeightFor(widthCard) != got {
		t.Errorf("the card is %v high in a bubble of %v, and wants %v", got, r.layout.bubble.h, b.card.HeightFor(widthCard))
	}
	before := r.layout.height
	b.card.ShowAll(true) // as a press on “See all options” does
	if r.layout.height <= before || tl.heights.offset(1) < float64(r.layout.height) {
		t.Errorf("with all its buttons it is %v high as before %v, and the next begins at %v", r.layout.height, before, tl.heights.offset(1))
	}
	m.Revision, m.Tick, m.Failure = 2, Failed, "Not delivered"
	tl.UpdateItem(m)
	if !b.failed.Visible() {
		t.Error("a template that did not arrive looks like one that did")
	}
	m.Revision, m.Tick, m.Failure, m.Card = 3, Read, "", nil
	tl.UpdateItem(m)
	if b.row.ID == 1 && (b.card.Visible() || b.failed.Visible() || !b.ground.Visible()) {
		t.Error("a text is drawn as a card")
	}
}
