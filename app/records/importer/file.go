package importer

import (
	"bytes"
	"io"

	"shopbell/app"
)

// Cell is one cell as text. Typed cells come from a sheet that knows its numbers and dates: a number has a point before its decimals, a date
// is written 2026-11-22, a moment 2026-11-22T17:30:00, a time 17:30:00.
type Cell struct {
	Text  string
	Typed bool
}

// Row is one row of a file.
type Row struct {
	Number int // in the file, from 1: of a CSV the line it begins in
	Cells  []Cell
	Note   string // what was odd about it, such as a quote that was never closed; "" if nothing
	Broken string // why it can't be read; "" if it can
}

// Rows gives the rows of a file one after the other; io.EOF at the end.
type Rows interface {
	Next() (Row, error)
}

// File is a file whose rows can be read several times.
type File struct {
	Kind      string // "csv" or "xlsx"
	Encoding  string // of a CSV: utf-8, utf-16le, utf-16be, windows-1252, windows-1258 or iso-8859-1
	Separator string // of a CSV
	Sheet     string // of an XLSX: the one that is read
	Sheets    []string

	open func() (Rows, error)
}

// Rows begins at the first row.
func (f *File) Rows() (Rows, error) { return f.open() }

// The limits of what is taken in.
const (
	maxColumns = 16_384   // as many as a sheet has
	maxCell    = 64 << 10 // bytes
	maxLine    = 8 << 20  // bytes of one line of a CSV
)

// Way is how a CSV is written, as a person says it; what is empty is found out.
type Way struct {
	Encoding  string // one of Encodings
	Separator string // one character
}

// Encodings are the names of the encodings that are read.
func Encodings() []string {
	return []string{utf8Name, utf16LEName, utf16BEName, cp1258Name, cp1252Name, latin1Name}
}

// Open finds out what a file is. country (ISO 3166, may be "") helps where an encoding could be two.
func Open(r io.ReaderAt, size int64, country string) (*File, error) {
	return OpenAs(r, size, country, Way{})
}

// OpenAs is Open for a CSV of which somebody knows better how it is written.
func OpenAs(r io.ReaderAt, size int64, country string, way Way) (*File, error) {
	head := make([]byte, 8)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	head = head[:n]
	switch {
	case size == 0:
		return nil, unreadable("The file is empty.", "Export it again.")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openXLSX(r, size)
	case bytes.HasPrefix(head, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return nil, unreadable("The file is an old or an encrypted Excel workbook.", "Save it as .xlsx without a password, or as CSV.")
	}
	return openCSV(r, size, country, way)
}

func unreadable(what, mend string) error {
	return &app.Error{Code: app.CodeInvalid, Message: what, Mend: mend}
}
