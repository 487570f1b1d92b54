package widget

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/go-text/typesetting/language"

	"shopbell/meta/template"
	goldens "shopbell/views/goldentest"
	"shopbell/views/theme"
)

// phoneDocs are the templates of the golden pictures: each header, each kind of button, and what else there is.
func phoneDocs() map[string]template.Document {
	body := func(text string) template.Component { return template.Component{Type: template.Body, Text: text} }
	foot := template.Component{Type: template.Footer, Text: "Lantern & Oak · Madrid"}
	header := func(f template.HeaderFormat, text string) template.Component {
		return template.Component{Type: template.Header, Format: f, Text: text}
	}
	buttons := func(bs ...template.Button) template.Component {
		return template.Component{Type: template.Buttons, Buttons: bs}
	}
	doc := func(lang string, cs ...template.Component) template.Document {
		return template.Document{Name: "t", Language: lang, Category: template.Utility, Components: cs}
	}
	quick := template.Button{Type: template.QuickReply, Text: "I have a question"}
	link := template.Button{Type: template.URLButton, Text: "View quotation", URL: "https://example.com/{{1}}"}
	short := body("Hello {{1}},\nhere is your quotation for *{{2}}*.")
	return map[string]template.Document{
		"text": doc("en", header(template.HeaderText, "Your quotation"),
			body("Hello {{1}},\nhere is your quotation for *{{2}}*.\n\nPrices include delivery to {{3}}. Just answer here if you have a question."), foot, buttons(link, quick)),
		"image":    doc("en", header(template.HeaderImage, ""), short, foot, buttons(quick)),
		"video":    doc("en", header(template.HeaderVideo, ""), short, foot),
		"gif":      doc("en", header(template.HeaderGIF, ""), short),
		"document": doc("en", header(template.HeaderDocument, ""), short, foot),
		"location": doc("en", header(template.HeaderLocation, ""), short, foot),
		"product":  doc("en", header(template.HeaderProduct, ""), short, buttons(template.Button{Type: template.SingleProduct, Text: "View"})),
		"marks":    doc("en", body("*Bold*, _italic_, ~struck~, `code` and *_both_*:\n- Oak table, 180 cm\n- Six chairs with linen seats that take two lines\n1. Answer here\n2. We deliver\n> Can it be here by Friday?\n```total = 29,640.00\ntax = 21 %```\nThank you!")),
		"buttons1": doc("en", short, buttons(template.Button{Type: template.PhoneNumber, Text: "Call the shop", PhoneNumber: "+34910000000"}, template.Button{Type: template.CopyCode, Example: []string{"AUTUMN25"}}, template.Button{Type: template.VoiceCall, Text: "Call on WhatsApp"})),
		"buttons2": doc("en", short, buttons(template.Button{Type: template.Flow, Text: "Choose a date"}, template.Button{Type: template.Catalog, Text: "View catalog"}, template.Button{Type: template.MultiProduct, Text: "View items"})),
		"buttons3": doc("en", short, buttons(template.Button{Type: template.OrderDetails, Text: "Review and pay"}, template.Button{Type: template.RequestContactInfo}, template.Button{Type: template.AppButton, Text: "Open in the app"})),
		"many":     doc("en", short, foot, buttons(quick, template.Button{Type: template.QuickReply, Text: "Yes, please go ahead"}, link, template.Button{Type: template.QuickReply, Text: "Stop"})),
		"auth": {
			Name: "t", Language: "en", Category: template.Authentication,
			Components: []template.Component{{Type: template.Body, SecurityRecommendation: true}, {Type: template.Footer, CodeExpirationMinutes: 10}, buttons(template.Button{Type: template.OTP, OTPType: template.OTPCopyCode, Text: "Copy code"})},
		},
		"offer": doc("en", header(template.HeaderImage, ""), template.Component{Type: template.LimitedTimeOffer, Offer: &template.Offer{Text: "Autumn lamps, 25 % less", HasExpiration: true}},
			body("Hello {{1}}, the brass lamps are back for a week."), buttons(template.Button{Type: template.CopyCode, Example: []string{"AUTUMN25"}}, template.Button{Type: template.URLButton, Text: "See the lamps", URL: "https://example.com"})),
		"carousel": doc("en", body("Hello {{1}}, these came in this week:"), template.Component{Type: template.Carousel, Cards: []template.Card{
			{Components: []template.Component{header(template.HeaderImage, ""), body("Oak table, from *890 €*"), buttons(link, template.Button{Type: template.QuickReply, Text: "Tell me more"})}},
			{Components: []template.Component{header(template.HeaderImage, ""), body("Linen lamp with a brass foot, in three sizes"), buttons(link, template.Button{Type: template.QuickReply, Text: "Tell me more"})}},
		}}),
		"call":           doc("en", body("Hello {{1}}, may we call you about your order?"), template.Component{Type: template.CallPermissionRequest}),
		"unknown-header": doc("en", header("HOLOGRAM", ""), short, foot),
		"unknown":        doc("en", short, template.Component{Type: "HOLOGRAM"}, buttons(template.Button{Type: "TELEPORT", Text: "Beam me up"})),
	}
}

