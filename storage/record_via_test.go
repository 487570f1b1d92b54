package storage

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"shopbell/app"
)

// kin is a small world of records that lead to one another, and answers about it found by following every record.
type kin struct {
	rows  map[app.ID]app.RecordRow
	order map[string][]app.ID // by type, as they were made
}

func newKin(t testing.TB, s *Store) *kin {
	r := rand.New(rand.NewPCG(4, 4))
	k := &kin{rows: map[app.ID]app.RecordRow{}, order: map[string][]app.ID{}}
	var writes []app.RecordWrite
	add := func(typ string, n int, to map[string]string, keys func(i int) map[string]string) {
		for i := range n {
			row := app.RecordRow{Type: typ, ID: s.NewRecordID(), Title: fmt.Sprintf("%s %d", typ, i), Values: "{}", Search: typ}
			for field, other := range to {
				if list := k.order[other]; r.IntN(5) > 0 {
					row.Links = append(row.Links, app.RecordLink{Field: field, To: list[r.IntN(len(list))]})
				}
			}
			for field, key := range keys(i) {
				if key != "" {
					row.Keys = append(row.Keys, app.RecordKey{Field: field, Key: key})
				}
			}
			slices.SortFunc(row.Keys, func(x, y app.RecordKey) int { return strings.Compare(x.Field, y.Field) })
			k.rows[row.ID], k.order[typ] = row, append(k.order[typ], row.ID)
			writes = append(writes, app.RecordWrite{New: true, Row: row})
		}
	}
	cities := []string{"", "ha noi", "madrid", "mad", "ñandú", "zürich"}
	pick := func(field string) func(int) map[string]string {
		return func(int) map[string]string { return map[string]string{field: cities[r.IntN(len(cities))]} }
	}
	add("company", 7, nil, pick("city"))
	add("person", 30, map[string]string{"company": "company", "boss": "company"}, pick("city"))
	add("invoice", 60, map[string]string{"customer": "person", "order": "person"}, pick("city"))
	add("line", 90, map[string]string{"invoice": "invoice"}, pick("product"))
	write(t, s, s.NewRecordID(), writes...)
	return k
}

// follow gives the records that a way leads to from one.
func (k *kin) follow(id app.ID, via []app.RecordStep) []app.ID {
	now := []app.ID{id}
	for _, step := range via {
		var next []app.ID
		for _, at := range now {
			if step.Back {
				for _, other := range k.order[step.Type] {
					if slices.Contains(k.rows[other].Links, app.RecordLink{Field: step.Field, To: at}) {
						next = append(next, other)
					}
				}
				continue
			}
			for _, l := range k.rows[at].Links {
				if l.Field == step.Field {
					next = append(next, l.To)
				}
			}
		}
		now = next
	}
	return now
}

