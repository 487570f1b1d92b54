package files

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/views/goldentest"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/viewtest"
)

func TestAPathIsTypedOrPasted(t *testing.T) {
	for name, typed := range map[string]func(w *world) string{
		"a full path":         func(w *world) string { return w.path("Documents/a+b 100%.csv") },
		"from the home":       func(*world) string { return "~/Documents/a+b 100%.csv" },
		"a name":              func(*world) string { return "a+b 100%.csv" },
		"by the folder above": func(*world) string { return "../Documents/a+b 100%.csv" },
		"in quotes":           func(w *world) string { return `"` + w.path("Documents/a+b 100%.csv") + `" ` },
		"an address": func(w *world) string {
			return (&url.URL{Scheme: "file", Path: w.path("Documents/a+b 100%.csv")}).String()
		},
		"how it begins": func(*world) string { return "A+" },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.open(Options{Kinds: []Kind{tables}})
			w.typed(typed(w))
			w.key(fyne.KeyReturn)
			w.want("Documents/a+b 100%.csv")
		})
	}
}

func TestReturnEntersAFolderAndSaysWhatIsNotThere(t *testing.T) {
	w := newWorld(t)
	s := w.open(Options{})
	w.typed("Invoices")
	w.key(fyne.KeyReturn)
	if s.dir != w.path("Documents/Invoices") || s.path.Text() != s.dir || len(names(s)) != 3 {
		t.Fatalf("in %s, field %s, list %q", s.dir, s.path.Text(), names(s))
	}
	w.typed("nothing of it") // replaces the path, which was selected
	w.key(fyne.KeyReturn)
	if s.path.Wrong() == "" || len(w.answer) != 0 || !s.folder.empty.Visible() {
		t.Errorf("wrong %q, answered %q", s.path.Wrong(), w.answer)
	}
	w.key(fyne.KeyBackspace)
	if s.path.Wrong() != "" {
		t.Error("it stays wrong while it is corrected")
	}
	s.path.SetText("/no/such/folder/x.csv")
	w.Settle()
	w.key(fyne.KeyReturn)
	if s.path.Wrong() == "" || !s.folder.wait.Failed() {
		t.Errorf("a path in no folder: wrong %q", s.path.Wrong())
	}
	s.path.SetText("")
	w.Settle()
	if s.folder.wait.Failed() || len(names(s)) != 3 {
		t.Errorf("an empty path lists %q", names(s))
	}
}

func TestTheListFollowsWhatIsTyped(t *testing.T) {
	w := newWorld(t)
	s := w.open(Options{Kinds: []Kind{tables}})
	w.typed("be")
	if got := names(s); !slices.Equal(got, []string{"Belgium.csv"}) {
		t.Errorf("of tables, be gives %q", got)
	}
	s.path.SetText("~/Documents/Inv")
	w.Settle()
	if got := names(s); !slices.Equal(got, []string{"Invoices"}) {
		t.Errorf("how a path goes on: %q", got)
	}
	s.path.SetText("~/Documents/Invoices/")
	w.Settle()
	if got := names(s); !slices.Equal(got, []string{"2026-10.xlsx", "2026-11.csv"}) {
		t.Errorf("in the folder typed: %q", got)
	}
	w.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	w.want("Documents/Invoices/2026-11.csv")
}

func TestOnlyFittingFilesAreListed(t *testing.T) {
	w := newWorld(t)
	s := w.open(Options{Kinds: []Kind{tables, {Label: "All files"}}})
	if got := names(s); !slices.Equal(got, []string{"Invoices", "a+b 100%.csv", "Belgium.csv", "customers.csv"}) {
		t.Errorf("tables: %q", got)
	}
	s.kind = 1
	s.folder.filter()
	if got := names(s); !slices.Equal(got, []string{"Invoices", "a+b 100%.csv", "Belgium.csv", "bell.png", "customers.csv", "notes.txt"}) {
		t.Errorf("all: %q", got)
	}
	w.typed(".h")
	if got := names(s); !slices.Equal(got, []string{".hidden.csv"}) {
		t.Errorf("who types the dot sees %q", got)
	}
	s.kind = 0
	s.enter(w.path("Desktop"), "")
	w.Settle()
	if !s.folder.empty.Visible() {
		t.Error("an empty folder says nothing")
	}
	pdf := Kind{Extensions: []string{".pdf"}}
	if !pdf.fits("scan.PDF") || pdf.fits("pdf") || pdf.named("a.b") != "a.b.pdf" || pdf.named("A.Pdf") != "A.Pdf" {
		t.Error("extensions")
	}
}

