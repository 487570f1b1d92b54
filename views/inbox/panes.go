package inbox

import (
	"fyne.io/fyne/v2"

	"shopbell/views/theme"
	"shopbell/views/widget"
)

// The widths of the panes, as the design has them.
const (
	listWidth   float32 = 320
	listLeast   float32 = 260
	listMost    float32 = 420
	panelWidth  float32 = 288
	panelWide   float32 = 344 // in windows from wideFrom on
	panelLeast  float32 = 264
	panelMost   float32 = 380
	threadLeast float32 = 420

	wideFrom  float32 = 1600 // widths of the whole window
	panelFrom float32 = 1080
	bothFrom  float32 = 760
)

// wishes is what the panes would like to be.
type wishes struct {
	list, panel float32 // 0: as the design has it
	panelOn     bool    // the person wants the contact panel where there is room for it
	panelOver   bool    // the person asked for it where there is none
	open        bool    // a conversation is open
}

// places is where the panes are.
type places struct {
	list, thread, panel float32 // widths; 0 is hidden
	threadX, panelX     float32
	over                bool // the panel lies over the thread
}

// arrange gives each pane its place in a width that the rail has left.
func arrange(width float32, w wishes) places {
	window := width + theme.WidthRail
	list := clamp(or(w.list, listWidth), listLeast, listMost)
	panel := or(w.panel, panelWidth)
	if w.panel == 0 && window >= wideFrom {
		panel = panelWide
	}
	panel = clamp(panel, panelLeast, panelMost)
	var p places
	if window < bothFrom {
		if !w.open {
			return places{list: width}
		}
		p = places{thread: width}
	} else {
		room := width - threadLeast
		if window >= panelFrom && w.open && w.panelOn {
			room -= panelLeast
		}
		list = max(min(list, room), listLeast)
		p = places{list: list, threadX: list, thread: width - list}
	}
	switch {
	case !w.open:
	case window >= panelFrom:
		if w.panelOn {
			panel = max(min(panel, p.thread-threadLeast), panelLeast)
			p.panel, p.thread = panel, p.thread-panel
			p.panelX = p.threadX + p.thread
		}
	case w.panelOver:
		p.panel, p.over = min(panel, p.thread), true
		p.panelX = p.threadX + p.thread - p.panel
	}
	return p
}

func clamp(v, least, most float32) float32 { return max(least, min(v, most)) }

func or(v, instead float32) float32 {
	if v == 0 {
		return instead
	}
	return v
}

// panes lays the three panes out, with a handle at each edge that can be dragged.
type panes struct {
	list, thread, panel fyne.CanvasObject
	banner              fyne.CanvasObject // above thread and panel, or above the list where it is alone
	listEdge, panelEdge *widget.Edge
	wish                func() wishes
	arranged            func() // the places have changed
	now                 places
}

func (p *panes) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{p.list, p.thread, p.panel, p.listEdge, p.panelEdge, p.banner}
}

// MinSize is small: the window has its own.
func (p *panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(listLeast, 200) }

// Layout is for Fyne.
func (p *panes) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	before := p.now
	p.now = arrange(size.Width, p.wish())
	bannerX, top := p.now.threadX, p.banner.MinSize().Height
	if p.now.thread == 0 {
		bannerX = 0
	}
	p.banner.Move(fyne.NewPos(bannerX, 0))
	p.banner.Resize(fyne.NewSize(size.Width-bannerX, top))
	put := func(o fyne.CanvasObject, x, w float32) {
		if w <= 0 {
			o.Hide()
			return
		}
		y := top
		if x < bannerX && o != p.panelEdge { // beside the banner
			y = 0
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, size.Height-y))
		if !o.Visible() {
			o.Show()
		}
	}
	put(p.list, 0, p.now.list)
	put(p.thread, p.now.threadX, p.now.thread)
	put(p.panel, p.now.panelX, p.now.panel)
	put(p.listEdge, p.now.list-widget.EdgeWidth/2, widget.EdgeIf(p.now.list > 0 && p.now.thread > 0))
	put(p.panelEdge, p.now.panelX-widget.EdgeWidth/2, widget.EdgeIf(p.now.panel > 0 && !p.now.over))
	if before != p.now {
		p.arranged()
	}
}
