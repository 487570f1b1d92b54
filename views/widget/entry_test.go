package widget

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"shopbell/views/theme"
)

func TestWheelOverAFieldScrollsThePage(t *testing.T) {
	newApp(t)
	name, long := NewField("Name", ""), NewField("", "")
	long.SetText(strings.Repeat("a long value ", 40))
	search, secret := NewSearchField("Search", ""), NewPasswordField("", "Token")
	page := container.NewVScroll(container.NewVBox(name, long, search, secret, tall(2000)))
	c := shown(t, page, fyne.NewSize(300, 400))
	for what, o := range map[string]fyne.CanvasObject{"short": name.entry, "long": long.entry, "search": search.entry, "password": secret.entry} {
		page.ScrollToTop()
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(20, o.Size().Height/2)
		test.Scroll(c, at, 0, -30)
		if page.Offset.Y != 30 {
			t.Errorf("%s: the wheel scrolls the page by %v", what, page.Offset.Y)
		}
	}
}

func tall(height float32) fyne.CanvasObject {
	r := newRect(0)
	r.SetMinSize(fyne.NewSize(10, height))
	return r
}

// signal is the theme with shadows and bars in a colour that nothing else has.
type signal struct{ fyne.Theme }

var loud = color.NRGBA{R: 255, B: 255, A: 255}

func (s signal) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch n {
	case fynetheme.ColorNameShadow, fynetheme.ColorNameScrollBar, fynetheme.ColorNameScrollBarBackground:
		return loud
	}
	return s.Theme.Color(n, v)
}

func TestFieldsHaveNoShadowsAndNoBar(t *testing.T) {
	newApp(t).Settings().SetTheme(signal{theme.New(theme.Light)})
	f := NewField("", "")
	f.SetText(strings.Repeat("a long value ", 40))
	c := shown(t, f, fyne.NewSize(200, 60))
	c.Focus(f.entry)
	for _, key := range []fyne.KeyName{fyne.KeyEnd, fyne.KeyLeft, fyne.KeyHome} {
		press(f.entry, key)
		picture := c.Capture()
		for y := range picture.Bounds().Dy() {
			for x := range picture.Bounds().Dx() {
				if r, g, b, _ := picture.At(x, y).RGBA(); r > g+0x1000 && b > g+0x1000 && r == b {
					t.Fatalf("%s: a shadow or a bar at %d,%d", key, x, y)
				}
			}
		}
	}
}

func TestCursorOfALongValueStaysInSight(t *testing.T) {
	newApp(t)
	f := NewField("", "")
	c := shown(t, f, fyne.NewSize(200, 60))
	c.Focus(f.entry)
	for range 60 {
		f.entry.TypedRune('m')
	}
	text := func() fyne.Position {
		var at fyne.Position
		walk(f, func(o fyne.CanvasObject) {
			if l, ok := o.(*lineStrip); ok {
				at = fyne.CurrentApp().Driver().AbsolutePositionForObject(l.holds)
			}
		})
		return at
	}
	in := func(key fyne.KeyName) {
		t.Helper()
		x := text().X + f.entry.CursorPosition().X
		if x < 0 || x > 200 {
			t.Errorf("%s: the cursor stands at %v of 200", key, x)
		}
	}
	in("typing")
	press(f.entry, fyne.KeyHome)
	in(fyne.KeyHome)
	// A click goes to the letter under the pointer, wherever the text stands.
	press(f.entry, fyne.KeyEnd)
	in(fyne.KeyEnd)
	at := fyne.NewPos(100, theme.HeightControl/2).Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(f.entry))
	f.entry.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	if x := text().X + f.entry.CursorPosition().X; x < 85 || x > 115 {
		t.Errorf("a click at 100 puts the cursor at %v", x)
	}
}
