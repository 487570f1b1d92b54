package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Field is one line of input: a label above, a frame that shows its state, and a line below that says what is
// wrong or helps.
type Field struct {
	fynewidget.BaseWidget
	OnChanged   func(text string)
	OnSubmitted func(text string)
	// OnKey sees every key first and swallows it by returning true.
	OnKey func(name fyne.KeyName) bool

	label   string
	entry   *entry
	bare    *bare
	side    fyne.CanvasObject
	reveal  *Button
	wrong   string
	missing bool
	help    string
	tone    Tone
	icon    string
	colour  fyne.ThemeColorName
	focused bool
	hovered bool
	mono    bool
}

// NewField makes a field; an empty label takes no room.
func NewField(label, placeholder string) *Field {
	f := &Field{label: label, entry: newEntry(false)}
	f.ExtendBaseWidget(f)
	f.entry.PlaceHolder = placeholder
	f.entry.OnChanged = func(s string) {
		if f.OnChanged != nil {
			f.OnChanged(s)
		}
	}
	f.entry.OnSubmitted = func(s string) {
		if f.OnSubmitted != nil {
			f.OnSubmitted(s)
		}
	}
	f.entry.onKey = func(name fyne.KeyName, _ bool) bool { return f.OnKey != nil && f.OnKey(name) }
	f.entry.onFocus = func(in bool) { f.focused = in; f.Refresh() }
	f.entry.onHover = func(in bool) { f.hovered = in; f.Refresh() }
	f.bare = newBare(f.entry, theme.TypeBody.Size)
	return f
}

// NewPasswordField makes a field whose text is shown as dots until the eye is pressed.
func NewPasswordField(label, placeholder string) *Field {
	f := NewField(label, placeholder)
	f.reveal = NewIconButton("eye", lang.X("field.reveal", "Show what is written"), func() { f.SetRevealed(f.entry.Password) }).Sized(Small)
	f.entry.Password = true
	// Fyne adds its own eye to a password entry unless something else is there.
	f.entry.ActionItem = &fynewidget.Separator{}
	f.entry.ActionItem.Hide()
	return f
}

// SetRevealed shows the text of a password field, or dots.
func (f *Field) SetRevealed(on bool) {
	f.entry.Password = !on
	if f.reveal != nil {
		f.reveal.SetOn(on)
		hint := lang.X("field.reveal", "Show what is written")
		if on {
			hint = lang.X("field.conceal", "Show dots again")
		}
		f.reveal.WithHint(hint)
	}
	f.entry.Refresh()
}

// WithoutEye takes the eye off a password field, where one choice reveals several fields, and returns the field itself.
func (f *Field) WithoutEye() *Field { f.reveal = nil; return f }

// Mono shows the text in monospace, for ids and keys, and returns the field itself.
func (f *Field) Mono() *Field {
	f.mono = true
	f.entry.TextStyle = fyne.TextStyle{Monospace: true}
	f.bare = newBare(f.entry, theme.TypeMono.Size)
	return f
}

// ReadOnly lets the text be selected and copied, not changed, and returns the field itself.
func (f *Field) ReadOnly() *Field { f.entry.readOnly = true; return f }

// With puts something to the right of the frame, such as a Paste or Copy button, and returns the field itself.
func (f *Field) With(side fyne.CanvasObject) *Field { f.side = side; return f }

// Text is what stands in it.
func (f *Field) Text() string { return f.entry.Text }

// SetText replaces what stands in it.
func (f *Field) SetText(s string) { f.entry.SetText(s) }

