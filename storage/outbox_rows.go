package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"shopbell/app"
)

// sendRow is a row of the outbox while it is changed.
type sendRow struct {
	id, account, conversation, message app.ID
	phoneID, to, recipient             string
	payload, text                      string
	state                              app.SendState
	due                                int64
	attempts                           int
	failure                            string
	owner                              string
	wamid                              string
	replacedBy                         app.ID
	created, updated                   int64

	files            string // []app.SendFile as JSON, "" for none
	template         app.ID
	category         string
	record           app.RecordRef
	staff, broadcast app.ID
	cost             int64
	settled          int64 // 1: a person said that nothing more is to be done
}

const sendColumns = `id, account_id, conversation_id, message_id, phone_number_id, recipient_to, recipient, payload, text, state, due, attempts, failure,
	owner, wamid, replaced_by, created_at, updated_at, files, template_id, category, record_type, record_id, record_title, staff_id, broadcast_id,
	cost, settled_by`

func scanSend(rows *sql.Rows) (*sendRow, error) {
	r := &sendRow{}
	return r, r.scan(rows)
}

// scan reads sendColumns, and what stands behind them into more.
func (r *sendRow) scan(rows *sql.Rows, more ...any) error {
	var wamid sql.NullString
	var state string
	err := rows.Scan(append([]any{
		&r.id, &r.account, &r.conversation, &r.message, &r.phoneID, &r.to, &r.recipient, &r.payload, &r.text, &state, &r.due, &r.attempts, &r.failure,
		&r.owner, &wamid, &r.replacedBy, &r.created, &r.updated, &r.files, &r.template, &r.category, &r.record.Type, &r.record.ID, &r.record.Title,
		&r.staff, &r.broadcast, &r.cost, &r.settled,
	}, more...)...)
	r.state, r.wamid = app.SendState(state), wamid.String
	return err
}

