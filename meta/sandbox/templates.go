package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// template is one message template in one language.
type template struct {
	id         string
	name       string
	language   string
	category   string
	status     string
	format     string // POSITIONAL or NAMED
	components []any
	reason     string
	ttl        int
	updated    time.Time
	edits      []time.Time
	sample     bool
}

func (t *template) node(s *Server) node {
	v := map[string]any{
		"id": t.id, "name": t.name, "language": t.language, "category": t.category, "status": t.status, "parameter_format": t.format,
		"components": t.components, "rejected_reason": "NONE", "last_updated_time": t.updated.Unix(), "source": "manual",
		"quality_score": map[string]any{"score": "UNKNOWN", "date": t.updated.Unix()}, "cta_url_link_tracking_opted_out": false,
		"health_status": s.templateHealth(t),
	}
	if t.reason != "" {
		v["rejected_reason"] = t.reason
	}
	if t.ttl != 0 {
		v["message_send_ttl_seconds"] = t.ttl
	}
	return node{
		typ: "WhatsAppMessageTemplate", values: v,
		known: strings.Fields(`sub_category correct_category previous_category message_send_ttl_seconds library_template_name display_format
			is_primary_device_delivery_only is_sms_fallback_enabled ad_account_id ad_campaign_id ad_adset_id ad_id bid_spec degrees_of_freedom_spec`),
		defaults: []string{"name", "parameter_format", "components", "language", "status", "category", "sub_category", "previous_category"},
	}
}

func (s *Server) templateHealth(t *template) map[string]any {
	h := s.health("MESSAGE_TEMPLATE", t.id)
	if t.status != "APPROVED" {
		h["can_send_message"] = "BLOCKED"
		e := asList(h["entities"])[0].(map[string]any)
		e["can_send_message"] = "BLOCKED"
		e["errors"] = []any{map[string]any{
			"error_code": 141002, "error_description": "The template is not approved.", "possible_solution": "Wait for its review or edit it.",
		}}
	}
	return h
}

func (w *world) template(id string) *template {
	i := slices.IndexFunc(w.templates, func(t *template) bool { return t.id == id })
	if i < 0 {
		return nil
	}
	return w.templates[i]
}

func (w *world) templateNamed(name, language string) *template {
	for _, t := range w.templates {
		if t.name == name && t.language == language {
			return t
		}
	}
	return nil
}

// listTemplates pages through the account's templates, newest first (Meta: Templates API).
func (c *call) listTemplates() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	var found []*template
	for i := len(c.s.w.templates) - 1; i >= 0; i-- {
		if t := c.s.w.templates[i]; c.matches(t) {
			found = append(found, t)
		}
	}
	from, to, pg, e := c.paging(len(found), 1000)
	if e != nil {
		return nil, e
	}
	var data []any
	for _, t := range found[from:to] {
		v, e := t.node(c.s).pick(c.p.str("fields"))
		if e != nil {
			return nil, e
		}
		data = append(data, v)
	}
	out := list(data, pg)
	if sum := c.p.str("summary"); sum != "" {
		out["summary"] = c.summary(sum, len(found))
	}
	return out, nil
}

func (c *call) summary(asked string, total int) map[string]any {
	all := map[string]any{
		"total_count": total, "message_template_count": len(c.s.w.templates), "message_template_limit": 6000, "are_translations_complete": true,
	}
	if v, ok := asBool(asked); ok && v {
		return all
	}
	out := map[string]any{}
	for _, f := range splitFields(asked) {
		if v, ok := all[f]; ok {
			out[f] = v
		}
	}
	return out
}

// matches applies the filters of the list.
func (c *call) matches(t *template) bool {
	is := func(param, value string) bool {
		want := asList(c.p.v[param])
		if want == nil {
			s := c.p.str(param)
			return s == "" || slices.ContainsFunc(splitFields(s), func(x string) bool { return strings.EqualFold(x, value) })
		}
		return slices.ContainsFunc(want, func(x any) bool { return strings.EqualFold(asText(x), value) })
	}
	has := func(param, value string) bool {
		s := strings.ToLower(c.p.str(param))
		return s == "" || strings.Contains(strings.ToLower(value), s)
	}
	var text strings.Builder
	for _, x := range t.components {
		text.WriteString(asText(asObject(x)["text"]) + "\n")
	}
	return has("name", t.name) && has("content", text.String()) && has("name_or_content", t.name+"\n"+text.String()) &&
		is("language", t.language) && is("category", t.category) && is("status", t.status) && is("quality_score", "UNKNOWN") && is("source", "manual")
}

func (c *call) getTemplate() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	t := c.s.w.template(c.id)
	if t == nil {
		return nil, unsupported(c.method, c.id)
	}
	return t.node(c.s).pick(c.p.str("fields"))
}

// deleteTemplates removes by name, by id and name, or by a list of ids.
func (c *call) deleteTemplates() (any, *graphErr) {
	name, id := c.p.str("name"), c.p.str("hsm_id")
	var ids []string
	for _, x := range asList(c.p.v["hsm_ids"]) {
		ids = append(ids, asText(x))
	}
	switch {
	case len(ids) > 100:
		return nil, param100("Param hsm_ids must have at most 100 elements")
	case len(ids) == 0 && name == "":
		return nil, missing100("name")
	case len(ids) == 0 && id != "":
		ids = []string{id}
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	var gone []*template
	for _, want := range ids {
		t := c.s.w.template(want)
		if t == nil || name != "" && t.name != name {
			return nil, manage(2593002, "Message template not found", "No template of this account has this id and name.")
		}
		gone = append(gone, t)
	}
	if len(ids) == 0 {
		for _, t := range c.s.w.templates {
			if t.name == name {
				gone = append(gone, t)
			}
		}
	}
	if len(gone) == 0 {
		return nil, manage(2593002, "Message template not found", "No template of this account has this name.")
	}
	for _, t := range gone {
		if t.sample {
			return nil, manage(2388094, "Sample template cannot be deleted", "Templates that came with the account as samples stay.")
		}
		if t.status == "DISABLED" {
			return nil, manage(2388039, "Template cannot be deleted", "A disabled template cannot be deleted.")
		}
	}
	for _, t := range gone {
		if t.status == "APPROVED" {
			c.s.w.deleted[t.name+"/"+t.language] = c.now
		}
		c.s.w.templates = slices.DeleteFunc(c.s.w.templates, func(x *template) bool { return x == t })
		c.s.tellTemplate(t, "DELETED")
	}
	return success(), nil
}

func (c *call) unpauseTemplate() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	t := c.s.w.template(c.id)
	if t == nil {
		return nil, unsupported(http.MethodPost, c.id)
	}
	if t.status != "PAUSED" {
		return map[string]any{"success": false, "reason": "The template is not paused."}, nil
	}
	t.status = "APPROVED"
	c.s.tellTemplate(t, "APPROVED")
	return success(), nil
}

// tellTemplate announces a change of a template's status. Callers hold Server.mu.
func (s *Server) tellTemplate(t *template, event string) {
	id, _ := strconv.ParseInt(t.id, 10, 64)
	reason := t.reason
	if reason == "" {
		reason = "NONE"
	}
	s.announce("", "message_template_status_update", map[string]any{
		"event": event, "message_template_id": id, "message_template_name": t.name, "message_template_language": t.language,
		"reason": reason, "message_template_category": t.category,
	})
}

func (c *call) templateLibrary() (any, *graphErr) { return list(nil, nil), nil }
