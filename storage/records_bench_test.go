package storage

import (
	"fmt"
	"testing"
	"time"

	"shopbell/app"
)

// pageBudget is how long a screen of a table of records may take.
const pageBudget = 50 * time.Millisecond

// listBudget is how long the ids of a whole list may take: it is read beside the first screen.
const listBudget = 500 * time.Millisecond

// BenchmarkRecordList reads a screen of 50 rows among 100,000 records. The ratio is of the time allowed.
func BenchmarkRecordList(b *testing.B) {
	s := open(b, Options{Home: b.TempDir()})
	const n = 100_000
	for from := 0; from < n; from += 2500 {
		var writes []app.RecordWrite
		for i := from; i < from+2500; i++ {
			row := invoice(s.NewRecordID(), fmt.Sprintf("INV%06d", i), (i*7919)%n)
			row.Search += fmt.Sprint(" customer ", i%5000)
			row.Keys = append(row.Keys, app.RecordKey{Field: "city", Key: fmt.Sprint("city ", i%300)}, app.RecordKey{Field: "state", Key: fmt.Sprint(i % 5)})
			writes = append(writes, app.RecordWrite{New: true, Row: row})
		}
		write(b, s, 0, writes...)
	}
	sorted := app.RecordFilter{Type: "invoice", Sort: "total"}
	middle := ok[[]app.RecordRow](b)(s.Records(bg, app.RecordFilter{Type: "invoice", Sort: "total", Where: []app.RecordCondition{{Field: "total", Op: app.RecordIs, Key: "050000"}}}, nil, 1))
	var ids []app.ID
	for _, r := range ok[[]app.RecordRow](b)(s.Records(bg, sorted, nil, 10_000)) {
		ids = append(ids, r.ID)
	}
	for name, f := range map[string]struct {
		f     app.RecordFilter
		after *app.RecordAfter
	}{
		"newest":        {app.RecordFilter{Type: "invoice", Desc: true}, nil},
		"sorted":        {sorted, nil},
		"sorted_middle": {sorted, sorted.After(middle[0])},
		"filtered":      {app.RecordFilter{Type: "invoice", Sort: "total", Where: []app.RecordCondition{{Field: "city", Op: app.RecordIs, Key: "city 42"}}}, nil},
		"range":         {app.RecordFilter{Type: "invoice", Sort: "number", Where: []app.RecordCondition{{Field: "total", Op: app.RecordFrom, Key: "099900"}}}, nil},
		"search_common": {app.RecordFilter{Type: "invoice", Desc: true, Search: "nguyen mai"}, nil},
		"search_rare":   {app.RecordFilter{Type: "invoice", Desc: true, Search: "inv000042"}, nil},
	} {
		b.Run(name, func(b *testing.B) {
			rows := 0
			for b.Loop() {
				rows = len(ok[[]app.RecordRow](b)(s.Records(bg, f.f, f.after, 50)))
			}
			b.ReportMetric(float64(rows), "rows")
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(pageBudget), "x_allowed")
		})
	}
	b.Run("read_10000_by_id", func(b *testing.B) {
		for b.Loop() {
			if rows := ok[[]app.RecordRow](b)(s.RecordsByID(bg, "invoice", ids)); len(rows) != len(ids) {
				b.Fatal(len(rows))
			}
		}
	})
	for name, f := range map[string]app.RecordFilter{
		"newest": {Type: "invoice", Desc: true}, "sorted": sorted, "search_common": {Type: "invoice", Desc: true, Search: "nguyen mai"},
		"filtered": {Type: "invoice", Sort: "total", Where: []app.RecordCondition{{Field: "state", Op: app.RecordIsNot, Key: "3"}}},
	} {
		b.Run("all_ids_"+name, func(b *testing.B) {
			for b.Loop() {
				ok[[]app.ID](b)(s.RecordIDs(bg, f))
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(listBudget), "x_allowed")
		})
	}
	b.Run("count_filtered", func(b *testing.B) {
		for b.Loop() {
			ok[int64](b)(s.CountRecords(bg, app.RecordFilter{Type: "invoice", Where: []app.RecordCondition{{Field: "state", Op: app.RecordIs, Key: "3"}}}))
		}
	})
}
