package widget

import (
	"sort"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"shopbell/meta/template"
	"shopbell/views/theme"
)

// chipMark in a style's tab width says that a span is a placeholder, which is drawn as a chip; it has chipPad more at
// either side.
const (
	chipMark         = 77
	chipPad  float32 = 5
)

var chipStyle = fyne.TextStyle{Bold: true, TabWidth: chipMark}

// textLayout breaks a text into lines for one width. Paragraphs that were there before are not broken anew.
type textLayout struct {
	size  float32
	width float32
	text  string
	lines []areaLine
	paras map[string]*areaPara
	look  int
}

// areaPara is a paragraph with its marks and its lines, in bytes from its beginning.
type areaPara struct {
	styled
	lines []line
	rtl   bool
}

// areaLine is a line of the whole text.
type areaLine struct {
	para              *areaPara
	at                int // where the paragraph begins
	line              line
	start, shown, end int // of the line in the text; end is without the line break
	last              bool
}

// update breaks the text anew and tells whether anything changed.
func (l *textLayout) update(text string, width float32) bool {
	if l.text == text && l.width == width && l.paras != nil && l.look == theme.Generation() {
		return false
	}
	old := l.paras
	if l.width != width || l.look != theme.Generation() {
		old = nil
	}
	l.text, l.width, l.look = text, width, theme.Generation()
	l.paras = make(map[string]*areaPara, len(old)+1)
	l.lines = l.lines[:0]
	for at := 0; ; {
		end := len(text)
		nl := strings.IndexByte(text[at:], '\n')
		if nl >= 0 {
			end = at + nl
		}
		words := text[at:end]
		p := l.paras[words]
		if p == nil {
			if p = old[words]; p == nil {
				p = newAreaPara(words, l.size, width)
			}
			l.paras[words] = p
		}
		for i, ln := range p.lines {
			l.lines = append(l.lines, areaLine{p, at, ln, at + ln.start, at + ln.shown, at + ln.end, i == len(p.lines)-1})
		}
		if nl < 0 {
			return true
		}
		at = end + 1
	}
}

func newAreaPara(text string, size, width float32) *areaPara {
	p := &areaPara{styled: markedUp(strings.Clone(text)), rtl: rightToLeft(text)}
	p.lines = breakLines(p.styled, size, width)
	return p
}

// markedUp styles a paragraph as its marks say, which stay where they are, and makes chips of its placeholders.
func markedUp(text string) styled {
	s := styled{text: text}
	add := func(from, to int, style fyne.TextStyle) {
		if from >= to {
			return
		}
		if n := len(s.spans); n > 0 && s.spans[n-1].style == style && style != chipStyle {
			s.spans[n-1].end = to
			return
		}
		s.spans = append(s.spans, span{from, to, style, ""})
	}
	chips := template.Placeholders(text)
	put := func(from, to int, style fyne.TextStyle) {
		for len(chips) > 0 && chips[0].Start < to && from < to {
			c := chips[0]
			add(from, c.Start, style)
			add(max(from, c.Start), min(to, c.End), chipStyle)
			from = min(to, c.End)
			if c.End > to {
				chips[0].Start = to
				return
			}
			chips = chips[1:]
		}
		add(from, to, style)
	}
	// The spans of the marks are the text less the marks: what is missing in them is a mark, and drawn like what it
	// stands at.
	at := 0
	var before fyne.TextStyle
	for _, m := range template.Marks(text) {
		style := fyne.TextStyle{Bold: m.Bold, Italic: m.Italic, Strikethrough: m.Strike, Monospace: m.Mono}
		i := strings.Index(text[at:], m.Text)
		if i < 0 {
			break
		}
		marks := style
		if before != plain {
			marks = before
		}
		marks.Strikethrough = false
		put(at, at+i, marks)
		put(at+i, at+i+len(m.Text), style)
		at += i + len(m.Text)
		before = style
	}
	before.Strikethrough = false
	put(at, len(text), before)
	if len(s.spans) == 0 {
		return unstyled(text)
	}
	return s
}

// seg is a piece of a line that is drawn at once, at x from the line's left edge.
type seg struct {
	from, to int // in the paragraph
	text     string
	style    fyne.TextStyle
	x, width float32
	rtl      bool
	chip     bool
}

// segs places the pieces of a line in the order in which they are seen.
func (a areaLine) segs(size, room float32) []seg {
	p := a.para
	var runs [][]seg
	i := sort.Search(len(p.spans), func(i int) bool { return p.spans[i].end > a.line.start })
	end := a.line.end
	for ; i < len(p.spans) && p.spans[i].start < end; i++ {
		sp := p.spans[i]
		from, to := max(a.line.start, sp.start), min(end, sp.end)
		if sp.style == chipStyle {
			w := width(p.text[from:to], size, bold) + 2*chipPad
			runs = append(runs, []seg{{from: from, to: to, text: p.text[from:to], style: bold, width: w, chip: true}})
			continue
		}
		for _, d := range directions(p.text[from:to], p.rtl) {
			runs = append(runs, pieces(p.text, from+d.from, from+d.to, d.left, sp.style, size))
		}
	}
	x := float32(0)
	if p.rtl {
		x = room
	}
	var out []seg
	for _, run := range runs {
		w := float32(0)
		for _, s := range run {
			w += s.width
		}
		if p.rtl {
			x -= w
		}
		at := x
		if run[0].rtl {
			at += w
		}
		for _, s := range run {
			if s.rtl {
				at -= s.width
				s.x = at
			} else {
				s.x = at
				at += s.width
			}
			out = append(out, s)
		}
		if !p.rtl {
			x += w
		}
	}
	return out
}

