package storage

import "context"

// Bury ends the leases of owners that are known to be dead, so that Recover takes their rows at once: those whose name begins with prefix.
func (s *Store) Bury(ctx context.Context, prefix string) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		_, err := t.exec(ctx, `UPDATE outbox SET lease = 0 WHERE state IN ('claimed', 'sending') AND substr(owner, 1, $1) = $2`, len(prefix), prefix)
		return err
	})
}
