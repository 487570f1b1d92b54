// Package secret keeps access tokens, app secrets and database passwords in the keyring of the operating system. Where
// there is none it keeps them in one file encrypted with a passphrase (age), and never in plain text anywhere.
package secret

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
	"unicode/utf8"

	"shopbell/app"
)

// Store keeps small secrets under short keys. Which of the two places holds them is decided once for a home folder and
// then kept to, so that nobody's tokens seem lost because a keyring came or went. It is safe for many goroutines.
type Store struct {
	keeper keeper
	kind   Kind
	path   string
	note   string
}

// keeper is one of the two places.
type keeper interface {
	get(ctx context.Context, key string) (string, error)
	set(ctx context.Context, key, value string) error
	remove(ctx context.Context, key string) error
	health(ctx context.Context) error
	close(ctx context.Context) error
}

// Options says where to keep secrets.
type Options struct {
	Service string // the name under which the keyring files the secrets; one for each home folder
	// FilePath is where the encrypted file is, or would be. Two small files may stand beside it: a lock, and a note that
	// the keyring was chosen. Its folder is made if it is missing.
	FilePath string
	// Passphrase is asked when the encrypted file must be opened or made: from a window, a prompt or the environment. It
	// may take as long as its context allows. Without it, or when it gives "", the file stays locked (ErrLocked).
	Passphrase func(ctx context.Context) (string, error)
	// Timeout bounds each call of the keyring, which may wait for a person at an unlock prompt, and the wait for another
	// program that is writing the file. 0 means 10 seconds.
	Timeout time.Duration
	// WorkFactor is the cost of the passphrase as a power of two. 0 means 18, about a second and 256 MB; only tests want less.
	WorkFactor int
}

// Kind is the place that holds the secrets.
type Kind string

// The two places.
const (
	KindKeyring Kind = "keyring"
	KindFile    Kind = "file"
)

// KeyringVariable names the environment variable that overrides the choice: "file" or "keyring".
const KeyringVariable = "SHOPBELL_KEYRING"

// PassphraseVariable names the environment variable that EnvPassphrase reads.
const PassphraseVariable = "SHOPBELL_PASSPHRASE"

// MaxValue is the longest value in bytes: Windows keeps 2,560 and macOS passes a whole command of 4,096 with the value in
// base64, so a value that one computer takes, all take.
const MaxValue = 2500

// maxKey is the longest key in bytes.
const maxKey = 200

const usualTimeout = 10 * time.Second

// EnvPassphrase gives a Passphrase that reads SHOPBELL_PASSPHRASE and, where that is empty, asks otherwise (which may be nil).
func EnvPassphrase(otherwise func(context.Context) (string, error)) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		if p := os.Getenv(PassphraseVariable); p != "" || otherwise == nil {
			return p, nil
		}
		return otherwise(ctx)
	}
}

// Open finds the place that holds this home's secrets. A file that exists stays in use, and so does a keyring once
// something was kept in it: if that keyring can't be reached, the error is ErrUnavailable, not an empty file. A new home
// takes the keyring if it answers, else the file. A keyring that waits for a person too long is ErrTimeout.
// Open itself never asks for the passphrase.
func Open(ctx context.Context, o Options) (*Store, error) {
	return openWith(ctx, o, systemRing{})
}

