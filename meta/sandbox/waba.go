package sandbox

// getWABA answers the business account.
func (c *call) getWABA() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.s.wabaNode(c.origin()).pick(c.p.str("fields"))
}

func (s *Server) wabaNode(origin string) node {
	w := s.w.waba
	owner := map[string]any{"id": s.businessID(), "name": w.name}
	numbers, tpls := []node{}, []node{}
	for _, p := range s.w.phones {
		numbers = append(numbers, s.phoneNode(p))
	}
	for _, t := range s.w.templates {
		tpls = append(tpls, t.node(s, origin))
	}
	return node{
		typ: "WhatsAppBusinessAccount",
		values: map[string]any{
			"id": s.cred.WABAID, "name": w.name, "timezone_id": w.timezone, "message_template_namespace": w.namespace, "status": "ACTIVE",
			"currency": "USD", "country": "US", "business_verification_status": s.verification(), "account_review_status": "APPROVED",
			"ownership_type": "SELF_OWNED", "owner_business_info": owner, "primary_funding_id": "0", "is_enabled_for_insights": w.insights,
			"health_status": s.health("WABA", s.cred.WABAID), "whatsapp_business_manager_messaging_limit": "TIER_2K",
			"marketing_messages_lite_api_status": "ELIGIBLE", "marketing_messages_onboarding_status": "ELIGIBLE",
			"disable_marketing_messages_on_cloud_api": w.marketingDisabled, "subscribed_apps": s.subscribedApps(),
			"phone_numbers": numbers, "message_templates": tpls,
		},
		known: []string{
			"on_behalf_of_business_info", "auth_international_rate_eligibility", "purchase_order_number", "analytics",
			"conversation_analytics", "pricing_analytics", "creation_time",
		},
		defaults: []string{"name", "timezone_id", "message_template_namespace"},
	}
}

func (s *Server) verification() string {
	if s.cfg.Unverified {
		return "not_verified"
	}
	return "verified"
}

// health is the health_status of an object of this account, which is always well.
func (s *Server) health(kind, id string) map[string]any {
	one := func(k, i string) map[string]any {
		return map[string]any{"entity_type": k, "id": i, "can_send_message": "AVAILABLE"}
	}
	es := []any{one(kind, id)}
	if kind != "WABA" {
		es = append(es, one("WABA", s.cred.WABAID))
	}
	es = append(es, one("BUSINESS", s.businessID()), one("APP", s.cred.AppID))
	return map[string]any{"can_send_message": "AVAILABLE", "entities": es}
}

// postWABA changes the few settings of an account that can be changed.
func (c *call) postWABA() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	w := &c.s.w.waba
	if c.p.has("name") {
		n := c.p.str("name")
		if n == "" || runes(n) > 128 {
			return nil, param100("Param name must be between 1 and 128 characters long.")
		}
		w.name = n
	}
	if c.p.has("timezone_id") {
		w.timezone = c.p.str("timezone_id")
	}
	if c.p.has("is_enabled_for_insights") {
		v, ok := asBool(c.p.v["is_enabled_for_insights"])
		switch {
		case !ok:
			return nil, param100("Param is_enabled_for_insights must be a boolean")
		case !v && w.insights:
			return nil, &graphErr{http: 400, code: 100, subcode: 200006, msg: "Invalid parameter", userTitle: "Insights stay on", userMsg: "Template insights cannot be disabled once they are enabled."}
		}
		w.insights = w.insights || v
	}
	if c.p.has("disable_marketing_messages_on_cloud_api") {
		v, ok := asBool(c.p.v["disable_marketing_messages_on_cloud_api"])
		if !ok {
			return nil, param100("Param disable_marketing_messages_on_cloud_api must be a boolean")
		}
		w.marketingDisabled = v
	}
	return map[string]any{"id": c.s.cred.WABAID}, nil
}

func (c *call) getBusiness() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return node{
		typ: "Business", values: map[string]any{"id": c.s.businessID(), "name": c.s.w.waba.name, "verification_status": "verified"},
		known: []string{"link", "timezone_id", "created_time"}, defaults: []string{"name"},
	}.pick(c.p.str("fields"))
}

func (c *call) ownedAccounts() (any, *graphErr) {
	fields := c.p.str("fields")
	if fields == "" {
		fields = "id,name,currency,timezone_id,message_template_namespace"
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	one, e := c.s.wabaNode(c.origin()).pick(fields)
	if e != nil {
		return nil, e
	}
	from, to, pg, e := c.paging(1, 100)
	if e != nil || from == to {
		return list(nil, nil), e
	}
	return list([]any{one}, pg), nil
}

func (c *call) clientAccounts() (any, *graphErr) { return list(nil, nil), nil }
