package papers

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// em is the size text is shaped at. Positions within a line are in these units, so that one shaping serves every size.
const em = 1000

// longest is how many characters are shaped at once; a longer paragraph is cut, because the shaper counts in 26.6 bits.
const longest = 2000

// mostLines is how many lines one text may have, so that a mistaken file in a note does not hold up everything before the paper is refused.
const mostLines = 12000

// glyph is one drawn shape.
type glyph struct {
	id       font.GID
	advance  float64 // in em units, as all of it
	dx, dy   float64 // dy upwards
	meaning  string  // the characters it stands for; "" where another of its cluster has them
	spanning string  // with the first glyph of several that are read as a whole: their characters, or nothing
	span     int     // how many glyphs spanning covers
}

// blank is a glyph that is not drawn and takes no room, but has a meaning.
const blank font.GID = 1 << 31

// run is a piece of a line in one font and direction, in the order it is drawn, left to right.
type run struct {
	cut    *cut
	glyphs []glyph
	width  float64
}

// line is one line of text.
type line struct {
	runs            []run
	width           float64
	ascent, descent float64 // both positive
}

func (l line) height(size float64) float64 { return (l.ascent + l.descent) * size / em }

// setter shapes text. It is for one goroutine at a time.
type setter struct {
	fonts   *Fonts
	shaper  shaping.HarfbuzzShaper
	segment shaping.Segmenter
	wrapper shaping.LineWrapper
	faces   map[*cut]*font.Face
	cuts    map[*font.Face]*cut
	regular map[rune]*cut
	strong  map[rune]*cut
	missing map[rune]bool
	endless bool // a text had more than mostLines
}

func (f *Fonts) setter() *setter {
	s, ok := f.setters.Get().(*setter)
	if !ok {
		s = &setter{
			fonts: f, faces: map[*cut]*font.Face{}, cuts: map[*font.Face]*cut{}, regular: map[rune]*cut{}, strong: map[rune]*cut{},
		}
		s.shaper.SetFontCacheSize(32)
	}
	s.missing, s.endless = map[rune]bool{}, false
	return s
}

func (f *Fonts) done(s *setter) { f.setters.Put(s) }

// lost lists the characters no font had, in order.
func (s *setter) lost() []rune {
	var out []rune
	for r := range s.missing {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// cutFor finds the font of a character; nil when there is none.
func (s *setter) cutFor(r rune, bold bool) *cut {
	known := s.regular
	if bold {
		known = s.strong
	}
	if c, ok := known[r]; ok {
		return c
	}
	find := func(list []family) *cut {
		for _, fam := range list {
			c := fam.regular
			if bold {
				c = fam.bold
			}
			if g, ok := c.font.NominalGlyph(r); ok && g != 0 {
				return c
			}
		}
		return nil
	}
	c := find(s.fonts.families)
	if c == nil {
		c = find(s.fonts.behind())
	}
	if len(known) < 20000 {
		known[r] = c
	}
	return c
}

func (s *setter) faceOf(c *cut) *font.Face {
	f, ok := s.faces[c]
	if !ok {
		f = font.NewFace(c.font)
		s.faces[c], s.cuts[f] = f, c
	}
	return f
}

// weight resolves characters to the fonts of one weight.
type weight struct {
	*setter
	bold bool
}

func (w weight) ResolveFace(r rune) *font.Face {
	c := w.cutFor(r, w.bold)
	if c == nil {
		c = w.fonts.families[0].regular
		if w.bold {
			c = w.fonts.families[0].bold
		}
	}
	return w.faceOf(c)
}

// clean makes a text drawable: composed, without control characters, and with a mark in the place of letters that no font has. Pictographs
// that no font has are left out. Both are noted as missing.
func (s *setter) clean(text string, bold bool) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD")) {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case r == '\n' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f' || r == '\u0085':
			b.WriteByte('\n')
		case invisible(r):
			b.WriteRune(r)
		case unicode.IsControl(r):
		case s.cutFor(r, bold) != nil:
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			s.missing[r] = true
			if unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) || unicode.Is(unicode.M, r) {
				break
			}
			if s.cutFor('\uFFFD', bold) != nil {
				b.WriteRune('\uFFFD')
			} else {
				b.WriteByte('?')
			}
		}
	}
	return b.String()
}

// invisible tells which characters steer their neighbours and are themselves never seen (Unicode: default ignorable code points).
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) && r != '\u00ad' || unicode.Is(unicode.Variation_Selector, r) || r == '\u034f'
}

