package records

import (
	"context"
	"fmt"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/storage"
	"shopbell/views/viewtest"
)

// world is the tab over a real store.
type world struct {
	*View
	*viewtest.Bed
	store    *storage.Store
	kept     *records.Kept
	imported []string
}

func newWorld(t testing.TB) *world {
	bed := viewtest.New(t, nil)
	store, err := storage.Open(t.Context(), storage.Options{Home: t.TempDir(), Desk: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		bed.Runner.Wait()
		_ = store.Close()
	})
	w := &world{Bed: bed, store: store, kept: &records.Kept{Store: store, Country: "ES"}}
	w.View = New(bed.Shell, Params{
		Kept: w.kept, Zone: time.UTC, Import: func(typ string) { w.imported = append(w.imported, typ) },
	})
	bed.Show(w.Content())
	return w
}

// start shows the tab with the records of a type and waits for them.
func (w *world) start(typ string) {
	w.T.Helper()
	w.Shell.Keep.RecordType = typ
	w.Shown()
	w.listed()
}

// listed waits until the list is there, its rows among it.
func (w *world) listed() {
	w.T.Helper()
	w.Settle()
	if !w.list.loaded {
		w.T.Fatal("nothing was listed")
	}
}

// make makes a record and gives its reference.
func (w *world) make(typ string, fields map[string]records.Value) records.Ref {
	w.T.Helper()
	ref, err := w.kept.Create(context.Background(), app.Staff{}, typ, fields)
	if err != nil {
		w.T.Fatal(err)
	}
	return ref
}

func link(ref records.Ref, title string) records.Value {
	return records.Relation(records.Link{Ref: ref, Title: title})
}

// shop makes the customers and quotations of the design.
func (w *world) shop() {
	var drafts []records.Draft
	for i, c := range []struct {
		name, phone, total, state string
		day                       int
	}{
		{"Nguyễn Thị Mai", "+84 90 555 0122", "29640.00", "sent", 18},
		{"Trần Quốc Huy", "+84 90 555 0188", "4180.00", "sent", 19},
		{"José Carvajal", "+34 600 00 01 15", "960.00", "draft", 19},
		{"Oliver Bennett", "+44 7700 900118", "1275.00", "sent", 20},
		{"Café Wren", "+44 7700 900164", "12900.00", "sent", 20},
		{"Marta Baeza", "", "410.00", "sent", 20},
		{"سارة الحداد", "+971 50 000 0140", "7350.00", "sent", 20},
		{"Lucía Fernández", "+34 600 00 01 52", "2220.00", "sent", 21},
		{"Grace Rowe", "+44 7700 900131", "640.00", "order", 21},
		{"Phạm Gia Hân", "+84 90 555 0166", "3085.00", "sent", 21},
		{"Elena Prats", "+34 600 00 01 77", "150.00", "sent", 21},
		{"Daniel Kipkemboi", "+254 700 000 131", "8460.00", "cancelled", 21},
	} {
		who := records.Draft{Type: records.TypeContact, ID: w.kept.NewID(), New: true, Fields: map[string]records.Value{"name": records.Text(c.name)}}
		if c.phone != "" {
			who.Fields["phone"] = records.Text(c.phone)
		}
		drafts = append(drafts, who, records.Draft{Type: records.TypeQuotation, ID: w.kept.NewID(), New: true, Fields: map[string]records.Value{
			"number": records.Text(fmt.Sprintf("S%05d", 22+i)), "customer": link(records.Ref{Type: who.Type, ID: idText(who.ID)}, c.name),
			"total": records.Amount(c.total, "EUR"), "state": records.Choice(c.state), "date": records.Date(time.Date(2026, 11, c.day, 0, 0, 0, 0, time.UTC)),
		}})
	}
	if _, err := w.kept.Save(context.Background(), app.Staff{}, drafts); err != nil {
		w.T.Fatal(err)
	}
}

// cells are the texts of a row as the table draws it.
func (w *world) cells(i int) []string {
	row, ok := w.rows.row(i)
	if !ok {
		return nil
	}
	var out []string
	for _, c := range row.Cells {
		out = append(out, c.Text)
	}
	return out
}

// column gives one cell of every row.
func (w *world) column(k int) []string {
	var out []string
	for i := range w.rows.ids {
		if c := w.cells(i); k < len(c) {
			out = append(out, c[k])
		}
	}
	return out
}
