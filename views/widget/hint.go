package widget

import "fyne.io/fyne/v2"

// Tip names a thing under the pointer, for widgets of other packages: what is cut off in them is read there in full.
type Tip struct{ tip tip }

// Hover is called when the pointer comes and goes; no words show nothing.
func (t *Tip) Hover(owner fyne.CanvasObject, words string, in bool) {
	t.tip.hover(owner, words, in, fyne.Position{})
}
