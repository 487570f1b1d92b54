package records

import (
	"strings"

	"shopbell/app"
)

// MaxLevels is how many fields a path may name.
const MaxLevels = 4

// maxName is how long the name of a type or field may be, in bytes.
const maxName = 64

// Path is the way from a record to a field, one name a level: customer, country, name.
type Path []string

// ParsePath reads a path as it is kept with a template: names joined by dots, one to MaxLevels of them. The error is an app.Error.
func ParsePath(s string) (Path, error) {
	if len(s) > MaxLevels*(maxName+1) {
		return nil, badPath(nil, "It is too long.")
	}
	p := Path(strings.Split(s, "."))
	if len(p) > MaxLevels {
		return nil, badPath(p, "A field is at most four levels away.")
	}
	for _, name := range p {
		if !wellNamed(name) {
			return nil, badPath(p, "Each part of it is the name of a field: small letters, digits and _.")
		}
	}
	return p, nil
}

func (p Path) String() string { return strings.Join(p, ".") }

// Labels names each level of a path in English, such as Customer, Country, Name; for a level that is not there its name stands.
func (c Catalog) Labels(typ string, p Path) []string {
	out := make([]string, len(p))
	t, ok := c.Type(typ)
	for i, name := range p {
		out[i] = name
		if !ok {
			continue
		}
		f, found := t.Field(name)
		if found {
			out[i] = f.Label
		}
		t, ok = c.Type(f.Relation)
	}
	return out
}

// Label writes a path for people: "Customer › Country › Name".
func (c Catalog) Label(typ string, p Path) string { return strings.Join(c.Labels(typ, p), " › ") }

func wellNamed(s string) bool {
	if s == "" || len(s) > maxName || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}

func badPath(p Path, why string) error {
	return &app.Error{
		Code: app.CodeInvalid, Message: "“" + p.String() + "” is not a field. " + why, Mend: "Pick the field again.",
	}
}
