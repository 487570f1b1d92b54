package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// FindingRow is one thing that was found: where, what, and the button that mends it or shows it.
type FindingRow struct {
	Tone  Tone   // Bad: it would be refused; Warn: advice
	Place string // in bold: "Body {{2}}"
	Text  string // after a dot: "has no sample, and the reviewer needs one"
	Mend  string // words of the button at the right; empty: none
	// OnMend is called by the button; OnShow by a click on the words. Both may be nil.
	OnMend, OnShow func()
}

// Findings lists what was found in a text, under a title with its count. Beyond a few rows it scrolls.
type Findings struct {
	fynewidget.BaseWidget
	title, aside string
	rows         []*findingRow
	scroll       *scroller
	column       *findingColumn
	most         int
	fine         string // said while there are no rows
}

const (
	findingsHead  float32 = 41
	findingHeight float32 = 40
	findingPad    float32 = 20
)

// NewFindings makes an empty panel. aside stands small at the right of the title; at most so many rows are shown
// before it scrolls.
func NewFindings(title, aside string, most int) *Findings {
	f := &Findings{title: title, aside: aside, most: max(most, 1)}
	f.column = &findingColumn{owner: f}
	f.column.ExtendBaseWidget(f.column)
	f.scroll = newScroller(f.column, false)
	f.ExtendBaseWidget(f)
	return f
}

// Set shows these rows and no others. Rows that stay the same are not drawn anew.
func (f *Findings) Set(rows []FindingRow) {
	height := f.MinSize().Height
	f.rows = f.rows[:min(len(f.rows), len(rows))]
	for i, r := range rows {
		if i == len(f.rows) {
			f.rows = append(f.rows, newFindingRow())
		}
		f.rows[i].set(r)
	}
	f.column.sync()
	f.Refresh()
	if f.MinSize().Height < height {
		f.scroll.ScrollToTop()
	}
}

// SetFine sets what stands behind the title while nothing is found, with a tick; "" as long as nobody has looked.
func (f *Findings) SetFine(words string) {
	if f.fine != words {
		f.fine = words
		f.Refresh()
	}
}

// Fine is what is said about nothing having been found, "" while something is or nobody has looked.
func (f *Findings) Fine() string {
	if len(f.rows) > 0 {
		return ""
	}
	return f.fine
}

// Count is how many rows there are.
func (f *Findings) Count() int { return len(f.rows) }

func (f *Findings) rowsHeight(width float32) float32 {
	h := float32(0)
	for i, r := range f.rows {
		if i == f.most {
			return h + findingHeight/2 // half a row says that there are more
		}
		h += r.heightFor(width)
	}
	return h
}

// CreateRenderer is for Fyne.
func (f *Findings) CreateRenderer() fyne.WidgetRenderer {
	edge, title, aside := newRect(0), newText(theme.TypeBody, bold), newText(theme.TypeCaption, plain)
	badge := NewBadge(0, Quiet)
	fine, tick := newText(theme.TypeSmall, plain), newGlyph()
	paint := func() {
		words, icon := f.Fine(), ""
		if words != "" {
			icon = "check"
		}
		fine.Color = theme.Color(theme.Ok)
		tick.set(icon, theme.Ok)
		fill(edge, theme.Line, "", 0)
		title.Color, aside.Color = theme.Color(theme.Text), theme.Color(theme.Text2)
		title.TextSize = theme.TypeSmall.Size
		title.Text = f.title
		badge.SetCount(len(f.rows))
	}
	layout := func(size fyne.Size) {
		place(edge, 0, 0, size.Width, 1)
		w := width(f.title, theme.TypeSmall.Size, bold)
		place(title, findingPad, 1, w, findingsHead-1)
		m := badge.MinSize()
		place(badge, findingPad+w+8, 1+(findingsHead-1-m.Height)/2, m.Width, m.Height)
		aw := width(f.aside, theme.TypeCaption.Size, plain)
		left := findingPad + w + 16 + m.Width
		if words := f.Fine(); words != "" {
			fw := fyne.Min(width(words, theme.TypeSmall.Size, plain), fyne.Max(size.Width-left-32-findingPad, 0))
			place(tick.Image, findingPad+w+12, 1+(findingsHead-1-16)/2, 16, 16)
			setText(fine, fit(words, theme.TypeSmall, plain, fw+0.5))
			place(fine, findingPad+w+34, 1, fw, findingsHead-1)
			left = findingPad + w + 46 + fw
		} else {
			setText(fine, "")
		}
		setText(aside, "")
		if left+aw+findingPad <= size.Width {
			setText(aside, f.aside)
		}
		place(aside, size.Width-findingPad-aw, 1, aw, findingsHead-1)
		place(f.scroll, 0, findingsHead, size.Width, size.Height-findingsHead)
	}
	min := func() fyne.Size {
		w := f.Size().Width
		if w == 0 {
			w = 600
		}
		return fyne.NewSize(280, findingsHead+f.rowsHeight(w))
	}
	return newRenderer(f, min, layout, paint, edge, title, badge, tick.Image, fine, aside, f.scroll)
}

