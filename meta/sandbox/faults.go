package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// fault is one ordered misbehaviour.
type fault struct {
	edge           string // a name of routes, "webhooks", or "*" for every Graph edge
	count          int    // calls or webhooks that it still touches
	err            *graphErr
	hang           time.Duration
	acceptThenDrop bool
	cut            int // bytes of an upload that still arrive, when cuts
	cuts           bool
	duplicate      int // additional copies of each webhook
	shuffle        bool
	drop           bool
}

// takeFault finds the first fault for an edge and counts it down. nil means that all is well.
func (s *Server) takeFault(edge string) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.w.faults {
		if f.count > 0 && !f.cuts && (f.edge == edge || f.edge == "*") {
			f.count--
			s.sweepFaults()
			return f
		}
	}
	return nil
}

// takeCut is how many bytes of the next upload arrive before the connection breaks; -1 when nothing breaks it.
func (s *Server) takeCut() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.w.faults {
		if f.count > 0 && f.cuts {
			f.count--
			s.sweepFaults()
			return f.cut
		}
	}
	return -1
}

// webhookFault says what happens to the next webhook; hold is how many are still to come before a shuffle lets go. Callers hold Server.mu.
func (s *Server) webhookFault() (drop bool, copies, hold int) {
	for _, f := range s.w.faults {
		if f.edge != "webhooks" || f.count < 1 {
			continue
		}
		switch {
		case f.drop:
			if drop {
				continue
			}
			drop = true
		case f.shuffle:
			if hold > 0 {
				continue
			}
			hold = f.count
		default:
			copies += f.duplicate
		}
		f.count--
		if drop {
			break
		}
	}
	s.sweepFaults()
	return drop, copies, hold
}

func (s *Server) sweepFaults() {
	s.w.faults = slices.DeleteFunc(s.w.faults, func(f *fault) bool { return f.count < 1 })
}

// faultEdges are the names that a fault may use, with the other names people give them.
func faultEdges() map[string]string {
	m := map[string]string{
		"*": "*", "all": "*", "any": "*", "webhooks": "webhooks", "webhook": "webhooks", "media_download": "media_download",
		"message_templates": "templates", "whatsapp_business_profile": "profile", "message_qrdls": "qr", "phone": "phone_numbers",
		"marketing_messages": "messages", "deregister": "register", "upload": "uploads", "template": "templates", "message_template_library": "templates",
		"upsert_message_templates": "templates", "archive": "templates", "request_code": "phone_numbers", "verify_code": "phone_numbers",
	}
	for _, t := range routes {
		m[t.fault] = t.fault
	}
	return m
}

// readFault understands the body of POST /sandbox/faults.
func readFault(m map[string]any, edges map[string]string) (*fault, error) {
	f := &fault{count: 1}
	name := asText(m["edge"])
	if name == "" {
		return nil, fmt.Errorf("edge is required, e.g. messages, media, templates, phone_numbers, webhooks or *")
	}
	var ok bool
	if f.edge, ok = edges[name]; !ok {
		return nil, fmt.Errorf("edge %q is not known", clip(name, 60))
	}
	if v, has := m["count"]; has {
		if f.count, ok = asInt(v); !ok || f.count < 1 {
			return nil, fmt.Errorf("count must be a whole number greater than zero")
		}
	}
	kinds := 0
	for _, k := range []string{"error", "hang", "accept_then_drop", "cut", "duplicate", "shuffle", "drop"} {
		v, has := m[k]
		if !has || v == nil || v == false || k != "cut" && asText(v) == "0" {
			continue
		}
		kinds++
		hook := k == "duplicate" || k == "shuffle" || k == "drop"
		if hook != (f.edge == "webhooks") {
			return nil, fmt.Errorf("%s is not a fault of %s", k, f.edge)
		}
		if k == "cut" && f.edge != "uploads" {
			return nil, fmt.Errorf("cut is a fault of uploads")
		}
		if err := f.read(k, v); err != nil {
			return nil, err
		}
	}
	if kinds != 1 {
		return nil, fmt.Errorf("give exactly one of error, hang, accept_then_drop, cut, duplicate, shuffle and drop")
	}
	return f, nil
}

