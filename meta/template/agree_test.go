package template_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shopbell/meta/template"
	"shopbell/meta/template/templatetest"
)

func codes(found []template.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.Code)
	}
	return out
}

func show(d template.Document) string {
	b, _ := json.Marshal(d)
	return string(b)
}

func TestLegalDocumentsAreNotRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := templatetest.Legal().Draw(t, "d")
		if r := template.Refusals(template.Lint(d, template.Env{})); len(r) > 0 {
			t.Fatalf("%+v\n%s", r, show(d))
		}
	})
}

func TestEachBrokenRuleIsRefused(t *testing.T) {
	reached := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		c := templatetest.Cases().Draw(t, "c")
		refused := template.Refusals(template.Lint(c.Document, template.Env{}))
		if len(c.Broken) == 0 {
			if len(refused) > 0 {
				t.Fatalf("nothing broken, yet %v\n%s", codes(refused), show(c.Document))
			}
			return
		}
		if len(refused) == 0 {
			t.Fatalf("%s is not seen\n%s", c.Broken[0].Name, show(c.Document))
		}
	})
	// Each break by itself leads to its own rule.
	for _, b := range templatetest.Breaks {
		rapid.Check(t, func(t *rapid.T) {
			d := templatetest.Legal().Draw(t, "d")
			if !b.Apply(&d) {
				return
			}
			reached[b.Code+": "+b.Name]++
			if got := codes(template.Refusals(template.Lint(d, template.Env{}))); !slices.Contains(got, b.Code) {
				t.Fatalf("%s (%s) gives %v\n%s", b.Code, b.Name, got, show(d))
			}
		})
	}
	for _, b := range templatetest.Breaks {
		if reached[b.Code+": "+b.Name] == 0 {
			t.Errorf("%s (%s) was never tried", b.Code, b.Name)
		}
	}
}

// A mend that is offered must do something, never make things worse, and leave the document that it was given alone.
func TestMendsMend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := templatetest.Cases().Draw(t, "c")
		before := show(c.Document)
		for _, f := range template.Lint(c.Document, template.Env{}) {
			for _, m := range f.Mends {
				if m.Label == "" {
					t.Fatalf("%s has a mend without a label", f.Code)
				}
				fixed, moved := m.Apply(c.Document)
				if show(c.Document) != before {
					t.Fatalf("%s: %q changed the document that it was given", f.Code, m.Label)
				}
				if show(fixed) == before {
					t.Fatalf("%s: %q does nothing\n%s", f.Code, m.Label, before)
				}
				slots := fixed.Slots()
				for from, to := range moved {
					if to.Button >= 0 && to.Name != template.SlotCode && slices.Contains(c.Document.Slots(), from) && !slices.Contains(slots, to) {
						t.Fatalf("%s: %q leads %s to %s, which is not there", f.Code, m.Label, from, to)
					}
				}
			}
		}
	})
}

// Clicking mends until none is left ends, with nothing refused that has a mend.
func TestMendsEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := templatetest.Cases().Draw(t, "c").Document
		var clicked []string
		for range 60 {
			i := slices.IndexFunc(template.Lint(d, template.Env{}), func(f template.Finding) bool { return len(f.Mends) > 0 })
			if i < 0 {
				return
			}
			f := template.Lint(d, template.Env{})[i]
			clicked = append(clicked, f.Code+": "+f.Mends[0].Label)
			d, _ = f.Mends[0].Apply(d)
		}
		t.Fatalf("no end:\n%s\n%s", strings.Join(clicked[len(clicked)-8:], "\n"), show(d))
	})
}

func TestRulesAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range template.Rules {
		if seen[r.Code] || r.Source == "" || r.Title == "" || r.Level == 0 {
			t.Errorf("%+v", r)
		}
		seen[r.Code] = true
	}
	rapid.Check(t, func(t *rapid.T) {
		for _, f := range template.Lint(templatetest.Cases().Draw(t, "c").Document, template.Env{}) {
			if !seen[f.Code] || f.Message == "" {
				t.Fatalf("%+v", f)
			}
		}
	})
}
