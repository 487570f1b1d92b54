package templatetest

import (
	"strings"

	"pgregory.net/rapid"

	"shopbell/meta/template"
)

// Case is a document and the rules that were broken in it; none at all in a part of the cases.
type Case struct {
	Document template.Document
	Broken   []Break
}

// Break breaks one of Meta's rules.
type Break struct {
	Code  string // the lint's rule that must speak
	Name  string // what was done
	Apply func(*template.Document) bool
}

// Cases makes documents with none, one or two rules broken.
func Cases() *rapid.Generator[Case] {
	return rapid.Custom(func(t *rapid.T) Case {
		c := Case{Document: Legal().Draw(t, "document")}
		for range rapid.IntRange(0, 2).Draw(t, "broken rules") {
			b := rapid.SampledFrom(Breaks).Draw(t, "break")
			if b.Apply(&c.Document) {
				c.Broken = append(c.Broken, b)
			}
		}
		return c
	})
}

// Breaks are the rules that can be broken. Apply is false where the document has nothing to break; the document is
// changed in place.
var Breaks = []Break{
	{"name.missing", "no name", func(d *template.Document) bool { d.Name = ""; return true }},
	{"name.characters", "capitals in the name", func(d *template.Document) bool { d.Name = "Order"; return true }},
	{"name.characters", "a dash in the name", func(d *template.Document) bool { d.Name += "-x"; return true }},
	{"name.length", "513 characters in the name", func(d *template.Document) bool { d.Name = strings.Repeat("a", 513); return true }},
	{"language", "unknown language", func(d *template.Document) bool { d.Language = "xx_XX"; return true }},
	{"category", "unknown category", func(d *template.Document) bool { d.Category = "TRANSACTIONAL"; return true }},
	{"parameter_format", "unknown format", func(d *template.Document) bool { d.ParameterFormat = "MIXED"; return true }},
	{"ttl", "too short", func(d *template.Document) bool { n := 29; d.TTLSeconds = &n; return known(d) }},
	{"ttl", "too long", func(d *template.Document) bool { n := 2_592_001; d.TTLSeconds = &n; return known(d) }},
	{"sub_category", "unknown sub-category", func(d *template.Document) bool { d.SubCategory = "GOSSIP"; return true }},
	{"display_format", "unknown display format", func(d *template.Document) bool { d.DisplayFormat = "CARTOON"; return true }},
	{"component.kind", "unknown component", func(d *template.Document) bool {
		d.Components = append(d.Components, template.Component{Type: "HOLOGRAM", Text: "hi"})
		return true
	}},
	{"component.kind", "unknown header", func(d *template.Document) bool {
		c := d.Component(template.Header)
		if c == nil || d.Component(template.LimitedTimeOffer) != nil || d.Category == template.Authentication {
			return false
		}
		*c = template.Component{Type: template.Header, Format: "HOLOGRAM"}
		return true
	}},
	{"auth.words", "Meta's words in one's own body", onBody(func(c *template.Component) { c.SecurityRecommendation = true })},
	{"auth.minutes", "minutes in one's own footer", onFooter(func(c *template.Component) { c.CodeExpirationMinutes = 5 })},
	{"body.missing", "no body", func(d *template.Document) bool { d.Remove(template.Body); return true }},
	{"component.twice", "two bodies", func(d *template.Document) bool {
		b := d.Component(template.Body)
		if b == nil {
			return false
		}
		d.Components = append(d.Components, *b)
		return true
	}},
	{"body.empty", "empty body", onBody(func(c *template.Component) { c.Text, c.Samples = "", nil })},
	{"body.length", "1025 characters", onBody(func(c *template.Component) { c.Text += strings.Repeat(" word", 300) })},
	{"variable.edge", "begins with a placeholder", onVariable(func(c *template.Component, p template.Placeholder) { c.Text = c.Text[p.Start:] })},
	{"variable.edge", "ends with a placeholder", onVariable(func(c *template.Component, _ template.Placeholder) {
		ps := template.Placeholders(c.Text)
		c.Text = c.Text[:ps[len(ps)-1].End]
	})},
	{"variable.adjacent", "two in a row", func(d *template.Document) bool {
		c := d.Component(template.Body)
		if c == nil || d.Category == template.Authentication {
			return false
		}
		ps := template.Placeholders(c.Text)
		if len(ps) < 2 {
			return false
		}
		c.Text = c.Text[:ps[0].End] + " " + c.Text[ps[1].Start:]
		return true
	}},
	{"variable.ratio", "too few words", onVariable(func(c *template.Component, p template.Placeholder) {
		n := c.Text[p.Start:p.End]
		c.Text = "Hi " + n + " ok"
		for _, s := range c.Samples {
			if q := "{{" + s.Placeholder + "}}"; q != n {
				c.Text = "Hi " + q + ", " + strings.TrimPrefix(c.Text, "Hi ")
			}
		}
	})},
	{"variable.braces", "never closed", onVariable(func(c *template.Component, p template.Placeholder) {
		c.Text = c.Text[:p.End-2] + c.Text[p.End:]
	})},
	{"variable.braces", "a dollar inside", onBody(func(c *template.Component) { c.Text += " {{a$b}} and more words." })},
	{"sample.missing", "no samples", onVariable(func(c *template.Component, _ template.Placeholder) { c.Samples = nil })},
	{"sample.extra", "one sample too many", onVariable(func(c *template.Component, _ template.Placeholder) {
		name := "zzz"
		if c.Samples[0].Placeholder == "1" {
			name = string(rune('1' + len(c.Samples)))
		}
		c.Samples = append(append([]template.Sample(nil), c.Samples...), template.Sample{Placeholder: name, Value: "more"})
	})},
	{"variable.gap", "first number missing", func(d *template.Document) bool {
		c := d.Component(template.Body)
		if d.Category == template.Authentication || c == nil || d.ParameterFormat == template.Named || len(c.Samples) == 0 || c.Samples[0].Placeholder != "1" {
			return false
		}
		next := template.NextNumber(c.Text)
		from, to := "{{1}}", "{{"+string(rune('0'+next))+"}}"
		if !strings.Contains(c.Text, from) {
			return false
		}
		c.Text = strings.Replace(c.Text, from, to, 1)
		return true
	}},
	{"variable.mixed", "a name among numbers", func(d *template.Document) bool {
		c := d.Component(template.Body)
		if d.Category == template.Authentication || c == nil {
			return false
		}
		if f, _ := template.FormatOf(c.Text); f != template.Positional {
			return false
		}
		c.Text += " and {{first_name}} with some more words."
		return true
	}},
	{"header.length", "61 characters", onHeader(func(c *template.Component) { c.Text = strings.Repeat("a", 61); c.Samples = nil })},
	{"header.empty", "empty header", onHeader(func(c *template.Component) { c.Text = ""; c.Samples = nil })},
	{"header.lines", "two lines", onHeader(func(c *template.Component) { c.Text = "a\n" + c.Text })},
	{"header.emoji", "emoji in the header", onHeader(func(c *template.Component) { c.Text = "a😀 " + c.Text })},
	{"header.markup", "bold header", onHeader(func(c *template.Component) { c.Text = "*New* " + c.Text })},
	{"header.variables", "two placeholders", func(d *template.Document) bool {
		c := d.Component(template.Header)
		if c == nil || c.Format != template.HeaderText {
			return false
		}
		a, b := "1", "2"
		if d.ParameterFormat == template.Named {
			a, b = "first", "second"
		}
		c.Text = "Of {{" + a + "}} and {{" + b + "}} ok"
		c.Samples = []template.Sample{{Placeholder: a, Value: "x"}, {Placeholder: b, Value: "y"}}
		return true
	}},
	{"header.file", "no sample file", func(d *template.Document) bool {
		c := d.Component(template.Header)
		if c == nil || !c.Format.Media() {
			return false
		}
		c.Handles = nil
		return true
	}},
	{"footer.length", "61 characters", onFooter(func(c *template.Component) { c.Text = strings.Repeat("b", 61) })},
	{"footer.variable", "placeholder in the footer", onFooter(func(c *template.Component) { c.Text = "Hi {{1}} there" })},
	{"footer.empty", "empty footer", onFooter(func(c *template.Component) { c.Text = "" })},
	{"auth.minutes", "code lasts 91 minutes", func(d *template.Document) bool {
		c := d.Component(template.Footer)
		if c == nil || d.Category != template.Authentication {
			return false
		}
		c.CodeExpirationMinutes = 91
		return true
	}},
}

