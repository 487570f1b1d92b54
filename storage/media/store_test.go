package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const megabyte = 1 << 20

func open(t *testing.T) (*Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "media")
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, dir
}

func TestPutGetDelete(t *testing.T) {
	s, dir := open(t)
	sha, size, err := s.Put(t.Context(), strings.NewReader("a picture"), megabyte)
	if err != nil {
		t.Fatal(err)
	}
	want := sha256.Sum256([]byte("a picture"))
	if sha != hex.EncodeToString(want[:]) || size != 9 {
		t.Fatalf("Put = %s, %d", sha, size)
	}
	f, err := s.Get(sha)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil || string(got) != "a picture" {
		t.Fatalf("Get = %q, %v", got, err)
	}
	info, err := os.Stat(filepath.Join(dir, sha[:2], sha))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the file is %v, %v; want it at ab/abcdef… for its owner alone", info, err)
	}
	if err := s.Delete(sha); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(sha); !errors.Is(err, ErrNotFound) {
		t.Errorf("a second Delete = %v, want ErrNotFound", err)
	}
	if _, err := s.Get(sha); !errors.Is(err, ErrNotFound) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Get after Delete = %v, want ErrNotFound", err)
	}
	empty(t, dir)
}

func TestPutRefusesTooMuch(t *testing.T) {
	s, dir := open(t)
	if _, _, err := s.Put(t.Context(), strings.NewReader("12345"), 4); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Put of 5 bytes with 4 allowed = %v, want ErrTooLarge", err)
	}
	empty(t, dir)
	if _, size, err := s.Put(t.Context(), strings.NewReader("1234"), 4); err != nil || size != 4 {
		t.Errorf("Put of 4 bytes with 4 allowed = %d, %v", size, err)
	}
}

func TestPutThatBreaksLeavesNothing(t *testing.T) {
	s, dir := open(t)
	cut := io.MultiReader(strings.NewReader("the first half"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, _, err := s.Put(t.Context(), cut, megabyte); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("Put of a broken stream = %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	stopping := io.MultiReader(strings.NewReader("the first half"), readerFunc(func([]byte) (int, error) { cancel(); return 1, nil }))
	if _, _, err := s.Put(ctx, stopping, megabyte); !errors.Is(err, context.Canceled) {
		t.Errorf("Put of a cancelled download = %v", err)
	}
	empty(t, dir)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestPutMendsATornFile(t *testing.T) {
	s, dir := open(t)
	sha, _, err := s.Put(t.Context(), strings.NewReader("whole"), megabyte)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, sha[:2], sha), []byte("wh"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Put(t.Context(), strings.NewReader("whole"), megabyte); err != nil {
		t.Fatal(err)
	}
	if got := read(t, s, sha); got != "whole" {
		t.Errorf("after Put the file is %q", got)
	}
}

func TestHashesThatAreNone(t *testing.T) {
	s, dir := open(t)
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, sha := range []string{
		"", "ab", "../secret", "../../../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("g", 64), strings.Repeat("a", 63),
		strings.Repeat("a", 65), "ab/" + strings.Repeat("a", 61), strings.Repeat("a", 63) + "\x00", `..\` + strings.Repeat("a", 61),
	} {
		if _, err := s.Get(sha); !errors.Is(err, ErrBadHash) {
			t.Errorf("Get(%q) = %v, want ErrBadHash", sha, err)
		}
		if err := s.Delete(sha); !errors.Is(err, ErrBadHash) {
			t.Errorf("Delete(%q) = %v, want ErrBadHash", sha, err)
		}
	}
}

func TestALinkOutOfTheFolderIsNotFollowed(t *testing.T) {
	s, dir := open(t)
	sha := strings.Repeat("ab", 32)
	outside := filepath.Join(filepath.Dir(dir), "outside")
	if err := os.WriteFile(outside, []byte("private"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "ab"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "ab", sha)); err != nil {
		t.Fatal(err)
	}
	if f, err := s.Get(sha); err == nil {
		f.Close()
		t.Error("Get followed a link out of the folder")
	}
}

func TestManyAtOnceKeepOne(t *testing.T) {
	s, dir := open(t)
	content := bytes.Repeat([]byte("same bytes "), 10_000)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, size, err := s.Put(t.Context(), bytes.NewReader(content), megabyte); err != nil || size != int64(len(content)) {
				t.Errorf("Put = %d, %v", size, err)
			}
		})
	}
	wg.Wait()
	if names := files(t, dir); len(names) != 1 {
		t.Errorf("16 Puts of the same bytes left %q", names)
	}
}

func TestSweep(t *testing.T) {
	s, dir := open(t)
	sha, _, err := s.Put(t.Context(), strings.NewReader("whole"), megabyte)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for name, at := range map[string]time.Time{"OLD": now.Add(-25 * time.Hour), "YOUNG": now.Add(-time.Hour)} {
		p := filepath.Join(dir, incoming, name)
		if err := errors.Join(os.WriteFile(p, []byte("half"), 0o600), os.Chtimes(p, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.Sweep(now.Add(-24 * time.Hour)); n != 1 || err != nil {
		t.Errorf("Sweep = %d, %v; want 1", n, err)
	}
	if got := files(t, dir); len(got) != 2 || read(t, s, sha) != "whole" {
		t.Errorf("after Sweep there are %q", got)
	}
}

// TestAgainstAMap puts, gets and deletes in any order and holds the folder against a plain map.
func TestAgainstAMap(t *testing.T) {
	s, dir := open(t)
	model := map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		contents := rapid.SampledFrom([]string{"", "a", "b", "a\x00b", strings.Repeat("long", 20_000)})
		hash := func(c string) string { sum := sha256.Sum256([]byte(c)); return hex.EncodeToString(sum[:]) }
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				c := contents.Draw(t, "content")
				sha, size, err := s.Put(context.Background(), strings.NewReader(c), megabyte)
				if err != nil || sha != hash(c) || size != int64(len(c)) {
					t.Fatalf("Put = %s, %d, %v", sha, size, err)
				}
				model[sha] = c
			},
			"delete": func(t *rapid.T) {
				sha := hash(contents.Draw(t, "content"))
				_, had := model[sha]
				if err := s.Delete(sha); had != (err == nil) || !had && !errors.Is(err, ErrNotFound) {
					t.Fatalf("Delete = %v, kept before: %t", err, had)
				}
				delete(model, sha)
			},
			"": func(t *rapid.T) {
				for sha, c := range model {
					if got := read(t, s, sha); got != c {
						t.Fatalf("Get gives %d bytes, want %d", len(got), len(c))
					}
				}
				if got := files(t, dir); len(got) != len(model) {
					t.Fatalf("there are %d files for %d contents: %q", len(got), len(model), got)
				}
			},
		})
	})
}

type failer interface{ Fatal(args ...any) }

func read(t failer, s *Store, sha string) string {
	f, err := s.Get(sha)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// files lists every file below dir.
func files(t failer, dir string) []string {
	var names []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func empty(t *testing.T, dir string) {
	t.Helper()
	if names := files(t, dir); len(names) != 0 {
		t.Errorf("left behind: %q", names)
	}
}
