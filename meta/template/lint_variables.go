package template

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// variables looks at the placeholders of one text: their spelling, order, neighbours, samples. A text with words
// around them is asked for by whole only.
func (l *linter) variables(c Component, where Place, whole bool) {
	text := c.Text
	ps := Placeholders(text)
	l.braces(text, ps, where)
	l.numbering(text, ps, where)
	l.samples(c, ps, where)
	if !whole || len(ps) == 0 {
		return
	}
	l.edges(text, ps, where)
	l.adjacent(text, ps, where)
	l.ratio(text, where)
}

func (l *linter) numbering(text string, ps []Placeholder, where Place) {
	format, mixed := FormatOf(text)
	if mixed {
		l.add(ruleMixed, where.at(ps[0].Start, ps[0].End), say("variable.mixed", "has numbers and names; Meta takes one kind in a template"),
			convertMend(Named), convertMend(Positional))
		return
	}
	want := l.d.ParameterFormat
	if want == "" {
		want = Positional
	}
	if want != Positional && want != Named {
		return // said of the document
	}
	if format != "" && format != want {
		if format == Named && allNames(ps) {
			l.add(ruleFormatMismatch, where.at(ps[0].Start, ps[0].End), say("variable.format.names", "has names, but the template's placeholders are numbers"),
				convertMend(Named), convertMend(Positional))
			return
		}
		l.add(ruleFormatMismatch, where.at(ps[0].Start, ps[0].End), say("variable.format", "placeholders are not written as the template says, {{.Format}}", "Format", strings.ToLower(string(want))),
			convertMend(want))
		return
	}
	if format == Named {
		l.names(ps, where)
		return
	}
	if len(ps) == 0 {
		return
	}
	l.gaps(ps, where)
}

func allNames(ps []Placeholder) bool {
	return !slices.ContainsFunc(ps, func(p Placeholder) bool { return !isName(p.Name) })
}

func convertMend(to ParameterFormat) Mend {
	label := say("mend.numbers", "Use numbers everywhere")
	if to == Named {
		label = say("mend.names", "Use names everywhere")
	}
	return mend(label, func(d Document) (Document, map[Slot]Slot) { return d.Convert(to, nil) })
}

func (l *linter) names(ps []Placeholder, where Place) {
	seen := map[string]bool{}
	for _, p := range ps {
		at := where.at(p.Start, p.End)
		if !isName(p.Name) {
			fixed := NameFrom(p.Name)
			var mends []Mend
			if fixed != "" {
				mends = []Mend{rename(use("{{"+fixed+"}}"), where, func(text string) (string, Renames) {
					return apply(text, Renames{p.Name: fixed})
				})}
			}
			l.add(ruleParameterName, at, say("variable.name", "{{.Placeholder}} must begin with a small letter and have small letters, digits and underscores only", "Placeholder", braced(p.Name)), mends...)
		}
		if seen[p.Name] {
			l.add(ruleRepeated, at, say("variable.repeated", "{{.Placeholder}} is there twice", "Placeholder", braced(p.Name)))
		}
		seen[p.Name] = true
	}
}

func (l *linter) gaps(ps []Placeholder, where Place) {
	have := map[int]bool{}
	highest := 0
	for _, p := range ps {
		n := number(p.Name)
		if n == 0 || n > len(ps)*2+1000 { // {{0}}, {{01}}, or a number out of all reason
			l.add(ruleGap, where.at(p.Start, p.End), say("variable.gap.number", "{{.Placeholder}} is no number of this text; numbers run from 1", "Placeholder", braced(p.Name)), renumberMend(where))
			continue
		}
		if have[n] {
			l.add(ruleRepeatedNumber, where.at(p.Start, p.End), say("variable.repeated_number", "{{.Placeholder}} is there more than once; each time it shows the same value", "Placeholder", braced(p.Name)))
		}
		have[n] = true
		highest = max(highest, n)
	}
	for n := 1; n < highest; n++ {
		if have[n] {
			continue
		}
		next := ps[slices.IndexFunc(ps, func(p Placeholder) bool { return number(p.Name) > n })]
		l.add(ruleGap, where.at(next.Start, next.End), say("variable.gap", "{{.Placeholder}} is missing; numbers run from 1 without gaps", "Placeholder", braced(strconv.Itoa(n))), renumberMend(where))
		break
	}
}

func renumberMend(where Place) Mend {
	return rename(say("mend.renumber", "Renumber"), where, CloseGaps)
}

