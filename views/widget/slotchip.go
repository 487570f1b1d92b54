package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// SlotChip is a placeholder as the body shows it: bold on a soft ground.
type SlotChip struct {
	fynewidget.BaseWidget
	text string
}

// NewSlotChip makes a chip.
func NewSlotChip(text string) *SlotChip {
	c := &SlotChip{text: text}
	c.ExtendBaseWidget(c)
	return c
}

// SetText changes what it says.
func (c *SlotChip) SetText(s string) {
	if c.text != s {
		c.text = s
		c.Refresh()
	}
}

// Text is what it says.
func (c *SlotChip) Text() string { return c.text }

// CreateRenderer is for Fyne.
func (c *SlotChip) CreateRenderer() fyne.WidgetRenderer {
	const high, pad, radius = 20, 6, 6
	ground, text := newRect(radius), newText(theme.TypeSmall, bold)
	paint := func() {
		fill(ground, theme.AccentSoft2, "", 0)
		text.Color = theme.Color(theme.Accent)
	}
	layout := func(size fyne.Size) {
		y := (size.Height - high) / 2
		place(ground, 0, y, size.Width, high)
		setText(text, drawnIn(fit(c.text, theme.TypeSmall, bold, size.Width-2*pad+0.5), bold))
		place(text, pad, y, size.Width-2*pad, high)
	}
	min := func() fyne.Size {
		return fyne.NewSize(2*pad+width(oneLine(c.text), theme.TypeSmall.Size, bold), high)
	}
	return newRenderer(c, min, layout, paint, ground, text)
}
