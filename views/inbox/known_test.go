package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/views/shell"
	"shopbell/views/viewtest"
	"shopbell/views/widget"
)

// shelfOf are the shop's records in the test's store, which can be made to fail or to wait.
type shelfOf struct {
	*records.Kept
	wrong atomic.Pointer[error]
	hold  chan struct{}
	lists atomic.Int64
}

func (s *shelfOf) Catalog(ctx context.Context) (records.Catalog, error) {
	if s.hold != nil {
		select {
		case <-s.hold:
		case <-ctx.Done():
		}
	}
	if err := s.wrong.Load(); err != nil {
		return records.Catalog{}, *err
	}
	return s.Kept.Catalog(ctx)
}

func (s *shelfOf) List(ctx context.Context, f app.RecordFilter, after *app.RecordAfter, limit int) (records.Page, error) {
	s.lists.Add(1)
	return s.Kept.List(ctx, f, after, limit)
}

// somebody is who sent what was sent.
func somebody(context.Context) ([]app.Staff, error) {
	return []app.Staff{{ID: 7, Name: "Luis Ortega"}}, nil
}

// drawer are the templates of the account.
type drawer struct {
	rows []app.TemplateRow
	err  error
}

func (d *drawer) List(context.Context, app.Staff, app.TemplateFilter) ([]app.TemplateRow, error) {
	return d.rows, d.err
}

// Preview fills in nothing but the name of what it was asked for.
func (d *drawer) Preview(_ context.Context, job sending.Job, id string) (sending.Row, template.Preview, error) {
	doc := template.Document{Name: "t", Language: "en", Components: []template.Component{{Type: template.Body, Text: "Filled in from " + job.RecordType + " " + id}}}
	return sending.Row{}, template.Render(doc, func(template.Slot) string { return "" }), nil
}

func (w *world) shelve() (*shelfOf, *drawer) {
	s := &shelfOf{Kept: &records.Kept{Store: w.store}}
	d := &drawer{rows: []app.TemplateRow{
		{ID: 1, Name: "Welcome back", Language: "en", MetaStatus: app.TemplateApproved, RecordType: records.TypeContact, Preview: "Hello {{1}}, it has been a while", Uses: 9},
		{ID: 2, Name: "Quotation with link", Language: "en", MetaStatus: app.TemplateApproved, RecordType: records.TypeQuotation, Preview: "Hello {{1}}, here is", Uses: 1},
		{ID: 3, Name: "عرض سعر", Language: "ar", MetaStatus: app.TemplateApproved, RecordType: records.TypeQuotation, Preview: "السلام عليكم {{1}}، عرض السعر {{2}} بقيمة جاهز ويمكنكم الاطلاع عليه من الرابط", Uses: 4},
		{ID: 4, Name: "Ticket", Language: "en", MetaStatus: app.TemplateApproved, RecordType: records.TypeTicket},
		{ID: 5, Name: "Not yet", Language: "en", MetaStatus: app.TemplatePending, RecordType: records.TypeContact},
		{ID: 6, Name: "Anything", Language: "en", MetaStatus: app.TemplateApproved},
		{ID: 7, Name: "Code", Language: "en", MetaStatus: app.TemplateApproved, Category: template.Authentication},
	}}
	w.records, w.templates, w.people = s, d, somebody
	return s, d
}

// keep makes a record of the customer.
func (w *world) keep(s *shelfOf, typ string, contact app.ID, fields map[string]records.Value) records.Ref {
	w.T.Helper()
	fields["customer"] = records.Relation(records.Link{Ref: contactRef(contact)})
	ref, err := s.Create(w.Ctx, app.Staff{}, typ, fields)
	if err != nil {
		w.T.Fatal(err)
	}
	return ref
}

