package app

import (
	"time"

	"shopbell/meta/template"
)

// TemplateRow is a template as the list shows it, without its document.
type TemplateRow struct {
	ID            ID
	AccountID     ID
	Name          string
	Technical     string
	Language      string
	Category      template.Category
	Status        TemplateStatus // as shown: draft, or Meta's
	MetaStatus    TemplateStatus
	Reason        string // of a rejection
	Notice        string // what Meta said along with the status
	Quality       string
	HeaderFormat  template.HeaderFormat // "" for none
	Preview       string                // beginning of the body, one line, at most 160 runes
	RecordType    string
	Staff         []ID
	Linked        bool
	Edited        bool // written here and not (yet) at Meta
	Archived      bool
	Conflict      ConflictKind // "" for none
	SubmitState   SubmitState  // "" when no submission is under way
	CategoryMoved bool         // Meta changed its category, or plans to
	Uses          int          // messages that were made from it
	Revision      int64
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Allows is Template.Allows.
func (r TemplateRow) Allows(s Staff) bool { return allows(r.Staff, s) }

// TemplateFilter chooses templates of the list. The zero value is all that are not archived.
type TemplateFilter struct {
	AccountID  ID // 0: every account
	Statuses   []TemplateStatus
	Languages  []string
	Category   template.Category // "": any
	Technical  string            // only this technical name, exactly; "" for any
	Search     string            // words, each the beginning of a word of the name, technical name or body
	Conflicts  bool              // only those with a conflict
	Archived   bool              // the archived instead of the others
	Everything bool              // archived and not
	For        Staff             // only those that this person may see; zero: all
}

// TemplateVersion is what a template was at a moment: kept when it was submitted, when Meta's version came, and before a version was taken back.
type TemplateVersion struct {
	ID         ID
	TemplateID ID
	Number     int // from 1
	At         time.Time
	StaffID    ID // who; 0: the program
	Why        VersionWhy
	Name       string
	Document   template.Document
	Bindings   []Binding
}

// VersionWhy says what made a version.
type VersionWhy string

// The occasions on which a version is kept.
const (
	VersionCreated   VersionWhy = "created"   // as it was begun
	VersionSubmitted VersionWhy = "submitted" // sent to Meta for review
	VersionSynced    VersionWhy = "synced"    // Meta's version, as it came
	VersionReplaced  VersionWhy = "replaced"  // what was written here, before Meta's version or an older one took its place
	VersionRestored  VersionWhy = "restored"  // an older version, taken back
)

// TemplateEvent is a line of a template's history.
type TemplateEvent struct {
	ID         ID
	TemplateID ID
	At         time.Time
	StaffID    ID // who; 0: the program or Meta
	Kind       TemplateEventKind
	Detail     string // status, reason, category …: depends on the kind
}

// TemplateEventKind says what happened.
type TemplateEventKind string

// The kinds of line in a template's history.
const (
	TemplateEventCreated    TemplateEventKind = "created"
	TemplateEventSubmitted  TemplateEventKind = "submitted"
	TemplateEventEditedLive TemplateEventKind = "edited_approved" // counts against Meta's number of edits
	TemplateEventRefused    TemplateEventKind = "refused"         // Meta did not take the submission
	TemplateEventUncertain  TemplateEventKind = "uncertain"       // the answer never came
	TemplateEventStatus     TemplateEventKind = "status"
	TemplateEventQuality    TemplateEventKind = "quality"
	TemplateEventCategory   TemplateEventKind = "category"
	TemplateEventPlan       TemplateEventKind = "plan" // Meta plans another category
	TemplateEventComponents TemplateEventKind = "components"
	TemplateEventSynced     TemplateEventKind = "synced"
	TemplateEventGone       TemplateEventKind = "gone"
	TemplateEventConflict   TemplateEventKind = "conflict"
	TemplateEventResolved   TemplateEventKind = "resolved"
	TemplateEventReset      TemplateEventKind = "reset"
	TemplateEventRestored   TemplateEventKind = "restored"
	TemplateEventArchived   TemplateEventKind = "archived"
	TemplateEventMoved      TemplateEventKind = "moved" // to another account
)

// TemplateTrace is what a change of a template leaves behind.
type TemplateTrace struct {
	Versions []TemplateVersion // Name, Document and Bindings as they are to be kept; the rest is filled in
	Events   []TemplateEvent
}

// TemplateWrite is a template to be written with its trace; ID 0 makes a new one.
type TemplateWrite struct {
	Template Template
	Trace    TemplateTrace
}

// LinkedTemplate names a template that Meta has.
type LinkedTemplate struct {
	ID     ID
	MetaID string
	Since  time.Time // when it was linked or last submitted
}
