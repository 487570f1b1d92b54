package webhook

import (
	"sync"
	"time"
)

// Stats counts what came since the start.
type Stats struct {
	Accepted         int64
	RefusedSignature int64 // wrong, missing or malformed signatures and verify tokens
	RefusedOther     int64
	LastReceived     time.Time // zero = never
	LastRefused      time.Time
}

type counters struct {
	mu sync.Mutex
	s  Stats
}

func (c *counters) accepted(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.s.Accepted++
	c.s.LastReceived = now
}

func (c *counters) refused(now time.Time, signature bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if signature {
		c.s.RefusedSignature++
	} else {
		c.s.RefusedOther++
	}
	c.s.LastRefused = now
}

func (c *counters) read() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.s
}

// budget lets size things happen at once and one more each interval, and counts what it held back.
type budget struct {
	size  int
	every time.Duration

	mu   sync.Mutex
	used int
	from time.Time // since when used counts
	held int64
}

// take reports whether one more may happen now, and how many were held back since the last that did.
func (b *budget) take(now time.Time) (held int64, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if back := int(now.Sub(b.from) / b.every); back > 0 {
		b.used = max(0, b.used-back)
		b.from = now
	}
	if b.used >= b.size {
		b.held++
		return 0, false
	}
	b.used++
	held, b.held = b.held, 0
	return held, true
}
