package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/broadcasts"
	"shopbell/app/outbox"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/storage"
	"shopbell/views/viewtest"
)

// world is the tab in a test's window, over a real store; the test itself is Meta.
type world struct {
	*viewtest.Bed
	store    *storage.Store
	v        *View
	account  app.Account
	template app.Template
}

var bg = context.Background()

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{Bed: viewtest.New(t, nil)}
	w.Now = time.Now()
	w.store = must(storage.Open(bg, storage.Options{Home: t.TempDir(), Desk: 1}))
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	w.account = must(w.store.SaveAccount(bg, app.Account{Name: "Madrid shop", AppID: "1", WABAID: "2", PhoneNumberID: "3"}))
	d := template.Document{Name: "quotation", Language: "en", Category: template.Utility, Components: []template.Component{{Type: template.Body, Text: "Hello"}}}
	w.template = must(w.store.AddTemplate(bg, app.TemplateWrite{Template: app.Template{AccountID: w.account.ID, Name: "Quotation with link", Document: d}}))
	log := slog.New(slog.DiscardHandler)
	source := &records.Shop{Contacts: w.store, Types: records.Builtin()}
	now := func() time.Time { return w.Now }
	w.Shell.Explain = func(f app.Failure) (string, string) {
		return map[int][2]string{
			131026: {"This number is not on WhatsApp.", "Check the number with the customer."},
			131049: {"Meta held it back: this person got many offers today.", "No charge was made; tomorrow it may pass."},
			131048: {"Internet was away for a moment.", "Safe to send again."},
		}[f.Code][0], map[int]string{131026: "Check the number with the customer.", 131049: "No charge was made; tomorrow it may pass."}[f.Code]
	}
	w.v = New(w.Shell, Params{
		Outbox: outbox.New(outbox.Config{Store: w.store, Now: now, Log: log}),
		Broadcasts: broadcasts.New(broadcasts.Config{
			Store: w.store, Feed: w.store, Now: now, Log: log,
			Sending: sending.New(sending.Config{Store: w.store, Records: source, Zone: time.UTC, Now: now}),
		}),
		Accounts: accounts.New(accounts.Config{Store: w.store, Now: now}),
		Types:    func(context.Context) ([]records.Type, error) { return records.Builtin().Types(), nil },
	})
	w.Show(w.v.Content())
	return w
}

// broadcast makes one to n customers and lets its first made messages be made.
func (w *world) broadcast(name string, n, made int) app.Broadcast {
	w.T.Helper()
	var ids []string
	for i := range n {
		ids = append(ids, fmt.Sprint(i))
	}
	b := must(w.store.AddBroadcast(bg, app.Broadcast{
		AccountID: w.account.ID, TemplateID: w.template.ID, Name: name, Job: `{"record_type":"contact","sender_name":"Ana","currency":"EUR"}`,
	}, ids))
	must(w.store.MoveBroadcast(bg, b.ID, []app.BroadcastState{app.BroadcastScheduled}, app.BroadcastRunning, nil))
	var steps []app.BroadcastStep
	for i := range made {
		m := app.Outgoing{
			AccountID: w.account.ID, To: to(i), Type: "template", Text: "Hello", Payload: "{}", TemplateID: w.template.ID, Category: "UTILITY", Cost: 18_400,
			Record: app.RecordRef{Type: "contact", ID: fmt.Sprint(i), Title: guests[i%len(guests)]},
		}
		steps = append(steps, app.BroadcastStep{Seq: i, Title: m.Record.Title, Phone: m.To, Customer: m.To, Message: &m})
	}
	must(w.store.StepBroadcast(bg, b.ID, steps))
	return must(w.store.Broadcast(bg, b.ID))
}

var guests = []string{"Marta Baeza", "Café Wren", "Rosa Keane", "Đỗ Lan", "Tom Burrell", "محمد علي", "Nguyễn Thị Mai"}

func to(i int) string { return fmt.Sprintf("3461%07d", i) }

// send takes what waits out, n at most. outcome says what becomes of the i-th: a code, -1 for an answer that never came, 0 for accepted.
func (w *world) send(n int, outcome func(i int) int) {
	w.T.Helper()
	for i, r := range must(w.store.Claim(bg, "test", n, time.Minute)) {
		must(w.store.Sending(bg, r.ID, "test"))
		var err error
		switch code := outcome(i); {
		case code == 0:
			err = w.store.Accepted(bg, r.ID, fmt.Sprint("wamid.", r.ID), app.Person{Phone: r.To})
			w.status(fmt.Sprint("wamid.", r.ID), []app.Status{app.StatusRead, app.StatusRead, app.StatusDelivered, app.StatusSent}[i%4])
		case code < 0:
			err = w.store.Unknown(bg, r.ID, app.Failure{Title: "no answer"})
		default:
			err = w.store.Failed(bg, r.ID, app.Failure{Code: code, Title: "refused"})
		}
		must(0, err)
	}
}

func (w *world) status(wamid string, s app.Status) {
	must(w.store.ApplyFacts(bg, []app.Fact{{PhoneNumberID: "3", WABAID: "2", Status: &app.StatusFact{Wamid: wamid, Status: s, At: time.Now()}}}))
}

func (w *world) changed() {
	w.v.Changed(app.Changes{IDs: map[app.Topic][]app.ID{app.TopicBroadcasts: nil, app.TopicOutbox: nil}})
	w.Clock.Pass(rest)
}

func (w *world) size(width, height float32) { w.Window.Resize(fyne.NewSize(width, height)) }
