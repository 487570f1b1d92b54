package template

import "strings"

// braces looks at the braces that are no placeholders.
func (l *linter) braces(text string, ps []Placeholder, where Place) {
	if !strings.ContainsAny(text, "{}") {
		return
	}
	at := 0
	for i := 0; i <= len(ps); i++ {
		end := len(text)
		if i < len(ps) {
			end = ps[i].Start
		}
		l.stray(text, at, end, where)
		if i < len(ps) {
			at = ps[i].End
		}
	}
}

// stray looks at text[from:to], which has no placeholder.
func (l *linter) stray(text string, from, to int, where Place) {
	open := -1 // of a single brace
	for i := from; i < to; i++ {
		switch c := text[i]; {
		case c == '{' && i+1 < to && text[i+1] == '{':
			i = l.double(text, i, to, where) - 1
			open = -1
		case c == '}' && i+1 < to && text[i+1] == '}':
			l.add(ruleBraces, where.at(i, i+2), say("variable.braces.closing", "has closing braces without opening ones"), cut(removeThem, where.at(i, i+2), ""))
			i++
		case c == '{':
			if open >= 0 {
				l.lone(open, where)
			}
			open = i
		case c == '}' && open < 0:
			l.lone(i, where)
		case c == '}':
			l.single(text, open, i+1, where)
			open = -1
		}
	}
	if open >= 0 {
		l.lone(open, where)
	}
}

// double looks at two braces that begin no placeholder, and gives the offset behind them.
func (l *linter) double(text string, i, to int, where Place) int {
	inner := text[i+2 : to]
	if k := strings.IndexAny(inner, "{\n"); k >= 0 {
		inner = inner[:k]
	}
	j := strings.Index(inner, "}}")
	if j < 0 {
		l.add(ruleBraces, where.at(i, i+2), say("variable.braces.opening", "has opening braces that are never closed"), cut(removeThem, where.at(i, i+2), ""))
		return i + 2
	}
	name := strings.TrimSpace(inner[:j])
	if !isDigits(name) {
		name = NameFrom(name)
	}
	at := where.at(i, i+2+j+2)
	message := say("variable.braces", "{{.Placeholder}} is not a placeholder to Meta: letters, digits and underscores only, without blanks", "Placeholder", braced(inner[:j]))
	if name == "" {
		l.add(ruleBraces, at, say("variable.braces.empty", "has braces with nothing in them that Meta understands"), cut(removeThem, at, ""))
	} else {
		l.add(ruleBraces, at, message, cut(say("mend.write", "Write {{.Placeholder}}", "Placeholder", braced(name)), at, "{{"+name+"}}"))
	}
	return at.End
}

// single looks at {…}: harmless to Meta, but probably meant as a placeholder.
func (l *linter) single(text string, start, end int, where Place) {
	name := strings.TrimSpace(text[start+1 : end-1])
	at := where.at(start, end)
	if !isDigits(name) && !isName(name) {
		return
	}
	l.add(ruleSingleBraces, at, say("variable.single_braces", "{{.Text}} has one brace on each side, so customers would read it as it is", "Text", "{"+shorten(name)+"}"),
		cut(say("mend.write", "Write {{.Placeholder}}", "Placeholder", braced(name)), at, "{{"+name+"}}"))
}

func (l *linter) lone(i int, where Place) {
	l.add(ruleBraces, where.at(i, i+1), say("variable.braces.lone", "has a brace without its partner"), cut(removeIt, where.at(i, i+1), ""))
}
