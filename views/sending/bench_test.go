package sending

import (
	"fmt"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
)

// BenchmarkPreviewOfAnyRow leafs to a row among ten thousand until it is laid out. The goal is 50 ms.
func BenchmarkPreviewOfAnyRow(b *testing.B) {
	const n = 10_000
	w := newWorld(b)
	w.quoted()
	ids := make([]string, n)
	var drafts []records.Draft
	for i := range n {
		who, what := w.kept.NewID(), w.kept.NewID()
		ids[i] = fmt.Sprint(what)
		drafts = append(drafts,
			records.Draft{Type: records.TypeContact, ID: who, New: true, Phones: []string{fmt.Sprintf("346%08d", i)}, Fields: map[string]records.Value{"name": records.Text(fmt.Sprint("Customer ", i))}},
			records.Draft{Type: records.TypeQuotation, ID: what, New: true, Fields: map[string]records.Value{
				"number": records.Text(fmt.Sprint("S", i)), "total": records.Amount("10.00", "EUR"), "customer": records.Relation(records.Link{Ref: records.Ref{Type: records.TypeContact, ID: fmt.Sprint(who)}}),
			}})
	}
	if err := w.kept.Write(bg, app.RecordBatch{Kind: "import"}, drafts); err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	w.open(many(ids))
	counted := time.Since(began)
	b.ResetTimer()
	for i := range b.N {
		w.preview.at = i * 7919 % w.preview.total()
		id := w.preview.id()
		w.preview.again()
		w.Until("it is drawn", func() bool { return w.preview.shown.Record.ID == id })
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/50_000, "of-50ms")
	b.ReportMetric(counted.Seconds(), "s-to-count-10000")
}
