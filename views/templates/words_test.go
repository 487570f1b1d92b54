package templates

import (
	"context"
	"slices"
	"strings"
	"testing"

	"shopbell/app"
	"shopbell/app/sending"
	"shopbell/meta/template"
)

// A placeholder is named once in a finding, with the place or in the sentence.
func TestFindingsNameAPlaceholderOnce(t *testing.T) {
	newWorld(t, shop(), app.Staff{}) // the words
	for _, c := range []struct{ code, text, where, what string }{
		{"sample.missing", "Dear {{1}} good day to you", "Body {{1}}", "has no sample, and the reviewer needs one"},
		{"variable.edge", "{{1}} is here for you now", "Body", "begins with {{1}}; Meta wants words there"},
		{"variable.gap", "Dear {{7}} good day to you", "Body {{7}}", "{{1}} is missing; numbers run from 1 without gaps"},
		{"variable.adjacent", "Dear {{1}}{{2}} good day to you all and to me", "Body", "{{1}} and {{2}} have nothing between them; Meta wants text there"},
		{"body.length", strings.Repeat("a", 1025), "Body", "has 1025 characters; Meta takes 1024"},
	} {
		d := template.Document{Name: "a", Language: "en", Category: template.Utility, Components: []template.Component{{Type: template.Body, Text: c.text}}}
		found := template.Lint(d, template.Env{})
		i := slices.IndexFunc(found, func(f template.Finding) bool { return f.Code == c.code })
		if i < 0 {
			t.Errorf("%s is not found in %q", c.code, c.text)
			continue
		}
		if where, what := findingWords(found[i], d); where != c.where || what != c.what {
			t.Errorf("%s reads %q · %q", c.code, where, what)
		}
	}
}

// The line about the cost names prices, how old they are, and how to have newer ones.
func TestTheCategoryNamesItsPrice(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.p.Rates = func() sending.Rates {
		return sending.Rates{
			Date: "2025-07-01", Currency: "USD", Other: "Other", Countries: map[string]string{"ES": "Spain"},
			Markets: map[string]sending.Rate{"Spain": {Marketing: 0.0615, Utility: 0.02}, "Other": {Marketing: 0.0604, Utility: 0.0077}},
		}
	}
	w.p.Accounts = func(context.Context) ([]app.Account, error) {
		return []app.Account{{ID: 1, Name: "Madrid shop", DisplayPhone: "+34 919 01 00 22"}}, nil
	}
	w.open(1)
	w.Until("the prices", func() bool { return w.rates.Currency != "" })
	doc := w.editor.m.now
	for category, want := range map[template.Category][]string{
		template.Marketing: {"0.0615\u00a0USD", "0.0604\u00a0USD", "1 Jul 2025", "rates.json", "own country"},
		template.Utility:   {"0.02\u00a0USD", "0.0077\u00a0USD", "free while"},
	} {
		doc.Document.Category = category
		for _, piece := range want {
			if got := w.costWords(doc); !strings.Contains(got, piece) {
				t.Errorf("%s: %q lacks %q", category, got, piece)
			}
		}
	}
	doc.AccountID = 2
	if got := w.costWords(doc); strings.Contains(got, "own country") {
		t.Errorf("an account without a number: %q", got)
	}
	w.rates = sending.Rates{}
	if got := w.costWords(doc); got == "" || strings.Contains(got, "USD") {
		t.Errorf("without a table: %q", got)
	}
}

// User phone shows the number of whoever looks, as the settings have it now.
func TestThePreviewHasTheUsersPhone(t *testing.T) {
	k := shop()
	id := k.put(app.Template{
		Name: "Call us", RecordType: "contact",
		Document: template.Document{Name: "call_us", Language: "en", Category: template.Utility, Components: []template.Component{{Type: template.Body, Text: "Dear {{1}}, call {{2}} if anything is unclear to you."}}},
		Bindings: []app.Binding{{Slot: template.BodySlot("1"), Kind: app.BindUserName}, {Slot: template.BodySlot("2"), Kind: app.BindUserPhone, Sample: "+1 555"}},
	})
	w := newWorld(t, k, app.Staff{ID: 7, Name: "Ana"})
	phone := ""
	w.p.Staff = func(context.Context) ([]app.Staff, error) {
		return []app.Staff{{ID: 7, Name: "Ana Ruiz", Phone: phone}}, nil
	}
	w.open(id)
	w.Until("records", func() bool { return len(w.phone.offers) > 0 })
	r := w.phone.offers[0]
	w.phone.choose(r.Type + "/" + r.ID)
	second := func() string { return w.phone.value(w.editor.m.now)(template.BodySlot("2")) }
	w.Until("the name", func() bool { return w.phone.value(w.editor.m.now)(template.BodySlot("1")) == "Ana Ruiz" })
	if got := second(); got != "+1 555" {
		t.Errorf("without a number the sample stands there: %q", got)
	}
	phone = "34612345678"
	w.Changed(app.Changes{IDs: map[app.Topic][]app.ID{app.TopicSettings: nil}})
	w.Until("the number", func() bool { return second() == "+34 612 34 56 78" })
}
