package redact

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const token = "EAAGm0PX4ZCpsBAKZC9canary7ZBzZD"

func TestString(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"nothing secret", "listening on 127.0.0.1:8787", "listening on 127.0.0.1:8787"},
		{"token", "bad token " + token + ".", "bad token EAA•••••."},
		{"short EAA is a word", "EAAsy", "EAAsy"},
		{"bearer", "Authorization: Bearer abc.def-ghi", "Authorization: Bearer •••••"},
		{"bearer in lower case", "authorization: bearer abc", "authorization: bearer •••••"},
		{"query", "GET /v26.0/1?access_token=abc|def&fields=id", "GET /v26.0/1?access_token=•••••&fields=id"},
		{"JSON", `{"access_token":"ab c","id":"1"}`, `{"access_token":•••••,"id":"1"}`},
		{"escaped JSON", `"{\"app_secret\":\"abc\"}"`, `"{\"app_secret\":•••••}"`},
		{"verify token", "hub.verify_token=abc&hub.challenge=1", "hub.verify_token=•••••&hub.challenge=1"},
		{"database URL", "postgres://shop:p@ss@db:5432/desk", "postgres://shop:•••••@db:5432/desk"},
		{"libpq", "host=db password='a b' user=shop", "host=db password=••••• user=shop"},
		{"Spain", "to +34600111222 failed", "to +34•••••22 failed"},
		{"Spain, bare", "to 34600111222 failed", "to 34•••••22 failed"},
		{"grouped", "+84 (90) 123-45 67!", "+84•••••67!"},
		{"North America", "+1 555 010 9999", "+1•••••99"},
		{"Ireland", "353861234567", "353•••••67"},
		{"national", "0901234567", "•••••67"},
		{"ids stay", "106540352242922 and 8856996819413533", "106540352242922 and 8856996819413533"},
		{"hash stays", "a123456789012b", "a123456789012b"},
		{"small numbers stay", "131056 12345678", "131056 12345678"},
	} {
		if got := String(c.in); got != c.want {
			t.Errorf("%s: String(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestAddMasksEveryForm(t *testing.T) {
	secret := `we"ird/<&>\ secret+é`
	if n := Add(secret, "short", ""); n != 1 {
		t.Fatalf("Add took %d secrets, want 1", n)
	}
	asJSON, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []string{secret, fmt.Sprintf("%q", secret), string(asJSON), url.QueryEscape(secret), url.PathEscape(secret)} {
		got := String("before " + in + " after")
		if strings.Contains(got, "ird") || !strings.HasPrefix(got, "before ") || !strings.HasSuffix(got, " after") {
			t.Errorf("String left %q of %q", got, in)
		}
	}
}

// lazy is a value that tells its secret only when it is asked, as a lazily computed log value does.
type lazy struct{ s string }

func (l lazy) LogValue() slog.Value { return slog.GroupValue(slog.String("inner", l.s)) }

type stringer struct{ s string }

func (s stringer) String() string { return s.s }

type broken struct{ s *string }

func (b broken) String() string { return *b.s }

func TestHandlerMasksEverywhere(t *testing.T) {
	const canary = "canary-0123456789-secret"
	Add(canary)
	u, err := url.Parse("https://graph.facebook.com/me?access_token=" + canary)
	if err != nil {
		t.Fatal(err)
	}
	for name, build := range map[string]func(*bytes.Buffer) slog.Handler{
		"JSON": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
	} {
		var b bytes.Buffer
		log := slog.New(Handler(build(&b)))
		log.With("bound", canary).WithGroup(canary).With("deep", lazy{canary}).Info(
			"message "+canary,
			"error", fmt.Errorf("outer: %w", errors.New(canary)),
			"stringer", stringer{canary},
			"bytes", []byte(canary),
			"url", u,
			"header", http.Header{"Authorization": {"Bearer " + canary}},
			"struct", struct{ Secret *string }{ptr(canary)},
			"map", map[string]any{"k": []string{canary}},
			"password", "short",
			canary, "as a key",
			slog.Group("group", slog.Any("again", slog.AnyValue(lazy{canary})), slog.String("phone", "+34600111222")),
			"broken", broken{},
			"count", 3,
		)
		out := b.String()
		for _, never := range []string{canary, "short", "600111"} {
			if strings.Contains(out, never) {
				t.Errorf("%s: %q is in the log: %s", name, never, out)
			}
		}
		for _, kept := range []string{"message", "count", "+34•••••22", "graph.facebook.com", "panic while it was logged"} {
			if !strings.Contains(out, kept) {
				t.Errorf("%s: %q is missing from the log: %s", name, kept, out)
			}
		}
	}
}

func TestHandlerLeavesTheRest(t *testing.T) {
	var plain, masked bytes.Buffer
	drop := &slog.HandlerOptions{Level: slog.LevelInfo, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	for _, log := range []*slog.Logger{
		slog.New(slog.NewJSONHandler(&plain, drop)), slog.New(Handler(slog.NewJSONHandler(&masked, drop))),
	} {
		log = log.With("part", "outbox").WithGroup("g")
		log.Debug("not written")
		log.InfoContext(context.Background(), "sent", "n", 12, "f", 1.5, "ok", true, "nil", nil, "list", []int{1, 2}, "s", struct{ A int }{7})
	}
	if plain.String() != masked.String() {
		t.Errorf("an ordinary record changed:\n%s%s", plain.String(), masked.String())
	}
}

func TestMaskingTwiceIsMaskingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("0123456789+- abEA=&\"access_tokn:/@•"))).Draw(t, "s")
		once := String(s)
		if twice := String(once); twice != once {
			t.Fatalf("String(%q) = %q, again %q", s, once, twice)
		}
	})
}

