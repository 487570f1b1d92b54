package records

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// bare spells the letters that are no letter with a mark.
var bare = map[rune]string{'đ': "d", 'ð': "d", 'ß': "ss", 'ø': "o", 'ł': "l", 'æ': "ae", 'œ': "oe", 'ı': "i", 'þ': "th", 'ħ': "h"}

// Fold reduces a text to what a search compares: small letters without marks, single spaces between words.
func Fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		if plain, ok := bare[r]; ok {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
