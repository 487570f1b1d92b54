package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// The wheel over a text scrolls the text, and at its end the page that it stands in.
func TestTheWheelGoesOnAtTheEnd(t *testing.T) {
	newApp(t)
	e := NewBodyEditor(1024)
	page := NewVScroll(container.NewVBox(NewField("One", ""), e, NewField("Two", ""), NewField("Three", ""), NewField("Four", "")))
	shown(t, page, fyne.NewSize(600, 240))
	wheel := func(dy float32) { e.area.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, dy)}) }
	wheel(-25)
	if page.Offset.Y != 25 {
		t.Errorf("a text that fits keeps the wheel: %v", page.Offset.Y)
	}
	wheel(25)
	if page.Offset.Y != 0 {
		t.Errorf("and upwards: %v", page.Offset.Y)
	}
	e.SetText(strings.Repeat("line\n", 40))
	wheel(-25)
	if page.Offset.Y != 0 || e.area.scroll.Offset.Y == 0 {
		t.Errorf("a long text: page %v, text %v", page.Offset.Y, e.area.scroll.Offset.Y)
	}
	wheel(-100000)
	wheel(-25)
	if page.Offset.Y != 25 {
		t.Errorf("at the end of the text: %v", page.Offset.Y)
	}
}
