// Package layout puts things into rows and columns with the gaps of the design, which Fyne's own boxes take from the theme.
// A row or column gives what is left over to the children that are wrapped in Grow.
package layout

import (
	"fyne.io/fyne/v2"
)

// Row puts things side by side, gap apart, each in the middle of the height.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: box{gap: gap, across: middle}, Objects: objects}
}

// TallRow is a Row whose children take the whole height.
func TallRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: box{gap: gap, across: stretch}, Objects: objects}
}

// Column puts things below each other, gap apart, each as wide as the column.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: box{vertical: true, gap: gap, across: stretch}, Objects: objects}
}

// LeftColumn is a Column whose children keep their own width, at the left edge.
func LeftColumn(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: box{vertical: true, gap: gap, across: start}, Objects: objects}
}

// CentreColumn is a Column whose children keep their own width, in the middle.
func CentreColumn(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: box{vertical: true, gap: gap, across: middle}, Objects: objects}
}

// Grow gives an object what is left over in a row or column.
func Grow(o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: grow{}, Objects: []fyne.CanvasObject{o}}
}

// Gap takes what is left over in a row or column.
func Gap() *fyne.Container { return &fyne.Container{Layout: grow{}} }

// Pad keeps a distance around an object.
func Pad(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: pad{top, right, bottom, left}, Objects: []fyne.CanvasObject{o}}
}

// PadAll keeps the same distance on all sides.
func PadAll(d float32, o fyne.CanvasObject) *fyne.Container { return Pad(d, d, d, d, o) }

// Least gives an object at least this size; 0 leaves a side as it is.
func Least(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: least{width, height}, Objects: []fyne.CanvasObject{o}}
}

// Exactly gives an object this size, whatever it asks for; 0 leaves a side as it is.
func Exactly(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: exactly{width, height}, Objects: []fyne.CanvasObject{o}}
}

// Centre puts an object in the middle, in its own size.
func Centre(o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: centre{}, Objects: []fyne.CanvasObject{o}}
}

// AtMost puts an object in the middle of the width, at most this wide, in the whole height.
func AtMost(width float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: atMost{width}, Objects: []fyne.CanvasObject{o}}
}

// Over puts things on top of each other, all in the whole size.
func Over(objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: over{}, Objects: objects}
}
