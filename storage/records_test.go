package storage

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"shopbell/app"
)

// invoice makes a row as app/records would.
func invoice(id app.ID, number string, total int, links ...app.RecordLink) app.RecordRow {
	r := app.RecordRow{
		ID: id, Type: "invoice", Title: number, Detail: "Mai", Values: `{"number":"` + number + `"}`, Search: number + " Nguyễn Thị Mai", Links: links,
		Keys: []app.RecordKey{{Field: "number", Key: number}},
	}
	if total >= 0 {
		r.Keys = append(r.Keys, app.RecordKey{Field: "total", Key: fmt.Sprintf("%06d", total)})
	}
	return r
}

func write(t testing.TB, s *Store, batch app.ID, writes ...app.RecordWrite) {
	t.Helper()
	must(t, s.WriteRecords(bg, app.RecordBatch{ID: batch, Kind: "import", Type: "invoice", Label: "file.csv"}, writes))
}

func titles(rows []app.RecordRow) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.Title
	}
	return out
}

// pages reads a list to its end, a few at a time.
func pages(t testing.TB, s *Store, f app.RecordFilter, size int) []string {
	t.Helper()
	var out []string
	var after *app.RecordAfter
	for {
		page := ok[[]app.RecordRow](t)(s.Records(bg, f, after, size))
		out = append(out, titles(page)...)
		if len(page) < size {
			return out
		}
		after = f.After(page[len(page)-1])
	}
}

func TestRecordsAreListedSortedAndFiltered(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		var writes []app.RecordWrite
		want := map[bool][]string{}
		type row struct {
			total int
			title string
		}
		var rows []row
		var blank []string
		for i := range 100 {
			number := fmt.Sprintf("INV%03d", i)
			total := (i * 37) % 23
			if i%10 == 9 {
				total = -1
				blank = append(blank, number)
			} else {
				rows = append(rows, row{total, number})
			}
			writes = append(writes, app.RecordWrite{New: true, Row: invoice(s.NewRecordID(), number, total)})
		}
		write(t, s, s.NewRecordID(), writes...)
		slices.SortStableFunc(rows, func(x, y row) int { return x.total - y.total })
		for _, r := range rows {
			want[false] = append(want[false], r.title)
		}
		want[true] = slices.Clone(want[false])
		slices.Reverse(want[true])
		want[false] = append(want[false], blank...)
		slices.Reverse(blank)
		want[true] = append(want[true], blank...)
		for desc, list := range want {
			for _, size := range []int{1, 7, 200} {
				if got := pages(t, s, app.RecordFilter{Type: "invoice", Sort: "total", Desc: desc}, size); !slices.Equal(got, list) {
					t.Fatalf("sorted, desc %v, pages of %d:\n%v, want\n%v", desc, size, got, list)
				}
			}
		}
		for name, c := range map[string]struct {
			f app.RecordFilter
			n int
		}{
			"all":       {app.RecordFilter{}, 100},
			"search":    {app.RecordFilter{Search: "inv01 nguyen"}, 10},
			"nobody":    {app.RecordFilter{Search: "nguyen perez"}, 0},
			"inside":    {app.RecordFilter{Search: "guyen"}, 0},
			"is":        {app.RecordFilter{Where: []app.RecordCondition{{Field: "number", Op: app.RecordIs, Key: "INV007"}}}, 1},
			"is not":    {app.RecordFilter{Where: []app.RecordCondition{{Field: "number", Op: app.RecordIsNot, Key: "INV007"}}}, 99},
			"begins":    {app.RecordFilter{Where: []app.RecordCondition{{Field: "number", Op: app.RecordBegins, Key: "INV00"}}}, 10},
			"has":       {app.RecordFilter{Where: []app.RecordCondition{{Field: "number", Op: app.RecordHas, Key: "V09"}}}, 10},
			"empty":     {app.RecordFilter{Where: []app.RecordCondition{{Field: "total", Op: app.RecordEmpty}}}, 10},
			"filled":    {app.RecordFilter{Where: []app.RecordCondition{{Field: "total", Op: app.RecordFilled}}}, 90},
			"from":      {app.RecordFilter{Where: []app.RecordCondition{{Field: "number", Op: app.RecordFrom, Key: "INV090"}}}, 10},
			"until":     {app.RecordFilter{Where: []app.RecordCondition{{Field: "number", Op: app.RecordUntil, Key: "INV090"}}}, 91},
			"other":     {app.RecordFilter{Where: []app.RecordCondition{{Field: "nothing", Op: app.RecordIs, Key: "x"}}}, 0},
			"unknown":   {app.RecordFilter{Where: []app.RecordCondition{{Field: "number", Op: "?", Key: "x"}}}, 0},
			"two":       {app.RecordFilter{Sort: "number", Where: []app.RecordCondition{{Field: "number", Op: app.RecordFrom, Key: "INV090"}, {Field: "total", Op: app.RecordEmpty}}}, 1},
			"not there": {app.RecordFilter{Batch: 42}, 0},
		} {
			c.f.Type = "invoice"
			if got := len(pages(t, s, c.f, 13)); got != c.n {
				t.Errorf("%s: %d rows, want %d", name, got, c.n)
			}
			if got := ok[int64](t)(s.CountRecords(bg, c.f)); got != int64(c.n) {
				t.Errorf("%s: counted %d, want %d", name, got, c.n)
			}
		}
	})
}

