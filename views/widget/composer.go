package widget

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"
	"golang.org/x/text/unicode/norm"

	"shopbell/views/theme"
)

// MessageLimit is how many characters a text message may have (Meta: Messages API, text.body).
const MessageLimit = 4096

// Mode is what the composer writes.
type Mode int

// The two modes.
const (
	ModeReply Mode = iota
	ModeNote
)

// Composer is where an answer or a note is written: tabs, a box that grows from one line to eight, and the button
// that sends. Return sends and Shift+Return begins a line, unless NewlineOnEnter turns that round.
type Composer struct {
	fynewidget.BaseWidget
	OnSend    func(mode Mode, text string)
	OnChanged func(mode Mode, text string)
	OnMode    func(mode Mode)
	// OnKey sees Up, Down, Tab, Escape and the like first, for completion and for recalling; true swallows the key.
	OnKey          func(name fyne.KeyName, text string) bool
	NewlineOnEnter bool
	// Instead stands in the place of the box while replies are blocked (nil: the reason stands in the box). It is set before the composer is drawn.
	Instead fyne.CanvasObject
	// OnInstead gives the keyboard to what stands there.
	OnInstead func()

	tabs     *Tabs
	entry    *entry
	bare     *bare
	send     *Button
	left     []*Button
	right    []*Button
	mode     Mode
	focused  bool
	reason   string
	rows     int
	limit    int
	resizing func()
}

// NewComposer makes a composer. The buttons before the text (emoji, attach) and behind it (templates, canned
// replies) are given by the screen. grown is called when its height changes, so that the screen can lay out anew;
// it may be nil.
func NewComposer(before, behind []*Button, grown func()) *Composer {
	c := &Composer{left: before, right: behind, entry: newEntry(true), rows: 1, limit: MessageLimit, resizing: grown}
	c.ExtendBaseWidget(c)
	c.tabs = NewTabs([]Tab{c.replyTab(), {Text: lang.X("composer.note", "Note"), Icon: "note"}}, func(i int) { c.setMode(Mode(i)) })
	c.send = NewButton(Main, "", "send", c.trySend).WithHint(lang.X("composer.send", "Send"))
	c.entry.PlaceHolder = lang.X("composer.placeholder", "Write a message")
	c.entry.Scroll = fyne.ScrollVerticalOnly
	c.entry.SetMinRowsVisible(1)
	c.entry.OnChanged = func(text string) {
		c.grow()
		c.Refresh()
		if c.OnChanged != nil {
			c.OnChanged(c.mode, text)
		}
	}
	c.entry.onFocus = func(in bool) { c.focused = in; c.Refresh() }
	c.entry.onKey = c.key
	c.bare = newBare(c.entry, theme.TypeBody.Size)
	return c
}

func (c *Composer) key(name fyne.KeyName, shift bool) bool {
	if c.OnKey != nil && c.OnKey(name, c.entry.Text) {
		return true
	}
	if name != fyne.KeyReturn && name != fyne.KeyEnter {
		return false
	}
	if shift != c.NewlineOnEnter {
		c.entry.newline()
	} else {
		c.trySend()
	}
	return true
}

func (c *Composer) trySend() {
	// A Vietnamese keyboard on Linux writes the tone behind its letter as a mark of its own; phones and searches know the two as one.
	text := norm.NFC.String(strings.TrimSpace(c.entry.Text))
	if text == "" || c.blocked() || c.over() > 0 || c.OnSend == nil {
		return
	}
	c.OnSend(c.mode, text)
}

func (c *Composer) setMode(m Mode) {
	c.turn(m)
	if c.OnMode != nil {
		c.OnMode(m)
	}
	c.Focus()
}

// Mode is what it writes now.
func (c *Composer) Mode() Mode { return c.mode }

// SetMode changes it without calling OnMode.
func (c *Composer) SetMode(m Mode) {
	c.tabs.SetChosen(int(m))
	c.turn(m)
}

func (c *Composer) turn(m Mode) {
	c.mode = m
	c.entry.readOnly = c.blocked()
	if m == ModeNote {
		c.entry.SetPlaceHolder(lang.X("composer.placeholder_note", "Write a note for your team"))
	} else {
		c.entry.SetPlaceHolder(lang.X("composer.placeholder", "Write a message"))
	}
	c.Refresh()
	if c.Instead != nil && c.reason != "" && c.resizing != nil {
		c.resizing()
	}
}

