package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// scroller shows a part of something higher (or wider) than itself. Unlike Fyne's it draws no shadow at its edges,
// which the design keeps for what floats, and lets the wheel through to the one around it when it cannot move.
type scroller struct {
	fynewidget.BaseWidget
	OnScrolled func(fyne.Position)
	Offset     fyne.Position
	Content    fyne.CanvasObject

	across bool // scrolls sideways
	page   bool // is never narrower than its content
	around *scroller
	thumb  *scrollThumb
	r      *renderer
}

var _ fyne.Scrollable = (*scroller)(nil)

func newScroller(content fyne.CanvasObject, across bool) *scroller {
	s := &scroller{Content: content, across: across}
	s.thumb = &scrollThumb{owner: s}
	s.thumb.ExtendBaseWidget(s.thumb)
	s.ExtendBaseWidget(s)
	return s
}

// along is the side of a size in which it scrolls.
func (s *scroller) along(size fyne.Size) float32 {
	if s.across {
		return size.Width
	}
	return size.Height
}

func (s *scroller) at() float32 {
	if s.across {
		return s.Offset.X
	}
	return s.Offset.Y
}

// reach is the furthest it can scroll.
func (s *scroller) reach() float32 {
	return fyne.Max(0, s.along(s.Content.MinSize())-s.along(s.Size()))
}

// ScrollToOffset goes to an offset, as far as there is something.
func (s *scroller) ScrollToOffset(p fyne.Position) {
	to := p.Y
	if s.across {
		to = p.X
	}
	s.to(to)
}

// ScrollToTop goes to the beginning.
func (s *scroller) ScrollToTop() { s.to(0) }

func (s *scroller) to(at float32) {
	at = fyne.Max(0, fyne.Min(at, s.reach()))
	if at == s.at() {
		return
	}
	if s.across {
		s.Offset.X = at
	} else {
		s.Offset.Y = at
	}
	s.arrange()
	if s.OnScrolled != nil {
		s.OnScrolled(s.Offset)
	}
}

// Scrolled is called for the wheel.
func (s *scroller) Scrolled(ev *fyne.ScrollEvent) {
	d := ev.Scrolled.DY
	if s.across {
		d = ev.Scrolled.DX
	}
	was := s.at()
	s.to(was - d)
	switch {
	case s.at() != was || d == 0:
	case s.around != nil:
		s.around.Scrolled(ev)
	case !s.page: // at its end, or with nothing to scroll: the page moves
		if around := scrollersAround(s); len(around) > 0 {
			around[0].Scrolled(ev)
		}
	}
}

// arrange puts the content where it is seen, and the thumb beside it.
func (s *scroller) arrange() {
	if s.r == nil {
		return
	}
	size := s.Size()
	if size.IsZero() && !s.page { // nobody laid it out yet
		return
	}
	if s.across {
		placeChanged(s.Content, box{-s.Offset.X, 0, fyne.Max(s.Content.MinSize().Width, size.Width), size.Height})
	} else {
		for range 2 { // text that wraps learns its width first, and with it its height
			m, w := s.Content.MinSize(), size.Width
			if s.page {
				w = fyne.Max(w, m.Width)
			}
			placeChanged(s.Content, box{0, -s.Offset.Y, w, fyne.Max(m.Height, size.Height)})
		}
	}
	room, all := s.along(size), s.along(s.Content.Size())
	show(s.thumb, all > room+0.5 && room > 0)
	if s.thumb.Visible() {
		long := fyne.Max(24, room*room/all)
		at := (room - long) * s.at() / (all - room)
		if s.across {
			placeChanged(s.thumb, box{at, size.Height - 6, long, 6})
		} else {
			placeChanged(s.thumb, box{size.Width - 7, at, 7, long})
		}
	}
}

// Refresh fits it to content that has grown or shrunk.
func (s *scroller) Refresh() {
	if at := fyne.Min(s.at(), s.reach()); at != s.at() {
		s.to(at)
	}
	s.arrange()
	s.BaseWidget.Refresh()
}

// CreateRenderer is for Fyne.
func (s *scroller) CreateRenderer() fyne.WidgetRenderer {
	layout := func(fyne.Size) {
		if s.at() > s.reach() {
			s.to(s.reach())
		}
		s.arrange()
	}
	min := func() fyne.Size {
		if s.page {
			return fyne.NewSize(fyne.Max(32, s.Content.MinSize().Width), 32)
		}
		return fyne.NewSquareSize(32)
	}
	s.r = newRenderer(s, min, layout, func() {}, s.Content, s.thumb)
	if !slices.Contains(scrollers, s) {
		scrollers = append(scrollers, s)
	}
	return &scrollRenderer{clipRenderer{s.r}, s}
}

// scrollRenderer forgets the scroller when it is drawn no more.
type scrollRenderer struct {
	clipRenderer
	s *scroller
}

// Destroy is for Fyne.
func (r *scrollRenderer) Destroy() {
	scrollers = slices.DeleteFunc(scrollers, func(s *scroller) bool { return s == r.s })
}

// scrollThumb is what the content can be dragged by.
type scrollThumb struct {
	fynewidget.BaseWidget
	owner   *scroller
	hovered bool
}

var (
	_ fyne.Draggable    = (*scrollThumb)(nil)
	_ desktop.Hoverable = (*scrollThumb)(nil)
)

// Dragged moves the content as far as the thumb moves.
func (t *scrollThumb) Dragged(ev *fyne.DragEvent) {
	s := t.owner
	room := s.along(s.Size()) - s.along(t.Size())
	d := ev.Dragged.DY
	if s.across {
		d = ev.Dragged.DX
	}
	if room > 0 {
		s.to(s.at() + d*s.reach()/room)
	}
}

// DragEnd is for Fyne.
func (t *scrollThumb) DragEnd() {}

// MouseIn is for Fyne.
func (t *scrollThumb) MouseIn(*desktop.MouseEvent) { t.hovered = true; t.Refresh() }

// MouseMoved is for Fyne.
func (t *scrollThumb) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (t *scrollThumb) MouseOut() { t.hovered = false; t.Refresh() }

func (t *scrollThumb) CreateRenderer() fyne.WidgetRenderer {
	bar := newRect(1.5)
	paint := func() { fill(bar, theme.LineStrong, "", 0) }
	layout := func(size fyne.Size) {
		thick := float32(3)
		if t.hovered {
			thick = 5
		}
		bar.CornerRadius = thick / 2
		if t.owner.across {
			place(bar, 1, size.Height-thick-1, size.Width-2, thick)
		} else {
			place(bar, size.Width-thick-1, 1, thick, size.Height-2)
		}
	}
	return newRenderer(t, func() fyne.Size { return fyne.Size{} }, layout, paint, bar)
}
