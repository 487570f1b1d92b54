package templates

import (
	"context"
	"io"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/app/starters"
	service "shopbell/app/templates"
)

// Service is what the tab needs of the templates.
type Service interface {
	List(ctx context.Context, who app.Staff, f app.TemplateFilter) ([]app.TemplateRow, error)
	Get(ctx context.Context, who app.Staff, id app.ID) (app.Template, error)
	Create(ctx context.Context, who app.Staff, b service.Start) (app.Template, error)
	Save(ctx context.Context, who app.Staff, t app.Template) (app.Template, error)
	Copy(ctx context.Context, who app.Staff, id app.ID) (app.Template, error)
	AddLanguage(ctx context.Context, who app.Staff, id app.ID, language string) (app.Template, error)
	Archive(ctx context.Context, who app.Staff, id app.ID, archived bool) (app.Template, error)
	Delete(ctx context.Context, who app.Staff, id app.ID, alsoAtMeta bool) error
	ResetToDraft(ctx context.Context, who app.Staff, id app.ID) (app.Template, error)
	SetHeaderFile(ctx context.Context, who app.Staff, id app.ID, revision int64, card int, name string, r io.Reader) (app.Template, error)
	ClearHeaderFile(ctx context.Context, who app.Staff, id app.ID, card int) (app.Template, error)
	Submit(ctx context.Context, who app.Staff, id app.ID, progress func(service.Progress)) (app.Template, error)
	Sync(ctx context.Context, who app.Staff, account app.ID, progress func(service.Progress)) (service.Counts, error)
	SyncOne(ctx context.Context, who app.Staff, id app.ID) (app.Template, error)
	Resolve(ctx context.Context, who app.Staff, id app.ID, how service.Resolution, name string) (app.Template, error)
	TakeTheirs(ctx context.Context, who app.Staff, id app.ID) (app.Template, error)
	KeepMine(ctx context.Context, who app.Staff, id app.ID) (app.Template, error)
	Group(ctx context.Context, who app.Staff, id app.ID) ([]app.TemplateRow, error)
	Versions(ctx context.Context, who app.Staff, id app.ID) ([]app.TemplateVersion, error)
	Restore(ctx context.Context, who app.Staff, id, versionID app.ID) (app.Template, error)
}

// Params is what the tab needs of the program.
type Params struct {
	Templates Service
	Records   records.Source // nil: templates are filled in by hand only
	Accounts  func(ctx context.Context) ([]app.Account, error)
	Staff     func(ctx context.Context) ([]app.Staff, error) // nil: nobody to choose from
	Starters  func() ([]starters.Starter, error)             // read away from the UI goroutine; nil: none
	OpenFile  func(sha256 string) (io.ReadSeekCloser, error) // a header's sample; nil: it cannot be shown
	Connect   func()                                         // opens the form of a new account; nil: no way there
	Pictures  Pictures                                       // the clipboard; nil: the desktop's
	Me        app.Staff
	Rates     func() sending.Rates // what Meta charges; read away from the UI goroutine; nil: not known
	Changed   func()               // what can be done has changed; may be nil
}
