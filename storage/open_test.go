package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"shopbell/app"
)

// refused opens and wants an error in plain words that has a part of what is said.
func refused(t *testing.T, o Options, part string) {
	t.Helper()
	s, err := Open(bg, o)
	if err == nil {
		_ = s.Close()
		t.Fatalf("it was opened, want %q", part)
	}
	var told *app.Error
	if !errors.As(err, &told) || told.Code != app.CodeDatabase || told.Mend == "" || !strings.Contains(told.Message, part) {
		t.Errorf("%v, want %q", err, part)
	}
}

// made gives a data folder with a desk in it, closed.
func made(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	madeOf(t, Options{Home: home})
	return home
}

func madeOf(t *testing.T, o Options) {
	t.Helper()
	s, err := Open(bg, o)
	must(t, err)
	shop(t, s)
	must(t, s.Close())
}

// raw runs statements on a file as another program would.
func raw(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	defer db.Close()
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(q, err)
		}
	}
}

func TestOpenAgain(t *testing.T) {
	home := filepath.Join(t.TempDir(), "odd name?#% ñ")
	for range 2 {
		s, err := Open(bg, Options{Home: home})
		must(t, err)
		must(t, s.Close())
		if err := s.SetSetting(bg, "a", "b"); app.ErrorCode(err) != app.CodeDatabase {
			t.Errorf("a closed store says %v", err)
		}
	}
	if _, err := os.Stat(filepath.Join(home, deskFile)); err != nil {
		t.Error(err)
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	home := made(t)
	raw(t, filepath.Join(home, deskFile), fmt.Sprint("PRAGMA user_version = ", deskMigrations.newest()+1))
	before, err := os.ReadFile(filepath.Join(home, deskFile))
	must(t, err)
	refused(t, Options{Home: home}, "newer version")
	after, err := os.ReadFile(filepath.Join(home, deskFile))
	must(t, err)
	if string(before) != string(after) {
		t.Error("the newer file was written to")
	}
	dsn := schema(t)
	s, err := Open(bg, Options{DSN: dsn})
	must(t, err)
	must(t, s.Close())
	db, err := sql.Open("pgx", dsn)
	must(t, err)
	defer db.Close()
	_, err = db.Exec(`INSERT INTO schema_migrations VALUES ('desk', $1, 'later', 'x', 0)`, deskMigrations.newest()+1)
	must(t, err)
	refused(t, Options{DSN: dsn}, "newer version")
}

func TestChangedSchemaIsRefused(t *testing.T) {
	home := made(t)
	raw(t, filepath.Join(home, deskFile), "UPDATE schema_migrations SET checksum = 'other'")
	refused(t, Options{Home: home}, "not made by a released version")
}

func TestForeignDatabaseIsRefused(t *testing.T) {
	home := t.TempDir()
	raw(t, filepath.Join(home, deskFile), "CREATE TABLE theirs (a)", "INSERT INTO theirs VALUES (1)")
	refused(t, Options{Home: home}, "belongs to another program")
}

func TestDamagedFileIsRefused(t *testing.T) {
	home := t.TempDir()
	must(t, os.WriteFile(filepath.Join(home, deskFile), []byte(strings.Repeat("not a database ", 1000)), 0o600))
	refused(t, Options{Home: home}, "damaged")

	home = made(t)
	path := filepath.Join(home, deskFile)
	data, err := os.ReadFile(path)
	must(t, err)
	for i := 100; i < len(data); i++ { // all but the header
		data[i] = 0xa5
	}
	must(t, os.WriteFile(path, data, 0o600))
	refused(t, Options{Home: home}, "damaged")
}

func TestLockedFileIsRefused(t *testing.T) {
	home := made(t)
	db, err := sql.Open("sqlite", "file:"+filepath.Join(home, deskFile))
	must(t, err)
	defer db.Close()
	conn, err := db.Conn(bg)
	must(t, err)
	defer conn.Close()
	_, err = conn.ExecContext(bg, "BEGIN IMMEDIATE")
	must(t, err)
	refused(t, Options{Home: home, BusyTimeout: 50 * time.Millisecond}, "Another program holds")
}

// TestReadOnlyFolder runs as somebody who may not write, because root may always.
func TestReadOnlyFolder(t *testing.T) {
	home := made(t)
	for _, f := range []string{deskFile, journalFile} {
		must(t, os.Chmod(filepath.Join(home, f), 0o444))
	}
	must(t, os.Chmod(home, 0o555))
	t.Cleanup(func() { _ = os.Chmod(home, 0o755) })
	cmd := self("open", home)
	if os.Getuid() == 0 {
		temp := os.TempDir() //nolint:usetesting // where t.TempDir is
		for dir := home; dir != temp && dir != "/"; dir = filepath.Dir(dir) {
			must(t, os.Chmod(dir, 0o755))
		}
		binary := filepath.Join(t.TempDir(), "self")
		data, err := os.ReadFile(os.Args[0])
		must(t, err)
		must(t, os.WriteFile(binary, data, 0o755))
		for dir := filepath.Dir(binary); dir != temp && dir != "/"; dir = filepath.Dir(dir) {
			must(t, os.Chmod(dir, 0o755))
		}
		cmd.Path, cmd.Args = binary, []string{binary}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	cmd.Dir = "/"
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "can be read but not written") {
		t.Errorf("%s %v", out, err)
	}
}

func TestServerThatCannotBeReached(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	addr := l.Addr().String()
	must(t, l.Close())
	for dsn, part := range map[string]string{
		"postgres://desk:hunter2secret@" + addr + "/shop?sslmode=disable": "does not answer",
		"postgres://desk:hunter2secret@[::bad/shop":                       "can't be read",
		"postgres://desk:hunter2secret@host:notaport/shop":                "can't be read",
	} {
		refused(t, Options{DSN: dsn}, part)
		if _, err := Open(bg, Options{DSN: dsn}); strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the password is in the error: %v", err)
		}
	}
	for code, part := range map[string]string{"28P01": "password", "3D000": "does not exist", "42501": "may not", "53100": "full", "57P03": "no more work"} {
		var told *app.Error
		if err := wrong(&pgconn.PgError{Code: code}); !errors.As(err, &told) || !strings.Contains(told.Message, part) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// later is the schema of a version to come.
func later(t *testing.T, text string) migrations {
	t.Helper()
	name := fmt.Sprintf("migrations/desk/%04d_later.sql", deskMigrations.newest()+1)
	files := fstest.MapFS{name: {Data: []byte(text)}}
	for _, st := range deskMigrations.steps {
		files["migrations/desk/"+st.name] = &fstest.MapFile{Data: []byte(st.text)}
	}
	m, err := loadMigrations(files, "desk")
	must(t, err)
	return m
}

func TestMigrationCopiesFirst(t *testing.T) {
	home := made(t)
	path := filepath.Join(home, deskFile)
	s := &Store{engine: sqliteEngine, opts: Options{Home: home}, log: slog.New(slog.DiscardHandler), now: time.Now}
	db, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	defer db.Close()
	conn, err := db.Conn(bg)
	must(t, err)
	defer conn.Close()
	if err := s.migrateSQLite(bg, conn, path, later(t, "CREATE TABLE good (a {{INT}});\nCREATE TABLE good (a {{INT}});\n")); err == nil {
		t.Fatal("a broken step went through")
	}
	now := deskMigrations.newest()
	var tables, version int
	must(t, conn.QueryRowContext(bg, "SELECT count(*) FROM sqlite_schema WHERE name = 'good'").Scan(&tables))
	must(t, conn.QueryRowContext(bg, "PRAGMA user_version").Scan(&version))
	if tables != 0 || version != now {
		t.Errorf("half a step stayed: %d tables, version %d", tables, version)
	}
	for range 2 {
		must(t, s.migrateSQLite(bg, conn, path, later(t, "-- new\nCREATE TABLE good (a {{INT}}) {{STRICT}};\n-- only postgres\nCREATE nonsense;\n-- end\n")))
	}
	must(t, conn.QueryRowContext(bg, "PRAGMA user_version").Scan(&version))
	copies, err := filepath.Glob(filepath.Join(home, "backups", fmt.Sprintf("desk-v%d-*.db", now)))
	must(t, err)
	if version != now+1 || len(copies) != 2 { // one for the step that broke, one for the one that did not
		t.Fatalf("version %d, copies %v", version, copies)
	}
	old, err := sql.Open("sqlite", "file:"+copies[1])
	must(t, err)
	defer old.Close()
	var name string
	must(t, old.QueryRow("SELECT name FROM accounts").Scan(&name))
	must(t, old.QueryRow("PRAGMA user_version").Scan(&version))
	if name != "Shop" || version != now || integrity(t, copies[1]) != "ok" {
		t.Errorf("the copy has %q, version %d", name, version)
	}
	refused(t, Options{Home: home}, "newer version")
}

// A database of each earlier version is brought up to date, and what was in it stays.
func TestEveryEarlierSchemaIsBroughtUpToDate(t *testing.T) {
	all := deskMigrations
	for version := 1; version < all.newest(); version++ {
		t.Run(fmt.Sprint("sqlite from ", version), func(t *testing.T) {
			o := Options{Home: t.TempDir()}
			earlier(t, all, version, func() { madeOf(t, o) })
			upToDate(t, o)
		})
		t.Run(fmt.Sprint("postgres from ", version), func(t *testing.T) {
			o := Options{Home: t.TempDir(), DSN: schema(t)}
			earlier(t, all, version, func() { madeOf(t, o) })
			upToDate(t, o)
		})
	}
}

// earlier does something as a program that knows only the first steps.
func earlier(t *testing.T, all migrations, version int, do func()) {
	t.Helper()
	deskMigrations = migrations{part: all.part, steps: all.steps[:version]}
	defer func() { deskMigrations = all }()
	do()
}

func upToDate(t *testing.T, o Options) {
	t.Helper()
	s := open(t, o)
	a := ok[app.Account](t)(s.AccountByName(bg, "Shop"))
	addTemplate(t, s, orderReady(a.ID))
	if rows := ok[[]app.TemplateRow](t)(s.Templates(bg, app.TemplateFilter{})); len(rows) != 1 {
		t.Errorf("%d templates", len(rows))
	}
}

func TestDesksMigrateOneAtATime(t *testing.T) {
	dsn := schema(t)
	home := t.TempDir()
	for _, o := range []Options{{DSN: dsn}, {Home: home}} {
		together(6, func(int) {
			s, err := Open(bg, o)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
