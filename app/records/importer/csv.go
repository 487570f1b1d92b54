package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// separators are those that are tried; of equals the first is taken, which stands least in ordinary texts.
const separators = "\t;|,"

func openCSV(r io.ReaderAt, size int64, country string, way Way) (*File, error) {
	name := way.Encoding
	if name == "" {
		var err error
		if name, err = detect(r, size, country); err != nil {
			return nil, err
		}
	}
	f := &File{Kind: "csv", Encoding: name}
	text := func() io.Reader { return decoded(io.NewSectionReader(r, 0, size), name) }
	head, err := io.ReadAll(io.LimitReader(text(), 256<<10))
	if err != nil {
		return nil, err
	}
	if bytes.IndexByte(head, 0) >= 0 {
		if way.Encoding != "" {
			return nil, unreadable("The file doesn't read as "+name+".", "Choose another encoding.")
		}
		return nil, unreadable("The file is neither a table of text nor an Excel workbook.", "Export it as CSV or XLSX.")
	}
	sep, told := toldSeparator(head)
	switch {
	case len(way.Separator) == 1:
		sep = way.Separator[0]
	case !told:
		sep = guessSeparator(head)
	}
	f.Separator = string(sep)
	f.open = func() (Rows, error) { return newCSV(text(), sep), nil }
	return f, nil
}

// toldSeparator reads the line sep=; with which Excel marks its own files.
func toldSeparator(head []byte) (byte, bool) {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if len(line) == 5 && bytes.HasPrefix(bytes.ToLower(line), []byte("sep=")) {
		return line[4], true
	}
	return 0, false
}

// guessSeparator takes the separator with which most rows have the same number of columns, and of equals the one with more columns.
func guessSeparator(head []byte) byte {
	best, bestScore := byte(','), 0.0
	for _, sep := range []byte(separators) {
		rows := newCSV(bytes.NewReader(head), sep)
		widths := map[int]int{}
		n := 0
		for n < 100 {
			row, err := rows.Next()
			if err != nil {
				break
			}
			if len(row.Cells) > 0 {
				widths[len(row.Cells)]++
				n++
			}
		}
		for width, times := range widths {
			if width < 2 {
				continue
			}
			if score := float64(times)/float64(n) + float64(min(width, 50))/1000; score > bestScore {
				best, bestScore = sep, score
			}
		}
	}
	return best
}

// csvRows reads a CSV whose quotes may be wrong: a quote that is not closed spoils the line it is in, and not the rest of the file.
type csvRows struct {
	in      *bufio.Reader
	sep     byte
	line    int      // number of the last line that was taken
	waiting [][]byte // lines that were read ahead
	first   bool
}

func newCSV(r io.Reader, sep byte) *csvRows {
	return &csvRows{in: bufio.NewReaderSize(r, 64<<10), sep: sep, first: true}
}

const (
	maxJoined      = 100      // lines of one row
	maxJoinedBytes = 64 << 10 // of one row
)

var errLongLine = errors.New("importer: the line is too long")

