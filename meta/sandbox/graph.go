package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// call is one Graph request on its way through an edge.
type call struct {
	s       *Server
	r       *http.Request
	now     time.Time
	method  string
	version int      // the N of /vN.0; 26 without one
	id      string   // first path segment
	rest    []string // what follows the edge's name
	p       params
	body    []byte
	asApp   bool // the token is an app access token
	token   string
}

type handler func(*call) (any, *graphErr)

type nodeKind string

const (
	rootNode     nodeKind = "root"
	appNode      nodeKind = "app"
	wabaNode     nodeKind = "waba"
	phoneNode    nodeKind = "phone"
	businessNode nodeKind = "business"
	templateNode nodeKind = "template"
	mediaNode    nodeKind = "media"
	uploadNode   nodeKind = "upload"
	noNode       nodeKind = ""
)

var versioned = regexp.MustCompile(`^v(\d{1,3})\.\d{1,2}$`)

// graph answers one Graph request.
func (s *Server) graph(w http.ResponseWriter, r *http.Request) {
	c := &call{s: s, r: r, now: s.now(), method: r.Method, version: 26}
	segs := strings.FieldsFunc(r.URL.EscapedPath(), func(r rune) bool { return r == '/' })
	for i, seg := range segs {
		if u, err := url.PathUnescape(seg); err == nil {
			segs[i] = u
		}
	}
	if len(segs) > 0 {
		if m := versioned.FindStringSubmatch(segs[0]); m != nil {
			c.version, _ = strconv.Atoi(m[1])
			segs = segs[1:]
		}
	}
	w.Header().Set("facebook-api-version", fmt.Sprintf("v%d.0", c.version))
	c.answer(w, segs)
}

func (c *call) answer(w http.ResponseWriter, segs []string) {
	rawBody := len(segs) > 0 && strings.HasPrefix(segs[0], "upload:")
	cutAt := -1
	if c.takesUpload(segs) {
		if cutAt = c.s.takeCut(); cutAt >= 0 {
			c.r.Body = http.MaxBytesReader(nil, c.r.Body, int64(cutAt))
		}
	}
	var err error
	c.p, c.body, err = readParams(c.r, rawBody)
	if m := strings.ToUpper(c.p.str("method")); c.method == http.MethodPost && (m == http.MethodGet || m == http.MethodDelete) {
		c.method = m
	}
	if e := c.authenticate(segs); e != nil {
		c.refuse(w, e)
		return
	}
	if c.takesUpload(segs) && err != nil && !errors.Is(err, errTooLarge) {
		// The connection broke: what arrived is kept, and nobody is there to be answered.
		err = nil
		if cutAt < 0 {
			cutAt = len(c.body)
		}
	}
	if err != nil {
		e := fail(100, "%s", err.Error())
		if errors.Is(err, errTooLarge) {
			e.http = http.StatusRequestEntityTooLarge
		}
		c.refuse(w, e)
		return
	}
	c.s.mu.Lock()
	c.s.settle()
	c.s.mu.Unlock()
	kind, edge, name := c.locate(segs)
	rt, ok := routes[route{kind, edge, c.method}]
	if !ok {
		c.refuse(w, unsupported(c.method, name))
		return
	}
	if e := c.permitted(rt.who); e != nil {
		c.refuse(w, e)
		return
	}
	c.usage(w, kind, edge)
	if rt.managed {
		if e := c.countManagement(); e != nil {
			c.refuse(w, e)
			return
		}
	}
	f := c.s.takeFault(rt.fault)
	if f != nil && f.hang > 0 && !c.pause(f.hang) {
		cut(w)
		return
	}
	if f != nil && f.err != nil {
		c.refuse(w, f.err)
		return
	}
	v, e := rt.do(c)
	if f != nil && f.acceptThenDrop || cutAt >= 0 {
		cut(w)
		return
	}
	if e != nil {
		c.refuse(w, e)
		return
	}
	writeJSON(w, http.StatusOK, v)
}

