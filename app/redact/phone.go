package redact

import (
	"regexp"
	"strings"
)

// A phone number in a log is either written with a plus, then perhaps in groups, or is the bare digits that Meta calls
// wa_id. Bare runs of 15 digits and more are ids of accounts, numbers and templates, which support needs to read.
var phone = regexp.MustCompile(`\+[0-9](?:[ .\-()/\x{a0}]{0,2}[0-9]){5,14}|[0-9]{9,}`)

const (
	shortestBare = 9
	longestBare  = 14
)

// maskPhones masks the digits of phone numbers but the country prefix and the last two: +34•••••22.
func maskPhones(s string) string {
	found := phone.FindAllStringIndex(s, -1)
	if found == nil {
		return s
	}
	var b strings.Builder
	last := 0
	for _, at := range found {
		piece := s[at[0]:at[1]]
		bare := piece[0] != '+'
		if bare && (len(piece) < shortestBare || len(piece) > longestBare || insideWord(s, at[0], at[1])) {
			continue
		}
		b.WriteString(s[last:at[0]])
		b.WriteString(maskPhone(piece))
		last = at[1]
	}
	b.WriteString(s[last:])
	return b.String()
}

// insideWord tells whether the piece touches a letter: then it is part of a hash or an id.
func insideWord(s string, from, to int) bool {
	return from > 0 && isLetter(s[from-1]) || to < len(s) && isLetter(s[to])
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func maskPhone(piece string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, piece)
	var plus string
	if piece[0] == '+' {
		plus = "+"
	}
	return plus + digits[:countryDigits(digits)] + mask + digits[len(digits)-2:]
}

// countryDigits gives the length of the country calling code that the digits begin with (ITU E.164); 0 where the number
// is a national one.
func countryDigits(digits string) int {
	switch digits[0] {
	case '0':
		return 0
	case '1', '7':
		return 1
	}
	switch digits[:2] {
	case "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
		"51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66",
		"81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98":
		return 2
	}
	return 3
}
