package importer

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/csv"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"shopbell/app"
	"shopbell/app/records"
)

// Table writes rows of texts somewhere.
type Table interface {
	Write(cells []string) error
	Close() error
}

// NewCSV writes UTF-8 with its mark, which spreadsheets want to see. No cell can be taken for a formula.
func NewCSV(w io.Writer) Table {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("\ufeff") // an error stays in b
	return &csvTable{buf: b, csv: csv.NewWriter(b)}
}

type csvTable struct {
	buf *bufio.Writer
	csv *csv.Writer
}

func (t *csvTable) Write(cells []string) error {
	safe := make([]string, len(cells))
	for i, c := range cells {
		safe[i] = Defuse(c)
	}
	return t.csv.Write(safe)
}

func (t *csvTable) Close() error {
	t.csv.Flush()
	if err := t.csv.Error(); err != nil {
		return err
	}
	return t.buf.Flush()
}

// Defuse puts an apostrophe before what a spreadsheet would take for a formula (CWE-1236). Numbers with a sign and phone numbers stay as they are.
func Defuse(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return s
	}
	if rest := s[1:]; (s[0] == '+' || s[0] == '-') && rest != "" && strings.Trim(rest, "0123456789. ") == "" {
		return s
	}
	return "'" + s
}

// NewXLSX writes a workbook of one sheet whose cells are texts, so that none is a formula.
func NewXLSX(w io.Writer) (Table, error) {
	z := zip.NewWriter(w)
	for _, p := range []struct{ name, text string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
	} {
		part, err := z.Create(p.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(part, xml.Header+p.text); err != nil {
			return nil, err
		}
	}
	part, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	t := &xlsxTable{zip: z, out: bufio.NewWriter(part)}
	_, err = t.out.WriteString(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	return t, err
}

type xlsxTable struct {
	zip *zip.Writer
	out *bufio.Writer
	row int
}

func (t *xlsxTable) Write(cells []string) error {
	t.row++
	_, _ = t.out.WriteString(`<row r="` + strconv.Itoa(t.row) + `">`) // an error stays in out
	for _, c := range cells {
		_, _ = t.out.WriteString(`<c t="inlineStr"><is><t xml:space="preserve">`)
		if err := xml.EscapeText(t.out, []byte(strings.ToValidUTF8(c, "\uFFFD"))); err != nil {
			return err
		}
		_, _ = t.out.WriteString(`</t></is></c>`)
	}
	_, err := t.out.WriteString(`</row>`)
	return err
}

func (t *xlsxTable) Close() error {
	if _, err := t.out.WriteString(`</sheetData></worksheet>`); err != nil {
		return err
	}
	if err := t.out.Flush(); err != nil {
		return err
	}
	return t.zip.Close()
}

// Export writes all records that a filter lets through into a table: a heading of the fields' labels, and values that Open reads again.
func Export(ctx context.Context, kept *records.Kept, f app.RecordFilter, into Table) error {
	c, err := kept.Catalog(ctx)
	if err != nil {
		return err
	}
	t, ok := c.Type(f.Type)
	if !ok {
		return &app.Error{Code: app.CodeNotFound, Message: "There is no kind of record called “" + f.Type + "”."}
	}
	var head []string
	for _, f := range t.Fields {
		if !f.Many {
			head = append(head, f.Label)
		}
	}
	if err := into.Write(head); err != nil {
		return err
	}
	if err := kept.Each(ctx, f, func(r records.Record) error {
		cells := make([]string, 0, len(head))
		for _, f := range t.Fields {
			if !f.Many {
				cells = append(cells, Plain(f, r.Fields[f.Name]))
			}
		}
		return into.Write(cells)
	}); err != nil {
		return err
	}
	return into.Close()
}

// Plain writes a value as exports have it: the same in every language.
func Plain(f records.Field, v records.Value) string {
	switch {
	case v.Empty():
		return ""
	case v.Kind == records.KindBool:
		if v.Yes {
			return "yes"
		}
		return "no"
	case v.Kind == records.KindRelation:
		var titles []string
		for _, l := range v.Links {
			titles = append(titles, l.Title)
		}
		return strings.Join(titles, ", ")
	case f.Phone:
		if d := app.Digits(v.Text); d != "" {
			return "+" + d
		}
	}
	return records.Plain(v)
}
