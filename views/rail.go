package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// rail is the dark strip at the left: the bell, the tabs with their counts, and whether messages come in.
type rail struct {
	object fyne.CanvasObject
	items  map[shell.Tab]*railItem
	state  *railState
}

// tabs lists the tabs in their order.
var tabs = []shell.Tab{shell.TabInbox, shell.TabOutbox, shell.TabTemplates, shell.TabRecords, shell.TabAccounts, shell.TabSettings}

func tabTitle(t shell.Tab) string {
	switch t {
	case shell.TabInbox:
		return lang.X("tab.inbox", "Inbox")
	case shell.TabOutbox:
		return lang.X("tab.outbox", "Outbox")
	case shell.TabTemplates:
		return lang.X("tab.templates", "Templates")
	case shell.TabRecords:
		return lang.X("tab.records", "Records")
	case shell.TabAccounts:
		return lang.X("tab.accounts", "Accounts")
	}
	return lang.X("tab.settings", "Settings")
}

func newRail(open func(shell.Tab), stateTapped func()) *rail {
	r := &rail{items: map[shell.Tab]*railItem{}, state: newRailState(stateTapped)}
	list := layout.Column(theme.Space1)
	for _, t := range tabs {
		item := newRailItem(tabTitle(t), string(t), func() { open(t) })
		r.items[t] = item
		list.Add(item)
	}
	bell := canvas.NewImageFromResource(theme.Icon(theme.MarkName, theme.Brass))
	bell.FillMode = canvas.ImageFillContain
	r.object = layout.Exactly(theme.WidthRail, 0, layout.Over(
		widget.NewGround(theme.Rail, "", 0),
		layout.Pad(13, 4, 12, 4, layout.Column(0,
			layout.Exactly(0, 38, bell),
			layout.Pad(13, 0, 0, 0, list),
			layout.Gap(),
			r.state,
		)),
	))
	return r
}

func (r *rail) choose(t shell.Tab) {
	for k, item := range r.items {
		item.setOn(k == t)
	}
}

func (r *rail) count(t shell.Tab, n int, bad bool) { r.items[t].setCount(n, bad) }

// railItem is one tab of the rail.
type railItem struct {
	fynewidget.BaseWidget
	title, icon          string
	tapped               func()
	on, hovered, focused bool
	count                int
	bad                  bool
}

var (
	_ fyne.Tappable      = (*railItem)(nil)
	_ fyne.Focusable     = (*railItem)(nil)
	_ desktop.Hoverable  = (*railItem)(nil)
	_ desktop.Cursorable = (*railItem)(nil)
)

func newRailItem(title, icon string, tapped func()) *railItem {
	i := &railItem{title: title, icon: icon, tapped: tapped}
	i.ExtendBaseWidget(i)
	return i
}

func (i *railItem) set(field *bool, v bool) {
	if *field != v {
		*field = v
		i.Refresh()
	}
}

func (i *railItem) setOn(on bool) { i.set(&i.on, on) }

func (i *railItem) setCount(n int, bad bool) {
	if i.count != n || i.bad != bad {
		i.count, i.bad = n, bad
		i.Refresh()
	}
}

// Tapped opens the tab.
func (i *railItem) Tapped(*fyne.PointEvent) { i.tapped() }

// MouseIn is for Fyne.
func (i *railItem) MouseIn(*desktop.MouseEvent) { i.set(&i.hovered, true) }

// MouseMoved is for Fyne.
func (i *railItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (i *railItem) MouseOut() { i.set(&i.hovered, false) }

// Cursor is a hand.
func (i *railItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is for Fyne.
func (i *railItem) FocusGained() { i.set(&i.focused, true) }

// FocusLost is for Fyne.
func (i *railItem) FocusLost() { i.set(&i.focused, false) }

// TypedRune is for Fyne.
func (i *railItem) TypedRune(rune) {}

// TypedKey opens the tab on Space and Return.
func (i *railItem) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		i.tapped()
	}
}

// AccessibleLabel names it for a screen reader.
func (i *railItem) AccessibleLabel() string { return i.title }

// CreateRenderer is for Fyne.
func (i *railItem) CreateRenderer() fyne.WidgetRenderer {
	r := &railItemRenderer{
		i: i, ground: &canvas.Rectangle{CornerRadius: theme.RadiusCard}, icon: &canvas.Image{FillMode: canvas.ImageFillContain},
		title: &canvas.Text{Text: i.title, TextSize: theme.TypeTime.Size, Alignment: fyne.TextAlignCenter}, badge: widget.NewBadge(0, widget.Brass),
	}
	r.paint()
	return r
}

type railItemRenderer struct {
	i      *railItem
	ground *canvas.Rectangle
	icon   *canvas.Image
	title  *canvas.Text
	badge  *widget.Badge
}

