package outbox

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"shopbell/app/records/importer"
)

// file is a file that remembers that it was closed.
type file struct {
	bytes.Buffer
	closed bool
}

func (f *file) Close() error { f.closed = true; return nil }

func (f *file) Bytes() []byte { return f.Buffer.Bytes() }

// A report has a row for each customer, with the reason in plain words, whether it is a text table or a workbook.
func TestReports(t *testing.T) {
	w := newWorld(t)
	b := w.broadcast("Autumn", 5, 4)
	w.send(4, func(i int) int { return []int{131026, 0, -1, 131049}[i] })
	write := func(into importer.Table) (int, error) {
		return w.v.p.Broadcasts.Report(bg, b.ID, into, w.Shell.Explain)
	}
	var text, book file
	for kind, f := range map[string]*file{".csv": &text, ".xlsx": &book} {
		if n, err := writeTable(f, kind, write); n != 5 || err != nil || !f.closed {
			t.Errorf("%s: %d rows, %v, closed %t", kind, n, err, f.closed)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 6 {
		t.Fatalf("%d rows, %v: %s", len(rows), err, text.String())
	}
	states := map[string]int{}
	for _, r := range rows[1:] {
		states[r[3]]++
		if r[3] == "failed" && !strings.HasPrefix(r[4], "This number is not") && !strings.HasPrefix(r[4], "Meta held it back") {
			t.Errorf("%q", r)
		}
	}
	if states["failed"] != 2 || states["unknown"] != 1 || states["waiting"] != 1 || rows[0][0] != "name" {
		t.Errorf("%v, %q", states, rows[0])
	}
	if !bytes.HasPrefix(book.Bytes(), []byte("PK")) {
		t.Error("the workbook is no zip file")
	}
	for name, want := range map[string]string{" a/b:c ": "a-b-c", "": "report", "Đỗ 🌸": "Đỗ 🌸"} {
		if got := fileName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
