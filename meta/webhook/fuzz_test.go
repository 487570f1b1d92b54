package webhook

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/samples/*.json")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(`{"entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"id":"1","type":"edit","edit":{"message":{"type":"edit"}}}]}}]}]}`))
	f.Add([]byte(`{"entry":[{"id":"1","changes":[{"field":"account_update","value":{"waba_info":{"waba_id":"2"}}}]}],"entry":[{"\u0069d":"3"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		known := map[string]bool{"": true}
		for _, id := range claims(raw) {
			known[id] = true
		}
		p, err := Decode(raw)
		if err != nil {
			return
		}
		// Whatever Decode attributes to a WABA or a number, the handler must have asked about.
		for _, ev := range p.Events {
			check(t, ev)
			if !known[ev.WABAID] || !known[ev.PhoneNumberID] || ev.Account != nil && !known[ev.Account.WABAID] {
				t.Fatalf("event of WABA %q, number %q, %+v, which the handler did not see", ev.WABAID, ev.PhoneNumberID, ev.Account)
			}
		}
	})
}

func FuzzSignatureHeader(f *testing.F) {
	for _, s := range []string{"", "sha256=", "sha1=abc", Sign(secretA, nil), "SHA256=" + Sign(secretA, nil)[7:], Sign(secretA, nil) + "0"} {
		f.Add(s)
	}
	form := regexp.MustCompile(`\Asha256=[0-9a-fA-F]{64}\z`)
	f.Fuzz(func(t *testing.T, value string) {
		s, err := parseSignature(value)
		if (err == nil) != form.MatchString(value) {
			t.Fatalf("%q: %v", value, err)
		}
		if _, ok := s.verify([]byte("body"), [][]byte{secretA}); ok && value != Sign(secretA, []byte("body")) {
			t.Fatalf("%q is taken for the signature", value)
		}
	})
}

func FuzzHandshake(f *testing.F) {
	f.Add("subscribe", "let-me-in", "1158201444")
	f.Add("subscribe", "", "1")
	f.Add("", "let-me-in", "<b>")
	h := New(Config{Keys: twoApps(), Sink: &shelf{}})
	f.Fuzz(func(t *testing.T, mode, token, challenge string) {
		r := httptest.NewRequest(http.MethodGet, "/webhook", nil)
		q := r.URL.Query()
		q.Set("hub.mode", mode)
		q.Set("hub.verify_token", token)
		q.Set("hub.challenge", challenge)
		r.URL.RawQuery = q.Encode()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code == 200 {
			if mode != "subscribe" || token != "let-me-in" || w.Body.String() != challenge || !plainChallenge(challenge) {
				t.Fatalf("accepted mode %q token %q challenge %q", mode, token, challenge)
			}
		} else if w.Body.Len() != 0 {
			t.Fatalf("a refusal says %q", w.Body)
		}
	})
}