func (l *linter) samples(c Component, ps []Placeholder, where Place) {
	have := make(map[string]string, len(c.Samples))
	for _, s := range c.Samples {
		have[s.Placeholder] = s.Value
	}
	used := make(map[string]bool, len(ps))
	for _, p := range ps {
		if used[p.Name] {
			continue
		}
		used[p.Name] = true
		if strings.TrimSpace(have[p.Name]) != "" || l.full(ruleSample, where) {
			continue
		}
		value := sampleFor(p.Name, l.d.Language)
		l.add(ruleSample, where.at(p.Start, p.End), say("sample.missing", "{{.Placeholder}} has no sample, and the reviewer needs one", "Placeholder", braced(p.Name)),
			edit(use(value), func(d *Document) {
				if c, _ := d.at(where.slot()); c != nil {
					c.SetSample(p.Name, value)
				}
			}))
	}
	for _, s := range c.Samples {
		if used[s.Placeholder] {
			continue
		}
		l.add(ruleSampleExtra, where.field("samples"), say("sample.extra", "there is a sample for {{.Placeholder}}, which is not in the text", "Placeholder", braced(s.Placeholder)),
			edit(say("mend.remove_unused", "Remove what is not used"), func(d *Document) {
				if c, _ := d.at(where.slot()); c != nil {
					c.Prune()
				}
			}))
	}
}

// Prune takes samples out whose placeholder is no longer in the text.
func (c *Component) Prune() {
	names := map[string]bool{}
	for _, p := range Placeholders(c.Text) {
		names[p.Name] = true
	}
	c.Samples = slices.DeleteFunc(slices.Clone(c.Samples), func(s Sample) bool { return !names[s.Placeholder] })
}

func (l *linter) edges(text string, ps []Placeholder, where Place) {
	first, last := ps[0], ps[len(ps)-1]
	before, after := text[:first.Start], text[last.End:]
	add := func(p Placeholder, piece string, bare, punctuated Phrase, change func(text string) string, label string) {
		rule, says := ruleEdge, bare
		if strings.TrimSpace(piece) != "" {
			rule, says = ruleEdgePunctuation, punctuated
		}
		var mends []Mend
		if label != "" {
			mends = []Mend{rewrite(say("mend.add", "Add “{{.Text}}”", "Text", strings.TrimSpace(label)), where, change)}
		}
		l.add(rule, where.at(p.Start, p.End), says, mends...)
	}
	w := wordsFor(l.d.Language)
	if !hasWord(before) {
		add(first, before, say("variable.edge.begin", "begins with {{.Placeholder}}; Meta wants words there", "Placeholder", braced(first.Name)),
			say("variable.edge_punctuation.begin", "begins with {{.Placeholder}} and no words, which Meta may refuse", "Placeholder", braced(first.Name)),
			func(t string) string { return w.hello + t }, w.hello)
	}
	if !hasWord(after) {
		add(last, after, say("variable.edge.end", "ends with {{.Placeholder}}; Meta wants words there", "Placeholder", braced(last.Name)),
			say("variable.edge_punctuation.end", "ends with {{.Placeholder}} and no words, which Meta may refuse", "Placeholder", braced(last.Name)),
			func(t string) string {
				t = strings.TrimRightFunc(t, unicode.IsSpace)
				if strings.HasSuffix(t, "}}") {
					t += "."
				}
				return t + " " + w.thanks
			}, w.thanks)
	}
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || isEmoji(r) })
}

func (l *linter) adjacent(text string, ps []Placeholder, where Place) {
	for i := 1; i < len(ps); i++ {
		between := text[ps[i-1].End:ps[i].Start]
		if strings.TrimSpace(between) != "" {
			continue
		}
		l.add(ruleAdjacent, where.at(ps[i-1].Start, ps[i].End),
			say("variable.adjacent", "{{.First}} and {{.Second}} have nothing between them; Meta wants text there", "First", braced(ps[i-1].Name), "Second", braced(ps[i].Name)),
			cut(say("mend.dash", "Put a dash between"), where.at(ps[i-1].End, ps[i].Start), " – "))
	}
}

// ratio: at least 2n+1 words for n placeholders.
func (l *linter) ratio(text string, where Place) {
	n := len(Names(text))
	have, want := words(text), 2*n+1
	if have >= want {
		return
	}
	l.add(ruleRatio, where, say("variable.ratio", "placeholders: {{.Placeholders}}, words: {{.Words}}; Meta asks for about {{.Want}} words here, so {{.More}} more",
		"Placeholders", n, "Words", have, "Want", want, "More", want-have))
}
