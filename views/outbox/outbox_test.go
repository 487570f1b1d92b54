package outbox

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/outbox"
	"shopbell/storage"
	"shopbell/views/post"
	"shopbell/views/shell"
)

func TestTheListShowsWhatWasQueuedAndTakesItBack(t *testing.T) {
	t.Setenv("LANG", "C")
	a := test.NewTempApp(t)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	store, err := storage.Open(ctx, storage.Options{Home: t.TempDir(), Desk: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	account, err := store.SaveAccount(ctx, app.Account{Name: "Madrid shop", AppID: "1", WABAID: "2", PhoneNumberID: "3"})
	if err != nil {
		t.Fatal(err)
	}
	queue := &post.Queue{}
	runner := post.NewRunner(queue, nil, nil)
	defer runner.Wait()
	defer cancel()
	win := test.NewTempWindow(t, nil)
	var said []string
	sh := &shell.Shell{App: a, Window: win, Base: ctx, Now: time.Now, Later: queue.Post, After: func(time.Duration, func()) func() { return func() {} }}
	sh.Async = func(ctx context.Context, work func(context.Context) (func(), error), failed func(error)) {
		runner.Async(ctx, func(ctx context.Context) (func(), error) {
			done, err := work(ctx)
			if err != nil {
				return func() { failed(err) }, nil //nolint:nilerr // failed tells
			}
			return done, nil
		})
	}
	sh.Toasts = func(s shell.Toast) { said = append(said, s.Text) }
	sh.Layers = shell.NewLayers(win.Canvas)
	until := func(what string, holds func() bool) {
		t.Helper()
		for queue.Run(); !holds(); queue.Run() {
			if err := queue.Wait(ctx); err != nil {
				t.Fatalf("never: %s", what)
			}
		}
	}
	held := &slow{Store: store}
	v := New(sh, outbox.New(outbox.Config{Store: held}), accounts.New(accounts.Config{Store: store, Now: time.Now}), func(app.ID) {})
	win.SetContent(v.Content())
	win.Resize(fyne.NewSize(1200, 760))
	held.err.Store(&app.Error{Code: app.CodeDatabase, Message: "The database file is damaged."})
	v.Shown()
	until("it says that it could not be read", func() bool { return v.wait.Failed() && !v.loading })
	if v.empty.Visible() {
		t.Error("it says that there is nothing, too")
	}
	held.err.Store(nil)
	held.wait.Store(true)
	v.reload()
	v.giveUp()
	if v.loading {
		t.Error("it reads on after Cancel")
	}
	held.wait.Store(false)
	v.Shown()
	until("it is empty", func() bool { return v.loaded && v.empty.Visible() })

	if _, err = store.Queue(ctx, app.Outgoing{AccountID: account.ID, To: "34612345678", Type: "text", Text: "Hello", Payload: `{"type":"text","text":{"body":"Hello"}}`}); err != nil {
		t.Fatal(err)
	}
	v.Changed(app.Changes{IDs: map[app.Topic][]app.ID{app.TopicOutbox: nil}})
	until("the message is listed", func() bool { return len(v.rows) == 1 && !v.empty.Visible() })
	if v.rows[0].Text != "Hello" || v.names[v.rows[0].AccountID] != "Madrid shop" {
		t.Errorf("%+v", v.rows[0])
	}
	v.press(v.rows[0])
	until("it is said", func() bool { return len(said) == 1 })
	v.choose(1)
	until("nothing waits", func() bool { return v.loaded && len(v.rows) == 0 && v.empty.Visible() })
	v.choose(0)
	until("it is taken back", func() bool { return len(v.rows) == 1 && v.rows[0].State == app.SendCancelled })
}

// slow is a store that can fail, or wait until nobody wants its answer.
type slow struct {
	*storage.Store
	err  atomic.Pointer[app.Error]
	wait atomic.Bool
}

func (s *slow) Sends(ctx context.Context, states []app.SendState, before app.ID, limit int) ([]app.Send, error) {
	switch {
	case s.wait.Load():
		<-ctx.Done()
		return nil, ctx.Err()
	case s.err.Load() != nil:
		return nil, s.err.Load()
	}
	return s.Store.Sends(ctx, states, before, limit)
}

func TestEveryStateHasItsWords(t *testing.T) {
	v := &View{sh: &shell.Shell{}}
	for state, want := range map[app.SendState]struct{ words, action, why string }{
		app.SendQueued:    {"Waiting", "Take back", "It is tried again by itself."},
		app.SendClaimed:   {"Sending", "", ""},
		app.SendSending:   {"Sending", "", ""},
		app.SendUnknown:   {"Not known", "Decide…", "may have arrived"},
		app.SendAccepted:  {"Sent", "", ""},
		app.SendFailed:    {"Failed", "Send again", "It is not on WhatsApp."},
		app.SendCancelled: {"Taken back", "Send again", ""},
	} {
		words, _, _ := stateWords(state)
		why := v.why(app.Send{State: state, Failure: &app.Failure{Title: "It is not on WhatsApp."}})
		if words != want.words || action(state) != want.action || !strings.Contains(why, want.why) || (want.why == "") != (why == "") {
			t.Errorf("%s: %q, %q, %q", state, words, action(state), why)
		}
	}
}
