package records

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/viewtest"
	"shopbell/views/widget"
)

// edit gives the editor of a field of the open record.
func (w *world) edit(name string) *editor {
	w.T.Helper()
	i := slices.IndexFunc(w.form.editors, func(e *editor) bool { return e.field.Name == name })
	if i < 0 {
		w.T.Fatalf("the form has no field %s", name)
	}
	return w.form.editors[i]
}

// put writes into a field as a person does.
func (w *world) put(name, text string) {
	w.T.Helper()
	f := w.edit(name)
	var field *widget.Field
	viewtest.Walk(w.T, f.object, func(o fyne.CanvasObject) bool {
		if x, ok := o.(*widget.Field); ok {
			field = x
		}
		return true
	})
	field.SetText(text)
}

func (w *world) get(ref records.Ref) records.Record {
	w.T.Helper()
	r, err := w.kept.Get(w.Ctx, ref)
	if err != nil {
		w.T.Fatal(err)
	}
	return r
}

func (w *world) ref(i int) records.Ref {
	return records.Ref{Type: w.typ.Name, ID: idText(w.rows.ids[i])}
}

func TestARecordIsChangedAndTakenBack(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	w.openRow(0)
	w.Settle()
	ref := w.form.ref
	if w.form.dirty || !w.form.save.Disabled() {
		t.Error("nobody changed anything")
	}
	w.put("total", "1.234,50")
	w.put("date", "24/12/2026")
	if !w.form.dirty {
		t.Fatal("the change went unseen")
	}
	w.form.Save()
	w.Settle()
	r := w.get(ref)
	if r.Fields["total"].Number != "1234.50" || r.Fields["total"].Currency != "EUR" || r.Fields["date"].Time.Day() != 24 {
		t.Errorf("saved: %+v", r.Fields)
	}
	if got := w.cells(0); got[4] != "€1,234.50" {
		t.Errorf("the table still shows %q", got)
	}
	undo := w.Toasts[len(w.Toasts)-1]
	if undo.Do == nil {
		t.Fatal("nothing takes it back")
	}
	undo.Do()
	w.Settle()
	if r := w.get(ref); r.Fields["total"].Number != "8460.00" {
		t.Errorf("taken back: %+v", r.Fields["total"])
	}
	if got := w.edit("total"); got != nil {
		if v, _ := got.value(); v.Number != "8460.00" {
			t.Errorf("the form still shows %s", v.Number)
		}
	}
}

func TestWhatCannotBeUnderstoodIsSaid(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeContact)
	w.openRow(0)
	w.Settle()
	w.put("phone", "12")
	w.put("birthday", "someday")
	w.form.Save()
	w.Settle()
	wrong := 0
	viewtest.Walk(t, w.form.body, func(o fyne.CanvasObject) bool {
		if f, ok := o.(*widget.Field); ok && f.Wrong() != "" {
			wrong++
		}
		return true
	})
	if wrong != 2 || !w.form.dirty {
		t.Errorf("%d fields say what is wrong, want 2", wrong)
	}
}

func TestTwoPeopleChangeOneRecord(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	w.openRow(0)
	w.Settle()
	ref, was := w.form.ref, w.form.was
	w.put("reference", "mine")
	if _, err := w.kept.Change(w.Ctx, app.Staff{}, ref, was.Revision, map[string]records.Value{"reference": records.Text("theirs"), "note": records.Text("hers")}); err != nil {
		t.Fatal(err)
	}
	w.form.Save()
	w.Settle()
	if !w.Shell.Layers.Any() {
		t.Fatal("nobody was told")
	}
	if r := w.get(ref); r.Fields["reference"].Text != "theirs" {
		t.Errorf("overwritten: %+v", r.Fields)
	}
	w.Press("Keep mine")
	w.Settle()
	if r := w.get(ref); r.Fields["reference"].Text != "mine" || r.Fields["note"].Text != "hers" {
		t.Errorf("after keeping mine: %+v", r.Fields)
	}
}

