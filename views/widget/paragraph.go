package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Paragraph is text that wraps to the width it is given. Give it a width first where its height matters to a
// layout: it asks for the height it had at its last width.
type Paragraph struct {
	fynewidget.BaseWidget
	text   string
	typ    theme.Type
	colour fyne.ThemeColorName
	style  fyne.TextStyle
	align  fyne.TextAlign
	least  float32
}

// NewParagraph makes a paragraph that is at least width wide.
func NewParagraph(text string, typ theme.Type, colour fyne.ThemeColorName, width float32) *Paragraph {
	p := &Paragraph{text: text, typ: typ, colour: colour, least: width}
	p.ExtendBaseWidget(p)
	return p
}

// Centred centres its lines and returns the paragraph itself.
func (p *Paragraph) Centred() *Paragraph { p.align = fyne.TextAlignCenter; return p }

// Bold draws it bold and returns the paragraph itself.
func (p *Paragraph) Bold() *Paragraph { p.style = bold; return p }

// SetText changes what it says.
func (p *Paragraph) SetText(s string) {
	if p.text != s {
		p.text = s
		p.Refresh()
	}
}

// SetColour changes its colour.
func (p *Paragraph) SetColour(c fyne.ThemeColorName) {
	if p.colour != c {
		p.colour = c
		p.Refresh()
	}
}

// HeightFor is how high it is at a width.
func (p *Paragraph) HeightFor(width float32) float32 {
	return float32(len(p.lines(width))) * p.typ.Pitch
}

func (p *Paragraph) source() styled {
	text := clean(p.text)
	return styled{text, []span{{0, len(text), p.style, ""}}}
}

func (p *Paragraph) lines(width float32) []line { return breakLines(p.source(), p.typ.Size, width) }

// CreateRenderer is for Fyne.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	var r *renderer
	layout := func(size fyne.Size) {
		s := p.source()
		lines := p.lines(fyne.Max(size.Width, 20))
		for len(r.objects) < len(lines) {
			r.objects = append(r.objects, newText(p.typ, p.style))
		}
		r.objects = r.objects[:len(lines)]
		for i, l := range lines {
			t := r.objects[i].(*canvas.Text)
			t.Color, t.TextStyle, t.Alignment = theme.Color(p.colour), p.style, p.align
			setText(t, s.text[l.start:l.shown])
			place(t, 0, float32(i)*p.typ.Pitch, size.Width, p.typ.Pitch)
		}
	}
	min := func() fyne.Size {
		return fyne.NewSize(p.least, p.HeightFor(fyne.Max(p.Size().Width, p.least)))
	}
	r = newRenderer(p, min, layout, func() {})
	return r
}
