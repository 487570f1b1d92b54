package template_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"shopbell/meta/template"
)

// pasted are texts of 100 kB that make careless code slow.
func pasted() map[string]string {
	fill := func(s string) string { return strings.Repeat(s, 100_000/len(s)+1)[:100_000] }
	var numbers strings.Builder
	for i := 1; numbers.Len() < 100_000; i++ {
		numbers.WriteString("{{")
		numbers.WriteString(strings.Repeat("7", i%6+1))
		numbers.WriteByte(byte('0' + i%10))
		numbers.WriteString("}}")
	}
	return map[string]string{
		"words": fill("one day in the life "), "braces": fill("{"), "pairs": fill("{{"), "closing": fill("}}"), "nested": fill("{{{{1}}}}"),
		"open names": fill("{{a"), "open and far": "{{" + fill("a b") + "}}", "placeholders": fill("{{1}}"), "many placeholders": numbers.String(),
		"named": fill("{{a_b}} "), "stars": fill("*a _b ~c "), "ticks": fill("`"), "fences": fill("```a"), "fenced lines": fill("```\n"),
		"odd fences": fill("a```b\n"), "items": fill("* a\n"), "quotes": fill("> a\n"), "numbers": fill("1. a\n"), "lines": fill("\n"), "blanks": fill(" "),
		"dots": fill("."), "slashes": fill("a/"), "one word": fill("a"), "controls": fill("\u202e\u200b"), "emoji": fill("😀"), "joined": fill("👨\u200d"),
		"flags": fill("🇻"), "promotions": fill("buy buy now "), "bad bytes": fill("\xff\xc0"), "capitals": fill("A B"), "underscores": fill("_a_ "),
		"single": fill("{a}"), "opened": fill("{a "), "marks at words": fill("*a*b"),
	}
}

// Whatever is pasted, all of it is looked at, nothing panics, places lie in the text, and mends work. A hang fails by
// the test's own deadline: code that looks at the rest of the text for each of its characters takes minutes here.
func TestPastedTexts(t *testing.T) {
	for name, text := range pasted() {
		d := template.Document{Name: "a", Language: "en", Category: template.Utility, Components: []template.Component{
			{Type: template.Header, Format: template.HeaderText, Text: text},
			{Type: template.Body, Text: text},
			{Type: template.Footer, Text: text},
			{Type: template.Buttons, Buttons: []template.Button{
				{Type: template.QuickReply, Text: text}, {Type: template.URLButton, Text: text, URL: text}, {Type: template.PhoneNumber, Text: text, PhoneNumber: text},
			}},
		}}
		checkFindings(t, name, d)
		template.Render(d, d.SampleOf)
		template.PlainText(text)
		out, moved := d.Convert(template.Named, nil)
		template.Reconcile(d.Slots(), out.Slots(), moved)
		out, moved = d.WithRenames(template.BodySlot(""), text, template.Renames{})
		template.Reconcile(d.Slots(), out.Slots(), moved)
	}
}

// textOf is the text that a place speaks of.
func textOf(d template.Document, w template.Place) (string, bool) {
	find := d.Component
	if w.Card >= 0 {
		c := d.Component(template.Carousel)
		if c == nil {
			return "", false
		}
		find = c.Cards[w.Card].Component
	}
	of := func(t template.ComponentType) (string, bool) {
		c := find(t)
		if c == nil || w.Field != "text" {
			return "", false
		}
		return c.Text, true
	}
	switch w.Part {
	case template.PartHeader, template.PartCardHeader:
		return of(template.Header)
	case template.PartBody, template.PartCardBody:
		return of(template.Body)
	case template.PartFooter:
		return of(template.Footer)
	case template.PartButton, template.PartCardButton:
		c := find(template.Buttons)
		if c == nil || w.Button < 0 {
			return "", false
		}
		b := c.Buttons[w.Button]
		s, ok := map[string]string{"text": b.Text, "url": b.URL, "phone_number": b.PhoneNumber}[w.Field]
		return s, ok
	case template.PartDocument:
		s, ok := map[string]string{"name": d.Name, "language": d.Language}[w.Field]
		return s, ok
	}
	return "", false
}

func checkFindings(t interface {
	Errorf(string, ...any)
	Helper()
}, name string, d template.Document,
) {
	t.Helper()
	found := template.Lint(d, template.Env{})
	if len(found) > 2000 {
		t.Errorf("%s: %d findings", name, len(found))
	}
	for _, f := range found {
		w := f.Where
		if w.Start == 0 && w.End == 0 {
			continue
		}
		text, ok := textOf(d, w)
		if !ok || w.Start < 0 || w.End <= w.Start || w.End > len(text) {
			t.Errorf("%s: %s is at %+v, which is nowhere", name, f.Code, w)
			continue
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[w.Start:w.End]) {
			t.Errorf("%s: %s cuts a character at %+v", name, f.Code, w)
		}
		if len(f.Message) > 400 {
			t.Errorf("%s: %s says %d bytes", name, f.Code, len(f.Message))
		}
		for _, m := range f.Mends {
			m.Apply(d)
		}
	}
}

func FuzzLint(f *testing.F) {
	for name, text := range pasted() {
		f.Add(text[:min(len(text), 60)], name, "en", "UTILITY")
	}
	f.Add("Hi {{1}} there", "https://a.co/{{1}}", "ar", "MARKETING")
	f.Add("code", "+1555", "vi", "AUTHENTICATION")
	f.Fuzz(func(t *testing.T, text, other, language, category string) {
		d := template.Document{Name: other, Language: language, Category: template.Category(category), Components: []template.Component{
			{Type: template.Header, Format: template.HeaderText, Text: other},
			{Type: template.Body, Text: text, Samples: []template.Sample{{Placeholder: "1", Value: other}}},
			{Type: template.Footer, Text: other},
			{Type: template.Buttons, Buttons: []template.Button{
				{Type: template.QuickReply, Text: other},
				{Type: template.URLButton, Text: text, URL: other, Example: []string{text}},
				{Type: template.PhoneNumber, Text: other, PhoneNumber: text},
				{Type: template.CopyCode, Example: []string{other}},
			}},
			{Type: template.Carousel, Cards: []template.Card{{Components: []template.Component{{Type: template.Body, Text: other}}}}},
		}}
		checkFindings(t, "", d)
		if b, err := json.Marshal(d); err != nil || !json.Valid(b) {
			t.Errorf("%v", err)
		}
	})
}
