package sandbox

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	templateName = regexp.MustCompile(`^[a-z0-9_]{1,512}$`)
	categories   = []string{"AUTHENTICATION", "MARKETING", "UTILITY"}
	languages    = strings.Fields(`af sq ar ar_EG ar_AE ar_LB ar_MA ar_QA ar_SA az be_BY bn bn_IN bg ca zh_CN zh_HK zh_TW hr cs da prs_AF nl nl_BE en en_GB
		en_US en_AE en_AU en_CA en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_ZA et fil fi fr fr_BE fr_CA fr_CH fr_CI fr_MA ka de de_AT
		de_CH el gu ha he hi hu id ga it ja kn kk rw_RW ko ky_KG lo lv lt mk ms ml mr nb ps_AF fa pl pt_BR pt_PT pa ro ru sr si_LK sk sl es es_AR
		es_CL es_CO es_CR es_DO es_EC es_HN es_MX es_PA es_PE es_ES es_UY es_VE sw sv ta te th tr uk ur uz vi zu`)
)

// createTemplate takes a new template into review.
func (c *call) createTemplate() (any, *graphErr) {
	name, lang := c.p.str("name"), c.p.str("language")
	cat := strings.ToUpper(c.p.str("category"))
	switch {
	case name == "":
		return nil, missing100("name")
	case lang == "":
		return nil, missing100("language")
	case cat == "":
		return nil, missing100("category")
	case !templateName.MatchString(name):
		e := manage(2388046, "Template name is not valid", "A name has 1 to 512 lower-case letters, digits and underscores.")
		e.data = map[string]any{"blame_field_specs": []any{[]any{"name"}}}
		return nil, e
	case !contains(languages, lang):
		return nil, param100("Param language must be one of the supported languages - got %q.", clip(lang, 40))
	case !contains(categories, cat):
		return nil, param100("Param category must be one of {UTILITY, MARKETING, AUTHENTICATION} - got %q.", clip(cat, 40))
	}
	format, e := c.parameterFormat()
	if e != nil {
		return nil, e
	}
	comps := asList(c.p.v["components"])
	if c.p.str("library_template_name") != "" {
		return nil, param100("Param library_template_name is not a template of the library.")
	}
	if comps == nil {
		return nil, missing100("components")
	}
	if e := checkComponents(comps, cat); e != nil {
		return nil, e
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	w := c.s.w
	if w.templateNamed(name, lang) != nil {
		return nil, manage(2388024, "Content in this language already exists", "There is already "+lang+" content for this template.")
	}
	if at, ok := w.deleted[name+"/"+lang]; ok && c.now.Sub(at) < 30*24*time.Hour {
		return nil, manage(2388023, "Message template language is being deleted", "New "+lang+" content cannot be added while the old is being deleted. Try again in 4 weeks or use another name.")
	}
	w.creations = slices.DeleteFunc(w.creations, func(t time.Time) bool { return c.now.Sub(t) >= time.Hour })
	if lim := c.s.cfg.Limits.CreateHour; len(w.templates) >= 6000 || lim >= 0 && len(w.creations) >= lim {
		return nil, manage(2388019, "Template limit reached", "The account has reached the number of templates it may create.")
	}
	w.creations = append(w.creations, c.now)
	ttl, _ := asInt(c.p.v["message_send_ttl_seconds"])
	t := &template{id: c.s.dice.id(), name: name, language: lang, category: cat, status: "PENDING", format: format, components: comps, ttl: ttl, updated: c.now}
	w.templates = append(w.templates, t)
	c.s.review(t)
	return map[string]any{"id": t.id, "status": t.status, "category": t.category}, nil
}

func (c *call) parameterFormat() (string, *graphErr) {
	switch f := strings.ToUpper(c.p.str("parameter_format")); f {
	case "":
		return "POSITIONAL", nil
	case "POSITIONAL", "NAMED":
		return f, nil
	default:
		return "", param100("Param parameter_format must be one of {POSITIONAL, NAMED} - got %q.", clip(f, 40))
	}
}

// checkComponents holds the rules without which a template could not be sent at all.
func checkComponents(comps []any, category string) *graphErr {
	seen := map[string]bool{}
	for _, v := range comps {
		o := asObject(v)
		typ := strings.ToUpper(asText(o["type"]))
		if o == nil || !contains([]string{"HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER", "CALL_PERMISSION_REQUEST"}, typ) {
			return param100("Param components must hold components of known types.")
		}
		if seen[typ] {
			return param100("Param components has more than one %s.", typ)
		}
		seen[typ] = true
		text := asText(o["text"])
		long := func(field string) *graphErr {
			return manage(2388040, "Character limit exceeded", "The field "+field+" has too many characters.")
		}
		switch {
		case typ == "BODY" && text == "" && category != "AUTHENTICATION":
			return manage(2388072, "Body is missing", "The body needs a text.")
		case typ == "BODY" && runes(text) > 1024:
			return long("body")
		case typ == "FOOTER" && runes(text) > 60:
			return long("footer")
		case typ == "FOOTER" && strings.Contains(text, "{{"):
			return manage(2388073, "Footer format is not valid", "A footer cannot have variables.")
		case typ == "HEADER" && runes(text) > 60:
			return long("header")
		case typ == "BUTTONS" && (len(asList(o["buttons"])) == 0 || len(asList(o["buttons"])) > 10):
			return param100("Param buttons must have 1 to 10 elements.")
		}
	}
	if !seen["BODY"] {
		return manage(2388072, "Body is missing", "A template needs a body.")
	}
	return nil
}

// review decides after a while. A name that contains "reject" is refused, every other is approved. Callers hold Server.mu.
func (s *Server) review(t *template) {
	w := s.w
	s.later(s.cfg.Pace.Read, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.w != w || t.status != "PENDING" || w.template(t.id) == nil {
			return
		}
		t.status, t.reason, t.updated = "APPROVED", "", s.now()
		if strings.Contains(t.name, "reject") {
			t.status, t.reason = "REJECTED", "INVALID_FORMAT"
		}
		s.tellTemplate(t, t.status)
	})
}

