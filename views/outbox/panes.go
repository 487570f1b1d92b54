package outbox

import (
	"fyne.io/fyne/v2"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// The widths of the panes, as the design has them.
const (
	listWidth float32 = 320
	listLeast float32 = 260
	listMost  float32 = 420
	pageLeast float32 = 420
	bothFrom  float32 = 760 // of the whole window; below it list and page take turns
)

// panes lays the list and the page out. The edge between them can be dragged.
type panes struct {
	v       *View
	object  *fyne.Container
	edge    *widget.Edge
	size    fyne.Size
	turns   bool
	inFront bool // the page, where they take turns
}

func newPanes(v *View) *panes {
	p := &panes{v: v}
	p.edge = widget.NewEdge(func(dx float32) {
		k := v.sh.Keep
		if k.List == 0 {
			k.List = listWidth
		}
		k.List = max(listLeast, min(k.List+dx, listMost))
		k.Changed()
		p.refresh()
	})
	p.object = &fyne.Container{Layout: p, Objects: []fyne.CanvasObject{v.list.object, v.nothing, v.page.object, v.send.object, p.edge}}
	return p
}

func (p *panes) front(page bool) {
	p.inFront = page
	p.refresh()
}

func (p *panes) escape() bool {
	if !p.turns || !p.inFront {
		return false
	}
	p.front(false)
	return true
}

func (p *panes) refresh() {
	p.Layout(nil, p.size)
	p.object.Refresh()
}

// MinSize is small: the window has its own.
func (p *panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(listLeast, 200) }

// Layout is for Fyne.
func (p *panes) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	p.size = size
	p.turns = size.Width+theme.WidthRail < bothFrom
	list := listWidth
	if p.v.sh.Keep != nil && p.v.sh.Keep.List > 0 {
		list = max(listLeast, min(p.v.sh.Keep.List, listMost))
	}
	list = max(listLeast, min(list, size.Width-pageLeast))
	x, page := list, size.Width-list
	if p.turns {
		list, x, page = size.Width, 0, 0
		if p.inFront {
			list, page = 0, size.Width
		}
	}
	put := func(o fyne.CanvasObject, x, w float32) {
		layout.SetVisible(o, w > 0)
		if w > 0 {
			layout.Place(o, x, 0, w, size.Height)
		}
	}
	at := func(on bool) float32 {
		if on {
			return page
		}
		return 0
	}
	put(p.v.list.object, 0, list)
	put(p.v.nothing, x, at(p.v.chosen == 0))
	put(p.v.page.object, x, at(p.v.page.id != 0))
	put(p.v.send.object, x, at(p.v.send.id != 0))
	put(p.edge, list-widget.EdgeWidth/2, widget.EdgeIf(list > 0 && page > 0))
	p.v.page.placed(page, p.turns)
	p.v.send.placed(page, p.turns)
}
