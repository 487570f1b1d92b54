package templates

import (
	"fyne.io/fyne/v2"

	"shopbell/views/widget"
)

func newRowList(length func() int, paint func(int, *rowView), keys func(fyne.KeyName)) *widget.KeyList {
	return widget.NewKeyList(length, func() fyne.CanvasObject { return newRowView() }, func(i int, o fyne.CanvasObject) {
		if r, ok := o.(*rowView); ok {
			paint(i, r)
		}
	}, keys)
}

// passOn hands on a key that a list has no use for.
func passOn(name fyne.KeyName) { widget.PassOnKey(name) }
