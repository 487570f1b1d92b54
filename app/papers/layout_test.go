package papers_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"shopbell/app/papers"
	"shopbell/app/records"
)

func ref(number string) records.Ref {
	return records.Ref{Type: records.TypeQuotation, ID: number}
}

func many(n int) [][4]string {
	var out [][4]string
	for i := range n {
		out = append(out, [4]string{fmt.Sprintf("Lantern model %03d", i+1), "2", "10.00", "20.00"})
	}
	return out
}

// pagesOf gives the text of each page of a file.
func pagesOf(t *testing.T, path string, n int) []string {
	t.Helper()
	var out []string
	for i := 1; i <= n; i++ {
		page := fmt.Sprint(i)
		out = append(out, strings.TrimSpace(gaps.ReplaceAllString(poppler(t, "pdftotext", "-layout", "-f", page, "-l", page, path, "-"), " ")))
	}
	return out
}

func TestSixtyLinesCarryTheirHeadOverPages(t *testing.T) {
	for _, size := range []papers.Size{papers.A4, papers.Letter} {
		src := source(order("S60", "Oliver Bennett", many(60), map[string]records.Value{"total": records.Amount("1200.00", "EUR")})...)
		p := draw(t, src, ref("S60"), papers.Options{Shop: shop(t), Size: size})
		if p.Pages() < 2 {
			t.Fatalf("%d pages", p.Pages())
		}
		pages := pagesOf(t, keep(t, "sixty-"+string(size), p), p.Pages())
		for i, text := range pages {
			says(t, text, fmt.Sprintf("%d/%d", i+1, len(pages)), "registered in Madrid")
			if strings.Contains(text, "Lantern model") {
				says(t, text, "Description Quantity Unit price Amount")
			}
			if i > 0 {
				says(t, text, "Quotation S60")
			}
		}
		all := strings.Join(pages, " ")
		for i := range 60 {
			if n := strings.Count(all, fmt.Sprintf("Lantern model %03d", i+1)); n != 1 {
				t.Errorf("%s: line %d stands there %d times", size, i+1, n)
			}
		}
		says(t, pages[len(pages)-1], "Total €1,200.00")
	}
}

// A line that is longer than a sheet goes on over as many as it needs, and none of it is lost.
func TestALineLongerThanASheetIsDivided(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "word%04d ", i)
	}
	rows := order("LONG", "Oliver Bennett", [][4]string{{b.String(), "1", "5.00", "5.00"}, {"After it", "1", "5.00", "5.00"}}, nil)
	p := draw(t, source(rows...), ref("LONG"), papers.Options{Shop: shop(t)})
	text := textOf(t, keep(t, "longline", p))
	if p.Pages() < 4 {
		t.Errorf("only %d pages", p.Pages())
	}
	if found := regexp.MustCompile(`word\d{4}`).FindAllString(text, -1); len(found) != 3000 {
		t.Errorf("%d of 3000 words are there", len(found))
	}
	says(t, text, "After it", "word2999")
}

func TestAPaperWithoutEndIsRefused(t *testing.T) {
	rows := order("BOOK", "Oliver Bennett", [][4]string{{strings.Repeat("x\n", 11500), "1", "5.00", "5.00"}}, nil)
	rows = append(rows, order("NOTE", "Oliver Bennett", nil, map[string]records.Value{"note": records.Text(strings.Repeat("x\n", 2_000_000))})...)
	for number, size := range map[string]papers.Size{"BOOK": papers.A4, "NOTE": papers.Roll} {
		_, err := fonts(t).Draw(t.Context(), source(rows...), ref(number), papers.Options{Size: size})
		wantInvalid(t, err)
	}
}

func TestLongNamesStayOnTheSheet(t *testing.T) {
	name := strings.Repeat("Wolfeschlegelsteinhausenbergerdorff", 6) + " " + strings.Repeat("von und zu ", 20)
	s := shop(t)
	s.Logo, s.Name = nil, "Lantern, Oak, Brass, Paper, Silk & "+strings.Repeat("Companions ", 6)
	s.Address = strings.Repeat("A street with a very long name indeed that goes on ", 3) + "\nMadrid"
	rows := order("NAMES", name, [][4]string{
		{strings.Repeat("Donaudampfschifffahrtsgesellschaft", 5), "1000000.125", "123456789012.99", "99999999999999999.99"}, {"Short", "1", "1", "1"},
	}, map[string]records.Value{
		"total": records.Amount("99999999999999999.99", "EUR"), "reference": records.Text(strings.Repeat("R", 300)), "date": records.Date(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)),
	})
	for _, size := range []papers.Size{papers.A4, papers.Roll} {
		p := draw(t, source(rows...), ref("NAMES"), papers.Options{Shop: s, Size: size})
		path := keep(t, "names-"+string(size), p)
		says(t, textOf(t, path), "Wolfeschlegelsteinhausen", "Short")
		inside(t, path)
	}
}

var place = regexp.MustCompile(`<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">`)

// inside checks with poppler that every word lies on its page.
func inside(t *testing.T, path string) {
	t.Helper()
	out := poppler(t, "pdftotext", "-bbox", path, "-")
	var w, h float64
	for line := range strings.SplitSeq(out, "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "<page") {
			if _, err := fmt.Sscanf(line, `<page width="%f" height="%f">`, &w, &h); err != nil {
				t.Fatal(err, line)
			}
		}
		m := place.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		var x0, y0, x1, y1 float64
		if _, err := fmt.Sscan(m[1]+" "+m[2]+" "+m[3]+" "+m[4], &x0, &y0, &x1, &y1); err != nil {
			t.Fatal(err)
		}
		if x0 < 0 || y0 < 0 || x1 > w+0.5 || y1 > h+0.5 {
			t.Errorf("%s lies outside its page of %.0f × %.0f", line, w, h)
		}
	}
	if w == 0 {
		t.Error("no page found")
	}
}

func TestNothingButANumber(t *testing.T) {
	bare := records.Record{Ref: ref("BARE"), Title: "BARE", Fields: map[string]records.Value{}}
	for _, size := range []papers.Size{papers.A4, papers.Roll} {
		p := draw(t, source(bare), ref("BARE"), papers.Options{Size: size})
		text := textOf(t, keep(t, "bare-"+string(size), p))
		says(t, text, "Quotation")
		if strings.Contains(text, "Total") || strings.Contains(text, "Description") || p.Name != "BARE" || p.Pages() != 1 {
			t.Errorf("%q, %d pages: %s", p.Name, p.Pages(), text)
		}
	}
}

func TestNegativeAmountsAndNoLines(t *testing.T) {
	rows := order("CREDIT", "Oliver Bennett", nil, map[string]records.Value{
		"subtotal": records.Amount("-100.00", "EUR"), "tax": records.Amount("-21.00", "EUR"), "total": records.Amount("-121.00", "EUR"),
	})
	p := draw(t, source(rows...), ref("CREDIT"), papers.Options{Shop: shop(t)})
	text := textOf(t, keep(t, "negative", p))
	says(t, text, "-€121.00", "-€21.00")
	if strings.Contains(text, "Description") {
		t.Errorf("a table without lines: %s", text)
	}
}

// Whatever the shop chose, its words can be read: a pale first colour is darkened for letters and has dark letters on it.
func TestPaleColours(t *testing.T) {
	s := shop(t)
	s.Main, s.Second = papers.Colour{R: 255, G: 240, B: 120}, papers.Colour{R: 10, G: 10, B: 10}
	keep(t, "pale", draw(t, source(), exampleOf(t, records.TypeQuotation), papers.Options{Shop: s, Language: "en"}))
}
