package app

import "time"

// JournalState is what became of a webhook.
type JournalState string

// The states of a journal entry.
const (
	JournalPending JournalState = "pending" // stored, not applied yet
	JournalApplied JournalState = "applied"
	JournalFailed  JournalState = "failed"  // could not be applied; can be replayed
	JournalIgnored JournalState = "ignored" // for an account that is not here, or a field that we do not use; can be replayed
)

// JournalEntry is one webhook as it came.
type JournalEntry struct {
	ID         ID
	ReceivedAt time.Time
	State      JournalState
	Error      string // why it failed or was ignored
	Body       []byte // the raw bytes that Meta signed
}

// JournalMark is what became of one entry.
type JournalMark struct {
	ID    ID
	State JournalState
	Error string
}
