package templates

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"shopbell/app"
	"shopbell/meta/template"
)

// Slug makes a technical name from a name: small ASCII letters, digits and single underscores, at most as long as Meta allows.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		if plain, ok := spelled[r]; ok {
			r = plain
		}
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		case r >= 0x300 && r < 0x370: // a mark over the letter before
		default:
			gap = true
		}
		if b.Len() >= template.MaxName-1 {
			break
		}
	}
	if b.Len() == 0 {
		return "template"
	}
	return b.String()
}

// spelled are letters that have no mark to take off.
var spelled = map[rune]rune{'đ': 'd', 'ø': 'o', 'ł': 'l', 'ß': 's', 'æ': 'a', 'œ': 'o', 'ı': 'i', 'þ': 't', 'ð': 'd'}

// titleOf makes a name from a technical one.
func titleOf(technical string) string {
	words := strings.Fields(strings.ReplaceAll(technical, "_", " "))
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// eachComponent visits the components and those of the cards; card is -1 outside of them.
func eachComponent(d *template.Document, visit func(card int, c *template.Component)) {
	for i := range d.Components {
		c := &d.Components[i]
		visit(-1, c)
		for j := range c.Cards {
			for k := range c.Cards[j].Components {
				visit(j, &c.Cards[j].Components[k])
			}
		}
	}
}

// dropHandles takes upload handles out: they last a short time and are made anew for each submission.
func dropHandles(d *template.Document) {
	eachComponent(d, func(_ int, c *template.Component) { c.Handles = nil })
}

// setSample writes a sample into the document where Meta takes one.
func setSample(d *template.Document, s template.Slot, value string) {
	switch s.Part {
	case template.PartHeader, template.PartBody, template.PartCardBody, template.PartCardHeader:
		found := false
		eachComponent(d, func(card int, c *template.Component) {
			header := s.Part == template.PartHeader || s.Part == template.PartCardHeader
			if card == s.Card && header == (c.Type == template.Header) && (header || c.Type == template.Body) {
				found = found || slices.Contains(template.Names(c.Text), s.Name)
			}
		})
		if !found {
			return // a location's, or Meta's own text
		}
	case template.PartButton, template.PartCardButton:
	default:
		return
	}
	if d.SampleOf(s) != value {
		d.SetSample(s, value)
	}
}

// sampled is the document with the samples that were written while its text was locked.
func sampled(t app.Template) template.Document {
	d := t.Document.Clone()
	for _, b := range t.Bindings {
		if b.Sample != "" {
			setSample(&d, b.Slot, b.Sample)
		}
	}
	return d
}

// sameButSamples tells whether two documents differ in nothing but their samples.
func sameButSamples(a, b template.Document) bool {
	bare := func(d template.Document) template.Document {
		d = d.Clone()
		eachComponent(&d, func(_ int, c *template.Component) {
			c.Samples = nil
			for i := range c.Buttons {
				c.Buttons[i].Example = nil
			}
		})
		return d
	}
	return app.SameTemplate(bare(a), bare(b))
}

// pruneSamples takes out the samples of placeholders that are no longer in the text, and orders the rest as Meta wants them.
func pruneSamples(d *template.Document) {
	eachComponent(d, func(_ int, c *template.Component) {
		if c.Type != template.Header && c.Type != template.Body || len(c.Samples) == 0 || c.Text == "" {
			return
		}
		names := template.Names(c.Text)
		c.Samples = slices.DeleteFunc(c.Samples, func(s template.Sample) bool { return !slices.Contains(names, s.Placeholder) })
		slices.SortStableFunc(c.Samples, func(a, b template.Sample) int {
			return slices.Index(names, a.Placeholder) - slices.Index(names, b.Placeholder)
		})
	})
}

// headerFormats gives the format of each media header, by card (-1: the template's own).
func headerFormats(d template.Document) map[int]template.HeaderFormat {
	out := map[int]template.HeaderFormat{}
	d = d.Clone()
	eachComponent(&d, func(card int, c *template.Component) {
		if c.Type == template.Header && c.Format.Media() {
			out[card] = c.Format
		}
	})
	return out
}

// keepFiles gives the files whose header is still there and takes them.
func keepFiles(files []app.HeaderFile, d template.Document) []app.HeaderFile {
	formats := headerFormats(d)
	var out []app.HeaderFile
	for _, f := range files {
		if format, ok := formats[f.Card]; ok && fits(format, f.MIME) {
			out = append(out, f)
		}
	}
	return out
}
