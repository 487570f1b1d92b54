package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxShown is how many bytes of one text are drawn; the rest is there when the text is copied.
const maxShown = 20_000

// maxStack is how many combining marks may sit on one letter; more are a prank that paints over other messages.
const maxStack = 6

// clean makes text from outside safe to draw: no control characters but line breaks, no invisible marks that turn
// the direction of what follows (they could make a name or an amount read as another), no towers of accents.
func clean(s string) string {
	cut := false
	if len(s) > maxShown {
		end := maxShown
		for end > 0 && !utf8.RuneStart(s[end]) {
			end--
		}
		s, cut = s[:end], true
	}
	if !cut && !needsCleaning(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	stack := 0
	for i, r := range s {
		if unicode.Is(unicode.Mn, r) && !isVariation(r) {
			if stack++; stack > maxStack {
				continue
			}
		} else {
			stack = 0
		}
		switch {
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				b.WriteByte('\n')
			}
		case r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\v' || r == '\f':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteString("    ")
		case dropped(r):
		default:
			b.WriteRune(r) // an invalid byte arrives as U+FFFD and is seen as such
		}
	}
	if cut {
		b.WriteString(ellipsis)
	}
	return b.String()
}

func needsCleaning(s string) bool {
	stack := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < utf8.RuneSelf {
			if c < 0x20 && c != '\n' || c == 0x7f {
				return true
			}
			stack = 0
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || dropped(r) || r == '\u2028' || r == '\u2029' || r == '\u0085' {
			return true
		}
		if unicode.Is(unicode.Mn, r) && !isVariation(r) {
			if stack++; stack > maxStack {
				return true
			}
		} else {
			stack = 0
		}
		i += n - 1
	}
	return false
}

// dropped tells whether a character has no business in what is drawn.
func dropped(r rune) bool {
	switch {
	case r == '\n':
		return false
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // embeddings, overrides, isolates
		return true
	case r == 0xFEFF, r == 0x00AD: // byte order mark, soft hyphen
		return true
	case r >= 0xE0000 && r <= 0xE001F: // old language tags; flags use the ones above
		return true
	}
	return unicode.Is(unicode.Cc, r)
}

func isVariation(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F }

// cleanLine is clean for text that is shown in a row.
func cleanLine(s string) string { return oneLine(clean(s)) }
