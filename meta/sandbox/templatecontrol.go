package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The control address of templates, for tests and training:
//
//	GET  /sandbox/templates                    every template with all its fields
//	POST /sandbox/templates                    {"hold_review":true|false}: whether new and edited templates stay PENDING
//	POST /sandbox/templates/{id or name}       makes something happen to one template (by name: in every language, or in "language"):
//	  "status"            one of Meta's events: APPROVED REJECTED PENDING PAUSED DISABLED FLAGGED REINSTATED IN_APPEAL ARCHIVED UNARCHIVED
//	                      DELETED PENDING_DELETION LIMIT_EXCEEDED LOCKED; with "reason" for REJECTED, and "rejection_info",
//	                      "disable_info" and "other_info" as they shall be sent
//	  "pause"             true: paused for its quality (3 hours, then 6, then disabled); or the number of seconds; "unpause" true ends it
//	  "quality"           GREEN YELLOW RED UNKNOWN; RED pauses an approved template
//	  "category"          changed at once; "correct_category" announced and changed after a day, or after "in" seconds
//	  "components"        replaced by Meta (also "edit_components")
//	  "silent"            true: no webhook tells of it
//
// It answers {"templates":[…]} as they are now, or were when they are gone.
func (s *Server) controlTemplates(w http.ResponseWriter, r *http.Request, rest []string, m map[string]any) {
	origin := originOf(s, r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	if len(rest) == 0 {
		if v, has := m["hold_review"]; has {
			on, ok := asBool(v)
			if !ok {
				controlError(w, http.StatusBadRequest, "hold_review must be true or false")
				return
			}
			s.holdReviews(on)
		}
		writeJSON(w, http.StatusOK, s.templatesAnswer(s.w.templates, origin))
		return
	}
	found := s.templatesBy(rest[0], asText(m["language"]))
	if len(found) == 0 {
		controlError(w, http.StatusNotFound, "there is no such template")
		return
	}
	if r.Method == http.MethodPost {
		if problem := s.checkOrders(m); problem != "" {
			controlError(w, http.StatusBadRequest, problem)
			return
		}
		silent, _ := asBool(m["silent"])
		s.w.silent = silent
		for _, t := range found {
			s.order(t, m)
		}
		s.w.silent = false
	}
	writeJSON(w, http.StatusOK, s.templatesAnswer(found, origin))
}

func (s *Server) templatesAnswer(ts []*template, origin string) map[string]any {
	out := make([]any, 0, len(ts))
	for _, t := range ts {
		out = append(out, t.node(s, origin).values)
	}
	return map[string]any{"templates": out}
}

// templatesBy finds templates by id, else by name.
func (s *Server) templatesBy(what, language string) []*template {
	if u, err := url.PathUnescape(what); err == nil {
		what = u
	}
	if t := s.w.template(what); t != nil {
		return []*template{t}
	}
	var out []*template
	for _, t := range s.w.templates {
		if t.name == what && (language == "" || strings.EqualFold(strings.ReplaceAll(language, "-", "_"), t.language)) {
			out = append(out, t)
		}
	}
	return out
}

// holdReviews stops reviews; letting them go again reviews what waits.
func (s *Server) holdReviews(on bool) {
	was := s.w.holdReview
	s.w.holdReview = on
	if was && !on {
		for _, t := range s.w.templates {
			if t.status == "PENDING" && !t.sample {
				s.review(t)
			}
		}
	}
}

var orderedEvents = strings.Fields(`APPROVED REJECTED PENDING PAUSED DISABLED FLAGGED REINSTATED IN_APPEAL ARCHIVED UNARCHIVED DELETED
	PENDING_DELETION LIMIT_EXCEEDED LOCKED`)

// checkOrders says what is wrong with a control body; "" when nothing is.
func (s *Server) checkOrders(m map[string]any) string {
	some := false
	for k, known := range map[string][]string{
		"status": orderedEvents, "quality": templateQualities, "category": categories, "correct_category": categories,
	} {
		v := asText(m[k])
		some = some || v != ""
		if v != "" && !contains(known, strings.ToUpper(v)) {
			return k + " must be one of " + strings.Join(known, ", ")
		}
	}
	for _, k := range []string{"pause", "unpause", "components", "edit_components"} {
		some = some || m[k] != nil
	}
	if !some {
		return "give status, pause, unpause, quality, category, correct_category or components"
	}
	for _, k := range []string{"components", "edit_components"} {
		if v, has := m[k]; has && asList(v) == nil {
			return k + " must be a list"
		}
	}
	for _, k := range []string{"in", "pause"} {
		if _, isBool := asBool(m[k]); m[k] != nil && !isBool {
			if n, ok := asInt(m[k]); !ok || n < 0 || n > 365*24*3600 {
				return k + " must be a number of seconds"
			}
		}
	}
	return ""
}

// order carries a checked control body out. Callers hold Server.mu.
func (s *Server) order(t *template, m map[string]any) {
	for _, k := range []string{"components", "edit_components"} {
		if l := asList(m[k]); l != nil {
			t.components, t.updated = s.normal(l, t.category, t.language), s.now()
			s.tellComponents(t)
		}
	}
	if c := strings.ToUpper(asText(m["category"])); c != "" {
		s.recategorise(t, c)
	}
	if c := strings.ToUpper(asText(m["correct_category"])); c != "" {
		after := categoryDay
		if n, ok := asInt(m["in"]); ok {
			after = time.Duration(n) * time.Second
		}
		s.planCategory(t, c, after)
	}
	if q := strings.ToUpper(asText(m["quality"])); q != "" {
		s.rate(t, q)
	}
	if on, isBool := asBool(m["pause"]); isBool && on {
		s.pause(t)
	} else if n, ok := asInt(m["pause"]); ok && n > 1 {
		t.round++
		s.pauseFor(t, time.Duration(n)*time.Second, "RATE_LIMITING_PAUSE", "The template was paused for a while.")
	}
	if on, _ := asBool(m["unpause"]); on {
		s.unpause(t)
	}
	if e := strings.ToUpper(asText(m["status"])); e != "" {
		s.orderStatus(t, e, m)
	}
}

// statusAfter are the events that are not themselves a status.
var statusAfter = map[string]string{"FLAGGED": "", "LOCKED": "", "REINSTATED": "APPROVED", "UNARCHIVED": "APPROVED"}

func (s *Server) orderStatus(t *template, event string, m map[string]any) {
	more := map[string]any{}
	for _, k := range []string{"rejection_info", "disable_info", "other_info"} {
		if o := asObject(m[k]); o != nil {
			more[k] = o
		}
	}
	t.round++
	t.updated = s.now()
	status, special := statusAfter[event]
	switch {
	case !special:
		t.status = event
	case status != "":
		t.status = status
	}
	switch event {
	case "REJECTED":
		v := rejected(strings.ToUpper(asText(m["reason"])))
		if v.reason == "" {
			v = rejected("INVALID_FORMAT")
		}
		t.reason = v.reason
		if more["rejection_info"] == nil && v.why != "" {
			more["rejection_info"] = map[string]any{"reason": v.why, "recommendation": v.mend}
		}
	case "DISABLED":
		if more["disable_info"] == nil {
			s.disable(t, t.updated)
			return
		}
	case "FLAGGED":
		if more["disable_info"] == nil {
			at := t.updated.Add(48 * time.Hour)
			more["disable_info"] = map[string]any{"disable_date": at.Unix()}
			s.plan(at, t, func() { s.disable(t, at) })
		}
	case "APPROVED", "REINSTATED":
		t.reason = ""
	case "DELETED":
		s.w.templates = slices.DeleteFunc(s.w.templates, func(x *template) bool { return x == t })
	case "PENDING":
		s.review(t)
	}
	if r := asText(m["reason"]); r != "" && event != "REJECTED" {
		more["reason"] = r
	}
	s.tellStatus(t, event, more)
}
