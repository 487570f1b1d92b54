package template

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// length says when a text has too many characters, or just fits by one way of counting only.
func (l *linter) length(r Rule, where Place, text string, limit int) {
	if len(text) <= limit {
		return // no way of counting gives more than the bytes
	}
	n := Length(text)
	switch {
	case n > limit:
		start := 0
		for range limit {
			_, size := utf8.DecodeRuneInString(text[start:])
			start += size
		}
		l.add(r, where.at(start, len(text)), tooLong(n, limit),
			rewrite(cutTo(limit), where, func(t string) string { return truncate(t, limit) }))
	case n > limit/2 && length16(text) > limit:
		l.add(ruleNear, where, say("length.near", "has {{.Count}} characters, but Meta may count emoji twice, which makes {{.Twice}} of {{.Most}}", "Count", n, "Twice", length16(text), "Most", limit))
	}
}

// oneLine holds header and label to what Meta wants of them: no line breaks, emoji or marks.
func (l *linter) oneLine(where Place, text string, lines, icons, marks Rule) {
	if i := strings.IndexAny(text, "\n\r\u2028\u2029"); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[i:])
		l.add(lines, where.at(i, i+size), say("lines", "has a line break; it must be one line"),
			rewrite(oneLineMend, where, func(t string) string { return strings.Join(strings.Fields(t), " ") }))
	}
	if n, start, end := emoji(text); n > 0 {
		l.add(icons, where.at(start, end), say("emoji", "has an emoji, which Meta refuses here"), rewrite(removeEmoji, where, withoutEmoji))
	}
	if marked(text) {
		start := max(strings.IndexAny(text, "*_~`"), 0)
		l.add(marks, where.at(start, start+1), say("markup", "has formatting marks, which Meta refuses here"), rewrite(say("mend.remove_marks", "Remove the marks"), where, unmarked))
	}
	l.unseen(where, text)
}

// unseen finds invisible characters.
func (l *linter) unseen(where Place, text string) {
	joining := joins(l.d.Language)
	n, first, size := 0, 0, 0
	before := rune(0)
	for i, r := range text {
		if r >= ' ' && r <= '~' {
			before = r
			continue
		}
		if invisible(r, before, joining) {
			if n == 0 {
				first, size = i, utf8.RuneLen(r)
			}
			n++
		}
		before = r
	}
	if n == 0 {
		return
	}
	l.add(ruleInvisible, where.at(first, first+size), say("text.invisible", "has characters that nobody sees ({{.Count}}, such as {{.Character}}); reviewers distrust them",
		"Count", n, "Character", fmt.Sprintf("U+%04X", []rune(text[first : first+size])[0])),
		rewrite(removeThem, where, func(t string) string { return withoutInvisible(t, joining) }))
}

// blank tells whether nothing of a text would be seen.
func blank(text string) bool {
	before := rune(0)
	return !strings.ContainsFunc(text, func(r rune) bool {
		b := before
		before = r
		return !unicode.IsSpace(r) && !invisible(r, b, false)
	})
}
