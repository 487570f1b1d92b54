package sandbox

import (
	"crypto/hmac"
	"net/http"
)

var scopes = []any{"whatsapp_business_management", "whatsapp_business_messaging", "business_management", "public_profile"}

// getMe answers the system user behind the token, or the app.
func (c *call) getMe() (any, *graphErr) {
	if c.asApp {
		return c.getApp()
	}
	return node{
		typ: "User", values: map[string]any{"id": c.s.systemUserID(), "name": "Front desk"},
		known: []string{"email", "first_name", "last_name"}, defaults: []string{"name"},
	}.pick(c.p.str("fields"))
}

func (c *call) getApp() (any, *graphErr) {
	return node{
		typ: "Application",
		values: map[string]any{
			"id": c.s.cred.AppID, "name": c.s.cfg.BusinessName + " desk", "category": "Business and pages", "namespace": "",
			"link": "https://www.facebook.com/games/?app_id=" + c.s.cred.AppID,
		},
		known: []string{"app_domains", "contact_email", "icon_url"}, defaults: []string{"name", "link", "category"},
	}.pick(c.p.str("fields"))
}

func (s *Server) systemUserID() string { return "1" + s.cred.AppID }

// debugToken inspects a token; a bad one is an answer too, with is_valid false (Meta: Debug token).
func (c *call) debugToken() (any, *graphErr) {
	in := c.p.str("input_token")
	if in == "" {
		return nil, missing100("input_token")
	}
	e, asApp := c.s.judge(in)
	data := map[string]any{"app_id": c.s.cred.AppID, "application": c.s.cfg.BusinessName + " desk"}
	c.s.mu.Lock()
	gone := c.s.w.expired < 0 && !asApp
	c.s.mu.Unlock()
	if e == nil && gone {
		e = expiredToken()
	}
	switch {
	case e != nil:
		bad := map[string]any{"code": e.code, "message": e.msg}
		if e.subcode != 0 {
			bad["subcode"] = e.subcode
		}
		return map[string]any{"data": map[string]any{"error": bad, "is_valid": false, "scopes": []any{}}}, nil
	case asApp:
		data["type"], data["is_valid"] = "APP", true
	default:
		data["type"], data["is_valid"], data["user_id"] = "SYSTEM_USER", true, c.s.systemUserID()
		data["expires_at"], data["data_access_expires_at"] = 0, 0
		data["issued_at"] = c.now.AddDate(0, -1, 0).Unix()
		data["scopes"] = scopes
		data["granular_scopes"] = []any{
			map[string]any{"scope": "whatsapp_business_management", "target_ids": []any{c.s.cred.WABAID}},
			map[string]any{"scope": "whatsapp_business_messaging", "target_ids": []any{c.s.cred.WABAID}},
		}
	}
	return map[string]any{"data": data}, nil
}

// oauthToken answers the app access token for the app's id and secret.
func (c *call) oauthToken() (any, *graphErr) {
	id, secret := c.p.str("client_id"), c.p.str("client_secret")
	switch {
	case id == "":
		return nil, &graphErr{http: http.StatusBadRequest, code: 101, msg: "Missing client_id parameter."}
	case id != c.s.cred.AppID:
		return nil, &graphErr{http: http.StatusBadRequest, code: 101, msg: "Error validating application. Cannot get application info due to a system error."}
	case !hmac.Equal([]byte(secret), []byte(c.s.cred.AppSecret)):
		return nil, &graphErr{http: http.StatusBadRequest, code: 1, msg: "Error validating client secret."}
	case c.p.str("grant_type") == "client_credentials":
		return map[string]any{"access_token": c.s.appAccessToken(), "token_type": "bearer"}, nil
	}
	return nil, param100("This authorization code has been used or is not known.")
}
