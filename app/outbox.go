package app

import "time"

// SendState is where a row of the outbox stands.
type SendState string

// The states of a row of the outbox. A row is claimed before it is sending, so that a crash before the request loses and doubles nothing,
// and one found in SendSending after a crash is SendUnknown, never queued again by itself.
const (
	SendQueued    SendState = "queued"
	SendClaimed   SendState = "claimed" // a worker holds it (lease); nothing has gone out
	SendSending   SendState = "sending" // the request may have gone out
	SendUnknown   SendState = "unknown" // it went out, the answer never came
	SendAccepted  SendState = "accepted"
	SendFailed    SendState = "failed"
	SendCancelled SendState = "cancelled"
	SendHeld      SendState = "held" // its broadcast is paused
)

// Send is one row of the outbox: a message that is to go to Meta. Its id goes along as biz_opaque_callback_data and comes back in status webhooks.
type Send struct {
	ID             ID
	AccountID      ID
	PhoneNumberID  string
	ConversationID ID
	MessageID      ID
	To             string // digits with country code; "" when only the user id is known
	Recipient      string // business-scoped user id; used when To is ""
	Payload        string // the message object, JSON, without the envelope: {"type":"text","text":{…},"context":…}
	State          SendState
	Due            time.Time // not before
	Attempts       int       // requests that have gone out
	Failure        *Failure  // of the last attempt
	CreatedAt      time.Time
	Files          []SendFile
	TemplateID     ID        // 0: not a template
	Category       string    // of the template, as Meta names it; decides which opt-out holds it back
	Record         RecordRef // zero: none
	StaffID        ID        // 0: the program
	BroadcastID    ID        // 0: none
	Cost           int64     // millionths of a unit of the currency, if it is delivered; 0 also when it is not known
	Settled        bool      // it failed, and a person said that nothing more is to be done
	// For the Outbox tab only; the queue itself does not read them:
	ContactName string
	Text        string
	Wamid       string
	UpdatedAt   time.Time
}

// Outgoing is a message that a person (or a rule) wants sent: it becomes one message row and one outbox row in one transaction.
type Outgoing struct {
	AccountID      ID
	ConversationID ID        // 0: find or make it from To
	To             string    // digits with country code, used when ConversationID is 0
	Type           string    // text …
	Text           string    // what a person reads of it
	Payload        string    // as in Send
	ContextID      string    // wamid of the quoted message; "" if none
	StaffID        ID        // 0: the program
	Due            time.Time // zero: now
	ClientKey      string    // makes the same wish, repeated, one message; "" for none

	// Of a template message:
	ContactID   ID         // to whom, when neither ConversationID nor To is given
	Raw         string     // SentTemplate, for whoever draws the message; "" for other types
	Files       []SendFile // whose FileID the payload names
	TemplateID  ID
	Category    string
	Record      RecordRef
	BroadcastID ID
	Cost        int64 // as in Send
}

// SendFilter chooses rows of the outbox; what is zero does not count.
type SendFilter struct {
	States      []SendState // rows that were sent again are left out: the newer row stands for them
	AccountID   ID
	BroadcastID ID
	Single      bool   // of no broadcast
	Look        bool   // failed or not known, not sent again, and nobody said that it is settled
	Query       string // in the name or number of the customer, or in the text
}

// SendCounts are what the Outbox tab shows beside its filters.
type SendCounts struct {
	Single int // of no broadcast, and under way or to be looked at; at most SendCountMost
	Look   int // failed or not known
}

// SendCountMost is where SendCounts stops to count.
const SendCountMost = 1000
