package widget

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"shopbell/views/theme"
)

// optionList is the inside of a choice's popover: a search field where there are many options, the rows, and perhaps
// a button below.
type optionList struct {
	control
	options []Option
	shown   []int // indexes of the options that match
	picked  func(o Option) bool
	choose  func(o Option)
	leave   func()
	search  *SearchField
	list    *pickList
	foot    *Button
	pop     *Popover
	checks  bool
}

func newOptionList(options []Option, picked func(Option) bool, choose func(Option), leave func()) *optionList {
	l := &optionList{options: options, picked: picked, choose: choose, leave: leave}
	l.list = newPickList(9*pickHeight, func(i int) { l.take(i) })
	if len(options) >= searchFrom {
		l.search = NewSearchField(lang.X("choice.search", "Search"), "")
		l.search.OnChanged = l.filter
		l.search.OnSubmitted = func(string) { l.take(l.list.cursor) }
		l.search.OnKey = l.key
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *optionList) setFoot(words string, do func()) {
	if words != "" {
		l.foot = NewButton(TextOnly, words, "plus", do).Sized(Small)
	}
}

// start gives it the keyboard, with something typed already.
func (l *optionList) start(p *Popover, query string) {
	l.pop = p
	l.filter("")
	if p == nil {
		return
	}
	if l.search == nil {
		p.Focus(l)
		return
	}
	p.Focus(l.search.entry)
	if query != "" {
		l.search.SetText(query)
		l.search.entry.CursorColumn = len([]rune(query))
		l.search.entry.Refresh()
	}
}

// key moves the cursor, leaves on Esc.
func (l *optionList) key(name fyne.KeyName) bool {
	if name == fyne.KeyEscape {
		l.leave()
		return true
	}
	return l.list.key(name)
}

// TypedKey is for a list without a search field, which has the keyboard itself.
func (l *optionList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.take(l.list.cursor)
	case fyne.KeyHome:
		l.list.moveTo(-1)
		l.list.step(1)
	case fyne.KeyEnd:
		l.list.moveTo(len(l.list.items))
		l.list.step(-1)
	default:
		l.key(ev.Name)
	}
}

// TypedRune goes to the next option that begins with the letter.
func (l *optionList) TypedRune(r rune) {
	n := len(l.shown)
	for k := 1; k <= n; k++ {
		i := (l.list.cursor + k) % n
		if strings.HasPrefix(fold(l.options[l.shown[i]].Label), fold(string(r))) {
			l.list.moveTo(i)
			return
		}
	}
}

func (l *optionList) take(i int) {
	if i >= 0 && i < len(l.shown) {
		l.choose(l.options[l.shown[i]])
	}
}

// filter shows the options that match: first those that begin with the words, then those that hold them.
func (l *optionList) filter(query string) {
	l.shown = match(l.options, query)
	items := make([]pickItem, len(l.shown))
	cursor := -1
	for k, i := range l.shown {
		o := l.options[i]
		on := l.picked(o)
		items[k] = pickItem{label: o.Label, value: o.Detail, icon: o.Icon, check: l.checks || o.Icon == "", on: on}
		if on && cursor < 0 && query == "" {
			cursor = k
		}
	}
	if cursor < 0 && len(items) > 0 {
		cursor = 0
	}
	l.list.set(items, cursor)
	l.Refresh()
	if l.pop != nil {
		l.pop.Resized()
		l.list.moveTo(cursor)
		l.list.centre()
	}
}

// match ranks options by a query: label begins with it, a word of it begins with it, it is held anywhere.
func match(options []Option, query string) []int {
	q := fold(strings.TrimSpace(query))
	type hit struct{ i, rank int }
	var hits []hit
	for i, o := range options {
		label, all := fold(o.Label), fold(o.Label+" "+o.Words+" "+o.Detail+" "+o.Key)
		rank := 3
		switch {
		case strings.HasPrefix(label, q):
			rank = 0
		case strings.Contains(" "+all, " "+q):
			rank = 1
		case strings.Contains(all, q):
			rank = 2
		case allIn(all, strings.Fields(q)):
			rank = 2
		}
		if rank < 3 {
			hits = append(hits, hit{i, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.rank - b.rank })
	out := make([]int, len(hits))
	for k, h := range hits {
		out[k] = h.i
	}
	return out
}

func allIn(s string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(s, w) {
			return false
		}
	}
	return true
}

// fold makes a text findable: small letters without accents.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			plain = false
			break
		}
	}
	if !plain {
		t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)))
		if out, _, err := transform.String(t, s); err == nil {
			s = strings.NewReplacer("đ", "d", "Đ", "d", "ß", "ss", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l").Replace(out)
		}
	}
	return strings.ToLower(s)
}

