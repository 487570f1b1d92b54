package secret

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"pgregory.net/rapid"
)

func TestThePlainTextIsNowhere(t *testing.T) {
	const canary, key = "canary-EAAGm0PX4ZCpsBA-canary", "account-of-the-canary"
	o := options(t)
	o.Passphrase = says("the passphrase of the canary")
	s := openFile(t, o)
	for i := range 20 {
		check(t, s.Set(t.Context(), key+strconv.Itoa(i), canary+strings.Repeat("x", i)))
	}
	check(t, s.Health(t.Context()))
	dir := filepath.Dir(o.FilePath)
	seen := 0
	check(t, filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		seen++
		b, err := os.ReadFile(p)
		for _, never := range []string{"canary", base64.StdEncoding.EncodeToString([]byte(canary))[:16]} {
			if bytes.Contains(b, []byte(never)) {
				t.Errorf("%q is in %s", never, p)
			}
		}
		info, _ := d.Info()
		want(t, "the mode of "+d.Name(), info.Mode().Perm(), 0o600)
		return err
	}))
	want(t, "the number of files: the secrets and the lock", seen, 2)
}

func TestPassphrases(t *testing.T) {
	o := options(t)
	check(t, openFile(t, o).Set(t.Context(), "k", "v"))

	o.Passphrase = nil
	_, err := openFile(t, o).Get(t.Context(), "k")
	wantError(t, "Get without a passphrase", err, ErrLocked)
	wantSentences(t, err)

	refused := errors.New("the person closed the window")
	o.Passphrase = func(context.Context) (string, error) { return "", refused }
	s := openFile(t, o)
	err = s.Set(t.Context(), "k", "w")
	wantError(t, "Set with the prompt closed", err, ErrLocked)
	wantError(t, "Set with the prompt closed", err, refused)
	wantError(t, "Health", s.Health(t.Context()), ErrLocked)

	asked := 0
	o.Passphrase = func(context.Context) (string, error) {
		asked++
		if asked == 1 {
			return "wrong", nil
		}
		return "correct horse", nil
	}
	s = openFile(t, o)
	_, err = s.Get(t.Context(), "k")
	wantError(t, "Get with a wrong passphrase", err, ErrPassphrase)
	wantSentences(t, err)
	for range 3 {
		got, err := s.Get(t.Context(), "k")
		check(t, err)
		want(t, "k", got, "v")
	}
	want(t, "how often the person was asked", asked, 2)
}

func TestNoFileNeedsNoPassphrase(t *testing.T) {
	o := options(t)
	o.Passphrase = nil
	s := openFile(t, o)
	_, err := s.Get(t.Context(), "k")
	wantError(t, "Get", err, ErrNotFound)
	check(t, s.Health(t.Context()))
	wantError(t, "Set", s.Set(t.Context(), "k", "v"), ErrLocked)
	want(t, "the file exists", exists(o.FilePath), false)
}

func TestADamagedFileIsLeftAsItIs(t *testing.T) {
	o := options(t)
	check(t, openFile(t, o).Set(t.Context(), "k", "v"))
	whole, err := os.ReadFile(o.FilePath)
	check(t, err)
	flipped := bytes.Clone(whole)
	flipped[len(flipped)-1] ^= 1
	for name, damage := range map[string][]byte{
		"empty": {}, "text": []byte("not age at all\n"), "cut": whole[:len(whole)-5], "flipped": flipped, "longer": append(bytes.Clone(whole), 'x'),
		"costly": bytes.Replace(whole, []byte(" 1\n"), []byte(" 30\n"), 1),
	} {
		check(t, os.WriteFile(o.FilePath, damage, 0o600))
		s := openFile(t, o)
		_, err := s.Get(t.Context(), "k")
		wantError(t, name+": Get", err, ErrCorrupt)
		wantSentences(t, err)
		wantError(t, name+": Set", s.Set(t.Context(), "k", "w"), ErrCorrupt)
		wantError(t, name+": Delete", s.Delete(t.Context(), "k"), ErrCorrupt)
		after, err := os.ReadFile(o.FilePath)
		check(t, err)
		if !bytes.Equal(after, damage) {
			t.Errorf("%s: the damaged file was changed", name)
		}
		check(t, os.WriteFile(o.FilePath, whole, 0o600)) // the backup comes back
		got, err := s.Get(t.Context(), "k")
		check(t, err)
		want(t, name+": k from the backup", got, "v")
	}
}

func TestANewerFileIsRefused(t *testing.T) {
	o := options(t)
	s := openFile(t, o)
	sealed, err := seal(nil, "correct horse", cheap)
	check(t, err)
	secrets, err := unseal(sealed, "correct horse")
	check(t, err)
	want(t, "secrets of an empty file", len(secrets), 0)
	check(t, os.WriteFile(o.FilePath, sealed, 0o600))
	check(t, s.Set(t.Context(), "k", "v"))
	check(t, os.WriteFile(o.FilePath, sealJSON(t, `{"version":2,"secrets":{}}`), 0o600))
	_, err = s.Get(t.Context(), "k")
	wantError(t, "Get from a newer file", err, ErrUnavailable)
	check(t, os.WriteFile(o.FilePath, sealJSON(t, `{"secret":"canary"}`), 0o600))
	_, err = s.Get(t.Context(), "k")
	wantError(t, "Get from something else", err, ErrCorrupt)
	check(t, os.WriteFile(o.FilePath, sealJSON(t, `canary`), 0o600))
	_, err = s.Get(t.Context(), "k")
	wantError(t, "Get from something else", err, ErrCorrupt)
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("the error tells what is in the file: %v", err)
	}
}

