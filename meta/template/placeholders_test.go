package template_test

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shopbell/meta/template"
	"shopbell/meta/template/templatetest"
)

func TestPlaceholders(t *testing.T) {
	for in, want := range map[string][]template.Placeholder{
		"":                    nil,
		"{{1}}":               {{"1", 0, 5}},
		"ạ {{10}} {{9}}":      {{"10", 4, 10}, {"9", 11, 16}},
		"{{{1}}}":             {{"1", 1, 6}},
		"{{ 1 }} {{}} {1}":    nil,
		"{{{{a}}}}":           {{"a", 2, 7}},
		"{{a{{b}}":            {{"b", 3, 8}},
		"{{1}}{{first_name}}": {{"1", 0, 5}, {"first_name", 5, 19}},
		"{{é}} {{1}":          nil,
	} {
		if got := template.Placeholders(in); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestNamesInNumericOrder(t *testing.T) {
	if got := template.Names("{{10}} {{b}} {{9}} {{1}} {{a}} {{9}}"); !slices.Equal(got, []string{"1", "9", "10", "b", "a"}) {
		t.Errorf("%v", got)
	}
}

func TestInsert(t *testing.T) {
	for _, c := range []struct {
		text   string
		at     int
		format template.ParameterFormat
		out    string
		name   string
	}{
		{"", 0, "", "{{1}}", "1"},
		{"Hi ", 3, "", "Hi {{1}}", "1"},
		{"Hi", 2, "", "Hi {{1}}", "1"},
		{"Hi you", 3, "", "Hi {{1}} you", "1"},
		{"Hi {{1}}, you", 10, "", "Hi {{1}}, {{2}} you", "2"},
		{"Hi {{1}} you", 5, "", "Hi {{1}} {{2}} you", "2"}, // inside the other one
		{"ạ", 1, "", "{{1}} ạ", "1"},                       // inside a letter
		{"Hi *", 4, "", "Hi *{{1}}", "1"},
		{"Hi {{var_1}} ", 13, template.Named, "Hi {{var_1}} {{var_2}}", "var_2"},
	} {
		out, name, cursor := template.Insert(c.text, c.at, c.format)
		if out != c.out || name != c.name || !strings.HasSuffix(out[:cursor], "{{"+name+"}}") {
			t.Errorf("%q at %d: %q, %q, %d", c.text, c.at, out, name, cursor)
		}
	}
}

func TestRenumber(t *testing.T) {
	out, r := template.Renumber("{{5}} {{2}} {{5}} {{7}}")
	if out != "{{1}} {{2}} {{1}} {{3}}" || !reflect.DeepEqual(r, template.Renames{"5": "1", "7": "3"}) {
		t.Errorf("%q %v", out, r)
	}
	out, r = template.CloseGaps("{{5}} {{2}} {{10}}")
	if out != "{{2}} {{1}} {{3}}" || !reflect.DeepEqual(r, template.Renames{"5": "2", "2": "1", "10": "3"}) {
		t.Errorf("%q %v", out, r)
	}
	out, r = template.ToNamed("{{1}} {{2}} {{name}}", map[string]string{"1": "Customer › Name", "2": "name"})
	if out != "{{customer_name}} {{name_2}} {{name}}" || !reflect.DeepEqual(r, template.Renames{"1": "customer_name", "2": "name_2"}) {
		t.Errorf("%q %v", out, r)
	}
	out, _ = template.ToPositional("{{b}} {{a}} {{b}}")
	if out != "{{1}} {{2}} {{1}}" {
		t.Errorf("%q", out)
	}
}

// The sample of a placeholder that was deleted must not show up at the one that takes its number.
func TestSamplesFollowTheirPlaceholders(t *testing.T) {
	d, err := template.Decode([]byte(`{"components":[{"type":"BODY","text":"Hi {{1}} and {{3}} there","example":{"body_text":[["Ann","gone","Bob"]]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	text, r := template.CloseGaps(d.Component(template.Body).Text)
	d, moved := d.WithRenames(template.BodySlot(""), text, r)
	if got := d.Component(template.Body).Samples; !slices.Equal(got, []template.Sample{{Placeholder: "1", Value: "Ann"}, {Placeholder: "2", Value: "Bob"}}) {
		t.Errorf("%v", got)
	}
	if moved[template.BodySlot("3")] != template.BodySlot("2") {
		t.Errorf("%v", moved)
	}
}

func TestConvertThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := templatetest.Legal().Draw(t, "d")
		if d.Category == template.Authentication {
			return
		}
		to := template.Named
		if d.ParameterFormat == template.Named {
			to = template.Positional
		}
		changed, moved := d.Convert(to, nil)
		if r := template.Refusals(template.Lint(changed, template.Env{})); len(r) > 0 {
			t.Fatalf("%v\n%s\n%s", codes(r), show(d), show(changed))
		}
		m := template.Reconcile(d.Slots(), changed.Slots(), moved)
		if len(m.Gone) > 0 || len(m.New) > 0 {
			t.Fatalf("%+v\n%s\n%s", m, show(d), show(changed))
		}
		for from, to := range m.Kept {
			if d.SampleOf(from) != changed.SampleOf(to) {
				t.Fatalf("%s had %q, %s has %q", from, d.SampleOf(from), to, changed.SampleOf(to))
			}
		}
	})
}

// Whatever happens to a text, what is still in it keeps its binding, and nobody gets somebody else's.
func TestEditsLoseNoBinding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := templatetest.Legal().Draw(t, "d")
		if d.Category == template.Authentication {
			return
		}
		bound := map[template.Slot]string{} // what the customer would read
		for _, s := range d.Slots() {
			bound[s] = "field of " + s.String()
		}
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			before := d.Slots()
			d = d.Clone()
			c := d.Component(template.Body)
			var moved map[template.Slot]template.Slot
			part := template.BodySlot("")
			cut := func() int {
				i := rapid.IntRange(0, len(c.Text)).Draw(t, "offset")
				for i > 0 && i < len(c.Text) && c.Text[i]&0xC0 == 0x80 {
					i--
				}
				return i
			}
			switch rapid.IntRange(0, 5).Draw(t, "edit") {
			case 0: // type
				i := cut()
				c.Text = c.Text[:i] + rapid.SampledFrom([]string{"x", "{", "}}", " ", "\n"}).Draw(t, "typed") + c.Text[i:]
			case 1: // delete
				i, j := cut(), cut()
				c.Text = c.Text[:min(i, j)] + c.Text[max(i, j):]
			case 2:
				c.Text, _, _ = template.Insert(c.Text, cut(), d.ParameterFormat)
			case 3:
				text, r := template.Renumber(c.Text)
				d, moved = d.WithRenames(part, text, r)
			case 4:
				text, r := template.CloseGaps(c.Text)
				d, moved = d.WithRenames(part, text, r)
			case 5:
				if b := d.Component(template.Buttons); b != nil && len(b.Buttons) > 1 {
					n := len(b.Buttons)
					d, moved = d.MoveButton(template.Slot{Part: template.PartButton, Card: -1}, rapid.IntRange(0, n-1).Draw(t, "from"), rapid.IntRange(0, n-1).Draw(t, "to"))
				}
			}
			after := d.Slots()
			m := template.Reconcile(before, after, moved)
			next := map[template.Slot]string{}
			for from, to := range m.Kept {
				if _, twice := next[to]; twice {
					t.Fatalf("two became %s", to)
				}
				if !slices.Contains(before, from) || !slices.Contains(after, to) {
					t.Fatalf("%s to %s", from, to)
				}
				next[to] = bound[from]
			}
			for _, s := range after {
				_, renamed := moved[s]
				if slices.Contains(before, s) && !renamed && next[s] != bound[s] {
					t.Fatalf("%s lost its binding", s)
				}
			}
			for from, to := range moved {
				if b, ok := bound[from]; ok && slices.Contains(after, to) && next[to] != b {
					t.Fatalf("%s became %s and lost its binding", from, to)
				}
			}
			if len(m.Kept)+len(m.Gone) != len(before) || len(m.Kept)+len(m.New) != len(after) {
				t.Fatalf("%+v of %v and %v", m, before, after)
			}
			for _, s := range m.New {
				next[s] = "new " + strconv.Itoa(len(next))
			}
			bound = next
		}
	})
}

func TestSlotsHaveASpelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := templatetest.Cases().Draw(t, "c").Document
		for _, s := range append(d.Slots(), d.Files()...) {
			got, err := template.ParseSlot(s.String())
			if err != nil || got != s {
				t.Fatalf("%s became %v, %v", s, got, err)
			}
		}
	})
	for _, bad := range []string{"", "body", "body.1:x", "button:1", "button.-1:1", "button.01:1", "card_body.1.2:1", "elsewhere:1"} {
		if s, err := template.ParseSlot(bad); err == nil {
			t.Errorf("%q became %v", bad, s)
		}
	}
}

func FuzzPlaceholders(f *testing.F) {
	for _, s := range []string{"{{1}}", "{{{1}}}", "{{a}}{{b}}", "{{ 1 }}", "{{", "}}", "{{99999999999999999999}}", "\xff{{1}}"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, in string, at int) {
		ps := template.Placeholders(in)
		for i, p := range ps {
			if in[p.Start:p.End] != "{{"+p.Name+"}}" || i > 0 && ps[i-1].End > p.Start {
				t.Fatalf("%+v in %q", ps, in)
			}
		}
		out, name, cursor := template.Insert(in, at, "")
		if len(template.Placeholders(out)) != len(ps)+1 || !slices.Contains(template.Names(out), name) || cursor > len(out) {
			t.Fatalf("%q became %q", in, out)
		}
		numbered, _ := template.Renumber(in)
		if again, r := template.Renumber(numbered); again != numbered || len(r) > 0 {
			t.Fatalf("%q became %q, then %q", in, numbered, again)
		}
		if named, _ := template.ToNamed(in, nil); len(template.Placeholders(named)) < len(ps) {
			t.Fatalf("%q became %q", in, named)
		}
	})
}
