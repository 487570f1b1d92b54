package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Option is one of the things that can be chosen.
type Option struct {
	Key    string // what the screen calls it
	Label  string // what a person reads
	Detail string // small at the right of the row: a code, a number
	Words  string // other words by which it is found: its name in its own language
	Icon   string // in front of the label, may be empty
}

// Choice is a field that opens a list of options. Beyond six they can be searched by typing. Up, Down, Return and
// Esc work as one expects; a letter typed on the closed field opens it with that letter.
type Choice struct {
	fynewidget.BaseWidget
	OnChosen func(key string)
	// Foot adds a button below the list, such as "Add an account…"; it is asked for each time the list opens.
	Foot func() (words string, do func())

	face    *choiceFace
	options []Option
	chosen  string
	list    *optionList
	pop     *Popover
	least   float32
}

// searchFrom is how many options there must be for a search field.
const searchFrom = 7

// NewChoice makes a choice with nothing chosen. The label stands above it; an empty one takes no room.
func NewChoice(label string, options []Option, chosen func(key string)) *Choice {
	c := &Choice{OnChosen: chosen, options: options}
	c.face = newChoiceFace(label, c.Open)
	c.face.opens = c.openWith
	c.ExtendBaseWidget(c)
	return c
}

// SetOptions replaces what can be chosen; what is chosen stays chosen, also when it is not among them.
func (c *Choice) SetOptions(options []Option) {
	c.options = options
	c.SetChosen(c.chosen)
}

// SetChosen chooses by key without calling OnChosen.
func (c *Choice) SetChosen(key string) {
	c.chosen = key
	words, icon := "", ""
	for _, o := range c.options {
		if o.Key == key {
			words, icon = o.Label, o.Icon
		}
	}
	if words == "" && key != "" {
		words = key
	}
	c.face.setWords(words, icon)
}

// Chosen is the key of what is chosen, empty when nothing is.
func (c *Choice) Chosen() string { return c.chosen }

// SetPlaceholder sets what the field says while nothing is chosen.
func (c *Choice) SetPlaceholder(s string) { c.face.setPlaceholder(s) }

// SetWrong marks the field and says why below it; an empty reason clears the mark.
func (c *Choice) SetWrong(reason string) { c.face.setWrong(reason); c.Refresh() }

// SetHelp shows a line below the field.
func (c *Choice) SetHelp(text string) { c.face.setHelp(text); c.Refresh() }

// Least sets how wide the list is at least, for a narrow field with long names, and returns the choice itself.
func (c *Choice) Least(width float32) *Choice { c.least = width; return c }

// Enable lets it be opened.
func (c *Choice) Enable() { c.face.Enable() }

// Disable greys it.
func (c *Choice) Disable() { c.face.Disable() }

// Disabled tells whether it is greyed.
func (c *Choice) Disabled() bool { return c.face.Disabled() }

// Focus gives it the keyboard.
func (c *Choice) Focus() { focus(c.face) }

// Open shows the list.
func (c *Choice) Open() { c.openWith("") }

func (c *Choice) openWith(query string) {
	if c.pop != nil {
		return
	}
	c.list = newOptionList(c.options, func(o Option) bool { return o.Key == c.chosen }, func(o Option) {
		c.Close()
		if o.Key != c.chosen {
			c.SetChosen(o.Key)
			if c.OnChosen != nil {
				c.OnChosen(o.Key)
			}
		}
	}, c.Close)
	if c.Foot != nil {
		words, do := c.Foot()
		c.list.setFoot(words, func() { c.Close(); callIf(do) })
	}
	c.pop = c.face.open(c.list, c.least, func() { c.pop, c.list = nil, nil })
	c.list.start(c.pop, query)
}

// IsOpen tells whether the list is shown.
func (c *Choice) IsOpen() bool { return c.pop != nil }

// Close hides the list.
func (c *Choice) Close() {
	if c.pop != nil {
		c.pop.Close()
	}
}

// CreateRenderer is for Fyne.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer { return faceRenderer(c, c.face) }

func faceRenderer(owner fyne.Widget, face *choiceFace) fyne.WidgetRenderer {
	return newRenderer(owner, func() fyne.Size { return face.MinSize() },
		func(size fyne.Size) { place(face, 0, 0, size.Width, size.Height) }, func() {}, face)
}

// choiceFace is the closed field.
type choiceFace struct {
	control
	label, words, icon, placeholder, wrong, help string
	showing                                      bool
	opens                                        func(query string)
	anchor                                       *Ground
	cut                                          bool // the words do not fit
	tip                                          tip
}

