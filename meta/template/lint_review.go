package template

import (
	"strings"
	"unicode"
)

// review looks at what the words say, as Meta's reviewers do.
func (l *linter) review(text string, where Place) {
	tokens := tokensOf(text)
	l.match(tokens, sensitive, func(m matched) {
		l.add(ruleSensitive, where.at(m.start, m.end), say("text.sensitive", "“{{.Text}}”: asking for such data is forbidden", "Text", text[m.start:m.end]))
	})
	l.links(text, where)
	if l.d.Category != Utility {
		return
	}
	promotional := false
	l.match(tokens, promotions, func(m matched) {
		promotional = true
		l.add(rulePromotion, where.at(m.start, m.end), say("text.promotion", "“{{.Text}}” sounds like advertising: Meta may make this a marketing template, which costs more", "Text", text[m.start:m.end]),
			edit(makeMarketing, func(d *Document) { d.Category = Marketing }))
	})
	if promotional {
		return
	}
	l.match(tokens, vague, func(m matched) {
		l.add(ruleVague, where.at(m.start, m.end), say("text.vague", "“{{.Text}}” does not say what it is about; name the order, booking or account", "Text", text[m.start:m.end]))
	})
	if len(tokens) == 0 {
		return
	}
	for _, t := range tokens {
		if !greetings[t.word] {
			return
		}
	}
	l.add(ruleGreeting, where, say("text.greeting", "is a greeting only; Meta makes that a marketing template"),
		edit(makeMarketing, func(d *Document) { d.Category = Marketing }))
}

// reviewCard looks at the words of a card, where categories are not decided.
func (l *linter) reviewCard(text string, where Place) {
	l.match(tokensOf(text), sensitive, func(m matched) {
		l.add(ruleSensitive, where.at(m.start, m.end), say("text.sensitive", "“{{.Text}}”: asking for such data is forbidden", "Text", text[m.start:m.end]))
	})
	l.links(text, where)
}

// token is a word in small letters and where it stands.
type token struct {
	word       string
	start, end int
}

// tokensOf splits a text into words, placeholders left out. Each is cut at a length that no word of the lists has.
func tokensOf(text string) []token {
	const longest = 40
	out := make([]token, 0, len(text)/6+1)
	add := func(from, to int) {
		start := -1
		for i, r := range text[from:to] {
			if r == '%' { // a word of its own, for "20% off"
				if start >= 0 {
					out = append(out, token{start: start, end: from + i})
				}
				out = append(out, token{start: from + i, end: from + i + 1})
				start = -1
				continue
			}
			in := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
			switch {
			case in && start < 0:
				start = from + i
			case !in && start >= 0:
				out = append(out, token{start: start, end: from + i})
				start = -1
			}
		}
		if start >= 0 {
			out = append(out, token{start: start, end: to})
		}
	}
	at := 0
	for _, p := range Placeholders(text) {
		add(at, p.Start)
		at = p.End
	}
	add(at, len(text))
	for i := range out {
		if t := &out[i]; t.end-t.start <= longest {
			t.word = strings.ToLower(text[t.start:t.end])
		}
	}
	return out
}

type matched struct{ start, end int }

// match calls found for each phrase of a list that the words hold, whole words only.
func (l *linter) match(tokens []token, list phraseList, found func(matched)) {
	for i, t := range tokens {
	phrases:
		for _, p := range list[t.word] {
			if i+len(p) > len(tokens) {
				continue
			}
			for j, w := range p {
				if tokens[i+j].word != w {
					continue phrases
				}
			}
			found(matched{t.start, tokens[i+len(p)-1].end})
			break
		}
	}
}

// links finds addresses in a text that hide where they lead.
func (l *linter) links(text string, where Place) {
	for i := 0; i < len(text); i++ {
		if text[i] != '.' && text[i] != '/' {
			continue
		}
		from := i
		for from > 0 && isHostByte(text[from-1]) {
			from--
		}
		to := i
		for to < len(text) && isHostByte(text[to]) {
			to++
		}
		host := strings.ToLower(strings.Trim(text[from:to], "."))
		if host == "wa.me" || isShortener(host) {
			l.add(ruleWords, where.at(from, to), say("text.short_link", "{{.Site}} hides where it leads; reviewers often reject that. Use your site's own address", "Site", shorten(host)))
		}
		i = max(i, to)
	}
}

func isHostByte(c byte) bool { return c == '.' || c == '-' || isNameByte(c) && c != '_' }

// capitals: a text of some length that is nearly all in capitals.
func (l *linter) capitals(where Place, text string) {
	high, low := 0, 0
	count := func(s string) {
		for _, r := range s {
			switch {
			case unicode.IsUpper(r):
				high++
			case unicode.IsLower(r):
				low++
			}
		}
	}
	at := 0
	for _, p := range Placeholders(text) {
		count(text[at:p.Start])
		at = p.End
	}
	count(text[at:])
	if high >= 12 && high*10 > (high+low)*7 {
		l.add(ruleCapitals, where, say("text.capitals", "is nearly all in capitals, which looks like shouting; reviewers take it for spam"))
	}
}
