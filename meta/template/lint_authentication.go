package template

import "fmt"

func (l *linter) misplacedInAuthentication(c Component, where Place, i int) {
	if c.Type == Header {
		l.add(ruleAuthHeader, where, "an authentication template has no header", removeComponent(i))
		return
	}
	l.add(ruleAuthComponent, where, "an authentication template has a body, a footer and a button only", removeComponent(i))
}

func (l *linter) authenticationFooter(c Component, where Place) {
	n := c.CodeExpirationMinutes
	_, came := c.Extra["code_expiration_minutes"]
	if n == 0 && !came && c.Text != "" {
		l.add(ruleAuthText, where.field("text"), "Meta writes this line itself, from the minutes that a code lasts")
		return
	}
	if n >= 1 && n <= MaxCodeMinutes {
		return
	}
	l.add(ruleAuthMinutes, where.field("code_expiration_minutes"), fmt.Sprintf("a code lasts %d minutes here; Meta takes 1 to %d", n, MaxCodeMinutes),
		edit("Use 10 minutes", func(d *Document) {
			if f := d.Component(Footer); f != nil {
				f.CodeExpirationMinutes = 10
			}
		}))
}

// authenticationButton: there must be one that hands the code over.
func (l *linter) authenticationButton(hasButtons bool) {
	if hasButtons {
		c, _ := l.d.find(Buttons)
		for _, b := range c.Buttons {
			if _, ok := b.AsOTP(); ok {
				return
			}
		}
	}
	l.add(ruleAuthButton, place(PartButton, ""), "needs a button that copies or fills in the code", edit("Add a button that copies the code", func(d *Document) {
		c := d.Ensure(Buttons)
		c.Buttons = append(c.Buttons, Button{Type: OTP, OTPType: OTPCopyCode})
	}))
}

func (l *linter) otp(b Button, at Place) {
	if l.d.Category != Authentication {
		l.add(ruleButtonCategory, at, "one-time passwords are for authentication templates only", removeButton(at),
			edit("Make the category authentication", func(d *Document) { d.Category = Authentication }))
		return
	}
	fromMeta := l.fromMeta(at)
	switch b.OTPType {
	case OTPCopyCode:
	case OTPOneTap, OTPZeroTap:
		if !fromMeta {
			l.apps(b, at.field("supported_apps"))
		}
	default:
		l.add(ruleOTPType, at.field("otp_type"), "must copy the code, or fill it in with one tap or none", edit("Copy the code", func(d *Document) {
			if _, b := d.at(at.slot()); b != nil {
				b.OTPType = OTPCopyCode
			}
		}))
	}
	if b.OTPType == OTPZeroTap && !b.ZeroTapTermsAccepted && !fromMeta {
		l.add(ruleOTPTerms, at.field("zero_tap_terms_accepted"), "filling codes in without a tap needs Meta's terms accepted", edit("Accept them", func(d *Document) {
			if _, b := d.at(at.slot()); b != nil {
				b.ZeroTapTermsAccepted = true
			}
		}))
	}
	if b.Text != "" {
		l.otpLabel(b.Text, at.field("text"))
	}
	if b.AutofillText != "" {
		l.otpLabel(b.AutofillText, at.field("autofill_text"))
	}
}

func (l *linter) otpLabel(text string, where Place) {
	if blank(text) {
		l.add(ruleLabelEmpty, where, "has nothing that could be seen", rewrite("Leave it to WhatsApp", where, func(string) string { return "" }))
		return
	}
	l.labelText(text, where)
}

// fromMeta tells whether the button came back as an address, in which apps and terms are not all told.
func (l *linter) fromMeta(at Place) bool {
	_, b := l.d.at(at.slot())
	return b != nil && b.Type != OTP
}

func (l *linter) apps(b Button, where Place) {
	if n := len(b.SupportedApps); n == 0 || n > MaxApps {
		l.add(ruleOTPApps, where, fmt.Sprintf("names %s; one to %d are needed", counted(n, "app"), MaxApps))
	}
	for _, a := range b.SupportedApps {
		switch {
		case a.PackageName == "" || len(a.PackageName) > MaxPackageName:
			l.add(ruleOTPApps, where, fmt.Sprintf("an app's package name has 1 to %d characters", MaxPackageName))
		case len(a.SignatureHash) != HashLength:
			l.add(ruleOTPApps, where, fmt.Sprintf("%s: its signature hash has %d characters instead of %d", shorten(a.PackageName), len(a.SignatureHash), HashLength))
		}
	}
}
