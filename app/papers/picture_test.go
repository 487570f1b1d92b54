package papers_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"shopbell/app/papers"
	"shopbell/app/records"
)

// scan reads the QR code on a picture as a phone at the door does.
func scan(t *testing.T, img image.Image) string {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	got, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	if err != nil {
		t.Fatalf("the code cannot be read: %v", err)
	}
	return got.GetText()
}

// raster draws the first page of a PDF with poppler.
func raster(t *testing.T, path string) image.Image {
	t.Helper()
	to := filepath.Join(t.TempDir(), "page")
	poppler(t, "pdftoppm", "-r", "100", "-f", "1", "-l", "1", "-singlefile", "-png", path, to)
	data, err := os.ReadFile(to + ".png")
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func ticket(code string) []records.Record {
	return []records.Record{{Ref: records.Ref{Type: records.TypeTicket, ID: "t1"}, Title: "T1", Fields: map[string]records.Value{
		"number": records.Text("T-0999"), "code": records.Text(code), "attendee": records.Text("Oliver Bennett"),
	}}}
}

func TestTheCodeOfATicketReads(t *testing.T) {
	for _, size := range []papers.Size{papers.A4, papers.Letter, papers.Roll} {
		for name, code := range map[string]string{
			"short": "7GK2-0311", "digits": "00118003400", "link": "https://shop.example/t/7GK2?x=1&y=ü", "vietnamese": "Vé số 12 · Đà Nẵng",
			"long": strings.Repeat("0123456789ABCDEF", 20),
		} {
			if size != papers.A4 && name != "link" && name != "long" {
				continue
			}
			p := draw(t, source(ticket(code)...), records.Ref{Type: records.TypeTicket, ID: "t1"}, papers.Options{Shop: shop(t), Size: size})
			if got := scan(t, raster(t, keep(t, "code-"+string(size)+"-"+name, p))); got != code {
				t.Errorf("%s %s: the PDF reads %q, want %q", size, name, got, code)
			}
			img, err := p.Image(0, 800)
			if err != nil {
				t.Fatal(err)
			}
			if got := scan(t, img); got != code {
				t.Errorf("%s %s: the picture reads %q, want %q", size, name, got, code)
			}
		}
	}
	// Without a code the number is what the door reads; a text too long for any code leaves a ticket without one.
	p := draw(t, source(ticket("")...), records.Ref{Type: records.TypeTicket, ID: "t1"}, papers.Options{})
	if got := scan(t, raster(t, keep(t, "code-number", p))); got != "T-0999" {
		t.Errorf("read %q", got)
	}
	draw(t, source(ticket(strings.Repeat("long", 2000))...), records.Ref{Type: records.TypeTicket, ID: "t1"}, papers.Options{})
}

func TestAReceiptAsAPicture(t *testing.T) {
	p := draw(t, source(), exampleOf(t, records.TypeReceipt), papers.Options{Shop: shop(t)})
	doc, err := p.Picture(0)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("SHOPBELL_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "receipt-picture.png"), doc.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := png.Decode(bytes.NewReader(doc.Data))
	if err != nil || doc.Name != "R-1042.png" || doc.MIME != "image/png" || got.Bounds().Dx() != 720 || len(doc.Data) > 5<<20 {
		t.Fatalf("%s %s, %v, %d bytes, %v", doc.Name, doc.MIME, got.Bounds(), len(doc.Data), err)
	}
	again, err := draw(t, source(), exampleOf(t, records.TypeReceipt), papers.Options{Shop: shop(t)}).Picture(0)
	if err != nil || !bytes.Equal(again.Data, doc.Data) {
		t.Errorf("the same receipt gave another picture (%v)", err)
	}
	// What we draw is what poppler draws from the PDF: dark and light in the same places.
	theirs := raster(t, keep(t, "receipt-both", p))
	ours, err := p.Image(0, theirs.Bounds().Dx())
	if err != nil {
		t.Fatal(err)
	}
	if far := apart(ours, theirs); far > 0.02 {
		t.Errorf("the picture and the PDF differ by %.1f %%", 100*far)
	}
	blank := image.NewRGBA(theirs.Bounds())
	for i := range blank.Pix {
		blank.Pix[i] = 255
	}
	if far := apart(blank, theirs); far < 0.04 {
		t.Errorf("the measure is blind: an empty sheet differs by %.1f %% only", 100*far)
	}
}

// apart is how much two pictures differ: 0 when squares of 4 pixels are equally dark everywhere, 1 when each is black where the other is white.
func apart(a, b image.Image) float64 {
	w, h := min(a.Bounds().Dx(), b.Bounds().Dx())/4, min(a.Bounds().Dy(), b.Bounds().Dy())/4
	dark := func(m image.Image, x, y int) float64 {
		sum := 0.0
		for j := range 4 {
			for i := range 4 {
				r, g, b, _ := m.At(m.Bounds().Min.X+4*x+i, m.Bounds().Min.Y+4*y+j).RGBA()
				sum += float64(r+g+b) / 3 / 65535
			}
		}
		return sum / 16
	}
	sum := 0.0
	for y := range h {
		for x := range w {
			d := dark(a, x, y) - dark(b, x, y)
			sum += max(d, -d)
		}
	}
	return sum / float64(w*h)
}

func TestPicturesThatCannotBe(t *testing.T) {
	p := draw(t, source(order("S60", "Oliver Bennett", many(60), nil)...), ref("S60"), papers.Options{})
	_, err := p.Picture(0)
	wantInvalid(t, err)
	if _, err := p.Image(p.Pages(), 100); err == nil {
		t.Error("a page behind the last was drawn")
	}
	if _, err := p.Image(0, 100_000); err == nil {
		t.Error("a picture of ten thousand million pixels was drawn")
	}
	// On a roll sixty lines are one sheet, and a picture of it can be sent.
	p = draw(t, source(order("S60", "Oliver Bennett", many(60), nil)...), ref("S60"), papers.Options{Size: papers.Roll})
	if doc, err := p.Picture(0); err != nil || p.Pages() != 1 || len(doc.Data) > 5<<20 {
		t.Errorf("%d pages, %d bytes, %v", p.Pages(), len(doc.Data), err)
	}
}

// Ten thousand papers are drawn by several at once, while others look at them; each is the same as when drawn alone.
func TestSeveralDrawAtOnce(t *testing.T) {
	src, s := source(), shop(t)
	types := []string{records.TypeQuotation, records.TypeInvoice, records.TypeReceipt, records.TypeTicket}
	alone := map[string][]byte{}
	for _, typ := range types {
		data, err := draw(t, src, exampleOf(t, typ), papers.Options{Shop: s}).PDF()
		if err != nil {
			t.Fatal(err)
		}
		alone[typ] = data
	}
	shared := draw(t, src, exampleOf(t, records.TypeReceipt), papers.Options{Shop: s})
	f := fonts(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			typ := types[i%len(types)]
			p, err := f.Draw(context.Background(), src, exampleOf(t, typ), papers.Options{Shop: s, Zone: madrid()})
			if err != nil {
				t.Error(err)
				return
			}
			if data, err := p.PDF(); err != nil || !bytes.Equal(data, alone[typ]) {
				t.Errorf("%s: another file than alone (%v)", typ, err)
			}
			if _, err := shared.Image(0, 200); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestDrawingCanBeStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := fonts(t).Draw(ctx, source(), exampleOf(t, records.TypeInvoice), papers.Options{}); err == nil {
		t.Error("drawn though nobody waits")
	}
}
