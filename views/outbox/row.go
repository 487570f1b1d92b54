package outbox

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// rowHeight is how high a row of the list is.
const rowHeight float32 = 76

// face is what a row shows.
type face struct {
	name, second, third string // third stands where a broadcast has its bar
	pill, icon          string
	tone                widget.Tone
	bar                 bool
	total               int
	parts               [6]widget.BarPart
}

// row draws a broadcast or a message in the list. The list has the keyboard, not the row.
type row struct {
	fynewidget.BaseWidget
	tapped func()

	face                     face
	set                      bool
	chosen, focused, hovered bool
	name, second, third      *widget.Text
	pill                     *widget.Pill
	stack                    *widget.StackedBar
	ground, bar, line, ring  *canvas.Rectangle
}

var (
	_ fyne.Tappable      = (*row)(nil)
	_ desktop.Hoverable  = (*row)(nil)
	_ desktop.Cursorable = (*row)(nil)
)

func newRow() *row {
	r := &row{
		name: widget.NewBold("", theme.TypeBody, theme.Text).Shrinking(), second: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking(),
		third: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking(), pill: widget.NewSmallPill("", "", widget.Quiet), stack: widget.NewStackedBar(6),
		ground: &canvas.Rectangle{}, bar: &canvas.Rectangle{}, line: &canvas.Rectangle{}, ring: &canvas.Rectangle{CornerRadius: theme.RadiusControl, StrokeWidth: 2},
	}
	r.ExtendBaseWidget(r)
	return r
}

// show draws a face. Nothing is drawn anew when nothing changed.
func (r *row) show(f face, chosen, focused bool) {
	if r.set && r.face == f && r.chosen == chosen && r.focused == focused {
		return
	}
	r.face, r.set, r.chosen, r.focused = f, true, chosen, focused
	r.name.SetText(f.name)
	r.second.SetText(f.second)
	r.third.SetText(f.third)
	r.pill.Set(f.pill, f.icon, f.tone)
	ground := fyne.ThemeColorName("")
	if chosen && f.tone == widget.Accent { // its own is that of a chosen row
		ground = theme.Pane
	}
	r.pill.SetGround(ground)
	r.stack.Set(f.total, f.parts[:]...)
	r.Refresh()
}

// Tapped opens it.
func (r *row) Tapped(*fyne.PointEvent) {
	if r.tapped != nil {
		r.tapped()
	}
}

// MouseIn is called when the pointer comes.
func (r *row) MouseIn(*desktop.MouseEvent) { r.hover(true) }

// MouseMoved is called while it is there.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when it goes.
func (r *row) MouseOut() { r.hover(false) }

func (r *row) hover(on bool) {
	if r.hovered != on {
		r.hovered = on
		r.Refresh()
	}
}

// Cursor is a hand.
func (r *row) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel names it for a screen reader.
func (r *row) AccessibilityLabel() string { return r.face.name + ", " + r.face.pill }

// AccessibilityRole tells a screen reader what it is.
func (r *row) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	p := &rowRenderer{r}
	p.paint()
	return p
}

type rowRenderer struct{ r *row }

func (p *rowRenderer) paint() {
	r := p.r
	g := theme.PaneAlt
	switch {
	case r.chosen:
		g = theme.Selected
	case r.hovered:
		g = theme.Hover
	}
	r.ground.FillColor = theme.Color(g)
	r.bar.FillColor, r.line.FillColor = theme.Color(theme.Accent), theme.Color(theme.Line)
	r.ring.StrokeColor, r.ring.FillColor = theme.Color(theme.Focus), theme.Color(g)
	layout.SetVisible(r.bar, r.chosen)
	layout.SetVisible(r.ring, r.focused)
	layout.SetVisible(r.stack, r.face.bar)
	layout.SetVisible(r.third, !r.face.bar)
	layout.SetVisible(r.pill, r.face.pill != "")
}

func (p *rowRenderer) Destroy() {}

func (p *rowRenderer) Objects() []fyne.CanvasObject {
	r := p.r
	return []fyne.CanvasObject{r.ground, r.ring, r.bar, r.line, r.name, r.second, r.third, r.stack, r.pill}
}

func (p *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(180, rowHeight) }

func (p *rowRenderer) Layout(size fyne.Size) {
	r := p.r
	layout.Place(r.ground, 0, 0, size.Width, size.Height)
	layout.Place(r.ring, 4, 3, size.Width-8, size.Height-7)
	layout.Place(r.bar, 0, 0, 3, size.Height)
	layout.Place(r.line, 0, size.Height-1, size.Width, 1)
	const left, right = 16, 12
	w := min(r.pill.MinSize().Width, size.Width/2)
	h := r.pill.MinSize().Height
	layout.Place(r.pill, size.Width-right-w, 14, w, h)
	layout.Place(r.name, left, 13, size.Width-left-right-w-10, theme.TypeBody.Pitch)
	layout.Place(r.second, left, 34, size.Width-left-right-w-10, theme.TypeCaption.Pitch)
	if r.face.bar {
		layout.Place(r.second, left, 34, size.Width-left-right-w/2, theme.TypeCaption.Pitch)
	}
	layout.Place(r.third, left, 51, size.Width-left-right, theme.TypeCaption.Pitch)
	layout.Place(r.stack, left, 58, size.Width-left-right, 6)
}

func (p *rowRenderer) Refresh() {
	p.paint()
	p.Layout(p.r.Size())
	canvas.Refresh(p.r)
}
