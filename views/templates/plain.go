package templates

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
)

// plainText writes a template out for comparing it with another one: a line for each thing it says.
func plainText(t app.Template) string { return documentText(t.Document) }

func documentText(d template.Document) string {
	var b strings.Builder
	line := func(label, s string) {
		if s != "" {
			b.WriteString(label + ": " + s + "\n")
		}
	}
	line(lang.X("place.category", "Category"), categoryName(d.Category))
	line(lang.X("place.language", "Language"), languageName(d.Language))
	writeComponents(&b, line, d.Components)
	return strings.TrimRight(b.String(), "\n")
}

func writeComponents(b *strings.Builder, line func(label, s string), components []template.Component) {
	for _, c := range components {
		switch c.Type {
		case template.Header:
			s := c.Text
			if c.Format != template.HeaderText && c.Format != "" {
				s = strings.ToLower(string(c.Format))
			}
			line(lang.X("place.header", "Header"), s)
		case template.Body:
			if c.Text != "" {
				b.WriteString("\n" + c.Text + "\n\n")
			}
		case template.Footer:
			s := c.Text
			if s == "" && c.CodeExpirationMinutes > 0 {
				s = strconv.Itoa(c.CodeExpirationMinutes) + " min"
			}
			line(lang.X("place.footer", "Footer"), s)
		case template.LimitedTimeOffer:
			if c.Offer != nil {
				line(lang.X("place.offer", "Offer"), c.Offer.Text)
			}
		case template.Buttons:
			for _, x := range c.Buttons {
				s := x.Label()
				if x.URL != "" {
					s += " → " + x.URL
				}
				if x.PhoneNumber != "" {
					s += " → " + x.PhoneNumber
				}
				line(buttonKind(x.Type), s)
			}
		case template.Carousel:
			for i, k := range c.Cards {
				b.WriteString("\n" + lang.X("place.card", "Card {{.N}}", map[string]any{"N": i + 1}) + "\n")
				writeComponents(b, line, k.Components)
			}
		default:
			line(string(c.Type), "…")
		}
	}
}
