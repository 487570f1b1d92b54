package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Tone is what a badge, pill or banner wants to say with its colour; the words or the icon say it too.
type Tone int

// The tones.
const (
	Quiet  Tone = iota // chip
	Accent             // ours, new
	Brass              // the rail's counts
	Ok
	Warn
	Bad
)

func (t Tone) soft() (ground, letters fyne.ThemeColorName) {
	switch t {
	case Accent:
		return theme.AccentSoft, theme.Accent
	case Ok:
		return theme.OkSoft, theme.Ok
	case Warn:
		return theme.WarnSoft, theme.Warn
	case Bad:
		return theme.DangerSoft, theme.Danger
	case Brass:
		return theme.Brass, theme.OnBrass
	default:
		return theme.Chip, theme.Text2
	}
}

func (t Tone) strong() (ground, letters fyne.ThemeColorName) {
	switch t {
	case Accent:
		return theme.Accent, theme.OnAccent
	case Bad:
		return theme.Danger, theme.Pane
	case Brass:
		return theme.Brass, theme.OnBrass
	default:
		return theme.Chip, theme.Text2
	}
}

// Badge is a count in a small rounded box; zero shows nothing, more than 99 shows 99+.
type Badge struct {
	fynewidget.BaseWidget
	count int
	tone  Tone
}

// NewBadge makes a badge.
func NewBadge(count int, tone Tone) *Badge {
	b := &Badge{count: count, tone: tone}
	b.ExtendBaseWidget(b)
	return b
}

// SetCount changes the count.
func (b *Badge) SetCount(n int) {
	if b.count != n {
		b.count = n
		b.Refresh()
	}
}

func countText(n int) string {
	switch {
	case n <= 0:
		return ""
	case n > 99:
		return "99+"
	default:
		return strconv.Itoa(n)
	}
}

func badgeWidth(text string) float32 {
	if text == "" {
		return 0
	}
	return fyne.Max(theme.HeightBadge, width(text, 11, bold)+11)
}

// CreateRenderer is for Fyne.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	ground, text := newRect(theme.HeightBadge/2), newText(theme.TypeTime, bold)
	text.Alignment = fyne.TextAlignCenter
	paint := func() {
		g, l := b.tone.strong()
		fill(ground, g, "", 0)
		text.Color = theme.Color(l)
		text.Text = countText(b.count)
		show(ground, b.count > 0)
	}
	layout := func(size fyne.Size) {
		w := badgeWidth(text.Text)
		x, y := (size.Width-w)/2, (size.Height-theme.HeightBadge)/2
		place(ground, x, y, w, theme.HeightBadge)
		place(text, x, y, w, theme.HeightBadge)
	}
	min := func() fyne.Size { return fyne.NewSize(badgeWidth(countText(b.count)), theme.HeightBadge) }
	return newRenderer(b, min, layout, paint, ground, text)
}

// Pill is a state in words on a soft ground, with an icon where it must be told apart without colour.
type Pill struct {
	fynewidget.BaseWidget
	text, icon string
	tone       Tone
	small      bool
	ground     fyne.ThemeColorName // in the place of the tone's; "": none
}

// NewPill makes a pill 28 high.
func NewPill(text, icon string, tone Tone) *Pill {
	p := &Pill{text: text, icon: icon, tone: tone}
	p.ExtendBaseWidget(p)
	return p
}

// NewSmallPill makes a pill 22 high, for rows and cards.
func NewSmallPill(text, icon string, tone Tone) *Pill {
	p := NewPill(text, icon, tone)
	p.small = true
	return p
}

// Set changes all of it.
func (p *Pill) Set(text, icon string, tone Tone) {
	if p.text != text || p.icon != icon || p.tone != tone {
		p.text, p.icon, p.tone = text, icon, tone
		p.Refresh()
	}
}

