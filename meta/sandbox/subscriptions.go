package sandbox

import (
	"context"
	"errors"
	"sort"
	"strings"
)

// subscriptions is where webhooks go. A reset keeps it unless it is told otherwise.
type subscriptions struct {
	callback string          // the app's callback URL; "" when the app is not subscribed
	token    string          // verify token
	fields   map[string]bool // subscribed fields
	waba     bool            // the app is subscribed to the business account
	override *override       // of the business account
}

// webhookFields is every field of the object whatsapp_business_account.
var webhookFields = strings.Fields(`account_alerts account_review_update account_settings_update account_update automatic_events
business_capability_update business_status_update business_username_updates calls flows group_lifecycle_update group_participants_update
group_settings_update group_status_update history message_echoes message_template_components_update message_template_quality_update
message_template_status_update messages messaging_handovers partner_solutions payment_configuration_update phone_number_name_update
phone_number_quality_update security smb_app_state_sync smb_message_echoes standby template_category_update
template_correct_category_detection tracking_events user_preferences`)

// overridable are the fields that honour a callback of the account or the number (Meta: webhook overrides).
var overridable = map[string]bool{
	"messages": true, "message_echoes": true, "calls": true, "consumer_profile": true, "messaging_handovers": true,
	"group_lifecycle_update": true, "group_participants_update": true, "group_settings_update": true, "group_status_update": true,
	"smb_message_echoes": true, "smb_app_state_sync": true, "history": true, "account_settings_update": true,
}

// callbackFor resolves number, then account, then app. Empty when nobody listens to the field. Callers hold Server.mu.
func (s *Server) callbackFor(phoneID, field string) string {
	if !s.sub.waba || s.sub.callback == "" || !s.sub.fields[field] {
		return ""
	}
	if overridable[field] {
		if p := s.w.phone(phoneID); p != nil && p.override != nil {
			return p.override.url
		}
		if s.sub.override != nil {
			return s.sub.override.url
		}
	}
	return s.sub.callback
}

func (c *call) getSubscriptions() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if c.s.sub.callback == "" {
		return list(nil, nil), nil
	}
	var names []string
	for f := range c.s.sub.fields {
		names = append(names, f)
	}
	sort.Strings(names)
	var fields []any
	for _, f := range names {
		fields = append(fields, map[string]any{"name": f, "version": "v26.0"})
	}
	return list([]any{map[string]any{
		"object": "whatsapp_business_account", "callback_url": c.s.sub.callback, "active": true, "fields": fields,
	}}, nil), nil
}

// postSubscriptions sets the app's callback after the handshake (Meta: App subscriptions).
func (c *call) postSubscriptions() (any, *graphErr) {
	if e := c.needObject(); e != nil {
		return nil, e
	}
	url, token := c.p.str("callback_url"), c.p.str("verify_token")
	c.s.mu.Lock()
	known, knownToken := c.s.sub.callback, c.s.sub.token
	c.s.mu.Unlock()
	if url == "" {
		url = known
	}
	if token == "" && url == known {
		token = knownToken
	}
	if url == "" {
		return nil, missing100("callback_url")
	}
	if token == "" {
		return nil, missing100("verify_token")
	}
	fields, e := c.fieldNames()
	if e != nil {
		return nil, e
	}
	if len(fields) == 0 && url != known {
		return nil, missing100("fields")
	}
	if e := c.s.handshake(c.r.Context(), url, token); e != nil {
		return nil, e
	}
	c.s.subscribe(url, token, fields)
	return success(), nil
}

// subscribe stores the app's callback; an unchanged URL adds to the fields, a new one replaces them.
func (s *Server) subscribe(url, token string, fields []string) {
	s.mu.Lock()
	if s.sub.callback != url || s.sub.fields == nil {
		s.sub.fields = map[string]bool{}
	}
	s.sub.callback, s.sub.token = url, token
	for _, f := range fields {
		s.sub.fields[f] = true
	}
	s.mu.Unlock()
	s.wakeCast()
}

func (c *call) deleteSubscriptions() (any, *graphErr) {
	if c.p.has("object") {
		if e := c.needObject(); e != nil {
			return nil, e
		}
	}
	fields, e := c.fieldNames()
	if e != nil {
		return nil, e
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	for _, f := range fields {
		delete(c.s.sub.fields, f)
	}
	if len(fields) == 0 || len(c.s.sub.fields) == 0 {
		c.s.sub.callback, c.s.sub.token, c.s.sub.fields = "", "", nil
	}
	return success(), nil
}

func (c *call) needObject() *graphErr {
	switch o := c.p.str("object"); o {
	case "":
		return missing100("object")
	case "whatsapp_business_account":
		return nil
	default:
		return param100("Param object must be one of {USER, PAGE, PERMISSIONS, WHATSAPP_BUSINESS_ACCOUNT} - got %q.", o)
	}
}

func (c *call) fieldNames() ([]string, *graphErr) {
	var names []string
	if l := asList(c.p.v["fields"]); l != nil {
		for _, f := range l {
			if o := asObject(f); o != nil {
				f = o["name"]
			}
			names = append(names, asText(f))
		}
	} else {
		names = splitFields(c.p.str("fields"))
	}
	for _, f := range names {
		if !contains(webhookFields, f) {
			return nil, param100("Param fields[0] must be one of the fields of whatsapp_business_account - got %q.", f)
		}
	}
	return names, nil
}

// getSubscribedApps lists the one app, if it is subscribed to the account.
func (c *call) getSubscribedApps() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.s.subscribedApps(), nil
}

func (s *Server) subscribedApps() map[string]any {
	if !s.sub.waba {
		return list(nil, nil)
	}
	item := map[string]any{"whatsapp_business_api_data": map[string]any{
		"id": s.cred.AppID, "name": s.cfg.BusinessName + " desk", "link": "https://www.facebook.com/games/?app_id=" + s.cred.AppID,
	}}
	if s.sub.override != nil {
		item["override_callback_uri"] = s.sub.override.url
	}
	return list([]any{item}, nil)
}

// postSubscribedApps subscribes the app; with an override after a handshake, without one any override is removed.
func (c *call) postSubscribedApps() (any, *graphErr) {
	ov, e := c.readOverride(c.p.v)
	if e != nil {
		return nil, e
	}
	c.s.mu.Lock()
	c.s.sub.waba, c.s.sub.override = true, ov
	c.s.mu.Unlock()
	c.s.wakeCast()
	return success(), nil
}

func (c *call) deleteSubscribedApps() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.sub.waba, c.s.sub.override = false, nil
	return success(), nil
}

// readOverride takes override_callback_uri and verify_token and tries them; nil when there is none.
func (c *call) readOverride(m map[string]any) (*override, *graphErr) {
	url, token := asText(m["override_callback_uri"]), asText(m["verify_token"])
	switch {
	case url == "":
		return nil, nil
	case len(url) > 200:
		return nil, param100("Param override_callback_uri must be at most 200 characters long.")
	case token == "":
		return nil, missing100("verify_token")
	}
	if e := c.s.handshake(c.r.Context(), url, token); e != nil {
		return nil, e
	}
	return &override{url, token}, nil
}

// Subscribe does for a client what it would do by the API: handshake with the callback, subscription of the app to every field, and of
// the account to the app.
func (s *Server) Subscribe(ctx context.Context, callback, verifyToken string) error {
	if e := s.handshake(ctx, callback, verifyToken); e != nil {
		return errors.New(e.msg)
	}
	return s.SetCallback(callback, verifyToken)
}
