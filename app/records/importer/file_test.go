package importer

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"shopbell/app"
)

// readAll gives the cells of a file, joined by | and notes in brackets.
func readAll(t testing.TB, raw []byte, country string) (*File, []string) {
	t.Helper()
	f, err := Open(bytes.NewReader(raw), int64(len(raw)), country)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Rows()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return f, out
		}
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		line := fmt.Sprint(row.Number, ":", strings.Join(cells, "|"))
		if row.Note != "" {
			line += " (" + row.Note + ")"
		}
		out = append(out, line)
	}
}

const vietnamese = "Họ tên;Điện thoại;Địa chỉ\r\nNguyễn Thị Mai;0903 123 456;Đường Lê Lợi, Huế\r\nTrần Quốc Huy;0912345678;Bà Rịa – Vũng Tàu\r\n"

func encode16(s string, order binary.ByteOrder, mark bool) []byte {
	var out []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, 0, 0)
		order.PutUint16(out[len(out)-2:], u)
	}
	return out
}

// in1258 spells Vietnamese as Windows-1258 has it: most letters whole, tones as marks after them.
func in1258(t testing.TB, s string) []byte {
	t.Helper()
	var b strings.Builder
	for _, r := range s {
		if _, ok := charmap.Windows1258.EncodeRune(r); ok {
			b.WriteRune(r)
			continue
		}
		d := []rune(norm.NFD.String(string(r))) // of ộ: o, the dot below, the circumflex
		base, tone := []rune{d[0]}, []rune(nil)
		for _, m := range d[1:] {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", m) {
				tone = append(tone, m)
			} else {
				base = append(base, m)
			}
		}
		b.WriteString(norm.NFC.String(string(base)) + string(tone))
	}
	out, err := charmap.Windows1258.NewEncoder().String(b.String())
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

func TestEncodingsAreRecognised(t *testing.T) {
	spanish := "Nombre;Teléfono;Población\nJosé Pérez;600 111 222;Málaga\nBegoña Muñoz;600 111 333;Cádiz\nMaría Così però;1;x\n"
	latin, err := charmap.ISO8859_1.NewEncoder().String(spanish)
	if err != nil {
		t.Fatal(err)
	}
	western, err := charmap.Windows1252.NewEncoder().String(strings.ReplaceAll(spanish, "Málaga", "Málaga – 10 €"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		raw      []byte
		encoding string
		want     string
	}{
		"utf-8":            {[]byte(vietnamese), utf8Name, "Nguyễn Thị Mai"},
		"utf-8 with mark":  {[]byte("\ufeff" + vietnamese), utf8Name, "Nguyễn Thị Mai"},
		"utf-16le":         {encode16(vietnamese, binary.LittleEndian, true), utf16LEName, "Nguyễn Thị Mai"},
		"utf-16be":         {encode16(vietnamese, binary.BigEndian, true), utf16BEName, "Nguyễn Thị Mai"},
		"utf-16le no mark": {encode16(vietnamese, binary.LittleEndian, false), utf16LEName, "Nguyễn Thị Mai"},
		"utf-16be no mark": {encode16(vietnamese, binary.BigEndian, false), utf16BEName, "Nguyễn Thị Mai"},
		"windows-1258":     {in1258(t, strings.ReplaceAll(vietnamese, "–", "-")), cp1258Name, "Nguyễn Thị Mai"},
		"latin-1":          {[]byte(latin), latin1Name, "José Pérez"},
		"windows-1252":     {[]byte(western), cp1252Name, "José Pérez"},
	} {
		f, rows := readAll(t, c.raw, "")
		if f.Encoding != c.encoding || f.Separator != ";" || len(rows) < 3 || !strings.HasPrefix(rows[1], "2:"+c.want+"|") {
			t.Errorf("%s: taken for %s with %q: %q", name, f.Encoding, f.Separator, rows)
		}
	}
}

func TestSeparatorsAreGuessed(t *testing.T) {
	for sep, raw := range map[string]string{
		",": "a,b,c\n1,\"x;y;z\",3\n", ";": "a;b\n1,5;2,5\n3,5;4,5\n", "\t": "a\tb, c\n1\t2, 3\n", "|": "a|b\n1|2\n", "#": "sep=#\na#b\n1#2\n",
	} {
		f, rows := readAll(t, []byte(raw), "")
		if f.Separator != sep || len(rows) < 2 {
			t.Errorf("%q: %q is taken for the separator: %q", raw, f.Separator, rows)
		}
	}
}

func TestBrokenQuotesSpoilOnlyTheirLine(t *testing.T) {
	for raw, want := range map[string]string{
		"a,b\n\"x\ny\",z\nlast,1\n":        "1:a|b / 2:x\ny|z / 4:last|1",
		"a,b\n\"open,1\n2,3\n4,5\n":        "1:a|b / 2:open|1 (a quote is not closed) / 3:2|3 / 4:4|5",
		"a,b\n\"open,1\n\"q\",3\n4,\"5\"":  "1:a|b / 2:open|1 (a quote is not closed) / 3:q|3 / 4:4|5",
		"a,b\n\"5\" pipe\",x\n1,2\n":       "1:a|b / 2:5\" pipe|x (a quote stands where none belongs) / 3:1|2",
		"a,b\nsay \"hi\",x\n":              "1:a|b / 2:say \"hi\"|x",
		"a,b\n\"he said \"\"no\"\"\",\"\"": "1:a|b / 2:he said \"no\"|",
		"a,b\n\n  \n1,2\r\n":               "1:a|b / 4:1|2",
		"a,b\r1,2\r3,4":                    "1:a|b / 2:1|2 / 3:3|4",
		"a,b\n=\"0903\",'=1+1\n":           "1:a|b / 2:0903|=1+1",
	} {
		if _, rows := readAll(t, []byte(raw), ""); strings.Join(rows, " / ") != want {
			t.Errorf("%q:\n%s, want\n%s", raw, strings.Join(rows, " / "), want)
		}
	}
}

func TestWideRowsAndEndlessLines(t *testing.T) {
	_, rows := readAll(t, []byte(strings.Repeat("x,", 299)+"x\n"+strings.Repeat("1,", 299)+"1\n"), "")
	if len(rows) != 2 || strings.Count(rows[1], "|") != 299 {
		t.Errorf("300 columns: %d rows", len(rows))
	}
	raw := "a,b\n" + strings.Repeat("z", maxLine+10) + "\n1,2\n"
	f, err := Open(strings.NewReader(raw), int64(len(raw)), "")
	if err != nil {
		t.Fatal(err)
	}
	r, err := f.Rows()
	if err != nil {
		t.Fatal(err)
	}
	var broken, whole int
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if row.Broken != "" {
			broken++
		} else {
			whole++
		}
	}
	if broken != 1 || whole != 2 {
		t.Errorf("an endless line: %d broken, %d whole", broken, whole)
	}
}

