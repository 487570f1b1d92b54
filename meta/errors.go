package meta

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is an answer of the Graph API that says no. Its text never holds the token or the request.
type Error struct {
	HTTPStatus int
	Code       int
	Subcode    int
	Type       string
	Message    string // Meta's own text; may hold what was sent, so show it only as a detail
	Details    string // error_data.details, or error_data itself where it is a string
	UserTitle  string
	UserMsg    string
	FBTraceID  string
	Transient  bool          // is_transient; meaningful on management calls
	RetryAfter time.Duration // from the Retry-After header, 0 when absent
	Raw        []byte        // the answer as it came, at most 64 KiB
}

// Error says what was refused, for a log.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "meta: HTTP %d", e.HTTPStatus)
	if e.Code != 0 || e.Type != "" {
		fmt.Fprintf(&b, ", code %d", e.Code)
	}
	if e.Subcode != 0 {
		fmt.Fprintf(&b, "/%d", e.Subcode)
	}
	if t := e.text(); t != "" {
		b.WriteString(": ")
		b.WriteString(t)
	}
	if e.FBTraceID != "" {
		b.WriteString(" (trace ")
		b.WriteString(e.FBTraceID)
		b.WriteString(")")
	}
	return b.String()
}

// text is the most telling of Meta's texts: titles are unstable, details say which parameter.
func (e *Error) text() string {
	switch {
	case e.UserMsg != "" && e.UserTitle != "":
		return e.UserTitle + ": " + e.UserMsg
	case e.UserMsg != "":
		return e.UserMsg
	case e.Details != "" && e.Message != "" && e.Details != e.Message:
		return e.Message + ": " + e.Details
	case e.Details != "":
		return e.Details
	}
	return e.Message
}

// TransportError is a call that got no usable answer.
type TransportError struct {
	Op   string // method and path, without query
	Sent bool   // bytes of the request may have reached Meta, so it may have been carried out
	Err  error  // the cause, without the address
}

// Error names the call and the cause.
func (e *TransportError) Error() string {
	where := "before anything was sent"
	if e.Sent {
		where = "after the request was sent"
	}
	return fmt.Sprintf("meta: %s: no answer, %s: %v", e.Op, where, e.Err)
}

// Unwrap gives the cause.
func (e *TransportError) Unwrap() error { return e.Err }

// InputError is a request that was not made because it could not be right.
type InputError struct{ Field, Reason string }

// Error names the field and what is wrong with it.
func (e *InputError) Error() string { return "meta: " + e.Field + " " + e.Reason }

// ErrBadAnswer is the cause of a TransportError whose answer came but could not be understood.
var ErrBadAnswer = errors.New("answer is not what the Graph API sends")

// graphError reads an error answer. Anything that is not Graph's envelope (a proxy's page, an empty body) still becomes an
// Error with its HTTP status.
func graphError(r reply, now time.Time) *Error {
	e := &Error{HTTPStatus: r.status, RetryAfter: retryAfter(r.header.Get("Retry-After"), now)}
	e.Raw = bytes.Clone(r.body[:min(len(r.body), 64<<10)])
	if !e.decode(r.body) {
		e.Message = http.StatusText(r.status)
		e.FBTraceID = r.header.Get("X-Fb-Trace-Id")
	}
	return e
}

// decode fills e from {"error":{…}} and reports whether body was one.
func (e *Error) decode(body []byte) bool {
	var env struct {
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(body, &env) != nil || len(env.Error) == 0 {
		return false
	}
	var g struct {
		Message   String          `json:"message"`
		Type      String          `json:"type"`
		Code      Int             `json:"code"`
		Subcode   Int             `json:"error_subcode"`
		Transient bool            `json:"is_transient"`
		UserTitle String          `json:"error_user_title"`
		UserMsg   String          `json:"error_user_msg"`
		Data      json.RawMessage `json:"error_data"`
		Trace     String          `json:"fbtrace_id"`
	}
	if lenient(env.Error, &g) != nil {
		return false
	}
	e.Message, e.Type, e.Code, e.Subcode = string(g.Message), string(g.Type), int(g.Code), int(g.Subcode)
	e.Transient, e.UserTitle, e.UserMsg, e.FBTraceID = g.Transient, string(g.UserTitle), string(g.UserMsg), string(g.Trace)
	e.Details = errorDetails(g.Data)
	return true
}

// errorDetails reads error_data, which is an object with details, an object with other things, or a string.
func errorDetails(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		var inner struct {
			Details string `json:"details"`
		}
		if json.Unmarshal([]byte(s), &inner) == nil && inner.Details != "" {
			return inner.Details
		}
		return s
	}
	var o struct {
		Details String `json:"details"`
		Blame   any    `json:"blame_field_specs"`
	}
	if json.Unmarshal(raw, &o) != nil {
		return string(raw)
	}
	if o.Details == "" && o.Blame != nil {
		return fmt.Sprintf("fields: %v", o.Blame)
	}
	return string(o.Details)
}

// retryAfter reads the header in both its forms, seconds and a date.
func retryAfter(h string, now time.Time) time.Duration {
	h = strings.TrimSpace(h)
	if h == "" {
		return 0
	}
	if n, err := strconv.Atoi(h); err == nil {
		return time.Duration(min(max(n, 0), 7*24*3600)) * time.Second
	}
	if t, err := http.ParseTime(h); err == nil && t.After(now) {
		return min(t.Sub(now), 7*24*time.Hour)
	}
	return 0
}
