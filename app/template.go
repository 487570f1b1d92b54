package app

import (
	"slices"
	"time"

	"shopbell/meta/template"
)

// Template is a message template of an account, in one language: what the shop made of it and what Meta says of it.
// Its translations are the templates of the same account with the same technical name (Document.Name).
type Template struct {
	ID        ID
	AccountID ID
	Name      string            // the shop's own name for it
	Document  template.Document // as it is being written here; technical name, language and category are in it

	RecordType string    // what kind of record fills it in: "contact" …
	PhoneField string    // path to the phone number on such a record; "" for the record type's own
	Staff      []ID      // who may send it; empty: everybody
	Bindings   []Binding // one for each slot of the document, in its order
	Parked     []Binding // of slots that were typed away; they come back with their slot
	Files      []HeaderFile

	Draft     bool // taken back to be edited; Meta's version, if there is one, stays as it is
	Archived  bool // out of sight here
	Revision  int64
	CreatedAt time.Time
	UpdatedAt time.Time // of what people wrote

	Standing
}

// Standing is what Meta knows of a template. People never write it.
type Standing struct {
	MetaID           string
	MetaStatus       TemplateStatus // "" while Meta does not have it
	Reason           string         // why it was rejected, as Meta's word; "" for none
	Notice           TemplateNotice
	Quality          string             // GREEN YELLOW RED UNKNOWN or ""
	PreviousCategory template.Category  // before Meta changed it; "" if it did not
	CorrectCategory  template.Category  // the one that Meta plans to give it; "" for none
	Remote           *template.Document // Meta's version as last read, without upload handles
	Base             *template.Document // what was written here when it last agreed with Meta's version: sent, or synced
	Unread           bool               // Remote is what was submitted, not read back yet
	Submission       *Submission        // under way, cut off or in doubt; nil otherwise
	Conflict         *TemplateConflict
	Gone             bool // Meta does not have it any more
	SubmittedAt      time.Time
	SyncedAt         time.Time // when Meta's version was last compared with this one
	PollAt           time.Time // when to ask Meta again; zero: no need
	Polls            int       // how often it was asked since the status last changed
}

// TemplateNotice is what Meta said along with a status.
type TemplateNotice struct {
	Title          string    `json:"title,omitempty"` // FIRST_PAUSE, SECOND_PAUSE, RATE_LIMITING_PAUSE, UNPAUSE, DISABLED
	Text           string    `json:"text,omitempty"`
	Recommendation string    `json:"recommendation,omitempty"`
	DisableAt      time.Time `json:"disable_at,omitzero"`
}

// HeaderFile is the sample file of a media header; its content is in the media folder.
type HeaderFile struct {
	Card   int    `json:"card"` // of a carousel; -1 is the template's own header
	Name   string `json:"name"`
	MIME   string `json:"mime"`
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // hex
}

// Status is what a person is shown: draft while it is written here, else Meta's word.
func (t Template) Status() TemplateStatus { return ShownStatus(t.Draft, t.Gone, t.MetaStatus) }

// Linked tells whether Meta has this template.
func (t Template) Linked() bool { return t.MetaID != "" && !t.Gone }

// Edited tells whether what is written here is not (yet) what Meta has.
func (t Template) Edited() bool {
	return t.Base == nil || !SameTemplate(t.Document, *t.Base)
}

// File gives the sample file of a media header: of the template (-1) or of a card of its carousel.
func (t Template) File(card int) (HeaderFile, bool) {
	i := slices.IndexFunc(t.Files, func(f HeaderFile) bool { return f.Card == card })
	if i < 0 {
		return HeaderFile{}, false
	}
	return t.Files[i], true
}

// Allows tells whether somebody may see and send the template: an admin always, staff when they are named or nobody is.
func (t Template) Allows(s Staff) bool { return allows(t.Staff, s) }

func allows(named []ID, s Staff) bool {
	return s.Role == RoleAdmin || len(named) == 0 || slices.Contains(named, s.ID)
}

// Submission is a template on its way to Meta. It is kept so that a program that died on the way neither loses nor doubles it.
type Submission struct {
	State  SubmitState       `json:"state"`
	Owner  string            `json:"owner"` // which run of the program
	Staff  ID                `json:"staff"`
	Begun  time.Time         `json:"begun"`
	Beat   time.Time         `json:"beat"` // when its owner was last alive
	Edit   bool              `json:"edit"` // of a template that Meta has
	Doc    template.Document `json:"doc"`  // what is submitted, without upload handles
	Tries  int               `json:"tries,omitempty"`
	Reason string            `json:"reason,omitempty"` // why it is in doubt or was cut off
}

// SubmitState is how far a submission has come.
type SubmitState string

// The states of a submission.
const (
	SubmitUploading SubmitState = "uploading" // files are going up; Meta has no template yet
	SubmitSending   SubmitState = "sending"   // the request may have gone out
	SubmitUnknown   SubmitState = "unknown"   // it went out, the answer never came; Meta's list settles it
	SubmitCut       SubmitState = "cut"       // it ended before the request; Submit goes on where it stopped
)

// Upload is a resumable upload of a header's sample (Meta: Resumable Upload API). It is kept until its handle was used.
type Upload struct {
	AccountID ID
	SHA256    string // hex, of the whole file
	Session   string // Meta's id of the session; "" until there is one
	Offset    int64  // bytes that Meta is known to have
	Handle    string // "" until all is there
	UpdatedAt time.Time
}

// ConflictKind says in what a template here and one at Meta disagree.
type ConflictKind string

// The kinds of conflict.
const (
	ConflictSameName ConflictKind = "same_name" // Meta has a template of this name and language that is not linked to this one
	ConflictDiverged ConflictKind = "diverged"  // it was edited here and at Meta
)

// TemplateConflict waits for a person to decide.
type TemplateConflict struct {
	Kind   ConflictKind   `json:"kind"`
	Theirs RemoteTemplate `json:"theirs"`
	At     time.Time      `json:"at"`
}

// RemoteTemplate is a template as Meta's lists show it.
type RemoteTemplate struct {
	ID               string            `json:"id"`
	Status           TemplateStatus    `json:"status"`
	Reason           string            `json:"reason,omitempty"` // "" for NONE
	Quality          string            `json:"quality,omitempty"`
	PreviousCategory template.Category `json:"previous_category,omitempty"`
	CorrectCategory  template.Category `json:"correct_category,omitempty"`
	UpdatedAt        time.Time         `json:"updated_at,omitzero"`
	Document         template.Document `json:"document"` // name, language and category are in it
}
