package storage

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"shopbell/app"
)

// Resend makes a new row for the message of a failed, unknown or cancelled row, because a person decided so.
func (s *Store) Resend(ctx context.Context, id app.ID) (app.Send, error) {
	return s.ResendAt(ctx, id, time.Time{})
}

// ResendAt is Resend for later: the new row goes at due (zero: now).
func (s *Store) ResendAt(ctx context.Context, id app.ID, due time.Time) (app.Send, error) {
	var out app.Send
	err := s.onSend(ctx, id, nil, func(ctx context.Context, b *batch, row *sendRow) error {
		switch {
		case row.replacedBy != 0:
			return &app.Error{Code: app.CodeConflict, Message: "This message was sent again already.", Mend: "Look at the newer one."}
		case row.state != app.SendFailed && row.state != app.SendUnknown && row.state != app.SendCancelled:
			return &app.Error{Code: app.CodeConflict, Message: "This message has gone out or still will.", Mend: "There is nothing to send again."}
		}
		now, err := s.clock(ctx, b.t)
		if err != nil {
			return err
		}
		if row.settled != 0 {
			if err := b.unsettle(ctx, row); err != nil {
				return err
			}
		}
		next := *row
		next.id, next.state, next.due, next.attempts, next.failure, next.wamid, next.owner = s.ids.Next(), app.SendQueued, now, 0, "", "", ""
		next.created, next.updated = now, now
		next.due = max(now, millis(due))
		if err := b.insertSend(ctx, &next, ""); err != nil {
			return err
		}
		b.weigh(row, func() { row.replacedBy = next.id })
		if _, err := b.t.exec(ctx, `UPDATE outbox SET replaced_by = $1 WHERE id = $2`, next.id, row.id); err != nil {
			return err
		}
		b.t.touch(app.TopicOutbox, row.id)
		out = next.public()
		return nil
	})
	return out, err
}

// Arrived settles an unknown row as sent, because a person knows that it arrived. Meta's own word, when it comes after all, still counts: the
// status webhook finds the row by its id.
func (s *Store) Arrived(ctx context.Context, id app.ID) error {
	return s.onSend(ctx, id, nil, func(ctx context.Context, b *batch, row *sendRow) error {
		switch {
		case row.state == app.SendAccepted:
			return nil // Meta said so meanwhile
		case row.replacedBy != 0:
			return &app.Error{Code: app.CodeConflict, Message: "This message was sent again already.", Mend: "Look at the newer one."}
		case row.state != app.SendUnknown:
			return &app.Error{Code: app.CodeConflict, Message: "What became of this message is known.", Mend: "There is nothing to decide."}
		}
		return b.moveSend(ctx, row, app.SendAccepted, "")
	})
}

// Cancel takes back a row that has not gone out.
func (s *Store) Cancel(ctx context.Context, id app.ID) error {
	return s.onSend(ctx, id, nil, func(ctx context.Context, b *batch, row *sendRow) error {
		switch row.state {
		case app.SendCancelled:
			return nil
		case app.SendQueued, app.SendClaimed, app.SendHeld:
			return b.moveSend(ctx, row, app.SendCancelled, row.failure)
		}
		return &app.Error{Code: app.CodeConflict, Message: "This message has gone out and can't be taken back."}
	})
}

// sendListColumns are sendColumns with whom the row goes to.
var sendListColumns = "o." + strings.Join(strings.FieldsFunc(sendColumns, func(r rune) bool { return r == ',' || r <= ' ' }), ", o.") +
	`, coalesce(c.person, '') FROM outbox AS o LEFT JOIN conversations AS c ON c.id = o.conversation_id`

func scanSendList(rows *sql.Rows) (app.Send, error) {
	r := &sendRow{}
	var person string
	err := r.scan(rows, &person)
	out := r.public()
	out.ContactName = unpackPerson(0, person).Title()
	return out, err
}

// Send gives one row.
func (s *Store) Send(ctx context.Context, id app.ID) (app.Send, error) {
	rows, err := s.read.query(ctx, `SELECT `+sendListColumns+` WHERE o.id = $1`, id)
	return onlySend(rows, err)
}

// SendOfMessage gives the newest row of a message.
func (s *Store) SendOfMessage(ctx context.Context, message app.ID) (app.Send, error) {
	rows, err := s.read.query(ctx, `SELECT `+sendListColumns+` WHERE o.message_id = $1 ORDER BY o.id DESC LIMIT 1`, message)
	return onlySend(rows, err)
}

func onlySend(rows *sql.Rows, err error) (app.Send, error) {
	list, err := scanAll(rows, err, scanSendList)
	switch {
	case err != nil:
		return app.Send{}, wrong(err)
	case len(list) == 0:
		return app.Send{}, notFound("This message of the outbox")
	}
	return list[0], nil
}

// QueueDepth tells how many rows wait or are under way.
func (s *Store) QueueDepth(ctx context.Context) (int, error) {
	c, err := s.Counts(ctx)
	return c.Queued, err
}
