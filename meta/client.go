// Package meta is the client of Meta's Graph API for WhatsApp: it makes one call, says exactly what came of it, and
// classifies every failure by whether trying again is safe. One file holds one edge of the API.
package meta

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// DefaultBaseURL is the Graph API with the version that this client was written against.
const DefaultBaseURL = "https://graph.facebook.com/v26.0"

// Limits that a Config may leave at zero.
const (
	DefaultTimeout  = 30 * time.Second
	maxResponseSize = 8 << 20 // bytes of JSON; the largest list page is well below 1 MiB
)

// Config is what a Client needs. The zero value of every field but AccessToken has a sensible meaning.
type Config struct {
	BaseURL     string // with the version: https://graph.facebook.com/v26.0; empty = DefaultBaseURL
	AccessToken string // sent as a header only, never in an address
	AppID       string // needed for app-level subscriptions and uploads
	AppSecret   string // when set, every call carries appsecret_proof

	HTTP       *http.Client // its transport is used; redirects are never followed; nil = one shared transport
	Timeout    time.Duration
	UserAgent  string
	MediaHosts []string // further hosts that media may be fetched from; the BaseURL's own host always may
	ArchiveURL string   // base of the edges that archive templates; empty = Meta's, or BaseURL when that is not Meta's

	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error // returns ctx's error when it ends first
	Rand  func() float64                                   // in [0,1), for jitter
	Log   *slog.Logger
	Pacer *Pacer // when set, SendMessage waits for its turn and reports rate limits to it
}

// Client calls the Graph API for one account. It is safe for concurrent use.
type Client struct {
	cfg  Config
	base *url.URL
	http *http.Client
	err  error // why BaseURL cannot be used; every call returns it
}

// NewClient makes a client. A BaseURL that cannot be used is reported by the first call.
func NewClient(cfg Config) *Client {
	if cfg.BaseURL == "" {
		cfg.BaseURL = DefaultBaseURL
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = DefaultTimeout
	}
	if cfg.UserAgent == "" {
		cfg.UserAgent = "shopbell"
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Sleep == nil {
		cfg.Sleep = sleep
	}
	if cfg.Rand == nil {
		cfg.Rand = rand.Float64
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	c := &Client{cfg: cfg}
	c.base, c.err = parseBase(cfg.BaseURL)

	h := http.Client{Transport: sharedTransport}
	if cfg.HTTP != nil {
		h = *cfg.HTTP
	}
	// A redirect would carry the bearer token to wherever it points.
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.http = &h
	return c
}

// CloseIdle closes connections that are kept for the next call.
func (c *Client) CloseIdle() { c.http.CloseIdleConnections() }

// proof is appsecret_proof for the token: lowercase hex HMAC-SHA256 keyed with the app secret (Meta: Secure Graph API calls).
func (c *Client) proof(token string) string {
	m := hmac.New(sha256.New, []byte(c.cfg.AppSecret))
	m.Write([]byte(token))
	return hex.EncodeToString(m.Sum(nil))
}

// appToken is the app's own access token, or "" when id or secret are unknown.
func (c *Client) appToken() string {
	if c.cfg.AppID == "" || c.cfg.AppSecret == "" {
		return ""
	}
	return c.cfg.AppID + "|" + c.cfg.AppSecret
}

// sharedTransport keeps connections alive between clients. HTTP/1.1 on purpose: there one connection carries one request,
// so "were any bytes written?" has an answer, and the library repeats nothing that may have left this machine.
var sharedTransport = NewTransport()

// NewTransport is the transport that clients use unless told otherwise: HTTP/1.1, bounded, with timeouts on every step.
func NewTransport() *http.Transport {
	t := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  60 * time.Second,
		IdleConnTimeout:        60 * time.Second,
		ExpectContinueTimeout:  time.Second,
		MaxIdleConns:           288, // what the outbox has under way at most for a fast number, and some for the rest
		MaxIdleConnsPerHost:    288,
		MaxConnsPerHost:        288,
		MaxResponseHeaderBytes: 64 << 10,
		Protocols:              new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	return t
}

func parseBase(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(s, "/"))
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || u.RawQuery != "" {
		return nil, &InputError{Field: "base URL", Reason: "is not an http(s) address with a version, such as " + DefaultBaseURL}
	}
	return u, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
