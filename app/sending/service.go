package sending

import (
	"context"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

// Store is what the service needs to know, and where messages go.
type Store interface {
	Template(ctx context.Context, id app.ID) (app.Template, error)
	// ReachPhones gives what is known of the people behind phone numbers, by app.PhoneKey; unknown numbers are left out.
	ReachPhones(ctx context.Context, account app.ID, keys []string) (map[string]app.Reach, error)
	// ReachContacts is the same by the contact's id.
	ReachContacts(ctx context.Context, account app.ID, ids []app.ID) (map[app.ID]app.Reach, error)
	// TemplateSent tells when contacts were last sent one of some templates, after since and (unless it is zero) before the other moment.
	TemplateSent(ctx context.Context, account app.ID, templates, contacts []app.ID, since, before time.Time) (map[app.ID]time.Time, error)
	// Queue writes the message row and the outbox row in one transaction and gives the message.
	Queue(ctx context.Context, out app.Outgoing) (app.Message, error)
}

// Config is what the service needs of the world.
type Config struct {
	Store   Store
	Records records.Source
	Rates   func() Rates // what Meta charges; nil: not known
	Zone    *time.Location
	Now     func() time.Time
	// Practises tells whether an account is for practice: only such a one sends from examples. nil: none is.
	Practises func(ctx context.Context, account app.ID) (bool, error)

	Paper    PaperMaker            // nil: records have no papers
	HasPaper func(typ string) bool // tells whether records of a type have; nil: none
}

// Service checks, previews and queues template messages. It keeps nothing itself.
type Service struct{ c Config }

// New makes the service.
func New(c Config) *Service { return &Service{c} }

// Job is a template with everything that its messages have in common.
type Job struct {
	Template    app.ID
	Others      []app.ID // the same template in other languages: a customer whose language is among them gets that one
	RecordType  string   // of the records that fill it in; "" when it goes to a bare number
	PhoneField  string   // path to the number on a record; "" is the template's, else the type's own
	Sender      app.Staff
	SenderPhone string                         // as customers read it; "" is the sender's own
	Country     string                         // ISO code assumed for numbers without a country code; "" refuses them
	Values      map[template.Slot]string       // what was written for this sending; it stands above what the template binds
	Files       map[template.Slot]app.SendFile // of media headers; a slot that is not here takes the template's own file
	Papers      Papers                         // which headers carry the record's own paper
	Payloads    map[template.Slot]string       // what quick replies send back; "" is their label
	SkipDays    int                            // skips whoever got the template in that many days; 0 skips nobody
	SkipBefore  time.Time                      // what was sent later does not count for SkipDays; zero: all counts
}

// ready is a job whose template was read.
type ready struct {
	Job
	t        app.Template
	doc      template.Document // as Meta has it
	bindings []app.Binding
	stop     *Problem // holds for every row
	drawn    bool     // the shop draws papers of the records
	has      bool     // files of records are found
}

// prepare reads a template of the job and finds what stands in the way of all rows.
func (s *Service) prepare(ctx context.Context, job Job, id app.ID) (ready, error) {
	t, err := s.c.Store.Template(ctx, id)
	if err != nil {
		return ready{}, err
	}
	r := ready{Job: job, t: t, doc: t.Document}
	r.drawn = s.c.Paper != nil && s.c.HasPaper != nil && s.c.HasPaper(job.RecordType)
	r.has = s.c.Paper != nil
	if t.Remote != nil {
		r.doc = *t.Remote // what Meta sends, whatever is being written here
	}
	r.bindings, _ = app.MergeBindings(r.doc, t.Bindings, t.Parked)
	for i, b := range r.bindings {
		if _, given := job.Values[b.Slot]; given {
			r.bindings[i] = app.Binding{Slot: b.Slot, Kind: app.BindFree}
		}
	}
	if r.PhoneField == "" {
		r.PhoneField = t.PhoneField
	}
	r.stop = r.stopped()
	return r, nil
}

// stopped finds why the template can't be sent at all.
func (r *ready) stopped() *Problem {
	status := r.t.MetaStatus
	if r.t.Gone {
		status = app.TemplateGone
	}
	advice := status.Explain()
	switch {
	case !r.t.Allows(r.Sender):
		return &Problem{NotAllowed, "This template is for other people at the desk.", "Ask an admin to allow you to use it."}
	case status == "":
		return &Problem{NotApproved, "The template was never submitted.", "Submit it for approval; Meta answers within 24 hours."}
	case status == app.TemplatePaused:
		return &Problem{Paused, advice.Plain, advice.Mend}
	case !status.Sendable():
		return &Problem{NotApproved, advice.Plain, advice.Mend}
	case r.RecordType != "" && r.t.RecordType != "" && r.RecordType != r.t.RecordType:
		return &Problem{WrongType, "The template is filled in from another kind of record (" + r.t.RecordType + ").", "Choose a template that applies to these records, or change Applies to."}
	}
	return nil
}

// category is what Meta charges and opts out by.
func (r *ready) category() template.Category { return r.doc.Category }
