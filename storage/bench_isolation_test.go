package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/storage"
	"shopbell/storage/storagetest"
)

// arriving is how many webhooks come in a second while somebody reads: four times the busiest shop that was measured.
const arriving = 320

// BenchmarkR11Isolation: the slowest hundredth of opening a conversation while webhooks are kept and applied, against the same with nothing coming in.
func BenchmarkR11Isolation(b *testing.B) {
	d := copied(b, 100_000)
	account(b, d.s)
	for range b.N {
		ratio, detail := storagetest.Best(false, func() (float64, string) {
			idle := d.slowest(b)
			ctx, stop := context.WithCancel(bg)
			var came atomic.Int64
			var wait sync.WaitGroup
			wait.Go(func() { d.arrive(ctx, b, &came) })
			begin := time.Now()
			busy := d.slowest(b)
			rate := float64(came.Load()) / time.Since(begin).Seconds()
			stop()
			wait.Wait()
			return float64(busy) / float64(idle), fmt.Sprintf("p99 %v while %.0f a second came in, %v with none", busy, rate, idle)
		})
		storagetest.Report(b, "R11", "opening a conversation while webhooks come in", ratio, 3, false, detail)
	}
}

// copied is a filled store that may be written to.
func copied(b *testing.B, messages int) *desk {
	b.Helper()
	home, err := storagetest.Home(bg, messages/10, messages)
	fail(b, err)
	own := b.TempDir()
	fail(b, storagetest.Copy(home, own))
	s, err := storage.Open(bg, storage.Options{Home: own})
	fail(b, err)
	b.Cleanup(func() { _ = s.Close() })
	d := &desk{s: s, home: own, rng: rand.New(rand.NewPCG(3, 4))}
	page, err := s.Conversations(bg, app.ConversationFilter{}, nil, 200)
	fail(b, err)
	for _, c := range page {
		list, err := s.MessagesBefore(bg, c.ID, nil, 50)
		fail(b, err)
		if len(list) == 50 {
			d.busy = append(d.busy, c.ID)
		}
	}
	if len(d.busy) < 5 {
		b.Fatalf("only %d conversations have enough messages", len(d.busy))
	}
	return d
}

// slowest gives the 99th percentile of opening a conversation, a person's pause between two.
func (d *desk) slowest(b *testing.B) time.Duration {
	took := make([]time.Duration, 1500)
	for i := range took {
		begin := time.Now()
		d.open(b)
		took[i] = time.Since(begin)
		time.Sleep(time.Millisecond)
	}
	slices.Sort(took)
	return took[len(took)*99/100]
}

// arrive keeps and applies webhooks, so many a second, until ctx ends.
func (d *desk) arrive(ctx context.Context, b *testing.B, came *atomic.Int64) {
	tick := time.NewTicker(time.Second / arriving)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			if err := d.s.Journal().Receive(bg, storagetest.Body(), now); err != nil {
				b.Error(err)
				return
			}
			if _, err := d.s.ApplyFacts(bg, []app.Fact{fact()}); err != nil {
				b.Error(err)
				return
			}
			came.Add(1)
		}
	}
}
