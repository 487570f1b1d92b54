// Package templatetest makes template documents for property tests: legal ones of every kind, and ones with some of
// Meta's rules broken. It is for tests only.
package templatetest

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"shopbell/meta/template"
)

// Legal makes documents that Meta takes: every kind of header, button, carousel, offer and authentication.
func Legal() *rapid.Generator[template.Document] {
	return rapid.Custom(func(t *rapid.T) template.Document {
		switch rapid.SampledFrom([]string{"plain", "plain", "plain", "carousel", "offer", "authentication", "call"}).Draw(t, "kind") {
		case "carousel":
			return carousel(t)
		case "offer":
			return offer(t)
		case "authentication":
			return authentication(t)
		case "call":
			d := plain(t)
			d.Components = append(d.Components, template.Component{Type: template.CallPermissionRequest})
			return d
		}
		return plain(t)
	})
}

func head(t *rapid.T, categories ...template.Category) template.Document {
	d := template.Document{
		Name:     rapid.StringMatching(`[a-z][a-z0-9_]{0,30}`).Draw(t, "name"),
		Language: rapid.SampledFrom(template.Languages).Draw(t, "language").Code,
		Category: rapid.SampledFrom(categories).Draw(t, "category"),
	}
	d.ParameterFormat = rapid.SampledFrom([]template.ParameterFormat{"", template.Positional, template.Named}).Draw(t, "format")
	if rapid.IntRange(0, 4).Draw(t, "ttl?") == 0 {
		ranges := map[template.Category][2]int{
			template.Authentication: {30, 900}, template.Utility: {30, 43_200}, template.Marketing: {43_200, 2_592_000},
		}[d.Category]
		n := rapid.IntRange(ranges[0], ranges[1]).Draw(t, "ttl")
		d.TTLSeconds = &n
	}
	return d
}

func plain(t *rapid.T) template.Document {
	d := head(t, template.Marketing, template.Utility)
	hasProduct := false
	switch rapid.SampledFrom([]string{"", "", "text", "text", "image", "video", "document", "location", "product"}).Draw(t, "header") {
	case "text":
		d.Components = append(d.Components, headerText(t, d))
	case "image":
		d.Components = append(d.Components, media(t, template.HeaderImage))
	case "video":
		d.Components = append(d.Components, media(t, template.HeaderVideo))
	case "document":
		d.Components = append(d.Components, media(t, template.HeaderDocument))
	case "location":
		d.Components = append(d.Components, template.Component{Type: template.Header, Format: template.HeaderLocation})
	case "product":
		hasProduct = true
		d.Components = append(d.Components, template.Component{Type: template.Header, Format: template.HeaderProduct})
	}
	d.Components = append(d.Components, body(t, d, template.MaxBody))
	if rapid.Bool().Draw(t, "footer?") {
		d.Components = append(d.Components, template.Component{Type: template.Footer, Text: phrase(t, 1, 4)})
	}
	if hasProduct || rapid.Bool().Draw(t, "buttons?") {
		d.Components = append(d.Components, buttons(t, hasProduct))
	}
	return d
}

func headerText(t *rapid.T, d template.Document) template.Component {
	c := template.Component{Type: template.Header, Format: template.HeaderText, Text: phrase(t, 1, 3)}
	if rapid.Bool().Draw(t, "header variable?") {
		name := "1"
		if d.ParameterFormat == template.Named {
			name = "topic"
		}
		c.Text += " {{" + name + "}} " + phrase(t, 1, 1)
		c.Samples = []template.Sample{{Placeholder: name, Value: phrase(t, 1, 1)}}
	}
	return c
}

func media(t *rapid.T, f template.HeaderFormat) template.Component {
	return template.Component{Type: template.Header, Format: f, Handles: []string{"4:" + rapid.StringMatching(`[A-Za-z0-9]{8}`).Draw(t, "handle")}}
}

