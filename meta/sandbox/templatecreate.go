package sandbox

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	templateName  = regexp.MustCompile(`^[a-z0-9_]{1,512}$`)
	subCategories = strings.Fields(`ORDER_DETAILS ORDER_STATUS RICH_ORDER_STATUS CALL_PERMISSIONS_REQUEST BOOKING_STATUS
		FLIGHT_DELAY_AND_GATE_CHANGE_ALERT FRAUD_ALERT CUSTOM`)
	languages = strings.Fields(`af sq ar ar_EG ar_AE ar_LB ar_MA ar_QA ar_SA az be_BY bn bn_IN bg ca zh_CN zh_HK zh_TW hr cs da prs_AF nl nl_BE en en_GB
		en_US en_AE en_AU en_CA en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_ZA et fil fi fr fr_BE fr_CA fr_CH fr_CI fr_MA ka de de_AT
		de_CH el gu ha he hi hu id ga it ja kn kk rw_RW ko ky_KG lo lv lt mk ms ml mr nb ps_AF fa pl pt_BR pt_PT pa ro ru sr si_LK sk sl es es_AR
		es_CL es_CO es_CR es_DO es_EC es_HN es_MX es_PA es_PE es_ES es_UY es_VE sw sv ta te th tr uk ur uz vi zu`)
)

// nameLock is how long the name of a deleted approved template stays locked in its language.
const nameLock = 30 * 24 * time.Hour

// createTemplate takes a new template into review (Meta: Templates API).
func (c *call) createTemplate() (any, *graphErr) {
	t, e := c.head()
	if e != nil {
		return nil, e
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if e := c.settings(t); e != nil {
		return nil, e
	}
	comps, e := c.newComponents(t)
	if e != nil {
		return nil, e
	}
	used, e := c.s.checkContent(t, comps, c.now)
	if e != nil {
		return nil, e
	}
	if e := c.room(t.name, t.language); e != nil {
		return nil, e
	}
	c.s.add(t, comps, used, c.now)
	return map[string]any{"id": t.id, "status": t.status, "category": t.category}, nil
}

// head reads what a new template must have besides its content.
func (c *call) head() (*template, *graphErr) {
	t := &template{name: c.p.str("name"), language: c.p.str("language"), category: strings.ToUpper(c.p.str("category")), updated: c.now}
	switch {
	case t.name == "":
		return nil, ruled("name", missing100("name"))
	case t.language == "":
		return nil, ruled("language", missing100("language"))
	case t.category == "":
		return nil, ruled("category", missing100("category"))
	case !templateName.MatchString(t.name):
		e := refused("name", 2388046, "Invalid template name", "A name has 1 to 512 lower-case letters, digits and underscores.")
		e.data = map[string]any{"blame_field_specs": []any{[]any{"name"}}}
		return nil, e
	case !contains(languages, t.language):
		return nil, wrongParam("language", "Param language must be one of the supported languages - got %q.", clip(t.language, 40))
	case !contains(categories, t.category):
		return nil, badCategory(t.category)
	}
	return t, nil
}

func badCategory(got string) *graphErr {
	return wrongParam("category", "Param category must be one of {UTILITY, MARKETING, AUTHENTICATION} - got %q.", clip(got, 40))
}

// settings reads what create and edit have in common besides the content; what is not given stays as it is.
func (c *call) settings(t *template) *graphErr {
	enum := func(param string, into *string, known []string) *graphErr {
		v := strings.ToUpper(c.p.str(param))
		if v == "" {
			return nil
		}
		if !contains(known, v) {
			return wrongParam(param, "Param %s must be one of {%s} - got %q.", param, strings.Join(known, ", "), clip(v, 40))
		}
		*into = v
		return nil
	}
	if t.format == "" {
		t.format = "POSITIONAL"
	}
	if e := enum("parameter_format", &t.format, []string{"POSITIONAL", "NAMED"}); e != nil {
		return e
	}
	if e := enum("sub_category", &t.subCategory, subCategories); e != nil {
		return e
	}
	if e := enum("display_format", &t.displayFormat, []string{"ORDER_DETAILS"}); e != nil {
		return e
	}
	if c.p.has("cta_url_link_tracking_opted_out") {
		v, ok := asBool(c.p.v["cta_url_link_tracking_opted_out"])
		if !ok {
			return wrongParam("tracking", "Param cta_url_link_tracking_opted_out must be a boolean.")
		}
		t.untracked = v
	}
	if !c.p.has("message_send_ttl_seconds") {
		return nil
	}
	n, ok := asInt(c.p.v["message_send_ttl_seconds"])
	if !ok || !ttlAllowed(t.category, n) {
		return wrongParam("ttl", "Param message_send_ttl_seconds is out of the range of the category %s.", t.category)
	}
	t.ttl = &n
	return nil
}

// ttlAllowed knows how long Meta may try to deliver, by category; -1 stands for 30 days.
func ttlAllowed(category string, n int) bool {
	switch category {
	case "AUTHENTICATION":
		return n == -1 || n >= 30 && n <= 900
	case "UTILITY":
		return n == -1 || n >= 30 && n <= 43_200
	}
	return n >= 43_200 && n <= 2_592_000
}

// newComponents are those of the request, or those of the library.
func (c *call) newComponents(t *template) ([]any, *graphErr) {
	if lib := c.p.str("library_template_name"); lib != "" {
		if c.p.has("components") {
			return nil, wrongParam("library", "Param components cannot be given with library_template_name.")
		}
		t.library = lib
		return c.fromLibrary(t)
	}
	if !c.p.has("components") {
		return nil, ruled("components", missing100("components"))
	}
	return c.components()
}

// components is the parameter of that name; Graph also takes it as a text that holds JSON.
func (c *call) components() ([]any, *graphErr) {
	v := c.p.v["components"]
	if s, isText := v.(string); isText {
		if x, err := decodeJSON([]byte(s)); err == nil {
			v = x
		}
	}
	comps, ok := v.([]any)
	if !ok {
		return nil, wrongParam("components", "Param components must be an array.")
	}
	return comps, nil
}

// checkContent holds the rules for components and gives the upload handles that they use. Callers hold Server.mu.
func (s *Server) checkContent(t *template, comps []any, now time.Time) ([]*uploadSession, *graphErr) {
	var used []*uploadSession
	d := &draft{category: t.category, named: t.format == "NAMED", has: kindsOf(t.components)}
	d.handle = func(handle, format string) *graphErr {
		u, e := s.goodHandle(handle, format, t.name, now)
		if e == nil {
			used = append(used, u)
		}
		return e
	}
	return used, d.check(comps)
}

// kindsOf finds the types and formats that components have already.
func kindsOf(comps []any) func(kind string) bool {
	kinds := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case []any:
			for _, y := range x {
				walk(y)
			}
		case map[string]any:
			kinds[strings.ToUpper(asText(x["type"]))], kinds[strings.ToUpper(asText(x["format"]))] = true, true
			for _, k := range []string{"components", "cards", "buttons"} {
				walk(x[k])
			}
		}
	}
	walk(comps)
	return func(kind string) bool { return kinds[kind] }
}

