package sandbox

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestSignatureCoversTheBytes: escaped like Meta's, and signed over exactly what arrives.
func TestSignatureCoversTheBytes(t *testing.T) {
	d := open(t)
	h := d.listen()
	d.writes(customer1, "José é ơ 😀 a/b <&> \u2028")
	k := h.next()
	sign := func(raw []byte) string {
		m := hmac.New(sha256.New, []byte(d.cred.AppSecret))
		m.Write(raw)
		return "sha256=" + hex.EncodeToString(m.Sum(nil))
	}
	if got := k.header.Get("X-Hub-Signature-256"); got != sign(k.raw) {
		t.Errorf("signature %s over %s", got, k.raw)
	}
	m := hmac.New(sha1.New, []byte(d.cred.AppSecret))
	m.Write(k.raw)
	if got := k.header.Get("X-Hub-Signature"); got != "sha1="+hex.EncodeToString(m.Sum(nil)) {
		t.Errorf("old signature %s", got)
	}
	if !bytes.Contains(k.raw, []byte(`"Jos\u00e9 \u00e9 \u01a1 \ud83d\ude00 a\/b <&> \u2028"`)) {
		t.Errorf("not escaped like Meta's: %s", k.raw)
	}
	if bytes.ContainsFunc(k.raw, func(r rune) bool { return r > 126 }) {
		t.Error("more than ASCII")
	}
	if k.items("messages")[0]["text"].(map[string]any)["body"] != "José é ơ 😀 a/b <&> \u2028" {
		t.Error("the text does not survive")
	}
	plain, _ := json.Marshal(k.body)
	if sign(plain) == k.header.Get("X-Hub-Signature-256") {
		t.Error("a body written anew has the same signature: the test proves nothing")
	}
}

// TestInboundShape holds the payload of a customer's message in each generation.
func TestInboundShape(t *testing.T) {
	for shape, ids := range map[Shape]bool{Shape2026: true, Shape24: false} {
		d := open(t, func(c *Config) { c.Shape = shape })
		h := d.listen()
		a := d.control(http.MethodPost, "customers/+84 90 123 4567/messages", `{"type":"text","text":{"body":"x"},"profile":{"name":"Mai","username":"mai.n"},"user_id":"VN.777"}`)
		k := h.next()
		v := answer{body: k.body}
		if v.str("object") != "whatsapp_business_account" || v.str("entry.0.id") != d.cred.WABAID || v.str("entry.0.changes.0.field") != "messages" || v.at("entry.0.time") != nil {
			t.Errorf("envelope: %s", k.raw)
		}
		val := answer{body: asObject(v.at("entry.0.changes.0.value"))}
		if val.str("messaging_product") != "whatsapp" || val.str("metadata.display_phone_number") != "15550142368" || val.str("metadata.phone_number_id") != d.cred.PhoneNumberID {
			t.Errorf("metadata: %s", k.raw)
		}
		if val.str("contacts.0.profile.name") != "Mai" || val.str("contacts.0.wa_id") != customer1 || (val.str("contacts.0.user_id") == "VN.777") != ids || (val.str("contacts.0.profile.username") == "mai.n") != ids {
			t.Errorf("%s contacts: %s", shape, k.raw)
		}
		msg := answer{body: asObject(val.at("messages.0"))}
		if msg.str("id") != a.str("id") || msg.str("from") != customer1 || msg.str("timestamp") != fmt.Sprint(d.clock.now().Unix()) || msg.at("name") != nil || (msg.str("from_user_id") == "VN.777") != ids {
			t.Errorf("%s message: %s", shape, k.raw)
		}
	}
	d := open(t)
	h := d.listen()
	d.control(http.MethodPost, "customers/84901234567/messages", `{"type":"text","text":{"body":"x"},"hide_number":true,"username":"m"}`)
	if k := h.next(); bytes.Contains(k.raw, []byte(customer1)) {
		t.Errorf("the number is not hidden: %s", k.raw)
	}
	user := h.collectUser(d)
	a := d.post("PHONE/messages", fmt.Sprintf(`{"messaging_product":"whatsapp","recipient":%q,"text":{"body":"x"}}`, user))
	if a.code != 200 || a.str("contacts.0.user_id") != user || a.at("contacts.0.wa_id") != nil {
		t.Errorf("to a user id: %d %s", a.code, a.raw)
	}
	if st := h.final(a.str("messages.0.id"), "read"); st["recipient_id"] != nil || st["recipient_user_id"] != user {
		t.Errorf("status: %v", st)
	}
}

