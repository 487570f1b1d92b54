package storage

import (
	"context"

	"shopbell/app"
)

// Upload gives the upload of a file for an account; the zero value when there is none.
func (s *Store) Upload(ctx context.Context, account app.ID, sha256 string) (app.Upload, error) {
	var u app.Upload
	var at int64
	_, err := s.read.one(ctx, `SELECT account_id, sha256, session, done, handle, updated_at FROM template_uploads WHERE account_id = $1 AND sha256 = $2`,
		[]any{account, sha256}, &u.AccountID, &u.SHA256, &u.Session, &u.Offset, &u.Handle, &at)
	u.UpdatedAt = moment(at)
	return u, wrong(err)
}

// SaveUpload notes how far an upload has come.
func (s *Store) SaveUpload(ctx context.Context, u app.Upload) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		_, err := t.exec(ctx, `INSERT INTO template_uploads (account_id, sha256, session, done, handle, updated_at) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (account_id, sha256) DO UPDATE SET session = excluded.session, done = excluded.done, handle = excluded.handle, updated_at = excluded.updated_at`,
			u.AccountID, clean(u.SHA256), clean(u.Session), u.Offset, clean(u.Handle), millis(u.UpdatedAt))
		return err
	})
}

// DropUpload forgets an upload whose handle was used, or that Meta forgot.
func (s *Store) DropUpload(ctx context.Context, account app.ID, sha256 string) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM template_uploads WHERE account_id = $1 AND sha256 = $2`, account, clean(sha256))
		return err
	})
}
