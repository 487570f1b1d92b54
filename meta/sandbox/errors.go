package sandbox

import (
	"fmt"
	"net/http"
	"time"
)

// graphErr is one refusal in the form of Graph's error envelope.
type graphErr struct {
	http       int
	code       int
	subcode    int
	kind       string // OAuthException unless said otherwise
	msg        string
	details    string // error_data.details, with messaging_product (Cloud API edges)
	data       any    // error_data of management edges
	userTitle  string
	userMsg    string
	transient  bool
	retryAfter time.Duration
	beside     map[string]any // members beside "error" in the answer
	rule       string         // of templates: the rule that was broken
}

// fact is what the table knows of a code: the nominal HTTP status and the title that follows "(#code) ".
type fact struct {
	http    int
	title   string
	details string
}

// facts are the codes that the server uses by itself or that a fault or a magic recipient may ask for (Meta: Cloud API error codes).
var facts = map[int]fact{
	0:      {401, "Authentication failed", ""},
	1:      {400, "An unknown error occurred", ""},
	2:      {503, "Service temporarily unavailable", ""},
	3:      {500, "Application does not have the capability to make this API call.", ""},
	4:      {400, "Application request limit reached", ""},
	10:     {403, "Application does not have permission for this action", ""},
	17:     {400, "User request limit reached", ""},
	32:     {400, "Page request limit reached", ""},
	33:     {400, "This object does not exist or cannot be loaded", ""},
	100:    {400, "Invalid parameter", ""},
	102:    {401, "Session key invalid or no longer valid", ""},
	104:    {401, "An access token is required to request this resource.", ""},
	190:    {401, "Invalid OAuth access token", ""},
	200:    {403, "Permissions error", ""},
	341:    {400, "Application limit reached", ""},
	368:    {403, "The action attempted has been deemed abusive or is otherwise disallowed", ""},
	613:    {400, "Calls to this api have exceeded the rate limit.", ""},
	803:    {404, "Some of the aliases you requested do not exist", ""},
	2200:   {400, "Callback verification failed", ""},
	80007:  {400, "There have been too many calls to this WhatsApp Business account. Wait a bit and try again.", ""},
	130403: {400, "User is blocked", "Message failed to send because the business has blocked this user."},
	130429: {400, "Rate limit hit", "Cloud API message throughput has been reached."},
	130472: {400, "User's number is part of an experiment", "Failed to send message because this user's phone number is part of an experiment"},
	130497: {403, "Business account is restricted from messaging users in this country.", "The business account may not message users in this country."},
	131000: {500, "Something went wrong", "Message failed to send due to an unknown error."},
	131005: {403, "Access denied", "Permission is either not granted or has been removed."},
	131008: {400, "Required parameter is missing", ""},
	131009: {400, "Parameter value is not valid", ""},
	131016: {500, "Service unavailable", "A service is temporarily unavailable."},
	131020: {400, "Group has a single member", ""},
	131021: {400, "Recipient cannot be sender", "Sender and recipient phone number is the same."},
	131026: {400, "Message undeliverable", "Message Undeliverable."},
	131030: {400, "Recipient phone number not in allowed list", "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again."},
	131031: {403, "Business Account locked", "The account was locked or restricted, or the pin does not match."},
	131037: {400, "WhatsApp provided number needs display name approval before message can be sent.", "Display name approval is needed."},
	131041: {400, "Group is unknown", "The group does not exist or the business is not in it."},
	131042: {400, "Business eligibility payment issue", "Message failed to send because there were one or more errors related to your payment method."},
	131045: {500, "Incorrect certificate", "Message failed to send due to a phone number registration error."},
	131047: {400, "Re-engagement message", "Message failed to send because more than 24 hours have passed since the customer last replied to this number."},
	131048: {400, "Spam rate limit hit", "Message failed to send because there are restrictions on how many messages can be sent from this phone number."},
	131049: {400, "This message was not delivered to maintain healthy ecosystem engagement.", "In order to maintain a healthy ecosystem engagement, the message failed to be delivered."},
	131050: {400, "User has stopped marketing messages", "The recipient has chosen to stop receiving marketing messages on WhatsApp from your business."},
	131051: {400, "Unsupported message type", "Message type is currently not supported."},
	131052: {400, "Media download error", "Failed to download the media."},
	131053: {400, "Media upload error", "Unable to upload the media used in the message."},
	131055: {400, "Method not allowed", ""},
	131056: {400, "(Business Account, Consumer Account) pair rate limit hit", "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time."},
	131057: {500, "Account in maintenance mode", "Business Account is in maintenance mode."},
	131058: {400, "Hello World templates can only be sent from the Public Test Numbers", ""},
	131059: {400, "Invalid cursor", "The cursor is not valid or has expired."},
	131060: {400, "Message unavailable", "This message is currently unavailable."},
	131062: {400, "Recipient identifier not supported", "A business-scoped user id cannot receive this message; give a phone number."},
	131063: {400, "Marketing messages disabled on Cloud API", "Marketing templates cannot be sent through this edge for this account."},
	131064: {400, "Messaging limit reached", "The limit was lowered because of template classification violations."},
	132000: {400, "Number of parameters does not match the expected number of params", ""},
	132001: {404, "Template name does not exist in the translation", ""},
	132005: {400, "Translated text too long", ""},
	132007: {400, "Template content policy violated", ""},
	132008: {400, "Parameter value is not valid", ""},
	132012: {400, "Parameter format does not match format in the created template", ""},
	132015: {400, "Template is paused", "The template is paused because of its quality and cannot be sent."},
	132016: {400, "Template is disabled", "The template was disabled for good and cannot be sent."},
	132018: {400, "Invalid template parameters", ""},
	132068: {400, "Flow is blocked", ""},
	132069: {400, "Flow is throttled", ""},
	133000: {500, "Incomplete deregistration", ""},
	133004: {503, "Server temporarily unavailable", ""},
	133005: {400, "Two step verification PIN mismatch", "The two-step verification PIN is not right."},
	133006: {400, "Phone number re-verification needed", "The phone number must be verified before it is registered."},
	133008: {400, "Too many two step verification PIN guesses", "Too many wrong PINs; wait before another try."},
	133009: {400, "Two step verification PIN guessed too fast", "The PIN was entered too fast; wait before another try."},
	133010: {400, "Account not registered", "The phone number is not registered on the platform."},
	133015: {400, "Please wait a few minutes before attempting to register this phone number", ""},
	133016: {400, "Account register/deregister rate limit exceeded", "Too many registrations and deregistrations of this number in 72 hours."},
	134011: {400, "WhatsApp Payments terms of service has not been accepted", ""},
	134100: {400, "Only marketing messages supported", ""},
	134101: {400, "Template not synced yet", ""},
	134102: {500, "Template unavailable", ""},
	135000: {400, "Generic user error", "Something is wrong with the parameters of the request."},
	136024: {400, "Phone number already verified", ""},
	136025: {400, "Code could not be verified", ""},
	137000: {400, "Recipient identity key hash mismatch", ""},
	139100: {400, "Failed to block/unblock users", "Failed to block or unblock some users"},
	139101: {400, "Block list limit reached", "The list of blocked users is full."},
	139102: {400, "Block list concurrent update", ""},
	139103: {400, "Block list internal error", ""},
}

