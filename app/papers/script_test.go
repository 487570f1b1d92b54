package papers_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"shopbell/app/papers"
	"shopbell/app/records"
)

func TestThePaperSpeaksTheCustomersLanguage(t *testing.T) {
	src := source()
	p := draw(t, src, exampleOf(t, records.TypeQuotation), papers.Options{Shop: shop(t)})
	if p.Language != "vi" {
		t.Errorf("Mai's paper is in %q", p.Language)
	}
	says(t, norm.NFC.String(textOf(t, keep(t, "vietnamese", p))),
		"Báo giá S00022", "Khách hàng", "Nguyễn Thị Mai", "Đà Nẵng", "Việt Nam", "Có hiệu lực đến", "Tổng cộng 29.640,00 €", "Cảm ơn quý khách đã quan tâm",
		"Điều khoản", "Goods stay ours", "Thông tin chuyển khoản")
	for lang, want := range map[string]string{
		"es": "Presupuesto S00022", "es_MX": "Presupuesto S00022", "pt_BR": "Orçamento S00022", "fr": "Devis S00022", "de": "Quotation S00022", "xx": "Quotation S00022",
	} {
		p := draw(t, src, exampleOf(t, records.TypeQuotation), papers.Options{Shop: shop(t), Language: lang})
		says(t, textOf(t, keep(t, "lang-"+lang, p)), want)
	}
}

func TestArabicIsShapedAndOrdered(t *testing.T) {
	rows := order("A1", "عبد الرحمن الخطيب", [][4]string{{"فانوس حرير ٤٠ سم", "12", "187.00", "2244.00"}, {"Oak stand (خشب البلوط) 60 cm", "1", "120.00", "120.00"}},
		map[string]records.Value{"total": records.Amount("2364.00", "SAR"), "note": records.Text("السعر يشمل التوصيل إلى Riyadh خلال 5 أيام.\nلا شيء آخر.")})
	p := draw(t, source(rows...), ref("A1"), papers.Options{Shop: shop(t), Language: "ar"})
	if len(p.Missing) > 0 {
		t.Errorf("missing %q", p.Missing)
	}
	text := norm.NFKC.String(textOf(t, keep(t, "arabic", p)))
	says(t, text, "عرض سعر", "عبد الرحمن الخطيب", "فانوس حرير", "السعر يشمل التوصيل", "لا شيء آخر", "الإجمالي", "شكراً لاهتمامكم", "خشب البلوط")

	// The same name in an English paper.
	p = draw(t, source(rows...), ref("A1"), papers.Options{Shop: shop(t), Language: "en"})
	path := keep(t, "arabic-en", p)
	says(t, norm.NFKC.String(textOf(t, path)), "عبد الرحمن الخطيب", "Quotation A1")

	// With -bbox poppler gives the letters from left to right as they are drawn: brackets stand on their own sides, numbers are not turned.
	var drawn []string
	for _, m := range regexp.MustCompile(`>([^<>]+)</word>`).FindAllStringSubmatch(poppler(t, "pdftotext", "-bbox", path, "-"), -1) {
		drawn = append(drawn, m[1])
	}
	backwards := func(s string) string { r := []rune(s); slices.Reverse(r); return string(r) }
	says(t, strings.Join(drawn, " "), "Oak stand ("+backwards("خشب البلوط")+") 60 cm", backwards("سم")+" ٤٠ "+backwards("فانوس حرير"),
		backwards("أيام.")+" 5 "+backwards("خلال")+" Riyadh "+backwards("إلى"))
}

func TestOtherScripts(t *testing.T) {
	rows := order("W1", "ณัฐวุฒิ ใจดี", [][4]string{
		{"दीपक की रेशमी लालटेन किताब", "1", "1.00", "1.00"}, {"מנורת משי לבנה", "2", "1.00", "2.00"}, {"Ελληνικά, Кириллица, Tiếng Việt ậ", "3", "1.00", "3.00"},
	}, nil)
	p := draw(t, source(rows...), ref("W1"), papers.Options{Shop: shop(t)})
	if len(p.Missing) > 0 {
		t.Errorf("missing %q", p.Missing)
	}
	says(t, textOf(t, keep(t, "scripts", p)), "ณัฐวุฒิ", "ใจดี", "दीपक की रेशमी लालटेन किताब", "מנורת משי לבנה", "Ελληνικά, Кириллица, Tiếng Việt ậ")
}