func newChoiceFace(label string, tapped func()) *choiceFace {
	f := &choiceFace{label: label, anchor: NewGround("", "", 0)}
	f.onTap = func() {
		f.tip.hide()
		tapped()
	}
	f.onHover = func(in bool, at fyne.Position) {
		words := ""
		if f.cut {
			words = f.words
		}
		f.tip.hover(f, words, in, at)
	}
	f.ExtendBaseWidget(f)
	return f
}

func (f *choiceFace) setWords(words, icon string) {
	if f.words != words || f.icon != icon {
		f.words, f.icon = words, icon
		f.Refresh()
	}
}

func (f *choiceFace) setPlaceholder(s string) { f.placeholder = s; f.Refresh() }
func (f *choiceFace) setWrong(s string)       { f.wrong = s; f.Refresh() }
func (f *choiceFace) setHelp(s string)        { f.help = s; f.Refresh() }

// open shows a card at the frame.
func (f *choiceFace) open(content fyne.CanvasObject, least float32, closed func()) *Popover {
	width := fyne.Max(f.Size().Width, fyne.Max(least, 180))
	p := ShowPopover(f.anchor, content, width, func() {
		f.set(&f.showing, false)
		closed()
	})
	f.set(&f.showing, p != nil)
	return p
}

// TypedRune opens the list with what was typed.
func (f *choiceFace) TypedRune(r rune) {
	if !f.disabled && f.opens != nil && r > ' ' {
		f.opens(string(r))
	}
}

// TypedKey opens the list with Down as well.
func (f *choiceFace) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyDown || ev.Name == fyne.KeyUp {
		f.Tapped(nil)
		return
	}
	f.control.TypedKey(ev)
}

// AccessibilityLabel names it for a screen reader.
func (f *choiceFace) AccessibilityLabel() string { return f.label + ": " + f.words }

func (f *choiceFace) top() float32 {
	if f.label == "" {
		return 0
	}
	return theme.TypeCaption.Pitch + theme.Space1
}

func (f *choiceFace) CreateRenderer() fyne.WidgetRenderer {
	frame, label, words, below := newRect(theme.RadiusControl), newText(theme.TypeCaption, plain), newText(theme.TypeBody, plain), newText(theme.TypeCaption, plain)
	icon, arrow := newGlyph(), newGlyph()
	paint := func() {
		ground, edge, stroke, letters := theme.Field, theme.LineStrong, float32(1), theme.Text
		switch {
		case f.disabled:
			ground, edge, letters = theme.Chip, "", theme.Text3
		case f.wrong != "":
			edge, stroke = theme.Danger, 2
		case f.showing || f.focused:
			edge, stroke = theme.Accent, 2
		case f.pressed:
			ground = theme.Press
		case f.hovered:
			ground = theme.Hover
		}
		if f.words == "" {
			letters = theme.Text3
		}
		fill(frame, ground, edge, stroke)
		label.Color, words.Color = theme.Color(theme.Text2), theme.Color(letters)
		below.Color = theme.Color(theme.Text2)
		if f.wrong != "" {
			below.Color = theme.Color(theme.Danger)
		}
		icon.set(f.icon, theme.Text2)
		arrow.set("down", theme.Text2)
	}
	layout := func(size fyne.Size) {
		y, h := f.top(), theme.HeightControl
		setText(label, fit(f.label, theme.TypeCaption, plain, size.Width))
		place(label, 0, 0, size.Width, theme.TypeCaption.Pitch)
		place(frame, 0, y, size.Width, h)
		place(f.anchor, 0, y, size.Width, h)
		x := float32(11)
		if f.icon != "" {
			place(icon.Image, x, y+(h-16)/2, 16, 16)
			x += 24
		}
		place(arrow.Image, size.Width-27, y+(h-16)/2, 16, 16)
		room := size.Width - x - 31
		text := f.words
		if text == "" {
			text = f.placeholder
		}
		shown := fit(cleanLine(text), theme.TypeBody, plain, room+0.5)
		f.cut = shown != cleanLine(text)
		setText(words, drawn(shown))
		place(words, x, y, room, h)
		b := f.wrong
		if b == "" {
			b = f.help
		}
		setText(below, fit(b, theme.TypeCaption, plain, size.Width))
		place(below, 0, y+h+theme.Space1, size.Width, theme.TypeCaption.Pitch)
	}
	min := func() fyne.Size {
		h := f.top() + theme.HeightControl
		if f.wrong != "" || f.help != "" {
			h += theme.Space1 + theme.TypeCaption.Pitch
		}
		return fyne.NewSize(88, h)
	}
	return newRenderer(f, min, layout, paint, label, frame, f.anchor, icon.Image, words, arrow.Image, below)
}
