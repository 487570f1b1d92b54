// Package webhook is the listener's handler: it answers Meta's handshake, lets in only what Meta signed, and hands the raw
// body to a Sink that keeps it before Meta is told 200. Decode turns a kept body into typed events, dropping nothing.
package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// MaxBody is the largest body Meta sends, in bytes (Meta: webhooks, payload size).
const MaxBody = 3 << 20

// defaultInFlight bounds memory: 64 bodies of 3 MiB at the very worst.
const defaultInFlight = 64

// Keys knows what verifies requests.
type Keys interface {
	// VerifyToken reports whether token is one that was set up. Compare with EqualSecret. An empty token never is.
	VerifyToken(ctx context.Context, token string) bool
	// AppSecrets gives the secrets of the apps that may speak for a WABA or a phone number, none when the id is unknown; "" asks for all.
	AppSecrets(ctx context.Context, id string) ([][]byte, error)
}

// Sink keeps bodies.
type Sink interface {
	// Receive returns once the body is safe on disk. raw is the Sink's until then, and no longer.
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

// Handler serves the webhook on any path. It is safe for concurrent use. Who is asking, and what proxies say about that,
// changes nothing: behind a tunnel every request comes from this machine. Serve it with NewServer, whose timeouts end a
// body that comes too slowly.
type Handler struct {
	cfg    Config
	slots  chan struct{}
	stats  counters
	tries  budget // refused handshakes
	lines  budget // log lines about refusals
	maxLen int64

	buffers sync.Pool // of *bytes.Buffer
}

// keepBuffer is the largest buffer that is used again, in bytes: ten times a usual body.
const keepBuffer = 16 << 10

// New makes a handler.
func New(cfg Config) *Handler {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.MaxInFlight <= 0 {
		cfg.MaxInFlight = defaultInFlight
	}
	return &Handler{
		cfg: cfg, slots: make(chan struct{}, cfg.MaxInFlight), maxLen: MaxBody,
		tries:   budget{size: 10, every: 6 * time.Second},
		lines:   budget{size: 5, every: time.Minute},
		buffers: sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 4<<10)) }},
	}
}

// ServeHTTP answers one request: GET is the handshake, POST a delivery.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler { //nolint:errorlint // a sentinel that is panicked, not returned
				panic(p)
			}
			h.cfg.Log.Error("webhook handler panicked", "panic", p, "stack", string(debug.Stack()))
			h.stats.refused(h.cfg.Now(), false)
			w.WriteHeader(http.StatusInternalServerError)
		}
	}()
	w.Header()["Cache-Control"], w.Header()["X-Content-Type-Options"] = noStore, noSniff
	switch r.Method {
	case http.MethodGet:
		h.handshake(w, r)
	case http.MethodPost:
		h.deliver(w, r)
	default:
		w.Header().Set("Allow", "GET, POST")
		h.refuse(w, http.StatusMethodNotAllowed, "method")
	}
}

// The same for every answer, which would otherwise make them anew.
var noStore, noSniff = []string{"no-store"}, []string{"nosniff"}

// Stats gives the counters.
func (h *Handler) Stats() Stats { return h.stats.read() }

// deliver takes one body. What can be refused by its headers is refused before a byte of the body is read.
func (h *Handler) deliver(w http.ResponseWriter, r *http.Request) {
	now := h.cfg.Now()
	sig, err := signatureOf(r.Header)
	switch {
	case r.Header.Get("Content-Encoding") != "":
		h.refuse(w, http.StatusUnsupportedMediaType, "content encoding")
		return
	case errors.Is(err, errNoSignature):
		h.refuse(w, http.StatusUnauthorized, "no signature")
		return
	case err != nil:
		h.refuse(w, http.StatusForbidden, "malformed signature")
		return
	case r.ContentLength > h.maxLen:
		h.refuse(w, http.StatusRequestEntityTooLarge, "body too large")
		return
	}
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	default:
		h.later(w, "too many at once")
		return
	}
	secrets, err := h.cfg.Keys.AppSecrets(r.Context(), "")
	if err != nil || !slices.ContainsFunc(secrets, func(k []byte) bool { return len(k) > 0 }) {
		// Without a key nothing can be verified, and nothing unverified is let in.
		h.later(w, "no app secret")
		return
	}
	buf := h.buffers.Get().(*bytes.Buffer)
	defer h.putBack(buf)
	if _, err := buf.ReadFrom(http.MaxBytesReader(w, r.Body, h.maxLen)); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			h.refuse(w, http.StatusRequestEntityTooLarge, "body too large")
			return
		}
		h.refuse(w, http.StatusRequestTimeout, "body incomplete")
		return
	}
	raw := buf.Bytes()
	secret, ok := sig.verify(raw, secrets)
	if !ok {
		h.refuse(w, http.StatusForbidden, "wrong signature")
		return
	}
	if ok, err := h.covers(r.Context(), raw, secret); err != nil {
		h.later(w, "app secrets cannot be read")
		return
	} else if !ok {
		h.refuse(w, http.StatusForbidden, "signature of another app")
		return
	}
	if err := h.cfg.Sink.Receive(r.Context(), raw, now); err != nil {
		h.cfg.Log.Error("webhook could not be stored; it will come again", "err", err)
		h.later(w, "not stored")
		return
	}
	h.stats.accepted(now)
	w.WriteHeader(http.StatusOK)
}

// covers reports whether the app that signed may speak for every WABA and every number in the body that is known here. Ids that are not
// (portfolios, dashboard tests) may come from any known app, and so may what is not JSON: nothing of it will be applied.
func (h *Handler) covers(ctx context.Context, raw, secret []byte) (bool, error) {
	asked := ""
	for _, id := range claims(raw) {
		if id == asked {
			continue
		}
		asked = id
		own, err := h.cfg.Keys.AppSecrets(ctx, id)
		if err != nil {
			return false, err
		}
		if len(own) > 0 && !containsSecret(own, secret) {
			return !json.Valid(raw), nil
		}
	}
	return true, nil
}

func (h *Handler) putBack(buf *bytes.Buffer) {
	if buf.Cap() <= keepBuffer {
		buf.Reset()
		h.buffers.Put(buf)
	}
}

// refuse says no, for good, and ends the connection: what follows on it is not worth reading.
func (h *Handler) refuse(w http.ResponseWriter, status int, why string) {
	now := h.cfg.Now()
	h.stats.refused(now, status == http.StatusUnauthorized || status == http.StatusForbidden)
	if n, ok := h.lines.take(now); ok {
		h.cfg.Log.Warn("webhook request refused", "status", status, "why", why, "unlogged", n)
	}
	h.end(w, status)
}

// later says not now: Meta delivers again for up to seven days.
func (h *Handler) later(w http.ResponseWriter, why string) {
	now := h.cfg.Now()
	h.stats.refused(now, false)
	if n, ok := h.lines.take(now); ok {
		h.cfg.Log.Warn("webhook request put off", "why", why, "unlogged", n)
	}
	w.Header().Set("Retry-After", "5")
	h.end(w, http.StatusServiceUnavailable)
}

func (h *Handler) end(w http.ResponseWriter, status int) {
	w.Header().Set("Connection", "close")
	// The server would otherwise read on, to reuse the connection; not every ResponseWriter can be told.
	_ = http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0))
	w.WriteHeader(status)
}
