package template

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// Button is one button of a template. Which fields count depends on Type.
type Button struct {
	Type        ButtonType
	Text        string
	URL         string   // of a URL button; ends with a placeholder when dynamic
	PhoneNumber string   // of a call button
	Example     []string // of a dynamic URL: the whole address or what replaces the placeholder; of a copy-code button: the code

	OTPType              OTPType
	AutofillText         string
	SupportedApps        []App
	ZeroTapTermsAccepted bool

	FlowID, FlowName, FlowJSON string // one of the three names the flow
	FlowAction                 string // navigate or data_exchange
	NavigateScreen             string
	Icon                       string // of a flow: DOCUMENT, PROMOTION or REVIEW

	TTLMinutes int // of a voice call; 0 is Meta's default

	// Extra holds unknown keys, and known ones whose spelling would not survive otherwise.
	Extra map[string]json.RawMessage

	odd json.RawMessage
}

// App is an Android app that may take a one-time password.
type App struct {
	PackageName   string
	SignatureHash string
	Extra         map[string]json.RawMessage

	odd json.RawMessage
}

// Label is what stands on the button in WhatsApp, in English where WhatsApp writes it itself.
func (b Button) Label() string {
	if b.Text != "" {
		return b.Text
	}
	if l := b.Type.StandardLabel(); l != "" {
		return l
	}
	if b.Type == OTP {
		if b.OTPType == OTPOneTap {
			return "Autofill"
		}
		return "Copy code"
	}
	if b.Type.Known() {
		return "…" // not written yet
	}
	return string(b.Type)
}

// ReadOnly tells that the program keeps the button but cannot edit it.
func (b Button) ReadOnly() bool { return b.odd != nil || !b.Type.Known() }

// AsOTP is the one-time-password button behind a URL button of Meta's answers: those come back as an address of
// whatsapp.com (Meta: Authentication templates). Second is false for every other button.
func (b Button) AsOTP() (Button, bool) {
	if b.Type == OTP {
		return b, true
	}
	if b.Type != URLButton || !strings.Contains(b.URL, "otp_type=") {
		return b, false
	}
	u, err := url.Parse(strings.NewReplacer("{", "%7B", "}", "%7D").Replace(b.URL))
	if err != nil || !strings.HasPrefix(strings.Trim(u.Path, "/"), "otp/") {
		return b, false
	}
	if h := u.Hostname(); h != "whatsapp.com" && !strings.HasSuffix(h, ".whatsapp.com") {
		return b, false
	}
	q := u.Query()
	out := Button{Type: OTP, Text: b.Text, OTPType: upper[OTPType](q.Get("otp_type")), AutofillText: q.Get("cta_display_name")}
	if p, s := q.Get("package_name"), q.Get("signature_hash"); p != "" || s != "" {
		out.SupportedApps = []App{{PackageName: p, SignatureHash: s}}
	}
	return out, true
}

// otpMinutes is how long the code of such an address lasts, or 0.
func (b Button) otpMinutes() int {
	_, after, ok := strings.Cut(b.URL, "code_expiration_minutes=")
	if !ok {
		return 0
	}
	digits, _, _ := strings.Cut(after, "&")
	n, _ := strconv.Atoi(digits)
	return n
}

// UnmarshalJSON keeps everything, see Decode.
func (b *Button) UnmarshalJSON(raw []byte) error {
	o, odd, err := readAny(raw)
	if err != nil || odd != nil {
		*b = Button{odd: odd}
		return err
	}
	*b = Button{
		Type:                 enumOf[ButtonType](o, "type"),
		Text:                 o.text("text"),
		URL:                  o.text("url"),
		PhoneNumber:          o.text("phone_number"),
		OTPType:              enumOf[OTPType](o, "otp_type"),
		AutofillText:         o.text("autofill_text"),
		SupportedApps:        listOf[App](o, "supported_apps"),
		ZeroTapTermsAccepted: o.flag("zero_tap_terms_accepted"),
		FlowID:               o.id("flow_id"),
		FlowName:             o.text("flow_name"),
		FlowJSON:             o.text("flow_json"),
		FlowAction:           o.text("flow_action"),
		NavigateScreen:       o.text("navigate_screen"),
		Icon:                 o.text("icon"),
		TTLMinutes:           o.int("ttl_minutes"),
	}
	b.Example = o.texts("example", b.Type == CopyCode)
	b.Extra = o.rest()
	return nil
}

// MarshalJSON writes what UnmarshalJSON read.
func (b Button) MarshalJSON() ([]byte, error) { return b.appendJSON(nil) }

func (b Button) appendJSON(to []byte) ([]byte, error) {
	if b.odd != nil {
		return append(to, b.odd...), nil
	}
	w := writer{extra: b.Extra, out: to}
	writeEnum(&w, "type", b.Type)
	w.text("text", b.Text)
	w.text("url", b.URL)
	w.text("phone_number", b.PhoneNumber)
	w.texts("example", b.Example, b.Type == CopyCode)
	writeEnum(&w, "otp_type", b.OTPType)
	w.text("autofill_text", b.AutofillText)
	writeList(&w, "supported_apps", b.SupportedApps)
	w.flag("zero_tap_terms_accepted", b.ZeroTapTermsAccepted)
	w.id("flow_id", b.FlowID)
	w.text("flow_name", b.FlowName)
	w.text("flow_json", b.FlowJSON)
	w.text("flow_action", b.FlowAction)
	w.text("navigate_screen", b.NavigateScreen)
	w.text("icon", b.Icon)
	w.int("ttl_minutes", b.TTLMinutes)
	return w.done()
}

// UnmarshalJSON keeps everything, see Decode.
func (a *App) UnmarshalJSON(b []byte) error {
	o, odd, err := readAny(b)
	if err != nil || odd != nil {
		*a = App{odd: odd}
		return err
	}
	*a = App{PackageName: o.text("package_name"), SignatureHash: o.text("signature_hash")}
	a.Extra = o.rest()
	return nil
}

// MarshalJSON writes what UnmarshalJSON read.
func (a App) MarshalJSON() ([]byte, error) { return a.appendJSON(nil) }

func (a App) appendJSON(b []byte) ([]byte, error) {
	if a.odd != nil {
		return append(b, a.odd...), nil
	}
	w := writer{extra: a.Extra, out: b}
	w.text("package_name", a.PackageName)
	w.text("signature_hash", a.SignatureHash)
	return w.done()
}

func (b Button) clone() Button {
	b.Example = append([]string(nil), b.Example...)
	b.SupportedApps = cloneAll(b.SupportedApps, func(a App) App {
		a.Extra = cloneExtra(a.Extra)
		return a
	})
	b.Extra = cloneExtra(b.Extra)
	return b
}
