// Package media keeps files that customers sent or staff attached, each under the SHA-256 of its bytes, so that the same
// picture is kept once. It also makes names and extensions that came from outside safe to show and to save under.
package media

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"time"
)

// Store is a folder of files named by the SHA-256 of their content: ab/abcdef… in small letters. It never leaves its
// folder, whatever links stand in it. Any number of goroutines and of processes may use one folder.
type Store struct{ root *os.Root }

var (
	// ErrNotFound says that no file with this hash is kept. It matches fs.ErrNotExist too.
	ErrNotFound = fmt.Errorf("media: no file of that hash: %w", fs.ErrNotExist)
	// ErrBadHash says that the text is not a SHA-256 in 64 small hexadecimal letters.
	ErrBadHash = errors.New("media: not a SHA-256")
	// ErrTooLarge says that a file has more bytes than the caller allows.
	ErrTooLarge = errors.New("media: the file is too large")
)

// incoming is the folder in which files are written until they are whole.
const incoming = "incoming"

// Open opens the folder dir, and makes it for its owner alone if it is missing. Close it after use.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("media folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("media folder: %w", err)
	}
	if err := root.MkdirAll(incoming, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("media folder: %w", err), root.Close())
	}
	return &Store{root}, nil
}

// Close lets go of the folder. Files that Get gave stay open.
func (s *Store) Close() error { return s.root.Close() }

// Put keeps what r holds and gives its SHA-256 in hexadecimal and its size in bytes. The file is on the disk, and whole,
// when Put returns; if it is kept already, nothing changes. More than limit bytes are ErrTooLarge, and nothing is kept.
func (s *Store) Put(ctx context.Context, r io.Reader, limit int64) (sha string, size int64, err error) {
	name := path.Join(incoming, rand.Text())
	f, err := s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", 0, fmt.Errorf("keep media: %w", err)
	}
	defer func() {
		if name != "" {
			err = errors.Join(err, s.root.Remove(name))
		}
	}()
	sha, size, err = fill(ctx, f, r, limit)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", 0, fmt.Errorf("keep media: %w", err)
	}
	if kept, err := s.root.Stat(place(sha)); err == nil && kept.Size() == size {
		return sha, size, nil
	}
	if err := s.settle(name, sha); err != nil {
		return "", 0, fmt.Errorf("keep media: %w", err)
	}
	name = ""
	return sha, size, nil
}

// fill copies r into f, counts and hashes it, and waits until the disk has it.
func fill(ctx context.Context, f *os.File, r io.Reader, limit int64) (string, int64, error) {
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, hash), &reader{ctx, io.LimitReader(r, limit+1)})
	if err != nil {
		return "", 0, err
	}
	if size > limit {
		return "", 0, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	return hex.EncodeToString(hash.Sum(nil)), size, f.Sync()
}

// settle moves a whole file to its place, and waits until the disk has the move too.
func (s *Store) settle(name, sha string) error {
	folder := sha[:2]
	if err := s.root.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := s.root.Rename(name, place(sha)); err != nil {
		return err
	}
	return errors.Join(s.syncFolder(folder), s.syncFolder("."))
}

// Get opens the file with this hash for reading. The caller closes it.
func (s *Store) Get(sha string) (*os.File, error) {
	if !IsHash(sha) {
		return nil, ErrBadHash
	}
	f, err := s.root.Open(place(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("open media: %w", err)
	}
	return f, nil
}

// Delete removes the file with this hash; it is ErrNotFound if there is none. That no message needs it any more is the
// caller's to know.
func (s *Store) Delete(sha string) error {
	if !IsHash(sha) {
		return ErrBadHash
	}
	err := s.root.Remove(place(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("delete media: %w", err)
	}
	return nil
}

// Sweep removes what a killed process left half written before the given time, and gives how many files that were.
func (s *Store) Sweep(before time.Time) (int, error) {
	entries, err := fs.ReadDir(s.root.FS(), incoming)
	if err != nil {
		return 0, fmt.Errorf("sweep media: %w", err)
	}
	swept := 0
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue // it was moved to its place meanwhile, or is still being written
		}
		if err := s.root.Remove(path.Join(incoming, e.Name())); err == nil {
			swept++
		}
	}
	return swept, nil
}

// IsHash tells whether s is a SHA-256 as Put gives it.
func IsHash(s string) bool {
	if len(s) != hex.EncodedLen(sha256.Size) {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func place(sha string) string { return path.Join(sha[:2], sha) }

// reader stops reading when its context ends.
type reader struct {
	ctx context.Context //nolint:containedctx // it lives for one copy
	r   io.Reader
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
