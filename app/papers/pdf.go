package papers

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
)

// writer makes a PDF file (PDF 32000-1:2008). The same paper always gives the same bytes: nothing of the clock or of the machine is in it.
type writer struct {
	out   bytes.Buffer
	at    []int // where each object begins; object n is at[n-1]
	fonts pdfFonts
	image map[*Logo]int
	order []*Logo
}

// The objects whose numbers are known before they are written.
const (
	catalogObject = iota + 1
	pagesObject
	resourcesObject
	infoObject
	firstFree
)

// writePDF writes pages to a PDF. lang is the language of the text and title what a reader shows in its frame.
func writePDF(pages []*page, title, lang string) ([]byte, error) {
	w := &writer{at: make([]int, firstFree-1), image: map[*Logo]int{}}
	w.fonts.index = map[*cut]*pdfFont{}
	w.out.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	var kids []string
	for _, p := range pages {
		kids = append(kids, reference(w.page(p)))
	}
	resources, err := w.resources()
	if err != nil {
		return nil, err
	}
	w.object(resourcesObject, resources)
	w.object(pagesObject, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(kids), strings.Join(kids, " ")))
	w.object(infoObject, "<</Title "+textString(title)+"/Producer(Shopbell)>>")
	w.object(catalogObject, fmt.Sprintf("<</Type/Catalog/Pages %s/Lang %s/ViewerPreferences<</DisplayDocTitle true>>>>",
		reference(pagesObject), textString(strings.ReplaceAll(lang, "_", "-"))))
	return w.close(), nil
}

func reference(n int) string { return strconv.Itoa(n) + " 0 R" }

func (w *writer) reserve() int {
	w.at = append(w.at, 0)
	return len(w.at)
}

func (w *writer) object(n int, body string) {
	w.at[n-1] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n%s\nendobj\n", n, body)
}

func (w *writer) add(body string) int {
	n := w.reserve()
	w.object(n, body)
	return n
}

// stream writes data, compressed; dict is what stands in its dictionary besides its length.
func (w *writer) stream(dict string, data []byte) int {
	return w.packed(dict, "FlateDecode", deflate(data))
}

// packed writes data that is compressed already.
func (w *writer) packed(dict, filter string, data []byte) int {
	n := w.reserve()
	w.at[n-1] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n<<%s/Filter/%s/Length %d>>\nstream\n", n, dict, filter, len(data))
	w.out.Write(data)
	w.out.WriteString("\nendstream\nendobj\n")
	return n
}

var packers = sync.Pool{New: func() any { return zlib.NewWriter(nil) }}

func deflate(data []byte) []byte {
	var packed bytes.Buffer
	z := packers.Get().(*zlib.Writer)
	defer packers.Put(z)
	z.Reset(&packed)
	_, _ = z.Write(data) // a buffer takes everything
	_ = z.Close()
	return packed.Bytes()
}

func (w *writer) close() []byte {
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.at)+1)
	for _, at := range w.at {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", at)
	}
	id := sha256.Sum256(w.out.Bytes())
	fmt.Fprintf(&w.out, "trailer\n<</Size %d/Root %s/Info %s/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(w.at)+1, reference(catalogObject), reference(infoObject), id[:16], id[:16], start)
	return w.out.Bytes()
}

func (w *writer) page(p *page) int {
	var b strings.Builder
	var fill Colour
	b.WriteString("0 0 0 rg\n")
	for _, it := range p.items {
		switch it := it.(type) {
		case box:
			b.WriteString(colourChange(&fill, it.fill))
			fmt.Fprintf(&b, "%s %s %s %s re f\n", num(it.x), num(p.h-it.y-it.h), num(it.w), num(it.h))
		case picture:
			if _, ok := w.image[it.logo]; !ok {
				w.image[it.logo] = len(w.order)
				w.order = append(w.order, it.logo)
			}
			fmt.Fprintf(&b, "q %s 0 0 %s %s %s cm /I%d Do Q\n", num(it.w), num(it.h), num(it.x), num(p.h-it.y-it.h), w.image[it.logo])
		case words:
			b.WriteString(colourChange(&fill, it.fill))
			w.words(&b, it, p.h)
		}
	}
	content := w.stream("", []byte(b.String()))
	var notes []string
	for _, l := range p.links {
		notes = append(notes, fmt.Sprintf("<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[%s %s %s %s]/A<</S/URI/URI %s>>>>",
			num(l.x), num(p.h-l.y-l.h), num(l.x+l.w), num(p.h-l.y), byteString(l.url)))
	}
	annots := ""
	if len(notes) > 0 {
		annots = "/Annots[" + strings.Join(notes, "") + "]"
	}
	return w.add(fmt.Sprintf("<</Type/Page/Parent %s/MediaBox[0 0 %s %s]/Resources %s/Contents %s%s>>",
		reference(pagesObject), num(p.w), num(p.h), reference(resourcesObject), reference(content), annots))
}

