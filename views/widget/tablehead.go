package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// tableHead is the row of titles: a box that ticks all, the titles, and the edges between them.
type tableHead struct {
	fynewidget.BaseWidget
	t      *Table
	box    *tableHeadBox
	titles []*tableTitle
	edges  []*tableEdge
	r      *renderer
	ground *canvas.Rectangle
	line   *canvas.Rectangle
	drop   *canvas.Rectangle // where a title that is dragged will stand
	held   int               // the title that is dragged, -1 for none
	shift  float32
}

func newTableHead(t *Table) *tableHead {
	h := &tableHead{t: t, held: -1, ground: newRect(0), line: newRect(0), drop: newRect(1)}
	h.box = &tableHeadBox{t: t}
	h.box.onTap = func() { callIf(t.OnMarkAll) }
	h.box.ExtendBaseWidget(h.box)
	h.drop.Hide()
	h.ExtendBaseWidget(h)
	return h
}

// rebuild makes a title and an edge for each column.
func (h *tableHead) rebuild() {
	n := len(h.t.columns)
	for len(h.titles) < n {
		i := len(h.titles)
		title := &tableTitle{h: h, index: i}
		title.onTap = func() {
			if i < len(h.t.columns) && !h.t.columns[i].Fixed && h.t.OnSort != nil {
				h.t.OnSort(i)
			}
		}
		title.ExtendBaseWidget(title)
		edge := &tableEdge{h: h, index: i}
		edge.ExtendBaseWidget(edge)
		h.titles, h.edges = append(h.titles, title), append(h.edges, edge)
	}
	h.titles, h.edges = h.titles[:n], h.edges[:n]
	if h.r == nil {
		return
	}
	h.collect()
	h.Refresh()
}

func (h *tableHead) collect() {
	h.r.objects = []fyne.CanvasObject{h.ground, h.line, h.box}
	for i := range h.titles {
		h.r.objects = append(h.r.objects, h.titles[i])
	}
	for i := range h.edges {
		h.r.objects = append(h.r.objects, h.edges[i])
	}
	h.r.objects = append(h.r.objects, h.drop)
}

// CreateRenderer is for Fyne.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	paint := func() {
		fill(h.ground, theme.PaneAlt, "", 0)
		fill(h.line, theme.Line, "", 0)
		fill(h.drop, theme.Accent, "", 0)
		h.box.Refresh()
		for _, t := range h.titles {
			t.Refresh()
		}
	}
	layout := func(size fyne.Size) {
		h.ground.Resize(size)
		place(h.line, 0, size.Height-1, size.Width, 1)
		place(h.box, 0, 0, tableLead-6, size.Height)
		for i := range h.titles {
			if i < len(h.t.at) {
				at := h.t.at[i]
				place(h.titles[i], at.x-8, 0, at.w+16, size.Height-1)
				place(h.edges[i], at.x+at.w+tableGap/2-tableGrip/2, 0, tableGrip, size.Height)
			}
		}
	}
	h.r = newRenderer(h, func() fyne.Size { return fyne.NewSize(0, theme.HeightTableHead) }, layout, paint)
	h.collect()
	return h.r
}

// target is the place among the columns to which a title was dragged.
func (h *tableHead) target() int {
	if h.held < 0 || h.held >= len(h.t.at) {
		return -1
	}
	at := h.t.at[h.held]
	middle := at.x + at.w/2 + h.shift
	to := 0
	for i, o := range h.t.at {
		if i != h.held && middle > o.x+o.w/2 {
			to++
		}
	}
	return to
}

// drag moves a title to the side.
func (h *tableHead) drag(i int, dx float32) {
	if h.held != i {
		h.held, h.shift = i, 0
	}
	h.shift += dx
	to := h.target()
	at := h.t.at[to]
	x := at.x - tableGap/2
	if to > h.held {
		x = at.x + at.w + tableGap/2
	}
	place(h.drop, x-1, 4, 2, theme.HeightTableHead-8)
	show(h.drop, to != h.held)
}

