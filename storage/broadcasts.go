package storage

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"shopbell/app"
)

const broadcastColumns = `id, account_id, template_id, name, job, state, reason, staff_id, total, due, created_at, started_at, ended_at, updated_at`

// broadcastStates are all the names under which rows of a broadcast are counted.
var broadcastStates = []string{
	app.RowWaiting, app.RowSkipped, string(app.StatusQueued), string(app.StatusSending), string(app.StatusUnknown), string(app.StatusAccepted),
	string(app.StatusSent), string(app.StatusDelivered), string(app.StatusRead), string(app.StatusPlayed), string(app.StatusFailed), string(app.StatusCancelled),
}

// broadcastOutcomes are the counters of what came of a broadcast.
var broadcastOutcomes = []string{outcomeSpent, outcomePlanned, outcomeAnswered, outcomePressed, outcomeOptedOut, outcomeSettled}

const (
	outcomeSpent    = "of.spent"
	outcomePlanned  = "of.planned"
	outcomeAnswered = "of.answered"
	outcomePressed  = "of.pressed"
	outcomeOptedOut = "of.opted_out"
	outcomeSettled  = "of.settled"
)

func broadcastPrefix(id app.ID) string { return "b" + itoa(int(id)) + "." }

// countBroadcast moves one of a broadcast's counters.
func (b *batch) countBroadcast(id app.ID, state string, by int64) {
	if slices.Contains(broadcastStates, state) || slices.Contains(broadcastOutcomes, state) {
		b.t.count(broadcastPrefix(id)+state, by)
		b.t.touch(app.TopicBroadcasts, id)
	}
}

// AddBroadcast inserts a broadcast with the records it goes to, in their order.
func (s *Store) AddBroadcast(ctx context.Context, add app.Broadcast, records []string) (app.Broadcast, error) {
	var done app.Broadcast
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		done = add
		now, err := s.clock(ctx, t)
		if err != nil {
			return err
		}
		done.ID, done.Total, done.CreatedAt, done.UpdatedAt = s.ids.Next(), len(records), moment(now), moment(now)
		if done.State == "" {
			done.State = app.BroadcastScheduled
		}
		done.Counts = app.BroadcastCounts{app.RowWaiting: len(records)}
		due := max(millis(add.Due), 0)
		if _, err := t.exec(ctx, `INSERT INTO broadcasts (`+broadcastColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
			done.ID, done.AccountID, done.TemplateID, clean(done.Name), clean(done.Job), string(done.State), "", done.StaffID, done.Total, due, now, 0, 0, now); err != nil {
			return err
		}
		for _, name := range slices.Concat(broadcastStates, broadcastOutcomes) {
			n := 0
			if name == app.RowWaiting {
				n = len(records)
			}
			if _, err := t.exec(ctx, `INSERT INTO counters (name, value) VALUES ($1, $2)`, broadcastPrefix(done.ID)+name, n); err != nil {
				return err
			}
		}
		rows := bulk{into: `broadcast_rows (broadcast_id, seq, record_id, title, phone, customer, state, reason, words, message_id)`, columns: 10}
		for seq, id := range records {
			rows.add(done.ID, seq, clean(id), "", "", nil, app.RowWaiting, "", "", 0)
		}
		t.touch(app.TopicBroadcasts, done.ID)
		return rows.insert(ctx, t)
	})
	return done, err
}

// Broadcast gives one broadcast with its counts.
func (s *Store) Broadcast(ctx context.Context, id app.ID) (app.Broadcast, error) {
	rows, err := s.read.query(ctx, `SELECT `+broadcastColumns+` FROM broadcasts WHERE id = $1`, id)
	list, err := scanAll(rows, err, scanBroadcast)
	switch {
	case err != nil:
		return app.Broadcast{}, wrong(err)
	case len(list) == 0:
		return app.Broadcast{}, notFound("This broadcast")
	}
	return list[0], s.countedBroadcasts(ctx, list)
}

