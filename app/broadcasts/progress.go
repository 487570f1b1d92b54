package broadcasts

import (
	"context"
	"encoding/json"
	"time"

	"shopbell/app"
	"shopbell/app/outbox"
)

// Progress is how a broadcast stands, as a person wants to see it.
type Progress struct {
	app.Broadcast
	Template   string // the shop's own name of it
	RecordType string
	Sender     string // who began it
	Done       int    // messages and rows that are beyond the outbox
	PerMinute  int    // how fast it goes now; 0 when it does not
	Left       time.Duration
	Until      time.Time // all is out but messages that were put off; the first of them goes then
	Limited    bool      // it waits because the number has reached as many people today as Meta allows
	Pace       []app.PacePoint
	Slow       []app.SlowDown
	Estimate   int64  // what all of it costs if everything is delivered, in millionths of the currency
	Currency   string // of Estimate and Came; "" when it is not known
	CanRetry   int    // failed messages that may be sent again; at most RetryCountMost
}

// Bounds of what Progress reads.
const (
	PaceMost       = 720 // points: two hours without a pause
	RetryCountMost = 500
	slowMost       = 200
)

// speedOver is the time over which the present speed is measured.
const speedOver = time.Minute

// Progress reads how a broadcast stands. It costs the same for ten rows and for a million.
func (s *Service) Progress(ctx context.Context, id app.ID) (Progress, error) {
	b, err := s.Broadcast(ctx, id)
	if err != nil {
		return Progress{}, err
	}
	p := Progress{Broadcast: b, Done: b.Counts.Handled(), Limited: s.Limited(id)}
	var k kept
	if json.Unmarshal([]byte(b.Job), &k) == nil { // one that can't be read stops itself and says so
		p.RecordType, p.Sender, p.Currency = k.RecordType, k.SenderName, k.Currency
	}
	t, err := s.Template(ctx, b.TemplateID)
	switch {
	case err == nil:
		p.Template = t.Name
	case app.ErrorCode(err) != app.CodeNotFound:
		return p, err
	}
	if p.Pace, err = s.BroadcastPace(ctx, id, PaceMost); err != nil {
		return p, err
	}
	now := s.c.Now()
	if len(p.Pace) > 0 {
		until := now
		if !b.EndedAt.IsZero() {
			until = b.EndedAt
		}
		if p.Slow, err = s.SlowDowns(ctx, b.AccountID, p.Pace[0].At, until, slowMost); err != nil {
			return p, err
		}
	}
	if p.Until, err = s.Waits(ctx, b); err != nil {
		return p, err
	}
	p.speed(now)
	p.estimate()
	p.CanRetry, err = s.canRetry(ctx, b, now)
	return p, err
}

// speed measures how fast it goes, from the ten seconds that are full and the ones that have begun.
func (p *Progress) speed(now time.Time) {
	if p.State != app.BroadcastRunning || !p.Until.IsZero() || len(p.Pace) == 0 {
		return
	}
	from := now.Add(-speedOver).Truncate(10 * time.Second)
	if first := p.Pace[0].At; len(p.Pace) < PaceMost && first.After(from) {
		from = first
	}
	n := 0
	for _, point := range p.Pace {
		if !point.At.Before(from) {
			n += point.Messages
		}
	}
	over := max(now.Sub(from), time.Second)
	p.PerMinute = int(float64(n)*float64(time.Minute)/float64(over) + 0.5)
	left := p.Counts[app.RowWaiting] + p.Counts.Under()
	if n > 0 && left > 0 && !p.Limited {
		p.Left = time.Duration(float64(left) * float64(over) / float64(n))
	}
}

// estimate carries what the messages so far cost on to those that are still to be made.
func (p *Progress) estimate() {
	p.Estimate = p.Came.Planned
	waiting := int64(p.Counts[app.RowWaiting])
	made := int64(p.Total-p.Counts[app.RowSkipped]-p.Counts[app.RowCancelled]) - waiting
	if made > 0 {
		p.Estimate += p.Came.Planned * waiting / made
	}
}

func (s *Service) canRetry(ctx context.Context, b app.Broadcast, now time.Time) (int, error) {
	if b.Counts[string(app.StatusFailed)] == 0 {
		return 0, nil
	}
	n := 0
	list, err := s.FailedOfBroadcast(ctx, b.ID, 0, RetryCountMost)
	for _, row := range list {
		if !row.Settled && outbox.Retryable(row.Failure, row.UpdatedAt, now) {
			n++
		}
	}
	return n, err
}

// Find lists broadcasts whose name has the words, newest first, below the id (0: from the top). Without words it lists all.
func (s *Service) Find(ctx context.Context, query string, before app.ID, limit int) ([]app.Broadcast, error) {
	words := app.FoldWords(query)
	if len(words) == 0 {
		return s.Broadcasts(ctx, before, limit)
	}
	var out []app.Broadcast
	for {
		list, err := s.Broadcasts(ctx, before, findPage)
		if err != nil {
			return nil, err
		}
		for _, b := range list {
			if before = b.ID; app.HasWords(b.Name, words) {
				if out = append(out, b); len(out) == limit {
					return out, nil
				}
			}
		}
		if len(list) < findPage {
			return out, nil
		}
	}
}

const findPage = 200
