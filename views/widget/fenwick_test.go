package widget

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The tree must agree with plain sums whatever is done to it.
func TestFenwickAgainstPlainSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		heights := rapid.SliceOfN(rapid.Float64Range(0, 500), 0, 400).Draw(t, "heights")
		var f fenwick
		f.reset(heights)
		for range rapid.IntRange(0, 20).Draw(t, "changes") {
			if len(heights) == 0 {
				break
			}
			i := rapid.IntRange(0, len(heights)-1).Draw(t, "i")
			h := rapid.Float64Range(0, 500).Draw(t, "h")
			f.set(i, h)
			heights[i] = h
		}
		sum := 0.0
		for i, h := range heights {
			if math.Abs(f.offset(i)-sum) > 1e-6 {
				t.Fatalf("offset(%d) = %v, want %v", i, f.offset(i), sum)
			}
			if h > 1 {
				for _, y := range []float64{sum + 0.01, sum + h/2, sum + h - 0.01} {
					if got := f.at(y); got != i {
						t.Fatalf("at(%v) = %d, want %d (rows %v)", y, got, i, heights)
					}
				}
			}
			sum += h
		}
		if math.Abs(f.total()-sum) > 1e-6 || f.len() != len(heights) {
			t.Fatalf("total %v of %d rows, want %v of %d", f.total(), f.len(), sum, len(heights))
		}
		if got, want := f.at(sum+1000), max(len(heights)-1, 0); got != want {
			t.Fatalf("below the end is row %d, want %d", got, want)
		}
		if got := f.at(-5); got != 0 {
			t.Fatalf("above the top is row %d", got)
		}
	})
}
