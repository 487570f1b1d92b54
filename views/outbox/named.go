package outbox

import (
	"fyne.io/fyne/v2"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// named puts a name and what is said about it beside each other. The name has a part of the width, so that the words of all rows begin in one line.
// Where there is no room for both, the words stand below the name, and what helps is left to the message's own page.
type named struct{ part, least, most float32 }

// namedFrom is the width from which both stand beside each other.
const namedFrom float32 = 260

// newNamed makes one; mend may be "".
func newNamed(shape named, name, plain, mend string) *fyne.Container {
	c := &fyne.Container{Layout: shape, Objects: []fyne.CanvasObject{
		widget.NewBold(name, theme.TypeSmall, theme.Text).Shrinking(), widget.NewText(plain, theme.TypeSmall, theme.Text).Shrinking(),
	}}
	if mend != "" {
		c.Objects = append(c.Objects, widget.NewText(mend, theme.TypeCaption, theme.Text2).Shrinking())
	}
	return c
}

// MinSize is for Fyne.
func (n named) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(n.least, objects[0].MinSize().Height)
}

// Layout is for Fyne.
func (n named) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, w := float32(0), size.Width
	beside := size.Width >= namedFrom
	if beside {
		w = min(n.most, max(n.least, size.Width*n.part))
		h := objects[0].MinSize().Height
		layout.Place(objects[0], 0, (size.Height-h)/2, w, h)
		x, w = w+theme.Space3, size.Width-w-theme.Space3
		objects = objects[1:]
	}
	if len(objects) > 2 {
		layout.SetVisible(objects[2], false)
		objects = objects[:2]
	} else if beside && len(objects) == 2 {
		layout.SetVisible(objects[1], true)
	}
	tall := float32(0)
	for _, o := range objects {
		tall += o.MinSize().Height
	}
	y := (size.Height - tall) / 2
	for _, o := range objects {
		h := o.MinSize().Height
		layout.Place(o, x, y, w, h)
		y += h
	}
}
