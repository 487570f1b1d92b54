package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// pointer is what everything under the mouse has in common. Embed it, set onTap, and read hovered and pressed
// while painting.
type pointer struct {
	fynewidget.BaseWidget

	hovered, pressed, disabled bool

	onTap   func()
	onHover func(in bool, at fyne.Position)
}

var (
	_ fyne.Tappable      = (*pointer)(nil)
	_ fyne.Disableable   = (*pointer)(nil)
	_ desktop.Hoverable  = (*pointer)(nil)
	_ desktop.Mouseable  = (*pointer)(nil)
	_ desktop.Cursorable = (*pointer)(nil)
)

func (p *pointer) set(field *bool, v bool) {
	if *field != v {
		*field = v
		p.Refresh()
	}
}

// Enable makes it respond again.
func (p *pointer) Enable() { p.set(&p.disabled, false) }

// Disable makes it ignore pointer and keys.
func (p *pointer) Disable() { p.set(&p.disabled, true) }

// Disabled tells whether it ignores pointer and keys.
func (p *pointer) Disabled() bool { return p.disabled }

// Tapped is called on a click.
func (p *pointer) Tapped(*fyne.PointEvent) {
	if !p.disabled && p.onTap != nil {
		p.onTap()
	}
}

// MouseIn is called when the pointer enters.
func (p *pointer) MouseIn(ev *desktop.MouseEvent) {
	p.set(&p.hovered, true)
	if p.onHover != nil {
		p.onHover(true, ev.AbsolutePosition)
	}
}

// MouseMoved is called while the pointer is inside.
func (p *pointer) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when the pointer leaves.
func (p *pointer) MouseOut() {
	p.pressed = false
	p.set(&p.hovered, false)
	if p.onHover != nil {
		p.onHover(false, fyne.Position{})
	}
}

// MouseDown is called when a mouse button goes down.
func (p *pointer) MouseDown(ev *desktop.MouseEvent) {
	if ev.Button == desktop.MouseButtonPrimary && !p.disabled {
		p.set(&p.pressed, true)
	}
}

// MouseUp is called when it comes up again.
func (p *pointer) MouseUp(*desktop.MouseEvent) { p.set(&p.pressed, false) }

// Cursor shows a hand where a click does something.
func (p *pointer) Cursor() desktop.Cursor {
	if p.disabled || p.onTap == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityRole tells a screen reader what it is.
func (p *pointer) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// control is a pointer target that the keyboard reaches too.
type control struct {
	pointer
	focused bool
	self    fyne.CanvasObject // what the keyboard reaches
}

var _ fyne.Focusable = (*control)(nil)

// ExtendBaseWidget is for Fyne.
func (c *control) ExtendBaseWidget(w fyne.Widget) {
	c.self = w
	c.pointer.ExtendBaseWidget(w)
}

// FocusGained is called when the keyboard arrives.
func (c *control) FocusGained() {
	c.set(&c.focused, true)
	if c.self != nil {
		Reveal(c.self)
	}
}

// FocusLost is called when the keyboard leaves.
func (c *control) FocusLost() { c.set(&c.focused, false) }

// TypedRune is called for characters, which a control has no use for.
func (c *control) TypedRune(rune) {}

// TypedKey presses the control on Space, Return and Enter, and hands on what a button has no use for.
func (c *control) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.Tapped(nil)
	default:
		passOnKey(ev.Name)
	}
}
