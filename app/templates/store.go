package templates

import (
	"context"
	"crypto/sha256"
	"io"
	"iter"
	"os"
	"time"

	"shopbell/app"
	"shopbell/meta"
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
	LinkedTemplates(ctx context.Context, account app.ID) ([]app.LinkedTemplate, error)
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

// Files keeps header files by the hash of their content.
type Files interface {
	// Put keeps what r holds and gives its SHA-256 in hex and its size in bytes; more than limit bytes are an error and nothing is kept.
	Put(ctx context.Context, r io.Reader, limit int64) (sha256 string, size int64, err error)
	Get(sha256 string) (*os.File, error)
}

// Remote is what the service asks of Meta for one account; *meta.Client answers it.
type Remote interface {
	TemplatePages(ctx context.Context, wabaID string, f meta.TemplateFilter) iter.Seq2[meta.TemplatePage, error]
	Template(ctx context.Context, id string) (meta.Template, error)
	FindTemplate(ctx context.Context, wabaID, name, language string) (meta.Template, bool, error)
	CreateTemplateOnce(ctx context.Context, wabaID, name, language string, body any) (meta.CreatedTemplate, error)
	EditTemplate(ctx context.Context, id string, body any) error
	DeleteTemplate(ctx context.Context, wabaID, id, name string) error
	OpenUpload(ctx context.Context, filename, mime string, size int64) (string, error)
	Upload(ctx context.Context, f meta.UploadFile) (handle string, err error)
	DownloadMedia(ctx context.Context, m meta.MediaInfo, w io.Writer, limit int64) ([sha256.Size]byte, error)
}
