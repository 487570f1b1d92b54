package outbox

import (
	"fyne.io/fyne/v2"

	"shopbell/views/layout"
	"shopbell/views/theme"
)

// named puts a name and the words about it beside each other. The name has a part of the width, so that the words of all rows begin in one line.
type named struct {
	part        float32
	least, most float32
}

func newNamed(part, least, most float32, name, words fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: named{part, least, most}, Objects: []fyne.CanvasObject{name, words}}
}

// MinSize is for Fyne.
func (n named) MinSize(objects []fyne.CanvasObject) fyne.Size {
	name, words := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(n.least+theme.Space3+words.Width, max(name.Height, words.Height))
}

// Layout is for Fyne.
func (n named) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(n.most, max(n.least, size.Width*n.part))
	x := float32(0)
	for i, o := range objects {
		h := o.MinSize().Height
		if i > 0 {
			x, w = w+theme.Space3, size.Width-w-theme.Space3
		}
		layout.Place(o, x, (size.Height-h)/2, w, h)
	}
}
