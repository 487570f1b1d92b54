package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"shopbell/app"
	"shopbell/meta/template"
)

// templateWorld is a desk whose templates were fetched from the practice Meta.
func templateWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.addAccount("Shop")
	w.startStation()
	w.subscribe("messages", "message_template_status_update")
	w.must("template", "sync", "--account", "Shop")
	return w
}

// A template goes to a number that never wrote, with its values in the order of their numbers; the message stands in the thread as it was sent.
func TestSendTemplateFromTheCommandLine(t *testing.T) {
	w := templateWorld(t)
	out := w.must("send", "--account", "Shop", "--to", "+34 612 345 678", "--template", "order_confirmation", "--language", "en_US",
		"--value", "2=S00022", "--value", "1=Mai", "--wait")
	if lines := strings.Fields(out); len(lines) != 2 || lines[1] != "delivered" && lines[1] != "read" {
		t.Fatalf("%q", out)
	}
	sent := w.sent()
	if len(sent) != 1 {
		t.Fatalf("Meta has %d messages", len(sent))
	}
	var body struct {
		Type     string `json:"type"`
		Template struct {
			Name       string                   `json:"name"`
			Language   map[string]string        `json:"language"`
			Components []template.SendComponent `json:"components"`
		} `json:"template"`
	}
	if err := json.Unmarshal(sent[0].Body, &body); err != nil {
		t.Fatal(err)
	}
	c := body.Template.Components
	if body.Type != "template" || body.Template.Name != "order_confirmation" || body.Template.Language["code"] != "en_US" || len(c) != 1 ||
		len(c[0].Parameters) != 2 || c[0].Parameters[0].Text != "Mai" || c[0].Parameters[1].Text != "S00022" {
		t.Errorf("%s", sent[0].Body)
	}
	d := w.openHere()
	defer d.close()
	list, err := d.store.Conversations(t.Context(), app.ConversationFilter{}, nil, 10)
	if err != nil || len(list) != 1 || list[0].LastType != "template" {
		t.Fatalf("%+v %v", list, err)
	}
	m, err := d.store.Message(t.Context(), list[0].LastID)
	if err != nil {
		t.Fatal(err)
	}
	want := "Hi Mai, we have your order S00022 and will tell you when it leaves the shop.\nCorner Shop"
	kept, ok := m.SentTemplate()
	if p := kept.Preview(); !ok || m.Text != want || len(p.Buttons) != 2 || p.Buttons[0].Label != "Change order" {
		t.Errorf("%q %+v", m.Text, kept)
	}
}

// What Meta would refuse is said before anything goes.
func TestSendTemplateRefusesInWords(t *testing.T) {
	w := templateWorld(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--template", "order_confirmation", "--language", "en_US", "--value", "1=Mai"}, "“2” in the text would be empty"},
		{[]string{"--template", "order_confirmation", "--language", "en_US", "--value", "1=a\nb", "--value", "2=x"}, "132018"},
		{[]string{"--template", "order_confirmation", "--language", "en_US", "--value", "1=a     b", "--value", "2=x"}, "132018"},
		{[]string{"--template", "order_confirmation", "--value", "1=a"}, "--language"},
		{[]string{"--template", "old_newsletter", "--language", "en_US"}, "holds it back"},
		{[]string{"--template", "feedback_request", "--value", "1=Mai"}, "Meta is looking at it"},
		{[]string{"--template", "nothing_like_it"}, "template sync"},
		{[]string{"--template", "come_back", "--value", "9=Mai"}, "body:1"},
	} {
		_, errOut, code := w.run(append([]string{"send", "--account", "Shop", "--to", "+34612345678"}, c.args...)...)
		if code != exitWrong || !strings.Contains(errOut, c.want) {
			t.Errorf("%q: exit %d %s", c.args, code, errOut)
		}
	}
	if n := len(w.sent()); n != 0 {
		t.Errorf("%d went out", n)
	}
}

// The file of a header goes up once, before the first message, and is used again; a file that Meta has lost goes up anew.
func TestHeaderFilesGoUpOnce(t *testing.T) {
	w := templateWorld(t)
	send := func(to string) string {
		return w.must("send", "--account", "Shop", "--to", to, "--template", "invoice_ready", "--value", "1=Mai", "--wait")
	}
	ids := map[string]int{}
	for _, to := range []string{"+34612000001", "+34612000002"} {
		if out := send(to); !strings.Contains(out, "delivered") && !strings.Contains(out, "read") {
			t.Fatal(out)
		}
	}
	for _, s := range w.sent() {
		id := between(string(s.Body), `"document":{"filename":`, `}`)
		if !strings.Contains(string(s.Body), `"id":`) || strings.Contains(string(s.Body), "file:") {
			t.Errorf("%s", s.Body)
		}
		ids[id]++
	}
	if len(ids) != 1 {
		t.Errorf("the file has %d ids: %v", len(ids), ids)
	}
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "messages", "count": 1, "error": map[string]any{"code": 131053}}, nil)
	if out := send("+34612000003"); !strings.Contains(out, "delivered") && !strings.Contains(out, "read") {
		t.Errorf("%s", out)
	}
}
