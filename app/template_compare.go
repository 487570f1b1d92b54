package app

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"shopbell/meta/template"
)

// SameTemplate tells whether two documents say the same to Meta. Upload handles do not count: Meta answers other ones than it was given.
func SameTemplate(a, b template.Document) bool {
	x, errX := json.Marshal(bare(a))
	y, errY := json.Marshal(bare(b))
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// SameWords tells whether two documents read the same to a customer. It serves to know our own template when Meta answers it for the first
// time, with keys and samples that it added by itself.
func SameWords(a, b template.Document) bool {
	return a.Name == b.Name && a.Language == b.Language && slices.Equal(words(a), words(b))
}

// bare is a document without what differs between two answers for one template.
func bare(d template.Document) template.Document {
	d = d.Clone()
	if d.ParameterFormat == "" {
		d.ParameterFormat = template.Positional
	}
	delete(d.Extra, "allow_category_change") // Meta does not look at it any more
	eachComponent(&d, func(c *template.Component) {
		c.Handles = nil
		if c.Type == template.Header && c.Format.Media() {
			delete(c.Extra, "example")
		}
	})
	return d
}

func words(d template.Document) []string {
	var out []string
	add := func(parts ...string) { out = append(out, strings.Join(parts, "\x1f")) }
	d = d.Clone()
	eachComponent(&d, func(c *template.Component) {
		add(string(c.Type), string(c.Format), c.Text)
		for _, b := range c.Buttons {
			if otp, ok := b.AsOTP(); ok {
				add("otp", string(otp.OTPType))
				continue
			}
			add(string(b.Type), b.Label(), b.URL, b.PhoneNumber)
		}
		if c.Offer != nil {
			add("offer", c.Offer.Text)
		}
	})
	if d.Category == template.Authentication { // its words are Meta's own
		out = slices.DeleteFunc(out, func(s string) bool { return !strings.HasPrefix(s, "otp") })
	}
	return out
}

// eachComponent visits the components and those of the cards.
func eachComponent(d *template.Document, visit func(*template.Component)) {
	for i := range d.Components {
		c := &d.Components[i]
		visit(c)
		for j := range c.Cards {
			for k := range c.Cards[j].Components {
				visit(&c.Cards[j].Components[k])
			}
		}
	}
}
