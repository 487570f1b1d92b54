package templates

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// buttonRow is one button: its kind, its words, and the fields of its kind.
type buttonRow struct {
	l      *buttonList
	index  int
	object fyne.CanvasObject
	card   *widget.Card
	fields []buttonField
	first  *widget.Field
	link   *widget.Choice // fixed or with a part that changes
	otp    *widget.Choice
	remove *widget.Button
	raw    *widget.Paragraph
}

// buttonField is a field of a button, and how its text gets into the button and out.
type buttonField struct {
	*widget.Field
	key  string
	most int // 0: not counted
	get  func(b template.Button) string
}

func newButtonRow(l *buttonList, i int, b template.Button) *buttonRow {
	r := &buttonRow{l: l, index: i}
	r.remove = widget.NewIconButton("trash", lang.X("buttons.remove", "Remove this button"), func() { l.remove(r.index) }).Sized(widget.Small)
	head := layout.Row(theme.Space2, widget.NewIcon(widget.ButtonKindIcon(b.Type), 16, theme.Text2), layout.Grow(widget.NewBold(buttonKind(b.Type), theme.TypeSmall, theme.Text).Shrinking()), r.remove)
	column := layout.Column(theme.Space3, head)
	if b.ReadOnly() {
		r.raw = widget.NewParagraph(lang.X("buttons.unknown", "This version does not know this kind of button. It is kept as it is."), theme.TypeCaption, theme.Text2, 120)
		column.Add(r.raw)
	} else {
		for _, o := range r.make(b) {
			column.Add(o)
		}
	}
	r.card = widget.NewCard(column, theme.Space3)
	r.object = r.card
	return r
}

// text adds a field.
func (r *buttonRow) text(key, label, hint string, most int, get func(template.Button) string, set func(*template.Button, string)) *widget.Field {
	f := widget.NewField(label, hint)
	f.OnChanged = func(s string) { r.l.change(r.index, key+strconv.Itoa(r.index), func(b *template.Button) { set(b, s) }) }
	r.fields = append(r.fields, buttonField{Field: f, key: key, most: most, get: get})
	if r.first == nil {
		r.first = f
	}
	return f
}

// make gives the fields that a kind of button has (Meta: Templates › Buttons).
func (r *buttonRow) make(b template.Button) (out []fyne.CanvasObject) {
	if b.Type.FixedLabel() == "" && !(b.Type == template.OTP && b.OTPType == template.OTPZeroTap) {
		out = append(out, r.text("text", lang.X("buttons.text", "Words on the button"), "", template.MaxLabel, func(b template.Button) string { return b.Text }, func(b *template.Button, s string) { b.Text = s }))
	}
	switch b.Type {
	case template.URLButton:
		r.link = widget.NewChoice(lang.X("buttons.link", "Address"), []widget.Option{
			{Key: "fixed", Label: lang.X("buttons.static", "Always the same")},
			{Key: "dynamic", Label: lang.X("buttons.dynamic", "Ends differently")},
		}, r.setDynamic)
		url := r.text("url", lang.X("buttons.url", "Link"), "https://", template.MaxURL, func(b template.Button) string { return b.URL }, func(b *template.Button, s string) { b.URL = s })
		out = append(out, layout.TallRow(theme.Space3, layout.Exactly(180, 0, r.link), layout.Grow(url)))
	case template.PhoneNumber:
		out = append(out, r.text("phone_number", lang.X("buttons.number", "Phone number, with the country"), "+34 919 01 00 22", 0,
			func(b template.Button) string { return b.PhoneNumber }, func(b *template.Button, s string) { b.PhoneNumber = tidyPhone(s) }))
	case template.CopyCode:
		out = append(out, widget.NewParagraph(lang.X("buttons.code_note", "WhatsApp writes “Copy offer code” on it. The code is filled in under Variables."), theme.TypeCaption, theme.Text2, 120))
	case template.RequestContactInfo:
		out = append(out, widget.NewParagraph(lang.X("buttons.contact_note", "WhatsApp writes “Share contact info” on it, and the customer's answer comes as a contact."), theme.TypeCaption, theme.Text2, 120))
	case template.OTP:
		out = append(out, r.makeOTP(b)...)
	case template.Flow:
		out = append(out,
			r.text("flow_id", lang.X("buttons.flow_id", "ID of the flow at Meta"), "", 0, func(b template.Button) string { return b.FlowID }, func(b *template.Button, s string) { b.FlowID = strings.TrimSpace(s) }),
			r.text("navigate_screen", lang.X("buttons.flow_screen", "First screen (if it is not the flow's own)"), "", 0, func(b template.Button) string { return b.NavigateScreen }, func(b *template.Button, s string) {
				b.NavigateScreen = strings.TrimSpace(s)
				if b.NavigateScreen != "" && b.FlowAction == "" {
					b.FlowAction = "navigate"
				}
			}))
	case template.VoiceCall:
		out = append(out, r.text("ttl", lang.X("buttons.minutes", "May be used for (minutes; empty: Meta's own)"), "", 0,
			func(b template.Button) string { return numberOrEmpty(b.TTLMinutes) }, func(b *template.Button, s string) { b.TTLMinutes = digits(s) }))
	}
	return out
}

