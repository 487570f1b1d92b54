package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v4"

	"shopbell/app"
	"shopbell/meta"
)

const (
	workers     = 20                    // requests under way at once; at a quarter of a second each they fill a number's 80 messages a second
	workersMost = 256                   // for numbers that may send more
	gather      = 20 * time.Millisecond // at most so long a few free workers wait for more, so that rows are claimed together
	lease       = 60 * time.Second      // how long a row stays with an owner that has stopped
	heartbeat   = 20 * time.Second
	requestMax  = 45 * time.Second // a request is given up, and its outcome unknown, before the lease ends
	pollEvery   = 2 * time.Second  // rows that became due, or that another desk queued
	giveUp      = 24 * time.Hour   // a message that Meta refused "for now" for so long has failed
	shortWait   = 2 * time.Second  // a worker waits so long for its turn; longer waits go back to the queue
)

// Run sends what is queued until ctx ends, then waits for the requests under way.
func (s *Service) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	defer func() {
		wg.Wait()
		if err := s.Release(context.WithoutCancel(ctx), s.c.Owner); err != nil {
			s.c.Log.Error("claimed messages could not be given back; they come back when the lease ends", "err", err)
		}
	}()
	s.bury(ctx)
	wake, unsubscribe := s.c.Feed.Subscribe(app.TopicOutbox)
	defer unsubscribe()
	slots := make(chan struct{}, workersMost)
	done := make(chan struct{}, 1)
	lastBeat, lastRecover := s.c.Now(), time.Time{}
	pause := backoff.NewExponentialBackOff(backoff.WithInitialInterval(200*time.Millisecond), backoff.WithMaxInterval(30*time.Second), backoff.WithMaxElapsedTime(0))
	for ctx.Err() == nil {
		wait, err := s.round(ctx, &lastBeat, &lastRecover, slots, func(row app.Send) {
			slots <- struct{}{}
			wg.Add(1)
			go func() {
				defer wg.Done()
				defer func() {
					<-slots
					select {
					case done <- struct{}{}:
					default:
					}
				}()
				defer s.recovered(row)
				s.deliver(ctx, row)
			}()
		})
		if err != nil {
			wait = pause.NextBackOff()
			if ctx.Err() == nil {
				s.c.Log.Error("the outbox could not be read; nothing is lost", "err", err, "again_in", wait)
			}
		} else {
			pause.Reset()
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-done:
		case _, ok := <-wake:
			if !ok {
				wake = nil
			}
		}
		timer.Stop()
	}
	return nil
}

// bury makes what an earlier run of this program left behind free at once. Should it fail, the leases end by themselves.
func (s *Service) bury(ctx context.Context) {
	if s.c.Dead == "" {
		return
	}
	if err := s.Bury(ctx, s.c.Dead); err != nil && ctx.Err() == nil {
		s.c.Log.Warn("what an earlier run was sending is free only when its lease ends", "err", err)
	}
}

// round recovers, renews and claims what there is room for, and gives the time until the next one.
func (s *Service) round(ctx context.Context, lastBeat, lastRecover *time.Time, slots chan struct{}, start func(app.Send)) (time.Duration, error) {
	now := s.c.Now()
	if now.Sub(*lastRecover) >= heartbeat {
		*lastRecover = now
		requeued, unknown, err := s.Recover(ctx)
		if err != nil {
			return 0, err
		}
		if requeued+unknown > 0 {
			s.c.Log.Warn("messages of a desk that stopped were taken over", "queued_again", requeued, "outcome_unknown", unknown)
		}
	}
	if now.Sub(*lastBeat) >= heartbeat {
		*lastBeat = now
		if err := s.Extend(ctx, s.c.Owner, lease); err != nil {
			return 0, err
		}
	}
	width := s.width()
	room := width - len(slots)
	if room <= 0 {
		return pollEvery, nil
	}
	if since := s.c.Now().Sub(s.claimed); room < width/4 && since >= 0 && since < gather {
		return gather - since, nil
	}
	s.claimed = s.c.Now()
	rows, err := s.Claim(ctx, s.c.Owner, room, lease)
	if err != nil {
		return 0, err
	}
	for _, row := range rows {
		start(row)
	}
	if len(rows) == room {
		return pollEvery, nil // the next one starts when a slot is free
	}
	wait, ok, err := s.NextDue(ctx)
	if err != nil || !ok {
		return pollEvery, err
	}
	return min(max(wait, 5*time.Millisecond), pollEvery), nil
}

