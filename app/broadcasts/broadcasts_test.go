package broadcasts_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"go.uber.org/goleak"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/storage"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var bg = context.Background()

// world is broadcasts over a real database; the test itself is the outbox.
type world struct {
	testing.TB
	store    *storage.Store
	svc      *broadcasts.Service
	account  app.Account
	template app.Template
	contacts []string
	stop     func()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func newWorld(t testing.TB, customers int) *world {
	t.Helper()
	w := &world{TB: t}
	w.store = must(storage.Open(bg, storage.Options{Home: t.TempDir(), Desk: 1, Now: time.Now}))
	t.Cleanup(func() { _ = w.store.Close() })
	w.account = must(w.store.SaveAccount(bg, app.Account{Name: "Shop", AppID: "app", WABAID: "waba", PhoneNumberID: "number"}))
	var facts []app.Fact
	for i := range customers {
		facts = append(facts, app.Fact{PhoneNumberID: "number", WABAID: "waba", Message: &app.MessageFact{
			Wamid: fmt.Sprint("wamid.", i), From: app.Person{Phone: fmt.Sprintf("346%08d", i), Name: fmt.Sprint("Customer ", i)},
			Direction: app.In, Type: "text", Text: "hi", At: time.Now().Add(-48 * time.Hour),
		}})
	}
	must(w.store.ApplyFacts(bg, facts))
	for _, c := range must(w.store.Conversations(bg, app.ConversationFilter{}, nil, 1000)) {
		w.contacts = append(w.contacts, fmt.Sprint(c.Contact.ID))
	}
	d := template.Document{Name: "ready", Language: "en", Category: template.Utility, Components: []template.Component{{Type: template.Body, Text: "Hello {{1}}, it is ready."}}}
	w.template = must(w.store.AddTemplate(bg, app.TemplateWrite{Template: app.Template{
		AccountID: w.account.ID, Name: "Ready", Document: d, RecordType: records.TypeContact,
		Bindings: []app.Binding{{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "name"}},
		Standing: app.Standing{MetaID: "1", MetaStatus: app.TemplateApproved, Remote: &d},
	}}))
	source := &records.Shop{Contacts: w.store, Types: records.Builtin()}
	w.svc = broadcasts.New(broadcasts.Config{
		Store: w.store, Feed: w.store, Now: time.Now, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Sending: sending.New(sending.Config{Store: w.store, Records: source, Zone: time.UTC, Now: time.Now}),
	})
	w.start()
	t.Cleanup(func() { w.stop() })
	return w
}

// start runs the service; stop ends it, as the end of the program does.
func (w *world) start() {
	ctx, cancel := context.WithCancel(bg)
	done := make(chan error, 1)
	go func() { done <- w.svc.Run(ctx) }()
	w.stop = func() {
		cancel()
		if err := <-done; err != nil {
			w.Error(err)
		}
		w.stop = func() {}
	}
}

func (w *world) create() app.Broadcast {
	w.Helper()
	return must(w.svc.Create(bg, broadcasts.Draft{
		Job: sending.Job{Template: w.template.ID, RecordType: records.TypeContact, Sender: app.Staff{ID: 1, Name: "Ada", Role: app.RoleAdmin}}, Records: w.contacts,
	}))
}

// until waits for a state of the broadcast.
func (w *world) until(id app.ID, what string, ok func(app.Broadcast) bool) app.Broadcast {
	w.Helper()
	for range 3000 {
		if b := must(w.svc.Broadcast(bg, id)); ok(b) {
			return b
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.Fatalf("%s never came: %+v", what, must(w.svc.Broadcast(bg, id)))
	return app.Broadcast{}
}

// send takes up to n messages out; code is Meta's answer to each, 0 for accepted.
func (w *world) send(n, code int) int {
	w.Helper()
	rows := must(w.store.Claim(bg, "test", n, time.Minute))
	for _, r := range rows {
		if !must(w.store.Sending(bg, r.ID, "test")) {
			w.Fatal("it is not ours")
		}
		var err error
		if code == 0 {
			err = w.store.Accepted(bg, r.ID, fmt.Sprint("wamid.out.", r.ID), app.Person{Phone: r.To})
		} else {
			err = w.store.Failed(bg, r.ID, app.Failure{Code: code, Title: "no"})
		}
		must(0, err)
	}
	return len(rows)
}

func (w *world) changeTemplate(change func(*app.Template)) {
	w.Helper()
	must(w.store.ChangeTemplate(bg, w.template.ID, func(t *app.Template) (app.TemplateTrace, error) {
		change(t)
		return app.TemplateTrace{}, nil
	}))
}

func queued(n int) func(app.Broadcast) bool {
	return func(b app.Broadcast) bool { return b.Counts[string(app.StatusQueued)] == n }
}

func in(state app.BroadcastState) func(app.Broadcast) bool {
	return func(b app.Broadcast) bool { return b.State == state }
}

// A program that ends in the middle goes on where it was, and the outbox never holds more than its share.
func TestABroadcastGoesOnWhereItWas(t *testing.T) {
	w := newWorld(t, 300)
	b := w.create()
	w.until(b.ID, "the first messages", func(b app.Broadcast) bool { return b.Counts[string(app.StatusQueued)] >= 200 })
	if n := len(must(w.store.Sends(bg, []app.SendState{app.SendQueued}, 0, 1000))); n > 240 {
		t.Errorf("%d messages in the outbox", n)
	}
	w.send(100, 0)
	w.stop()
	w.start()
	w.until(b.ID, "the others", func(b app.Broadcast) bool { return b.Counts[string(app.StatusQueued)] >= 150 })
	for more := true; more; {
		more = w.send(100, 0) > 0
	}
	b = w.until(b.ID, "the end", in(app.BroadcastDone))
	if b.Counts[string(app.StatusAccepted)] != 300 || b.Counts.Handled() != 300 || b.EndedAt.IsZero() {
		t.Errorf("%+v", b)
	}
	seen := map[string]bool{}
	must(0, w.svc.Each(bg, b.ID, func(r app.BroadcastRow) error {
		if r.Status != app.StatusAccepted || seen[r.Phone] || r.Title == "" {
			t.Errorf("%+v", r)
		}
		seen[r.Phone] = true
		return nil
	}))
}

// It stops by itself when every further message would fail or do harm, says why, and a person may let it go on.
func TestABroadcastStopsItself(t *testing.T) {
	for what, c := range map[string]struct {
		harm, mend func(w *world)
	}{
		"an answer that stops campaigns": {func(w *world) { w.send(1, 132015) }, func(*world) {}},
		"the template is paused": {
			func(w *world) { w.changeTemplate(func(t *app.Template) { t.MetaStatus = app.TemplatePaused }) },
			func(w *world) { w.changeTemplate(func(t *app.Template) { t.MetaStatus = app.TemplateApproved }) },
		},
		"its quality turns red": {
			func(w *world) { w.changeTemplate(func(t *app.Template) { t.Quality = "RED" }) },
			func(w *world) { w.changeTemplate(func(t *app.Template) { t.Quality = "YELLOW" }) },
		},
		"the number's quality turns red": {
			func(w *world) { w.account.Quality = "RED"; must(w.store.SaveAccount(bg, w.account)) },
			func(w *world) { w.account.Quality = "GREEN"; must(w.store.SaveAccount(bg, w.account)) },
		},
	} {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t, 5)
			b := w.create()
			w.until(b.ID, "its messages", queued(5))
			c.harm(w)
			if b = w.until(b.ID, "the stop", in(app.BroadcastStopped)); b.Reason == nil || b.Reason.Title == "" || b.Reason.Details == "" {
				t.Errorf("%+v", b)
			}
			if n := w.send(9, 0); n != 0 {
				t.Errorf("%d went out after the stop", n)
			}
			c.mend(w)
			must(0, w.svc.Resume(bg, b.ID))
			for range 300 {
				if w.send(9, 0) > 0 {
					break
				}
				time.Sleep(10 * time.Millisecond)
			}
			w.until(b.ID, "the end", in(app.BroadcastDone))
		})
	}
}

