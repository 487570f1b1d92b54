package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// tableBody is as high as all rows and draws those in sight.
type tableBody struct {
	fynewidget.BaseWidget
	t        *Table
	rows     []*tableLine
	r        *renderer
	from, to int // asked for last
}

// forget draws all rows anew: the columns are others.
func (b *tableBody) forget() {
	for _, row := range b.rows {
		row.index = -1
	}
}

// sync brings the rows in sight up to date. all asks again for the data of rows that stay where they are.
func (b *tableBody) sync(all bool) {
	if b.r == nil {
		return
	}
	t := b.t
	high := t.scroll.Size().Height
	first := int(t.scroll.Offset.Y / theme.HeightTableRow)
	n := int(high/theme.HeightTableRow) + 2
	grew := false
	for len(b.rows) < n {
		row := newTableLine(t)
		b.rows = append(b.rows, row)
		grew = true
	}
	for k, row := range b.rows {
		// A row keeps its line while it is in sight: scrolling by one binds one.
		i := first + (k-first%len(b.rows)+len(b.rows))%len(b.rows)
		if i >= t.n || i >= first+n {
			show(row, false)
			row.index = -1
			continue
		}
		placeChanged(row, box{0, float32(i) * theme.HeightTableRow, b.Size().Width, theme.HeightTableRow})
		show(row, true)
		row.bind(i, all)
	}
	if grew || len(b.r.objects) != len(b.rows) {
		b.r.objects = b.r.objects[:0]
		for _, row := range b.rows {
			b.r.objects = append(b.r.objects, row)
		}
		canvas.Refresh(b)
	}
	b.near(first, n)
}

// near tells which rows are wanted: those in sight and a page on either side.
func (b *tableBody) near(first, n int) {
	t := b.t
	from, to := max(0, first-int(tableNearPages*float32(n))), min(t.n, first+n+int(tableNearPages*float32(n)))
	if t.OnNear != nil && (from != b.from || to != b.to) && to > from {
		b.from, b.to = from, to
		t.OnNear(from, to)
	}
}

// CreateRenderer is for Fyne.
func (b *tableBody) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size { return fyne.NewSize(0, float32(b.t.n)*theme.HeightTableRow) }
	b.r = newRenderer(b, min, func(fyne.Size) { b.sync(false) }, func() {})
	return b.r
}

// tableLine draws one row. It is used again for another one when it leaves the sight.
type tableLine struct {
	fynewidget.BaseWidget
	t     *Table
	index int
	data  TableRow
	there bool
	on    bool // the keyboard is on it
	over  bool // the pointer is
	tip   Tip
	r     *renderer

	ground, line, ring, bar, box *canvas.Rectangle
	tick                         *glyph
	texts                        []*canvas.Text
	pills                        []*canvas.Rectangle
	cut                          []bool
}

var (
	_ fyne.Tappable          = (*tableLine)(nil)
	_ fyne.SecondaryTappable = (*tableLine)(nil)
	_ desktop.Hoverable      = (*tableLine)(nil)
	_ desktop.Mouseable      = (*tableLine)(nil)
	_ desktop.Cursorable     = (*tableLine)(nil)
)

func newTableLine(t *Table) *tableLine {
	l := &tableLine{
		t: t, index: -1, ground: newRect(0), line: newRect(0), ring: newRect(theme.RadiusControl), bar: newRect(0), box: newRect(5), tick: newGlyph(),
	}
	l.ExtendBaseWidget(l)
	return l
}

// bind shows row i. Nothing is drawn anew when nothing changed.
func (l *tableLine) bind(i int, ask bool) {
	on, over := l.t.focused && l.t.cursor == i, l.t.hover == i
	if l.index == i && !ask && l.there && l.on == on && l.over == over {
		return
	}
	data, there := TableRow{}, false
	if l.t.Row != nil {
		data, there = l.t.Row(i)
	}
	if l.index == i && l.there == there && l.on == on && l.over == over && sameRow(l.data, data) {
		return
	}
	l.index, l.data, l.there, l.on, l.over = i, data, there, on, over
	l.Refresh()
}

