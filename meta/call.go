package meta

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// call is one request to the Graph API.
type call struct {
	method string
	path   []string // escaped one by one
	query  url.Values
	json   any       // body as JSON
	form   io.Reader // body as it is, with contentType
	length int64     // of form, -1 unknown
	ctype  string
	token  string // instead of the account's access token
	scheme string // before the token, "Bearer" when empty
	head   http.Header
	rawq   string   // query that must stay as it is, before the rest
	base   *url.URL // instead of the client's
	again  bool     // doing it twice is the same as doing it once
	limit  time.Duration
}

func (q *call) op() string { return q.method + " /" + strings.Join(q.path, "/") }

// do makes the call once and decodes the answer into out (nil = only success matters).
func (c *Client) do(ctx context.Context, q call, out any) error {
	if c.err != nil {
		return c.err
	}
	for _, p := range q.path {
		if p == "" {
			return &InputError{Field: "id", Reason: "is missing in " + q.op()}
		}
	}
	limit := c.cfg.Timeout
	if q.limit > 0 {
		limit = q.limit
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	req, err := c.request(ctx, q)
	if err != nil {
		return err
	}
	start := c.cfg.Now()
	ans, sent, err := c.exchange(req, maxResponseSize)
	if err != nil {
		err = &TransportError{Op: q.op(), Sent: sent, Err: plainCause(err)}
		c.cfg.Log.Debug("graph call got no answer", "op", q.op(), "sent", sent, "err", err)
		return err
	}
	c.cfg.Log.Debug("graph call", "op", q.op(), "status", ans.status, "took", c.cfg.Now().Sub(start), "trace", ans.header.Get("X-Fb-Trace-Id"))
	if ans.status < 200 || ans.status > 299 {
		return graphError(ans, c.cfg.Now())
	}
	// Graph is known to answer 200 around an error envelope for batched and proxied calls.
	if e := new(Error); bytes.Contains(ans.body, []byte(`"error"`)) && e.decode(ans.body) && e.Code != 0 {
		e.HTTPStatus, e.Raw = ans.status, ans.body
		return e
	}
	if out == nil {
		out = new(json.RawMessage)
	}
	if err := lenient(ans.body, out); err != nil {
		return &TransportError{Op: q.op(), Sent: true, Err: fmt.Errorf("%w: %d bytes of %q", ErrBadAnswer, len(ans.body), ans.mediaType())}
	}
	return nil
}

// request builds the HTTP request: bearer header, proof, body that can be replayed only while nothing has been written.
func (c *Client) request(ctx context.Context, q call) (*http.Request, error) {
	token := q.token
	if token == "" {
		token = c.cfg.AccessToken
	}
	base := c.base
	if q.base != nil {
		base = q.base
	}
	u := base.JoinPath(escapePath(q.path)...)
	query := q.query
	if c.cfg.AppSecret != "" {
		if query == nil {
			query = url.Values{}
		}
		query.Set("appsecret_proof", c.proof(token))
	}
	if u.RawQuery = query.Encode(); q.rawq != "" {
		u.RawQuery = strings.TrimSuffix(q.rawq+"&"+u.RawQuery, "&")
	}

	var body io.Reader
	ctype := q.ctype
	switch {
	case q.json != nil:
		b, err := json.Marshal(q.json)
		if err != nil {
			return nil, unwrapInput(err)
		}
		body, ctype = bytes.NewReader(b), "application/json"
	case q.form != nil:
		body = q.form
	}
	req, err := http.NewRequestWithContext(ctx, q.method, u.String(), body)
	if err != nil {
		return nil, &InputError{Field: "request", Reason: "cannot be built for " + q.op()}
	}
	if q.form != nil && q.length != 0 {
		req.ContentLength = q.length
	}
	if ctype != "" {
		req.Header.Set("Content-Type", ctype)
	}
	for k, v := range q.head {
		req.Header[k] = v // as written: Meta documents some in small letters
	}
	if token != "" {
		scheme := q.scheme
		if scheme == "" {
			scheme = "Bearer"
		}
		req.Header.Set("Authorization", scheme+" "+token)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.cfg.UserAgent)
	return req, nil
}

// reply is an answer that has been read to its end.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// exchange sends req and reads at most limit bytes of the answer. sent reports whether bytes may have left this machine.
func (c *Client) exchange(req *http.Request, limit int64) (ans reply, sent bool, err error) {
	var wrote atomic.Bool
	trace := &httptrace.ClientTrace{
		// The transport takes another connection only when it wrote nothing to the one before.
		GotConn:      func(httptrace.GotConnInfo) { wrote.Store(false) },
		WroteHeaders: func() { wrote.Store(true) },
		WroteRequest: func(httptrace.WroteRequestInfo) { wrote.Store(true) },
	}
	req = req.WithContext(httptrace.WithClientTrace(req.Context(), trace))
	resp, err := c.http.Do(req)
	if err != nil {
		return reply{}, wrote.Load(), err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return reply{}, true, fmt.Errorf("reading the answer: %w", err)
	}
	if int64(len(body)) > limit {
		return reply{}, true, fmt.Errorf("%w: more than %d bytes", ErrBadAnswer, limit)
	}
	return reply{resp.StatusCode, resp.Header, body}, true, nil
}

// plainCause drops url.Error, whose text repeats the whole address with its query.
func plainCause(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func unwrapInput(err error) error {
	var in *InputError
	if errors.As(err, &in) {
		return in
	}
	return &InputError{Field: "request", Reason: "cannot be written as JSON"}
}

func escapePath(p []string) []string {
	out := make([]string, len(p))
	for i, s := range p {
		out[i] = url.PathEscape(s)
		if s == "." || s == ".." {
			out[i] = strings.ReplaceAll(s, ".", "%2E")
		}
	}
	return out
}

func (r reply) mediaType() string {
	t, _, _ := strings.Cut(r.header.Get("Content-Type"), ";")
	return t
}
