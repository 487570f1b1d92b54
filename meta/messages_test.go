package meta

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestMessageBodies(t *testing.T) {
	for name, c := range map[string]struct {
		m    Message
		want string
	}{
		"text": {
			Message{To: "+16505551234", Text: &Text{Body: "Hi <b>&", PreviewURL: true}, BizOpaque: "out:7"},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505551234","type":"text","text":{"body":"Hi <b>&","preview_url":true},"biz_opaque_callback_data":"out:7"}`,
		},
		"answer to a hidden number": {
			Message{Recipient: "US.1", Text: &Text{Body: "Hi"}, Context: &Context{MessageID: "wamid.1"}},
			`{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"US.1","type":"text","text":{"body":"Hi"},"context":{"message_id":"wamid.1"}}`,
		},
		"number wins over id": {
			Message{To: "1", Recipient: "US.1", Text: &Text{Body: "Hi"}},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"text","text":{"body":"Hi"}}`,
		},
		"group": {
			Message{To: "G", RecipientType: "group", Text: &Text{Body: "Hi"}},
			`{"messaging_product":"whatsapp","recipient_type":"group","to":"G","type":"text","text":{"body":"Hi"}}`,
		},
		"image": {
			Message{To: "1", Type: "image", Media: &Media{ID: "9", Caption: "c"}},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"image","image":{"id":"9","caption":"c"}}`,
		},
		"document by link": {
			Message{To: "1", Type: "document", Media: &Media{Link: "https://a.co/x", Filename: "x.pdf"}},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"document","document":{"link":"https://a.co/x","filename":"x.pdf"}}`,
		},
		"voice": {
			Message{To: "1", Type: "audio", Media: &Media{ID: "9", Voice: true}},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"audio","audio":{"id":"9","voice":true}}`,
		},
		"location": {
			Message{To: "1", Location: &Location{Latitude: -1.5, Longitude: 0, Name: "n"}},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"location","location":{"latitude":-1.5,"longitude":0,"name":"n"}}`,
		},
		"reaction taken away": {
			Message{To: "1", Reaction: &Reaction{MessageID: "wamid.1"}},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"reaction","reaction":{"message_id":"wamid.1","emoji":""}}`,
		},
		"template": {
			Message{To: "1", Type: "template", Raw: json.RawMessage(`{"name":"t","language":{"code":"en_US"}}`), IdentityKeyHash: "h"},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"template","template":{"name":"t","language":{"code":"en_US"}},"recipient_identity_key_hash":"h"}`,
		},
		"contacts": {
			Message{To: "1", Type: "contacts", Raw: json.RawMessage(`[{"name":{"formatted_name":"A B","first_name":"A"}}]`)},
			`{"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"contacts","contacts":[{"name":{"formatted_name":"A B","first_name":"A"}}]}`,
		},
	} {
		got, err := json.Marshal(c.m)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var g, w any
		_ = json.Unmarshal(got, &g)
		_ = json.Unmarshal([]byte(c.want), &w)
		if !reflect.DeepEqual(g, w) {
			t.Errorf("%s\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestSenselessMessagesAreNotSent(t *testing.T) {
	c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was made") })
	raw := json.RawMessage(`{}`)
	for name, m := range map[string]Message{
		"nobody":               {Text: &Text{Body: "x"}},
		"nothing":              {To: "1"},
		"two contents":         {To: "1", Text: &Text{}, Location: &Location{}},
		"media without kind":   {To: "1", Media: &Media{ID: "1"}},
		"media of a wrong one": {To: "1", Type: "text", Media: &Media{ID: "1"}},
		"media id and link":    {To: "1", Type: "image", Media: &Media{ID: "1", Link: "2"}},
		"media of nothing":     {To: "1", Type: "image", Media: &Media{}},
		"raw without type":     {To: "1", Raw: raw},
		"raw over the address": {To: "1", Type: "to", Raw: raw},
		"raw no JSON":          {To: "1", Type: "template", Raw: json.RawMessage(`{`)},
		"type and content":     {To: "1", Type: "image", Text: &Text{Body: "x"}},
		"reaction to nothing":  {To: "1", Reaction: &Reaction{Emoji: "x"}},
		"reaction as answer":   {To: "1", Reaction: &Reaction{MessageID: "w"}, Context: &Context{"w"}},
		"callback too long":    {To: "1", Text: &Text{Body: "x"}, BizOpaque: strings.Repeat("é", 513)},
	} {
		_, err := c.SendMessage(context.Background(), "1", m)
		var in *InputError
		if !errors.As(err, &in) || Classify(err) != ClassPermanent {
			t.Errorf("%s: %v", name, err)
		}
	}
	ok := Message{To: "1", Text: &Text{Body: "x"}, BizOpaque: strings.Repeat("é", 512)}
	if err := ok.check(); err != nil {
		t.Errorf("512 characters: %v", err)
	}
}

func TestSendMessage(t *testing.T) {
	var path, body string
	c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		path, body = r.Method+" "+r.URL.Path+" "+r.Header.Get("Content-Type"), string(b)
		answer(w, 200, `{"messaging_product":"whatsapp","contacts":[{"input":"+1 650 555 1234","wa_id":16505551234,"user_id":"US.1"}],"messages":[{"id":"wamid.A=","message_status":"held_for_quality_assessment"}]}`)
	})
	got, err := c.SendMessage(context.Background(), "1065", textTo("+1 650 555 1234"))
	want := Sent{ID: "wamid.A=", Input: "+1 650 555 1234", WaID: "16505551234", UserID: "US.1", Status: "held_for_quality_assessment"}
	if err != nil || got != want {
		t.Errorf("%+v %v", got, err)
	}
	if path != "POST /v26.0/1065/messages application/json" || !strings.Contains(body, `"to":"+1 650 555 1234"`) {
		t.Errorf("%s\n%s", path, body)
	}
}

