package setup

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestTheCardsStandBelowEachOtherInANarrowWindow(t *testing.T) {
	test.NewTempApp(t)
	a, b := &canvas.Rectangle{}, &canvas.Rectangle{}
	a.SetMinSize(fyne.NewSize(10, 200))
	b.SetMinSize(fyne.NewSize(10, 180))
	cards := &fyne.Container{Layout: &pair{}, Objects: []fyne.CanvasObject{a, b}}
	cards.Resize(fyne.NewSize(812, 200))
	if b.Position().Y != 0 || a.Size().Width != 396 || cards.MinSize().Height != 200 {
		t.Errorf("wide: %v %v, %v", a.Size(), b.Position(), cards.MinSize())
	}
	cards.Resize(fyne.NewSize(402, 400)) // 900 pixels at 200 %
	if b.Position() != fyne.NewPos(0, 220) || a.Size().Width != 402 || cards.MinSize().Height != 400 {
		t.Errorf("narrow: %v %v, %v", a.Size(), b.Position(), cards.MinSize())
	}
}
