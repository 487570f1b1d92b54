package theme

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"

	"shopbell/assets"
)

var asked = regexp.MustCompile(`lang\.X\(\s*"([^"]*)",\s*("(?:[^"\\]|\\.)*")`)

// The English beside each key in the code is the English in en.json, so that either may be read. With
// SHOPBELL_WORDS=write the file is written from the code instead.
func TestWordsInTheCodeAreInEnglish(t *testing.T) {
	data, err := assets.Translations.ReadFile("translations/en.json")
	if err != nil {
		t.Fatal(err)
	}
	write := os.Getenv("SHOPBELL_WORDS") == "write"
	words := map[string]string{}
	if err := json.Unmarshal(data, &words); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	err = filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		code, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range asked.FindAllStringSubmatch(string(code), -1) {
			text, err := strconv.Unquote(m[2])
			if err != nil {
				return err
			}
			if was, ok := found[m[1]]; ok && was != text {
				t.Errorf("%s: key %q is %q here and %q elsewhere", path, m[1], text, was)
			}
			found[m[1]] = text
			if words[m[1]] != text && !write {
				t.Errorf("%s: key %q is %q in the code and %q in assets/translations/en.json", path, m[1], text, words[m[1]])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 20 {
		t.Errorf("only %d words were found: the search is broken", len(found))
	}
	if write {
		writeWords(t, found)
	}
}

func writeWords(t *testing.T, words map[string]string) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(words); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("../../assets/translations/en.json", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestLoadWords(t *testing.T) {
	test.NewTempApp(t)
	if err := LoadWords(); err != nil {
		t.Fatal(err)
	}
	if got := lang.X("button.undo", "?"); got != "Undo" {
		t.Errorf("button.undo is %q", got)
	}
	if name, ok := wordsFor(fyne.Locale("vi-VN")); !ok || name != "en.json" {
		t.Errorf("Vietnamese borrows %q", name)
	}
	if _, ok := wordsFor(fyne.Locale("en-GB")); ok {
		t.Error("English has its own words")
	}
}