// collectUser lets the hidden customer write once more and reads their id.
func (h *hooks) collectUser(d *desk) string {
	d.writes(customer1, "again")
	return asText(h.collect("messages", 1)[0]["from_user_id"])
}

// TestStatuses walks the road of an accepted message.
func TestStatuses(t *testing.T) {
	d := open(t)
	h := d.listen()
	d.writes(customer1, "hi")
	h.collect("messages", 1)
	a := d.post("PHONE/messages", message(`"text":{"body":"x"},"biz_opaque_callback_data":"camp:7/1"`))
	id := a.str("messages.0.id")
	var states []string
	for _, st := range h.collect("statuses", 3) {
		states = append(states, asText(st["status"]))
		if st["id"] != id || st["recipient_id"] != customer1 || st["biz_opaque_callback_data"] != "camp:7/1" || st["recipient_user_id"] == nil {
			t.Errorf("status %v", st)
		}
		if p := asObject(st["pricing"]); (p == nil) != (st["status"] == "read") || p != nil && (p["category"] != "service" || p["billable"] != true) {
			t.Errorf("pricing %v", st)
		}
	}
	if len(states) != 3 || !contains(states, "sent") || !contains(states, "delivered") || !contains(states, "read") {
		t.Errorf("states %v", states)
	}
	sent := d.control(http.MethodGet, "sent", "")
	var list []map[string]any
	if err := json.Unmarshal(sent.raw, &list); err != nil || len(list) != 1 {
		t.Fatalf("sent: %s", sent.raw)
	}
	if it := list[0]; it["id"] != id || it["to"] != customer1 || it["status"] != "read" || it["at"].(float64) != float64(d.clock.now().UnixMilli()) || asObject(it["body"])["biz_opaque_callback_data"] != "camp:7/1" {
		t.Errorf("sent: %v", it)
	}
	hist := d.get("PHONE/message_history?message_id=" + strings.ReplaceAll(id, "+", "%2B"))
	if hist.str("data.0.events.data.2.delivery_status") != "READ" {
		t.Errorf("history: %s", hist.raw)
	}
}

// TestMagicRecipients: the last six digits of a number are the failure.
func TestMagicRecipients(t *testing.T) {
	d := open(t)
	h := d.listen()
	for _, code := range []int{131026, 131049, 131047, 130472, 131053} {
		to := fmt.Sprintf("44770%d", code)
		d.writes(to, "hi")
		h.collect("messages", 1)
		st := h.final(d.send(to, "x"), "failed", "sent")
		e := answer{body: st}
		if e.num("errors.0.code") != code || e.str("errors.0.error_data.details") == "" || e.str("errors.0.title") != e.str("errors.0.message") {
			t.Errorf("%d: %v", code, st)
		}
	}
}

// TestMarketingRules: opt-out, United States, blocked users, a template of the wrong edge.
func TestMarketingRules(t *testing.T) {
	d := open(t)
	h := d.listen()
	ad := func(to string) answer {
		return d.post("PHONE/messages", fmt.Sprintf(`{"messaging_product":"whatsapp","to":%q,"type":"template","template":{"name":"come_back","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"A"}]}]}}`, to))
	}
	expect := func(a answer, code int) {
		t.Helper()
		if st := h.final(a.str("messages.0.id"), "failed", "read"); (answer{body: st}).num("errors.0.code") != code {
			t.Errorf("%d: %v", code, st)
		}
	}
	expect(ad("447700900111"), 0)
	d.control(http.MethodPost, "preferences", `{"phone":"447700900111","value":"stop"}`)
	expect(ad("447700900111"), 131050)
	d.control(http.MethodPost, "preferences", `{"phone":"447700900111","value":"resume"}`)
	expect(ad("447700900111"), 0)
	expect(ad("16505551234"), 131049)
	d.writes("447700900112", "hi")
	if a := d.post("PHONE/block_users", `{"messaging_product":"whatsapp","block_users":[{"user":"+44 7700 900112"}]}`); a.code != 200 {
		t.Fatalf("%s", a.raw)
	}
	if a := ad("447700900112"); a.num("error.code") != 130403 {
		t.Errorf("blocked: %s", a.raw)
	}
	if a := d.get("PHONE/block_users"); a.str("data.0.wa_id") != "447700900112" {
		t.Errorf("list: %s", a.raw)
	}
	if a := d.do(http.MethodDelete, d.path("PHONE/block_users"), d.cred.AccessToken, "application/json", []byte(`{"messaging_product":"whatsapp","block_users":[{"user":"447700900112"}]}`)); a.str("block_users.removed_users.0.wa_id") == "" {
		t.Errorf("unblock: %s", a.raw)
	}
	if a := d.post("PHONE/marketing_messages", tpl("hello_world", "en_US", "")); a.num("error.code") != 134100 {
		t.Errorf("marketing edge: %s", a.raw)
	}
	code := `{"messaging_product":"whatsapp","recipient":"GB.1","type":"template","template":{"name":"login_code","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"1"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1"}]}]}}`
	if a := d.post("PHONE/messages", code); a.num("error.code") != 131062 {
		t.Errorf("code to a user id: %s", a.raw)
	}
}