// CreateRenderer is for Fyne.
func (l *optionList) CreateRenderer() fyne.WidgetRenderer {
	const pad = 6
	none, edge, footEdge := newText(theme.TypeSmall, plain), newRect(0), newRect(0)
	objects := []fyne.CanvasObject{l.list, none, edge, footEdge}
	if l.search != nil {
		objects = append(objects, l.search)
	}
	if l.foot != nil {
		objects = append(objects, l.foot)
	}
	head := func() float32 {
		if l.search == nil {
			return 0
		}
		return 2*12 + theme.HeightControl + 1
	}
	foot := func() float32 {
		if l.foot == nil {
			return 0
		}
		return theme.HeightSmallButton + 13
	}
	paint := func() {
		none.Color = theme.Color(theme.Text2)
		none.Text = lang.X("choice.none", "Nothing found")
		show(none, len(l.shown) == 0)
		fill(edge, theme.Line, "", 0)
		fill(footEdge, theme.Line, "", 0)
		show(edge, l.search != nil)
		show(footEdge, l.foot != nil)
	}
	layout := func(size fyne.Size) {
		if l.search != nil {
			place(l.search, 12, 12, size.Width-24, theme.HeightControl)
			place(edge, 0, head()-1, size.Width, 1)
		}
		y := head() + pad
		place(l.list, 0, y, size.Width, size.Height-y-pad-foot())
		place(none, 13, y, size.Width-26, pickHeight)
		if l.foot != nil {
			place(footEdge, 0, size.Height-foot(), size.Width, 1)
			m := l.foot.MinSize()
			place(l.foot, 1, size.Height-foot()+7, fyne.Min(m.Width, size.Width-2), m.Height)
		}
	}
	min := func() fyne.Size {
		return fyne.NewSize(160, head()+fyne.Max(l.list.MinSize().Height, pickHeight)+2*pad+foot())
	}
	return newRenderer(l, min, layout, paint, objects...)
}

// MultiChoice is a field that opens a list with a tick at each option that is chosen. With none it stands for all of
// them, which its first row says ("Everybody").
type MultiChoice struct {
	fynewidget.BaseWidget
	OnChanged func(keys []string)

	all     string
	face    *choiceFace
	options []Option
	chosen  []string
	list    *optionList
	pop     *Popover
}

// NewMultiChoice makes a choice of several with all of them chosen.
func NewMultiChoice(label, all string, options []Option, changed func(keys []string)) *MultiChoice {
	m := &MultiChoice{all: all, options: options, OnChanged: changed}
	m.face = newChoiceFace(label, m.Open)
	m.face.opens = m.openWith
	m.ExtendBaseWidget(m)
	m.SetChosen(nil)
	return m
}

// SetOptions replaces what can be chosen.
func (m *MultiChoice) SetOptions(options []Option) {
	m.options = options
	m.SetChosen(m.chosen)
}

// SetChosen chooses by keys without calling OnChanged; none is all.
func (m *MultiChoice) SetChosen(keys []string) {
	m.chosen = slices.Clone(keys)
	var names []string
	for _, o := range m.options {
		if slices.Contains(m.chosen, o.Key) {
			names = append(names, o.Label)
		}
	}
	words := strings.Join(names, ", ")
	if len(m.chosen) == 0 {
		words = m.all
	} else if len(names) < len(m.chosen) {
		words = strings.Join(append(names, lang.X("choice.others", "{{.Count}} more", map[string]any{"Count": len(m.chosen) - len(names)})), ", ")
	}
	m.face.setWords(words, "")
}

// Chosen are the keys that are chosen, in the order of the options; none is all.
func (m *MultiChoice) Chosen() []string { return slices.Clone(m.chosen) }

// SetWrong marks the field and says why below it.
func (m *MultiChoice) SetWrong(reason string) { m.face.setWrong(reason); m.Refresh() }

// Enable lets it be opened.
func (m *MultiChoice) Enable() { m.face.Enable() }

// Disable greys it.
func (m *MultiChoice) Disable() { m.face.Disable() }

// Disabled tells whether it is greyed.
func (m *MultiChoice) Disabled() bool { return m.face.Disabled() }

// Focus gives it the keyboard.
func (m *MultiChoice) Focus() { focus(m.face) }

// Open shows the list.
func (m *MultiChoice) Open() { m.openWith("") }

// IsOpen tells whether the list is shown.
func (m *MultiChoice) IsOpen() bool { return m.pop != nil }

// Close hides the list.
func (m *MultiChoice) Close() {
	if m.pop != nil {
		m.pop.Close()
	}
}

func (m *MultiChoice) openWith(query string) {
	if m.pop != nil {
		return
	}
	options := append([]Option{{Key: "", Label: m.all}}, m.options...)
	m.list = newOptionList(options, func(o Option) bool {
		if o.Key == "" {
			return len(m.chosen) == 0
		}
		return slices.Contains(m.chosen, o.Key)
	}, m.toggle, m.Close)
	m.list.checks = true
	m.pop = m.face.open(m.list, 0, func() { m.pop, m.list = nil, nil })
	m.list.start(m.pop, query)
}

// toggle chooses an option or takes it back; the list stays open.
func (m *MultiChoice) toggle(o Option) {
	var keys []string
	if o.Key != "" {
		for _, each := range m.options {
			if slices.Contains(m.chosen, each.Key) != (each.Key == o.Key) {
				keys = append(keys, each.Key)
			}
		}
	}
	m.SetChosen(keys)
	if m.list != nil {
		cursor := m.list.list.cursor
		for k, i := range m.list.shown {
			m.list.list.items[k].on = m.list.picked(m.list.options[i])
			if m.list.options[i].Key == o.Key {
				cursor = k
			}
		}
		m.list.list.moveTo(cursor)
	}
	if m.OnChanged != nil {
		m.OnChanged(m.Chosen())
	}
}

// CreateRenderer is for Fyne.
func (m *MultiChoice) CreateRenderer() fyne.WidgetRenderer { return faceRenderer(m, m.face) }
