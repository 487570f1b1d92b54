package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/records/importer"
	"shopbell/storage"
)

// keptOnBoth runs a test against records on a new store of each engine.
func keptOnBoth(t *testing.T, test func(t *testing.T, k *records.Kept)) {
	t.Helper()
	open := func(t *testing.T, dsn string) *records.Kept {
		s, err := storage.Open(context.Background(), storage.Options{Home: t.TempDir(), DSN: dsn})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return &records.Kept{Store: s, Country: "VN"}
	}
	t.Run("sqlite", func(t *testing.T) { test(t, open(t, "")) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, schemaDSN(t))) })
}

// taken takes a text in as a file and gives what became of it.
func taken(t *testing.T, k *records.Kept, opt importer.Options, text string) importer.Report {
	t.Helper()
	f, err := importer.Open(strings.NewReader(text), int64(len(text)), opt.Country)
	if err != nil {
		t.Fatal(err)
	}
	opt.Label = "test.csv"
	plan, err := importer.NewPlan(t.Context(), k, f, opt)
	if err != nil {
		t.Fatal(err)
	}
	preview, err := plan.Preview(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	out, err := plan.Run(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if preview.New != out.New || preview.Changed != out.Changed || preview.Refused != out.Refused || preview.Unchanged != out.Unchanged ||
		!reflect.DeepEqual(preview.Related, out.Related) || !reflect.DeepEqual(preview.Refusals, out.Refusals) {
		t.Errorf("the preview said %+v, the import did %+v", preview, out)
	}
	return out
}

func counts(r importer.Report) [4]int64 { return [4]int64{r.New, r.Changed, r.Unchanged, r.Refused} }

func all(t *testing.T, k *records.Kept, f app.RecordFilter) []records.Record {
	t.Helper()
	var out []records.Record
	if err := k.Each(t.Context(), f, func(r records.Record) error { out = append(out, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestImportAndItsUndo(t *testing.T) {
	keptOnBoth(t, func(t *testing.T, k *records.Kept) {
		opt := importer.Options{Type: "contact", Country: "VN"}
		first := taken(t, k, opt, "Họ tên,SĐT,Email,Nhóm,Từ chối\nMai,0903 123 456,m@x.vn,VIP,\nHuy,0912345678,,,có\nSai,12,,,\nKhông,,,,\nMai 2,+84903123456,,,\n")
		if counts(first) != [4]int64{2, 0, 0, 3} || first.Reasons[importer.ReasonBadPhone] != 1 || first.Reasons[importer.ReasonNoPhone] != 1 || first.Reasons[importer.ReasonDuplicate] != 1 {
			t.Fatalf("the first: %+v", first)
		}
		second := taken(t, k, opt, "Name;Phone;City;Opt out\nMai;0903123456;Huế;\nHuy;0912345678;;no\nLan;0987654321;;\n")
		if counts(second) != [4]int64{1, 1, 1, 0} || len(second.Notes) != 1 {
			t.Fatalf("the second: %+v", second)
		}
		list := all(t, k, app.RecordFilter{Type: "contact", Sort: "name"})
		if len(list) != 3 || list[0].Title != "Huy" || !list[0].Fields["opt_out"].Yes || list[2].Fields["city"].Text != "Huế" || list[2].Fields["email"].Text != "m@x.vn" {
			t.Fatalf("kept: %+v", list)
		}
		vip, err := k.Count(t.Context(), app.RecordFilter{Type: "contact", Where: []app.RecordCondition{{Field: "tags", Op: app.RecordHas, Key: records.TagKey("vip")}}})
		if err != nil || vip != 1 {
			t.Errorf("%d have the tag: %v", vip, err)
		}
		u, err := k.Undo(t.Context(), second.Batch, nil)
		if err != nil || u != (app.RecordUndo{Removed: 1, Restored: 1}) {
			t.Errorf("undo of the second: %+v %v", u, err)
		}
		u, err = k.Undo(t.Context(), first.Batch, nil)
		if err != nil || u != (app.RecordUndo{Removed: 2}) || len(all(t, k, app.RecordFilter{Type: "contact"})) != 0 {
			t.Errorf("undo of the first: %+v %v", u, err)
		}
	})
}

func TestPapersFindTheirPeople(t *testing.T) {
	keptOnBoth(t, func(t *testing.T, k *records.Kept) {
		taken(t, k, importer.Options{Type: "contact", Country: "VN"}, "Name,Phone\nMai,0903123456\nAn,0912345678\nAn,0912345679\n")
		opt := importer.Options{Type: "invoice", Country: "VN"}
		out := taken(t, k, opt, "Số hóa đơn,Khách hàng,Điện thoại,Ngày,Tổng tiền,Trạng thái\n"+
			"A1,Mai,0903 123 456,05/11/2026,1.250.000 ₫,Đã thanh toán\nA2,Lan,0987654321,06/11/2026,99,open\nA3,Lan,0987 654 321,,1,\n"+
			"A4,An,,,2,\nA5,Mai,,,3,\n,Mai,,,4,\nA6,Mai,,,viel,\n")
		if counts(out) != [4]int64{4, 0, 0, 3} || out.Related["contact"] != 1 || out.Reasons[importer.ReasonAmbiguous] != 1 || out.Reasons[importer.ReasonNoTitle] != 1 {
			t.Fatalf("%+v", out)
		}
		got := all(t, k, app.RecordFilter{Type: "invoice", Sort: "total", Desc: true})
		if len(got) != 4 || got[0].Title != "A1" || got[0].Detail != "Mai" || got[0].Fields["total"].Currency != "VND" || got[0].Fields["state"].Text != "paid" {
			t.Fatalf("%+v", got)
		}
		lines := taken(t, k, importer.Options{Type: "invoice_line", Country: "VN"}, "Invoice,Product,Qty\nA1,Tea,2\nA1,Cake,1\n")
		if counts(lines) != [4]int64{2, 0, 0, 0} || len(lines.Related) != 0 {
			t.Fatalf("lines: %+v", lines)
		}
		c, err := k.Catalog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		v, err := records.Walk(t.Context(), &records.Shop{Kept: k, Types: c}, c, "invoice", []string{got[0].ID}, []records.Path{{"customer", "phone"}, {"lines", "product"}, {"customer", "country", "code"}})
		if err != nil || len(v) != 1 {
			t.Fatal(v, err)
		}
		w := v[got[0].ID]
		if w[0][0].Text != "+84 903 123 456" && app.Digits(w[0][0].Text) != "84903123456" || len(w[1]) != 2 || w[1][1].Text != "Cake" || w[2][0].Text != "VN" {
			t.Errorf("paths: %+v", w)
		}
	})
}

func TestMapsAreRememberedAndChecked(t *testing.T) {
	keptOnBoth(t, func(t *testing.T, k *records.Kept) {
		text := "Wer,Wo,Nummer\nMai,Huế,0903123456\n"
		opt := importer.Options{Type: "contact", Country: "VN", Map: map[string]string{"Wer": "name", "nummer": "phone"}}
		if out := taken(t, k, opt, text); counts(out) != [4]int64{1, 0, 0, 0} {
			t.Fatalf("%+v", out)
		}
		out := taken(t, k, importer.Options{Type: "contact", Country: "VN"}, "Nummer,Wer,Wo\n0912345678,An,Huế\n")
		if counts(out) != [4]int64{1, 0, 0, 0} || out.Columns[0].How != "remembered" || out.Columns[0].Field != "phone" {
			t.Errorf("the same headings: %+v", out)
		}
		for _, m := range []map[string]string{{"Nobody": "name"}, {"Wer": "nothing"}} {
			f, err := importer.Open(strings.NewReader(text), int64(len(text)), "VN")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := importer.NewPlan(t.Context(), k, f, importer.Options{Type: "contact", Map: m}); app.ErrorCode(err) != app.CodeInvalid {
				t.Errorf("%v: %v", m, err)
			}
		}
		if out := taken(t, k, importer.Options{Type: "contact", Country: "VN"}, "An,0912345670\nMai,0912345671\n"); counts(out) != [4]int64{2, 0, 0, 0} || out.Header {
			t.Errorf("without headings: %+v", out)
		}
	})
}

func TestRecordsAreEditedByHand(t *testing.T) {
	keptOnBoth(t, func(t *testing.T, k *records.Kept) {
		ctx, me := t.Context(), app.Staff{ID: 7}
		shade, err := k.AddField(ctx, "quotation", records.Field{Label: "Shade of paint", Kind: records.KindText})
		if err != nil || shade.Name != "shade_of_paint" {
			t.Fatal(shade, err)
		}
		if err := k.SetCustom(ctx, records.Custom{Types: []records.Type{{Name: "boat", Title: "name"}}}); app.ErrorCode(err) != app.CodeInvalid {
			t.Errorf("a type without a title: %v", err)
		}
		mai, err := k.Create(ctx, me, "contact", map[string]records.Value{"name": records.Text("Mai"), "phone": records.Text("0903 123 456"), "email": records.Text("m@x.vn")})
		if err != nil {
			t.Fatal(err)
		}
		q, err := k.Create(ctx, me, "quotation", map[string]records.Value{
			"number": records.Text("S1"), "customer": records.Relation(records.Link{Ref: mai, Title: "Mai"}), "total": records.Amount("10.50", "EUR"),
			"shade_of_paint": records.Text("Teal"), "date": records.Date(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)),
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, v := range map[string]records.Value{
			"state": records.Choice("lost"), "portal_link": records.Address("javascript:1"), "total": records.Amount("1e9", "EUR"), "number": records.Number("1"),
			"customer": records.Relation(records.Link{Ref: records.Ref{Type: "contact", ID: "example-mai"}}), "nothing": records.Text("x"),
		} {
			if _, err := k.Change(ctx, me, q, 0, map[string]records.Value{name: v}); app.ErrorCode(err) != app.CodeInvalid {
				t.Errorf("%s = %+v: %v", name, v, err)
			}
		}
		batch, err := k.Change(ctx, me, q, 1, map[string]records.Value{"number": records.Text("S2"), "shade_of_paint": {}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Change(ctx, me, q, 1, map[string]records.Value{"number": records.Text("S3")}); !errors.Is(err, app.ErrConflict) {
			t.Errorf("an old revision: %v", err)
		}
		// The customer is called otherwise from now on, and the list says so.
		if _, err := k.Change(ctx, me, mai, 0, map[string]records.Value{"name": records.Text("Mai Nguyễn")}); err != nil {
			t.Fatal(err)
		}
		found, err := k.Search(ctx, "quotation", "s2", 5)
		if err != nil || len(found) != 1 || found[0].Label() != "S2 · Mai Nguyễn" || !found[0].Fields["shade_of_paint"].Empty() {
			t.Fatalf("%+v %v", found, err)
		}
		if _, err := k.Undo(ctx, batch, nil); err != nil {
			t.Fatal(err)
		}
		gone, err := k.Delete(ctx, me, []records.Ref{q, mai})
		if err != nil || len(all(t, k, app.RecordFilter{Type: "quotation"})) != 0 || len(all(t, k, app.RecordFilter{Type: "contact"})) != 0 {
			t.Fatalf("deleted: %v", err)
		}
		if u, err := k.Undo(ctx, gone, nil); err != nil || u.Restored != 2 {
			t.Fatalf("undo: %+v %v", u, err)
		}
		back := all(t, k, app.RecordFilter{Type: "quotation"})
		people := all(t, k, app.RecordFilter{Type: "contact", Search: "nguyen"})
		if len(back) != 1 || back[0].Title != "S1" || back[0].Fields["shade_of_paint"].Text != "Teal" || len(people) != 1 || people[0].Fields["email"].Text != "m@x.vn" {
			t.Errorf("back: %+v %+v", back, people)
		}
		// Two of the same name are found and made one.
		an, err := k.Create(ctx, me, "contact", map[string]records.Value{"name": records.Text("mai  nguyen"), "phone": records.Text("0912345678"), "city": records.Text("Huế")})
		if err != nil {
			t.Fatal(err)
		}
		double, err := k.Duplicates(ctx, "contact", 10)
		if err != nil || len(double) != 1 || len(double[0]) != 2 {
			t.Fatalf("duplicates: %v %v", double, err)
		}
		one, err := k.Merge(ctx, mai, []records.Ref{an})
		if err != nil {
			t.Fatal(err)
		}
		merged := all(t, k, app.RecordFilter{Type: "contact"})
		if len(merged) != 1 || merged[0].Ref != one || merged[0].Title != "Mai Nguyễn" || merged[0].Fields["city"].Text != "Huế" || merged[0].Fields["email"].Text != "m@x.vn" {
			t.Errorf("merged: %+v", merged)
		}
	})
}

// counted counts what a walk reads.
type counted struct {
	records.Reader
	reads int
}

func (c *counted) Read(ctx context.Context, wants []records.Want) (map[records.Ref]records.Record, error) {
	c.reads++
	return c.Reader.Read(ctx, wants)
}

// Paths over kept records agree with a reference that follows one relation at a time, with one read a level.
func TestPathsOverKeptRecords(t *testing.T) {
	keptOnBoth(t, func(t *testing.T, k *records.Kept) {
		types := []records.Type{}
		for i := range 3 {
			fields := []records.Field{{Name: "name", Label: "Name", Kind: records.KindText}, {Name: "n", Label: "N", Kind: records.KindNumber}}
			for j := range 3 {
				fields = append(fields, records.Field{Name: fmt.Sprint("r", j), Label: "R", Kind: records.KindRelation, Relation: fmt.Sprint("t", (i+j)%3), Many: j == 1})
			}
			types = append(types, records.Type{Name: fmt.Sprint("t", i), Label: "T", Title: "name", Fields: fields})
		}
		if err := k.SetCustom(t.Context(), records.Custom{Types: types}); err != nil {
			t.Fatal(err)
		}
		c, err := k.Catalog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(rt *rapid.T) {
			world := map[records.Ref]records.Record{}
			refs := map[string][]records.Ref{}
			var drafts []records.Draft
			for _, typ := range types {
				for range rapid.IntRange(1, 4).Draw(rt, "records") {
					id := k.NewID()
					ref := records.Ref{Type: typ.Name, ID: strconv.FormatInt(id, 10)}
					refs[typ.Name] = append(refs[typ.Name], ref)
					world[ref] = records.Record{Ref: ref, Fields: map[string]records.Value{}}
				}
				refs[typ.Name] = append(refs[typ.Name], records.Ref{Type: typ.Name, ID: "4"}) // which is nowhere
			}
			for ref, r := range world {
				typ, _ := c.Type(ref.Type)
				if rapid.Bool().Draw(rt, "named") {
					r.Fields["name"] = records.Text(rapid.StringMatching(`[a-zA-ZÀ-ỹ ="\\]{1,12}`).Draw(rt, "name"))
				}
				r.Fields["n"] = records.Number(strconv.Itoa(rapid.IntRange(-9, 9).Draw(rt, "n")))
				for _, f := range typ.Fields[2:] {
					most := 1
					if f.Many {
						most = 3
					}
					var links []records.Link
					for range rapid.IntRange(0, most).Draw(rt, "links") {
						links = append(links, records.Link{Ref: rapid.SampledFrom(refs[f.Relation]).Draw(rt, "to")})
					}
					if len(links) > 0 {
						r.Fields[f.Name] = records.Relation(links...)
					}
				}
				id, _ := strconv.ParseInt(ref.ID, 10, 64)
				drafts = append(drafts, records.Draft{Type: ref.Type, ID: id, New: true, Fields: r.Fields})
			}
			if err := k.Write(context.Background(), app.RecordBatch{}, drafts); err != nil {
				rt.Fatal(err)
			}
			var p records.Path
			typ := types[0]
			for {
				f := rapid.SampledFrom(typ.Fields).Draw(rt, "field")
				p = append(p, f.Name)
				if f.Kind != records.KindRelation || len(p) == records.MaxLevels {
					break
				}
				typ, _ = c.Type(f.Relation)
			}
			var ids []string
			for _, ref := range refs["t0"] {
				ids = append(ids, ref.ID)
			}
			src := &counted{Reader: k}
			got, err := records.Walk(context.Background(), src, c, "t0", ids, []records.Path{p})
			if err != nil || src.reads > len(p) {
				rt.Fatalf("%d reads for %v: %v", src.reads, p, err)
			}
			for _, ref := range refs["t0"] {
				values, there := got[ref.ID]
				if _, want := world[ref]; there != want {
					rt.Fatalf("%v is there: %v", ref, there)
				}
				if !there {
					continue
				}
				want := follow(world, ref, p)
				if !slices.EqualFunc(values[0], want, records.Same) {
					rt.Fatalf("%v of %v: %+v, want %+v", p, ref, values[0], want)
				}
			}
		})
	})
}

func follow(world map[records.Ref]records.Record, ref records.Ref, p records.Path) []records.Value {
	v := world[ref].Fields[p[0]]
	if v.Empty() {
		return nil
	}
	if len(p) == 1 {
		return []records.Value{v}
	}
	var out []records.Value
	for _, l := range v.Links {
		out = append(out, follow(world, l.Ref, p[1:])...)
	}
	return out
}

func TestImportOnTheCommandLine(t *testing.T) {
	w := newWorld(t)
	file := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	csv := file("c.csv", "Kto,Tel,Skupina\nMai,0903 123 456,VIP|new\nBad,12,\n")
	var out struct {
		New, Changed, Unchanged, Refused int
		Batch                            string
		Refusals                         []importer.Refusal
	}
	read := func(args ...string) {
		t.Helper()
		out.Refusals = nil
		if err := json.Unmarshal([]byte(w.must(args...)), &out); err != nil {
			t.Fatal(err)
		}
	}
	read("import", "contact", csv, "--map", "Kto=name", "--map", "Skupina=tags", "--country", "vn", "--dry-run")
	if out.New != 1 || out.Refused != 1 || out.Batch != "" || len(out.Refusals) != 1 || out.Refusals[0].Row != 3 || out.Refusals[0].Reason != "bad_phone" {
		t.Errorf("the dry run: %+v", out)
	}
	if got := w.must("export", "contacts"); got != "" {
		t.Errorf("the dry run wrote %q", got)
	}
	read("import", "contact", csv, "--map", "Kto=name", "--map", "Skupina=tags", "--country", "VN")
	batch := out.Batch
	if out.New != 1 || batch == "" {
		t.Errorf("the import: %+v", out)
	}
	read("import", "contact", csv, "--country", "VN")
	if out.Unchanged != 1 || out.New+out.Changed != 0 || out.Refused != 1 {
		t.Errorf("once more: %+v", out)
	}
	if got, want := w.must("export", "contacts", "--format", "jsonl"), `{"name":"Mai","phone":"+84903123456","user_id":"","tags":["VIP","new"],"opt_out":false}`+"\n"; got != want {
		t.Errorf("exported %q, want %q", got, want)
	}
	book := w.must("export", "records", "contact", "--format", "xlsx")
	if !strings.HasPrefix(book, "PK") {
		t.Errorf("the workbook begins with %q", book[:min(len(book), 10)])
	}
	read("import", "contact", file("again.xlsx", book))
	if out.Unchanged != 1 || out.Refused+out.New+out.Changed != 0 {
		t.Errorf("what was exported, taken in again: %+v", out)
	}
	if got := w.must("import", "undo", batch); !strings.Contains(got, `"removed":1`) {
		t.Errorf("undo: %s", got)
	}
	if got := w.must("export", "contacts"); got != "" {
		t.Errorf("after the undo: %q", got)
	}
	for name, c := range map[string]struct {
		args []string
		code int
	}{
		"no file":       {[]string{"import", "contact", "/nowhere.csv"}, 1},
		"no such type":  {[]string{"import", "boat", csv}, 1},
		"no such field": {[]string{"import", "contact", csv, "--map", "Kto=nose"}, 1},
		"an empty file": {[]string{"import", "contact", file("e.csv", "")}, 1},
		"a bad map":     {[]string{"import", "contact", csv, "--map", "Kto"}, 2},
		"a bad country": {[]string{"import", "contact", csv, "--country", "Narnia"}, 2},
		"too few":       {[]string{"import", "contact"}, 2},
		"no such batch": {[]string{"import", "undo", "12"}, 1},
		"another form":  {[]string{"export", "records", "contact", "--format", "pdf"}, 2},
	} {
		if _, errOut, code := w.run(c.args...); code != c.code || errOut == "" {
			t.Errorf("%s: exit %d %q, want %d", name, code, errOut, c.code)
		}
	}
}
