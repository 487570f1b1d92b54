package records

import (
	"fyne.io/fyne/v2"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// The widths of the record beside the table, as the design has them.
const (
	panelWidth float32 = 420
	panelLeast float32 = 380
	panelMost  float32 = 520
	panelFrom  float32 = 1100 // width of the whole window; below, it covers the table
)

// panes lays the list and the open record out.
type panes struct {
	v      *View
	object *fyne.Container
	edge   *widget.Edge
	size   fyne.Size
	covers bool
}

func newPanes(v *View) *panes {
	p := &panes{v: v}
	p.edge = widget.NewEdge(func(dx float32) {
		k := v.sh.Keep
		if k.RecordPanel == 0 {
			k.RecordPanel = panelWidth
		}
		k.RecordPanel = max(panelLeast, min(k.RecordPanel-dx, panelMost))
		k.Changed()
		p.refresh()
	})
	p.object = &fyne.Container{Layout: p, Objects: []fyne.CanvasObject{v.list.object, v.form.object, p.edge}}
	return p
}

func (p *panes) refresh() {
	p.Layout(nil, p.size)
	p.object.Refresh()
}

// MinSize is small: the window has its own.
func (p *panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }

// Layout is for Fyne.
func (p *panes) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	p.size = size
	panel := float32(0)
	p.covers = false
	if p.v.form.open() {
		panel = panelWidth
		if w := p.v.sh.Keep.RecordPanel; w > 0 {
			panel = max(panelLeast, min(w, panelMost))
		}
		if size.Width+theme.WidthRail < panelFrom {
			panel, p.covers = size.Width, true
		}
	}
	put := func(o fyne.CanvasObject, x, w float32) {
		layout.SetVisible(o, w > 0)
		if w > 0 {
			layout.Place(o, x, 0, w, size.Height)
		}
	}
	put(p.v.list.object, 0, size.Width-panel)
	put(p.v.form.object, size.Width-panel, panel)
	put(p.edge, size.Width-panel-widget.EdgeWidth/2, widget.EdgeIf(panel > 0 && !p.covers))
}
