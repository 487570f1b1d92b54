package sandbox

import (
	"net/mail"
	"strings"
)

var (
	profileFields = []string{"about", "address", "description", "email", "profile_picture_url", "websites", "vertical"}
	verticals     = strings.Fields(`OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES
		RETAIL TRAVEL RESTAURANT ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS`)
)

// getProfile answers the filled fields of the business profile.
func (c *call) getProfile() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	asked := splitFields(c.p.str("fields"))
	for _, f := range asked {
		if !contains(profileFields, f) && f != "messaging_product" && f != "id" {
			return nil, param100("Tried accessing nonexisting field (%s) on node type (WhatsAppBusinessProfile)", f)
		}
	}
	out := map[string]any{"messaging_product": "whatsapp"}
	for _, f := range asked {
		if v, ok := c.phone().profile[f]; ok {
			out[f] = v
		}
	}
	return list([]any{out}, nil), nil
}

// postProfile changes the profile (Meta: Business profiles).
func (c *call) postProfile() (any, *graphErr) {
	if e := c.needProduct(); e != nil {
		return nil, e
	}
	set := map[string]any{}
	for _, f := range []struct {
		name     string
		min, max int
	}{{"about", 1, 139}, {"address", 0, 256}, {"description", 0, 512}, {"email", 0, 128}} {
		if !c.p.has(f.name) {
			continue
		}
		v := c.p.str(f.name)
		if n := runes(v); n < f.min || n > f.max {
			return nil, param100("Param %s must be between %d and %d characters long.", f.name, f.min, f.max)
		}
		set[f.name] = v
	}
	if m, _ := set["email"].(string); m != "" {
		if a, err := mail.ParseAddress(m); err != nil || a.Address != m {
			return nil, param100("Param email must be a valid email address")
		}
	}
	if c.p.has("websites") {
		l, ok := c.p.v["websites"].([]any)
		if !ok || len(l) > 2 {
			return nil, param100("Param websites must be an array of at most 2 elements")
		}
		for _, w := range l {
			u := asText(w)
			if len(u) > 256 || !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
				return nil, param100("Param websites must hold URLs of at most 256 characters that start with http:// or https://")
			}
		}
		set["websites"] = l
	}
	if c.p.has("vertical") {
		v := c.p.str("vertical")
		if !contains(verticals, v) {
			return nil, param100("Param vertical must be one of {%s} - got %q.", strings.Join(verticals, ", "), v)
		}
		set["vertical"] = v
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if h := c.p.str("profile_picture_handle"); h != "" {
		u := c.s.w.handles[h]
		if u == nil || u.mime != "image/jpeg" && u.mime != "image/png" && u.mime != "image/jpg" {
			return nil, param100("Param profile_picture_handle is not a handle of an uploaded image")
		}
		set["profile_picture_url"] = "https://pps.whatsapp.net/v/t61.24694-24/" + c.s.dice.str(decimals, 15) + ".jpg"
	}
	p := c.phone()
	if p.profile == nil {
		p.profile = map[string]any{}
	}
	for k, v := range set {
		if s, ok := v.(string); ok && s == "" || len(asList(v)) == 0 && k == "websites" {
			delete(p.profile, k)
			continue
		}
		p.profile[k] = v
	}
	return success(), nil
}
