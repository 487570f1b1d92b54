package template

func (l *linter) misplacedInAuthentication(c Component, where Place, i int) {
	if c.Type == Header {
		l.add(ruleAuthHeader, where, say("auth.header", "an authentication template has no header"), removeComponent(i))
		return
	}
	l.add(ruleAuthComponent, where, say("auth.component", "an authentication template has a body, a footer and a button only"), removeComponent(i))
}

func (l *linter) authenticationFooter(c Component, where Place) {
	n := c.CodeExpirationMinutes
	_, came := c.Extra["code_expiration_minutes"]
	if n == 0 && !came && c.Text != "" {
		l.add(ruleAuthText, where.field("text"), say("auth.text.footer", "Meta writes this line itself, from the minutes that a code lasts"))
		return
	}
	if n >= 1 && n <= MaxCodeMinutes {
		return
	}
	l.add(ruleAuthMinutes, where.field("code_expiration_minutes"), say("auth.minutes", "a code lasts {{.Minutes}} minutes here; Meta takes 1 to {{.Most}}", "Minutes", n, "Most", MaxCodeMinutes),
		edit(say("mend.ten_minutes", "Use 10 minutes"), func(d *Document) {
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
	l.add(ruleAuthButton, place(PartButton, ""), say("auth.button", "needs a button that copies or fills in the code"), edit(say("mend.add_otp", "Add a button that copies the code"), func(d *Document) {
		c := d.Ensure(Buttons)
		c.Buttons = append(c.Buttons, Button{Type: OTP, OTPType: OTPCopyCode})
	}))
}

func (l *linter) otp(b Button, at Place) {
	if l.d.Category != Authentication {
		l.add(ruleButtonCategory, at, say("button.category", "one-time passwords are for authentication templates only"), removeButton(at),
			edit(say("mend.authentication", "Make the category authentication"), func(d *Document) { d.Category = Authentication }))
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
		l.add(ruleOTPType, at.field("otp_type"), say("otp.type", "must copy the code, or fill it in with one tap or none"), edit(say("mend.copy_code", "Copy the code"), func(d *Document) {
			if _, b := d.at(at.slot()); b != nil {
				b.OTPType = OTPCopyCode
			}
		}))
	}
	if b.OTPType == OTPZeroTap && !b.ZeroTapTermsAccepted && !fromMeta {
		l.add(ruleOTPTerms, at.field("zero_tap_terms_accepted"), say("otp.terms", "filling codes in without a tap needs Meta's terms accepted"), edit(say("mend.accept_terms", "Accept them"), func(d *Document) {
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
		l.add(ruleLabelEmpty, where, say("label.empty.blank", "has nothing that could be seen"), rewrite(say("mend.leave_whatsapp", "Leave it to WhatsApp"), where, func(string) string { return "" }))
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
		l.add(ruleOTPApps, where, say("otp.apps", "has {{.Count}} apps; 1 to {{.Most}} are needed", "Count", n, "Most", MaxApps))
	}
	for _, a := range b.SupportedApps {
		switch {
		case a.PackageName == "" || len(a.PackageName) > MaxPackageName:
			l.add(ruleOTPApps, where, say("otp.apps.package", "an app's package name has 1 to {{.Most}} characters", "Most", MaxPackageName))
		case len(a.SignatureHash) != HashLength:
			l.add(ruleOTPApps, where, say("otp.apps.hash", "{{.App}}: its signature hash has {{.Count}} characters instead of {{.Want}}", "App", shorten(a.PackageName), "Count", len(a.SignatureHash), "Want", HashLength))
		}
	}
}
