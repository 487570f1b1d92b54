package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/assets"
	"shopbell/meta"
	"shopbell/storage/secret"
	"shopbell/views"
	"shopbell/views/post"
	"shopbell/views/shell"
)

// patience is how long the program waits for its storage before it lets the screen come up without a window.
const patience = time.Second

func runWindow(ctx context.Context, c *call) error {
	if _, err := c.flags(nil, 0); err != nil {
		return err
	}
	if err := needsDisplay(); err != nil {
		return err
	}
	lock, err := lockWindow(c.opt.home)
	if err != nil {
		return err
	}
	if lock == nil { // a window is there already: bring it to the front
		return ring(ctx, c.opt.home)
	}
	defer lock.release()
	fyneapp.SetMetadata(fyne.AppMetadata{ID: assets.AppID, Name: assets.Name, Version: assets.Version, Migrations: map[string]bool{"fyneDo": true}})
	w := &windowRun{ctx: ctx, call: c, began: time.Now(), app: fyneapp.NewWithID(assets.AppID)}
	bell, err := listenDoorbell(c.opt.home, w.toFront)
	if err != nil {
		return err
	}
	defer bell.close()
	stop := context.AfterFunc(ctx, func() { post.UI{}.Post(w.app.Quit) })
	defer stop()
	return w.run()
}

// needsDisplay says what to do where there is no screen.
func needsDisplay() error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return &app.Error{
			Code: app.CodeUnavailable, Message: "There is no screen here to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).",
			Mend: "Run it without a window: shopbell station",
		}
	}
	return nil
}

// windowRun is one run of the program with a window, from the first try to open storage to the last write.
type windowRun struct {
	ctx  context.Context //nolint:containedctx // the life of the program
	call *call
	app  fyne.App

	began time.Time

	work    sync.WaitGroup // openings under way
	phrase  string         // of the secrets file, once the person wrote it; guarded by mu
	mu      sync.Mutex
	desk    *desk
	lock    *fileLock
	me      app.Staff     // who sits here
	window  *views.Window // the rest belongs to the UI goroutine
	waiting fyne.Window   // keeps the app alive between two windows; never shown
	over    atomic.Bool   // the app has ended: no window can be shown any more
}

// post runs f on the UI goroutine, unless the app has ended by then.
func (w *windowRun) post(f func()) {
	post.UI{}.Post(func() {
		if !w.over.Load() {
			f()
		}
	})
}

func (w *windowRun) run() error {
	var cancel context.CancelFunc
	w.ctx, cancel = context.WithCancel(w.ctx)
	defer cancel()
	opened := make(chan func(), 1)
	w.work.Go(func() { opened <- w.open() })
	// While the disk is read: what the window needs of the screen and of the fonts.
	w.waiting = w.app.NewWindow(assets.Name)
	views.Prepare()
	select {
	case show := <-opened:
		show()
	case <-time.After(patience):
		opening := views.Opening(w.app)
		w.work.Go(func() {
			show := <-opened
			w.post(func() {
				show()
				opening.SetCloseIntercept(nil)
				opening.Close()
			})
		})
	}
	w.app.Run()
	w.over.Store(true)
	cancel() // whoever quits while the desk is being opened does not wait for that
	w.work.Wait()
	if w.window != nil {
		w.window.Wait()
	}
	if d := w.opened(); d != nil {
		d.close()
	}
	w.lock.release()
	return nil
}

// open opens storage and secrets, away from the UI goroutine, and gives what is to be shown then.
func (w *windowRun) open() (show func()) {
	d, err := openDesk(w.ctx, w.call.opt, w.passphrase, w.call.stderr)
	if err != nil {
		return func() { w.fatal(err) }
	}
	w.mu.Lock()
	w.desk = d
	w.mu.Unlock()
	if d.secrets.Kind() == secret.KindFile && os.Getenv(secret.PassphraseVariable) == "" {
		return func() { views.Passphrase(w.app, d.secrets.IsNew(), w.unlock, w.show) }
	}
	if err := w.start(); err != nil {
		return func() { w.fatal(err) }
	}
	return w.show
}

// fatal shows why the program can't start. Trying again opens everything anew.
func (w *windowRun) fatal(err error) {
	again := func() {
		if d := w.opened(); d != nil {
			d.close()
		}
		w.work.Go(func() {
			show := w.open()
			w.post(show)
		})
	}
	views.Fatal(w.app, err, views.Action{Title: lang.X("fatal.again", "Try again"), Main: true, Do: again})
}

