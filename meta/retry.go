package meta

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/cenkalti/backoff/v4"
)

// How long a management call may go on trying by itself; somebody is usually waiting for it.
const (
	retryFirst = 500 * time.Millisecond
	retryMost  = 10 * time.Second
	retryFor   = 45 * time.Second
)

// retry makes a call that is not a send, again where that is safe: always when it was refused for the moment, and when
// its outcome is unknown only if doing it twice is the same as once. Retry-After wins over the schedule; a wait that goes
// beyond the time allowed returns the error at once, and so does the end of ctx.
func (c *Client) retry(ctx context.Context, q call, out any) error {
	b := backoff.NewExponentialBackOff(
		backoff.WithInitialInterval(retryFirst), backoff.WithMaxInterval(retryMost), backoff.WithMultiplier(2),
		backoff.WithRandomizationFactor(0), // the jitter is ours, so that it can be given
		backoff.WithMaxElapsedTime(retryFor), backoff.WithClockProvider(clock(c.cfg.Now)),
	)
	for attempt := 1; ; attempt++ {
		err := c.do(ctx, q, out)
		if err == nil || ctx.Err() != nil || !q.worthRetry(err) {
			return err
		}
		d := b.NextBackOff()
		if d == backoff.Stop {
			return err
		}
		d = jitter(max(d, Backoff(err, attempt, nil)), c.cfg.Rand)
		var e *Error
		if errors.As(err, &e) && e.RetryAfter > 0 {
			d = e.RetryAfter
		}
		if b.GetElapsedTime()+d > retryFor {
			return err
		}
		if c.cfg.Sleep(ctx, d) != nil {
			return err
		}
	}
}

func (q *call) worthRetry(err error) bool {
	if q.form != nil {
		return false // the body has been read
	}
	switch Classify(err) {
	case ClassRetry:
		return true
	case ClassAmbiguous:
		return q.again
	}
	var e *Error
	return q.again && errors.As(err, &e) && e.Transient
}

// Backoff is how long to wait before the next attempt after a failure of ClassRetry; attempt counts the failures so far,
// from 1. Retry-After wins; else the schedule is Meta's where it gives one (4^x seconds for the pair rate, a minute for a
// number being upgraded, up to an hour for a WABA's quota). rnd in [0,1) adds up to a quarter; nil adds nothing.
func Backoff(err error, attempt int, rnd func() float64) time.Duration {
	var e *Error
	if errors.As(err, &e) {
		if e.RetryAfter > 0 {
			return e.RetryAfter
		}
		if s, ok := schedules[e.Code]; ok {
			return jitter(s.at(attempt), rnd)
		}
	}
	return jitter(schedule{time.Second, 2, 5 * time.Minute}.at(attempt), rnd)
}

// schedule is first · factor^(attempt-1), at most most.
type schedule struct {
	first  time.Duration
	factor float64
	most   time.Duration
}

func (s schedule) at(attempt int) time.Duration {
	d := float64(s.first) * math.Pow(s.factor, float64(max(attempt, 1)-1))
	if d > float64(s.most) {
		return s.most
	}
	return time.Duration(d)
}

var schedules = map[int]schedule{
	CodeThroughput: {time.Second, 2, time.Minute},
	CodePairRate:   {time.Second, 4, time.Hour},
	CodeUpgrading:  {time.Minute, 1, time.Minute},
	CodeWABAQuota:  {5 * time.Minute, 2, time.Hour},
	4:              {time.Minute, 2, time.Hour},
	17:             {time.Minute, 2, time.Hour},
	32:             {time.Minute, 2, time.Hour},
	341:            {time.Minute, 2, time.Hour},
	613:            {time.Minute, 2, time.Hour},
	131208:         {30 * time.Second, 2, time.Hour},
	132069:         {6 * time.Minute, 2, time.Hour},
	133000:         {5 * time.Second, 2, 5 * time.Minute},
	133004:         {5 * time.Second, 2, 5 * time.Minute},
	134101:         {time.Minute, 1.5, 10 * time.Minute},
}

func jitter(d time.Duration, rnd func() float64) time.Duration {
	if rnd == nil {
		return d
	}
	return d + time.Duration(rnd()*float64(d)/4)
}

type clock func() time.Time

func (c clock) Now() time.Time { return c() }