// Next gives the next row; lines with nothing in them are left out.
func (c *csvRows) Next() (Row, error) {
	for {
		line, err := c.take()
		if errors.Is(err, errLongLine) {
			return Row{Number: c.line, Broken: "the line is longer than 8 MB"}, nil
		}
		if err != nil {
			return Row{}, err
		}
		if c.first {
			c.first = false
			if _, told := toldSeparator(line); told {
				continue
			}
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		return c.row(line)
	}
}

func (c *csvRows) row(line []byte) (Row, error) {
	row := Row{Number: c.line}
	if bytes.IndexByte(line, '"') < 0 {
		row.Cells = c.plain(line)
		return row, nil
	}
	joined := line
	var more [][]byte
	var odd bool
	look := true // a line without a quote closes nothing: what was read stays open, and is not looked at again
	for {
		if look {
			var cells []Cell
			var open bool
			cells, odd, open = c.parse(joined, false)
			if !open && (!odd || len(more) == 0) {
				row.Cells = cells
				if odd {
					row.Note = "a quote stands where none belongs"
				}
				return row, nil
			}
		}
		next, err := c.take()
		if err != nil && err != io.EOF && !errors.Is(err, errLongLine) { //nolint:errorlint // readers give it bare
			return Row{}, err
		}
		if err == nil {
			more = append(more, next)
		}
		if err != nil || odd || len(more) > maxJoined || len(joined)+len(next) > maxJoinedBytes {
			c.waiting = append(more, c.waiting...)
			c.line -= len(more)
			row.Cells, _, _ = c.parse(line, true)
			row.Note = "a quote is not closed"
			return row, nil //nolint:nilerr // the next call meets the error again
		}
		if len(more) == 1 {
			joined = append([]byte(nil), line...)
		}
		joined = append(append(joined, '\n'), next...)
		look = bytes.IndexByte(next, '"') >= 0
	}
}

// plain splits a line that has no quotes.
func (c *csvRows) plain(line []byte) []Cell {
	cells := make([]Cell, 0, bytes.Count(line, []byte{c.sep})+1)
	for len(cells) < maxColumns {
		i := bytes.IndexByte(line, c.sep)
		if i < 0 {
			return append(cells, cell(line))
		}
		cells = append(cells, cell(line[:i]))
		line = line[i+1:]
	}
	return cells
}

// parse splits a row with quotes. odd tells that a quote stood where none belongs, open that the last cell was not closed. literal leaves
// a quote out that is not closed.
func (c *csvRows) parse(line []byte, literal bool) (cells []Cell, odd, open bool) {
	for len(cells) < maxColumns {
		at := 0
		for at < len(line) && line[at] == ' ' {
			at++
		}
		if at < len(line) && line[at] == '"' {
			text, rest, strange, closed := c.quoted(line[at+1:])
			if closed || !literal {
				odd, open = odd || strange, !closed
				cells = append(cells, cell(text))
				if open || rest == nil {
					return cells, odd, open
				}
				line = rest
				continue
			}
			line = line[at+1:]
		}
		i := bytes.IndexByte(line, c.sep)
		if i < 0 {
			return append(cells, cell(line)), odd, false
		}
		cells = append(cells, cell(line[:i]))
		line = line[i+1:]
	}
	return cells, odd, false
}

// quoted reads what follows an opening quote. rest is nil at the end of the row.
func (c *csvRows) quoted(s []byte) (text, rest []byte, odd, closed bool) {
	for i := 0; i < len(s); i++ {
		if s[i] != '"' {
			text = append(text, s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			text = append(text, '"')
			i++
			continue
		}
		after := bytes.TrimLeft(s[i+1:], " ")
		switch {
		case len(after) == 0:
			return text, nil, odd, true
		case after[0] == c.sep:
			return text, after[1:], odd, true
		}
		odd = true
		text = append(text, '"')
	}
	return text, nil, odd, false
}

func (c *csvRows) take() ([]byte, error) {
	if len(c.waiting) > 0 {
		line := c.waiting[0]
		c.waiting = c.waiting[1:]
		c.line++
		return line, nil
	}
	var line []byte
	read := false
	for {
		part, err := c.in.ReadSlice('\n')
		read = read || len(part) > 0
		if len(line)+len(part) <= maxLine {
			line = append(line, part...)
		} else {
			line = append(line[:maxLine:maxLine], 0)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF && read:
		case err != nil:
			return nil, err
		}
		break
	}
	c.line++
	if len(line) > maxLine {
		return nil, errLongLine
	}
	line = bytes.TrimRight(line, "\r\n")
	if i := bytes.IndexByte(line, '\r'); i >= 0 { // an old Mac's
		parts := bytes.Split(line, []byte{'\r'})
		c.waiting = append(c.waiting, parts[1:]...)
		line = parts[0]
	}
	return line, nil
}

// cell cleans the text of a cell: valid, without the spaces around it, and not endless. Of ="0903" and '=1, by which a
// text is kept a text, the text.
func cell(b []byte) Cell {
	if len(b) > maxCell {
		b = b[:maxCell]
	}
	s := strings.TrimSpace(string(b))
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte("=+-@", s[1]) >= 0 { // as exports defuse it
		s = s[1:]
	}
	if len(s) > 3 && strings.HasPrefix(s, `="`) && s[len(s)-1] == '"' && strings.Count(s, `"`) == 2 {
		s = s[2 : len(s)-1]
	}
	return Cell{Text: strings.ReplaceAll(s, "\x00", "")}
}
