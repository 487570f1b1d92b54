package template

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a piece of a message drawn in one way.
type Span struct {
	Text                       string
	Bold, Italic, Strike, Mono bool
}

// Marks splits a message by WhatsApp's formatting marks: *bold*, _italic_, ~struck~, ```monospace``` and `code`.
// A mark counts when it hugs its text and stands free of letters and digits outside; all but the triple backtick
// end with their line. What is not a mark stays as it was written, so the texts of the spans are the message less
// its marks. Spans are never empty, and neighbours differ in how they are drawn.
func Marks(text string) []Span {
	var out []Span
	appendMarks(&out, text, Span{})
	return out
}

func appendMarks(out *[]Span, s string, style Span) {
	plainFrom := 0
	flush := func(to int) { appendSpan(out, s[plainFrom:to], style) }
	// hopeless[d] is the offset up to which no closing d exists, so that a line of lone marks is not searched again
	// for each of them.
	hopeless := map[byte]int{}
	for i := 0; i < len(s); {
		inner, end := 0, 0
		next := style
		switch c := s[i]; c {
		case '`':
			inner, end = codeEnd(s, i)
			next.Mono = true
		case '*', '_', '~':
			if i < hopeless[c] || !setStyle(&next, c) || !opens(s, i) {
				break
			}
			if end = closing(s, i, c); end == 0 {
				hopeless[c] = lineEnd(s, i)
			} else {
				inner = 1
			}
		}
		if end == 0 {
			i++
			continue
		}
		flush(i)
		body := s[i+inner : end-inner]
		if next.Mono {
			appendSpan(out, body, next)
		} else {
			appendMarks(out, body, next)
		}
		i, plainFrom = end, end
	}
	flush(len(s))
}

func appendSpan(out *[]Span, text string, style Span) {
	if text == "" {
		return
	}
	if n := len(*out); n > 0 {
		last := &(*out)[n-1]
		if last.Bold == style.Bold && last.Italic == style.Italic && last.Strike == style.Strike && last.Mono == style.Mono {
			last.Text += text
			return
		}
	}
	style.Text = text
	*out = append(*out, style)
}

// setStyle switches on the style of a mark; false when it is on already.
func setStyle(s *Span, mark byte) bool {
	field := map[byte]*bool{'*': &s.Bold, '_': &s.Italic, '~': &s.Strike}[mark]
	if *field {
		return false
	}
	*field = true
	return true
}

// opens tells whether the mark at i may begin something.
func opens(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, n := utf8.DecodeRuneInString(s[i+1:])
	return (i == 0 || !isWord(before)) && n > 0 && !unicode.IsSpace(after) && after != rune(s[i])
}

// closing is the offset behind the mark that closes the one at i, or 0.
func closing(s string, i int, mark byte) int {
	for j := i + 1; j < len(s) && s[j] != '\n'; j++ {
		if s[j] == '`' {
			if _, end := codeEnd(s, j); end > 0 && !strings.Contains(s[j:end], "\n") {
				j = end - 1
				continue
			}
		}
		if s[j] != mark || j == i+1 {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:j])
		after, n := utf8.DecodeRuneInString(s[j+1:])
		if !unicode.IsSpace(before) && (n == 0 || !isWord(after)) && (n == 0 || after != rune(mark)) {
			return j + 1
		}
	}
	return 0
}

// codeEnd finds the end of the code that begins with the backticks at i: how many they are and the offset behind
// the closing ones, or 0, 0.
func codeEnd(s string, i int) (inner, end int) {
	if strings.HasPrefix(s[i:], "```") {
		if j := strings.Index(s[i+3:], "```"); j > 0 {
			return 3, i + 3 + j + 3
		}
		return 0, 0
	}
	line := s[i+1 : lineEnd(s, i)]
	if j := strings.IndexByte(line, '`'); j > 0 {
		return 1, i + 1 + j + 1
	}
	return 0, 0
}

func lineEnd(s string, from int) int {
	if j := strings.IndexByte(s[from:], '\n'); j >= 0 {
		return from + j
	}
	return len(s)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
