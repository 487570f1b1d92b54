package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/language"

	"shopbell/views/theme"
)

func TestBoldOfOtherScripts(t *testing.T) {
	newApp(t)
	face := fynetheme.DefaultTextMonospaceFont() // any face that is not the usual one
	asked := map[language.Script]int{}
	was := boldFaces
	boldFaces = faces{find: func(_ rune, s language.Script) fyne.Resource {
		asked[s]++
		if s == language.Thai {
			return nil // the computer has none
		}
		return face
	}}
	defer func() { boldFaces = was }()
	for _, c := range []struct {
		text  string
		style fyne.TextStyle
		own   bool
	}{
		{"Nguyễn Thị Mai", bold, false},
		{"Ольга Ωmega", bold, false},
		{"👩‍👩‍👧‍👦 🌸", bold, false},
		{"", bold, false},
		{"سارة الحداد", bold, true},
		{"سارة الحداد", plain, false},
		{"سارة الحداد", fyne.TextStyle{Bold: true, Monospace: true}, false},
		{"سارة الحدا…", bold, true},
		{"دود בן-גוריון", bold, false}, // drawn in pieces, each as Fyne chooses
		{"סטודיו ABC", bold, false},
		{"דוד בן-גוריון", bold, true}, // the sign is in the same face: one run
		{"צה״ל (מטה)", bold, false},   // this one is not
		{"سارة (2)", bold, false},
		{"田中さん", bold, true},
		{"สวัสดี", bold, false},
	} {
		if got := faceOf(c.text, c.style); (got != nil) != c.own {
			t.Errorf("%q: %v", c.text, got)
		}
	}
	if asked[language.Arabic] != 1 || asked[language.Thai] != 1 {
		t.Errorf("a script is looked for more than once: %v", asked)
	}
	if got := drawnIn("سارة الحدا…", bold); got != "سارة الحدا…" {
		t.Errorf("%q is turned round twice", got)
	}
	if got := drawnIn("سارة الحدا…", plain); got != "…سارة الحدا" {
		t.Errorf("%q", got)
	}
	line := &canvas.Text{TextStyle: bold}
	setText(line, "سارة")
	if line.FontSource != face {
		t.Error("the text is drawn with another face")
	}
	setText(line, "Sara")
	if line.FontSource != nil {
		t.Error("the face of one name stays for the next")
	}
	plainWidth := fyne.MeasureText("سارة", theme.TypeBody.Size, bold).Width
	if w := width("سارة", theme.TypeBody.Size, bold); w == plainWidth || w <= 0 {
		t.Errorf("%v wide, as without the face", w)
	}
	widths = newWidthCache(8192)
}
