package views

import (
	"slices"

	"fyne.io/fyne/v2"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// The least size of the window in pixels at scale 1. At another scale it is the same number of pixels, so that a large scale still fits a small screen.
const (
	leastWidth  float32 = 900
	leastHeight float32 = 600
)

// root is what fills the window: the rail and the tab beside it, or one page alone; toasts and names of things above.
type root struct {
	object *fyne.Container
	page   *fyne.Container // the tab or the page
	side   *fyne.Container // what is docked at the right; empty for nothing
	rail   fyne.CanvasObject
	scale  float32
	sized  func(fyne.Size)
}

func newRoot(rail, toasts, tips fyne.CanvasObject, sized func(fyne.Size)) *root {
	// The page stands before the rail: the keyboard begins in what the tab shows, and comes to the rail behind it.
	r := &root{rail: rail, page: layout.Over(), side: layout.Over(), scale: 1, sized: sized}
	r.object = &fyne.Container{Layout: r, Objects: []fyne.CanvasObject{widget.NewGround(theme.Canvas, "", 0), r.page, r.side, rail, toasts, tips}}
	return r
}

// show puts a tab or, without the rail, a page into the window. What was shown before stays in the tree, hidden, so that a change of the theme reaches it.
func (r *root) show(o fyne.CanvasObject, withRail bool) {
	if withRail {
		r.rail.Show()
	} else {
		r.rail.Hide()
	}
	r.keep(o)
	for _, other := range r.page.Objects {
		if other == o {
			other.Show()
		} else {
			other.Hide()
		}
	}
	r.page.Refresh()
	r.object.Refresh()
}

// keep takes a tab into the tree, hidden.
func (r *root) keep(o fyne.CanvasObject) {
	if !slices.Contains(r.page.Objects, o) {
		o.Hide()
		r.page.Objects = append(r.page.Objects, o)
	}
}

// MinSize is that of the window, whatever the tabs would like.
func (r *root) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(leastWidth/max(r.scale, 1), (leastHeight-32)/max(r.scale, 1))
}

// Layout is for Fyne.
func (r *root) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	if r.rail.Visible() {
		x = theme.WidthRail
	}
	page, side := r.sideOf(size.Width - x)
	for _, o := range objects {
		switch o {
		case r.rail:
			o.Resize(fyne.NewSize(theme.WidthRail, size.Height))
		case r.page:
			o.Move(fyne.NewPos(x, 0))
			o.Resize(fyne.NewSize(page, size.Height))
		case r.side:
			o.Move(fyne.NewPos(size.Width-side, 0))
			o.Resize(fyne.NewSize(side, size.Height))
		default:
			o.Resize(size)
		}
	}
	r.sized(size)
}