// editTemplate replaces components or category and sends the template back into review.
func (c *call) editTemplate() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	t := c.s.w.template(c.id)
	if t == nil {
		return nil, unsupported(c.method, c.id)
	}
	if t.status != "APPROVED" && t.status != "REJECTED" && t.status != "PAUSED" {
		return nil, manage(2388039, "Template cannot be edited", "A template can be edited while it is approved, rejected or paused.")
	}
	comps, cat := asList(c.p.v["components"]), strings.ToUpper(c.p.str("category"))
	if comps == nil && cat == "" && !c.p.has("message_send_ttl_seconds") && !c.p.has("parameter_format") && !c.p.has("cta_url_link_tracking_opted_out") {
		return nil, missing100("components")
	}
	if cat != "" && cat != t.category {
		if !contains(categories, cat) {
			return nil, param100("Param category must be one of {UTILITY, MARKETING, AUTHENTICATION} - got %q.", clip(cat, 40))
		}
		if t.status == "APPROVED" {
			return nil, manage(2388039, "Category cannot be changed", "The category of an approved template cannot be edited.")
		}
	}
	if comps != nil {
		if e := checkComponents(comps, t.category); e != nil {
			return nil, e
		}
	}
	format, e := c.parameterFormat()
	if e != nil {
		return nil, e
	}
	if t.status == "APPROVED" {
		t.edits = slices.DeleteFunc(t.edits, func(at time.Time) bool { return c.now.Sub(at) >= 30*24*time.Hour })
		if n := len(t.edits); n >= 10 || n > 0 && c.now.Sub(t.edits[n-1]) < 24*time.Hour {
			return nil, manage(2388039, "Template was edited too often", "An approved template can be edited once in 24 hours and ten times in 30 days.")
		}
		t.edits = append(t.edits, c.now)
	}
	if comps != nil {
		t.components = comps
	}
	if cat != "" {
		t.category = cat
	}
	if c.p.has("parameter_format") {
		t.format = format
	}
	if n, ok := asInt(c.p.v["message_send_ttl_seconds"]); ok {
		t.ttl = n
	}
	t.status, t.reason, t.updated = "PENDING", "", c.now
	c.s.review(t)
	return map[string]any{"success": true, "id": t.id, "name": t.name, "category": t.category}, nil
}
