package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// control is what everything that can be pressed has in common: pointer, keyboard, disabled state.
// Embed it, set onTap, and read hovered, pressed and focused while painting.
type control struct {
	fynewidget.BaseWidget

	hovered, pressed, focused, disabled bool

	onTap   func()
	onHover func(in bool, at fyne.Position)
}

var (
	_ fyne.Tappable      = (*control)(nil)
	_ fyne.Focusable     = (*control)(nil)
	_ fyne.Disableable   = (*control)(nil)
	_ desktop.Hoverable  = (*control)(nil)
	_ desktop.Mouseable  = (*control)(nil)
	_ desktop.Cursorable = (*control)(nil)
)

func (c *control) set(field *bool, v bool) {
	if *field != v {
		*field = v
		c.Refresh()
	}
}

// Enable makes it respond again.
func (c *control) Enable() { c.set(&c.disabled, false) }

// Disable makes it ignore pointer and keys.
func (c *control) Disable() { c.set(&c.disabled, true) }

// Disabled tells whether it ignores pointer and keys.
func (c *control) Disabled() bool { return c.disabled }

// Tapped is called on a click.
func (c *control) Tapped(*fyne.PointEvent) {
	if !c.disabled && c.onTap != nil {
		c.onTap()
	}
}

// MouseIn is called when the pointer enters.
func (c *control) MouseIn(ev *desktop.MouseEvent) {
	c.set(&c.hovered, true)
	if c.onHover != nil {
		c.onHover(true, ev.AbsolutePosition)
	}
}

// MouseMoved is called while the pointer is inside.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when the pointer leaves.
func (c *control) MouseOut() {
	c.pressed = false
	c.set(&c.hovered, false)
	if c.onHover != nil {
		c.onHover(false, fyne.Position{})
	}
}

// MouseDown is called when a mouse button goes down.
func (c *control) MouseDown(ev *desktop.MouseEvent) {
	if ev.Button == desktop.MouseButtonPrimary && !c.disabled {
		c.set(&c.pressed, true)
	}
}

// MouseUp is called when it comes up again.
func (c *control) MouseUp(*desktop.MouseEvent) { c.set(&c.pressed, false) }

// FocusGained is called when the keyboard arrives.
func (c *control) FocusGained() { c.set(&c.focused, true) }

// FocusLost is called when the keyboard leaves.
func (c *control) FocusLost() { c.set(&c.focused, false) }

// TypedRune is called for characters, which a control has no use for.
func (c *control) TypedRune(rune) {}

// TypedKey presses the control on Space, Return and Enter.
func (c *control) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.Tapped(nil)
	}
}

// Cursor shows a hand where a click does something.
func (c *control) Cursor() desktop.Cursor {
	if c.disabled || c.onTap == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
