package importer

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A workbook that unpacks to more than these is not a table of a shop but a bomb.
const (
	maxParts      = 10_000
	maxUnzipped   = 4 << 30   // bytes of one part
	maxShared     = 512 << 20 // bytes of texts
	maxRatio      = 200       // unpacked bytes a packed one …
	ratioFrom     = 16 << 20  // … of parts that unpack to more than this
	maxStylesSize = 32 << 20
)

var errBomb = unreadable("The workbook unpacks to far more than a table holds.", "Save it anew, or as CSV; don't open it if you don't know where it is from.")

// workbook is what of an XLSX all its rows need.
type workbook struct {
	parts  map[string]*zip.File
	sheets []sheet
	dates  []bool // by style: it shows a date or a time
	since  time.Time
	shared texts
}

type sheet struct{ name, part string }

func openXLSX(r io.ReaderAt, size int64) (*File, error) {
	z, err := zip.NewReader(r, size)
	if err != nil || len(z.File) > maxParts {
		return nil, unreadable("The workbook is damaged.", "Save it again, or as CSV.")
	}
	w := &workbook{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		if f.UncompressedSize64 > maxUnzipped || f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/max(f.CompressedSize64, 1) > maxRatio {
			return nil, errBomb
		}
		w.parts[strings.TrimPrefix(f.Name, "/")] = f
	}
	if err := w.readBook(); err != nil {
		return nil, damaged(err)
	}
	if len(w.sheets) == 0 {
		return nil, unreadable("The workbook has no sheet.", "Save it again, or as CSV.")
	}
	f := &File{Kind: "xlsx", Sheet: w.sheets[0].name}
	for _, s := range w.sheets {
		f.Sheets = append(f.Sheets, s.name)
	}
	f.open = func() (Rows, error) {
		i := slices.IndexFunc(w.sheets, func(s sheet) bool { return s.name == f.Sheet })
		if i < 0 {
			return nil, unreadable("The workbook has no sheet “"+f.Sheet+"”.", "Choose one of its sheets.")
		}
		in, err := w.part(w.sheets[i].part, maxUnzipped)
		if err != nil {
			return nil, damaged(err)
		}
		return &xlsxRows{w: w, xml: in}, nil
	}
	return f, nil
}

func damaged(err error) error {
	if errors.Is(err, errBomb) {
		return err
	}
	return unreadable("The workbook is damaged: "+err.Error()+".", "Save it again, or as CSV.")
}

// limited counts what is really unpacked, whatever the workbook says of itself.
type limited struct {
	r           io.Reader
	done, limit int64
	packed      int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.done += int64(n)
	if l.done > l.limit || l.done > ratioFrom && l.done/max(l.packed, 1) > maxRatio {
		return 0, errBomb
	}
	return n, err
}

func (w *workbook) part(name string, limit int64) (*xml.Decoder, error) {
	f := w.parts[name]
	if f == nil {
		return nil, errors.New(name + " is missing")
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(&limited{r: in, limit: limit, packed: int64(f.CompressedSize64)})
	d.Strict = false
	return d, nil
}

// walk calls fn at each element of a part with its attributes.
func (w *workbook) walk(name string, limit int64, fn func(d *xml.Decoder, e xml.StartElement) error) error {
	d, err := w.part(name, limit)
	if err != nil {
		return err
	}
	for {
		t, err := d.RawToken()
		if err == io.EOF { //nolint:errorlint // xml gives it bare
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := fn(d, e); err != nil {
				return err
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// readBook reads the sheets that are not hidden, the styles and the texts.
func (w *workbook) readBook() error {
	targets := map[string]string{}
	if err := w.walk("xl/_rels/workbook.xml.rels", maxStylesSize, func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			t := attr(e, "Target")
			if strings.HasPrefix(t, "/") {
				t = t[1:]
			} else {
				t = path.Join("xl", t)
			}
			targets[attr(e, "Id")] = t
		}
		return nil
	}); err != nil {
		return err
	}
	w.since = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if err := w.walk("xl/workbook.xml", maxStylesSize, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				w.since = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
		case "sheet":
			id := ""
			for _, a := range e.Attr {
				if a.Name.Space != "" && a.Name.Local == "id" {
					id = a.Value
				}
			}
			if part := targets[id]; part != "" && w.parts[part] != nil && (attr(e, "state") == "" || attr(e, "state") == "visible") {
				w.sheets = append(w.sheets, sheet{attr(e, "name"), part})
			}
		}
		return nil
	}); err != nil {
		return err
	}
	if w.parts["xl/styles.xml"] != nil {
		if err := w.readStyles(); err != nil {
			return err
		}
	}
	if w.parts["xl/sharedStrings.xml"] != nil {
		return w.shared.read(w)
	}
	return nil
}

func (w *workbook) readStyles() error {
	own := map[string]bool{}
	inCells := false
	return w.walk("xl/styles.xml", maxStylesSize, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			own[attr(e, "numFmtId")] = showsTime(attr(e, "formatCode"))
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inCells = false
		case "xf":
			if inCells {
				id := attr(e, "numFmtId")
				n, _ := strconv.Atoi(id)
				built := n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58
				w.dates = append(w.dates, built || own[id])
			}
		}
		return nil
	})
}

