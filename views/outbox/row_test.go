package outbox

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

func TestARowShowsItsMessageAtEveryWidth(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	v := &View{}
	r, ok := v.newRow().(*row)
	if !ok {
		t.Fatal("not a row")
	}
	win := test.NewTempWindow(t, r)
	win.SetPadded(false)
	r.state.Set("Not known", "warn", 0)
	for _, button := range []string{"", "Send again"} {
		if button == "" {
			r.do.Hide()
		} else {
			r.do.SetText(button)
			r.do.Show()
		}
		for _, width := range []float32{524, 340, 784, 1164, 524} { // 1280 and 900 at 200 %, 900, 1280, and back
			r.Resize(fyne.NewSize(width, rowHeight))
			r.arrange()
			if got := r.text.Size().Width; got < 80 {
				t.Errorf("%v wide with button %q: %v are left for the message", width, button, got)
			}
		}
	}
}
