package records

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Memory is a set of records that does not change, such as examples.
type Memory struct {
	records map[Ref]Record
	order   []Ref
	heard   map[Ref][]string // the words a search compares
}

// NewMemory keeps records in the order given, which is the order in which Search finds them.
func NewMemory(list []Record) *Memory {
	m := &Memory{records: make(map[Ref]Record, len(list)), heard: make(map[Ref][]string, len(list))}
	for _, r := range list {
		if _, twice := m.records[r.Ref]; !twice {
			m.order = append(m.order, r.Ref)
		}
		m.records[r.Ref] = r
		phone := r.Fields["phone"].Text
		m.heard[r.Ref] = strings.Fields(Fold(r.Title + " " + r.Detail + " " + phone + " " + strings.Join(strings.Fields(phone), "")))
	}
	return m
}

// Read gives the records that are there with the fields wanted.
func (m *Memory) Read(_ context.Context, wants []Want) (map[Ref]Record, error) {
	out := map[Ref]Record{}
	for _, w := range wants {
		for _, id := range w.IDs {
			r, ok := m.records[Ref{w.Type, id}]
			if !ok {
				continue
			}
			fields := make(map[string]Value, len(w.Fields))
			for _, f := range w.Fields {
				if v, ok := r.Fields[f]; ok {
					fields[f] = v
				}
			}
			r.Fields = fields
			out[r.Ref] = r
		}
	}
	return out, nil
}

// Search finds records by words of their title, detail and phone number.
func (m *Memory) Search(_ context.Context, typ, query string, limit int) ([]Record, error) {
	words := strings.Fields(Fold(query))
	var out []Record
	for _, ref := range m.order {
		if len(out) >= max(limit, 0) {
			break
		}
		if ref.Type == typ && begins(m.heard[ref], words) {
			out = append(out, m.records[ref])
		}
	}
	return out, nil
}

// All gives every record of a type, sorted by title.
func (m *Memory) All(typ string) []Record {
	var out []Record
	for _, ref := range m.order {
		if ref.Type == typ {
			out = append(out, m.records[ref])
		}
	}
	slices.SortStableFunc(out, func(a, b Record) int { return cmp.Compare(a.Title, b.Title) })
	return out
}
