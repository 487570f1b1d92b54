package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// pickItem is one row of a popover.
type pickItem struct {
	label, value string
	icon         string // at the left; with check set, the place of the tick
	more         bool   // a level below it
	check        bool   // has a tick when on
	on           bool
	head         bool // a caption over the rows that follow, not to be chosen
}

// pickList is a list of rows 36 high of which one is under the cursor. It does not take the keyboard: what stands
// above it, a search field mostly, moves the cursor. Only the rows that are seen exist.
type pickList struct {
	fynewidget.BaseWidget
	items  []pickItem
	cursor int
	tapped func(i int)
	most   float32 // height beyond which it scrolls
	arrows bool    // rows keep room for the arrow of a level below
	hover  int

	scroll *scroller
	body   *pickBody
}

const pickHeight float32 = 36

func newPickList(most float32, tapped func(i int)) *pickList {
	l := &pickList{most: most, tapped: tapped, cursor: -1, hover: -1}
	l.body = &pickBody{list: l}
	l.body.ExtendBaseWidget(l.body)
	l.scroll = newScroller(l.body, false)
	l.scroll.OnScrolled = func(fyne.Position) { l.body.sync() }
	l.ExtendBaseWidget(l)
	return l
}

// set shows other rows with the cursor on one of them; -1 is none.
func (l *pickList) set(items []pickItem, cursor int) {
	l.items, l.hover = items, -1
	l.scroll.ScrollToTop()
	l.body.Refresh()
	l.scroll.Refresh()
	l.moveTo(cursor)
	l.Refresh()
}

// moveTo puts the cursor on a row and brings the row into sight.
func (l *pickList) moveTo(i int) {
	l.cursor = i
	if i >= 0 && i < len(l.items) {
		top := float32(i) * pickHeight
		high := l.scroll.Size().Height
		switch y := l.scroll.Offset.Y; {
		case top < y:
			l.scroll.ScrollToOffset(fyne.NewPos(0, top))
		case high > 0 && top+pickHeight > y+high:
			l.scroll.ScrollToOffset(fyne.NewPos(0, top+pickHeight-high))
		}
	}
	l.body.sync()
}

// centre scrolls so that the row under the cursor stands in the middle.
func (l *pickList) centre() {
	y := float32(l.cursor)*pickHeight - (l.scroll.Size().Height-pickHeight)/2
	l.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, y)))
}

// step moves the cursor by n rows, past captions, and stops at the ends.
func (l *pickList) step(n int) {
	dir := 1
	if n < 0 {
		dir = -1
	}
	at := l.cursor
	for i := l.cursor + n; ; i += dir {
		if i < 0 || i >= len(l.items) {
			if n == dir {
				break
			}
			i = max(0, min(i, len(l.items)-1)) // a page reaches the last row
			n, dir = -dir, -dir
			if len(l.items) == 0 {
				break
			}
		}
		if !l.items[i].head {
			at = i
			break
		}
	}
	l.moveTo(at)
}

// key moves the cursor for the keys that do so, and tells whether it was one.
func (l *pickList) key(name fyne.KeyName) bool {
	page := max(1, int(l.scroll.Size().Height/pickHeight)-1)
	switch name {
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyPageUp:
		l.step(-page)
	case fyne.KeyPageDown:
		l.step(page)
	default:
		return false
	}
	return true
}

// CreateRenderer is for Fyne.
func (l *pickList) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size {
		return fyne.NewSize(0, fyne.Min(l.most, float32(len(l.items))*pickHeight))
	}
	layout := func(size fyne.Size) {
		place(l.scroll, 0, 0, size.Width, size.Height)
		l.body.sync()
	}
	return newRenderer(l, min, layout, func() {}, l.scroll)
}

// pickBody is as high as all rows and draws those in sight.
type pickBody struct {
	fynewidget.BaseWidget
	list *pickList
	rows []*pickRow
	r    *renderer
}

func (b *pickBody) sync() {
	if b.r == nil {
		return
	}
	l := b.list
	first := int(l.scroll.Offset.Y / pickHeight)
	n := int(l.scroll.Size().Height/pickHeight) + 2
	grew := false
	for len(b.rows) < n {
		row := &pickRow{list: l}
		row.ExtendBaseWidget(row)
		b.rows = append(b.rows, row)
		grew = true
	}
	for k, row := range b.rows {
		i := first + k
		if k >= n || i < 0 || i >= len(l.items) {
			show(row, false)
			continue
		}
		row.bind(i)
		show(row, true)
		placeChanged(row, box{0, float32(i) * pickHeight, b.Size().Width, pickHeight})
	}
	if grew || len(b.r.objects) != len(b.rows) {
		b.r.objects = b.r.objects[:0]
		for _, row := range b.rows {
			b.r.objects = append(b.r.objects, row)
		}
	}
}

