package storage

import (
	"context"
	"database/sql"

	"shopbell/app"
)

// RecordSends lists what was sent from a record, newest first; of a contact also everything that was sent to them from a template. Rows that
// were sent again are left out: the newer row stands for them.
func (s *Store) RecordSends(ctx context.Context, typ string, id app.ID, limit int) ([]app.RecordSend, error) {
	const columns = `SELECT o.id, o.message_id, o.conversation_id, o.template_id, coalesce(t.name, ''), o.state, coalesce(m.status, ''), coalesce(nullif(o.failure, ''), m.error, ''), o.created_at, o.record_type, o.record_id
		FROM outbox AS o LEFT JOIN messages AS m ON m.id = o.message_id LEFT JOIN templates AS t ON t.id = o.template_id WHERE o.replaced_by = 0 AND `
	cond, args := `o.record_type = $1 AND o.record_id = $2 AND o.record_id <> ''`, []any{typ, itoa(int(id)), limit}
	if typ == app.RecordContact {
		cond = `(` + cond + ` OR o.template_id <> 0 AND o.conversation_id IN (SELECT id FROM conversations WHERE contact_id = $4))`
		args = append(args, id)
	}
	rows, err := s.read.list(ctx, columns+cond+` ORDER BY o.id DESC LIMIT $3`, args...)
	out, err := scanAll(rows, err, func(rows *sql.Rows) (app.RecordSend, error) {
		var r app.RecordSend
		var state, status, failure string
		var at int64
		err := rows.Scan(&r.Send, &r.Message, &r.Conversation, &r.TemplateID, &r.Template, &state, &status, &failure, &at, &r.Record.Type, &r.Record.ID)
		r.State, r.Status, r.At, r.Failure = app.SendState(state), app.Status(status), moment(at), unpackFailure(failure)
		return r, err
	})
	return out, wrong(err)
}

// ContactConversations lists the conversations of a contact, one an account, the latest first.
func (s *Store) ContactConversations(ctx context.Context, contact app.ID) ([]app.Conversation, error) {
	rows, err := s.read.query(ctx, `SELECT `+conversationColumns+` FROM conversations WHERE contact_id = $1 ORDER BY last_at DESC, id DESC`, contact)
	out, err := scanAll(rows, err, scanConversation)
	return out, wrong(err)
}
