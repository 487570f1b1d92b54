package records

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/naming"
	"shopbell/views/viewtest"
	"shopbell/views/widget"
)

func TestWhatIsTickedIsSentTo(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	w.mark(1)
	w.markTo(3)
	w.mark(2)
	w.Send()
	if got := w.Sent[0]; !slices.Equal(got.Records, []string{w.ref(1).ID, w.ref(3).ID}) || got.Type != records.TypeQuotation || got.Filter != nil {
		t.Errorf("two that are ticked: %+v", got)
	}
	if got := w.list.words.Text(); got != "2 of 12 selected" {
		t.Errorf("the bar says %q", got)
	}
	w.list.search.SetText("state:sent")
	w.Settle()
	if w.Picked() != 0 {
		t.Errorf("%d are still ticked after another search", w.Picked())
	}
	w.markAll()
	w.Send()
	if got := w.Sent[1]; got.Filter == nil || len(got.Filter.Where) != 1 || len(got.Records) != 0 {
		t.Errorf("all that are found: %+v", got)
	}
	w.mark(0)
	w.Send()
	if got := w.Sent[2]; len(got.Records) != 8 || slices.Contains(got.Records, w.ref(0).ID) {
		t.Errorf("all but one: %+v", got)
	}
	w.markAll()
	w.markAll()
	if w.Picked() != 0 || w.list.send.Visible() {
		t.Errorf("%d are ticked after all were cleared", w.Picked())
	}
}

func TestManyAreDeletedAfterAQuestionAndComeBack(t *testing.T) {
	w := newWorld(t)
	for i := range askFrom + 5 {
		w.make(records.TypeVenue, map[string]records.Value{"name": records.Text("Venue " + idText(app.ID(i)))})
	}
	w.start(records.TypeVenue)
	w.SelectAll()
	w.DeletePicked()
	w.Settle()
	if len(w.rows.ids) != askFrom+5 {
		t.Fatal("they went without a question")
	}
	w.Press("Delete")
	w.Settle()
	if len(w.rows.ids) != 0 || !w.list.empty.Visible() {
		t.Fatalf("%d are left", len(w.rows.ids))
	}
	w.Toasts[len(w.Toasts)-1].Do()
	w.Settle()
	if len(w.rows.ids) != askFrom+5 || w.list.empty.Visible() {
		t.Errorf("%d came back", len(w.rows.ids))
	}
}

func TestHowATableLooksIsRemembered(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	w.list.move(1, 0)
	w.list.widen(0, 222)
	w.list.setColumns(append(w.look.shownColumns(w.catalog, w.typ), "reference"))
	w.list.sortBy(4)
	w.look.Where = []condition{{Field: "state", Op: app.RecordIs, Value: "sent"}}
	w.keepLook()
	w.ChooseType(records.TypeContact)
	w.Settle()
	w.ChooseType(records.TypeQuotation)
	w.Settle()
	var names []string
	for _, c := range w.columns {
		names = append(names, c.name)
	}
	if want := []string{"customer", "number", "customer.phone", "date", "total", "state", "reference"}; !slices.Equal(names, want) {
		t.Errorf("the columns are %q", names)
	}
	if w.look.Widths["customer"] != 222 || w.look.Sort != "total" || len(w.rows.ids) != 9 {
		t.Errorf("width, order, filter: %+v with %d rows", w.look, len(w.rows.ids))
	}
	if got := w.column(4); got[0] != "€150.00" {
		t.Errorf("sorted: %q", got)
	}
	again := New(w.Shell, w.p) // another day
	w.Show(again.Content())
	again.Shown()
	w.Settle()
	if again.typ.Name != records.TypeQuotation || len(again.rows.ids) != 9 || again.columns[0].name != "customer" {
		t.Errorf("the next day: %s with %d rows", again.typ.Name, len(again.rows.ids))
	}
}

func TestWhatAnImportBroughtIsShownAlone(t *testing.T) {
	w := newWorld(t)
	w.shop()
	id, batch := w.kept.NewID(), w.kept.NewID()
	if err := w.kept.Write(context.Background(), app.RecordBatch{ID: batch, Kind: records.BatchImport, Type: records.TypeVenue}, []records.Draft{
		{Type: records.TypeVenue, ID: id, New: true, Fields: map[string]records.Value{"name": records.Text("Taller")}},
	}); err != nil {
		t.Fatal(err)
	}
	w.make(records.TypeVenue, map[string]records.Value{"name": records.Text("By hand")})
	w.ShowBatch(records.TypeVenue, batch) // before the tab was ever shown
	w.start(records.TypeContact)
	if got := w.column(0); !slices.Equal(got, []string{"Taller"}) {
		t.Fatalf("what it brought: %q", got)
	}
	w.PressIn(w.list.sole, "Show all")
	w.Settle()
	if len(w.rows.ids) != 2 {
		t.Errorf("all: %d", len(w.rows.ids))
	}
}