// deliver takes one claimed row to its outcome.
func (s *Service) deliver(ctx context.Context, row app.Send) {
	var sender Sender
	fresh := true
	if len(row.Files) > 0 { // before its turn: a file may take long
		var err error
		if sender, err = s.c.Sender(ctx, row.AccountID); err == nil {
			row, fresh, err = s.attach(ctx, sender, row)
		}
		if err != nil {
			s.unattached(ctx, row, err)
			return
		}
	}
	s.setPace(ctx, row)
	if !s.turn(ctx, row) {
		return
	}
	message, err := envelope(row)
	if err != nil {
		s.c.Log.Error("a message can't be sent as it is stored", "send", row.ID, "err", err)
		s.record(ctx, row, "failed", func(ctx context.Context) error { return s.Failed(ctx, row.ID, failure(err)) })
		return
	}
	if sender == nil {
		if sender, err = s.c.Sender(ctx, row.AccountID); err != nil {
			// The keyring is locked or the account is gone: nothing went out.
			s.postponeOrFail(ctx, row, err, 15*time.Second)
			return
		}
	}
	if mine, err := s.Sending(ctx, row.ID, s.c.Owner); err != nil || !mine {
		if err != nil && ctx.Err() == nil {
			s.c.Log.Error("a message was not sent because that could not be recorded first; it stays queued", "send", row.ID, "err", err)
		}
		return
	}
	// From here on the outcome must be recorded, even while the program stops.
	request, cancel := context.WithTimeout(context.WithoutCancel(ctx), requestMax)
	sent, err := sender.SendMessage(request, row.PhoneNumberID, message)
	cancel()
	if err != nil && !fresh && row.Attempts == 0 && meta.Classify(err) == meta.ClassPermanent && s.fileRefused(err) {
		// Meta has thrown the file away before its time: once more, with the file anew.
		s.forget(context.WithoutCancel(ctx), row)
		s.postponeOrFail(ctx, row, err, 0)
		return
	}
	s.settle(ctx, row, sent, err)
}

// turn waits until the row may go; false when it went back to the queue.
func (s *Service) turn(ctx context.Context, row app.Send) bool {
	peer := row.To
	if peer == "" {
		peer = row.Recipient
	}
	var leave func()
	defer func() {
		if leave != nil {
			leave()
		}
	}()
	for {
		wait := s.c.Pacer.Reserve(row.PhoneNumberID, peer, s.c.Now())
		switch {
		case wait == 0:
			return true
		case wait > gateWait && leave != nil: // it waits for the customer, not for the number: others go first
			leave()
			leave = nil
		case wait <= gateWait && leave == nil:
			if leave = s.gates.enter(ctx, row.PhoneNumberID); leave == nil {
				return false
			}
			continue // its turn may have come meanwhile
		}
		if wait > shortWait {
			s.record(ctx, row, "it waits for its turn", func(ctx context.Context) error { return s.Postpone(ctx, row.ID, wait) })
			return false
		}
		select {
		case <-ctx.Done():
			return false // Release gives it back
		case <-time.After(wait):
		}
	}
}

// unattached settles a row whose file did not reach Meta. The message has not gone out, so trying again is always safe.
func (s *Service) unattached(ctx context.Context, row app.Send, err error) {
	if ctx.Err() != nil {
		return // Release gives it back
	}
	s.c.Log.Warn("the file of a message did not go up", "send", row.ID, "err", err)
	if forGood(err) || meta.Classify(err) == meta.ClassPermanent && app.ErrorCode(err) == "" {
		s.record(ctx, row, "failed", func(ctx context.Context) error { return s.Failed(ctx, row.ID, failure(err)) })
		return
	}
	s.postponeOrFail(ctx, row, err, max(5*time.Second, meta.Backoff(err, row.Attempts+1, s.c.Rand)))
}

// fileRefused tells whether Meta could not use the file that the message names.
func (s *Service) fileRefused(err error) bool {
	var e *meta.Error
	if !errors.As(err, &e) {
		return false
	}
	return e.Code == 131053 || e.Code == 131009 || e.Code == 100
}

