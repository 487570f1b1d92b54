package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/theme"
)

// Delivery is how far a message of ours has come. Only messages we sent have one; None draws nothing.
type Delivery int

// The states, as a person tells them apart: by shape first.
const (
	None Delivery = iota
	Queued
	Sending
	Sent
	Delivered
	Read
	Failed
	Unknown // sent, but whether it arrived at Meta is not known yet
)

// tick sizes in a bubble.
const (
	tickWidth  float32 = 17
	tickHeight float32 = 17
)

func (d Delivery) icon() (name string, colour fyne.ThemeColorName) {
	switch d {
	case Queued, Sending:
		return "tick-queued", theme.Tick
	case Sent:
		return "tick-sent", theme.Tick
	case Delivered:
		return "tick-delivered", theme.Tick
	case Read:
		return "tick-read", theme.TickRead
	case Failed:
		return "tick-failed", theme.Danger
	case Unknown:
		return "clock", theme.Warn
	}
	return "", ""
}

// String is the state in words.
func (d Delivery) String() string {
	switch d {
	case Queued:
		return lang.X("tick.queued", "Waiting to be sent")
	case Sending:
		return lang.X("tick.sending", "Being sent")
	case Sent:
		return lang.X("tick.sent", "Sent")
	case Delivered:
		return lang.X("tick.delivered", "Delivered")
	case Read:
		return lang.X("tick.read", "Read")
	case Failed:
		return lang.X("tick.failed", "Not delivered")
	case Unknown:
		return lang.X("tick.unknown", "Not known yet whether it arrived")
	}
	return ""
}

// Tick draws the state of a message and names it on hover.
type Tick struct {
	pointer
	state Delivery
	tip   tip
}

// NewTick makes a tick, 17 by 17.
func NewTick(state Delivery) *Tick {
	t := &Tick{state: state}
	t.ExtendBaseWidget(t)
	t.onHover = func(in bool, at fyne.Position) { t.tip.hover(t, t.state.String(), in, at) }
	return t
}

// Set changes the state.
func (t *Tick) Set(state Delivery) {
	if t.state != state {
		t.state = state
		t.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	g := newGlyph()
	return newRenderer(t,
		func() fyne.Size { return fyne.NewSize(tickWidth, tickHeight) },
		func(size fyne.Size) { g.Resize(size) },
		func() { g.set(t.state.icon()) }, g.Image)
}
