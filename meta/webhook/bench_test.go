package webhook

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkDecodeVerify measures what verifying and decoding one text message costs, and prints it as a share of one
// 8 KiB write with fsync on this disk, which an acknowledgement costs at the least (gate R14: at most 0.10 of it).
func BenchmarkDecodeVerify(b *testing.B) {
	raw, err := os.ReadFile("testdata/samples/metadocs-075.json")
	if err != nil {
		b.Fatal(err)
	}
	var compact bytes.Buffer // as Meta sends it
	if err := json.Compact(&compact, raw); err != nil {
		b.Fatal(err)
	}
	raw = compact.Bytes()
	sig, _ := parseSignature(Sign(secretA, raw))
	secrets := [][]byte{secretA}
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := sig.verify(raw, secrets); !ok {
			b.Fatal("refused")
		}
		if len(claims(raw)) != 2 {
			b.Fatal("claims")
		}
		if _, err := Decode(raw); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(fsync(b)), "of-one-fsync")
}

// fsync is the median of durable writes of 8 KiB.
func fsync(b *testing.B) time.Duration {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "probe"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 8<<10)
	var took []time.Duration
	for range 64 {
		start := time.Now()
		if _, err := f.Write(block); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[len(took)/2]
}
