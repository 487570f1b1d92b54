package papers_test

import (
	"bytes"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
	"testing"

	"shopbell/app"
	"shopbell/app/papers"
	"shopbell/app/records"
)

func wantInvalid(t *testing.T, err error) {
	t.Helper()
	var e *app.Error
	if !errors.As(err, &e) || e.Code != app.CodeInvalid || e.Mend == "" {
		t.Errorf("got %v, want an app.Error that says what to do", err)
	}
}

// bomb is a PNG of a few bytes that says it has w × h pixels.
func bomb(t *testing.T, w, h uint32) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	for i, v := range []uint32{w, h} {
		for j := range 4 {
			data[16+4*i+j] = byte(v >> (24 - 8*j))
		}
	}
	sum := crc32.ChecksumIEEE(data[12:29])
	for j := range 4 {
		data[29+j] = byte(sum >> (24 - 8*j))
	}
	return data
}

func TestLogosThatAreRefused(t *testing.T) {
	large := append(bomb(t, 10, 10), make([]byte, 50<<20)...)
	for name, data := range map[string][]byte{
		"50 MB": large, "bomb": bomb(t, 60000, 60000), "overflow": bomb(t, 1<<31-1, 1<<31-1), "cut": bomb(t, 400, 400), "nothing": nil,
		"svg": []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "gif": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
	} {
		l, err := papers.ReadLogo(data)
		if l != nil {
			t.Errorf("%s was taken", name)
		}
		wantInvalid(t, err)
	}
}

// A large photograph becomes a small part of the file, and its shape is kept however long it is.
func TestHugeLogosAreMadeSmall(t *testing.T) {
	photo := image.NewRGBA(image.Rect(0, 0, 1500, 1000))
	noise := rand.New(rand.NewPCG(1, 2))
	for i := range photo.Pix {
		photo.Pix[i] = byte(noise.Uint32())
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, photo, &jpeg.Options{Quality: 50}); err != nil {
		t.Fatal(err)
	}
	big, err := papers.ReadLogo(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for name, l := range map[string]*papers.Logo{"photo": big, "wide": logo(t, 2000, 20), "high": logo(t, 5, 2000), "dot": logo(t, 1, 1)} {
		s := shop(t)
		s.Logo = l
		p := draw(t, source(), exampleOf(t, records.TypeInvoice), papers.Options{Shop: s, Language: "en"})
		path := keep(t, "logo-"+name, p)
		says(t, textOf(t, path), "Invoice F2026-0118", "Amount due €29,640.00")
		inside(t, path)
		data, err := p.PDF()
		if err != nil || len(data) > 300<<10 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
	}
}

func TestAPaperIsSmallAndAlwaysTheSame(t *testing.T) {
	s := shop(t)
	s.Logo = nil
	var before []byte
	for range 3 {
		data, err := draw(t, source(), exampleOf(t, records.TypeQuotation), papers.Options{Shop: s}).PDF()
		if err != nil {
			t.Fatal(err)
		}
		if before != nil && !bytes.Equal(before, data) {
			t.Fatal("the same record gave another file")
		}
		before = data
	}
	if len(before) > 40<<10 {
		t.Errorf("a page has %d bytes", len(before))
	}
	fresh, err := papers.NewFonts(files(t, ""), files(t, "Arabic"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := fresh.Draw(t.Context(), source(), exampleOf(t, records.TypeQuotation), papers.Options{Shop: s, Zone: madrid()})
	if err != nil {
		t.Fatal(err)
	}
	if data, err := p.PDF(); err != nil || !bytes.Equal(before, data) {
		t.Errorf("fonts read again give another file (%v)", err)
	}
}

func TestRecordsWithoutPapers(t *testing.T) {
	_, err := fonts(t).Draw(t.Context(), source(), exampleOf(t, records.TypeContact), papers.Options{})
	wantInvalid(t, err)
	_, err = fonts(t).Draw(t.Context(), source(), ref("nobody"), papers.Options{})
	if !errors.Is(err, app.ErrNotFound) {
		t.Errorf("a record that is gone gives %v", err)
	}
	var drawn []string
	for _, typ := range records.Builtin().Types() {
		if papers.Drawable(typ.Name) {
			drawn = append(drawn, typ.Name)
		}
	}
	if !slices.Equal(drawn, []string{records.TypeQuotation, records.TypeInvoice, records.TypePayment, records.TypeDelivery, records.TypeReceipt, records.TypeTicket}) {
		t.Errorf("papers for %v", drawn)
	}
}

func TestColours(t *testing.T) {
	c, err := papers.ParseColour(" #1f6F5c ")
	if err != nil || c.String() != "#1F6F5C" {
		t.Errorf("%v, %v", c, err)
	}
	for _, s := range []string{"", "#12345", "red", "#1234567", "#12345g"} {
		_, err := papers.ParseColour(s)
		wantInvalid(t, err)
	}
}

func noise() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 9, 7))
	r := rand.New(rand.NewPCG(3, 4))
	for i := range img.Pix {
		img.Pix[i] = byte(r.Uint32())
	}
	return img
}
