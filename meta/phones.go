package meta

import (
	"context"
	"iter"
	"net/http"
	"net/url"
)

// phoneFields asks for what Test Connection and the Accounts page show (Meta: Business phone number).
const phoneFields = "id,display_phone_number,verified_name,name_status,new_display_name,new_name_status,code_verification_status,status," +
	"quality_rating,account_mode,platform_type,throughput,whatsapp_business_manager_messaging_limit,webhook_configuration," +
	"is_official_business_account,is_pin_enabled,is_on_biz_app,health_status"

// Phone is a business phone number. Words are Meta's; unknown ones are kept.
type Phone struct {
	ID                     String       `json:"id"`
	DisplayPhoneNumber     String       `json:"display_phone_number"` // as people write it: +1 631-555-5555
	VerifiedName           String       `json:"verified_name"`
	NameStatus             String       `json:"name_status"`
	NewDisplayName         String       `json:"new_display_name"`
	NewNameStatus          String       `json:"new_name_status"`
	CodeVerificationStatus String       `json:"code_verification_status"` // VERIFIED NOT_VERIFIED EXPIRED
	Status                 String       `json:"status"`                   // CONNECTED DISCONNECTED PENDING …
	QualityRating          String       `json:"quality_rating"`           // GREEN YELLOW RED UNKNOWN
	AccountMode            String       `json:"account_mode"`             // LIVE SANDBOX
	PlatformType           String       `json:"platform_type"`            // CLOUD_API ON_PREMISE NOT_APPLICABLE
	MessagingLimit         String       `json:"whatsapp_business_manager_messaging_limit"`
	Throughput             Throughput   `json:"throughput"`
	Webhook                PhoneWebhook `json:"webhook_configuration"`
	Official               bool         `json:"is_official_business_account"`
	PinEnabled             bool         `json:"is_pin_enabled"`
	OnBusinessApp          bool         `json:"is_on_biz_app"` // also used with the phone app: 20 messages a second
	Health                 *Health      `json:"health_status"`
}

// Throughput is how much a number may send a second.
type Throughput struct {
	Level String `json:"level"` // STANDARD HIGH NOT_APPLICABLE
}

// PhoneWebhook is the addresses that the number's events go to; the first that is set counts, from the bottom.
type PhoneWebhook struct {
	Application string `json:"application"`
	WABA        string `json:"whatsapp_business_account"`
	Phone       string `json:"phone_number"`
}

// Phone reads one number.
func (c *Client) Phone(ctx context.Context, phoneNumberID string) (Phone, error) {
	var p Phone
	err := c.retry(ctx, call{method: http.MethodGet, path: []string{phoneNumberID}, query: url.Values{"fields": {phoneFields}}, again: true}, &p)
	return p, err
}

// PhoneNumbers walks the numbers of a WABA, page by page.
func (c *Client) PhoneNumbers(ctx context.Context, wabaID string) iter.Seq2[Phone, error] {
	return list[Phone](ctx, c, call{path: []string{wabaID, "phone_numbers"}, query: url.Values{"fields": {phoneFields}}}, 100)
}

// RequestCode has Meta send a verification code to the number; method is SMS or VOICE, language like en_US.
func (c *Client) RequestCode(ctx context.Context, phoneNumberID, method, language string) error {
	return c.retry(ctx, call{
		method: http.MethodPost, path: []string{phoneNumberID, "request_code"},
		json: map[string]string{"code_method": method, "language": language},
	}, nil)
}

// VerifyCode hands in the six digits that the number received.
func (c *Client) VerifyCode(ctx context.Context, phoneNumberID, code string) error {
	return c.retry(ctx, call{method: http.MethodPost, path: []string{phoneNumberID, "verify_code"}, json: map[string]string{"code": code}}, nil)
}

// Register makes the number ready to send; where it had no PIN, this one becomes it. Meta counts attempts (10 in 72 hours
// with Deregister), so an unknown outcome is not tried again. region is "" or a data localization country such as DE.
func (c *Client) Register(ctx context.Context, phoneNumberID, pin, region string) error {
	body := map[string]string{"messaging_product": "whatsapp", "pin": pin}
	if region != "" {
		body["data_localization_region"] = region
	}
	return c.retry(ctx, call{method: http.MethodPost, path: []string{phoneNumberID, "register"}, json: body}, nil)
}

// Deregister takes the number off the Cloud API.
func (c *Client) Deregister(ctx context.Context, phoneNumberID string) error {
	return c.retry(ctx, call{
		method: http.MethodPost, path: []string{phoneNumberID, "deregister"},
		json: map[string]string{"messaging_product": "whatsapp"},
	}, nil)
}

// OverridePhoneWebhook sends the messages of this number to its own address; an empty address takes that back. Meta asks
// the address for the handshake first.
func (c *Client) OverridePhoneWebhook(ctx context.Context, phoneNumberID, callbackURL, verifyToken string) error {
	conf := map[string]string{"override_callback_uri": callbackURL}
	if callbackURL != "" {
		conf["verify_token"] = verifyToken
	}
	return c.retry(ctx, call{
		method: http.MethodPost, path: []string{phoneNumberID},
		json: map[string]any{"webhook_configuration": conf}, again: true,
	}, nil)
}
