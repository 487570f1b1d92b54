package app

import "time"

// RecordSend is one message that was sent from a record.
type RecordSend struct {
	Send         ID
	Message      ID
	Conversation ID
	TemplateID   ID
	Template     string // its name; "" when it is gone or there was none
	Record       RecordRef
	State        SendState
	Status       Status   // of the message; "" when it is gone
	Failure      *Failure // nil: none
	At           time.Time
}
