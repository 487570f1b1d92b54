package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Check is Fyne's check box, which hands on the keys that it has no use for, and knows Return.
type Check struct {
	fynewidget.Check
}

// NewCheck makes a box that is not ticked.
func NewCheck(label string, changed func(on bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained is called when the keyboard arrives.
func (c *Check) FocusGained() {
	c.Check.FocusGained()
	Reveal(c)
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