// words writes one line of text: each glyph where shaping put it, whatever the font says of its width.
func (w *writer) words(b *strings.Builder, t words, height float64) {
	b.WriteString("BT\n")
	x := t.x
	for _, r := range t.line.runs {
		w.run(b, r, x, height-t.y, t.size)
		x += r.width * t.size / em
	}
	b.WriteString("ET\n")
}

func (w *writer) run(b *strings.Builder, r run, x, y, size float64) {
	fmt.Fprintf(b, "1 0 0 1 %s %s Tm\n", num(x), num(y))
	f := w.fonts.of(r)
	var pen, want, rise float64 // in em units: where the PDF stands, where it ought to
	open, current, spanning := false, "", 0
	shut := func() {
		if open {
			b.WriteString("]TJ\n")
			open = false
		}
	}
	for _, g := range r.glyphs {
		name, code, width := f.code(g)
		if g.span > 0 {
			shut()
			fmt.Fprintf(b, "/Span<</ActualText %s>>BDC\n", textString(g.spanning))
			spanning = g.span
		}
		if name != current {
			shut()
			fmt.Fprintf(b, "/%s %s Tf\n", name, num(size))
			current = name
		}
		if g.dy != rise {
			shut()
			fmt.Fprintf(b, "%s Ts\n", num(g.dy*size/em))
			rise = g.dy
		}
		if !open {
			b.WriteByte('[')
			open = true
		}
		if off := pen - (want + g.dx); off > 0.4 || off < -0.4 {
			b.WriteString(num(off))
			pen -= off
		}
		b.WriteString(code)
		pen += width
		want += g.advance
		if spanning > 0 {
			if spanning--; spanning == 0 {
				shut()
				b.WriteString("EMC\n")
			}
		}
	}
	shut()
	if rise != 0 {
		b.WriteString("0 Ts\n")
	}
}

func (w *writer) resources() (string, error) {
	var b strings.Builder
	b.WriteString("<</ProcSet[/PDF/Text/ImageC]/Font<<")
	for _, f := range w.fonts.list {
		if err := w.font(&b, f); err != nil {
			return "", err
		}
	}
	b.WriteString(">>/XObject<<")
	for i, l := range w.order {
		fmt.Fprintf(&b, "/I%d %s", i, reference(w.logo(l)))
	}
	b.WriteString(">>>>")
	return b.String(), nil
}

func (w *writer) logo(l *Logo) int {
	dict := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8", l.w, l.h)
	mask := ""
	if l.alpha != nil {
		mask = "/SMask " + reference(w.packed(dict+"/ColorSpace/DeviceGray", "FlateDecode", l.alpha))
	}
	return w.packed(dict+"/ColorSpace/DeviceRGB"+mask, l.filter, l.colour)
}

func colourChange(now *Colour, to Colour) string {
	if *now == to {
		return ""
	}
	*now = to
	return fmt.Sprintf("%s %s %s rg\n", num(float64(to.R)/255), num(float64(to.G)/255), num(float64(to.B)/255))
}

// num writes a number with at most three decimals.
func num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 3, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

// textString writes a text as PDF keeps them: UTF-16 in hexadecimal.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	hex16(&b, s)
	b.WriteByte('>')
	return b.String()
}

func hex16(b *strings.Builder, s string) {
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(b, "%04X", u)
	}
}

func byteString(s string) string { return fmt.Sprintf("<%X>", []byte(s)) }