func TestRecordsAreChangedRemovedAndTakenBack(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		order, a, b := s.NewRecordID(), s.NewRecordID(), s.NewRecordID()
		first := s.NewRecordID()
		write(t, s, first,
			app.RecordWrite{New: true, Row: invoice(a, "A", 1, app.RecordLink{Field: "order", To: order})},
			app.RecordWrite{New: true, Row: invoice(b, "B", 2, app.RecordLink{Field: "order", To: order})})
		linked := ok[map[app.ID][]app.ID](t)(s.RecordsLinked(bg, "invoice", "order", []app.ID{order, 1}))
		if !slices.Equal(linked[order], []app.ID{a, b}) || len(linked) != 1 {
			t.Errorf("linked: %v", linked)
		}
		was := ok[[]app.RecordRow](t)(s.RecordsByID(bg, "invoice", []app.ID{a, 7}))
		if len(was) != 1 || was[0].Revision != 1 || was[0].Batch != first || was[0].Key("total") != "000001" || len(was[0].Links) != 1 {
			t.Fatalf("as written: %+v", was)
		}
		second := s.NewRecordID()
		row := invoice(a, "A2", 9)
		row.Revision = 1
		write(t, s, second, app.RecordWrite{Row: row})
		err := s.WriteRecords(bg, app.RecordBatch{}, []app.RecordWrite{{Row: row}})
		if !errors.Is(err, app.ErrConflict) {
			t.Errorf("a change of an old revision: %v", err)
		}
		if got := pages(t, s, app.RecordFilter{Type: "invoice", Sort: "total"}, 5); !slices.Equal(got, []string{"B", "A2"}) {
			t.Errorf("changed: %v", got)
		}
		if by := ok[map[string][]app.ID](t)(s.RecordsByKey(bg, "invoice", "number", []string{"A", "A2", "B"})); len(by) != 2 || by["A2"][0] != a {
			t.Errorf("by key: %v", by)
		}
		third := s.NewRecordID()
		write(t, s, third, app.RecordWrite{Row: app.RecordRow{Type: "invoice", ID: b}, Delete: true})
		if n := ok[int64](t)(s.CountRecords(bg, app.RecordFilter{Type: "invoice"})); n != 1 {
			t.Errorf("%d after a removal", n)
		}
		if err := s.WriteRecords(bg, app.RecordBatch{}, []app.RecordWrite{{Row: invoice(b, "B", 1)}}); !errors.Is(err, app.ErrNotFound) {
			t.Errorf("a change of what is gone: %v", err)
		}
		for _, batch := range []app.ID{third, second} {
			if u := ok[app.RecordUndo](t)(s.UndoRecords(bg, batch, nil)); u != (app.RecordUndo{Restored: 1}) {
				t.Errorf("undo of %d: %+v", batch, u)
			}
		}
		now := ok[[]app.RecordRow](t)(s.RecordsByID(bg, "invoice", []app.ID{a, b}))
		slices.SortFunc(now, func(x, y app.RecordRow) int { return int(x.ID - y.ID) })
		if len(now) != 2 || now[0].Title != "A" || now[1].Title != "B" || len(now[1].Links) != 1 {
			t.Errorf("after the undo: %+v", now)
		}
		write(t, s, 0, app.RecordWrite{Row: invoice(b, "mine", 3)})
		if u := ok[app.RecordUndo](t)(s.UndoRecords(bg, first, nil)); u != (app.RecordUndo{Removed: 1, Kept: 1}) {
			t.Errorf("undo of the import: %+v", u)
		}
		if got := pages(t, s, app.RecordFilter{Type: "invoice"}, 5); !slices.Equal(got, []string{"mine"}) {
			t.Errorf("what stays: %v", got)
		}
		list := ok[[]app.RecordBatch](t)(s.RecordBatches(bg, 10))
		if len(list) != 3 || list[2].New != 2 || !list[2].Undone || list[0].Removed != 1 {
			t.Errorf("batches: %+v", list)
		}
		if _, err := s.UndoRecords(bg, 99, nil); !errors.Is(err, app.ErrNotFound) {
			t.Errorf("undo of nothing: %v", err)
		}
	})
}

func contactRow(id app.ID, name string) app.RecordRow {
	return app.RecordRow{
		ID: id, Type: app.RecordContact, Title: name, Values: `{"note":"` + name + `"}`, Search: name,
		Keys: []app.RecordKey{{Field: "name", Key: name}},
	}
}

// reindexed builds the records of contacts that changed, as app/records does, and tells of how many.
func reindexed(t testing.TB, s *Store) int {
	t.Helper()
	return ok[int](t)(s.ReindexContacts(bg, 100, func(c app.Contact, is app.RecordRow, merged []app.RecordRow) app.RecordRow {
		row := contactRow(c.ID, c.Title())
		row.Values = is.Values
		for _, m := range merged {
			row.Values += m.Values
		}
		return row
	}))
}

