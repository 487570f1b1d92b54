package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	secretA = []byte("app-secret-a")
	secretB = []byte("app-secret-b")
)

// keyring is a Keys with two apps: A owns WABA 1 and number 71, B owns WABA 2 and number 72.
type keyring struct {
	token string
	wabas map[string][][]byte
	err   error
}

func twoApps() *keyring {
	return &keyring{token: "let-me-in", wabas: map[string][][]byte{"1": {secretA}, "71": {secretA}, "2": {secretB}, "72": {secretB}}}
}

func (k *keyring) VerifyToken(_ context.Context, token string) bool {
	return EqualSecret(token, k.token)
}

func (k *keyring) AppSecrets(_ context.Context, waba string) ([][]byte, error) {
	if waba != "" {
		return k.wabas[waba], k.err
	}
	var all [][]byte
	for _, s := range k.wabas {
		all = append(all, s...)
	}
	return all, k.err
}

// shelf is a Sink in memory.
type shelf struct {
	mu     sync.Mutex
	bodies []string
	do     func() error
}

func (s *shelf) Receive(_ context.Context, raw []byte, _ time.Time) error {
	if s.do != nil {
		if err := s.do(); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bodies = append(s.bodies, string(raw))
	return nil
}

func body(wabas ...string) []byte {
	var e []string
	for _, w := range wabas {
		e = append(e, fmt.Sprintf(`{"id":%q,"changes":[{"field":"messages","value":{}}]}`, w))
	}
	return []byte(`{"object":"whatsapp_business_account","entry":[` + strings.Join(e, ",") + `]}`)
}

// change is a body with one change, whose value has the given members.
func change(waba, members string) []byte {
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"time":1,"changes":[ {"field":"messages","value":{%s}}],"id":%q}]}`, members, waba)
}

// post delivers raw with the given signature headers and gives the answer's status.
func post(h http.Handler, raw []byte, signatures ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/webhook", bytes.NewReader(raw))
	for _, s := range signatures {
		r.Header.Add(SignatureHeader, s)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestSignatureTable(t *testing.T) {
	raw := body("1")
	good := Sign(secretA, raw)
	digits := strings.TrimPrefix(good, "sha256=")
	for name, c := range map[string]struct {
		headers []string
		want    int
	}{
		"right":            {[]string{good}, 200},
		"missing":          {nil, 401},
		"empty":            {[]string{""}, 401},
		"sha1":             {[]string{"sha1=" + digits}, 403},
		"upper-case name":  {[]string{"SHA256=" + digits}, 403},
		"no name":          {[]string{digits}, 403},
		"63 digits":        {[]string{good[:len(good)-1]}, 403},
		"65 digits":        {[]string{good + "0"}, 403},
		"not hex":          {[]string{"sha256=" + strings.Repeat("zz", 32)}, 403},
		"space":            {[]string{"sha256= " + digits[1:]}, 403},
		"two headers":      {[]string{good, good}, 403},
		"two in one":       {[]string{good + "," + good}, 403},
		"of another body":  {[]string{Sign(secretA, body("1", "1"))}, 403},
		"unknown secret":   {[]string{Sign([]byte("other"), raw)}, 403},
		"empty secret":     {[]string{Sign(nil, raw)}, 403},
		"another app's":    {[]string{Sign(secretB, raw)}, 403},
		"last digit wrong": {[]string{good[:len(good)-1] + flip(good[len(good)-1])}, 403},
	} {
		t.Run(name, func(t *testing.T) {
			sink := &shelf{}
			keys := twoApps()
			keys.wabas["1"] = append(keys.wabas["1"], nil) // a secret that was never entered opens nothing
			h := New(Config{Keys: keys, Sink: sink})
			w := post(h, raw, c.headers...)
			if w.Code != c.want {
				t.Fatalf("status %d, want %d", w.Code, c.want)
			}
			if kept := len(sink.bodies) == 1; kept != (c.want == 200) {
				t.Fatalf("%d bodies kept", len(sink.bodies))
			}
			st := h.Stats()
			if (c.want == 200) != (st.Accepted == 1) || (c.want != 200) != (st.RefusedSignature == 1) {
				t.Fatalf("counted %+v", st)
			}
		})
	}
}

func flip(c byte) string {
	if c == '0' {
		return "1"
	}
	return "0"
}

// The MAC is over the bytes as they came: escaped as Meta does it, and raw UTF-8 alike. The two MACs were computed with
// another program (openssl dgst -sha256 -hmac app-secret-a).
func TestSignatureGolden(t *testing.T) {
	for raw, mac := range map[string]string{
		`{"entry":[{"id":"1","t":"caf\u00e9 \ud83d\udc4b a\/b"}]}`: "b236cbb0cc1bdd790f1e104cd14126c87ac9ddc190d36dcedf27d799584ba0c6",
		`{"entry":[{"id":"1","t":"café 👋 a/b"}]}`:                  "bc273ef7d1b724d96bd6856ce0051330bc34a9184e03c01afe43366bf3e4670c",
	} {
		sink := &shelf{}
		if w := post(New(Config{Keys: twoApps(), Sink: sink}), []byte(raw), "sha256="+mac); w.Code != 200 || sink.bodies[0] != raw {
			t.Errorf("%s: status %d", raw, w.Code)
		}
	}
}

func TestWhichAppMaySpeak(t *testing.T) {
	for name, c := range map[string]struct {
		raw    []byte
		secret []byte
		want   int
	}{
		"own account":                     {body("1"), secretA, 200},
		"other's account":                 {body("2"), secretA, 403},
		"own and other's":                 {body("1", "2"), secretA, 403},
		"other's hidden last":             {body("1", "1", "777", "2"), secretA, 403},
		"dashboard test":                  {body("0"), secretB, 200},
		"portfolio":                       {body("5550001"), secretA, 200},
		"portfolio and own":               {body("5550001", "1"), secretA, 200},
		"id as number":                    {[]byte(`{"entry":[{"id":2,"changes":[]}]}`), secretA, 403},
		"not JSON":                        {[]byte(`{"entry":[{"id":"1"`), secretB, 200},
		"not an envelope":                 {[]byte(`[1,2]`), secretA, 200},
		"empty":                           {nil, secretA, 200},
		"other's id under a second entry": {[]byte(`{"entry":[{"id":"1"}],"entry":[{"id":"2"}]}`), secretA, 403},
		"other's number":                  {change("1", `"metadata":{"phone_number_id":"72"}`), secretA, 403},
		"other's number, WABA unknown":    {change("9", `"metadata":{"phone_number_id":"72"}`), secretA, 403},
		"other's number as a number":      {change("1", `"metadata":{"phone_number_id": 72 }`), secretA, 403},
		"other's number, keys escaped":    {change("1", `"met\u0061data":{"phone_numb\u0065r_id":"7\u0032"}`), secretA, 403},
		"other's number, doubled key":     {change("1", `"metadata":{"phone_number_id":"71"},"metadata":{"phone_number_id":"72"}`), secretA, 403},
		"own number":                      {change("1", `"metadata":{"phone_number_id":"71"}`), secretA, 200},
		"unknown number":                  {change("1", `"metadata":{"phone_number_id":"79"}`), secretA, 200},
		"other's account in an update":    {change("9", `"waba_info":{"waba_id":"2"}`), secretA, 403},
		"other's, but not JSON":           {append(change("2", ""), '}'), secretA, 200},
	} {
		sink := &shelf{}
		w := post(New(Config{Keys: twoApps(), Sink: sink}), c.raw, Sign(c.secret, c.raw))
		if w.Code != c.want || (len(sink.bodies) == 1) != (c.want == 200) {
			t.Errorf("%s: status %d, want %d; kept %d", name, w.Code, c.want, len(sink.bodies))
		}
	}
	shared := twoApps()
	shared.wabas["1"] = [][]byte{secretA, secretB} // a WABA that two apps follow
	if w := post(New(Config{Keys: shared, Sink: &shelf{}}), body("1"), Sign(secretB, body("1"))); w.Code != 200 {
		t.Errorf("second app of a WABA: %d", w.Code)
	}
}

func TestNotNow(t *testing.T) {
	raw := body("1")
	for name, cfg := range map[string]Config{
		"no secrets":           {Keys: &keyring{}, Sink: &shelf{}},
		"secrets unreadable":   {Keys: &keyring{err: errors.New("keyring locked")}, Sink: &shelf{}},
		"disk full":            {Keys: twoApps(), Sink: &shelf{do: func() error { return errors.New("disk full") }}},
		"only an empty secret": {Keys: &keyring{wabas: map[string][][]byte{"1": {nil}}}, Sink: &shelf{}},
	} {
		h := New(cfg)
		w := post(h, raw, Sign(secretA, raw))
		if w.Code != 503 || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: status %d, Retry-After %q", name, w.Code, w.Header().Get("Retry-After"))
		}
		if st := h.Stats(); st.Accepted != 0 || st.RefusedOther != 1 {
			t.Errorf("%s: counted %+v", name, st)
		}
	}
}

func TestPanicIs500(t *testing.T) {
	raw := body("1")
	h := New(Config{Keys: twoApps(), Sink: &shelf{do: func() error { panic("boom") }}})
	if w := post(h, raw, Sign(secretA, raw)); w.Code != 500 {
		t.Fatalf("status %d", w.Code)
	}
	if w := post(New(Config{Keys: twoApps(), Sink: &shelf{}}), raw, Sign(secretA, raw)); w.Code != 200 {
		t.Fatalf("after it: %d", w.Code)
	}
}

func TestMethods(t *testing.T) {
	h := New(Config{Keys: twoApps(), Sink: &shelf{}})
	for _, m := range []string{"PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(m, "/webhook", nil))
		if w.Code != 405 || w.Header().Get("Allow") != "GET, POST" {
			t.Errorf("%s: status %d, Allow %q", m, w.Code, w.Header().Get("Allow"))
		}
	}
}

// A refusal by headers alone must not touch the body: that is what an attacker would make large.
func TestRefusedBeforeReading(t *testing.T) {
	good := Sign(secretA, body("1"))
	for name, c := range map[string]struct {
		prepare func(r *http.Request)
		want    int
	}{
		"no signature":    {func(*http.Request) {}, 401},
		"malformed":       {func(r *http.Request) { r.Header.Set(SignatureHeader, "sha256=x") }, 403},
		"compressed":      {func(r *http.Request) { r.Header.Set(SignatureHeader, good); r.Header.Set("Content-Encoding", "gzip") }, 415},
		"says 3 MiB + 1":  {func(r *http.Request) { r.Header.Set(SignatureHeader, good); r.ContentLength = MaxBody + 1 }, 413},
		"forwarded local": {func(r *http.Request) { r.Header.Set("X-Forwarded-For", "127.0.0.1"); r.RemoteAddr = "127.0.0.1:1" }, 401},
	} {
		r := httptest.NewRequest(http.MethodPost, "/any/path?x=1", untouchable{t})
		c.prepare(r)
		w := httptest.NewRecorder()
		New(Config{Keys: twoApps(), Sink: &shelf{}}).ServeHTTP(w, r)
		if w.Code != c.want || w.Header().Get("Connection") != "close" {
			t.Errorf("%s: status %d, want %d; Connection %q", name, w.Code, c.want, w.Header().Get("Connection"))
		}
	}
}

type untouchable struct{ t *testing.T }

func (u untouchable) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func TestBodySizes(t *testing.T) {
	for size, want := range map[int]int{MaxBody: 200, MaxBody + 1: 413} {
		raw := bytes.Repeat([]byte(" "), size)
		r := httptest.NewRequest(http.MethodPost, "/", io.MultiReader(bytes.NewReader(raw))) // length not announced
		r.ContentLength = -1
		r.Header.Set(SignatureHeader, Sign(secretA, raw))
		w := httptest.NewRecorder()
		New(Config{Keys: twoApps(), Sink: &shelf{}}).ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%d bytes: status %d, want %d", size, w.Code, want)
		}
	}
}

func TestInFlightCap(t *testing.T) {
	raw := body("1")
	entered, release := make(chan struct{}), make(chan struct{})
	h := New(Config{Keys: twoApps(), MaxInFlight: 2, Sink: &shelf{do: func() error {
		entered <- struct{}{}
		<-release
		return nil
	}}})
	var wg sync.WaitGroup
	codes := make([]int, 2)
	for i := range codes {
		wg.Go(func() { codes[i] = post(h, raw, Sign(secretA, raw)).Code })
	}
	<-entered
	<-entered
	if w := post(h, raw, Sign(secretA, raw)); w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("third at once: %d", w.Code)
	}
	close(release)
	wg.Wait()
	if codes[0] != 200 || codes[1] != 200 {
		t.Errorf("the two before: %v", codes)
	}
	go func() { <-entered }()
	if w := post(h, raw, Sign(secretA, raw)); w.Code != 200 {
		t.Errorf("afterwards: %d", w.Code)
	}
}

// Whoever knocks ten thousand times fills neither the disk nor the log with what they sent.
func TestRefusalsAreLoggedSparingly(t *testing.T) {
	var log bytes.Buffer
	now := time.Unix(1_000_000, 0)
	h := New(Config{Keys: twoApps(), Sink: &shelf{}, Log: slog.New(slog.NewTextHandler(&log, nil)), Now: func() time.Time { return now }})
	const canary = "canary-in-the-body"
	for range 1000 {
		post(h, []byte(canary), Sign([]byte(canary), []byte(canary)))
	}
	lines := strings.Count(log.String(), "\n")
	if lines == 0 || lines > 5 {
		t.Errorf("%d lines for 1000 refusals", lines)
	}
	now = now.Add(2 * time.Minute)
	post(h, []byte(canary))
	if !strings.Contains(log.String(), "unlogged=995") {
		t.Errorf("the next line does not say how many went unlogged:\n%s", log.String())
	}
	if strings.Contains(log.String(), canary) {
		t.Error("the log repeats the body")
	}
	if st := h.Stats(); st.RefusedSignature != 1001 || !st.LastRefused.Equal(now) || !st.LastReceived.IsZero() {
		t.Errorf("counted %+v", st)
	}
}