// TestWindow: 24 hours from the last inbound message, then free text fails by webhook and templates still go.
func TestWindow(t *testing.T) {
	d := open(t)
	h := d.listen()
	expect := func(id string, code int) {
		t.Helper()
		st := h.final(id, "failed", "read")
		if (answer{body: st}).num("errors.0.code") != code {
			t.Errorf("want %d: %v", code, st)
		}
	}
	expect(d.send(customer1, "never wrote"), 131047)
	d.writes(customer1, "hi")
	d.clock.add(24*time.Hour - time.Second)
	expect(d.send(customer1, "just in time"), 0)
	d.clock.add(time.Second)
	expect(d.send(customer1, "too late"), 131047)
	expect(d.post("PHONE/messages", tpl("hello_world", "en_US", "")).str("messages.0.id"), 0)
	d.writes(customer1, "hi again")
	expect(d.send(customer1, "open again"), 0)

	sync := open(t, func(c *Config) { c.SyncWindow = true })
	if a := sync.post("PHONE/messages", message(`"text":{"body":"x"}`)); a.num("error.code") != 131047 || a.code != 400 {
		t.Errorf("in the answer: %s", a.raw)
	}
}

// TestReactions: they only become sent, and an unknown or old target fails by webhook.
func TestReactions(t *testing.T) {
	d := open(t)
	h := d.listen()
	in := d.writes(customer1, "hi")
	react := func(id string) map[string]any {
		a := d.post("PHONE/messages", message(fmt.Sprintf(`"type":"reaction","reaction":{"message_id":%q,"emoji":"👍"}`, id)))
		return h.final(a.str("messages.0.id"), "sent", "failed")
	}
	if st := react(in); st["status"] != "sent" {
		t.Errorf("%v", st)
	}
	h.final(d.send(customer1, "later"), "read")
	if got := d.s.sentList()[0]; got.Status != "sent" {
		t.Errorf("a reaction became %s", got.Status)
	}
	if st := react("wamid.unknown"); (answer{body: st}).num("errors.0.code") != 131009 {
		t.Errorf("%v", st)
	}
	d.clock.add(31 * 24 * time.Hour)
	d.writes(customer1, "back")
	if st := react(in); (answer{body: st}).num("errors.0.code") != 131009 {
		t.Errorf("%v", st)
	}
}

// TestRetryUntil200: a callback that refuses gets the same bytes again, and nothing is lost.
func TestRetryUntil200(t *testing.T) {
	d := open(t)
	h := d.listen()
	tries := map[string]int{}
	h.mu.Lock()
	h.answer = func(k hook) int { // called from several requests, under no lock of its own
		h.mu.Lock()
		defer h.mu.Unlock()
		tries[string(k.raw)]++
		return map[int]int{1: 500, 2: 404, 3: 202}[tries[string(k.raw)]] + 200*b2i(tries[string(k.raw)] > 3)
	}
	h.mu.Unlock()
	want := map[string]bool{}
	for i := range 10 {
		want[d.writes(customer1, fmt.Sprint(i))] = true
	}
	for _, m := range h.collect("messages", 10) {
		delete(want, asText(m["id"]))
	}
	if len(want) != 0 {
		t.Errorf("lost: %v", want)
	}
	h.mu.Lock()
	for raw, n := range tries {
		if n != 4 {
			t.Errorf("%d attempts of %s", n, raw)
		}
	}
	h.mu.Unlock()
	d.waitDelivered(len(tries), 4)
}

