package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Ring shows where the keyboard is in a list, inside the row. It is hidden until it is shown.
type Ring struct{ fynewidget.BaseWidget }

// NewRing makes a hidden ring.
func NewRing() *Ring {
	r := &Ring{}
	r.ExtendBaseWidget(r)
	r.Hide()
	return r
}

// CreateRenderer is for Fyne.
func (r *Ring) CreateRenderer() fyne.WidgetRenderer {
	ring := newRect(theme.RadiusControl)
	return newRenderer(r, func() fyne.Size { return fyne.Size{} }, func(size fyne.Size) { place(ring, 1, 1, size.Width-2, size.Height-2) },
		func() { paintRing(ring, true) }, ring)
}
