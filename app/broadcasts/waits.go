package broadcasts

import (
	"context"
	"time"

	"shopbell/app"
)

// waitsMost is how many messages are looked at to find out whether a broadcast only waits.
const waitsMost = 200

// soon is what counts as going now.
const soon = time.Minute

// Waits tells when a broadcast that runs goes on: when all of it is out but messages that a person put off. Zero: it goes now, or it does not run.
func (s *Service) Waits(ctx context.Context, b app.Broadcast) (time.Time, error) {
	if b.State != app.BroadcastRunning || b.Counts[app.RowWaiting] > 0 || b.Counts[string(app.StatusSending)] > 0 || b.Counts.Under() == 0 {
		return time.Time{}, nil
	}
	list, err := s.FindSends(ctx, app.SendFilter{BroadcastID: b.ID, States: []app.SendState{app.SendQueued, app.SendClaimed, app.SendSending}}, 0, waitsMost)
	if err != nil {
		return time.Time{}, err
	}
	var first time.Time
	for _, row := range list {
		if row.State != app.SendQueued || row.Due.Sub(s.c.Now()) <= soon {
			return time.Time{}, nil
		}
		if first.IsZero() || row.Due.Before(first) {
			first = row.Due
		}
	}
	return first, nil
}