// room says why no template of this name and language may be made now. Callers hold Server.mu.
func (c *call) room(name, lang string) *graphErr {
	w := c.s.w
	being := refused("locked", 2388023, "Message Template Language Is Being Deleted",
		"New %s content cannot be added while the old is being deleted. Try again in 4 weeks or use another name.", lang)
	switch t := w.templateNamed(name, lang); {
	case t != nil && t.status == "PENDING_DELETION":
		return being
	case t != nil:
		return refused("exists", 2388024, "Content in This Language Already Exists",
			"There is already %s content for this template. Use another name, or edit the one that is there.", lang)
	}
	if at, ok := w.deleted[name+"/"+lang]; ok && c.now.Sub(at) < nameLock {
		return being
	}
	w.creations = slices.DeleteFunc(w.creations, func(t time.Time) bool { return c.now.Sub(t) >= time.Hour })
	total, hourly := c.s.templateLimit(), c.s.cfg.Limits.CreateHour
	switch {
	case total >= 0 && len(w.templates) >= total:
		return refused("limit", 2388019, "Message Template Limit Exceeded", "The account has the %d templates that it may have.", total)
	case hourly >= 0 && len(w.creations) >= hourly:
		return refused("limit", 2388019, "Message Template Limit Exceeded", "The account has made the %d templates that it may make in an hour.", hourly)
	}
	w.creations = append(w.creations, c.now)
	return nil
}

// add keeps a new template and sends it into review; one from the library is approved at once. Callers hold Server.mu.
func (s *Server) add(t *template, comps []any, used []*uploadSession, now time.Time) {
	for _, u := range used {
		u.usedBy = t.name
	}
	t.id, t.updated = s.dice.id(), now
	t.components = s.normal(comps, t.category, t.language)
	t.status = "PENDING"
	s.w.templates = append(s.w.templates, t)
	if t.library != "" {
		t.status = "APPROVED"
		s.tellStatus(t, "APPROVED", nil)
		return
	}
	s.review(t)
}
