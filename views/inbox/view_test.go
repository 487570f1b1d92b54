package inbox

import (
	"context"
	"errors"
	"fmt"
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
	"shopbell/views/widget"
)

// world is the tab over a real database, with the UI goroutine and the clock in the test's hands.
type world struct {
	*View
	t      *testing.T
	store  *storage.Store
	sick   *sick // the same store, as the tab has it
	queue  *post.Queue
	clock  *clock
	ctx    context.Context
	now    time.Time
	front  bool
	toasts []shell.Toast
	number int
}

func newWorld(t *testing.T) *world { return newWorldWith(t, nil) }

func newWorldWith(t *testing.T, media OpenMedia) *world {
	t.Setenv("LANG", "C")
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	w := &world{t: t, ctx: ctx, queue: &post.Queue{}, clock: &clock{}, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), front: true}
	clockNow := func() time.Time { return w.now }
	store, err := storage.Open(ctx, storage.Options{Home: t.TempDir(), Desk: 1})
	if err != nil {
		t.Fatal(err)
	}
	w.store, w.sick = store, &sick{Store: store}
	if _, err = store.SaveAccount(ctx, app.Account{Name: "Madrid shop", AppID: "1", WABAID: "2", PhoneNumberID: "3"}); err != nil {
		t.Fatal(err)
	}
	runner := post.NewRunner(w.queue, func(err error) { t.Errorf("nobody wanted %v", err) }, nil)
	win := test.NewTempWindow(t, nil)
	sh := &shell.Shell{App: a, Window: win, Base: ctx, Now: clockNow, After: w.clock.after, Later: w.queue.Post, InFront: func() bool { return w.front }}
	sh.Async = func(ctx context.Context, work func(context.Context) (func(), error), failed func(error)) {
		runner.Async(ctx, func(ctx context.Context) (func(), error) {
			done, err := work(ctx)
			if err != nil && failed != nil {
				return func() { failed(err) }, nil
			}
			return done, err
		})
	}
	sh.Toasts = func(s shell.Toast) { w.toasts = append(w.toasts, s) }
	sh.Layers = shell.NewLayers(win.Canvas)
	sh.Keep = shell.NewKeep(sh, store, shell.State{}, func(err error) { t.Error(err) })
	w.View = New(sh, Params{
		Inbox: inbox.New(inbox.Config{Store: w.sick, Now: clockNow}), Outbox: outbox.New(outbox.Config{Store: store}),
		Accounts: accounts.New(accounts.Config{Store: store, Now: clockNow}), Me: app.Staff{ID: 0, Name: "Ana"}, Media: media, Changed: func() {},
	})
	changes, stop := store.Subscribe(app.TopicConversations, app.TopicMessages, app.TopicAccounts, app.TopicContacts)
	runner.Async(ctx, func(context.Context) (func(), error) {
		for c := range changes {
			w.queue.Post(func() { w.Changed(c) })
		}
		return nil, nil
	})
	t.Cleanup(func() {
		stop()
		cancel()
		runner.Wait()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	win.SetPadded(false)
	win.SetContent(w.Content())
	win.Resize(fyne.NewSize(1204, 768))
	return w
}

// until runs the UI goroutine until something holds.
func (w *world) until(what string, holds func() bool) {
	w.t.Helper()
	for {
		w.queue.Run()
		if holds() {
			return
		}
		if err := w.queue.Wait(w.ctx); err != nil {
			w.t.Fatalf("never: %s", what)
		}
	}
}

// writes has a customer write a message.
func (w *world) writes(phone, name, text string, at time.Time) {
	w.t.Helper()
	w.number++
	errs, err := w.store.ApplyFacts(w.ctx, []app.Fact{{PhoneNumberID: "3", WABAID: "2", Message: &app.MessageFact{
		Wamid: fmt.Sprintf("wamid.%d", w.number), From: app.Person{Phone: phone, Name: name}, Direction: app.In, Type: "text", Text: text, At: at,
	}}})
	if err = errors.Join(append(errs, err)...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) texts() (out []string) {
	for _, it := range w.thread.window() {
		out = append(out, it.Text)
	}
	return out
}

func (w *world) stored(id app.ID) app.Conversation {
	w.t.Helper()
	c, err := w.store.Conversation(w.ctx, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// begin has two customers write, and shows the tab.
func (w *world) begin() (mai, jose app.ID) {
	w.t.Helper()
	w.writes("84905550122", "Mai", "Is my order ready?", w.now.Add(-time.Hour))
	w.writes("34612345678", "José", "Perfecto", w.now.Add(-30*time.Hour))
	w.Shown()
	w.until("both are listed", func() bool { return w.list.loaded && w.list.book.len() == 2 })
	return w.list.book.order[0].ID, w.list.book.order[1].ID
}

func TestReadingAndAnswering(t *testing.T) {
	w := newWorld(t)
	mai, _ := w.begin()
	w.NextUnread()
	w.until("the first unread one is open", func() bool { return w.Chosen() == mai && w.thread.loaded })
	if got := w.texts(); len(got) != 1 || got[0] != "Is my order ready?" {
		t.Fatalf("messages %q", got)
	}
	if w.thread.unreadCount != 1 {
		t.Error("there is no line above what is unread")
	}

	w.front = false
	w.FrontChanged(false)
	w.clock.ring()
	w.queue.Run()
	if w.stored(mai).Unread != 1 {
		t.Error("read while another window was in front")
	}
	w.front = true
	w.FrontChanged(true)
	w.clock.ring()
	w.until("it counts as read", func() bool { return w.thread.conv.Unread == 0 })

	w.thread.composer.SetText("Yes, come by!")
	w.thread.composer.OnSend(widget.ModeReply, "Yes, come by!")
	w.until("the answer stands in the thread", func() bool { return len(w.texts()) == 2 })
	w.until("the composer is empty", func() bool { return w.thread.composer.Text() == "" })
	if w.thread.unreadCount != 0 {
		t.Error("the line above what was unread stands although the shop has answered")
	}
	it := w.thread.timeline.Items()[1]
	if !it.Out || it.Tick != widget.Queued || it.Text != "Yes, come by!" {
		t.Errorf("the answer is %+v", it)
	}
	if n, err := w.store.Counts(w.ctx); err != nil || n.Queued != 1 {
		t.Errorf("%+v waits in the outbox, %v", n, err)
	}

	w.Write(true)
	w.thread.composer.OnSend(widget.ModeNote, "Ask Luis")
	w.until("the note stands in the thread", func() bool { return len(w.texts()) == 3 })
	if it := w.thread.timeline.Items()[2]; it.Kind != widget.KindNote || it.Name == "" {
		t.Errorf("the note is %+v", it)
	}
}

func TestAClosedWindowKeepsTheText(t *testing.T) {
	w := newWorld(t)
	_, jose := w.begin()
	w.Choose(jose)
	w.until("it is open", func() bool { return w.thread.loaded })
	w.thread.composer.SetText("Still there?")
	w.thread.send(widget.ModeReply, "Still there?") // as if the window had closed while it was being written
	w.until("the refusal is shown", w.sh.Layers.Any)
	if w.thread.composer.Text() != "Still there?" || len(w.texts()) != 1 {
		t.Errorf("the text is %q, messages %q", w.thread.composer.Text(), w.texts())
	}
	if !w.sh.Layers.Escape() || w.sh.Layers.Any() {
		t.Error("Esc does not close the refusal")
	}
}

func TestDraftsStayWithTheirConversation(t *testing.T) {
	w := newWorld(t)
	mai, jose := w.begin()
	w.Choose(mai)
	w.until("it is open", func() bool { return w.thread.loaded })
	w.thread.composer.SetText("Half an ans")
	w.Choose(jose)
	w.until("the draft is kept", func() bool { return w.stored(mai).Draft == "Half an ans" })
	w.until("the other is open", func() bool { return w.thread.loaded })
	if got := w.thread.composer.Text(); got != "" {
		t.Errorf("the other conversation begins with %q", got)
	}
	w.Choose(mai)
	w.until("the draft is back", func() bool { return w.thread.composer.Text() == "Half an ans" })
	w.Write(true)
	if got := w.thread.composer.Text(); got != "" {
		t.Errorf("the reply %q stands in the note", got)
	}
	w.thread.composer.SetText("internal")
	w.Write(false)
	if got := w.thread.composer.Text(); got != "Half an ans" {
		t.Errorf("the note became an answer: %q", got)
	}
}

func TestDoneHasAWayBack(t *testing.T) {
	w := newWorld(t)
	mai, jose := w.begin()
	w.Choose(mai)
	w.until("it is open", func() bool { return w.thread.loaded })
	w.ToggleDone()
	w.until("the next is open and the done one gone", func() bool { return w.Chosen() == jose && w.list.book.len() == 1 })
	if len(w.toasts) != 1 || w.toasts[0].Do == nil {
		t.Fatalf("toasts %+v", w.toasts)
	}
	w.toasts[0].Do()
	w.until("it is back", func() bool { return w.list.book.len() == 2 && !w.stored(mai).Closed })
}

func TestMarkedUnreadStaysUnread(t *testing.T) {
	w := newWorld(t)
	mai, _ := w.begin()
	w.Choose(mai)
	w.until("it is open", func() bool { return w.thread.loaded })
	w.clock.ring()
	w.until("it is read", func() bool { return w.thread.conv.Unread == 0 })
	w.MarkUnread()
	w.until("it is unread", func() bool { return w.thread.conv.Unread > 0 })
	w.clock.ring()
	w.queue.Run()
	if w.stored(mai).Unread == 0 {
		t.Error("what was marked unread was read again by itself")
	}
}

func TestSearchGoesToTheMessage(t *testing.T) {
	w := newWorld(t)
	for i := range 200 {
		w.writes("84905550122", "Mai", fmt.Sprintf("message %d", i), w.now.Add(-10*time.Hour+time.Duration(i)*time.Minute))
	}
	w.writes("34612345678", "José", "Perfecto", w.now.Add(-time.Hour))
	w.Shown()
	w.until("both are listed", func() bool { return w.list.book.len() == 2 })
	w.list.search.SetText("message 17")
	w.clock.ring()
	w.until("messages are found", func() bool { return len(w.list.found.hits) > 0 })
	var target hit
	for _, h := range w.list.found.hits {
		if h.message.Text == "message 17" {
			target = h
		}
	}
	if target.message.ID == 0 {
		t.Fatalf("not among %d hits", len(w.list.found.hits))
	}
	w.list.found.open(target)
	w.until("the thread is open at it", func() bool {
		for _, text := range w.texts() {
			if text == "message 17" {
				return w.thread.loaded
			}
		}
		return false
	})
	if !w.thread.newer {
		t.Error("the thread says that it ends there")
	}
	w.list.search.SetText("")
	if w.list.found.object.Visible() {
		t.Error("the list is not back")
	}
	w.thread.timeline.OnMissing(0)
	w.until("the newest are shown", func() bool { return !w.thread.newer && w.texts()[len(w.texts())-1] == "message 199" })
}

func TestNewsComesIn(t *testing.T) {
	w := newWorld(t)
	mai, jose := w.begin()
	w.Choose(jose)
	w.until("it is open", func() bool { return w.thread.loaded })
	w.writes("34612345678", "José", "¿Hola?", w.now)
	w.until("the thread has it", func() bool { return len(w.texts()) == 2 })
	w.until("the list lifts it", func() bool { return w.list.book.place(jose) == 0 && w.list.book.place(mai) == 1 })
	w.writes("34612345678", "José", "late", w.now.Add(-29*time.Hour)) // told late, out of order
	w.until("it stands in its place", func() bool { g := w.texts(); return len(g) == 3 && g[1] == "late" && g[2] == "¿Hola?" })
}

func TestAFailedMessageCanBeSentAgain(t *testing.T) {
	w := newWorld(t)
	mai, _ := w.begin()
	w.Choose(mai)
	w.until("it is open", func() bool { return w.thread.loaded })
	w.thread.send(widget.ModeReply, "Hello")
	w.until("it stands in the thread", func() bool { return len(w.texts()) == 2 })
	rows, err := w.store.Claim(w.ctx, "test", 10, time.Minute)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if ok, err := w.store.Sending(w.ctx, rows[0].ID, "test"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err = w.store.Failed(w.ctx, rows[0].ID, app.Failure{Code: 131026, Title: "Message undeliverable"}); err != nil {
		t.Fatal(err)
	}
	item := func() widget.Message { return w.thread.timeline.Items()[1] }
	w.until("it says why it failed", func() bool { return item().Failure != "" })
	if got := item(); got.Failure != "Not delivered: Message undeliverable" || got.Mend == "" || got.Tick != widget.Failed {
		t.Errorf("%+v", got)
	}
	w.thread.timeline.OnMend(item().ID)
	w.until("it waits again", func() bool { return item().Tick == widget.Queued && item().Failure == "" })

	rows, err = w.store.Claim(w.ctx, "test", 10, time.Minute)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if _, err = w.store.Sending(w.ctx, rows[0].ID, "test"); err != nil {
		t.Fatal(err)
	}
	if err = w.store.Unknown(w.ctx, rows[0].ID, app.Failure{Title: "Meta's answer never came"}); err != nil {
		t.Fatal(err)
	}
	w.until("nobody knows", func() bool { return item().Tick == widget.Unknown })
	w.thread.timeline.OnMend(item().ID)
	if !w.sh.Layers.Any() {
		t.Error("what nobody knows is sent again without a question")
	}
	w.press("It arrived")
	w.until("a person's word settles it", func() bool { return item().Tick == widget.Sent && item().Failure == "" })
	if rows, err = w.store.Claim(w.ctx, "test", 10, time.Minute); err != nil || len(rows) != 0 || w.sh.Layers.Any() {
		t.Errorf("%d rows go out again, %v", len(rows), err)
	}
}

// press taps the button with these words in what floats over the window.
func (w *world) press(words string) {
	w.t.Helper()
	w.pressIn(w.sh.Window.Canvas().Overlays().Top(), words)
}

// pressIn taps the visible button with these words in something.
func (w *world) pressIn(in fyne.CanvasObject, words string) {
	w.t.Helper()
	found := false
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *widget.Button:
			if o.Text() == words && !found {
				found = true
				test.Tap(o)
			}
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.TempWidgetRenderer(w.t, o).Objects() {
				walk(c)
			}
		}
	}
	walk(in)
	if !found {
		w.t.Fatalf("there is no button %q", words)
	}
}

func TestThePillWhereTheWindowEnded(t *testing.T) {
	w := newWorld(t)
	mai, jose := w.begin()
	pill := func() (at int, text string) {
		for i, it := range w.thread.timeline.Items() {
			if it.Kind == widget.KindSystem {
				return i, it.Text
			}
		}
		return -1, ""
	}
	w.Choose(jose)
	w.until("it is open", func() bool { return w.thread.loaded })
	if at, text := pill(); at != 1 || text != "The 24 hours ended today at 06:00" {
		t.Errorf("%d %q", at, text)
	}
	w.now = w.now.Add(24 * time.Hour)
	w.Tick()
	if at, text := pill(); at != 1 || text != "The 24 hours ended yesterday at 06:00" {
		t.Errorf("%d %q", at, text)
	}
	w.thread.send(widget.ModeNote, "call him")
	w.until("the note stands below the pill", func() bool { at, _ := pill(); return at == 1 && len(w.thread.timeline.Items()) == 3 })
	w.writes("34612345678", "José", "¿Hola?", w.now)
	w.until("the window is open again", func() bool { at, _ := pill(); return at < 0 && len(w.texts()) == 3 })
	w.Choose(mai)
	w.until("the other one is open", func() bool { return w.thread.loaded && len(w.window()) == 1 })
	if at, text := pill(); at != 1 || text != "The 24 hours ended today at 11:00" {
		t.Errorf("%d %q", at, text)
	}
}

func (w *world) window() []widget.Message { return w.thread.window() }

func TestBannerStandsAboveThreadAndPanel(t *testing.T) {
	w := newWorld(t)
	mai, _ := w.begin()
	w.Choose(mai)
	w.until("it is open", func() bool { return w.thread.loaded })
	before := w.thread.object.Size().Height
	w.SetBanner(widget.NewBanner(widget.Bad, "alert", "Messages cannot come in.", ""))
	w.content.Layout.Layout(w.content.Objects, w.content.Size())
	if got := w.thread.object.Size().Height; got != before-theme.HeightBanner || w.panel.object.Position().Y != theme.HeightBanner || w.list.object.Position().Y != 0 {
		t.Errorf("thread %v high of %v, panel at %v, list at %v", got, before, w.panel.object.Position(), w.list.object.Position())
	}
	w.SetBanner(nil)
	w.content.Layout.Layout(w.content.Objects, w.content.Size())
	if w.thread.object.Size().Height != before {
		t.Error("the banner leaves a gap")
	}
}

func TestAClickPutsTheKeyboardIntoTheComposer(t *testing.T) {
	w := newWorld(t)
	mai, _ := w.begin()
	w.Pick(mai)
	w.until("it is open", func() bool { return w.thread.loaded })
	w.sh.Window.Canvas().Unfocus()
	if w.Foot() == 0 {
		t.Error("toasts would cover the composer")
	}
	w.Pick(mai) // a click on the row that is open already
	if !w.thread.composer.Focused() {
		t.Error("one cannot type at once")
	}
	w.Choose(0)
	if w.Foot() != 0 {
		t.Errorf("%v are kept free although no composer shows", w.Foot())
	}
}
