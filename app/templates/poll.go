package templates

import (
	"context"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v4"

	"shopbell/app"
)

const (
	pollBatch = 16
	pollIdle  = time.Minute // how often to look for templates that another process made due
	pollSorry = 5 * time.Minute
)

// pollMost is the longest pause between two questions about a template of a status; statuses that do not change by themselves have none.
var pollMost = map[app.TemplateStatus]time.Duration{
	app.TemplatePending: 30 * time.Minute, app.TemplateInAppeal: 2 * time.Hour, app.TemplatePaused: 30 * time.Minute,
	app.TemplatePendingDeletion: 12 * time.Hour, app.TemplateFlagged: 6 * time.Hour, app.TemplateLocked: 6 * time.Hour,
}

// schedule decides when Meta is asked about a template next: soon after it was submitted, then ever more seldom.
func schedule(t *app.Template, now time.Time) {
	most, waits := pollMost[t.MetaStatus]
	if !waits || t.MetaID == "" || t.Gone {
		t.PollAt = time.Time{}
		return
	}
	t.PollAt = now.Add(min(30*time.Second<<min(t.Polls, 20), most))
}

// Run asks Meta about templates whose status may change, and settles submissions in doubt, until ctx ends. A lost webhook therefore leaves nothing
// pending for ever. One program on a database should run it; two do no harm.
func (s *Service) Run(ctx context.Context) error {
	pause := backoff.NewExponentialBackOff(backoff.WithInitialInterval(time.Second), backoff.WithMaxInterval(time.Minute), backoff.WithMaxElapsedTime(0))
	for ctx.Err() == nil {
		wait := pollIdle
		n, err := s.Poll(ctx)
		switch {
		case err != nil:
			wait = pause.NextBackOff()
			if ctx.Err() != nil {
				break
			}
			s.c.Log.Error("templates could not be followed", "err", err, "again_in", wait)
		default:
			pause.Reset()
			if n == pollBatch {
				continue
			}
			if at, ok, err := s.c.Store.NextPoll(ctx); err == nil && ok {
				wait = min(max(at.Sub(s.c.Now()), 100*time.Millisecond), pollIdle)
			}
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-s.wake:
		}
		timer.Stop()
	}
	return nil
}

// Poll asks about the templates that are due, at most a batch, and tells how many those were. An error is of the store; what Meta or the network
// did not answer is asked again later.
func (s *Service) Poll(ctx context.Context) (int, error) {
	now := s.c.Now()
	due, err := s.c.Store.DueTemplates(ctx, now, now.Add(-staleAfter), pollBatch)
	if err != nil {
		return 0, err
	}
	for _, id := range due {
		if err := s.pollOne(ctx, id); err != nil || ctx.Err() != nil {
			return 0, err
		}
	}
	return len(due), nil
}

func (s *Service) pollOne(ctx context.Context, id app.ID) error {
	t, err := s.c.Store.ChangeTemplate(ctx, id, func(t *app.Template) (app.TemplateTrace, error) {
		t.Polls++
		t.PollAt = s.c.Now().Add(pollSorry) // should anything go wrong, and so that no other program asks too
		return app.TemplateTrace{}, nil
	})
	if app.ErrorCode(err) == app.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if t.Submission != nil && t.Submission.State != app.SubmitCut {
		_, err = s.settle(ctx, t)
	} else if t.MetaID == "" {
		_, err = s.c.Store.ChangeTemplate(ctx, id, func(t *app.Template) (app.TemplateTrace, error) {
			schedule(t, s.c.Now())
			return app.TemplateTrace{}, nil
		})
	} else {
		var client Remote
		if _, client, err = s.reach(ctx, t.AccountID); err == nil {
			_, err = s.ask(ctx, client, t)
		}
	}
	if app.ErrorCode(err) == app.CodeDatabase {
		return err
	}
	if err != nil && ctx.Err() == nil {
		s.c.Log.Warn("a template could not be followed; it is asked for again", "template", id, "err", fmt.Sprint(err))
	}
	return nil
}
