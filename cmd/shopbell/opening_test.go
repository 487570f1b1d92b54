package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// holdDatabase has another program hold the desk's database until the function it gives is called.
func (w *world) holdDatabase() (letGo func()) {
	w.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.home, "desk.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = db.Close() })
	hold, err := db.Conn(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = hold.Close() })
	if _, err := hold.ExecContext(w.t.Context(), "BEGIN EXCLUSIVE"); err != nil {
		w.t.Fatal(err)
	}
	return func() {
		w.t.Helper()
		if _, err := hold.ExecContext(w.t.Context(), "ROLLBACK"); err != nil {
			w.t.Fatal(err)
		}
	}
}

// While another program holds the database the screen says so, and the desk opens once it is let go.
func TestABusyDatabaseIsAWindowThatWaits(t *testing.T) {
	needScreen(t)
	w := newWorld(t)
	w.addAccount("Shop")
	letGo := w.holdDatabase()

	s := w.startWindow()
	if strings.Contains(w.logFile(), "the window is up") {
		t.Error("the desk opened although its database was held")
	}
	s.picture("opening")
	letGo()
	eventually(t, "the desk is open", func() bool { return strings.Contains(w.logFile(), "the window is up") })
	s.quiet()
}

// Whoever does not want to wait for it quits, and the program ends without the window that would have come.
func TestQuittingWhileTheDatabaseIsBusy(t *testing.T) {
	needScreen(t)
	w := newWorld(t)
	w.addAccount("Shop")
	w.holdDatabase()
	s := w.startWindow()
	s.xdo("windowactivate", "--sync", s.id)
	s.key("Escape")
	<-s.done
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("it ended with %d: %s", code, s.stderr)
	}
	s.quiet()
}
