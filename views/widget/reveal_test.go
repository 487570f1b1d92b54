package widget

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

// inSight tells whether an object is seen in full.
func inSight(s *Scroll, o fyne.CanvasObject) bool {
	d := fyne.CurrentApp().Driver()
	y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s).Y
	return y >= 0 && y+o.Size().Height <= s.Size().Height
}

func TestTheKeyboardIsAlwaysInSight(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	var all []fyne.CanvasObject
	column := container.NewVBox()
	for i := range 12 {
		switch i % 4 {
		case 0:
			all = append(all, NewButton(Plain, fmt.Sprint("Button ", i), "", func() {}))
		case 1:
			all = append(all, NewField(fmt.Sprint("Field ", i), ""))
		case 2:
			all = append(all, NewCheck(fmt.Sprint("Check ", i), nil))
		default:
			all = append(all, NewSelect([]string{"a", "b"}, nil))
		}
		column.Add(all[i])
	}
	page, hidden := NewVScroll(column), NewVScroll(container.NewVBox(NewParagraph("x", theme.TypeBody, theme.Text, 60), NewButton(Plain, "Far", "", nil), container.NewGridWrap(fyne.NewSize(10, 900))))
	beside := NewVScroll(container.NewVBox(container.NewGridWrap(fyne.NewSize(10, 900))))
	w := test.NewTempWindow(t, container.NewStack(container.NewGridWithColumns(2, page, beside), hidden))
	w.Resize(fyne.NewSize(600, 220))
	hidden.Hide()
	beside.to(40)
	hidden.to(40)
	for i := range all {
		w.Canvas().FocusNext()
		if !inSight(page, all[i]) {
			t.Errorf("number %d has the keyboard and is not seen", i)
		}
	}
	if page.Offset.Y == 0 {
		t.Fatal("nothing was below the fold")
	}
	for i := range all {
		w.Canvas().FocusPrevious()
		if n := len(all) - 2 - i; n >= 0 && !inSight(page, all[n]) {
			t.Errorf("on the way back number %d is not seen", n)
		}
	}
	if beside.Offset.Y != 40 || hidden.Offset.Y != 40 {
		t.Error("another page moved")
	}
}

func TestWhatIsInSightDoesNotMove(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	b := NewButton(Plain, "b", "", func() {})
	page := NewVScroll(container.NewVBox(container.NewGridWrap(fyne.NewSize(10, 100)), b, container.NewGridWrap(fyne.NewSize(10, 900))))
	w := test.NewTempWindow(t, page)
	w.Resize(fyne.NewSize(300, 300))
	page.to(20)
	w.Canvas().Focus(b)
	if page.Offset.Y != 20 {
		t.Errorf("the page went to %v", page.Offset)
	}
}

func TestAScrollInAScrollFollowsToo(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	b := NewButton(Plain, "b", "", func() {})
	inner := NewVScroll(container.NewVBox(container.NewGridWrap(fyne.NewSize(10, 400)), b))
	outer := NewVScroll(container.NewVBox(container.NewGridWrap(fyne.NewSize(10, 500)), container.NewGridWrap(fyne.NewSize(200, 120), inner)))
	w := test.NewTempWindow(t, outer)
	w.Resize(fyne.NewSize(300, 200))
	w.Canvas().Focus(b)
	if !inSight(inner, b) || !inSight(outer, b) {
		t.Errorf("inner at %v, outer at %v", inner.Offset, outer.Offset)
	}
}
