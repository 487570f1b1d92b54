package assets_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"testing"

	"shopbell/assets"
)

func TestFyneAppAgreesWithConstants(t *testing.T) {
	data, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"ID": assets.AppID, "Name": assets.Name, "Version": assets.Version} {
		m := regexp.MustCompile(`(?m)^` + key + ` = "([^"]*)"$`).FindSubmatch(data)
		if m == nil || string(m[1]) != want {
			t.Errorf("FyneApp.toml %s = %q, the program says %q", key, m, want)
		}
	}
	if !regexp.MustCompile(`(?m)^\[Migrations\]\nfyneDo = true$`).Match(data) {
		t.Error("FyneApp.toml does not declare the migration to fyne.Do")
	}
	icon := regexp.MustCompile(`(?m)^Icon = "([^"]*)"$`).FindSubmatch(data)
	if icon == nil {
		t.Fatal("FyneApp.toml names no icon")
	}
	if _, err := os.Stat("../" + string(icon[1])); err != nil {
		t.Errorf("icon of FyneApp.toml: %v", err)
	}
}

func TestIconsAreFilledOutlines(t *testing.T) {
	names := assets.IconNames()
	if len(names) < 60 {
		t.Fatalf("%d icons, the set has 60", len(names))
	}
	// Recolouring replaces fills only, so a stroke would stay black in the dark.
	for _, name := range names {
		data, ok := assets.Icon(name)
		if !ok {
			t.Fatalf("icon %s is listed but cannot be read", name)
		}
		wellFormed(t, name, data)
		if bytes.Contains(data, []byte("stroke=")) || !bytes.Contains(data, []byte("fill=")) {
			t.Errorf("icon %s is not a filled outline", name)
		}
	}
	if _, ok := assets.Icon("no-such-icon"); ok {
		t.Error("an unknown icon was found")
	}
	wellFormed(t, "mark", assets.Mark())
	wellFormed(t, "icon", assets.AppIconSVG())
	if _, err := png.Decode(bytes.NewReader(assets.AppIconPNG())); err != nil {
		t.Errorf("icon.png: %v", err)
	}
}

func TestEnglishIsFlatAndWhole(t *testing.T) {
	data, err := assets.Translations.ReadFile(assets.TranslationsDir + "/en.json")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	if err := json.Unmarshal(data, &words); err != nil {
		t.Fatalf("en.json must map each key to one text: %v", err)
	}
	key := regexp.MustCompile(`^[a-z0-9]+(\.[a-z0-9_]+)+$`)
	for k, v := range words {
		if !key.MatchString(k) {
			t.Errorf("key %q is not of the form place.word", k)
		}
		if v == "" {
			t.Errorf("key %q has no text", k)
		}
	}
}

func wellFormed(t *testing.T, name string, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestTemplatesAreThirteenInFiveLanguages(t *testing.T) {
	files, err := fs.Glob(assets.Templates(), "*.json")
	if err != nil || len(files) != 13 {
		t.Fatalf("%d starter templates, %v", len(files), err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(assets.Templates(), name)
		if err != nil {
			t.Fatal(err)
		}
		var s struct {
			Name, File string
			Documents  []struct{ Language string }
		}
		if err := json.Unmarshal(data, &s); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var languages []string
		for _, d := range s.Documents {
			languages = append(languages, d.Language)
		}
		if s.Name+".json" != name || !slices.Equal(languages, []string{"en", "vi", "es", "pt_BR", "fr"}) {
			t.Errorf("%s is called %s and speaks %v", name, s.Name, languages)
		}
		if s.File != "" {
			if _, err := fs.Stat(assets.Templates(), "files/"+s.File); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// A paper in Arabic must not depend on what the system has.
func TestFontsAreThereInBothWeights(t *testing.T) {
	list := assets.Fonts()
	if len(list) != 4 {
		t.Fatalf("%d families", len(list))
	}
	for i, family := range list {
		for j, data := range family {
			if !bytes.HasPrefix(data, []byte{0, 1, 0, 0}) || bytes.Equal(family[0], family[1]) {
				t.Errorf("family %d: weight %d is no TrueType font of its own", i, j)
			}
		}
	}
}