// steers tells which characters only say in which direction others read.
func steers(r rune) bool {
	return r == leftMark || r == rightMark || r == '\u061c' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// lines shapes a text and breaks it into lines of at most width, given in em units; a width of 0 or less never breaks. Line breaks of the text
// are kept. Nothing but white space gives no lines.
func (s *setter) lines(text, lang string, bold bool, width float64) []line {
	text = strings.TrimSpace(s.clean(strings.ReplaceAll(text, "\r\n", "\n"), bold))
	if text == "" {
		return nil
	}
	var out []line
	for paragraph := range strings.SplitSeq(text, "\n") {
		for _, part := range pieces([]rune(strings.TrimRight(paragraph, " \u00a0"))) {
			if len(out) > mostLines {
				s.endless = true
				return out
			}
			out = append(out, s.paragraph(part, lang, bold, width)...)
		}
	}
	return out
}

// pieces cuts what is too long to be shaped at once, at a space if there is one.
func pieces(text []rune) [][]rune {
	var out [][]rune
	for len(text) > longest {
		at := longest
		for i := longest; i > longest/2; i-- {
			if unicode.IsSpace(text[i-1]) {
				at = i
				break
			}
		}
		out, text = append(out, text[:at]), text[at:]
	}
	return append(out, text)
}

func (s *setter) paragraph(text []rune, lang string, bold bool, width float64) []line {
	if len(text) == 0 {
		text = []rune{' '} // an empty line has a height
	}
	if width <= 0 {
		width = 1 << 18
	}
	dir := di.DirectionLTR
	if rightToLeft(text) {
		dir = di.DirectionRTL
	}
	text = pairBrackets(text, dir == di.DirectionRTL)
	in := shaping.Input{
		Text: text, RunEnd: len(text), Direction: dir, Size: fixed.I(em), Language: language.NewLanguage(strings.ReplaceAll(lang, "_", "-")),
	}
	parts := s.segment.Split(in, weight{s, bold})
	outs := make([]shaping.Output, len(parts))
	for i, p := range parts {
		outs[i] = s.shaper.Shape(p)
	}
	wrap := shaping.WrapConfig{Direction: dir, BreakPolicy: shaping.WhenNecessary}
	wrapped, _ := s.wrapper.WrapParagraphF(wrap, fixed.Int26_6(width*64), text, shaping.NewSliceIterator(outs))
	lines := make([]line, len(wrapped))
	for i, l := range wrapped {
		lines[i] = s.line(l, text)
	}
	return lines
}

func (s *setter) line(l shaping.Line, text []rune) line {
	l = slices.Clone(l)
	slices.SortStableFunc(l, func(a, b shaping.Output) int { return cmp.Compare(a.VisualIndex, b.VisualIndex) })
	var out line
	for _, o := range l {
		r := run{cut: s.cuts[o.Face], glyphs: make([]glyph, 0, len(o.Glyphs))}
		for _, g := range o.Glyphs {
			one := glyph{id: g.GlyphID, advance: units(g.Advance), dx: units(g.XOffset), dy: units(g.YOffset)}
			if one.id == 0 { // no box is drawn: a space that its neighbours' font lacks stays a space, anything else is reported
				s.loseCluster(text, g)
				one.id = blank
			}
			r.glyphs = append(r.glyphs, one)
			r.width += one.advance
		}
		r.glyphs = mean(r.glyphs, o, text)
		out.runs = append(out.runs, r)
		out.width += r.width
		out.ascent = max(out.ascent, min(units(o.LineBounds.Ascent), 1.5*em))
		out.descent = max(out.descent, min(-units(o.LineBounds.Descent), 0.8*em))
	}
	return out
}

func (s *setter) loseCluster(text []rune, g shaping.Glyph) {
	for i := g.TextIndex(); i < min(g.TextIndex()+g.RunesCount(), len(text)); i++ {
		if r := text[i]; !invisible(r) && !unicode.IsSpace(r) {
			s.missing[r] = true
		}
	}
}

func units(v fixed.Int26_6) float64 { return float64(v) / 64 }

// mean tells each glyph which characters it stands for, so that the text can be copied out of the PDF again. Where writing goes to the left,
// programs turn what they find round, character by character, and take a mark that stands inside a letter for another word; so of several
// characters in one cluster the first belongs to its letter and the others to blanks before it.
func mean(glyphs []glyph, o shaping.Output, text []rune) []glyph {
	rtl := o.Direction.Progression() == di.TowardTopLeft
	out := make([]glyph, 0, len(glyphs))
	for i := 0; i < len(glyphs); {
		from, n := o.Glyphs[i].TextIndex(), 1
		for i+n < len(glyphs) && o.Glyphs[i+n].TextIndex() == from {
			n++
		}
		runes := text[from:min(from+max(o.Glyphs[i].RunesCount(), 1), len(text))]
		cluster := glyphs[i : i+n]
		i += n
		switch {
		case n == 1 && len(runes) == 1 && steers(runes[0]) && cluster[0].advance == 0:
			continue
		case n == 1 && (!rtl || len(runes) == 1):
			cluster[0].meaning = string(runes)
		case rtl:
			out = append(out, leftward(cluster, runes)...)
			continue
		default:
			cluster[0].spanning, cluster[0].span = string(runes), n
		}
		out = append(out, cluster...)
	}
	return out
}

func leftward(cluster []glyph, runes []rune) []glyph {
	var out []glyph
	for i := len(runes) - 1; i > 0; i-- {
		out = append(out, glyph{id: blank, meaning: string(runes[i])})
	}
	letter := 0
	for i, g := range cluster {
		if g.advance > cluster[letter].advance {
			letter = i
		}
	}
	for i := range cluster {
		if i == letter {
			cluster[i].meaning = string(runes[0])
		} else {
			cluster[i].span = 1
		}
	}
	return append(out, cluster...)
}

// rightToLeft tells whether a text reads from the right: its first letter that has a direction decides (Unicode: UAX #9, P2 and P3).
func rightToLeft(text []rune) bool {
	for _, r := range text {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}
