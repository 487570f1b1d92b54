package widget

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// entry is Fyne's text entry with the hooks our fields need.
type entry struct {
	fynewidget.Entry

	readOnly bool
	onFocus  func(focused bool)
	onHover  func(hovered bool)
	// onKey sees every key first and swallows it by returning true.
	onKey func(name fyne.KeyName, shift bool) bool

	shift bool
}

var _ desktop.Hoverable = (*entry)(nil)

func newEntry(multiLine bool) *entry {
	e := &entry{}
	e.MultiLine = multiLine
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if multiLine {
		e.Wrapping = fyne.TextWrapWord
	}
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer is for Fyne.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	r := e.Entry.CreateRenderer()
	if e.MultiLine {
		return r
	}
	for _, o := range r.Objects() {
		if s, ok := o.(*container.Scroll); ok && s.Content != nil {
			return &lineRenderer{WidgetRenderer: r, scroll: s, line: newLineStrip(s.Content)}
		}
	}
	return r
}

func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	if !e.MultiLine {
		Reveal(e)
	}
	if e.onFocus != nil {
		e.onFocus(true)
	}
}

func (e *entry) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
	if e.onFocus != nil {
		e.onFocus(false)
	}
}

func (e *entry) MouseIn(*desktop.MouseEvent) {
	if e.onHover != nil {
		e.onHover(true)
	}
}

func (e *entry) MouseMoved(*desktop.MouseEvent) {}

func (e *entry) MouseOut() {
	if e.onHover != nil {
		e.onHover(false)
	}
}

func (e *entry) KeyDown(key *fyne.KeyEvent) {
	if key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight {
		e.shift = true
	}
	e.Entry.KeyDown(key)
}

func (e *entry) KeyUp(key *fyne.KeyEvent) {
	if key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight {
		e.shift = false
	}
	e.Entry.KeyUp(key)
}

// AcceptsTab is no: Tab goes on to what comes next, in a field of many lines too, or the keyboard would never leave it.
func (e *entry) AcceptsTab() bool { return false }

func (e *entry) TypedKey(key *fyne.KeyEvent) {
	if e.onKey != nil && e.onKey(key.Name, e.shift) || passOnKey(key.Name) {
		return
	}
	if e.readOnly {
		switch key.Name {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown:
		default:
			return
		}
	}
	e.Entry.TypedKey(key)
}

func (e *entry) TypedRune(r rune) {
	if !e.readOnly {
		e.Entry.TypedRune(r)
	}
}

func (e *entry) TypedShortcut(s fyne.Shortcut) {
	passOn(s)
	if e.readOnly {
		switch s.(type) {
		case *fyne.ShortcutCopy, *fyne.ShortcutSelectAll:
		default:
			return
		}
	}
	e.Entry.TypedShortcut(s)
}

// lineRenderer shows what Fyne's scroll of one line holds, and not the scroll itself: that would keep the wheel from
// the page around the field, and draw shadows and a bar into it. It still says how far the text stands to the left,
// so that the cursor stays in sight.
type lineRenderer struct {
	fyne.WidgetRenderer
	scroll *container.Scroll
	line   *lineStrip
}

func (r *lineRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.line.Move(r.scroll.Position())
	r.line.Resize(r.scroll.Size())
}

func (r *lineRenderer) Objects() []fyne.CanvasObject {
	objects := slices.Clone(r.WidgetRenderer.Objects())
	for i, o := range objects {
		if o == fyne.CanvasObject(r.scroll) {
			objects[i] = r.line
		}
	}
	return objects
}

// lineStrip stands where the scroll of an entry would; the scroll moves and sizes what it holds.
type lineStrip struct {
	fynewidget.BaseWidget
	holds fyne.CanvasObject
}

func newLineStrip(holds fyne.CanvasObject) *lineStrip {
	l := &lineStrip{holds: holds}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer is for Fyne.
func (l *lineStrip) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(l, func() fyne.Size { return fyne.Size{} }, func(fyne.Size) {}, func() {}, l.holds)
	return &clipRenderer{r}
}

// newline puts a line break where the cursor is, whatever Return means here.
func (e *entry) newline() { e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }

