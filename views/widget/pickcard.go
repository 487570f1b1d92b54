package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/views/theme"
)

// PickCard is one of a few things to choose from, seen by its name and the beginning of what it says; two lines of it.
type PickCard struct {
	control
	title, aside, text string
	chosen             bool
}

// NewPickCard makes a card.
func NewPickCard(title, aside, text string, tapped func()) *PickCard {
	c := &PickCard{title: title, aside: aside, text: text}
	c.ExtendBaseWidget(c)
	c.onTap = tapped
	return c
}

// SetChosen draws the card as the chosen one.
func (c *PickCard) SetChosen(on bool) { c.set(&c.chosen, on) }

// Chosen tells whether it is the chosen one.
func (c *PickCard) Chosen() bool { return c.chosen }

// Title is what the card is called.
func (c *PickCard) Title() string { return c.title }

// SetText changes what it says.
func (c *PickCard) SetText(text string) {
	if c.text != text {
		c.text = text
		c.Refresh()
	}
}

// AccessibilityLabel names it for a screen reader.
func (c *PickCard) AccessibilityLabel() string { return c.title }

// heightPickCard is one line of the name and two of what it says.
const heightPickCard = 80

// CreateRenderer is for Fyne.
func (c *PickCard) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := newRect(theme.RadiusBox), newRect(0)
	title, aside := newText(theme.TypeSmall, bold), newText(theme.TypeCaption, plain)
	first, second := newText(theme.TypeSmall, plain), newText(theme.TypeSmall, plain)
	paint := func() {
		g, e, w := theme.Raised, theme.Line, float32(1)
		switch {
		case c.pressed:
			g = theme.Press
		case c.chosen:
			g = theme.AccentSoft
		case c.hovered:
			g = theme.Hover
		}
		if c.chosen {
			e, w = theme.Accent, 2
		}
		fill(ground, g, e, w)
		paintRing(ring, c.focused)
		title.Color, aside.Color = theme.Color(theme.Text), theme.Color(theme.Text2)
		first.Color, second.Color = theme.Color(theme.Text2), theme.Color(theme.Text2)
	}
	layout := func(size fyne.Size) {
		const pad = 12
		ground.Resize(size)
		placeRing(ring, size, theme.RadiusBox)
		room := size.Width - 2*pad
		wAside := width(c.aside, theme.TypeCaption.Size, plain)
		if c.aside != "" {
			setText(aside, c.aside)
			place(aside, size.Width-pad-wAside, 12, wAside, 16)
			wAside += 8
		}
		name := fit(clean(c.title), theme.TypeSmall, bold, room-wAside)
		setText(title, drawnIn(name, bold))
		place(title, pad, 11, room-wAside, 18)
		lines := [2]string{}
		words := oneLine(clean(c.text))
		for i, ln := range breakLines(unstyled(words), theme.TypeSmall.Size, room) {
			if i == 1 {
				lines[1] = fit(words[ln.start:], theme.TypeSmall, plain, room)
				break
			}
			lines[0] = words[ln.start:ln.end]
		}
		rtl := rightToLeft(words)
		for i, t := range []*canvas.Text{first, second} {
			said, x := drawn(lines[i]), float32(pad)
			if rtl {
				x = size.Width - pad - width(said, theme.TypeSmall.Size, plain)
			}
			setText(t, said)
			place(t, x, 33+float32(i)*18, room, 18)
		}
	}
	return newRenderer(c, func() fyne.Size { return fyne.NewSize(140, heightPickCard) }, layout, paint, ring, ground, title, aside, first, second)
}
