package template

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Length is what Meta's limits count: Unicode code points.
func Length(s string) int { return utf8.RuneCountInString(s) }

// length16 counts UTF-16 units, as some of Meta's counters seem to: characters beyond the first plane twice.
func length16(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// truncate keeps the first n code points, but no half of a placeholder.
func truncate(s string, n int) string {
	end := len(s)
	for i := range s {
		if n == 0 {
			end = i
			break
		}
		n--
	}
	for _, p := range Placeholders(s) {
		if p.Start < end && end < p.End {
			end = p.Start
		}
	}
	return strings.TrimRightFunc(s[:end], unicode.IsSpace)
}

// words counts the words of a text without its placeholders. Scripts that write no blanks count a word for every two
// letters, roughly.
func words(text string) int {
	n, solid := 0, 0
	in := false
	count := func(s string) {
		for _, r := range s {
			switch {
			case r < 0x80 && isNameByte(byte(r)) && r != '_':
				if !in {
					n++
				}
				in = true
			case r < 0x80:
				in = in && r != ' ' && (r < '\t' || r > '\r')
			case r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
				solid++
				in = false
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				if !in {
					n++
				}
				in = true
			case unicode.IsSpace(r):
				in = false
			}
		}
		in = false
	}
	at := 0
	for _, p := range Placeholders(text) {
		count(text[at:p.Start])
		at = p.End
	}
	count(text[at:])
	return n + (solid+1)/2
}

// isEmoji is rough on purpose: symbols that are drawn in colour by phones, and their modifiers.
func isEmoji(r rune) bool {
	switch {
	case r < 0x203C:
		return false
	case r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2600 && r <= 0x27BF, r == 0xFE0F, r == 0x20E3:
		return true
	case r == 0x203C, r == 0x2049, r >= 0x231A && r <= 0x231B, r == 0x2328, r >= 0x23CF && r <= 0x23FA,
		r >= 0x25FB && r <= 0x25FE, r == 0x2934, r == 0x2935, r >= 0x2B05 && r <= 0x2B07, r == 0x2B1B, r == 0x2B1C,
		r == 0x2B50, r == 0x2B55, r == 0x3030, r == 0x303D, r == 0x3297, r == 0x3299:
		return true
	}
	return false
}

// emoji counts the emoji of a text as a person does, and gives the place of the first.
func emoji(s string) (count, start, end int) {
	joined, flag := false, false
	for i, r := range s {
		switch {
		case r == 0x200D:
			joined = true
			continue
		case r == 0xFE0F || r == 0x20E3 || r >= 0x1F3FB && r <= 0x1F3FF:
			if count == 0 && r != 0xFE0F {
				count, start = 1, i
			}
		case isEmoji(r):
			regional := r >= 0x1F1E6 && r <= 0x1F1FF
			if !joined && !(regional && flag) {
				if count == 0 {
					start = i
				}
				count++
			}
			flag = regional && !flag
			if count == 1 {
				end = i + utf8.RuneLen(r)
			}
			joined = false
			continue
		}
		joined, flag = false, false
	}
	if count > 0 && end <= start {
		_, n := utf8.DecodeRuneInString(s[start:])
		end = start + n
	}
	return count, start, end
}

func withoutEmoji(s string) string {
	out := strings.Map(func(r rune) rune {
		if isEmoji(r) || r == 0x200D {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(strings.Join(strings.Fields(out), " "))
}

// unmarked is a one-line text without formatting marks.
func unmarked(s string) string {
	var b strings.Builder
	for _, span := range Marks(s) {
		b.WriteString(span.Text)
	}
	return strings.ReplaceAll(b.String(), "*", "")
}

// marked finds the first formatting mark, or an asterisk anywhere, which Meta refuses by itself.
func marked(s string) bool {
	if strings.Contains(s, "*") {
		return true
	}
	if !strings.ContainsAny(s, "_~`") {
		return false
	}
	for _, span := range Marks(s) {
		if span.Bold || span.Italic || span.Strike || span.Mono {
			return true
		}
	}
	return false
}

// invisible tells whether a character shows nothing and has no business in a text of the language: bidi overrides,
// zero-width blanks, controls. Joiners and direction marks are needed by some scripts and by emoji.
func invisible(r, before rune, joins bool) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r < 0x20 || r >= 0x7F && r < 0xA0:
		return true
	case r < 0xAD:
		return false
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200B, r >= 0x2060 && r <= 0x2064,
		r == 0xFEFF, r == 0xAD, r == 0x180E, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0,
		r >= 0x206A && r <= 0x206F, r >= 0xFFF9 && r <= 0xFFFB:
		return true
	case r >= 0x200C && r <= 0x200F:
		return !joins && !(r == 0x200D && isEmoji(before))
	case r == utf8.RuneError:
		return false
	}
	return false
}

// joins tells whether a language is written with joiners and direction marks.
func joins(language string) bool {
	if RightToLeft(language) {
		return true
	}
	switch base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(language, "-", "_")), "_"); base {
	case "hi", "bn", "gu", "kn", "ml", "mr", "pa", "si", "ta", "te":
		return true
	}
	return false
}

func withoutInvisible(s string, joins bool) string {
	before := rune(0)
	return strings.Map(func(r rune) rune {
		b := before
		before = r
		if invisible(r, b, joins) {
			return -1
		}
		return r
	}, s)
}