var phoneValues = map[string]string{"1": "Nguyễn Thị Mai", "2": "29,640.00 €", "3": "Vietnam", "code": "AUTUMN25", "name": "Lantern & Oak", "address": "Calle del Pez 12, Madrid"}

func phoneValue(s template.Slot) string {
	if s.Part == template.PartBody || s.Part == template.PartButton || s.Part == template.PartHeader {
		return phoneValues[s.Name]
	}
	return ""
}

// phonePicture is a picture for media headers: a ramp, so that cropping shows.
func phonePicture() image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, 120, 90))
	for y := range 90 {
		for x := range 120 {
			m.SetNRGBA(x, y, color.NRGBA{uint8(90 + x), uint8(120 + y/2), 140, 255})
		}
	}
	return m
}

// golden compares an object with the picture kept of it.
func golden(t *testing.T, name string, o fyne.CanvasObject, size fyne.Size) {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(size)
	goldens.Compare(t, name, w.Canvas().Capture())
}

func phoneMedia(with bool) func(template.Slot) CardMedia {
	picture := phonePicture()
	return func(template.Slot) CardMedia {
		m := CardMedia{Name: "quotation-S00022.pdf", Detail: "PDF · 84 kB"}
		if with {
			m.Image = picture
		}
		return m
	}
}

// hebrew is our theme with letters for Hebrew, which Fyne has none of its own for: else each machine would draw
// the pictures with whatever it has.
type hebrew struct{ *theme.Theme }

func (h hebrew) Font(s fyne.TextStyle) fyne.Resource {
	if s.Monospace || s.Italic {
		return h.Theme.Font(s)
	}
	name := "Regular"
	if s.Bold {
		name = "Bold"
	}
	r, err := fyne.LoadResourceFromPath("testdata/fonts/NotoSansHebrew-" + name + ".ttf")
	if err != nil {
		panic(err)
	}
	return r
}