// SelectAll selects what stands in it, so that typing replaces it.
func (f *Field) SelectAll() { f.entry.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// SetPlaceholder replaces the words shown while it is empty.
func (f *Field) SetPlaceholder(s string) { f.entry.SetPlaceHolder(s) }

// SetWrong marks the field and says why below it; an empty reason clears the mark.
func (f *Field) SetWrong(reason string) {
	if f.wrong != reason {
		f.wrong = reason
		f.Refresh()
	}
}

// SetMissing marks the field as one that must be filled in, without a line below; whoever shows it says why elsewhere.
func (f *Field) SetMissing(on bool) {
	if f.missing != on {
		f.missing = on
		f.Refresh()
	}
}

// Wrong is the reason given to SetWrong.
func (f *Field) Wrong() string { return f.wrong }

// SetHelp shows a line below the field; the tone colours it (Ok for something found, Quiet for advice).
func (f *Field) SetHelp(text string, tone Tone) {
	if f.help != text || f.tone != tone {
		f.help, f.tone = text, tone
		f.Refresh()
	}
}

// SetIcon shows an icon at the end of the frame: a check, a clock. An empty name shows none.
func (f *Field) SetIcon(name string, colour fyne.ThemeColorName) {
	if f.icon != name || f.colour != colour {
		f.icon, f.colour = name, colour
		f.Refresh()
	}
}

// Enable lets it be edited.
func (f *Field) Enable() { f.entry.Enable(); f.Refresh() }

// Disable greys it.
func (f *Field) Disable() { f.entry.Disable(); f.Refresh() }

// Disabled tells whether it is greyed.
func (f *Field) Disabled() bool { return f.entry.Disabled() }

// Focus puts the cursor into it.
func (f *Field) Focus() { focus(f.entry) }

// Focusable is the part that takes the keyboard, for a window's tab order.
func (f *Field) Focusable() fyne.Focusable { return f.entry }

func (f *Field) below() (string, fyne.ThemeColorName) {
	if f.wrong != "" {
		return f.wrong, theme.Danger
	}
	_, c := f.tone.soft()
	if f.tone == Quiet {
		c = theme.Text2
	}
	return f.help, c
}

// CreateRenderer is for Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	frame := newRect(theme.RadiusControl)
	label, below := newText(theme.TypeCaption, plain), newText(theme.TypeCaption, plain)
	icon, around := newGlyph(), newPad(func() { f.bare.Tapped(nil) })
	objects := []fyne.CanvasObject{label, frame, around, f.bare, icon.Image, below}
	if f.reveal != nil {
		objects = append(objects, f.reveal)
	}
	if f.side != nil {
		objects = append(objects, f.side)
	}
	paint := func() {
		ground, edge, stroke := theme.Field, theme.LineStrong, float32(1)
		switch {
		case f.entry.Disabled():
			ground, edge = theme.Chip, ""
		case f.wrong != "", f.missing:
			edge, stroke = theme.Danger, 2
		case f.focused:
			edge, stroke = theme.Accent, 2
		case f.entry.readOnly:
			ground, edge = theme.Pane, theme.Line
		}
		fill(frame, ground, edge, stroke)
		show(around, !f.entry.Disabled())
		label.Color = theme.Color(theme.Text2)
		_, c := f.below()
		below.Color = theme.Color(c)
		name, colour := f.icon, f.colour
		if f.wrong != "" {
			name, colour = "alert", theme.Danger
		}
		icon.set(name, colour)
	}
	top := func() float32 {
		if f.label == "" {
			return 0
		}
		return theme.TypeCaption.Pitch + theme.Space1
	}
	layout := func(size fyne.Size) {
		y, w := top(), size.Width
		setText(label, fit(f.label, theme.TypeCaption, plain, size.Width))
		place(label, 0, 0, size.Width, theme.TypeCaption.Pitch)
		if f.side != nil {
			sw := f.side.MinSize().Width
			place(f.side, size.Width-sw, y, sw, theme.HeightControl)
			w -= sw + theme.Space2
		}
		place(frame, 0, y, w, theme.HeightControl)
		place(around, 0, y, w, theme.HeightControl)
		inner := w - 4
		if f.reveal != nil {
			inner -= 32
			place(f.reveal, inner+3, y+3, 30, 30)
		}
		if icon.Visible() {
			inner -= 28
			place(icon.Image, inner+4, y+(theme.HeightControl-18)/2, 18, 18)
		}
		place(f.bare, 6, y+2, inner-10, theme.HeightControl-4)
		text, _ := f.below()
		setText(below, fit(text, theme.TypeCaption, plain, size.Width))
		place(below, 0, y+theme.HeightControl+theme.Space1, size.Width, theme.TypeCaption.Pitch)
	}
	min := func() fyne.Size {
		h := top() + theme.HeightControl
		if text, _ := f.below(); text != "" {
			h += theme.Space1 + theme.TypeCaption.Pitch
		}
		w := float32(120)
		if f.side != nil {
			w += f.side.MinSize().Width + theme.Space2
		}
		return fyne.NewSize(w, h)
	}
	return newRenderer(f, min, layout, paint, objects...)
}

