package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

var (
	_ fyne.Widget     = (*Timeline)(nil)
	_ fyne.Scrollable = (*Timeline)(nil)
	_ fyne.Focusable  = (*Timeline)(nil)
)

// timelineView is what a timeline looks like: the bubbles that are shown, those that wait to be used again, the
// scroll bar and the button that goes to the bottom.
type timelineView struct {
	owner   *Timeline
	shown   map[int64]*bubble
	pool    []*bubble
	ground  *canvas.Rectangle
	ring    *canvas.Rectangle
	bar     *timelineBar
	down    *downButton
	objects []fyne.CanvasObject
	made    int // bubbles ever made, for tests
}

func (v *timelineView) init(t *Timeline) {
	*v = timelineView{owner: t, shown: map[int64]*bubble{}, ground: newRect(0), ring: newRect(theme.RadiusControl), bar: newTimelineBar(t), down: newDownButton(t)}
	v.paint()
}

// CreateRenderer is for Fyne.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer { return &timelineRenderer{t} }

type timelineRenderer struct{ t *Timeline }

func (r *timelineRenderer) Destroy()                     {}
func (r *timelineRenderer) Objects() []fyne.CanvasObject { return r.t.view.objects }
func (r *timelineRenderer) MinSize() fyne.Size           { return fyne.NewSize(240, 120) }

// IsClip tells Fyne to cut off what reaches over the edges.
func (r *timelineRenderer) IsClip() {}

// Layout keeps the foot of the screen where it is when the height changes, as when the composer grows, and what is
// on it when the width does.
func (r *timelineRenderer) Layout(size fyne.Size) {
	t := r.t
	old := t.view.ground.Size()
	t.view.ground.Resize(size)
	place(t.view.ring, 2, 2, size.Width-4, size.Height-4)
	if size.Width != t.width {
		atBottom := t.view.wasAtBottom(old.Height)
		t.width = size.Width
		t.keepPlace(func() {})
		switch {
		case old.Height < 1: // shown for the first time
			t.goHome()
		case atBottom:
			t.scrollTo(t.bottom())
		}
		return
	}
	t.offset += float64(old.Height - size.Height)
	t.update()
}

// wasAtBottom is AtBottom for the height the timeline had.
func (v *timelineView) wasAtBottom(height float32) bool {
	t := v.owner
	return t.offset >= t.heights.total()+timelineFoot-float64(height)-4
}

// Refresh draws everything anew, as after a change of theme.
func (r *timelineRenderer) Refresh() {
	r.t.view.paint()
	for _, b := range r.t.view.shown {
		b.Refresh()
	}
	r.t.view.bar.Refresh()
	r.t.view.down.Refresh()
	canvas.Refresh(r.t)
}

func (v *timelineView) paint() {
	fill(v.ground, theme.Canvas, "", 0)
	fill(v.ring, "", theme.Focus, 2)
	show(v.ring, v.owner.focused)
	v.ground.Refresh()
}

// release puts all bubbles back into the pool.
func (v *timelineView) release() {
	for id, b := range v.shown {
		v.pool = append(v.pool, b)
		delete(v.shown, id)
	}
	v.objects = nil
}

// place shows the bubbles that belong on the screen. A bubble that stays is only moved, which costs nothing to draw.
func (v *timelineView) place() {
	t := v.owner
	first, last := t.onScreen()
	changed := v.drop(first, last)
	for i := first; i < last; i++ {
		r := t.rows[i]
		b := v.shown[r.ID]
		if b == nil {
			b = v.take()
			v.shown[r.ID] = b
			b.bind(r)
			changed = true
		} else if b.row != r || b.bound != r.layout {
			b.bind(r)
		}
		y := float32(t.heights.offset(i) - t.offset)
		b.Resize(fyne.NewSize(t.width, r.layout.height))
		b.Move(fyne.NewPos(0, y))
	}
	if changed || v.objects == nil {
		v.objects = append(v.objects[:0], v.ground)
		for i := first; i < last; i++ {
			v.objects = append(v.objects, v.shown[t.rows[i].ID])
		}
		v.objects = append(v.objects, v.bar, v.down, v.ring)
	}
	v.placeBar()
	v.placeDown()
}

