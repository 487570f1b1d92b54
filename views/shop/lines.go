package shop

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// lines is a field of several lines, with its label above.
type lines struct {
	fynewidget.Entry
	object fyne.CanvasObject
}

func newLines(label string, rows int, changed func(string)) *lines {
	l := &lines{}
	l.MultiLine, l.Wrapping = true, fyne.TextWrapWord
	l.ExtendBaseWidget(l)
	l.SetMinRowsVisible(rows)
	l.OnChanged = changed
	l.object = layout.Column(theme.Space1, widget.NewText(label, theme.TypeCaption, theme.Text2).Shrinking(), l)
	return l
}

// AcceptsTab leaves Tab to the window: it goes to the next field.
func (l *lines) AcceptsTab() bool { return false }

// TypedKey hands on what a text has no use for.
func (l *lines) TypedKey(ev *fyne.KeyEvent) {
	if !widget.PassOnKey(ev.Name) {
		l.Entry.TypedKey(ev)
	}
}

// set replaces the text without telling anybody.
func (l *lines) set(s string) {
	tell := l.OnChanged
	l.OnChanged = nil
	l.SetText(s)
	l.OnChanged = tell
}
