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
		l.add(r, where.at(start, len(text)), fmt.Sprintf("has %d characters; Meta takes %d", n, limit),
			rewrite(fmt.Sprintf("Cut to %d", limit), where, func(t string) string { return truncate(t, limit) }))
	case n > limit/2 && length16(text) > limit:
		l.add(ruleNear, where, fmt.Sprintf("has %d characters, but Meta may count emoji twice, which makes %d of %d", n, length16(text), limit))
	}
}

// oneLine holds header and label to what Meta wants of them: no line breaks, emoji or marks.
func (l *linter) oneLine(where Place, text string, lines, icons, marks Rule) {
	if i := strings.IndexAny(text, "\n\r\u2028\u2029"); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[i:])
		l.add(lines, where.at(i, i+size), "has a line break; it must be one line",
			rewrite("Put it on one line", where, func(t string) string { return strings.Join(strings.Fields(t), " ") }))
	}
	if n, start, end := emoji(text); n > 0 {
		l.add(icons, where.at(start, end), "has an emoji, which Meta refuses here", rewrite("Remove emoji", where, withoutEmoji))
	}
	if marked(text) {
		start := max(strings.IndexAny(text, "*_~`"), 0)
		l.add(marks, where.at(start, start+1), "has formatting marks, which Meta refuses here", rewrite("Remove the marks", where, unmarked))
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
	l.add(ruleInvisible, where.at(first, first+size), fmt.Sprintf("has %s that nobody sees, such as U+%04X; reviewers distrust them",
		counted(n, "character"), []rune(text[first : first+size])[0]),
		rewrite("Remove them", where, func(t string) string { return withoutInvisible(t, joining) }))
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