func (h *tableHead) dropped() {
	from, to := h.held, h.target()
	h.held, h.shift = -1, 0
	show(h.drop, false)
	if from >= 0 && to >= 0 && from != to && h.t.OnMove != nil {
		h.t.OnMove(from, to)
	}
}

// tableHeadBox ticks all rows.
type tableHeadBox struct {
	control
	t *Table
}

// AccessibilityRole tells a screen reader what it is.
func (b *tableHeadBox) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (b *tableHeadBox) CreateRenderer() fyne.WidgetRenderer {
	frame, ring, dash, tick := newRect(5), newRect(0), newRect(1), newGlyph()
	paint := func() {
		some := b.t.marks == MarkSome
		paintTick(frame, tick, b.t.marks == MarkAll, some)
		fill(dash, theme.OnAccent, "", 0)
		show(dash, some)
		paintRing(ring, b.focused)
	}
	layout := func(size fyne.Size) {
		y := (size.Height - tableBox) / 2
		place(frame, tableLeft, y, tableBox, tableBox)
		place(tick.Image, tableLeft+3, y+3, tableBox-6, tableBox-6)
		place(dash, tableLeft+4, y+tableBox/2-1, tableBox-8, 2)
		ring.CornerRadius = 8
		place(ring, tableLeft-4, y-4, tableBox+8, tableBox+8)
	}
	return newRenderer(b, func() fyne.Size { return fyne.NewSize(tableLead, theme.HeightTableHead) }, layout, paint, ring, frame, tick.Image, dash)
}

// tableTitle names a column. A click sorts by it; dragged, or moved with Alt and an arrow, the column stands elsewhere.
type tableTitle struct {
	control
	h     *tableHead
	index int
	alt   bool
}

var (
	_ fyne.Draggable  = (*tableTitle)(nil)
	_ desktop.Keyable = (*tableTitle)(nil)
)

// Dragged moves the column.
func (t *tableTitle) Dragged(ev *fyne.DragEvent) { t.h.drag(t.index, ev.Dragged.DX) }

// DragEnd lets it go.
func (t *tableTitle) DragEnd() { t.h.dropped() }

// KeyDown remembers Alt.
func (t *tableTitle) KeyDown(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyAltLeft || ev.Name == desktop.KeyAltRight {
		t.alt = true
	}
}

// KeyUp forgets it.
func (t *tableTitle) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyAltLeft || ev.Name == desktop.KeyAltRight {
		t.alt = false
	}
}

// FocusLost is called when the keyboard leaves.
func (t *tableTitle) FocusLost() {
	t.alt = false
	t.control.FocusLost()
}

// TypedShortcut moves the column with Alt and an arrow.
func (t *tableTitle) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierAlt && t.step(c.KeyName) {
		return
	}
	passOn(s)
}

// TypedKey sorts on Space and Return, and goes to the next title with an arrow.
func (t *tableTitle) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft, fyne.KeyRight:
		if t.alt && t.step(ev.Name) {
			return
		}
		to := t.index + 1
		if ev.Name == fyne.KeyLeft {
			to = t.index - 1
		}
		if to >= 0 && to < len(t.h.titles) {
			focus(t.h.titles[to])
		}
	case fyne.KeyDown:
		t.h.t.Focus()
	default:
		t.control.TypedKey(ev)
	}
}

// step moves the column by one and tells whether the key is one that does.
func (t *tableTitle) step(name fyne.KeyName) bool {
	to := t.index
	switch name {
	case fyne.KeyLeft:
		to--
	case fyne.KeyRight:
		to++
	default:
		return false
	}
	if to >= 0 && to < len(t.h.titles) && t.h.t.OnMove != nil {
		h := t.h
		h.t.OnMove(t.index, to)
		if to < len(h.titles) {
			focus(h.titles[to])
		}
	}
	return true
}

// AccessibilityLabel names it for a screen reader.
func (t *tableTitle) AccessibilityLabel() string { return t.column().Title }

