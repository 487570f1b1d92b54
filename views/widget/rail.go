package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// RailItem is one tab of the rail.
type RailItem struct {
	Icon, Label string
	Badge       int
	Hint        string // said on hover: the words and the shortcut; may be ""
}

// Rail is the dark strip at the left: the bell, the tabs, and at the bottom whether messages arrive and who is
// at the desk. Up and Down walk it.
type Rail struct {
	fynewidget.BaseWidget
	OnChosen func(index int)

	items  []*railButton
	status *railStatus
	person *railPerson
	chosen int
}

// NewRail makes the rail with the first item chosen.
func NewRail(items []RailItem, chosen func(index int)) *Rail {
	r := &Rail{OnChosen: chosen, status: newRailStatus(), person: newRailPerson()}
	r.ExtendBaseWidget(r)
	for i, it := range items {
		b := &railButton{RailItem: it, owner: r, index: i, chosen: i == 0}
		b.ExtendBaseWidget(b)
		b.onTap = func() { r.choose(i, true) }
		b.tip.beside = true
		b.onHover = func(in bool, at fyne.Position) { b.tip.hover(b, b.Hint, in, at) }
		r.items = append(r.items, b)
	}
	return r
}

// Chosen is the index of the chosen item.
func (r *Rail) Chosen() int { return r.chosen }

// SetChosen chooses an item without calling OnChosen.
func (r *Rail) SetChosen(i int) { r.choose(i, false) }

// SetBadge sets the count at an item.
func (r *Rail) SetBadge(i, count int) {
	if i >= 0 && i < len(r.items) && r.items[i].Badge != count {
		r.items[i].Badge = count
		r.items[i].Refresh()
	}
}

// SetStatus says whether messages arrive; tapped may be nil.
func (r *Rail) SetStatus(ok bool, words string, tapped func()) {
	r.status.ok, r.status.words, r.status.onTap = ok, words, tapped
	r.status.Refresh()
}

// SetPerson shows who is at the desk; tapped opens the menu of persons and may be nil.
func (r *Rail) SetPerson(name, key string, tapped func()) {
	r.person.name, r.person.key, r.person.onTap = name, key, tapped
	r.person.disabled = tapped == nil // the keyboard passes by what does nothing
	r.person.Refresh()
}

func (r *Rail) choose(i int, tell bool) {
	if i < 0 || i >= len(r.items) || i == r.chosen {
		return
	}
	r.chosen = i
	for j, b := range r.items {
		b.set(&b.chosen, j == i)
	}
	if tell && r.OnChosen != nil {
		r.OnChosen(i)
	}
}

const (
	railItemHeight float32 = 56
	railItemPitch  float32 = 60
	railTop        float32 = 64
	railItemLeast  float32 = 50
	railIconLeast  float32 = 34 // without the words
)

// CreateRenderer is for Fyne.
func (r *Rail) CreateRenderer() fyne.WidgetRenderer {
	ground, mark := newRect(0), newGlyph()
	objects := []fyne.CanvasObject{ground, mark.Image}
	for _, b := range r.items {
		objects = append(objects, b)
	}
	objects = append(objects, r.status, r.person)
	paint := func() {
		fill(ground, theme.Rail, "", 0)
		mark.set(theme.MarkName, theme.Brass)
	}
	layout := func(size fyne.Size) {
		ground.Resize(size)
		place(mark.Image, (size.Width-34)/2, 15, 34, 34)
		// In a low window (or at a large scale) the items move together, and below that the foot gives way.
		pitch, foot, top := railItemPitch, float32(50)+r.status.height(size.Width), railTop
		n := float32(len(r.items))
		if pitch > (size.Height-top-foot)/n {
			pitch = fyne.Max(railItemLeast, (size.Height-top-foot)/n)
		}
		roomy := top+n*pitch+foot <= size.Height+1
		show(r.status, roomy)
		show(r.person, roomy)
		// Then the bell goes, and at last the words: each tab can be seen, whatever the scale.
		bell := top+n*pitch <= size.Height
		show(mark.Image, bell)
		if !bell {
			top = theme.Space1
			pitch = fyne.Max(railIconLeast, fyne.Min(pitch, (size.Height-2*top)/n))
		}
		for i, b := range r.items {
			place(b, 4, top+float32(i)*pitch, size.Width-8, fyne.Min(railItemHeight, pitch))
		}
		place(r.person, (size.Width-32)/2, size.Height-44, 32, 32)
		h := r.status.height(size.Width)
		place(r.status, 0, size.Height-50-h, size.Width, h)
	}
	min := func() fyne.Size {
		return fyne.NewSize(theme.WidthRail, railTop+float32(len(r.items))*railItemPitch+110)
	}
	return newRenderer(r, min, layout, paint, objects...)
}

type railButton struct {
	control
	RailItem
	owner  *Rail
	index  int
	chosen bool
	tip    tip
}

// FocusGained is called when the keyboard arrives.
func (b *railButton) FocusGained() {
	b.control.FocusGained()
	b.tip.hover(b, b.Hint, true, fyne.Position{})
}

// FocusLost is called when the keyboard leaves.
func (b *railButton) FocusLost() {
	b.control.FocusLost()
	b.tip.hide()
}

