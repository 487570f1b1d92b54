package template

import (
	"fmt"
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
		l.add(ruleMixed, where.at(ps[0].Start, ps[0].End), "has numbers and names; Meta takes one kind in a template",
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
			l.add(ruleFormatMismatch, where.at(ps[0].Start, ps[0].End), "has names, but the template's placeholders are numbers",
				convertMend(Named), convertMend(Positional))
			return
		}
		l.add(ruleFormatMismatch, where.at(ps[0].Start, ps[0].End), "placeholders are not written as the template says, "+strings.ToLower(string(want)),
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
	label := "Use numbers everywhere"
	if to == Named {
		label = "Use names everywhere"
	}
	return Mend{label, func(d Document) (Document, map[Slot]Slot) { return d.Convert(to, nil) }}
}

func (l *linter) names(ps []Placeholder, where Place) {
	seen := map[string]bool{}
	for _, p := range ps {
		at := where.at(p.Start, p.End)
		if !isName(p.Name) {
			fixed := NameFrom(p.Name)
			var mends []Mend
			if fixed != "" {
				mends = []Mend{rename("Use {{"+shorten(fixed)+"}}", where, func(text string) (string, Renames) {
					return apply(text, Renames{p.Name: fixed})
				})}
			}
			l.add(ruleParameterName, at, fmt.Sprintf("{{%s}} must begin with a small letter and have small letters, digits and underscores only", shorten(p.Name)), mends...)
		}
		if seen[p.Name] {
			l.add(ruleRepeated, at, fmt.Sprintf("{{%s}} is there twice", shorten(p.Name)))
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
			l.add(ruleGap, where.at(p.Start, p.End), fmt.Sprintf("{{%s}} is no number of this text; numbers run from 1", shorten(p.Name)), renumberMend(where))
			continue
		}
		if have[n] {
			l.add(ruleRepeatedNumber, where.at(p.Start, p.End), fmt.Sprintf("{{%d}} is there more than once; each time it shows the same value", n))
		}
		have[n] = true
		highest = max(highest, n)
	}
	for n := 1; n < highest; n++ {
		if have[n] {
			continue
		}
		next := ps[slices.IndexFunc(ps, func(p Placeholder) bool { return number(p.Name) > n })]
		l.add(ruleGap, where.at(next.Start, next.End), fmt.Sprintf("{{%d}} is missing; numbers run from 1 without gaps", n), renumberMend(where))
		break
	}
}

func renumberMend(where Place) Mend { return rename("Renumber", where, CloseGaps) }

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
		l.add(ruleSample, where.at(p.Start, p.End), fmt.Sprintf("{{%s}} has no sample, and the reviewer needs one", shorten(p.Name)),
			edit("Use “"+value+"”", func(d *Document) {
				if c, _ := d.at(where.slot()); c != nil {
					c.SetSample(p.Name, value)
				}
			}))
	}
	for _, s := range c.Samples {
		if used[s.Placeholder] {
			continue
		}
		l.add(ruleSampleExtra, where.field("samples"), fmt.Sprintf("there is a sample for {{%s}}, which is not in the text", shorten(s.Placeholder)),
			edit("Remove what is not used", func(d *Document) {
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
	add := func(p Placeholder, piece, which string, mend func(text string) string, label string) {
		rule, message := ruleEdge, fmt.Sprintf("%s with {{%s}}; Meta wants words there", which, shorten(p.Name))
		if strings.TrimSpace(piece) != "" {
			rule, message = ruleEdgePunctuation, fmt.Sprintf("%s with {{%s}} and no words, which Meta may refuse", which, shorten(p.Name))
		}
		var mends []Mend
		if label != "" {
			mends = []Mend{rewrite("Add “"+strings.TrimSpace(label)+"”", where, mend)}
		}
		l.add(rule, where.at(p.Start, p.End), message, mends...)
	}
	w := wordsFor(l.d.Language)
	if !hasWord(before) {
		add(first, before, "begins", func(t string) string { return w.hello + t }, w.hello)
	}
	if !hasWord(after) {
		add(last, after, "ends", func(t string) string {
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
			fmt.Sprintf("{{%s}} and {{%s}} have nothing between them; Meta wants text there", shorten(ps[i-1].Name), shorten(ps[i].Name)),
			cut("Put a dash between", where.at(ps[i-1].End, ps[i].Start), " – "))
	}
}

// ratio: at least 2n+1 words for n placeholders.
func (l *linter) ratio(text string, where Place) {
	n := len(Names(text))
	have, want := words(text), 2*n+1
	if have >= want {
		return
	}
	l.add(ruleRatio, where, fmt.Sprintf("%s for %s: Meta asks for about %d words here, so %d more",
		counted(n, "placeholder"), counted(have, "word"), want, want-have))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
