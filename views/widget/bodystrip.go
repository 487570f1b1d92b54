package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

// bindingStrip lists the placeholders of the text, by number, with what they are filled with. A click tells which.
type bindingStrip struct {
	pointer
	owner   *BodyEditor
	onGrown func()
	words   map[string]string
	over    int
	items   []stripItem
	high    float32

	arranged bool // for this text and this width
	forText  string
	forW     float32
}

// stripItem is one placeholder of the strip.
type stripItem struct {
	box
	name, words string
	open        bool // not bound yet
	chip, text  float32
}

const (
	stripRow  float32 = 28
	stripPadY float32 = 5
)

// arrange puts the placeholders side by side, in as many rows as they need.
func (s *bindingStrip) arrange(w float32) {
	if s.arranged && s.forText == s.owner.Text() && s.forW == w {
		return
	}
	s.arranged, s.forText, s.forW = true, s.owner.Text(), w
	s.items = s.items[:0]
	x, y := float32(14), stripPadY
	for _, name := range template.Names(s.owner.Text()) {
		it := stripItem{name: cleanLine(name), words: cleanLine(s.words[name])}
		if it.words == "" {
			it.words, it.open = lang.X("body.unbound", "not filled yet"), true
		}
		it.chip = fyne.Max(20, width(it.name, theme.TypeCaption.Size, bold)+12)
		most := fyne.Min(220, w-28-it.chip-6)
		it.words = fit(it.words, theme.TypeSmall, plain, most)
		it.text = width(it.words, theme.TypeSmall.Size, plain)
		need := it.chip + 6 + it.text
		if x > 14 && x+need > w-14 {
			x, y = 14, y+stripRow
		}
		it.box = box{x, y, need, stripRow}
		x += need + 14
		s.items = append(s.items, it)
	}
	s.high = 0
	if len(s.items) > 0 {
		s.high = y + stripRow + stripPadY
	}
}

// heightFor is how high the strip is; nothing where there is no placeholder.
func (s *bindingStrip) heightFor(w float32) float32 {
	if w <= 0 { // nobody laid it out yet
		return s.high
	}
	was := s.high
	s.arrange(w)
	if was != s.high && was > 0 {
		defer callIf(s.onGrown)
	}
	return s.high
}

func (s *bindingStrip) at(p fyne.Position) int {
	for i, it := range s.items {
		if it.holds(p) {
			return i
		}
	}
	return -1
}

// Tapped tells which placeholder was clicked.
func (s *bindingStrip) Tapped(ev *fyne.PointEvent) {
	if i := s.at(ev.Position); i >= 0 && s.owner.OnPlaceholder != nil {
		s.owner.OnPlaceholder(s.items[i].name)
	}
}

// MouseMoved underlines the one below the pointer.
func (s *bindingStrip) MouseMoved(ev *desktop.MouseEvent) { s.light(s.at(ev.Position)) }

// MouseOut is for Fyne.
func (s *bindingStrip) MouseOut() { s.light(-1) }

func (s *bindingStrip) light(i int) {
	if s.over != i {
		s.over = i
		s.Refresh()
	}
}

// Cursor is a hand over a placeholder.
func (s *bindingStrip) Cursor() desktop.Cursor {
	if s.over >= 0 && s.over < len(s.items) && s.owner.OnPlaceholder != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

func (s *bindingStrip) CreateRenderer() fyne.WidgetRenderer {
	s.over = -1
	b := &board{}
	var r *renderer
	layout := func(size fyne.Size) {
		s.arrange(size.Width)
		var plates []plate
		var l bubbleLayout
		for i, it := range s.items {
			mid := it.y + it.h/2
			ground, letters, words := theme.AccentSoft2, theme.Accent, theme.Text
			if it.open {
				ground, letters, words = theme.WarnSoft, theme.Warn, theme.Warn
			}
			plates = append(plates, plate{box: box{it.x, mid - 10, it.chip, 20}, ground: ground, corners: round(6)})
			w := width(it.name, theme.TypeCaption.Size, bold)
			l.text(it.name, theme.TypeCaption, bold, letters, it.x+(it.chip-w)/2, mid-8)
			style := fyne.TextStyle{Underline: i == s.over && s.owner.OnPlaceholder != nil}
			l.text(drawn(it.words), theme.TypeSmall, style, words, it.x+it.chip+6, mid-9)
		}
		b.plates(plates)
		b.words(l.runs)
		r.objects = b.objects()
	}
	r = newRenderer(s, func() fyne.Size { return fyne.NewSize(100, s.high) }, layout, func() {})
	return r
}
