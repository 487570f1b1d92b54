package records_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"shopbell/app"
	"shopbell/app/records"
)

// counting counts the reads of a source.
type counting struct {
	records.Reader
	reads int
	rows  int
}

func (c *counting) Read(ctx context.Context, wants []records.Want) (map[records.Ref]records.Record, error) {
	c.reads++
	for _, w := range wants {
		c.rows += len(w.IDs)
	}
	return c.Reader.Read(ctx, wants)
}

// naive follows one path from one record, a read a step, as one would write it without thinking of speed.
func naive(world map[records.Ref]records.Record, ref records.Ref, p records.Path) []records.Value {
	r, ok := world[ref]
	if !ok {
		return nil
	}
	v := r.Fields[p[0]]
	if v.Empty() {
		return nil
	}
	if len(p) == 1 {
		return []records.Value{v}
	}
	var out []records.Value
	for _, l := range v.Links {
		out = append(out, naive(world, l.Ref, p[1:])...)
	}
	return out
}

// world draws types that refer to one another (to themselves too), records of them with gaps, and paths that exist.
func drawWorld(t *rapid.T) (records.Catalog, map[records.Ref]records.Record, []records.Path) {
	n := rapid.IntRange(1, 4).Draw(t, "types")
	var types []records.Type
	for i := range n {
		typ := records.Type{Name: fmt.Sprintf("t%d", i), Title: "name", Fields: []records.Field{{Name: "name", Kind: records.KindText}}}
		for j := range rapid.IntRange(1, 3).Draw(t, "relations") {
			typ.Fields = append(typ.Fields, records.Field{
				Name: fmt.Sprintf("r%d", j), Kind: records.KindRelation, Many: rapid.Bool().Draw(t, "many"),
				Relation: fmt.Sprintf("t%d", rapid.IntRange(0, n-1).Draw(t, "to")),
			})
		}
		types = append(types, typ)
	}
	c, err := records.NewCatalog(types)
	if err != nil {
		t.Fatal(err)
	}
	id := rapid.IntRange(0, 4)
	all := map[records.Ref]records.Record{}
	for _, typ := range types {
		for k := range 4 { // a link to 4 leads nowhere
			r := records.Record{Ref: records.Ref{Type: typ.Name, ID: fmt.Sprint(k)}, Fields: map[string]records.Value{}}
			for _, f := range typ.Fields {
				if rapid.IntRange(0, 4).Draw(t, "empty") == 0 {
					continue
				}
				if f.Kind == records.KindText {
					r.Fields[f.Name] = records.Text(typ.Name + fmt.Sprint(k))
					continue
				}
				limit := 1
				if f.Many {
					limit = 3
				}
				var links []records.Link
				for range rapid.IntRange(0, limit).Draw(t, "links") {
					links = append(links, records.Link{Ref: records.Ref{Type: f.Relation, ID: fmt.Sprint(id.Draw(t, "id"))}})
				}
				r.Fields[f.Name] = records.Relation(links...)
			}
			all[r.Ref] = r
		}
	}
	var paths []records.Path
	for range rapid.IntRange(1, 5).Draw(t, "paths") {
		typ, _ := c.Type("t0")
		var p records.Path
		for level := range rapid.IntRange(1, records.MaxLevels).Draw(t, "levels") {
			f := typ.Fields[rapid.IntRange(0, len(typ.Fields)-1).Draw(t, "field")]
			p = append(p, f.Name)
			if f.Kind != records.KindRelation || level == records.MaxLevels-1 {
				break
			}
			typ, _ = c.Type(f.Relation)
		}
		paths = append(paths, p)
	}
	return c, all, paths
}

