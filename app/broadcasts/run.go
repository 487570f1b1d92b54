package broadcasts

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/app/sending"
	"shopbell/meta"
)

const (
	ahead    = 3 // seconds of a number's throughput: so many messages of one broadcast are in the outbox at most
	stepPart = 2 // half a second's rows are taken in one transaction
	tick     = 200 * time.Millisecond
	idle     = 5 * time.Second // how often to look for what another desk made, or whose time has come
)

// Run works broadcasts off until ctx ends. It keeps nothing in memory that a restart would lose.
func (s *Service) Run(ctx context.Context) error {
	wake, unsubscribe := s.c.Feed.Subscribe(app.TopicBroadcasts)
	defer unsubscribe()
	for ctx.Err() == nil {
		wait, wakeable := s.round(ctx)
		news := wake
		if !wakeable { // its own counters would wake it at every message
			news = nil
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case _, ok := <-news:
			if !ok {
				wake = nil
			}
		}
		timer.Stop()
	}
	return nil
}

// round takes every broadcast one step on. It gives the time until the next round, and whether news may shorten it.
func (s *Service) round(ctx context.Context) (time.Duration, bool) {
	list, err := s.DueBroadcasts(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.c.Log.Error("broadcasts could not be read; nothing is lost", "err", err)
		}
		return idle, false
	}
	for _, b := range list {
		if err := s.step(ctx, b); err != nil && ctx.Err() == nil {
			s.c.Log.Error("a broadcast could not go on; it is tried again", "broadcast", b.ID, "err", err)
		}
	}
	if len(list) == 0 {
		return idle, true
	}
	return tick, false
}

// step takes one broadcast on: it stops it when it must, makes messages while there is room in the outbox, and ends it when all is done.
func (s *Service) step(ctx context.Context, b app.Broadcast) error {
	if b.State == app.BroadcastScheduled {
		if _, err := s.MoveBroadcast(ctx, b.ID, []app.BroadcastState{app.BroadcastScheduled}, app.BroadcastRunning, nil); err != nil {
			return err
		}
		b.State, b.UpdatedAt = app.BroadcastRunning, s.c.Now()
	}
	job, err := unpack(b)
	if err != nil {
		return s.stop(ctx, b, app.Failure{Title: "The broadcast can't be read.", Details: "Make a new one."})
	}
	checker, err := s.c.Sending.Checker(ctx, job)
	if err != nil {
		if app.ErrorCode(err) == app.CodeNotFound {
			return s.stop(ctx, b, app.Failure{Title: "The template was deleted.", Details: "Make a new broadcast with another template."})
		}
		return err
	}
	reason, err := s.mustStop(ctx, b, checker)
	if err != nil {
		return err
	}
	if reason != nil {
		return s.stop(ctx, b, *reason)
	}
	if b.Counts[app.RowWaiting] == 0 {
		if b.Counts.Under() > 0 {
			return nil
		}
		_, err := s.MoveBroadcast(ctx, b.ID, []app.BroadcastState{app.BroadcastRunning}, app.BroadcastDone, nil)
		return err
	}
	room, err := s.room(ctx, b)
	if err != nil || room == 0 {
		return err
	}
	rows, err := s.WaitingRows(ctx, b.ID, room)
	if err != nil || len(rows) == 0 {
		return err
	}
	steps, err := plan(ctx, checker, rows)
	if err != nil {
		return err
	}
	_, err = s.StepBroadcast(ctx, b.ID, steps)
	return err
}

// plan decides what becomes of waiting rows, with the records as they are now.
func plan(ctx context.Context, checker *sending.Checker, rows []app.BroadcastRow) ([]app.BroadcastStep, error) {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.RecordID
	}
	checked, err := checker.Rows(ctx, ids)
	if err != nil {
		return nil, err
	}
	steps := make([]app.BroadcastStep, len(rows))
	for i, c := range checked {
		steps[i] = app.BroadcastStep{Seq: rows[i].Seq, Title: c.Record.Title, Phone: c.To, Customer: c.Customer()}
		if c.Problem != nil {
			steps[i].Reason, steps[i].Words = string(c.Problem.Reason), c.Problem.Plain
			continue
		}
		out, err := checker.Outgoing(ctx, c)
		var fault *app.Error
		switch {
		case errors.As(err, &fault):
			steps[i].Reason, steps[i].Words = string(sending.BadValue), fault.Message
			continue
		case err != nil: // such as a full disk: the row is tried again
			return nil, err
		}
		steps[i].Message = &out
	}
	return steps, nil
}