// sheetOf makes a workbook around the rows of a sheet.
func sheetOf(t testing.TB, sheetData string, more map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="Hidden" sheetId="2" state="hidden" r:id="rId9"/><sheet name="Khách" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Target="worksheets/none.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + sheetData + `</sheetData></worksheet>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-42A]d/m/yyyy"/><numFmt numFmtId="165" formatCode="&quot;day&quot; 0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":       `<sst><si><t>Tên</t></si><si><r><t>Nguyễn </t></r><r><t>Mai</t></r><rPh><t>x</t></rPh></si></sst>`,
	}
	for name, text := range more {
		parts[name] = text
	}
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbooksAreRead(t *testing.T) {
	f, rows := readAll(t, sheetOf(t, `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>Ngày</t></is></c></row>
		<row r="5"><c r="A5" t="s"><v>1</v></c><c r="B5"><v>84903123456</v></c><c r="C5" s="1"><v>46348</v></c><c r="D5" s="2"><v>46348.5</v></c>
		<c r="E5" s="3"><v>19.989999999999998</v></c><c r="F5" s="4"><v>46348.729166667</v></c><c r="G5" s="5"><v>0.75</v></c>
		<c r="H5"><f>CMD|' /C calc'!A0</f><v>7</v></c><c r="I5" t="str"><f>A1</f><v>text</v></c><c r="J5" t="b"><v>1</v></c><c r="K5" t="e"><v>#REF!</v></c><c r="L5" t="s"><v>99</v></c></row>
		<row/><row><c t="inlineStr"><is><t>after</t></is></c></row>`, nil), "")
	want := "2:Tên||Ngày / 5:Nguyễn Mai|84903123456|2026-11-22|2026-11-22T12:00:00|19.99|2026-11-22T17:30:00|18:00:00|7|text|1 / 6: / 7:after"
	if got := strings.Join(rows, " / "); got != want || f.Kind != "xlsx" || f.Sheet != "Khách" || len(f.Sheets) != 1 {
		t.Errorf("%s %v:\n%s, want\n%s", f.Sheet, f.Sheets, got, want)
	}
	_, old := readAll(t, sheetOf(t, `<row><c s="1"><v>44886</v></c></row>`, map[string]string{
		"xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`,
	}), "")
	if old[0] != "1:2026-11-22" {
		t.Errorf("since 1904: %s", old)
	}
}

