// Package storagetest lends other packages' tests and benchmarks a filled store.
// It is not part of the program.
package storagetest

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"shopbell/storage"
)

// Seed fills an empty store with made-up conversations and messages, always the same ones.
func Seed(ctx context.Context, s *storage.Store, conversations, messages int) error {
	return s.Fill(ctx, conversations, messages)
}

// Home gives a data folder (SQLite) filled so. It is made once in a cache folder (SHOPBELL_BENCH_CACHE, or the user's) and used again by later runs:
// a benchmark that writes takes a copy, see Copy.
func Home(ctx context.Context, conversations, messages int) (string, error) {
	cache := os.Getenv("SHOPBELL_BENCH_CACHE")
	if cache == "" {
		var err error
		if cache, err = os.UserCacheDir(); err != nil {
			cache = os.TempDir()
		}
	}
	dir := filepath.Join(cache, "shopbell-bench", storage.SchemaName(), strconv.Itoa(conversations)+"-"+strconv.Itoa(messages))
	if _, err := os.Stat(filepath.Join(dir, "filled")); err == nil {
		return dir, nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	s, err := storage.Open(ctx, storage.Options{Home: dir})
	if err != nil {
		return "", err
	}
	if err := Seed(ctx, s, conversations, messages); err != nil {
		_ = s.Close()
		return "", err
	}
	if err := s.Close(); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "filled"), nil, 0o600)
}

// Copy copies a data folder that nobody has open to another place.
func Copy(from, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	files, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		if err := copyFile(filepath.Join(from, f.Name()), filepath.Join(to, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}
