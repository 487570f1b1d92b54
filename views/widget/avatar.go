package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Avatar is a contact's initials on one of seven grounds, with the customer-service window as a ring around it.
type Avatar struct {
	fynewidget.BaseWidget
	name, key string
	side      float32
	ring      bool
	left, all time.Duration
}

// NewAvatar makes an avatar without a ring. The key chooses the colours (a contact's id); an empty key means the
// name does. Sides in use: 64, 44, 40, 36, 28, 18.
func NewAvatar(name, key string, side float32) *Avatar {
	a := &Avatar{name: name, key: key, side: side}
	a.ExtendBaseWidget(a)
	return a
}

// Set changes whom it shows.
func (a *Avatar) Set(name, key string) {
	if a.name != name || a.key != key {
		a.name, a.key = name, key
		a.Refresh()
	}
}

// SetWindow shows the ring: left of all is what remains of the time to answer; none left is a bare track.
func (a *Avatar) SetWindow(left, all time.Duration) {
	if !a.ring || a.left != left || a.all != all {
		a.ring, a.left, a.all = true, left, all
		a.Refresh()
	}
}

// HideWindow takes the ring away; its room stays when the avatar once had one.
func (a *Avatar) HideWindow() {
	if a.ring {
		a.ring = false
		a.Refresh()
	}
}

// RingOutset is how far the ring reaches beyond the avatar on each side.
const RingOutset float32 = 4

// CreateRenderer is for Fyne.
func (a *Avatar) CreateRenderer() fyne.WidgetRenderer {
	p := newAvatarPaint(a.side)
	paint := func() { p.paint(a.name, a.key, a.ring, a.left, a.all) }
	layout := func(size fyne.Size) { p.place((size.Width-a.side)/2, (size.Height-a.side)/2) }
	min := func() fyne.Size {
		if a.ring {
			return fyne.NewSquareSize(a.side + 2*RingOutset)
		}
		return fyne.NewSquareSize(a.side)
	}
	return newRenderer(a, min, layout, paint, p.objects()...)
}

// avatarPaint is the avatar as bare canvas objects, for rows that draw many.
type avatarPaint struct {
	side        float32
	ground      *canvas.Circle
	track, rest *canvas.Arc
	letters     *canvas.Text
}

func newAvatarPaint(side float32) *avatarPaint {
	p := &avatarPaint{
		side: side, ground: &canvas.Circle{},
		track: &canvas.Arc{StartAngle: 0, EndAngle: 360, CutoutRatio: 0.92}, rest: &canvas.Arc{CutoutRatio: 0.92},
		letters: newText(theme.Type{Size: avatarLetters(side), Pitch: side}, bold),
	}
	p.letters.Alignment = fyne.TextAlignCenter
	return p
}

func avatarLetters(side float32) float32 {
	switch {
	case side >= 64:
		return 22
	case side >= 44:
		return 15
	case side >= 36:
		return 14
	case side >= 28:
		return 11
	default:
		return 8
	}
}

func (p *avatarPaint) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{p.track, p.rest, p.ground, p.letters}
}

func (p *avatarPaint) hide(hidden bool) {
	for _, o := range p.objects() {
		show(o, !hidden)
	}
}

func (p *avatarPaint) place(x, y float32) {
	place(p.ground, x, y, p.side, p.side)
	place(p.letters, x, y, p.side, p.side)
	for _, arc := range []*canvas.Arc{p.track, p.rest} {
		place(arc, x-RingOutset, y-RingOutset, p.side+2*RingOutset, p.side+2*RingOutset)
	}
}

func (p *avatarPaint) paint(name, key string, ring bool, left, all time.Duration) {
	if key == "" {
		key = name
	}
	c := theme.Avatar(key)
	p.ground.FillColor, p.letters.Color = c.Ground, c.Letters
	p.letters.Text = theme.Initials(name)
	setFace(p.letters)
	if p.letters.Text == "" { // nobody is known yet
		p.ground.FillColor = theme.Color(theme.Chip)
	}
	show(p.track, ring)
	p.track.FillColor = theme.Color(theme.Line)
	colour, share := windowRing(left, all)
	show(p.rest, ring && share > 0)
	if share > 0 {
		p.rest.FillColor = theme.Color(colour)
		p.rest.StartAngle, p.rest.EndAngle = 0, 360*share
	}
}

// windowRing is the colour of the ring and how much of it is left, from 0 to 1: above 4 hours open, to 1 hour soon,
// below that danger.
func windowRing(left, all time.Duration) (fyne.ThemeColorName, float32) {
	if left <= 0 || all <= 0 {
		return theme.WindowClosed, 0
	}
	share := fyne.Min(1, float32(left)/float32(all))
	switch {
	case left > 4*time.Hour:
		return theme.WindowOpen, share
	case left > time.Hour:
		return theme.WindowSoon, share
	default:
		return theme.Danger, fyne.Max(share, 0.02)
	}
}