func (r *railItemRenderer) paint() {
	ground, letters := fyne.ThemeColorName(""), theme.RailText
	switch {
	case r.i.on:
		ground, letters = theme.RailOn, theme.RailTextOn
	case r.i.hovered:
		ground, letters = theme.RailHover, theme.RailTextOn
	}
	r.ground.Hidden = ground == "" && !r.i.focused
	r.ground.StrokeWidth = 0
	if ground == "" {
		ground = theme.Rail
	}
	r.ground.FillColor = theme.Color(ground)
	if r.i.focused {
		r.ground.StrokeWidth, r.ground.StrokeColor = 2, theme.Color(theme.RailText)
	}
	r.title.Color = theme.Color(letters)
	if res := theme.Icon(r.i.icon, letters); r.icon.Resource != res {
		r.icon.Resource = res
		r.icon.Refresh()
	}
	r.badge.SetCount(r.i.count)
}

func (r *railItemRenderer) Destroy()           {}
func (r *railItemRenderer) MinSize() fyne.Size { return fyne.NewSize(theme.WidthRail-8, 56) }
func (r *railItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon, r.title, r.badge}
}

func (r *railItemRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.icon.Move(fyne.NewPos((size.Width-22)/2, 9))
	r.icon.Resize(fyne.NewSquareSize(22))
	r.title.Move(fyne.NewPos(0, 33))
	r.title.Resize(fyne.NewSize(size.Width, theme.TypeTime.Pitch))
	w := r.badge.MinSize().Width
	r.badge.Move(fyne.NewPos(size.Width/2+16-w/2, 4))
	r.badge.Resize(fyne.NewSize(w, theme.HeightBadge))
}

func (r *railItemRenderer) Refresh() {
	r.paint()
	r.Layout(r.i.Size())
	canvas.Refresh(r.i)
}

// railState says at the foot of the rail whether messages come in.
type railState struct {
	railItem
	receiving bool
	known     bool
}

func newRailState(tapped func()) *railState {
	s := &railState{}
	s.tapped = tapped
	s.ExtendBaseWidget(s)
	return s
}

func (s *railState) setReceiving(on bool) {
	if !s.known || s.receiving != on {
		s.known, s.receiving = true, on
		s.Refresh()
	}
}

func (s *railState) words() []string {
	switch {
	case !s.known:
		return []string{"", ""}
	case s.receiving:
		return []string{lang.X("rail.receiving", "Receiving"), ""}
	}
	return []string{lang.X("rail.not", "Not"), lang.X("rail.receiving_not", "receiving")}
}

// AccessibleLabel names it for a screen reader.
func (s *railState) AccessibleLabel() string { return s.words()[0] + " " + s.words()[1] }

// CreateRenderer is for Fyne.
func (s *railState) CreateRenderer() fyne.WidgetRenderer {
	r := &railStateRenderer{s: s, dot: &canvas.Circle{}, ring: &canvas.Rectangle{CornerRadius: theme.RadiusControl, StrokeWidth: 2}}
	for i := range r.lines {
		r.lines[i] = &canvas.Text{TextSize: theme.TypeTime.Size, Alignment: fyne.TextAlignCenter}
	}
	r.paint()
	return r
}

type railStateRenderer struct {
	s     *railState
	ring  *canvas.Rectangle
	dot   *canvas.Circle
	lines [2]*canvas.Text
}

func (r *railStateRenderer) paint() {
	dot := theme.RailBad
	if r.s.receiving {
		dot = theme.RailOk
	}
	r.dot.Hidden = !r.s.known
	r.dot.FillColor = theme.Color(dot)
	r.ring.Hidden = !r.s.focused && !r.s.hovered
	r.ring.FillColor, r.ring.StrokeColor = theme.Color(theme.RailHover), theme.Color(theme.RailHover)
	if r.s.focused {
		r.ring.StrokeColor = theme.Color(theme.RailText)
	}
	for i, w := range r.s.words() {
		r.lines[i].Text, r.lines[i].Color = w, theme.Color(theme.RailText)
	}
}

func (r *railStateRenderer) Destroy()           {}
func (r *railStateRenderer) MinSize() fyne.Size { return fyne.NewSize(theme.WidthRail-8, 48) }
func (r *railStateRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.dot, r.lines[0], r.lines[1]}
}

func (r *railStateRenderer) Layout(size fyne.Size) {
	r.ring.Resize(size)
	r.dot.Move(fyne.NewPos((size.Width-8)/2, 6))
	r.dot.Resize(fyne.NewSquareSize(8))
	for i, l := range r.lines {
		l.Move(fyne.NewPos(0, 17+float32(i)*theme.TypeTime.Pitch))
		l.Resize(fyne.NewSize(size.Width, theme.TypeTime.Pitch))
	}
}

func (r *railStateRenderer) Refresh() {
	r.paint()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}
