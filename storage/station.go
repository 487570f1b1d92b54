package storage

import (
	"context"
	"time"
)

// stationLease is the row that the one station of a database holds.
const stationLease = "station"

// AcquireStation makes the owner the one station until ttl has passed, if there is none or it is the owner already. The database's clock decides.
func (s *Store) AcquireStation(ctx context.Context, owner string, ttl time.Duration) (bool, error) {
	return s.lease(ctx, owner, ttl, `INSERT INTO leases (name, owner, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until WHERE leases.owner = excluded.owner OR leases.until <= $4`)
}

// RenewStation extends the owner's time. False means that it is not the station any more.
func (s *Store) RenewStation(ctx context.Context, owner string, ttl time.Duration) (bool, error) {
	return s.lease(ctx, owner, ttl, `UPDATE leases SET until = $3 WHERE name = $1 AND owner = $2 AND until > $4`)
}

// ReleaseStation lets another desk be the station at once.
func (s *Store) ReleaseStation(ctx context.Context, owner string) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM leases WHERE name = $1 AND owner = $2`, stationLease, owner)
		return err
	})
}

func (s *Store) lease(ctx context.Context, owner string, ttl time.Duration, q string) (bool, error) {
	held := false
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		now, err := s.clock(ctx, t)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, q, stationLease, owner, now+ttl.Milliseconds(), now)
		held = n > 0
		return err
	})
	return held && err == nil, err
}
