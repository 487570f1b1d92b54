package meta

import (
	"context"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits of Meta's that the Pacer keeps (Meta: Cloud API throughput, pair rate limit).
const (
	DefaultPerSecond     = 79  // of the 80 that a number may send and receive; more than it takes comes back as 130429, and slows it down
	HighPerSecond        = 985 // of the 1,000 of a number that Meta has upgraded
	CoexistencePerSecond = 15  // of the 20 for a number that is also on the phone app
	PairInterval         = 6 * time.Second
	PairBurst            = 45

	leastBurst   = 4  // messages that may follow each other at once after a pause
	burstPart    = 20 // and the part of a second's messages for fast numbers
	recoverEvery = 10 * time.Second
	slowOnce     = time.Second
	maxPairs     = 1 << 16
)

// Pacer says when the next message may go: at most so many a second from a number, and at most one in six seconds to the
// same person, of which up to 45 may be borrowed from the future in one go and are then paid back with silence.
// It keeps time only by what it is told, and is safe for concurrent use.
type Pacer struct {
	mu     sync.Mutex
	phones map[string]*phonePace
	pairs  map[pairKey]pairPace
	sweep  int // pairs to reach before idle ones are dropped
}

type pairKey struct{ phone, peer string }

// phonePace is a number's bucket; top is where it recovers to.
type phonePace struct {
	lim     *rate.Limiter
	top     rate.Limit
	changed time.Time
}

// pairPace is the latest burst to one person: its start, its messages, and when they are paid for.
type pairPace struct {
	start, paid time.Time
	n           int
}

// NewPacer makes a pacer that knows no numbers yet; each starts at DefaultPerSecond.
func NewPacer() *Pacer {
	return &Pacer{phones: map[string]*phonePace{}, pairs: map[pairKey]pairPace{}, sweep: 1024}
}

// SetRate sets how many messages a second the number may send, for numbers that are not ordinary.
func (p *Pacer) SetRate(phoneID string, perSecond float64, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ph := p.phone(phoneID)
	ph.top = rate.Limit(max(perSecond, 1))
	ph.lim.SetLimitAt(now, ph.top)
	ph.lim.SetBurstAt(now, burst(ph.top))
}

// Reserve asks for a turn. Zero means: send now, the turn is taken. Anything else takes nothing: ask again that much later.
func (p *Pacer) Reserve(phoneID, recipient string, now time.Time) (wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := pairKey{phoneID, strings.TrimPrefix(recipient, "+")} // +1650… and 1650… are one person
	pair, wait := p.pairs[key].next(now)
	if wait > 0 {
		return wait
	}
	ph := p.phone(phoneID)
	ph.recover(now)
	r := ph.lim.ReserveN(now, 1)
	if d := r.DelayFrom(now); d > 0 {
		r.CancelAt(now)
		return d
	}
	p.pairs[key] = pair
	p.evict(now)
	return 0
}

// Slow halves the number's rate after Meta said 130429, once for all the requests that were under way together; it climbs back by a quarter
// every ten seconds.
func (p *Pacer) Slow(phoneID string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ph := p.phone(phoneID)
	ph.recover(now)
	if ph.lim.Limit() < ph.top && now.Sub(ph.changed) < slowOnce {
		return
	}
	ph.lim.SetLimitAt(now, max(ph.lim.Limit()/2, 1))
	ph.changed = now
}

// Rate is the number's present rate in messages a second.
func (p *Pacer) Rate(phoneID string, now time.Time) float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	ph := p.phone(phoneID)
	ph.recover(now)
	return float64(ph.lim.Limit())
}

func (p *Pacer) phone(id string) *phonePace {
	ph := p.phones[id]
	if ph == nil {
		ph = &phonePace{lim: rate.NewLimiter(DefaultPerSecond, burst(DefaultPerSecond)), top: DefaultPerSecond}
		p.phones[id] = ph
	}
	return ph
}

// burst is how many messages may go at once at a rate.
func burst(perSecond rate.Limit) int { return max(leastBurst, int(perSecond)/burstPart) }

// PerSecond is how many messages a second a number may send, by its level of throughput (Meta: phone number, throughput) and whether it is also used
// with the phone app.
func PerSecond(level string, onPhoneApp bool) float64 {
	switch {
	case onPhoneApp:
		return CoexistencePerSecond
	case level == "HIGH":
		return HighPerSecond
	}
	return DefaultPerSecond
}

// recover raises a slowed rate step by step.
func (ph *phonePace) recover(now time.Time) {
	for ph.lim.Limit() < ph.top && now.Sub(ph.changed) >= recoverEvery {
		ph.changed = ph.changed.Add(recoverEvery)
		ph.lim.SetLimitAt(now, min(ph.lim.Limit()*1.25, ph.top))
	}
}

// next is the state after a message now, or how long to wait. A burst lasts one interval; what it borrowed must be paid
// back in full before the next message.
func (s pairPace) next(now time.Time) (pairPace, time.Duration) {
	switch {
	case !now.Before(s.paid): // nothing owed; also the zero state
		return pairPace{start: now, paid: now.Add(PairInterval), n: 1}, 0
	case now.Before(s.start.Add(PairInterval)) && s.n < PairBurst:
		return pairPace{start: s.start, paid: s.paid.Add(PairInterval), n: s.n + 1}, 0
	}
	return s, s.paid.Sub(now)
}

// evict forgets people who owe nothing. Only so many can be in debt at once, since the number's own rate bounds them; the
// hard cap is for a clock that stands still.
func (p *Pacer) evict(now time.Time) {
	if len(p.pairs) < p.sweep {
		return
	}
	for k, s := range p.pairs {
		if !now.Before(s.paid) {
			delete(p.pairs, k)
		}
	}
	if len(p.pairs) > maxPairs*3/4 {
		for k := range p.pairs {
			if delete(p.pairs, k); len(p.pairs) <= maxPairs/2 {
				break
			}
		}
	}
	p.sweep = min(max(1024, 2*len(p.pairs)), maxPairs)
}

// turn waits until the pacer lets the message go.
func (c *Client) turn(ctx context.Context, p *Pacer, phoneID, peer string) error {
	for {
		d := p.Reserve(phoneID, peer, c.cfg.Now())
		if d <= 0 {
			return ctx.Err()
		}
		if err := c.cfg.Sleep(ctx, d); err != nil {
			return err
		}
	}
}
