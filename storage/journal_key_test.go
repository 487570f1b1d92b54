package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"shopbell/app"
)

func TestBodyKey(t *testing.T) {
	seen := map[[sha256.Size]byte]string{}
	for body, told := range map[string]uint32{
		"":                                 0,
		"not JSON":                         0,
		`{"timestamp":"1790000001","n":1}`: 1790000001,
		`{"timestamp":"1790000001","n":2}`: 1790000001,
		`{"timestamp": 1790000002}`:        1790000002,
		`{"timestamp":"x"}`:                0,
		`{"timestamp":`:                    0,
		string(bytes.Repeat([]byte(" "), 9<<10)) + `"timestamp":1`: 0, // not in the head
	} {
		key := bodyKey([]byte(body))
		if got := binary.BigEndian.Uint32(key[:4]); got != told {
			t.Errorf("%.40q: time %d, want %d", body, got, told)
		}
		if sum := sha256.Sum256([]byte(body)); !bytes.Equal(sum[4:], key[4:]) {
			t.Errorf("%.40q: the rest is not the SHA-256", body)
		}
		if other, ok := seen[key]; ok {
			t.Errorf("%.40q and %.40q have one key", body, other)
		}
		seen[key] = body
	}
}

// Whoever is told that his webhook is kept finds it again, and whoever is refused does not, also when the store closes meanwhile.
func TestJournalCloses(t *testing.T) {
	home := t.TempDir()
	s, err := Open(t.Context(), Options{Home: home})
	if err != nil {
		t.Fatal(err)
	}
	kept := sync.Map{}
	var wait sync.WaitGroup
	for k := range 16 {
		wait.Go(func() {
			for n := 0; ; n++ {
				body := fmt.Sprintf(`{"timestamp":"179000%04d","of":%d}`, n, k)
				ctx, cancel := context.WithCancel(t.Context())
				if n%7 == k%7 {
					cancel() // a caller that is gone spoils nothing for the others
				}
				err := s.Receive(ctx, []byte(body), time.Now())
				cancel()
				switch {
				case err == nil:
					kept.Store(body, true)
				case errors.Is(err, context.Canceled):
				default:
					return // closed
				}
				if n == 30 && k == 0 {
					wait.Go(func() { _ = s.Close() })
				}
			}
		})
	}
	wait.Wait()
	if s, err = Open(t.Context(), Options{Home: home}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found := 0
	err = s.EachJournal(t.Context(), func(e app.JournalEntry) error {
		if _, ok := kept.LoadAndDelete(string(e.Body)); ok {
			found++
		}
		return nil
	})
	if err != nil || found == 0 {
		t.Fatalf("%d found, %v", found, err)
	}
	kept.Range(func(body, _ any) bool {
		t.Errorf("told to be kept and is not there: %s", body)
		return true
	})
}
