package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// While another program holds the database the screen says so, and the desk opens once it is let go.
func TestABusyDatabaseIsAWindowThatWaits(t *testing.T) {
	needScreen(t)
	w := newWorld(t)
	w.addAccount("Shop")
	db, err := sql.Open("sqlite", filepath.Join(w.home, "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	hold, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer hold.Close()
	if _, err := hold.ExecContext(t.Context(), "BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}

	s := w.startWindow()
	if strings.Contains(w.logFile(), "the window is up") {
		t.Error("the desk opened although its database was held")
	}
	s.picture("opening")
	if _, err := hold.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the desk is open", func() bool { return strings.Contains(w.logFile(), "the window is up") })
	s.quiet()
}