func FuzzNoSecretIsEverWritten(f *testing.F) {
	f.Add("hunter2hunter2", "the password is hunter2hunter2", "key")
	f.Add("•••••", "•••••••••", "••")
	f.Add("34•••••22", "34600111222", "a")
	f.Add("ababab", "abababababab", "k")
	f.Add(token, "Bearer "+token, "authorization")
	f.Fuzz(func(t *testing.T, secret, text, key string) {
		registered.Store(newKnown(nil)) // else the set grows with every input, and the run crawls
		taken := Add(secret)
		for _, s := range []string{text, secret, text + secret, secret + text, secret[:len(secret)/2] + secret} {
			if got := String(s); taken == 1 && strings.Contains(got, secret) {
				t.Fatalf("String(%q) = %q has the secret %q", s, got, secret)
			}
		}
		var seen []string
		log := slog.New(Handler(collector{&seen}))
		log.With(key, text+secret).Error(text+secret, "error", errors.New(secret+text), "group", slog.GroupValue(slog.Any(key, []byte(secret))))
		for _, s := range seen {
			if taken == 1 && strings.Contains(s, secret) {
				t.Fatalf("the log has %q with the secret %q", s, secret)
			}
		}
	})
}

// collector is a handler that keeps each message, key and value as a handler behind Handler sees it.
type collector struct{ seen *[]string }

func (c collector) Enabled(context.Context, slog.Level) bool { return true }

func (c collector) Handle(_ context.Context, r slog.Record) error {
	*c.seen = append(*c.seen, r.Message)
	r.Attrs(func(a slog.Attr) bool { c.keep(a); return true })
	return nil
}

func (c collector) WithAttrs(attrs []slog.Attr) slog.Handler {
	for _, a := range attrs {
		c.keep(a)
	}
	return c
}

func (c collector) WithGroup(name string) slog.Handler {
	*c.seen = append(*c.seen, name)
	return c
}

func (c collector) keep(a slog.Attr) {
	*c.seen = append(*c.seen, a.Key)
	if a.Value.Kind() == slog.KindGroup {
		for _, g := range a.Value.Group() {
			c.keep(g)
		}
		return
	}
	*c.seen = append(*c.seen, a.Value.String())
}

func ptr[T any](v T) *T { return &v }

func BenchmarkHandler(b *testing.B) {
	Add("a secret that is not in the record", token)
	log := slog.New(Handler(keepEnabled{slog.DiscardHandler}))
	for b.Loop() {
		log.Info("webhook applied", "account", "Shop", "messages", 3, "contact", "+34600111222")
	}
}

// keepEnabled makes the discarding handler ask for the record, so that masking runs.
type keepEnabled struct{ slog.Handler }

func (keepEnabled) Enabled(context.Context, slog.Level) bool { return true }
