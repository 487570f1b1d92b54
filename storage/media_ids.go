package storage

import (
	"context"
	"time"
)

// MediaID gives Meta's id of a file that a number uploaded no longer than maxAge ago; "" when it has to be uploaded.
func (s *Store) MediaID(ctx context.Context, phoneNumberID, sha256 string, maxAge time.Duration) (string, error) {
	now, err := s.clock(ctx, s.read)
	if err != nil {
		return "", wrong(err)
	}
	var id string
	_, err = s.read.one(ctx, `SELECT media_id FROM media_ids WHERE phone_number_id = $1 AND sha256 = $2 AND uploaded_at > $3`,
		[]any{phoneNumberID, sha256, now - maxAge.Milliseconds()}, &id)
	return id, wrong(err)
}

// SaveMediaID notes that Meta has a file now.
func (s *Store) SaveMediaID(ctx context.Context, phoneNumberID, sha256, id string) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		now, err := s.clock(ctx, t)
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, `INSERT INTO media_ids (phone_number_id, sha256, media_id, uploaded_at) VALUES ($1,$2,$3,$4)
			ON CONFLICT (phone_number_id, sha256) DO UPDATE SET media_id = excluded.media_id, uploaded_at = excluded.uploaded_at`,
			clean(phoneNumberID), clean(sha256), clean(id), now)
		return err
	})
}

// DropMediaID forgets an id that Meta does not know any more; a newer one stays.
func (s *Store) DropMediaID(ctx context.Context, phoneNumberID, sha256, id string) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM media_ids WHERE phone_number_id = $1 AND sha256 = $2 AND media_id = $3`, phoneNumberID, sha256, id)
		return err
	})
}
