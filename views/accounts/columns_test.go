package accounts

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

func TestTheDoctorHasRoomAtEveryWidth(t *testing.T) {
	cards, side := &canvas.Rectangle{}, &canvas.Rectangle{}
	for _, width := range []float32{564, 824, 1204, 1844, 564} {
		columns{}.Layout([]fyne.CanvasObject{cards, side}, fyne.NewSize(width, 600))
		if side.Size().Width < 400 {
			t.Errorf("in %v the doctor has %v", width, side.Size().Width)
		}
		beside := side.Position().X >= cards.Size().Width
		below := side.Position().Y >= cards.Size().Height
		if beside == below {
			t.Errorf("in %v they lie on each other: %v %v, %v %v", width, cards.Position(), cards.Size(), side.Position(), side.Size())
		}
		if p, s := side.Position(), side.Size(); p.X+s.Width > width+0.1 || p.Y+s.Height > 600.1 {
			t.Errorf("in %v the doctor reaches out of it: %v %v", width, p, s)
		}
	}
}
