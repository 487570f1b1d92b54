package storage_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/storage"
	"shopbell/storage/storagetest"
)

var bg = context.Background()

func newStore(b testing.TB) *storage.Store {
	b.Helper()
	s, err := storage.Open(bg, storage.Options{Home: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// rate runs f on so many goroutines for a while and gives how often it came back a second.
func rate(b testing.TB, goroutines int, f func() error) float64 {
	b.Helper()
	got, err := storagetest.Rate(goroutines, f)
	fail(b, err)
	return got
}

func newBare(b testing.TB, synchronous string, group int) *storagetest.Bare {
	b.Helper()
	w, err := storagetest.NewBare(b.TempDir(), synchronous, group)
	fail(b, err)
	return w
}

func syncTime(b testing.TB) time.Duration {
	b.Helper()
	took, err := storagetest.SyncTime(b.TempDir())
	fail(b, err)
	return took
}

// BenchmarkR1Ingest: durable acknowledgements at 64 at once against the bare group commit.
func BenchmarkR1Ingest(b *testing.B) {
	for range b.N {
		ratio, detail := storagetest.Best(true, func() (float64, string) {
			s, w := newStore(b), newBare(b, "FULL", 256)
			defer w.Close()
			limit := rate(b, 64, w.Write)
			got := rate(b, 64, func() error { return s.Receive(bg, storagetest.Body(), time.Now()) })
			return got / limit, fmt.Sprintf("%.0f acknowledged/s, bare group commit %.0f rows/s", got, limit)
		})
		storagetest.Report(b, "R1", "ingest efficiency at 64", ratio, 0.85, true, detail)
	}
}

// BenchmarkR4GroupGain: 64 at once in groups against one transaction each.
func BenchmarkR4GroupGain(b *testing.B) {
	for range b.N {
		ratio, detail := storagetest.Best(true, func() (float64, string) {
			s, one := newStore(b), newBare(b, "FULL", 1)
			defer one.Close()
			single := rate(b, 64, one.Write)
			got := rate(b, 64, func() error { return s.Receive(bg, storagetest.Body(), time.Now()) })
			return got / single, fmt.Sprintf("%.0f/s in groups, %.0f/s one by one", got, single)
		})
		storagetest.Report(b, "R4", "gain of group commit", ratio, 3, true, detail)
	}
}

// BenchmarkR5FullTax: what synchronous=FULL costs a group commit at 64.
func BenchmarkR5FullTax(b *testing.B) {
	for range b.N {
		ratio, detail := storagetest.Best(true, func() (float64, string) {
			full, normal := newBare(b, "FULL", 256), newBare(b, "NORMAL", 256)
			defer full.Close()
			defer normal.Close()
			n, f := rate(b, 64, normal.Write), rate(b, 64, full.Write)
			return f / n, fmt.Sprintf("FULL %.0f rows/s, NORMAL %.0f rows/s", f, n)
		})
		storagetest.Report(b, "R5", "tax of FULL", ratio, 0.6, true, detail)
	}
}

// BenchmarkR6Projection: messages with words and conversation applied a second, 64 facts a transaction, against the bare group commit at 64.
func BenchmarkR6Projection(b *testing.B) {
	for range b.N {
		ratio, detail := storagetest.Best(true, func() (float64, string) {
			s, w := newStore(b), newBare(b, "FULL", 256)
			defer w.Close()
			account(b, s)
			project(b, s, 4000) // the customers are known
			limit := rate(b, 64, w.Write)
			begin := time.Now()
			const n = 12_800
			project(b, s, n)
			got := n / time.Since(begin).Seconds()
			return got / limit, fmt.Sprintf("%.0f messages/s, bare group commit %.0f rows/s", got, limit)
		})
		storagetest.Report(b, "R6", "projection", ratio, 0.30, true, detail)
	}
}

var projected atomic.Int64

func account(b testing.TB, s *storage.Store) {
	b.Helper()
	_, err := s.SaveAccount(bg, app.Account{Name: "Bench", WABAID: "waba", PhoneNumberID: "number"})
	fail(b, err)
}

// project applies n text messages of 2,000 customers, 64 in a transaction.
func project(b testing.TB, s *storage.Store, n int) {
	b.Helper()
	for range n / 64 {
		projectSome(b, s, 64)
	}
}

// projectSome applies n messages in one transaction.
func projectSome(b testing.TB, s *storage.Store, n int) {
	b.Helper()
	facts := make([]app.Fact, n)
	for i := range facts {
		facts[i] = fact()
	}
	_, err := s.ApplyFacts(bg, facts)
	fail(b, err)
}

func fact() app.Fact {
	k := projected.Add(1)
	words := []string{"order", "ready", "tomorrow", "thanks", "please", "delivery", "address", "blue", "size", "medium", "when", "open"}
	text := ""
	for i := range 8 {
		text += words[int(k*7+int64(i)*k)%len(words)] + " "
	}
	return app.Fact{PhoneNumberID: "number", WABAID: "waba", Message: &app.MessageFact{
		Wamid: fmt.Sprintf("wamid.HBgLMzQ2MTIzNDU2NzgVAgASGBQ%012d", k*7919%1_000_000_007), From: app.Person{Phone: fmt.Sprintf("346%08d", k*31%2000)},
		Direction: app.In, Type: "text", Text: text, At: time.UnixMilli(1_760_000_000_000 + k*1000),
		Raw: fmt.Sprintf(`{"from":"346%08d","id":"x","timestamp":"1","text":{"body":"%s"},"type":"text"}`, k%2000, text),
	}}
}

// BenchmarkR7SingleRow: one durable row, a webhook kept in the journal by one caller, against one sync of 8 KiB by turns.
func BenchmarkR7SingleRow(b *testing.B) {
	for range b.N {
		s := newStore(b)
		w := newBare(b, "FULL", 256)
		probe, err := storagetest.NewSyncProbe(b.TempDir())
		fail(b, err)
		ratio, detail := storagetest.Best(false, func() (float64, string) {
			p50 := storagetest.Turns(500, func() { fail(b, probe.Sync()) }, func() { fail(b, s.Receive(bg, storagetest.Body(), time.Now())) }, func() { fail(b, w.Write()) })
			return float64(p50[1]) / float64(p50[0]), fmt.Sprintf("p50 %v, fdatasync of 8 KiB p50 %v, a row of the bare group commit %v", p50[1], p50[0], p50[2])
		})
		fail(b, w.Close())
		fail(b, probe.Close())
		storagetest.Report(b, "R7", "single durable row", ratio, 2, false, detail)
	}
}

// BenchmarkR12TailAck: the acknowledgement that one in a thousand waits for, at 320 a second while they are applied, against one sync.
func BenchmarkR12TailAck(b *testing.B) {
	for range b.N {
		ratio, detail := storagetest.Best(false, func() (float64, string) { return tail(b) })
		storagetest.Report(b, "R12", "tail of acknowledgements at 320/s while applying", ratio, 200, false, detail)
	}
}

// tail takes 320 webhooks a second in for some seconds while as many are applied.
func tail(b *testing.B) (float64, string) {
	s := newStore(b)
	account(b, s)
	limit := syncTime(b)
	ctx, cancel := context.WithCancel(bg)
	var wait sync.WaitGroup
	wait.Go(func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				projectSome(b, s, 16)
			}
		}
	})
	const n = 2000
	took := make([]time.Duration, n)
	begin := time.Now()
	for i := range n { // on time whatever the others do
		due := begin.Add(time.Duration(i) * time.Second / 320)
		time.Sleep(time.Until(due))
		wait.Go(func() {
			if err := s.Receive(bg, storagetest.Body(), time.Now()); err != nil {
				b.Error(err)
			}
			took[i] = time.Since(due)
		})
	}
	cancel()
	wait.Wait()
	slices.Sort(took)
	p999 := took[n*999/1000]
	return float64(p999) / float64(limit), fmt.Sprintf("p50 %v, p99 %v, p99.9 %v (below 250 ms), fdatasync p50 %v", took[n/2], took[n*99/100], p999, limit)
}

func fail(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func many() int {
	if n, err := strconv.Atoi(os.Getenv("SHOPBELL_BENCH_MESSAGES")); err == nil {
		return n
	}
	return 1_000_000
}
