package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Card is a box with a hairline and round corners around some content.
type Card struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	pad     float32
	tone    Tone
	chosen  bool
}

// NewCard makes a card with a padding of pad pixels; the design uses 16 and 20, and 0 for cards of rows.
func NewCard(content fyne.CanvasObject, pad float32) *Card {
	c := &Card{content: content, pad: pad}
	c.ExtendBaseWidget(c)
	return c
}

// SetTone gives the card the ground and the edge of a finding (Warn, Bad, Ok); Quiet is a plain card.
func (c *Card) SetTone(t Tone) {
	if c.tone != t {
		c.tone = t
		c.Refresh()
	}
}

// SetChosen draws the accent around it.
func (c *Card) SetChosen(on bool) {
	if c.chosen != on {
		c.chosen = on
		c.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	ground := newRect(theme.RadiusCard)
	paint := func() {
		g, e, w := theme.Raised, theme.Line, float32(1)
		if c.tone != Quiet {
			g, e = c.tone.soft()
		}
		if c.chosen {
			e, w = theme.Accent, 2
		}
		fill(ground, g, e, w)
	}
	layout := func(size fyne.Size) {
		ground.Resize(size)
		place(c.content, c.pad, c.pad, size.Width-2*c.pad, size.Height-2*c.pad)
	}
	min := func() fyne.Size { return c.content.MinSize().AddWidthHeight(2*c.pad, 2*c.pad) }
	return newRenderer(c, min, layout, paint, ground, c.content)
}
