package main

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/inbox"
)

// The whole road in and the whole road out, with real processes: a customer writes, it is exported, an answer goes, its ticks turn.
func TestTheRoadInAndTheRoadOut(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Madrid shop")
	s := w.startStation()
	w.subscribe()
	in := w.customerWrites("84905550122", "Nguyễn Thị Mai", "Đơn hàng của tôi xong chưa? 🪑")
	eventually(t, "the customer's message", func() bool { return len(w.messages()) == 1 })
	m := w.messages()[0]
	if m.ID == nil || *m.ID != in || m.Direction != "in" || m.Type != "text" || m.Text != "Đơn hàng của tôi xong chưa? 🪑" ||
		m.Status != "received" || m.Account != "Madrid shop" || m.PhoneNumberID != w.cred.PhoneNumberID || m.Contact.Name != "Nguyễn Thị Mai" ||
		m.Contact.Phone != "84905550122" || m.Error != nil || m.Media != nil || m.ContextID != nil || m.Timestamp == 0 {
		t.Fatalf("the message came in as %+v", m)
	}
	out := w.must("send", "--account", "Madrid shop", "--to", "+84 90 555 0122", "--text", "Dạ xong rồi ạ!", "--wait")
	lines := strings.Fields(out)
	if len(lines) != 2 || (lines[1] != "delivered" && lines[1] != "read") {
		t.Fatalf("send printed %q", out)
	}
	if _, err := strconv.ParseInt(lines[0], 10, 64); err != nil {
		t.Fatalf("send printed the id %q", lines[0])
	}
	eventually(t, "the read tick", func() bool {
		for _, m := range w.messages() {
			if m.Direction == "out" && m.Status == "read" && m.ID != nil {
				return true
			}
		}
		return false
	})
	sent := w.sent()
	if len(sent) != 1 {
		t.Fatalf("Meta got %d messages", len(sent))
	}
	var body struct {
		To     string `json:"to"`
		Opaque string `json:"biz_opaque_callback_data"`
		Text   struct {
			Body string `json:"body"`
		} `json:"text"`
	}
	if err := json.Unmarshal(sent[0].Body, &body); err != nil || body.To != "+84905550122" || body.Text.Body != "Dạ xong rồi ạ!" || body.Opaque == "" {
		t.Fatalf("Meta got %s (%v)", sent[0].Body, err)
	}
	for _, e := range w.journal() {
		if e.State != "applied" {
			t.Errorf("a webhook is %s: %s", e.State, e.Error)
		}
		if !strings.Contains(e.Body, "whatsapp_business_account") {
			t.Errorf("the journal kept %q", e.Body)
		}
	}
	if code := s.stop(); code != 0 {
		t.Fatalf("the station ended with %d: %s", code, s.stderr)
	}
}

// An account that another process adds is known to the running station at its first webhook.
func TestAnAccountAddedMeanwhileIsHeardAtOnce(t *testing.T) {
	w := newWorld(t)
	w.startStation()
	if code := w.post(http.DefaultClient, w.textWebhook("wamid.before", "34612345678", "x", time.Now())); code != http.StatusServiceUnavailable {
		t.Errorf("without any account a webhook is answered %d", code)
	}
	time.Sleep(150 * time.Millisecond)
	w.addAccount("Shop")
	if code := w.post(http.DefaultClient, w.textWebhook("wamid.after", "34612345678", "x", time.Now())); code != http.StatusOK {
		t.Errorf("the first webhook of the new account is answered %d", code)
	}
}

// send --wait needs nobody else: the process is the station for as long as it waits.
func TestSendWaitsWithoutAStation(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	s := w.startStation()
	w.subscribe()
	w.customerWrites("34612345678", "Lucía", "hola")
	eventually(t, "the message", func() bool { return len(w.messages()) == 1 })
	addr := w.listen
	s.stop()
	w.env = append(w.env, "SHOPBELL_LISTEN="+addr)
	out := w.must("send", "--account", "Shop", "--to", "+34612345678", "--text", "¡Hola!", "--wait")
	if f := strings.Fields(out); len(f) != 2 || (f[1] != "delivered" && f[1] != "read") {
		t.Fatalf("send printed %q", out)
	}
}

// Outside the 24 hours Meta answers 200 and says no by webhook: the message ends as failed, with Meta's code.
func TestAFreeTextOutsideTheWindowEndsAsFailed(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	w.startStation()
	w.subscribe()
	out, errOut, code := w.run("send", "--account", "Shop", "--to", "+34611111111", "--text", "hello", "--wait")
	if f := strings.Fields(out); code != 1 || len(f) != 2 || f[1] != "failed" || !strings.Contains(errOut, "131047") {
		t.Fatalf("exit %d, %q, %q", code, out, errOut)
	}
	m := w.messages()[0]
	if m.Status != "failed" || m.Error == nil || m.Error.Code != 131047 || m.Error.Title == "" {
		t.Fatalf("exported as %+v", m)
	}
}

