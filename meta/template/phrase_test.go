package template_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shopbell/meta/template"
	"shopbell/meta/template/templatetest"
)

// What the lint says in English is what its key and arguments say, with no hole left open and no argument to spare.
func TestPhrasesAreWhole(t *testing.T) {
	hole := regexp.MustCompile(`\{\{\.([A-Za-z]+)\}\}`)
	check := func(t *rapid.T, p template.Phrase, english string) {
		var names []string
		for _, m := range hole.FindAllStringSubmatch(p.English, -1) {
			names = append(names, m[1])
			if _, ok := p.Args[m[1]]; !ok {
				t.Fatalf("%s has nothing for %s in %q", p.Key, m[1], p.English)
			}
		}
		for name := range p.Args {
			if !slices.Contains(names, name) {
				t.Fatalf("%s does not say %s in %q", p.Key, name, p.English)
			}
		}
		if p.Key == "" || english == "" || english != p.String() || strings.Contains(english, "<nil>") {
			t.Fatalf("%+v says %q", p, english)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for _, f := range template.Lint(templatetest.Cases().Draw(t, "c").Document, template.Env{}) {
			check(t, f.Says, f.Message)
			for _, m := range f.Mends {
				check(t, m.Says, m.Label)
			}
		}
	})
}

func TestAPhraseDoesNotReadItsArguments(t *testing.T) {
	p := template.Phrase{Key: "x", English: "{{.A}} and {{.B}}", Args: map[string]any{"A": "{{.B}}", "B": 7}}
	if got := p.String(); got != "{{.B}} and 7" {
		t.Errorf("%q", got)
	}
}

// Each sentence has one key and each key one sentence; nothing is said without a key.
func TestEachSentenceHasAKey(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	calls := regexp.MustCompile(`\bsay\(\s*("(?:[^"\\]|\\.)*"), ?\s*("(?:[^"\\]|\\.)*")`)
	all := regexp.MustCompile(`\bsay\(`)
	keys, english := map[string]string{}, 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "phrase.go" {
			continue
		}
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found := calls.FindAllStringSubmatch(string(code), -1)
		if n := len(all.FindAll(code, -1)); n != len(found) {
			t.Errorf("%s says %d sentences, of which %d have a key and English beside it", name, n, len(found))
		}
		for _, m := range found {
			key, _ := strconv.Unquote(m[1])
			if was, ok := keys[key]; ok && was != m[2] {
				t.Errorf("%s: %s is %s and %s", name, key, m[2], was)
			}
			keys[key] = m[2]
			english++
		}
	}
	if english < 80 {
		t.Errorf("only %d sentences: the search is broken", english)
	}
}