// Broadcasts lists them, newest first, below the id (0: from the top).
func (s *Store) Broadcasts(ctx context.Context, before app.ID, limit int) ([]app.Broadcast, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	rows, err := s.read.query(ctx, `SELECT `+broadcastColumns+` FROM broadcasts WHERE id < $1 ORDER BY id DESC LIMIT $2`, before, limit)
	list, err := scanAll(rows, err, scanBroadcast)
	if err != nil {
		return nil, wrong(err)
	}
	return list, s.countedBroadcasts(ctx, list)
}

// DueBroadcasts gives those that run, and those whose time has come.
func (s *Store) DueBroadcasts(ctx context.Context) ([]app.Broadcast, error) {
	now, err := s.clock(ctx, s.read)
	if err != nil {
		return nil, wrong(err)
	}
	rows, err := s.read.query(ctx, `SELECT `+broadcastColumns+` FROM broadcasts WHERE state IN ('scheduled', 'running') AND due <= $1 ORDER BY due, id`, now)
	list, err := scanAll(rows, err, scanBroadcast)
	if err != nil {
		return nil, wrong(err)
	}
	return list, s.countedBroadcasts(ctx, list)
}

func (s *Store) countedBroadcasts(ctx context.Context, list []app.Broadcast) error {
	for k := range list {
		b := &list[k]
		b.Counts = app.BroadcastCounts{}
		prefix := broadcastPrefix(b.ID)
		args := make([]any, len(broadcastStates)+len(broadcastOutcomes))
		for i, name := range slices.Concat(broadcastStates, broadcastOutcomes) {
			args[i] = prefix + name
		}
		rows, err := s.read.list(ctx, `SELECT name, value FROM counters WHERE name IN (`+marks(1, len(args))+`)`, args...)
		counts, err := scanAll(rows, err, scanCount)
		if err != nil {
			return wrong(err)
		}
		for _, c := range counts {
			putCount(b, strings.TrimPrefix(c.name, prefix), c.n)
		}
	}
	return nil
}

// putCount puts a counter where the domain has it.
func putCount(b *app.Broadcast, name string, n int64) {
	switch name {
	case outcomeSpent:
		b.Came.Spent = n
	case outcomePlanned:
		b.Came.Planned = n
	case outcomeAnswered:
		b.Came.Answered = int(n)
	case outcomePressed:
		b.Came.Pressed = int(n)
	case outcomeOptedOut:
		b.Came.OptedOut = int(n)
	case outcomeSettled:
		b.Came.Settled = int(n)
	default:
		if n != 0 {
			b.Counts[name] = int(n)
		}
	}
}

// counted is a counter by its name.
type counted struct {
	name string
	n    int64
}

func scanCount(rows *sql.Rows) (counted, error) {
	var c counted
	return c, rows.Scan(&c.name, &c.n)
}

func scanBroadcast(rows *sql.Rows) (app.Broadcast, error) {
	var b app.Broadcast
	var state, reason string
	var due, created, started, ended, updated int64
	err := rows.Scan(&b.ID, &b.AccountID, &b.TemplateID, &b.Name, &b.Job, &state, &reason, &b.StaffID, &b.Total, &due, &created, &started, &ended, &updated)
	b.State, b.Reason = app.BroadcastState(state), unpackFailure(reason)
	b.Due, b.CreatedAt, b.StartedAt, b.EndedAt, b.UpdatedAt = moment(due), moment(created), moment(started), moment(ended), moment(updated)
	return b, err
}

// WaitingRows gives the next rows of a broadcast whose message is not made yet.
func (s *Store) WaitingRows(ctx context.Context, id app.ID, limit int) ([]app.BroadcastRow, error) {
	rows, err := s.read.query(ctx, `SELECT seq, record_id FROM broadcast_rows WHERE broadcast_id = $1 AND state = 'waiting' ORDER BY seq LIMIT $2`, id, limit)
	out, err := scanAll(rows, err, func(rows *sql.Rows) (app.BroadcastRow, error) {
		r := app.BroadcastRow{State: app.RowWaiting}
		return r, rows.Scan(&r.Seq, &r.RecordID)
	})
	return out, wrong(err)
}

