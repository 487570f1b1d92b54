package sandbox

import (
	"regexp"
	"strings"
)

// postAutomation sets welcome message, ice breakers and commands (Meta: Conversational components).
func (c *call) postAutomation() (any, *graphErr) {
	prompts, commands := asList(c.p.v["prompts"]), asList(c.p.v["commands"])
	if len(prompts) > 4 {
		return nil, param100("Param prompts must have at most 4 elements")
	}
	for _, p := range prompts {
		if t := asText(p); t == "" || runes(t) > 80 {
			return nil, param100("Param prompts must hold texts of 1 to 80 characters")
		}
	}
	if len(commands) > 30 {
		return nil, param100("Param commands must have at most 30 elements")
	}
	for _, o := range commands {
		name, desc := asText(asObject(o)["command_name"]), asText(asObject(o)["command_description"])
		if name == "" || runes(name) > 32 || strings.Contains(name, "/") || desc == "" || runes(desc) > 256 {
			return nil, param100("Param commands must hold names of 1 to 32 characters without a slash and descriptions of 1 to 256")
		}
	}
	welcome, _ := asBool(c.p.v["enable_welcome_message"])
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	a := map[string]any{"id": c.s.dice.id(), "enable_welcome_message": welcome}
	if prompts != nil {
		a["prompts"] = prompts
	}
	if commands != nil {
		a["commands"] = commands
	}
	c.phone().automation = a
	return success(), nil
}

func (c *call) getCommerce() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	v := map[string]any{"is_cart_enabled": true, "is_catalog_visible": false, "id": p.id}
	for k, x := range p.commerce {
		v[k] = x
	}
	return list([]any{v}, nil), nil
}

func (c *call) postCommerce() (any, *graphErr) {
	set := map[string]any{}
	for _, k := range []string{"is_cart_enabled", "is_catalog_visible"} {
		if c.p.has(k) {
			v, ok := asBool(c.p.v[k])
			if !ok {
				return nil, param100("Param %s must be a boolean", k)
			}
			set[k] = v
		}
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	if p.commerce == nil {
		p.commerce = map[string]any{}
	}
	for k, v := range set {
		p.commerce[k] = v
	}
	return success(), nil
}

var settingNames = []string{"calling", "user_identity_change", "storage_configuration", "payload_encryption"}

func (c *call) getSettings() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	out := map[string]any{"storage_configuration": map[string]any{"status": "DEFAULT"}}
	for k, v := range c.phone().settings {
		out[k] = v
	}
	return out, nil
}

func (c *call) postSettings() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	some := false
	for _, k := range settingNames {
		if o := asObject(c.p.v[k]); o != nil {
			if p.settings == nil {
				p.settings = map[string]any{}
			}
			p.settings[k], some = o, true
		}
	}
	if !some {
		return nil, param100("One of %s is required.", strings.Join(settingNames, ", "))
	}
	return success(), nil
}

var usernameForm = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)*$`)

func (c *call) getUsername() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if u := c.phone().username; u != "" {
		return map[string]any{"username": u, "status": "approved"}, nil
	}
	return map[string]any{"status": "none"}, nil
}

// postUsername takes a business username (Meta: Business usernames, 2026).
func (c *call) postUsername() (any, *graphErr) {
	u := c.p.str("username")
	if u == "" {
		return nil, missing100("username")
	}
	if len(u) < 3 || len(u) > 35 || !usernameForm.MatchString(u) || !strings.ContainsAny(u, "abcdefghijklmnopqrstuvwxyz") || strings.HasPrefix(u, "www") {
		return nil, &graphErr{http: 400, code: 147001, msg: "(#147001) Invalid username", details: "A username has 3 to 35 of a-z, 0-9, period and underscore and at least one letter."}
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	p.username = u
	c.s.announce(p.id, "business_username_updates", map[string]any{"display_phone_number": p.digits(), "username": u, "status": "approved"})
	return map[string]any{"status": "approved"}, nil
}

func (c *call) deleteUsername() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.phone().username = ""
	return success(), nil
}
