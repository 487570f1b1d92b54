package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// TextBox is a field of several lines that grows with what is written, with a label above.
type TextBox struct {
	fynewidget.BaseWidget
	OnChanged func(text string)
	OnResized func() // the height it asks for is another

	label   string
	area    *textArea
	focused bool
	wrong   string
}

// NewTextBox makes a field of so many lines at least and at most.
func NewTextBox(label string, least, most int) *TextBox {
	b := &TextBox{label: label, area: newTextArea(least, most)}
	b.area.onChanged = func(s string) {
		if b.OnChanged != nil {
			b.OnChanged(s)
		}
	}
	b.area.onFocus = func(in bool) { b.focused = in; b.Refresh() }
	b.area.onGrown = func() { callIf(b.OnResized) }
	b.ExtendBaseWidget(b)
	return b
}

// Text is what is written.
func (b *TextBox) Text() string { return b.area.model.text }

// SetText replaces what is written, without calling OnChanged.
func (b *TextBox) SetText(s string) { b.area.setText(s) }

// SetWrong marks it and says why below; an empty reason clears the mark.
func (b *TextBox) SetWrong(reason string) {
	if b.wrong != reason {
		b.wrong = reason
		b.Refresh()
	}
}

// Focus puts the cursor into it.
func (b *TextBox) Focus() { focus(b.area.page) }

// CreateRenderer is for Fyne.
func (b *TextBox) CreateRenderer() fyne.WidgetRenderer {
	frame, label, below := newRect(theme.RadiusControl), newText(theme.TypeCaption, plain), newText(theme.TypeCaption, plain)
	paint := func() {
		edge, stroke := theme.LineStrong, float32(1)
		switch {
		case b.wrong != "":
			edge, stroke = theme.Danger, 2
		case b.focused:
			edge, stroke = theme.Accent, 2
		}
		fill(frame, theme.Field, edge, stroke)
		label.Color, below.Color = theme.Color(theme.Text2), theme.Color(theme.Danger)
	}
	top := theme.TypeCaption.Pitch + theme.Space1
	foot := func() float32 {
		if b.wrong == "" {
			return 0
		}
		return theme.Space1 + theme.TypeCaption.Pitch
	}
	layout := func(size fyne.Size) {
		setText(label, fit(b.label, theme.TypeCaption, plain, size.Width))
		place(label, 0, 0, size.Width, theme.TypeCaption.Pitch)
		h := size.Height - top - foot()
		place(frame, 0, top, size.Width, h)
		place(b.area, 1, top+1, size.Width-2, h-2)
		setText(below, fit(b.wrong, theme.TypeCaption, plain, size.Width))
		place(below, 0, size.Height-theme.TypeCaption.Pitch, size.Width, theme.TypeCaption.Pitch)
	}
	min := func() fyne.Size {
		return fyne.NewSize(200, top+b.area.MinSize().Height+foot()+2)
	}
	return newRenderer(b, min, layout, paint, label, frame, b.area, below)
}
