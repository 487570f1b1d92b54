package papers_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/app/papers"
	"shopbell/app/records"
	"shopbell/app/records/samples"
)

const noto = "/usr/share/fonts/truetype/noto/NotoSans"

// files reads a family of Debian's fonts-noto-core.
func files(t testing.TB, script string) papers.Font {
	t.Helper()
	var f papers.Font
	for _, part := range []struct {
		to   *[]byte
		name string
	}{{&f.Regular, "Regular"}, {&f.Bold, "Bold"}} {
		data, err := os.ReadFile(noto + script + "-" + part.name + ".ttf")
		if err != nil {
			t.Fatalf("the tests need Debian's fonts-noto-core: %v", err)
		}
		*part.to = data
	}
	return f
}

var shared struct {
	once  sync.Once
	fonts *papers.Fonts
}

func fonts(t testing.TB) *papers.Fonts {
	t.Helper()
	shared.once.Do(func() {
		f, err := papers.NewFonts(files(t, ""), files(t, "Arabic"), files(t, "Hebrew"), files(t, "Thai"), files(t, "Devanagari"))
		if err != nil {
			t.Fatal(err)
		}
		shared.fonts = f
	})
	if shared.fonts == nil {
		t.Fatal("the fonts could not be read")
	}
	return shared.fonts
}

// source is a shop with some records of its own besides the examples.
func source(own ...records.Record) *records.Shop {
	return &records.Shop{Kept: records.NewMemory(own), Examples: samples.Store(), Types: records.Builtin()}
}

func exampleOf(t testing.TB, typ string) records.Ref {
	t.Helper()
	r, ok := samples.First(typ)
	if !ok {
		t.Fatalf("no example of %s", typ)
	}
	return r.Ref
}

