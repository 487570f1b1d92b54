package sending

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"shopbell/app"
	service "shopbell/app/sending"
	"shopbell/views/viewtest"
)

func (w *world) texts() string {
	return strings.Join(viewtest.Texts(w.T, w.Content()), "\n")
}

func TestAllIsSaidBeforeAnythingGoes(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	w.open(many(w.quotations(9, func(i int) string {
		switch i {
		case 2, 3:
			return ""
		case 5:
			return number(4)
		}
		return number(i)
	})))
	w.Picture("sending-many")
	r := w.check.report
	if r.Total != 9 || r.OK != 6 || r.ByReason[service.NoNumber] != 2 || r.ByReason[service.Twice] != 1 {
		t.Fatalf("%+v", r)
	}
	said := w.texts()
	for _, want := range []string{"Send to 9 quotations", "About quotation", "will be sent", "will not", "have no phone number", "is the same person twice", "Send 6 messages", "1 / 6"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	w.Press("Send 6 messages")
	w.Press("Send 6 messages") // it costs: the question's button
	w.Until("the broadcast shows", func() bool { return len(w.Broadcasts) == 1 })
	b := must(w.store.Broadcast(bg, w.Broadcasts[0]))
	if !w.closed || b.Total != 9 || b.Name == "" || b.State != app.BroadcastScheduled {
		t.Errorf("%v %+v", w.closed, b)
	}
}

func TestOneGoesOnceHoweverOftenItIsPressed(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	w.open(many(w.quotations(1, number)))
	w.Picture("sending-one")
	test.Tap(w.send.main)
	test.Tap(w.send.main)
	w.Until("the conversation shows", func() bool { return len(w.Conversations) == 1 })
	w.Settle()
	if sends := must(w.store.Sends(bg, nil, 0, 9)); len(sends) != 1 || sends[0].Record.Title != "S00022" {
		t.Errorf("%+v", sends)
	}
	if len(w.Toasts) != 1 || !w.closed {
		t.Errorf("%+v", w.Toasts)
	}
}

func TestATextIsAskedForAndJudgedAtOnce(t *testing.T) {
	w := newWorld(t)
	w.asking()
	w.open(many(w.quotations(3, number)))
	if len(w.values.asked) != 1 || !w.send.main.Disabled() || w.check.report.OK != 3 {
		t.Fatalf("%+v %+v", w.values.asked, w.check.report)
	}
	f := w.values.asked[0].field
	for _, bad := range []string{"on\nMonday", "a     b", "a\tb", "   "} {
		f.SetText(bad)
		if f.Wrong() == "" {
			t.Errorf("%q is taken", bad)
		}
	}
	f.SetText("on Monday")
	w.counted()
	if f.Wrong() != "" || w.send.main.Disabled() || !strings.Contains(w.texts(), "Monday") {
		t.Errorf("%q %v\n%s", f.Wrong(), w.send.main.Disabled(), w.texts())
	}
	w.Picture("sending-text")
	w.Close()
	if w.closed {
		t.Fatal("it closes without a question")
	}
	w.Press("Close")
	w.Settle()
	if !w.closed {
		t.Fatal("it does not close")
	}
	w.open(many(w.who.ids))
	if got := w.values.texts[w.values.asked[0].slot]; got != "on Monday" {
		t.Errorf("the draft is gone: %q", got)
	}
}

func TestAnyMessageCanBeSeen(t *testing.T) {
	w := newWorld(t)
	w.quoted()
	w.open(many(w.quotations(4, number)))
	var seen []string
	for range 5 {
		seen = append(seen, w.preview.shown.Record.Title)
		w.Step(1)
		w.Settle()
	}
	if !slices.Equal(seen, []string{"S00022", "S00023", "S00024", "S00025", "S00022"}) {
		t.Error(seen)
	}
	w.Step(-1)
	w.Settle()
	if w.preview.shown.Record.Title != "S00022" {
		t.Error(w.preview.shown.Record.Title)
	}
}
