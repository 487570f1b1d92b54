package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/views/theme"
)

// board keeps canvas objects to draw measured things with: runs of text, rectangles and icons. What stays the same
// from one drawing to the next is not drawn anew, and what is no longer needed is hidden, not thrown away.
type board struct {
	rects  []*canvas.Rectangle
	glyphs []*glyph
	texts  []*canvas.Text

	list  []fyne.CanvasObject
	dirty bool
}

// plate is a rectangle of a drawing.
type plate struct {
	box
	ground, edge fyne.ThemeColorName
	stroke       float32
	corners      [4]float32 // top left, top right, bottom right, bottom left
}

// sign is an icon of a drawing.
type sign struct {
	box
	name   string
	colour fyne.ThemeColorName
}

func (b *board) plates(ps []plate) {
	for len(b.rects) < len(ps) {
		b.rects = append(b.rects, newRect(0))
		b.dirty = true
	}
	for i, r := range b.rects {
		if i >= len(ps) {
			show(r, false)
			continue
		}
		p := &ps[i]
		show(r, true)
		ground, edge, stroke := named(p.ground), named(p.edge), fyne.Max(p.stroke, 1)
		if p.edge == "" {
			stroke = 0
		}
		c := [4]float32{r.TopLeftCornerRadius, r.TopRightCornerRadius, r.BottomRightCornerRadius, r.BottomLeftCornerRadius}
		if r.FillColor != ground || r.StrokeColor != edge || r.StrokeWidth != stroke || c != p.corners {
			r.FillColor, r.StrokeColor, r.StrokeWidth = ground, edge, stroke
			r.TopLeftCornerRadius, r.TopRightCornerRadius = p.corners[0], p.corners[1]
			r.BottomRightCornerRadius, r.BottomLeftCornerRadius = p.corners[2], p.corners[3]
			r.Refresh()
		}
		placeChanged(r, p.box)
	}
}

func (b *board) signs(gs []sign) {
	for len(b.glyphs) < len(gs) {
		b.glyphs = append(b.glyphs, newGlyph())
		b.dirty = true
	}
	for i, g := range b.glyphs {
		if i >= len(gs) {
			show(g.Image, false)
			continue
		}
		g.set(gs[i].name, gs[i].colour)
		placeChanged(g.Image, gs[i].box)
	}
}

func (b *board) words(runs []placedRun) {
	for len(b.texts) < len(runs) {
		b.texts = append(b.texts, &canvas.Text{Color: color.Transparent})
		b.dirty = true
	}
	for i, t := range b.texts {
		if i >= len(runs) {
			show(t, false)
			continue
		}
		r := &runs[i]
		show(t, true)
		colour := theme.Color(r.colour)
		if t.Text != r.text || t.Color != colour || t.TextSize != r.typ.Size || t.TextStyle != r.style {
			t.Text, t.Color, t.TextSize, t.TextStyle = r.text, colour, r.typ.Size, r.style
			setFace(t)
			t.Refresh()
		}
		y, h := baseline(r)
		placeChanged(t, box{r.x, y, r.width, h})
	}
}

// objects lists what is drawn, from the ground up.
func (b *board) objects() []fyne.CanvasObject {
	if b.dirty || b.list == nil {
		b.list = make([]fyne.CanvasObject, 0, len(b.rects)+len(b.glyphs)+len(b.texts))
		for _, r := range b.rects {
			b.list = append(b.list, r)
		}
		for _, g := range b.glyphs {
			b.list = append(b.list, g.Image)
		}
		for _, t := range b.texts {
			b.list = append(b.list, t)
		}
		b.dirty = false
	}
	return b.list
}

// placeChanged moves and resizes only when something changed: both cost a repaint.
func placeChanged(o fyne.CanvasObject, at box) {
	if p := fyne.NewPos(at.x, at.y); o.Position() != p {
		o.Move(p)
	}
	if s := fyne.NewSize(fyne.Max(at.w, 0), fyne.Max(at.h, 0)); o.Size() != s {
		o.Resize(s)
	}
}

// round is a plate's four corners of one radius.
func round(r float32) [4]float32 { return [4]float32{r, r, r, r} }
