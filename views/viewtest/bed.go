// Package viewtest is where views are tested: a window of Fyne's test driver with the UI goroutine, the clock and the ways to other tabs in the
// test's hands. Only tests import it.
package viewtest

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/post"
	"shopbell/views/shell"
	"shopbell/views/theme"
)

// Noon is when a bed begins.
var Noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// Bed is a window without the program around it.
type Bed struct {
	T      testing.TB
	Ctx    context.Context //nolint:containedctx // the life of the test
	App    fyne.App
	Window fyne.Window
	Shell  *shell.Shell
	Queue  *post.Queue
	Runner *post.Runner
	Clock  *Clock
	Now    time.Time
	Front  bool // the window is the one that the person works in

	// What was asked of the window.
	Toasts        []shell.Toast
	Sent          []shell.SendTarget
	Records       []records.Ref
	Conversations []app.ID
	Broadcasts    []app.ID
	Ran           []string
}

// longest is how long a test may wait for something.
const longest = 60 * time.Second

// New makes a bed; settings may be nil. It is taken down after what the test registered for its own end.
func New(t testing.TB, settings shell.Store) *Bed {
	t.Helper()
	t.Setenv("LANG", "C")
	a := test.NewTempApp(t)
	look := theme.Light
	if os.Getenv("SHOPBELL_DARK") != "" {
		look = theme.Dark
	}
	a.Settings().SetTheme(theme.New(look))
	loadWords(t)
	ctx, cancel := context.WithTimeout(t.Context(), longest)
	b := &Bed{T: t, Ctx: ctx, App: a, Window: test.NewTempWindow(t, nil), Queue: &post.Queue{}, Clock: &Clock{}, Now: Noon, Front: true}
	b.Runner = post.NewRunner(b.Queue, func(err error) { t.Errorf("nobody wanted %v", err) }, nil)
	b.Shell = b.shell(ctx)
	if settings == nil {
		settings = Settings{}
	}
	b.Shell.Keep = shell.NewKeep(b.Shell, settings, shell.State{}, func(err error) { t.Error(err) })
	t.Cleanup(func() {
		cancel()
		b.Runner.Wait()
	})
	return b
}

func (b *Bed) shell(ctx context.Context) *shell.Shell {
	sh := &shell.Shell{
		App: b.App, Window: b.Window, Base: ctx, Now: func() time.Time { return b.Now }, After: b.Clock.After, Later: b.Queue.Post,
		InFront:          func() bool { return b.Front },
		Open:             func(shell.Tab) {},
		Toasts:           func(s shell.Toast) { b.Toasts = append(b.Toasts, s) },
		SendTo:           func(t shell.SendTarget) { b.Sent = append(b.Sent, t) },
		OpenRecord:       func(r records.Ref) { b.Records = append(b.Records, r) },
		OpenConversation: func(id app.ID) { b.Conversations = append(b.Conversations, id) },
		OpenBroadcast:    func(id app.ID) { b.Broadcasts = append(b.Broadcasts, id) },
		Run:              func(command string) bool { b.Ran = append(b.Ran, command); return true },
		Layers:           shell.NewLayers(b.Window.Canvas),
	}
	sh.Async = func(ctx context.Context, work func(context.Context) (func(), error), failed func(error)) {
		b.Runner.Async(ctx, func(ctx context.Context) (func(), error) {
			done, err := work(ctx)
			if err != nil && failed != nil {
				return func() { failed(err) }, nil
			}
			return done, err
		})
	}
	return sh
}

// Show puts a tab into the window, at the size that the rail leaves in a window of 1280 by 800.
func (b *Bed) Show(content fyne.CanvasObject) {
	b.Window.SetPadded(false)
	b.Window.SetContent(content)
	b.Window.Resize(fyne.NewSize(1280-theme.WidthRail, 768))
}

// Follow hands what changes in a store to a view until the test ends.
func (b *Bed) Follow(feed app.Feed, changed func(app.Changes), topics ...app.Topic) {
	changes, stop := feed.Subscribe(topics...)
	b.Runner.Async(b.Ctx, func(context.Context) (func(), error) {
		for c := range changes {
			b.Queue.Post(func() { changed(c) })
		}
		return nil, nil
	})
	b.T.Cleanup(stop)
}

// Until runs the UI goroutine until something holds.
func (b *Bed) Until(what string, holds func() bool) {
	b.T.Helper()
	for {
		b.Queue.Run()
		if holds() {
			return
		}
		if err := b.Queue.Wait(b.Ctx); err != nil {
			b.T.Fatalf("never: %s", what)
		}
	}
}

// Settle lets seconds go by until nothing is under way any more. It is of no use where something follows a feed: that never ends.
func (b *Bed) Settle() {
	for range 8 {
		b.Clock.Pass(time.Second)
		b.Runner.Wait()
		b.Queue.Run()
	}
}

// Picture writes what is seen into the folder that SHOPBELL_PICTURES names, for a person to look at. It is drawn in any case.
func (b *Bed) Picture(name string) {
	b.T.Helper()
	img := b.Window.Canvas().Capture()
	dir := os.Getenv("SHOPBELL_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		b.T.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		b.T.Fatal(err)
	}
}

// Settings keep nothing.
type Settings struct{}

// Setting gives nothing.
func (Settings) Setting(context.Context, string) (string, error) { return "", nil }

// SetSetting forgets.
func (Settings) SetSetting(context.Context, string, string) error { return nil }

var words sync.Once

// loadWords loads them once, as the program does: what still runs from another test reads them.
func loadWords(t testing.TB) {
	words.Do(func() {
		if err := theme.LoadWords(); err != nil {
			t.Fatal(err)
		}
	})
}
