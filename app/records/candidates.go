package records

import (
	"slices"
	"strings"
)

// Candidate is a field that may be picked at one level of a path.
type Candidate struct {
	Field
	Path  Path // from the record to this field
	Leads bool // another level lies behind it and may still be entered
	Fills bool // it may fill a placeholder; files may not
}

// Candidates lists the fields at one level, reached from a type by the path at (empty for the record's own fields), whose label or name
// holds every word of query as the beginning of a word; case and marks don't count, so "dia chi" finds "Địa chỉ". Fields whose label
// begins with the query come first, otherwise the order is the type's. translated gives a label in the reader's language and may be nil.
func (c Catalog) Candidates(typ string, at Path, query string, translated func(typ string, f Field) string) []Candidate {
	t, ok := c.Type(typ)
	if len(at) > 0 {
		f, err := c.Follow(typ, at)
		if err != nil || f.Kind != KindRelation || len(at) >= MaxLevels {
			return nil
		}
		t, ok = c.Type(f.Relation)
	}
	if !ok {
		return nil
	}
	words := strings.Fields(Fold(query))
	var first, rest []Candidate
	for _, f := range t.Fields {
		label := f.Label
		if translated != nil {
			label = translated(t.Name, f)
		}
		heard := strings.Fields(Fold(label + " " + f.Label + " " + f.Name))
		if !begins(heard, words) {
			continue
		}
		cand := Candidate{
			Field: f, Path: append(slices.Clone(at), f.Name),
			Leads: f.Kind == KindRelation && len(at)+1 < MaxLevels, Fills: f.Kind != KindFile,
		}
		if strings.HasPrefix(Fold(label), strings.Join(words, " ")) {
			first = append(first, cand)
		} else {
			rest = append(rest, cand)
		}
	}
	return append(first, rest...)
}

// PhonePaths lists the paths of phone numbers a message could go to: the type's own choice first, then those of the record and of what it
// leads to at once.
func (c Catalog) PhonePaths(typ string) []Path {
	t, ok := c.Type(typ)
	if !ok {
		return nil
	}
	var out []Path
	add := func(p Path) {
		if !slices.ContainsFunc(out, func(q Path) bool { return slices.Equal(p, q) }) {
			out = append(out, p)
		}
	}
	if p, err := ParsePath(t.Phone); err == nil {
		add(p)
	}
	for _, f := range t.Fields {
		if f.Phone {
			add(Path{f.Name})
		}
	}
	for _, f := range t.Fields {
		if f.Kind != KindRelation || f.Many {
			continue
		}
		far, _ := c.Type(f.Relation)
		for _, g := range far.Fields {
			if g.Phone {
				add(Path{f.Name, g.Name})
			}
		}
	}
	return out
}

// begins tells whether each wanted word begins one of the words heard.
func begins(heard, wanted []string) bool {
	for _, w := range wanted {
		if !slices.ContainsFunc(heard, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}
