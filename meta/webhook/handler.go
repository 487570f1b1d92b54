// Package webhook is the listener's handler: it answers Meta's handshake, lets in only what Meta signed, and hands the raw
// body to a Sink that keeps it before Meta is told 200. Decode turns a kept body into typed events, dropping nothing.
package webhook

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// MaxBody is the largest body Meta sends, in bytes (Meta: webhooks, payload size).
const MaxBody = 3 << 20

// Keys knows what verifies requests.
type Keys interface {
	// VerifyToken reports whether token is one that was set up. Compare with EqualSecret. An empty token never is.
	VerifyToken(ctx context.Context, token string) bool
	// AppSecrets gives the secrets of the apps that may speak for the WABA, none when it is unknown; "" asks for all.
	AppSecrets(ctx context.Context, wabaID string) ([][]byte, error)
}

// Sink keeps bodies.
type Sink interface {
	// Receive returns once the body is safe on disk. raw belongs to the Sink.
	Receive(ctx context.Context, raw []byte, receivedAt time.Time) error
}

// Config is what a Handler needs.
type Config struct {
	Keys        Keys
	Sink        Sink
	Log         *slog.Logger
	Now         func() time.Time
	MaxInFlight int // requests at once, 0 = 64; more are answered 503 and come again
}

// Handler serves the webhook on any path. It is safe for concurrent use.
type Handler struct {
	cfg Config
}

// New makes a handler.
func New(cfg Config) *Handler { return &Handler{cfg: cfg} }

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "not ready", http.StatusServiceUnavailable)
}

// Stats counts what came since the start.
type Stats struct {
	Accepted         int64
	RefusedSignature int64
	RefusedOther     int64
	LastReceived     time.Time // zero = never
	LastRefused      time.Time
}

// Stats gives the counters.
func (h *Handler) Stats() Stats { return Stats{} }
