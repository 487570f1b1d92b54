package views

import (
	"cmp"
	"context"
	"log/slog"
	"os/user"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/assets"
	"shopbell/views/command"
	"shopbell/views/importing"
	"shopbell/views/post"
	"shopbell/views/sending"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Window is the window of a running desk.
type Window struct {
	desk   *Desk
	app    fyne.App
	win    fyne.Window
	sh     *shell.Shell
	log    *slog.Logger
	runner *post.Runner
	cancel context.CancelFunc

	table  *command.Table
	rail   *widget.Rail
	root   *root
	toasts *widget.ToastLayer

	views   map[shell.Tab]shell.View
	now     shell.Tab // "" while the first page shows
	front   bool
	state   shell.Listener // as it was found last
	pixels  fyne.Size      // of the window, while its scale changes
	unit    float32        // the scale of the screen itself
	accts   []app.Account
	closing bool

	panel  *sending.Panel // that sends a template; nil while it is not open
	drafts sending.Drafts

	importing *importing.Wizard // nil while none is open
}

// loadTimeout is how long the window waits for what it remembered before it opens without it.
const loadTimeout = 2 * time.Second

// askTimeout is how long the first frame waits for what the desktop says of its colours; a desktop that has an answer gives it within milliseconds.
const askTimeout = 300 * time.Millisecond

// NewWindow builds the window of a desk. It must run before the app does, or on the UI goroutine.
func NewWindow(a fyne.App, d *Desk) *Window {
	base, cancel := context.WithCancel(context.Background())
	w := &Window{desk: d, app: a, log: d.Log, cancel: cancel, views: map[shell.Tab]shell.View{}, front: true}
	if w.log == nil {
		w.log = slog.New(slog.DiscardHandler)
	}
	if err := theme.LoadWords(); err != nil {
		w.log.Error("words", "err", err)
	}
	var poster post.Poster = post.UI{}
	if d.Poster != nil {
		poster = d.Poster
	}
	w.runner = post.NewRunner(poster, w.problem, w.panicked)
	w.win = a.NewWindow(assets.Name)
	w.sh = w.shell(base)
	// Read before the first frame, so that the window does not change its size and colours under the person's eyes.
	askCtx, answered := context.WithTimeout(base, askTimeout)
	asked := make(chan struct{})
	go func(says fyne.ThemeVariant) {
		defer close(asked)
		defer answered()
		theme.AskDesktop(askCtx, says)
	}(a.Settings().ThemeVariant())
	ctx, stop := context.WithTimeout(base, loadTimeout)
	state, err := shell.LoadState(ctx, d.Settings)
	stop()
	if err != nil {
		w.log.Warn("what the window remembered could not be read", "err", err)
	}
	w.sh.Keep = shell.NewKeep(w.sh, d.Settings, state, func(err error) { w.log.Warn("what the window remembers could not be kept", "err", err) })
	<-asked
	w.applyLook()
	w.build()
	return w
}

// build puts the pieces together.
func (w *Window) build() {
	w.table = w.commands()
	w.rail = newRail(w.open, w.sh.Hint)
	w.toasts = widget.NewToastLayer(w.sh.After)
	w.toasts.Below = w.foot
	w.sh.FootChanged = w.toasts.Refresh
	w.root = newRoot(w.rail, w.toasts, widget.NewTipLayer(), w.resized)
	w.root.scale = theme.ClampScale(w.sh.Keep.Scale)
	width, height := w.sh.Keep.Width, w.sh.Keep.Height // before the first layout reports its own
	if width < 300 || height < 200 {
		width, height = firstWidth, firstHeight
	}
	w.win.SetPadded(false)
	w.win.SetMainMenu(w.table.MainMenu())
	w.win.SetContent(w.root.object)
	w.table.Bind(w.win.Canvas())
	w.win.Canvas().SetOnTypedKey(w.typed)
	widget.Unclaimed.Shortcut = func(s fyne.Shortcut) { w.table.Shortcut(s) }
	widget.Unclaimed.Key = func(name fyne.KeyName) { w.typed(&fyne.KeyEvent{Name: name}) }
	w.win.Resize(fyne.NewSize(width, height))
	w.win.SetCloseIntercept(w.askClose)
	w.win.SetOnDropped(w.dropped)
	w.whoIsHere()
	life := w.app.Lifecycle()
	life.SetOnEnteredForeground(func() { w.setFront(true) })
	life.SetOnExitedForeground(func() { w.setFront(false) })
	w.begin()
}

// The size of a window that remembers none, menu bar and all.
const (
	firstWidth  float32 = 1280
	firstHeight float32 = 800
)

func (w *Window) shell(base context.Context) *shell.Shell {
	sh := &shell.Shell{App: w.app, Window: w.win, Base: base, Now: w.desk.Now, Explain: w.desk.Explain}
	if sh.Now == nil {
		sh.Now = time.Now
	}
	sh.Async = func(ctx context.Context, work func(context.Context) (func(), error), failed func(error)) {
		w.runner.Async(ctx, func(ctx context.Context) (func(), error) {
			done, err := work(ctx)
			if err != nil && failed != nil {
				return func() { failed(err) }, nil
			}
			return done, err
		})
	}
	sh.After = func(d time.Duration, f func()) func() {
		stopped := false
		t := time.AfterFunc(d, func() {
			w.runner.Poster().Post(func() {
				if !stopped && base.Err() == nil {
					stopped = true
					f()
				}
			})
		})
		return func() {
			stopped = true
			t.Stop()
		}
	}
	sh.Later = w.runner.Poster().Post
	sh.InFront = func() bool { return w.front }
	sh.Open = w.open
	sh.SendTo = w.sendTo
	sh.OpenRecord = w.openRecord
	sh.OpenConversation = w.openConversation
	if w.desk.Shop != nil {
		sh.OpenPaper = w.openPaper
	}
	sh.OpenBroadcast = w.openBroadcast
	sh.Run = func(id string) bool { return w.table.Run(id) }
	sh.Keys = func(id string) string {
		if c := w.table.Get(id); c != nil {
			return c.Key.String()
		}
		return ""
	}
	sh.Toasts = w.toast
	sh.Layers = shell.NewLayers(w.win.Canvas)
	return sh
}

func (w *Window) toast(t shell.Toast) {
	tone := widget.Quiet
	switch {
	case t.Good:
		tone = widget.Ok
	case t.Bad:
		tone = widget.Bad
	}
	if t.Action == "" {
		w.toasts.Say(tone, t.Text, t.Do)
		return
	}
	w.toasts.SayAction(tone, t.Text, t.Action, t.Do)
}

// foot is how much of the bottom of the window toasts must leave free: the composer is never covered.
func (w *Window) foot() float32 {
	if w.panel != nil {
		return w.panel.Foot()
	}
	if v, ok := w.views[w.now].(interface{ Foot() float32 }); ok {
		return v.Foot()
	}
	return 0
}

// Show opens the window.
func (w *Window) Show() {
	w.win.Show()
	w.sh.After(iconAfter, func() { w.win.SetIcon(theme.AppIcon()) })
}

// iconAfter is how long the window's icon waits: to draw it large takes as long as a tenth of the start, and it is no part of the window.
const iconAfter = 200 * time.Millisecond

// BringToFront shows the window to the person, as a second start of the program asks for. It may be called from any goroutine.
func (w *Window) BringToFront() {
	w.runner.Poster().Post(func() {
		w.win.Show()
		w.win.RequestFocus()
	})
}

// OnClosed has f called on the UI goroutine once the window is gone.
func (w *Window) OnClosed(f func()) { w.win.SetOnClosed(f) }

// Close closes the window without asking. It must run on the UI goroutine.
func (w *Window) Close() {
	if w.closing {
		return
	}
	w.closing = true
	w.cancel()
	w.win.Close()
}

// Wait returns when nothing that the window started is under way any more. Call it after the app has ended, before the store is closed.
func (w *Window) Wait() {
	w.cancel()
	w.runner.Wait()
	ctx, stop := context.WithTimeout(context.Background(), loadTimeout)
	defer stop()
	if err := w.sh.Keep.Flush(ctx); err != nil {
		w.log.Warn("what the window remembers could not be kept", "err", err)
	}
}

// askClose closes the window after whoever holds something unsaved agreed.
func (w *Window) askClose() { w.leave(w.Close) }

// leave asks the tab that shows whether it may be left.
func (w *Window) leave(then func()) {
	if g, ok := w.views[w.now].(shell.Guarded); ok {
		g.Leave(then)
		return
	}
	then()
}

// whoIsHere shows who works here: the desk's own name for them, else the computer's.
func (w *Window) whoIsHere() {
	if w.desk.Me.Name != "" {
		w.rail.SetPerson(w.desk.Me.Name, strconv.FormatInt(w.desk.Me.ID, 10), nil)
		return
	}
	w.sh.Async(w.sh.Base, func(context.Context) (func(), error) {
		u, err := user.Current()
		if err != nil {
			return nil, err
		}
		name := cmp.Or(u.Name, u.Username)
		return func() { w.rail.SetPerson(name, name, nil) }, nil
	}, func(err error) { w.log.Debug("nobody knows who is here", "err", err) })
}

func (w *Window) resized(size fyne.Size) {
	k := w.sh.Keep
	full := w.win.Canvas().Size()
	if size.IsZero() || (k.Width == full.Width && k.Height == full.Height) {
		return
	}
	k.Width, k.Height = full.Width, full.Height
	k.Changed()
}

// dropped hands files that were dropped on the window to the tab that shows.
func (w *Window) dropped(at fyne.Position, uris []fyne.URI) {
	if v, ok := w.views[w.now].(interface {
		Dropped(at fyne.Position, uris []fyne.URI) bool
	}); ok && w.importing == nil && v.Dropped(at, uris) {
		return
	}
	w.dropTable("", uris)
}

func (w *Window) setFront(on bool) {
	w.front = on
	if v, ok := w.views[w.now].(interface{ FrontChanged(bool) }); ok {
		v.FrontChanged(on)
	}
}

// typed sees keys that nothing with the focus took.
func (w *Window) typed(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		if w.sh.Layers.Escape() || w.escapePanel() {
			return
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if w.sh.Layers.Enter() {
			return
		}
	}
	if w.table.Typed(ev.Name) {
		return
	}
	if v, ok := w.views[w.now].(interface{ TypedKey(fyne.KeyName) }); ok && !w.sh.Layers.Any() {
		v.TypedKey(ev.Name)
	}
}

// problem shows an error that nobody else wanted.
func (w *Window) problem(err error) {
	w.log.Error("the window", "err", err)
	w.sh.Layers.Problem(err)
}

func (w *Window) panicked(v any) {
	w.log.Error("panic", "part", "window", "panic", v)
	w.runner.Poster().Post(func() { w.sh.Layers.Problem(errPanic) })
}
