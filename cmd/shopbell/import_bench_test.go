package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/app/records"
	"shopbell/app/records/importer"
	"shopbell/storage"
	"shopbell/storage/storagetest"
)

// customers makes a CSV of so many customers, none like another.
func customers(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Name,Phone,Email,City,Tags\n")
	for i := range n {
		fmt.Fprintf(&b, "Person %d Nguyễn %d,09%08d,p%d@shop.example,City %d,%s\n", (i*7919)%10_000, i, i+10_000_000, i, i%300, []string{"vip", "", ""}[i%3])
	}
	return b.Bytes()
}

// importInto takes a file in and gives its report and how much the heap grew at most, in bytes.
func importInto(tb testing.TB, home string, raw []byte) (importer.Report, int64) {
	tb.Helper()
	s, err := storage.Open(context.Background(), storage.Options{Home: home})
	if err != nil {
		tb.Fatal(err)
	}
	defer s.Close()
	file, err := importer.Open(bytes.NewReader(raw), int64(len(raw)), "VN")
	if err != nil {
		tb.Fatal(err)
	}
	plan, err := importer.NewPlan(context.Background(), &records.Kept{Store: s, Country: "VN"}, file, importer.Options{Type: "contact", Country: "VN"})
	if err != nil {
		tb.Fatal(err)
	}
	runtime.GC()
	live := func() int64 {
		m := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(m)
		return int64(m[0].Value.Uint64())
	}
	before, most := live(), atomic.Int64{}
	out, err := plan.Run(context.Background(), func(importer.Progress) { most.Store(max(most.Load(), live()-before)) })
	if err != nil {
		tb.Fatal(err)
	}
	return out, most.Load()
}

// bareInserts tells how many rows a second SQLite takes in groups of a thousand, with one table and one index, in the same folder.
func bareInserts(tb testing.TB, dir string, n int) float64 {
	tb.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "bare.db")+storagetest.Pragmas+"(FULL)")
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE c (id INTEGER PRIMARY KEY, name TEXT, phone TEXT UNIQUE, email TEXT, city TEXT, tags TEXT) STRICT`); err != nil {
		tb.Fatal(err)
	}
	begun := time.Now()
	prepared, err := db.Prepare(`INSERT INTO c (name, phone, email, city, tags) VALUES ($1,$2,$3,$4,$5)`)
	if err != nil {
		tb.Fatal(err)
	}
	defer prepared.Close()
	for from := 0; from < n; from += 1000 {
		tx, err := db.Begin()
		if err != nil {
			tb.Fatal(err)
		}
		st := tx.Stmt(prepared) //nolint:sqlclosecheck // it ends with its transaction
		for i := from; i < from+1000; i++ {
			if _, err := st.Exec(fmt.Sprint("Person ", i), fmt.Sprintf("849%08d", i), fmt.Sprintf("p%d@shop.example", i), fmt.Sprint("City ", i%300), "vip"); err != nil {
				tb.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			tb.Fatal(err)
		}
	}
	return float64(n) / time.Since(begun).Seconds()
}

// BenchmarkImport takes 100,000 customers in. The ratio of rows is to bare inserts of the same run (each contact is some twenty rows: words and
// parts of numbers by which it is found, keys by which its columns sort); that of memory is to an import of a tenth.
func BenchmarkImport(b *testing.B) {
	const n = 100_000
	for b.Loop() {
		_, small := importInto(b, b.TempDir(), customers(n/10))
		out, most := importInto(b, b.TempDir(), customers(n))
		limit := bareInserts(b, b.TempDir(), n)
		got := float64(out.Rows) / out.Took.Seconds()
		b.ReportMetric(got, "rows/s")
		b.ReportMetric(limit, "bare_rows/s")
		b.ReportMetric(got/limit, "of_bare")
		b.ReportMetric(out.Took.Seconds(), "s/100k")
		b.ReportMetric(float64(most)/float64(max(small, 1)), "peak_x_of_tenth")
		b.ReportMetric(float64(most)/(1<<20), "peak_MB")
		if out.New != n {
			b.Fatalf("%+v", out)
		}
	}
}
