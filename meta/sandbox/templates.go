package sandbox

import (
	"slices"
	"strings"
	"time"
)

// template is one message template in one language.
type template struct {
	id            string
	name          string
	language      string
	category      string
	subCategory   string
	status        string
	format        string // POSITIONAL or NAMED
	displayFormat string
	library       string // name in the library that it was made from
	components    []any  // as answered, media samples as "sample:ID"; never changed in place
	reason        string // of a rejection
	correct       string // the category that Meta plans
	previous      string // the category before Meta's change
	quality       string // GREEN YELLOW RED, "" unknown
	qualityAt     time.Time
	ttl           *int
	untracked     bool // cta_url_link_tracking_opted_out
	updated       time.Time
	edits         []time.Time // while approved
	pauses        int         // how often its quality paused it
	round         int         // counts reviews and changes of state, so that a plan made before does nothing after
	sample        bool        // came with the account
}

var (
	templateStatuses  = strings.Fields(`APPROVED PENDING REJECTED PAUSED DISABLED IN_APPEAL PENDING_DELETION DELETED LIMIT_EXCEEDED ARCHIVED`)
	templateQualities = strings.Fields(`GREEN YELLOW RED UNKNOWN`)
	categories        = []string{"AUTHENTICATION", "MARKETING", "UTILITY"}
	// oldCategories stand on old templates only, so a filter may name them.
	oldCategories = strings.Fields(`FREE_SERVICE ACCOUNT_UPDATE PAYMENT_UPDATE PERSONAL_FINANCE_UPDATE SHIPPING_UPDATE RESERVATION_UPDATE
		ISSUE_RESOLUTION APPOINTMENT_UPDATE TRANSPORTATION_UPDATE TICKET_UPDATE ALERT_UPDATE AUTO_REPLY TRANSACTIONAL OTP`)
)

func (t *template) score() string {
	if t.quality == "" {
		return "UNKNOWN"
	}
	return t.quality
}

// sendable is true while messages with the template are taken.
func (t *template) sendable() bool { return t.status == "APPROVED" }

// node is the template as a reader sees it. origin is where its samples can be fetched.
func (t *template) node(s *Server, origin string) node {
	v := map[string]any{
		"id": t.id, "name": t.name, "language": t.language, "category": t.category, "status": t.status, "parameter_format": t.format,
		"components": s.shown(t.components, origin), "rejected_reason": "NONE", "last_updated_time": t.updated.Unix(), "source": "manual",
		"cta_url_link_tracking_opted_out": t.untracked, "health_status": s.templateHealth(t),
	}
	score := map[string]any{"score": t.score(), "date": t.updated.Unix()}
	if !t.qualityAt.IsZero() {
		score["date"] = t.qualityAt.Unix()
	}
	if t.quality == "RED" || t.quality == "YELLOW" {
		score["reasons"] = []any{"BLOCK_RATE"}
	}
	v["quality_score"] = score
	for k, s := range map[string]string{
		"rejected_reason": t.reason, "sub_category": t.subCategory, "correct_category": t.correct, "previous_category": t.previous,
		"display_format": t.displayFormat, "library_template_name": t.library,
	} {
		if s != "" {
			v[k] = s
		}
	}
	if t.ttl != nil {
		v["message_send_ttl_seconds"] = *t.ttl
	}
	return node{
		typ: "WhatsAppMessageTemplate", values: v,
		known: strings.Fields(`sub_category correct_category previous_category message_send_ttl_seconds library_template_name display_format
			is_primary_device_delivery_only is_sms_fallback_enabled ad_account_id ad_campaign_id ad_adset_id ad_id bid_spec degrees_of_freedom_spec
			send_type creative_sourcing_spec`),
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

func (w *world) removeTemplate(t *template) {
	w.templates = slices.DeleteFunc(w.templates, func(x *template) bool { return x == t })
}

// templateLimit is how many templates the account may have: 250 until the business is verified.
func (s *Server) templateLimit() int {
	switch {
	case s.cfg.Limits.Templates != 0:
		return s.cfg.Limits.Templates
	case s.cfg.Unverified:
		return 250
	}
	return 6000
}

// listTemplates pages through the account's templates, newest first (Meta: Templates API).
func (c *call) listTemplates() (any, *graphErr) {
	if e := c.checkFilters(); e != nil {
		return nil, e
	}
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
		v, e := t.node(c.s, c.origin()).pick(c.p.str("fields"))
		if e != nil {
			return nil, e
		}
		data = append(data, v)
	}
	out := list(data, pg)
	if sum := c.p.str("summary"); sum != "" || c.p.has("summary") {
		out["summary"] = c.summary(sum, len(found))
	}
	return out, nil
}

func (c *call) summary(asked string, total int) map[string]any {
	limit := c.s.templateLimit()
	if limit < 0 {
		limit = 6000
	}
	all := map[string]any{
		"total_count": total, "message_template_count": len(c.s.w.templates), "message_template_limit": limit, "are_translations_complete": true,
	}
	if v, ok := asBool(asked); ok && v {
		return all
	}
	out := map[string]any{}
	for _, f := range c.wordsOf("summary") {
		if v, ok := all[f]; ok {
			out[f] = v
		}
	}
	return out
}

// wordsOf reads a parameter that may be a JSON list or words between commas.
func (c *call) wordsOf(param string) []string {
	l := asList(c.p.v[param])
	if l == nil {
		return splitFields(c.p.str(param))
	}
	var out []string
	for _, v := range l {
		out = append(out, asText(v))
	}
	return out
}

// checkFilters refuses filters with values that do not exist.
func (c *call) checkFilters() *graphErr {
	for param, known := range map[string][]string{
		"status": templateStatuses, "category": append(append([]string{}, categories...), oldCategories...), "quality_score": templateQualities,
		"source": {"MANUAL", "AUTO_GENERATED"},
	} {
		for _, v := range c.wordsOf(param) {
			if !contains(known, strings.ToUpper(v)) {
				return wrongParam("filter", "Param %s must be one of {%s} - got %q.", param, strings.Join(known, ", "), clip(v, 40))
			}
		}
	}
	return nil
}

// matches applies the filters of the list.
func (c *call) matches(t *template) bool {
	is := func(param, value string) bool {
		words := c.wordsOf(param)
		return len(words) == 0 || slices.ContainsFunc(words, func(x string) bool { return strings.EqualFold(x, value) })
	}
	has := func(param, value string) bool {
		s := strings.ToLower(c.p.str(param))
		return s == "" || strings.Contains(strings.ToLower(value), s)
	}
	text := t.text("HEADER") + "\n" + t.text("BODY") + "\n" + t.text("FOOTER")
	return has("name", t.name) && has("content", text) && has("name_or_content", t.name+"\n"+text) &&
		is("language", t.language) && is("category", t.category) && is("status", t.status) && is("quality_score", t.score()) && is("source", "manual")
}

// part is the template's component of a type, nil without one.
func (t *template) part(typ string) map[string]any {
	for _, v := range t.components {
		if o := asObject(v); strings.EqualFold(asText(o["type"]), typ) {
			return o
		}
	}
	return nil
}

func (t *template) text(typ string) string { return asText(t.part(typ)["text"]) }

func (c *call) getTemplate() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	t := c.s.w.template(c.id)
	if t == nil {
		return nil, unsupported(c.method, c.id)
	}
	return t.node(c.s, c.origin()).pick(c.p.str("fields"))
}
