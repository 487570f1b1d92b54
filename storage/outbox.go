package storage

import (
	"context"
	"errors"
	"slices"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// Claim takes up to limit rows that are queued and due for this owner, oldest first, and of each conversation only the oldest row that has not
// gone out. The state and the lease are asked again outside the choice, and on PostgreSQL rows that another desk is taking are passed over:
// without both, two owners can get one row.
func (s *Store) Claim(ctx context.Context, owner string, limit int, lease time.Duration) ([]app.Send, error) {
	var out []app.Send
	err := s.loose(ctx, func(ctx context.Context, t *tx) error {
		out = nil
		now, err := s.clock(ctx, t)
		if err != nil {
			return err
		}
		rows, err := t.query(ctx, `UPDATE outbox SET state = 'claimed', lease = $1, owner = $2, updated_at = $3
			WHERE id IN (SELECT id FROM outbox AS o WHERE o.state = 'queued' AND o.due <= $3 AND o.lease <= $3
				AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.conversation_id = o.conversation_id AND e.id < o.id AND e.state IN ('queued', 'claimed', 'sending'))
				ORDER BY o.due, o.id LIMIT $4 {{SKIP_LOCKED}})
			AND state = 'queued' AND lease <= $3 RETURNING `+sendColumns, now+lease.Milliseconds(), owner, now, limit)
		list, err := scanAll(rows, err, scanSend)
		if err != nil {
			return err
		}
		slices.SortFunc(list, func(x, y *sendRow) int { return int(sign(x.id-y.id) - sign(y.id-x.id)) })
		for _, r := range list {
			out = append(out, r.public())
			t.touch(app.TopicOutbox, r.id)
		}
		return nil
	})
	return out, err
}

// Sending records that the request for a claimed row is about to go out. False means that the row is no longer this owner's.
func (s *Store) Sending(ctx context.Context, id app.ID, owner string) (bool, error) {
	mine := false
	err := s.onSend(ctx, id, []app.SendState{app.SendClaimed}, func(ctx context.Context, b *batch, row *sendRow) error {
		mine = false
		now, err := s.clock(ctx, b.t)
		if err != nil || row.owner != owner {
			return err
		}
		if out, err := b.optedOut(ctx, row); err != nil || out {
			if err != nil {
				return err
			}
			return b.moveSend(ctx, row, app.SendFailed, packFailure(&app.OptedOut))
		}
		n, err := b.t.exec(ctx, `UPDATE outbox SET attempts = attempts + 1 WHERE id = $1 AND state = 'claimed' AND owner = $2 AND lease > $3`, id, owner, now)
		if err != nil || n == 0 {
			return err
		}
		mine = true
		return b.moveSend(ctx, row, app.SendSending, row.failure)
	})
	if errors.Is(err, app.ErrNotFound) {
		return false, nil
	}
	return mine, err
}

// optedOut tells whether the customer does not want what a row holds: no marketing, or nothing that they did not ask for. Answers always go.
func (b *batch) optedOut(ctx context.Context, row *sendRow) (bool, error) {
	if row.category == "" {
		return false, nil
	}
	var contact app.ID
	var out bool
	ok, err := b.t.one(ctx, `SELECT c.id, c.opt_out FROM contacts AS c, conversations AS v WHERE v.id = $1 AND c.id = v.contact_id`, []any{row.conversation}, &contact, &out)
	if err != nil || !ok || !out {
		return false, err
	}
	if template.Category(row.category) == template.Marketing {
		return true, nil
	}
	scopes, err := optOutScopes(ctx, b.t, []app.ID{contact})
	return scopes[contact] == app.OptOutAll, err
}

// under are the states of a row whose request is under way or in doubt.
var under = []app.SendState{app.SendClaimed, app.SendSending, app.SendUnknown}

// Accepted settles a row with Meta's message id; the contact learns how Meta names the recipient.
func (s *Store) Accepted(ctx context.Context, id app.ID, wamid string, to app.Person) error {
	return s.onSend(ctx, id, nil, func(ctx context.Context, b *batch, row *sendRow) error {
		if err := b.recipient(ctx, row.account, to); err != nil {
			return err
		}
		if _, err := b.nameSend(ctx, row, clean(wamid)); err != nil {
			return err
		}
		switch row.state {
		case app.SendFailed: // a status webhook said so already
			return nil
		}
		return b.moveSend(ctx, row, app.SendAccepted, "")
	})
}

// recipient learns from Meta's answer that the identity a message was sent to and the names in the answer are one person.
func (b *batch) recipient(ctx context.Context, account app.ID, to app.Person) error {
	if to == (app.Person{}) {
		return nil
	}
	scope := ""
	for _, a := range b.accounts {
		if a.id == account {
			scope = a.wabaID
		}
	}
	_, err := b.learn(ctx, scope, to, b.s.now().UnixMilli(), true)
	return err
}

// Retry puts a row that Meta refused for now back into the queue.
func (s *Store) Retry(ctx context.Context, id app.ID, failure app.Failure, wait time.Duration) error {
	return s.onSend(ctx, id, []app.SendState{app.SendClaimed, app.SendSending}, func(ctx context.Context, b *batch, row *sendRow) error {
		now, err := s.clock(ctx, b.t)
		if err != nil {
			return err
		}
		if _, err := b.t.exec(ctx, `UPDATE outbox SET due = $1 WHERE id = $2`, now+wait.Milliseconds(), id); err != nil {
			return err
		}
		return b.moveSend(ctx, row, app.SendQueued, packFailure(&failure))
	})
}

// Postpone puts a claimed row back into the queue because its turn has not come; nothing went out.
func (s *Store) Postpone(ctx context.Context, id app.ID, wait time.Duration) error {
	return s.onSend(ctx, id, []app.SendState{app.SendClaimed}, func(ctx context.Context, b *batch, row *sendRow) error {
		now, err := s.clock(ctx, b.t)
		if err != nil {
			return err
		}
		if _, err := b.t.exec(ctx, `UPDATE outbox SET due = $1 WHERE id = $2`, now+wait.Milliseconds(), id); err != nil {
			return err
		}
		return b.moveSend(ctx, row, app.SendQueued, row.failure)
	})
}

// Failed settles a row that Meta refused for good.
func (s *Store) Failed(ctx context.Context, id app.ID, failure app.Failure) error {
	return s.onSend(ctx, id, append([]app.SendState{app.SendQueued}, under...), func(ctx context.Context, b *batch, row *sendRow) error {
		if failure.Code == app.OptedOut.Code {
			if err := b.refusedOptOut(ctx, row); err != nil {
				return err
			}
		}
		return b.moveSend(ctx, row, app.SendFailed, packFailure(&failure))
	})
}

// refusedOptOut learns from Meta's refusal that a customer has stopped marketing from this business.
func (b *batch) refusedOptOut(ctx context.Context, row *sendRow) error {
	out := true
	for _, a := range b.accounts {
		if a.id == row.account {
			return b.person(ctx, a.wabaID, &app.PersonFact{
				Person: app.Person{Phone: row.to, UserID: row.recipient}, OptOut: &out, Scope: app.OptOutMarketing,
				How: "WhatsApp refused a message (131050)", At: b.s.now(),
			})
		}
	}
	return nil
}

// Unknown records that the answer never came.
func (s *Store) Unknown(ctx context.Context, id app.ID, failure app.Failure) error {
	return s.onSend(ctx, id, []app.SendState{app.SendClaimed, app.SendSending}, func(ctx context.Context, b *batch, row *sendRow) error {
		return b.moveSend(ctx, row, app.SendUnknown, packFailure(&failure))
	})
}

// Release gives claimed rows of the owner back at once.
func (s *Store) Release(ctx context.Context, owner string) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		rows, err := t.query(ctx, `SELECT `+sendColumns+` FROM outbox WHERE state = 'claimed' AND owner = $1 ORDER BY id`, owner)
		list, err := scanAll(rows, err, scanSend)
		if err != nil || len(list) == 0 {
			return err
		}
		b, err := s.newBatch(ctx, t)
		if err != nil {
			return err
		}
		for _, row := range list {
			if err := b.moveSend(ctx, row, app.SendQueued, row.failure); err != nil {
				return err
			}
		}
		return b.flush(ctx)
	})
}

