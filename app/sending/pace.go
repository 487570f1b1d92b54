package sending

import (
	"time"

	"shopbell/meta"
)

// PerMinute is how many messages an ordinary number sends a minute when nothing slows it down.
const PerMinute = 60 * meta.DefaultPerSecond

// Span is how long so many messages take at that pace.
func Span(messages int) time.Duration {
	return time.Duration(messages) * time.Minute / PerMinute
}
