package papers

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// pdfFonts are the fonts of one PDF, in the order they were first used.
type pdfFonts struct {
	list  []*pdfFont
	index map[*cut]*pdfFont
}

// pdfFont is one font and what was written with it. One glyph that stands for different characters has a code for each, so that the text can be
// read back.
type pdfFont struct {
	n     int
	cut   *cut
	face  *font.Face
	codes map[use]int
	uses  []use // use i has the code i+1
}

type use struct {
	glyph   font.GID
	meaning string
}

// drawn is how many codes a font of drawn shapes has.
const drawn = 255

func (f *pdfFonts) of(r run) *pdfFont {
	got, ok := f.index[r.cut]
	if !ok {
		got = &pdfFont{n: len(f.list), cut: r.cut, face: font.NewFace(r.cut.font), codes: map[use]int{}}
		f.index[r.cut] = got
		f.list = append(f.list, got)
	}
	return got
}

// code gives the name of the font a glyph is written with, its code there, and how far that moves the pen in em units.
func (f *pdfFont) code(g glyph) (name, code string, width float64) {
	u := use{g.id, g.meaning}
	n, ok := f.codes[u]
	if !ok {
		f.uses = append(f.uses, u)
		n = len(f.uses)
		f.codes[u] = n
	}
	width = f.width(g.id)
	if f.cut.glyf {
		return "F" + strconv.Itoa(f.n), fmt.Sprintf("<%04X>", n), width
	}
	return f.part((n - 1) / drawn), fmt.Sprintf("<%02X>", (n-1)%drawn+1), width
}

func (f *pdfFont) part(i int) string { return "F" + strconv.Itoa(f.n) + "x" + strconv.Itoa(i) }

// width is in em units, rounded as it is written.
func (f *pdfFont) width(g font.GID) float64 {
	if g == blank {
		return 0
	}
	return float64(int(float64(f.face.HorizontalAdvance(g))*em/f.cut.upem + 0.5))
}

// font writes a font and names it in the resources. Of TrueType fonts it embeds the glyphs that were used; of others, such as those of most
// Chinese fonts, it draws the shapes (Type 3).
func (w *writer) font(resources *strings.Builder, f *pdfFont) error {
	if f.cut.glyf {
		n, err := w.embedded(f)
		if err != nil {
			return err
		}
		fmt.Fprintf(resources, "/F%d %s", f.n, reference(n))
		return nil
	}
	for i := 0; i*drawn < len(f.uses); i++ {
		n := w.shapes(f, f.uses[i*drawn:min((i+1)*drawn, len(f.uses))])
		fmt.Fprintf(resources, "/%s %s", f.part(i), reference(n))
	}
	return nil
}

func (w *writer) embedded(f *pdfFont) (int, error) {
	glyphs := make([]font.GID, len(f.uses))
	for i, u := range f.uses {
		glyphs[i] = u.glyph
	}
	file, place, err := f.cut.subset(glyphs)
	if err != nil {
		return 0, err
	}
	name := f.name(file)
	table := []byte{0, 0}
	var widths strings.Builder
	for _, u := range f.uses {
		at := place[u.glyph]
		table = append(table, byte(at>>8), byte(at))
		widths.WriteString(num(f.width(u.glyph)) + " ")
	}
	program := w.stream(fmt.Sprintf("/Length1 %d", len(file)), file)
	extents, _ := f.face.FontHExtents()
	scale := em / f.cut.upem
	descriptor := w.add(fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox%s/ItalicAngle 0/Ascent %s/Descent %s/CapHeight %s/StemV 80/FontFile2 %s>>",
		name, f.bounds(), num(float64(extents.Ascender)*scale), num(float64(extents.Descender)*scale),
		num(float64(f.face.LineMetric(font.CapHeight))*scale), reference(program)))
	child := w.add(fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/FontDescriptor %s/DW 0/W[1[%s]]/CIDToGIDMap %s>>", name, reference(descriptor), widths.String(), reference(w.stream("", table))))
	return w.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>",
		name, reference(child), reference(w.meanings(f.uses, 4)))), nil
}

