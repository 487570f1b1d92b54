package main

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// onPostgres gives a world whose desks keep everything in a schema of its own on the test's PostgreSQL.
func onPostgres(t *testing.T) *world {
	t.Helper()
	dsn := schemaDSN(t)
	w := newWorld(t)
	w.env = append(w.env, "SHOPBELL_DSN="+dsn)
	return w
}

// schemaDSN makes a schema on the test's PostgreSQL and gives the address of it.
func schemaDSN(t *testing.T) string {
	t.Helper()
	dsn := os.Getenv("SHOPBELL_TEST_DSN")
	if dsn == "" {
		if os.Getenv("SHOPBELL_TEST_ALLOW_SKIP") == "1" {
			t.Skip("there is no PostgreSQL here")
		}
		t.Fatal("there is no PostgreSQL here; make test brings one")
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	schema := fmt.Sprintf("desk%d_%d", os.Getpid(), time.Now().UnixNano())
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = db.Exec("DROP SCHEMA " + schema + " CASCADE") // the test's context is over
		_ = db.Close()
	})
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

// The whole road on a shared PostgreSQL: in, out, ticks, export, doctor.
func TestTheRoadOnPostgreSQL(t *testing.T) {
	w := onPostgres(t)
	w.addAccount("Shared desk")
	s := w.startStation()
	w.subscribe()
	w.customerWrites("34612345678", "José Carvajal", "¿Sigue abierta la tienda? 🪑")
	eventually(t, "the customer's message", func() bool { return len(w.messages()) == 1 })
	out := w.must("send", "--account", "Shared desk", "--to", "+34 612 345 678", "--text", "Sí, hasta las ocho.", "--wait")
	if f := strings.Fields(out); len(f) != 2 || (f[1] != "delivered" && f[1] != "read") {
		t.Fatalf("send printed %q", out)
	}
	for _, e := range w.journal() {
		if e.State == "failed" || e.State == "ignored" {
			t.Errorf("a webhook is %s: %s", e.State, e.Error)
		}
	}
	w.env = append(w.env, "SHOPBELL_LISTEN="+w.listen)
	if a, code := w.doctor(); code != 0 || !a.OK {
		t.Errorf("doctor: exit %d %+v", code, a)
	}
	if code := s.stop(); code != 0 {
		t.Errorf("the station ended with %d: %s", code, s.stderr)
	}
}

// A database that can't be reached says so, and never the password.
func TestAPostgreSQLThatIsAwayIsSaidWithoutItsPassword(t *testing.T) {
	w := newWorld(t)
	for _, args := range [][]string{{"doctor", "--json"}, {"export", "messages"}, {"station"}} {
		out, errOut, code := w.run(append(args, "--dsn", "postgres://shop:a-secret-password@127.0.0.1:1/desk")...)
		if code != 1 || strings.Contains(out+errOut, "a-secret-password") || !strings.Contains(strings.ToLower(out+errOut), "database") {
			t.Errorf("%v: exit %d %s %s", args, code, out, errOut)
		}
	}
}
