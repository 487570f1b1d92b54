package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/views/theme"
)

// ButtonKind is how much a button asks to be pressed.
type ButtonKind int

// The kinds. One Main button a surface.
const (
	Plain    ButtonKind = iota // edge, quiet ground
	Main                       // the accent
	Danger                     // destroys something
	TextOnly                   // accent words, no ground at rest
	IconOnly                   // an icon, no ground at rest
)

// ButtonSize is how high a button is.
type ButtonSize int

// The sizes: 36, 30 and 40 high.
const (
	Normal ButtonSize = iota
	Small
	Big
)

// Button is pressed by pointer, Space or Return.
type Button struct {
	control

	text, icon string
	iconAfter  string
	kind       ButtonKind
	size       ButtonSize
	on         bool
	busy       string
	busyWidth  float32
	hint       string
	tip        tip
}

// NewButton makes a button; an empty text makes it square, an empty icon shows none.
func NewButton(kind ButtonKind, text, icon string, tapped func()) *Button {
	b := &Button{text: text, icon: icon, kind: kind}
	b.ExtendBaseWidget(b)
	b.onTap = func() {
		if b.busy == "" && tapped != nil {
			tapped()
		}
	}
	b.onHover = func(in bool, at fyne.Position) { b.tip.hover(b, b.hint, in, at) }
	return b
}

// NewIconButton makes a square button that names itself on hover.
func NewIconButton(icon, name string, tapped func()) *Button {
	return NewButton(IconOnly, "", icon, tapped).WithHint(name)
}

// FocusGained is called when the keyboard arrives: a button without words names itself.
func (b *Button) FocusGained() {
	b.control.FocusGained()
	if b.text == "" {
		b.tip.hover(b, b.hint, true, fyne.Position{})
	}
}

// FocusLost is called when the keyboard leaves.
func (b *Button) FocusLost() {
	b.control.FocusLost()
	b.tip.hide()
}

// Sized sets the height and returns the button itself.
func (b *Button) Sized(s ButtonSize) *Button { b.size = s; return b }

// WithHint sets what it says on hover: its name, or why it is disabled. The reason must be readable elsewhere too.
func (b *Button) WithHint(hint string) *Button { b.hint = hint; return b }

// WithArrow shows an icon behind the text, as a button that opens a menu has it.
func (b *Button) WithArrow(icon string) *Button { b.iconAfter = icon; return b }

// Text is what it says.
func (b *Button) Text() string { return b.text }

// Hide takes it away, with its name.
func (b *Button) Hide() {
	b.tip.hide()
	b.control.Hide()
}

// Main tells whether it is the one that goes on with what the page is for.
func (b *Button) Main() bool { return b.kind == Main }

// SetText changes what it says.
func (b *Button) SetText(s string) {
	if b.text != s {
		b.text = s
		b.Refresh()
	}
}

// SetIcon changes its icon.
func (b *Button) SetIcon(name string) {
	if b.icon != name {
		b.icon = name
		b.Refresh()
	}
}

// SetOn marks a button that switches something which is on now.
func (b *Button) SetOn(on bool) { b.set(&b.on, on) }

// SetBusy shows the clock and the words for what is under way, keeping at least the width it has; it ignores
// presses until SetIdle.
func (b *Button) SetBusy(words string) {
	if b.busy == words {
		return
	}
	if b.busy == "" {
		b.busyWidth = b.Size().Width
	}
	b.busy = words
	b.Refresh()
}

// SetIdle ends SetBusy.
func (b *Button) SetIdle() {
	if b.busy != "" {
		b.busy, b.busyWidth = "", 0
		b.Refresh()
	}
}

// DisableFor disables it and says why on hover.
func (b *Button) DisableFor(reason string) {
	b.hint = reason
	b.Disable()
}

// AccessibilityLabel names it for a screen reader.
func (b *Button) AccessibilityLabel() string {
	if b.text == "" {
		return b.hint
	}
	return b.text
}

type buttonMetrics struct {
	height, pad, icon, gap float32
	typ                    theme.Type
}

func (b *Button) metrics() buttonMetrics {
	switch b.size {
	case Small:
		return buttonMetrics{theme.HeightSmallButton, 12, 15, 6, theme.TypeSmall}
	case Big:
		return buttonMetrics{theme.HeightBigButton, 18, 18, 8, theme.TypeBody}
	default:
		return buttonMetrics{theme.HeightControl, 15, 16, 8, theme.TypeBody}
	}
}

