package broadcasts

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"shopbell/app"
	"shopbell/app/outbox"
	"shopbell/app/sending"
)

// Store keeps broadcasts. Each method is whole: it happens or it does not.
type Store interface {
	// AddBroadcast inserts a broadcast with the records it goes to, in their order.
	AddBroadcast(ctx context.Context, b app.Broadcast, records []string) (app.Broadcast, error)
	Broadcast(ctx context.Context, id app.ID) (app.Broadcast, error)
	// Broadcasts lists them, newest first, below the id (0: from the top).
	Broadcasts(ctx context.Context, before app.ID, limit int) ([]app.Broadcast, error)
	// DueBroadcasts gives those that run, and scheduled ones whose time has come.
	DueBroadcasts(ctx context.Context) ([]app.Broadcast, error)
	// MoveBroadcast changes the state if it is in one of from, and tells whether it was. Messages that have not gone out follow.
	MoveBroadcast(ctx context.Context, id app.ID, from []app.BroadcastState, to app.BroadcastState, reason *app.Failure) (bool, error)
	// WaitingRows gives the next rows whose message is not made yet.
	WaitingRows(ctx context.Context, id app.ID, limit int) ([]app.BroadcastRow, error)
	// StepBroadcast makes the messages of waiting rows, or skips them, in one transaction, and tells how many it made.
	StepBroadcast(ctx context.Context, id app.ID, steps []app.BroadcastStep) (int, error)
	// BroadcastRows gives rows in their order, after a seq (-1: from the first).
	BroadcastRows(ctx context.Context, id app.ID, after, limit int) ([]app.BroadcastRow, error)
	// FailedOfBroadcast gives failed messages that were not sent again, newest first, below the id (0: from the top).
	FailedOfBroadcast(ctx context.Context, id, before app.ID, limit int) ([]app.Send, error)
	// ReachedToday tells how many people the account has sent templates to in the last 24 hours.
	ReachedToday(ctx context.Context, account app.ID) (int, error)
	// SkippedRows gives rows that will not go, after a seq (-1: from the first).
	SkippedRows(ctx context.Context, id app.ID, after, limit int) ([]app.BroadcastRow, error)
	// FindSends gives the rows of the outbox that a filter lets through, newest first, below the id (0: from the top).
	FindSends(ctx context.Context, f app.SendFilter, before app.ID, limit int) ([]app.Send, error)
	// BroadcastPace gives the newest points, the oldest of them first.
	BroadcastPace(ctx context.Context, id app.ID, limit int) ([]app.PacePoint, error)
	// SlowDowns gives when Meta asked the account's number to send less, the newest first.
	SlowDowns(ctx context.Context, account app.ID, from, until time.Time, limit int) ([]app.SlowDown, error)
	Template(ctx context.Context, id app.ID) (app.Template, error)
	// Resend makes a new row of the outbox for a failed one.
	Resend(ctx context.Context, id app.ID) (app.Send, error)
	// ResendAt is Resend for later.
	ResendAt(ctx context.Context, id app.ID, due time.Time) (app.Send, error)
	Account(ctx context.Context, id app.ID) (app.Account, error)
}

// Config is what the service needs of the world.
type Config struct {
	Store   Store
	Sending *sending.Service
	Feed    app.Feed
	Now     func() time.Time
	Log     *slog.Logger
}

// Service makes broadcasts and works them off. Reading goes straight to the Store.
type Service struct {
	Store
	c Config

	mu    sync.Mutex
	limit map[app.ID]bool // broadcasts that wait for Meta's messaging limit, as of the last step
}

// New makes the service; Run starts it.
func New(c Config) *Service { return &Service{Store: c.Store, c: c, limit: map[app.ID]bool{}} }

// Draft is a broadcast to be made.
type Draft struct {
	Name    string
	Job     sending.Job
	Records []string  // ids of the job's record type, in the order in which they go; the same id twice counts once
	Due     time.Time // zero: at once
}

