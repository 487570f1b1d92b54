package outbox

import (
	"context"
	"time"

	"shopbell/app"
	"shopbell/meta"
)

// paceFor is how long an account's throughput is taken as read.
const paceFor = 10 * time.Second

// throughput is what a number may send, as of the last look.
type throughput struct {
	perSecond float64
	looked    time.Time
}

// setPace tells the pacer how much the row's number may send, when that is new. What can't be read stays as it was.
func (s *Service) setPace(ctx context.Context, row app.Send) {
	if s.c.PerSecond == nil {
		return
	}
	now := s.c.Now()
	s.paceMu.Lock()
	defer s.paceMu.Unlock()
	was, known := s.pace[row.AccountID]
	if known && now.Sub(was.looked) < paceFor {
		return
	}
	per, err := s.c.PerSecond(ctx, row.AccountID)
	if err != nil {
		per = was.perSecond
	}
	if per > 0 && per != was.perSecond {
		s.c.Pacer.SetRate(row.PhoneNumberID, per, now)
	}
	s.pace[row.AccountID] = throughput{per, now}
}

// width is how many requests may be under way at once, so that the numbers in use are filled even where an answer takes a quarter of a second.
func (s *Service) width() int {
	s.paceMu.Lock()
	defer s.paceMu.Unlock()
	most := 0.0
	for _, p := range s.pace {
		most += p.perSecond
	}
	return max(workers, min(workersMost, int(most/4)))
}

// slowing tells whether an answer of Meta's asks the number to send less (Meta: error codes).
func slowing(code int) bool { return code == meta.CodeThroughput || code == meta.CodeWABAQuota }

// slowDown halves the number's pace for a while, and remembers when that was.
func (s *Service) slowDown(ctx context.Context, row app.Send, code int) {
	s.c.Pacer.Slow(row.PhoneNumberID, s.c.Now())
	if err := s.SlowedDown(context.WithoutCancel(ctx), row.AccountID, code); err != nil {
		s.c.Log.Warn("a slow-down could not be noted", "err", err)
	}
}
