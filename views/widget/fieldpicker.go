package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// FieldPicker walks the fields of a record: Up and Down move, Right goes into a record, Left comes back, Return uses
// the field under the cursor, Esc closes. Typing searches the level.
type FieldPicker struct {
	fynewidget.BaseWidget
	walk   *fieldWalk
	use    func(FieldChoice)
	leave  func()
	pop    *Popover
	search *SearchField
	list   *pickList
	crumbs *crumbs
	button *Button
	retry  *Button
	shown  []FieldRow
}

// NewFieldPicker makes a picker that is not in a popover; leave is called by Esc. Call Start when it is shown and
// Close when it goes.
func NewFieldPicker(setup FieldPickerSetup, use func(FieldChoice), leave func()) *FieldPicker {
	f := &FieldPicker{use: use, leave: leave}
	f.walk = newFieldWalk(setup, f.changed)
	f.crumbs = &crumbs{owner: f}
	f.crumbs.ExtendBaseWidget(f.crumbs)
	f.search = NewSearchField("", "")
	f.search.OnChanged = func(string) { f.filter("") }
	f.search.OnSubmitted = func(string) { f.submit() }
	f.search.OnKey = f.key
	f.list = newPickList(6*pickHeight, func(i int) {
		defer f.keyboard() // the click took it away
		if i == f.list.cursor && i < len(f.shown) && f.walk.deeper(f.shown[i]) {
			f.in()
			return
		}
		f.list.moveTo(i)
		f.Refresh()
	})
	f.list.arrows = true
	f.button = NewButton(Main, lang.X("fields.use", "Use this field"), "", f.submit).Sized(Small)
	f.retry = NewButton(TextOnly, lang.X("button.retry", "Try again"), "", f.walk.again).Sized(Small)
	f.ExtendBaseWidget(f)
	return f
}

// Start opens the level of a bound field with the cursor on it, or the first level.
func (f *FieldPicker) Start(path []string) {
	chosen := ""
	if n := len(path); n > 0 {
		path, chosen = path[:n-1], path[n-1]
	}
	f.walk.open(path, chosen)
	f.keyboard()
}

// keyboard puts it into the search, from where all the keys work.
func (f *FieldPicker) keyboard() {
	if f.pop != nil {
		f.pop.Focus(f.search.entry)
	} else {
		f.search.Focus()
	}
}

// Close ends what is being read, and takes the popover away when it is in one.
func (f *FieldPicker) Close() {
	f.walk.close()
	if f.pop != nil {
		f.pop.Close()
	}
}

// Shown is what a press of the button would use; ok is false when nothing is under the cursor.
func (f *FieldPicker) Shown() (c FieldChoice, ok bool) {
	if i := f.list.cursor; f.walk.err == nil && i >= 0 && i < len(f.shown) {
		return f.walk.choice(f.shown[i]), true
	}
	return FieldChoice{}, false
}

func (f *FieldPicker) submit() {
	c, ok := f.Shown()
	if !ok {
		if f.walk.err != nil {
			f.walk.again()
		}
		return
	}
	if f.pop != nil {
		f.pop.Close()
	}
	if f.use != nil {
		f.use(c)
	}
}

// key is what the search field does not do itself. Left and Right belong to its text as long as the cursor has some
// way to go in it.
func (f *FieldPicker) key(name fyne.KeyName) bool {
	e := f.search.entry
	switch name {
	case fyne.KeyEscape:
		callIf(f.leave)
		return true
	case fyne.KeyRight:
		if e.CursorColumn < len([]rune(e.Text)) {
			return false
		}
		return f.in()
	case fyne.KeyLeft:
		if e.CursorColumn > 0 {
			return false
		}
		return f.back()
	case fyne.KeyBackspace:
		return e.Text == "" && f.back()
	}
	moved := f.list.key(name)
	if moved {
		f.Refresh()
	}
	return moved
}

// in shows the fields of the record under the cursor.
func (f *FieldPicker) in() bool {
	i := f.list.cursor
	if i < 0 || i >= len(f.shown) || !f.walk.deeper(f.shown[i]) {
		return false
	}
	f.to(append(append([]string{}, f.walk.path...), f.shown[i].Name), "")
	return true
}

// back shows the level above.
func (f *FieldPicker) back() bool {
	n := len(f.walk.path)
	if n == 0 {
		return false
	}
	f.to(f.walk.path[:n-1], f.walk.path[n-1])
	return true
}

