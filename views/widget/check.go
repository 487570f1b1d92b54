package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Check is Fyne's check box, which hands on the keys that it has no use for, and knows Return.
type Check struct {
	fynewidget.Check
	focused bool
}

// NewCheck makes a box that is not ticked.
func NewCheck(label string, changed func(on bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for Fyne.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{WidgetRenderer: c.Check.CreateRenderer(), c: c, ring: newRect(0)}
	r.mark()
	return r
}

// checkRenderer draws the ring that every button has around what has the keyboard, where Fyne fills a disc behind the box.
type checkRenderer struct {
	fyne.WidgetRenderer
	c    *Check
	ring *canvas.Rectangle
}

func (r *checkRenderer) mark() {
	paintRing(r.ring, r.c.focused)
	for _, o := range r.WidgetRenderer.Objects() {
		if disc, ok := o.(*canvas.Circle); ok && r.c.focused {
			disc.FillColor = color.Transparent
		}
	}
}

// Layout is for Fyne.
func (r *checkRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	placeRing(r.ring, fyne.NewSize(fyne.Min(size.Width, r.MinSize().Width), size.Height), theme.RadiusControl)
}

// Refresh is for Fyne.
func (r *checkRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.mark()
}

// Objects is for Fyne.
func (r *checkRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{r.ring}, r.WidgetRenderer.Objects()...)
}

// FocusGained is called when the keyboard arrives.
func (c *Check) FocusGained() {
	c.focused = true
	c.Check.FocusGained()
	Reveal(c)
}

// FocusLost is called when the keyboard leaves.
func (c *Check) FocusLost() {
	c.focused = false
	c.Check.FocusLost()
}

// TypedKey ticks it with Return, too.
func (c *Check) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !c.Disabled() {
			c.SetChecked(!c.Checked)
		}
	default:
		if !passOnKey(ev.Name) {
			c.Check.TypedKey(ev)
		}
	}
}
