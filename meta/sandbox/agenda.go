package sandbox

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// agenda runs things later, one after the other in order of their time; one goroutine, owned by the Server.
type agenda struct {
	mu   sync.Mutex
	list entries
	seq  uint64
	wake chan struct{}
}

type entry struct {
	at  time.Time
	seq uint64
	do  func()
}

type entries []entry

func (l entries) Len() int { return len(l) }
func (l entries) Less(i, j int) bool {
	return l[i].at.Before(l[j].at) || l[i].at.Equal(l[j].at) && l[i].seq < l[j].seq
}
func (l entries) Swap(i, j int) { l[i], l[j] = l[j], l[i] }
func (l *entries) Push(x any)   { *l = append(*l, x.(entry)) }
func (l *entries) Pop() any {
	old := *l
	e := old[len(old)-1]
	old[len(old)-1] = entry{}
	*l = old[:len(old)-1]
	return e
}

func newAgenda() *agenda { return &agenda{wake: make(chan struct{}, 1)} }

// after plans do. It uses the machine's clock, not Config.Now: an injected clock that stands still must not stop deliveries.
func (a *agenda) after(d time.Duration, do func()) {
	a.mu.Lock()
	a.seq++
	heap.Push(&a.list, entry{time.Now().Add(d), a.seq, do})
	first := a.list[0].seq == a.seq
	a.mu.Unlock()
	if first {
		select {
		case a.wake <- struct{}{}:
		default:
		}
	}
}

func (a *agenda) clear() {
	a.mu.Lock()
	a.list = nil
	a.mu.Unlock()
}

// run works until ctx ends.
func (a *agenda) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for ctx.Err() == nil {
		a.mu.Lock()
		wait := time.Hour
		var do func()
		if len(a.list) > 0 {
			if wait = time.Until(a.list[0].at); wait <= 0 {
				do = heap.Pop(&a.list).(entry).do
			}
		}
		a.mu.Unlock()
		if do != nil {
			do()
			continue
		}
		timer.Reset(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-a.wake:
		}
	}
}
