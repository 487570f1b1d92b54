package widget

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

// TestSheet draws the component sheet of the design into the folder named by SHOPBELL_SHEET, to be compared by eye.
// Without it the sheet is still built and laid out in both themes.
func TestSheet(t *testing.T) {
	for name, choice := range map[string]theme.Choice{"light": theme.Light, "dark": theme.Dark} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(theme.New(choice))
		w := test.NewTempWindow(t, sheet())
		w.SetPadded(false)
		w.Resize(fyne.NewSize(1280, 960))
		img := w.Canvas().Capture()
		if dir := os.Getenv("SHOPBELL_SHEET"); dir != "" {
			f, err := os.Create(filepath.Join(dir, "sheet-"+name+".png"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if err := png.Encode(f, img); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type at struct {
	x, y, w, h float32
	o          fyne.CanvasObject
}

func absolute(items ...at) *fyne.Container {
	c := container.NewWithoutLayout(NewGround(theme.Pane, "", 0))
	place(c.Objects[0], 0, 0, 1280, 960)
	for _, it := range items {
		s := it.o.MinSize()
		if it.w > 0 {
			s.Width = it.w
		}
		if it.h > 0 {
			s.Height = it.h
		}
		c.Add(it.o)
		place(it.o, it.x, it.y, s.Width, s.Height)
	}
	return c
}

func sheet() fyne.CanvasObject {
	state := func(b *Button, f func(b *Button)) *Button { f(b); return b }
	y := float32(188)
	items := []at{
		{28, 164, 0, 0, NewBold("Main button", theme.TypeCaption, theme.Text2)},
		{28, y, 0, 0, NewButton(Main, "Send", "", nil)},
		{108, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.hovered = true })},
		{188, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.pressed = true })},
		{268, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.focused = true })},
		{348, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.Disable() })},
		{427, y, 0, 0, state(NewButton(Main, "Send", "", nil), func(b *Button) { b.SetBusy("Sending…") })},
	}
	y = 290
	items = append(items,
		at{28, y, 0, 0, NewButton(Plain, "Preview", "", nil)},
		at{125, y, 0, 0, state(NewButton(Plain, "Preview", "", nil), func(b *Button) { b.hovered = true })},
		at{222, y, 0, 0, state(NewButton(Plain, "Preview", "", nil), func(b *Button) { b.pressed = true })},
		at{319, y, 0, 0, state(NewButton(Plain, "Preview", "", nil), func(b *Button) { b.focused = true })},
		at{416, y, 0, 0, NewButton(Danger, "Delete…", "", nil)},
		at{512, y, 0, 0, NewButton(TextOnly, "Show all", "", nil)},
	)
	y = 392
	focused := NewField("", "")
	focused.SetText("Country")
	focused.focused = true
	wrong := NewField("", "")
	wrong.SetText("no sample")
	wrong.wrong = "No sample"
	ro := NewField("", "").ReadOnly()
	ro.SetText("read only")
	items = append(items,
		at{28, y, 150, 0, NewField("", "placeholder")}, at{190, y, 150, 0, focused},
		at{352, y, 150, 0, wrong}, at{514, y, 150, 0, ro})
	y = 492
	items = append(items,
		at{28, y, 0, 0, NewBadge(3, Brass)}, at{62, y, 0, 0, NewBadge(120, Brass)}, at{107, y, 0, 0, NewBadge(1, Accent)},
		at{141, y, 0, 0, NewBadge(4, Quiet)}, at{175, y, 0, 0, NewBadge(9, Bad)},
		at{209, y - 2, 0, 0, NewSmallPill("Approved", "check", Ok)}, at{313, y - 2, 0, 0, NewSmallPill("Pending", "clock", Warn)},
		at{410, y - 2, 0, 0, NewSmallPill("Rejected", "alert", Bad)}, at{508, y - 2, 0, 0, NewSmallPill("Draft", "edit", Quiet)},
		at{588, y - 2, 0, 0, NewSmallPill("Sending", "", Accent)})
	for i, h := range []int{21, 11, 4, 1, 0} {
		a := NewAvatar("Nguyễn Mai", "3", 44)
		a.SetWindow(time.Duration(h)*time.Hour, 24*time.Hour)
		items = append(items, at{728 + float32(i)*64, 543, 0, 0, a})
	}
	chip := NewFilterChip("All", nil)
	chip.SetOn(true)
	items = append(items, at{28, 760, 0, 0, chip}, at{90, 760, 0, 0, NewFilterChip("Mine 9", nil)},
		at{28, 800, 260, 0, NewSearchField("Search", "Ctrl K")},
		at{300, 800, 0, 0, NewTabs([]Tab{{"Reply", "reply"}, {"Note", "note"}}, nil)},
		at{28, 850, 300, 0, NewPasswordField("Access token", "").Mono().With(NewButton(Plain, "Paste", "copy", nil))})
	return absolute(items...)
}
