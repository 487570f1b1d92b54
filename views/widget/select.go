package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Select is Fyne's choice of a few, which hands on the keys it has no use for, so that Esc closes the sheet it stands in.
type Select struct {
	fynewidget.Select
}

// NewSelect makes a choice between options, none of them chosen yet.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained is called when the keyboard arrives.
func (s *Select) FocusGained() {
	s.Select.FocusGained()
	Reveal(s)
}

// TypedKey is called for keys while it has the keyboard.
func (s *Select) TypedKey(ev *fyne.KeyEvent) {
	if !passOnKey(ev.Name) {
		s.Select.TypedKey(ev)
	}
}
