package widget

import (
	"strconv"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

// BodyEditor is where the text of a template is written: a bar with WhatsApp's marks, emoji and placeholders, the
// text with its placeholders as chips, and below it what each placeholder is filled with.
type BodyEditor struct {
	fynewidget.BaseWidget
	OnChanged func(text string)
	// OnPlaceholder is told which placeholder was clicked in the strip below.
	OnPlaceholder func(name string)
	// NewPlaceholder gives what the button inserts; without it that is the next number in its braces.
	NewPlaceholder func() string
	// OnResized is called when the editor asks for another height.
	OnResized func()
	// OnUndo and OnRedo take back and do again what the owner remembers; without them the text remembers its own.
	OnUndo, OnRedo func()
	// OnStep is told before a change that is a step by itself, such as a mark that is set or a text that is pasted.
	OnStep func()
	// Count counts a text as the limit does; without it characters are counted.
	Count func(text string) int

	area    *textArea
	limit   int
	tools   []*markButton
	emoji   *Button
	add     *Button
	strip   *bindingStrip
	focused bool
	wrong   bool
}

// NewBodyEditor makes an empty editor for at most limit characters.
func NewBodyEditor(limit int) *BodyEditor {
	e := &BodyEditor{limit: limit, area: newTextArea(5, 12)}
	e.strip = &bindingStrip{owner: e}
	e.strip.ExtendBaseWidget(e.strip)
	tool := func(letter, icon, mark, name string, style fyne.TextStyle) {
		b := &markButton{letter: letter, icon: icon, mark: mark, style: style, hint: name}
		b.onTap = func() { e.keep(func() { e.area.toggle(mark) }) }
		b.onHover = func(in bool, at fyne.Position) { b.tip.hover(b, b.hint, in, at) }
		b.ExtendBaseWidget(b)
		e.tools = append(e.tools, b)
	}
	tool("B", "", "*", lang.X("body.bold", "Bold (Ctrl+B)"), bold)
	tool("I", "", "_", lang.X("body.italic", "Italic (Ctrl+I)"), fyne.TextStyle{Italic: true})
	tool("S", "", "~", lang.X("body.strike", "Struck through (Ctrl+Shift+X)"), fyne.TextStyle{Strikethrough: true})
	tool("", "code", "```", lang.X("body.mono", "Monospace (Ctrl+Shift+M)"), plain)
	e.emoji = NewIconButton("emoji", lang.X("body.emoji", "Emoji"), func() {
		ShowEmoji(e.emoji, func(s string) { e.Insert(s) })
	}).Sized(Small)
	e.add = NewButton(TextOnly, lang.X("body.placeholder", "Placeholder"), "plus", e.AddPlaceholder).Sized(Small)
	e.area.placeholder = lang.X("body.empty", "Write what the customer reads")
	e.area.onChanged = func(text string) {
		e.strip.Refresh()
		e.Refresh()
		if e.OnChanged != nil {
			e.OnChanged(text)
		}
	}
	e.area.onUndo = func(again bool) bool {
		do := e.OnUndo
		if again {
			do = e.OnRedo
		}
		callIf(do)
		return do != nil
	}
	e.area.onStep = func() { callIf(e.OnStep) }
	e.area.onFocus = func(in bool) { e.focused = in; e.Refresh() }
	e.area.onGrown = func() { callIf(e.OnResized) }
	e.area.onMoved = e.lightTools
	e.strip.onGrown = func() { callIf(e.OnResized) }
	e.ExtendBaseWidget(e)
	return e
}

// Text is what is written.
func (e *BodyEditor) Text() string { return e.area.model.text }

// SetText replaces what is written, without calling OnChanged; what the text itself remembers of before is forgotten. While somebody writes in it, the
// cursor goes behind what is new.
func (e *BodyEditor) SetText(s string) {
	e.area.setText(s)
	e.strip.Refresh()
	e.Refresh()
}

// SetLimit changes how many characters there may be; 0 is no limit.
func (e *BodyEditor) SetLimit(n int) {
	e.limit = n
	e.Refresh()
}

// SetBindings says what the placeholders are filled with, by name: "Customer › Name". A placeholder without words
// is marked as open.
func (e *BodyEditor) SetBindings(words map[string]string) {
	e.strip.words, e.strip.arranged = words, false
	e.strip.Refresh()
}

// SetMarks underlines what was found wrong. Marks move with their words until they are set anew.
func (e *BodyEditor) SetMarks(marks []TextMark) {
	e.area.marks = append([]TextMark(nil), marks...)
	e.area.page.draw()
}

// SetWrong draws the frame in danger.
func (e *BodyEditor) SetWrong(wrong bool) {
	if e.wrong != wrong {
		e.wrong = wrong
		e.Refresh()
	}
}

// ReadOnly lets the text be selected and copied, not changed.
func (e *BodyEditor) ReadOnly(on bool) {
	e.area.readOnly = on
	e.area.page.draw()
	for _, b := range e.tools {
		b.set(&b.disabled, on)
	}
	for _, b := range []*Button{e.emoji, e.add} {
		b.set(&b.disabled, on)
	}
}

// Insert types a text where the cursor is.
func (e *BodyEditor) Insert(s string) { e.keep(func() { e.area.insert(s, editOther) }) }

// AddPlaceholder inserts a placeholder where the cursor is.
func (e *BodyEditor) AddPlaceholder() {
	words := nextPlaceholder(e.Text())
	if e.NewPlaceholder != nil {
		words = e.NewPlaceholder()
	}
	if words != "" {
		e.Insert(words)
	}
}

func nextPlaceholder(text string) string {
	next := 1
	for _, p := range template.Placeholders(text) {
		if n, err := strconv.Atoi(p.Name); err == nil && n >= next {
			next = n + 1
		}
	}
	return "{{" + strconv.Itoa(next) + "}}"
}

// ShowRange selects a part of the text, in bytes, and gives the editor the keyboard.
func (e *BodyEditor) ShowRange(from, to int) {
	e.area.show(from, to)
	e.Focus()
}

// Focus puts the cursor into the text.
func (e *BodyEditor) Focus() { focus(e.area.page) }

// Focusable is the part that takes the keyboard, for a window's tab order.
func (e *BodyEditor) Focusable() fyne.Focusable { return e.area.page }

// keep does something to the text and gives the keyboard back to it.
func (e *BodyEditor) keep(do func()) {
	do()
	e.Focus()
}

// lightTools marks the buttons of the marks that the cursor stands in.
func (e *BodyEditor) lightTools() {
	a := e.area
	from, to := a.model.selection()
	ln := a.lines()[a.lineOf(from)]
	var style fyne.TextStyle
	for _, sp := range ln.para.spans {
		if sp.start <= from-ln.at && sp.end > from-ln.at || from == to && sp.end == from-ln.at {
			style = sp.style
		}
	}
	for i, on := range []bool{style.Bold && style != chipStyle, style.Italic, style.Strikethrough, style.Monospace} {
		e.tools[i].set(&e.tools[i].on, on)
	}
}

// count is how many characters there are, and the colour that says how near the limit is.
func (e *BodyEditor) count() (words string, colour fyne.ThemeColorName) {
	n := utf8.RuneCountInString(e.Text())
	if e.Count != nil {
		n = e.Count(e.Text())
	}
	if e.limit == 0 {
		return strconv.Itoa(n), theme.Text2
	}
	colour = theme.Text2
	switch {
	case n > e.limit:
		colour = theme.Danger
	case n > e.limit*9/10:
		colour = theme.Warn
	}
	return strconv.Itoa(n) + " / " + strconv.Itoa(e.limit), colour
}

const bodyBar float32 = 42

// CreateRenderer is for Fyne.
func (e *BodyEditor) CreateRenderer() fyne.WidgetRenderer {
	frame, edge, low, bar, count := newRect(theme.RadiusBox), newRect(0), newRect(0), newRect(0), newText(theme.TypeSmall, plain)
	alert := newGlyph()
	objects := []fyne.CanvasObject{frame, edge, low, bar}
	for _, b := range e.tools { // in the order of Tab
		objects = append(objects, b)
	}
	objects = append(objects, e.emoji, e.add, count, alert.Image, e.area, e.strip)
	paint := func() {
		words, colour := e.count()
		line, stroke := theme.LineStrong, float32(1)
		switch {
		case e.wrong || colour == theme.Danger:
			line, stroke = theme.Danger, 2
		case e.focused:
			line, stroke = theme.Accent, 2
		}
		fill(frame, theme.Field, line, stroke)
		fill(edge, theme.Line, "", 0)
		fill(low, theme.Line, "", 0)
		fill(bar, theme.Line, "", 0)
		style := fyne.TextStyle{Bold: colour != theme.Text2}
		count.Color, count.TextStyle = theme.Color(colour), style
		setText(count, words)
		name := ""
		if colour == theme.Danger {
			name = "alert"
		}
		alert.set(name, theme.Danger)
	}
	layout := func(size fyne.Size) {
		place(frame, 0, 0, size.Width, size.Height)
		x := float32(9)
		for _, b := range e.tools {
			place(b, x, 6, 30, 30)
			x += 34
		}
		place(bar, x+5, 12, 1, 18)
		place(e.emoji, x+13, 6, 30, 30)
		m := e.add.MinSize()
		place(e.add, x+47, 6, m.Width, m.Height)
		cw := width(count.Text, theme.TypeSmall.Size, count.TextStyle)
		place(count, size.Width-16-cw, 12, cw, theme.TypeSmall.Pitch)
		place(alert.Image, size.Width-16-cw-22, 13, 16, 16)
		place(edge, 1, bodyBar-1, size.Width-2, 1)
		sh := e.strip.heightFor(size.Width - 2)
		place(e.area, 1, bodyBar, size.Width-2, size.Height-bodyBar-sh-1)
		show(e.strip, sh > 0)
		show(low, sh > 0)
		place(low, 1, size.Height-sh-1, size.Width-2, 1)
		place(e.strip, 1, size.Height-sh, size.Width-2, sh-1)
	}
	min := func() fyne.Size {
		w := e.Size().Width
		if w == 0 {
			w = 560
		}
		return fyne.NewSize(380, bodyBar+e.area.MinSize().Height+1+e.strip.heightFor(w-2))
	}
	return newRenderer(e, min, layout, paint, objects...)
}

// markButton sets one of WhatsApp's marks, and gives the keyboard back to the text.
type markButton struct {
	control
	letter, icon, mark, hint string
	style                    fyne.TextStyle
	on                       bool
	tip                      tip
}

// AccessibilityLabel names it for a screen reader.
func (b *markButton) AccessibilityLabel() string { return b.hint }

func (b *markButton) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, icon := newRect(theme.RadiusControl), newRect(theme.RadiusControl), newGlyph()
	letter := &canvas.Text{Text: b.letter, TextSize: 15, TextStyle: b.style}
	paint := func() {
		g, c := fyne.ThemeColorName(""), theme.Text
		switch {
		case b.disabled:
			c = theme.Text3
		case b.pressed:
			g = theme.Press
		case b.on:
			g, c = theme.AccentSoft, theme.Accent
		case b.hovered:
			g = theme.Hover
		}
		fill(ground, g, "", 0)
		fill(ring, "", theme.Focus, 2)
		show(ring, b.focused)
		letter.Color = theme.Color(c)
		icon.set(b.icon, c)
	}
	layout := func(size fyne.Size) {
		ground.Resize(size)
		ring.Resize(size)
		w := width(b.letter, letter.TextSize, b.style)
		place(letter, (size.Width-w)/2, 0, w, size.Height)
		place(icon.Image, (size.Width-18)/2, (size.Height-18)/2, 18, 18)
	}
	return newRenderer(b, func() fyne.Size { return fyne.NewSquareSize(30) }, layout, paint, ground, letter, icon.Image, ring)
}
