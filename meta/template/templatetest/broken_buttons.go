package templatetest

import (
	"strings"

	"shopbell/meta/template"
)

func init() { Breaks = append(Breaks, buttonBreaks...) }

var buttonBreaks = []Break{
	{"buttons.none", "no buttons", onButtons(func(c *template.Component) { c.Buttons = nil })},
	{"buttons.count", "eleven buttons", onButtons(func(c *template.Component) {
		c.Buttons = nil
		for i := range 11 {
			c.Buttons = append(c.Buttons, template.Button{Type: template.QuickReply, Text: "Reply " + string(rune('a'+i))})
		}
	})},
	{"buttons.kind", "three addresses", onButtons(func(c *template.Component) {
		c.Buttons = nil
		for _, l := range []string{"One", "Two", "Three"} {
			c.Buttons = append(c.Buttons, template.Button{Type: template.URLButton, Text: l, URL: "https://example.com/" + l})
		}
	})},
	{"buttons.kind", "two numbers", onButtons(func(c *template.Component) {
		c.Buttons = []template.Button{
			{Type: template.PhoneNumber, Text: "One", PhoneNumber: "+15550051310"},
			{Type: template.PhoneNumber, Text: "Two", PhoneNumber: "+15550051311"},
		}
	})},
	{"buttons.order", "a quick reply on either side", onButtons(func(c *template.Component) {
		c.Buttons = []template.Button{
			{Type: template.QuickReply, Text: "One"},
			{Type: template.URLButton, Text: "Two", URL: "https://example.com"},
			{Type: template.QuickReply, Text: "Three"},
		}
	})},
	{"buttons.order", "quick replies in the middle", onButtons(func(c *template.Component) {
		c.Buttons = []template.Button{
			{Type: template.PhoneNumber, Text: "One", PhoneNumber: "+15550051310"},
			{Type: template.QuickReply, Text: "Two"},
			{Type: template.URLButton, Text: "Three", URL: "https://example.com"},
		}
	})},
	{"buttons.twin", "the same label twice", onButtons(func(c *template.Component) {
		c.Buttons = []template.Button{{Type: template.QuickReply, Text: "One"}, {Type: template.QuickReply, Text: "One"}}
	})},
	{"component.kind", "unknown button", onButtons(func(c *template.Component) {
		c.Buttons = append(c.Buttons, template.Button{Type: "TELEPORT", Text: "Go there"})
	})},
	{"call.minutes", "minus one minute", onButtons(func(c *template.Component) {
		c.Buttons = []template.Button{{Type: template.VoiceCall, Text: "Call", TTLMinutes: -1}}
	})},
	{"flow.icon", "unknown icon", onButtons(func(c *template.Component) {
		c.Buttons = []template.Button{{Type: template.Flow, Text: "Book", FlowID: "1", Icon: "ROCKET"}}
	})},
	{"label.empty", "no label", onLabel(func(b *template.Button) { b.Text = "" })},
	{"label.length", "26 characters", onLabel(func(b *template.Button) { b.Text = strings.Repeat("é", 26) })},
	{"label.variable", "placeholder in a label", onLabel(func(b *template.Button) { b.Text = "Go {{1}}" })},
	{"label.lines", "two lines", onLabel(func(b *template.Button) { b.Text = "Go\non" })},
	{"label.emoji", "emoji", onLabel(func(b *template.Button) { b.Text = "Go 🚀" })},
	{"url.missing", "no address", onURL(func(b *template.Button) { b.URL, b.Example = "", nil })},
	{"url.form", "no scheme", onURL(func(b *template.Button) { b.URL, b.Example = "shop.example.com", nil })},
	{"url.form", "another scheme", onURL(func(b *template.Button) { b.URL, b.Example = "ftp://shop.example.com", nil })},
	{"url.length", "2001 characters", onURL(func(b *template.Button) {
		b.Example = nil
		b.URL = "https://example.com/" + strings.Repeat("a", 2001-len("https://example.com/"))
	})},
	{"url.whatsapp", "wa.me", onURL(func(b *template.Button) { b.URL, b.Example = "https://wa.me/15550051310", nil })},
	{"url.variable", "placeholder in the middle", onURL(func(b *template.Button) {
		b.URL, b.Example = "https://example.com/{{1}}/open", []string{"https://example.com/7/open"}
	})},
	{"url.variable", "two placeholders", onURL(func(b *template.Button) {
		b.URL, b.Example = "https://example.com/{{1}}/{{2}}", []string{"https://example.com/7/8"}
	})},
	{"url.example", "no example", onURL(func(b *template.Button) { b.URL, b.Example = "https://example.com/{{1}}", nil })},
	{"phone", "letters in a number", onKind(template.PhoneNumber, func(b *template.Button) { b.PhoneNumber = "+1 555 CALL" })},
	{"phone", "21 characters", onKind(template.PhoneNumber, func(b *template.Button) { b.PhoneNumber = "+" + strings.Repeat("1", 20) })},
	{"phone", "no number", onKind(template.PhoneNumber, func(b *template.Button) { b.PhoneNumber = "" })},
	{"code.example", "no code", onKind(template.CopyCode, func(b *template.Button) { b.Example = nil })},
	{"code.length", "21 characters", onKind(template.CopyCode, func(b *template.Button) { b.Example = []string{strings.Repeat("A", 21)} })},
	{"flow", "no flow", onKind(template.Flow, func(b *template.Button) { b.FlowID = "" })},
	{"flow", "two flows", onKind(template.Flow, func(b *template.Button) { b.FlowID, b.FlowName = "1", "booking" })},
	{"spm.header", "no product header", onKind(template.QuickReply, func(b *template.Button) { *b = template.Button{Type: template.SingleProduct, Text: "View"} })},
	{"button.category", "a one-time password outside of authentication", onButtons(func(c *template.Component) {
		c.Buttons = []template.Button{{Type: template.OTP, OTPType: template.OTPCopyCode, Text: "Copy code"}}
	})},

	{"auth.header", "a header", func(d *template.Document) bool {
		if d.Category != template.Authentication || d.Component(template.Header) != nil {
			return false
		}
		h := d.Ensure(template.Header)
		h.Format, h.Text = template.HeaderText, "Your code"
		return true
	}},
	{"auth.button", "no button", func(d *template.Document) bool {
		if d.Category != template.Authentication {
			return false
		}
		d.Remove(template.Buttons)
		return true
	}},
	{"auth.only", "a quick reply", func(d *template.Document) bool {
		if d.Category != template.Authentication {
			return false
		}
		c := d.Ensure(template.Buttons)
		c.Buttons = append(c.Buttons, template.Button{Type: template.QuickReply, Text: "Stop"})
		return true
	}},
	{"otp.type", "unknown way", onOTP(func(b *template.Button) bool { b.OTPType = "VOICE"; return true })},
	{"otp.apps", "no apps", onOTP(func(b *template.Button) bool {
		b.SupportedApps = nil
		return b.OTPType == template.OTPOneTap || b.OTPType == template.OTPZeroTap
	})},
	{"otp.apps", "ten characters of hash", onOTP(func(b *template.Button) bool {
		b.OTPType = template.OTPOneTap
		b.SupportedApps = []template.App{{PackageName: "com.x", SignatureHash: "K8a/AINcGX"}}
		return true
	})},
	{"otp.terms", "terms not accepted", onOTP(func(b *template.Button) bool {
		b.ZeroTapTermsAccepted = false
		return b.OTPType == template.OTPZeroTap
	})},

	{"offer.category", "a utility offer", onOffer(func(d *template.Document, _ *template.Offer) { d.Category = template.Utility; d.TTLSeconds = nil })},
	{"offer.text", "17 characters", onOffer(func(_ *template.Document, o *template.Offer) { o.Text = strings.Repeat("x", 17) })},
	{"offer.text", "no text", onOffer(func(_ *template.Document, o *template.Offer) { o.Text = "" })},
	{"offer.header", "a text header", onOffer(func(d *template.Document, _ *template.Offer) {
		*d.Ensure(template.Header) = template.Component{Type: template.Header, Format: template.HeaderText, Text: "Hello"}
	})},
	{"offer.footer", "a footer", onOffer(func(d *template.Document, _ *template.Offer) { d.Ensure(template.Footer).Text = "Bye" })},
	{"offer.buttons", "no address", onOffer(func(d *template.Document, _ *template.Offer) {
		d.Ensure(template.Buttons).Buttons = []template.Button{{Type: template.CopyCode, Example: []string{"A"}}}
	})},
	{"offer.buttons", "the code behind the address", onOffer(func(d *template.Document, o *template.Offer) {
		o.HasExpiration = true
		d.Ensure(template.Buttons).Buttons = []template.Button{
			{Type: template.URLButton, Text: "Open", URL: "https://example.com"}, {Type: template.CopyCode, Example: []string{"A"}},
		}
	})},
	{"body.length", "601 characters beside an offer", onOffer(func(d *template.Document, _ *template.Offer) {
		c := d.Ensure(template.Body)
		c.Text, c.Samples = strings.Repeat("words ", 100)+"x", nil
	})},

	{"cards.count", "one card", onCards(func(c *template.Component) { c.Cards = c.Cards[:1] })},
	{"cards.count", "eleven cards", onCards(func(c *template.Component) {
		for len(c.Cards) < 11 {
			c.Cards = append(c.Cards, c.Cards[0])
		}
	})},
	{"cards.alike", "a card without its last button", onCards(func(c *template.Component) {
		last := c.Cards[len(c.Cards)-1].Component(template.Buttons)
		if last != nil {
			last.Buttons = append([]template.Button{{Type: template.PhoneNumber, Text: "Call", PhoneNumber: "+15550051310"}}, last.Buttons[:len(last.Buttons)-1]...)
		}
	})},
	{"card.header", "a text header on all cards", onCards(func(c *template.Component) {
		for i := range c.Cards {
			if h := c.Cards[i].Component(template.Header); h != nil {
				*h = template.Component{Type: template.Header, Format: template.HeaderText, Text: "Hello"}
			}
		}
	})},
	{"card.buttons", "three buttons on all cards", onCards(func(c *template.Component) {
		for i := range c.Cards {
			if b := c.Cards[i].Component(template.Buttons); b != nil {
				b.Buttons = []template.Button{
					{Type: template.QuickReply, Text: "One"}, {Type: template.QuickReply, Text: "Two"}, {Type: template.QuickReply, Text: "Three"},
				}
			}
		}
	})},
	{"body.length", "161 characters on a card", onCards(func(c *template.Component) {
		for i := range c.Cards {
			*ensure(&c.Cards[i], template.Body) = template.Component{Type: template.Body, Text: strings.Repeat("a", 161)}
		}
	})},
}