func (b *pickBody) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size { return fyne.NewSize(0, float32(len(b.list.items))*pickHeight) }
	b.r = newRenderer(b, min, func(fyne.Size) { b.sync() }, func() {})
	return b.r
}

// pickRow draws one row.
type pickRow struct {
	fynewidget.BaseWidget
	list  *pickList
	index int
	item  pickItem
	on    bool // under the cursor
	over  bool // under the pointer
}

var (
	_ fyne.Tappable     = (*pickRow)(nil)
	_ desktop.Hoverable = (*pickRow)(nil)
)

func (r *pickRow) bind(i int) {
	item, on, over := r.list.items[i], r.list.cursor == i, r.list.hover == i
	if r.index == i && r.item == item && r.on == on && r.over == over {
		return
	}
	r.index, r.item, r.on, r.over = i, item, on, over
	r.Refresh()
}

// Tapped chooses the row.
func (r *pickRow) Tapped(*fyne.PointEvent) {
	if !r.item.head && r.list.tapped != nil {
		r.list.tapped(r.index)
	}
}

// MouseIn is for Fyne.
func (r *pickRow) MouseIn(*desktop.MouseEvent) {
	r.list.hover = r.index
	r.list.body.sync()
}

// MouseMoved is for Fyne.
func (r *pickRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (r *pickRow) MouseOut() {
	if r.list.hover == r.index {
		r.list.hover = -1
		r.list.body.sync()
	}
}

// AccessibilityLabel reads the row.
func (r *pickRow) AccessibilityLabel() string { return r.item.label }

func (r *pickRow) CreateRenderer() fyne.WidgetRenderer {
	ground, label, value := newRect(0), newText(theme.TypeSmall, plain), newText(theme.TypeSmall, plain)
	icon, more := newGlyph(), newGlyph()
	style := func() fyne.TextStyle { return fyne.TextStyle{Bold: r.on && !r.item.head} }
	paint := func() {
		g := fyne.ThemeColorName("")
		switch {
		case r.item.head:
		case r.on:
			g = theme.Selected
		case r.over:
			g = theme.Hover
		}
		fill(ground, g, "", 0)
		l, v := theme.Text, theme.Text2
		if r.on {
			v = theme.Accent
		}
		label.TextSize = theme.TypeSmall.Size
		if r.item.head {
			l = theme.Text3
			label.TextSize = theme.TypeCaption.Size
		}
		label.Color, label.TextStyle, value.Color = theme.Color(l), style(), theme.Color(v)
		name, colour := r.item.icon, theme.Text2
		if r.item.check {
			name, colour = "", theme.Accent
			if r.item.on {
				name = "check"
			}
		}
		icon.set(name, colour)
		chevron := ""
		if r.item.more {
			chevron = "right"
		}
		more.set(chevron, theme.Text2)
	}
	layout := func(size fyne.Size) {
		ground.Resize(size)
		x, end := float32(13), size.Width-13
		if r.item.check || r.item.icon != "" {
			place(icon.Image, x, (size.Height-16)/2, 16, 16)
			x += 24
		}
		if r.item.more {
			place(more.Image, end-14, (size.Height-14)/2, 14, 14)
		}
		if r.list.arrows {
			end -= 23
		}
		t := theme.TypeSmall
		lw := width(oneLine(r.item.label), t.Size, style())
		room := end - x
		// The value gives way first, down to two fifths of the row.
		vw := fyne.Min(width(oneLine(r.item.value), t.Size, plain), fyne.Max(room-lw-16, room*0.4))
		if r.item.value == "" {
			vw = -16
		}
		setText(label, drawnIn(fit(r.item.label, t, style(), room-vw-16+0.5), style()))
		place(label, x, 0, room-vw-16, size.Height)
		setText(value, drawn(fit(r.item.value, t, plain, vw+0.5)))
		value.Alignment = fyne.TextAlignTrailing
		place(value, end-vw, 0, vw, size.Height)
	}
	return newRenderer(r, func() fyne.Size { return fyne.NewSize(0, pickHeight) }, layout, paint, ground, icon.Image, label, value, more.Image)
}