// pieces cuts a stretch of one direction into words and what stands between them.
func pieces(text string, from, to int, left bool, style fyne.TextStyle, size float32) []seg {
	if !left {
		t := text[from:to]
		return []seg{{from: from, to: to, text: t, style: style, width: safeWidth(t, size, style)}}
	}
	var out []seg
	kind := -1
	for i, r := range text[from:to] {
		k := 0
		if direction(r) == dirLeft || unicode.In(r, unicode.M, unicode.Cf) && kind == 1 {
			k = 1
		}
		if k != kind || k == 0 {
			out = append(out, seg{from: from + i, style: style, rtl: true})
			kind = k
		}
		out[len(out)-1].to = from + i + len(string(r))
	}
	for i := range out {
		s := &out[i]
		s.to = min(s.to, to)
		s.text = turned.Replace(text[s.from:s.to])
		s.width = safeWidth(s.text, size, style)
	}
	return out
}

// safeWidth adds up words and spaces as the breaker does.
func safeWidth(s string, size float32, style fyne.TextStyle) float32 {
	return wordsWidth(visible(s), size, style)
}

// visible is what is drawn of a text: signs that cannot be seen, or would turn what follows, are left out.
func visible(s string) string {
	if !needsCleaning(s) {
		return s
	}
	return clean(s)
}

// stretch is a part of a text that runs in one direction.
type stretch struct {
	from, to int
	left     bool
}

// directions splits a text into stretches: signs and blanks between two of one direction belong to them, others to
// the paragraph's.
func directions(s string, rtl bool) []stretch {
	var out []stretch
	pending := -1 // where undecided signs begin
	add := func(from, to int, left bool) {
		if from >= to {
			return
		}
		if n := len(out); n > 0 && out[n-1].left == left {
			out[n-1].to = to
			return
		}
		out = append(out, stretch{from, to, left})
	}
	for i, r := range s {
		d := direction(r)
		if unicode.IsDigit(r) {
			d = dirRight
		}
		if d == dirNone {
			if pending < 0 {
				pending = i
			}
			continue
		}
		left := d == dirLeft
		if pending >= 0 {
			between := rtl
			if n := len(out); n > 0 && out[n-1].left == left {
				between = left
			}
			add(pending, i, between)
			pending = -1
		}
		add(i, i+len(string(r)), left)
	}
	if pending >= 0 {
		add(pending, len(s), rtl)
	}
	for i := range out {
		out[i].to = min(out[i].to, len(s))
	}
	return out
}

// xOf is where the cursor stands at an offset of a line's paragraph.
func xOf(segs []seg, at int, rtl bool, room, size float32) float32 {
	x := float32(0)
	if rtl {
		x = room
	}
	for _, s := range segs {
		if at < s.from || at > s.to {
			continue
		}
		x = s.inside(at, size)
		if at < s.to {
			break
		}
	}
	return x
}

// inside is where an offset of a piece stands.
func (s seg) inside(at int, size float32) float32 {
	pad := float32(0)
	if s.chip {
		pad = chipPad
		if at == s.from {
			return s.x
		}
		if at == s.to {
			return s.x + s.width
		}
	}
	w := pad
	if at >= s.to {
		w = s.width
	} else if at > s.from {
		w += safeWidth(s.text[:min(at-s.from, len(s.text))], size, s.style)
	}
	if s.rtl {
		return s.x + s.width - w
	}
	return s.x + w
}

// offsetAt is the offset of a line's paragraph that is nearest to x.
func (a areaLine) offsetAt(segs []seg, x, size float32) int {
	if len(segs) == 0 {
		return a.line.start
	}
	best := segs[0]
	for _, s := range segs {
		if dist(s, x) < dist(best, x) {
			best = s
		}
	}
	ends := append([]int{0}, clusterEnds(best.text)...)
	at, near := best.from, float32(1e9)
	// Positions grow along the piece, so the nearest is found by halves.
	lo, hi := 0, len(ends)-1
	for hi-lo > 4 {
		mid := (lo + hi) / 2
		if p := best.inside(best.from+ends[mid], size); p < x != best.rtl {
			lo = mid
		} else {
			hi = mid
		}
	}
	for k := lo; k <= hi; k++ {
		off := best.from + ends[k]
		if d := best.inside(off, size) - x; max(d, -d) < near {
			at, near = off, max(d, -d)
		}
	}
	return min(at, a.line.end)
}

func dist(s seg, x float32) float32 {
	switch {
	case x < s.x:
		return s.x - x
	case x > s.x+s.width:
		return x - s.x - s.width
	}
	return 0
}
