package secret

import (
	"context"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	oskeyring "github.com/zalando/go-keyring"
)

// fakeRing is a keyring that a test can make wait, for the real one can't be made to on demand.
type fakeRing struct {
	mu     sync.Mutex
	kept   map[string]string
	hang   chan struct{} // calls wait until it is closed, if it is not nil
	calls  int
	atOnce int
	most   int
	forger bool // gives back another value than was kept
}

func newRing() *fakeRing { return &fakeRing{kept: map[string]string{}} }

// wait makes calls wait until hang is closed; nil makes them answer at once.
func (r *fakeRing) wait(hang chan struct{}) chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hang = hang
	return hang
}

// counts gives how many calls there were, how many run now, and how many ran at once at most.
func (r *fakeRing) counts() (calls, running, most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls, r.atOnce, r.most
}

func (r *fakeRing) enter() {
	r.mu.Lock()
	r.calls++
	r.atOnce++
	r.most = max(r.most, r.atOnce)
	hang := r.hang
	r.mu.Unlock()
	if hang != nil {
		<-hang
	}
	r.mu.Lock()
	r.atOnce--
	r.mu.Unlock()
}

func (r *fakeRing) Get(service, user string) (string, error) {
	r.enter()
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.kept[service+"/"+user]
	if !ok {
		return "", oskeyring.ErrNotFound
	}
	if r.forger {
		v += "?"
	}
	return v, nil
}

func (r *fakeRing) Set(service, user, value string) error {
	r.enter()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept[service+"/"+user] = value
	return nil
}

func (r *fakeRing) Delete(service, user string) error {
	r.enter()
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.kept[service+"/"+user]; !ok {
		return oskeyring.ErrNotFound
	}
	delete(r.kept, service+"/"+user)
	return nil
}

func TestAHangingKeyringCostsOneGoroutine(t *testing.T) {
	o := options(t)
	synctest.Test(t, func(t *testing.T) {
		r := newRing()
		s, err := openWith(t.Context(), o, r)
		check(t, err)
		hang := r.wait(make(chan struct{}))
		before, _, _ := r.counts()
		start := time.Now()
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				_, err := s.Get(t.Context(), "token")
				wantError(t, "Get while the keyring hangs", err, ErrTimeout)
				wantSentences(t, err)
			})
		}
		wg.Wait()
		want(t, "the wait", time.Since(start), o.Timeout)
		calls, _, most := r.counts()
		want(t, "the number of calls that reached the keyring", calls-before, 1)
		want(t, "the most calls at once", most, 1)

		soon, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		wantError(t, "Close while a call hangs", s.Close(soon), ErrTimeout)
		close(hang)
		synctest.Wait()
		_, running, _ := r.counts()
		want(t, "calls that still run", running, 0)
	})
}

func TestAKeyringThatAnswersLateWorksAgain(t *testing.T) {
	o := options(t)
	synctest.Test(t, func(t *testing.T) {
		r := newRing()
		s, err := openWith(t.Context(), o, r)
		check(t, err)
		hang := r.wait(make(chan struct{}))
		wantError(t, "Set while the keyring hangs", s.Set(t.Context(), "token", "late"), ErrTimeout)
		r.wait(nil)
		close(hang) // the person has answered the prompt
		got, err := s.Get(t.Context(), "token")
		check(t, err)
		want(t, "the token", got, "late")
		check(t, s.Close(t.Context()))
	})
}

func TestACallerMayGiveUpBefore(t *testing.T) {
	o := options(t)
	synctest.Test(t, func(t *testing.T) {
		r := newRing()
		s, err := openWith(t.Context(), o, r)
		check(t, err)
		hang := r.wait(make(chan struct{}))
		for range 2 { // the one that runs, and one that waits for its turn
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			_, err = s.Get(ctx, "token")
			wantError(t, "Get", err, context.DeadlineExceeded)
			cancel()
		}
		close(hang)
		check(t, s.Close(t.Context()))
	})
}

func TestOpenOfAHangingKeyringIsNotAnEmptyFile(t *testing.T) {
	o := options(t)
	synctest.Test(t, func(t *testing.T) {
		r := newRing()
		hang := r.wait(make(chan struct{}))
		_, err := openWith(t.Context(), o, r)
		wantError(t, "Open", err, ErrTimeout)
		close(hang)
		synctest.Wait()
	})
}

// panicking is a keyring library with a bug.
type panicking struct{ noRing }

func (panicking) Get(string, string) (string, error) { panic("slice bounds out of range") }

func TestAPanicInTheKeyringIsAnError(t *testing.T) {
	k := newKeyring(options(t), panicking{})
	_, err := k.get(t.Context(), "k")
	wantError(t, "Get", err, ErrUnavailable)
	check(t, k.close(t.Context()))
}

func TestHealthFindsAForgetfulKeyring(t *testing.T) {
	r := newRing()
	s := openIn(t, options(t), r)
	check(t, s.Health(t.Context()))
	want(t, "what Health left", len(r.kept), 0)
	r.forger = true
	wantError(t, "Health", s.Health(t.Context()), ErrUnavailable)
	want(t, "what Health left", len(r.kept), 0)
}

func TestRealKeyring(t *testing.T) {
	if !hasBus() {
		if os.Getenv("SHOPBELL_TEST_ALLOW_SKIP") == "1" {
			t.Skip("no D-Bus session; make test starts one")
		}
		t.Fatal("no D-Bus session with a keyring: run the tests with make test, or set SHOPBELL_TEST_ALLOW_SKIP=1")
	}
	o := options(t)
	open := func() *Store {
		s, err := Open(t.Context(), o)
		check(t, err)
		closeStore(t, s)
		wantKind(t, s, KindKeyring)
		return s
	}
	s := open()
	for _, value := range []string{"first", "", "Zażółć 🔑 \n\"quoted\"", string(make([]byte, MaxValue))} {
		check(t, s.Set(t.Context(), "account/1/token", value))
		got, err := open().Get(t.Context(), "account/1/token")
		check(t, err)
		want(t, "the token", got, value)
	}
	check(t, s.Health(t.Context()))
	check(t, s.Delete(t.Context(), "account/1/token"))
	_, err := open().Get(t.Context(), "account/1/token")
	wantError(t, "Get after Delete", err, ErrNotFound)
	wantError(t, "a second Delete", s.Delete(t.Context(), "account/1/token"), ErrNotFound)
	want(t, "the encrypted file exists", exists(o.FilePath), false)
}
