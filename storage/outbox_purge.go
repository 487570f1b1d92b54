package storage

import (
	"context"
	"time"

	"shopbell/app"
)

// PurgeSends forgets up to limit rows of the outbox that were settled before a time, the oldest first: what went out, was taken back, or failed. The
// messages stay in their conversations. What waits, is under way or is not known stays, and so does what belongs to a broadcast that is not over.
// It tells how many.
func (s *Store) PurgeSends(ctx context.Context, before time.Time, limit int) (n int, err error) {
	err = s.write(ctx, func(ctx context.Context, t *tx) error {
		n = 0
		rows, err := t.query(ctx, `SELECT `+sendColumns+` FROM outbox WHERE id < $1 AND updated_at < $2 AND state IN ('accepted', 'failed', 'cancelled')
			AND (broadcast_id = 0 OR broadcast_id IN (SELECT id FROM broadcasts WHERE state IN ('done', 'cancelled'))) ORDER BY id LIMIT $3`,
			app.IDAt(before), millis(before), limit)
		list, err := scanAll(rows, err, scanSend)
		if err != nil {
			return err
		}
		for _, row := range list {
			if w := row.weight(); w != "" {
				t.count(w, -1)
			}
			if _, err := t.exec(ctx, `DELETE FROM outbox WHERE id = $1`, row.id); err != nil {
				return err
			}
			t.touch(app.TopicOutbox, row.id)
		}
		n = len(list)
		return nil
	})
	return n, err
}
