package records

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"shopbell/app"
)

// customSetting is where the types and fields that users added are kept.
const customSetting = "records.custom"

// Custom are the types and fields that users added.
type Custom struct {
	Types  []Type             // of their own
	Fields map[string][]Field // by the name of a built-in type
}

// Catalog gives the built-in types with what users added.
func (k *Kept) Catalog(ctx context.Context) (Catalog, error) {
	custom, err := k.Custom(ctx)
	if err != nil {
		return Catalog{}, err
	}
	return WithCustom(custom)
}

// Custom gives what users added.
func (k *Kept) Custom(ctx context.Context) (Custom, error) {
	raw, err := k.Store.Setting(ctx, customSetting)
	if err != nil || raw == "" {
		return Custom{}, err
	}
	var c Custom
	if err := json.Unmarshal([]byte(raw), &c); err != nil {
		return Custom{}, &app.Error{Code: app.CodeDatabase, Cause: err, Message: "The record types of your own can't be read."}
	}
	return c, nil
}

// SetCustom keeps what users added, after a check that it fits together.
func (k *Kept) SetCustom(ctx context.Context, c Custom) error {
	if _, err := WithCustom(c); err != nil {
		return &app.Error{Code: app.CodeInvalid, Cause: err, Message: "These types do not fit together.", Mend: "Give each type and field a name of its own, and each relation a type to lead to."}
	}
	raw, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return k.Store.SetSetting(ctx, customSetting, string(raw))
}

// AddField adds a field to a type, built in or not, and gives it a name made of its label.
func (k *Kept) AddField(ctx context.Context, typ string, f Field) (Field, error) {
	c, err := k.Custom(ctx)
	if err != nil {
		return f, err
	}
	all, err := WithCustom(c)
	if err != nil {
		return f, err
	}
	t, ok := all.Type(typ)
	if !ok {
		return f, unknownType(typ)
	}
	f.Custom = true
	f.Name = FreeName(f.Label, func(name string) bool { _, taken := t.Field(name); return taken })
	own := false
	for i := range c.Types {
		if c.Types[i].Name == typ {
			own = true
			c.Types[i].Fields = append(c.Types[i].Fields, f)
		}
	}
	if !own {
		if c.Fields == nil {
			c.Fields = map[string][]Field{}
		}
		c.Fields[typ] = append(c.Fields[typ], f)
	}
	return f, k.SetCustom(ctx, c)
}

// WithCustom puts added types and fields behind the built-in ones.
func WithCustom(c Custom) (Catalog, error) {
	if len(c.Types) == 0 && len(c.Fields) == 0 {
		return builtin, nil
	}
	list := builtin.Types()
	for i := range list {
		if more := c.Fields[list[i].Name]; len(more) > 0 {
			list[i].Fields = append(list[i].Fields[:len(list[i].Fields):len(list[i].Fields)], more...)
		}
	}
	return NewCatalog(append(list, c.Types...))
}

var builtin = Builtin()

// FreeName makes a stable name of a label: its folded words, with a number where that is taken.
func FreeName(label string, taken func(string) bool) string {
	var b strings.Builder
	for _, r := range Fold(label) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('_')
		}
	}
	name := strings.Trim(b.String(), "_")
	if len(name) > maxName-4 {
		name = name[:maxName-4]
	}
	if name == "" || name[0] < 'a' || name[0] > 'z' {
		name = "field_" + name
	}
	name = strings.Trim(name, "_")
	for n := 2; taken(name); n++ {
		if i := strings.LastIndexByte(name, '_'); i > 0 && n > 2 {
			name = name[:i]
		}
		name += "_" + strconv.Itoa(n)
	}
	return name
}