// settle records the outcome of a request.
func (s *Service) settle(ctx context.Context, row app.Send, sent meta.Sent, err error) {
	if err == nil {
		s.record(ctx, row, "accepted", func(ctx context.Context) error {
			return s.Accepted(ctx, row.ID, sent.ID, app.Person{Phone: sent.WaID, UserID: sent.UserID, Group: sent.GroupID})
		})
		return
	}
	f := failure(err)
	s.c.Log.Warn("a message did not go out as it should", "send", row.ID, "attempt", row.Attempts+1, "err", err)
	switch meta.Classify(err) {
	case meta.ClassAmbiguous:
		s.record(ctx, row, "unknown", func(ctx context.Context) error { return s.Unknown(ctx, row.ID, f) })
	case meta.ClassRetry:
		if slowing(f.Code) {
			s.slowDown(ctx, row, f.Code)
		}
		s.postponeOrFail(ctx, row, err, meta.Backoff(err, row.Attempts, s.c.Rand))
	default:
		s.record(ctx, row, "failed", func(ctx context.Context) error { return s.Failed(ctx, row.ID, f) })
	}
}

func (s *Service) postponeOrFail(ctx context.Context, row app.Send, cause error, wait time.Duration) {
	f := failure(cause)
	if s.c.Now().Sub(row.CreatedAt) > giveUp {
		s.record(ctx, row, "failed", func(ctx context.Context) error { return s.Failed(ctx, row.ID, f) })
		return
	}
	s.record(ctx, row, "queued again", func(ctx context.Context) error { return s.Retry(ctx, row.ID, f, wait) })
}

// record writes an outcome, trying for half the lease. If the store stays away the row is found in sending after the lease and becomes unknown,
// to be settled by the status webhook.
func (s *Service) record(ctx context.Context, row app.Send, outcome string, write func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lease/2)
	defer cancel()
	b := backoff.WithContext(backoff.NewExponentialBackOff(backoff.WithInitialInterval(50*time.Millisecond), backoff.WithMaxInterval(2*time.Second)), ctx)
	err := backoff.Retry(func() error {
		err := write(ctx)
		if errors.Is(err, app.ErrNotFound) {
			return backoff.Permanent(err)
		}
		return err
	}, b)
	if err != nil {
		s.c.Log.Error("the outcome of a message could not be recorded", "send", row.ID, "outcome", outcome, "err", err)
	}
}

// envelope makes Meta's message of a row.
func envelope(row app.Send) (meta.Message, error) {
	var p map[string]json.RawMessage
	if err := json.Unmarshal([]byte(row.Payload), &p); err != nil {
		return meta.Message{}, fmt.Errorf("the stored message is not readable: %w", err)
	}
	m := meta.Message{To: row.To, BizOpaque: strconv.FormatInt(row.ID, 10)}
	if row.To == "" {
		m.Recipient = row.Recipient
	} else {
		m.To = "+" + app.Digits(row.To)
	}
	if err := json.Unmarshal(p["type"], &m.Type); err != nil {
		return m, fmt.Errorf("the stored message has no type: %w", err)
	}
	m.Raw = p[m.Type]
	if raw, ok := p["context"]; ok {
		m.Context = &meta.Context{}
		if err := json.Unmarshal(raw, m.Context); err != nil {
			return m, fmt.Errorf("the stored message quotes nothing readable: %w", err)
		}
	}
	return m, nil
}

// failure puts an error into the words that the message row keeps.
func failure(err error) app.Failure {
	var e *meta.Error
	if errors.As(err, &e) {
		info := meta.Explain(e.Code, e.Subcode)
		return app.Failure{Code: e.Code, Title: first(info.Title, e.Message), Details: first(e.Details, e.UserMsg, e.Message)}
	}
	var t *meta.TransportError
	if errors.As(err, &t) {
		if t.Sent {
			return app.Failure{Title: "Meta's answer never came.", Details: "Meta reports by itself whether the message arrived."}
		}
		return app.Failure{Title: "Meta could not be reached.", Details: "Check this computer's connection to the internet."}
	}
	var a *app.Error
	if errors.As(err, &a) {
		return app.Failure{Title: a.Message, Details: a.Mend}
	}
	return app.Failure{Title: "The message could not be sent.", Details: "The log says why."}
}

func (s *Service) recovered(row app.Send) {
	if r := recover(); r != nil {
		s.c.Log.Error("sending a message panicked; the row becomes unknown when its lease ends", "send", row.ID, "panic", fmt.Sprint(r))
	}
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
