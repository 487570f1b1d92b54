package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Text is one line in a step of the type scale and a colour by name. It never wraps: where it is too long it ends
// in an ellipsis, so it can stand in any row.
type Text struct {
	fynewidget.BaseWidget
	text   string
	typ    theme.Type
	colour fyne.ThemeColorName
	style  fyne.TextStyle
	align  fyne.TextAlign
	shrink bool
}

// NewText makes a line of text.
func NewText(text string, typ theme.Type, colour fyne.ThemeColorName) *Text {
	t := &Text{text: text, typ: typ, colour: colour}
	t.ExtendBaseWidget(t)
	return t
}

// NewBold makes a line of bold text.
func NewBold(text string, typ theme.Type, colour fyne.ThemeColorName) *Text {
	t := NewText(text, typ, colour)
	t.style = bold
	return t
}

// Styled sets italic, monospace and the like, and returns the text itself.
func (t *Text) Styled(style fyne.TextStyle) *Text { t.style = style; return t }

// Aligned sets where the text stands when it has more room than it needs.
func (t *Text) Aligned(a fyne.TextAlign) *Text { t.align = a; return t }

// Shrinking lets a layout make the text as narrow as an ellipsis; without it the text asks for its whole width.
func (t *Text) Shrinking() *Text { t.shrink = true; return t }

// Text is what it says in full.
func (t *Text) Text() string { return t.text }

// SetText changes what it says.
func (t *Text) SetText(s string) {
	if t.text != s {
		t.text = s
		t.Refresh()
	}
}

// SetColour changes its colour.
func (t *Text) SetColour(c fyne.ThemeColorName) {
	if t.colour != c {
		t.colour = c
		t.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	line := newText(t.typ, t.style)
	paint := func() {
		line.Color, line.Alignment, line.TextStyle = theme.Color(t.colour), t.align, t.style
	}
	layout := func(size fyne.Size) {
		place(line, 0, 0, size.Width, size.Height)
		setText(line, drawnIn(fit(t.text, t.typ, t.style, size.Width+0.5), t.style))
	}
	min := func() fyne.Size {
		w := width(oneLine(t.text), t.typ.Size, t.style)
		if t.shrink {
			w = fyne.Min(w, width(ellipsis, t.typ.Size, t.style))
		}
		return fyne.NewSize(w, t.typ.Pitch)
	}
	return newRenderer(t, min, layout, paint, line)
}

// setText changes a canvas text and marks it only when it did change.
func setText(t *canvas.Text, s string) {
	if t.Text != s {
		t.Text = s
		setFace(t)
		t.Refresh()
	}
}

// Icon is one icon of the set, in a colour by name.
type Icon struct {
	fynewidget.BaseWidget
	name   string
	colour fyne.ThemeColorName
	side   float32
}

// NewIcon makes an icon that is side logical pixels wide and high.
func NewIcon(name string, side float32, colour fyne.ThemeColorName) *Icon {
	i := &Icon{name: name, colour: colour, side: side}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes the icon and its colour.
func (i *Icon) Set(name string, colour fyne.ThemeColorName) {
	if i.name != name || i.colour != colour {
		i.name, i.colour = name, colour
		i.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	g := newGlyph()
	return newRenderer(i,
		func() fyne.Size { return fyne.NewSquareSize(i.side) },
		func(size fyne.Size) {
			place(g.Image, (size.Width-i.side)/2, (size.Height-i.side)/2, i.side, i.side)
		},
		func() { g.set(i.name, i.colour) }, g.Image)
}

// Ground is a rectangle in colours by name: panes, lines and the edges between them.
type Ground struct {
	fynewidget.BaseWidget
	ground, edge fyne.ThemeColorName
	radius       float32
	least        fyne.Size
}

// NewGround makes a filled rectangle; an empty edge draws none.
func NewGround(ground, edge fyne.ThemeColorName, radius float32) *Ground {
	g := &Ground{ground: ground, edge: edge, radius: radius}
	g.ExtendBaseWidget(g)
	return g
}

// NewLine makes the hairline between two panes or rows.
func NewLine() *Ground {
	g := NewGround(theme.Line, "", 0)
	g.least = fyne.NewSquareSize(1)
	return g
}

// Set changes its colours.
func (g *Ground) Set(ground, edge fyne.ThemeColorName) {
	if g.ground != ground || g.edge != edge {
		g.ground, g.edge = ground, edge
		g.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	r := newRect(g.radius)
	return newRenderer(g,
		func() fyne.Size { return g.least },
		func(size fyne.Size) { r.Resize(size) },
		func() { fill(r, g.ground, g.edge, 1) }, r)
}