// onBody is for bodies that the business writes.
func onBody(change func(*template.Component)) func(*template.Document) bool {
	return func(d *template.Document) bool {
		c := d.Component(template.Body)
		if c == nil || d.Category == template.Authentication {
			return false
		}
		change(c)
		return true
	}
}

// onVariable is for bodies with a placeholder; it gives the first.
func onVariable(change func(*template.Component, template.Placeholder)) func(*template.Document) bool {
	return func(d *template.Document) bool {
		c := d.Component(template.Body)
		if c == nil || d.Category == template.Authentication || len(c.Samples) == 0 {
			return false
		}
		ps := template.Placeholders(c.Text)
		if len(ps) == 0 {
			return false
		}
		change(c, ps[0])
		return true
	}
}

func onHeader(change func(*template.Component)) func(*template.Document) bool {
	return func(d *template.Document) bool {
		c := d.Component(template.Header)
		if c == nil || c.Format != template.HeaderText {
			return false
		}
		change(c)
		return true
	}
}

func onFooter(change func(*template.Component)) func(*template.Document) bool {
	return func(d *template.Document) bool {
		c := d.Component(template.Footer)
		if c == nil || d.Category == template.Authentication {
			return false
		}
		change(c)
		return true
	}
}

func known(d *template.Document) bool {
	return d.Category == template.Authentication || d.Category == template.Marketing || d.Category == template.Utility
}
