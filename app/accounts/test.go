package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/meta"
)

// Scopes are the permissions that the access token needs (Meta: permissions).
var Scopes = []string{"whatsapp_business_management", "whatsapp_business_messaging"}

// Fields are the webhook fields that the desk understands and wants to be told of (Meta: webhooks, fields).
var Fields = []string{
	"messages", "message_template_status_update", "message_template_quality_update", "template_category_update", "message_template_components_update",
	"account_update", "account_alerts", "account_review_update", "phone_number_quality_update", "phone_number_name_update",
	"business_capability_update", "security", "user_preferences",
}

// A token that ends within this time is warned of.
const tokenWarning = 7 * 24 * time.Hour

// Test checks a stored account against Meta, one thing after the other, and keeps what it found. each (may be nil) gets every line as it is known.
func (s *Service) Test(ctx context.Context, id app.ID, each func(app.Check)) ([]app.Check, error) {
	a, err := s.c.Store.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	cred, err := s.Credentials(ctx, a)
	if err != nil {
		var e *app.Error
		errors.As(err, &e)
		c := app.Check{Account: a.Name, ID: "keyring", What: "Secrets", Why: e.Message, Mend: e.Mend, Code: string(e.Code)}
		if each != nil {
			each(c)
		}
		return []app.Check{c}, nil
	}
	t := &tester{s: s, a: a, cred: cred, each: each}
	t.run(ctx)
	if ctx.Err() != nil {
		return t.checks, ctx.Err()
	}
	t.a.LastTest, t.a.LastTestAt = t.checks, s.c.Now()
	err = s.c.Store.SetTest(ctx, t.a)
	s.mu.Lock()
	s.list = nil
	s.mu.Unlock()
	return t.checks, err
}

// Try checks a draft against Meta and keeps nothing.
func (s *Service) Try(ctx context.Context, d Draft, each func(app.Check)) ([]app.Check, error) {
	d, cred, err := s.complete(ctx, d)
	if err != nil {
		return nil, err
	}
	t := &tester{s: s, cred: cred, each: each, a: app.Account{
		ID: d.ID, Name: d.Name, AppID: d.AppID, WABAID: d.WABAID, PhoneNumberID: d.PhoneNumberID, Practice: d.Practice,
	}}
	t.run(ctx)
	return t.checks, ctx.Err()
}

// tester runs the checks of one account.
type tester struct {
	s      *Service
	a      app.Account
	cred   app.Credentials
	client *meta.Client
	each   func(app.Check)
	checks []app.Check

	wrongSecret bool // Meta refused the app secret
}

func (t *tester) run(ctx context.Context) {
	t.client = t.s.client(t.a, t.cred)
	if !t.token(ctx) {
		return
	}
	if t.waba(ctx) {
		t.number(ctx)
		t.subscription(ctx)
	}
	t.upload(ctx)
	t.webhook(ctx)
}

