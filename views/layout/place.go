package layout

import "fyne.io/fyne/v2"

// Place moves and resizes an object in one step. A negative size counts as none.
func Place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(w, 0), max(h, 0)))
}

// SetVisible shows or hides an object, without the refresh that Show and Hide cause when nothing changes.
func SetVisible(o fyne.CanvasObject, on bool) {
	switch {
	case o.Visible() == on:
	case on:
		o.Show()
	default:
		o.Hide()
	}
}
