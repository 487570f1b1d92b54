package papers_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"shopbell/app/papers"
	"shopbell/app/records"
)

// FuzzTexts draws whatever stands in a record, in any language, on any sheet: no panic, a file that begins and ends as a PDF, the same twice.
func FuzzTexts(f *testing.F) {
	for i, s := range []string{
		"", "Nguyễn Thị Mai", "عبد (الرحمن) 12", "a\u0301\u0301\u0301", "👨‍👩‍👧‍👦", "\u202eabc\u2066", "\x00\xff\xfe", "ﷺﷺﷺ", "क्ष्म्य", "(((((((((", "\u200d\u200c\ufeff",
		strings.Repeat("الله", 300), "שלום (world) [שלום]", "\u200f", "a\u2028b\vc\fd", "ก็็็็", "\ufffd", "\u061c1\u061c", strings.Repeat("W", 2100),
	} {
		f.Add(s, []string{"-12.50", "1e9", ""}[i%3], []string{"ar", "vi"}[i%2], uint8(i))
	}
	f.Fuzz(func(t *testing.T, text, amount, lang string, size uint8) {
		if len(text) > 20000 || len(amount) > 100 || len(lang) > 100 {
			return
		}
		rows := order("F1", text, [][4]string{{text, amount, amount, amount}}, map[string]records.Value{
			"note": records.Text(text), "total": records.Amount(amount, "EUR"), "payment_link": records.Address(text), "reference": records.Text(text),
		})
		o := papers.Options{
			Language: lang, Size: []papers.Size{papers.A4, papers.Letter, papers.Roll}[size%3],
			Shop: papers.Shop{Name: text, Address: text, Texts: map[string]papers.Texts{"en": {Greeting: text, Terms: text, Footer: text, Bank: text}}},
		}
		src := source(append(rows, ticket(text)...)...)
		for _, r := range []records.Ref{ref("F1"), {Type: records.TypeTicket, ID: "t1"}} {
			var before []byte
			for range 2 {
				p, err := fonts(t).Draw(t.Context(), src, r, o)
				if err != nil {
					t.Fatal(err)
				}
				data, err := p.PDF()
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.HasSuffix(data, []byte("%%EOF\n")) || before != nil && !bytes.Equal(before, data) {
					t.Fatal("no PDF, or another one than before")
				}
				before = data
				if _, err := p.Image(0, 60); err != nil && o.Size != papers.Roll {
					t.Fatal(err)
				}
			}
		}
	})
}

// FuzzLogo reads any file as a logo: an error or a picture, never a panic or a picture without end.
func FuzzLogo(f *testing.F) {
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Add([]byte("\xff\xd8\xff\xe0"))
	var b bytes.Buffer
	if err := png.Encode(&b, noise()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		if l, err := papers.ReadLogo(data); (l == nil) != (err != nil) {
			t.Fatal(l, err)
		}
	})
}

// FuzzFont reads damaged fonts and draws with them: an error or a paper, never a panic.
func FuzzFont(f *testing.F) {
	f.Add([]byte("\x00\x01\x00\x00"), uint16(0), byte(0))
	f.Add([]byte(nil), uint16(7000), byte(0xff))
	f.Fuzz(func(t *testing.T, data []byte, at uint16, flip byte) {
		if len(data) == 0 {
			data = bytes.Clone(files(t, "Hebrew").Regular)
			data[int(at)%len(data)] ^= flip
		}
		broken, err := papers.NewFonts(papers.Font{Regular: data})
		if err != nil {
			return
		}
		if p, err := broken.Draw(t.Context(), source(order("F1", "שלום", nil, nil)...), ref("F1"), papers.Options{}); err == nil {
			_, _ = p.PDF()
			_, _ = p.Image(0, 60)
		}
	})
}
