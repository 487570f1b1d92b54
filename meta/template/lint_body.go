package template

import "strings"

func (l *linter) body(c Component, where Place) {
	where = where.field("text")
	if l.d.Category == Authentication {
		if c.Text != "" {
			l.add(ruleAuthText, where, say("auth.text", "Meta writes this text itself, in the template's language; what stands here is ignored"),
				edit(say("mend.leave_meta", "Leave it to Meta"), func(d *Document) {
					if b := d.Component(Body); b != nil {
						b.Text, b.Samples = "", nil
					}
				}))
		}
		return
	}
	if _, came := c.Extra["add_security_recommendation"]; c.SecurityRecommendation || came && string(c.Extra["add_security_recommendation"]) != "null" {
		l.add(ruleAuthWords, where, say("auth.words", "Meta's own security words are for authentication templates only"),
			edit(removeThem, func(d *Document) {
				if b := d.Component(Body); b != nil {
					b.SecurityRecommendation = false
					delete(b.Extra, "add_security_recommendation")
				}
			}))
	}
	limit := MaxBody
	if _, ok := l.d.find(LimitedTimeOffer); ok {
		limit = MaxOfferBody
	}
	if l.bodyText(c, where, limit) {
		l.review(c.Text, where)
	}
}

// bodyText looks at the text of a body or of a card; false when there is none.
func (l *linter) bodyText(c Component, where Place, limit int) bool {
	text := c.Text
	if blank(text) {
		l.add(ruleBodyEmpty, where, say("body.empty", "has no text"))
		return false
	}
	l.length(ruleBodyLength, where, text, limit)
	l.variables(c, where, true)
	l.unseen(where, text)
	l.capitals(where, text)
	if i, n := run(text, "\n", "\r"); n > 2 {
		l.add(ruleBodyLines, where.at(i, i+1), say("body.lines", "has {{.Count}} line breaks in a row; Meta takes two", "Count", n),
			rewrite(say("mend.two_lines", "Leave two"), where, fewerLines))
	}
	if i, n := run(text, " ", ""); n > 4 {
		l.add(ruleBodyBlanks, where.at(i, i+n), say("body.blanks", "has {{.Count}} blanks in a row; four are safe", "Count", n),
			rewrite(say("mend.one_blank", "Leave one"), where, fewerBlanks))
	}
	if n, start, end := emoji(text); n > MaxEmoji {
		l.add(ruleBodyEmoji, where.at(start, end), say("body.emoji", "has {{.Count}} emoji; ten are safe", "Count", n))
	}
	return true
}

// run finds the longest row of c, between whose members the characters of skip may stand: its offset and how many.
func run(text, c, skip string) (start, most int) {
	n, from := 0, 0
	for i := range len(text) {
		switch {
		case text[i] == c[0]:
			if n == 0 {
				from = i
			}
			n++
			if n > most {
				start, most = from, n
			}
		case n > 0 && strings.IndexByte(skip, text[i]) >= 0:
		default:
			n = 0
		}
	}
	return start, most
}

func fewerLines(text string) string {
	var out []string
	empty := 0
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			empty++
			if empty > 1 {
				continue
			}
			line = ""
		} else {
			empty = 0
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func fewerBlanks(text string) string {
	var b strings.Builder
	n := 0
	flush := func() {
		if n > 4 {
			n = 1
		}
		b.WriteString(strings.Repeat(" ", n))
		n = 0
	}
	for i := range len(text) {
		if text[i] == ' ' {
			n++
			continue
		}
		flush()
		b.WriteByte(text[i])
	}
	flush()
	return b.String()
}

func (l *linter) footer(c Component, where Place) {
	if l.d.Category == Authentication {
		l.authenticationFooter(c, where)
		return
	}
	where = where.field("text")
	if raw, came := c.Extra["code_expiration_minutes"]; c.CodeExpirationMinutes != 0 || came && string(raw) != "null" {
		l.add(ruleAuthMinutes, where, say("auth.minutes.other", "only codes of authentication templates last a number of minutes"),
			edit(removeThem, func(d *Document) {
				if f := d.Component(Footer); f != nil {
					f.CodeExpirationMinutes = 0
					delete(f.Extra, "code_expiration_minutes")
				}
			}))
	}
	if blank(c.Text) {
		l.add(ruleFooterEmpty, where, say("footer.empty", "has no text"), edit(say("mend.remove_footer", "Remove the footer"), func(d *Document) { d.Remove(Footer) }))
		return
	}
	l.length(ruleFooterLength, where, c.Text, MaxFooter)
	ps := Placeholders(c.Text)
	if len(ps) > 0 {
		at := where.at(ps[0].Start, ps[0].End)
		l.add(ruleFooterVariable, at, say("footer.variable", "has {{.Placeholder}}; a footer takes no placeholders", "Placeholder", braced(ps[0].Name)), cut(removeIt, at, ""))
	} else {
		l.braces(c.Text, ps, where)
	}
	if i := strings.IndexAny(c.Text, "\n\r"); i >= 0 {
		l.add(ruleFooterLooks, where.at(i, i+1), say("footer.looks.lines", "has a line break; a footer is shown as one line"),
			rewrite(oneLineMend, where, func(t string) string { return strings.Join(strings.Fields(t), " ") }))
	}
	if n, start, end := emoji(c.Text); n > 0 {
		l.add(ruleFooterLooks, where.at(start, end), say("footer.looks", "has an emoji, which reviewers may refuse"), rewrite(removeEmoji, where, withoutEmoji))
	}
	l.unseen(where, c.Text)
}
