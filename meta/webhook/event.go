package webhook

import (
	"encoding/json"
	"time"
)

// Kind says which pointer of an Event is set.
type Kind int

// The kinds of events. KindOther is a documented field that the desk does not act on (calls, flows, groups, handovers);
// KindUnknown is anything else, and what could not be understood. Both keep their Raw.
const (
	KindUnknown     Kind = iota
	KindMessage          // Message
	KindStatus           // Status
	KindTemplate         // Template
	KindAccount          // Account
	KindPreference       // Preference
	KindErrors           // Errors: about the number or account, not about one message
	KindContactSync      // ContactSync
	KindOther
)

// String names the kind for a log.
func (k Kind) String() string {
	names := [...]string{"unknown", "message", "status", "template", "account", "preference", "errors", "contact_sync", "other"}
	if k < 0 || int(k) >= len(names) {
		return "unknown"
	}
	return names[k]
}

// Payload is one webhook body.
type Payload struct {
	Object string // whatsapp_business_account
	Events []Event
}

// Event is the smallest thing a body tells: one message, one status, one change of something.
type Event struct {
	WABAID        string // entry.id; for PARTNER_* account updates a business portfolio's id, for dashboard tests "0"
	EntryTime     int64  // unix seconds, 0 when absent
	Field         string // as Meta names it: messages, history, account_update, …
	PhoneNumberID string
	DisplayPhone  string // digits
	Kind          Kind
	Raw           json.RawMessage // the smallest JSON around it: the message, the status, else the value
	Problem       string          // KindUnknown: why it could not be understood, "" when it is merely unknown

	Message     *Message
	Status      *Status
	Template    *TemplateEvent
	Account     *AccountEvent
	Preference  *Preference
	Errors      []Error
	ContactSync *ContactSync
}

// Message is a message of a customer, or with Echo one that the business sent from elsewhere.
type Message struct {
	ID               string // wamid
	Echo             bool   // sent by the business: phone app, another app, or history
	From             string // digits; empty for customers without a visible number
	FromUserID       string // business-scoped user id
	FromParentUserID string
	To               string // Echo: the customer's number
	ToUserID         string // Echo: the customer's business-scoped user id
	GroupID          string
	Timestamp        time.Time // zero when absent
	Type             string    // as Meta names it
	Contact          Contact   // the customer, as far as the body tells; never somebody else of the same body
	Text             string    // what can be read of a message of any type: body, caption, chosen title, place, …
	Payload          string    // button payload, or id of the chosen reply or row
	ContextID        string    // the message it answers
	ContextFrom      string
	Forwarded        bool
	Media            *Media
	Location         *Location
	Reaction         *Reaction
	Edit             *Edit
	Revoke           *Revoke
	System           *System
	Errors           []Error
	Referral         json.RawMessage // click-to-WhatsApp advertisement
	History          *History        // set when the message comes from the phone's past
}

// Contact is who a customer is.
type Contact struct {
	Name         string
	WaID         string // digits
	UserID       string
	ParentUserID string
	Username     string
}

// Media is a file in a message. ID lives for days, URL for minutes.
type Media struct {
	ID, MIME string
	SHA256   string // base64 or hex, as it came
	Filename string
	Caption  string
	URL      string
	Voice    bool
	Animated bool
}

// Location is a place that was shared.
type Location struct {
	Latitude, Longitude float64
	Name, Address, URL  string
}

// Reaction is an emoji on a message; an empty one was taken away.
type Reaction struct{ MessageID, Emoji string }

// Edit replaces an earlier message; the Message around it carries the new type, text and media.
type Edit struct {
	OriginalID string
	Type       string // of the new content
}

// Revoke takes an earlier message back.
type Revoke struct{ OriginalID string }

// System tells that a customer became somebody else: a new number or a new user id.
type System struct {
	Type                 string // user_changed_number, user_changed_user_id, customer_identity_changed, …
	Body                 string
	WaID                 string // the new number, newer spelling
	NewWaID              string // the new number, older spelling
	Customer             string // the old number, older spelling
	UserID               string
	PreviousUserID       string
	ParentUserID         string
	PreviousParentUserID string
}

// History is where a message from the phone's past stands.
type History struct {
	Status   string // DELIVERED ERROR PENDING PLAYED READ SENT; empty for media that comes later
	ThreadID string // the customer's number
}

// Status is what became of a message that the business sent.
type Status struct {
	ID                    string // wamid
	Status                string // sent delivered read played failed; others as they came
	Type                  string // "call" for calls, else empty
	Timestamp             time.Time
	RecipientID           string // digits; may be empty
	RecipientUserID       string
	RecipientParentUserID string
	RecipientType         string // "group" or empty
	ParticipantID         string // the member of the group
	BizOpaque             string // biz_opaque_callback_data of the send
	Errors                []Error
	Pricing               json.RawMessage
	Conversation          *Conversation
	Contact               Contact
}

// Conversation is Meta's billing conversation, only on older versions and free entry points.
type Conversation struct {
	ID         string
	Origin     string
	Expiration time.Time // zero when absent
}

// Error is why a message failed or what is wrong with an account. meta.Explain knows the codes.
type Error struct {
	Code    int    `json:"code"`
	Title   string `json:"title,omitempty"`
	Message string `json:"message,omitempty"`
	Details string `json:"details,omitempty"`
	Href    string `json:"href,omitempty"`
}

// TemplateEvent is a change of a message template. Which fields are set follows from the field.
type TemplateEvent struct {
	ID             string
	Name           string
	Language       string // with underscore, whatever was sent
	Event          string // APPROVED REJECTED PAUSED …; QUALITY, CATEGORY, COMPONENTS for the fields without one
	Reason         string // "" for NONE and null
	Category       string // the category now
	PreviousCat    string
	CorrectCat     string // the category that Meta plans or believes to be right
	Quality        string // GREEN YELLOW RED UNKNOWN
	PreviousQual   string
	OtherTitle     string // FIRST_PAUSE SECOND_PAUSE …
	OtherText      string
	Recommendation string
	DisableDate    int64 // unix seconds, 0 when absent
}

// AccountEvent is a change of the WABA, a number, or what they may do. Details are in the event's Raw.
type AccountEvent struct {
	Event        string // event, decision or status, as the field has it; "" where there is none
	DisplayPhone string // the number it concerns, digits; "" for the whole account
	WABAID       string // waba_info.waba_id, where the entry's id is a portfolio
}

// Preference is a customer's wish about marketing messages.
type Preference struct {
	Contact   Contact
	Category  string // marketing_messages
	Value     string // stop, resume
	Detail    string
	Timestamp time.Time
}

// ContactSync is an entry of the address book of the phone app.
type ContactSync struct {
	Action    string // add, remove
	Phone     string
	UserID    string
	FullName  string
	FirstName string
	Timestamp time.Time
}
