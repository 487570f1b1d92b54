package templates

import (
	"context"
	"io"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// Store keeps the templates. Each method is whole: it happens or it does not.
type Store interface {
	// Templates lists, by name, without documents.
	Templates(ctx context.Context, f app.TemplateFilter) ([]app.TemplateRow, error)
	Template(ctx context.Context, id app.ID) (app.Template, error)
	// AddTemplate inserts.
	AddTemplate(ctx context.Context, w app.TemplateWrite) (app.Template, error)
	// ChangeTemplate reads a template, lets change alter it and writes it, in one transaction. The revision rises when what people write was
	// altered. change may be called more than once, each time with the template as it is then, and must do nothing else.
	ChangeTemplate(ctx context.Context, id app.ID, change func(t *app.Template) (app.TemplateTrace, error)) (app.Template, error)
	// MergeTemplates is the same for all templates of an account that have one of the Meta ids or of the technical names: merge gives those to
	// write, new ones among them.
	MergeTemplates(ctx context.Context, account app.ID, metaIDs, names []string, merge func(found []app.Template) ([]app.TemplateWrite, error)) error
	// DeleteTemplate removes a template with its versions and history. Messages made from it stay.
	DeleteTemplate(ctx context.Context, id app.ID) error

	// TemplateVersions gives the versions of a template, newest first.
	TemplateVersions(ctx context.Context, id app.ID) ([]app.TemplateVersion, error)
	// TemplateHistory gives what happened to a template, newest first.
	TemplateHistory(ctx context.Context, id app.ID, limit int) ([]app.TemplateEvent, error)
	// LinkedTemplates gives the Meta ids of an account's templates that are linked and not gone, and since when.
	LinkedTemplates(ctx context.Context, account app.ID) ([]Linked, error)
	// TemplatesSynced notes that all linked templates of an account were compared, and when.
	TemplatesSynced(ctx context.Context, account app.ID, at time.Time) error

	// DueTemplates gives templates whose PollAt has come, and those whose submission has not been heard of since stale, oldest first.
	DueTemplates(ctx context.Context, now, stale time.Time, limit int) ([]app.ID, error)
	// NextPoll tells when the next template is due; false when none is.
	NextPoll(ctx context.Context) (time.Time, bool, error)

	// Upload gives the upload of a file for an account; the zero value when there is none.
	Upload(ctx context.Context, account app.ID, sha256 string) (app.Upload, error)
	SaveUpload(ctx context.Context, u app.Upload) error
	DropUpload(ctx context.Context, account app.ID, sha256 string) error
}

// Linked is a template that Meta has.
type Linked = app.LinkedTemplate

// Files keeps header files by the hash of their content.
type Files interface {
	// Put keeps what r holds and gives its SHA-256 in hex and its size in bytes; more than limit bytes are an error and nothing is kept.
	Put(ctx context.Context, r io.Reader, limit int64) (sha256 string, size int64, err error)
	Open(sha256 string) (io.ReadSeekCloser, error)
}

// Remote is what the service asks of Meta for one account.
type Remote interface {
	// Page gives a page of the account's templates, the cursor of the next ("" after the last) and how many there are in all (0: not told).
	Page(ctx context.Context, after string) (items []template.Remote, next string, total int, err error)
	// Get gives one template; Gone tells which errors mean that Meta does not have it.
	Get(ctx context.Context, metaID string) (template.Remote, error)
	// Find gives the templates of exactly this name.
	Find(ctx context.Context, name string) ([]template.Remote, error)
	// Create submits a new template and gives its id, status and category.
	Create(ctx context.Context, d template.Document) (template.Remote, error)
	// Edit submits a new version of a template.
	Edit(ctx context.Context, metaID string, d template.Document, category bool) error
	Delete(ctx context.Context, metaID, name string) error

	// OpenUpload opens an upload session; UploadOffset asks how much of it Meta has; Upload sends the rest from there and gives the handle.
	OpenUpload(ctx context.Context, name, mime string, size int64) (session string, err error)
	UploadOffset(ctx context.Context, session string) (int64, error)
	Upload(ctx context.Context, session string, offset int64, r io.Reader, size int64) (handle string, err error)
}
