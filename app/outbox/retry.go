package outbox

import (
	"time"

	"shopbell/app"
	"shopbell/meta"
)

// notToday is how long a message waits that Meta held back for the customer's sake (Meta: error 131049).
const notToday = 24 * time.Hour

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
