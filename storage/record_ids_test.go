package storage

import (
	"fmt"
	"slices"
	"testing"

	"shopbell/app"
)

// The ids of a filter are those that its pages have, in the same order, whether the filter lets few or many records through.
func TestRecordIDsAreThoseOfThePages(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		const n = fewMost + 300
		var writes []app.RecordWrite
		for i := range n {
			total := (i * 37) % 230
			if i%10 == 9 {
				total = -1
			}
			writes = append(writes, app.RecordWrite{New: true, Row: invoice(s.NewRecordID(), fmt.Sprintf("INV%04d", i), total)})
		}
		write(t, s, s.NewRecordID(), writes...)
		for name, f := range map[string]app.RecordFilter{
			"made":         {},
			"made, desc":   {Desc: true},
			"all filled":   {Sort: "number", Desc: true},
			"some empty":   {Sort: "total"},
			"search":       {Sort: "total", Search: "nguyen", Desc: true},
			"few":          {Sort: "total", Search: "inv007"},
			"many of them": {Sort: "number", Where: []app.RecordCondition{{Field: "number", Op: app.RecordIsNot, Key: "INV0007"}}},
			"empty last":   {Sort: "total", Where: []app.RecordCondition{{Field: "number", Op: app.RecordFrom, Key: "INV0010"}}},
			"none":         {Sort: "total", Search: "nobody"},
		} {
			f.Type = "invoice"
			var want []app.ID
			var after *app.RecordAfter
			for {
				page := ok[[]app.RecordRow](t)(s.Records(bg, f, after, 500))
				for _, r := range page {
					want = append(want, r.ID)
				}
				if len(page) < 500 {
					break
				}
				after = f.After(page[len(page)-1])
			}
			if got := ok[[]app.ID](t)(s.RecordIDs(bg, f)); !slices.Equal(got, want) {
				t.Errorf("%s: %d ids, want the %d of the pages", name, len(got), len(want))
			}
		}
	})
}
