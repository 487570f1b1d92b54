package views

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/views/sending"
	"shopbell/views/shell"
	"shopbell/views/theme"
)

// sendTo opens the panel that sends a template, in the place of the one that is open.
func (w *Window) sendTo(t shell.SendTarget) {
	if w.desk.Sending == nil || w.desk.Templates == nil || w.desk.Records == nil || w.now == "" {
		return
	}
	if w.panel != nil {
		w.panel.End()
	}
	focused := w.win.Canvas().Focused()
	p := sending.Params{
		Sending: w.desk.Sending, Templates: w.desk.Templates, Records: w.desk.Records, Accounts: w.desk.Accounts.List,
		Conversation: func(ctx context.Context, id app.ID) (app.Conversation, error) {
			return w.desk.Inbox.Conversation(ctx, id)
		},
		OpenFile: w.desk.OpenFile, Settings: w.desk.Settings, Me: w.desk.Me, Drafts: &w.drafts, Rates: w.desk.Rates, KeepFile: w.desk.KeepFile,
		Closed: func() {
			w.panel = nil
			w.root.dock(nil)
			w.table.Refresh()
			w.toasts.Refresh()
			if focused != nil && !w.sh.Layers.Any() {
				w.win.Canvas().Focus(focused)
			}
		},
	}
	if w.desk.Kept != nil {
		p.Found = w.desk.Kept
	}
	if w.desk.Shop != nil {
		p.Country = w.desk.Shop.Country
	}
	if w.desk.Broadcasts != nil {
		p.Broadcasts = w.desk.Broadcasts
	}
	w.panel = sending.New(w.sh, p, t)
	w.root.dock(w.panel.Content())
	w.panel.Focus()
	w.table.Refresh()
	w.toasts.Refresh()
}

// sendPanel sends what the panel shows when the keyboard is in it; else it brings the keyboard there first, so that nothing goes out by a key meant for something else.
func (w *Window) sendPanel() {
	if o, ok := w.win.Canvas().Focused().(fyne.CanvasObject); !ok || !w.root.docked(o) {
		w.panel.Focus()
		return
	}
	w.panel.Send()
}

// escapePanel closes the panel when the keyboard is in it, or nowhere, and tells whether it was.
func (w *Window) escapePanel() bool {
	if w.panel == nil {
		return false
	}
	if o, ok := w.win.Canvas().Focused().(fyne.CanvasObject); ok && !w.root.docked(o) {
		return false
	}
	w.panel.Close()
	return true
}

// The widths of what is docked at the side, and from which width of the window on it stands beside the tab instead of over it.
const (
	sideWidth  float32 = 420
	besideFrom float32 = 1100
)

// sidePane is what is docked at the right: beside the tab where there is room, else over it with a shadow.
type sidePane struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	shade   *canvas.Rectangle
}

var _ desktop.Hoverable = (*sidePane)(nil) // what lies below gets no pointer

func newSidePane(content fyne.CanvasObject) *sidePane {
	s := &sidePane{content: content, shade: &canvas.Rectangle{}}
	s.shade.Shadow = canvas.Shadow{BlurRadius: 28, Offset: fyne.NewPos(-4, 8)}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped takes clicks that nothing in the pane wants.
func (s *sidePane) Tapped(*fyne.PointEvent) {}

// MouseIn is for Fyne.
func (s *sidePane) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is for Fyne.
func (s *sidePane) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (s *sidePane) MouseOut() {}

func (s *sidePane) over(on bool) {
	if s.shade.Hidden == on {
		s.shade.Hidden = !on
		s.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (s *sidePane) CreateRenderer() fyne.WidgetRenderer {
	r := &sideRenderer{s}
	r.Refresh()
	return r
}

type sideRenderer struct{ s *sidePane }

func (r *sideRenderer) Destroy()           {}
func (r *sideRenderer) MinSize() fyne.Size { return fyne.NewSize(0, 0) }
func (r *sideRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.shade, r.s.content}
}

func (r *sideRenderer) Layout(size fyne.Size) {
	r.s.shade.Resize(size)
	r.s.content.Resize(size)
}

func (r *sideRenderer) Refresh() {
	r.s.shade.FillColor, r.s.shade.Shadow.Color = theme.Color(theme.Pane), theme.Color(theme.Shadow)
	canvas.Refresh(r.s)
}

// dock puts something at the right side; nil takes it away.
func (r *root) dock(content fyne.CanvasObject) {
	r.side.Objects = nil
	if content != nil {
		r.side.Objects = []fyne.CanvasObject{newSidePane(content)}
	}
	r.object.Refresh()
	r.object.Layout.Layout(r.object.Objects, r.object.Size())
}

// sideOf gives how the width beside the rail is shared: what the tab has, and what stands at its side.
func (r *root) sideOf(width float32) (page, side float32) {
	if len(r.side.Objects) == 0 {
		return width, 0
	}
	pane, _ := r.side.Objects[0].(*sidePane)
	over := width+theme.WidthRail < besideFrom
	if pane != nil {
		pane.over(over)
	}
	if over {
		return width, fyne.Min(sideWidth, width)
	}
	return width - sideWidth, sideWidth
}

// docked tells whether an object stands at the side.
func (r *root) docked(o fyne.CanvasObject) bool {
	if len(r.side.Objects) == 0 {
		return false
	}
	d := fyne.CurrentApp().Driver()
	return d.AbsolutePositionForObject(o).X >= d.AbsolutePositionForObject(r.side).X
}
