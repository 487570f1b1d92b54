package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

func TestPopoverTurnsUpWhenItsContentGrows(t *testing.T) {
	newApp(t)
	anchor := NewButton(Plain, "Choose", "", nil)
	content := canvas.NewRectangle(nil)
	content.SetMinSize(fyne.NewSize(100, 40))
	c := shown(t, absolute(at{20, 400, 120, 36, anchor}), fyne.NewSize(300, 500))
	p := ShowPopover(anchor, content, 200, nil)
	t.Cleanup(p.Close)
	if p.Above() || p.layer.card.h != 40 {
		t.Fatalf("a card of 40 with room below stands at %+v", p.layer.card)
	}
	content.SetMinSize(fyne.NewSize(100, 300))
	p.Resized()
	if card := p.layer.card; !p.Above() || card.h != 300 || card.y+card.h > 400 {
		t.Errorf("a card of 300 with 52 below and 388 above stands at %+v", card)
	}
	content.SetMinSize(fyne.NewSize(100, 30))
	p.Resized()
	if !p.Above() {
		t.Error("the card jumps down again when it shrinks")
	}
	content.SetMinSize(fyne.NewSize(100, 900))
	p.Resized()
	if card := p.layer.card; !p.Above() || card.y != popMargin || card.y+card.h != 400-popGap {
		t.Errorf("a card that is higher than the window stands at %+v", card)
	}
	p.Close()

	// Between an anchor that is nearly as high as the window and its edge is no room: the card covers the anchor.
	anchor.Move(fyne.NewPos(20, 20))
	anchor.Resize(fyne.NewSize(120, 460))
	p = ShowPopover(anchor, content, 200, nil)
	t.Cleanup(p.Close)
	if card := p.layer.card; card.h != popLeast || card.y < popMargin || card.y+card.h > c.Size().Height-popMargin {
		t.Errorf("without room on either side it stands at %+v", card)
	}
}