func TestANewOrderWithLines(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	w.NewRecord()
	w.Queue.Run()
	w.put("number", "S00099")
	w.put("tax", "10")
	l := w.form.lines[0]
	w.PressIn(l.object, "Add a line")
	l.list[0].product.SetText("Silk lantern")
	l.list[0].count.SetText("3")
	l.list[0].price.SetText("20,50")
	w.form.Save()
	w.Settle()
	r := w.get(w.form.ref)
	if r.Title != "S00099" || r.Fields["subtotal"].Number != "61.50" || r.Fields["total"].Number != "71.50" || len(r.Fields["lines"].Links) != 1 {
		t.Fatalf("saved: %+v", r.Fields)
	}
	parts, err := w.kept.Parts(w.Ctx, w.form.ref, "lines")
	if err != nil || len(parts) != 1 || parts[0].Fields["total"].Number != "61.50" {
		t.Fatalf("its lines: %+v, %v", parts, err)
	}
	ref := w.form.ref
	w.delete([]records.Ref{ref})
	w.Settle()
	if n, _ := w.kept.Count(w.Ctx, app.RecordFilter{Type: records.TypeQuotationLine}); n != 0 || w.form.open() {
		t.Errorf("%d lines stayed", n)
	}
	w.Toasts[len(w.Toasts)-1].Do()
	w.Settle()
	if r := w.get(ref); len(r.Fields["lines"].Links) != 1 {
		t.Errorf("it came back without its lines: %+v", r.Fields)
	}
}

func TestUnsavedChangesAreAskedAbout(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	w.openRow(0)
	w.Settle()
	w.put("reference", "mine")
	w.openRow(1)
	w.Settle()
	if !w.Shell.Layers.Any() || w.form.ref != w.ref(0) {
		t.Fatal("nobody asked")
	}
	w.Press("Save")
	w.Settle()
	if w.form.ref != w.ref(1) {
		t.Error("the other record is not open")
	}
	if r := w.get(w.ref(0)); r.Fields["reference"].Text != "mine" {
		t.Errorf("not saved: %+v", r.Fields)
	}
}

func TestALineHasAllItsFieldsAndTheTotalsAgree(t *testing.T) {
	w := newWorld(t)
	ref := w.make(records.TypeQuotation, map[string]records.Value{"number": records.Text("S1"), "currency": records.Text("EUR"), "tax": records.Amount("5.00", "EUR")})
	if _, err := w.kept.Save(context.Background(), app.Staff{}, []records.Draft{{
		Type: records.TypeQuotationLine, ID: w.kept.NewID(), New: true, Fields: map[string]records.Value{
			"quotation": link(ref, "S1"), "product": records.Text("Tea"), "description": records.Text("Green"), "quantity": records.Number("3"),
			"price": records.Amount("3.33", "EUR"), "total": records.Amount("9.99", "EUR"),
		},
	}}); err != nil {
		t.Fatal(err)
	}
	w.start(records.TypeQuotation)
	w.Open(ref)
	w.Settle()
	lines := w.form.lines[0]
	n := lines.list[0]
	if n.held.Text() != "Green" || !n.held.Visible() || n.detail.Visible() {
		t.Errorf("folded, it says %q", n.held.Text())
	}
	lines.unfold(n, true)
	put := func(name string, v records.Value) {
		t.Helper()
		for _, e := range n.others {
			if e.field.Name == name {
				e.set(v)
				return
			}
		}
		t.Fatalf("no field %s", name)
	}
	put("description", records.Text("Black"))
	put("discount", records.Number("12.5"))
	n.count.SetText("4")
	w.Save()
	w.Settle()
	parts, err := w.kept.Parts(context.Background(), ref, "lines")
	if err != nil || len(parts) != 1 {
		t.Fatal(len(parts), err)
	}
	got := parts[0].Fields
	// 4 × 3.33 less 12.5 % is 11.655.
	if got["description"].Text != "Black" || got["discount"].Number != "12.5" || got["total"].Number != "11.66" {
		t.Errorf("the line: %+v", got)
	}
	whole, err := w.kept.Get(context.Background(), ref)
	if err != nil || whole.Fields["subtotal"].Number != "11.66" || whole.Fields["total"].Number != "16.66" {
		t.Errorf("the totals: %s %s %v", whole.Fields["subtotal"].Number, whole.Fields["total"].Number, err)
	}
}