// SetGround gives it another ground than its tone's, where that would be lost on what lies below; "" goes back.
func (p *Pill) SetGround(ground fyne.ThemeColorName) {
	if p.ground != ground {
		p.ground = ground
		p.Refresh()
	}
}

// Text is what it says.
func (p *Pill) Text() string { return p.text }

// CreateRenderer is for Fyne.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	ground, text, icon := newRect(0), newText(theme.TypeCaption, plain), newGlyph()
	const side = 13
	dims := func() (h, pad float32) {
		if p.small {
			return theme.HeightSmallPill, 8
		}
		return theme.HeightPill, 12
	}
	lead := func() float32 {
		if p.icon == "" {
			return 0
		}
		return side + 6
	}
	paint := func() {
		g, l := p.tone.soft()
		if p.ground != "" {
			g = p.ground
		}
		fill(ground, g, "", 0)
		text.Color = theme.Color(l)
		icon.set(p.icon, l)
	}
	layout := func(size fyne.Size) {
		h, pad := dims()
		y := (size.Height - h) / 2
		ground.CornerRadius = h / 2
		place(ground, 0, y, size.Width, h)
		place(icon.Image, pad, y+(h-side)/2, side, side)
		room := size.Width - 2*pad - lead()
		setText(text, fit(p.text, theme.TypeCaption, plain, room+0.5))
		place(text, pad+lead(), y+(h-16)/2, room, 16)
	}
	min := func() fyne.Size {
		h, pad := dims()
		return fyne.NewSize(2*pad+lead()+width(p.text, 12, plain), h)
	}
	return newRenderer(p, min, layout, paint, ground, icon.Image, text)
}

// FilterChip switches a filter of a list; the one that is on is filled with the accent.
type FilterChip struct {
	control
	text string
	on   bool
}

// NewFilterChip makes a chip, with its count in its words ("Mine 9").
func NewFilterChip(text string, tapped func()) *FilterChip {
	c := &FilterChip{text: text}
	c.ExtendBaseWidget(c)
	c.onTap = func() {
		if tapped != nil {
			tapped()
		}
	}
	return c
}

// SetText changes its words.
func (c *FilterChip) SetText(s string) {
	if c.text != s {
		c.text = s
		c.Refresh()
	}
}

// SetOn marks it as the filter in use.
func (c *FilterChip) SetOn(on bool) { c.set(&c.on, on) }

// On tells whether it is the filter in use.
func (c *FilterChip) On() bool { return c.on }

// AccessibilityLabel names it for a screen reader.
func (c *FilterChip) AccessibilityLabel() string { return c.text }

// CreateRenderer is for Fyne.
func (c *FilterChip) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, text := newRect(theme.HeightFilterChip/2), newRect(0), newText(theme.TypeCaption, plain)
	text.Alignment = fyne.TextAlignCenter
	style := func() fyne.TextStyle { return fyne.TextStyle{Bold: c.on} }
	paint := func() {
		g, l := theme.Chip, theme.Text2
		switch {
		case c.on && (c.hovered || c.pressed):
			g, l = theme.AccentHover, theme.OnAccent
		case c.on:
			g, l = theme.Accent, theme.OnAccent
		case c.pressed:
			g = theme.Press
		case c.hovered:
			l = theme.Text
		}
		fill(ground, g, "", 0)
		text.Color, text.TextStyle = theme.Color(l), style()
		paintRing(ring, c.focused)
	}
	layout := func(size fyne.Size) {
		h := theme.HeightFilterChip
		y := (size.Height - h) / 2
		place(ground, 0, y, size.Width, h)
		placeRing(ring, size, h/2)
		setText(text, fit(c.text, theme.TypeCaption, style(), size.Width-12))
		place(text, 0, y, size.Width, h)
	}
	min := func() fyne.Size {
		return fyne.NewSize(width(c.text, 12, style())+20, theme.HeightFilterChip)
	}
	return newRenderer(c, min, layout, paint, ground, ring, text)
}
