package template

import "slices"

// Lint finds what Meta would refuse and what may cost the shop approval, category or looks, ordered by place. It
// looks at nothing but the document and env, and its time is bounded by the length of the texts.
func Lint(d Document, env Env) []Finding {
	l := &linter{d: d, env: env, count: map[countKey]int{}}
	l.document()
	l.components()
	slices.SortStableFunc(l.found, compareFindings)
	return l.found
}

// maxAlike is how often one rule speaks of one part: a pasted book has thousands of the same mistake.
const maxAlike = 20

type countKey struct {
	code         string
	part         Part
	card, button int
}

// linter gathers findings.
type linter struct {
	d     Document
	env   Env
	found []Finding
	count map[countKey]int
}

// add notes a finding under a rule; the rule gives level, source and subcode.
func (l *linter) add(r Rule, where Place, says Phrase, mends ...Mend) {
	if l.full(r, where) {
		return
	}
	l.count[countKey{r.Code, where.Part, where.Card, where.Button}]++
	l.found = append(l.found, Finding{
		Code: r.Code, Level: r.Level, Where: where, Says: says, Message: says.String(), Source: r.Source, Subcode: r.Subcode, Mends: mends,
	})
}

// full tells that a rule has spoken enough of a part.
func (l *linter) full(r Rule, where Place) bool {
	return l.count[countKey{r.Code, where.Part, where.Card, where.Button}] >= maxAlike
}

func place(part Part, field string) Place {
	return Place{Part: part, Card: -1, Button: -1, Field: field}
}

func (p Place) at(start, end int) Place {
	p.Start, p.End = start, end
	return p
}

// field is the same place, another field.
func (p Place) field(name string) Place {
	p.Field, p.Start, p.End = name, 0, 0
	return p
}

func (p Place) slot() Slot { return Slot{p.Part, p.Card, p.Button, ""} }

// components looks at each component and at what they must be together.
func (l *linter) components() {
	seen := map[ComponentType]bool{}
	for i, c := range l.d.Components {
		where := place(partOf(c.Type), "")
		if c.odd != nil || c.Type == "" {
			l.add(ruleOdd, where, say("component.shape", "a component has no type"), removeComponent(i))
			continue
		}
		if seen[c.Type] && c.Type.Known() {
			l.add(ruleTwice, where, say("component.twice", "is there twice"), removeComponent(i))
			continue
		}
		seen[c.Type] = true
		if l.d.Category == Authentication && c.Type != Body && c.Type != Footer && c.Type != Buttons && c.Type.Known() {
			l.misplacedInAuthentication(c, where, i)
			continue
		}
		switch c.Type {
		case Header:
			l.header(c, where)
		case Body:
			l.body(c, where)
		case Footer:
			l.footer(c, where)
		case Buttons:
			l.buttons(c, where)
		case LimitedTimeOffer:
			l.offer(c, where)
		case Carousel:
			l.carousel(c, where)
		case CallPermissionRequest:
		default:
			l.unknown(where, string(c.Type), say("component.unknown", "this version of the program does not know {{.Kind}}; it is kept as it is", "Kind", shorten(string(c.Type))), removeComponent(i))
		}
	}
	if l.d.LibraryName != "" {
		if len(l.d.Components) > 0 {
			l.add(ruleLibrary, place(PartDocument, "components"), say("library.components", "comes from Meta's library, which brings its own text; the text here is ignored"))
		}
		return
	}
	if !seen[Body] {
		l.add(ruleNoBody, place(PartBody, "text"), say("body.missing", "is missing; every template has one"),
			edit(say("mend.add_body", "Add a body"), func(d *Document) { d.Ensure(Body) }))
	}
	if l.d.Category == Authentication {
		l.authenticationButton(seen[Buttons])
	}
	l.twin()
}

// unknown is a kind of component, header or button that the program does not know: Meta's own newest, or a mistake.
func (l *linter) unknown(where Place, kind string, says Phrase, mends ...Mend) {
	if l.d.LibraryName != "" || l.env.FromMeta {
		l.add(ruleUnknown, where, says)
		return
	}
	l.add(ruleKind, where, say("component.kind", "{{.Kind}} is not a kind that Meta takes", "Kind", shorten(kind)), mends...)
}

func partOf(t ComponentType) Part {
	switch t {
	case Header:
		return PartHeader
	case Body:
		return PartBody
	case Footer:
		return PartFooter
	case Buttons:
		return PartButton
	case LimitedTimeOffer:
		return PartOffer
	case Carousel:
		return PartCarousel
	}
	return PartOther
}

// twin: body and footer of another template are these.
func (l *linter) twin() {
	body, ok := l.d.find(Body)
	if !ok || l.d.Category == Authentication || l.env.Twin == nil || body.Text == "" {
		return
	}
	footer, _ := l.d.find(Footer)
	if other := l.env.Twin(l.d.Language, body.Text, footer.Text); other != "" {
		l.add(ruleTwin, place(PartBody, "text"), say("text.twin", "body and footer are the same as those of {{.Other}}; Meta rejects the second", "Other", shorten(other)))
	}
}
