package storage

import (
	"cmp"
	"context"
	"time"

	"shopbell/app"
)

// The states of a message's file.
const (
	mediaRemote = "remote"
	mediaStored = "stored"
	mediaFailed = "failed"
)

func (b *batch) insertMedia(ctx context.Context, message app.ID, f *app.Media) error {
	_, err := b.t.exec(ctx, `INSERT INTO media (message_id, media_id, mime, sha256, filename, caption, size, voice, state) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
		ON CONFLICT (message_id) DO NOTHING`, message, clean(f.MediaID), clean(f.MIME), clean(f.SHA256), clean(f.Filename), clean(f.Caption), f.Size, f.Voice,
		cmp.Or(clean(f.State), mediaRemote))
	return err
}

// MediaToFetch gives messages whose file is not here yet and whose next try is due.
func (s *Store) MediaToFetch(ctx context.Context, now time.Time, limit int) ([]app.Message, error) {
	rows, err := s.read.query(ctx, `SELECT message_id FROM media WHERE state = 'remote' AND next_at <= $1 ORDER BY next_at, message_id LIMIT $2`, now.UnixMilli(), limit)
	ids, err := scanAll(rows, err, scanID)
	if err != nil {
		return nil, wrong(err)
	}
	return s.messagesByID(ctx, ids)
}

// MediaFetched records the file of a message.
func (s *Store) MediaFetched(ctx context.Context, message app.ID, sha256, mime string, size int64) error {
	return s.onMedia(ctx, message, `UPDATE media SET state = $1, sha256 = $2, mime = $3, size = $4, reason = '', next_at = 0 WHERE message_id = $5`,
		mediaStored, clean(sha256), clean(mime), size, message)
}

// MediaFailed records why a file could not be had, and the time of the next try (zero: never).
func (s *Store) MediaFailed(ctx context.Context, message app.ID, reason string, next time.Time) error {
	state := mediaRemote
	if next.IsZero() {
		state = mediaFailed
	}
	return s.onMedia(ctx, message, `UPDATE media SET state = $1, reason = $2, next_at = $3 WHERE message_id = $4`, state, clean(reason), millis(next), message)
}

func (s *Store) onMedia(ctx context.Context, message app.ID, update string, args ...any) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		n, err := t.exec(ctx, update, args...)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound("The file of this message")
		}
		if _, err := t.exec(ctx, `UPDATE messages SET rev = rev + 1 WHERE id = $1`, message); err != nil {
			return err
		}
		rows, err := t.query(ctx, `SELECT conversation_id FROM messages WHERE id = $1`, message)
		ids, err := scanAll(rows, err, scanID)
		t.touch(app.TopicMessages, ids...)
		return err
	})
}
