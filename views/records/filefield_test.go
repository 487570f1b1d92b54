package records

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	fynestorage "fyne.io/fyne/v2/storage"

	"shopbell/app/records"
	"shopbell/storage/media"
)

func TestAFileOfARecordIsDroppedKeptAndRemoved(t *testing.T) {
	w := newWorld(t)
	folder, err := media.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = folder.Close() })
	w.kept.Files = folder
	w.p.OpenFile = func(sha string) (io.ReadSeekCloser, error) { return folder.Get(sha) }
	ref := w.make(records.TypeQuotation, map[string]records.Value{"number": records.Text("S1")})
	w.start(records.TypeQuotation)
	w.Open(ref)
	w.Settle()
	at := slices.IndexFunc(w.form.editors, func(e *editor) bool { return e.field.Name == "document" })
	if at < 0 {
		t.Fatal("no editor of the document")
	}
	drop := func(name, content string) {
		t.Helper()
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		e := w.form.editors[slices.IndexFunc(w.form.editors, func(e *editor) bool { return e.field.Name == "document" })]
		pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(e.object).AddXY(20, e.object.Size().Height-20)
		if !w.Dropped(pos, []fyne.URI{fynestorage.NewFileURI(path)}) {
			t.Fatal("the field takes no file")
		}
		w.Settle()
	}
	kept := func() records.Value {
		t.Helper()
		r, err := w.kept.Get(context.Background(), ref)
		if err != nil {
			t.Fatal(err)
		}
		return r.Fields["document"]
	}
	drop("S1.pdf", "%PDF-1.7 one")
	w.Save()
	w.Settle()
	first := kept()
	if first.Text != "S1.pdf" || first.MIME != "application/pdf" || first.SHA256 == "" {
		t.Fatalf("kept %+v", first)
	}
	file, err := w.kept.SendFile(context.Background(), ref, false)
	if err != nil || file.SHA256 != first.SHA256 {
		t.Errorf("to send: %+v %v", file, err)
	}
	if _, err := w.kept.SendFile(context.Background(), ref, true); !errors.Is(err, records.ErrNoDocument) {
		t.Errorf("as a picture: %v", err)
	}
	drop("S1.pdf", "%PDF-1.7 two")
	w.Save()
	w.Settle()
	if second := kept(); second.SHA256 == first.SHA256 || second.SHA256 == "" {
		t.Errorf("replaced by %+v", second)
	}
	// An import knows names only.
	if _, err := w.kept.Save(context.Background(), w.p.Me, []records.Draft{{Type: ref.Type, ID: readID(ref.ID), Fields: map[string]records.Value{"document": records.File("S1.pdf")}}}); err != nil {
		t.Fatal(err)
	}
	if kept().SHA256 == "" {
		t.Error("a name alone took the content away")
	}
	drop("empty.pdf", "")
	if w.form.dirty {
		t.Error("an empty file was taken")
	}
}

func TestALongRangeIsTickedAwayFromTheWindow(t *testing.T) {
	w := newWorld(t)
	var drafts []records.Draft
	const n = manyRows + 50
	for range n {
		drafts = append(drafts, records.Draft{Type: records.TypeQuotation, ID: w.kept.NewID(), New: true, Fields: map[string]records.Value{"number": records.Text("S")}})
	}
	if _, err := w.kept.Save(context.Background(), w.p.Me, drafts); err != nil {
		t.Fatal(err)
	}
	w.start(records.TypeQuotation)
	w.mark(10)
	w.markTo(manyRows + 20)
	w.Settle()
	if got := w.Picked(); got != manyRows+11 {
		t.Errorf("%d are ticked, want %d", got, manyRows+11)
	}
	if w.picked.has(w.rows.ids[9]) || !w.picked.has(w.rows.ids[10]) || !w.picked.has(w.rows.ids[manyRows+20]) || w.picked.has(w.rows.ids[manyRows+21]) {
		t.Error("the range is another")
	}
	w.Send()
	w.Settle()
	w.SelectAll()
	w.mark(3)
	w.markTo(manyRows + 20)
	w.Settle()
	if got := w.Picked(); got != n {
		t.Errorf("%d are ticked of all, want %d", got, n)
	}
}
