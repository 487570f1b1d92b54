package widget

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

// A million messages, page after page: the time of a scroll step must not grow with them.
func BenchmarkTimelineScroll(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tl := newTestTimeline(b, fyne.NewSize(884, 700))
			s := &store{n}
			s.serve(tl)
			s.open(tl, n/2)
			steps := make([]float64, 0, 4096)
			dy := float32(120)
			for b.Loop() {
				if !tl.hasOlder && tl.offset <= tl.top() || !tl.hasNewer && tl.AtBottom() {
					dy = -dy
				}
				start := time.Now()
				tl.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: dy}})
				steps = append(steps, float64(time.Since(start).Microseconds()))
			}
			slices.Sort(steps)
			at := func(q float64) float64 { return steps[int(q*float64(len(steps)-1))] / 1000 }
			b.ReportMetric(at(0.5), "p50-ms")
			b.ReportMetric(at(0.99), "p99-ms")
			b.ReportMetric(at(0.99)/8, "p99/8ms")
		})
	}
}

// BenchmarkTimelineMemory scrolls up through a hundred thousand messages and reports what stays in memory, in bytes
// and for each message that was seen.
func BenchmarkTimelineMemory(b *testing.B) {
	tl := newTestTimeline(b, fyne.NewSize(884, 700))
	s := &store{1_000_000}
	s.serve(tl)
	s.open(tl, s.n)
	heap := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	scroll := func(messages int64) {
		for until := tl.rows[0].ID - messages; tl.rows[0].ID > until && tl.hasOlder; {
			tl.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 2000}})
		}
	}
	for b.Loop() {
		s.open(tl, s.n)
		scroll(5_000)
		before := heap()
		scroll(100_000)
		grown := heap() - before
		b.ReportMetric(before/1e6, "MB-before")
		b.ReportMetric(grown/1e6, "MB-grown")
		b.ReportMetric(float64(tl.view.made), "bubbles")
	}
}
