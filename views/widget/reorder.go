package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Reorder is a column of rows that can be put into another order: by dragging the grip at the left, or with Alt+Up
// and Alt+Down while the keyboard is on it.
type Reorder struct {
	fynewidget.BaseWidget
	// OnMoved is told that the row at from now stands at to. The rows have changed places already.
	OnMoved func(from, to int)

	rows  []*reorderRow
	gap   float32
	held  int     // the row that is dragged, -1 when none is
	shift float32 // how far
	r     *renderer
	line  *Ground
}

// NewReorder makes a column of rows, gap pixels apart.
func NewReorder(gap float32, moved func(from, to int), rows ...fyne.CanvasObject) *Reorder {
	o := &Reorder{OnMoved: moved, gap: gap, held: -1, line: NewGround(theme.Accent, "", 1)}
	o.ExtendBaseWidget(o)
	o.SetRows(rows...)
	return o
}

// SetRows shows these rows and no others.
func (o *Reorder) SetRows(rows ...fyne.CanvasObject) {
	old := o.rows
	o.rows, o.held = nil, -1
	for i, content := range rows {
		var row *reorderRow
		for _, was := range old {
			if was.content == content {
				row = was
			}
		}
		if row == nil {
			row = newReorderRow(o, content)
		}
		row.index = i
		o.rows = append(o.rows, row)
	}
	o.collect()
	o.Refresh()
}

// Len is how many rows there are.
func (o *Reorder) Len() int { return len(o.rows) }

// Row is what was given for row i.
func (o *Reorder) Row(i int) fyne.CanvasObject { return o.rows[i].content }

// MoveRow takes the row at from to the place to and tells OnMoved.
func (o *Reorder) MoveRow(from, to int) {
	if from == to || from < 0 || to < 0 || from >= len(o.rows) || to >= len(o.rows) {
		return
	}
	row := o.rows[from]
	o.rows = append(o.rows[:from], o.rows[from+1:]...)
	o.rows = append(o.rows[:to], append([]*reorderRow{row}, o.rows[to:]...)...)
	for i, r := range o.rows {
		r.index = i
	}
	o.collect()
	o.Refresh()
	if o.OnMoved != nil {
		o.OnMoved(from, to)
	}
}

func (o *Reorder) collect() {
	if o.r == nil {
		return
	}
	o.r.objects = o.r.objects[:0]
	for _, row := range o.rows {
		if row.index != o.held {
			o.r.objects = append(o.r.objects, row)
		}
	}
	o.r.objects = append(o.r.objects, o.line)
	if o.held >= 0 {
		o.r.objects = append(o.r.objects, o.rows[o.held]) // above the others
	}
}

// top is where row i stands.
func (o *Reorder) top(i int) float32 {
	y := float32(0)
	for _, row := range o.rows[:i] {
		y += row.MinSize().Height + o.gap
	}
	return y
}

// target is the place over which the dragged row is held.
func (o *Reorder) target() int {
	if o.held < 0 {
		return -1
	}
	middle := o.top(o.held) + o.shift + o.rows[o.held].MinSize().Height/2
	to := 0
	for i, row := range o.rows {
		if i != o.held && middle > o.top(i)+row.MinSize().Height/2 {
			to++
		}
	}
	return to
}

func (o *Reorder) drag(row *reorderRow, dy float32) {
	if o.held != row.index {
		o.held, o.shift = row.index, 0
		o.collect()
	}
	o.shift += dy
	o.Refresh()
}

func (o *Reorder) drop() {
	from, to := o.held, o.target()
	o.held, o.shift = -1, 0
	o.collect()
	o.Refresh()
	o.MoveRow(from, to)
}

// CreateRenderer is for Fyne.
func (o *Reorder) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) {
		for i, row := range o.rows {
			y := o.top(i)
			if i == o.held {
				y = fyne.Max(-10, fyne.Min(size.Height-row.MinSize().Height+10, y+o.shift))
			}
			place(row, 0, y, size.Width, row.MinSize().Height)
		}
		to := o.target()
		show(o.line, to >= 0 && to != o.held)
		if to >= 0 {
			y := o.top(to) - o.gap/2 - 1
			if to > o.held {
				y = o.top(to) + o.rows[to].MinSize().Height + o.gap/2 - 1
			}
			place(o.line, 0, fyne.Max(y, 0), size.Width, 2)
		}
	}
	min := func() fyne.Size {
		var m fyne.Size
		for i, row := range o.rows {
			s := row.MinSize()
			m.Width = fyne.Max(m.Width, s.Width)
			m.Height += s.Height
			if i > 0 {
				m.Height += o.gap
			}
		}
		return m
	}
	o.r = newRenderer(o, min, layout, func() {})
	o.collect()
	return o.r
}

