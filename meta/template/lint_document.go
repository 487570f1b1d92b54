package template

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// document looks at what is not in a component.
func (l *linter) document() {
	l.name()
	l.languageAndCategory()
	l.ttl()
}

func (l *linter) name() {
	n := l.d.Name
	where := place(PartDocument, "name")
	fixed := NameFrom(n)
	mend := func(d Document) (Document, map[Slot]Slot) {
		d = d.Clone()
		d.Name = fixed
		return d, nil
	}
	switch {
	case n == "":
		l.add(ruleNameMissing, where, "has no name")
	case len(n) > MaxName:
		l.add(ruleNameLength, where, fmt.Sprintf("has %d characters; Meta takes %d", len(n), MaxName))
	}
	for i, c := range n {
		if c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			continue
		}
		_, width := utf8.DecodeRuneInString(n[i:])
		var mends []Mend
		if fixed != "" {
			mends = []Mend{{"Use " + shorten(fixed), mend}}
		}
		l.add(ruleName, where.at(i, i+width), fmt.Sprintf("has %q; only small letters a to z, digits and underscores are allowed", c), mends...)
		break
	}
	if n != "" && l.env.Taken != nil && l.env.Taken(n, l.d.Language) {
		l.add(ruleNameTaken, where, "is taken by another template of this account in this language")
	}
}

func (l *linter) languageAndCategory() {
	d := l.d
	where := place(PartDocument, "language")
	if lang, ok := LanguageOf(d.Language); d.Language == "" {
		l.add(ruleLanguage, where, "is not chosen")
	} else if !ok {
		l.add(ruleLanguage, where, fmt.Sprintf("%s is not one of Meta's languages", shorten(d.Language)))
	} else if lang.Code != d.Language {
		l.add(ruleLanguage, where, fmt.Sprintf("Meta spells it %s", lang.Code), Mend{"Use " + lang.Code, func(d Document) (Document, map[Slot]Slot) {
			d = d.Clone()
			d.Language = lang.Code
			return d, nil
		}})
	}
	where = place(PartDocument, "category")
	switch d.Category {
	case Authentication, Marketing, Utility:
	case "":
		l.add(ruleCategory, where, "is not chosen")
	default:
		l.add(ruleCategory, where, fmt.Sprintf("%s is no longer taken; choose marketing, utility or authentication", shorten(string(d.Category))))
	}
	if f := d.ParameterFormat; f != "" && f != Positional && f != Named {
		l.add(ruleFormat, place(PartDocument, "parameter_format"), fmt.Sprintf("%s is neither POSITIONAL nor NAMED", shorten(string(f))),
			convertMend(Positional), convertMend(Named))
	}
}

// ttl has limits by category: authentication 30 s to 15 min, utility 30 s to 12 h, marketing 12 h to 30 days.
func (l *linter) ttl() {
	if l.d.TTLSeconds == nil {
		return
	}
	var low, high int
	switch l.d.Category {
	case Authentication:
		low, high = 30, 900
	case Utility:
		low, high = 30, 43_200
	case Marketing:
		low, high = 43_200, 2_592_000
	default:
		return
	}
	n := *l.d.TTLSeconds
	if n >= low && n <= high || n == -1 && l.d.Category != Marketing {
		return
	}
	near := min(max(n, low), high)
	l.add(ruleTTL, place(PartDocument, "ttl"), fmt.Sprintf("is %d seconds; this category takes %d to %d", n, low, high),
		Mend{fmt.Sprintf("Use %d", near), func(d Document) (Document, map[Slot]Slot) {
			d = d.Clone()
			d.TTLSeconds = &near
			return d, nil
		}})
}

// shorten keeps a message readable when what it quotes is long.
func shorten(s string) string {
	const limit = 40
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	return strings.TrimSpace(string(r[:limit])) + "…"
}
