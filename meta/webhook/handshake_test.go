package webhook

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

func get(h http.Handler, query string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/webhook?"+query, nil))
	return w
}

func TestHandshake(t *testing.T) {
	const right = "hub.mode=subscribe&hub.verify_token=let-me-in&hub.challenge="
	for name, c := range map[string]struct {
		query string
		want  int
		echo  string
	}{
		"Meta's":            {right + "1158201444", 200, "1158201444"},
		"with more":         {"a=b&" + right + "1158201444&utm=1", 200, "1158201444"},
		"wrong token":       {"hub.mode=subscribe&hub.verify_token=let-me-out&hub.challenge=1", 403, ""},
		"prefix of token":   {"hub.mode=subscribe&hub.verify_token=let-me&hub.challenge=1", 403, ""},
		"empty token":       {"hub.mode=subscribe&hub.verify_token=&hub.challenge=1", 403, ""},
		"no token":          {"hub.mode=subscribe&hub.challenge=1", 403, ""},
		"two tokens":        {right + "1&hub.verify_token=x", 403, ""},
		"no mode":           {"hub.verify_token=let-me-in&hub.challenge=1", 403, ""},
		"other mode":        {"hub.mode=unsubscribe&hub.verify_token=let-me-in&hub.challenge=1", 403, ""},
		"no challenge":      {"hub.mode=subscribe&hub.verify_token=let-me-in", 403, ""},
		"empty challenge":   {right, 403, ""},
		"script":            {right + url.QueryEscape("<script>alert(1)</script>"), 403, ""},
		"line break":        {right + "1%0d%0aX:1", 403, ""},
		"128 characters":    {right + strings.Repeat("7", 128), 200, strings.Repeat("7", 128)},
		"129 characters":    {right + strings.Repeat("7", 129), 403, ""},
		"nothing":           {"", 403, ""},
		"broken query":      {right + "1%zz", 403, ""},
		"underscore (form)": {"hub_mode=subscribe&hub_verify_token=let-me-in&hub_challenge=1", 403, ""},
	} {
		w := get(New(Config{Keys: twoApps(), Sink: &shelf{}}), c.query)
		if w.Code != c.want || w.Body.String() != c.echo {
			t.Errorf("%s: %d %q, want %d %q", name, w.Code, w.Body, c.want, c.echo)
		}
		if c.want == 200 && !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
			t.Errorf("%s: content type %q", name, w.Header().Get("Content-Type"))
		}
	}
}

// A token that was never set must not be opened by an empty one.
func TestHandshakeWithoutToken(t *testing.T) {
	h := New(Config{Keys: &keyring{}, Sink: &shelf{}})
	for _, token := range []string{"", "x"} {
		if w := get(h, "hub.mode=subscribe&hub.challenge=1&hub.verify_token="+token); w.Code != 403 {
			t.Errorf("token %q: %d", token, w.Code)
		}
	}
	if EqualSecret("", "") || EqualSecret("a", "") || EqualSecret("", "a") || !EqualSecret("a", "a") {
		t.Error("EqualSecret")
	}
}

func TestGuessingTokensIsSlow(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	h := New(Config{Keys: twoApps(), Sink: &shelf{}, Now: func() time.Time { return now }})
	codes := map[int]int{}
	for range 100 {
		codes[get(h, "hub.mode=subscribe&hub.challenge=1&hub.verify_token=guess").Code]++
	}
	if codes[403] != 10 || codes[429] != 90 {
		t.Errorf("answers %v", codes)
	}
	if w := get(h, "hub.mode=subscribe&hub.challenge=1&hub.verify_token=let-me-in"); w.Code != 200 {
		t.Errorf("the right token is shut out: %d", w.Code)
	}
	now = now.Add(time.Minute)
	if w := get(h, "hub.mode=subscribe&hub.challenge=1&hub.verify_token=guess"); w.Code != 403 {
		t.Errorf("a minute later: %d", w.Code)
	}
}