// TypedKey walks the rail.
func (b *railButton) TypedKey(ev *fyne.KeyEvent) {
	step := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[ev.Name]
	if step == 0 {
		b.control.TypedKey(ev)
	} else if to := b.index + step; to >= 0 && to < len(b.owner.items) {
		focus(b.owner.items[to])
	}
}

// AccessibilityLabel names it for a screen reader.
func (b *railButton) AccessibilityLabel() string { return b.Label }

func (b *railButton) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := newRect(theme.RadiusCard), newRect(theme.RadiusCard)
	icon, label := newGlyph(), newText(theme.TypeTime, plain)
	badge, count := newRect(theme.HeightBadge/2), newText(theme.TypeTime, bold)
	label.Alignment, count.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	paint := func() {
		g, c := fyne.ThemeColorName(""), theme.RailText
		switch {
		case b.chosen:
			g, c = theme.RailOn, theme.RailTextOn
		case b.hovered || b.pressed:
			g, c = theme.RailHover, theme.RailTextOn
		}
		fill(ground, g, "", 0)
		fill(ring, "", theme.Focus, 2)
		show(ring, b.focused)
		icon.set(b.Icon, c)
		label.Color, count.Color = theme.Color(c), theme.Color(theme.OnBrass)
		fill(badge, theme.Brass, "", 0)
		count.Text = countText(b.Badge)
		show(badge, b.Badge > 0)
		show(count, b.Badge > 0)
	}
	layout := func(size fyne.Size) {
		ground.Resize(size)
		ring.Resize(size)
		wordless := size.Height < railItemLeast
		show(label, !wordless)
		y := float32(9)
		if wordless {
			y = (size.Height - 22) / 2
		}
		place(icon.Image, (size.Width-22)/2, y, 22, 22)
		setText(label, fit(b.Label, theme.TypeTime, plain, size.Width-4))
		place(label, 0, 33, size.Width, theme.TypeTime.Pitch)
		w := badgeWidth(count.Text)
		place(badge, size.Width/2+7, 4, w, theme.HeightBadge)
		place(count, size.Width/2+7, 4, w, theme.HeightBadge)
	}
	min := func() fyne.Size { return fyne.NewSize(theme.WidthRail-8, railItemHeight) }
	return newRenderer(b, min, layout, paint, ground, ring, icon.Image, label, badge, count)
}

type railStatus struct {
	control
	ok    bool
	words string
}

func newRailStatus() *railStatus {
	s := &railStatus{}
	s.ExtendBaseWidget(s)
	return s
}

func (s *railStatus) AccessibilityLabel() string { return s.words }

func (s *railStatus) lines(w float32) []line {
	return breakLines(unstyled(s.words), theme.TypeTime.Size, w-8)
}

func (s *railStatus) height(w float32) float32 {
	return 16 + float32(min(len(s.lines(w)), 2))*theme.TypeTime.Pitch
}

func (s *railStatus) CreateRenderer() fyne.WidgetRenderer {
	dot, ring := &canvas.Circle{}, newRect(8)
	texts := []*canvas.Text{newText(theme.TypeTime, plain), newText(theme.TypeTime, plain)}
	paint := func() {
		c := theme.RailOk
		if !s.ok {
			c = theme.RailBad
		}
		dot.FillColor = theme.Color(c)
		fill(ring, "", theme.Focus, 2)
		show(ring, s.focused)
		show(dot, s.words != "")
	}
	layout := func(size fyne.Size) {
		place(dot, (size.Width-8)/2, 2, 8, 8)
		place(ring, 4, -3, size.Width-8, size.Height+3)
		lines := s.lines(size.Width)
		for i, t := range texts {
			t.Alignment, t.Color = fyne.TextAlignCenter, theme.Color(theme.RailText)
			words := ""
			if i < len(lines) {
				words = fit(s.words[lines[i].start:lines[i].shown], theme.TypeTime, plain, size.Width-4)
			}
			setText(t, words)
			place(t, 0, 13+float32(i)*theme.TypeTime.Pitch, size.Width, theme.TypeTime.Pitch)
		}
	}
	min := func() fyne.Size { return fyne.NewSize(theme.WidthRail, s.height(theme.WidthRail)) }
	return newRenderer(s, min, layout, paint, dot, texts[0], texts[1], ring)
}

type railPerson struct {
	control
	name, key string
	tip       tip
}

func newRailPerson() *railPerson {
	p := &railPerson{tip: tip{beside: true}}
	p.ExtendBaseWidget(p)
	p.onHover = func(in bool, at fyne.Position) { p.tip.hover(p, p.name, in, at) }
	return p
}

func (p *railPerson) AccessibilityLabel() string { return p.name }

func (p *railPerson) CreateRenderer() fyne.WidgetRenderer {
	a, ring := newAvatarPaint(32), newRect(20)
	paint := func() {
		a.paint(p.name, p.key, false, 0, 0)
		fill(ring, "", theme.Focus, 2)
		show(ring, p.focused)
	}
	layout := func(size fyne.Size) {
		a.place((size.Width-32)/2, (size.Height-32)/2)
		place(ring, -4, -4, size.Width+8, size.Height+8)
	}
	return newRenderer(p, func() fyne.Size { return fyne.NewSquareSize(32) }, layout, paint, append(a.objects(), ring)...)
}
