package shell

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"shopbell/app"
)

func TestWordsOf(t *testing.T) {
	cause := errors.New("dial tcp: refused")
	w := WordsOf(fmt.Errorf("opening: %w", &app.Error{Code: app.CodeListener, Message: "The port is taken.", Mend: "Choose another.", Cause: cause}))
	if w != (Words{"The port is taken.", "Choose another.", "dial tcp: refused"}) {
		t.Errorf("%+v", w)
	}
	w = WordsOf(cause)
	if strings.Contains(w.Message, "dial") || w.Raw != cause.Error() || w.Mend == "" {
		t.Errorf("a raw error is the first line: %+v", w)
	}
	if w = WordsOf(context.DeadlineExceeded); !strings.Contains(w.Message, "too long") {
		t.Errorf("%+v", w)
	}
}

func TestFailure(t *testing.T) {
	s := &Shell{}
	if plain, _ := s.Failure(nil); plain == "" {
		t.Error("no reason is no words")
	}
	f := &app.Failure{Code: 131026, Title: "Message undeliverable"}
	if plain, _ := s.Failure(f); plain != f.Title {
		t.Errorf("%q", plain)
	}
	s.Explain = func(f app.Failure) (string, string) {
		return fmt.Sprint("plain ", f.Code), "mend"
	}
	if plain, mend := s.Failure(f); plain != "plain 131026" || mend != "mend" {
		t.Errorf("%q %q", plain, mend)
	}
}

type settings map[string]string

func (s settings) Setting(_ context.Context, key string) (string, error) { return s[key], nil }
func (s settings) SetSetting(_ context.Context, key, value string) error { s[key] = value; return nil }

func TestKeepGathersChanges(t *testing.T) {
	store := settings{}
	var due []func()
	sh := &Shell{Base: t.Context()}
	sh.After = func(d time.Duration, f func()) func() {
		due = append(due, f)
		return func() { due = nil }
	}
	writes := 0
	sh.Async = func(ctx context.Context, work func(context.Context) (func(), error), failed func(error)) {
		writes++
		if _, err := work(ctx); err != nil {
			failed(err)
		}
	}
	k := NewKeep(sh, store, State{}, func(err error) { t.Error(err) })
	for i := range 10 {
		k.Width = float32(1000 + i)
		k.Changed()
	}
	if len(due) != 1 || writes != 0 {
		t.Fatalf("%d waits, %d writes", len(due), writes)
	}
	due[0]()
	k.Conversation = 1 << 60
	k.Changed()
	if err := k.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := LoadState(t.Context(), store)
	if err != nil || got.Width != 1009 || got.Conversation != 1<<60 {
		t.Errorf("%+v, %v", got, err)
	}
	store["window"] = "{nonsense"
	if got, err = LoadState(t.Context(), store); err == nil || !reflect.DeepEqual(got, State{}) {
		t.Errorf("nonsense is read as %+v, %v", got, err)
	}
}