// Only what may be sent again is, and once.
func TestRetrySendsOnlyWhatMayBe(t *testing.T) {
	w := newWorld(t, 6)
	b := w.create()
	w.until(b.ID, "its messages", queued(6))
	w.send(2, 131026) // not on WhatsApp: never
	w.send(1, 131049) // held back: not today
	w.send(2, 133004) // a fault of Meta's
	w.send(1, 0)
	b = w.until(b.ID, "the end", in(app.BroadcastDone))
	if n := must(w.svc.Retry(bg, b.ID, 131026)); n != 0 {
		t.Errorf("%d of those who can't be reached", n)
	}
	if n := must(w.svc.Retry(bg, b.ID)); n != 2 {
		t.Errorf("%d again, want 2", n)
	}
	if n := must(w.svc.Retry(bg, b.ID)); n != 0 {
		t.Errorf("%d a second time", n)
	}
	if n := w.send(9, 0); n != 2 {
		t.Errorf("%d went out", n)
	}
	b = w.until(b.ID, "the end", func(b app.Broadcast) bool {
		return b.State == app.BroadcastDone && b.Counts[string(app.StatusAccepted)] == 3
	})
	if b.Counts[string(app.StatusFailed)] != 3 {
		t.Errorf("%+v", b.Counts)
	}
}