// room tells how many messages may be made now: the outbox holds only a few at a time, so that a pause is quick and answers of staff do not
// wait behind thousands; and a number may reach only so many people a day.
func (s *Service) room(ctx context.Context, b app.Broadcast) (int, error) {
	a, err := s.Account(ctx, b.AccountID)
	if err != nil {
		return 0, err
	}
	perSecond := int(meta.PerSecond(a.Throughput, a.OnPhoneApp))
	room := ahead*perSecond - b.Counts.Under()
	if room < ahead*perSecond/4 {
		return 0, nil
	}
	room = min(room, perSecond/stepPart+1)
	limited := false
	if most, ok := DailyLimit(a.Limit); ok {
		reached, err := s.ReachedToday(ctx, b.AccountID)
		if err != nil {
			return 0, err
		}
		room = max(0, min(room, most-reached))
		limited = most <= reached
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if limited && !s.limit[b.ID] {
		s.c.Log.Warn("a broadcast waits: the number has reached as many people in 24 hours as Meta allows", "broadcast", b.ID, "limit", a.Limit)
	}
	s.limit[b.ID] = limited
	return room, nil
}

// mustStop finds a reason not to go on: the template or the account is at fault, so every further message would fail or do harm (Meta: error
// codes; template quality).
func (s *Service) mustStop(ctx context.Context, b app.Broadcast, checker *sending.Checker) (*app.Failure, error) {
	if p := checker.Stopped(); p != nil {
		return &app.Failure{Title: p.Plain, Details: p.Mend}, nil
	}
	const details = "Write only to people who expect it, improve the text, and resume when the quality has recovered."
	if checker.Template().Quality == "RED" {
		return &app.Failure{Title: "The template's quality is red: customers block or report it.", Details: details}, nil
	}
	a, err := s.Account(ctx, b.AccountID)
	if err != nil {
		return nil, err
	}
	if a.Quality == "RED" {
		return &app.Failure{Title: "The number's quality is red: customers block or report it.", Details: details}, nil
	}
	if b.Counts[string(app.StatusFailed)] == 0 {
		return nil, nil
	}
	failed, err := s.FailedOfBroadcast(ctx, b.ID, 0, 50)
	if err != nil {
		return nil, err
	}
	for _, row := range failed {
		if row.Failure == nil || !row.UpdatedAt.After(b.UpdatedAt) { // from before a person resumed it
			continue
		}
		if info := meta.Explain(row.Failure.Code, 0); info.StopsCampaign {
			return &app.Failure{Code: row.Failure.Code, Title: info.Title + ": " + info.Plain, Details: info.Mend}, nil
		}
	}
	return nil, nil
}

func (s *Service) stop(ctx context.Context, b app.Broadcast, why app.Failure) error {
	stopped, err := s.MoveBroadcast(ctx, b.ID, []app.BroadcastState{app.BroadcastRunning}, app.BroadcastStopped, &why)
	if stopped {
		s.c.Log.Warn("a broadcast stopped itself", "broadcast", b.ID, "code", why.Code, "reason", why.Title)
	}
	return err
}

// DailyLimit reads Meta's messaging limit: how many people may get a template in 24 hours. False means that there is no limit, or none known
// (Meta: phone number, messaging_limit_tier).
func DailyLimit(tier string) (int, bool) {
	n, ok := strings.CutPrefix(tier, "TIER_")
	if !ok {
		return 0, false
	}
	times := 1
	if rest, k := strings.CutSuffix(n, "K"); k {
		n, times = rest, 1000
	}
	v, err := strconv.Atoi(n)
	return v * times, err == nil && v > 0
}
