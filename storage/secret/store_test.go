package secret

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"go.uber.org/goleak"

	"shopbell/app"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childVariable); path != "" {
		writeForEver(path)
	}
	os.Unsetenv(KeyringVariable)
	os.Unsetenv(PassphraseVariable)
	code := m.Run()
	if code == 0 {
		closeBus()
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// closeBus closes the connection that the keyring library shares within a process, whose goroutine would count as a leak.
func closeBus() {
	if !hasBus() {
		return
	}
	if bus, err := dbus.SessionBus(); err == nil {
		bus.Close()
	}
}

// cheap is a work factor for tests: the passphrase costs nothing to try.
const cheap = 1

func says(passphrase string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return passphrase, nil }
}

func options(t *testing.T) Options {
	t.Helper()
	return Options{
		Service: "shopbell test " + t.Name(), FilePath: filepath.Join(t.TempDir(), "home", "secrets.age"),
		Passphrase: says("correct horse"), Timeout: 10 * time.Second, WorkFactor: cheap,
	}
}

// noRing is a computer without a keyring.
type noRing struct{}

var errNoRing = errors.New("the name org.freedesktop.secrets was not provided")

func (noRing) Get(string, string) (string, error) { return "", errNoRing }

func (noRing) Set(string, string, string) error { return errNoRing }

func (noRing) Delete(string, string) error { return errNoRing }

func openFile(t *testing.T, o Options) *Store {
	t.Helper()
	return openIn(t, o, noRing{})
}

func closeStore(t *testing.T, s *Store) {
	t.Helper()
	t.Cleanup(func() { check(t, s.Close(context.Background())) })
}

func wantKind(t *testing.T, s *Store, kind Kind) {
	t.Helper()
	want(t, "Kind", s.Kind(), kind)
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func openIn(t *testing.T, o Options, r ring) *Store {
	t.Helper()
	s, err := openWith(t.Context(), o, r)
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	return s
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// wantSentences holds an error to having words for a person.
func wantSentences(t *testing.T, err error) {
	t.Helper()
	var e *app.Error
	if !errors.As(err, &e) || e.Code != app.CodeSecrets || e.Message == "" || e.Mend == "" {
		t.Errorf("%v has no sentences for a person", err)
	}
}

func TestTheChoiceIsKept(t *testing.T) {
	t.Run("a new home takes the keyring", func(t *testing.T) {
		wantKind(t, openIn(t, options(t), newRing()), KindKeyring)
	})
	t.Run("a new home without a keyring takes the file", func(t *testing.T) {
		s := openFile(t, options(t))
		wantKind(t, s, KindFile)
		want(t, "IsNew", s.IsNew(), true)
	})
	t.Run("a file stays in use when a keyring appears", func(t *testing.T) {
		o := options(t)
		check(t, openFile(t, o).Set(t.Context(), "token", "v"))
		s := openIn(t, o, newRing())
		wantKind(t, s, KindFile)
		want(t, "IsNew", s.IsNew(), false)
		got, err := s.Get(t.Context(), "token")
		check(t, err)
		want(t, "the token", got, "v")
		if !strings.Contains(s.Note(), "stay there") {
			t.Errorf("the note does not say that the file stays in use: %s", s.Note())
		}
	})
	t.Run("a keyring that went away is not replaced by an empty file", func(t *testing.T) {
		o := options(t)
		check(t, openIn(t, o, newRing()).Set(t.Context(), "token", "v"))
		_, err := openWith(t.Context(), o, noRing{})
		wantError(t, "Open", err, ErrUnavailable)
		wantSentences(t, err)
	})
	t.Run("a keyring in which nothing was kept binds nobody", func(t *testing.T) {
		o := options(t)
		openIn(t, o, newRing())
		wantKind(t, openFile(t, o), KindFile)
	})
	t.Run("the environment forces the file", func(t *testing.T) {
		t.Setenv(KeyringVariable, "file")
		o := options(t)
		wantKind(t, openIn(t, o, newRing()), KindFile)
	})
	t.Run("the environment forces the keyring", func(t *testing.T) {
		t.Setenv(KeyringVariable, "keyring")
		_, err := openWith(t.Context(), options(t), noRing{})
		wantError(t, "Open", err, ErrUnavailable)
	})
	t.Run("the environment says something else", func(t *testing.T) {
		t.Setenv(KeyringVariable, "plain")
		_, err := openWith(t.Context(), options(t), newRing())
		wantError(t, "Open", err, ErrUnavailable)
		wantSentences(t, err)
	})
}

func TestWithoutABusTheLibraryIsNotAsked(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "autolaunch:")
	s, err := Open(t.Context(), options(t))
	check(t, err)
	closeStore(t, s)
	wantKind(t, s, KindFile)
}

func TestKeysAndValues(t *testing.T) {
	for _, r := range []ring{noRing{}, newRing()} {
		s := openIn(t, options(t), r)
		for _, key := range []string{"", strings.Repeat("k", maxKey+1), "a\nb", "a\x00", "\xff"} {
			_, err := s.Get(t.Context(), key)
			wantError(t, "Get", err, ErrBadKey)
			wantError(t, "Set", s.Set(t.Context(), key, "v"), ErrBadKey)
			wantError(t, "Delete", s.Delete(t.Context(), key), ErrBadKey)
		}
		check(t, s.Set(t.Context(), strings.Repeat("é", maxKey/2), strings.Repeat("v", MaxValue)))
		err := s.Set(t.Context(), "k", strings.Repeat("v", MaxValue+1))
		wantError(t, "Set of too much", err, ErrTooLong)
		wantSentences(t, err)
		_, err = s.Get(t.Context(), "k")
		wantError(t, "Get of what was refused", err, ErrNotFound)
		wantError(t, "Delete of nothing", s.Delete(t.Context(), "k"), ErrNotFound)
	}
}

func TestCloseForgets(t *testing.T) {
	for _, r := range []ring{noRing{}, newRing()} {
		s := openIn(t, options(t), r)
		check(t, s.Set(t.Context(), "k", "v"))
		check(t, s.Close(t.Context()))
		_, err := s.Get(t.Context(), "k")
		wantError(t, "Get after Close", err, ErrClosed)
		wantError(t, "Health after Close", s.Health(t.Context()), ErrClosed)
		check(t, s.Close(t.Context()))
	}
}

func TestEnvPassphrase(t *testing.T) {
	for _, c := range []struct {
		variable  string
		otherwise func(context.Context) (string, error)
		want      string
	}{
		{"from the environment", says("asked"), "from the environment"},
		{"", says("asked"), "asked"},
		{"", nil, ""},
	} {
		t.Setenv(PassphraseVariable, c.variable)
		got, err := EnvPassphrase(c.otherwise)(t.Context())
		check(t, err)
		want(t, "the passphrase", got, c.want)
	}
}