func TestRecordsOfOtherTabsAreOpened(t *testing.T) {
	w := newWorld(t)
	w.shop()
	ref := w.make(records.TypeVenue, map[string]records.Value{"name": records.Text("Taller")})
	w.Open(ref) // before the tab was ever shown
	w.start(records.TypeQuotation)
	if w.typ.Name != records.TypeVenue || w.form.ref != ref || w.form.title.Text() != "Taller" {
		t.Errorf("open is %v among %s", w.form.ref, w.typ.Name)
	}
}

func TestChangesOfOthersShow(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	w.openRow(0)
	w.Settle()
	w.mark(0)
	ref := w.form.ref
	if _, err := w.kept.Change(w.Ctx, app.Staff{}, ref, 0, map[string]records.Value{"total": records.Amount("1.00", "EUR")}); err != nil {
		t.Fatal(err)
	}
	w.make(records.TypeQuotation, map[string]records.Value{"number": records.Text("S00100")})
	w.Changed(app.Changes{IDs: map[app.Topic][]app.ID{app.TopicRecords: nil}})
	w.Settle()
	if got := w.column(4); len(got) != 13 || got[1] != "€1.00" {
		t.Errorf("the table shows %q", got)
	}
	if w.Picked() != 1 {
		t.Errorf("%d are ticked, want the one that was", w.Picked())
	}
	if v, _ := w.edit("total").value(); v.Number != "1.00" {
		t.Errorf("the form shows %s", v.Number)
	}
	if _, err := w.kept.Delete(w.Ctx, app.Staff{}, []records.Ref{ref}); err != nil {
		t.Fatal(err)
	}
	w.Changed(app.Changes{IDs: map[app.Topic][]app.ID{app.TopicRecords: nil}})
	w.Settle()
	if w.form.open() || w.Picked() != 0 {
		t.Error("what is gone still shows")
	}
}

// failing is a store that can't be read.
type failing struct {
	records.Keeper
	err error
}

func (f *failing) RecordIDs(ctx context.Context, q app.RecordFilter) ([]app.ID, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.Keeper.RecordIDs(ctx, q)
}

func (f *failing) Records(ctx context.Context, q app.RecordFilter, after *app.RecordAfter, limit int) ([]app.RecordRow, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.Keeper.Records(ctx, q, after, limit)
}

func TestAListThatCannotBeReadSaysSo(t *testing.T) {
	w := newWorld(t)
	w.shop()
	f := &failing{w.store, &app.Error{Code: app.CodeDatabase, Message: "The disk is gone.", Mend: "Plug it in.", Cause: errors.New("eio")}}
	w.kept.Store = f
	w.Shell.Keep.RecordType = records.TypeQuotation
	w.Shown()
	w.Settle()
	if !w.list.waiting.Failed() {
		t.Fatal("nothing is said")
	}
	f.err = nil
	w.Press("Try again")
	w.Settle()
	if len(w.rows.ids) != 12 || w.list.waiting.Failed() {
		t.Errorf("%d rows after another try", len(w.rows.ids))
	}
}

func TestAnEmptyListSaysWhatToDo(t *testing.T) {
	w := newWorld(t)
	w.start(records.TypeInvoice)
	if !w.list.empty.Visible() {
		t.Fatal("nothing is said")
	}
	w.PressIn(w.list.empty, "Import…")
	if !slices.Equal(w.imported, []string{records.TypeInvoice}) {
		t.Errorf("imported: %q", w.imported)
	}
	w.PressIn(w.list.empty, "New: Invoice")
	w.Settle()
	if !w.form.open() || !w.form.fresh {
		t.Error("no new record was begun")
	}
}

// file is where an export goes.
type file struct {
	bytes.Buffer
	closed bool
}

func (f *file) Close() error { f.closed = true; return nil }

func TestWhatIsListedIsExported(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	w.list.search.SetText("state:sent")
	w.Settle()
	out := &file{}
	w.export(out, "quotations.csv", ".csv")
	w.Settle()
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 10 || !strings.Contains(lines[0], "Number") || !out.closed || strings.Contains(out.String(), "S00024") {
		t.Errorf("%d lines:\n%s", len(lines), out)
	}
	book := &file{}
	w.export(book, "quotations.xlsx", ".xlsx")
	w.Settle()
	if !bytes.HasPrefix(book.Bytes(), []byte("PK")) || w.list.strip.Visible() {
		t.Error("no workbook was written")
	}
}

func TestDuplicatesAreMergedAfterAQuestion(t *testing.T) {
	w := newWorld(t)
	a := w.make(records.TypeContact, map[string]records.Value{"name": records.Text("Ana Ruiz"), "phone": records.Text("+34 600 000 001"), "city": records.Text("Madrid")})
	b := w.make(records.TypeContact, map[string]records.Value{"name": records.Text("Ana Ruiz"), "phone": records.Text("+34 600 000 002"), "email": records.Text("ana@example.com")})
	w.start(records.TypeContact)
	if !w.list.twins.Visible() {
		t.Fatal("nobody says that Ana is there twice")
	}
	w.PressIn(w.list.twins, "Look at them…")
	w.Settle()
	w.Press("Merge…")
	w.Settle()
	w.Press("Merge")
	w.Settle()
	if len(w.rows.ids) != 1 || w.list.twins.Visible() {
		t.Fatalf("%d contacts are left", len(w.rows.ids))
	}
	one := w.get(w.ref(0))
	if one.Fields["city"].Text != "Madrid" || one.Fields["email"].Text != "ana@example.com" || one.ID != a.ID && one.ID != b.ID {
		t.Errorf("the one that remains: %+v", one.Fields)
	}
}

