// Package assets holds what the program carries inside itself: icons, the mark and the words it speaks.
// It knows nothing of windows, so that every floor of the house may read from it.
package assets

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// The program's name and number, the same as in FyneApp.toml (a test holds the two together).
const (
	AppID   = "app.shopbell.desk"
	Name    = "Shopbell"
	Version = "0.1.0"
)

// TranslationsDir is the folder inside Translations that holds one JSON file a language.
const TranslationsDir = "translations"

// Translations holds every word a person reads; en.json is the source of the others.
//
//go:embed translations/*.json
var Translations embed.FS

//go:embed icons/*.svg
var icons embed.FS

//go:embed icon.svg
var iconSVG []byte

//go:embed icon.png
var iconPNG []byte

//go:embed mark.svg
var mark []byte

//go:embed templates/*.json templates/files
var templates embed.FS

//go:embed fonts/*.ttf
var fonts embed.FS

// Fonts gives the letters that papers need besides the window's own: regular and bold of Arabic, Hebrew, Thai and Devanagari (Noto Sans).
func Fonts() [][2][]byte {
	var out [][2][]byte
	for _, script := range []string{"Arabic", "Hebrew", "Thai", "Devanagari"} {
		var family [2][]byte
		for i, weight := range []string{"Regular", "Bold"} {
			data, err := fonts.ReadFile("fonts/NotoSans" + script + "-" + weight + ".ttf")
			if err != nil {
				panic(err) // the file is embedded above
			}
			family[i] = data
		}
		out = append(out, family)
	}
	return out
}

// Icon returns the SVG of one icon by its name without ending, or false when there is none.
func Icon(name string) ([]byte, bool) {
	data, err := icons.ReadFile("icons/" + name + ".svg")
	return data, err == nil
}

// IconNames lists the icons in alphabetical order.
func IconNames() []string {
	files, err := fs.Glob(icons, "icons/*.svg")
	if err != nil {
		return nil
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(path.Base(f), ".svg")
	}
	slices.Sort(files)
	return files
}

// AppIconSVG is the program's icon on its dark ground, as vectors.
func AppIconSVG() []byte { return slices.Clone(iconSVG) }

// AppIconPNG is the program's icon on its dark ground, 512 pixels square.
func AppIconPNG() []byte { return slices.Clone(iconPNG) }

// Mark is the bell alone in one colour, to be tinted where it is drawn.
func Mark() []byte { return slices.Clone(mark) }

// Templates holds the starter templates: one JSON file each, in all their languages, and in the folder files what stands in their headers.
func Templates() fs.FS {
	sub, err := fs.Sub(templates, "templates")
	if err != nil {
		panic(err) // only a malformed path, and it is written here
	}
	return sub
}
