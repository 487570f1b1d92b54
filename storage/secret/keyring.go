package secret

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	oskeyring "github.com/zalando/go-keyring"
)

// keyring keeps secrets with the operating system. Its calls can't be cancelled and may wait for a person for ever, so
// each runs in a goroutine of its own, and only one at a time: a stuck call costs one goroutine, not one for each retry.
type keyring struct {
	ring    ring
	service string
	timeout time.Duration
	choice  string // the file that remembers that the keyring holds this home's secrets
	chosen  atomic.Bool
	gate    chan struct{} // holds a token while a call runs
	closed  atomic.Bool
}

// ring is what a keyring does; the one of this computer, but for tests of calls that hang.
type ring interface {
	Get(service, user string) (string, error)
	Set(service, user, value string) error
	Delete(service, user string) error
}

// systemRing is the keyring of this computer.
type systemRing struct{}

func (systemRing) Get(service, user string) (string, error) { return oskeyring.Get(service, user) }

func (systemRing) Set(service, user, value string) error { return oskeyring.Set(service, user, value) }

func (systemRing) Delete(service, user string) error { return oskeyring.Delete(service, user) }

func newKeyring(o Options, r ring) *keyring {
	return &keyring{ring: r, service: o.Service, timeout: o.Timeout, choice: o.FilePath + ".keyring", gate: make(chan struct{}, 1)}
}

// probe finds out whether there is a keyring that answers, by asking for a key that nobody keeps.
func (k *keyring) probe(ctx context.Context) error {
	if _, system := k.ring.(systemRing); system && !hasBus() {
		return unavailable(errors.New("no D-Bus session"))
	}
	_, err := k.get(ctx, "probe")
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

func (k *keyring) get(ctx context.Context, key string) (string, error) {
	return k.call(ctx, func() (string, error) { return k.ring.Get(k.service, key) })
}

func (k *keyring) set(ctx context.Context, key, value string) error {
	_, err := k.call(ctx, func() (string, error) { return "", k.ring.Set(k.service, key, value) })
	if err != nil || k.chosen.Load() {
		return err
	}
	if err := os.WriteFile(k.choice, []byte("The secrets of this folder are in the keyring of this computer.\n"), 0o600); err != nil {
		return fault(ErrUnavailable, "The secret was kept, but not the note that it is in the keyring.", "Check the home folder's permissions and free space.", err)
	}
	k.chosen.Store(true)
	return nil
}

func (k *keyring) remove(ctx context.Context, key string) error {
	_, err := k.call(ctx, func() (string, error) { return "", k.ring.Delete(k.service, key) })
	return err
}

// health keeps a random value under a random key, so that two programs that look at the same time don't disturb each other.
func (k *keyring) health(ctx context.Context) error {
	key, value := "health-"+rand.Text(), rand.Text()
	_, err := k.call(ctx, func() (string, error) {
		if err := k.ring.Set(k.service, key, value); err != nil {
			return "", err
		}
		got, err := k.ring.Get(k.service, key)
		if err == nil && got != value {
			err = errors.New("it gave back another value")
		}
		return "", errors.Join(err, k.ring.Delete(k.service, key))
	})
	return err
}

func (k *keyring) close(ctx context.Context) error {
	if k.closed.Swap(true) {
		return nil
	}
	select {
	case k.gate <- struct{}{}: // kept: nothing runs any more
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: a call still waits: %w", ErrTimeout, ctx.Err())
	}
}

type answer struct {
	value string
	err   error
}

// call runs one call of the keyring and waits for it no longer than the timeout and the context allow.
func (k *keyring) call(ctx context.Context, do func() (string, error)) (string, error) {
	if k.closed.Load() {
		return "", ErrClosed
	}
	timer := time.NewTimer(k.timeout)
	defer timer.Stop()
	select {
	case k.gate <- struct{}{}:
	case <-timer.C:
		return "", timedOut()
	case <-ctx.Done():
		return "", fmt.Errorf("secret: %w", ctx.Err())
	}
	answers := make(chan answer, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				answers <- answer{err: fmt.Errorf("panic in the keyring: %v", p)}
			}
			<-k.gate
		}()
		value, err := do()
		answers <- answer{value, err}
	}()
	select {
	case a := <-answers:
		return a.value, translate(a.err)
	case <-timer.C:
		return "", timedOut()
	case <-ctx.Done():
		return "", fmt.Errorf("secret: %w", ctx.Err())
	}
}

func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, oskeyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, oskeyring.ErrSetDataTooBig):
		return fault(ErrTooLong, "The keyring says that the secret is too long.", "Check that only the token or secret itself was pasted.", err)
	}
	return unavailable(err)
}

func unavailable(err error) error {
	return fault(ErrUnavailable, "The keyring of this computer can't be used.",
		"Log in to the desktop and unlock its keyring, or set "+KeyringVariable+"=file to keep secrets in an encrypted file and enter them again.", err)
}

func timedOut() error {
	return fault(ErrTimeout, "The keyring of this computer did not answer.",
		"Look for its window that asks for your password, answer it and try again; or set "+KeyringVariable+"=file to keep secrets in an encrypted file.", nil)
}

// hasBus tells whether the keyring could be reached at all. Without a D-Bus session the library would start one of its
// own, and leave it running.
func hasBus() bool {
	switch runtime.GOOS {
	case "windows", "darwin", "ios":
		return true
	}
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" {
		return address != "autolaunch:"
	}
	dir := filepath.Join("/run/user", strconv.Itoa(os.Getuid()))
	return exists(filepath.Join(dir, "bus")) || exists(filepath.Join(dir, "dbus-session"))
}