// waitDelivered reads the record until every one of n deliveries is delivered after the given attempts.
func (d *desk) waitDelivered(n, attempts int) {
	d.Helper()
	for range 2000 {
		var l []delivery
		if err := json.Unmarshal(d.control(http.MethodGet, "webhooks", "").raw, &l); err != nil {
			d.Fatal(err)
		}
		done := 0
		for _, x := range l {
			if x.Status == "delivered" && x.Attempts == attempts && x.HTTP == 200 && x.Body != "" {
				done++
			}
		}
		if done == n && len(l) == n {
			return
		}
	}
	d.Error("the record does not show the deliveries")
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestOverrides: number, then account, then app; template and account fields always go to the app.
func TestOverrides(t *testing.T) {
	d := open(t)
	app := d.listen()
	waba, phone := callback(t), callback(t)
	set := func(a answer) {
		t.Helper()
		if a.code != 200 {
			t.Fatalf("%d %s", a.code, a.raw)
		}
	}
	arrives := func(h *hooks, what string) {
		t.Helper()
		d.writes(customer1, what)
		if m := h.collect("messages", 1)[0]; asObject(m["text"])["body"] != what {
			t.Errorf("%v", m)
		}
	}
	arrives(app, "app")
	set(d.post("WABA/subscribed_apps", fmt.Sprintf(`{"override_callback_uri":%q,"verify_token":"secret-word"}`, waba.srv.URL)))
	arrives(waba, "account")
	if a := d.get("WABA/subscribed_apps"); a.str("data.0.override_callback_uri") != waba.srv.URL || a.str("data.0.whatsapp_business_api_data.id") != d.cred.AppID {
		t.Errorf("%s", a.raw)
	}
	set(d.post("PHONE", fmt.Sprintf(`{"webhook_configuration":{"override_callback_uri":%q,"verify_token":"secret-word"}}`, phone.srv.URL)))
	arrives(phone, "number")
	set(d.post("PHONE", `{"pin":"111222"}`))
	if k := app.next(); (answer{body: k.body}).str("entry.0.changes.0.value.event") != "PIN_CHANGED" || (answer{body: k.body}).at("entry.0.time") == nil {
		t.Errorf("%s", k.raw)
	}
	if a := d.get("PHONE"); a.str("webhook_configuration.phone_number") != phone.srv.URL || a.str("webhook_configuration.application") == "" {
		t.Errorf("%s", a.raw)
	}
	if a := d.post("PHONE", fmt.Sprintf(`{"webhook_configuration":{"override_callback_uri":%q,"verify_token":"wrong"}}`, phone.srv.URL)); a.num("error.code") != 2200 || !strings.Contains(string(a.raw), "403") {
		t.Errorf("wrong verify token: %s", a.raw)
	}
	set(d.post("PHONE", `{"webhook_configuration":{"override_callback_uri":""}}`))
	set(d.post("WABA/subscribed_apps", ``))
	arrives(app, "app again")
	set(d.do(http.MethodDelete, d.path("WABA/subscribed_apps"), d.cred.AccessToken, "", nil))
	d.writes(customer1, "nobody hears")
	if l := d.s.postman.deliveries(); len(l) != 5 {
		t.Errorf("%d deliveries", len(l))
	}
	set(d.asApp(http.MethodDelete, "APP/subscriptions?object=whatsapp_business_account", ""))
	if a := d.asApp(http.MethodGet, "APP/subscriptions", ""); string(a.raw) != `{"data":[]}` {
		t.Errorf("%s", a.raw)
	}
}

// TestBatching: many waiting updates share bodies, and each still arrives once.
func TestBatching(t *testing.T) {
	d := open(t, func(c *Config) { c.InFlight = 1 })
	h := d.listen()
	gate := make(chan struct{})
	h.mu.Lock()
	h.answer = func(hook) int { <-gate; return 200 }
	h.mu.Unlock()
	want := map[string]bool{}
	for i := range 100 {
		want[d.writes(fmt.Sprintf("8490123%04d", i), "x")] = true
	}
	close(gate)
	bodies := 0
	for len(want) > 0 {
		k := h.next()
		bodies++
		for _, m := range k.items("messages") {
			if !want[asText(m["id"])] {
				t.Errorf("twice or unknown: %v", m["id"])
			}
			delete(want, asText(m["id"]))
		}
	}
	if bodies >= 100 || bodies < 100/8 {
		t.Errorf("%d bodies for 100 messages", bodies)
	}
}
