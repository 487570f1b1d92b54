package templates

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"shopbell/app"
)

// Config is what the service needs of the world.
type Config struct {
	Store   Store
	Account func(ctx context.Context, id app.ID) (app.Account, error)
	Client  func(ctx context.Context, account app.ID) (Remote, error)
	Files   Files
	Owner   string // names this run of the program in submissions
	Now     func() time.Time
	Log     *slog.Logger
}

// Service is the templates: writing them, bringing them to Meta, and keeping both sides the same.
type Service struct {
	c    Config
	wake chan struct{} // tells Run that something is due sooner than it thinks

	mu      sync.Mutex
	syncing map[app.ID]bool // accounts whose templates are being compared by this process
}

// New makes the service; Run starts its polling.
func New(c Config) *Service {
	return &Service{c: c, wake: make(chan struct{}, 1), syncing: map[app.ID]bool{}}
}

// Progress is how far long work has come. Total is 0 while it is not known.
type Progress struct {
	Step  Step
	Done  int64 // bytes of an upload, templates of a sync
	Total int64
}

// Step is what long work is doing.
type Step string

// The steps of a submission and of a sync.
const (
	StepUpload  Step = "upload"
	StepSend    Step = "send"
	StepCompare Step = "compare"
	StepFetch   Step = "fetch" // samples of headers; Done and Total are templates
)

// List gives the templates that somebody may see, without documents.
func (s *Service) List(ctx context.Context, who app.Staff, f app.TemplateFilter) ([]app.TemplateRow, error) {
	f.For = who
	return s.c.Store.Templates(ctx, f)
}

// Get gives one template. One that staff may not use is not there for them.
func (s *Service) Get(ctx context.Context, who app.Staff, id app.ID) (app.Template, error) {
	t, err := s.c.Store.Template(ctx, id)
	if err == nil && !t.Allows(who) {
		return app.Template{}, &app.Error{Code: app.CodeForbidden, Message: "This template is for other people at the desk.", Mend: "Ask an admin to allow you to use it."}
	}
	return t, err
}

// Group gives a template with its other languages: same account, same technical name.
func (s *Service) Group(ctx context.Context, who app.Staff, id app.ID) ([]app.TemplateRow, error) {
	t, err := s.Get(ctx, who, id)
	if err != nil {
		return nil, err
	}
	return s.c.Store.Templates(ctx, app.TemplateFilter{AccountID: t.AccountID, Technical: t.Document.Name, Everything: true, For: who})
}

// Versions gives what a template was, newest first.
func (s *Service) Versions(ctx context.Context, who app.Staff, id app.ID) ([]app.TemplateVersion, error) {
	if _, err := s.Get(ctx, who, id); err != nil {
		return nil, err
	}
	return s.c.Store.TemplateVersions(ctx, id)
}

// History gives what happened to a template, newest first, at most 200 lines.
func (s *Service) History(ctx context.Context, who app.Staff, id app.ID) ([]app.TemplateEvent, error) {
	if _, err := s.Get(ctx, who, id); err != nil {
		return nil, err
	}
	return s.c.Store.TemplateHistory(ctx, id, 200)
}

// change is Store.ChangeTemplate for admins.
func (s *Service) change(ctx context.Context, who app.Staff, id app.ID, change func(t *app.Template) (app.TemplateTrace, error)) (app.Template, error) {
	if err := adminsOnly(who); err != nil {
		return app.Template{}, err
	}
	return s.c.Store.ChangeTemplate(ctx, id, change)
}

// line is a trace of one line in the history.
func line(kind app.TemplateEventKind, who app.ID, detail string) app.TemplateTrace {
	return app.TemplateTrace{Events: []app.TemplateEvent{{Kind: kind, StaffID: who, Detail: detail}}}
}

// version is a template as a version to be kept.
func version(t app.Template, why app.VersionWhy, who app.ID) app.TemplateVersion {
	return app.TemplateVersion{StaffID: who, Why: why, Name: t.Name, Document: t.Document, Bindings: t.Bindings}
}

// hurry wakes Run.
func (s *Service) hurry() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