// BroadcastRows gives rows in their order, after a seq (-1: from the first), with where their messages stand.
func (s *Store) BroadcastRows(ctx context.Context, id app.ID, after, limit int) ([]app.BroadcastRow, error) {
	rows, err := s.read.query(ctx, broadcastRows+` WHERE r.broadcast_id = $1 AND r.seq > $2 ORDER BY r.seq LIMIT $3`, id, after, limit)
	out, err := scanAll(rows, err, scanBroadcastRow)
	return out, wrong(err)
}

// SkippedRows gives the rows of a broadcast that will not go, after a seq (-1: from the first).
func (s *Store) SkippedRows(ctx context.Context, id app.ID, after, limit int) ([]app.BroadcastRow, error) {
	rows, err := s.read.query(ctx, broadcastRows+` WHERE r.broadcast_id = $1 AND r.seq > $2 AND r.state = 'skipped' ORDER BY r.seq LIMIT $3`, id, after, limit)
	out, err := scanAll(rows, err, scanBroadcastRow)
	return out, wrong(err)
}

// broadcastRows reads rows with where their messages stand.
const broadcastRows = `SELECT r.seq, r.record_id, r.title, r.phone, r.state, r.reason, r.words, r.message_id, coalesce(m.status, ''), coalesce(m.error, ''),
	coalesce((SELECT max(o.updated_at) FROM outbox AS o WHERE o.message_id = r.message_id), 0), r.answers, r.presses, r.opted_out
	FROM broadcast_rows AS r LEFT JOIN messages AS m ON m.id = r.message_id`

func scanBroadcastRow(rows *sql.Rows) (app.BroadcastRow, error) {
	var r app.BroadcastRow
	var status, failure string
	var at, out int64
	err := rows.Scan(&r.Seq, &r.RecordID, &r.Title, &r.Phone, &r.State, &r.Reason, &r.Words, &r.MessageID, &status, &failure, &at, &r.Answers, &r.Presses, &out)
	r.Status, r.Failure, r.UpdatedAt, r.OptedOut = app.Status(status), unpackFailure(failure), moment(at), out != 0
	return r, err
}

// FailedOfBroadcast gives the failed rows of the outbox that were not sent again, newest first, below the id (0: from the top).
func (s *Store) FailedOfBroadcast(ctx context.Context, id, before app.ID, limit int) ([]app.Send, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	rows, err := s.read.query(ctx, `SELECT `+sendColumns+` FROM outbox WHERE broadcast_id = $1 AND state = 'failed' AND replaced_by = 0 AND id < $2
		ORDER BY id DESC LIMIT $3`, id, before, limit)
	list, err := scanAll(rows, err, scanSend)
	if err != nil {
		return nil, wrong(err)
	}
	out := make([]app.Send, len(list))
	for k, r := range list {
		out[k] = r.public()
	}
	return out, nil
}

// ReachedToday tells how many people an account has sent templates to in the last 24 hours, which is what Meta's messaging limit counts, as far as
// this desk knows.
func (s *Store) ReachedToday(ctx context.Context, account app.ID) (int, error) {
	now, err := s.clock(ctx, s.read)
	if err != nil {
		return 0, wrong(err)
	}
	var n int
	_, err = s.read.one(ctx, `SELECT count(DISTINCT conversation_id) FROM outbox WHERE account_id = $1 AND category <> '' AND updated_at > $2
		AND state IN ('queued', 'claimed', 'sending', 'unknown', 'accepted')`, []any{account, now - 24*3600*1000}, &n)
	return n, wrong(err)
}
