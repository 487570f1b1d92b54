package sending

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/app/records"
	service "shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/storage"
	"shopbell/views/shell"
	"shopbell/views/viewtest"
	"shopbell/views/widget"
)

var bg = context.Background()

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// kept is the templates of a store.
type kept struct{ store *storage.Store }

func (k kept) List(ctx context.Context, who app.Staff, f app.TemplateFilter) ([]app.TemplateRow, error) {
	f.For = who
	return k.store.Templates(ctx, f)
}

func (k kept) Get(ctx context.Context, _ app.Staff, id app.ID) (app.Template, error) {
	return k.store.Template(ctx, id)
}

// world is the panel over a real database.
type world struct {
	*viewtest.Bed
	*Panel
	store   *storage.Store
	kept    *records.Kept
	account app.Account
	params  Params
	closed  bool
	me      app.Staff
	applies string // what kind of record the templates are for
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{applies: records.TypeQuotation, store: must(storage.Open(bg, storage.Options{Home: t.TempDir(), Desk: 1, Now: time.Now}))}
	t.Cleanup(func() { _ = w.store.Close() })
	w.Bed = viewtest.New(t, w.store)
	w.account = must(w.store.SaveAccount(bg, app.Account{Name: "Shop", VerifiedName: "Café Wren", AppID: "app", WABAID: "waba", PhoneNumberID: "number"}))
	w.me = must(w.store.SaveStaff(bg, app.Staff{Name: "Ana", Role: app.RoleStaff}))
	w.kept = &records.Kept{Store: w.store, Country: "VN"}
	shop := &records.Shop{Contacts: w.store, Kept: w.kept, Types: records.Builtin()}
	now := func() time.Time { return w.Now }
	svc := service.New(service.Config{Store: w.store, Records: shop, Rates: service.ShippedRates, Zone: time.UTC, Now: now})
	w.params = Params{
		Sending: svc, Templates: kept{w.store}, Records: shop, Found: w.kept, Accounts: w.store.Accounts, Conversation: w.store.Conversation,
		Broadcasts: broadcasts.New(broadcasts.Config{Store: w.store, Sending: svc, Feed: w.store, Now: now, Log: slog.New(slog.DiscardHandler)}),
		Rates:      service.ShippedRates, Settings: w.store, Country: func(context.Context) (string, error) { return "VN", nil }, Me: w.me, Drafts: &Drafts{}, Closed: func() { w.closed = true },
	}
	return w
}

// template keeps an approved template that is filled in from quotations.
func (w *world) template(name, language, text string, bindings ...app.Binding) app.Template {
	d := template.Document{Name: name, Language: language, Category: template.Marketing, Components: []template.Component{
		{Type: template.Header, Format: template.HeaderText, Text: "Your quotation"},
		{Type: template.Body, Text: text},
		{Type: template.Buttons, Buttons: []template.Button{{Type: template.QuickReply, Text: "View quotation"}}},
	}}
	return must(w.store.AddTemplate(bg, app.TemplateWrite{Template: app.Template{
		AccountID: w.account.ID, Name: "About " + name, Document: d, RecordType: w.applies, Bindings: bindings,
		Standing: app.Standing{MetaID: name + language, MetaStatus: app.TemplateApproved, Remote: &d, Base: &d},
	}}))
}

// quoted is the usual template.
func (w *world) quoted() app.Template {
	return w.template("quotation", "en", "Hello {{1}},\nhere is your quotation for *{{2}}*.\n\nPrices include delivery. Just answer here if you have a question.",
		app.Binding{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "customer.name"},
		app.Binding{Slot: template.BodySlot("2"), Kind: app.BindField, Path: "total"})
}

// asking is a template with a text to be written.
func (w *world) asking() app.Template {
	return w.template("asking", "en", "Hello {{1}}, it is ready {{2}} at the desk.",
		app.Binding{Slot: template.BodySlot("1"), Kind: app.BindField, Path: "customer.name"},
		app.Binding{Slot: template.BodySlot("2"), Kind: app.BindFree, Sample: "on Monday"})
}

// quotations makes as many, each with a customer; phone gives the number of the i-th.
func (w *world) quotations(n int, phone func(i int) string) []string {
	ids := make([]string, n)
	known := map[string]records.Ref{}
	for i := range n {
		fields := map[string]records.Value{"name": records.Text(fmt.Sprintf("Customer %d", i))}
		if p := phone(i); p != "" {
			fields["phone"] = records.Text(p)
		}
		who, there := known[phone(i)]
		if !there {
			who = must(w.kept.Create(bg, w.me, records.TypeContact, fields))
		}
		if phone(i) != "" {
			known[phone(i)] = who
		}
		q := must(w.kept.Create(bg, w.me, records.TypeQuotation, map[string]records.Value{
			"number": records.Text(fmt.Sprintf("S%05d", 22+i)), "customer": records.Relation(records.Link{Ref: who}), "total": records.Amount(fmt.Sprintf("%d.50", 100+i), "EUR"),
		}))
		ids[i] = q.ID
	}
	return ids
}

func number(i int) string { return fmt.Sprintf("+8490355%04d", i) }

// open opens the panel and waits until it has counted.
func (w *world) open(t shell.SendTarget) {
	w.T.Helper()
	w.Panel = New(w.Shell, w.params, t)
	w.Show(w.Content())
	w.Window.Resize(fyne.NewSize(420, 768))
	w.counted()
}

func (w *world) counted() {
	w.T.Helper()
	w.Until("it has counted", func() bool {
		if w.ready && !w.check.have && !w.check.running {
			w.Clock.Pass(typingDelay)
		}
		return w.check.have && w.preview.have
	})
	w.Settle()
}

func many(ids []string) shell.SendTarget {
	return shell.SendTarget{Type: records.TypeQuotation, Records: ids}
}

func body(name string) template.Slot { return template.BodySlot(name) }

// fields gives the fields that one can write in.
func fields(t testing.TB, in fyne.CanvasObject) (out []*widget.Field) {
	t.Helper()
	viewtest.Walk(t, in, func(o fyne.CanvasObject) bool {
		if f, ok := o.(*widget.Field); ok {
			out = append(out, f)
		}
		return true
	})
	return out
}
