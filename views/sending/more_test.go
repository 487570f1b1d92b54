package sending

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/app/records"
	service "shopbell/app/sending"
	"shopbell/views/shell"
)

func TestWithoutATemplateItSaysWhereToMakeOne(t *testing.T) {
	w := newWorld(t)
	var opened []shell.Tab
	w.Shell.Open = func(tab shell.Tab) { opened = append(opened, tab) }
	w.applies = records.TypeInvoice
	w.quoted()
	w.Panel = New(w.Shell, w.params, many(w.quotations(2, number)))
	w.Show(w.Content())
	w.Window.Resize(fyne.NewSize(420, 768))
	w.Until("it has read", func() bool { return w.ready })
	w.Settle()
	w.Picture("sending-none")
	if !strings.Contains(w.texts(), "no approved template") || !w.send.main.Disabled() {
		t.Error(w.texts())
	}
	w.Press("Go to Templates")
	if !slices.Equal(opened, []shell.Tab{shell.TabTemplates}) {
		t.Error(opened)
	}
}

func TestNobodyIsSaid(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	w.Panel = New(w.Shell, w.params, shell.SendTarget{Filter: &app.RecordFilter{Type: records.TypeQuotation}})
	w.Show(w.Content())
	w.Until("it has read", func() bool { return w.empty.Visible() })
	w.Settle()
	if !strings.Contains(w.texts(), "Nobody to send to") {
		t.Error(w.texts())
	}
}

func TestWhatCannotBeReadIsSaidAndTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	ids := w.quotations(2, number)
	broken := true
	read := w.params.Accounts
	w.params.Accounts = func(ctx context.Context) ([]app.Account, error) {
		if broken {
			return nil, &app.Error{Code: app.CodeDatabase, Message: "The disk is full.", Mend: "Make room."}
		}
		return read(ctx)
	}
	w.Panel = New(w.Shell, w.params, many(ids))
	w.Show(w.Content())
	w.Until("it says so", w.waiting.Failed)
	if !strings.Contains(w.texts(), "The disk is full.") {
		t.Error(w.texts())
	}
	broken = false
	w.Press("Try again")
	w.counted()
}

func TestAFilterIsReadAndToldOf(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	w.quotations(5, number)
	q, _ := records.Builtin().Type(records.TypeQuotation)
	f, _ := q.Field("number")
	w.open(shell.SendTarget{Filter: &app.RecordFilter{Type: q.Name, Where: []app.RecordCondition{{Field: "number", Op: app.RecordFrom, Key: records.KeyOf(f, records.Text("S00024"))}}}})
	if w.check.report.Total != 3 || !strings.Contains(w.texts(), "Send to 3 quotations") || !strings.Contains(w.texts(), "doesn’t grow") {
		t.Errorf("%d\n%s", w.check.report.Total, w.texts())
	}
}

func TestFromAConversationTheContactIsFixed(t *testing.T) {
	w := newWorld(t)
	w.quoted() // of another kind of record: not offered
	w.applies = ""
	w.template("hello", "en", "Hello, may we help you with anything else?")
	must(w.store.ApplyFacts(bg, []app.Fact{{PhoneNumberID: "number", WABAID: "waba", Message: &app.MessageFact{
		Wamid: "wamid.1", From: app.Person{Phone: "84903550001", Name: "Mai"}, Direction: app.In, Type: "text", Text: "hi", At: w.Now.Add(-48 * time.Hour),
	}}}))
	conv := must(w.store.Conversations(bg, app.ConversationFilter{}, nil, 9))[0]
	w.open(shell.SendTarget{Conversation: conv.ID})
	w.Picture("sending-conversation")
	if len(w.choose.groups) != 1 || w.choose.phone.Visible() || w.options.object.Visible() || !strings.Contains(w.texts(), "Send to Mai") {
		t.Error(w.texts())
	}
	w.Press("Send")
	w.Until("the conversation shows", func() bool { return slices.Contains(w.Conversations, conv.ID) })
}

func TestALaterSendingWaitsForItsTime(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	w.open(many(w.quotations(2, number)))
	w.when.which.SetChosen(1)
	w.when.choose(true)
	for text, want := range map[string]string{"9": "09:00", "9:30": "09:30", "0930": "09:30", "9.30": "09:30", "9pm": "21:00", "12am": "00:00", "24": "", "9:75": "", "soon": "", "13pm": ""} {
		hour, minute, ok := readClock(text)
		if got := fmt.Sprintf("%02d:%02d", hour, minute); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %s, %v", text, got, ok)
		}
	}
	w.when.day.SetChosen(w.Now.Format(time.DateOnly))
	w.when.clock.SetText("11:00")
	if !w.send.main.Disabled() || !strings.Contains(w.texts(), "has passed") {
		t.Error("a time that has passed is taken")
	}
	w.when.clock.SetText("18")
	w.Picture("sending-later")
	if w.send.main.Disabled() {
		t.Fatal(w.texts())
	}
	w.Press("Schedule 2 messages")
	w.Press("Schedule 2 messages")
	w.Until("the broadcast shows", func() bool { return len(w.Broadcasts) == 1 })
	if b := must(w.store.Broadcast(bg, w.Broadcasts[0])); !b.Due.Equal(time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", b)
	}
}

