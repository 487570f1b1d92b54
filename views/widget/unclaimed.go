package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Unclaimed hears the shortcuts, the function keys and Esc, which a text field or a button has no use for. Fyne gives them to the field that has the focus and to nobody
// else, unless they stand on a menu item, and a menu item has room for one. The window sets it; it runs on the UI goroutine.
var Unclaimed struct {
	Shortcut func(s fyne.Shortcut)
	Key      func(name fyne.KeyName)
}

// passOn hands on a shortcut that is none of the clipboard's. The field may know it too, such as a step by words.
func passOn(s fyne.Shortcut) {
	if _, own := s.(*desktop.CustomShortcut); own && Unclaimed.Shortcut != nil {
		Unclaimed.Shortcut(s)
	}
}

// PassOnKey is for things with the keyboard that are not of this package: it hands on what they have no use for.
func PassOnKey(name fyne.KeyName) bool { return passOnKey(name) }

// passOnKey hands on a function key or Esc and tells whether it did. Esc closes a popover first.
func passOnKey(name fyne.KeyName) bool {
	if name == fyne.KeyEscape && escapePopover() {
		return true
	}
	if Unclaimed.Key == nil || name != fyne.KeyEscape && (len(name) < 2 || name[0] != 'F') {
		return false
	}
	Unclaimed.Key(name)
	return true
}
