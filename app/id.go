package app

import (
	"sync"
	"time"
)

// ID identifies a row. It is made by the program, positive, and sorts by the time of its making:
// 41 bits of milliseconds since 2025, 10 bits of desk, 12 bits of sequence. 0 means none.
type ID = int64

var idEpoch = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()

// IDs makes ids. It is safe for concurrent use and never gives one twice, even when the clock steps back.
type IDs struct {
	mu   sync.Mutex
	desk int64
	now  func() time.Time
	last int64 // milliseconds since idEpoch of the newest id
	seq  int64
}

// NewIDs makes a source of ids for one desk (0 to 1023; several desks on one database use different numbers).
func NewIDs(desk int, now func() time.Time) *IDs {
	return &IDs{desk: int64(desk) & 0x3ff, now: now}
}

// Next gives a new id, greater than every one before it.
func (g *IDs) Next() ID {
	g.mu.Lock()
	defer g.mu.Unlock()
	ms := g.now().UnixMilli() - idEpoch
	if ms <= g.last {
		ms = g.last
		g.seq++
		if g.seq > 0xfff {
			ms++
			g.seq = 0
		}
	} else {
		g.seq = 0
	}
	g.last = ms
	return ms<<22 | g.desk<<12 | g.seq
}

// IDAt is the least id that could be made at t: ids below it are older.
func IDAt(t time.Time) ID { return max(0, t.UnixMilli()-idEpoch) << 22 }
