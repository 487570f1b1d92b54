package template

import "strings"

// BlockKind is how a block of a message is laid out.
type BlockKind int

// The kinds of blocks.
const (
	Paragraph    BlockKind = iota // lines as they were written, line breaks inside
	Bullet                        // one item of a list
	Numbered                      // one item of a numbered list
	Quote                         // lines behind a bar
	Code                          // lines of monospaced text, marks as they were written
	maxItemDigit = 9
)

// Block is a piece of a message that stands on lines of its own.
type Block struct {
	Kind   BlockKind
	Number string // of a numbered item, as it was written
	Spans  []Span // without the marks; never empty spans
}

// Blocks splits a message into WhatsApp's blocks, and those into spans: lines that begin with "* " or "- " are items
// of a list, with a number, a full stop and a blank items of a numbered one, with "> " quotes; three backticks on
// their own fence code. Everything else is paragraphs, which keep their line breaks. Marks do not reach across blocks.
func Blocks(text string) []Block {
	var out []Block
	var open strings.Builder // the paragraph or quote that is being gathered
	kind := Paragraph
	lines := 0
	flush := func() {
		if lines > 0 {
			out = append(out, Block{Kind: kind, Spans: Marks(open.String())})
		}
		open.Reset()
		kind, lines = Paragraph, 0
	}
	gather := func(k BlockKind, line string) {
		if k != kind {
			flush()
			kind = k
		}
		if lines > 0 {
			open.WriteByte('\n')
		}
		open.WriteString(line)
		lines++
	}
	for rest, more := text, true; more; {
		if code, after, ok := fenced(rest); ok {
			flush()
			out = append(out, Block{Kind: Code, Spans: codeSpans(code)})
			if after == "" {
				break
			}
			rest = after[1:]
			continue
		}
		var line string
		line, rest, more = strings.Cut(rest, "\n")
		// A fence inside a line may go on over the next ones; those lines stay together.
		for more && strings.Count(line, "```")%2 == 1 && strings.Contains(rest, "```") {
			var next string
			next, rest, more = strings.Cut(rest, "\n")
			line += "\n" + next
			if strings.Contains(next, "```") {
				break
			}
		}
		item, number, k := itemOf(line)
		switch k {
		case Bullet, Numbered:
			flush()
			out = append(out, Block{Kind: k, Number: number, Spans: Marks(item)})
		default:
			gather(k, item)
		}
	}
	flush()
	if text == "" {
		return nil
	}
	return out
}

// itemOf tells what a line begins with, and what is left of it without that.
func itemOf(line string) (text, number string, kind BlockKind) {
	switch {
	case strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "- "):
		if t := strings.TrimLeft(line[2:], " "); t != "" {
			return t, "", Bullet
		}
	case strings.HasPrefix(line, "> "):
		return line[2:], "", Quote
	case line == ">":
		return "", "", Quote
	}
	digits := 0
	for digits < len(line) && digits < maxItemDigit && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	if digits > 0 && strings.HasPrefix(line[digits:], ". ") {
		if t := strings.TrimLeft(line[digits+2:], " "); t != "" {
			return t, line[:digits], Numbered
		}
	}
	return line, "", Paragraph
}

// fenced reads code that begins with three backticks at the start of a line and ends with three at the end of one.
// Code that ends in the middle of a line is a span of its paragraph instead.
func fenced(s string) (code, after string, ok bool) {
	if !strings.HasPrefix(s, "```") {
		return "", "", false
	}
	j := strings.Index(s[3:], "```")
	if j <= 0 {
		return "", "", false
	}
	after = s[3+j+3:]
	if after != "" && after[0] != '\n' {
		return "", "", false
	}
	return strings.Trim(s[3:3+j], "\n"), after, true
}

func codeSpans(code string) []Span {
	if code == "" {
		return nil
	}
	return []Span{{Text: code, Mono: true}}
}

// PlainText is a message in one style, as notifications show it: marks gone, a dot before items, quotes with their
// bar left out.
func PlainText(text string) string {
	var b strings.Builder
	for i, block := range Blocks(text) {
		if i > 0 {
			b.WriteByte('\n')
		}
		switch block.Kind {
		case Bullet:
			b.WriteString("• ")
		case Numbered:
			b.WriteString(block.Number + ". ")
		}
		for _, s := range block.Spans {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
