package widget

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"github.com/rivo/uniseg"

	"shopbell/views/theme"
)

// styled is a text with the ways its pieces are drawn: spans in order, without gaps.
type styled struct {
	text  string
	spans []span
}

// span is a stretch of a styled text, in bytes.
type span struct {
	start, end int
	style      fyne.TextStyle
	link       string
}

// line is one line of a broken text: bytes start to end of it, of which those behind shown are the spaces and the
// line break it ended with. width is that of the shown part, in logical pixels.
type line struct {
	start, shown, end int
	width             float32
}

func unstyled(text string) styled {
	return styled{text, []span{{0, len(text), plain, ""}}}
}

// breaker breaks one text into lines. It measures words through a cache and is greedy: what fits, goes in.
type breaker struct {
	styled
	size float32
	max  float32
	out  []line
	// the line under way
	from  int
	x     float32 // with its spaces
	shown int
	width float32 // without the spaces at its end
}

// breakLines breaks a text so that no line is wider than max, as long as one grapheme cluster fits. Laid end to
// end, the lines are the text. An empty text has one empty line.
func breakLines(s styled, size, max float32) []line {
	b := breaker{styled: s, size: size, max: fyne.Max(max, 1)}
	for at := 0; at < len(s.text); {
		if nl := strings.IndexByte(s.text[at:], '\n'); nl >= 0 {
			b.paragraph(at, at+nl)
			b.finish(at + nl + 1)
			at += nl + 1
			continue
		}
		b.paragraph(at, len(s.text))
		at = len(s.text)
	}
	b.finish(len(s.text))
	return b.out
}

// paragraph takes text without line breaks, word for word.
func (b *breaker) paragraph(at, to int) {
	for at < to {
		word := at
		rest := to
		for ; word < to; word++ {
			if b.text[word] != ' ' {
				continue
			}
			rest = word
			for rest < to && b.text[rest] == ' ' {
				rest++
			}
			if !extends(b.text[rest:to]) {
				break
			}
			word, rest = rest-1, to
		}
		b.chunk(at, word, rest)
		at = rest
	}
}

// chunk takes text up to the next space. In scripts that do not put spaces between words, and in addresses, it
// may be broken inside, where Unicode allows that.
func (b *breaker) chunk(at, word, spacesEnd int) {
	s := b.text[at:word]
	if simple(s) {
		b.word(at, word, spacesEnd)
		return
	}
	state := -1
	for s != "" {
		var seg string
		seg, s, _, state = uniseg.FirstLineSegmentInString(s, state)
		end := at + len(seg)
		for s != "" && (extends(s) || prepends(b.text[at:end], s) || strings.HasSuffix(b.text[at:end], "://")) {
			seg, s, _, state = uniseg.FirstLineSegmentInString(s, state)
			end += len(seg)
		}
		if s == "" {
			b.word(at, end, spacesEnd)
		} else {
			b.word(at, end, end)
		}
		at = end
	}
}

// extends tells whether a text begins with a mark that belongs to the character before it, be that a space.
func extends(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n > 1 && (r == 0x200D || r >= 0x1F3FB && r <= 0x1F3FF || unicode.In(r, unicode.M, unicode.Cf))
}

// prepends tells whether a text ends with a sign that belongs to the character behind it, such as the Arabic number sign.
func prepends(s, next string) bool {
	r, n := utf8.DecodeLastRuneInString(s)
	if n < 2 || unicode.Is(unicode.Regional_Indicator, r) {
		return false
	}
	_, first := utf8.DecodeRuneInString(next)
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(s[len(s)-n:]+next[:first], -1)
	return len(cluster) > n
}

// simple tells whether a chunk is one unbreakable word: letters of alphabets that part words by spaces.
func simple(s string) bool {
	for _, r := range s {
		if r >= 0x0E00 && !(r >= 0x1E00 && r <= 0x1EFF) || r == '-' || r == '/' || r == 0xAD {
			return false
		}
	}
	return true
}

