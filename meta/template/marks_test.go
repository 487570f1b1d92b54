package template_test

import (
	"reflect"
	"strings"
	"testing"

	"shopbell/meta/template"
)

func TestMarks(t *testing.T) {
	type S = template.Span
	for in, want := range map[string][]S{
		"":                      nil,
		"plain":                 {{Text: "plain"}},
		"*bold*":                {{Text: "bold", Bold: true}},
		"a *b* c":               {{Text: "a "}, {Text: "b", Bold: true}, {Text: " c"}},
		"_i_ and ~s~":           {{Text: "i", Italic: true}, {Text: " and "}, {Text: "s", Strike: true}},
		"*_both_*":              {{Text: "both", Bold: true, Italic: true}},
		"*a _b_ c*":             {{Text: "a ", Bold: true}, {Text: "b", Bold: true, Italic: true}, {Text: " c", Bold: true}},
		"2*3*4":                 {{Text: "2*3*4"}},
		"* not bold *":          {{Text: "* not bold *"}},
		"snake_case_name":       {{Text: "snake_case_name"}},
		"*open":                 {{Text: "*open"}},
		"*a\nb*":                {{Text: "*a\nb*"}},
		"```x *y*\nz```":        {{Text: "x *y*\nz", Mono: true}},
		"`code` here":           {{Text: "code", Mono: true}, {Text: " here"}},
		"``````":                {{Text: "``````"}},
		"**":                    {{Text: "**"}},
		"*Đà Nẵng*!":            {{Text: "Đà Nẵng", Bold: true}, {Text: "!"}},
		"(*x*)":                 {{Text: "("}, {Text: "x", Bold: true}, {Text: ")"}},
		"*a `*` b*":             {{Text: "a ", Bold: true}, {Text: "*", Bold: true, Mono: true}, {Text: " b", Bold: true}},
		"sum: *29,640 €*, paid": {{Text: "sum: "}, {Text: "29,640 €", Bold: true}, {Text: ", paid"}},
	} {
		if got := template.Marks(in); !reflect.DeepEqual(got, want) {
			t.Errorf("Marks(%q)\n got %+v\nwant %+v", in, got, want)
		}
	}
}

// A line of lone marks must not be searched again for each of them: without that rule this takes minutes.
func TestMarksOfLoneMarks(t *testing.T) {
	in := strings.Repeat("*a _b ~c ", 100_000)
	if got := template.Marks(in); len(got) != 1 || got[0].Text != in {
		t.Errorf("%d spans", len(got))
	}
}

func FuzzMarks(f *testing.F) {
	for _, s := range []string{"*b* _i_ ~s~ ```m``` `c`", "*a _b* c_", "**a**", "*\xff*", "```\n*x*```", "_*~x~*_", "`*`*"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		var visible strings.Builder
		spans := template.Marks(in)
		for i, s := range spans {
			if s.Text == "" {
				t.Fatalf("span %d of %q is empty", i, in)
			}
			if i > 0 {
				a, b := spans[i-1], s
				a.Text, b.Text = "", ""
				if a == b {
					t.Fatalf("spans %d and %d of %q are drawn alike", i-1, i, in)
				}
			}
			visible.WriteString(s.Text)
		}
		// Only marks are taken away, and everything else stays in its order.
		rest := visible.String()
		for i := range len(in) {
			if rest != "" && in[i] == rest[0] {
				rest = rest[1:]
				continue
			}
			if !strings.ContainsRune("*_~`", rune(in[i])) {
				t.Fatalf("%q lost %q at %d: %q", in, in[i], i, visible.String())
			}
		}
		if rest != "" {
			t.Fatalf("%q gained %q", in, rest)
		}
	})
}
