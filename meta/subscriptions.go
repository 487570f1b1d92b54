package meta

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// ObjectWABA is the object whose events the program follows.
const ObjectWABA = "whatsapp_business_account"

// DefaultFields are the webhook fields that the program understands and acts on.
var DefaultFields = []string{
	"messages", "message_template_status_update", "message_template_quality_update", "message_template_components_update",
	"template_category_update", "account_update", "account_review_update", "account_alerts", "business_capability_update",
	"phone_number_quality_update", "phone_number_name_update", "security", "user_preferences",
	"smb_message_echoes", "smb_app_state_sync", "history",
}

// AppSubscription is where an app's events go and which. Needs the app's own token, so AppID and AppSecret.
type AppSubscription struct {
	Object      string
	CallbackURL string
	Active      bool
	Fields      []SubscribedField
}

// SubscribedField is a webhook field with the API version that its payload follows; older answers give no version.
type SubscribedField struct {
	Name    String `json:"name"`
	Version String `json:"version"`
}

// UnmarshalJSON also reads a bare name.
func (f *SubscribedField) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*f = SubscribedField{}
		return f.Name.UnmarshalJSON(b)
	}
	type plain SubscribedField
	return json.Unmarshal(b, (*plain)(f))
}

// AppSubscriptions reads what the app is subscribed to.
func (c *Client) AppSubscriptions(ctx context.Context) ([]AppSubscription, error) {
	if err := c.needApp(); err != nil {
		return nil, err
	}
	type row struct {
		Object      String            `json:"object"`
		CallbackURL String            `json:"callback_url"`
		Active      bool              `json:"active"`
		Fields      []SubscribedField `json:"fields"`
	}
	rows, err := all(list[row](ctx, c, call{path: []string{c.cfg.AppID, "subscriptions"}, token: c.appToken()}, 0))
	var out []AppSubscription
	for _, r := range rows {
		out = append(out, AppSubscription{string(r.Object), string(r.CallbackURL), r.Active, r.Fields})
	}
	return out, err
}

// SubscribeApp sets the app's callback address for WhatsApp events and adds fields (nil = DefaultFields). Meta asks the
// address for the handshake first and answers code 2200 when it fails.
func (c *Client) SubscribeApp(ctx context.Context, callbackURL, verifyToken string, fields []string) error {
	if err := c.needApp(); err != nil {
		return err
	}
	if fields == nil {
		fields = DefaultFields
	}
	return c.retry(ctx, call{
		method: http.MethodPost, path: []string{c.cfg.AppID, "subscriptions"}, token: c.appToken(), again: true,
		json: map[string]any{
			"object": ObjectWABA, "callback_url": callbackURL, "verify_token": verifyToken,
			"fields": strings.Join(fields, ","), "include_values": true,
		},
	}, nil)
}

// UnsubscribeApp takes fields off the subscription, all of it when none are named.
func (c *Client) UnsubscribeApp(ctx context.Context, fields ...string) error {
	if err := c.needApp(); err != nil {
		return err
	}
	q := url.Values{"object": {ObjectWABA}}
	if len(fields) > 0 {
		q.Set("fields", strings.Join(fields, ","))
	}
	return c.retry(ctx, call{method: http.MethodDelete, path: []string{c.cfg.AppID, "subscriptions"}, query: q, token: c.appToken(), again: true}, nil)
}

func (c *Client) needApp() error {
	switch {
	case c.cfg.AppID == "":
		return &InputError{Field: "app id", Reason: "is missing"}
	case c.cfg.AppSecret == "":
		return &InputError{Field: "app secret", Reason: "is missing"}
	}
	return nil
}
