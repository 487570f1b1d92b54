// Package goldentest compares what was drawn with the picture kept of it. Only tests import it; with the flag -golden they keep what they draw.
package goldentest

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var rewrite = flag.Bool("golden", false, "write the golden pictures anew")

// most is how many pixels may differ, as rasterisers do.
const most = 12

// Compare compares a picture with the one kept in testdata under a name. Where too much differs, the picture is written beside the test's other
// artifacts, to be looked at. All are written into the folder that SHOPBELL_SHEET names.
func Compare(t *testing.T, name string, got image.Image) {
	t.Helper()
	if dir := os.Getenv("SHOPBELL_SHEET"); dir != "" {
		Write(t, filepath.Join(dir, name+".png"), got)
	}
	path := filepath.Join("testdata", name+".png")
	if *rewrite {
		Write(t, path, got)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if n := differing(want, got); n > most {
		failed := filepath.Join(t.ArtifactDir(), filepath.Base(path))
		Write(t, failed, got)
		t.Errorf("%s: %d pixels differ from %s; what was drawn is in %s", name, n, path, failed)
	}
}

// Write keeps a picture as a file.
func Write(t *testing.T, path string, m image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
}

// differing counts the pixels of which a channel differs by more than 24 of 255.
func differing(a, b image.Image) int {
	if a.Bounds() != b.Bounds() {
		return max(most+1, a.Bounds().Dx()*a.Bounds().Dy())
	}
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			r, g, bl, _ := a.At(x, y).RGBA()
			R, G, B, _ := b.At(x, y).RGBA()
			if far(r, R) || far(g, G) || far(bl, B) {
				n++
			}
		}
	}
	return n
}

func far(a, b uint32) bool { return max(a, b)-min(a, b) > 24<<8 }