// findingColumn is what scrolls: the rows below each other.
type findingColumn struct {
	fynewidget.BaseWidget
	owner *Findings
	r     *renderer
}

func (c *findingColumn) sync() {
	if c.r == nil {
		return
	}
	c.r.objects = c.r.objects[:0]
	for _, r := range c.owner.rows {
		c.r.objects = append(c.r.objects, r)
	}
	c.Refresh()
}

func (c *findingColumn) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) {
		y := float32(0)
		for _, r := range c.owner.rows {
			h := r.heightFor(size.Width)
			place(r, 0, y, size.Width, h)
			y += h
		}
	}
	min := func() fyne.Size {
		h := float32(0)
		for _, r := range c.owner.rows {
			h += r.heightFor(fyne.Max(c.Size().Width, 280))
		}
		return fyne.NewSize(0, h)
	}
	c.r = newRenderer(c, min, layout, func() {})
	for _, r := range c.owner.rows {
		c.r.objects = append(c.r.objects, r)
	}
	return c.r
}

// findingRow is one row. A click beside the button shows the place.
type findingRow struct {
	control
	data FindingRow
	mend *Button
}

func newFindingRow() *findingRow {
	r := &findingRow{}
	r.mend = NewButton(TextOnly, "", "", func() { callIf(r.data.OnMend) }).Sized(Small)
	r.ExtendBaseWidget(r)
	r.onTap = func() { callIf(r.data.OnShow) }
	return r
}

func callIf(f func()) {
	if f != nil {
		f()
	}
}

func (r *findingRow) set(d FindingRow) {
	same := r.data.Tone == d.Tone && r.data.Place == d.Place && r.data.Text == d.Text && r.data.Mend == d.Mend
	r.data = d
	if !same {
		r.mend.SetText(d.Mend)
		r.Refresh()
	}
}

// Cursor is a hand where a click shows the place.
func (r *findingRow) Cursor() desktop.Cursor {
	if r.data.OnShow == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel reads the row.
func (r *findingRow) AccessibilityLabel() string { return r.data.Place + ": " + r.data.Text }

func (r *findingRow) words() styled {
	where, what := cleanLine(r.data.Place), cleanLine(r.data.Text)
	if where != "" {
		what = " · " + what
	}
	return styled{where + what, []span{{0, len(where), bold, ""}, {len(where), len(where) + len(what), plain, ""}}}
}

func (r *findingRow) room(width float32) float32 {
	room := width - findingPad - 27 - findingPad
	if r.data.Mend != "" {
		room -= r.mend.MinSize().Width
	}
	return fyne.Max(room, 80)
}

func (r *findingRow) heightFor(width float32) float32 {
	n := len(breakLines(r.words(), theme.TypeSmall.Size, r.room(width)))
	return fyne.Max(findingHeight, float32(n)*theme.TypeSmall.Pitch+22)
}

func (r *findingRow) CreateRenderer() fyne.WidgetRenderer {
	ground, edge, ring, icon := newRect(0), newRect(0), newRect(theme.RadiusControl), newGlyph()
	board := &board{}
	var rr *renderer
	fixed := []fyne.CanvasObject{ground, edge, ring, icon.Image, r.mend}
	paint := func() {
		g := fyne.ThemeColorName("")
		if r.hovered && r.data.OnShow != nil {
			g = theme.Hover
		}
		fill(ground, g, "", 0)
		fill(edge, theme.Line, "", 0)
		fill(ring, "", theme.Focus, 2)
		show(ring, r.focused)
		name, colour := "info", theme.Text2
		switch r.data.Tone {
		case Bad:
			name, colour = "alert", theme.Danger
		case Warn:
			name, colour = "warn", theme.Warn
		}
		icon.set(name, colour)
		show(r.mend, r.data.Mend != "")
	}
	layout := func(size fyne.Size) {
		ground.Resize(size)
		place(edge, 0, 0, size.Width, 1)
		place(ring, 4, 3, size.Width-8, size.Height-6)
		place(icon.Image, findingPad, (size.Height-17)/2, 17, 17)
		s := r.words()
		lines := breakLines(s, theme.TypeSmall.Size, r.room(size.Width))
		var l bubbleLayout
		y := (size.Height - float32(len(lines))*theme.TypeSmall.Pitch) / 2
		l.body(s, theme.TypeSmall, theme.Text, findingPad+27, y, r.room(size.Width), r.room(size.Width))
		board.words(l.runs)
		rr.objects = append(append([]fyne.CanvasObject{}, fixed...), board.objects()...)
		m := r.mend.MinSize()
		// The button's words end where the pane's edge is, so its padding reaches beyond.
		place(r.mend, size.Width-findingPad+12-m.Width, (size.Height-m.Height)/2, m.Width, m.Height)
	}
	rr = newRenderer(r, func() fyne.Size { return fyne.NewSize(280, findingHeight) }, layout, paint, fixed...)
	return rr
}
