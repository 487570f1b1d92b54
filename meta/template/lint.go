package template

import "slices"

// Lint finds what Meta would refuse and what may cost the shop approval, category or looks, ordered by place. It
// looks at nothing but the document and env, and its time is bounded by the length of the texts.
func Lint(d Document, env Env) []Finding {
	l := &linter{d: d, env: env}
	l.document()
	slices.SortStableFunc(l.found, compareFindings)
	return l.found
}

// linter gathers findings.
type linter struct {
	d     Document
	env   Env
	found []Finding
}

// add notes a finding under a rule; the rule gives level, source and subcode.
func (l *linter) add(r Rule, where Place, message string, mends ...Mend) {
	l.found = append(l.found, Finding{
		Code: r.Code, Level: r.Level, Where: where, Message: message, Source: r.Source, Subcode: r.Subcode, Mends: mends,
	})
}

func place(part Part, field string) Place {
	return Place{Part: part, Card: -1, Button: -1, Field: field}
}

func (p Place) at(start, end int) Place {
	p.Start, p.End = start, end
	return p
}
