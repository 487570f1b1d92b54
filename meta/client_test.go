package meta

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestEveryCallIsSigned(t *testing.T) {
	var got *http.Request
	c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Clone(context.Background())
		answer(w, 200, `{"id":7,"display_phone_number":"+1 631-555-5555","throughput":{"level":"STANDARD"}}`)
	})
	p, err := c.Phone(context.Background(), "1/2?x")
	if err != nil || p.ID != "7" || p.Throughput.Level != "STANDARD" {
		t.Fatalf("%+v %v", p, err)
	}
	if got.Header.Get("Authorization") != "Bearer "+canary || got.UserAgent() != "shopbell" {
		t.Errorf("headers %v", got.Header)
	}
	// printf EAAcanary… | openssl dgst -sha256 -hmac s3cret
	if proof := got.URL.Query().Get("appsecret_proof"); proof != "d78e7729ff55dd1346853e3eca212c54b3ff075581a15cc2fdedffa9f7d19afe" {
		t.Errorf("appsecret_proof %q", proof)
	}
	if strings.Contains(got.RequestURI, canary) {
		t.Error("the token stands in the address")
	}
	if got.URL.EscapedPath() != "/v26.0/1%2F2%3Fx" {
		t.Errorf("path %q", got.URL.EscapedPath())
	}
}

func TestNoSecretNoProof(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("appsecret_proof") {
			t.Error("a proof without a secret")
		}
		answer(w, 200, `{}`)
	}))
	defer srv.Close()
	c, _ := clientOf(t, srv.URL, func(cfg *Config) { cfg.AppSecret = "" })
	if _, err := c.WABA(context.Background(), "1"); err != nil {
		t.Fatal(err)
	}
}

func TestBaseURL(t *testing.T) {
	for _, base := range []string{"ftp://x/v1", "graph", "://", "https://user:pw@x/v1", "https://x/v1?token=1"} {
		c := NewClient(Config{BaseURL: base})
		var in *InputError
		if _, err := c.Phone(context.Background(), "1"); !errors.As(err, &in) {
			t.Errorf("%s: %v", base, err)
		}
	}
	if c := NewClient(Config{}); c.base.String() != DefaultBaseURL {
		t.Errorf("default %s", c.base)
	}
	var in *InputError
	if _, err := NewClient(Config{}).Phone(context.Background(), ""); !errors.As(err, &in) {
		t.Errorf("an empty id: %v", err)
	}
}

// The token goes where it was meant to and nowhere else, however the server points.
func TestRedirectsAreNotFollowed(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("followed to %s with %q", r.URL, r.Header.Get("Authorization"))
	}))
	defer elsewhere.Close()
	for _, code := range []int{301, 302, 303, 307, 308} {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, code) })
		_, err := c.SendMessage(context.Background(), "1", textTo("1"))
		var e *Error
		if !errors.As(err, &e) || e.HTTPStatus != code || Classify(err) != ClassPermanent {
			t.Errorf("%d: %v", code, err)
		}
		_, err = c.DownloadMedia(context.Background(), MediaInfo{URL: String(c.base.String() + "/x")}, io.Discard, 0)
		if !errors.As(err, &e) || e.HTTPStatus != code {
			t.Errorf("media, %d: %v", code, err)
		}
	}
}

// Neither errors nor logs may tell the token, the secret, or the address with its proof.
func TestSecretsStayOut(t *testing.T) {
	var log bytes.Buffer
	dead := httptest.NewServer(nil)
	dead.Close()
	for _, base := range []string{dead.URL, "http://no-such-host.invalid"} {
		c, _ := clientOf(t, base, func(cfg *Config) {
			cfg.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		})
		_, err := c.DebugToken(context.Background())
		if err == nil {
			t.Fatal("no error")
		}
		for _, s := range []string{err.Error(), log.String()} {
			if strings.Contains(s, canary) || strings.Contains(s, "s3cret") || strings.Contains(s, "appsecret_proof") {
				t.Errorf("tells a secret: %s", s)
			}
		}
		var u *url.Error
		if errors.As(err, &u) {
			t.Error("the cause still holds the address")
		}
	}
	if log.Len() == 0 {
		t.Error("nothing was logged, so nothing was tested")
	}
}

func TestAnswersAreBounded(t *testing.T) {
	c, _ := graph(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte(" "), maxResponseSize+1))
	})
	_, err := c.SendMessage(context.Background(), "1", textTo("1"))
	if !errors.Is(err, ErrBadAnswer) {
		t.Errorf("%v", err)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	peers := map[string]bool{}
	c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
		peers[r.RemoteAddr] = true
		answer(w, 200, `{"messages":[{"id":"wamid.1"}]}`)
	})
	for range 5 {
		if _, err := c.SendMessage(context.Background(), "1", textTo("1")); err != nil {
			t.Fatal(err)
		}
	}
	if len(peers) != 1 {
		t.Errorf("%d connections for 5 calls", len(peers))
	}
}
