package sending

import (
	"context"
	"maps"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

// Papers says which media headers carry the paper of each message's own record, where the shop draws papers of such records. A file that was
// chosen for the sending stands above it.
type Papers string

// The ways.
const (
	PapersDocuments Papers = ""     // document headers do; pictures are the template's
	PapersAll       Papers = "all"  // image headers do too, such as a receipt as a picture
	PapersFiles     Papers = "file" // both carry the file that is kept with the record; where it has none, the paper that is drawn of it
	PapersNone      Papers = "none" // each message carries the template's file
)

// PaperKind is what a paper is sent as.
type PaperKind string

// The kinds.
const (
	PaperPDF     PaperKind = "pdf"
	PaperPicture PaperKind = "png"

	PaperFile        PaperKind = "file"     // the record's own PDF
	PaperFilePicture PaperKind = "file-png" // the record's own picture
)

// PaperMaker draws the paper of a record, keeps it where messages find their files, and gives it as a file. language is Meta's code, for records
// whose customer's own isn't known. The error is an app.Error where the record is at fault.
type PaperMaker func(ctx context.Context, ref records.Ref, language string, kind PaperKind) (app.SendFile, error)

// PaperOf tells as what the header of a message carries the paper of its record, such as for a preview; false when it carries another file, or
// none.
func (c *Checker) PaperOf(row Row) (PaperKind, bool) {
	r := c.of(row)
	for _, s := range r.doc.Files() {
		if kind, ok := r.paper(s); ok {
			return kind, true
		}
	}
	return "", false
}

// paper tells as what a media header carries the paper of the record.
func (r *ready) paper(s template.Slot) (PaperKind, bool) {
	files := r.Papers == PapersFiles && r.has
	if _, chosen := r.Files[s]; chosen || !r.drawn && !files || r.Papers == PapersNone || s.Card >= 0 {
		return "", false
	}
	for _, c := range r.doc.Components {
		switch {
		case c.Type != template.Header:
		case c.Format == template.HeaderDocument && files:
			return PaperFile, true
		case c.Format == template.HeaderImage && files:
			return PaperFilePicture, true
		case c.Format == template.HeaderDocument:
			return PaperPDF, true
		case c.Format == template.HeaderImage && r.Papers == PapersAll:
			return PaperPicture, true
		}
	}
	return "", false
}

// lacksFile tells whether a record has no file for the header that carries it, and none can be drawn in its place.
func (r *ready) lacksFile(t records.Type, fields map[string]records.Value) bool {
	for _, s := range r.doc.Files() {
		kind, ok := r.paper(s)
		if !ok || r.drawn || kind != PaperFile && kind != PaperFilePicture {
			continue
		}
		if _, has := t.FileOf(fields, kind == PaperFilePicture); !has {
			return true
		}
	}
	return false
}

// withPapers gives what a row is made with: its record's paper is drawn now, and not before, so that it says what the record says.
func (c *Checker) withPapers(ctx context.Context, row Row) (*ready, error) {
	r := c.of(row)
	var made map[template.Slot]app.SendFile
	for _, s := range r.doc.Files() {
		kind, ok := r.paper(s)
		if !ok || row.Record.ID == "" {
			continue
		}
		f, err := c.s.c.Paper(ctx, records.Ref{Type: row.Record.Type, ID: row.Record.ID}, r.doc.Language, kind)
		if err != nil {
			return nil, err
		}
		if made == nil {
			made = maps.Clone(r.Files)
		}
		if made == nil {
			made = map[template.Slot]app.SendFile{}
		}
		made[s] = f
	}
	if made == nil {
		return r, nil
	}
	one := *r
	one.Files = made
	return &one, nil
}

// paperToCome stands in the place of a paper while a row is only checked.
var paperToCome = app.SendFile{Name: "paper", SHA256: "0000000000000000000000000000000000000000000000000000000000000000"}
