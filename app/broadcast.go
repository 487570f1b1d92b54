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
	Came       BroadcastOutcome
	Due        time.Time // not before; zero: at once
	CreatedAt  time.Time
	StartedAt  time.Time
	EndedAt    time.Time
	UpdatedAt  time.Time
}

// BroadcastOutcome is what has come of a broadcast so far. Amounts are millionths of a unit of the currency in which the rates are.
type BroadcastOutcome struct {
	Planned  int64 // what all messages made so far cost if they are delivered, by the rate table
	Spent    int64 // of these, what was delivered
	Answered int   // people who wrote back within 15 days
	Pressed  int   // how often one of its buttons was pressed
	OptedOut int   // people who opted out within 15 days
	Settled  int   // failed messages of which a person said that nothing more is to be done
}

// PacePoint is how many messages of a broadcast Meta took in the ten seconds that begin at At.
type PacePoint struct {
	At       time.Time
	Messages int
}

// SlowDown is a moment at which Meta asked a number to send less (Meta: errors 130429, 131056, 80007).
type SlowDown struct {
	At   time.Time
	Code int
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

// ToLookAt tells how many messages failed or have an unknown outcome and still want somebody's eye.
func (b Broadcast) ToLookAt() int {
	return max(0, b.Counts[string(StatusFailed)]+b.Counts[string(StatusUnknown)]-b.Came.Settled)
}

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
	Answers   int       // messages that came back within 15 days
	Presses   int       // of its buttons
	OptedOut  bool      // within 15 days
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
