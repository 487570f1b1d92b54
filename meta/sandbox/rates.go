package sandbox

import "time"

// bucket is a number's throughput.
type bucket struct {
	left float64
	at   time.Time
}

// pairState is what a number still owes to the silence after messages to one customer.
type pairState struct {
	burstFrom time.Time
	inBurst   int
	free      time.Time // when everything borrowed is repaid
	silent    bool      // a burst was borrowed that must be repaid first
}

// throttle holds throughput (130429) and the pair rate (131056). Only messages that pass are counted. Callers hold Server.mu.
func (s *Server) throttle(p *phone, to string, now time.Time) *graphErr {
	lim := s.cfg.Limits
	if lim.PerSecond >= 0 {
		b := &p.bucket
		most := float64(lim.PerSecond)
		switch gone := now.Sub(b.at); {
		case b.at.IsZero():
			b.left = most
		case gone > 0:
			b.left = min(most, b.left+most*gone.Seconds())
		}
		b.at = now
		if b.left < 1 {
			return fail(130429, "")
		}
	}
	if lim.PairEvery > 0 && lim.PairBurst >= 0 {
		if !s.pairAllows(p.id+"/"+to, now) {
			return fail(131056, "")
		}
	}
	p.bucket.left--
	return nil
}

// pairAllows is the pair rate: PairBurst messages may come within one PairEvery, borrowed from the future; whoever borrows PairSlack
// or more is silent until all is repaid, whoever borrows less may go on borrowing up to that.
func (s *Server) pairAllows(key string, now time.Time) bool {
	lim := s.cfg.Limits
	ps := s.w.pairs[key]
	if ps == nil {
		ps = &pairState{}
		s.w.pairs[key] = ps
	}
	if !now.Before(ps.free) {
		*ps = pairState{burstFrom: now, free: now}
	}
	slack := time.Duration(max(lim.PairSlack, 1)) * lim.PairEvery
	switch {
	case now.Sub(ps.burstFrom) < lim.PairEvery:
		if ps.inBurst >= lim.PairBurst {
			return false
		}
		ps.inBurst++
	case ps.silent || ps.free.Add(lim.PairEvery).Sub(now) > slack:
		return false
	}
	ps.free = ps.free.Add(lim.PairEvery)
	if now.Sub(ps.burstFrom) < lim.PairEvery && ps.inBurst >= max(lim.PairSlack, 1) {
		ps.silent = true
	}
	return true
}
