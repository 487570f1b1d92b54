package widget

import (
	"regexp"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/meta/template"
)

// parse turns a cleaned message into what is drawn: its marks become styles, its addresses links.
func parse(text string) styled {
	var b strings.Builder
	var out styled
	for _, m := range template.Marks(text) {
		style := fyne.TextStyle{Bold: m.Bold, Italic: m.Italic, Strikethrough: m.Strike, Monospace: m.Mono}
		start := b.Len()
		b.WriteString(m.Text)
		if m.Mono {
			out.spans = append(out.spans, span{start, b.Len(), style, ""})
			continue
		}
		at := 0
		for _, found := range links.FindAllStringIndex(m.Text, -1) {
			from, to := found[0], found[1]
			to = from + len(trimAddress(m.Text[from:to]))
			if from > at {
				out.spans = append(out.spans, span{start + at, start + from, style, ""})
			}
			linked := style
			linked.Underline = true
			out.spans = append(out.spans, span{start + from, start + to, linked, m.Text[from:to]})
			at = to
		}
		if at < len(m.Text) {
			out.spans = append(out.spans, span{start + at, b.Len(), style, ""})
		}
	}
	out.text = b.String()
	if len(out.spans) == 0 {
		return unstyled(out.text)
	}
	return out
}

// Only these four ever become links. What is opened is exactly what is read.
var links = regexp.MustCompile(`(?i)\b(?:https?://[^\s<>"\x60]+|mailto:[^\s<>"\x60]+@[^\s<>"\x60]+|tel:\+?[0-9][0-9().\-]+)`)

// trimAddress gives back the punctuation that ends the sentence, not the address.
func trimAddress(s string) string {
	for s != "" {
		last := s[len(s)-1]
		switch {
		case strings.IndexByte(".,;:!?'*_~", last) >= 0:
		case last == ')' && strings.Count(s, "(") < strings.Count(s, ")"):
		case last == ']' && strings.Count(s, "[") < strings.Count(s, "]"):
		default:
			return s
		}
		s = s[:len(s)-1]
	}
	return s
}
