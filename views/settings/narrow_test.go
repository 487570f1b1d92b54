package settings

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

func TestNothingIsCutOffInANarrowWindow(t *testing.T) {
	t.Setenv("LANG", "C")
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	sh := &shell.Shell{App: a, Base: t.Context(), Now: time.Now}
	sh.Keep = shell.NewKeep(sh, noStore{}, shell.State{}, nil)
	v := New(sh, Params{Home: "/home/ana/.local/share/shopbell", LogFile: "/home/ana/.local/share/shopbell/logs/shopbell.log", Version: "1"})
	// 900 and 1280 pixels at 200 % and 900 at 100 %, less the rail.
	for _, width := range []float32{450 - theme.WidthRail, 640 - theme.WidthRail, 900 - theme.WidthRail} {
		v.Content().Resize(fyne.NewSize(width, 500))
		var scroll *widget.Scroll
		var look func(o fyne.CanvasObject)
		look = func(o fyne.CanvasObject) {
			switch o := o.(type) {
			case *widget.Scroll:
				scroll = o
			case *fyne.Container:
				for _, c := range o.Objects {
					look(c)
				}
			}
		}
		look(v.Content())
		if scroll == nil {
			t.Fatal("the page does not scroll")
		}
		if got := scroll.Content.MinSize().Width; got > width {
			t.Errorf("in %v the page wants %v", width, got)
		}
	}
	if !v.look.Horizontal || !v.normal.Visible() {
		t.Error("where there is room again, it is not used")
	}
}