// body makes a text with enough words around up to five placeholders.
func body(t *rapid.T, d template.Document, limit int) template.Component {
	c := template.Component{Type: template.Body}
	most := 5
	if limit < 300 {
		most = 2
	}
	n := rapid.IntRange(0, most).Draw(t, "variables")
	c.Text = phrase(t, 2, 3)
	for i := range n {
		name := fmt.Sprint(i + 1)
		if d.ParameterFormat == template.Named {
			name = fmt.Sprintf("field_%c%d", 'a'+i, rapid.IntRange(0, 99).Draw(t, "suffix"))
		}
		c.Text += " {{" + name + "}} " + phrase(t, 2, 3)
		c.Samples = append(c.Samples, template.Sample{Placeholder: name, Value: phrase(t, 1, 2)})
	}
	if limit > 300 && rapid.IntRange(0, 3).Draw(t, "marks?") == 0 {
		c.Text += "\n\n*" + phrase(t, 1, 1) + "* _" + phrase(t, 1, 1) + "_ 🙂 ok."
	}
	return c
}

func buttons(t *rapid.T, product bool) template.Component {
	var quick, others []template.Button
	label := labels(t)
	if product {
		others = append(others, template.Button{Type: template.SingleProduct, Text: "View"})
	}
	for range rapid.IntRange(0, 3).Draw(t, "quick replies") {
		quick = append(quick, template.Button{Type: template.QuickReply, Text: label()})
	}
	for range rapid.IntRange(0, 2).Draw(t, "addresses") {
		others = append(others, address(t, label()))
	}
	for _, kind := range []template.ButtonType{
		template.PhoneNumber, template.CopyCode, template.Flow, template.Catalog, template.MultiProduct, template.VoiceCall,
		template.RequestContactInfo,
	} {
		if rapid.IntRange(0, 5).Draw(t, string(kind)+"?") == 0 {
			others = append(others, single(t, kind, label))
		}
	}
	if len(quick)+len(others) == 0 {
		quick = append(quick, template.Button{Type: template.QuickReply, Text: label()})
	}
	list := append(append([]template.Button(nil), quick...), others...)
	if rapid.Bool().Draw(t, "others first") {
		list = append(append([]template.Button(nil), others...), quick...)
	}
	return template.Component{Type: template.Buttons, Buttons: list[:min(len(list), template.MaxButtons)]}
}

func single(t *rapid.T, kind template.ButtonType, label func() string) template.Button {
	b := template.Button{Type: kind}
	switch kind {
	case template.PhoneNumber:
		b.Text, b.PhoneNumber = label(), rapid.StringMatching(`\+[1-9][0-9]{7,13}`).Draw(t, "phone")
	case template.CopyCode:
		b.Example = []string{rapid.StringMatching(`[A-Z0-9]{3,15}`).Draw(t, "code")}
	case template.Flow:
		b.Text, b.FlowID, b.FlowAction, b.NavigateScreen = label(), "123456789", "navigate", "START"
	case template.VoiceCall:
		b.Text, b.TTLMinutes = label(), rapid.IntRange(0, 60).Draw(t, "minutes")
	default:
		b.Text = kind.StandardLabel()
		if kind.FixedLabel() != "" {
			b.Text = ""
		}
	}
	return b
}

func address(t *rapid.T, label string) template.Button {
	b := template.Button{Type: template.URLButton, Text: label, URL: "https://shop.example.com/" + word(t)}
	if rapid.Bool().Draw(t, "dynamic") {
		b.Example = []string{b.URL + "/" + word(t)}
		b.URL += "/{{1}}"
	}
	return b
}

// labels gives labels that differ.
func labels(t *rapid.T) func() string {
	n := 0
	return func() string {
		n++
		return fmt.Sprintf("%s %d", word(t), n)
	}
}