func TestTheKeyboardWalksTheList(t *testing.T) {
	w := newWorld(t)
	s := w.open(Options{Kinds: []Kind{tables}, Key: "import"})
	w.Window.Canvas().Focus(s.list)
	w.key(fyne.KeyReturn) // the first is a folder
	if s.dir != w.path("Documents/Invoices") {
		t.Fatalf("in %s", s.dir)
	}
	if w.focus() != fyne.Focusable(s.list) {
		t.Error("the keyboard left the list")
	}
	w.key(fyne.KeyBackspace)
	if s.dir != w.path("Documents") || s.folder.cursor != 0 {
		t.Fatalf("in %s at %d", s.dir, s.folder.cursor)
	}
	w.key(fyne.KeyEnd)
	if names(s)[s.folder.cursor] != "customers.csv" {
		t.Errorf("End stands on %d", s.folder.cursor)
	}
	w.typed("b")
	if names(s)[s.folder.cursor] != "Belgium.csv" {
		t.Errorf("b stands on %d", s.folder.cursor)
	}
	if !w.Shell.Layers.Up() {
		t.Fatal("there is nothing above")
	}
	w.Settle()
	if s.dir != w.home || names(s)[s.folder.cursor] != "Documents" {
		t.Fatalf("in %s at %d", s.dir, s.folder.cursor)
	}
	w.key(fyne.KeyReturn)
	w.typed("cus")
	w.key(fyne.KeyReturn)
	w.want("Documents/customers.csv")
	if w.Shell.Keep.Folders["import"] != w.path("Documents") {
		t.Errorf("remembered %v", w.Shell.Keep.Folders)
	}

	w.answer = nil
	w.Shell.Keep.Folders["import"] = w.path("Documents/Invoices")
	if s := w.open(Options{Key: "import"}); s.dir != w.path("Documents/Invoices") {
		t.Errorf("begins in %s", s.dir)
	}
	w.Shell.Layers.Escape()
	w.Shell.Keep.Folders["import"] = w.path("gone")
	if s := w.open(Options{Key: "import"}); s.dir != w.path("Documents") {
		t.Errorf("where the folder has gone it begins in %s", s.dir)
	}
	w.Shell.Layers.Escape()
	if len(w.answer) != 0 || w.Shell.Layers.Any() {
		t.Error("Esc answers")
	}
}

