package secret

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
)

// content is the plain text inside the file. Values are base64 in JSON, so any bytes survive.
type content struct {
	Version int               `json:"version"`
	Secrets map[string][]byte `json:"secrets"`
}

const contentVersion = 1

// The work factors of scrypt as powers of two: what a new file gets, and the most that an existing one may ask of us
// before it counts as damaged (a gigabyte of memory).
const (
	usualWorkFactor = 18
	maxWorkFactor   = 20
)

// seal encrypts the secrets with a passphrase.
func seal(secrets map[string][]byte, passphrase string, workFactor int) ([]byte, error) {
	plain, err := json.Marshal(content{contentVersion, secrets})
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	if workFactor <= 0 {
		workFactor = usualWorkFactor
	}
	recipient.SetWorkFactor(workFactor)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recipient)
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	if _, err := w.Write(plain); err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	return sealed.Bytes(), nil
}

// unseal decrypts what seal made: ErrPassphrase if the passphrase is another, ErrCorrupt if the bytes are not whole.
func unseal(sealed []byte, passphrase string) (map[string][]byte, error) {
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	r, err := age.Decrypt(bytes.NewReader(sealed), identity)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return nil, fault(ErrPassphrase, "The passphrase does not open the encrypted file of secrets.", "Try again; capital letters count.", nil)
	}
	if err != nil {
		return nil, damaged(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, damaged(err)
	}
	var c content
	if err := json.Unmarshal(plain, &c); err != nil {
		return nil, damaged(errors.New("it does not hold what Shopbell writes")) // json's own words may quote a secret
	}
	if c.Version > contentVersion {
		return nil, fault(ErrUnavailable, "The encrypted file of secrets was written by a newer Shopbell.", "Update Shopbell on this computer.", nil)
	}
	if c.Version != contentVersion {
		return nil, damaged(errors.New("it has no version"))
	}
	if c.Secrets == nil {
		c.Secrets = map[string][]byte{}
	}
	return c.Secrets, nil
}

func damaged(err error) error {
	return fault(ErrCorrupt, "The encrypted file of secrets is damaged.",
		"Put it back from a backup, or move it away and enter tokens and secrets again. Messages are not touched by this.", err)
}

// replace puts data in the place of the file at path: at any moment, and after a crash, the file is the old or the new
// one, whole. The caller holds the lock, so the name of the unfinished file is free.
func replace(path string, data []byte) error {
	if err := writeNew(path, data); err != nil {
		return err
	}
	if err := os.Rename(newPath(path), path); err != nil {
		return errors.Join(err, os.Remove(newPath(path)))
	}
	return syncFolder(filepath.Dir(path))
}

// writeNew writes the unfinished file beside path and waits until the disk has it. One that a killed program left is thrown away.
func writeNew(path string, data []byte) error {
	name := newPath(path)
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

func newPath(path string) string { return path + ".new" }
