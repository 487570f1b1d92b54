package outbox

import (
	"context"
	"time"

	"shopbell/app"
)

// Store is the durable queue. "Now" is always the database's own clock, so that several desks on one database agree.
type Store interface {
	// Claim takes up to limit rows that are queued and due for this owner until the lease ends, oldest first, and of each conversation only
	// the oldest row that has not gone out. No two owners ever hold one row.
	Claim(ctx context.Context, owner string, limit int, lease time.Duration) ([]app.Send, error)
	// Sending records, durably, that the request for a claimed row is about to go out. False means that the row is no longer this owner's: do not send.
	Sending(ctx context.Context, id app.ID, owner string) (bool, error)
	// Accepted settles a row with Meta's message id; to is how Meta names the recipient (wa_id, user id), which the contact learns.
	Accepted(ctx context.Context, id app.ID, wamid string, to app.Person) error
	// Retry puts a row that Meta refused for now back into the queue.
	Retry(ctx context.Context, id app.ID, failure app.Failure, wait time.Duration) error
	// Postpone puts a claimed row back into the queue because its turn has not come; nothing went out.
	Postpone(ctx context.Context, id app.ID, wait time.Duration) error
	// Failed settles a row that Meta refused for good.
	Failed(ctx context.Context, id app.ID, failure app.Failure) error
	// Unknown records that the answer never came. The status webhook or a person settles it.
	Unknown(ctx context.Context, id app.ID, failure app.Failure) error
	// Release gives claimed rows of the owner back at once.
	Release(ctx context.Context, owner string) error
	// Extend renews the lease of the owner's rows.
	Extend(ctx context.Context, owner string, lease time.Duration) error
	// Bury ends the leases of owners that are known to be dead: those whose name begins with prefix.
	Bury(ctx context.Context, prefix string) error
	// Recover gives back claimed rows whose lease ended, and makes rows that were being sent when their owner died unknown. It tells how many of each.
	Recover(ctx context.Context) (requeued, unknown int, err error)
	// NextDue tells how long until some row is due; ok is false when the queue is empty.
	NextDue(ctx context.Context) (wait time.Duration, ok bool, err error)

	// MediaID gives Meta's id of a file that a number uploaded no longer than maxAge ago; "" when it has to be uploaded.
	MediaID(ctx context.Context, phoneNumberID, sha256 string, maxAge time.Duration) (string, error)
	SaveMediaID(ctx context.Context, phoneNumberID, sha256, id string) error
	// DropMediaID forgets an id that Meta does not know any more; a newer one stays.
	DropMediaID(ctx context.Context, phoneNumberID, sha256, id string) error

	// SlowedDown notes that Meta asked a number to send less.
	SlowedDown(ctx context.Context, account app.ID, code int) error

	// Resend makes a new row for the message of a failed, unknown or cancelled row, because a person decided so.
	Resend(ctx context.Context, id app.ID) (app.Send, error)
	// ResendAt is Resend for later.
	ResendAt(ctx context.Context, id app.ID, due time.Time) (app.Send, error)
	// Settle says of a failed row that nothing more is to be done.
	Settle(ctx context.Context, id app.ID) error
	// Arrived settles an unknown row as sent, because a person knows that it arrived. No request goes out; what Meta still reports of it counts.
	Arrived(ctx context.Context, id app.ID) error
	// Cancel takes back a row that has not gone out.
	Cancel(ctx context.Context, id app.ID) error
	Send(ctx context.Context, id app.ID) (app.Send, error)
	// SendOfMessage gives the newest row of a message.
	SendOfMessage(ctx context.Context, message app.ID) (app.Send, error)
	// Sends lists rows in the given states (none: all), newest first, below the id (0: from the top).
	Sends(ctx context.Context, states []app.SendState, before app.ID, limit int) ([]app.Send, error)
	// FindSends lists the rows that a filter lets through, newest first, below the id (0: from the top).
	FindSends(ctx context.Context, f app.SendFilter, before app.ID, limit int) ([]app.Send, error)
	// SendCounts tells how many are to be looked at.
	SendCounts(ctx context.Context) (app.SendCounts, error)
}
