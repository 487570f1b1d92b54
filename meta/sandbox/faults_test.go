package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func (d *desk) fault(body string) {
	d.Helper()
	if a := d.control(http.MethodPost, "faults", body); a.code != http.StatusOK {
		d.Fatalf("fault %s: %d %s", body, a.code, a.raw)
	}
}

// TestErrorFaults: the next calls of an edge are refused as ordered, then all is well.
func TestErrorFaults(t *testing.T) {
	d := open(t)
	d.writes(customer1, "hi")
	d.fault(`{"edge":"messages","count":2,"error":{"code":130429,"http":429,"retry_after":3}}`)
	d.fault(`{"edge":"media","error":{"code":131016,"message":"gone","details":"why"}}`)
	d.fault(`{"edge":"*","count":1,"error":{"code":2,"http":503}}`)
	for range 2 {
		if a := d.post("PHONE/messages", message(`"text":{"body":"x"}`)); a.code != 429 || a.num("error.code") != 130429 || a.header.Get("Retry-After") != "3" {
			t.Errorf("%d %s", a.code, a.raw)
		}
	}
	if a := d.get("PHONE"); a.code != 503 || a.num("error.code") != 2 {
		t.Errorf("%d %s", a.code, a.raw)
	}
	if a := d.get("PHONE"); a.code != 200 {
		t.Errorf("%d %s", a.code, a.raw)
	}
	if a := d.post("PHONE/media", `{}`); a.code != 500 || a.str("error.message") != "gone" || a.str("error.error_data.details") != "why" {
		t.Errorf("%d %s", a.code, a.raw)
	}
	d.send(customer1, "works again")
	if n := len(d.s.sentList()); n != 1 {
		t.Errorf("%d messages kept", n)
	}
}

// TestExpiredToken: for some calls, for one edge, or until it is taken back.
func TestExpiredToken(t *testing.T) {
	d := open(t)
	expired := func(a answer) bool {
		return a.code == 401 && a.num("error.code") == 190 && a.num("error.error_subcode") == 463
	}
	d.fault(`{"token_expired":true}`)
	for range 3 {
		if a := d.get("PHONE"); !expired(a) {
			t.Errorf("%s", a.raw)
		}
	}
	if a := d.asApp(http.MethodGet, "debug_token?input_token="+d.cred.AccessToken, ""); a.at("data.is_valid") != false || a.num("data.error.subcode") != 463 {
		t.Errorf("%s", a.raw)
	}
	d.fault(`{"token_expired":false}`)
	if a := d.get("PHONE"); a.code != 200 {
		t.Errorf("%s", a.raw)
	}
	d.fault(`{"edge":"messages","count":1,"token_expired":true}`)
	if a := d.get("PHONE"); a.code != 200 {
		t.Errorf("%s", a.raw)
	}
	if a := d.post("PHONE/messages", message(`"text":{"body":"x"}`)); !expired(a) {
		t.Errorf("%s", a.raw)
	}
	d.fault(`{"count":1,"token_expired":true}`)
	if a := d.get("WABA"); !expired(a) {
		t.Errorf("%s", a.raw)
	}
	if a := d.get("WABA"); a.code != 200 {
		t.Errorf("%s", a.raw)
	}
}

// TestAcceptThenDrop: the message is taken and its statuses flow, but the answer never comes.
func TestAcceptThenDrop(t *testing.T) {
	d := open(t)
	h := d.listen()
	d.writes(customer1, "hi")
	d.fault(`{"edge":"messages","count":1,"accept_then_drop":true}`)
	a := d.post("PHONE/messages", message(`"text":{"body":"x"},"biz_opaque_callback_data":"row-9"`))
	if a.err == nil {
		t.Fatalf("an answer came: %s", a.raw)
	}
	sent := d.s.sentList()
	if len(sent) != 1 {
		t.Fatalf("%d messages kept", len(sent))
	}
	if st := h.final(sent[0].ID, "read"); st["biz_opaque_callback_data"] != "row-9" {
		t.Errorf("%v", st)
	}
	d.send(customer1, "the next is answered")
}