// showsTime tells whether a number format writes days or hours.
func showsTime(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case strings.IndexByte("dDmMyYhHsS", c) >= 0:
			return true
		}
	}
	return false
}

// texts are the shared texts of a workbook, side by side, so that a million of them are two blocks of memory.
type texts struct {
	all  []byte
	ends []uint32
}

func (t *texts) read(w *workbook) error {
	d, err := w.part("xl/sharedStrings.xml", maxShared)
	if err != nil {
		return err
	}
	inText, inItem, phonetic := false, false, false
	for {
		tok, err := d.RawToken()
		if err == io.EOF { //nolint:errorlint // xml gives it bare
			return nil
		}
		if err != nil {
			return err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "si":
				inItem = true
			case "t":
				inText = inItem && !phonetic
			case "rPh":
				phonetic = true
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "si":
				inItem = false
				t.ends = append(t.ends, uint32(len(t.all)))
			case "t":
				inText = false
			case "rPh":
				phonetic = false
			}
		case xml.CharData:
			if inText {
				t.all = append(t.all, e...)
			}
		}
	}
}

func (t *texts) at(i int) string {
	if i < 0 || i >= len(t.ends) {
		return ""
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.all[from:t.ends[i]])
}

// xlsxRows reads the rows of one sheet. Formulas are not looked at: a cell is what it was when the workbook was saved.
type xlsxRows struct {
	w   *workbook
	xml *xml.Decoder
	n   int
}

// Next gives the next row that is in the file.
func (x *xlsxRows) Next() (Row, error) {
	for {
		t, err := x.xml.RawToken()
		if err == io.EOF { //nolint:errorlint // xml gives it bare
			return Row{}, io.EOF
		}
		if err != nil {
			return Row{}, damaged(err)
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "row" {
			x.n++
			if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
				x.n = n
			}
			return x.row()
		}
	}
}

func (x *xlsxRows) row() (Row, error) {
	row := Row{Number: x.n}
	var kind, style, value string
	var inValue bool
	column := -1
	var text strings.Builder
	for {
		t, err := x.xml.RawToken()
		if err != nil {
			if err == io.EOF { //nolint:errorlint // xml gives it bare
				err = io.ErrUnexpectedEOF
			}
			return row, damaged(err)
		}
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "c":
				kind, style = attr(e, "t"), attr(e, "s")
				text.Reset()
				column++
				if n := columnOf(attr(e, "r")); n >= 0 {
					column = n
				}
			case "v", "t":
				inValue = true
			case "f", "rPh":
				inValue = false
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "row":
				return row, nil
			case "v", "t":
				inValue = false
			case "c":
				value = text.String()
				if column >= maxColumns {
					row.Broken = "it has more columns than a sheet has"
					continue
				}
				if c := x.cell(kind, style, value); c.Text != "" && column >= 0 {
					for len(row.Cells) <= column {
						row.Cells = append(row.Cells, Cell{})
					}
					row.Cells[column] = c
				}
			}
		case xml.CharData:
			if inValue && text.Len() < maxCell {
				text.Write(e)
			}
		}
	}
}

// columnOf reads the letters of a place such as AB12; -1 when there is none.
func columnOf(place string) int {
	n := 0
	for i := 0; i < len(place) && place[i] >= 'A' && place[i] <= 'Z' && n <= maxColumns; i++ {
		n = n*26 + int(place[i]-'A') + 1
	}
	return n - 1
}

func (x *xlsxRows) cell(kind, style, value string) Cell {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil {
			return Cell{}
		}
		return cell([]byte(x.w.shared.at(i)))
	case "inlineStr", "str":
		return cell([]byte(value))
	case "e":
		return Cell{}
	case "b", "d":
		return Cell{Text: strings.TrimSpace(value), Typed: true}
	}
	value = strings.TrimSpace(value)
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return Cell{Text: value}
	}
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(x.w.dates) && x.w.dates[i] && n >= 0 && n < 2_958_466 {
		return Cell{Text: x.w.moment(n), Typed: true}
	}
	if math.Abs(n) < 1e15 { // as a person sees it: 19.99 and not 19.989999999999998
		if short := strconv.FormatFloat(n, 'g', 15, 64); short != "" {
			n, _ = strconv.ParseFloat(short, 64)
		}
	}
	return Cell{Text: strconv.FormatFloat(n, 'f', -1, 64), Typed: true}
}

// moment writes a number of days as what it shows.
func (w *workbook) moment(days float64) string {
	whole, part := math.Modf(days)
	seconds := math.Round(part * 86400)
	t := w.since.AddDate(0, 0, int(whole)).Add(time.Duration(seconds) * time.Second)
	switch {
	case whole == 0 && seconds > 0:
		return t.Format(time.TimeOnly)
	case seconds == 0:
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05")
}
