package views

import (
	"context"
	"io"
	"log/slog"
	"time"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/broadcasts"
	"shopbell/app/inbox"
	"shopbell/app/outbox"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/app/shop"
	"shopbell/app/starters"
	"shopbell/meta/template"
	"shopbell/views/post"
	"shopbell/views/shell"
	viewstemplates "shopbell/views/templates"
)

// Desk is everything the window needs of the running program. The functions may be called from any goroutine; those that take a context may wait.
type Desk struct {
	Feed     app.Feed
	Inbox    *inbox.Service
	Outbox   *outbox.Service
	Accounts *accounts.Service
	Settings shell.Store

	// Templates are the message templates; nil: the tab says that there are none.
	Templates viewstemplates.Service
	// Records fill templates in. nil: by hand only.
	Records records.Source
	// Kept are the records that people here make, change, merge and take back. nil: the Records tab only shows what Records has.
	Kept *records.Kept
	// Shop is what the shop says about itself, and its papers. nil: there are no papers.
	Shop *shop.Service
	// Sending checks, previews and queues template messages to records and contacts. nil: nobody can send templates from the window.
	Sending *sending.Service
	// Broadcasts send one template to many. nil: there are none.
	Broadcasts *broadcasts.Service
	// Staff gives the people at the desk. nil: nobody to choose from.
	Staff func(ctx context.Context) ([]app.Staff, error)
	// SaveMe keeps another name or number of whoever works here. nil: the settings don't show them.
	SaveMe func(ctx context.Context, me app.Staff) (app.Staff, error)
	// Starters gives the templates to begin with. It is read away from the UI goroutine. nil: none.
	Starters func() ([]starters.Starter, error)
	// OpenFile opens a file of the media folder by its hash. nil: pictures in headers show as names.
	OpenFile func(sha256 string) (io.ReadSeekCloser, error)

	// Rates are what Meta charges for template messages. They are read away from the UI goroutine. nil: not known.
	Rates func() sending.Rates
	// KeepFile judges a file for the header of a message and puts it into the media folder. nil: templates go out with their own file.
	KeepFile func(ctx context.Context, format template.HeaderFormat, name string, r io.Reader) (app.SendFile, error)
	// HistoryDays tells how many days the Outbox keeps what is settled (0: for ever), and SetHistoryDays chooses. nil: the settings don't show it.
	HistoryDays    func(ctx context.Context) (int, error)
	SetHistoryDays func(ctx context.Context, days int) error

	// Listener tells how the webhook listener stands.
	Listener func() shell.Listener
	// SetListen listens on another address, and keeps it for the next start.
	SetListen func(ctx context.Context, addr string) error
	// GraphVersion tells which version of Meta's API was chosen in the settings ("" for none), which one stands without a choice, and whether a flag stands
	// above both. nil: the settings don't show it.
	GraphVersion func() (now, byDefault string, fixed bool)
	// SetGraphVersion chooses another version, such as v27.0, and keeps it; "" is no choice.
	SetGraphVersion func(ctx context.Context, version string) error
	// StartPractice makes the practice account, or brings it back, and starts its customers.
	StartPractice func(ctx context.Context) (app.Account, error)
	// Health runs the program's own checks: database, keyring, listener. nil: none.
	Health func(ctx context.Context) []app.Check
	// Media opens a file that came with a message, by its SHA-256; the caller closes it. nil: pictures are shown by their names.
	Media func(ctx context.Context, sha string) (io.ReadCloser, error)
	// Explain puts Meta's error codes into plain words. nil: as Meta said them.
	Explain func(app.Failure) (plain, mend string)
	// SecretsKind says where secrets are kept: "keyring" or "file".
	SecretsKind func() string

	Me      app.Staff // who works here; zero if nobody is known
	Home    string    // the folder where the data live, or the database's address without its password
	LogFile string    // "" if there is none
	Version string
	Now     func() time.Time // nil: the computer's
	Log     *slog.Logger     // nil: nothing is logged
	Poster  post.Poster      // runs what touches the window; nil: Fyne's own goroutine
}
