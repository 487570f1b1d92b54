package records

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"shopbell/app"
)

// Attachment is the content of a file field, which lies in the media folder.
type Attachment struct {
	MIME   string
	Size   int64  // bytes
	SHA256 string // in hex; "": only the file's name is known, as of one that was imported
}

// Files is where the content of file fields is kept: the media folder.
type Files interface {
	// Put keeps what r holds and gives its SHA-256 in hex and its size in bytes; more than limit bytes are an error and nothing is kept.
	Put(ctx context.Context, r io.Reader, limit int64) (sha256 string, size int64, err error)
}

// Attached makes a file whose content is kept.
func Attached(name string, a Attachment) Value {
	return Value{Kind: KindFile, Text: name, Attachment: a}
}

// mediaLimits is how large a file may be that WhatsApp takes, by the first part of its type (Meta: Media, supported types and sizes). What is none of
// these goes as a document.
var mediaLimits = map[string]int64{"image": 5 << 20, "video": 16 << 20, "audio": 16 << 20, "": 100 << 20}

// Attach keeps a file for a field of a record. Its type is judged by the content, and by the name where the content doesn't tell. The error is an
// app.Error where the file can't be sent to anybody.
func (k *Kept) Attach(ctx context.Context, name string, r io.Reader) (Value, error) {
	name = strings.Map(func(c rune) rune {
		if c < ' ' {
			return ' '
		}
		return c
	}, filepath.Base(filepath.ToSlash(strings.ReplaceAll(name, `\`, "/"))))
	if k.Files == nil {
		return Value{}, &app.Error{Code: app.CodeUnavailable, Message: "No files can be kept here.", Mend: "Open Shopbell's window."}
	}
	head := bufio.NewReaderSize(r, 4096)
	start, err := head.Peek(512)
	if len(start) == 0 {
		if err != nil && !errors.Is(err, io.EOF) {
			return Value{}, fmt.Errorf("reading %s: %w", name, err)
		}
		return Value{}, &app.Error{Code: app.CodeInvalid, Message: "“" + name + "” is empty.", Mend: "Choose another file."}
	}
	kind := kindOfFile(name, start)
	family, _, _ := strings.Cut(kind, "/")
	limit, ok := mediaLimits[family]
	if !ok {
		limit = mediaLimits[""]
	}
	counted := &counting{r: head, left: limit}
	sha, size, err := k.Files.Put(ctx, counted, limit)
	switch {
	case counted.over:
		return Value{}, &app.Error{
			Code: app.CodeInvalid, Message: "“" + name + "” is too large: WhatsApp takes at most " + strconv.FormatInt(limit>>20, 10) + " MB of this kind.",
			Mend: "Choose a smaller file.",
		}
	case err != nil:
		return Value{}, fmt.Errorf("keeping %s: %w", name, err)
	}
	return Attached(name, Attachment{MIME: kind, Size: size, SHA256: sha}), nil
}

func kindOfFile(name string, head []byte) string {
	seen, _, _ := strings.Cut(http.DetectContentType(head), ";")
	if seen != "application/octet-stream" && seen != "application/zip" && seen != "text/plain" {
		return seen
	}
	if named, _, _ := strings.Cut(mime.TypeByExtension(strings.ToLower(filepath.Ext(name))), ";"); named != "" && named != "application/pdf" {
		if family, _, _ := strings.Cut(named, "/"); family != "image" && family != "video" && family != "audio" {
			return named // the name may say what kind of document it is, but makes no picture of what is none
		}
	}
	return seen
}

// counting notes that more came than may.
type counting struct {
	r    io.Reader
	left int64
	over bool
}

// Read reads on.
func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.left -= int64(n)
	c.over = c.over || c.left < 0
	return n, err
}

// keptFile writes a file as it is kept; the name alone where that is all.
func keptFile(v Value) string {
	if v.SHA256 == "" {
		return v.Text
	}
	return strings.Join([]string{v.Text, v.SHA256, strconv.FormatInt(v.Size, 10), v.MIME}, "\t")
}

func unkeptFile(s string) Value {
	parts := strings.SplitN(s, "\t", 4)
	if len(parts) < 4 {
		return File(s)
	}
	size, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return File(parts[0])
	}
	return Attached(parts[0], Attachment{SHA256: parts[1], Size: size, MIME: parts[3]})
}

// DocumentFields are the names of the fields in which a type keeps files, the one for its document first.
func (t Type) DocumentFields() []string {
	var out []string
	for _, f := range t.Fields {
		switch {
		case f.Kind != KindFile:
		case f.Name == "document":
			out = slices.Insert(out, 0, f.Name)
		default:
			out = append(out, f.Name)
		}
	}
	return out
}

// FileOf finds among the values of a record the file that can be sent as a document, or as a picture: a PDF, or a JPEG or PNG (Meta: Templates ›
// Components › Header).
func (t Type) FileOf(fields map[string]Value, picture bool) (Value, bool) {
	fits := []string{"application/pdf"}
	if picture {
		fits = []string{"image/jpeg", "image/png"}
	}
	for _, name := range t.DocumentFields() {
		if v := fields[name]; v.SHA256 != "" && slices.Contains(fits, v.MIME) {
			return v, true
		}
	}
	return Value{}, false
}

// SendFile gives the file of a record as it goes out; ErrNoDocument when it has none that fits.
func (k *Kept) SendFile(ctx context.Context, ref Ref, picture bool) (app.SendFile, error) {
	c, err := k.Catalog(ctx)
	if err != nil {
		return app.SendFile{}, err
	}
	t, _ := c.Type(ref.Type)
	found, err := k.Read(ctx, []Want{{Type: ref.Type, IDs: []string{ref.ID}, Fields: t.DocumentFields()}})
	if err != nil {
		return app.SendFile{}, err
	}
	v, ok := t.FileOf(found[ref].Fields, picture)
	if !ok {
		return app.SendFile{}, ErrNoDocument
	}
	return app.SendFile{Name: v.Text, MIME: v.MIME, Size: v.Size, SHA256: v.SHA256}, nil
}