func (f *fault) read(kind string, v any) error {
	n, isNumber := asInt(v)
	switch kind {
	case "error":
		var err error
		f.err, err = readFaultError(asObject(v))
		return err
	case "hang":
		secs, err := time.ParseDuration(asText(v) + "s")
		if err != nil || secs <= 0 || secs > 24*time.Hour {
			return fmt.Errorf("hang must be a number of seconds greater than zero")
		}
		f.hang = secs
	case "accept_then_drop":
		if v != true {
			return fmt.Errorf("accept_then_drop must be true")
		}
		f.acceptThenDrop = true
	case "cut":
		if !isNumber || n < 0 {
			return fmt.Errorf("cut must be a number of bytes")
		}
		f.cut, f.cuts = n, true
	case "shuffle":
		if v != true {
			return fmt.Errorf("shuffle must be true")
		}
		f.shuffle = true
		f.count = max(f.count, 2)
	case "duplicate":
		if v == true {
			n, isNumber = 1, true
		}
		if !isNumber || n < 1 || n > 100 {
			return fmt.Errorf("duplicate must be a whole number from 1 to 100")
		}
		f.duplicate = n
	case "drop":
		if v == true {
			n, isNumber = 1, true
		}
		if !isNumber || n < 1 || n > 1_000_000 {
			return fmt.Errorf("drop must be a whole number greater than zero")
		}
		f.drop = true
		f.count = max(f.count, n)
	}
	return nil
}

func readFaultError(m map[string]any) (*graphErr, error) {
	if m == nil {
		return nil, fmt.Errorf("error must be an object with code")
	}
	code, ok := asInt(m["code"])
	if !ok || code < 0 {
		return nil, fmt.Errorf("error.code must be a whole number")
	}
	e := fail(code, "%s", asText(m["details"]))
	if asText(m["details"]) == "" {
		e.details = facts[code].details
	}
	e.transient = code == 2 || code == 80007
	if v, has := m["http"]; has {
		if e.http, ok = asInt(v); !ok || e.http < 400 || e.http > 599 {
			return nil, fmt.Errorf("error.http must be a status from 400 to 599")
		}
	}
	if s := asText(m["message"]); s != "" {
		e.msg = s
	}
	if v, has := m["subcode"]; has {
		e.subcode, _ = asInt(v)
	}
	if v, has := m["retry_after"]; has {
		secs, err := time.ParseDuration(asText(v) + "s")
		if err != nil || secs < 0 {
			return nil, fmt.Errorf("error.retry_after must be a number of seconds")
		}
		e.retryAfter = secs
	}
	if e.code == 190 && e.subcode == 0 {
		e.details = ""
	}
	return e, nil
}

// postFault is POST /sandbox/faults.
func (s *Server) postFault(w http.ResponseWriter, m map[string]any) {
	if v, has := m["token_expired"]; has {
		on, ok := asBool(v)
		if !ok {
			controlError(w, http.StatusBadRequest, "token_expired must be true or false")
			return
		}
		n := -1
		if c, has := m["count"]; has {
			if n, ok = asInt(c); !ok || n < 1 {
				controlError(w, http.StatusBadRequest, "count must be a whole number greater than zero")
				return
			}
		}
		if edge := asText(m["edge"]); edge != "" && edge != "*" && on {
			s.addTokenFault(w, edge, max(n, 1))
			return
		}
		if !on {
			n = 0
		}
		s.mu.Lock()
		s.w.expired = n
		s.mu.Unlock()
		writeJSON(w, http.StatusOK, success())
		return
	}
	f, err := readFault(m, faultEdges())
	if err != nil {
		controlError(w, http.StatusBadRequest, err.Error())
		return
	}
	s.mu.Lock()
	s.w.faults = append(s.w.faults, f)
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, success())
}

func (s *Server) addTokenFault(w http.ResponseWriter, edge string, count int) {
	name, ok := faultEdges()[edge]
	if !ok || name == "webhooks" {
		controlError(w, http.StatusBadRequest, fmt.Sprintf("edge %q is not known", clip(edge, 60)))
		return
	}
	s.mu.Lock()
	s.w.faults = append(s.w.faults, &fault{edge: name, count: count, err: expiredToken()})
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, success())
}