// fail is a refusal of the Cloud API edges: "(#code) title" with details in error_data.
func fail(code int, format string, args ...any) *graphErr {
	f, ok := facts[code]
	if !ok {
		f = fact{http.StatusBadRequest, "Unknown error", ""}
	}
	d := f.details
	if format != "" {
		d = fmt.Sprintf(format, args...)
	}
	return &graphErr{http: f.http, code: code, msg: fmt.Sprintf("(#%d) %s", code, f.title), details: d}
}

// param100 is a refusal whose whole story is in the message: "(#100) …".
func param100(format string, args ...any) *graphErr {
	m := fmt.Sprintf(format, args...)
	return &graphErr{http: http.StatusBadRequest, code: 100, msg: "(#100) " + m, details: m}
}

func missing100(name string) *graphErr { return param100("The parameter %s is required.", name) }

// manage is a refusal of the management edges: "Invalid parameter" with a subcode and a text for people.
func manage(subcode int, title, text string) *graphErr {
	return &graphErr{http: http.StatusBadRequest, code: 100, subcode: subcode, msg: "Invalid parameter", userTitle: title, userMsg: text}
}

// unsupported is Graph's answer to an unknown object, an unknown edge and a wrong method alike.
func unsupported(method, id string) *graphErr {
	verb := map[string]string{http.MethodPost: "post", http.MethodDelete: "delete"}[method]
	if verb == "" {
		verb = "get"
	}
	return &graphErr{
		http: http.StatusBadRequest, code: 100, subcode: 33, kind: "GraphMethodException",
		msg: fmt.Sprintf("Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded due to missing permissions, "+
			"or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api", verb, id),
	}
}

// envelope is the answer's JSON value.
func (e *graphErr) envelope(trace string) map[string]any {
	kind := e.kind
	if kind == "" {
		kind = "OAuthException"
	}
	m := map[string]any{"message": e.msg, "type": kind, "code": e.code, "fbtrace_id": trace}
	if e.subcode != 0 {
		m["error_subcode"] = e.subcode
	}
	switch {
	case e.details != "":
		m["error_data"] = map[string]any{"messaging_product": "whatsapp", "details": e.details}
	case e.data != nil:
		m["error_data"] = e.data
	}
	if e.userTitle != "" {
		m["error_user_title"], m["error_user_msg"], m["is_transient"] = e.userTitle, e.userMsg, e.transient
	}
	out := map[string]any{"error": m}
	for k, v := range e.beside {
		out[k] = v
	}
	return out
}

// statusError is the same failure as a webhook's status carries it.
func statusError(code int, details string) map[string]any {
	f, ok := facts[code]
	if !ok {
		f = fact{400, "Unknown error", ""}
	}
	if details == "" {
		details = f.details
	}
	if details == "" {
		details = f.title
	}
	return map[string]any{
		"code": code, "title": f.title, "message": f.title,
		"error_data": map[string]any{"details": details},
		"href":       "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes",
	}
}
