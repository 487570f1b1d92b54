package storagetest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// The limits of this computer, against which benchmarks set what the program does, in the same run.

// Pragmas of the bare measurements, the same as the store's.
const Pragmas = "?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=cache_size(-16384)&_pragma=synchronous"

var bodies atomic.Int64

// Body makes a webhook's worth of bytes, never the same twice.
func Body() []byte { return fmt.Appendf(nil, `{"n":%d,"fill":"%0880d"}`, bodies.Add(1), 0) }

// Bare is a writer that does nothing but commit groups of rows: what the disk and SQLite can do.
type Bare struct {
	jobs chan chan error
	quit chan struct{}
	wait sync.WaitGroup
	db   *sql.DB
}

// NewBare makes one in a folder, with PRAGMA synchronous as given and at most so many rows in a commit.
func NewBare(dir, synchronous string, group int) (*Bare, error) {
	file, err := os.MkdirTemp(dir, "bare")
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(file, "bare.db")+Pragmas+"("+synchronous+")")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	ctx := context.Background()
	if _, err := db.ExecContext(ctx, `CREATE TABLE inbox (id INTEGER PRIMARY KEY, at INTEGER, digest BLOB UNIQUE, body BLOB) STRICT`); err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	insert, err := conn.PrepareContext(ctx, `INSERT INTO inbox (at, digest, body) VALUES ($1, $2, $3)`)
	if err != nil {
		return nil, err
	}
	w := &Bare{jobs: make(chan chan error, 256), quit: make(chan struct{}), db: db}
	w.wait.Go(func() {
		defer conn.Close()
		defer insert.Close()
		for w.commit(ctx, conn, insert, group) {
		}
	})
	return w, nil
}

// Write returns when one more row is durable.
func (w *Bare) Write() error {
	j := make(chan error, 1)
	w.jobs <- j
	return <-j
}

// Close ends the writer. Nobody may Write any more.
func (w *Bare) Close() error {
	close(w.quit)
	w.wait.Wait()
	return w.db.Close()
}

// commit writes one group; false when the writer is to end.
func (w *Bare) commit(ctx context.Context, conn *sql.Conn, insert *sql.Stmt, most int) bool {
	var group []chan error
	select {
	case j := <-w.jobs:
		group = append(group, j)
	case <-w.quit:
		return false
	}
more:
	for len(group) < most {
		select {
		case j := <-w.jobs:
			group = append(group, j)
		default:
			break more
		}
	}
	_, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE")
	for range group {
		raw := Body()
		sum := sha256.Sum256(raw)
		if err == nil {
			_, err = insert.ExecContext(ctx, time.Now().UnixMilli(), sum[:], raw)
		}
	}
	if err == nil {
		_, err = conn.ExecContext(ctx, "COMMIT")
	}
	for _, j := range group {
		j <- err
	}
	return true
}

// Rate runs f on so many goroutines for a while and gives how often it came back a second.
func Rate(goroutines int, f func() error) (float64, error) {
	const span = 1500 * time.Millisecond
	var done atomic.Int64
	var wait sync.WaitGroup
	var failed atomic.Pointer[error]
	begin := time.Now()
	for range goroutines {
		wait.Go(func() {
			for time.Since(begin) < span {
				if err := f(); err != nil {
					failed.Store(&err)
					return
				}
				done.Add(1)
			}
		})
	}
	wait.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return float64(done.Load()) / time.Since(begin).Seconds(), nil
}

// SyncProbe writes 8 KiB over each other and syncs them: the least that is durable.
type SyncProbe struct {
	file  *os.File
	block []byte
}

// NewSyncProbe makes one in a folder.
func NewSyncProbe(dir string) (*SyncProbe, error) {
	f, err := os.CreateTemp(dir, "probe")
	if err != nil {
		return nil, err
	}
	if _, err = f.Write(make([]byte, 1<<20)); err == nil {
		err = f.Sync()
	}
	return &SyncProbe{file: f, block: make([]byte, 8192)}, err
}

// Sync returns when the bytes are on disk.
func (p *SyncProbe) Sync() error {
	if _, err := p.file.WriteAt(p.block, 0); err != nil {
		return err
	}
	return Datasync(p.file)
}

// Close ends it.
func (p *SyncProbe) Close() error { return p.file.Close() }

// SyncTime is the median of one sync of 8 KiB right behind the other, in a folder.
func SyncTime(dir string) (time.Duration, error) {
	p, err := NewSyncProbe(dir)
	if err != nil {
		return 0, err
	}
	took := Median(500, func() { err = errors.Join(err, p.Sync()) })
	return took, errors.Join(err, p.Close())
}

// Turns runs each function n times, one after the other by turns, and gives their medians. What disturbs the computer meanwhile disturbs all of
// them, and each begins on a disk and on processors that have just done something else. A few turns before warm up and are not measured.
func Turns(n int, all ...func()) []time.Duration {
	took := make([][]time.Duration, len(all))
	for i := range n + n/10 {
		for k, f := range all {
			begin := time.Now()
			f()
			if i >= n/10 {
				took[k] = append(took[k], time.Since(begin))
			}
		}
	}
	out := make([]time.Duration, len(all))
	for k, t := range took {
		slices.Sort(t)
		out[k] = t[n/2]
	}
	return out
}

// Median is the median time of n calls.
func Median(n int, f func()) time.Duration {
	took := make([]time.Duration, n)
	for i := range took {
		begin := time.Now()
		f()
		took[i] = time.Since(begin)
	}
	slices.Sort(took)
	return took[n/2]
}

// Best gives the best of three of a ratio, with what was measured.
func Best(higher bool, measure func() (ratio float64, detail string)) (float64, string) {
	var ratio float64
	var detail string
	for k := range 3 {
		r, d := measure()
		if k == 0 || higher == (r > ratio) {
			ratio, detail = r, d
		}
	}
	return ratio, detail
}

// Report prints a ratio with both its sides and says whether it holds.
func Report(b interface{ ReportMetric(float64, string) }, gate, what string, ratio, target float64, atLeast bool, detail string) {
	verdict, sign := "holds", "≥"
	if !atLeast {
		sign = "≤"
	}
	if atLeast && ratio < target || !atLeast && ratio > target {
		verdict = "MISSED"
	}
	b.ReportMetric(ratio, gate+"-ratio")
	b.ReportMetric(0, "ns/op")
	_, _ = fmt.Fprintf(os.Stdout, "%s %s: %.2f (%s %.2f, %s) — %s\n", gate, what, ratio, sign, target, verdict, detail)
}
