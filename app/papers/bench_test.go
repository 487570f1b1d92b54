package papers_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"testing"
	"time"

	"shopbell/app/papers"
	"shopbell/app/records"
)

var streams = regexp.MustCompile(`(?s)/FlateDecode/Length \d+>>\nstream\n(.*?)\nendstream`)

// unpacked are the streams of a PDF as they were before they were compressed.
func unpacked(b *testing.B, pdf []byte) [][]byte {
	b.Helper()
	var out [][]byte
	for _, m := range streams.FindAllSubmatch(pdf, -1) {
		z, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			b.Fatal(err)
		}
		data, err := io.ReadAll(z)
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, data)
	}
	return out
}

// BenchmarkPaper draws papers one after the other, as a broadcast does. The ratio says how many times as long it takes as only compressing what
// the file holds, which no way of making it can save.
func BenchmarkPaper(b *testing.B) {
	src := source(order("S60", "Nguyễn Thị Mai", many(60), map[string]records.Value{"total": records.Amount("1200.00", "EUR")})...)
	for name, r := range map[string]records.Ref{
		"quotation": exampleOf(b, records.TypeQuotation), "ticket": exampleOf(b, records.TypeTicket), "receipt": exampleOf(b, records.TypeReceipt), "sixty": ref("S60"),
	} {
		b.Run(name, func(b *testing.B) {
			s := shop(b)
			var data []byte
			pages := 0
			for b.Loop() {
				p := draw(b, src, r, papers.Options{Shop: s})
				var err error
				if data, err = p.PDF(); err != nil {
					b.Fatal(err)
				}
				pages = p.Pages()
			}
			took := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
			plain := unpacked(b, data)
			start := time.Now()
			const rounds = 40
			z := zlib.NewWriter(nil)
			for range rounds {
				for _, s := range plain {
					z.Reset(io.Discard)
					if _, err := z.Write(s); err != nil || z.Close() != nil {
						b.Fatal(err)
					}
				}
			}
			least := float64(time.Since(start).Nanoseconds()) / rounds
			b.ReportMetric(took/1e6/float64(pages), "ms/page")
			b.ReportMetric(took/least, "times-compressing")
			b.ReportMetric(float64(len(data))/1024, "KiB")
		})
	}
}
