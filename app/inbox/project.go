package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cenkalti/backoff/v4"

	"shopbell/app"
	"shopbell/meta/webhook"
)

const (
	projectBatch = 64              // webhooks applied in one transaction
	journalPoll  = 2 * time.Second // how often to look for webhooks that another process took in
)

// Run applies webhooks from the journal and fetches media until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	fetched := make(chan struct{})
	go func() {
		defer close(fetched)
		defer s.recovered("media")
		s.fetchMedia(ctx)
	}()
	defer func() { <-fetched }()

	pause := backoff.NewExponentialBackOff(backoff.WithInitialInterval(200*time.Millisecond), backoff.WithMaxInterval(30*time.Second), backoff.WithMaxElapsedTime(0))
	for {
		n, err := s.Project(ctx)
		wait := journalPoll
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			wait = pause.NextBackOff()
			s.c.Log.Error("webhooks could not be applied; they wait in the journal", "err", err, "again_in", wait)
		case n > 0:
			pause.Reset()
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-s.arrivals(err):
		}
		timer.Stop()
	}
}

// arrivals wakes Run when webhooks come in, but not while the store is in trouble: then the pause counts.
func (s *Service) arrivals(trouble error) <-chan struct{} {
	if trouble != nil {
		return nil
	}
	return s.c.Journal.Arrivals()
}

// Project applies the oldest pending webhooks, at most a batch, and tells how many it settled. An error means that the store could not be used:
// everything stays pending.
func (s *Service) Project(ctx context.Context) (int, error) {
	entries, err := s.c.Journal.Pending(ctx, projectBatch)
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	marks, err := s.apply(ctx, entries)
	if err != nil && !transient(ctx, err) && len(entries) > 1 {
		// One of them spoils the batch: each for itself.
		marks, err = nil, nil
		for i := range entries {
			var one []app.JournalMark
			if one, err = s.apply(ctx, entries[i:i+1]); err != nil {
				if transient(ctx, err) {
					break
				}
				one, err = []app.JournalMark{{ID: entries[i].ID, State: app.JournalFailed, Error: err.Error()}}, nil
			}
			marks = append(marks, one...)
		}
	} else if err != nil && !transient(ctx, err) {
		marks, err = []app.JournalMark{{ID: entries[0].ID, State: app.JournalFailed, Error: err.Error()}}, nil
	}
	if len(marks) > 0 {
		if errMark := s.c.Journal.Mark(ctx, marks); errMark != nil {
			return 0, errors.Join(err, errMark)
		}
	}
	return len(marks), err
}

// apply applies entries in one transaction and says what became of each.
func (s *Service) apply(ctx context.Context, entries []app.JournalEntry) ([]app.JournalMark, error) {
	var all []app.Fact
	type span struct{ from, to int }
	spans := make([]span, len(entries))
	words, err := s.wishesNow(ctx)
	if err != nil {
		return nil, err
	}
	marks := make([]app.JournalMark, len(entries))
	for i, e := range entries {
		marks[i] = app.JournalMark{ID: e.ID, State: app.JournalApplied}
		spans[i].from = len(all)
		fs, problem := s.read(e, words)
		if problem != "" {
			marks[i].State, marks[i].Error = app.JournalFailed, problem
		} else if len(fs) == 0 {
			marks[i].State, marks[i].Error = app.JournalIgnored, "nothing in it that the desk uses"
		}
		all = append(all, fs...)
		spans[i].to = len(all)
	}
	if len(all) == 0 {
		return marks, nil
	}
	results, err := s.ApplyFacts(ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range entries {
		for _, errFact := range results[spans[i].from:spans[i].to] {
			switch {
			case errFact == nil:
			case errors.Is(errFact, app.ErrNotFound):
				if marks[i].State == app.JournalApplied {
					marks[i].State, marks[i].Error = app.JournalIgnored, errFact.Error()
					if slices.ContainsFunc(results[spans[i].from:spans[i].to], func(err error) bool { return err == nil }) {
						marks[i].Error += " The rest of it was applied."
					}
				}
			default:
				marks[i].State, marks[i].Error = app.JournalFailed, errFact.Error()
			}
		}
	}
	return marks, nil
}

// read decodes an entry into facts. A problem says what could not be understood; what could be is given all the same.
func (s *Service) read(e app.JournalEntry, words wishes) (fs []app.Fact, problem string) {
	defer func() {
		if r := recover(); r != nil {
			s.c.Log.Error("a webhook made the decoder panic", "journal", e.ID, "panic", fmt.Sprint(r))
			problem = fmt.Sprintf("the decoder failed: %v", r)
		}
	}()
	p, err := webhook.Decode(e.Body)
	if err != nil {
		problem = err.Error()
	}
	for _, ev := range p.Events {
		if ev.Problem != "" {
			problem = ev.Problem
		}
		fs = append(fs, facts(ev, e.ReceivedAt, words)...)
	}
	return fs, problem
}

// transient tells whether an error is of the moment (the store is busy, full or away) and not of the webhook.
func transient(ctx context.Context, err error) bool {
	code := app.ErrorCode(err)
	return ctx.Err() != nil || code == app.CodeUnavailable || code == app.CodeDatabase
}

func (s *Service) recovered(what string) {
	if r := recover(); r != nil {
		s.c.Log.Error("a part of the inbox stopped", "part", what, "panic", fmt.Sprint(r))
	}
}
