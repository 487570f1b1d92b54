package app

import "time"

// Conversation is one account's number with one contact.
type Conversation struct {
	ID        ID
	AccountID ID
	Contact   Contact
	// Of the newest message that shows in the list:
	LastAt        time.Time
	LastID        ID
	LastDirection Direction
	LastType      string
	LastText      string // one line, at most 200 runes
	LastStatus    Status

	LastInbound time.Time // zero if the customer never wrote
	FreeEntry   time.Time // when the free entry point ends; zero if there is none
	Unread      int       // inbound messages since staff last looked
	ReadAt      time.Time // everything up to here was seen by staff
	AssigneeID  ID        // 0: nobody
	Closed      bool      // marked done
	Draft       string    // what somebody began to write
	Rev         int64
}

// ServiceWindow is how long after a customer's last message free-form messages may be sent (Meta: customer service window).
const ServiceWindow = 24 * time.Hour

// WindowState says how much of the customer-service window is left.
type WindowState int

// The states of the window, as list and head colour them.
const (
	WindowClosed WindowState = iota
	WindowEnding             // under 1 h
	WindowSoon               // under 4 h
	WindowOpen
)

// Window gives the state of the customer-service window at now, and the time left (0 when closed).
func Window(lastInbound, now time.Time) (WindowState, time.Duration) {
	if lastInbound.IsZero() {
		return WindowClosed, 0
	}
	left := lastInbound.Add(ServiceWindow).Sub(now)
	switch {
	case left <= 0:
		return WindowClosed, 0
	case left < time.Hour:
		return WindowEnding, left
	case left < 4*time.Hour:
		return WindowSoon, left
	}
	return WindowOpen, min(left, ServiceWindow)
}

// ConversationKey places a conversation in the list: newest first.
type ConversationKey struct {
	LastAt time.Time
	ID     ID
}

// ConversationFilter chooses conversations of the list. The zero value is all that are not closed.
type ConversationFilter struct {
	AccountID  ID // 0: every account
	Unread     bool
	AssigneeID ID // 0: anybody
	Unassigned bool
	Closed     bool // those marked done instead of the others
}

// Counts are the totals that the rail and the filters show.
type Counts struct {
	Unread        int // unread messages
	UnreadThreads int // conversations with any
	Queued        int // outbox rows that wait or are under way
	Failed        int // outbox rows that need a person (failed or unknown)
}