func (f *FieldPicker) to(path []string, chosen string) {
	f.search.entry.SetText("")
	f.walk.open(path, chosen)
}

// changed is told by the walk that the level is another.
func (f *FieldPicker) changed(chosen string) {
	f.filter(chosen)
	f.crumbs.Refresh()
}

func (f *FieldPicker) filter(chosen string) {
	f.shown = f.walk.find(f.search.Text())
	items, cursor := make([]pickItem, len(f.shown)), -1
	for i, r := range f.shown {
		items[i] = pickItem{label: cleanLine(r.Label), value: cleanLine(r.Value), more: f.walk.deeper(r)}
		if r.Name == chosen {
			cursor = i
		}
	}
	if cursor < 0 && len(items) > 0 {
		cursor = 0
	}
	f.list.set(items, cursor)
	f.Refresh()
	if f.pop != nil {
		f.pop.Resized()
		f.list.moveTo(cursor)
	}
}

// foot is the full path of what is under the cursor and its value.
func (f *FieldPicker) foot() (path, value string) {
	c, ok := f.Shown()
	if !ok {
		return "", ""
	}
	labels := c.Labels
	if c.Row.More && c.Row.Stands != "" {
		labels = append(append([]string{}, labels...), c.Row.Stands)
	}
	path = strings.Join(labels, pathSign)
	if f.walk.setup.Record != "" {
		path = lang.X("fields.for", "{{.Path}}, for {{.Record}}", map[string]any{"Path": path, "Record": f.walk.setup.Record})
	}
	value = cleanLine(c.Row.Value)
	if value == "" && f.walk.setup.Record != "" {
		value = lang.X("fields.empty", "empty")
	}
	return path, value
}

const (
	pickerHead   float32 = 78
	pickerFoot   float32 = 66
	pickerPad    float32 = 13
	pickerLeast          = 3 // rows
	pickerMargin float32 = 4
)

// CreateRenderer is for Fyne.
func (f *FieldPicker) CreateRenderer() fyne.WidgetRenderer {
	edge, footGround, footEdge := newRect(0), newRect(0), newRect(0)
	var loading []plate
	b := &board{}
	path, value, note, alert := newText(theme.TypeCaption, plain), newText(theme.TypeBody, bold), newText(theme.TypeSmall, plain), newGlyph()
	var r *renderer
	fixed := []fyne.CanvasObject{edge, f.crumbs, f.search, f.list, footGround, footEdge, path, value, f.button, note, alert.Image, f.retry}
	message := func() (string, bool) {
		switch {
		case f.walk.err != nil:
			return lang.X("fields.failed", "The fields could not be read"), true
		case f.walk.rows == nil:
			return "", false
		case len(f.shown) == 0:
			return lang.X("fields.none", "No such field here"), false
		}
		return "", false
	}
	paint := func() {
		fill(edge, theme.Line, "", 0)
		fill(footGround, theme.PaneAlt, "", 0)
		footGround.BottomLeftCornerRadius, footGround.BottomRightCornerRadius = theme.RadiusCard, theme.RadiusCard
		fill(footEdge, theme.Line, "", 0)
		path.Color, value.Color, note.Color = theme.Color(theme.Text2), theme.Color(theme.Accent), theme.Color(theme.Text2)
		words, bad := message()
		note.Text = words
		name := ""
		if bad {
			name, note.Color = "alert", theme.Color(theme.Danger)
		}
		alert.set(name, theme.Danger)
		show(note, words != "")
		show(f.retry, bad)
		if _, ok := f.Shown(); ok == f.button.Disabled() {
			if ok {
				f.button.Enable()
			} else {
				f.button.Disable()
			}
		}
	}
	layout := func(size fyne.Size) {
		place(f.crumbs, 0, 0, size.Width, 36)
		place(f.search, pickerPad, 36, size.Width-2*pickerPad, 34)
		place(edge, 0, pickerHead, size.Width, 1)
		top := pickerHead + 1 + pickerMargin
		rows := size.Height - top - pickerMargin - pickerFoot
		place(f.list, 0, top, size.Width, rows)
		x := pickerPad
		if alert.Visible() {
			place(alert.Image, x, top+(pickHeight-16)/2, 16, 16)
			x += 24
		}
		m := f.retry.MinSize()
		place(note, x, top, size.Width-x-m.Width, pickHeight)
		place(f.retry, size.Width-m.Width-2, top+(pickHeight-m.Height)/2, m.Width, m.Height)
		loading = loading[:0]
		if f.walk.rows == nil && f.walk.err == nil && f.walk.slow {
			for i := range pickerLeast {
				y := top + float32(i)*pickHeight + 13
				loading = append(loading,
					plate{box: box{pickerPad, y, 70 + float32(i%2)*34, 10}, ground: theme.Chip, corners: round(5)},
					plate{box: box{size.Width - pickerPad - 84, y, 84 - float32(i%2)*20, 10}, ground: theme.Chip, corners: round(5)})
			}
		}
		b.plates(loading)
		r.objects = append(append(r.objects[:0], fixed...), b.objects()...)
		y := size.Height - pickerFoot
		place(footGround, 0, y, size.Width, pickerFoot)
		place(footEdge, 0, y, size.Width, 1)
		words, live := f.foot()
		room := size.Width - 2*pickerPad
		setText(path, drawn(fit(words, theme.TypeCaption, plain, room)))
		place(path, pickerPad, y+8, room, theme.TypeCaption.Pitch)
		bm := f.button.MinSize()
		place(f.button, size.Width-pickerPad-bm.Width, y+27, bm.Width, bm.Height)
		room -= bm.Width + theme.Space2
		setText(value, drawnIn(fit(live, theme.TypeBody, bold, room), bold))
		place(value, pickerPad, y+31, room, theme.TypeBody.Pitch)
	}
	min := func() fyne.Size {
		rows := fyne.Max(f.list.MinSize().Height, pickHeight)
		if f.walk.rows == nil {
			rows = pickerLeast * pickHeight
		}
		return fyne.NewSize(280, pickerHead+1+2*pickerMargin+rows+pickerFoot)
	}
	r = newRenderer(f, min, layout, paint, fixed...)
	return r
}

