package templates

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/widget"
)

// rowList is Fyne's list whose keyboard is ours: Fyne's knows only Up, Down and Space.
type rowList struct {
	fynewidget.List
	keys    func(name fyne.KeyName)
	focused bool
}

func newRowList(length func() int, paint func(int, *rowView), keys func(fyne.KeyName)) *rowList {
	return newKeyList(length, func() fyne.CanvasObject { return newRowView() }, func(i int, o fyne.CanvasObject) {
		if r, ok := o.(*rowView); ok {
			paint(i, r)
		}
	}, keys)
}

// newKeyList makes a list of rows of any kind. Whoever paints them shows where the keyboard is.
func newKeyList(length func() int, row func() fyne.CanvasObject, paint func(int, fyne.CanvasObject), keys func(fyne.KeyName)) *rowList {
	l := &rowList{keys: keys}
	l.Length, l.CreateItem, l.UpdateItem = length, row, paint
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// FocusGained is called when the keyboard arrives.
func (l *rowList) FocusGained() {
	l.focused = true
	l.Refresh()
}

// FocusLost is called when it leaves.
func (l *rowList) FocusLost() {
	l.focused = false
	l.Refresh()
}

// TypedKey hands keys on.
func (l *rowList) TypedKey(ev *fyne.KeyEvent) {
	if l.keys != nil {
		l.keys(ev.Name)
	}
}

// TypedRune is for Fyne; letters mean nothing here.
func (l *rowList) TypedRune(rune) {}

// stepped is where a key moves a cursor in a list of n rows, a page being so many; ok is false for a key that moves nothing.
func stepped(name fyne.KeyName, at, n, page int) (to int, ok bool) {
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

// passOn hands on a key that a list has no use for.
func passOn(name fyne.KeyName) { widget.PassOnKey(name) }