func TestBombsAndRubbishAreRefused(t *testing.T) {
	bomb := sheetOf(t, strings.Repeat(`<row><c><v>0</v></c></row>`, 700_000), nil)
	lying := bytes.Clone(sheetOf(t, `<row/>`, map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si><t>aaaaaaaa</t></si>", 900_000)}))
	for name, raw := range map[string][]byte{
		"a bomb": bomb, "a bomb of texts": lying, "nothing": {}, "an old workbook": append([]byte{0xd0, 0xcf, 0x11, 0xe0}, make([]byte, 600)...),
		"a picture": append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 3000)...), "half a workbook": bomb[:len(bomb)/2],
		"a zip of something else": func() []byte {
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			_, _ = z.Create("readme.txt")
			_ = z.Close()
			return b.Bytes()
		}(),
	} {
		f, err := Open(bytes.NewReader(raw), int64(len(raw)), "")
		if err == nil {
			var rows Rows
			if rows, err = f.Rows(); err == nil {
				for err == nil {
					_, err = rows.Next()
				}
			}
		}
		if errors.Is(err, io.EOF) || app.ErrorCode(err) != app.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestExportsAreSafeAndReadAgain(t *testing.T) {
	cells := []string{"=cmd|' /C calc'!A0", "+34 600", "-12.50", "@SUM(A1)", "a,\"b\"\nc", "-x", "Mai", "\tx", "'quoted"}
	var text, book bytes.Buffer
	x, err := NewXLSX(&book)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []Table{NewCSV(&text), x} {
		if err := errors.Join(w.Write([]string{"h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9"}), w.Write(cells), w.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if s := text.String(); !strings.Contains(s, "\n'=cmd") || !strings.Contains(s, ",'@SUM") || !strings.Contains(s, ",+34 600,-12.50,") || !strings.Contains(s, ",'-x,") {
		t.Errorf("the CSV: %s", s)
	}
	want := "2:=cmd|' /C calc'!A0|+34 600|-12.50|@SUM(A1)|a,\"b\"\nc|-x|Mai|"
	for _, raw := range [][]byte{text.Bytes(), book.Bytes()} {
		if _, rows := readAll(t, raw, ""); len(rows) != 2 || !strings.HasPrefix(rows[1], want) {
			t.Errorf("read again: %q", rows)
		}
	}
}

// exhaust reads a file to its end: whatever it holds, that comes, and every text is fit for a database.
func exhaust(t *testing.T, raw []byte) {
	f, err := Open(bytes.NewReader(raw), int64(len(raw)), "VN")
	if err != nil {
		return
	}
	rows, err := f.Rows()
	if err != nil {
		return
	}
	last := 0
	for n := 0; ; n++ {
		row, err := rows.Next()
		if err != nil {
			return
		}
		if f.Kind == "csv" && row.Number <= last {
			t.Fatalf("row %d comes after row %d", row.Number, last)
		}
		last = row.Number
		if n > len(raw) && f.Kind == "csv" {
			t.Fatal("more rows than bytes")
		}
		for _, c := range row.Cells {
			if !utf8.ValidString(c.Text) || strings.ContainsRune(c.Text, 0) || len(c.Text) > 4*maxCell {
				t.Fatalf("row %d has %q", row.Number, c.Text)
			}
			for _, l := range []local{{decimal: '.'}, {decimal: ',', country: "VN", monthFirst: true}} {
				if d, ok := l.number(c); ok && !c.Typed && strings.Trim(d, "-0123456789.") != "" {
					t.Fatalf("%q is the number %q", c.Text, d)
				}
			}
			_ = kindOf(c, "VN")
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{vietnamese, "a,b\n\"open,1\n\"q\",3\n", "sep=;\na;b", "a\rb\r", "\"", "\xff\xfea\x00", "x,\"y\nz\"w,\n\"\"\"", "1.234,5;(3)\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !bytes.HasPrefix(raw, []byte("PK")) {
			exhaust(t, raw)
		}
	})
}

func FuzzXLSX(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="XFD1"><v>1e308</v></c></row>`, `<sst><si><t>x</t></si></sst>`)
	f.Add(`<row r="-1"><c r="ZZZZZZ9" t="b"><v>1</v></c></row><row`, `<si><si></sst>`)
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		exhaust(t, sheetOf(t, sheet, map[string]string{"xl/sharedStrings.xml": shared}))
	})
}
