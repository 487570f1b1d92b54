package meta

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// take waits, on paper, until the pacer gives the turn.
func take(t *rapid.T, p *Pacer, phone, peer string, now time.Time) time.Time {
	for range 1000 {
		d := p.Reserve(phone, peer, now)
		if d < 0 {
			t.Fatalf("a wait of %v", d)
		}
		if d == 0 {
			return now
		}
		now = now.Add(d)
	}
	t.Fatal("the turn never comes")
	return now
}

// Whatever comes when, Meta's two limits hold: so many a second from a number, and to one person 45 within six seconds at
// the most, with everything borrowed paid back before the next.
func TestLimitsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := NewPacer()
		now := time.Unix(1_790_000_000, 0)
		var sent []time.Time
		toPeer := map[string][]time.Time{}
		for range rapid.IntRange(1, 400).Draw(t, "messages") {
			now = now.Add(time.Duration(rapid.OneOf(rapid.Just(0), rapid.IntRange(0, 3000)).Draw(t, "gap ms")) * time.Millisecond)
			peer := fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "peer"))
			now = take(t, p, "1", peer, now)
			sent = append(sent, now)
			toPeer[peer] = append(toPeer[peer], now)
		}
		for i := range sent {
			n := 0
			for j := i; j < len(sent) && sent[j].Sub(sent[i]) < time.Second; j++ {
				n++
			}
			if n > 80 {
				t.Fatalf("%d messages within a second", n)
			}
		}
		for peer, at := range toPeer {
			start, n := at[0], 0
			for _, s := range at {
				if s.Sub(start) >= PairInterval { // a new burst: the one before must be paid
					if paid := start.Add(time.Duration(n) * PairInterval); s.Before(paid) {
						t.Fatalf("to %s: %d messages from %v, the next at %v, before %v", peer, n, start, s, paid)
					}
					start, n = s, 0
				}
				if n++; n > PairBurst {
					t.Fatalf("to %s: %d messages in one burst", peer, n)
				}
			}
		}
	})
}

// A refusal takes nothing: asking again and again does not push the turn away.
func TestAskingIsFree(t *testing.T) {
	p, now := NewPacer(), time.Unix(1_790_000_000, 0)
	for range PairBurst {
		for p.Reserve("1", "a", now) > 0 {
			now = now.Add(time.Millisecond)
		}
	}
	want := p.Reserve("1", "a", now)
	if want <= 4*time.Minute || want > PairBurst*PairInterval {
		t.Fatalf("after 45 the silence is %v", want)
	}
	for range 1000 {
		if got := p.Reserve("1", "a", now); got != want {
			t.Fatalf("the wait moved from %v to %v", want, got)
		}
	}
	if got := p.Reserve("1", "+a", now); got != want {
		t.Errorf("the same number with a plus waits %v", got)
	}
	if d := p.Reserve("1", "b", now.Add(time.Second)); d != 0 {
		t.Errorf("somebody else waits %v", d)
	}
	if d := p.Reserve("1", "a", now.Add(want)); d != 0 {
		t.Errorf("after the silence still %v", d)
	}
}

func TestSlowAndRecover(t *testing.T) {
	p, now := NewPacer(), time.Unix(1_790_000_000, 0)
	rate := func() float64 { return p.Rate("1", now) }
	if rate() != DefaultPerSecond {
		t.Fatal(rate())
	}
	p.Slow("1", now)
	p.Slow("1", now) // of a request that was under way together with the first
	if rate() != DefaultPerSecond/2. {
		t.Errorf("slowed once: %v", rate())
	}
	now = now.Add(slowOnce)
	p.Slow("1", now)
	if rate() != DefaultPerSecond/4. {
		t.Errorf("slowed twice: %v", rate())
	}
	for range 8 {
		now = now.Add(slowOnce)
		p.Slow("1", now)
	}
	if rate() != 1 {
		t.Errorf("slowed for long: %v", rate())
	}
	before := rate()
	for range 30 {
		now = now.Add(recoverEvery)
		if rate() < before {
			t.Fatalf("fell to %v", rate())
		}
		before = rate()
	}
	if before != DefaultPerSecond || p.Rate("2", now) != DefaultPerSecond {
		t.Errorf("recovered to %v", before)
	}
	p.SetRate("1", CoexistencePerSecond, now)
	p.Slow("1", now)
	now = now.Add(time.Hour)
	if rate() != CoexistencePerSecond {
		t.Errorf("a slow number recovers to %v", rate())
	}
}

func TestMemoryIsBounded(t *testing.T) {
	p, now := NewPacer(), time.Unix(1_790_000_000, 0)
	p.SetRate("1", 1e9, now)
	most := 0
	for i := range 200_000 {
		now = now.Add(12 * time.Millisecond)
		if d := p.Reserve("1", fmt.Sprint(i), now); d > 0 {
			t.Fatalf("a new person waits %v", d)
		}
		most = max(most, len(p.pairs))
	}
	if most > 1100 {
		t.Errorf("%d people remembered, of whom 500 owe", most)
	}
	for i := range maxPairs + 5000 { // the clock stands still
		p.phone("1").lim.SetBurst(1 << 20)
		p.Reserve("1", fmt.Sprint("x", i), now)
	}
	if len(p.pairs) > maxPairs {
		t.Errorf("%d people remembered", len(p.pairs))
	}
}
