package app

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// FoldWords gives the words of a text without case and marks, as people type them to find something.
func FoldWords(s string) []string { return strings.Fields(foldText(s)) }

// HasWords tells whether a text has all folded words, each at the beginning of a word or inside one.
func HasWords(text string, words []string) bool {
	folded := foldText(text)
	for _, w := range words {
		if !strings.Contains(folded, w) {
			return false
		}
	}
	return true
}

func foldText(s string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil { // broken UTF-8: as it stands
		plain = s
	}
	return strings.NewReplacer("đ", "d", "Đ", "D").Replace(cases.Fold().String(plain))
}