// SearchField is a field with a looking glass, a hint for its shortcut, and a cross that empties it; so does Esc.
type SearchField struct {
	fynewidget.BaseWidget
	OnChanged   func(text string)
	OnSubmitted func(text string)
	// OnKey sees Up, Down and the like first, so that a list below can be walked while typing.
	OnKey func(name fyne.KeyName) bool

	entry   *entry
	bare    *bare
	hint    string
	clear   *Button
	focused bool
}

// NewSearchField makes a search field; hint is a shortcut such as "Ctrl K", or empty.
func NewSearchField(placeholder, hint string) *SearchField {
	s := &SearchField{hint: hint, entry: newEntry(false)}
	s.ExtendBaseWidget(s)
	s.clear = NewIconButton("x", lang.X("field.clear", "Empty it (Esc)"), func() { s.SetText("") }).Sized(Small)
	s.entry.PlaceHolder = placeholder
	s.entry.OnChanged = func(text string) {
		s.Refresh()
		if s.OnChanged != nil {
			s.OnChanged(text)
		}
	}
	s.entry.OnSubmitted = func(text string) {
		if s.OnSubmitted != nil {
			s.OnSubmitted(text)
		}
	}
	s.entry.onFocus = func(in bool) { s.focused = in; s.Refresh() }
	s.entry.onKey = func(name fyne.KeyName, _ bool) bool {
		if name == fyne.KeyEscape && s.entry.Text != "" {
			s.SetText("")
			return true
		}
		return s.OnKey != nil && s.OnKey(name)
	}
	s.bare = newBare(s.entry, theme.TypeBody.Size)
	return s
}

// Text is what is searched for.
func (s *SearchField) Text() string { return s.entry.Text }

// SetText replaces it.
func (s *SearchField) SetText(text string) { s.entry.SetText(text) }

// Focus puts the cursor into it.
func (s *SearchField) Focus() { focus(s.entry) }

// CreateRenderer is for Fyne.
func (s *SearchField) CreateRenderer() fyne.WidgetRenderer {
	frame, icon, hint := newRect(theme.RadiusControl), newGlyph(), newText(theme.TypeCaption, plain)
	around := newPad(s.Focus)
	paint := func() {
		if s.focused {
			fill(frame, theme.Field, theme.Accent, 2)
		} else {
			fill(frame, theme.Field, theme.LineBtn, 1)
		}
		icon.set("search", theme.Text3)
		hint.Text, hint.Color = s.hint, theme.Color(theme.Text3)
		empty := s.entry.Text == ""
		show(hint, empty)
		show(s.clear, !empty)
	}
	layout := func(size fyne.Size) {
		h := theme.HeightControl
		place(frame, 0, 0, size.Width, h)
		place(around, 0, 0, size.Width, h)
		place(icon.Image, 11, (h-18)/2, 18, 18)
		hw := width(s.hint, theme.TypeCaption.Size, plain)
		place(hint, size.Width-hw-11, (h-16)/2, hw, 16)
		place(s.clear, size.Width-33, 3, 30, 30)
		end := size.Width - fyne.Max(hw+14, 34)
		place(s.bare, 30, 2, end-30, h-4)
	}
	min := func() fyne.Size { return fyne.NewSize(140, theme.HeightControl) }
	return newRenderer(s, min, layout, paint, frame, around, icon.Image, s.bare, hint, s.clear)
}