func carousel(t *rapid.T) template.Document {
	d := head(t, template.Marketing, template.Utility)
	d.Components = []template.Component{body(t, d, template.MaxBody)}
	format := rapid.SampledFrom([]template.HeaderFormat{template.HeaderImage, template.HeaderVideo, template.HeaderProduct}).Draw(t, "card header")
	hasBody := rapid.Bool().Draw(t, "card body?")
	second := rapid.Bool().Draw(t, "second button?")
	var cards []template.Card
	for range rapid.IntRange(template.MinCards, 5).Draw(t, "cards") {
		h := template.Component{Type: template.Header, Format: format}
		if format.Media() {
			h = media(t, format)
		}
		card := template.Card{Components: []template.Component{h}}
		if hasBody {
			card.Components = append(card.Components, body(t, d, template.MaxCardBody))
		}
		label := labels(t)
		list := []template.Button{{Type: template.QuickReply, Text: label()}}
		if second {
			list = append(list, address(t, label()))
		}
		card.Components = append(card.Components, template.Component{Type: template.Buttons, Buttons: list})
		cards = append(cards, card)
	}
	d.Components = append(d.Components, template.Component{Type: template.Carousel, Cards: cards})
	return d
}

func offer(t *rapid.T) template.Document {
	d := head(t, template.Marketing)
	expires := rapid.Bool().Draw(t, "expires")
	list := []template.Button{address(t, "Open the shop")}
	if expires || rapid.Bool().Draw(t, "code?") {
		list = append([]template.Button{single(t, template.CopyCode, nil)}, list...)
	}
	d.Components = []template.Component{
		media(t, rapid.SampledFrom([]template.HeaderFormat{template.HeaderImage, template.HeaderVideo}).Draw(t, "header")),
		{Type: template.LimitedTimeOffer, Offer: &template.Offer{Text: "Until Sunday", HasExpiration: expires}},
		body(t, d, template.MaxOfferBody),
		{Type: template.Buttons, Buttons: list},
	}
	return d
}

func authentication(t *rapid.T) template.Document {
	d := head(t, template.Authentication)
	d.ParameterFormat = ""
	d.Components = []template.Component{{Type: template.Body, SecurityRecommendation: rapid.Bool().Draw(t, "recommendation")}}
	if rapid.Bool().Draw(t, "footer?") {
		d.Components = append(d.Components, template.Component{
			Type: template.Footer, CodeExpirationMinutes: rapid.IntRange(1, template.MaxCodeMinutes).Draw(t, "minutes"),
		})
	}
	b := template.Button{Type: template.OTP, OTPType: rapid.SampledFrom([]template.OTPType{template.OTPCopyCode, template.OTPOneTap, template.OTPZeroTap}).Draw(t, "otp")}
	if b.OTPType != template.OTPCopyCode {
		b.AutofillText = "Autofill"
		b.SupportedApps = []template.App{{PackageName: "com.example.shop", SignatureHash: "K8a/AINcGX7"}}
	}
	b.ZeroTapTermsAccepted = b.OTPType == template.OTPZeroTap
	if rapid.Bool().Draw(t, "text?") {
		b.Text = "Copy code"
	}
	d.Components = append(d.Components, template.Component{Type: template.Buttons, Buttons: []template.Button{b}})
	return d
}

var vocabulary = strings.Fields("order parcel table lamp invoice ready shop tomorrow delivery number visit thanks cita pedido factura " +
	"mañana commande livraison đơn hàng sẵn sàng hóa encomenda amanhã água naïve straße заказ счёт")

func word(t *rapid.T) string { return rapid.SampledFrom(vocabulary[:12]).Draw(t, "word") }

// phrase is a few words; no more than 15 letters each.
func phrase(t *rapid.T, least, most int) string {
	n := rapid.IntRange(least, most).Draw(t, "words")
	out := make([]string, n)
	for i := range out {
		out[i] = rapid.SampledFrom(vocabulary).Draw(t, "word")
	}
	return strings.Join(out, " ")
}
