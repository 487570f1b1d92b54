package outbox

import (
	"context"
	"errors"
	"slices"
	"time"

	"shopbell/app"
	"shopbell/meta"
)

// notToday is how long a message waits that Meta held back for the customer's sake (Meta: error 131049).
const notToday = 24 * time.Hour

// resendPage is how many failed messages are read at a time.
const resendPage = 500

// Retryable tells whether a failed message may be sent again at now: not when the same would be refused again, and not too soon.
func Retryable(f *app.Failure, failedAt, now time.Time) bool {
	if f == nil || f.Code == 0 {
		return true
	}
	info := meta.Explain(f.Code, 0)
	if f.Code == 131049 {
		return now.Sub(failedAt) >= notToday
	}
	return !info.RowPermanent
}

// ResendAll sends failed messages again, those with one of the codes (none: all), as far as that may be done. It tells how many; an error
// leaves those before it queued.
func (s *Service) ResendAll(ctx context.Context, codes ...int) (int, error) {
	n := 0
	for before := app.ID(0); ; {
		list, err := s.Sends(ctx, []app.SendState{app.SendFailed}, before, resendPage)
		if err != nil {
			return n, err
		}
		for _, row := range list {
			before = row.ID
			if len(codes) > 0 && (row.Failure == nil || !slices.Contains(codes, row.Failure.Code)) || !Retryable(row.Failure, row.UpdatedAt, s.c.Now()) {
				continue
			}
			if _, err := s.Resend(ctx, row.ID); err != nil {
				if errors.Is(err, app.ErrConflict) {
					continue // somebody was faster
				}
				return n, err
			}
			n++
		}
		if len(list) < resendPage {
			return n, nil
		}
	}
}
