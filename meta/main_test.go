package meta

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary is a token that must not show up anywhere but in the Authorization header.
const canary = "EAAcanaryTokenThatNobodyMaySee0123456789"

// clockwork is a time that moves only when somebody sleeps.
type clockwork struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newClock() *clockwork { return &clockwork{now: time.Unix(1_790_000_000, 0)} }

func (c *clockwork) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clockwork) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.slept = append(c.slept, d)
	return ctx.Err()
}

// graph is a server that answers like the Graph API, and a client of it whose time is the returned clock's.
func graph(t *testing.T, h http.HandlerFunc) (*Client, *clockwork) {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return clientOf(t, srv.URL+"/v26.0", nil)
}

func clientOf(t *testing.T, base string, change func(*Config)) (*Client, *clockwork) {
	t.Helper()
	tr := NewTransport()
	tr.Proxy = nil
	t.Cleanup(tr.CloseIdleConnections)
	clk := newClock()
	cfg := Config{
		BaseURL: base, AccessToken: canary, AppID: "42", AppSecret: "s3cret", HTTP: &http.Client{Transport: tr},
		Now: clk.Now, Sleep: clk.Sleep, Rand: func() float64 { return 0 },
	}
	if change != nil {
		change(&cfg)
	}
	return NewClient(cfg), clk
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

func refuseWith(code, status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		b, _ := json.Marshal(map[string]any{"error": map[string]any{"message": "m", "type": "OAuthException", "code": code}})
		answer(w, status, string(b))
	}
}