// TestHang: the call is held, a caller who leaves has sent nothing, and Close does not wait for it.
func TestHang(t *testing.T) {
	d := open(t)
	d.writes(customer1, "hi")
	d.fault(`{"edge":"messages","count":2,"hang":3600}`)
	d.fault(`{"edge":"phone_numbers","count":1,"hang":0.001}`)
	if a := d.get("PHONE"); a.code != 200 {
		t.Errorf("a short hang ends: %s", a.raw)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		req, _ := http.NewRequestWithContext(ctx, http.MethodPost, d.path("PHONE/messages"), strings.NewReader(message(`"text":{"body":"x"}`)))
		req.Header.Set("Authorization", "Bearer "+d.cred.AccessToken)
		req.Header.Set("Content-Type", "application/json")
		resp, err := d.http.Do(req)
		if err == nil {
			_ = resp.Body.Close()
		}
		done <- err
	}()
	for d.faultsLeft("messages") != 1 { // until the server holds the call
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-done; err == nil {
		t.Error("the held call was answered")
	}
	if n := len(d.s.sentList()); n != 0 {
		t.Errorf("%d messages kept", n)
	}
	go func() { done <- d.post("PHONE/messages", message(`"text":{"body":"x"}`)).err }()
	for d.faultsLeft("messages") != 0 {
		time.Sleep(time.Millisecond)
	}
	if err := d.s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; err == nil {
		t.Error("the held call was answered")
	}
}

func (d *desk) faultsLeft(edge string) int {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	n := 0
	for _, f := range d.s.w.faults {
		if f.edge == edge {
			n += f.count
		}
	}
	return n
}

// TestWebhookFaults: twice, in another order, never.
func TestWebhookFaults(t *testing.T) {
	d := open(t, func(c *Config) { c.InFlight = 1; c.Batch = 1 })
	h := d.listen()
	d.fault(`{"edge":"webhooks","count":2,"duplicate":2}`)
	a, b, c := d.writes(customer1, "a"), d.writes(customer1, "b"), d.writes(customer1, "c")
	seen := map[string]int{}
	raws := map[string]bool{}
	for range 7 {
		k := h.next()
		seen[asText(k.items("messages")[0]["id"])]++
		raws[string(k.raw)] = true
	}
	if seen[a] != 3 || seen[b] != 3 || seen[c] != 1 || len(raws) != 3 {
		t.Errorf("%v, %d bodies", seen, len(raws))
	}

	d.fault(`{"edge":"webhooks","count":4,"shuffle":true}`)
	var sent, got []string
	for i := range 4 {
		sent = append(sent, d.writes(customer1, fmt.Sprint(i)))
	}
	for _, m := range h.collect("messages", 4) {
		got = append(got, asText(m["id"]))
	}
	same, all := true, true
	for i := range sent {
		same = same && sent[i] == got[i]
		all = all && contains(got, sent[i])
	}
	if same || !all {
		t.Errorf("sent %v, got %v", sent, got)
	}

	d.fault(`{"edge":"webhooks","count":5,"shuffle":true}`)
	lone := d.writes(customer1, "held until nobody else comes")
	if got := asText(h.collect("messages", 1)[0]["id"]); got != lone {
		t.Errorf("%s", got)
	}
	d.control(http.MethodPost, "reset", "")

	d.fault(`{"edge":"webhooks","drop":2}`)
	d.writes(customer1, "lost")
	d.writes(customer1, "lost too")
	kept := d.writes(customer1, "kept")
	if got := asText(h.collect("messages", 1)[0]["id"]); got != kept {
		t.Errorf("%s", got)
	}
	dropped := 0
	for _, x := range d.s.postman.deliveries() {
		if x.Status == "dropped" && x.Attempts == 0 {
			dropped++
		}
	}
	if dropped != 2 {
		t.Errorf("%d dropped", dropped)
	}
}

// TestReset forgets messages, faults and windows, but not the credentials and, unless asked, the callback.
func TestReset(t *testing.T) {
	d := open(t)
	h := d.listen()
	d.writes(customer1, "hi")
	h.collect("messages", 1)
	h.final(d.send(customer1, "x"), "read")
	d.fault(`{"edge":"*","count":9,"error":{"code":1}}`)
	d.fault(`{"token_expired":true}`)
	if a := d.control(http.MethodPost, "reset", ""); a.code != 200 {
		t.Fatalf("%s", a.raw)
	}
	if a := d.control(http.MethodGet, "sent", ""); string(a.raw) != "[]" {
		t.Errorf("%s", a.raw)
	}
	if st := h.final(d.send(customer1, "x"), "failed", "read"); (answer{body: st}).num("errors.0.code") != 131047 {
		t.Errorf("the window outlived the reset: %v", st)
	}
	if d.s.Credentials() != d.cred {
		t.Error("credentials changed")
	}
	d.control(http.MethodPost, "reset", `{"subscriptions":true}`)
	if a := d.asApp(http.MethodGet, "APP/subscriptions", ""); string(a.raw) != `{"data":[]}` {
		t.Errorf("%s", a.raw)
	}
}

// TestBadControl: clear refusals.
func TestBadControl(t *testing.T) {
	d := open(t)
	for _, c := range []struct {
		method, path, body string
		code               int
	}{
		{"POST", "faults", `{`, 400},
		{"POST", "faults", `[]`, 400},
		{"POST", "faults", `{}`, 400},
		{"POST", "faults", `{"edge":"kitchen","error":{"code":1}}`, 400},
		{"POST", "faults", `{"edge":"messages"}`, 400},
		{"POST", "faults", `{"edge":"messages","count":0,"hang":1}`, 400},
		{"POST", "faults", `{"edge":"messages","hang":-1}`, 400},
		{"POST", "faults", `{"edge":"messages","hang":1,"error":{"code":1}}`, 400},
		{"POST", "faults", `{"edge":"messages","error":{"code":"x"}}`, 400},
		{"POST", "faults", `{"edge":"messages","error":{"code":1,"http":200}}`, 400},
		{"POST", "faults", `{"edge":"messages","duplicate":1}`, 400},
		{"POST", "faults", `{"edge":"webhooks","error":{"code":1}}`, 400},
		{"POST", "faults", `{"edge":"webhooks","drop":0}`, 400},
		{"POST", "faults", `{"token_expired":"perhaps"}`, 400},
		{"POST", "customers/abc/messages", `{"type":"text","text":{"body":"x"}}`, 400},
		{"POST", "customers/15550142368/messages", `{"type":"text","text":{"body":"x"}}`, 400},
		{"POST", "customers/84901234567/messages", `{}`, 400},
		{"POST", "customers/84901234567/messages", `{"type":"song"}`, 400},
		{"POST", "customers/84901234567/messages", `{"type":"text"}`, 400},
		{"POST", "customers/84901234567/messages", `{"type":7}`, 400},
		{"POST", "customers/84901234567/messages", `{"type":"text","text":{"body":"x"},"user_id":"?"}`, 400},
		{"POST", "callback", `{"url":"nowhere"}`, 400},
		{"POST", "preferences", `{"phone":"84901234567","value":"maybe"}`, 400},
		{"GET", "reset", ``, 405},
		{"GET", "customers/84901234567/messages", ``, 405},
		{"GET", "unknown", ``, 404},
		{"POST", "faults", strings.Repeat(" ", maxPlainBody+1), 413},
	} {
		if a := d.control(c.method, c.path, c.body); a.code != c.code || a.str("error.message") == "" {
			t.Errorf("%s %s %.60s: %d %s", c.method, c.path, c.body, a.code, a.raw)
		}
	}
}

// TestCallbackHelper: a client that never subscribes gets its webhooks all the same.
func TestCallbackHelper(t *testing.T) {
	d := open(t)
	h := callback(t)
	if a := d.control(http.MethodPost, "callback", fmt.Sprintf(`{"url":%q}`, h.srv.URL)); a.code != 200 {
		t.Fatalf("%s", a.raw)
	}
	id := d.writes(customer1, "x")
	if got := h.collect("messages", 1)[0]["id"]; got != id {
		t.Errorf("%v", got)
	}
}
