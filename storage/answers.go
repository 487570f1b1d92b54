package storage

import (
	"context"
	"time"

	"shopbell/app"
)

// TemplateBefore gives the newest template message that went out in a conversation after since and not after at, and neither failed nor was
// taken back; an app.Error of CodeNotFound when there is none.
func (s *Store) TemplateBefore(ctx context.Context, conversation app.ID, at, since time.Time) (app.Message, error) {
	var id app.ID
	// Meta's clock counts seconds: an answer may seem to come a moment before what it answers.
	found, err := s.read.one(ctx, `SELECT message_id FROM outbox WHERE conversation_id = $1 AND template_id <> 0 AND created_at <= $2 AND created_at > $3
		AND state NOT IN ('failed', 'cancelled') ORDER BY created_at DESC, id DESC LIMIT 1`, []any{conversation, millis(at) + 999, millis(since)}, &id)
	switch {
	case err != nil:
		return app.Message{}, wrong(err)
	case !found:
		return app.Message{}, notFound("A template before it")
	}
	return s.Message(ctx, id)
}