// token checks app, secret and token together: the token is inspected with the app's own credentials.
func (t *tester) token(ctx context.Context) bool {
	info, err := t.client.DebugToken(ctx)
	var e *meta.Error
	switch {
	case errors.As(err, &e):
		t.fail("app", "App ID and app secret", "Meta does not know this app with this secret.", "Copy both again from your app, under App settings › Basic.", e)
		t.wrongSecret = true
		bare := t.cred
		bare.AppSecret = "" // so that the other checks are not refused for the secret's sake
		t.client = t.s.client(t.a, bare)
		if info, err = t.client.DebugOwnToken(ctx); err != nil {
			t.refused("token", "Access token", err)
			return true
		}
	case err != nil:
		t.refused("network", "Meta", err)
		return false
	default:
		t.ok("app", "App ID and app secret", "they belong together")
	}
	switch {
	case !info.Valid:
		t.refusedBy("token", "Access token", info.Err)
	case info.AppID != "" && info.AppID != t.a.AppID:
		t.fail("token", "Access token", "It was made for another app ("+info.AppID+").", "Make a token for the app "+t.a.AppID+", or correct the app ID.", nil)
	case !info.Expires.IsZero() && info.Expires.Sub(t.s.c.Now()) < tokenWarning:
		t.warn("token", "Access token", "It ends in "+left(info.Expires.Sub(t.s.c.Now()))+"; after that nothing can be sent.",
			"Make a permanent one: Business settings › System users › Generate token.")
	case info.Type == "USER":
		t.warn("token", "Access token", "It belongs to a person, not to a system user, and ends when their session does.",
			"Make a permanent one: Business settings › System users › Generate token.")
	default:
		t.ok("token", "Access token", "valid, "+lasting(info.Expires))
	}
	if info.Valid {
		var missing []string
		for _, scope := range Scopes {
			if !info.Allows(scope, t.a.WABAID) {
				missing = append(missing, scope)
			}
		}
		if len(missing) > 0 {
			t.fail("scopes", "Permissions", "The token lacks "+strings.Join(missing, " and ")+" for this business account.",
				"Make a new token with both WhatsApp permissions ticked, and give the system user this business account.", nil)
		} else {
			t.ok("scopes", "Permissions", "it may manage and send")
		}
	}
	return true
}

func (t *tester) waba(ctx context.Context) bool {
	w, err := t.client.WABA(ctx, t.a.WABAID)
	switch {
	case err != nil:
		t.refused("waba", "Business account", err)
		return false
	case w.ReviewStatus == "REJECTED" || w.ReviewStatus == "RESTRICTED":
		t.fail("waba", "Business account", "Meta has reviewed it and answered "+string(w.ReviewStatus)+".", "Open Account quality in Business settings and ask for a review.", nil)
	default:
		t.ok("waba", "Business account", string(w.Name))
	}
	return true
}

func (t *tester) number(ctx context.Context) {
	var p *meta.Phone
	var others []string
	for phone, err := range t.client.PhoneNumbers(ctx, t.a.WABAID) {
		if err != nil {
			t.refused("number", "Number", err)
			return
		}
		if string(phone.ID) == t.a.PhoneNumberID {
			p = &phone
			break
		}
		others = append(others, string(phone.DisplayPhoneNumber)+" (ID "+string(phone.ID)+")")
	}
	if p == nil {
		mend := "Copy the phone number ID from WhatsApp › API Setup."
		if len(others) > 0 {
			mend = "The numbers of this business account are: " + strings.Join(others, ", ") + "."
		}
		t.fail("number", "Number", "The phone number ID does not belong to this business account.", mend, nil)
		return
	}
	t.a.DisplayPhone, t.a.VerifiedName = string(p.DisplayPhoneNumber), string(p.VerifiedName)
	t.a.Quality, t.a.Limit = string(p.QualityRating), string(p.MessagingLimit)
	t.a.Throughput, t.a.OnPhoneApp = string(p.Throughput.Level), p.OnBusinessApp
	t.ok("number", "Number", t.a.DisplayPhone+", "+t.a.VerifiedName)
	switch {
	case p.Status != "" && p.Status != "CONNECTED":
		t.fail("status", "Connection", "The number is "+strings.ToLower(string(p.Status))+", not connected.", "Register it with its PIN: WhatsApp Manager › Phone numbers.", nil)
	case p.QualityRating == "RED":
		t.warn("status", "Connection", "connected, but its quality is low: customers block or report it", "Send fewer and better expected messages; WhatsApp Manager shows why.")
	default:
		t.ok("status", "Connection", "connected"+quality(string(p.QualityRating)))
	}
}

// subscription is what is forgotten most: without it the webhook test passes and no message ever comes.
func (t *tester) subscription(ctx context.Context) {
	for sub, err := range t.client.SubscribedApps(ctx, t.a.WABAID) {
		if err != nil {
			t.refused("subscription", "Account subscription", err)
			return
		}
		if string(sub.App.ID) == t.a.AppID {
			t.ok("subscription", "Account subscription", "the app is subscribed to this account")
			return
		}
	}
	t.warn("subscription", "Account subscription", "The app is not subscribed to this account, so Meta sends no messages here.", "Press Turn messages on in the window, or post to /"+t.a.WABAID+"/subscribed_apps with the token.")
}

