package inbox

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/inbox"
	"shopbell/app/outbox"
	"shopbell/storage"
	"shopbell/views/theme"
	"shopbell/views/viewtest"
	"shopbell/views/widget"
)

// world is the tab over a real database.
type world struct {
	*View
	*viewtest.Bed
	store  *storage.Store
	sick   *sick // the same store, as the tab has it
	number int
}

func newWorld(t *testing.T) *world { return newWorldWith(t, nil) }

func newWorldWith(t *testing.T, media OpenMedia) *world {
	store, err := storage.Open(t.Context(), storage.Options{Home: t.TempDir(), Desk: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err = store.SaveAccount(t.Context(), app.Account{Name: "Madrid shop", AppID: "1", WABAID: "2", PhoneNumberID: "3"}); err != nil {
		t.Fatal(err)
	}
	w := &world{Bed: viewtest.New(t, store), store: store, sick: &sick{Store: store}}
	now := w.Shell.Now
	w.View = New(w.Shell, Params{
		Inbox: inbox.New(inbox.Config{Store: w.sick, Now: now}), Outbox: outbox.New(outbox.Config{Store: store}),
		Accounts: accounts.New(accounts.Config{Store: store, Now: now}), Me: app.Staff{ID: 0, Name: "Ana"}, Media: media, Changed: func() {},
	})
	w.Follow(store, w.Changed, app.TopicConversations, app.TopicMessages, app.TopicAccounts, app.TopicContacts)
	w.Show(w.Content())
	return w
}

// writes has a customer write a message.
func (w *world) writes(phone, name, text string, at time.Time) {
	w.T.Helper()
	w.number++
	errs, err := w.store.ApplyFacts(w.Ctx, []app.Fact{{PhoneNumberID: "3", WABAID: "2", Message: &app.MessageFact{
		Wamid: fmt.Sprintf("wamid.%d", w.number), From: app.Person{Phone: phone, Name: name}, Direction: app.In, Type: "text", Text: text, At: at,
	}}})
	if err = errors.Join(append(errs, err)...); err != nil {
		w.T.Fatal(err)
	}
}

func (w *world) texts() (out []string) {
	for _, it := range w.thread.window() {
		out = append(out, it.Text)
	}
	return out
}

func (w *world) stored(id app.ID) app.Conversation {
	w.T.Helper()
	c, err := w.store.Conversation(w.Ctx, id)
	if err != nil {
		w.T.Fatal(err)
	}
	return c
}

// begin has two customers write, and shows the tab.
func (w *world) begin() (mai, jose app.ID) {
	w.T.Helper()
	w.writes("84905550122", "Mai", "Is my order ready?", w.Now.Add(-time.Hour))
	w.writes("34612345678", "José", "Perfecto", w.Now.Add(-30*time.Hour))
	w.Shown()
	w.Until("both are listed", func() bool { return w.list.loaded && w.list.book.len() == 2 })
	return w.list.book.order[0].ID, w.list.book.order[1].ID
}

func TestReadingAndAnswering(t *testing.T) {
	w := newWorld(t)
	mai, _ := w.begin()
	w.NextUnread()
	w.Until("the first unread one is open", func() bool { return w.Chosen() == mai && w.thread.loaded })
	if got := w.texts(); len(got) != 1 || got[0] != "Is my order ready?" {
		t.Fatalf("messages %q", got)
	}
	if w.thread.unreadCount != 1 {
		t.Error("there is no line above what is unread")
	}

	w.Front = false
	w.FrontChanged(false)
	w.Clock.Ring()
	w.Queue.Run()
	if w.stored(mai).Unread != 1 {
		t.Error("read while another window was in front")
	}
	w.Front = true
	w.FrontChanged(true)
	w.Clock.Ring()
	w.Until("it counts as read", func() bool { return w.thread.conv.Unread == 0 })

	w.thread.composer.SetText("Yes, come by!")
	w.thread.composer.OnSend(widget.ModeReply, "Yes, come by!")
	w.Until("the answer stands in the thread", func() bool { return len(w.texts()) == 2 })
	w.Until("the composer is empty", func() bool { return w.thread.composer.Text() == "" })
	if w.thread.unreadCount != 0 {
		t.Error("the line above what was unread stands although the shop has answered")
	}
	it := w.thread.timeline.Items()[1]
	if !it.Out || it.Tick != widget.Queued || it.Text != "Yes, come by!" {
		t.Errorf("the answer is %+v", it)
	}
	if n, err := w.store.Counts(w.Ctx); err != nil || n.Queued != 1 {
		t.Errorf("%+v waits in the outbox, %v", n, err)
	}

	w.Write(true)
	w.thread.composer.OnSend(widget.ModeNote, "Ask Luis")
	w.Until("the note stands in the thread", func() bool { return len(w.texts()) == 3 })
	if it := w.thread.timeline.Items()[2]; it.Kind != widget.KindNote || it.Name == "" {
		t.Errorf("the note is %+v", it)
	}
}

func TestAClosedWindowKeepsTheText(t *testing.T) {
	w := newWorld(t)
	_, jose := w.begin()
	w.Choose(jose)
	w.Until("it is open", func() bool { return w.thread.loaded })
	w.thread.composer.SetText("Still there?")
	w.thread.send(widget.ModeReply, "Still there?") // as if the window had closed while it was being written
	w.Until("the refusal is shown", w.sh.Layers.Any)
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
	w.Until("it is open", func() bool { return w.thread.loaded })
	w.thread.composer.SetText("Half an ans")
	w.Choose(jose)
	w.Until("the draft is kept", func() bool { return w.stored(mai).Draft == "Half an ans" })
	w.Until("the other is open", func() bool { return w.thread.loaded })
	if got := w.thread.composer.Text(); got != "" {
		t.Errorf("the other conversation begins with %q", got)
	}
	w.Choose(mai)
	w.Until("the draft is back", func() bool { return w.thread.composer.Text() == "Half an ans" })
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
	w.Until("it is open", func() bool { return w.thread.loaded })
	w.ToggleDone()
	w.Until("the next is open and the done one gone", func() bool { return w.Chosen() == jose && w.list.book.len() == 1 })
	if len(w.Toasts) != 1 || w.Toasts[0].Do == nil {
		t.Fatalf("toasts %+v", w.Toasts)
	}
	w.Toasts[0].Do()
	w.Until("it is back", func() bool { return w.list.book.len() == 2 && !w.stored(mai).Closed })
}

func TestMarkedUnreadStaysUnread(t *testing.T) {
	w := newWorld(t)
	mai, _ := w.begin()
	w.Choose(mai)
	w.Until("it is open", func() bool { return w.thread.loaded })
	w.Clock.Ring()
	w.Until("it is read", func() bool { return w.thread.conv.Unread == 0 })
	w.MarkUnread()
	w.Until("it is unread", func() bool { return w.thread.conv.Unread > 0 })
	w.Clock.Ring()
	w.Queue.Run()
	if w.stored(mai).Unread == 0 {
		t.Error("what was marked unread was read again by itself")
	}
}

func TestSearchGoesToTheMessage(t *testing.T) {
	w := newWorld(t)
	for i := range 200 {
		w.writes("84905550122", "Mai", fmt.Sprintf("message %d", i), w.Now.Add(-10*time.Hour+time.Duration(i)*time.Minute))
	}
	w.writes("34612345678", "José", "Perfecto", w.Now.Add(-time.Hour))
	w.Shown()
	w.Until("both are listed", func() bool { return w.list.book.len() == 2 })
	w.list.search.SetText("message 17")
	w.Clock.Ring()
	w.Until("messages are found", func() bool { return len(w.list.found.hits) > 0 })
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
	w.Until("the thread is open at it", func() bool {
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
	w.Until("the newest are shown", func() bool { return !w.thread.newer && w.texts()[len(w.texts())-1] == "message 199" })
}

func TestNewsComesIn(t *testing.T) {
	w := newWorld(t)
	mai, jose := w.begin()
	w.Choose(jose)
	w.Until("it is open", func() bool { return w.thread.loaded })
	w.writes("34612345678", "José", "¿Hola?", w.Now)
	w.Until("the thread has it", func() bool { return len(w.texts()) == 2 })
	w.Until("the list lifts it", func() bool { return w.list.book.place(jose) == 0 && w.list.book.place(mai) == 1 })
	w.writes("34612345678", "José", "late", w.Now.Add(-29*time.Hour)) // told late, out of order
	w.Until("it stands in its place", func() bool { g := w.texts(); return len(g) == 3 && g[1] == "late" && g[2] == "¿Hola?" })
}

func TestAFailedMessageCanBeSentAgain(t *testing.T) {
	w := newWorld(t)
	mai, _ := w.begin()
	w.Choose(mai)
	w.Until("it is open", func() bool { return w.thread.loaded })
	w.thread.send(widget.ModeReply, "Hello")
	w.Until("it stands in the thread", func() bool { return len(w.texts()) == 2 })
	rows, err := w.store.Claim(w.Ctx, "test", 10, time.Minute)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if ok, err := w.store.Sending(w.Ctx, rows[0].ID, "test"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err = w.store.Failed(w.Ctx, rows[0].ID, app.Failure{Code: 131026, Title: "Message undeliverable"}); err != nil {
		t.Fatal(err)
	}
	item := func() widget.Message { return w.thread.timeline.Items()[1] }
	w.Until("it says why it failed", func() bool { return item().Failure != "" })
	if got := item(); got.Failure != "Not delivered: Message undeliverable" || got.Mend == "" || got.Tick != widget.Failed {
		t.Errorf("%+v", got)
	}
	w.thread.timeline.OnMend(item().ID)
	w.Until("it waits again", func() bool { return item().Tick == widget.Queued && item().Failure == "" })

	rows, err = w.store.Claim(w.Ctx, "test", 10, time.Minute)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if _, err = w.store.Sending(w.Ctx, rows[0].ID, "test"); err != nil {
		t.Fatal(err)
	}
	if err = w.store.Unknown(w.Ctx, rows[0].ID, app.Failure{Title: "Meta's answer never came"}); err != nil {
		t.Fatal(err)
	}
	w.Until("nobody knows", func() bool { return item().Tick == widget.Unknown })
	w.thread.timeline.OnMend(item().ID)
	if !w.sh.Layers.Any() {
		t.Error("what nobody knows is sent again without a question")
	}
	w.Press("It arrived")
	w.Until("a person's word settles it", func() bool { return item().Tick == widget.Sent && item().Failure == "" })
	if rows, err = w.store.Claim(w.Ctx, "test", 10, time.Minute); err != nil || len(rows) != 0 || w.sh.Layers.Any() {
		t.Errorf("%d rows go out again, %v", len(rows), err)
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
	w.Until("it is open", func() bool { return w.thread.loaded })
	if at, text := pill(); at != 1 || text != "The 24 hours ended today at 06:00" {
		t.Errorf("%d %q", at, text)
	}
	w.Now = w.Now.Add(24 * time.Hour)
	w.Tick()
	if at, text := pill(); at != 1 || text != "The 24 hours ended yesterday at 06:00" {
		t.Errorf("%d %q", at, text)
	}
	w.thread.send(widget.ModeNote, "call him")
	w.Until("the note stands below the pill", func() bool { at, _ := pill(); return at == 1 && len(w.thread.timeline.Items()) == 3 })
	w.writes("34612345678", "José", "¿Hola?", w.Now)
	w.Until("the window is open again", func() bool { at, _ := pill(); return at < 0 && len(w.texts()) == 3 })
	w.Choose(mai)
	w.Until("the other one is open", func() bool { return w.thread.loaded && len(w.window()) == 1 })
	if at, text := pill(); at != 1 || text != "The 24 hours ended today at 11:00" {
		t.Errorf("%d %q", at, text)
	}
}

func (w *world) window() []widget.Message { return w.thread.window() }

func TestBannerStandsAboveThreadAndPanel(t *testing.T) {
	w := newWorld(t)
	mai, _ := w.begin()
	w.Choose(mai)
	w.Until("it is open", func() bool { return w.thread.loaded })
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
	w.Until("it is open", func() bool { return w.thread.loaded })
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
