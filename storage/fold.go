package storage

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces text to words for search: without case and marks, compatibility forms made plain, đ ß ø ł and their like spelled with
// basic letters, everything that is neither letter nor digit a single space. Scripts that write no spaces between words become one word
// a character, so that any part of them is found as a phrase. Both engines see only the folded form, so both find the same.
func Fold(s string) string {
	if isPlain(s) {
		return foldPlain(s)
	}
	s = norm.NFC.String(strip(norm.NFKD.String(s)))
	var b strings.Builder
	b.Grow(len(s))
	gap := false // a space is due before the next word
	for _, r := range s {
		switch {
		case unspaced(r):
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			gap = true
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// isPlain tells whether s is ASCII, which most messages are or nearly are.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func foldPlain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteByte(c)
			continue
		}
		gap = true
	}
	return b.String()
}

// strip removes combining marks and spells the letters that have no decomposition.
func strip(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
			continue
		}
		switch unicode.ToLower(r) {
		case 'đ', 'ð':
			b.WriteByte('d')
		case 'ß':
			b.WriteString("ss")
		case 'ø':
			b.WriteByte('o')
		case 'ł':
			b.WriteByte('l')
		case 'æ':
			b.WriteString("ae")
		case 'œ':
			b.WriteString("oe")
		case 'þ':
			b.WriteString("th")
		case 'ħ':
			b.WriteByte('h')
		case 'ı':
			b.WriteByte('i')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unspaced tells whether r belongs to a script that does not put spaces between words.
func unspaced(r rune) bool {
	if r < 0x0e00 {
		return false
	}
	return unicode.IsOneOf([]*unicode.RangeTable{
		unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
	}, r) && (unicode.IsLetter(r) || unicode.IsNumber(r))
}

// phrases splits a query into what must all be found: words (found as beginnings of words) and runs of an unspaced script (found as they stand).
func phrases(query string) []phrase {
	var out []phrase
	for _, field := range strings.Fields(query) {
		words := strings.Fields(Fold(field))
		for _, w := range words {
			r := []rune(w)
			single := len(r) == 1 && unspaced(r[0])
			if n := len(out); single && n > 0 && out[n-1].run && out[n-1].field == field {
				out[n-1].words = append(out[n-1].words, w)
				continue
			}
			out = append(out, phrase{words: []string{w}, run: single, field: field})
		}
	}
	return out
}

// phrase is one thing that a query asks for.
type phrase struct {
	words []string
	run   bool   // characters of an unspaced script that follow each other
	field string // the part of the query it came from
}

// clean makes text from outside fit for both engines: valid UTF-8 without NUL.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.ReplaceAll(s, "\x00", "\uFFFD")
}

// oneLine shortens text to what a list row shows: one line, at most n runes.
func oneLine(s string, n int) string {
	if len(s) > 8*n {
		s = strings.ToValidUTF8(s[:8*n], "")
	}
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= n {
		return s
	}
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