// locate says which node and edge a path means; name is the object for the refusal.
func (c *call) locate(segs []string) (kind nodeKind, edge, name string) {
	if len(segs) == 0 {
		return rootNode, "", ""
	}
	c.id = segs[0]
	if len(segs) > 1 {
		edge = segs[1]
		c.rest = segs[2:]
	}
	if edge == "message_templates" && len(c.rest) > 0 { // archive and unarchive
		edge, c.rest = edge+"/"+c.rest[0], c.rest[1:]
	}
	if c.id == "oauth" && edge == "access_token" {
		return rootNode, "oauth/access_token", c.id
	}
	switch c.id {
	case "me", "debug_token", "message_template_library":
		return rootNode, c.id, c.id
	case "app":
		c.id = c.s.cred.AppID
	}
	return c.s.kindOf(c.id, len(c.rest)), edge, c.id
}

func (s *Server) kindOf(id string, deeper int) nodeKind {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case deeper > 1:
		return noNode
	case id == s.cred.AppID:
		return appNode
	case id == s.cred.WABAID:
		return wabaNode
	case id == s.businessID():
		return businessNode
	case s.w.phone(id) != nil:
		return phoneNode
	case strings.HasPrefix(id, "upload:"):
		return uploadNode
	case s.w.media[id] != nil:
		return mediaNode
	case s.w.template(id) != nil:
		return templateNode
	}
	return noNode
}

// businessID is the portfolio that owns the account; made from the account's id.
func (s *Server) businessID() string { return "9" + s.cred.WABAID }

// pause waits and is false when the caller or the server went away first.
func (c *call) pause(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-c.r.Context().Done():
	case <-c.s.ctx.Done():
	}
	return false
}

// cut ends the connection without an answer.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // net/http's own way to drop a connection that cannot be taken over
	}
	_ = conn.Close()
}

func (c *call) refuse(w http.ResponseWriter, e *graphErr) {
	if e.http == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `OAuth "Facebook Platform" "invalid_token" "`+strings.ReplaceAll(e.msg, `"`, `'`)+`"`)
	}
	if e.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(e.retryAfter.Seconds()))))
	}
	trace := c.s.dice.trace()
	w.Header().Set("x-fb-trace-id", trace)
	if e.rule != "" {
		w.Header().Set("X-Sandbox-Rule", e.rule)
	}
	writeJSON(w, e.http, e.envelope(trace))
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil { // values are built from decoded JSON; a failure is a mistake here
		status, b = http.StatusInternalServerError, []byte(`{"error":{"message":"An unknown error occurred","type":"OAuthException","code":1}}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	_, _ = w.Write(b) // a caller that left is its own affair
}

// origin is scheme and host as the caller knows them.
func (c *call) origin() string { return originOf(c.s, c.r) }

func originOf(s *Server, r *http.Request) string {
	if base, ok := s.base.Load().(string); ok {
		return base
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// hourCount counts management calls in the running hour.
type hourCount struct {
	from  time.Time
	calls int
}

func (c *call) countManagement() *graphErr {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	h := &c.s.w.hour
	if c.now.Sub(h.from) >= time.Hour || c.now.Before(h.from) {
		*h = hourCount{from: c.now}
	}
	h.calls++
	if lim := c.s.cfg.Limits.Hourly; lim >= 0 && h.calls > lim {
		e := fail(80007, "")
		e.transient = true
		return e
	}
	return nil
}

// usage sets the headers by which Graph tells how much of the quota is used (percent).
func (c *call) usage(w http.ResponseWriter, kind nodeKind, edge string) {
	if kind == phoneNode && edge == "messages" {
		return
	}
	c.s.mu.Lock()
	n := c.s.w.hour.calls
	c.s.mu.Unlock()
	pct := 0
	if lim := c.s.cfg.Limits.Hourly; lim > 0 {
		pct = min(100, 100*n/lim)
	}
	w.Header().Set("X-App-Usage", fmt.Sprintf(`{"call_count":%d,"total_time":%d,"total_cputime":%d}`, pct, pct/2, pct/3))
	regain := 0
	if pct >= 100 {
		regain = 60
	}
	w.Header().Set("X-Business-Use-Case-Usage", fmt.Sprintf(
		`{"%s":[{"type":"whatsapp","call_count":%d,"total_cputime":%d,"total_time":%d,"estimated_time_to_regain_access":%d}]}`,
		c.s.cred.WABAID, pct, pct/3, pct/2, regain))
}
