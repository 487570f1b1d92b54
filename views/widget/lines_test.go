package widget

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"shopbell/views/theme"
)

// checkLines holds what is true of every breaking: the lines are the text, none is too wide, none begins inside a
// grapheme cluster.
func checkLines(t rapid.TB, s styled, size, max float32) {
	lines := breakLines(s, size, max)
	if len(lines) == 0 {
		t.Fatalf("no line for %q", s.text)
	}
	var joined strings.Builder
	at := 0
	for i, l := range lines {
		if l.start != at || l.shown < l.start || l.end < l.shown {
			t.Fatalf("line %d of %q is %+v, the one before ended at %d", i, s.text, l, at)
		}
		at = l.end
		joined.WriteString(s.text[l.start:l.end])
		shown := s.text[l.start:l.shown]
		if strings.ContainsRune(shown, '\n') || strings.Trim(s.text[l.shown:l.end], " \n") != "" {
			t.Fatalf("line %d of %q shows %q and hides %q", i, s.text, shown, s.text[l.shown:l.end])
		}
		if l.width > max+0.01 && uniseg.GraphemeClusterCount(shown) > 1 {
			t.Fatalf("line %d %q is %.2f wide of %.2f", i, shown, l.width, max)
		}
		// What is drawn is shaped as a whole; it may differ from the sum of its words by little. (Where a script
		// comes from another font, its spaces may too; the padding of a bubble takes that up.)
		latin := strings.IndexFunc(shown, func(r rune) bool { return r > 0x24F && !(r >= 0x1E00 && r <= 0x1EFF) }) < 0
		if whole := fyne.MeasureText(shown, size, plain).Width; latin && len(s.spans) == 1 && whole > l.width*1.02+2 {
			t.Fatalf("line %d %q is drawn %.2f wide, the breaker thinks %.2f", i, shown, whole, l.width)
		}
	}
	if joined.String() != s.text {
		t.Fatalf("the lines of %q are %q", s.text, joined.String())
	}
	ends := map[int]bool{0: true}
	for _, e := range clusterEnds(s.text) {
		ends[e] = true
	}
	for _, l := range lines {
		if !ends[l.start] {
			t.Fatalf("%q is broken inside a cluster at %d", s.text, l.start)
		}
	}
}

func TestBreakLinesProperties(t *testing.T) {
	newApp(t)
	word := rapid.OneOf(
		rapid.StringMatching(`[a-z]{1,12}`),
		rapid.SampledFrom([]string{"Nguyễn", "Đà", "được", "https://a.example/very/long/path?with=query&and=more-of-it", "سارة", "الحداد", "👨‍👩‍👧‍👦", "👍🏽", "🇻🇳", "工作室照片", "\u0600ᄀ", "e\u0301\u0323", "x-y", " ", "  ", "\n", "\n\n", strings.Repeat("w", 60)}),
		rapid.String(),
	)
	rapid.Check(t, func(rt *rapid.T) {
		text := clean(strings.Join(rapid.SliceOfN(word, 0, 20).Draw(rt, "words"), rapid.SampledFrom([]string{" ", ""}).Draw(rt, "sep")))
		max := rapid.Float32Range(20, 500).Draw(rt, "max")
		checkLines(rt, unstyled(text), 14, max)
		checkLines(rt, parse(text), 14, max)
	})
}

func FuzzBreakLines(f *testing.F) {
	newApp(f)
	f.Add("Last of a group, and long enough to take a second line", float32(120))
	f.Add("a\nb\n\n c  ", float32(30))
	f.Add("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", float32(20))
	f.Add("*bold*italic", float32(40))
	f.Fuzz(func(t *testing.T, text string, max float32) {
		if !(max >= 20 && max <= 2000) || len(text) > 2000 {
			t.Skip()
		}
		text = clean(text)
		if !utf8.ValidString(text) {
			t.Fatalf("clean left invalid text %q", text)
		}
		checkLines(t, unstyled(text), 14, max)
		checkLines(t, parse(text), 14, max)
	})
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                  "plain",
		"a\r\nb\rc":              "a\nb\nc",
		"a\x00b\x1bc":            "abc",
		"pay \u202e05\u202c now": "pay 05 now",
		"\u2066x\u2069":          "x",
		"tab\there":              "tab    here",
		"bad\xffbyte":            "bad\ufffdbyte",
		"Z\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301": "Z\u0301\u0301\u0301\u0301\u0301\u0301",
		"👩‍👧 🇻🇳 ❤️":                                         "👩‍👧 🇻🇳 ❤️",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := clean(strings.Repeat("é", maxShown)); len(got) > maxShown+len(ellipsis) || !utf8.ValidString(got) {
		t.Errorf("a long text is cut to %d bytes", len(got))
	}
}