// drop takes bubbles off the screen whose rows are not on it.
func (v *timelineView) drop(first, last int) (changed bool) {
	for id, b := range v.shown {
		if i, ok := v.owner.byID[id]; !ok || i < first || i >= last {
			delete(v.shown, id)
			b.tip.hide()
			v.pool = append(v.pool, b)
			changed = true
		}
	}
	return changed
}

func (v *timelineView) take() *bubble {
	if n := len(v.pool); n > 0 {
		b := v.pool[n-1]
		v.pool = v.pool[:n-1]
		return b
	}
	v.made++
	return newBubble(v.owner)
}

// extent is the height of the whole conversation and where the screen begins in it, the part outside the window
// being estimated.
func (v *timelineView) extent() (begin, total float64) {
	t := v.owner
	inside := t.heights.total() + timelineFoot
	average := 60.0
	if n := len(t.rows); n > 0 {
		average = t.heights.total() / float64(n)
	}
	above, below := float64(t.countBefore)*average, float64(t.countAfter)*average
	return above + t.offset, above + inside + below
}

const barWidth float32 = 10

func (v *timelineView) placeBar() {
	size := v.owner.Size()
	begin, total := v.extent()
	screen := float64(size.Height)
	show(v.bar, total > screen && screen > 1)
	if !v.bar.Visible() {
		return
	}
	place(v.bar, size.Width-barWidth, 0, barWidth, size.Height)
	length := max(32, screen*screen/total)
	v.bar.setThumb(float32((screen-length)*begin/(total-screen)), float32(length))
}

func (v *timelineView) placeDown() {
	t := v.owner
	size := t.Size()
	away := t.hasNewer || t.offset < t.bottom()-float64(size.Height)/2 || t.fresh > 0
	show(v.down, away && len(t.rows) > 0)
	place(v.down, size.Width-56, size.Height-56, 40, 40)
	v.down.setCount(t.fresh)
}

// timelineBar is the scroll bar: 3 wide, 10 under the pointer.
type timelineBar struct {
	fynewidget.BaseWidget
	owner         *Timeline
	thumb         *canvas.Rectangle
	top, length   float32
	hovered, held bool
	seek          int
}

var (
	_ fyne.Draggable    = (*timelineBar)(nil)
	_ fyne.Tappable     = (*timelineBar)(nil)
	_ desktop.Hoverable = (*timelineBar)(nil)
)

func newTimelineBar(t *Timeline) *timelineBar {
	b := &timelineBar{owner: t, thumb: newRect(1.5), seek: -1}
	b.ExtendBaseWidget(b)
	return b
}

func (b *timelineBar) setThumb(top, length float32) {
	if b.top != top || b.length != length {
		b.top, b.length = top, length
		b.layout(b.Size())
	}
}

func (b *timelineBar) layout(size fyne.Size) {
	w := float32(3)
	if b.hovered || b.held {
		w = 8
	}
	b.thumb.CornerRadius = w / 2
	place(b.thumb, size.Width-w-1, b.top+1, w, b.length-2)
}

// Dragged moves the screen with the thumb.
func (b *timelineBar) Dragged(ev *fyne.DragEvent) {
	b.held = true
	t := b.owner
	begin, total := t.view.extent()
	room := float64(b.Size().Height - b.length)
	if room < 1 {
		return
	}
	b.goTo(begin + float64(ev.Dragged.DY)*(total-float64(b.Size().Height))/room)
}