func TestMissingLettersAreReported(t *testing.T) {
	rows := order("M1", "王小明 🙂", [][4]string{{"Lantern ❤️ 灯笼", "1", "1.00", "1.00"}}, nil)
	p := draw(t, source(rows...), ref("M1"), papers.Options{})
	for _, r := range "王小明🙂灯笼" {
		if !slices.Contains(p.Missing, r) {
			t.Errorf("%c is not reported: %q", r, p.Missing)
		}
	}
	text := textOf(t, keep(t, "missing", p))
	says(t, text, "\uFFFD\uFFFD\uFFFD")
	if strings.ContainsAny(text, "王🙂") {
		t.Errorf("letters without a shape: %s", text)
	}
}

func TestFontsBehindAreReadOnceWhenTheyAreNeeded(t *testing.T) {
	f, err := papers.NewFonts(files(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	f.Behind(func() []papers.Font {
		calls++
		return []papers.Font{{Regular: []byte("no font")}, files(t, "Arabic")}
	})
	rows := append(order("B1", "Oliver", nil, nil), order("B2", "خالد", nil, nil)...)
	rows = append(rows, order("B3", "王", nil, nil)...)
	for i, number := range []string{"B1", "B2", "B3", "B3"} {
		p, err := f.Draw(t.Context(), source(rows...), ref(number), papers.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if (i > 0) != (calls == 1) || (number == "B3") != (len(p.Missing) == 1) {
			t.Errorf("%s: asked %d times, missing %q", number, calls, p.Missing)
		}
	}
}

// Fonts whose outlines are PostScript curves, as most Chinese ones are, are drawn into the file, and their text can be copied all the same.
func TestPostScriptOutlines(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/image").Output()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "font", "testdata", "CFFTest.otf"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := papers.NewFonts(files(t, ""), papers.Font{Regular: data})
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Draw(t.Context(), source(order("CN", "Wang 中中 Ltd", nil, nil)...), ref("CN"), papers.Options{})
	if err != nil || len(p.Missing) > 0 {
		t.Fatalf("%v, missing %q", err, p.Missing)
	}
	path := keep(t, "postscript", p)
	says(t, textOf(t, path), "Wang 中中 Ltd")
	// The space behind them is not in their font; it must not become the box of a letter that is not there.
	bare, err := f.Draw(t.Context(), source(order("CN", "中中Ltd", nil, nil)...), ref("CN"), papers.Options{Size: papers.Roll})
	if err != nil {
		t.Fatal(err)
	}
	spaced, err := f.Draw(t.Context(), source(order("CN", "中中 Ltd", nil, nil)...), ref("CN"), papers.Options{Size: papers.Roll})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := dark(t, bare), dark(t, spaced); a == 0 || b > a+20 {
		t.Errorf("ink %.0f without, %.0f with a space", a, b)
	}
	if fonts := poppler(t, "pdffonts", path); !strings.Contains(fonts, "Type 3") || !strings.Contains(fonts, "CID TrueType") {
		t.Error(fonts)
	}
}

func TestSystemFontsFillWhatIsMissing(t *testing.T) {
	f, err := papers.NewFonts(files(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	f.Behind(func() []papers.Font { return papers.SystemFonts(os.ReadFile) })
	p, err := f.Draw(t.Context(), source(order("BN", "মীনা বেগম", nil, nil)...), ref("BN"), papers.Options{})
	if err != nil || len(p.Missing) > 0 {
		t.Fatalf("%v, missing %q", err, p.Missing)
	}
	says(t, textOf(t, keep(t, "bengali", p)), "মীনা বেগম")
}

// dark is how much ink the first page has.
func dark(t *testing.T, p *papers.Paper) float64 {
	t.Helper()
	img, err := p.Image(0, 600)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, _, _, _ := img.At(x, y).RGBA()
			sum += 1 - float64(r)/65535
		}
	}
	return sum
}
