// Package widget holds Shopbell's own widgets: buttons, fields, rows, the composer and the message timeline.
// They know colours, keys and callbacks, and no business: a screen gives them plain structs and listens.
package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/views/layout"
)

// renderer lets a widget say in three functions what it is made of, how it is laid out and what it looks like.
type renderer struct {
	owner   fyne.Widget
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(size fyne.Size)
	paint   func() // sets colours, texts and visibility from the widget's state
}

var _ fyne.WidgetRenderer = (*renderer)(nil)

func newRenderer(owner fyne.Widget, min func() fyne.Size, layout func(fyne.Size), paint func(), objects ...fyne.CanvasObject) *renderer {
	r := &renderer{owner: owner, objects: objects, min: min, layout: layout, paint: paint}
	paint()
	return r
}

func (r *renderer) Destroy()                     {}
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) MinSize() fyne.Size           { return r.min() }
func (r *renderer) Layout(size fyne.Size)        { r.layout(size) }

func (r *renderer) Refresh() {
	r.paint()
	r.layout(r.owner.Size())
	canvas.Refresh(r.owner)
}

// place moves and resizes in one step.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	layout.Place(o, x, y, w, h)
}

// show sets visibility without the refresh that Show and Hide cause when nothing changes.
func show(o fyne.CanvasObject, visible bool) {
	layout.SetVisible(o, visible)
}
