package records

import (
	"encoding/json"

	"shopbell/app/records"
)

// look is how the table of one type looks: what is remembered of it.
type look struct {
	Columns []string           `json:"columns,omitempty"` // none: those of the design
	Widths  map[string]float32 `json:"widths,omitempty"`
	Sort    string             `json:"sort,omitempty"`
	Up      bool               `json:"up,omitempty"` // the smallest first
	Search  string             `json:"search,omitempty"`
	Where   []condition        `json:"where,omitempty"`
}

// lookOf gives what was remembered of a type; what cannot be read is as if it had never been set.
func (v *View) lookOf(typ string) look {
	var l look
	if raw := v.sh.Keep.RecordLooks[typ]; raw != "" {
		if err := json.Unmarshal([]byte(raw), &l); err != nil {
			return look{}
		}
	}
	return l
}

// keepLook remembers how the table looks.
func (v *View) keepLook() {
	raw, err := json.Marshal(v.look)
	k := v.sh.Keep
	if err != nil || k.RecordLooks[v.typ.Name] == string(raw) {
		return
	}
	if k.RecordLooks == nil {
		k.RecordLooks = map[string]string{}
	}
	k.RecordLooks[v.typ.Name] = string(raw)
	k.Changed()
}

// shownColumns are the columns of a type in their order: the remembered ones that still exist, else those of the design.
func (l look) shownColumns(c records.Catalog, t records.Type) []string {
	var out []string
	for _, name := range l.Columns {
		if _, ok := columnField(c, t, name); ok {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return usualColumns(t)
	}
	return out
}