// crumbs is the way to the level that is shown. Each step above it can be clicked.
type crumbs struct {
	pointer
	owner *FieldPicker
	steps []box // where each step is drawn, the root first
	arrow box
}

// Tapped goes to the step under the pointer.
func (c *crumbs) Tapped(ev *fyne.PointEvent) {
	defer c.owner.keyboard()
	w := c.owner.walk
	if c.arrow.holds(ev.Position) {
		c.owner.back()
		return
	}
	for i, s := range c.steps {
		if s.holds(ev.Position) && i < len(w.path) {
			c.owner.to(w.path[:i], w.path[i])
			return
		}
	}
}

// CreateRenderer is for Fyne.
func (c *crumbs) CreateRenderer() fyne.WidgetRenderer {
	b := &board{}
	var r *renderer
	layout := func(size fyne.Size) {
		w := c.owner.walk
		names := append([]string{w.setup.Root}, w.labels...)
		var l bubbleLayout
		var signs []sign
		c.steps, c.arrow = c.steps[:0], box{}
		x := pickerPad
		if len(w.path) > 0 {
			c.arrow = box{0, 0, 32, size.Height}
			signs = append(signs, sign{box{14, (size.Height - 14) / 2, 14, 14}, "left", theme.Accent})
			x = 35
		}
		y := (size.Height - theme.TypeSmall.Pitch) / 2
		room := size.Width - x - pickerPad
		for i, name := range names {
			last := i == len(names)-1
			style, colour := plain, theme.Accent
			if last {
				style, colour = bold, theme.Text
			}
			// Every step keeps some room; the last, which one has come for, gets what is left.
			most := fyne.Max(40, room/float32(len(names)-i)-14)
			if last {
				most = room
			}
			text := fit(cleanLine(name), theme.TypeSmall, style, most)
			tw := l.text(text, theme.TypeSmall, style, colour, x, y)
			c.steps = append(c.steps, box{x, 0, tw, size.Height})
			x, room = x+tw, room-tw
			if !last {
				sw := l.text("›", theme.TypeSmall, plain, theme.Text2, x+6, y)
				x, room = x+12+sw, room-12-sw
			}
		}
		b.signs(signs)
		b.words(l.runs)
		r.objects = b.objects()
	}
	c.onTap = func() {}
	r = newRenderer(c, func() fyne.Size { return fyne.NewSize(120, 36) }, layout, func() {})
	return r
}