func logo(t testing.TB, w, h int) *papers.Logo {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			dx, dy := float64(x)/float64(w)-0.5, float64(y)/float64(h)-0.5
			if dx*dx+dy*dy < 0.25 {
				img.SetNRGBA(x, y, color.NRGBA{uint8(200 * x / w), 90, uint8(200 * y / h), 255})
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	l, err := papers.ReadLogo(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func shop(t testing.TB) papers.Shop {
	return papers.Shop{
		Logo: logo(t, 300, 300), Main: papers.Colour{R: 31, G: 111, B: 92}, Second: papers.Colour{R: 233, G: 169, B: 60},
		Texts: map[string]papers.Texts{
			"en": {
				Greeting: "Thank you for your interest. Here is what we talked about.", Terms: "Goods stay ours until they are paid.\nReturns within 14 days.",
				Footer: "Lantern & Oak · registered in Madrid", Bank: "IBAN ES00 0000 0000 0000 0000 0000\nBIC EXAMPLEXX",
			},
			"vi": {Greeting: "Cảm ơn quý khách đã quan tâm. Dưới đây là những gì chúng ta đã trao đổi."},
			"ar": {Greeting: "شكراً لاهتمامكم. إليكم تفاصيل ما اتفقنا عليه.", Terms: "تبقى البضاعة ملكاً لنا حتى سداد ثمنها بالكامل.", Bank: "IBAN ES00 0000 0000 0000 0000 0000"},
		},
	}
}

func madrid() *time.Location { return time.FixedZone("CET", 3600) }

func draw(t testing.TB, src records.Source, ref records.Ref, o papers.Options) *papers.Paper {
	t.Helper()
	if o.Zone == nil {
		o.Zone = madrid()
	}
	p, err := fonts(t).Draw(context.Background(), src, ref, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// keep writes a paper to a folder that is looked at: the one SHOPBELL_PICTURES names, else a temporary one.
func keep(t testing.TB, name string, p *papers.Paper) string {
	t.Helper()
	data, err := p.PDF()
	if err != nil {
		t.Fatal(err)
	}
	dir := os.Getenv("SHOPBELL_PICTURES")
	if dir == "" {
		dir = t.TempDir()
	}
	path := filepath.Join(dir, name+".pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func poppler(t testing.TB, program string, args ...string) string {
	t.Helper()
	var out, bad bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = &out, &bad
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s (poppler-utils): %v %s", program, err, bad.String())
	}
	if bad.Len() > 0 {
		t.Fatalf("%s finds fault with the file: %s", program, bad.String())
	}
	return out.String()
}

var gaps = regexp.MustCompile(`[\s\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]+`)

// textOf is what can be copied out of a PDF, in reading order, single spaces between words.
func textOf(t testing.TB, path string) string {
	t.Helper()
	return strings.TrimSpace(gaps.ReplaceAllString(poppler(t, "pdftotext", "-layout", path, "-"), " "))
}

func says(t testing.TB, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, gaps.ReplaceAllString(w, " ")) {
			t.Errorf("the paper does not say %q:\n%s", w, text)
		}
	}
}

// order makes a quotation with lines of its own.
func order(number, who string, lines [][4]string, more map[string]records.Value) []records.Record {
	customer := records.Record{
		Ref: records.Ref{Type: records.TypeContact, ID: "c-" + number}, Title: who,
		Fields: map[string]records.Value{"name": records.Text(who), "language": records.Text("en")},
	}
	links := records.Relation()
	var out []records.Record
	for i, l := range lines {
		ref := records.Ref{Type: records.TypeQuotationLine, ID: fmt.Sprintf("%s-%d", number, i)}
		links.Links = append(links.Links, records.Link{Ref: ref, Title: l[0]})
		out = append(out, records.Record{Ref: ref, Title: l[0], Fields: map[string]records.Value{
			"product": records.Text(l[0]), "quantity": records.Number(l[1]), "price": records.Amount(l[2], "EUR"), "total": records.Amount(l[3], "EUR"),
		}})
	}
	rec := records.Record{Ref: records.Ref{Type: records.TypeQuotation, ID: number}, Title: number, Fields: map[string]records.Value{
		"number": records.Text(number), "customer": records.Relation(records.Link{Ref: customer.Ref, Title: who}), "lines": links,
	}}
	for k, v := range more {
		rec.Fields[k] = v
	}
	return append([]records.Record{rec, customer}, out...)
}

func TestEveryPaperSaysWhatItsRecordSays(t *testing.T) {
	src := source()
	for typ, wanted := range map[string][]string{
		records.TypeQuotation: {
			"Quotation S00022", "Lantern & Oak", "Calle del Mesón 18", "Tax number B00000000", "For", "Nguyễn Thị Mai", "12 Bạch Đằng", "Vietnam",
			"Date Nov 18, 2026", "Valid until Dec 18, 2026", "Reference PO-00022", "Thank you for your interest",
			"Silk lantern, 40 cm 120 pc. €187.00 €22,440.00", "Oak stand 60 pc. €120.00 €7,200.00", "Total €29,640.00", "Prices include delivery",
			"Pay online https://lantern-and-oak.example/pay/S00022", "IBAN ES00", "Returns within 14 days", "registered in Madrid", "1/1",
		},
		records.TypeInvoice:  {"Invoice F2026-0118", "Due date Dec 20, 2026", "State Open", "Amount due €29,640.00", "Order S00022"},
		records.TypePayment:  {"Payment receipt PAY-0071", "Paid by Bank transfer", "Invoice F2026-0118", "Amount €9,880.00"},
		records.TypeDelivery: {"Delivery slip OUT-0034", "Deliver to", "Carrier Correo Azul", "CA904417ES", "Silk lantern, 40 cm 120 pc.", "State On its way"},
		records.TypeReceipt:  {"Receipt R-1042", "Nov 21, 2026 5:42", "Paper lantern", "2 pc. × €28.00 €56.00", "Tax €14.93", "Total €86.00", "Paid by Card"},
		records.TypeTicket:   {"Ticket T-0311", "Lantern-making evening", "Price €35.00", "Bring an apron", "Taller Lavapiés", "Calle de Argumosa 3", "Lucía Fernández", "Seat B4", "7GK2-0311", "6:30"},
	} {
		t.Run(typ, func(t *testing.T) {
			p := draw(t, src, exampleOf(t, typ), papers.Options{Shop: shop(t), Language: "en"})
			if len(p.Missing) > 0 || p.Pages() != 1 {
				t.Errorf("%d pages, without %q", p.Pages(), p.Missing)
			}
			text := textOf(t, keep(t, typ, p))
			says(t, text, wanted...)
			if typ == records.TypeDelivery && strings.Contains(text, "€") {
				t.Errorf("a delivery slip has prices: %s", text)
			}
		})
	}
}
