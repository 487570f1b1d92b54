package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/views/theme"
)

// glyph is an icon whose name and colour may change; it decodes its SVG only when one of them did.
type glyph struct {
	*canvas.Image
	name   string
	colour fyne.ThemeColorName
	drawn  color.Color
	look   int // theme.Generation when it was drawn
}

func newGlyph() *glyph {
	g := &glyph{Image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	g.Hidden = true
	return g
}

// set shows the named icon, or hides it when the name is empty.
func (g *glyph) set(name string, colour fyne.ThemeColorName) {
	show(g.Image, name != "")
	if name == "" {
		return
	}
	now := theme.Color(colour)
	if g.name == name && g.colour == colour && g.drawn == now && g.look == theme.Generation() {
		return
	}
	g.name, g.colour, g.drawn, g.look = name, colour, now, theme.Generation()
	g.Resource = theme.Icon(name, colour)
	g.Refresh()
}

// newText makes a canvas text in one step of the type scale; its colour is set while painting.
func newText(t theme.Type, style fyne.TextStyle) *canvas.Text {
	return &canvas.Text{TextSize: t.Size, TextStyle: style, Color: color.Transparent}
}

func newRect(radius float32) *canvas.Rectangle {
	return &canvas.Rectangle{FillColor: color.Transparent, CornerRadius: radius}
}

// fill colours a rectangle by names; an empty name means nothing is drawn.
func fill(r *canvas.Rectangle, ground, edge fyne.ThemeColorName, stroke float32) {
	r.FillColor, r.StrokeColor, r.StrokeWidth = named(ground), named(edge), stroke
	if edge == "" {
		r.StrokeWidth = 0
	}
}

func named(n fyne.ThemeColorName) color.Color {
	if n == "" {
		return color.Transparent
	}
	return theme.Color(n)
}

// The focus ring of a button is 2 px wide, outside a gap of 2 px.
func placeRing(r *canvas.Rectangle, size fyne.Size, elementRadius float32) {
	r.CornerRadius = elementRadius + 4
	place(r, -4, -4, size.Width+8, size.Height+8)
}

func paintRing(r *canvas.Rectangle, focused bool) {
	fill(r, "", theme.Focus, 2)
	show(r, focused)
}

var (
	plain = fyne.TextStyle{}
	bold  = fyne.TextStyle{Bold: true}
)
