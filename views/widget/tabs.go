package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Tab is one choice of a row of tabs.
type Tab struct {
	Text, Icon string
	Count      int // in a badge behind the words; 0 shows none
}

// Tabs is a row of words with a line under the chosen one; Left and Right move between them.
type Tabs struct {
	fynewidget.BaseWidget
	OnChanged func(index int)

	tabs   []*tabButton
	chosen int
	row    *fyne.Container
	pad    float32 // beside the words of each tab
}

const (
	tabPad   float32 = 10
	flushPad float32 = 2
)

// NewTabs makes the row with the first tab chosen.
func NewTabs(tabs []Tab, changed func(index int)) *Tabs {
	t := &Tabs{OnChanged: changed, pad: tabPad}
	t.ExtendBaseWidget(t)
	t.row = container.New(layout.NewCustomPaddedHBoxLayout(4))
	for i, tab := range tabs {
		b := &tabButton{Tab: tab, owner: t, index: i, chosen: i == 0}
		b.ExtendBaseWidget(b)
		b.onTap = func() { t.choose(i, true) }
		t.tabs = append(t.tabs, b)
		t.row.Add(b)
	}
	return t
}

// Flush has the first tab begin where the row does, as below a form whose fields have that edge, and the line as wide as its tab's words and count.
// It returns the row itself.
func (t *Tabs) Flush() *Tabs {
	t.pad = flushPad
	t.row.Layout = layout.NewCustomPaddedHBoxLayout(2 * (tabPad - flushPad))
	return t
}

// Focus gives the keyboard to the chosen tab.
func (t *Tabs) Focus() { focus(t.tabs[t.chosen]) }

// Chosen is the index of the chosen tab.
func (t *Tabs) Chosen() int { return t.chosen }

// SetChosen chooses a tab without calling OnChanged.
func (t *Tabs) SetChosen(i int) { t.choose(i, false) }

// SetTab changes the words and the icon of a tab.
func (t *Tabs) SetTab(i int, tab Tab) {
	if i >= 0 && i < len(t.tabs) && t.tabs[i].Tab != tab {
		t.tabs[i].Tab = tab
		t.tabs[i].Refresh()
		t.row.Refresh()
	}
}

func (t *Tabs) choose(i int, tell bool) {
	if i < 0 || i >= len(t.tabs) || i == t.chosen {
		return
	}
	t.chosen = i
	for j, b := range t.tabs {
		b.set(&b.chosen, j == i)
	}
	if tell && t.OnChanged != nil {
		t.OnChanged(i)
	}
}

// CreateRenderer is for Fyne.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(t.row) }

type tabButton struct {
	control
	Tab
	owner  *Tabs
	index  int
	chosen bool
}

// TypedKey moves between the tabs with Left and Right.
func (b *tabButton) TypedKey(ev *fyne.KeyEvent) {
	step := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1}[ev.Name]
	if step == 0 {
		b.control.TypedKey(ev)
		return
	}
	if to := b.index + step; to >= 0 && to < len(b.owner.tabs) {
		b.owner.choose(to, true)
		focus(b.owner.tabs[to])
	}
}

// AccessibilityLabel names it for a screen reader.
func (b *tabButton) AccessibilityLabel() string { return b.Text }

func (b *tabButton) CreateRenderer() fyne.WidgetRenderer {
	text, icon, line, ring := newText(theme.TypeBody, plain), newGlyph(), newRect(1), newRect(8)
	badge := NewBadge(0, Quiet)
	badgeRoom := func() float32 {
		if b.Count <= 0 {
			return 0
		}
		return 6 + badgeWidth(countText(b.Count))
	}
	style := func() fyne.TextStyle { return fyne.TextStyle{Bold: b.chosen} }
	lead := func() float32 {
		if b.Icon == "" {
			return 0
		}
		return 22
	}
	paint := func() {
		c := theme.Text2
		if b.chosen {
			c = theme.Accent
		} else if b.hovered {
			c = theme.Text
		}
		text.Color, text.TextStyle = theme.Color(c), style()
		icon.set(b.Icon, c)
		badge.SetCount(b.Count)
		fill(line, theme.Accent, "", 0)
		show(line, b.chosen)
		fill(ring, "", theme.Focus, 2)
		show(ring, b.focused)
	}
	lay := func(size fyne.Size) {
		pad := b.owner.pad
		out := fyne.Max(tabPad-pad-2, 0)
		place(ring, -out, 3, size.Width+2*out, size.Height-8)
		place(icon.Image, pad, (size.Height-16)/2, 16, 16)
		room := size.Width - 2*pad - lead() - badgeRoom()
		setText(text, fit(b.Text, theme.TypeBody, style(), room+0.5))
		place(text, pad+lead(), (size.Height-20)/2, room, 20)
		place(badge, size.Width-pad-badgeRoom()+6, (size.Height-theme.HeightBadge)/2, badgeRoom()-6, theme.HeightBadge)
		place(line, 0, size.Height-2, size.Width, 2)
	}
	min := func() fyne.Size {
		// As wide as in bold, so that choosing a tab does not move its neighbours.
		return fyne.NewSize(width(b.Text, theme.TypeBody.Size, bold)+2*b.owner.pad+lead()+badgeRoom(), theme.HeightTab)
	}
	return newRenderer(b, min, lay, paint, ring, icon.Image, text, badge, line)
}

// focus gives the keyboard to a widget if it is on a canvas.
func focus(f fyne.Focusable) {
	app := fyne.CurrentApp()
	o, ok := f.(fyne.CanvasObject)
	if app == nil || !ok {
		return
	}
	c := app.Driver().CanvasForObject(o)
	if c == nil { // what was never drawn has no canvas yet: it is that of the window
		if all := app.Driver().AllWindows(); len(all) == 1 {
			c = all[0].Canvas()
		} else if len(tipLayers) == 1 {
			c = app.Driver().CanvasForObject(tipLayers[0])
		}
	}
	if c != nil {
		c.Focus(f)
	}
}
