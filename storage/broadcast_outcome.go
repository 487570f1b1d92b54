package storage

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"shopbell/app"
)

// answerTime is how long a customer's message counts as one to the last broadcast that reached them: as long as an answer goes to its sender.
const answerTime = 15 * 24 * time.Hour

// paceStep is the width of a bar of the chart.
const paceStep = 10_000 // ms

type paceKey struct {
	broadcast app.ID
	at        int64
}

// paced notes that Meta took a message of a broadcast.
func (t *tx) paced(broadcast app.ID, at int64) {
	if t.pace == nil {
		t.pace = map[paceKey]int64{}
	}
	t.pace[paceKey{broadcast, at - at%paceStep}]++
}

// flushPace writes what paced gathered, in one order.
func (t *tx) flushPace(ctx context.Context) error {
	keys := slices.SortedFunc(maps.Keys(t.pace), func(x, y paceKey) int {
		return cmp.Or(cmp.Compare(x.broadcast, y.broadcast), cmp.Compare(x.at, y.at))
	})
	for _, k := range keys {
		if _, err := t.exec(ctx, `INSERT INTO broadcast_pace (broadcast_id, at, messages) VALUES ($1, $2, $3)
			ON CONFLICT (broadcast_id, at) DO UPDATE SET messages = broadcast_pace.messages + excluded.messages`, k.broadcast, k.at, t.pace[k]); err != nil {
			return err
		}
	}
	t.pace = nil
	return nil
}

// BroadcastPace gives the newest points of a broadcast, the oldest of them first. Ten seconds in which nothing went are left out.
func (s *Store) BroadcastPace(ctx context.Context, id app.ID, limit int) ([]app.PacePoint, error) {
	rows, err := s.read.query(ctx, `SELECT at, messages FROM broadcast_pace WHERE broadcast_id = $1 ORDER BY at DESC LIMIT $2`, id, limit)
	out, err := scanAll(rows, err, func(rows *sql.Rows) (app.PacePoint, error) {
		var p app.PacePoint
		var at int64
		err := rows.Scan(&at, &p.Messages)
		p.At = moment(at)
		return p, err
	})
	slices.Reverse(out)
	return out, wrong(err)
}

// SlowedDown notes that Meta asked a number to send less. Requests that were under way together are told so together: that is one moment.
func (s *Store) SlowedDown(ctx context.Context, account app.ID, code int) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		now, err := s.clock(ctx, t)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, `INSERT INTO slow_downs (account_id, at, code) VALUES ($1, $2, $3) ON CONFLICT (account_id, at) DO NOTHING`, account, now-now%1000, code)
		if n > 0 {
			t.touch(app.TopicOutbox)
		}
		return err
	})
}

// SlowDowns gives when Meta asked an account's number to send less, in a stretch of time, the newest first.
func (s *Store) SlowDowns(ctx context.Context, account app.ID, from, until time.Time, limit int) ([]app.SlowDown, error) {
	rows, err := s.read.query(ctx, `SELECT at, code FROM slow_downs WHERE account_id = $1 AND at >= $2 AND at <= $3 ORDER BY at DESC LIMIT $4`,
		account, millis(from), millis(until), limit)
	out, err := scanAll(rows, err, func(rows *sql.Rows) (app.SlowDown, error) {
		var d app.SlowDown
		var at int64
		err := rows.Scan(&at, &d.Code)
		d.At = moment(at)
		return d, err
	})
	return out, wrong(err)
}

// reached tells whether a status means that the message is on a device, which is when Meta charges for it.
func reached(status string) bool {
	s := app.Status(status)
	return s == app.StatusDelivered || s == app.StatusRead || s == app.StatusPlayed
}

// answered counts a customer's message for the broadcast that it answers: the one whose message it quotes or whose button it presses, else the last
// that went to this conversation within 15 days. A wish to be written to no more, or again, is no answer; the button that says so was pressed all the
// same.
func (b *batch) answered(ctx context.Context, m *messageRow, wish bool) error {
	if m.direction != string(app.In) || m.quiet {
		return nil
	}
	var broadcast, message app.ID
	found := false
	var err error
	if m.contextID != "" {
		found, err = b.t.one(ctx, `SELECT broadcast_id, message_id FROM outbox WHERE wamid = $1 AND account_id = $2`, []any{m.contextID, m.account}, &broadcast, &message)
		if err != nil {
			return err
		}
	}
	if !found {
		found, err = b.t.one(ctx, `SELECT broadcast_id, message_id FROM outbox WHERE conversation_id = $1 AND state IN ('accepted', 'sending', 'unknown') AND template_id <> 0
			AND created_at <= $2 AND created_at > $3 ORDER BY id DESC LIMIT 1`, []any{m.conversation, m.at + 999, m.at - answerTime.Milliseconds()}, &broadcast, &message)
	}
	if err != nil || !found || broadcast == 0 {
		return err
	}
	if m.kind == "button" {
		n, err := b.t.exec(ctx, `UPDATE broadcast_rows SET presses = presses + 1 WHERE message_id = $1`, message)
		b.countBroadcast(broadcast, outcomePressed, n)
		return err
	}
	if wish {
		return nil
	}
	first, err := b.t.exec(ctx, `UPDATE broadcast_rows SET answers = 1 WHERE message_id = $1 AND answers = 0`, message)
	if err != nil {
		return err
	}
	if first == 0 {
		_, err = b.t.exec(ctx, `UPDATE broadcast_rows SET answers = answers + 1 WHERE message_id = $1`, message)
		return err
	}
	b.countBroadcast(broadcast, outcomeAnswered, 1)
	return nil
}

// optedOutAfter counts an opt-out for the last broadcast that went to the contact within 15 days.
func (b *batch) optedOutAfter(ctx context.Context, contact app.ID, at int64) error {
	var broadcast, message app.ID
	found, err := b.t.one(ctx, `SELECT o.broadcast_id, o.message_id FROM conversations AS c, outbox AS o WHERE c.contact_id = $1 AND o.conversation_id = c.id
		AND o.broadcast_id <> 0 AND o.state IN ('accepted', 'failed') AND o.created_at <= $2 AND o.created_at > $3 ORDER BY o.id DESC LIMIT 1`,
		[]any{contact, at + 999, at - answerTime.Milliseconds()}, &broadcast, &message)
	if err != nil || !found {
		return err
	}
	n, err := b.t.exec(ctx, `UPDATE broadcast_rows SET opted_out = 1 WHERE message_id = $1 AND opted_out = 0`, message)
	b.countBroadcast(broadcast, outcomeOptedOut, n)
	return err
}