func TestAnotherProgramsLockIsWaitedFor(t *testing.T) {
	o := options(t)
	o.Timeout = 50 * time.Millisecond
	s := openFile(t, o)
	check(t, s.Set(t.Context(), "k", "v"))
	other := flock.New(o.FilePath + ".lock")
	check(t, other.Lock())
	err := s.Set(t.Context(), "k", "w")
	wantError(t, "Set while another program writes", err, ErrBusy)
	wantSentences(t, err)
	got, err := s.Get(t.Context(), "k")
	check(t, err)
	want(t, "k, read while another program writes", got, "v")
	check(t, other.Close())
	check(t, s.Set(t.Context(), "k", "w"))
}

// TestNoWriteIsLost has several stores, as several programs would, write different keys of one file at once.
func TestNoWriteIsLost(t *testing.T) {
	o := options(t)
	var wg sync.WaitGroup
	for i := range 4 {
		s := openFile(t, o)
		for j := range 8 {
			wg.Go(func() {
				if err := s.Set(t.Context(), fmt.Sprintf("%d/%d", i, j), fmt.Sprint(i*j)); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	s := openFile(t, o)
	for i := range 4 {
		for j := range 8 {
			got, err := s.Get(t.Context(), fmt.Sprintf("%d/%d", i, j))
			check(t, err)
			want(t, "the value", got, fmt.Sprint(i*j))
		}
	}
}

// TestFileAgainstAMap drives two stores on one file, as the window and the command line are, and holds both against a map.
func TestFileAgainstAMap(t *testing.T) {
	base := options(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		o := base
		o.FilePath = filepath.Join(filepath.Dir(base.FilePath), strconv.Itoa(n), "secrets.age")
		var stores []*Store
		for range 2 {
			s, err := openWith(context.Background(), o, noRing{})
			check(t, err)
			stores = append(stores, s)
		}
		model := map[string]string{}
		keys := rapid.SampledFrom([]string{"a", "b", "account/1", "ключ"})
		pick := rapid.SampledFrom(stores)
		ctx := context.Background()
		rt.Repeat(map[string]func(*rapid.T){
			"set": func(rt *rapid.T) {
				key, value := keys.Draw(rt, "key"), string(rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(rt, "value"))
				if err := pick.Draw(rt, "store").Set(ctx, key, value); err != nil {
					rt.Fatal(err)
				}
				model[key] = value
			},
			"delete": func(rt *rapid.T) {
				key := keys.Draw(rt, "key")
				_, had := model[key]
				if err := pick.Draw(rt, "store").Delete(ctx, key); had != (err == nil) || !had && !errors.Is(err, ErrNotFound) {
					rt.Fatalf("Delete = %v, kept before: %t", err, had)
				}
				delete(model, key)
			},
			"open anew": func(rt *rapid.T) {
				s, err := openWith(ctx, o, newRing())
				if err != nil {
					rt.Fatal(err)
				}
				if len(model) > 0 && s.Kind() != KindFile {
					rt.Fatalf("the home with a file opened its %s", s.Kind())
				}
			},
			"": func(rt *rapid.T) {
				for _, key := range []string{"a", "b", "account/1", "ключ"} {
					value, had := model[key]
					for _, s := range stores {
						got, err := s.Get(ctx, key)
						if got != value || had != (err == nil) || !had && !errors.Is(err, ErrNotFound) {
							rt.Fatalf("Get(%q) = %q, %v; want %q, %t", key, got, err, value, had)
						}
					}
				}
			},
		})
	})
}

const childVariable = "SHOPBELL_SECRET_TEST_CHILD"

// writeForEver is the program that TestKilledWhileWriting kills: it says each number once it is kept.
func writeForEver(path string) {
	s, err := openWith(context.Background(), Options{Service: "child", FilePath: path, Passphrase: says("p"), WorkFactor: cheap}, noRing{})
	for i := 0; err == nil; i++ {
		if err = s.Set(context.Background(), "n", strconv.Itoa(i)); err == nil {
			fmt.Println(i)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func TestKilledWhileWriting(t *testing.T) {
	o := options(t)
	o.Passphrase = says("p")
	for range 30 {
		if err := os.Remove(o.FilePath); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		kept := killAfter(t, o.FilePath, 1+rand.IntN(12), rand.IntN(3000)) // any moment will do
		s := openFile(t, o)
		text, err := s.Get(t.Context(), "n")
		check(t, err)
		n, err := strconv.Atoi(text)
		check(t, err)
		if n < kept || n > kept+1 {
			t.Fatalf("after the kill the file has %d; it said %d last", n, kept)
		}
		check(t, s.Set(t.Context(), "n", "and it can be written again"))
		want(t, "an unfinished file is left", exists(newPath(o.FilePath)), false)
	}
}

// killAfter kills the child a little after it has said that many numbers, and gives the last number it said.
func killAfter(t *testing.T, path string, lines, spins int) int {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	check(t, err)
	check(t, child.Start())
	said := bufio.NewScanner(out)
	last := -1
	for range lines {
		if !said.Scan() {
			break
		}
		last++
	}
	for range spins { // somewhere inside the next write, without a clock
		_, err := os.Lstat(path)
		check(t, err)
	}
	check(t, child.Process.Kill())
	for said.Scan() {
		last++
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
	return last
}

func TestANewFileIsOnlyItsOwners(t *testing.T) {
	o := options(t)
	check(t, openFile(t, o).Set(t.Context(), "k", "v"))
	check(t, os.Chmod(o.FilePath, 0o644))
	check(t, openFile(t, o).Set(t.Context(), "k", "w"))
	info, err := os.Stat(o.FilePath)
	check(t, err)
	want(t, "the mode", info.Mode().Perm(), 0o600)
	info, err = os.Stat(filepath.Dir(o.FilePath))
	check(t, err)
	want(t, "the mode of the folder", info.Mode().Perm(), 0o700)
}
