package outbox

import (
	"context"
	"sync"
	"time"
)

// gateWait is the longest wait that is one for the number's pace.
const gateWait = 100 * time.Millisecond

// gates let one worker a number wait for the next turn. Without them all that wait wake up for each turn, and one gets it.
type gates struct {
	mu   sync.Mutex
	open map[string]chan struct{} // holds something while somebody is in it
}

// enter waits until the gate of a number is free and gives what leaves it; nil when ctx has ended.
func (g *gates) enter(ctx context.Context, number string) (leave func()) {
	g.mu.Lock()
	gate := g.open[number]
	if gate == nil {
		gate = make(chan struct{}, 1)
		g.open[number] = gate
	}
	g.mu.Unlock()
	select {
	case gate <- struct{}{}:
		return func() { <-gate }
	case <-ctx.Done():
		return nil
	}
}
