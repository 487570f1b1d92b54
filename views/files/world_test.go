package files

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/views/layout"
	"shopbell/views/viewtest"
)

// world is a bed over a home with a few files.
type world struct {
	*viewtest.Bed
	home   string
	answer []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Bed: viewtest.New(t, nil), home: t.TempDir()}
	t.Setenv("HOME", w.home)
	t.Setenv("USERPROFILE", w.home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(w.home, ".config"))
	for name, size := range map[string]int{
		"Documents/Invoices/2026-11.csv": 2_400, "Documents/Invoices/2026-10.xlsx": 81_000, "Documents/Invoices/scan.PDF": 1_300_000, "Documents/customers.csv": 5_300,
		"Documents/bell.png": 48_200, "Documents/Belgium.csv": 900, "Documents/a+b 100%.csv": 12, "Documents/.hidden.csv": 3, "Documents/notes.txt": 40, "Downloads/x.jpg": 7,
	} {
		w.write(name, size)
	}
	if err := os.Symlink(filepath.Join(w.home, "nowhere"), filepath.Join(w.home, "Documents", "dangling.csv")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(w.home, "Desktop"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.Show(layout.Gap())
	return w
}

func (w *world) write(name string, size int) {
	w.T.Helper()
	path := w.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		w.T.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Repeat("x", size)), 0o600); err != nil {
		w.T.Fatal(err)
	}
	if at := viewtest.Noon.Add(-50 * time.Hour); os.Chtimes(path, at, at) != nil {
		w.T.Fatal("no time for", path)
	}
}

func (w *world) path(name string) string { return filepath.Join(w.home, filepath.FromSlash(name)) }

// tables are what an import takes.
var tables = Kind{Label: "Tables", Extensions: []string{".csv", ".xlsx"}}

func (w *world) open(o Options) *sheet {
	return w.ask(question{Options: o, then: w.take})
}

func (w *world) save(o Options) *sheet {
	return w.ask(question{Options: o, save: true, then: w.take})
}

func (w *world) take(path string) { w.answer = append(w.answer, path) }

func (w *world) ask(q question) *sheet { return w.askWith(q, readFolder) }

func (w *world) askWith(q question, read func(context.Context, string) ([]entry, error)) *sheet {
	w.T.Helper()
	s := showWith(w.Shell, q, read)
	w.Until("the list is there", func() bool { return s.folder.ready || s.folder.wait.Failed() })
	w.Settle()
	return s
}

// typed types into whatever has the keyboard.
func (w *world) typed(text string) {
	w.T.Helper()
	for _, r := range text {
		w.focus().TypedRune(r)
	}
	w.Settle()
}

// key presses keys.
func (w *world) key(names ...fyne.KeyName) {
	w.T.Helper()
	for _, n := range names {
		w.focus().TypedKey(&fyne.KeyEvent{Name: n})
		w.Settle()
	}
}

func (w *world) focus() fyne.Focusable {
	w.T.Helper()
	f := w.Window.Canvas().Focused()
	if f == nil {
		w.T.Fatal("nothing has the keyboard")
	}
	return f
}

// names are what is listed.
func names(s *sheet) (out []string) {
	for i := range s.folder.shown {
		out = append(out, s.folder.at(i).name)
	}
	return out
}

// want holds that a question was answered with a path.
func (w *world) want(name string) {
	w.T.Helper()
	if len(w.answer) != 1 || w.answer[0] != w.path(name) {
		w.T.Fatalf("answered %q, want %q", w.answer, w.path(name))
	}
	if w.Shell.Layers.Any() {
		w.T.Error("the sheet stays open")
	}
}