func TestSendMessageKeepsThePace(t *testing.T) {
	p := NewPacer()
	n := 0
	srv := func(w http.ResponseWriter, r *http.Request) {
		if n++; n == 200 {
			refuseWith(CodeThroughput, 400)(w, r)
			return
		}
		answer(w, 200, `{"messages":[{"id":"wamid.1"}]}`)
	}
	c, clk := graph(t, srv)
	c.cfg.Pacer = p
	start := clk.Now()
	for range 46 {
		if _, err := c.SendMessage(context.Background(), "1", textTo("same")); err != nil {
			t.Fatal(err)
		}
	}
	if took := clk.Now().Sub(start); took != 45*PairInterval {
		t.Errorf("46 messages to one person took %v, want what 45 borrow", took)
	}
	n = 199
	_, err := c.SendMessage(context.Background(), "1", textTo("other"))
	if codeOf(err) != CodeThroughput || p.Rate("1", clk.Now()) != DefaultPerSecond/2.0 {
		t.Errorf("after %v the rate is %v", err, p.Rate("1", clk.Now()))
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	n = 0
	if _, err := c.SendMessage(ctx, "1", textTo("same")); Classify(err) != ClassRetry || n != 0 {
		t.Errorf("cancelled while waiting: %v, %d requests", err, n)
	}
}

func TestMarkRead(t *testing.T) {
	var bodies []string
	c, clk := graph(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		bodies = append(bodies, string(b))
		if len(bodies) == 1 {
			w.WriteHeader(500)
			return
		}
		answer(w, 200, `{"success":true}`)
	})
	if err := c.MarkRead(context.Background(), "1", "wamid.1", true); err != nil {
		t.Fatal(err)
	}
	want := `{"message_id":"wamid.1","messaging_product":"whatsapp","status":"read","typing_indicator":{"type":"text"}}`
	if len(bodies) != 2 || bodies[0] != want || bodies[1] != want || len(clk.slept) != 1 || clk.slept[0] < time.Second/2 {
		t.Errorf("%q %v", bodies, clk.slept)
	}
}
