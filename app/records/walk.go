package records

import (
	"context"
	"slices"
)

// Walk reads what paths lead to from each of the records of one type. It reads once a level for all records and all paths together, so at
// most MaxLevels times. The answer has, for each id that exists, the values at each path: none where something on the way is empty,
// several behind a relation to many. Paths that don't exist give an app.Error.
func Walk(ctx context.Context, src Reader, c Catalog, typ string, ids []string, paths []Path) (map[string][][]Value, error) {
	for _, p := range paths {
		if _, err := c.Follow(typ, p); err != nil {
			return nil, err
		}
	}
	fronts := make([]front, 0, len(ids)*len(paths))
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		for i := range paths {
			fronts = append(fronts, front{id: id, path: i, at: []Ref{{typ, id}}})
		}
	}
	out := map[string][][]Value{}
	for level := range MaxLevels {
		wants := wantsAt(level, fronts, paths)
		if len(wants) == 0 {
			break
		}
		got, err := src.Read(ctx, wants)
		if err != nil {
			return nil, err
		}
		for i := range fronts {
			if f := &fronts[i]; level < len(paths[f.path]) {
				f.step(paths[f.path], level, got, out, len(paths))
			}
		}
	}
	return out, nil
}

// front is how far one path has come from one record.
type front struct {
	id   string
	path int
	at   []Ref
}

func wantsAt(level int, fronts []front, paths []Path) []Want {
	index := map[string]int{}
	var wants []Want
	seen := map[Ref]bool{}
	for _, f := range fronts {
		p := paths[f.path]
		if level >= len(p) {
			continue
		}
		for _, ref := range f.at {
			i, ok := index[ref.Type]
			if !ok {
				i = len(wants)
				index[ref.Type] = i
				wants = append(wants, Want{Type: ref.Type})
			}
			if w := &wants[i]; !seen[ref] {
				seen[ref] = true
				w.IDs = append(w.IDs, ref.ID)
			}
			if w := &wants[i]; !slices.Contains(w.Fields, p[level]) {
				w.Fields = append(w.Fields, p[level])
			}
		}
	}
	return wants
}

func (f *front) step(p Path, level int, got map[Ref]Record, out map[string][][]Value, paths int) {
	var next []Ref
	for _, ref := range f.at {
		rec, ok := got[ref]
		if !ok {
			continue
		}
		if level == 0 && out[f.id] == nil {
			out[f.id] = make([][]Value, paths)
		}
		v := rec.Fields[p[level]]
		if v.Empty() {
			continue
		}
		if level == len(p)-1 {
			out[f.id][f.path] = append(out[f.id][f.path], v)
			continue
		}
		for _, l := range v.Links {
			next = append(next, l.Ref)
		}
	}
	f.at = next
}
