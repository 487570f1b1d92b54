package accounts

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
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

func TestTheDoctorsTitleIsCutByNoButton(t *testing.T) {
	test.NewTempApp(t)
	title := widget.NewBold("Doctor · Mimosa Online", theme.TypeSubHeading, theme.Text).Shrinking()
	buttons := &canvas.Rectangle{}
	buttons.SetMinSize(fyne.NewSize(280, 30))
	head := &fyne.Container{Layout: &headAndButtons{title: title}, Objects: []fyne.CanvasObject{layout.Column(0, title), buttons}}
	needs := fyne.MeasureText(title.Text(), theme.TypeSubHeading.Size, fyne.TextStyle{Bold: true}).Width
	for _, width := range []float32{300, 440, 800} {
		head.Resize(fyne.NewSize(width, 40))
		head.Resize(head.MinSize().Max(fyne.NewSize(width, 0)))
		if got := title.Size().Width; got < needs {
			t.Errorf("in %v the title has %v of %v", width, got, needs)
		}
		if beside := buttons.Position().Y == 0; beside != (width == 800) {
			t.Errorf("in %v the buttons stand at %v", width, buttons.Position())
		}
	}
	title.SetText("Doctor · " + "A name that is far longer than any line could ever take beside its buttons")
	if got := head.MinSize().Height; got > 30 {
		t.Errorf("a long name takes the buttons' place: %v high", got)
	}
}
