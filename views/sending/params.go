package sending

import (
	"context"
	"io"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/app/records"
	service "shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/views/shell"
)

// Templates is what the panel needs of the templates.
type Templates interface {
	List(ctx context.Context, who app.Staff, f app.TemplateFilter) ([]app.TemplateRow, error)
	Get(ctx context.Context, who app.Staff, id app.ID) (app.Template, error)
}

// Broadcasts makes a sending to many.
type Broadcasts interface {
	Create(ctx context.Context, d broadcasts.Draft) (app.Broadcast, error)
}

// Found gives every record that a filter lets through.
type Found interface {
	Each(ctx context.Context, f app.RecordFilter, fn func(records.Record) error) error
}

// Params is what the panel needs of the program.
type Params struct {
	Sending      *service.Service
	Broadcasts   Broadcasts // nil: one at a time only
	Templates    Templates
	Records      records.Source
	Found        Found // nil: no filters
	Accounts     func(ctx context.Context) ([]app.Account, error)
	Conversation func(ctx context.Context, id app.ID) (app.Conversation, error)
	OpenFile     func(sha256 string) (io.ReadSeekCloser, error) // nil: pictures show as names
	// KeepFile judges a file for a header and puts it into the media folder. nil: the template's own file only.
	KeepFile func(ctx context.Context, format template.HeaderFormat, name string, r io.Reader) (app.SendFile, error)
	Rates    func() service.Rates // nil: no word on where prices come from
	Settings shell.Store
	Country  func(ctx context.Context) (string, error) // of the shop: numbers without a country code are of it. nil: of none
	Me       app.Staff
	SaveMe   func(ctx context.Context, me app.Staff) error // keeps the person's number; nil: among the settings
	Drafts   *Drafts
	Closed   func() // takes the panel away
}

// Drafts keeps what was written in panels that were closed, as long as the program runs. The zero value is ready.
type Drafts struct{ kept map[string]draft }

// draft is what a person wrote and chose, for one template and one kind of record.
type draft struct {
	values map[template.Slot]string
	files  map[template.Slot]app.SendFile
	name   string
}

func (d *Drafts) take(key string) (draft, bool) {
	if d == nil {
		return draft{}, false
	}
	k, ok := d.kept[key]
	delete(d.kept, key)
	return k, ok
}

func (d *Drafts) keep(key string, k draft) {
	if d == nil {
		return
	}
	if d.kept == nil {
		d.kept = map[string]draft{}
	}
	d.kept[key] = k
}
