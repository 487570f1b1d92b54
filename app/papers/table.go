package papers

// column is one column of the table of lines.
type column struct {
	label string
	cell  func(row) string
	where align
	x, w  float64
}

const (
	cellSide = 6.0 // room beside the text of a cell
	cellTop  = 4.0
)

// table writes the lines. Its head stands on every sheet it reaches, and a line is divided only when it is higher than a sheet.
func (f *flow) table() {
	if len(f.sheet.rows) == 0 {
		return
	}
	columns := f.columns()
	f.head(columns)
	for _, r := range f.sheet.rows {
		if f.err != nil {
			return
		}
		f.row(columns, r)
	}
	f.y += f.gap
}

// columns gives the narrow columns the room that their widest text needs, a fifth of the sheet at most, and the first the rest.
func (f *flow) columns() []column {
	lang := f.sheet.lang
	list := []column{{label: wProduct.in(lang), cell: func(r row) string { return r.product }}}
	list = append(list, column{label: wQuantity.in(lang), cell: func(r row) string { return r.quantity }, where: end})
	if f.sheet.priced {
		list = append(list, column{label: wPrice.in(lang), cell: func(r row) string { return r.price }, where: end})
		if f.sheet.cut {
			list = append(list, column{label: wDiscount.in(lang), cell: func(r row) string { return r.discount }, where: end})
		}
		list = append(list, column{label: wAmount.in(lang), cell: func(r row) string { return r.amount }, where: end})
	}
	rest := f.inner()
	for i := 1; i < len(list); i++ {
		c := &list[i]
		c.w = f.one(c.label, true).width * f.small / em
		for _, r := range f.sheet.rows[:min(len(f.sheet.rows), 500)] {
			c.w = max(c.w, f.one(c.cell(r), false).width*f.body/em)
		}
		c.w = min(c.w+2*cellSide+0.5, f.inner()/5)
		rest -= c.w
	}
	list[0].w = rest
	x := f.side
	for i := range list {
		list[i].x = x
		x += list[i].w
	}
	return list
}

func (f *flow) head(columns []column) {
	cells := make([][]line, len(columns))
	tall := 0.0
	for i, c := range columns {
		cells[i] = some(f.lines(c.label, true, c.w-2*cellSide, f.small), 3)
		tall = max(tall, height(cells[i], f.small))
	}
	f.need(tall + 2*cellTop + 3*f.body)
	f.canvas.box(f.side, f.y, f.inner(), tall+2*cellTop, f.main)
	for i, c := range columns {
		f.put(cells[i], c.x+cellSide, f.y+cellTop, c.w-2*cellSide, f.small, f.main.on(), c.where)
	}
	f.y += tall + 2*cellTop
}

// cellLine is a line of a cell with its own size and colour.
type cellLine struct {
	line line
	size float64
	fill Colour
}

// rise is how far below the top of a line its letters stand.
func (l cellLine) rise() float64 { return l.line.ascent * l.size / em }

func (f *flow) row(columns []column, r row) {
	cells := make([][]cellLine, len(columns))
	low := 0.0 // where the first lines of all cells stand
	for i, c := range columns {
		add := func(text string, size float64, fill Colour) {
			for _, l := range f.lines(text, false, c.w-2*cellSide, size) {
				cells[i] = append(cells[i], cellLine{l, size, fill})
			}
		}
		add(c.cell(r), f.body, ink)
		if i == 0 {
			add(r.detail, f.small, grey)
		}
		if len(cells[i]) > 0 {
			low = max(low, cells[i][0].rise())
		}
	}
	tall := 0.0
	for _, lines := range cells {
		h := 0.0
		for _, l := range lines {
			h += l.line.height(l.size)
		}
		if len(lines) > 0 {
			h += low - lines[0].rise()
		}
		tall = max(tall, h)
	}
	if tall+2*cellTop > f.floor-f.y && f.need(min(tall+2*cellTop, f.floor-f.top-80)) {
		f.head(columns)
	}
	for f.err == nil {
		from := f.y + cellTop
		to := from
		more := false
		for i, c := range columns {
			y, highest := from, true
			if low > 0 && len(cells[i]) > 0 {
				y += low - cells[i][0].rise()
			}
			for len(cells[i]) > 0 {
				l := cells[i][0]
				if y+l.line.height(l.size) > f.floor-cellTop && !highest {
					more = true
					break
				}
				f.canvas.text(l.line, c.x+cellSide, y, c.w-2*cellSide, l.size, l.fill, c.where)
				y += l.line.height(l.size)
				cells[i], highest = cells[i][1:], false
			}
			to = max(to, y)
		}
		f.y = to + cellTop
		f.canvas.box(f.side, f.y-0.5, f.inner(), 0.5, rule)
		if !more {
			return
		}
		low = 0
		f.next()
		f.head(columns)
	}
}
