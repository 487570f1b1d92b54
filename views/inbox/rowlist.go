package inbox

import (
	"unicode"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/widget"
)

// keyTaker hears the keys of a list, and that the keyboard came to it.
type keyTaker interface {
	typed(name fyne.KeyName)
	entered()
}

// rowList is Fyne's list with our rows, whose keyboard is ours: Fyne's knows only Up, Down and Space.
type rowList struct {
	fynewidget.List
	keys    keyTaker
	focused bool
}

func newRowList(length func() int, paint func(int, *widget.ConversationRow), keys keyTaker) *rowList {
	l := &rowList{keys: keys}
	l.Length = length
	l.CreateItem = func() fyne.CanvasObject { return widget.NewConversationRow() }
	l.UpdateItem = func(i fynewidget.ListItemID, o fyne.CanvasObject) {
		if r, ok := o.(*widget.ConversationRow); ok {
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
	l.keys.entered()
	l.Refresh()
}

// FocusLost is called when it leaves.
func (l *rowList) FocusLost() {
	l.focused = false
	l.Refresh()
}

// TypedKey hands keys on.
func (l *rowList) TypedKey(ev *fyne.KeyEvent) {
	if len(ev.Name) != 1 { // letters come as runes
		l.keys.typed(ev.Name)
	}
}

// TypedRune hands letters on.
func (l *rowList) TypedRune(r rune) { l.keys.typed(fyne.KeyName(string(unicode.ToUpper(r)))) }