func openWith(ctx context.Context, o Options, r ring) (*Store, error) {
	if o.Service == "" || o.FilePath == "" {
		return nil, errors.New("secret: Options need Service and FilePath")
	}
	if o.Timeout <= 0 {
		o.Timeout = usualTimeout
	}
	if err := os.MkdirAll(filepath.Dir(o.FilePath), 0o700); err != nil {
		return nil, fault(ErrUnavailable, "The folder for the encrypted secrets can't be made.", "Check the home folder's permissions and free space.", err)
	}
	s := &Store{path: o.FilePath}
	keys := newKeyring(o, r)
	switch forced := os.Getenv(KeyringVariable); {
	case forced == string(KindFile):
		return s.inFile(o, "Secrets are in the encrypted file because "+KeyringVariable+"=file."), nil
	case forced == string(KindKeyring):
		if err := keys.probe(ctx); err != nil {
			return nil, err
		}
		return s.inKeyring(keys, "Secrets are in the keyring because "+KeyringVariable+"=keyring."), nil
	case forced != "":
		return nil, fault(ErrUnavailable, fmt.Sprintf("%s is %q, which means nothing.", KeyringVariable, forced), `Set it to "file" or "keyring", or leave it out.`, nil)
	}
	if exists(o.FilePath) {
		return s.inFile(o, "Secrets are in the encrypted file, and stay there even where a keyring is available."), nil
	}
	err := keys.probe(ctx)
	switch {
	case err == nil:
		return s.inKeyring(keys, "Secrets are in the keyring of this computer."), nil
	case exists(keys.choice) || !errors.Is(err, ErrUnavailable):
		return nil, err
	}
	return s.inFile(o, "This computer has no keyring that answers, so secrets are in one file encrypted with a passphrase."), nil
}

func (s *Store) inFile(o Options, note string) *Store {
	s.kind, s.keeper, s.note = KindFile, newSealedFile(o), note
	return s
}

func (s *Store) inKeyring(k *keyring, note string) *Store {
	s.kind, s.keeper, s.note = KindKeyring, k, note
	return s
}

// Kind tells which place holds the secrets.
func (s *Store) Kind() Kind { return s.kind }

// Note says in a sentence where the secrets are and why there, for the window and doctor.
func (s *Store) Note() string { return s.note }

// IsNew tells whether the next Set will make the encrypted file, so that a person is asked to choose a passphrase, twice,
// rather than to remember one.
func (s *Store) IsNew() bool { return s.kind == KindFile && !exists(s.path) }

// Get gives the secret kept under key. Nothing there is ErrNotFound. It may wait for a person: call it off the UI's thread.
func (s *Store) Get(ctx context.Context, key string) (string, error) {
	if err := checkKey(key); err != nil {
		return "", err
	}
	return s.keeper.get(ctx, key)
}

// Set keeps value under key in place of what was there. When it returns nil, the value is on the disk or with the
// keyring. After ErrTimeout it may still be kept, once the person has answered the keyring.
func (s *Store) Set(ctx context.Context, key, value string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if len(value) > MaxValue {
		return fault(ErrTooLong, fmt.Sprintf("The secret is %d bytes long; at most %d can be kept.", len(value), MaxValue),
			"Check that only the token or secret itself was pasted.", nil)
	}
	return s.keeper.set(ctx, key, value)
}

// Delete removes what is kept under key. Nothing there is ErrNotFound.
func (s *Store) Delete(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	return s.keeper.remove(ctx, key)
}

// Health makes a real round trip. The keyring keeps, gives back and forgets a random value; the file is decrypted anew
// from the disk, and its folder takes a write.
func (s *Store) Health(ctx context.Context) error { return s.keeper.health(ctx) }

// Close waits for a call that is under way, as long as ctx allows, and forgets passphrase and secrets.
func (s *Store) Close(ctx context.Context) error { return s.keeper.close(ctx) }

func checkKey(key string) error {
	if key == "" || len(key) > maxKey || !utf8.ValidString(key) {
		return fmt.Errorf("%w: a key has 1 to %d bytes of UTF-8", ErrBadKey, maxKey)
	}
	for _, r := range key {
		if r < ' ' {
			return fmt.Errorf("%w: a key has no control characters", ErrBadKey)
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// fault is a failure in words for a person that errors.Is finds by its kind.
func fault(kind error, message, mend string, cause error) error {
	if cause != nil {
		kind = fmt.Errorf("%w: %w", kind, cause)
	}
	return &app.Error{Code: app.CodeSecrets, Message: message, Mend: mend, Cause: kind}
}
