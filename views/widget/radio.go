package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Radio is one choice of a few that are all seen. It is one stop of the keyboard; the arrows walk it and choose.
type Radio struct {
	fynewidget.BaseWidget
	OnChanged func(index int)

	// Horizontal has the choices side by side. Refresh after changing it.
	Horizontal bool

	items  []*radioItem
	chosen int
}

// NewRadio makes a choice with the first one chosen.
func NewRadio(options []string, changed func(index int)) *Radio {
	r := &Radio{OnChanged: changed, Horizontal: true}
	r.ExtendBaseWidget(r)
	for i, words := range options {
		it := &radioItem{owner: r, index: i, words: words}
		it.ExtendBaseWidget(it)
		it.onTap = func() { r.choose(i, true) }
		r.items = append(r.items, it)
	}
	r.mark()
	return r
}

// Chosen is the index of the chosen one.
func (r *Radio) Chosen() int { return r.chosen }

// SetChosen chooses one without calling OnChanged.
func (r *Radio) SetChosen(i int) { r.choose(i, false) }

func (r *Radio) choose(i int, tell bool) {
	if i < 0 || i >= len(r.items) || i == r.chosen {
		return
	}
	held := r.items[r.chosen].focused
	r.chosen = i
	r.mark()
	if held {
		focus(r.items[i])
	}
	if tell && r.OnChanged != nil {
		r.OnChanged(i)
	}
}

// mark draws what is chosen now.
func (r *Radio) mark() {
	for _, it := range r.items {
		it.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	var objects []fyne.CanvasObject
	for _, it := range r.items {
		objects = append(objects, it)
	}
	layout := func(fyne.Size) {
		at := fyne.Position{}
		for _, it := range r.items {
			m := it.MinSize()
			place(it, at.X, at.Y, m.Width, m.Height)
			if r.Horizontal {
				at.X += m.Width + theme.Space4
			} else {
				at.Y += m.Height
			}
		}
	}
	min := func() fyne.Size {
		var s fyne.Size
		for i, it := range r.items {
			m := it.MinSize()
			switch {
			case !r.Horizontal:
				s = fyne.NewSize(fyne.Max(s.Width, m.Width), s.Height+m.Height)
			case i == 0:
				s = m
			default:
				s = fyne.NewSize(s.Width+theme.Space4+m.Width, fyne.Max(s.Height, m.Height))
			}
		}
		return s
	}
	return newRenderer(r, min, layout, func() {}, objects...)
}

// radioItem is one of the choices.
type radioItem struct {
	control
	owner *Radio
	index int
	words string
}

// Disabled has Tab pass by what is not chosen: a choice is one stop.
func (it *radioItem) Disabled() bool { return it.index != it.owner.chosen }

// Tapped chooses it.
func (it *radioItem) Tapped(*fyne.PointEvent) { it.onTap() }

// TypedKey walks the choice.
func (it *radioItem) TypedKey(ev *fyne.KeyEvent) {
	step := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyUp: -1, fyne.KeyRight: 1, fyne.KeyDown: 1}[ev.Name]
	if step == 0 {
		it.control.TypedKey(ev)
		return
	}
	it.owner.choose(it.index+step, true)
}

// AccessibilityLabel names it for a screen reader.
func (it *radioItem) AccessibilityLabel() string { return it.words }

const radioDot float32 = 18

// CreateRenderer is for Fyne.
func (it *radioItem) CreateRenderer() fyne.WidgetRenderer {
	edge, dot, ring := &canvas.Circle{}, &canvas.Circle{}, newRect(0)
	label := newText(theme.TypeBody, plain)
	paint := func() {
		chosen := it.index == it.owner.chosen
		edge.FillColor, edge.StrokeColor, edge.StrokeWidth = theme.Color(theme.Field), theme.Color(theme.LineStrong), 1
		if chosen {
			edge.StrokeColor, edge.StrokeWidth = theme.Color(theme.Accent), 2
		} else if it.hovered {
			edge.FillColor = theme.Color(theme.Hover)
		}
		dot.FillColor = theme.Color(theme.Accent)
		show(dot, chosen)
		paintRing(ring, it.focused)
		label.Color = theme.Color(theme.Text)
		setText(label, it.words)
	}
	layout := func(size fyne.Size) {
		y := (size.Height - radioDot) / 2
		place(edge, 0, y, radioDot, radioDot)
		place(dot, 5, y+5, radioDot-10, radioDot-10)
		ring.CornerRadius = theme.RadiusControl
		place(ring, -6, 2, size.Width+12, size.Height-4)
		place(label, radioDot+8, (size.Height-theme.TypeBody.Pitch)/2, size.Width-radioDot-8, theme.TypeBody.Pitch)
	}
	min := func() fyne.Size {
		return fyne.NewSize(radioDot+8+width(it.words, theme.TypeBody.Size, plain)+1, theme.HeightControl)
	}
	return newRenderer(it, min, layout, paint, ring, edge, dot, label)
}