func sameRow(a, b TableRow) bool {
	return a.Marked == b.Marked && a.Open == b.Open && slices.Equal(a.Cells, b.Cells)
}

// Tapped opens the row, or ticks it at its box.
func (l *tableLine) Tapped(ev *fyne.PointEvent) {
	t := l.t
	i := l.index
	t.Focus()
	t.cursor = i
	t.body.sync(false)
	if ev != nil && ev.Position.X < tableLead-2 || t.shift {
		t.mark(i)
		return
	}
	t.open(i)
}

// TappedSecondary opens its menu.
func (l *tableLine) TappedSecondary(ev *fyne.PointEvent) {
	if l.t.OnMenu != nil {
		l.t.cursor = l.index
		l.t.OnMenu(l.index, ev.AbsolutePosition)
	}
}

// MouseDown learns of Shift: a click may come before the table has the keyboard.
func (l *tableLine) MouseDown(ev *desktop.MouseEvent) {
	l.t.shift = ev.Modifier&fyne.KeyModifierShift != 0
}

// MouseUp is for Fyne.
func (l *tableLine) MouseUp(*desktop.MouseEvent) {}

// MouseIn is called when the pointer comes.
func (l *tableLine) MouseIn(ev *desktop.MouseEvent) {
	l.t.hover = l.index
	l.t.body.sync(false)
	l.tip.Hover(l, l.hidden(ev.Position.X), true)
}

// MouseMoved shows what the cell under the pointer has no room for.
func (l *tableLine) MouseMoved(ev *desktop.MouseEvent) { l.tip.Hover(l, l.hidden(ev.Position.X), true) }

// MouseOut is called when it goes.
func (l *tableLine) MouseOut() {
	if l.t.hover == l.index {
		l.t.hover = -1
	}
	l.t.body.sync(false)
	l.tip.Hover(l, "", false)
}

// hidden is what a cell has no room for.
func (l *tableLine) hidden(x float32) string {
	for k, at := range l.t.at {
		if x >= at.x && x < at.x+at.w && k < len(l.cut) && l.cut[k] && k < len(l.data.Cells) {
			return l.data.Cells[k].Text
		}
	}
	return ""
}

