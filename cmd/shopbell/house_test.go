package main_test

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/packages"
)

// This file holds the rules of the house: what stands where, and which way imports run.

const module = "shopbell"

// houseRoot is the project's top folder, seen from this one.
const houseRoot = "../.."

// floors says what of this module a package may import, by the first folder of its path. "views" stands for views and
// everything below it; a name that ends in "!" stands for that one package alone. cmd may import everything.
var floors = map[string][]string{
	"meta":    {"meta"},
	"app":     {"app", "meta"},
	"storage": {"storage", "app!", "meta/template!"},
	"views":   {"views", "app", "meta/template!", "assets"},
	"assets":  {"assets"},
}

// forTests are imports that belong in test files alone, or in packages that exist for tests (their names end in "test").
var forTests = []string{"testing", "testing/", "pgregory.net/rapid", "go.uber.org/goleak", "fyne.io/fyne/v2/test", "net/http/httptest"}

func TestImportsRunDownwards(t *testing.T) {
	for _, p := range house(t) {
		floor, _, _ := strings.Cut(inside(p.PkgPath), "/")
		allowed, ruled := floors[floor]
		if !ruled && floor != "cmd" {
			t.Errorf("%s stands on no floor of the house", p.PkgPath)
		}
		for imported := range p.Imports {
			switch {
			case strings.HasPrefix(imported, module+"/"):
				if ruled && !isAllowed(inside(imported), allowed) {
					t.Errorf("%s imports %s; %s may import only %s", p.PkgPath, imported, floor, strings.Join(allowed, ", "))
				}
				if strings.HasPrefix(imported, module+"/cmd/") {
					t.Errorf("%s imports the program %s", p.PkgPath, imported)
				}
			case strings.HasPrefix(imported, "fyne.io/"):
				if floor != "views" && p.PkgPath != module+"/cmd/shopbell" {
					t.Errorf("%s imports %s; Fyne lives in views and cmd/shopbell alone", p.PkgPath, imported)
				}
			case floor == "app" && (imported == "database/sql" || strings.HasPrefix(imported, "github.com/jackc/") || strings.HasPrefix(imported, "modernc.org/")):
				t.Errorf("%s imports %s; the domain does not know how it is kept", p.PkgPath, imported)
			}
		}
	}
}

func TestTheRulesCatchWhatTheyForbid(t *testing.T) {
	for _, c := range []struct {
		from, imported string
		want           bool
	}{
		{"meta", "meta/webhook", true},
		{"meta", "metals", false},
		{"meta", "app", false},
		{"app", "meta/webhook", true},
		{"app", "storage", false},
		{"storage", "app", true},
		{"storage", "app/redact", false},
		{"storage", "meta/template", true},
		{"storage", "meta", false},
		{"views", "app/inbox", true},
		{"views", "storage", false},
		{"views", "meta/webhook", false},
		{"assets", "views", false},
	} {
		if got := isAllowed(c.imported, floors[c.from]); got != c.want {
			t.Errorf("%s imports %s: allowed is %t, want %t", c.from, c.imported, got, c.want)
		}
	}
}

func TestTestLibrariesStayInTests(t *testing.T) {
	for _, p := range house(t) {
		if strings.HasSuffix(p.Name, "test") {
			continue
		}
		for imported := range p.Imports {
			if slices.ContainsFunc(forTests, func(s string) bool {
				return imported == s || strings.HasSuffix(s, "/") && strings.HasPrefix(imported, s)
			}) {
				t.Errorf("%s imports %s outside of its tests", p.PkgPath, imported)
			}
			if strings.HasPrefix(imported, module+"/") && strings.HasSuffix(path.Base(imported), "test") {
				t.Errorf("%s imports %s, which is for tests", p.PkgPath, imported)
			}
		}
	}
}

func TestEachPackageSaysItsJob(t *testing.T) {
	for _, p := range house(t) {
		var docs []string
		for _, file := range p.GoFiles {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Error(err)
				continue
			}
			if f.Doc != nil {
				docs = append(docs, f.Doc.Text())
			}
		}
		start := "Package " + p.Name + " "
		if p.Name == "main" {
			start = "Command " + path.Base(p.PkgPath) + " "
		}
		switch {
		case len(docs) != 1:
			t.Errorf("%s has %d package comments, want one", p.PkgPath, len(docs))
		case !strings.HasPrefix(docs[0], start) || !strings.HasSuffix(strings.TrimSpace(docs[0]), ".") || len(strings.Fields(docs[0])) < 8:
			t.Errorf("the comment of %s does not say its job in a sentence that begins with %q: %q", p.PkgPath, start, docs[0])
		}
	}
}

