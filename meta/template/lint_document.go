package template

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// document looks at what is not in a component.
func (l *linter) document() {
	l.name()
	l.languageAndCategory()
	l.ttl()
	l.orders()
}

func (l *linter) name() {
	n := l.d.Name
	where := place(PartDocument, "name")
	fixed := NameFrom(n)
	switch {
	case n == "":
		l.add(ruleNameMissing, where, say("name.missing", "has no name"))
	case len(n) > MaxName:
		l.add(ruleNameLength, where, tooLong(len(n), MaxName))
	}
	for i, c := range n {
		if c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			continue
		}
		_, width := utf8.DecodeRuneInString(n[i:])
		var mends []Mend
		if fixed != "" {
			mends = []Mend{edit(use(fixed), func(d *Document) { d.Name = fixed })}
		}
		l.add(ruleName, where.at(i, i+width), say("name.characters", "has {{.Character}}; only small letters a to z, digits and underscores are allowed", "Character", strconv.QuoteRune(c)), mends...)
		break
	}
	if n != "" && l.env.Taken != nil && l.env.Taken(n, l.d.Language) {
		l.add(ruleNameTaken, where, say("name.taken", "is taken by another template of this account in this language"))
	}
}

func (l *linter) languageAndCategory() {
	d := l.d
	where := place(PartDocument, "language")
	if lang, ok := LanguageOf(d.Language); d.Language == "" {
		l.add(ruleLanguage, where, say("language", "is not chosen"))
	} else if !ok {
		l.add(ruleLanguage, where, say("language.unknown", "{{.Text}} is not one of Meta's languages", "Text", shorten(d.Language)))
	} else if lang.Code != d.Language {
		l.add(ruleLanguage, where, say("language.spelling", "Meta spells it {{.Text}}", "Text", lang.Code),
			edit(use(lang.Code), func(d *Document) { d.Language = lang.Code }))
	}
	where = place(PartDocument, "category")
	switch d.Category {
	case Authentication, Marketing, Utility:
	case "":
		l.add(ruleCategory, where, say("category", "is not chosen"))
	default:
		l.add(ruleCategory, where, say("category.old", "{{.Text}} is no longer taken; choose marketing, utility or authentication", "Text", shorten(string(d.Category))))
	}
	if f := d.ParameterFormat; f != "" && f != Positional && f != Named {
		l.add(ruleFormat, place(PartDocument, "parameter_format"), say("parameter_format", "{{.Text}} is neither POSITIONAL nor NAMED", "Text", shorten(string(f))),
			convertMend(Positional), convertMend(Named))
	}
}

// orders looks at what templates about orders, bookings and payments carry.
func (l *linter) orders() {
	if s := strings.ToUpper(l.d.SubCategory); s != "" && !slices.Contains(subCategories, s) {
		l.add(ruleSubCategory, place(PartDocument, "sub_category"), say("sub_category", "{{.Text}} is not one of Meta's sub-categories", "Text", shorten(s)),
			edit(removeIt, func(d *Document) { d.SubCategory = "" }))
	}
	if s := strings.ToUpper(l.d.DisplayFormat); s != "" && s != "ORDER_DETAILS" {
		l.add(ruleDisplay, place(PartDocument, "display_format"), say("display_format", "{{.Text}} is not ORDER_DETAILS", "Text", shorten(s)),
			edit(removeIt, func(d *Document) { d.DisplayFormat = "" }))
	}
}

// subCategories are Meta's (Meta: Templates › Create); CUSTOM is in answers only, and harmless.
var subCategories = []string{
	"ORDER_DETAILS", "ORDER_STATUS", "RICH_ORDER_STATUS", "CALL_PERMISSIONS_REQUEST", "BOOKING_STATUS",
	"FLIGHT_DELAY_AND_GATE_CHANGE_ALERT", "FRAUD_ALERT", "CUSTOM",
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
	l.add(ruleTTL, place(PartDocument, "ttl"), say("ttl", "is {{.Count}} seconds; this category takes {{.Least}} to {{.Most}}", "Count", n, "Least", low, "Most", high),
		edit(use(strconv.Itoa(near)), func(d *Document) { d.TTLSeconds = &near }))
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