// Cursor is a hand.
func (l *tableLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel reads the row.
func (l *tableLine) AccessibilityLabel() string {
	out := ""
	for _, c := range l.data.Cells {
		if c.Text != "" {
			out += c.Text + ", "
		}
	}
	return out
}

// AccessibilityRole tells a screen reader what it is.
func (l *tableLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (l *tableLine) CreateRenderer() fyne.WidgetRenderer {
	l.r = newRenderer(l, func() fyne.Size { return fyne.NewSize(0, theme.HeightTableRow) }, l.layout, l.paint)
	l.collect()
	return l.r
}

// collect makes as many texts and pills as there are columns.
func (l *tableLine) collect() {
	n := len(l.t.columns)
	if l.r == nil || len(l.texts) == n && len(l.r.objects) > 0 {
		return
	}
	for len(l.texts) < n {
		l.texts = append(l.texts, newText(theme.TypeSmall, plain))
		l.pills = append(l.pills, newRect(theme.HeightSmallPill/2))
	}
	l.texts, l.pills, l.cut = l.texts[:n], l.pills[:n], make([]bool, n)
	l.r.objects = []fyne.CanvasObject{l.ground, l.ring, l.bar, l.line, l.box, l.tick.Image}
	for i := range n {
		l.r.objects = append(l.r.objects, l.pills[i], l.texts[i])
	}
}

func (l *tableLine) paint() {
	l.collect()
	g := theme.Pane
	switch {
	case l.data.Marked || l.data.Open:
		g = theme.Selected
	case l.over:
		g = theme.Hover
	}
	fill(l.ground, g, "", 0)
	fill(l.line, theme.Line, "", 0)
	fill(l.bar, theme.Accent, "", 0)
	fill(l.ring, "", theme.Focus, 2)
	show(l.ring, l.on)
	show(l.bar, l.data.Open)
	paintTick(l.box, l.tick, l.data.Marked, false)
	show(l.box, l.there)
	if !l.there {
		show(l.tick.Image, false)
	}
}

// paintTick draws a box with or without its tick, or with the bar of some.
func paintTick(box *canvas.Rectangle, tick *glyph, on, some bool) {
	switch {
	case some: // the bar is the head's own
		fill(box, theme.Accent, "", 0)
		tick.set("", "")
	case on:
		fill(box, theme.Accent, "", 0)
		tick.set("check", theme.OnAccent)
	default:
		fill(box, theme.Field, theme.LineStrong, 1)
		tick.set("", "")
	}
}

func (l *tableLine) layout(size fyne.Size) {
	t := l.t
	l.ground.Resize(size)
	placeChanged(l.line, box{0, size.Height - 1, size.Width, 1})
	placeChanged(l.ring, box{2, 2, size.Width - 4, size.Height - 5})
	placeChanged(l.bar, box{0, 0, 3, size.Height})
	y := (size.Height - tableBox) / 2
	placeChanged(l.box, box{tableLeft, y, tableBox, tableBox})
	placeChanged(l.tick.Image, box{tableLeft + 3, y + 3, tableBox - 6, tableBox - 6})
	for k := range l.texts {
		if k >= len(t.at) {
			break
		}
		at := t.at[k]
		if !l.there { // bars in the place of what will come
			show(l.pills[k], true)
			fill(l.pills[k], theme.Chip, "", 0)
			l.pills[k].CornerRadius = 5
			placeChanged(l.pills[k], box{at.x, (size.Height - 10) / 2, at.w * 0.6, 10})
			setText(l.texts[k], "")
			continue
		}
		l.cell(k, at, size.Height)
	}
}

// cell draws one cell.
func (l *tableLine) cell(k int, at tableSpot, height float32) {
	col, text, pill := l.t.columns[k], l.texts[k], l.pills[k]
	c := TableCell{}
	if k < len(l.data.Cells) {
		c = l.data.Cells[k]
	}
	style, typ, pad := plain, theme.TypeSmall, float32(0)
	if col.Bold {
		style = bold
	}
	colour := c.Colour
	if colour == "" {
		colour = col.usual()
	}
	if c.Pill {
		style, typ, pad = plain, theme.TypeCaption, tablePillPad
		_, colour = c.Tone.soft()
	}
	whole := cleanLine(c.Text)
	shown := fit(whole, typ, style, at.w-2*pad+0.5)
	l.cut[k] = shown != whole
	drawnText := drawnIn(shown, style)
	text.TextSize, text.TextStyle, text.Color = typ.Size, style, theme.Color(colour)
	text.Alignment = fyne.TextAlignLeading
	setText(text, drawnText)
	w := width(shown, typ.Size, style)
	x := at.x
	if col.Trailing {
		x = at.x + at.w - w - 2*pad
	}
	show(pill, c.Pill && c.Text != "")
	if pill.Visible() {
		g, _ := c.Tone.soft()
		if g == theme.AccentSoft && (l.data.Marked || l.data.Open) {
			g = theme.AccentSoft2 // the row has the other one
		}
		fill(pill, g, "", 0)
		pill.CornerRadius = theme.HeightSmallPill / 2
		placeChanged(pill, box{x, (height - theme.HeightSmallPill) / 2, w + 2*pad, theme.HeightSmallPill})
	}
	placeChanged(text, box{x + pad, (height-typ.Pitch)/2 - 0.5, w + 2, typ.Pitch})
	text.Refresh()
}