// goTo goes to a height of the whole conversation: at once inside the window, else when the thumb is let go.
func (b *timelineBar) goTo(begin float64) {
	t := b.owner
	now, total := t.view.extent()
	above := now - t.offset
	offset := begin - above
	b.seek = -1
	if outside := offset < t.top()-1 && t.countBefore > 0 || offset > t.bottom()+1 && t.countAfter > 0; outside {
		n := t.countBefore + len(t.rows) + t.countAfter
		b.seek = min(max(int(begin/total*float64(n)), 0), n-1)
		room := float64(b.Size().Height - b.length)
		b.setThumb(float32(room*min(max(begin/(total-float64(b.Size().Height)), 0), 1)), b.length)
		return
	}
	t.scrollTo(offset)
}

// DragEnd asks for what is not in the window.
func (b *timelineBar) DragEnd() {
	b.held = false
	if b.seek >= 0 && b.owner.OnSeek != nil {
		b.owner.OnSeek(b.seek)
	}
	b.seek = -1
	b.Refresh()
}

// Tapped goes a page towards the pointer.
func (b *timelineBar) Tapped(ev *fyne.PointEvent) {
	page := float64(b.Size().Height) * 0.9
	if ev.Position.Y < b.top {
		page = -page
	}
	if ev.Position.Y < b.top || ev.Position.Y > b.top+b.length {
		b.owner.scrollTo(b.owner.offset + page)
	}
}

// MouseIn widens the thumb.
func (b *timelineBar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved is for Fyne.
func (b *timelineBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut makes it narrow again.
func (b *timelineBar) MouseOut() { b.hovered = false; b.Refresh() }

// CreateRenderer is for Fyne.
func (b *timelineBar) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer(b, func() fyne.Size { return fyne.NewSize(barWidth, 40) }, b.layout,
		func() { fill(b.thumb, theme.LineStrong, "", 0) }, b.thumb)
}

// downButton goes to the bottom and counts what came in there.
type downButton struct {
	control
	count int
	tip   tip
}

func newDownButton(t *Timeline) *downButton {
	b := &downButton{}
	b.Hidden = true
	b.ExtendBaseWidget(b)
	b.onTap = t.ScrollToBottom
	b.onHover = func(in bool, at fyne.Position) { b.tip.hover(b, b.AccessibilityLabel(), in, at) }
	return b
}

func (b *downButton) setCount(n int) {
	if b.count != n {
		b.count = n
		b.Refresh()
	}
}

// AccessibilityLabel names it for a screen reader.
func (b *downButton) AccessibilityLabel() string {
	return lang.X("timeline.down", "To the newest message")
}

// CreateRenderer is for Fyne.
func (b *downButton) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, icon := newRect(20), newRect(24), newGlyph()
	badge, count := newRect(theme.HeightBadge/2), newText(theme.TypeTime, bold)
	count.Alignment = fyne.TextAlignCenter
	paint := func() {
		g := theme.Raised
		if b.pressed {
			g = theme.Press
		} else if b.hovered {
			g = theme.Hover
		}
		fill(ground, g, theme.LineBtn, 1)
		ground.Shadow = canvas.Shadow{Color: theme.Color(theme.Shadow), BlurRadius: 12, Offset: fyne.NewPos(0, 3)}
		paintRing(ring, b.focused)
		icon.set("down", theme.Text)
		fill(badge, theme.Accent, "", 0)
		count.Color, count.Text = theme.Color(theme.OnAccent), countText(b.count)
		show(badge, b.count > 0)
		show(count, b.count > 0)
	}
	layout := func(size fyne.Size) {
		ground.Resize(size)
		placeRing(ring, size, 20)
		place(icon.Image, (size.Width-20)/2, (size.Height-20)/2, 20, 20)
		w := badgeWidth(count.Text)
		place(badge, (size.Width-w)/2, -8, w, theme.HeightBadge)
		place(count, (size.Width-w)/2, -8, w, theme.HeightBadge)
	}
	return newRenderer(b, func() fyne.Size { return fyne.NewSquareSize(40) }, layout, paint, ground, ring, icon.Image, badge, count)
}