// sendsTemplate has a template go to a phone, made from a record.
func (w *world) sendsTemplate(phone string, r app.RecordRef) app.Message {
	w.T.Helper()
	sent := app.SentTemplate{TemplateID: 2, Document: template.Document{Name: "quotation", Language: "en", Components: []template.Component{{Type: template.Body, Text: "Here is your quotation"}}}, Record: &r}
	accounts, err := w.store.Accounts(w.Ctx)
	if err != nil {
		w.T.Fatal(err)
	}
	m, err := w.store.Queue(w.Ctx, app.Outgoing{
		AccountID: accounts[0].ID, To: phone, Type: "template", Text: sent.Text(), Payload: `{"type":"template"}`, Raw: sent.String(), TemplateID: 2, Category: "UTILITY", Record: r, StaffID: 7,
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return m
}

func (w *world) panelTexts() string {
	return strings.Join(viewtest.Texts(w.T, w.panel.object), " | ")
}

func TestThePanelShowsWhatTheShopKnows(t *testing.T) {
	w := newWorld(t)
	s, _ := w.shelve()
	mai, _ := w.begin()
	who := w.stored(mai).Contact.ID
	w.keep(s, records.TypeInvoice, who, map[string]records.Value{"number": records.Text("INV/7"), "total": records.Amount("12.50", "EUR"), "state": records.Choice("paid")})
	q := w.keep(s, records.TypeQuotation, who, map[string]records.Value{
		"number": records.Text("S00022"), "total": records.Amount("29640", "EUR"), "valid_until": records.Date(w.Now.AddDate(0, 0, 8)), "state": records.Choice("sent"), "reference": records.Text("Walnut sideboard"),
	})
	w.sendsTemplate("84905550122", app.RecordRef{Type: q.Type, ID: q.ID, Title: "S00022"})
	w.Choose(mai)
	w.Until("the records are there", func() bool { return w.panel.of == who && len(w.panel.known.sends) == 1 })
	said := w.panelTexts()
	for _, want := range []string{"S00022", "€29,640.00", "Nov 30, 2026", "Walnut sideboard", "INV/7", "Invoice · €12.50"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %s", want, said)
		}
	}
	w.Picture("panel-records")
	w.PressIn(w.panel.object, "Open")
	w.PressIn(w.panel.object, "Send…")
	w.PressIn(w.panel.object, "Open INV/7")
	w.PressIn(w.panel.object, "Edit")
	w.PressIn(w.panel.object, "Send template…")
	if len(w.Records) != 3 || w.Records[0] != q || w.Records[1].Type != records.TypeInvoice || w.Records[2] != contactRef(who) {
		t.Errorf("opened %v", w.Records)
	}
	if len(w.Sent) != 2 || w.Sent[0].Type != records.TypeQuotation || !slices.Equal(w.Sent[0].Records, []string{q.ID}) || w.Sent[0].Account == 0 || w.Sent[1].Conversation != mai {
		t.Errorf("sent %+v", w.Sent)
	}
	// One query a type, whatever the number of records.
	w.Until("nothing is read", func() bool { return w.panel.reading == 0 })
	s.lists.Store(0)
	w.panel.read()
	w.Until("it was read again", func() bool { return w.panel.reading == 0 })
	if n := s.lists.Load(); n > 8 {
		t.Errorf("%d lists were read", n)
	}
}

func TestThePanelIsSlowAndThenFails(t *testing.T) {
	w := newWorld(t)
	s, _ := w.shelve()
	s.hold = make(chan struct{})
	mai, _ := w.begin()
	w.Choose(mai)
	w.Until("it is open", func() bool { return w.thread.loaded })
	w.Clock.Pass(shell.BarsAfter)
	if !w.panel.slow {
		t.Error("nothing says that it is being read")
	}
	w.Picture("panel-loading")
	var err error = &app.Error{Code: app.CodeDatabase, Message: "The database is damaged.", Mend: "Restore it."}
	s.wrong.Store(&err)
	close(s.hold)
	w.Until("it says that it failed", func() bool { return w.panel.wrong != nil })
	w.Picture("panel-failed")
	s.wrong.Store(nil)
	w.PressIn(w.panel.object, "Try again")
	w.Until("it is there", func() bool { return w.panel.of != 0 })
	if said := w.panelTexts(); !strings.Contains(said, "No quotation, invoice or ticket yet") || strings.Contains(said, "damaged") {
		t.Error(said)
	}
	w.Picture("panel-empty")
}

func TestOptOutByHandHasAWayBack(t *testing.T) {
	w := newWorld(t)
	w.shelve()
	mai, _ := w.begin()
	w.Choose(mai)
	w.Until("it is known", func() bool { return w.panel.of != 0 })
	if w.thread.head.refuse.Visible() {
		t.Error("there is a badge from the beginning")
	}
	w.panel.setOptOut(app.OptOutAll, true)
	w.Until("it is said everywhere", func() bool {
		return w.panel.optOut() == app.OptOutAll && w.thread.head.refuse.Visible() && w.list.known(mai).Contact.OptOut && len(w.panel.known.consents) == 1
	})
	if got := w.thread.head.refuse.Text(); got != "No templates at all" {
		t.Errorf("the head says %q", got)
	}
	w.Picture("opted-out")
	if row := rowOf(w.list.known(mai), w.Now); !row.OptedOut {
		t.Error("the list does not show it")
	}
	w.writes("84905550122", "Mai", "But is it ready?", w.Now)
	w.Until("the customer still writes in", func() bool { return len(w.texts()) == 2 })
	if w.thread.composer.Reason() != "" {
		t.Error("nobody can answer")
	}
	if len(w.Toasts) != 1 || w.Toasts[0].Do == nil {
		t.Fatalf("%+v", w.Toasts)
	}
	w.Toasts[0].Do()
	w.Until("it is taken back", func() bool {
		return w.panel.optOut() == "" && !w.thread.head.refuse.Visible() && len(w.panel.known.consents) == 2
	})
}

func TestAClosedWindowOffersTemplates(t *testing.T) {
	w := newWorld(t)
	s, d := w.shelve()
	_, jose := w.begin()
	who := w.stored(jose).Contact.ID
	q := w.keep(s, records.TypeQuotation, who, map[string]records.Value{"number": records.Text("S00029"), "total": records.Amount("7350", "EUR")})
	w.previews = d
	w.Choose(jose)
	c := w.thread.closed
	w.Until("the templates are there", func() bool { return c.of == jose && c.record.ID == q.ID })
	var names []string
	for _, r := range c.list {
		names = append(names, r.Name)
	}
	if want := []string{"عرض سعر", "Quotation with link", "Welcome back", "Anything"}; !slices.Equal(names, want) {
		t.Errorf("offered %q", names)
	}
	said := strings.Join(viewtest.Texts(t, c.object), " ")
	for _, want := range []string{"only a template may be sent", "S00029", "Filled in from quotation", q.ID, "All 4 templates"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %s", want, said)
		}
	}
	w.Picture("window-closed")
	card := c.cards.Objects[1].(*widget.PickCard)
	card.Tapped(nil)
	w.PressIn(c.object, "Send template…")
	if len(w.Sent) != 1 || w.Sent[0].Template != 2 || w.Sent[0].Type != records.TypeQuotation || !slices.Equal(w.Sent[0].Records, []string{q.ID}) {
		t.Fatalf("%+v", w.Sent)
	}
	c.choose(2)
	c.sendChosen()
	w.PressIn(c.object, "All 4 templates")
	if w.Sent[1].Conversation != jose || w.Sent[1].Template != 1 || w.Sent[2].Conversation != jose || w.Sent[2].Template != 0 {
		t.Errorf("%+v", w.Sent[1:])
	}
	// The keyboard comes to the cards; a note can still be written.
	c.choose(1)
	w.Write(false)
	if _, ok := w.Window.Canvas().Focused().(*widget.PickCard); !ok {
		t.Errorf("the keyboard is at %T", w.Window.Canvas().Focused())
	}
	w.Write(true)
	if c.object.Visible() || !w.thread.composer.Focused() {
		t.Error("no note can be written")
	}
	w.Write(false)
	if !c.object.Visible() {
		t.Error("the templates are gone")
	}
	// The customer writes: the window is open again.
	w.writes("34612345678", "José", "Sí", w.Now)
	w.Until("it can be answered", func() bool { return w.thread.composer.Reason() == "" })
	if c.object.Visible() {
		t.Error("the templates stand there still")
	}
}