// A message put off keeps its broadcast waiting, and it says until when; a number that was changed since is found.
func TestWhatWasPutOff(t *testing.T) {
	w := newWorld(t, 3)
	b := w.create()
	w.until(b.ID, "its messages", queued(3))
	if at := must(w.svc.Waits(bg, must(w.svc.Broadcast(bg, b.ID)))); !at.IsZero() {
		t.Errorf("it goes now, and waits until %v", at)
	}
	w.send(2, 0)
	w.send(1, 131026)
	w.until(b.ID, "the end", in(app.BroadcastDone))
	row := must(w.store.FindSends(bg, app.SendFilter{BroadcastID: b.ID, Look: true}, 0, 9))[0]
	if n := must(w.svc.NewNumbers(bg, b.ID, []app.Send{row})); len(n) != 0 {
		t.Errorf("nothing was changed: %v", n)
	}
	old := row
	old.To = "34999999999" // as if the record had another number then
	if n := must(w.svc.NewNumbers(bg, b.ID, []app.Send{old})); n[row.ID] != row.To {
		t.Errorf("%v, want %s", n, row.To)
	}
	due := time.Now().Add(24 * time.Hour)
	must(0, w.svc.RetryOne(bg, row, due))
	p := must(w.svc.Progress(bg, b.ID))
	if p.State != app.BroadcastRunning || p.Until.Unix() != due.Unix() || p.PerMinute != 0 || p.Left != 0 {
		t.Errorf("%s until %v, %d a minute, %v left", p.State, p.Until, p.PerMinute, p.Left)
	}
}

// No more people are written to in a day than Meta allows the number.
func TestTheDailyLimitHolds(t *testing.T) {
	w := newWorld(t, 60)
	w.account.Limit = "TIER_50"
	must(w.store.SaveAccount(bg, w.account))
	b := w.create()
	w.until(b.ID, "the limit", func(app.Broadcast) bool { return w.svc.Limited(b.ID) })
	if n := must(w.svc.Broadcast(bg, b.ID)).Counts[string(app.StatusQueued)]; n != 50 {
		t.Errorf("%d messages were made", n)
	}
	must(0, w.svc.Cancel(bg, b.ID))
	if n := w.send(99, 0); n != 0 {
		t.Errorf("%d went out of a cancelled broadcast", n)
	}
	if err := w.svc.Resume(bg, b.ID); app.ErrorCode(err) != app.CodeConflict {
		t.Error(err)
	}
}

func TestDailyLimit(t *testing.T) {
	for tier, want := range map[string]int{"TIER_50": 50, "TIER_250": 250, "TIER_1K": 1000, "TIER_2K": 2000, "TIER_100K": 100_000, "TIER_UNLIMITED": 0, "": 0, "TIER_NOT_SET": 0} {
		if n, ok := broadcasts.DailyLimit(tier); ok != (want > 0) || ok && n != want {
			t.Errorf("%q: %d %v", tier, n, ok)
		}
	}
}

func TestFilters(t *testing.T) {
	catalog := records.Builtin()
	typ, _ := catalog.Type(records.TypeContact)
	f := must(broadcasts.ParseFilter(catalog, typ, []string{"city=Hà Nội", "tags=VIP", "birthday>=2000-01-02", "!email", "opt_out=no", "phone", "name!=Ann"}))
	var got []string
	for _, c := range f.Where {
		got = append(got, c.Field+" "+string(c.Op)+" "+c.Key)
	}
	want := []string{"city is ha noi", "tags has ,vip,", "birthday from 2000-01-02", "email empty ", "opt_out is 0", "phone filled ", "name is_not ann"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q", got)
	}
	paper, _ := catalog.Type(records.TypeQuotation)
	got = nil
	for _, c := range must(broadcasts.ParseFilter(catalog, paper, []string{
		"country:any", "country:VN", "country=vn", "customer.city:Hanoi", "tag:VIP", "state:sent", "customer.company.city!=Huế", "lines.product~tea", "total:none",
	})).Where {
		got = append(got, fmt.Sprint(len(c.Via), " ", c.Field, " ", c.Op, " ", c.Key))
	}
	want = []string{
		"1 country filled ", "1 country has vietnam", "1 country is vietnam", "1 city has hanoi", "1 tags has ,vip,", "0 state is 01sent", "2 city is_not hue",
		"1 product has tea", "0 total empty ",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q", got)
	}
	for _, bad := range []string{"nothing=1", "", "birthday=soon", "=x", "city="} {
		if _, err := broadcasts.ParseFilter(catalog, typ, []string{bad}); app.ErrorCode(err) != app.CodeInvalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
