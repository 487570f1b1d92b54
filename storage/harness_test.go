package storage

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"go.uber.org/goleak"

	"shopbell/app"
)

func TestMain(m *testing.M) {
	if role := os.Getenv("SHOPBELL_TEST_CHILD"); role != "" {
		child(role)
		return
	}
	goleak.VerifyTestMain(m)
}

// engines runs a test against a new store of each engine.
func engines(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		test(t, open(t, Options{Home: t.TempDir()}))
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, open(t, Options{Home: t.TempDir(), DSN: schema(t)}))
	})
}

func open(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	return s
}

var schemas atomic.Int64

// schema makes an empty schema in the test database and gives the address of it. PostgreSQL is needed: make test brings it.
func schema(t testing.TB) string {
	t.Helper()
	dsn := os.Getenv("SHOPBELL_TEST_DSN")
	if dsn == "" {
		if os.Getenv("SHOPBELL_TEST_ALLOW_SKIP") == "1" {
			t.Skip("no PostgreSQL: set SHOPBELL_TEST_DSN")
		}
		t.Fatal("no PostgreSQL: set SHOPBELL_TEST_DSN, or run make test, which brings one")
	}
	name := fmt.Sprintf("t%d_%d", os.Getpid(), schemas.Add(1))
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE SCHEMA " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP SCHEMA " + name + " CASCADE"); err != nil {
			t.Error(err)
		}
		_ = db.Close()
	})
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

var (
	bg   = context.Background()
	noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
)

// shop makes the account that most tests use.
func shop(t testing.TB, s *Store) app.Account {
	t.Helper()
	a, err := s.SaveAccount(bg, app.Account{Name: "Shop", AppID: "app", WABAID: "waba", PhoneNumberID: "number"})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// apply applies facts for the shop's number; none may fail.
func apply(t testing.TB, s *Store, facts ...app.Fact) {
	t.Helper()
	for i := range facts {
		if facts[i].PhoneNumberID == "" {
			facts[i].PhoneNumberID, facts[i].WABAID = "number", "waba"
		}
	}
	errs, err := s.ApplyFacts(bg, facts)
	if err != nil {
		t.Fatal(err)
	}
	for i, err := range errs {
		if err != nil {
			t.Fatalf("fact %d: %v", i, err)
		}
	}
}

// said is an inbound text.
func said(wamid string, who app.Person, text string, at time.Time) app.Fact {
	return app.Fact{Message: &app.MessageFact{Wamid: wamid, From: who, Direction: app.In, Type: "text", Text: text, At: at}}
}

// reported is a status.
func reported(wamid string, status app.Status, at time.Time) app.Fact {
	return app.Fact{Status: &app.StatusFact{Wamid: wamid, Status: status, At: at}}
}

func phone(n string) app.Person { return app.Person{Phone: n} }

// conversations gives the whole list.
func conversations(t testing.TB, s *Store) []app.Conversation {
	t.Helper()
	list, err := s.Conversations(bg, app.ConversationFilter{}, nil, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// theOnly gives the one conversation there is.
func theOnly(t testing.TB, s *Store) app.Conversation {
	t.Helper()
	list := conversations(t, s)
	if len(list) != 1 {
		t.Fatalf("%d conversations, want 1: %+v", len(list), list)
	}
	return list[0]
}

func messages(t testing.TB, s *Store, conversation app.ID) []app.Message {
	t.Helper()
	list, err := s.MessagesBefore(bg, conversation, nil, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func texts(list []app.Message) string {
	var out []string
	for _, m := range list {
		out = append(out, m.Text)
	}
	return strings.Join(out, "|")
}

// ok stops the test at an error.
func ok[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// memory gives a folder in memory where there is one: a test that makes hundreds of databases and proves nothing about disks.
func memory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "shopbell") //nolint:usetesting // t.TempDir may be on a disk
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
