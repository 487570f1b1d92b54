package app

import "time"

// Fact is one thing that Meta told us, in the desk's own words. Exactly one of the pointers is set. Facts are applied idempotently and in any order
// with the same outcome.
type Fact struct {
	PhoneNumberID string // which account's number; "" when it concerns the whole WABA
	WABAID        string
	Message       *MessageFact
	Status        *StatusFact
	Reaction      *ReactionFact
	Amend         *AmendFact
	Person        *PersonFact
	Event         *EventFact
	Template      *TemplateFact
}

// Person is how a webhook names somebody. At least one of Phone, UserID and Group is set.
type Person struct {
	Phone    string // wa_id, digits
	UserID   string // business-scoped user id
	Username string
	Group    string
	Name     string // profile name
}

// MessageFact is a message: from a customer, or sent by the shop from elsewhere (echo, history).
type MessageFact struct {
	Wamid     string
	From      Person // the customer (or the group), also for echoes
	Direction Direction
	Type      string
	Text      string
	At        time.Time
	ContextID string
	Media     *Media
	Errors    []Failure
	Status    Status // for echoes and history; "" otherwise
	Raw       string
	Quiet     bool // history: neither unread nor news
	Wish      bool // one of the words that opt out or in: no answer to what was sent
	FreeEntry bool // came from an ad: the answer within 24 h opens a free entry point (Meta: referral)
}

// StatusFact is a status of a message of ours.
type StatusFact struct {
	Wamid     string
	Status    Status
	At        time.Time
	Opaque    ID // the outbox id that went along; 0 if none
	Recipient Person
	Failure   *Failure
	Raw       string
}

// ReactionFact is an emoji put on a message, or taken off when Emoji is "".
type ReactionFact struct {
	Wamid  string // of the message reacted to
	From   Person
	Emoji  string
	At     time.Time
	FromMe bool
}

// AmendFact is a message edited or revoked by its author.
type AmendFact struct {
	Wamid  string // of the amended message
	From   Person
	Revoke bool
	Text   string // the new text of an edit
	At     time.Time
	Raw    string
}

// PersonFact is news of a contact's identities: a changed number or user id, a profile, an opt-out of marketing.
type PersonFact struct {
	Person Person // as they are now
	Before Person // as they were; zero when nothing was replaced
	OptOut *bool  // nil: says nothing about it
	Scope  string // of the opt-out: OptOutMarketing or OptOutAll
	How    string // in a few words, such as the word they wrote; "" leaves no line in the history of opt-outs
	At     time.Time
}

// EventFact is anything else that Meta reports of an account, a number or a template: kept as it came and shown beside its account.
type EventFact struct {
	Field string // Meta's webhook field
	Kind  string // event or decision inside it; may be ""
	At    time.Time
	Raw   string
}

// TemplateFact is news of one aspect of a template. Of two about the same aspect the newer holds, whichever came first.
type TemplateFact struct {
	MetaID   string
	Name     string // technical
	Language string
	Aspect   TemplateAspect
	At       time.Time // Meta's time, of the second

	Status TemplateStatus // AspectStatus
	Reason string         // of a rejection; "" for none
	Notice TemplateNotice

	Quality string // AspectQuality: GREEN YELLOW RED UNKNOWN

	Category         string // AspectCategory: the one it has now
	PreviousCategory string // AspectCategory: the one it had; "" if it did not change
	CorrectCategory  string // AspectPlan: the one that Meta plans; "" for none
}

// TemplateAspect is what of a template changed.
type TemplateAspect string

// The aspects of a template that webhooks tell of.
const (
	AspectStatus     TemplateAspect = "status"
	AspectQuality    TemplateAspect = "quality"
	AspectCategory   TemplateAspect = "category"
	AspectPlan       TemplateAspect = "plan"       // of another category
	AspectComponents TemplateAspect = "components" // Meta's version must be read again
)
