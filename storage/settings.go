package storage

import (
	"context"

	"shopbell/app"
)

// Setting gives a setting of the desk, "" when it was never set.
func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	var value string
	_, err := s.read.one(ctx, `SELECT value FROM settings WHERE key = $1`, []any{key}, &value)
	return value, wrong(err)
}

// SetSetting keeps a setting of the desk. Secrets are not settings.
func (s *Store) SetSetting(ctx context.Context, key, value string) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		_, err := t.exec(ctx, `INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, clean(key), clean(value))
		t.touch(app.TopicSettings)
		return err
	})
}
