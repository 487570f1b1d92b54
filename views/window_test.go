package views

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/inbox"
	"shopbell/app/outbox"
	"shopbell/storage"
	"shopbell/views/post"
	"shopbell/views/shell"
	"shopbell/views/theme"
)

// secrets is a keyring in memory: the window has none to offer here.
type secrets struct {
	mu sync.Mutex
	m  map[string]string
}

func (s *secrets) Get(_ context.Context, key string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v, ok := s.m[key]; ok {
		return v, nil
	}
	return "", errors.New("not found")
}

func (s *secrets) Set(_ context.Context, key, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[key] = value
	return nil
}

func (s *secrets) Delete(_ context.Context, key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.m, key)
	return nil
}

// house is a window over a real database, with the UI goroutine in the test's hands.
type house struct {
	*Window
	t     *testing.T
	ctx   context.Context
	queue *post.Queue
	store *storage.Store
	desk  *Desk

	mu     sync.Mutex
	listen shell.Listener
}

func newHouse(t *testing.T, home string) *house {
	t.Setenv("LANG", "C")
	t.Setenv("FYNE_SCALE", "1")
	a := test.NewTempApp(t)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	store, err := storage.Open(ctx, storage.Options{Home: home, Desk: 1})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, ctx: ctx, queue: &post.Queue{}, store: store, listen: shell.Listener{Addr: "127.0.0.1:8787", URL: "http://127.0.0.1:8787/webhook", Listening: true}}
	accts := accounts.New(accounts.Config{Store: store, Secrets: &secrets{m: map[string]string{}}, Now: time.Now})
	h.desk = &Desk{
		Feed: store, Inbox: inbox.New(inbox.Config{Store: store, Now: time.Now}), Outbox: outbox.New(outbox.Config{Store: store}), Accounts: accts, Settings: store,
		Listener: func() shell.Listener {
			h.mu.Lock()
			defer h.mu.Unlock()
			return h.listen
		},
		SetListen: func(_ context.Context, addr string) error {
			h.mu.Lock()
			defer h.mu.Unlock()
			if addr == "taken" {
				return &app.Error{Code: app.CodeListener, Message: "The address is taken by nginx.", Mend: "Stop it."}
			}
			h.listen = shell.Listener{Addr: addr, Listening: true}
			return nil
		},
		StartPractice: func(ctx context.Context) (app.Account, error) {
			a, _, err := accts.Save(ctx, accounts.Draft{Name: "Practice", AppID: "1", WABAID: "2", PhoneNumberID: "3", AccessToken: "t", AppSecret: "s", Practice: true})
			return a, err
		},
		Version: "1", Poster: h.queue,
	}
	h.Window = NewWindow(a, h.desk)
	t.Cleanup(func() {
		h.Close()
		h.Wait()
		cancel()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

func (h *house) until(what string, holds func() bool) {
	h.t.Helper()
	for {
		h.queue.Run()
		if holds() {
			return
		}
		if err := h.queue.Wait(h.ctx); err != nil {
			h.t.Fatalf("never: %s", what)
		}
	}
}

func TestFirstStartOffersPracticeThenTheInbox(t *testing.T) {
	h := newHouse(t, t.TempDir())
	h.until("the first page shows, without the rail", func() bool { return h.root.page.Objects != nil && !h.rail.Visible() })
	if h.now != "" {
		t.Fatalf("tab %q shows", h.now)
	}
	h.practice(nil)
	h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox && h.rail.Visible() })
	for _, tab := range tabs {
		h.open(tab)
		h.until("tab "+string(tab)+" shows", func() bool { return h.now == tab })
		if !h.views[tab].Content().Visible() {
			t.Errorf("%s is not seen", tab)
		}
	}
}

func TestCommandsHaveTheirOwnKeys(t *testing.T) {
	h := newHouse(t, t.TempDir())
	if c := h.table.Collisions(); len(c) > 0 {
		t.Errorf("%v", c)
	}
	var menus []string
	for _, m := range h.win.MainMenu().Items {
		menus = append(menus, m.Label)
	}
	if !slices.Equal(menus, []string{"Shopbell", "Edit", "Conversation", "View", "Go", "Help"}) {
		t.Errorf("menus %v", menus)
	}
	for _, c := range h.table.All() {
		if c.Title == "" || c.Run == nil {
			t.Errorf("%s has no title or does nothing", c.ID)
		}
	}
	for _, id := range []string{"go.inbox", "palette", "shortcuts", "view.larger", "conversation.unread", "settings"} {
		if c := h.table.Get(id); c == nil || c.Key.IsZero() {
			t.Errorf("%s has no key", id)
		}
	}
}