// unlock tries a passphrase and, when it opens the secrets, starts the program.
func (w *windowRun) unlock(phrase string) error {
	w.mu.Lock()
	w.phrase = phrase
	d := w.desk
	w.mu.Unlock()
	if _, err := d.secrets.Get(w.ctx, "probe"); err != nil && !errors.Is(err, secret.ErrNotFound) {
		return err
	}
	return w.start()
}

// passphrase is what the secrets file asks; the person was asked before.
func (w *windowRun) passphrase(context.Context) (string, error) {
	if p := os.Getenv(secret.PassphraseVariable); p != "" {
		return p, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.phrase, nil
}

// start runs the parts of the program, unless a station on this home folder runs them already: then this window only shows.
func (w *windowRun) start() error {
	d := w.opened()
	var err error
	if w.me, err = person(w.ctx, d); err != nil {
		return err
	}
	lock, err := lockStation(w.call.opt.home)
	if err != nil {
		return err
	}
	if lock == nil {
		d.watch(context.WithoutCancel(w.ctx))
		return nil
	}
	w.lock = lock
	if err := d.start(context.WithoutCancel(w.ctx)); err != nil {
		d.log.Error("the listener does not listen", "err", err) // the window says so and offers another port
	}
	return nil
}

// show opens the window of the running desk.
func (w *windowRun) show() {
	d := w.opened()
	w.window = views.NewWindow(w.app, &views.Desk{
		Feed: d.store, Inbox: d.inbox, Outbox: d.outbox, Accounts: d.accounts, Settings: d.store,
		Listener: d.listenerState, SetListen: d.setListen, GraphVersion: d.graphVersion, SetGraphVersion: d.setGraphVersion, StartPractice: d.practice.start,
		Media:     func(_ context.Context, sha string) (io.ReadCloser, error) { return d.files.Get(sha) },
		Templates: d.templates, Records: d.records, Kept: d.kept, Shop: d.shop, Sending: d.sending, Broadcasts: d.broadcasts, Staff: d.store.StaffList, Starters: starterTemplates, OpenFile: d.openFile,
		SaveMe: d.store.SaveStaff, Rates: d.rates, KeepFile: d.templates.KeepFile, HistoryDays: d.historyDays, SetHistoryDays: d.setHistoryDays,
		Health: d.health, Explain: explain, SecretsKind: func() string { return string(d.secrets.Kind()) }, Me: w.me,
		Home: d.opt.home, LogFile: filepath.Join(d.opt.home, "logs", "shopbell.log"), Version: assets.Version, Now: time.Now, Log: d.log,
	})
	w.window.OnClosed(w.app.Quit)
	w.window.Show()
	w.work.Go(func() { // the log tells how long the person waited for a frame that answers
		framesDrawn()
		d.log.Info("the window is up", "after_ms", time.Since(w.began).Milliseconds())
	})
}

// framesDrawn returns once the UI has gone round twice: what was shown before is drawn and the window answers.
func framesDrawn() {
	for range 2 {
		fyne.DoAndWait(func() {}) //nolint:forbidigo // it changes nothing, it waits
	}
}

// toFront answers the doorbell: a second start of the program.
func (w *windowRun) toFront() {
	post.UI{}.Post(func() {
		if w.window != nil {
			w.window.BringToFront()
		}
	})
}

func (w *windowRun) opened() *desk {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.desk
}

// explain puts a failure into plain words by Meta's codes.
func explain(f app.Failure) (plain, mend string) {
	if f.Code == 0 {
		return f.Title, f.Details
	}
	info := meta.Explain(f.Code, 0)
	return info.Plain, info.Mend
}

// listenerState is how the listener stands, for the window.
func (d *desk) listenerState() shell.Listener {
	addr, listening, err := d.listener.state()
	if d.viewer() { // the station has it
		listening = d.listenerCheck(context.Background()).OK
		addr = d.opt.listen
	}
	l := shell.Listener{Addr: addr, URL: "http://" + addr + app.CallbackPath, Listening: listening, Err: err, LastWebhook: d.listener.handler.Stats().LastReceived}
	if errors.Is(err, errInUse) {
		l.Free = freeAddress(addr)
	}
	return l
}

// setListen moves the listener and keeps the address for the next start.
func (d *desk) setListen(ctx context.Context, addr string) error {
	if err := d.listener.move(addr); err != nil {
		return err
	}
	if err := d.store.SetSetting(ctx, settingListen, addr); err != nil {
		return err
	}
	if err := d.practice.moved(ctx); err != nil {
		return err
	}
	return d.practice.resume(ctx) // if the listener came up only now
}
