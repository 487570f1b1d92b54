package templates_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"shopbell/app"
	"shopbell/app/inbox"
	"shopbell/app/templates"
	"shopbell/meta"
	"shopbell/meta/sandbox"
	"shopbell/meta/template"
	"shopbell/storage"
	"shopbell/storage/media"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	bg   = context.Background()
	boss = app.Staff{ID: 1, Name: "Ada", Role: app.RoleAdmin}
	hand = app.Staff{ID: 2, Name: "Bo", Role: app.RoleStaff}
)

// world is a desk over a real database, and the practice Meta over HTTP.
type world struct {
	testing.TB
	home    string
	store   *storage.Store
	files   *media.Store
	svc     *templates.Service
	inbox   *inbox.Service
	sandbox *sandbox.Server
	account app.Account
	hook    string

	mu   sync.Mutex
	off  time.Duration // how far the clock was set forward
	gone bool          // the network
}

// away takes the network away, or brings it back.
func (w *world) away(gone bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.gone = gone
}

// dial is how the client reaches the practice Meta.
func (w *world) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	w.mu.Lock()
	gone := w.gone
	w.mu.Unlock()
	if gone {
		return nil, errors.New("the network is away")
	}
	var d net.Dialer
	return d.DialContext(ctx, network, addr)
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.off)
}

// pass sets the clock forward.
func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.off += d
}

// newWorld starts a desk and a practice Meta that holds reviews until the test decides.
func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, home: t.TempDir()}
	w.sandbox = sandbox.New(sandbox.Config{Now: w.now, Pace: sandbox.QuickPace(), Limits: sandbox.NoLimits(), HoldReview: true})
	must(t, w.sandbox.Start(bg, "127.0.0.1:0"))
	t.Cleanup(func() { _ = w.sandbox.Close() })
	files, err := media.Open(filepath.Join(w.home, "media"))
	must(t, err)
	w.files = files
	t.Cleanup(func() { _ = files.Close() })
	w.open()
	t.Cleanup(func() { _ = w.store.Close() })
	cred := w.sandbox.Credentials()
	w.account, err = w.store.SaveAccount(bg, app.Account{Name: "Shop", AppID: cred.AppID, WABAID: cred.WABAID, PhoneNumberID: cred.PhoneNumberID})
	must(t, err)
	hooks := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if c := r.URL.Query().Get("hub.challenge"); c != "" {
			_, _ = io.WriteString(rw, c)
			return
		}
		raw, _ := io.ReadAll(r.Body)
		if err := w.store.Receive(r.Context(), raw, w.now()); err != nil {
			rw.WriteHeader(http.StatusInternalServerError)
		}
	}))
	t.Cleanup(hooks.Close)
	w.hook = hooks.URL
	w.control("callback", map[string]any{"url": hooks.URL})
	return w
}

// open opens the database and builds the services, as the program does when it starts.
func (w *world) open() {
	w.Helper()
	store, err := storage.Open(bg, storage.Options{Home: w.home, Desk: 1, Now: w.now})
	must(w, err)
	w.store = store
	cred := w.sandbox.Credentials()
	client := meta.NewClient(meta.Config{
		BaseURL: w.sandbox.URL(), AccessToken: cred.AccessToken, AppID: cred.AppID, AppSecret: cred.AppSecret, Now: w.now,
		HTTP: &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: w.dial}}, Timeout: 5 * time.Second,
		Sleep: func(ctx context.Context, d time.Duration) error { w.pass(d); return ctx.Err() },
	})
	log := slog.New(slog.NewTextHandler(w.Output(), nil))
	w.svc = templates.New(templates.Config{
		Store: store, Account: store.Account, Client: func(context.Context, app.ID) (templates.Remote, error) { return client, nil },
		Files: w.files, Owner: fmt.Sprint("run", time.Now().UnixNano()), Now: w.now, Log: log,
	})
	w.inbox = inbox.New(inbox.Config{Store: store, Journal: store.Journal(), Now: w.now, Log: log})
}

// restart is the program dying and starting again.
func (w *world) restart() {
	w.Helper()
	must(w, w.store.Close())
	w.open()
}

// control orders something of the practice Meta.
func (w *world) control(path string, body map[string]any) {
	w.Helper()
	raw, err := json.Marshal(body)
	must(w, err)
	resp, err := http.Post(strings.SplitN(w.sandbox.URL(), "/v", 2)[0]+"/sandbox/"+path, "application/json", bytes.NewReader(raw))
	must(w, err)
	defer resp.Body.Close()
	answer, _ := io.ReadAll(resp.Body)
	http.DefaultClient.CloseIdleConnections()
	if resp.StatusCode != http.StatusOK {
		w.Fatalf("%s %s: %d %s", path, raw, resp.StatusCode, answer)
	}
}

// get reads a template.
func (w *world) get(id app.ID) app.Template {
	w.Helper()
	t, err := w.svc.Get(bg, boss, id)
	must(w, err)
	return t
}

// until applies webhooks until the template is as it should be.
func (w *world) until(id app.ID, what string, ok func(app.Template) bool) app.Template {
	w.Helper()
	for range 500 {
		if _, err := w.inbox.Project(bg); err != nil {
			w.Fatal(err)
		}
		if t := w.get(id); ok(t) {
			return t
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.Fatalf("%s never came: %+v", what, w.get(id).Standing)
	return app.Template{}
}

func (w *world) status(id app.ID, want app.TemplateStatus) app.Template {
	w.Helper()
	return w.until(id, string(want), func(t app.Template) bool { return t.Status() == want })
}

// draft begins a template that Meta would take.
func (w *world) draft(name string, change ...func(d *template.Document)) app.Template {
	w.Helper()
	d := template.Document{Language: "en", Category: template.Utility, Components: []template.Component{{
		Type: template.Body, Text: "Hello {{1}}, your order {{2}} is ready. You can pick it up at our shop until six this evening.",
		Samples: []template.Sample{{Placeholder: "1", Value: "Mai"}, {Placeholder: "2", Value: "S00022"}},
	}}}
	for _, f := range change {
		f(&d)
	}
	t, err := w.svc.Create(bg, boss, templates.Start{AccountID: w.account.ID, Name: name, Document: d, Bindings: []app.Binding{
		{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "name", Sample: "Mai"},
	}})
	must(w, err)
	return t
}

func (w *world) submit(id app.ID) app.Template {
	w.Helper()
	w.pass(2 * time.Second) // people are slower than Meta's clock, which counts seconds
	t, err := w.svc.Submit(bg, boss, id, nil)
	must(w, err)
	return t
}

// approved is a template that went through its review.
func (w *world) approved(name string, change ...func(d *template.Document)) app.Template {
	w.Helper()
	t := w.submit(w.draft(name, change...).ID)
	w.control("templates/"+t.MetaID, map[string]any{"status": "APPROVED"})
	return w.status(t.ID, app.TemplateApproved)
}

// edit changes the body and saves.
func (w *world) edit(id app.ID, text string) app.Template {
	w.Helper()
	t := w.get(id)
	t.Document = t.Document.Clone()
	t.Document.Component(template.Body).Text = text
	t, err := w.svc.Save(bg, boss, t)
	must(w, err)
	return t
}

func (w *world) sync() templates.Counts {
	w.Helper()
	n, err := w.svc.Sync(bg, boss, w.account.ID, nil)
	must(w, err)
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