func TestPaletteRunsWhatWasChosen(t *testing.T) {
	h := newHouse(t, t.TempDir())
	h.practice(nil)
	h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox })
	h.table.Run("palette")
	if !h.sh.Layers.Any() {
		t.Fatal("there is no palette")
	}
	focused, ok := h.win.Canvas().Focused().(interface {
		fyne.Focusable
		SetText(string)
	})
	if !ok {
		t.Fatalf("the field has not the keyboard, but %T", h.win.Canvas().Focused())
	}
	focused.SetText("sett")
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.until("Settings are open", func() bool { return h.now == shell.TabSettings && !h.sh.Layers.Any() })
	h.table.Run("palette")
	h.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if h.sh.Layers.Any() {
		t.Error("Esc leaves the palette open")
	}
}

func TestWindowRemembers(t *testing.T) {
	home := t.TempDir()
	h := newHouse(t, home)
	h.practice(nil)
	h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox })
	h.setTheme("dark")
	h.setScale(1.2)
	h.open(shell.TabOutbox)
	h.until("it is kept", func() bool {
		s, err := shell.LoadState(h.ctx, h.store)
		return err == nil && s.Tab == shell.TabOutbox && s.Theme == "dark"
	})
	h.Close()
	h.Wait()

	again := newHouse(t, home)
	again.until("the tab of last time is open", func() bool { return again.now == shell.TabOutbox })
	if th, ok := again.app.Settings().Theme().(*theme.Theme); !ok || th.Choice() != theme.Dark {
		t.Error("the theme is forgotten")
	}
	if again.sh.Keep.Scale < 1.19 || again.sh.Keep.Scale > 1.21 {
		t.Errorf("the scale is %v", again.sh.Keep.Scale)
	}
	if least := again.root.MinSize(nil).Width; least > leastWidth/1.19 {
		t.Errorf("at that scale it cannot be made smaller than %v", least)
	}
}

func TestAnUnsavedFormIsGuarded(t *testing.T) {
	h := newHouse(t, t.TempDir())
	h.practice(nil)
	h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox })
	h.connect()
	h.until("the form is open", func() bool { return h.now == shell.TabAccounts && h.win.Canvas().Focused() != nil })
	test.Type(h.win.Canvas().Focused(), "Madrid shop")
	h.open(shell.TabInbox)
	if h.now != shell.TabAccounts || !h.sh.Layers.Any() {
		t.Fatal("the form was left without a question")
	}
	h.typed(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if h.sh.Layers.Any() || h.now != shell.TabAccounts {
		t.Error("Esc does not mean no")
	}
}

func TestNotReceivingOffersAnotherPort(t *testing.T) {
	h := newHouse(t, t.TempDir())
	h.practice(nil)
	h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox })
	h.mu.Lock()
	h.listen = shell.Listener{Addr: "127.0.0.1:8787", Free: "127.0.0.1:8788", Err: &app.Error{Code: app.CodeListener, Message: "The address 127.0.0.1:8787 is taken by nginx."}}
	h.mu.Unlock()
	h.refreshReceiving()
	h.until("the window knows", func() bool { return h.state.Free != "" })
	if h.listenerBanner(h.state) == nil {
		t.Fatal("there is no banner")
	}
	h.listenOn(h.state.Free)
	h.until("it listens there", func() bool { return h.state.Listening && h.state.Addr == "127.0.0.1:8788" })
	if h.listenerBanner(h.state) != nil {
		t.Error("the banner stays")
	}
	h.listenOn("taken")
	h.until("the reason is shown", h.sh.Layers.Any)
}

func TestFatalAndPassphrase(t *testing.T) {
	a := test.NewTempApp(t)
	did := false
	w := Fatal(a, &app.Error{Code: app.CodeDatabase, Message: "It is newer.", Mend: "Update.", Cause: errors.New("version 9")}, Action{Title: "Try again", Main: true, Do: func() { did = true }})
	if w.Content() == nil || filepath.Base(w.Title()) != "Shopbell" {
		t.Error("there is no window")
	}
	tapButton(t, w, "Try again")
	if !did {
		t.Error("the button does nothing")
	}
	opened := make(chan string, 1)
	p := Passphrase(a, true, func(phrase string) error { opened <- phrase; return nil }, func() {})
	typeAll(t, p, "short", "short")
	select {
	case got := <-opened:
		t.Errorf("%q is taken as a passphrase", got)
	default:
	}
	p.Close()
}