func TestTopFolderIsTidy(t *testing.T) {
	entries, err := os.ReadDir(houseRoot)
	if err != nil {
		t.Fatal(err)
	}
	known := []string{
		"cmd", "app", "views", "meta", "storage", "assets", "FyneApp.toml", "go.mod", "go.sum", "Makefile", "README.md", "LICENSE", "CHANGELOG.md",
		"bin", // what make builds; never committed
	}
	for _, e := range entries {
		if name := e.Name(); name[0] != '.' && !slices.Contains(known, name) && filepath.Ext(name) != ".out" && filepath.Ext(name) != ".test" {
			t.Errorf("%s stands at the top of the project, where only %s belong", name, strings.Join(known, ", "))
		}
	}
}

// TestSQLiteHasItsOwnLibc holds modernc.org/libc to the version that modernc.org/sqlite was made with: the two are one
// translation from C, and another libc, however new, may break the database.
func TestSQLiteHasItsOwnLibc(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-json", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatal(err)
	}
	var sqlite struct{ GoMod string }
	if err := json.Unmarshal(out, &sqlite); err != nil {
		t.Fatal(err)
	}
	const libc = "modernc.org/libc"
	ours, theirs := version(t, filepath.Join(houseRoot, "go.mod"), libc), version(t, sqlite.GoMod, libc)
	if ours == "" || ours != theirs {
		t.Errorf("go.mod has %s %q, and modernc.org/sqlite asks for %q", libc, ours, theirs)
	}
}

func TestGoModIsPlain(t *testing.T) {
	mod := parseMod(t, filepath.Join(houseRoot, "go.mod"))
	if mod.Module.Mod.Path != module {
		t.Errorf("the module is %s, want %s", mod.Module.Mod.Path, module)
	}
	if len(mod.Replace) > 0 || len(mod.Tool) > 0 {
		t.Errorf("go.mod replaces %d modules and has %d tools, want none: what is built is what was published", len(mod.Replace), len(mod.Tool))
	}
}

func TestFyneAppNamesTheProgram(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(houseRoot, "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"ID": `"app\.shopbell\.desk"`, "Name": `"Shopbell"`, "Version": `"\d+\.\d+\.\d+"`, "Icon": `"[^"]+"`, "fyneDo": `true`,
	} {
		if !regexp.MustCompile(`(?m)^\s*` + key + `\s*=\s*` + want + `\s*$`).Match(b) {
			t.Errorf("FyneApp.toml does not have %s = %s", key, want)
		}
	}
	icon := regexp.MustCompile(`(?m)^\s*Icon\s*=\s*"([^"]+)"`).FindSubmatch(b)
	if icon != nil {
		if _, err := os.Stat(filepath.Join(houseRoot, string(icon[1]))); err != nil {
			t.Errorf("the icon of FyneApp.toml: %v", err)
		}
	}
}

// house gives every package of the module without its tests.
func house(t *testing.T) []*packages.Package {
	t.Helper()
	all, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports, Dir: houseRoot, Context: t.Context(),
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	var kept []*packages.Package
	for _, p := range all {
		for _, e := range p.Errors {
			t.Errorf("%s: %v", p.PkgPath, e)
		}
		if len(p.GoFiles) > 0 { // else it has tests only
			kept = append(kept, p)
		}
	}
	if len(kept) < 5 {
		t.Fatalf("only %d packages were found: is the test looking at the right folder?", len(kept))
	}
	return kept
}

// inside gives a package's path within the module.
func inside(pkgPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(pkgPath, module), "/")
}

func isAllowed(imported string, allowed []string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		if exact, ok := strings.CutSuffix(a, "!"); ok {
			return imported == exact
		}
		return imported == a || strings.HasPrefix(imported, a+"/")
	})
}

func parseMod(t *testing.T, file string) *modfile.File {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse(file, b, nil)
	if err != nil {
		t.Fatal(err)
	}
	return mod
}

func version(t *testing.T, file, dependency string) string {
	t.Helper()
	for _, r := range parseMod(t, file).Require {
		if r.Mod.Path == dependency {
			return r.Mod.Version
		}
	}
	return ""
}