func ensure(card *template.Card, t template.ComponentType) *template.Component {
	if c := card.Component(t); c != nil {
		return c
	}
	card.Components = append(card.Components[:1:1], append([]template.Component{{Type: t}}, card.Components[1:]...)...)
	return card.Component(t)
}

// onButtons is for the buttons of a plain template.
func onButtons(change func(*template.Component)) func(*template.Document) bool {
	return func(d *template.Document) bool {
		c := d.Component(template.Buttons)
		if c == nil || d.Category == template.Authentication || d.Component(template.LimitedTimeOffer) != nil {
			return false
		}
		change(c)
		return true
	}
}

func onKind(kind template.ButtonType, change func(*template.Button)) func(*template.Document) bool {
	return func(d *template.Document) bool {
		c := d.Component(template.Buttons)
		if c == nil {
			return false
		}
		if kind == template.QuickReply {
			if h := d.Component(template.Header); h != nil && h.Format == template.HeaderProduct || d.Category == template.Authentication {
				return false
			}
		}
		for i := range c.Buttons {
			if c.Buttons[i].Type == kind {
				change(&c.Buttons[i])
				return true
			}
		}
		return false
	}
}

func onURL(change func(*template.Button)) func(*template.Document) bool {
	return onKind(template.URLButton, change)
}

func onLabel(change func(*template.Button)) func(*template.Document) bool {
	return func(d *template.Document) bool {
		return onKind(template.URLButton, change)(d) || onKind(template.PhoneNumber, change)(d)
	}
}

func onOTP(change func(*template.Button) bool) func(*template.Document) bool {
	return func(d *template.Document) bool {
		c := d.Component(template.Buttons)
		if c == nil || d.Category != template.Authentication || len(c.Buttons) == 0 || c.Buttons[0].Type != template.OTP {
			return false
		}
		return change(&c.Buttons[0])
	}
}

func onOffer(change func(*template.Document, *template.Offer)) func(*template.Document) bool {
	return func(d *template.Document) bool {
		c := d.Component(template.LimitedTimeOffer)
		if c == nil || c.Offer == nil || d.Category != template.Marketing {
			return false
		}
		change(d, c.Offer)
		return true
	}
}

func onCards(change func(*template.Component)) func(*template.Document) bool {
	return func(d *template.Document) bool {
		c := d.Component(template.Carousel)
		if c == nil || len(c.Cards) < 2 {
			return false
		}
		change(c)
		return true
	}
}
