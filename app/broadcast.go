package app

import "time"

// BroadcastState is where a broadcast stands.
type BroadcastState string

// The states of a broadcast.
const (
	BroadcastScheduled BroadcastState = "scheduled" // waits for its time
	BroadcastRunning   BroadcastState = "running"
	BroadcastPaused    BroadcastState = "paused"  // by a person
	BroadcastStopped   BroadcastState = "stopped" // by itself; Reason says why. A person may resume it
	BroadcastDone      BroadcastState = "done"
	BroadcastCancelled BroadcastState = "cancelled"
)

// Broadcast is one template to many records.
type Broadcast struct {
	ID         ID
	AccountID  ID
	TemplateID ID
	Name       string
	Job        string // what all messages have in common; JSON of app/broadcasts
	State      BroadcastState
	Reason     *Failure // of BroadcastStopped
	StaffID    ID
	Total      int
	Counts     BroadcastCounts
	Due        time.Time // not before; zero: at once
	CreatedAt  time.Time
	StartedAt  time.Time
	EndedAt    time.Time
	UpdatedAt  time.Time
}

// BroadcastCounts tells how many rows of a broadcast stand where: by the status of their message, and besides these RowWaiting, RowSkipped and
// RowCancelled for rows that have none. They add up to the total.
type BroadcastCounts map[string]int

// The states of a row of a broadcast.
const (
	RowWaiting   = "waiting" // its message is not made yet
	RowMade      = "made"    // its message is in the outbox or beyond
	RowSkipped   = "skipped" // it will not go; Reason says why
	RowCancelled = "cancelled"
)

// Under tells how many messages are in the outbox and have no outcome yet. Unknown ones do not count: they may stay so for long.
func (c BroadcastCounts) Under() int { return c[string(StatusQueued)] + c[string(StatusSending)] }

// Handled tells how many rows are beyond the outbox.
func (c BroadcastCounts) Handled() int {
	n := 0
	for name, k := range c {
		if name != RowWaiting && name != string(StatusQueued) && name != string(StatusSending) {
			n += k
		}
	}
	return n
}

// BroadcastRow is one record of a broadcast.
type BroadcastRow struct {
	Seq       int
	RecordID  string
	Title     string
	Phone     string // digits
	State     string // RowWaiting …
	Reason    string // of RowSkipped, a word that does not change
	Words     string // the same for people
	MessageID ID
	Status    Status // of the message; "" when there is none
	Failure   *Failure
	UpdatedAt time.Time // of the message's way through the outbox
}

// BroadcastStep is what becomes of one waiting row: a message, or a reason why there is none.
type BroadcastStep struct {
	Seq      int
	Title    string
	Phone    string
	Customer string // by which a customer is known; the second row with it is skipped
	Message  *Outgoing
	Reason   string
	Words    string
}
