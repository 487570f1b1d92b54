package storage

import (
	"context"
	"slices"

	"shopbell/app"
)

// StepBroadcast takes waiting rows one step on, all of them in one transaction: their messages are made, or they are skipped. Rows that another
// desk has taken meanwhile, and all rows of a broadcast that does not run, stay as they are. It tells how many messages were made.
func (s *Store) StepBroadcast(ctx context.Context, id app.ID, steps []app.BroadcastStep) (made int, err error) {
	err = s.write(ctx, func(ctx context.Context, t *tx) error {
		made = 0
		b, err := s.newBatch(ctx, t)
		if err != nil {
			return err
		}
		var state string
		if ok, err := t.one(ctx, `SELECT state FROM broadcasts WHERE id = $1`, []any{id}, &state); err != nil || !ok || state != string(app.BroadcastRunning) {
			return err
		}
		for _, step := range steps {
			one, err := b.stepBroadcast(ctx, id, step)
			if err != nil {
				return err
			}
			made += one
		}
		return b.flush(ctx)
	})
	return made, err
}

func (b *batch) stepBroadcast(ctx context.Context, id app.ID, step app.BroadcastStep) (made int, err error) {
	var customer any
	if step.Message != nil {
		customer = clean(step.Customer)
		var some int
		twice, err := b.t.one(ctx, `SELECT 1 FROM broadcast_rows WHERE broadcast_id = $1 AND customer = $2 AND seq <> $3`, []any{id, customer, step.Seq}, &some)
		if err != nil {
			return 0, err
		}
		if twice {
			step.Message, customer = nil, nil
			step.Reason, step.Words = "same_number_twice", "Another row goes to the same number."
		}
	}
	state := app.RowSkipped
	if step.Message != nil {
		state = app.RowMade
	}
	n, err := b.t.exec(ctx, `UPDATE broadcast_rows SET state = $1, title = $2, phone = $3, customer = $4, reason = $5, words = $6
		WHERE broadcast_id = $7 AND seq = $8 AND state = 'waiting'`, state, clean(step.Title), clean(step.Phone), customer, clean(step.Reason), clean(step.Words), id, step.Seq)
	if err != nil || n == 0 {
		return 0, err
	}
	b.countBroadcast(id, app.RowWaiting, -1)
	if step.Message == nil {
		b.countBroadcast(id, app.RowSkipped, 1)
		return 0, nil
	}
	out := *step.Message
	out.BroadcastID = id
	m, err := b.queue(ctx, out)
	if err != nil {
		return 0, err
	}
	b.countBroadcast(id, m.status, 1)
	b.countBroadcast(id, outcomePlanned, out.Cost)
	_, err = b.t.exec(ctx, `UPDATE broadcast_rows SET message_id = $1 WHERE broadcast_id = $2 AND seq = $3`, m.id, id, step.Seq)
	return 1, err
}

// MoveBroadcast changes the state of a broadcast if it is in one of from, and tells whether it was. Its messages that have not gone out follow:
// they are held while it does not run, and cancelled with it.
func (s *Store) MoveBroadcast(ctx context.Context, id app.ID, from []app.BroadcastState, to app.BroadcastState, reason *app.Failure) (moved bool, err error) {
	err = s.write(ctx, func(ctx context.Context, t *tx) error {
		moved = false
		b, err := s.newBatch(ctx, t)
		if err != nil {
			return err
		}
		var state string
		ok, err := t.one(ctx, `SELECT state FROM broadcasts WHERE id = $1`, []any{id}, &state)
		if err != nil {
			return err
		}
		if !ok {
			return notFound("This broadcast")
		}
		if !slices.Contains(from, app.BroadcastState(state)) {
			return nil
		}
		moved = true
		now, err := s.clock(ctx, t)
		if err != nil {
			return err
		}
		ended := int64(0)
		if to == app.BroadcastDone || to == app.BroadcastCancelled {
			ended = now
		}
		running := to == app.BroadcastRunning
		if _, err := t.exec(ctx, `UPDATE broadcasts SET state = $1, reason = $2, ended_at = $3, updated_at = $4,
			started_at = CASE WHEN $5 AND started_at = 0 THEN $6 ELSE started_at END WHERE id = $7`,
			string(to), packFailure(reason), ended, now, running, now, id); err != nil {
			return err
		}
		t.touch(app.TopicBroadcasts, id)
		if err := b.broadcastMessages(ctx, id, to); err != nil {
			return err
		}
		return b.flush(ctx)
	})
	return moved, err
}

// broadcastMessages brings the messages of a broadcast that have not gone out along with its state.
func (b *batch) broadcastMessages(ctx context.Context, id app.ID, to app.BroadcastState) error {
	states, next := []any{string(app.SendQueued)}, app.SendHeld
	switch to {
	case app.BroadcastRunning:
		states, next = []any{string(app.SendHeld)}, app.SendQueued
	case app.BroadcastCancelled:
		states, next = []any{string(app.SendHeld), string(app.SendQueued)}, app.SendCancelled
		n, err := b.t.exec(ctx, `UPDATE broadcast_rows SET state = 'cancelled' WHERE broadcast_id = $1 AND state = 'waiting'`, id)
		if err != nil {
			return err
		}
		b.countBroadcast(id, app.RowWaiting, -n)
		b.countBroadcast(id, app.RowCancelled, n)
	case app.BroadcastPaused, app.BroadcastStopped:
	default:
		return nil
	}
	rows, err := b.t.list(ctx, `SELECT `+sendColumns+` FROM outbox WHERE broadcast_id = $1 AND state IN (`+marks(2, len(states))+`) ORDER BY id`, append([]any{id}, states...)...)
	list, err := scanAll(rows, err, scanSend)
	if err != nil {
		return err
	}
	for _, row := range list {
		if err := b.moveSend(ctx, row, next, row.failure); err != nil {
			return err
		}
		m, err := b.messageByID(ctx, row.message)
		if err != nil {
			return err
		}
		if m != nil {
			if err := b.refreshSend(ctx, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// whileBroadcast is where a message goes that returns to the queue: not there while its broadcast is paused or cancelled.
func (b *batch) whileBroadcast(ctx context.Context, id app.ID) (app.SendState, error) {
	var state string
	_, err := b.t.one(ctx, `SELECT state FROM broadcasts WHERE id = $1`, []any{id}, &state)
	switch app.BroadcastState(state) {
	case app.BroadcastPaused, app.BroadcastStopped:
		return app.SendHeld, err
	case app.BroadcastCancelled:
		return app.SendCancelled, err
	}
	return app.SendQueued, err
}