// upload opens an upload session, which Meta allows only a token of this very app.
func (t *tester) upload(ctx context.Context) {
	if _, err := t.client.OpenUpload(ctx, "test.png", "image/png", 1); err != nil {
		t.refused("upload", "Uploads", err)
		return
	}
	t.ok("upload", "Uploads", "files can be handed to Meta")
}

func (t *tester) webhook(ctx context.Context) {
	const what = "Webhook address"
	if t.cred.AppSecret == "" || t.wrongSecret {
		return // the check of the app says so, and without the right one nobody may ask
	}
	subs, err := t.client.AppSubscriptions(ctx)
	if err != nil {
		t.refused("webhook", what, err)
		return
	}
	for _, sub := range subs {
		if sub.Object != "whatsapp_business_account" || sub.CallbackURL == "" {
			continue
		}
		if missing := missingFields(sub); slices.Contains(missing, "messages") {
			t.warn("webhook", what, "Meta knows the address, but the field “messages” is off.", "Turn it on in your app under WhatsApp › Configuration.")
		} else if len(missing) > 0 {
			t.warn("webhook", what, "set at Meta; "+strconv.Itoa(len(missing))+" useful fields are off: "+strings.Join(missing, ", "), "Turn them on in your app under WhatsApp › Configuration.")
		} else {
			t.ok("webhook", what, sub.CallbackURL)
		}
		return
	}
	t.warn("webhook", what, "Meta does not know where to deliver messages.", "Paste the callback URL and the verify token into your app under WhatsApp › Configuration.")
}

func missingFields(sub meta.AppSubscription) []string {
	var missing []string
	for _, f := range Fields {
		if !slices.ContainsFunc(sub.Fields, func(have meta.SubscribedField) bool { return string(have.Name) == f }) {
			missing = append(missing, f)
		}
	}
	return missing
}

func (t *tester) ok(id, what, why string) {
	t.add(app.Check{ID: id, OK: true, What: what, Why: why})
}

func (t *tester) warn(id, what, why, mend string) {
	t.add(app.Check{ID: id, OK: true, Warning: true, What: what, Why: why, Mend: mend})
}

func (t *tester) fail(id, what, why, mend string, e *meta.Error) {
	c := app.Check{ID: id, What: what, Why: why, Mend: mend}
	if e != nil && e.Code != 0 {
		c.Code = strconv.Itoa(e.Code)
	}
	t.add(c)
}

// refused turns any failure of a call into a line.
func (t *tester) refused(id, what string, err error) {
	var e *meta.Error
	if errors.As(err, &e) {
		t.refusedBy(id, what, e)
		return
	}
	t.fail(id, what, "Meta could not be reached: "+err.Error()+".", "Check this computer's connection to the internet, then test again.", nil)
}

func (t *tester) refusedBy(id, what string, e *meta.Error) {
	if e == nil {
		e = &meta.Error{Code: meta.CodeTokenInvalid}
	}
	info := meta.Explain(e.Code, e.Subcode)
	t.fail(id, what, info.Plain, info.Mend, e)
}

func (t *tester) add(c app.Check) {
	c.Account = t.a.Name
	t.checks = append(t.checks, c)
	if t.each != nil {
		t.each(c)
	}
}

func lasting(expires time.Time) string {
	if expires.IsZero() {
		return "does not end"
	}
	return "until " + expires.Format("2 January 2006")
}

func left(d time.Duration) string {
	if d < 48*time.Hour {
		return fmt.Sprintf("%d hours", max(int(d.Hours()), 0))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}

func quality(rating string) string {
	switch rating {
	case "GREEN":
		return ", quality high"
	case "YELLOW":
		return ", quality medium"
	}
	return ""
}
