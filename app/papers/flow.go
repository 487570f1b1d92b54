package papers

import (
	"context"
	"strconv"

	"shopbell/app"
)

// look is what a size of sheet asks of type and space, in points.
type look struct {
	w, h                 float64
	side, top, bottom    float64 // margins
	body, small, heading float64 // sizes of text
	gap                  float64 // between parts
}

func lookOf(s Size) look {
	w, h := sheetOf(s)
	if s == Roll {
		return look{w: w, h: h, side: 11, top: 14, bottom: 14, body: 8.5, small: 7.5, heading: 12, gap: 8}
	}
	return look{w: w, h: h, side: 48, top: 44, bottom: 40, body: 9.5, small: 8.5, heading: 22, gap: 16}
}

// flow fills pages from top to bottom.
type flow struct {
	look
	stopped func() error
	set     *setter
	sheet   sheet
	shop    Shop
	main    Colour
	second  Colour
	pages   []*page
	canvas  canvas
	y       float64
	floor   float64 // below it is the foot of the page
	foot    []line
	err     error
}

// layOut gives every part of a sheet its place.
func layOut(ctx context.Context, set *setter, sh sheet, shop Shop, size Size) ([]*page, error) {
	f := &flow{look: lookOf(size), stopped: ctx.Err, set: set, sheet: sh, shop: shop}
	f.main, f.second = shop.colours()
	if size == Roll {
		f.begin()
		f.strip()
		f.tear()
	} else {
		f.foot = f.lines(sh.footer, false, f.inner(), f.small)
		f.foot = f.foot[:min(len(f.foot), 6)]
		f.begin()
		f.letter()
		f.number()
	}
	if f.err == nil && set.endless {
		f.err = errLong
	}
	return f.pages, f.err
}

var errLong = &app.Error{
	Code: app.CodeInvalid, Message: "This paper gets longer than " + strconv.Itoa(maxPages) + " pages.", Mend: "Divide the record, or send its file.",
}

func (f *flow) inner() float64 { return f.w - 2*f.side }

// lines shapes a text for a width and size in points.
func (f *flow) lines(text string, bold bool, width, size float64) []line {
	return f.set.lines(text, f.sheet.lang, bold, max(width, size)*em/size)
}

// one shapes a text that stands on one line whatever its length.
func (f *flow) one(text string, bold bool) line {
	if l := f.set.lines(text, f.sheet.lang, bold, 0); len(l) > 0 {
		return l[0]
	}
	return line{}
}

// begin takes a new sheet. When there are too many, or nobody waits any more, the last one is written over and err says why.
func (f *flow) begin() {
	if f.err == nil {
		f.err = f.stopped()
	}
	if f.err == nil && (len(f.pages) >= maxPages || f.set.endless) {
		f.err = errLong
	}
	p := &page{w: f.w, h: f.h}
	if f.err == nil {
		f.pages = append(f.pages, p)
	}
	f.canvas = canvas{page: p, turn: rightToLeft([]rune(wTotal.in(f.sheet.lang)))}
	f.y = f.top
	f.floor = f.h - f.bottom - height(f.foot, f.small)
	if f.w > 400 {
		f.floor -= 1.4*f.small + 8
	}
}

// need makes sure that a part of some height fits, on a new sheet if it must; it tells whether one was begun. What is higher than a sheet
// stays where it is.
func (f *flow) need(h float64) bool {
	if f.y+h <= f.floor || f.err != nil {
		return false
	}
	f.next()
	return true
}

// next begins a sheet that carries on: it says in small letters what it belongs to.
func (f *flow) next() {
	f.begin()
	if f.w <= 400 {
		return
	}
	half := f.inner() / 2
	name := f.lines(f.sheet.shopName, true, half, f.small)
	what := f.lines(f.sheet.title+" "+f.sheet.number, false, half, f.small)
	if len(name) > 0 {
		f.canvas.text(name[0], f.side, f.y, half, f.small, f.main.legible(), start)
	}
	if len(what) > 0 {
		f.canvas.text(what[0], f.side+half, f.y, half, f.small, grey, end)
	}
	f.y += 1.4*f.small + 4
	f.canvas.box(f.side, f.y, f.inner(), 0.75, f.main)
	f.y += 12
}

// text writes lines under one another, over sheets if it must.
func (f *flow) text(list []line, x, w, size float64, fill Colour, where align) {
	for _, l := range list {
		if f.err != nil {
			return
		}
		f.need(l.height(size))
		f.canvas.text(l, x, f.y, w, size, fill, where)
		f.y += l.height(size)
	}
}

// put writes lines under one another from y on, wherever the sheet ends, and gives where they end.
func (f *flow) put(list []line, x, y, w, size float64, fill Colour, where align) float64 {
	for _, l := range list {
		f.canvas.text(l, x, y, w, size, fill, where)
		y += l.height(size)
	}
	return y
}

// level gives how much lower each of some texts must begin so that their first lines stand on one line.
func level(sizes []float64, texts ...[]line) []float64 {
	down := make([]float64, len(texts))
	low := 0.0
	for i, t := range texts {
		if len(t) > 0 {
			down[i] = t[0].ascent * sizes[i] / em
			low = max(low, down[i])
		}
	}
	for i, t := range texts {
		if len(t) > 0 {
			down[i] = low - down[i]
		}
	}
	return down
}

// abreast writes two texts beside one another and gives where the longer ends; a and b say where they begin and how wide their room is.
func (f *flow) abreast(left, right []line, a, b [2]float64, size float64, fill, other Colour, where align) float64 {
	down := level([]float64{size, size}, left, right)
	y := f.put(left, a[0], f.y+down[0], a[1], size, fill, start)
	return max(y, f.put(right, b[0], f.y+down[1], b[1], size, other, where))
}

// some gives at most n lines, so that a block at the head of a sheet cannot push everything off it.
func some(list []line, n int) []line { return list[:min(len(list), n)] }

func height(list []line, size float64) float64 {
	h := 0.0
	for _, l := range list {
		h += l.height(size)
	}
	return h
}

// number writes the foot of every sheet, once it is known how many there are.
func (f *flow) number() {
	for i, p := range f.pages {
		f.canvas.page = p
		y := f.put(f.foot, f.side, f.floor+8, f.inner(), f.small, grey, middle)
		of := f.one(strconv.Itoa(i+1)+" / "+strconv.Itoa(len(f.pages)), false)
		f.canvas.text(of, f.side, y, f.inner(), f.small, grey, end)
	}
}

// tear cuts the roll behind the last line.
func (f *flow) tear() {
	f.canvas.page.h = f.y + f.bottom
}
