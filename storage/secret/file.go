package secret

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// sealedFile keeps all secrets in one encrypted file. What it decrypted stays in memory and is read anew when the bytes
// on the disk are others, for the command line and the window share the file. A write replaces the whole file at once.
type sealedFile struct {
	path       string
	passphrase func(context.Context) (string, error)
	wait       time.Duration
	workFactor int

	turn    chan struct{} // holds a token while a call runs; the fields below belong to that call
	pass    string        // what opened the file last
	sealed  []byte        // the file as it was decrypted last
	secrets map[string][]byte
	closed  bool
}

// lockPause is how often a file that another program holds is tried again.
const lockPause = 20 * time.Millisecond

func newSealedFile(o Options) *sealedFile {
	return &sealedFile{path: o.FilePath, passphrase: o.Passphrase, wait: o.Timeout, workFactor: o.WorkFactor, turn: make(chan struct{}, 1)}
}

func (f *sealedFile) get(ctx context.Context, key string) (string, error) {
	if err := f.begin(ctx); err != nil {
		return "", err
	}
	defer f.end()
	if err := f.load(ctx); err != nil {
		return "", err
	}
	value, ok := f.secrets[key]
	if !ok {
		return "", ErrNotFound
	}
	return string(value), nil
}

func (f *sealedFile) set(ctx context.Context, key, value string) error {
	return f.change(ctx, func(secrets map[string][]byte) error {
		secrets[key] = []byte(value)
		return nil
	})
}

func (f *sealedFile) remove(ctx context.Context, key string) error {
	return f.change(ctx, func(secrets map[string][]byte) error {
		if _, ok := secrets[key]; !ok {
			return ErrNotFound
		}
		delete(secrets, key)
		return nil
	})
}

func (f *sealedFile) health(ctx context.Context) error {
	if err := f.begin(ctx); err != nil {
		return err
	}
	defer f.end()
	f.sealed, f.secrets = nil, nil
	if err := f.load(ctx); err != nil {
		return err
	}
	return f.locked(ctx, func() error {
		if err := writeNew(f.path, []byte("health")); err != nil {
			return cantWrite(err)
		}
		return os.Remove(newPath(f.path))
	})
}

func (f *sealedFile) close(ctx context.Context) error {
	switch err := f.begin(ctx); {
	case errors.Is(err, ErrClosed):
		return nil
	case err != nil:
		return err
	}
	defer f.end()
	f.closed, f.pass, f.sealed, f.secrets = true, "", nil, nil
	return nil
}

// change reads, changes and writes the file while no other program can.
func (f *sealedFile) change(ctx context.Context, apply func(map[string][]byte) error) error {
	if err := f.begin(ctx); err != nil {
		return err
	}
	defer f.end()
	// Once before the lock is taken, since a person may be asked: other programs don't wait for that.
	if err := f.load(ctx); err != nil {
		return err
	}
	if err := f.unlock(ctx); err != nil {
		return err
	}
	return f.locked(ctx, func() error {
		if err := f.load(ctx); err != nil {
			return err
		}
		secrets := maps.Clone(f.secrets)
		if err := apply(secrets); err != nil {
			return err
		}
		sealed, err := seal(secrets, f.pass, f.workFactor)
		if err != nil {
			return err
		}
		if err := replace(f.path, sealed); err != nil {
			return cantWrite(err)
		}
		f.sealed, f.secrets = sealed, secrets
		return nil
	})
}

// load makes f.secrets what the file holds now. No file means no secrets, and needs no passphrase.
func (f *sealedFile) load(ctx context.Context) error {
	raw, err := os.ReadFile(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.sealed, f.secrets = nil, map[string][]byte{}
		return nil
	case err != nil:
		return fault(ErrUnavailable, "The encrypted file of secrets can't be read.", "Check the permissions of "+f.path+".", err)
	case f.secrets != nil && bytes.Equal(raw, f.sealed):
		return nil
	}
	if err := f.unlock(ctx); err != nil {
		return err
	}
	secrets, err := unseal(raw, f.pass)
	if err != nil {
		f.sealed, f.secrets = nil, nil
		if errors.Is(err, ErrPassphrase) {
			f.pass = ""
		}
		return err
	}
	f.sealed, f.secrets = raw, secrets
	return nil
}

// unlock makes sure that there is a passphrase to try.
func (f *sealedFile) unlock(ctx context.Context) error {
	if f.pass != "" {
		return nil
	}
	var cause error
	if f.passphrase != nil {
		f.pass, cause = f.passphrase(ctx)
	}
	if cause != nil || f.pass == "" {
		f.pass = ""
		return fault(ErrLocked, "The encrypted file of secrets is locked.", "Enter its passphrase, or set "+PassphraseVariable+".", cause)
	}
	return nil
}

// locked runs do while this program alone may write the file.
func (f *sealedFile) locked(ctx context.Context, do func() error) (err error) {
	lock := flock.New(f.path+".lock", flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, f.wait)
	defer cancel()
	if _, err := lock.TryLockContext(waiting, lockPause); err != nil {
		switch {
		case ctx.Err() != nil:
			return fmt.Errorf("secret: %w", ctx.Err())
		case waiting.Err() != nil:
			return fault(ErrBusy, "Another program is using the encrypted file of secrets.", "Close other Shopbell windows and commands, and try again.", err)
		}
		return cantWrite(err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	return do()
}

func (f *sealedFile) begin(ctx context.Context) error {
	select {
	case f.turn <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("secret: %w", ctx.Err())
	}
	if f.closed {
		f.end()
		return ErrClosed
	}
	return nil
}

func (f *sealedFile) end() { <-f.turn }

func cantWrite(err error) error {
	return fault(ErrUnavailable, "The encrypted file of secrets can't be written.", "Check the home folder's permissions and free space.", err)
}
