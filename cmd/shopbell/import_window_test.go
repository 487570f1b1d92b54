package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/storage"
	"shopbell/views/importing"
	"shopbell/views/layout"
	"shopbell/views/viewtest"
	"shopbell/views/widget"
)

// importBed is the wizard over a real store.
type importBed struct {
	*viewtest.Bed
	kept    *records.Kept
	wizard  *importing.Wizard
	country string
	shown   app.ID
}

func newImportBed(t *testing.T) *importBed {
	s, err := storage.Open(t.Context(), storage.Options{Home: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	b := &importBed{Bed: viewtest.New(t, s), kept: &records.Kept{Store: s}}
	b.Show(layout.Over())
	return b
}

func (b *importBed) open(path string) {
	b.wizard = importing.Open(b.Shell, importing.Params{
		Kept: b.kept, Country: func(context.Context) (string, error) { return b.country, nil },
		SetCountry: func(_ context.Context, code string) error { b.country = code; return nil },
		Show:       func(_ string, batch app.ID) { b.shown = batch },
	}, records.TypeContact, path)
}

func (b *importBed) file(name, text string) string {
	path := filepath.Join(b.T.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.T.Fatal(err)
	}
	return path
}

func (b *importBed) top() fyne.CanvasObject { return b.Window.Canvas().Overlays().Top() }

// says waits until the sheet says something.
func (b *importBed) says(words string) {
	b.T.Helper()
	b.Until("“"+words+"”", func() bool {
		return b.top() != nil && slices.ContainsFunc(viewtest.Texts(b.T, b.top()), func(s string) bool { return strings.Contains(s, words) })
	})
}

// press waits for a button that can be pressed, and presses it.
func (b *importBed) press(words string) {
	b.T.Helper()
	b.Until("the button “"+words+"”", func() bool {
		if b.top() == nil {
			return false
		}
		x := viewtest.Button(b.T, b.top(), words)
		return x != nil && !x.Disabled()
	})
	b.PressIn(b.top(), words)
}

// choice is the choice in the sheet that has an option.
func (b *importBed) choose(key string, nth int) {
	b.T.Helper()
	var found []*widget.Choice
	viewtest.Walk(b.T, b.top(), func(o fyne.CanvasObject) bool {
		if c, ok := o.(*widget.Choice); ok {
			found = append(found, c)
		}
		return true
	})
	if nth >= len(found) {
		b.T.Fatalf("there are %d choices", len(found))
	}
	found[nth].SetChosen(key)
	found[nth].OnChosen(key)
}

func TestImportInTheWindow(t *testing.T) {
	b := newImportBed(t)
	b.country = "VN"
	text := "Họ tên;Điện thoại;Thành phố;Size\nMai;0903 123 456;Huế;M\nHuy;0912345678;;L\nSai;12;;\nLan;0987654321 / 0987654322;;S\n"
	b.open(b.file("khach.csv", text))
	b.says("Họ tên")
	b.says("3 of 4 columns")
	b.Picture("import-columns")
	b.press("Check the rows")
	b.press("Import 3 records")
	b.says("3 new, 0 changed, 0 the same as before, 1 refused")
	n, err := b.kept.Count(t.Context(), app.RecordFilter{Type: "contact"})
	if err != nil || n != 3 {
		t.Fatalf("%d records: %v", n, err)
	}
	b.press("Show what came in")
	if b.shown == 0 || b.top() != nil {
		t.Errorf("shown %d, the sheet is still there: %t", b.shown, b.top() != nil)
	}

	// The same again is nothing new; the import of before can still be taken back.
	b.open("")
	b.says("khach.csv")
	b.says("3 new, 0 changed")
	b.press("Undo")
	b.press("Take it back")
	b.says("Taken back")
	if n, err = b.kept.Count(t.Context(), app.RecordFilter{Type: "contact"}); err != nil || n != 0 {
		t.Errorf("%d records are left: %v", n, err)
	}
}

func TestImportSaysWhatIsWrongBeforeItWrites(t *testing.T) {
	b := newImportBed(t)
	b.open(b.file("a.csv", "Name,Phone\nMai,0903123456\nHuy,0912345678\n"))
	b.says("choose the country above")
	b.press("Check the rows")
	b.says("is not a phone number that WhatsApp can reach")
	b.says("There is nothing to import")
	b.press("Back")
	b.says("Column of the file")
	b.choose("VN", 3)
	b.says("2 of 2 columns")
	if b.Until("the country is kept", func() bool { return b.country == "VN" }); b.country != "VN" {
		t.Error("the country is not kept")
	}
	b.press("Check the rows")
	b.press("Import 2 records")
	b.says("2 new")
	b.press("Undo the import")
	b.says("The import is taken back")

	// A file that is none says so where it was chosen.
	b.press("Another file")
	b.wizard.Take(b.file("b.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x02"))
	b.says("neither a table of text nor an Excel workbook")
	b.wizard.Take(filepath.Join(t.TempDir(), "gone.csv"))
	b.says("cannot be read")
}

func TestImportCanBeStoppedAndTakenBack(t *testing.T) {
	b := newImportBed(t)
	b.country = "VN"
	var rows strings.Builder
	rows.WriteString("Name,Phone\n")
	for i := range 60_000 {
		fmt.Fprintf(&rows, "Khách %d,09%08d\n", i, 10_000_000+i)
	}
	b.open(b.file("many.csv", rows.String()))
	b.press("Check the rows")
	b.press("Import 60,000 records")
	b.press("Cancel")
	b.says("The import was stopped")
	if x := viewtest.Button(t, b.top(), "Take it back"); x != nil {
		b.press("Take it back")
		b.says("The import is taken back")
	}
	n, err := b.kept.Count(t.Context(), app.RecordFilter{Type: "contact"})
	if err != nil || n != 0 {
		t.Errorf("%d records are left: %v", n, err)
	}
}