// A send whose answer is cut off after Meta accepted it is delivered once and ends as delivered, through the status webhook.
func TestAnAnswerCutOffAfterAcceptanceIsSentOnce(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	w.startStation()
	w.subscribe()
	w.customerWrites("34612345678", "José", "hola")
	eventually(t, "the message", func() bool { return len(w.messages()) == 1 })
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "messages", "count": 1, "accept_then_drop": true}, nil)
	out := w.must("send", "--account", "Shop", "--to", "+34612345678", "--text", "una vez", "--wait")
	if f := strings.Fields(out); len(f) != 2 || (f[1] != "delivered" && f[1] != "read") {
		t.Fatalf("send printed %q", out)
	}
	if sent := w.sent(); len(sent) != 1 {
		t.Fatalf("Meta got %d messages", len(sent))
	}
	for _, m := range w.messages() {
		if m.Direction == "out" && m.ID == nil {
			t.Fatal("the message never learned its id")
		}
	}
}

// Meta's "not now" is asked again by itself, its "never" is not.
func TestRefusalsForNowAreRetriedAndForGoodAreNot(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	w.startStation()
	w.subscribe()
	w.customerWrites("34612345678", "José", "hola")
	eventually(t, "the message", func() bool { return len(w.messages()) == 1 })
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "messages", "count": 2, "error": map[string]int{"code": 130429, "http": 400}}, nil)
	w.must("send", "--account", "Shop", "--to", "+34612345678", "--text", "later", "--wait")
	if n := len(w.sent()); n != 1 {
		t.Fatalf("Meta took %d messages", n)
	}
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "messages", "count": 1, "error": map[string]int{"code": 131031, "http": 403}}, nil)
	_, errOut, code := w.run("send", "--account", "Shop", "--to", "+34612345678", "--text", "never", "--wait")
	if code != 1 || !strings.Contains(errOut, "131031") {
		t.Fatalf("exit %d %q", code, errOut)
	}
	if n := len(w.sent()); n != 1 {
		t.Fatalf("Meta took %d messages", n)
	}
}

// Duplicates and disorder on the wire change nothing.
func TestDuplicatesAndDisorderChangeNothing(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	w.startStation()
	w.subscribe()
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "webhooks", "count": 50, "duplicate": 3}, nil)
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "webhooks", "count": 50, "shuffle": true}, nil)
	for i := range 20 {
		w.customerWrites("3461234567"+strconv.Itoa(i%3), "C"+strconv.Itoa(i%3), "m"+strconv.Itoa(i))
	}
	eventually(t, "all messages", func() bool { return len(w.messages()) >= 20 })
	time.Sleep(300 * time.Millisecond) // late duplicates
	got := w.messages()
	if len(got) != 20 {
		t.Fatalf("%d messages", len(got))
	}
	seen := map[string]bool{}
	for _, m := range got {
		if seen[*m.ID] {
			t.Fatalf("%s is there twice", *m.ID)
		}
		seen[*m.ID] = true
	}
}

// allMessages are the messages of a desk in this process.
func (d *desk) allMessages(t *testing.T) []app.Message {
	t.Helper()
	var list []app.Message
	if err := d.store.EachMessage(t.Context(), func(_ app.Account, _ app.Conversation, m app.Message) error {
		list = append(list, m)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// The practice account answers like a customer, and after a restart the talk goes on with the same people and open windows.
func TestThePracticeAccountLives(t *testing.T) {
	w := newWorld(t)
	d := w.openHere()
	if err := d.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	a, err := d.practice.open(t.Context())
	if err != nil || !a.Practice {
		t.Fatalf("%+v %v", a, err)
	}
	conversations := func() []app.Conversation {
		list, err := d.store.Conversations(t.Context(), app.ConversationFilter{}, nil, 100)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	eventually(t, "a customer writes", func() bool { return len(conversations()) >= 1 })
	first := conversations()[0]
	// The listener may move; the practice server is told.
	if err := d.setListen(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	before := len(d.allMessages(t))
	eventually(t, "messages come in at the new address", func() bool { return len(d.allMessages(t)) > before })
	d.close()

	d = w.openHere()
	defer d.close()
	if err := d.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the server is back", func() bool { return !strings.Contains(d.practice.url(), ":1/") })
	m, err := d.inbox.SendText(t.Context(), inbox.Reply{Conversation: first.ID, Text: "¡Claro que sí!"})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the answer is read", func() bool {
		now, err := d.store.Message(t.Context(), m.ID)
		if err != nil {
			t.Fatal(err)
		}
		if now.Status == app.StatusFailed {
			t.Fatalf("%+v", now.Error)
		}
		return now.Status == app.StatusRead
	})
	eventually(t, "they answer in the same conversation", func() bool {
		c, err := d.store.Conversation(t.Context(), first.ID)
		if err != nil {
			t.Fatal(err)
		}
		return c.LastDirection == app.In && c.LastID > m.ID
	})
	names := map[string]int{}
	for _, c := range conversations() {
		names[c.Contact.Name]++
	}
	for name, n := range names {
		if n > 1 {
			t.Errorf("%s is there %d times", name, n)
		}
	}
}
