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

	"shopbell/app"
	"shopbell/app/records"
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
	for key, text := range domainWords(t) {
		if words[key] != text && !write {
			t.Errorf("key %q is %q in the domain and %q in assets/translations/en.json", key, text, words[key])
		}
		found[key] = text
	}
	if len(found) < 20 {
		t.Errorf("only %d words were found: the search is broken", len(found))
	}
	if write {
		writeWords(t, found)
	}
}

// domainWords are those that the domain says in English and the window translates.
func domainWords(t *testing.T) map[string]string {
	out := map[string]string{}
	for _, r := range records.Builtin().Types() {
		out["record.type."+r.Name] = r.Label
		out["record.types."+r.Name] = r.Plural
		for _, f := range r.Fields {
			out["record.field."+r.Name+"."+f.Name] = f.Label
		}
	}
	for _, k := range records.Kinds() {
		for _, f := range records.Formats(records.Field{Kind: k}, records.Value{}, records.Style{}) {
			out["format."+f.Name] = f.Label
		}
	}
	for key, text := range lintWords(t) {
		out[key] = text
	}
	advice := func(key string, a app.Advice) {
		for part, s := range map[string]string{"title": a.Title, "plain": a.Plain, "mend": a.Mend} {
			if s != "" {
				out[key+"."+part] = s
			}
		}
	}
	for _, s := range []app.TemplateStatus{
		app.TemplateDraft, app.TemplateGone, app.TemplatePending, app.TemplateInAppeal, app.TemplateApproved, app.TemplateFlagged, app.TemplateRejected, app.TemplatePaused,
		app.TemplateDisabled, app.TemplatePendingDeletion, app.TemplateDeleted, app.TemplateLimitExceeded, app.TemplateArchived, app.TemplateLocked,
	} {
		advice("template.status."+strings.ToLower(string(s)), s.Explain())
	}
	for _, s := range []string{"none", "abusive_content", "incorrect_category", "invalid_format", "promotional", "scam", "tag_content_mismatch", "category_not_available"} {
		advice("template.rejected."+s, app.ExplainRejection(s))
	}
	return out
}

var said = regexp.MustCompile(`say\(\s*"([^"]*)",\s*("(?:[^"\\]|\\.)*")`)

// lintWords are what the lint says, by the keys under which the window translates them.
func lintWords(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../meta/template/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("meta/template is not there: ", err)
	}
	out := map[string]string{}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(code), -1) {
			text, err := strconv.Unquote(m[2])
			if err != nil {
				t.Fatal(err)
			}
			if was, ok := out["lint."+m[1]]; ok && was != text {
				t.Errorf("%s says %q under %q, and %q elsewhere", file, text, m[1], was)
			}
			out["lint."+m[1]] = text
		}
	}
	if len(out) < 50 {
		t.Errorf("only %d sentences of the lint were found: the search is broken", len(out))
	}
	return out
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