func TestACopyAsksForTheNumberOnce(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	w.open(many(w.quotations(2, number)))
	w.Press("Send one to me")
	over := w.Window.Canvas().Overlays().Top()
	for _, o := range fields(t, over) {
		test.Type(o.Focusable(), "0903 999 888")
	}
	w.PressIn(over, "Send one to me")
	w.Until("it went", func() bool { return len(w.Toasts) == 1 })
	if s := must(w.store.Sends(bg, nil, 0, 9)); len(s) != 1 || s[0].To != "84903999888" || s[0].Record.ID != "" {
		t.Errorf("%+v", s)
	}
	w.Press("Send one to me")
	w.Until("it went again", func() bool { return len(w.Toasts) == 2 })
	if w.closed {
		t.Error("the panel is gone")
	}
}

func TestWhoWontGetItCanBeSeenAndOpened(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	ids := w.quotations(3, func(i int) string {
		if i == 1 {
			return ""
		}
		return number(i)
	})
	w.open(many(ids))
	w.Press("Show")
	w.Picture("sending-rows")
	list, ok := w.Window.Canvas().Focused().(*rowList)
	if !ok || len(list.rows) != 1 {
		t.Fatalf("%T", w.Window.Canvas().Focused())
	}
	test.TypeOnCanvas(w.Window.Canvas(), "")
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !slices.Equal(w.Records, []records.Ref{{Type: records.TypeQuotation, ID: ids[1]}}) {
		t.Error(w.Records)
	}
}

func TestCountingTellsHowFarItIsAndCanBeStopped(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	ids := w.quotations(3, number)
	for len(ids) < 3*service.Chunk {
		ids = append(ids, ids...) // the same record again is the same person twice
	}
	w.Panel = New(w.Shell, w.params, many(ids))
	w.Show(w.Content())
	w.Until("it counts", func() bool {
		if w.ready && !w.check.running {
			w.Clock.Pass(typingDelay)
		}
		return w.check.running
	})
	if !w.check.bar.Visible() || !w.send.main.Disabled() {
		t.Error("it does not say that it counts")
	}
	w.check.giveUp()
	w.Settle()
	if w.check.have || !w.send.main.Disabled() || !strings.Contains(w.texts(), "Counting was stopped") {
		t.Error(w.texts())
	}
	w.Press("Count again")
	w.counted()
	if r := w.check.report; r.OK != 3 || r.ByReason[service.Twice] != len(ids)-3 {
		t.Errorf("%d of %d: %v", r.OK, r.Total, r.ByReason)
	}
}

func TestWhoGotItLatelyIsSkippedUntilAPersonSaysOtherwise(t *testing.T) {
	w := newWorld(t)
	tpl := w.quoted()
	w.Now = time.Now()
	ids := w.quotations(3, number)
	must2(w.params.Sending.Send(bg, service.Job{Template: tpl.ID, RecordType: records.TypeQuotation, Sender: w.me}, ids[0], ""))
	w.open(many(ids))
	if r := w.check.report; r.OK != 2 || r.ByReason[service.Recent] != 1 {
		t.Fatalf("%+v", r.ByReason)
	}
	w.options.skip.SetChecked(false)
	w.counted()
	if r := w.check.report; r.OK != 3 {
		t.Errorf("%+v", r.ByReason)
	}
}

func TestTheWindowCountsAsTheCommandLineDoes(t *testing.T) {
	w := newWorld(t)
	tpl := w.quoted()
	ids := w.quotations(8, func(i int) string { return []string{number(i), "", number(0)}[i%3] })
	w.open(many(ids))
	cli := must(w.params.Sending.Check(bg, service.Job{Template: tpl.ID, RecordType: records.TypeQuotation, Sender: w.me, Country: "VN"}, ids))
	if fmt.Sprint(cli.ByReason, cli.OK, cli.Estimate) != fmt.Sprint(w.check.report.ByReason, w.check.report.OK, w.check.report.Estimate) {
		t.Errorf("%+v\n%+v", cli.ByReason, w.check.report.ByReason)
	}
}

func TestEveryLanguageOfATemplateIsOneLine(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	w.template("quotation", "vi", "Chào {{1}}, báo giá {{2}} của quý khách đây ạ.",
		app.Binding{Slot: body("1"), Kind: app.BindField, Path: "customer.name"}, app.Binding{Slot: body("2"), Kind: app.BindField, Path: "total"})
	ids := w.quotations(2, number)
	q := must(w.kept.Read(bg, []records.Want{{Type: records.TypeQuotation, IDs: ids[:1], Fields: []string{"customer"}}}))
	who := q[records.Ref{Type: records.TypeQuotation, ID: ids[0]}].Fields["customer"].Links[0].Ref
	must(w.kept.Change(bg, w.me, who, 0, map[string]records.Value{"language": records.Text("vi")}))
	w.open(many(ids))
	w.Picture("sending-languages")
	if len(w.choose.groups) != 1 || !w.choose.language.Visible() || !strings.Contains(w.texts(), "Chào Customer 0") {
		t.Fatal(w.texts())
	}
	w.Step(1)
	w.Settle()
	if !strings.Contains(w.texts(), "Hello Customer 1") {
		t.Error(w.texts())
	}
	w.choose.own.SetChecked(false)
	w.counted()
	w.Step(-1)
	w.Settle()
	if !strings.Contains(w.texts(), "Hello Customer 0") {
		t.Error(w.texts())
	}
}

func must2[A, B any](a A, _ B, err error) A { return must(a, err) }
