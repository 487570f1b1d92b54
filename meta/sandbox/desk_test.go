package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a hand-set clock.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// desk is a client of a running practice server.
type desk struct {
	testing.TB
	s     *Server
	cred  Credentials
	clock *clock
	http  *http.Client
	hooks *hooks
}

const customer1 = "84901234567"

// open starts a server with a quick pace, a hand-set clock and no rate limits unless change says otherwise.
func open(tb testing.TB, change ...func(*Config)) *desk {
	tb.Helper()
	d := &desk{TB: tb, clock: &clock{t: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)}}
	cfg := Config{Now: d.clock.now, Pace: QuickPace(), Limits: NoLimits(), Rand: rand.New(rand.NewPCG(1, 2)), DisplayPhoneNumber: "+1 555-014-2368"}
	for _, f := range change {
		f(&cfg)
	}
	d.s = New(cfg)
	if err := d.s.Start(tb.Context(), "127.0.0.1:0"); err != nil {
		tb.Fatal(err)
	}
	d.cred = d.s.Credentials()
	tr := &http.Transport{MaxIdleConnsPerHost: 64}
	d.http = &http.Client{Transport: tr}
	tb.Cleanup(func() {
		tr.CloseIdleConnections()
		if err := d.s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return d
}

// answer is what came back.
type answer struct {
	code   int
	header http.Header
	body   map[string]any
	raw    []byte
	err    error
}

// at reads a path such as "error.code" or "data.0.id".
func (a answer) at(path string) any {
	var v any = a.body
	for _, k := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[k]
		case []any:
			i := 0
			if _, err := fmt.Sscan(k, &i); err != nil || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

func (a answer) num(path string) int { f, _ := a.at(path).(float64); return int(f) }

func (a answer) str(path string) string { s, _ := a.at(path).(string); return s }

func (d *desk) do(method, url, token, ctype string, body []byte, head ...string) answer {
	d.Helper()
	req, err := http.NewRequestWithContext(d.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		d.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if ctype != "" {
		req.Header.Set("Content-Type", ctype)
	}
	for i := 0; i+1 < len(head); i += 2 {
		req.Header.Set(head[i], head[i+1])
	}
	resp, err := d.http.Do(req)
	if err != nil {
		return answer{err: err}
	}
	defer resp.Body.Close()
	a := answer{code: resp.StatusCode, header: resp.Header}
	a.raw, a.err = io.ReadAll(resp.Body)
	_ = json.Unmarshal(a.raw, &a.body)
	return a
}

// path replaces PHONE, WABA, APP and puts the Graph address before it.
func (d *desk) path(p string) string {
	return d.cred.URL + "/" + strings.NewReplacer("PHONE", d.cred.PhoneNumberID, "WABA", d.cred.WABAID, "APP", d.cred.AppID).Replace(p)
}

func (d *desk) get(p string) answer {
	d.Helper()
	return d.do(http.MethodGet, d.path(p), d.cred.AccessToken, "", nil)
}

func (d *desk) post(p, body string) answer {
	d.Helper()
	return d.do(http.MethodPost, d.path(p), d.cred.AccessToken, "application/json", []byte(body))
}

func (d *desk) asApp(method, p, body string) answer {
	d.Helper()
	return d.do(method, d.path(p), d.cred.AppID+"|"+d.cred.AppSecret, "application/json", []byte(body))
}

func (d *desk) control(method, p, body string) answer {
	d.Helper()
	base := strings.TrimSuffix(d.cred.URL, "/v26.0")
	return d.do(method, base+"/sandbox/"+p, "", "application/json", []byte(body))
}

// writes lets a customer write a text and returns the message's id.
func (d *desk) writes(phone, text string) string {
	d.Helper()
	b, _ := json.Marshal(map[string]any{"type": "text", "text": map[string]any{"body": text}, "name": "José"})
	a := d.control(http.MethodPost, "customers/"+phone+"/messages", string(b))
	if a.code != http.StatusOK {
		d.Fatalf("customer message: %d %s", a.code, a.raw)
	}
	return a.str("id")
}

// send sends a text and returns its id.
func (d *desk) send(to, text string) string {
	d.Helper()
	b, _ := json.Marshal(map[string]any{"messaging_product": "whatsapp", "to": to, "type": "text", "text": map[string]any{"body": text}})
	a := d.post("PHONE/messages", string(b))
	if a.code != http.StatusOK {
		d.Fatalf("send: %d %s", a.code, a.raw)
	}
	return a.str("messages.0.id")
}

// hook is one webhook as it arrived.
type hook struct {
	raw    []byte
	header http.Header
	body   map[string]any
}

// hooks is a callback that keeps what it gets.
type hooks struct {
	tb     testing.TB
	srv    *httptest.Server
	got    chan hook
	mu     sync.Mutex
	answer func(hook) int // status for a delivery; nil means 200
	verify string
}

func callback(tb testing.TB) *hooks {
	tb.Helper()
	h := &hooks{tb: tb, got: make(chan hook, 4096), verify: "secret-word"}
	h.srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			if r.URL.Query().Get("hub.verify_token") != h.verify {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
			return
		}
		b, _ := io.ReadAll(r.Body)
		k := hook{raw: b, header: r.Header}
		_ = json.Unmarshal(b, &k.body)
		h.mu.Lock()
		f := h.answer
		h.mu.Unlock()
		code := http.StatusOK
		if f != nil {
			code = f(k)
		}
		w.WriteHeader(code)
		if code == http.StatusOK {
			h.got <- k
		}
	}))
	tb.Cleanup(h.srv.Close)
	return h
}

// listen subscribes a callback the way a client does.
func (d *desk) listen() *hooks {
	d.Helper()
	h := callback(d)
	if a := d.asApp(http.MethodPost, "APP/subscriptions", fmt.Sprintf(
		`{"object":"whatsapp_business_account","callback_url":%q,"verify_token":%q,"fields":"messages,security,message_template_status_update"}`, h.srv.URL+"/hook", h.verify)); a.code != http.StatusOK {
		d.Fatalf("subscriptions: %d %s", a.code, a.raw)
	}
	if a := d.post("WABA/subscribed_apps", ""); a.code != http.StatusOK {
		d.Fatalf("subscribed_apps: %d %s", a.code, a.raw)
	}
	d.hooks = h
	return h
}

// next waits for the next webhook; the long wait is only the end of a test that hangs.
func (h *hooks) next() hook {
	h.tb.Helper()
	select {
	case k := <-h.got:
		return k
	case <-time.After(30 * time.Second):
		h.tb.Fatal("no webhook came")
		return hook{}
	}
}

// items are the elements of messages or statuses in a body, across changes.
func (k hook) items(what string) []map[string]any {
	var out []map[string]any
	for _, e := range asList(k.body["entry"]) {
		for _, c := range asList(asObject(e)["changes"]) {
			for _, x := range asList(asObject(asObject(c)["value"])[what]) {
				out = append(out, asObject(x))
			}
		}
	}
	return out
}

// collect gathers elements until there are n.
func (h *hooks) collect(what string, n int) []map[string]any {
	h.tb.Helper()
	var out []map[string]any
	for len(out) < n {
		out = append(out, h.next().items(what)...)
	}
	return out
}

// final waits until a message has one of the end states.
func (h *hooks) final(id string, states ...string) map[string]any {
	h.tb.Helper()
	for {
		for _, st := range h.next().items("statuses") {
			if st["id"] == id && contains(states, asText(st["status"])) {
				return st
			}
		}
	}
}