func TestTypesAndFieldsOfOnesOwn(t *testing.T) {
	w := newWorld(t)
	w.start(records.TypeContact)
	w.EditTypes()
	w.Settle()
	w.Press("New type…")
	w.Settle()
	w.typeInto("Repairs")
	w.Press("OK")
	w.Settle()
	c, err := w.kept.Catalog(w.Ctx)
	if err != nil {
		t.Fatal(err)
	}
	repairs, ok := c.Type("repairs")
	if !ok || naming.Types(repairs) != "Repairs" {
		t.Fatalf("the new type: %+v", repairs)
	}
	w.Press("New field…")
	w.Settle()
	w.typeInto("Promised for")
	w.Press("Add")
	w.Settle()
	c, _ = w.kept.Catalog(w.Ctx)
	repairs, _ = c.Type("repairs")
	if f, ok := repairs.Field("promised_for"); !ok || !f.Custom {
		t.Fatalf("the new field: %+v", repairs.Fields)
	}
	w.Shell.Layers.Escape()
	w.ChooseType("repairs")
	w.Settle()
	w.NewRecord()
	w.Queue.Run()
	w.put("name", "Clock")
	w.put("promised_for", "Friday")
	w.form.Save()
	w.Settle()
	if r := w.get(w.form.ref); r.Title != "Clock" || r.Fields["promised_for"].Text != "Friday" {
		t.Errorf("a repair: %+v", r)
	}
}

// typeInto writes into the first field of what floats on top.
func (w *world) typeInto(s string) {
	w.T.Helper()
	var first *widget.Field
	viewtest.Walk(w.T, w.Window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) bool {
		if f, ok := o.(*widget.Field); ok && first == nil {
			first = f
		}
		return true
	})
	if first == nil {
		w.T.Fatal("there is no field")
	}
	first.SetText(s)
}

func TestTheSearchReachesLinkedRecords(t *testing.T) {
	w := newWorld(t)
	company := w.make(records.TypeCompany, map[string]records.Value{"name": records.Text("Chợ Lớn Trading"), "city": records.Text("Hồ Chí Minh")})
	for i, c := range []struct{ name, city, country, tags string }{
		{"Mai", "Hà Nội", "VN", "vip"}, {"José", "Madrid", "ES", ""}, {"Grace", "", "", "vip, wholesale"},
	} {
		fields := map[string]records.Value{"name": records.Text(c.name), "city": records.Text(c.city), "tags": records.Text(c.tags)}
		if c.country != "" {
			fields["country"] = records.Relation(records.CountryLink(c.country))
		}
		if i == 0 {
			fields["company"] = link(company, "Chợ Lớn Trading")
		}
		who := w.make(records.TypeContact, fields)
		w.make(records.TypeQuotation, map[string]records.Value{"number": records.Text("S" + c.name), "customer": link(who, c.name)})
	}
	w.make(records.TypeQuotation, map[string]records.Value{"number": records.Text("Snobody")})
	w.start(records.TypeQuotation)
	for search, want := range map[string]string{
		"country:any":                         "SJosé SMai",
		"country:none":                        "SGrace Snobody",
		"country:VN":                          "SMai",
		"customer.country.code:vn":            "SMai",
		"customer.city:hanoi":                 "",
		`customer.city:"ha noi"`:              "SMai",
		"city:mad":                            "SJosé",
		"tag:vip":                             "SGrace SMai",
		"-tag:any":                            "SJosé Snobody",
		`customer.company.city:"hồ chí minh"`: "SMai",
		"tag:vip customer.city:any":           "SMai",
	} {
		w.list.search.SetText(search)
		w.Settle()
		w.listed()
		got := w.column(0)
		slices.Sort(got)
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", search, s, want)
		}
	}
	w.list.search.SetText("colour:red")
	w.Settle()
	if !w.list.hint.Visible() {
		t.Error("a name that is no field is not said")
	}
}

func TestAColumnOfLinkedRecordsSorts(t *testing.T) {
	w := newWorld(t)
	w.shop()
	w.start(records.TypeQuotation)
	phone := slices.IndexFunc(w.columns, func(c column) bool { return c.name == "customer.phone" })
	if phone < 0 {
		t.Fatal("no column of the phone")
	}
	for _, up := range []bool{true, false} {
		w.list.sortBy(phone)
		w.listed()
		got := w.column(phone)
		keys := make([]string, len(got))
		for i, s := range got {
			keys[i] = app.PhoneKey(s)
		}
		filled := keys[:len(keys)-1] // one has none, and stands last both ways
		if !up {
			filled = slices.Clone(filled)
			slices.Reverse(filled)
		}
		if len(got) != 12 || !slices.IsSorted(filled) || got[len(got)-1] != lang.X("records.no_number", "no number") {
			t.Errorf("up %v: %q", up, got)
		}
	}
}