func TestAClosedWindowWithoutTemplates(t *testing.T) {
	w := newWorld(t)
	_, d := w.shelve()
	d.err = errors.New("no")
	_, jose := w.begin()
	w.Choose(jose)
	c := w.thread.closed
	w.Until("it says so", func() bool { return c.wrong != nil && w.panel.of != 0 })
	w.Picture("window-closed-failed")
	d.err, d.rows = nil, nil
	w.PressIn(c.object, "Try again")
	w.Until("there are none", func() bool { return c.wrong == nil && c.of == jose && !c.reading })
	if viewtest.Button(t, c.object, "Open Templates") == nil {
		t.Error("nothing leads to the templates")
	}
	for _, o := range []fyne.CanvasObject{c.send, viewtest.Button(t, c.object, "Open Templates")} {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		if full := w.Window.Canvas().Size(); at.Y+o.Size().Height > full.Height || at.X+o.Size().Width > full.Width || o.Size().Height < 30 {
			t.Errorf("a button stands at %v, %v large, in %v", at, o.Size(), full)
		}
	}
	w.Picture("window-closed-none")
}

func TestTheAnswerToATemplateNamesItsRecord(t *testing.T) {
	w := newWorld(t)
	w.shelve()
	mai, _ := w.begin()
	m := w.sendsTemplate("84905550122", app.RecordRef{Type: records.TypeQuotation, ID: "17", Title: "S00022"})
	w.Now = m.At.Add(time.Hour) // the store has a clock of its own
	w.writes("84905550122", "Mai", "Yes please", m.At.Add(time.Minute))
	w.writes("84905550122", "Mai", "On Monday", m.At.Add(2*time.Minute))
	w.Choose(mai)
	w.Until("all of it is there", func() bool { return len(w.texts()) == 4 && w.panel.of != 0 })
	items := w.window()
	card, answer, after := items[1], items[2], items[3]
	if card.Card == nil || !strings.HasPrefix(card.Card.Record, "S00022") {
		t.Fatalf("%+v", card.Card)
	}
	if answer.Quote == nil || answer.Quote.ID != m.ID || !strings.Contains(answer.Quote.Name, "S00022") || after.Quote != nil {
		t.Errorf("%+v, %+v", answer.Quote, after.Quote)
	}
	w.thread.timeline.OnRecord(m.ID)
	if len(w.Records) != 1 || w.Records[0] != (records.Ref{Type: records.TypeQuotation, ID: "17"}) {
		t.Errorf("%v", w.Records)
	}
	w.Picture("answer")

	// What those are told who must know.
	got, err := w.store.Message(w.Ctx, answer.ID)
	if err != nil {
		t.Fatal(err)
	}
	a, ok, err := w.inbox.AnswerTo(w.Ctx, got)
	if err != nil || !ok || a.Message.StaffID != 7 || a.Record.ID != "17" || a.Record.Title != "S00022" {
		t.Errorf("%+v, %v, %v", a, ok, err)
	}
	got.At = got.At.Add(16 * 24 * time.Hour)
	if _, ok, err := w.inbox.AnswerTo(w.Ctx, got); ok || err != nil {
		t.Errorf("after 16 days it still answers: %v, %v", ok, err)
	}
}

