package records

import (
	"slices"
	"strings"

	"shopbell/app"
)

// Reach turns a path into the way that the store goes: the steps to the records at its end, and their field. A path into a country ends at the
// relation to it, which is kept under the country's name. The error is an app.Error.
func (c Catalog) Reach(typ string, p Path) (via []app.RecordStep, end Field, err error) {
	if end, err = c.Follow(typ, p); err != nil {
		return nil, Field{}, err
	}
	t, _ := c.Type(typ)
	for i, name := range p {
		f, _ := t.Field(name)
		if i == len(p)-1 || f.Relation == TypeCountry {
			return via, f, nil
		}
		step := app.RecordStep{Type: f.Relation, Field: f.Name}
		if back, ok := partOf(c, t, f); ok {
			step.Field, step.Back = back, true
		}
		via = append(via, step)
		t, _ = c.Type(f.Relation)
	}
	return via, end, nil
}

// Find finds the field that a person means by a name: its own or its label, a dot before each level. One level may be left out: where the type
// has no such field, the first of its relations that leads to one is understood, as city is customer.city of an invoice. label gives the label
// that a field has in the person's language; nil is English. The beginning of a name will do, of three letters or more.
func (c Catalog) Find(typ, name string, label func(typ string, f Field) string) (Path, bool) {
	t, ok := c.Type(typ)
	if !ok {
		return nil, false
	}
	if label == nil {
		label = func(_ string, f Field) string { return f.Label }
	}
	var p Path
	for part := range strings.SplitSeq(name, ".") {
		step := c.find(t, squeeze(part), label)
		if step == nil {
			return nil, false
		}
		p = append(p, step...)
		end, err := c.Follow(typ, p) // which is also where a path is too long
		if err != nil {
			return nil, false
		}
		t, _ = c.Type(end.Relation)
	}
	return p, true
}

// find finds one level: a whole name before a beginning, the type's own field before one of what it leads to, names before labels.
func (c Catalog) find(t Type, name string, label func(string, Field) string) Path {
	match := func(t Type, same func(string) bool) string {
		i := slices.IndexFunc(t.Fields, func(f Field) bool { return same(squeeze(f.Name)) })
		if i < 0 {
			i = slices.IndexFunc(t.Fields, func(f Field) bool { return same(squeeze(label(t.Name, f))) })
		}
		if i < 0 {
			return ""
		}
		return t.Fields[i].Name
	}
	if name == "tag" {
		name = "tags"
	}
	ways := []func(string) bool{func(s string) bool { return s == name }}
	if len(name) >= 3 {
		ways = append(ways, func(s string) bool { return strings.HasPrefix(s, name) })
	}
	for _, same := range ways {
		if own := match(t, same); own != "" {
			return Path{own}
		}
		for _, f := range t.Fields {
			if f.Kind != KindRelation || f.Many || f.Relation == TypeCountry {
				continue
			}
			to, _ := c.Type(f.Relation)
			if far := match(to, same); far != "" {
				return Path{f.Name, far}
			}
		}
	}
	return nil
}

func squeeze(s string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(Fold(s))
}

// crosses tells whether the answer to a filter depends on what is kept of contacts.
func crosses(f app.RecordFilter) bool {
	contact := func(s app.RecordStep) bool { return s.Type == TypeContact }
	return f.Type == TypeContact || slices.ContainsFunc(f.Via, contact) ||
		slices.ContainsFunc(f.Where, func(c app.RecordCondition) bool { return slices.ContainsFunc(c.Via, contact) })
}