// Text is what is written.
func (c *Composer) Text() string { return c.entry.Text }

// SetText replaces what is written and puts the cursor behind it.
func (c *Composer) SetText(s string) {
	c.entry.SetText(s)
	lines := strings.Split(s, "\n")
	c.entry.CursorRow = len(lines) - 1
	c.entry.CursorColumn = utf8.RuneCountInString(lines[len(lines)-1])
	c.entry.Refresh()
}

// Insert puts a text where the cursor is, as typing it would.
func (c *Composer) Insert(s string) {
	for _, r := range s {
		if r == '\n' {
			c.entry.newline()
		} else {
			c.entry.TypedRune(r)
		}
	}
}

// Focus puts the cursor into it, unless nothing can be written.
func (c *Composer) Focus() {
	switch {
	case !c.blocked():
		focus(c.entry)
	case c.Instead != nil && c.OnInstead != nil:
		c.OnInstead()
	}
}

// Focused tells whether the cursor is in it.
func (c *Composer) Focused() bool { return c.focused }

// SetReason disables replies and says why (the window is closed); an empty reason enables them. Notes stay possible.
func (c *Composer) SetReason(reason string) {
	if c.reason == reason {
		return
	}
	c.reason = reason
	c.entry.readOnly = c.blocked() // it may have the keyboard while nobody sees it
	if c.Instead != nil {
		c.tabs.SetTab(int(ModeReply), c.replyTab())
	}
	c.Refresh()
	if c.resizing != nil && c.Instead != nil {
		c.resizing()
	}
}

// replyTab is the first tab: what can be written to the customer.
func (c *Composer) replyTab() Tab {
	if c.reason != "" && c.Instead != nil {
		return Tab{Text: lang.X("composer.template", "Template"), Icon: "templates"}
	}
	return Tab{Text: lang.X("composer.reply", "Reply"), Icon: "reply"}
}

// replaced tells whether something else stands in the place of the box.
func (c *Composer) replaced() bool { return c.blocked() && c.Instead != nil }

// Reason is why replies are blocked; "" when they are not.
func (c *Composer) Reason() string { return c.reason }

// over is by how many characters the text is too long; notes have no limit.
func (c *Composer) over() int {
	if c.mode == ModeNote {
		return 0
	}
	return utf8.RuneCountInString(c.entry.Text) - c.limit
}

// grow fits the number of lines to the text, from one to eight.
func (c *Composer) grow() {
	w := c.bare.Size().Width
	rows := 1
	if w > 40 {
		rows = len(breakLines(unstyled(c.entry.Text), theme.TypeBody.Size, w-10))
	}
	rows = min(max(rows, 1), 8)
	if rows == c.rows {
		return
	}
	c.rows = rows
	c.entry.SetMinRowsVisible(rows)
	if c.resizing != nil {
		c.resizing()
	}
}

func (c *Composer) boxHeight() float32 {
	return theme.HeightComposer + float32(c.rows-1)*19.5
}

func (c *Composer) blocked() bool { return c.reason != "" && c.mode == ModeReply }

// hint is the line at the end of the tabs: why nothing can be sent, how near the limit is, or what Return does.
func (c *Composer) hint() (string, fyne.ThemeColorName) {
	switch over := c.over(); {
	case c.blocked():
		return "", theme.Text2
	case over > 0:
		return lang.X("composer.over", "{{.n}} characters too many", map[string]string{"n": strconv.Itoa(over)}), theme.Danger
	case c.mode == ModeReply && over > -200:
		return lang.X("composer.left", "{{.n}} characters left", map[string]string{"n": strconv.Itoa(-over)}), theme.Warn
	case c.NewlineOnEnter:
		return lang.X("composer.hint_swapped", "Shift+Enter sends · Enter new line"), theme.Text2
	default:
		return lang.X("composer.hint", "Enter sends · Shift+Enter new line"), theme.Text2
	}
}