// Walk agrees with the naive reference for every record and path, and reads no more often than the longest path has levels.
func TestWalkAgreesWithTheNaiveReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, world, paths := drawWorld(t)
		var list []records.Record
		for _, r := range world {
			list = append(list, r)
		}
		src := &counting{Reader: records.NewMemory(list)}
		ids := rapid.SliceOfN(rapid.SampledFrom([]string{"0", "1", "2", "3", "4"}), 1, 6).Draw(t, "ids")
		got, err := records.Walk(context.Background(), src, c, "t0", ids, paths)
		if err != nil {
			t.Fatal(err)
		}
		longest := 0
		for _, p := range paths {
			longest = max(longest, len(p))
		}
		if src.reads > longest {
			t.Fatalf("%d reads for %d levels", src.reads, longest)
		}
		for _, id := range ids {
			ref := records.Ref{Type: "t0", ID: id}
			values, exists := got[id]
			if _, want := world[ref]; exists != want {
				t.Fatalf("record %s exists: %v, want %v", id, exists, want)
			}
			for i, p := range paths {
				if want := naive(world, ref, p); exists && !reflect.DeepEqual(values[i], want) {
					t.Fatalf("%s of %s: %+v, want %+v", p, id, values[i], want)
				}
			}
		}
	})
}

// A thousand quotations with paths of three levels are read in three reads, and each record once a level.
func TestWalkReadsOnceALevel(t *testing.T) {
	const n = 1000
	country := records.Relation(records.CountryLink("VN"))
	list := []records.Record{{Ref: records.Ref{Type: "country", ID: "VN"}, Fields: map[string]records.Value{"name": records.Text("VN")}}}
	var ids []string
	for i := range n {
		id := fmt.Sprint(i)
		customer := records.Ref{Type: "contact", ID: fmt.Sprint(i % 10)}
		ids = append(ids, id)
		list = append(
			list,
			records.Record{Ref: records.Ref{Type: "quotation", ID: id}, Fields: map[string]records.Value{"customer": records.Relation(records.Link{Ref: customer})}},
			records.Record{Ref: customer, Fields: map[string]records.Value{"country": country, "name": records.Text("x")}},
		)
	}
	src := &counting{Reader: records.NewMemory(list)}
	got, err := records.Walk(t.Context(), src, records.Builtin(), "quotation", ids, []records.Path{{"customer", "country", "name"}, {"customer", "name"}})
	if err != nil || len(got) != n {
		t.Fatal(len(got), err)
	}
	if src.reads != 3 || src.rows != n+10+1 {
		t.Errorf("%d reads of %d records, want 3 of %d", src.reads, src.rows, n+11)
	}
}

func TestWalkRefusesUnknownPaths(t *testing.T) {
	src := &counting{Reader: records.NewMemory(nil)}
	_, err := records.Walk(t.Context(), src, records.Builtin(), "quotation", []string{"1"}, []records.Path{{"number"}, {"nothing"}})
	if app.ErrorCode(err) != app.CodeInvalid || src.reads != 0 {
		t.Errorf("%v after %d reads", err, src.reads)
	}
	broken := errors.New("cut")
	_, err = records.Walk(t.Context(), failing{broken}, records.Builtin(), "quotation", []string{"1"}, []records.Path{{"number"}})
	if !errors.Is(err, broken) {
		t.Errorf("a source that fails: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read(context.Context, []records.Want) (map[records.Ref]records.Record, error) {
	return nil, f.err
}

// BenchmarkWalk prints how many reads a record costs.
func BenchmarkWalk(b *testing.B) {
	var list []records.Record
	var ids []string
	for i := range 10_000 {
		id := fmt.Sprint(i)
		ids = append(ids, id)
		ref := records.Ref{Type: "contact", ID: id}
		list = append(list,
			records.Record{Ref: records.Ref{Type: "quotation", ID: id}, Fields: map[string]records.Value{"customer": records.Relation(records.Link{Ref: ref})}},
			records.Record{Ref: ref, Fields: map[string]records.Value{"name": records.Text("x")}})
	}
	slices.Reverse(ids)
	src := &counting{Reader: records.NewMemory(list)}
	c := records.Builtin()
	for b.Loop() {
		if _, err := records.Walk(b.Context(), src, c, "quotation", ids, []records.Path{{"customer", "name"}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(src.reads)/float64(b.N*len(ids)), "reads/record")
}
