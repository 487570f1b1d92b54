package sandbox

import (
	"regexp"
	"strings"
)

var nationalNumber = regexp.MustCompile(`^[1-9][0-9]{6,14}$`)

// getPhone answers one business number.
func (c *call) getPhone() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.s.phoneNode(c.phone()).pick(c.p.str("fields"))
}

// phone is the number of a call to one of its edges. Callers hold Server.mu.
func (c *call) phone() *phone {
	if p := c.s.w.phone(c.id); p != nil {
		return p
	}
	return &phone{id: c.id} // a reset came between; an empty number refuses everything
}

func (s *Server) phoneNode(p *phone) node {
	verified, status := "VERIFIED", "CONNECTED"
	if !p.verified {
		verified = "NOT_VERIFIED"
	}
	platform, level := "CLOUD_API", "STANDARD"
	if !p.registered {
		status, platform, level = "PENDING", "NOT_APPLICABLE", "NOT_APPLICABLE"
	}
	hooks := map[string]any{}
	if s.sub.callback != "" {
		hooks["application"] = s.sub.callback
	}
	if s.sub.override != nil {
		hooks["whatsapp_business_account"] = s.sub.override.url
	}
	if p.override != nil {
		hooks["phone_number"] = p.override.url
	}
	d := p.digits()
	v := map[string]any{
		"id": p.id, "display_phone_number": p.display, "verified_name": p.name, "name_status": "APPROVED", "code_verification_status": verified,
		"status": status, "quality_rating": "GREEN", "quality_score": map[string]any{"score": "GREEN"}, "account_mode": "LIVE",
		"platform_type": platform, "throughput": map[string]any{"level": level}, "whatsapp_business_manager_messaging_limit": "TIER_2K",
		"messaging_limit_tier": "TIER_2K", "is_official_business_account": false, "is_pin_enabled": p.pin != "", "is_on_biz_app": false,
		"is_preverified_number": false, "search_visibility": "NON_VISIBLE", "last_onboarded_time": p.onboarded.UTC().Format("2006-01-02T15:04:05-0700"),
		"country_code": regionOf(d), "country_dial_code": dialCodeOf(d), "health_status": s.health("PHONE_NUMBER", p.id), "certificate": "",
		"eligibility_for_api_business_global_search": "NON_ELIGIBLE_UNDEFINED_COUNTRY", "new_name_status": "NONE",
	}
	if len(hooks) > 0 {
		v["webhook_configuration"] = hooks
	}
	if p.newName != "" {
		v["new_display_name"], v["new_name_status"] = p.newName, p.newNameStatus
	}
	if p.automation != nil {
		v["conversational_automation"] = p.automation
	}
	if p.username != "" {
		v["username"] = p.username
	}
	return node{
		typ: "WhatsAppBusinessPhoneNumber", values: v,
		known: []string{"new_display_name", "new_certificate", "webhook_configuration", "conversational_automation", "username", "unified_cert_status"},
		defaults: []string{
			"verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type", "throughput", "webhook_configuration",
		},
	}
}

// listPhones is the account's list of numbers, newest last.
func (c *call) listPhones() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	phones := append([]*phone(nil), c.s.w.phones...)
	for _, f := range asList(c.p.v["filtering"]) {
		o := asObject(f)
		if o == nil || asText(o["field"]) != "account_mode" {
			return nil, param100("Param filtering names an unknown field")
		}
		if asText(o["value"]) != "LIVE" {
			phones = nil
		}
	}
	if strings.Contains(c.p.str("sort"), "desc") {
		for i, j := 0, len(phones)-1; i < j; i, j = i+1, j-1 {
			phones[i], phones[j] = phones[j], phones[i]
		}
	}
	from, to, pg, e := c.paging(len(phones), 100)
	if e != nil {
		return nil, e
	}
	var data []any
	for _, p := range phones[from:to] {
		n, e := c.s.phoneNode(p).pick(c.p.str("fields"))
		if e != nil {
			return nil, e
		}
		data = append(data, n)
	}
	return list(data, pg), nil
}

// addPhone adds a number to the account, to be verified and registered.
func (c *call) addPhone() (any, *graphErr) {
	cc, num, name := strings.TrimPrefix(c.p.str("cc"), "+"), c.p.str("phone_number"), c.p.str("verified_name")
	switch {
	case cc == "":
		return nil, missing100("cc")
	case num == "":
		return nil, missing100("phone_number")
	case onlyDigits(cc) != cc || len(cc) > 3:
		return nil, param100("Param cc must be a country calling code")
	case !nationalNumber.MatchString(num):
		return nil, param100("Param phone_number must match ^[1-9][0-9]{6,14}$")
	case name == "":
		return nil, missing100("verified_name")
	case runes(name) < 2 || runes(name) > 75:
		return nil, param100("Param verified_name must be between 2 and 75 characters long.")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	for _, p := range c.s.w.phones {
		if p.digits() == cc+num {
			return nil, manage(2388012, "Phone number is already added", "This number is already in the list of your account.")
		}
	}
	if len(c.s.w.phones) >= 20 {
		return nil, param100("The portfolio has reached its number of phone numbers")
	}
	p := &phone{id: c.s.dice.id(), display: "+" + cc + " " + num, name: name, onboarded: c.now}
	c.s.w.phones = append(c.s.w.phones, p)
	c.s.displays.Store(p.id, p.digits())
	return map[string]any{"id": p.id}, nil
}

// postPhone changes PIN, display name or callback of a number; one call may carry several.
func (c *call) postPhone() (any, *graphErr) {
	var ov *override
	hook := asObject(c.p.v["webhook_configuration"])
	if hook != nil {
		var e *graphErr
		if ov, e = c.readOverride(hook); e != nil {
			return nil, e
		}
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	done := hook != nil
	if c.p.has("pin") {
		if !validPIN(c.p.str("pin")) {
			return nil, param100("Param pin must be a string of 6 digits")
		}
		done = true
	}
	if c.p.has("new_display_name") {
		n := c.p.str("new_display_name")
		if runes(n) < 2 || runes(n) > 75 {
			return nil, param100("Param new_display_name must be between 2 and 75 characters long.")
		}
		done = true
	}
	if !done {
		return nil, missing100("pin")
	}
	if hook != nil {
		p.override = ov
	}
	if c.p.has("pin") {
		p.pin, p.pinGuesses = c.p.str("pin"), 0
		c.s.announce(p.id, "security", map[string]any{"display_phone_number": p.digits(), "event": "PIN_CHANGED"})
	}
	if c.p.has("new_display_name") {
		c.s.reviewName(p, c.p.str("new_display_name"))
	}
	return success(), nil
}

// reviewName lets a display name be approved after the pace of a delivery; it is used after the next registration.
func (s *Server) reviewName(p *phone, name string) {
	p.newName, p.newNameStatus = name, "PENDING_REVIEW"
	w := s.w
	s.later(s.cfg.Pace.Delivered, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.w != w || p.newName != name {
			return
		}
		p.newNameStatus = "APPROVED"
		s.announce(p.id, "phone_number_name_update", map[string]any{
			"display_phone_number": p.digits(), "decision": "APPROVED", "requested_verified_name": name, "rejection_reason": nil,
		})
	})
}
