package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// KeyList is Fyne's list whose keyboard is its owner's: Fyne's knows only Up, Down and Space. The rows show where the keyboard is.
type KeyList struct {
	fynewidget.List
	OnKey  func(name fyne.KeyName)
	typing bool
}

// NewKeyList makes a list of rows of one kind.
func NewKeyList(length func() int, row func() fyne.CanvasObject, paint func(i int, o fyne.CanvasObject), keys func(fyne.KeyName)) *KeyList {
	l := &KeyList{OnKey: keys}
	l.Length, l.CreateItem, l.UpdateItem = length, row, paint
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// Focused tells whether the keyboard is here.
func (l *KeyList) Focused() bool { return l.typing }

// FocusGained is called when the keyboard arrives.
func (l *KeyList) FocusGained() {
	l.typing = true
	l.Refresh()
}

// FocusLost is called when it leaves.
func (l *KeyList) FocusLost() {
	l.typing = false
	l.Refresh()
}

// TypedKey hands keys on.
func (l *KeyList) TypedKey(ev *fyne.KeyEvent) {
	if l.OnKey != nil {
		l.OnKey(ev.Name)
	}
}

// TypedRune is for Fyne; letters mean nothing here.
func (l *KeyList) TypedRune(rune) {}

// Stepped is where a key moves a cursor in a list of n rows, a page being so many; ok is false for a key that moves nothing.
func Stepped(name fyne.KeyName, at, n, page int) (to int, ok bool) {
	switch name {
	case fyne.KeyUp:
		to = at - 1
	case fyne.KeyDown:
		to = at + 1
	case fyne.KeyPageUp:
		to = at - page
	case fyne.KeyPageDown:
		to = at + page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = n - 1
	default:
		return at, false
	}
	return min(max(to, 0), max(n-1, 0)), true
}