// bare shows an entry without the frame that Fyne draws around it: the frame is clipped away, and ours is drawn
// by whoever holds it. (With a border of no width Fyne's cursor would have none either.) An entry writes from its
// top, so one that has more room than its lines need stands in the middle of it; the rest still takes clicks.
type bare struct {
	fynewidget.BaseWidget
	entry *entry
	cut   *cutOut
}

var (
	_ fyne.Tappable      = (*bare)(nil)
	_ desktop.Cursorable = (*bare)(nil)
)

// bareBorder is the width of Fyne's frame and of its cursor; bareCut is what has to be cut off to lose the frame, which
// Fyne sets in by half its width and draws with soft edges.
const (
	bareBorder float32 = 2
	bareCut    float32 = 4
)

func newBare(e *entry, size float32) *bare {
	b := &bare{entry: e, cut: newCutOut(container.NewThemeOverride(e, entryTheme{size, e}))}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped puts the cursor into the text when somebody clicks beside it.
func (b *bare) Tapped(*fyne.PointEvent) {
	if !b.entry.Disabled() {
		focus(b.entry)
	}
}

// Cursor is the one of text.
func (b *bare) Cursor() desktop.Cursor { return b.entry.Cursor() }

// CreateRenderer is for Fyne.
func (b *bare) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) {
		height := fyne.Min(size.Height, b.cut.MinSize().Height)
		place(b.cut, 0, (size.Height-height)/2, size.Width, height)
	}
	return newRenderer(b, func() fyne.Size { return b.cut.MinSize() }, layout, func() {}, b.cut)
}

// pad fills the frame around a text: a click on it is one into the text, and does not take the keyboard away from it.
type pad struct {
	fynewidget.BaseWidget
	tap func()
}

var (
	_ fyne.Tappable      = (*pad)(nil)
	_ desktop.Cursorable = (*pad)(nil)
)

func newPad(tap func()) *pad {
	p := &pad{tap: tap}
	p.ExtendBaseWidget(p)
	return p
}

// Tapped is a click beside the text.
func (p *pad) Tapped(*fyne.PointEvent) { p.tap() }

// Cursor is the one of text.
func (*pad) Cursor() desktop.Cursor { return desktop.TextCursor }

// CreateRenderer is for Fyne.
func (p *pad) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer(p, func() fyne.Size { return fyne.Size{} }, func(fyne.Size) {}, func() {})
}

// cutOut shows something less its edges.
type cutOut struct {
	fynewidget.BaseWidget
	holds *container.ThemeOverride
}

func newCutOut(holds *container.ThemeOverride) *cutOut {
	c := &cutOut{holds: holds}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for Fyne.
func (c *cutOut) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(c,
		func() fyne.Size { return c.holds.MinSize().SubtractWidthHeight(2*bareCut, 2*bareCut) },
		func(size fyne.Size) {
			place(c.holds, -bareCut, -bareCut, size.Width+2*bareCut, size.Height+2*bareCut)
		},
		func() {}, c.holds)
	return &clipRenderer{r}
}

// clipRenderer has its content cut off at the edges.
type clipRenderer struct{ *renderer }

// IsClip tells Fyne to clip.
func (*clipRenderer) IsClip() {}

// entryTheme is the running theme, less the ground and frame of an entry and the shadows at the ends of a long text.
type entryTheme struct {
	size  float32
	entry *entry
}

func (entryTheme) now() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (t entryTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch n {
	case fynetheme.ColorNameInputBackground, fynetheme.ColorNameInputBorder, fynetheme.ColorNameShadow:
		return color.Transparent
	case fynetheme.ColorNameForeground:
		if t.entry.readOnly {
			n = theme.Text3
		}
	}
	return t.now().Color(n, v)
}
func (t entryTheme) Font(s fyne.TextStyle) fyne.Resource     { return t.now().Font(s) }
func (t entryTheme) Icon(n fyne.ThemeIconName) fyne.Resource { return t.now().Icon(n) }
func (t entryTheme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case fynetheme.SizeNameText:
		return t.size
	case fynetheme.SizeNameInputBorder:
		return bareBorder
	case fynetheme.SizeNameInputRadius:
		return 0
	case fynetheme.SizeNameInnerPadding:
		return theme.Space2
	case fynetheme.SizeNameScrollBar, fynetheme.SizeNameScrollBarSmall:
		return 3
	}
	return t.now().Size(n)
}