// keys are those of the field at the end of a way, sorted.
func (k *kin) keys(id app.ID, field string, via []app.RecordStep) []string {
	var out []string
	for _, end := range k.follow(id, via) {
		if key := k.rows[end].Key(field); key != "" {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

func (k *kin) holds(id app.ID, c app.RecordCondition) bool {
	keys := k.keys(id, c.Field, c.Via)
	some := func(is func(string) bool) bool { return slices.ContainsFunc(keys, is) }
	switch c.Op {
	case app.RecordIs:
		return slices.Contains(keys, c.Key)
	case app.RecordIsNot:
		return !slices.Contains(keys, c.Key)
	case app.RecordHas:
		return some(func(s string) bool { return strings.Contains(s, c.Key) })
	case app.RecordBegins:
		return some(func(s string) bool { return strings.HasPrefix(s, c.Key) })
	case app.RecordFrom:
		return some(func(s string) bool { return s >= c.Key })
	case app.RecordUntil:
		return some(func(s string) bool { return s <= c.Key })
	case app.RecordEmpty:
		return len(keys) == 0
	case app.RecordFilled:
		return len(keys) > 0
	}
	return false
}

// ways are those that the tests go from an invoice.
var ways = map[string]struct {
	field string
	via   []app.RecordStep
}{
	"customer.city":         {"city", []app.RecordStep{{Type: "person", Field: "customer"}}},
	"customer.company.city": {"city", []app.RecordStep{{Type: "person", Field: "customer"}, {Type: "company", Field: "company"}}},
	"order.boss.city":       {"city", []app.RecordStep{{Type: "person", Field: "order"}, {Type: "company", Field: "boss"}}},
	"lines.product":         {"product", []app.RecordStep{{Type: "line", Field: "invoice", Back: true}}},
	"lines.invoice.customer.city": {"city", []app.RecordStep{
		{Type: "line", Field: "invoice", Back: true}, {Type: "invoice", Field: "invoice"}, {Type: "person", Field: "customer"},
	}},
}

func TestRecordsAreFilteredByWhatTheyLeadTo(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		k := newKin(t, s)
		for name, way := range ways {
			for _, op := range []app.RecordOp{
				app.RecordIs, app.RecordIsNot, app.RecordHas, app.RecordBegins, app.RecordFrom, app.RecordUntil, app.RecordEmpty, app.RecordFilled, "?",
			} {
				for _, key := range []string{"mad", "madrid", "ñan", "?"} {
					c := app.RecordCondition{Field: way.field, Op: op, Key: key, Via: way.via}
					var want []app.ID
					for _, id := range k.order["invoice"] {
						if k.holds(id, c) {
							want = append(want, id)
						}
					}
					f := app.RecordFilter{Type: "invoice", Where: []app.RecordCondition{c}}
					if got := ok[[]app.ID](t)(s.RecordIDs(bg, f)); !slices.Equal(got, want) {
						t.Errorf("%s %s %q: %d records, want %d", name, op, key, len(got), len(want))
					}
					if n := ok[int64](t)(s.CountRecords(bg, f)); n != int64(len(want)) {
						t.Errorf("%s %s %q: counted %d, want %d", name, op, key, n, len(want))
					}
				}
			}
		}
		// With a condition of its own, sorted by a column of its own.
		f := app.RecordFilter{Type: "invoice", Sort: "city", Where: []app.RecordCondition{
			{Field: "city", Op: app.RecordFilled}, {Field: "city", Op: app.RecordHas, Key: "mad", Via: ways["customer.city"].via},
		}}
		got := pages(t, s, f, 3)
		if n := ok[int64](t)(s.CountRecords(bg, f)); len(got) == 0 || n != int64(len(got)) {
			t.Errorf("both conditions: %d rows, counted %d", len(got), n)
		}
	})
}

func TestRecordsAreSortedByWhatTheyLeadTo(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		k := newKin(t, s)
		for name, way := range ways {
			for _, desc := range []bool{false, true} {
				want := slices.Clone(k.order["invoice"])
				// Where a record leads to several, the one that comes first in this direction counts; none comes last in both.
				first := func(id app.ID) string {
					keys := k.keys(id, way.field, way.via)
					switch {
					case len(keys) == 0:
						return ""
					case desc:
						return keys[len(keys)-1]
					}
					return keys[0]
				}
				slices.SortFunc(want, func(x, y app.ID) int {
					a, b := first(x), first(y)
					if (a == "") != (b == "") {
						return strings.Compare(b, a)
					}
					n := strings.Compare(a, b)
					if n == 0 {
						n = int(x - y)
					}
					if desc {
						return -n
					}
					return n
				})
				f := app.RecordFilter{Type: "invoice", Sort: way.field, Via: way.via, Desc: desc}
				if got := ok[[]app.ID](t)(s.RecordIDs(bg, f)); !slices.Equal(got, want) {
					t.Errorf("%s, desc %v:\n%v, want\n%v", name, desc, got, want)
				}
				var titled []string
				for _, id := range want {
					titled = append(titled, k.rows[id].Title)
				}
				if got := pages(t, s, f, 13); !slices.Equal(got, titled) {
					t.Errorf("%s, desc %v, in pages: %v, want %v", name, desc, got, titled)
				}
			}
		}
	})
}

// BenchmarkLinked prints what a condition on a linked record costs beside the same on the record itself.
func BenchmarkLinked(b *testing.B) {
	s := open(b, Options{Home: b.TempDir()})
	var writes []app.RecordWrite
	const n = 100_000
	var people []app.ID
	flush := func() {
		write(b, s, 0, writes...)
		writes = writes[:0]
	}
	for i := range n {
		id := s.NewRecordID()
		people = append(people, id)
		keys := []app.RecordKey{{Field: "city", Key: fmt.Sprintf("city %03d", i%997)}}
		writes = append(writes, app.RecordWrite{New: true, Row: app.RecordRow{Type: "person", ID: id, Values: "{}", Keys: keys}},
			app.RecordWrite{New: true, Row: app.RecordRow{
				Type: "invoice", ID: s.NewRecordID(), Values: "{}", Keys: keys, Links: []app.RecordLink{{Field: "customer", To: people[(i*7919)%len(people)]}},
			}})
		if len(writes) >= 4000 {
			flush()
		}
	}
	flush()
	via := []app.RecordStep{{Type: "person", Field: "customer"}}
	for _, c := range []struct {
		name string
		f    app.RecordFilter
	}{
		{"own/has", app.RecordFilter{Where: []app.RecordCondition{{Field: "city", Op: app.RecordHas, Key: "42"}}}},
		{"linked/has", app.RecordFilter{Where: []app.RecordCondition{{Field: "city", Op: app.RecordHas, Key: "42", Via: via}}}},
		{"own/filled", app.RecordFilter{Where: []app.RecordCondition{{Field: "city", Op: app.RecordFilled}}}},
		{"linked/filled", app.RecordFilter{Where: []app.RecordCondition{{Field: "city", Op: app.RecordFilled, Via: via}}}},
		{"own/sort", app.RecordFilter{Sort: "city"}},
		{"linked/sort", app.RecordFilter{Sort: "city", Via: via}},
	} {
		b.Run(c.name, func(b *testing.B) {
			c.f.Type = "invoice"
			for b.Loop() {
				ids := ok[[]app.ID](b)(s.RecordIDs(bg, c.f))
				b.ReportMetric(float64(len(ids)), "rows")
			}
		})
	}
}