func (b *Button) words() (text, icon string) {
	if b.busy != "" {
		return b.busy, "clock"
	}
	return b.text, b.icon
}

func (b *Button) style() fyne.TextStyle {
	if (b.kind == Main && !b.disabled) || b.kind == TextOnly {
		return bold
	}
	return plain
}

// colours gives ground, edge and letters for the state it is in.
func (b *Button) colours() (ground, edge, letters fyne.ThemeColorName) {
	if b.disabled {
		if b.kind == TextOnly || b.kind == IconOnly {
			return "", "", theme.Text3
		}
		return theme.Chip, "", theme.Text3
	}
	hovered := b.hovered && b.busy == ""
	pressed := b.pressed && b.busy == ""
	switch b.kind {
	case Main:
		ground, letters = theme.Accent, theme.OnAccent
		if pressed {
			ground = theme.AccentPress
		} else if hovered {
			ground = theme.AccentHover
		}
		return ground, "", letters
	case Danger:
		ground, edge, letters = theme.Raised, theme.Danger, theme.Danger
		if pressed || hovered {
			ground = theme.DangerSoft
		}
		return ground, edge, letters
	case TextOnly:
		letters = theme.Accent
	case IconOnly:
		letters = theme.Text2
		if b.on {
			ground, letters = theme.AccentSoft, theme.Accent
		}
	default:
		ground, edge, letters = theme.Raised, theme.LineBtn, theme.Text
		if b.on {
			ground, edge, letters = theme.AccentSoft, theme.Accent, theme.Accent
		}
	}
	if pressed {
		ground = theme.Press
	} else if hovered {
		ground = theme.Hover
	}
	return ground, edge, letters
}

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := newRect(theme.RadiusControl), newRect(0)
	label := newText(theme.TypeBody, plain)
	icon, after := newGlyph(), newGlyph()
	paint := func() {
		_, name := b.words()
		g, e, l := b.colours()
		fill(ground, g, e, 1)
		paintRing(ring, b.focused && !b.disabled)
		m := b.metrics()
		label.TextSize, label.TextStyle, label.Color = m.typ.Size, b.style(), theme.Color(l)
		icon.set(name, l)
		after.set(b.iconAfter, l)
	}
	min := func() fyne.Size {
		m := b.metrics()
		text, name := b.words()
		if text == "" {
			return fyne.NewSquareSize(m.height)
		}
		w := 2*m.pad + width(text, m.typ.Size, b.style())
		if name != "" {
			w += m.icon + m.gap
		}
		if b.iconAfter != "" {
			w += m.icon + m.gap
		}
		return fyne.NewSize(fyne.Max(w, b.busyWidth), m.height)
	}
	layout := func(size fyne.Size) {
		b.layout(size, ground, ring, label, icon, after)
	}
	return newRenderer(b, min, layout, paint, ground, ring, icon.Image, label, after.Image)
}

func (b *Button) layout(size fyne.Size, ground, ring *canvas.Rectangle, label *canvas.Text, icon, after *glyph) {
	m := b.metrics()
	text, name := b.words()
	ground.Resize(size)
	placeRing(ring, size, theme.RadiusControl)
	if text == "" {
		side := float32(20)
		if b.size == Small {
			side = 16
		}
		setText(label, "")
		place(icon.Image, (size.Width-side)/2, (size.Height-side)/2, side, side)
		return
	}
	room := size.Width - 2*m.pad
	if name != "" {
		room -= m.icon + m.gap
	}
	if b.iconAfter != "" {
		room -= m.icon + m.gap
	}
	// Half a pixel of grace, so that rounding on the screen does not cost a letter.
	shown := fit(text, m.typ, b.style(), room+0.5)
	setText(label, shown)
	w := width(shown, m.typ.Size, b.style())
	x := m.pad + fyne.Max(0, (room-w)/2)
	if name != "" {
		place(icon.Image, x, (size.Height-m.icon)/2, m.icon, m.icon)
		x += m.icon + m.gap
	}
	place(label, x, (size.Height-m.typ.Pitch)/2, w, m.typ.Pitch)
	if b.iconAfter != "" {
		place(after.Image, x+w+m.gap, (size.Height-m.icon)/2, m.icon, m.icon)
	}
}
