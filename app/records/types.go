package records

import (
	"fmt"
	"slices"

	"shopbell/app"
)

// Type is a kind of record.
type Type struct {
	Name   string // stable, such as "quotation"
	Label  string // in English, such as "Quotation"; the window translates it by its name
	Plural string // in English, such as "Quotations"
	Title  string // the field that names a record
	Detail string // the field shown beside the title; "" if none
	Phone  string // the path of the number a message goes to, such as "customer.phone"; "" if there is none
	Link   string // the path of the page that the customer may open (portal link); "" if there is none
	Part   bool   // exists only inside or beside others (lines, countries): nothing is sent from it, so no template applies to it
	Fields []Field
}

// Field is one thing a record holds.
type Field struct {
	Name     string // stable, such as "customer"
	Label    string // in English
	Kind     Kind
	Relation string // the type of the records a relation leads to; of a text, the type whose records it names (a country, by its code)
	Many     bool   // a relation to several records, such as the lines of an order
	Phone    bool   // a text that is a phone number
	Custom   bool   // added by a user
	Choices  []Option
}

// Option is one value of a choice.
type Option struct {
	Value string            // stable
	Label string            // in English
	Words map[string]string // by language code (no region), for messages; English where there is none
}

// Field finds a field by its name.
func (t Type) Field(name string) (Field, bool) {
	i := slices.IndexFunc(t.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return t.Fields[i], true
}

// Catalog is a set of types that refer to one another.
type Catalog struct {
	list  []Type
	index map[string]int
}

// NewCatalog checks that names are well formed and unique and that every relation and path leads somewhere.
func NewCatalog(types []Type) (Catalog, error) {
	c := Catalog{list: slices.Clone(types), index: make(map[string]int, len(types))}
	for i, t := range c.list {
		if !wellNamed(t.Name) {
			return Catalog{}, fmt.Errorf("records: type %q: a name is small letters, digits and _", t.Name)
		}
		if _, twice := c.index[t.Name]; twice {
			return Catalog{}, fmt.Errorf("records: type %q is there twice", t.Name)
		}
		c.index[t.Name] = i
	}
	for _, t := range c.list {
		if err := c.checkType(t); err != nil {
			return Catalog{}, err
		}
	}
	return c, nil
}

func (c Catalog) checkType(t Type) error {
	seen := map[string]bool{}
	for _, f := range t.Fields {
		switch {
		case !wellNamed(f.Name):
			return fmt.Errorf("records: field %s.%q: a name is small letters, digits and _", t.Name, f.Name)
		case seen[f.Name]:
			return fmt.Errorf("records: field %s.%s is there twice", t.Name, f.Name)
		case !slices.Contains(Kinds(), f.Kind):
			return fmt.Errorf("records: field %s.%s has no kind we know: %q", t.Name, f.Name, f.Kind)
		}
		seen[f.Name] = true
		if _, known := c.index[f.Relation]; f.Kind == KindRelation && !known {
			return fmt.Errorf("records: field %s.%s leads to %q, which is no type", t.Name, f.Name, f.Relation)
		}
	}
	if !seen[t.Title] || t.Detail != "" && !seen[t.Detail] {
		return fmt.Errorf("records: type %s has no field for its title", t.Name)
	}
	for _, s := range []string{t.Phone, t.Link} {
		if s == "" {
			continue
		}
		if _, err := c.Check(t.Name, s); err != nil {
			return fmt.Errorf("records: type %s: %w", t.Name, err)
		}
	}
	return nil
}

// Types gives all types in the order they are shown.
func (c Catalog) Types() []Type { return slices.Clone(c.list) }

// Type finds a type by its name.
func (c Catalog) Type(name string) (Type, bool) {
	i, ok := c.index[name]
	if !ok {
		return Type{}, false
	}
	return c.list[i], true
}

// Subjects gives the types a template may apply to.
func (c Catalog) Subjects() []Type {
	return slices.DeleteFunc(c.Types(), func(t Type) bool { return t.Part })
}

// Check parses a path and follows it from a type to the field it ends at. The error is an app.Error.
func (c Catalog) Check(typ, path string) (Field, error) {
	p, err := ParsePath(path)
	if err != nil {
		return Field{}, err
	}
	return c.Follow(typ, p)
}

// Follow goes along a path from a type and gives the field it ends at. The error is an app.Error.
func (c Catalog) Follow(typ string, p Path) (Field, error) {
	t, ok := c.Type(typ)
	if !ok {
		return Field{}, &app.Error{
			Code: app.CodeNotFound, Message: "There is no kind of record called “" + typ + "”.", Mend: "Choose one in Applies to.",
		}
	}
	var f Field
	for i, name := range p {
		if i > 0 {
			if f.Kind != KindRelation {
				return Field{}, badPath(p, fmt.Sprintf("“%s” does not lead to another record.", f.Label))
			}
			t, _ = c.Type(f.Relation)
		}
		if f, ok = t.Field(name); !ok {
			return Field{}, badPath(p, fmt.Sprintf("%s has no field “%s”.", t.Label, name))
		}
	}
	if len(p) == 0 || len(p) > MaxLevels {
		return Field{}, badPath(p, fmt.Sprintf("A field is one to %d levels away.", MaxLevels))
	}
	return f, nil
}