// Create makes a broadcast. Nothing of it goes before Run takes it up.
func (s *Service) Create(ctx context.Context, d Draft) (app.Broadcast, error) {
	checker, err := s.c.Sending.Checker(ctx, d.Job)
	if err != nil {
		return app.Broadcast{}, err
	}
	if p := checker.Stopped(); p != nil {
		return app.Broadcast{}, p.Error()
	}
	seen := map[string]bool{}
	records := slices.DeleteFunc(slices.Clone(d.Records), func(id string) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	})
	if len(records) == 0 {
		return app.Broadcast{}, &app.Error{Code: app.CodeInvalid, Message: "There is nobody to send to.", Mend: "Choose records, or a wider filter."}
	}
	job, err := pack(d.Job, checker.Currency())
	if err != nil {
		return app.Broadcast{}, err
	}
	t := checker.Template()
	if d.Name == "" {
		d.Name = t.Name
	}
	return s.AddBroadcast(ctx, app.Broadcast{
		AccountID: t.AccountID, TemplateID: t.ID, Name: d.Name, Job: job, State: app.BroadcastScheduled, StaffID: d.Job.Sender.ID, Due: d.Due,
	}, records)
}

// Pause holds a broadcast. What is under way still goes out: at most as many messages as the outbox sends at once.
func (s *Service) Pause(ctx context.Context, id app.ID) error {
	return s.move(ctx, id, []app.BroadcastState{app.BroadcastScheduled, app.BroadcastRunning}, app.BroadcastPaused)
}

// Resume lets a broadcast go on that was paused or stopped by itself.
func (s *Service) Resume(ctx context.Context, id app.ID) error {
	return s.move(ctx, id, []app.BroadcastState{app.BroadcastPaused, app.BroadcastStopped}, app.BroadcastRunning)
}

// Begin lets a broadcast go now that waits for its time.
func (s *Service) Begin(ctx context.Context, id app.ID) error {
	return s.move(ctx, id, []app.BroadcastState{app.BroadcastScheduled}, app.BroadcastRunning)
}

// Cancel ends a broadcast for good. What has gone out stays.
func (s *Service) Cancel(ctx context.Context, id app.ID) error {
	return s.move(ctx, id, []app.BroadcastState{app.BroadcastScheduled, app.BroadcastRunning, app.BroadcastPaused, app.BroadcastStopped}, app.BroadcastCancelled)
}

func (s *Service) move(ctx context.Context, id app.ID, from []app.BroadcastState, to app.BroadcastState) error {
	moved, err := s.MoveBroadcast(ctx, id, from, to, nil)
	if err != nil || moved {
		return err
	}
	b, err := s.Broadcast(ctx, id)
	if err != nil || b.State == to {
		return err
	}
	return &app.Error{Code: app.CodeConflict, Message: "This broadcast is " + string(b.State) + " by now.", Mend: "Look at it again."}
}

// Retry sends failed messages again, those with one of the codes (none: all), as far as that may be done. It tells how many.
func (s *Service) Retry(ctx context.Context, id app.ID, codes ...int) (int, error) {
	n := 0
	for before := app.ID(0); ; {
		list, err := s.FailedOfBroadcast(ctx, id, before, 500)
		if err != nil {
			return n, err
		}
		for _, row := range list {
			before = row.ID
			if row.Failure != nil && len(codes) > 0 && !slices.Contains(codes, row.Failure.Code) || row.Settled || !outbox.Retryable(row.Failure, row.UpdatedAt, s.c.Now()) {
				continue
			}
			if _, err := s.Resend(ctx, row.ID); err != nil {
				if app.ErrorCode(err) == app.CodeConflict {
					continue // somebody was faster
				}
				return n, err
			}
			n++
		}
		if len(list) < 500 {
			break
		}
	}
	if n == 0 {
		return 0, nil
	}
	_, err := s.MoveBroadcast(ctx, id, []app.BroadcastState{app.BroadcastDone, app.BroadcastStopped}, app.BroadcastRunning, nil)
	return n, err
}

// RetryOne sends one message of a broadcast again, at due (zero: now), because a person decided so. A broadcast that was done goes on for it.
func (s *Service) RetryOne(ctx context.Context, row app.Send, due time.Time) error {
	if _, err := s.ResendAt(ctx, row.ID, due); err != nil {
		return err
	}
	_, err := s.MoveBroadcast(ctx, row.BroadcastID, []app.BroadcastState{app.BroadcastDone}, app.BroadcastRunning, nil)
	return err
}

// Each gives every row of a broadcast in its order, for a report.
func (s *Service) Each(ctx context.Context, id app.ID, fn func(app.BroadcastRow) error) error {
	for after := -1; ; {
		rows, err := s.BroadcastRows(ctx, id, after, 500)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			if err := fn(r); err != nil {
				return err
			}
			after = r.Seq
		}
	}
}

// Limited tells whether a broadcast waits because the number has reached as many people today as Meta allows.
func (s *Service) Limited(id app.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.limit[id]
}
