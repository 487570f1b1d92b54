package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// EdgeWidth is how wide an Edge is to the pointer; drawn is a line in its middle.
const EdgeWidth float32 = 7

// Edge is the line between two panes; dragging it moves them.
type Edge struct {
	fynewidget.BaseWidget
	moved   func(dx float32)
	hovered bool
}

var (
	_ fyne.Draggable     = (*Edge)(nil)
	_ desktop.Cursorable = (*Edge)(nil)
	_ desktop.Hoverable  = (*Edge)(nil)
)

// NewEdge makes an edge; moved is told how far it is dragged, in logical pixels.
func NewEdge(moved func(dx float32)) *Edge {
	e := &Edge{moved: moved}
	e.ExtendBaseWidget(e)
	return e
}

// EdgeIf is the width of an edge that is there only sometimes.
func EdgeIf(on bool) float32 {
	if on {
		return EdgeWidth
	}
	return 0
}

// Dragged moves the edge.
func (e *Edge) Dragged(ev *fyne.DragEvent) { e.moved(ev.Dragged.DX) }

// DragEnd is for Fyne.
func (e *Edge) DragEnd() {}

// Cursor shows that the edge can be moved.
func (e *Edge) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// MouseIn is for Fyne.
func (e *Edge) MouseIn(*desktop.MouseEvent) { e.hover(true) }

// MouseMoved is for Fyne.
func (e *Edge) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (e *Edge) MouseOut() { e.hover(false) }

func (e *Edge) hover(on bool) {
	e.hovered = on
	e.Refresh()
}

// CreateRenderer is for Fyne.
func (e *Edge) CreateRenderer() fyne.WidgetRenderer {
	line := newRect(0)
	paint := func() {
		name := theme.Line
		if e.hovered {
			name = theme.Focus
		}
		fill(line, name, "", 0)
	}
	layout := func(size fyne.Size) {
		w := float32(1)
		if e.hovered {
			w = 3
		}
		place(line, (size.Width-w)/2, 0, w, size.Height)
	}
	return newRenderer(e, func() fyne.Size { return fyne.NewSize(EdgeWidth, 0) }, layout, paint, line)
}
