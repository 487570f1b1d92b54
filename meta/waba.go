package meta

import (
	"context"
	"iter"
	"net/http"
	"net/url"
)

const wabaFields = "id,name,currency,country,timezone_id,message_template_namespace,status,account_review_status," +
	"business_verification_status,ownership_type,owner_business_info,health_status"

// WABA is a WhatsApp Business Account.
type WABA struct {
	ID                   String  `json:"id"`
	Name                 String  `json:"name"`
	Currency             String  `json:"currency"`
	Country              String  `json:"country"`
	TimezoneID           String  `json:"timezone_id"`
	TemplateNamespace    String  `json:"message_template_namespace"`
	Status               String  `json:"status"`
	ReviewStatus         String  `json:"account_review_status"`        // APPROVED PENDING REJECTED RESTRICTED
	BusinessVerification String  `json:"business_verification_status"` // verified not_verified …
	OwnershipType        String  `json:"ownership_type"`
	Owner                Owner   `json:"owner_business_info"`
	Health               *Health `json:"health_status"`
}

// Owner is the business portfolio that an account belongs to.
type Owner struct {
	ID   String `json:"id"`
	Name String `json:"name"`
}

// SubscribedApp is an app that receives the WABA's events.
type SubscribedApp struct {
	App struct {
		ID   String `json:"id"`
		Name String `json:"name"`
		Link String `json:"link"`
	} `json:"whatsapp_business_api_data"`
	OverrideURL String `json:"override_callback_uri"`
}

// Override is an address of the WABA's own for its message events.
type Override struct {
	CallbackURL string // at most 200 characters
	VerifyToken string
}

// WABA reads an account.
func (c *Client) WABA(ctx context.Context, wabaID string) (WABA, error) {
	var w WABA
	err := c.retry(ctx, call{method: http.MethodGet, path: []string{wabaID}, query: url.Values{"fields": {wabaFields}}, again: true}, &w)
	return w, err
}

// SubscribedApps walks the apps that receive the WABA's events.
func (c *Client) SubscribedApps(ctx context.Context, wabaID string) iter.Seq2[SubscribedApp, error] {
	return list[SubscribedApp](ctx, c, call{path: []string{wabaID, "subscribed_apps"}}, 0)
}

// Subscribe has the token's app receive the WABA's events. Without an override it also removes an earlier one; with one
// Meta asks the address for the handshake first and answers code 2200 when it fails.
func (c *Client) Subscribe(ctx context.Context, wabaID string, o *Override) error {
	q := call{method: http.MethodPost, path: []string{wabaID, "subscribed_apps"}, again: true}
	if o != nil {
		q.json = map[string]string{"override_callback_uri": o.CallbackURL, "verify_token": o.VerifyToken}
	}
	return c.retry(ctx, q, nil)
}

// Unsubscribe ends that.
func (c *Client) Unsubscribe(ctx context.Context, wabaID string) error {
	return c.retry(ctx, call{method: http.MethodDelete, path: []string{wabaID, "subscribed_apps"}, again: true}, nil)
}
