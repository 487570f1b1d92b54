package sandbox

import (
	"slices"
	"time"
)

// planned is something that happens to a template at a moment of the server's clock.
type planned struct {
	at    time.Time
	t     *template
	round int
	do    func()
}

// plan keeps do for later; it is forgotten when the template changes state before. It happens when the server's clock has reached
// the moment and somebody looks: a caller of the API, or the agenda. Callers hold Server.mu.
func (s *Server) plan(at time.Time, t *template, do func()) {
	w := s.w
	w.plans = append(w.plans, planned{at, t, t.round, do})
	s.agenda.after(max(at.Sub(s.now()), 0), func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.w == w {
			s.settle()
		}
	})
}

// settle does what is due, the earliest first. Callers hold Server.mu.
func (s *Server) settle() {
	for len(s.w.plans) > 0 {
		now := s.now()
		first := -1
		for i, p := range s.w.plans {
			if !p.at.After(now) && (first < 0 || p.at.Before(s.w.plans[first].at)) {
				first = i
			}
		}
		if first < 0 {
			return
		}
		p := s.w.plans[first]
		s.w.plans = slices.Delete(s.w.plans, first, first+1)
		if p.round == p.t.round && s.w.template(p.t.id) == p.t {
			p.do()
		}
	}
}
