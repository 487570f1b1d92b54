package widget

import (
	"regexp"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/meta/template"
)

// parse turns a cleaned message into what is drawn: its blocks become lines with a sign in front, its marks styles,
// its addresses links.
func parse(text string) styled {
	var p parser
	for i, b := range template.Blocks(text) {
		if i > 0 {
			p.add("\n", plain, "")
		}
		switch b.Kind {
		case template.Bullet:
			p.add("• ", plain, "")
		case template.Numbered:
			p.add(b.Number+". ", plain, "")
		case template.Quote:
			p.bar = true
			p.add(quoteBar, fyne.TextStyle{Monospace: true}, "")
		}
		for _, m := range b.Spans {
			p.mark(m)
		}
		p.bar = false
	}
	if len(p.spans) == 0 {
		return unstyled(p.b.String())
	}
	return styled{p.b.String(), p.spans}
}

// quoteBar stands before a quoted line; only the monospaced face has it.
const quoteBar = "▎"

// parser gathers the spans of a message.
type parser struct {
	b     strings.Builder
	spans []span
	bar   bool // each line begins with the bar of a quote
}

// add appends text in one style. Neighbours of one style become one span, as long as neither is a link.
func (p *parser) add(text string, style fyne.TextStyle, link string) {
	if text == "" {
		return
	}
	start := p.b.Len()
	p.b.WriteString(text)
	if n := len(p.spans); n > 0 && link == "" && p.spans[n-1].link == "" && p.spans[n-1].style == style {
		p.spans[n-1].end = p.b.Len()
		return
	}
	p.spans = append(p.spans, span{start, p.b.Len(), style, link})
}

// mark appends one span of a block, its addresses as links.
func (p *parser) mark(m template.Span) {
	style := fyne.TextStyle{Bold: m.Bold, Italic: m.Italic, Strikethrough: m.Strike, Monospace: m.Mono}
	for i, text := range strings.SplitAfter(m.Text, "\n") {
		if i > 0 && p.bar {
			p.add(quoteBar, fyne.TextStyle{Monospace: true}, "")
		}
		if m.Mono {
			p.add(text, style, "")
			continue
		}
		at := 0
		for _, found := range links.FindAllStringIndex(text, -1) {
			from, to := found[0], found[1]
			to = from + len(trimAddress(text[from:to]))
			p.add(text[at:from], style, "")
			linked := style
			linked.Underline = true
			p.add(text[from:to], linked, text[from:to])
			at = to
		}
		p.add(text[at:], style, "")
	}
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