// name is the font's own behind six letters that are others for other glyphs (PDF 32000-1, 9.6.4).
func (f *pdfFont) name(file []byte) string {
	sum := sha256.Sum256(file)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	own := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, f.cut.font.Describe().Family)
	return string(tag) + "+" + first(own, "Font")
}

func (f *pdfFont) bounds() string {
	head, err := f.cut.loader.RawTable(opentype.MustNewTag("head"))
	if err != nil || len(head) < 44 {
		return "[0 -300 1000 1100]"
	}
	var v [4]string
	for i := range v {
		v[i] = num(float64(int16(uint16(head[36+2*i])<<8|uint16(head[37+2*i]))) * em / f.cut.upem)
	}
	return "[" + strings.Join(v[:], " ") + "]"
}

// shapes writes a font whose glyphs are drawings.
func (w *writer) shapes(f *pdfFont, uses []use) int {
	var procs, names, widths strings.Builder
	for i, u := range uses {
		advance := "0"
		if u.glyph != blank {
			advance = num(float64(f.face.HorizontalAdvance(u.glyph)))
		}
		n := w.stream("", []byte(advance+" 0 "+f.drawing(u.glyph)))
		fmt.Fprintf(&procs, "/g%d %s", i+1, reference(n))
		fmt.Fprintf(&names, "/g%d", i+1)
		widths.WriteString(advance + " ")
	}
	step := strconv.FormatFloat(1/f.cut.upem, 'f', 8, 64)
	return w.add(fmt.Sprintf("<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[%s 0 0 %s 0 0]/FirstChar 1/LastChar %d/Widths[%s]"+
		"/Encoding<</Type/Encoding/Differences[1%s]>>/CharProcs<<%s>>/Resources<<>>/ToUnicode %s>>",
		step, step, len(uses), widths.String(), names.String(), procs.String(), reference(w.meanings(uses, 2))))
}

// drawing gives the box and the outline of a glyph as PDF draws them, in the font's units.
func (f *pdfFont) drawing(g font.GID) string {
	if g == blank {
		return "0 0 0 0 d1\n"
	}
	outline, _ := f.face.GlyphData(g).(font.GlyphOutline)
	box, _ := f.face.GlyphExtents(g)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s d1\n", num(float64(box.XBearing)), num(float64(box.YBearing+box.Height)),
		num(float64(box.XBearing+box.Width)), num(float64(box.YBearing)))
	var at opentype.SegmentPoint
	for _, s := range outline.Segments {
		a := s.Args
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			fmt.Fprintf(&b, "%s m\n", point(a[0]))
			at = a[0]
		case opentype.SegmentOpLineTo:
			fmt.Fprintf(&b, "%s l\n", point(a[0]))
			at = a[0]
		case opentype.SegmentOpQuadTo: // PDF knows cubic curves only
			near := func(p opentype.SegmentPoint) opentype.SegmentPoint {
				return opentype.SegmentPoint{X: p.X + (a[0].X-p.X)*2/3, Y: p.Y + (a[0].Y-p.Y)*2/3}
			}
			fmt.Fprintf(&b, "%s %s %s c\n", point(near(at)), point(near(a[1])), point(a[1]))
			at = a[1]
		case opentype.SegmentOpCubeTo:
			fmt.Fprintf(&b, "%s %s %s c\n", point(a[0]), point(a[1]), point(a[2]))
			at = a[2]
		}
	}
	b.WriteString("f\n")
	return b.String()
}

func point(p opentype.SegmentPoint) string { return num(float64(p.X)) + " " + num(float64(p.Y)) }

// meanings writes which characters the codes stand for (PDF 32000-1, 9.10.3); digits is how many hexadecimal ones a code has.
func (w *writer) meanings(uses []use, digits int) int {
	var list []string
	for i, u := range uses {
		if u.meaning == "" {
			continue
		}
		var b strings.Builder
		fmt.Fprintf(&b, "<%0*X><", digits, i+1)
		hex16(&b, u.meaning)
		b.WriteString(">\n")
		list = append(list, b.String())
	}
	var b strings.Builder
	fmt.Fprintf(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"+
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<%0*X><%s>\nendcodespacerange\n", digits, 0, strings.Repeat("F", digits))
	for block := range slices.Chunk(list, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", len(block), strings.Join(block, ""))
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return w.stream("", []byte(b.String()))
}