func (t *tableTitle) column() TableColumn {
	if t.index < len(t.h.t.columns) {
		return t.h.t.columns[t.index]
	}
	return TableColumn{}
}

// CreateRenderer is for Fyne.
func (t *tableTitle) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, text, arrow := newRect(theme.RadiusControl), newRect(theme.RadiusControl), newText(theme.TypeSmall, plain), newGlyph()
	sorted := func() bool { return t.h.t.sort == t.index }
	style := func() fyne.TextStyle { return fyne.TextStyle{Bold: sorted()} }
	paint := func() {
		g := fyne.ThemeColorName("")
		if t.hovered && !t.column().Fixed {
			g = theme.Hover
		}
		fill(ground, g, "", 0)
		fill(ring, "", theme.Focus, 2)
		show(ring, t.focused)
		text.Color = theme.Color(theme.Text2)
		text.TextStyle = style()
		name := ""
		if sorted() {
			name = "up"
			if t.h.t.desc {
				name = "down"
			}
		}
		arrow.set(name, theme.Text2)
	}
	layout := func(size fyne.Size) {
		place(ground, 0, 4, size.Width, size.Height-8)
		place(ring, 0, 3, size.Width, size.Height-6)
		room, sign := size.Width-16, float32(0)
		if sorted() {
			sign = 18
		}
		shown := fit(t.column().Title, theme.TypeSmall, style(), room-sign+0.5)
		setText(text, drawnIn(shown, style()))
		w := width(shown, theme.TypeSmall.Size, style())
		x := float32(8)
		if t.column().Trailing {
			x = size.Width - 8 - w - sign
		}
		place(text, x, (size.Height-theme.TypeSmall.Pitch)/2, w+2, theme.TypeSmall.Pitch)
		place(arrow.Image, x+w+4, (size.Height-14)/2, 14, 14)
	}
	return newRenderer(t, func() fyne.Size { return fyne.NewSize(tableLeast, theme.HeightTableHead) }, layout, paint, ground, ring, text, arrow.Image)
}

// tableEdge is the edge between two columns; dragging it changes the width of the one before it.
type tableEdge struct {
	fynewidget.BaseWidget
	h       *tableHead
	index   int
	hovered bool
}

var (
	_ fyne.Draggable     = (*tableEdge)(nil)
	_ desktop.Cursorable = (*tableEdge)(nil)
	_ desktop.Hoverable  = (*tableEdge)(nil)
)

// Dragged changes the width. What shared the room that was left keeps what it has from now on.
func (e *tableEdge) Dragged(ev *fyne.DragEvent) {
	t := e.h.t
	if e.index >= len(t.columns) || e.index >= len(t.at) {
		return
	}
	c := &t.columns[e.index]
	c.Width, c.Share = max(tableLeast, t.at[e.index].w+ev.Dragged.DX), 0
	t.Refresh()
}

// DragEnd tells of the new width.
func (e *tableEdge) DragEnd() {
	t := e.h.t
	if e.index < len(t.columns) && t.OnWidth != nil {
		t.OnWidth(e.index, t.columns[e.index].Width)
	}
}

// Cursor shows that the edge can be moved.
func (e *tableEdge) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// MouseIn is called when the pointer comes.
func (e *tableEdge) MouseIn(*desktop.MouseEvent) { e.hovered = true; e.Refresh() }

// MouseMoved is called while it is there.
func (e *tableEdge) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when it goes.
func (e *tableEdge) MouseOut() { e.hovered = false; e.Refresh() }

// CreateRenderer is for Fyne.
func (e *tableEdge) CreateRenderer() fyne.WidgetRenderer {
	line := newRect(1)
	paint := func() {
		fill(line, theme.Focus, "", 0)
		show(line, e.hovered)
	}
	layout := func(size fyne.Size) { place(line, (size.Width-2)/2, 8, 2, size.Height-16) }
	return newRenderer(e, func() fyne.Size { return fyne.Size{} }, layout, paint, line)
}
