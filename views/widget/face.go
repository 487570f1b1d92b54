package widget

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// Fyne draws bold what its own bold face has: Latin, Cyrillic, Greek. For every other script it takes the regular face of the computer, so that
// an Arabic name in bold would look like its neighbours. Here the computer's bold face of a script is found and given to Fyne.

// faceOf is the face that a text is to be drawn with; nil leaves the choice to Fyne.
func faceOf(s string, style fyne.TextStyle) fyne.Resource {
	if !style.Bold || style.Italic || style.Monospace || style.Symbol {
		return nil
	}
	for _, r := range s {
		if r < 0x250 || r >= 0x1E00 && r <= 0x1EFF || !unicode.IsLetter(r) {
			continue
		}
		face := boldFaces.of(r)
		if face == nil || direction(r) == dirLeft && !boldFaces.oneRun(s, r) {
			return nil
		}
		return face
	}
	return nil
}

var boldFaces = faces{find: findBold}

// faces remembers the bold faces of the scripts. It lives on the UI goroutine.
type faces struct {
	own   *font.Face // Fyne's
	found map[language.Script]fyne.Resource
	read  map[language.Script]*font.Face // what is in them, nil where that can't be read
	find  func(r rune, script language.Script) fyne.Resource
}

func (f *faces) of(r rune) fyne.Resource {
	if f.own == nil {
		own, err := font.ParseTTF(bytes.NewReader(fynetheme.DefaultTextBoldFont().Content()))
		if err != nil {
			return nil
		}
		f.own, f.found, f.read = own, map[language.Script]fyne.Resource{}, map[language.Script]*font.Face{}
	}
	if _, ok := f.own.NominalGlyph(r); ok {
		return nil
	}
	script := language.LookupScript(r)
	face, known := f.found[script]
	if !known {
		face = f.find(r, script)
		f.found[script] = face
	}
	return face
}

// oneRun tells whether all of a right-to-left text is drawn at once in the face of one of its letters: then Fyne puts it in order by itself. A
// sign that the face lacks would be taken from another one and stand on the wrong side, and digits run the other way.
func (f *faces) oneRun(s string, letter rune) bool {
	script := language.LookupScript(letter)
	for _, r := range strings.TrimSuffix(s, ellipsis) {
		switch {
		case r == ' ' || unicode.In(r, unicode.M):
		case direction(r) == dirLeft && unicode.IsLetter(r):
			if language.LookupScript(r) != script {
				return false
			}
		case direction(r) == dirRight || unicode.IsDigit(r) || !f.has(script, r):
			return false
		}
	}
	return true
}

// has tells whether the bold face of a script has a sign.
func (f *faces) has(script language.Script, r rune) bool {
	face, known := f.read[script]
	if !known {
		if source := f.found[script]; source != nil {
			face, _ = font.ParseTTF(bytes.NewReader(source.Content()))
		}
		f.read[script] = face
	}
	if face == nil {
		return false
	}
	_, ok := face.NominalGlyph(r)
	return ok
}

// systemFonts is the computer's faces. Fyne has read their index already, so that this costs next to nothing.
var systemFonts = sync.OnceValue(func() *fontscan.FontMap {
	m := fontscan.NewFontMap(quiet{})
	if err := m.UseSystemFonts(""); err != nil {
		return nil
	}
	return m
})

type quiet struct{}

func (quiet) Printf(string, ...any) {}

// findBold looks for the computer's bold face of a script; nil if there is none.
func findBold(r rune, script language.Script) fyne.Resource {
	m := systemFonts()
	if m == nil {
		return nil
	}
	m.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}, Aspect: font.Aspect{Weight: font.WeightBold}})
	m.SetScript(script)
	face := m.ResolveFace(r)
	if face == nil {
		return nil
	}
	if _, ok := face.NominalGlyph(r); !ok {
		return nil
	}
	_, aspect := m.FontMetadata(face.Font)
	at := m.FontLocation(face.Font)
	if aspect.Weight < font.WeightSemibold || at.Index != 0 || strings.HasSuffix(strings.ToLower(at.File), "c") { // a collection holds several; Fyne reads one
		return nil
	}
	data, err := os.ReadFile(at.File)
	if err != nil {
		return nil
	}
	return fyne.NewStaticResource(at.File, data)
}

// drawnIn is drawn for a style: what has a face of its own is one run, which Fyne turns round by itself.
func drawnIn(line string, style fyne.TextStyle) string {
	if faceOf(line, style) != nil {
		return line
	}
	return drawn(line)
}

// setFace gives a canvas text the face for what it says.
func setFace(t *canvas.Text) { t.FontSource = faceOf(t.Text, t.TextStyle) }

// measured is how large a string is drawn.
func measured(s string, size float32, style fyne.TextStyle) fyne.Size {
	if face := faceOf(s, style); face != nil {
		m, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, size, style, face)
		return m
	}
	return fyne.MeasureText(s, size, style)
}
