package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Popover is a card that floats at a widget: below it, or above where there is no room below. A click outside closes
// it, and the keyboard goes back to where it was.
type Popover struct {
	canvas  fyne.Canvas
	layer   *popLayer
	before  fyne.Focusable
	closed  func()
	isClose bool
}

const (
	popGap    float32 = 4 // between the anchor and the card
	popMargin float32 = 8 // from the edge of the window
)

// ShowPopover shows content at an anchor, at least as wide as the anchor and at most as the window; width 0 is the
// anchor's. The content's height is what it asks for, less where the window is low: then it is made smaller than it
// asks. closed (may be nil) is told when the card goes, however it goes. It returns nil when the anchor is not on a
// window.
func ShowPopover(anchor, content fyne.CanvasObject, width float32, closed func()) *Popover {
	c := fyne.CurrentApp().Driver().CanvasForObject(anchor)
	if c == nil {
		return nil
	}
	p := &Popover{canvas: c, before: c.Focused(), closed: closed}
	popovers = append(popovers, p)
	p.layer = &popLayer{owner: p, anchor: anchor, content: content, width: width}
	p.layer.ExtendBaseWidget(p.layer)
	c.Overlays().Add(p.layer)
	p.layer.Resize(c.Size())
	return p
}

// popovers are those that are open, the topmost last.
var popovers []*Popover

// ClosePopovers takes all popovers of a window away, as when something else comes to lie over it.
func ClosePopovers(c fyne.Canvas) {
	for _, p := range slices.Backward(slices.Clone(popovers)) {
		if p.canvas == c {
			p.Close()
		}
	}
}

// escapePopover closes the topmost popover and tells whether there was one.
func escapePopover() bool {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		for _, p := range slices.Backward(popovers) {
			if p.canvas == w.Canvas() && p.canvas.Overlays().Top() == fyne.CanvasObject(p.layer) {
				p.Close()
				return true
			}
		}
	}
	return false
}

// Focus gives the keyboard to something inside.
func (p *Popover) Focus(f fyne.Focusable) { p.canvas.Focus(f) }

// Resized lays the card out anew after its content has grown or shrunk.
func (p *Popover) Resized() { p.layer.Refresh() }

// Above tells whether the card stands above its anchor.
func (p *Popover) Above() bool { return p.layer.above }

// Close takes the card away.
func (p *Popover) Close() {
	if p.isClose {
		return
	}
	p.isClose = true
	popovers = slices.DeleteFunc(popovers, func(o *Popover) bool { return o == p })
	p.canvas.Overlays().Remove(p.layer)
	if p.before != nil {
		p.canvas.Focus(p.before)
	}
	callIf(p.closed)
}

// popLayer covers the window and holds the card.
type popLayer struct {
	fynewidget.BaseWidget
	owner   *Popover
	anchor  fyne.CanvasObject
	content fyne.CanvasObject
	width   float32
	card    box
	above   bool
}

var (
	_ fyne.Tappable          = (*popLayer)(nil)
	_ fyne.SecondaryTappable = (*popLayer)(nil)
)

// Tapped closes the card when the click is beside it.
func (l *popLayer) Tapped(ev *fyne.PointEvent) {
	if !l.card.holds(ev.Position) {
		l.owner.Close()
	}
}

// TappedSecondary does the same for the other mouse button.
func (l *popLayer) TappedSecondary(ev *fyne.PointEvent) { l.Tapped(ev) }

// popLeast is how high a card is at least; where neither side has room for it, it covers some of its anchor.
const popLeast float32 = 80

// spot is where the card goes. It stays on its side of the anchor as long as it fits there, so that it does not jump
// while its content changes, and goes to the other one only when it does not fit and there is more room: what it holds
// may learn how high it is after it is first shown.
func (l *popLayer) spot(size fyne.Size) box {
	driver := fyne.CurrentApp().Driver()
	at, as := driver.AbsolutePositionForObject(l.anchor), l.anchor.Size()
	w := fyne.Max(l.width, as.Width)
	if l.width > 0 {
		w = l.width
	}
	w = fyne.Min(w, size.Width-2*popMargin)
	l.content.Resize(fyne.NewSize(w, l.content.Size().Height)) // what wraps learns its width
	h := l.content.MinSize().Height
	below := size.Height - (at.Y + as.Height) - popGap - popMargin
	above := at.Y - popGap - popMargin
	room, other := below, above
	if l.above {
		room, other = above, below
	}
	if h > room && other > room {
		l.above, room = !l.above, other
	}
	h = fyne.Min(h, fyne.Max(room, popLeast))
	y := at.Y + as.Height + popGap
	if l.above {
		y = at.Y - popGap - h
	}
	x := fyne.Max(popMargin, fyne.Min(at.X, size.Width-w-popMargin))
	y = fyne.Max(popMargin, fyne.Min(y, size.Height-h-popMargin))
	return box{x, y, w, h}
}

func (l *popLayer) CreateRenderer() fyne.WidgetRenderer {
	ground, edge := newRect(theme.RadiusCard), newRect(theme.RadiusCard)
	paint := func() {
		fill(ground, theme.Raised, "", 0)
		ground.Shadow = canvas.Shadow{Color: theme.Color(theme.Shadow), BlurRadius: 28, Offset: fyne.NewPos(0, 8)}
		fill(edge, "", theme.Line, 1)
	}
	layout := func(size fyne.Size) {
		c := l.spot(size)
		l.card = c
		place(ground, c.x, c.y, c.w, c.h)
		place(edge, c.x, c.y, c.w, c.h)
		place(l.content, c.x, c.y, c.w, c.h)
	}
	return newRenderer(l, func() fyne.Size { return fyne.Size{} }, layout, paint, ground, l.content, edge)
}
