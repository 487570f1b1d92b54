package app

import "time"

// Direction says who wrote a message.
type Direction string

// The directions of a message.
const (
	In   Direction = "in"
	Out  Direction = "out"
	Note Direction = "note" // for the team only, never sent
)

// Message is one line of a conversation.
type Message struct {
	ID             ID
	AccountID      ID
	ConversationID ID
	ContactID      ID
	Wamid          string // Meta's id; "" until Meta accepted it
	Direction      Direction
	Type           string // as Meta names it: text, image, interactive …
	Text           string // what a person reads of it, whatever its type; may be ""
	Status         Status
	Error          *Failure  // why it failed or, while it is queued, why it did not go out yet; nil otherwise
	At             time.Time // Meta's time for inbound, ours for outbound; millisecond precision
	ContextID      string    // wamid of the quoted message; "" if none
	Media          *Media
	StaffID        ID     // who wrote it, for out and note; 0 otherwise
	Raw            string // the message as Meta sent it, JSON; "" for our own
	Edited         bool
	Revoked        bool
	Reactions      []Reaction
	Rev            int64 // rises with each change of the row
}

// Failure is why a message was not delivered, as Meta said it.
type Failure struct {
	Code    int    `json:"code"`
	Title   string `json:"title"`
	Details string `json:"details,omitempty"`
}

// Media is a file of a message. SHA256 is hex and names the file in the media folder once it is there.
type Media struct {
	MediaID  string // Meta's id of it
	MIME     string
	SHA256   string // hex; "" if Meta did not tell
	Filename string
	Caption  string
	Size     int64
	Voice    bool
	State    string // "remote" until downloaded, then "stored"; "failed" if it can't be had
}

// Reaction is an emoji that somebody put on a message.
type Reaction struct {
	Actor string // PhoneKey or user id of who reacted; "" is the shop
	Emoji string
	At    time.Time
}

// MessageKey places a message in its conversation: by time, then by id.
type MessageKey struct {
	At time.Time
	ID ID
}

// Key gives the place of the message in its conversation.
func (m Message) Key() MessageKey { return MessageKey{At: m.At, ID: m.ID} }
