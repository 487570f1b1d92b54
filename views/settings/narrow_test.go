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

func TestTheIndexLeadsToEachPartWhereThereIsRoom(t *testing.T) {
	a := test.NewTempApp(t)
	sh := &shell.Shell{App: a, Base: t.Context(), Now: time.Now}
	sh.Keep = shell.NewKeep(sh, noStore{}, shell.State{}, nil)
	v := New(sh, Params{Version: "1"})
	w := test.NewTempWindow(t, v.Content())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(900, 300))
	if pane := v.parts.object.Objects[1]; pane.Visible() {
		t.Error("a narrow page has an index")
	}
	w.Resize(fyne.NewSize(1200, 300))
	if pane := v.parts.object.Objects[1]; !pane.Visible() || v.parts.scroll.Position().X != pane.Size().Width {
		t.Errorf("a wide page has no index beside it: %v at %v", pane.Size(), v.parts.scroll.Position())
	}
	if len(v.parts.index) != 4 || len(v.parts.cards) != 4 { // this desk has no shop, nobody, no Meta and no words
		t.Fatalf("%d of %d parts are in the index", len(v.parts.index), len(v.parts.cards))
	}
	last := len(v.parts.cards) - 1
	for i := range v.parts.cards {
		v.parts.jump(i)
		top, y := v.parts.scroll.Offset.Y, v.parts.cards[i].Position().Y
		if i < last-1 && top != y || top > y {
			t.Errorf("part %d stands at %v, the page at %v", i, y, top)
		}
	}
	v.parts.scroll.ScrollToTop()
	if v.parts.seen() != 0 {
		t.Errorf("at the top part %d is seen", v.parts.seen())
	}
	v.parts.scroll.ScrollToOffset(fyne.NewPos(0, 1e6))
	if v.parts.seen() != last {
		t.Errorf("at the end part %d is seen", v.parts.seen())
	}
}