// CreateRenderer is for Fyne.
func (c *Composer) CreateRenderer() fyne.WidgetRenderer {
	ground, edge, frame := newRect(0), newRect(0), newRect(theme.RadiusBox)
	beside := newPad(c.Focus) // a click beside the tabs is one into the text, too: it neither chooses nor takes the keyboard away
	hint, why, lock := newText(theme.TypeSmall, plain), newText(theme.TypeBody, plain), newGlyph()
	around := newPad(c.Focus)
	objects := []fyne.CanvasObject{ground, beside, edge, c.tabs, hint, frame, around, c.bare, lock.Image, why, c.send}
	for _, b := range append(append([]*Button{}, c.left...), c.right...) {
		objects = append(objects, b)
	}
	if c.Instead != nil {
		objects = append(objects, c.Instead)
	}
	paint := func() {
		fill(ground, theme.Pane, "", 0)
		fill(edge, theme.Line, "", 0)
		g, e, stroke := theme.Field, theme.LineStrong, float32(1)
		if c.mode == ModeNote {
			g, e = theme.Note, theme.NoteLine
		}
		blocked := c.blocked()
		switch {
		case blocked:
			g, e = theme.Chip, ""
		case c.over() > 0:
			e, stroke = theme.Danger, 2
		case c.focused:
			e, stroke = theme.Accent, 2
		}
		fill(frame, g, e, stroke)
		text, colour := c.hint()
		hint.Text, hint.Color = text, theme.Color(colour)
		why.Color = theme.Color(theme.Text2)
		icon := ""
		if blocked {
			icon = "lock"
		}
		lock.set(icon, theme.Text2)
		replaced := c.replaced()
		if c.Instead != nil {
			show(c.Instead, replaced)
		}
		if replaced {
			lock.set("", theme.Text2)
		}
		show(beside, !blocked)
		show(frame, !replaced)
		show(c.send, !replaced)
		show(why, blocked && !replaced)
		show(c.bare, !blocked)
		show(around, !blocked)
		for _, b := range append(append([]*Button{}, c.left...), c.right...) {
			show(b, c.mode == ModeReply && !replaced)
		}
		if can := !blocked && c.over() <= 0 && strings.TrimSpace(c.entry.Text) != ""; can == c.send.Disabled() {
			if can {
				c.send.Enable()
			} else {
				c.send.Disable()
			}
		}
	}
	var layout func(size fyne.Size)
	layout = func(size fyne.Size) {
		ground.Resize(size)
		place(beside, 0, 1, size.Width, 1+theme.HeightTab)
		place(edge, 0, 0, size.Width, 1)
		column := fyne.Min(size.Width-24, theme.WidthThreadColumn)
		x := (size.Width - column) / 2
		m := c.tabs.MinSize()
		place(c.tabs, x+4, 2, m.Width, m.Height)
		hw := width(hint.Text, theme.TypeSmall.Size, plain)
		show(hint, hint.Text != "" && hw < column-m.Width-20)
		place(hint, x+column-hw, 11, hw, theme.TypeSmall.Pitch)
		if c.replaced() {
			place(c.Instead, x, 2+m.Height, column, size.Height-2-m.Height)
			return
		}
		y, h := 2+m.Height, c.boxHeight()
		place(frame, x, y, column, h)
		place(around, x, y, column, h)
		bx, by, end := x+5, y+h-41, x+column-7
		place(c.send, end-40, y+h-40, 40, 34)
		end -= 40 + 4
		if c.mode == ModeReply {
			for _, b := range c.left {
				place(b, bx, by, 36, 36)
				bx += 34
			}
			for i := len(c.right) - 1; i >= 0; i-- {
				end -= 36
				place(c.right[i], end, by, 36, 36)
			}
		}
		place(c.bare, bx+4, y+5, end-bx-6, h-10)
		place(lock.Image, bx+6, y+h-32, 18, 18)
		setText(why, fit(c.reason, theme.TypeBody, plain, end-bx-34))
		place(why, bx+32, y+h-33, end-bx-32, 20)
		rows := c.rows
		c.grow()
		if c.rows != rows { // another width, another number of lines
			layout(size)
		}
	}
	min := func() fyne.Size {
		if c.replaced() {
			return fyne.NewSize(320, 2+theme.HeightTab+c.Instead.MinSize().Height)
		}
		return fyne.NewSize(320, 2+theme.HeightTab+c.boxHeight()+theme.Space3)
	}
	return newRenderer(c, min, layout, paint, objects...)
}