func TestContactsAreRecordsToo(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		yes := true
		id, batch := s.NewRecordID(), s.NewRecordID()
		write(t, s, batch, app.RecordWrite{
			New: true, Row: contactRow(id, "Ana"),
			Person: &app.PersonWrite{Name: "Ana", Phones: []string{"34600111222", "34600111333"}, OptOut: &yes, Scope: "marketing", Staff: 7, How: "at the counter"},
		})
		c := ok[[]app.Contact](t)(s.FindContacts(bg, "600 111 333", 5))
		if len(c) != 1 || c[0].ID != id || c[0].Phone() != "34600111222" || !c[0].OptOut || c[0].Name != "Ana" {
			t.Fatalf("imported: %+v", c)
		}
		said := ok[[]app.Consent](t)(s.Consents(bg, id))
		if len(said) != 1 || !said[0].OptOut || said[0].Staff != 7 || said[0].At.IsZero() {
			t.Errorf("consents: %+v", said)
		}
		// A message from the second number finds the same person.
		apply(t, s, said1("w1", "34600111333", noon))
		if conv := theOnly(t, s); conv.Contact.ID != id || conv.Contact.Name != "Ana" {
			t.Errorf("the conversation is of %+v", conv.Contact)
		}
		no := false
		write(t, s, 0, app.RecordWrite{Row: contactRow(id, "Ana"), Person: &app.PersonWrite{OptOut: &no, Phones: []string{"34600111444"}}})
		back := ok[[]app.Contact](t)(s.ContactsByID(bg, []app.ID{id}))[0]
		if back.OptOut || len(back.Identities) != 3 || back.Phone() != "34600111444" {
			t.Errorf("changed: %+v", back)
		}
		if u := ok[app.RecordUndo](t)(s.UndoRecords(bg, batch, nil)); u.Kept != 1 {
			t.Errorf("undo of somebody who wrote: %+v", u)
		}
		// Somebody who has no record yet gets one.
		apply(t, s, said1("w2", "34700000001", noon))
		if n := reindexed(t, s); n == 0 {
			t.Error("nobody was to be indexed")
		}
		if n := reindexed(t, s); n != 0 {
			t.Errorf("%d were indexed twice", n)
		}
		if n := ok[int64](t)(s.CountRecords(bg, app.RecordFilter{Type: app.RecordContact})); n != 2 {
			t.Errorf("%d contacts are records, want 2", n)
		}
		err := s.WriteRecords(bg, app.RecordBatch{}, []app.RecordWrite{{
			New: true, Row: contactRow(s.NewRecordID(), "Bo"), Person: &app.PersonWrite{Name: "Bo", Phones: []string{"34600111222"}},
		}})
		if !errors.Is(err, app.ErrConflict) {
			t.Errorf("a number that another has: %v", err)
		}
	})
}

func said1(wamid, from string, at time.Time) app.Fact { return said(wamid, phone(from), "hello", at) }

func TestMergedContactsKeepEverything(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		apply(t, s, said1("w1", "34600000001", noon), said1("w2", "34600000002", noon.Add(time.Minute)))
		list := ok[[]app.Contact](t)(s.FindContacts(bg, "", 5))
		a, b, bare := list[1].ID, list[0].ID, s.NewRecordID()
		write(t, s, 0, app.RecordWrite{New: true, Row: contactRow(bare, "No number"), Person: &app.PersonWrite{Name: "No number"}})
		inv := s.NewRecordID()
		write(t, s, 0, app.RecordWrite{New: true, Row: invoice(inv, "X", 1, app.RecordLink{Field: "customer", To: b})})
		write(t, s, 0, app.RecordWrite{New: true, Row: contactRow(b, "B")})
		remains := ok[app.ID](t)(s.MergeContacts(bg, a, []app.ID{b, bare}))
		conv := theOnly(t, s)
		if conv.Contact.ID != remains || len(messages(t, s, conv.ID)) != 2 || conv.Contact.Name != "No number" {
			t.Errorf("merged: %+v", conv)
		}
		reindexed(t, s)
		row := ok[[]app.RecordRow](t)(s.RecordsByID(bg, app.RecordContact, []app.ID{a, b, bare}))
		if len(row) != 1 || row[0].Values != `{"note":"B"}{"note":"No number"}` {
			t.Errorf("records: %+v", row)
		}
		x := ok[[]app.RecordRow](t)(s.RecordsByID(bg, "invoice", []app.ID{inv}))[0]
		if len(x.Links) != 1 || x.Links[0].To != remains {
			t.Errorf("the invoice leads to %v, not to %d", x.Links, remains)
		}
		// What Meta tells later leaves them one.
		apply(t, s, said1("w3", "34600000002", noon.Add(time.Hour)), said1("w4", "34600000001", noon.Add(2*time.Hour)))
		if got := theOnly(t, s); len(messages(t, s, got.ID)) != 4 {
			t.Errorf("apart again: %+v", got)
		}
	})
}
