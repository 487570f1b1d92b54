package templates

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// rowList is Fyne's list with our rows, whose keyboard is ours: Fyne's knows only Up, Down and Space.
type rowList struct {
	fynewidget.List
	keys    func(name fyne.KeyName)
	focused bool
}

func newRowList(length func() int, paint func(int, *rowView), keys func(fyne.KeyName)) *rowList {
	l := &rowList{keys: keys}
	l.Length = length
	l.CreateItem = func() fyne.CanvasObject { return newRowView() }
	l.UpdateItem = func(i fynewidget.ListItemID, o fyne.CanvasObject) {
		if r, ok := o.(*rowView); ok {
			paint(i, r)
		}
	}
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
func (l *rowList) TypedKey(ev *fyne.KeyEvent) { l.keys(ev.Name) }

// TypedRune is for Fyne; letters mean nothing here.
func (l *rowList) TypedRune(rune) {}