func TestFit(t *testing.T) {
	newApp(t)
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.String().Draw(rt, "s")
		max := rapid.Float32Range(12, 300).Draw(rt, "max")
		got := fit(s, theme.TypeBody, plain, max)
		if w := fyne.MeasureText(got, theme.TypeBody.Size, plain).Width; got != ellipsis && w > max+0.01 {
			rt.Fatalf("fit(%q, %.1f) = %q, %.1f wide", s, max, got, w)
		}
		if strings.ContainsAny(got, "\n\r\t") {
			rt.Fatalf("fit(%q) = %q has more than one line", s, got)
		}
	})
	if got := fit("Maximiliana Konstantinopoulou-Bartholomew", theme.TypeBody, bold, 120); !strings.HasPrefix(got, "Maximiliana") || !strings.HasSuffix(got, ellipsis) {
		t.Errorf("a long name is shown as %q", got)
	}
}

func TestRunsOfRightToLeftLines(t *testing.T) {
	newApp(t)
	s := unstyled("السعر S00029 بقيمة")
	l := breakLines(s, 15, 500)
	if len(l) != 1 {
		t.Fatalf("%d lines", len(l))
	}
	runs := s.runs(l[0], 15, true)
	var words []string
	x := l[0].width
	for _, r := range runs {
		if r.x+r.width > x+0.5 {
			t.Errorf("%q ends at %v, right of %v", r.text, r.x+r.width, x)
		}
		x = r.x
		if strings.TrimSpace(r.text) != "" {
			words = append(words, r.text)
		}
	}
	if strings.Join(words, "|") != "السعر|S00029|بقيمة" || x < -0.5 {
		t.Errorf("words %q down to %v", words, x)
	}
}

func TestDirection(t *testing.T) {
	for in, want := range map[string]string{
		"plain text.":         "plain text.",
		"المكتب.":             ".المكتب",
		"هل يصل الطلب…":       "…هل يصل الطلب",
		"السعر 7,350.00 جاهز": "جاهز 7,350.00 السعر",
		"(المكتب)":            "(المكتب)",
		"مرحبا، متى تفتحون؟":  "مرحبا، متى تفتحون؟", // all of it from one font: Fyne turns it round by itself
	} {
		if got := strings.ReplaceAll(drawn(in), leftToRight, ""); got != want {
			t.Errorf("drawn(%q) = %q, want %q", in, got, want)
		}
	}
	if got := drawn("שלום, מתי"); got != "מתי"+leftToRight+" "+leftToRight+",שלום" {
		t.Errorf("%q: the space would go to the other side of its word", got)
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"سارة", " ", ".", "a b", "12", "(", "\u0301", "€", "…"})).Draw(rt, "s"), "")
		if got := strings.ReplaceAll(drawn(s), leftToRight, ""); len(got) != len(s) {
			rt.Fatalf("drawn(%q) = %q", s, got)
		}
	})
}

func BenchmarkBreakLines(b *testing.B) {
	newApp(b)
	text := strings.TrimSpace(strings.Repeat("Hello Mai, here is the quotation for your walnut ", 5))
	s := unstyled(text)
	b.Run("words40", func(b *testing.B) {
		for b.Loop() {
			breakLines(s, 14, 300)
		}
	})
	vi := unstyled(strings.TrimSpace(strings.Repeat("Dạ được ạ! Shop có thể giao tận nhà ", 5)))
	b.Run("vietnamese40", func(b *testing.B) {
		for b.Loop() {
			breakLines(vi, 14, 300)
		}
	})
}