// Extend renews the lease of the owner's rows.
func (s *Store) Extend(ctx context.Context, owner string, lease time.Duration) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		now, err := s.clock(ctx, t)
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, `UPDATE outbox SET lease = $1 WHERE state IN ('claimed', 'sending') AND owner = $2 AND lease > $3`,
			now+lease.Milliseconds(), owner, now)
		return err
	})
}

// Recover gives back claimed rows whose lease ended, and makes rows unknown that were being sent when their owner died.
func (s *Store) Recover(ctx context.Context) (requeued, unknown int, err error) {
	err = s.write(ctx, func(ctx context.Context, t *tx) error {
		requeued, unknown = 0, 0
		b, err := s.newBatch(ctx, t)
		if err != nil {
			return err
		}
		now, err := s.clock(ctx, t)
		if err != nil {
			return err
		}
		rows, err := t.query(ctx, `SELECT `+sendColumns+` FROM outbox WHERE state IN ('claimed', 'sending') AND lease <= $1 ORDER BY id`, now)
		list, err := scanAll(rows, err, scanSend)
		if err != nil {
			return err
		}
		for _, row := range list {
			if row.state == app.SendClaimed {
				requeued++
				err = b.moveSend(ctx, row, app.SendQueued, row.failure)
			} else {
				unknown++
				err = b.moveSend(ctx, row, app.SendUnknown, row.failure)
			}
			if err != nil {
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
		return b.flush(ctx)
	})
	return requeued, unknown, err
}

// NextDue tells how long until some row is due; ok is false when the queue is empty.
func (s *Store) NextDue(ctx context.Context) (wait time.Duration, ok bool, err error) {
	now, err := s.clock(ctx, s.read)
	if err != nil {
		return 0, false, wrong(err)
	}
	var due int64
	ok, err = s.read.one(ctx, `SELECT due FROM outbox WHERE state = 'queued' ORDER BY due, id LIMIT 1`, nil, &due)
	if err != nil || !ok {
		return 0, false, wrong(err)
	}
	return max(0, time.Duration(due-now)*time.Millisecond), true, nil
}

// loose runs a short transaction that takes no part in the order of the writer: on PostgreSQL desks do it side by side, on SQLite it is the
// writer all the same.
func (s *Store) loose(ctx context.Context, work func(ctx context.Context, t *tx) error) error {
	if s.server == nil {
		return s.write(ctx, work)
	}
	var err error
	for range 5 {
		if err = s.looseOnce(ctx, work); err == nil || !retryable(err) {
			break
		}
	}
	return wrong(err)
}

func (s *Store) looseOnce(ctx context.Context, work func(ctx context.Context, t *tx) error) (err error) {
	conn, err := s.server.pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	t := &tx{conn: conn, engine: s.engine, changed: newChangeSet()}
	if err := work(ctx, t); err != nil {
		return err
	}
	if err := s.recordChanges(ctx, t); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
		return err
	}
	if !t.changed.empty() {
		s.feed.publish(t.changed)
	}
	return nil
}