// send gives a row of the outbox, or nil.
func (b *batch) send(ctx context.Context, id app.ID) (*sendRow, error) {
	rows, err := b.t.query(ctx, `SELECT `+sendColumns+` FROM outbox WHERE id = $1`, id)
	list, err := scanAll(rows, err, scanSend)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// sends gives all rows of a message, the oldest first.
func (b *batch) sends(ctx context.Context, message app.ID) ([]*sendRow, error) {
	rows, err := b.t.query(ctx, `SELECT `+sendColumns+` FROM outbox WHERE message_id = $1 ORDER BY id`, message)
	return scanAll(rows, err, scanSend)
}

// shown is the status of the message that the state of its row means.
func (r *sendRow) shown() app.Status {
	switch r.state {
	case app.SendSending:
		return app.StatusSending
	case app.SendUnknown:
		return app.StatusUnknown
	case app.SendAccepted:
		return app.StatusAccepted
	case app.SendFailed:
		return app.StatusFailed
	case app.SendCancelled:
		return app.StatusCancelled
	}
	return app.StatusQueued
}

// weight tells which counter a row is in, if any.
func (r *sendRow) weight() string {
	switch {
	case r.replacedBy != 0, r.settled != 0:
		return ""
	case r.state == app.SendQueued, r.state == app.SendClaimed, r.state == app.SendSending, r.state == app.SendHeld:
		return countQueued
	case r.state == app.SendFailed, r.state == app.SendUnknown:
		return countFailed
	}
	return ""
}

// moveSend changes the state of a row. A row that nobody works on any more has no owner and no lease.
func (b *batch) moveSend(ctx context.Context, row *sendRow, state app.SendState, failure string) error {
	if state == app.SendQueued && row.broadcast != 0 {
		var err error
		if state, err = b.whileBroadcast(ctx, row.broadcast); err != nil {
			return err
		}
	}
	if state == row.state && failure == row.failure {
		return nil
	}
	if row.settled != 0 && state != app.SendFailed {
		if err := b.unsettle(ctx, row); err != nil {
			return err
		}
	}
	if row.broadcast != 0 && state == app.SendAccepted && row.state != app.SendAccepted {
		b.t.paced(row.broadcast, b.s.now().UnixMilli())
	}
	b.weigh(row, func() { row.state, row.failure = state, failure })
	owner := row.owner
	if state != app.SendClaimed && state != app.SendSending {
		owner = ""
	}
	_, err := b.t.exec(ctx, `UPDATE outbox SET state = $1, failure = $2, owner = $3, lease = CASE WHEN $4 THEN lease ELSE 0 END, updated_at = $5 WHERE id = $6`,
		string(state), failure, owner, owner != "", b.s.now().UnixMilli(), row.id)
	b.t.touch(app.TopicOutbox, row.id)
	return err
}

// weigh keeps the counters in step with a change of a row.
func (b *batch) weigh(row *sendRow, change func()) {
	if w := row.weight(); w != "" {
		b.t.count(w, -1)
	}
	change()
	if w := row.weight(); w != "" {
		b.t.count(w, 1)
	}
}

func (b *batch) insertSend(ctx context.Context, row *sendRow, clientKey string) error {
	var key any
	if clientKey != "" {
		key = clientKey
	}
	_, err := b.t.exec(ctx, `INSERT INTO outbox (id, account_id, conversation_id, message_id, phone_number_id, recipient_to, recipient, payload, text, state,
		due, created_at, updated_at, client_key, files, template_id, category, record_type, record_id, record_title, staff_id, broadcast_id, cost)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23)`,
		row.id, row.account, row.conversation, row.message, row.phoneID, row.to, row.recipient, row.payload, row.text, string(row.state), row.due,
		row.created, row.updated, key, row.files, row.template, row.category, row.record.Type, row.record.ID, row.record.Title, row.staff, row.broadcast, row.cost)
	if w := row.weight(); w != "" {
		b.t.count(w, 1)
	}
	b.t.touch(app.TopicOutbox, row.id)
	return err
}

// public gives the row in the words of the domain.
func (r *sendRow) public() app.Send {
	return app.Send{
		ID: r.id, AccountID: r.account, PhoneNumberID: r.phoneID, ConversationID: r.conversation, MessageID: r.message, To: r.to, Recipient: r.recipient,
		Payload: r.payload, State: r.state, Due: moment(r.due), Attempts: r.attempts, Failure: unpackFailure(r.failure), CreatedAt: moment(r.created),
		Text: r.text, Wamid: r.wamid, UpdatedAt: moment(r.updated), Files: unpackFiles(r.files), TemplateID: r.template, Category: r.category,
		Record: r.record, StaffID: r.staff, BroadcastID: r.broadcast, Cost: r.cost, Settled: r.settled != 0,
	}
}

func packFiles(files []app.SendFile) string {
	if len(files) == 0 {
		return ""
	}
	raw, err := json.Marshal(files)
	if err != nil { // texts and numbers can always be written
		return ""
	}
	return clean(string(raw))
}

func unpackFiles(s string) []app.SendFile {
	var files []app.SendFile
	if s != "" && json.Unmarshal([]byte(s), &files) != nil {
		return nil
	}
	return files
}

// onSend runs a change of one row and brings its message along. Work gets nil when the row is not here.
func (s *Store) onSend(ctx context.Context, id app.ID, states []app.SendState, work func(ctx context.Context, b *batch, row *sendRow) error) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		b, err := s.newBatch(ctx, t)
		if err != nil {
			return err
		}
		row, err := b.send(ctx, id)
		switch {
		case err != nil:
			return err
		case row == nil:
			return notFound("This message of the outbox")
		case len(states) > 0 && !slices.Contains(states, row.state):
			return nil // settled meanwhile, by a status webhook or by another desk
		}
		if err := work(ctx, b, row); err != nil {
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
		return b.flush(ctx)
	})
}