func TestPlacesAreThoseOfTheDesktop(t *testing.T) {
	w := newWorld(t)
	w.write("Bilder/a.jpg", 3)
	w.write(".config/user-dirs.dirs", 0)
	if err := os.WriteFile(w.path(".config/user-dirs.dirs"), []byte("# of the desktop\nXDG_PICTURES_DIR=\"$HOME/Bilder\"\nXDG_DESKTOP_DIR=\"$HOME\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := w.open(Options{})
	var got []string
	for _, p := range s.goTo {
		got = append(got, p.label)
	}
	if !slices.Equal(got, []string{"Home", "Documents", "Downloads", "Bilder"}) {
		t.Errorf("places %q", got)
	}
	w.Window.Canvas().Focus(s.places)
	w.key(fyne.KeyDown, fyne.KeyReturn)
	if s.dir != w.path("Downloads") {
		t.Errorf("went to %s", s.dir)
	}
}

func TestAClickChoosesAndASecondTakes(t *testing.T) {
	w := newWorld(t)
	s := w.open(Options{Kinds: []Kind{tables}})
	i := slices.Index(names(s), "customers.csv")
	s.choose(i)
	if len(w.answer) != 0 || s.folder.cursor != i {
		t.Fatal("one click is not enough")
	}
	w.Now = w.Now.Add(2 * twoClicks)
	s.choose(i)
	if len(w.answer) != 0 {
		t.Fatal("two slow clicks are not a double click")
	}
	s.choose(i)
	w.want("Documents/customers.csv")

	w.answer = nil
	s = w.open(Options{Kinds: []Kind{tables}})
	s.choose(i)
	w.Press("Open")
	w.Settle()
	w.want("Documents/customers.csv")
}

func TestSavingNamesAndAsksBeforeItReplaces(t *testing.T) {
	w := newWorld(t)
	w.save(Options{Kinds: []Kind{{Label: "Tables", Extensions: []string{".csv"}}}, Name: "contacts.csv"})
	w.key(fyne.KeyReturn)
	w.want("Documents/contacts.csv")

	w.answer = nil
	w.save(Options{Kinds: []Kind{{Label: "Tables", Extensions: []string{".csv"}}}, Name: "contacts.csv"})
	w.typed("customers") // replaces the name, gets the extension, and is there already
	w.key(fyne.KeyReturn)
	if len(w.answer) != 0 {
		t.Fatal("a file would be lost")
	}
	w.Press("Cancel")
	if !w.Shell.Layers.Any() || len(w.answer) != 0 {
		t.Fatal("Cancel answers")
	}
	w.key(fyne.KeyReturn)
	w.Press("Replace")
	w.Settle()
	w.want("Documents/customers.csv")

	w.answer = nil
	s := w.save(Options{Kinds: []Kind{tables}})
	w.key(fyne.KeyReturn)
	if s.name.Wrong() == "" {
		t.Error("it takes a file without a name")
	}
	w.typed("Invoices")
	w.key(fyne.KeyReturn)
	if s.dir != w.path("Documents/Invoices") || s.name.Text() != "" {
		t.Errorf("the name of a folder: in %s with %q", s.dir, s.name.Text())
	}
	w.typed("no/such/place.csv")
	w.key(fyne.KeyReturn)
	if s.name.Wrong() == "" {
		t.Error("it takes a folder that is not there")
	}
	s.name.SetText("~/Desktop/new")
	w.key(fyne.KeyReturn)
	w.want("Desktop/new.csv")
}

func TestAPathTypedWhileSavingBecomesFolderAndName(t *testing.T) {
	w := newWorld(t)
	s := w.save(Options{Name: "a.pdf"})
	s.path.Focus()
	w.typed("~/Downloads/b.pdf")
	w.key(fyne.KeyReturn)
	if s.dir != w.path("Downloads") || s.name.Text() != "b.pdf" || len(w.answer) != 0 {
		t.Fatalf("in %s with %q", s.dir, s.name.Text())
	}
	w.key(fyne.KeyReturn)
	w.want("Downloads/b.pdf")
}

func TestAFolderThatMayNotBeSeenSaysSo(t *testing.T) {
	w := newWorld(t)
	locked := true
	s := w.askWith(question{then: w.take}, func(ctx context.Context, dir string) ([]entry, error) {
		if locked && dir == w.path("Documents/Invoices") {
			return nil, folderError(&fs.PathError{Op: "open", Path: dir, Err: fs.ErrPermission})
		}
		return readFolder(ctx, dir)
	})
	s.enter(w.path("Documents/Invoices"), "")
	w.Settle()
	if !s.folder.wait.Failed() || len(names(s)) != 0 {
		t.Fatalf("it lists %q", names(s))
	}
	if said := strings.Join(viewtest.Texts(t, s.folder.wait.Object), " "); !strings.Contains(said, "may not look into this folder") {
		t.Errorf("it says %q", said)
	}
	locked = false
	w.Press("Try again")
	w.Settle()
	if s.folder.wait.Failed() || len(names(s)) != 3 {
		t.Errorf("then it lists %q", names(s))
	}
	locked = true
	s.enter(w.path("Documents/Invoices"), "")
	w.Settle()
	s.up()
	w.Settle()
	if s.folder.wait.Failed() || s.dir != w.path("Documents") {
		t.Errorf("there is no way up: %s", s.dir)
	}
}

func TestALongFolderIsListed(t *testing.T) {
	w := newWorld(t)
	dir := t.TempDir()
	for i := range 3*batch + 1 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("f%05d.csv", i)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := w.open(Options{Kinds: []Kind{tables}})
	s.enter(dir, "")
	w.Settle()
	if len(names(s)) != 3*batch+1 {
		t.Fatalf("%d are listed", len(names(s)))
	}
	seen := 0
	for _, e := range s.folder.all {
		if e.known {
			seen++
		}
	}
	if seen == 0 || seen > 100 {
		t.Errorf("%d files were looked at; those in sight are enough", seen)
	}
	w.typed("f04321")
	w.key(fyne.KeyReturn)
	if len(w.answer) != 1 || w.answer[0] != filepath.Join(dir, "f04321.csv") {
		t.Errorf("answered %q", w.answer)
	}
}

func TestTheSheetLooksAsItIsDrawn(t *testing.T) {
	for look, choice := range map[string]theme.Choice{"light": theme.Light, "dark": theme.Dark} {
		t.Run(look, func(t *testing.T) {
			w := newWorld(t)
			w.App.Settings().SetTheme(theme.New(choice))
			w.Window.Resize(fyne.NewSize(900, 640))
			s := w.save(Options{Title: "Save the report", Kinds: []Kind{tables}, Name: "report.csv"})
			w.Window.Canvas().Focus(s.list)
			w.key(fyne.KeyDown)
			s.writing = true
			s.path.SetText("/home/mai/Documents") // the same on every computer
			w.Settle()
			goldentest.Compare(t, "save-"+look, w.Window.Canvas().Capture())
		})
	}
}

func BenchmarkAFolderOf50000(b *testing.B) {
	dir := b.TempDir()
	for i := range 50_000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("photo %05d.jpg", i)), nil, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	all, err := readFolder(b.Context(), dir)
	if err != nil {
		b.Fatal(err)
	}
	bed := viewtest.New(b, nil)
	bed.Show(layout.Gap())
	s := showWith(bed.Shell, question{}, func(context.Context, string) ([]entry, error) { return all, nil })
	bed.Until("the folder is read", func() bool { return s.folder.ready })
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := readFolder(b.Context(), dir); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("filter", func(b *testing.B) {
		for b.Loop() {
			s.folder.search("49")
			s.folder.search("")
		}
	})
}