// reorderRow is a row with its grip.
type reorderRow struct {
	fynewidget.BaseWidget
	owner   *Reorder
	content fyne.CanvasObject
	grip    *grip
	index   int
}

const gripWidth float32 = 28

func newReorderRow(o *Reorder, content fyne.CanvasObject) *reorderRow {
	r := &reorderRow{owner: o, content: content}
	r.grip = &grip{row: r}
	r.grip.ExtendBaseWidget(r.grip)
	r.grip.onHover = func(in bool, at fyne.Position) {
		r.grip.tip.hover(r.grip, lang.X("reorder.hint", "Drag, or Alt+Up and Alt+Down"), in, at)
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *reorderRow) CreateRenderer() fyne.WidgetRenderer {
	ground := newRect(theme.RadiusControl)
	paint := func() {
		g, e := fyne.ThemeColorName(""), fyne.ThemeColorName("")
		if r.owner.held == r.index {
			g, e = theme.Raised, theme.Accent
		}
		fill(ground, g, e, 1)
	}
	layout := func(size fyne.Size) {
		paint()
		ground.Resize(size)
		place(r.grip, 0, 0, gripWidth, size.Height)
		place(r.content, gripWidth, 0, size.Width-gripWidth, size.Height)
	}
	min := func() fyne.Size {
		m := r.content.MinSize()
		return fyne.NewSize(m.Width+gripWidth, fyne.Max(m.Height, theme.HeightControl))
	}
	return newRenderer(r, min, layout, paint, ground, r.grip, r.content)
}

// grip is what a row is dragged by.
type grip struct {
	control
	row *reorderRow
	alt bool
	tip tip
}

var (
	_ fyne.Draggable     = (*grip)(nil)
	_ desktop.Keyable    = (*grip)(nil)
	_ fyne.Shortcutable  = (*grip)(nil)
	_ desktop.Cursorable = (*grip)(nil)
)

// Dragged moves the row under the pointer.
func (g *grip) Dragged(ev *fyne.DragEvent) {
	g.tip.hide()
	g.row.owner.drag(g.row, ev.Dragged.DY)
}

// DragEnd leaves it where it is held.
func (g *grip) DragEnd() { g.row.owner.drop() }

// Cursor says that it can be moved up and down.
func (g *grip) Cursor() desktop.Cursor { return desktop.VResizeCursor }

// AccessibilityLabel names it for a screen reader.
func (g *grip) AccessibilityLabel() string { return lang.X("reorder.grip", "Move this row") }

// KeyDown moves the row with Alt+Up and Alt+Down. The window's menu has both keys for the Inbox and would swallow
// them as shortcuts, but a key that goes down is heard by who has the keyboard first.
func (g *grip) KeyDown(ev *fyne.KeyEvent) {
	switch ev.Name {
	case desktop.KeyAltLeft, desktop.KeyAltRight:
		g.alt = true
	case fyne.KeyUp, fyne.KeyDown:
		if !g.alt {
			return
		}
		to := g.row.index + 1
		if ev.Name == fyne.KeyUp {
			to = g.row.index - 1
		}
		o := g.row.owner
		if to < 0 || to >= len(o.rows) {
			return
		}
		o.MoveRow(g.row.index, to)
		if to < len(o.rows) { // whoever is told of the move may have made the rows anew
			moved := o.rows[to].grip
			focus(moved)
			moved.alt = true
		}
	}
}

// KeyUp is for Fyne.
func (g *grip) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyAltLeft || ev.Name == desktop.KeyAltRight {
		g.alt = false
	}
}

// FocusLost is for Fyne.
func (g *grip) FocusLost() {
	g.alt = false
	g.control.FocusLost()
}

// TypedShortcut hands on what is not its own.
func (g *grip) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierAlt && (c.KeyName == fyne.KeyUp || c.KeyName == fyne.KeyDown) {
		return // KeyDown did it
	}
	passOn(s)
}

func (g *grip) CreateRenderer() fyne.WidgetRenderer {
	icon, ring := newGlyph(), newRect(theme.RadiusControl)
	paint := func() {
		c := theme.Text3
		if g.hovered || g.focused {
			c = theme.Text
		}
		icon.set("grip", c)
		fill(ring, "", theme.Focus, 2)
		show(ring, g.focused)
	}
	layout := func(size fyne.Size) {
		place(icon.Image, (size.Width-18)/2, (size.Height-18)/2, 18, 18)
		place(ring, 2, fyne.Max(0, (size.Height-32)/2), size.Width-4, fyne.Min(size.Height, 32))
	}
	return newRenderer(g, func() fyne.Size { return fyne.NewSize(gripWidth, 30) }, layout, paint, ring, icon.Image)
}
