package widget

import (
	"image"
	"time"
)

// MessageKind is how a message of the timeline is drawn.
type MessageKind int

// The kinds.
const (
	KindText    MessageKind = iota
	KindNote                // internal, in the middle
	KindSystem              // a fact in a pill: who was assigned, when the window ended
	KindMedia               // a picture when Image is set, else a card with icon and words; Text is its caption
	KindUnknown             // what we cannot draw: its type in plain words and Show raw
)

// Message is what the timeline draws. It is a plain value: a change is a new value with another Revision.
type Message struct {
	ID       int64
	Revision int64
	Kind     MessageKind
	Out      bool   // ours
	Sender   string // key of who wrote it: messages of one sender group together
	Name     string // who wrote a note
	Text     string
	At       time.Time
	Tick     Delivery

	Quote     *Quote
	Reactions []Reaction

	// Failure is why it did not arrive, in plain words; Mend is what the button below it says, if anything mends it.
	Failure, Mend, MendIcon string
	Waits                   bool // Failure is only why it has to wait: it is said quietly

	// Icon and Title make the card of media and of unknown content: "Voice note · 0:24".
	Icon, Title string
	Image       image.Image
	Sticker     bool // Image stands by itself, without a bubble

	Card *SentCard // a template, drawn as its card in place of the text; nil for anything else
}

// Quote is the message this one answers.
type Quote struct {
	ID         int64
	Name, Text string
}

// Reaction is an emoji that someone put on a message.
type Reaction struct{ Emoji, Name string }

// groupGap is how long a sender may pause within a group.
const groupGap = 10 * time.Minute

// joins tells whether b continues the group of a: one sender, one side, the same day, within ten minutes.
func joins(a, b *Message) bool {
	if a == nil || b == nil || !bubbled(a) || !bubbled(b) || a.Out != b.Out || a.Sender != b.Sender {
		return false
	}
	gap := b.At.Sub(a.At)
	return gap >= 0 && gap < groupGap && sameDay(a.At, b.At) && a.Failure == "" && len(a.Reactions) == 0
}

func bubbled(m *Message) bool { return m.Kind != KindNote && m.Kind != KindSystem }

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

// setting is what the neighbours of a message make of it.
type setting struct {
	day           bool // the first of its day
	unread        int  // the first unread one; how many there are
	joined, joint bool // continues the group above; is continued below
	all           bool // every button of a template is shown
}

// between says how a message is set between its neighbours, either of which may be nil.
func between(prev, m, next *Message) setting {
	return setting{
		day:    prev == nil || !sameDay(prev.At, m.At),
		joined: joins(prev, m), joint: joins(m, next),
	}
}
