package templates

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // to see how large a picture is before anything draws it
	_ "image/png"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"shopbell/app"
	"shopbell/meta/template"
)

// What a header's sample may be (Meta: Media, supported types and sizes; Templates › Components › Header).
var headerKinds = map[template.HeaderFormat]struct {
	mimes []string
	limit int64 // bytes
	what  string
}{
	template.HeaderImage:    {[]string{"image/jpeg", "image/png"}, 5 << 20, "a JPEG or PNG picture of at most 5 MB"},
	template.HeaderVideo:    {[]string{"video/mp4"}, 16 << 20, "an MP4 video of at most 16 MB"},
	template.HeaderGIF:      {[]string{"video/mp4"}, 7 << 19, "an MP4 video of at most 3.5 MB"},
	template.HeaderDocument: {[]string{"application/pdf"}, 100 << 20, "a PDF document of at most 100 MB"},
}

// maxPixels bounds a picture: a small file can unfold into more than any screen or phone takes.
const maxPixels = 64 << 20

func fits(f template.HeaderFormat, mime string) bool {
	return slices.Contains(headerKinds[f].mimes, mime)
}

// SetHeaderFile gives a media header its sample: the template's own header (card -1) or that of a card. Type and size are judged by the content,
// whatever the file is called. revision is that of the template as the person saw it.
func (s *Service) SetHeaderFile(ctx context.Context, who app.Staff, id app.ID, revision int64, card int, name string, r io.Reader) (app.Template, error) {
	if err := adminsOnly(who); err != nil {
		return app.Template{}, err
	}
	t, err := s.c.Store.Template(ctx, id)
	if err != nil {
		return t, err
	}
	format, ok := headerFormats(t.Document)[card]
	if !ok {
		return app.Template{}, invalid("The header of this template takes no file.", "Choose image, video or document as its type first.")
	}
	f, err := s.keep(ctx, format, name, r)
	if err != nil {
		return app.Template{}, err
	}
	f.Card = card
	return s.change(ctx, who, id, func(cur *app.Template) (app.TemplateTrace, error) {
		switch {
		case cur.Revision != revision:
			return app.TemplateTrace{}, &Collision{Mine: t, Theirs: *cur}
		case headerFormats(cur.Document)[card] != format:
			return app.TemplateTrace{}, invalid("The header's type was changed meanwhile.", "Choose the file again.")
		}
		if err := Idle(*cur); err != nil {
			return app.TemplateTrace{}, err
		}
		cur.Files = append(withoutFile(cur.Files, card), f)
		return app.TemplateTrace{}, nil
	})
}

// ClearHeaderFile takes a header's sample out.
func (s *Service) ClearHeaderFile(ctx context.Context, who app.Staff, id app.ID, card int) (app.Template, error) {
	return s.change(ctx, who, id, func(t *app.Template) (app.TemplateTrace, error) {
		if err := Idle(*t); err != nil {
			return app.TemplateTrace{}, err
		}
		t.Files = withoutFile(t.Files, card)
		return app.TemplateTrace{}, nil
	})
}

func withoutFile(files []app.HeaderFile, card int) []app.HeaderFile {
	return slices.DeleteFunc(slices.Clone(files), func(f app.HeaderFile) bool { return f.Card == card })
}

// keep judges a file by its content and puts it into the media folder.
func (s *Service) keep(ctx context.Context, format template.HeaderFormat, name string, r io.Reader) (app.HeaderFile, error) {
	kind := headerKinds[format]
	name = filepath.Base(filepath.ToSlash(strings.ReplaceAll(name, `\`, "/")))
	no := func(why string) error {
		return invalid("“"+name+"” "+why, "Choose "+kind.what+".")
	}
	head := bufio.NewReaderSize(r, 4096)
	start, err := head.Peek(512)
	if len(start) == 0 {
		if err != nil && !errors.Is(err, io.EOF) {
			return app.HeaderFile{}, fmt.Errorf("reading the header's file: %w", err)
		}
		return app.HeaderFile{}, no("is empty.")
	}
	mime := sniff(start)
	if !fits(format, mime) {
		return app.HeaderFile{}, no("is " + describe(mime) + ", which this header does not take.")
	}
	counted := &tooMuch{r: head, left: kind.limit}
	sha, size, err := s.c.Files.Put(ctx, counted, kind.limit)
	switch {
	case counted.over:
		return app.HeaderFile{}, no("is too large.")
	case err != nil:
		return app.HeaderFile{}, fmt.Errorf("keeping the header's file: %w", err)
	}
	if format == template.HeaderImage {
		if err := s.look(sha, no); err != nil {
			return app.HeaderFile{}, err
		}
	}
	return app.HeaderFile{Name: name, MIME: mime, Size: size, SHA256: sha}, nil
}

// look reads how large a picture is without unfolding it.
func (s *Service) look(sha string, no func(string) error) error {
	file, err := s.c.Files.Get(sha)
	if err != nil {
		return fmt.Errorf("reading the header's file: %w", err)
	}
	defer file.Close()
	c, _, err := image.DecodeConfig(file)
	switch {
	case err != nil:
		return no("is damaged.")
	case int64(c.Width)*int64(c.Height) > maxPixels:
		return no(fmt.Sprintf("has %d × %d dots, more than a phone can show.", c.Width, c.Height))
	}
	return nil
}

// tooMuch notices that a file has more bytes than it may.
type tooMuch struct {
	r    io.Reader
	left int64
	over bool
}

func (t *tooMuch) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if t.left -= int64(n); t.left < 0 {
		t.over = true
		return n, errTooMuch
	}
	return n, err
}

var errTooMuch = fmt.Errorf("too large")

// sniff tells a file's type by its first bytes.
func sniff(b []byte) string {
	if len(b) >= 12 && bytes.Equal(b[4:8], []byte("ftyp")) {
		if bytes.HasPrefix(b[8:], []byte("qt  ")) {
			return "video/quicktime"
		}
		return "video/mp4"
	}
	mime, _, _ := strings.Cut(http.DetectContentType(b), ";")
	return mime
}

func describe(mime string) string {
	switch {
	case mime == "application/octet-stream":
		return "of an unknown type"
	case strings.HasPrefix(mime, "text/"):
		return "text"
	}
	kind, what, _ := strings.Cut(mime, "/")
	what = strings.ToUpper(strings.TrimPrefix(what, "x-"))
	switch kind {
	case "image":
		return "a " + what + " picture"
	case "video":
		return "a " + what + " video"
	case "audio":
		return "a " + what + " sound"
	}
	return "a " + what + " file"
}