// makeOTP gives the fields of the button that hands a sign-in code over.
func (r *buttonRow) makeOTP(b template.Button) (out []fyne.CanvasObject) {
	r.otp = widget.NewChoice(lang.X("buttons.otp_type", "How the code gets there"), []widget.Option{
		{Key: string(template.OTPCopyCode), Label: lang.X("otp.copy", "The customer copies it")},
		{Key: string(template.OTPOneTap), Label: lang.X("otp.one_tap", "One tap fills it into your app")},
		{Key: string(template.OTPZeroTap), Label: lang.X("otp.zero_tap", "Your app takes it without a tap")},
	}, func(key string) {
		r.l.shape = ""
		r.l.change(r.index, "", func(b *template.Button) {
			b.OTPType = template.OTPType(key)
			if b.OTPType != template.OTPCopyCode && len(b.SupportedApps) == 0 {
				b.SupportedApps = []template.App{{}}
			}
			if b.OTPType == template.OTPCopyCode {
				b.SupportedApps, b.AutofillText, b.ZeroTapTermsAccepted = nil, "", false
			}
			if b.OTPType == template.OTPZeroTap {
				b.ZeroTapTermsAccepted = true
			}
		})
	})
	out = append(out, r.otp)
	if b.OTPType == template.OTPCopyCode || b.OTPType == "" {
		return out
	}
	if b.OTPType == template.OTPOneTap {
		out = append(out, r.text("autofill", lang.X("buttons.autofill", "Words on the button that fills it in"), "", template.MaxLabel, func(b template.Button) string { return b.AutofillText }, func(b *template.Button, s string) { b.AutofillText = s }))
	} else {
		out = append(out, widget.NewParagraph(lang.X("otp.terms", "By using this you accept Meta's terms for zero-tap codes: the customer must know that the code is filled in by itself."), theme.TypeCaption, theme.Text2, 120))
	}
	for i := range b.SupportedApps {
		out = append(out, layout.TallRow(theme.Space3,
			layout.Grow(r.text("package"+strconv.Itoa(i), lang.X("buttons.package", "Package of your Android app"), "com.example.shop", 0,
				func(b template.Button) string { return appAt(b, i).PackageName }, func(b *template.Button, s string) { b.SupportedApps[i].PackageName = strings.TrimSpace(s) })),
			layout.Grow(r.text("hash"+strconv.Itoa(i), lang.X("buttons.hash", "Signature hash (11 characters)"), "K8a/AINcGX7", 0,
				func(b template.Button) string { return appAt(b, i).SignatureHash }, func(b *template.Button, s string) { b.SupportedApps[i].SignatureHash = strings.TrimSpace(s) })),
		))
	}
	more := widget.NewButton(widget.TextOnly, lang.X("buttons.another_app", "Another app"), "plus", func() {
		r.l.shape = ""
		r.l.change(r.index, "", func(b *template.Button) {
			if len(b.SupportedApps) < template.MaxApps {
				b.SupportedApps = append(b.SupportedApps, template.App{})
			}
		})
	}).Sized(widget.Small)
	return append(out, layout.Row(0, more))
}

func appAt(b template.Button, i int) template.App {
	if i < len(b.SupportedApps) {
		return b.SupportedApps[i]
	}
	return template.App{}
}

// setDynamic gives the address a part that changes, at its end, or takes it away (Meta: one placeholder, at the end).
func (r *buttonRow) setDynamic(key string) {
	r.l.change(r.index, "", func(b *template.Button) {
		base, _, _ := strings.Cut(b.URL, "{{")
		b.URL, b.Example = base, nil
		if key == "dynamic" {
			if base != "" && !strings.HasSuffix(base, "/") && !strings.HasSuffix(base, "=") {
				base += "/"
			}
			b.URL = base + "{{1}}"
		}
	})
}

// show fills the row in.
func (r *buttonRow) show(b template.Button, locked bool) {
	for _, f := range r.fields {
		s := f.get(b)
		if f.Text() != s && !(f.key == "phone_number" && tidyPhone(f.Text()) == s) {
			f.SetText(s)
		}
		if f.most > 0 {
			tone := widget.Quiet
			if len([]rune(s)) > f.most {
				tone = widget.Bad
			}
			f.SetHelp(counter(s, f.most), tone)
		}
		able(f.Field, !locked)
	}
	if r.link != nil {
		key := "fixed"
		if strings.Contains(b.URL, "{{") {
			key = "dynamic"
		}
		r.link.SetChosen(key)
		able(r.link, !locked)
	}
	if r.otp != nil {
		r.otp.SetChosen(string(b.OTPType))
		able(r.otp, !locked)
	}
	able(r.remove, !locked)
}

func (r *buttonRow) focus() {
	if r.first != nil {
		r.first.Focus()
	}
}

// mark puts the cursor into the field that a finding is about.
func (r *buttonRow) mark(field string) {
	for _, f := range r.fields {
		if f.key == field {
			f.Focus()
			return
		}
	}
	r.focus()
}

// tidyPhone takes out what people write into numbers and Meta does not take.
func tidyPhone(s string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(" -().\u00a0\u202f/", c) {
			return -1
		}
		return c
	}, s)
}

func numberOrEmpty(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// digits is the number that a text begins with, 0 if there is none.
func digits(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