// rtlDocs are the templates of the pictures that run from right to left.
func rtlDocs() map[string]template.Document {
	docs := phoneDocs()
	he := map[string]string{
		"Hello {{1}},\nhere is your quotation for *{{2}}*.": "שלום {{1}},\nהצעת המחיר שלך היא *{{2}}*.",
		"Hello {{1}},\nhere is your quotation for *{{2}}*.\n\nPrices include delivery to {{3}}. Just answer here if you have a question.": "שלום {{1}},\nהצעת המחיר שלך היא *{{2}}*.\n\nהמחיר כולל משלוח. לכל שאלה (S00022) אפשר לענות כאן.",
		"Your quotation": "הצעת המחיר שלך", "Lantern & Oak · Madrid": "פנס ואלון · מדריד",
		"I have a question": "יש לי שאלה", "View quotation": "לצפייה בהצעה", "Yes, please go ahead": "כן, בבקשה", "Stop": "הפסק",
		"Call the shop": "חיוג לחנות", "Call on WhatsApp": "שיחה בוואטסאפ", "Choose a date": "בחירת תאריך", "View catalog": "לקטלוג", "View items": "לפריטים", "View": "לצפייה",
		"Review and pay": "לתשלום", "Open in the app": "לאפליקציה", "See the lamps": "למנורות",
		"Autumn lamps, 25 % less": "מנורות סתיו, 25% הנחה", "Hello {{1}}, the brass lamps are back for a week.": "שלום {{1}}, המנורות חזרו לשבוע.",
		"Hello {{1}}, these came in this week:": "שלום {{1}}, הגיע השבוע:", "Oak table, from *890 €*": "שולחן אלון, *890 €*",
		"Linen lamp with a brass foot, in three sizes": "מנורת פשתן", "Tell me more": "ספרו לי עוד", "Hello {{1}}, may we call you about your order?": "שלום {{1}}, אפשר להתקשר?",
	}
	var turn func(cs []template.Component)
	turn = func(cs []template.Component) {
		for i := range cs {
			c := &cs[i]
			if t, ok := he[c.Text]; ok {
				c.Text = t
			}
			for k := range c.Buttons {
				if t, ok := he[c.Buttons[k].Text]; ok {
					c.Buttons[k].Text = t
				}
			}
			if c.Offer != nil {
				c.Offer.Text = he[c.Offer.Text]
			}
			for k := range c.Cards {
				turn(c.Cards[k].Components)
			}
		}
	}
	for name, d := range docs {
		d.Language = "he"
		turn(d.Components)
		docs[name] = d
	}
	marks := docs["marks"]
	marks.Components[0].Text = "*מודגש*, _נטוי_, ~מחוק~:\n- שולחן אלון\n- שישה כיסאות עם מושבי פשתן ארוכים מאוד\n1. לענות כאן\n> אפשר עד יום שישי?\n```total = 29,640.00```\nתודה!"
	return docs
}

func TestPhonePicturesRightToLeft(t *testing.T) {
	was := boldFaces
	boldFaces = faces{find: func(rune, language.Script) fyne.Resource { return nil }} // the theme has one
	defer func() { widths, boldFaces = newWidthCache(4096), was }()
	for look, choice := range map[string]theme.Choice{"light": theme.Light, "dark": theme.Dark} {
		for name, doc := range rtlDocs() {
			t.Run(name+"-"+look, func(t *testing.T) {
				app := newApp(t)
				app.Settings().SetTheme(hebrew{theme.New(choice)})
				widths = newWidthCache(4096)
				p := NewPhone("פנס ואלון")
				p.SetDay("היום")
				values := func(s template.Slot) string {
					v := phoneValue(s)
					if v != "" && s.Name == "1" {
						return "נועה"
					}
					return v
				}
				p.Set(template.Render(doc, values), "10:44", phoneMedia(name == "image" || name == "carousel"))
				golden(t, "phone-rtl-"+name+"-"+look, p, fyne.NewSize(PhoneWidth, PhoneHeight))
			})
		}
	}
}

func TestPhonePictures(t *testing.T) {
	for look, choice := range map[string]theme.Choice{"light": theme.Light, "dark": theme.Dark} {
		for name, doc := range phoneDocs() {
			t.Run(name+"-"+look, func(t *testing.T) {
				app := newApp(t)
				app.Settings().SetTheme(theme.New(choice))
				p := NewPhone("Lantern & Oak")
				p.Set(template.Render(doc, phoneValue), "10:44", phoneMedia(name == "image" || name == "carousel"))
				golden(t, "phone-"+name+"-"+look, p, fyne.NewSize(PhoneWidth, PhoneHeight))
			})
		}
	}
}
