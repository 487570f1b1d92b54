package template_test

import (
	"reflect"
	"strings"
	"testing"

	"shopbell/meta/template"
)

func TestBlocks(t *testing.T) {
	type B = template.Block
	plain := func(s string) []template.Span { return []template.Span{{Text: s}} }
	mono := func(s string) []template.Span { return []template.Span{{Text: s, Mono: true}} }
	for in, want := range map[string][]B{
		"":                             nil,
		"one\ntwo":                     {{Spans: plain("one\ntwo")}},
		"* a\n- b":                     {{Kind: template.Bullet, Spans: plain("a")}, {Kind: template.Bullet, Spans: plain("b")}},
		"1. a\n10. b":                  {{Kind: template.Numbered, Number: "1", Spans: plain("a")}, {Kind: template.Numbered, Number: "10", Spans: plain("b")}},
		"> a\n> b\nc":                  {{Kind: template.Quote, Spans: plain("a\nb")}, {Spans: plain("c")}},
		"* *a* b":                      {{Kind: template.Bullet, Spans: []template.Span{{Text: "a", Bold: true}, {Text: " b"}}}},
		"*bold* start":                 {{Spans: []template.Span{{Text: "bold", Bold: true}, {Text: " start"}}}},
		"-not 1.not >not":              {{Spans: plain("-not 1.not >not")}},
		"* ":                           {{Spans: plain("* ")}},
		"12345678901. a":               {{Spans: plain("12345678901. a")}},
		"```\n* a\n```":                {{Kind: template.Code, Spans: mono("* a")}},
		"x\n```\na\n```\ny":            {{Spans: plain("x")}, {Kind: template.Code, Spans: mono("a")}, {Spans: plain("y")}},
		"```a``` b":                    {{Spans: []template.Span{{Text: "a", Mono: true}, {Text: " b"}}}},
		"say ```a\n* b``` now\n* item": {{Spans: []template.Span{{Text: "say "}, {Text: "a\n* b", Mono: true}, {Text: " now"}}}, {Kind: template.Bullet, Spans: plain("item")}},
		"a\n\nb":                       {{Spans: plain("a\n\nb")}},
		"a\n\n* b":                     {{Spans: plain("a\n")}, {Kind: template.Bullet, Spans: plain("b")}},
		"`* a`":                        {{Spans: mono("* a")}},
	} {
		if got := template.Blocks(in); !reflect.DeepEqual(got, want) {
			t.Errorf("Blocks(%q)\n got %+v\nwant %+v", in, got, want)
		}
	}
}

func TestPlainText(t *testing.T) {
	if got := template.PlainText("*Hi*\n* one\n2. two\n> _said_"); got != "Hi\n• one\n2. two\nsaid" {
		t.Errorf("%q", got)
	}
}

func FuzzBlocks(f *testing.F) {
	for _, s := range []string{"* a\n- b\n1. c\n> d\n```e```", "```\n\n```\n", "> \n>", "*a\n* b*", "```a\n```b\n```", "\n\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		var seen strings.Builder
		for _, b := range template.Blocks(in) {
			if (b.Number != "") != (b.Kind == template.Numbered) {
				t.Fatalf("%+v", b)
			}
			seen.WriteString(b.Number)
			for _, s := range b.Spans {
				if s.Text == "" {
					t.Fatalf("an empty span of %q", in)
				}
				if b.Kind == template.Code && !s.Mono {
					t.Fatalf("%+v", b)
				}
				seen.WriteString(s.Text)
			}
		}
		// Only marks, line breaks and blanks are taken away, and everything else stays in its order.
		rest := seen.String()
		for i := range len(in) {
			if rest != "" && in[i] == rest[0] {
				rest = rest[1:]
				continue
			}
			if !strings.ContainsRune("*_~`>-. \n", rune(in[i])) {
				t.Fatalf("%q lost %q at %d: %q", in, in[i], i, seen.String())
			}
		}
		if strings.Trim(rest, "\n") != "" {
			t.Fatalf("%q gained %q", in, rest)
		}
	})
}