func (b *breaker) word(at, word, spacesEnd int) {
	if word-at > longWord {
		b.long(at, word, spacesEnd)
		return
	}
	w := b.measure(at, word)
	if b.x > 0 && b.x+w > b.max {
		b.finish(at)
	}
	for w > b.max && at < word {
		cut := b.clustersThatFit(at, word)
		if cut >= word {
			break
		}
		b.take(at, cut, cut, b.measure(at, cut))
		b.finish(cut)
		at = cut
		w = b.measure(at, word)
	}
	b.take(at, word, spacesEnd, w)
}

func (b *breaker) take(at, word, spacesEnd int, w float32) {
	if word > at {
		b.width = b.x + w
		b.shown = word
	}
	b.x += w
	if spacesEnd > word {
		b.x += b.measure(word, spacesEnd)
	}
}

func (b *breaker) finish(end int) {
	shown := max(b.shown, b.from)
	b.out = append(b.out, line{b.from, shown, end, b.width})
	b.from, b.shown, b.x, b.width = end, end, 0, 0
}

// clustersThatFit is the end of the longest prefix of the word that fits into a line, at least one cluster.
func (b *breaker) clustersThatFit(at, word int) int {
	// No cluster that matters is narrower than a fifth of its height.
	limit := int(b.max/(b.size*0.2)) + 1
	var ends []int
	state := -1
	for rest, off := b.text[at:word], at; rest != "" && len(ends) < limit; {
		var c string
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		off += len(c)
		ends = append(ends, off)
	}
	n := sort.Search(len(ends), func(i int) bool { return b.measure(at, ends[i]) > b.max })
	return ends[max(n-1, 0)]
}

// measure is how wide a stretch of the text is, each of its pieces in its own style.
func (b *breaker) measure(from, to int) float32 {
	var w float32
	i := sort.Search(len(b.spans), func(i int) bool { return b.spans[i].end > from })
	for ; i < len(b.spans) && b.spans[i].start < to; i++ {
		s := b.spans[i]
		w += width(b.text[max(from, s.start):min(to, s.end)], b.size, s.style)
		if s.style.TabWidth == chipMark {
			if from <= s.start {
				w += chipPad
			}
			if to >= s.end {
				w += chipPad
			}
		}
	}
	return w
}

// run is a piece of a line that is drawn at once.
type run struct {
	text  string
	style fyne.TextStyle
	link  string
	x     float32
	width float32
}

// runs are the pieces of a line, placed from its left edge. In a line of a right-to-left paragraph the words follow
// each other from right to left, which Fyne does not do by itself.
func (s styled) runs(l line, size float32, rtl bool) []run {
	var out []run
	i := sort.Search(len(s.spans), func(i int) bool { return s.spans[i].end > l.start })
	for ; i < len(s.spans) && s.spans[i].start < l.shown; i++ {
		sp := s.spans[i]
		text := s.text[max(l.start, sp.start):min(l.shown, sp.end)]
		if !rtl || sp.link != "" {
			out = append(out, run{text: text, style: sp.style, link: sp.link})
			continue
		}
		for _, p := range byDirection(text) {
			out = append(out, run{text: p.text, style: sp.style})
		}
	}
	x := float32(0)
	if rtl {
		x = l.width
	}
	for i := range out {
		r := &out[i]
		r.width = wordsWidth(r.text, size, r.style)
		if rtl {
			x -= r.width
			r.x = x
			continue
		}
		r.x = x
		x += r.width
	}
	return out
}

// wordsWidth adds up the widths of words and spaces, as the breaker does, so that both agree.
func wordsWidth(s string, size float32, style fyne.TextStyle) float32 {
	var w float32
	for s != "" {
		i := strings.IndexByte(s, ' ')
		if i < 0 {
			return w + width(s, size, style)
		}
		j := i
		for j < len(s) && s[j] == ' ' {
			j++
		}
		w += width(s[:i], size, style) + width(s[i:j], size, style)
		s = s[j:]
	}
	return w
}

// typeFor is the type of a message: right-to-left scripts are drawn larger.
func typeFor(text string) theme.Type {
	if rightToLeft(text) {
		return theme.TypeRTL
	}
	return theme.TypeBody
}