var _ Records = (*records.Kept)(nil)

func TestANewCustomerIsWrittenToByTemplate(t *testing.T) {
	w := newWorld(t)
	w.shelve()
	mai, _ := w.begin()
	w.Until("the accounts are known", func() bool { return len(w.accts) == 1 })
	w.NewConversation()
	fields := func() *widget.Field {
		var found *widget.Field
		viewtest.Walk(t, w.Window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) bool {
			if f, ok := o.(*widget.Field); ok && found == nil {
				found = f
			}
			return true
		})
		return found
	}
	for _, number := range []string{"+34 699 000 111", "+34699000111"} { // the second time the contact is there
		fields().SetText(number)
		w.Press("Open conversation")
		w.Until("it is said that they never wrote", func() bool {
			return viewtest.Button(t, w.Window.Canvas().Overlays().Top(), "Send template…") != nil
		})
		w.Picture("new-customer")
		n := len(w.Sent)
		w.Press("Send template…")
		w.Until("the panel is asked for", func() bool { return len(w.Sent) > n })
		if w.sh.Layers.Any() {
			t.Error("the question stays")
		}
		w.NewConversation()
	}
	if a, b := w.Sent[0], w.Sent[1]; a.Contact == 0 || a.Contact != b.Contact || a.Account == 0 {
		t.Errorf("%+v, %+v", a, b)
	}
	fields().SetText("+84 905 550 122")
	w.Press("Open conversation")
	w.Until("it is open", func() bool { return w.Chosen() == mai })
}
