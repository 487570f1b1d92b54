package templates

import (
	"context"
	"image"
	_ "image/jpeg" // the pictures that a header may have
	_ "image/png"
	"io"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/image/draw"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/files"
	"shopbell/views/shell"
	"shopbell/views/widget"
)

// Pictures larger than this are not unfolded, whatever their file says; previews are at most previewSide wide and high.
const (
	pixelsMost  = 40 << 20
	previewSide = 520
)

// mediaCache keeps the pictures of headers, small, by the hash of their file. They are read and unfolded away from the UI goroutine.
type mediaCache struct {
	v    *View
	have map[string]image.Image // nil while it is read, or where there is none to show
}

func newMediaCache(v *View) *mediaCache { return &mediaCache{v: v, have: map[string]image.Image{}} }

// of is what stands in a media header.
func (c *mediaCache) of(t app.Template, s template.Slot) widget.CardMedia {
	f, ok := t.File(s.Card)
	if !ok {
		return widget.CardMedia{}
	}
	m := widget.CardMedia{Name: f.Name, Detail: fileDetail(f)}
	if strings.HasPrefix(f.MIME, "image/") {
		m.Image = c.picture(f)
	}
	return m
}

func (c *mediaCache) picture(f app.HeaderFile) image.Image {
	if img, asked := c.have[f.SHA256]; asked || c.v.p.OpenFile == nil {
		return img
	}
	if len(c.have) > 64 {
		clear(c.have)
	}
	c.have[f.SHA256] = nil
	c.v.sh.Async(c.v.sh.Base, func(context.Context) (func(), error) {
		r, err := c.v.p.OpenFile(f.SHA256)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		img, err := small(r)
		return func() {
			c.have[f.SHA256] = img
			c.v.editor.redraw()
		}, err
	}, func(error) {}) // no picture: the name of the file stands there
	return nil
}

// small unfolds a picture and makes it small. How large it would be is looked at first.
func small(r io.ReadSeeker) (image.Image, error) {
	head, _, err := image.DecodeConfig(r)
	if err != nil {
		return nil, err
	}
	if head.Width <= 0 || head.Height <= 0 || head.Width > pixelsMost/head.Height {
		return nil, image.ErrFormat
	}
	if _, err = r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(r)
	if err != nil {
		return nil, err
	}
	side := max(head.Width, head.Height)
	if side <= previewSide {
		return img, nil
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, head.Width*previewSide/side), max(1, head.Height*previewSide/side)))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, img.Bounds(), draw.Src, nil)
	return out, nil
}

func fileDetail(f app.HeaderFile) string {
	_, kind, _ := strings.Cut(f.MIME, "/")
	return strings.ToUpper(kind) + " · " + widget.FileSize(f.Size)
}

// fileLimits says what a header may be given (Meta: Media, supported types and sizes).
func fileLimits(f template.HeaderFormat) (words string, extensions []string) {
	switch f {
	case template.HeaderImage:
		return lang.X("file.image", "JPEG or PNG, at most 5 MB"), []string{".jpg", ".jpeg", ".png"}
	case template.HeaderVideo:
		return lang.X("file.video", "MP4, at most 16 MB"), []string{".mp4"}
	case template.HeaderGIF:
		return lang.X("file.gif", "MP4, at most 3.5 MB"), []string{".mp4"}
	case template.HeaderDocument:
		return lang.X("file.document", "PDF, at most 100 MB"), []string{".pdf"}
	}
	return "", nil
}

// fileBox takes the sample of a media header: chosen, dropped or pasted.
type fileBox struct {
	e      *editor
	card   int
	row    *widget.FileRow
	format template.HeaderFormat
	busy   bool
	wrong  string // why the last file was not taken
	of     app.ID
}

func newFileBox(e *editor, card int, format template.HeaderFormat) *fileBox {
	b := &fileBox{e: e, card: card, format: format}
	limits, _ := fileLimits(format)
	b.row = widget.NewFileRow(lang.X("file.hint", "Drop a file here, paste it or choose one"), limits, b.choose, b.clear)
	return b
}

func (b *fileBox) show(t app.Template, locked bool) {
	if b.of != t.ID {
		b.of, b.wrong, b.busy = t.ID, "", false
	}
	f, ok := t.File(b.card)
	switch {
	case b.wrong != "":
	case !ok:
		if b.row.File() != nil {
			b.row.SetFile(nil)
		}
	case b.row.File() == nil || b.row.File().Name != f.Name || b.row.File().Size != f.Size:
		b.row.SetFile(&widget.File{Name: f.Name, MIME: f.MIME, Size: f.Size})
	}
	b.row.SetReadOnly(locked)
}

// choose opens the file dialog.
func (b *fileBox) choose() {
	words, extensions := fileLimits(b.format)
	files.Open(b.e.v.sh, files.Options{Title: lang.X("file.choose_title", "Choose a file"), Kinds: []files.Kind{{Label: words, Extensions: extensions}}, Key: "template"}, b.dropped)
}

// dropped takes a file that was chosen, or dropped on the window.
func (b *fileBox) dropped(path string) {
	b.take(filepath.Base(path), func() (io.ReadCloser, error) { return files.Read(path) })
}

// take hands a file to the service, which judges it by its content. What was written is kept first, so that both have the same revision.
func (b *fileBox) take(name string, open func() (io.ReadCloser, error)) {
	e := b.e
	if locked, why := e.locked(); locked || b.busy || e.m == nil {
		if why != "" {
			e.v.sh.Say(why)
		}
		return
	}
	b.busy, b.wrong = true, ""
	b.row.SetProgress(0.05)
	e.flush(func() {
		m := e.m
		if m == nil {
			return
		}
		id, revision := m.now.ID, m.now.Revision
		e.v.sh.Async(e.v.sh.Base, func(ctx context.Context) (func(), error) {
			r, err := open()
			if err != nil {
				return nil, &app.Error{Code: app.CodeInvalid, Message: lang.X("file.unreadable", "The file cannot be read."), Mend: lang.X("file.unreadable_mend", "Look whether it is still there, or choose another one."), Cause: err}
			}
			defer r.Close()
			t, err := e.v.p.Templates.SetHeaderFile(ctx, e.v.who(), id, revision, b.card, name, r)
			return func() {
				b.busy = false
				b.row.SetProgress(-1)
				if e.is(id) {
					e.took(t)
				}
			}, err
		}, func(err error) {
			b.busy = false
			b.row.SetProgress(-1)
			if e.is(id) {
				w := shell.WordsOf(err)
				b.wrong = strings.TrimSpace(w.Message + " " + w.Mend)
				b.row.SetWrong(b.wrong, lang.X("file.other", "Choose another"), b.choose)
			}
		})
	})
}

// clear takes the file out.
func (b *fileBox) clear() {
	e := b.e
	b.wrong = ""
	b.row.SetFile(nil)
	if e.m == nil {
		return
	}
	if _, ok := e.m.now.File(b.card); !ok {
		return
	}
	id := e.m.now.ID
	e.flush(func() {
		e.v.sh.Async(e.v.sh.Base, func(ctx context.Context) (func(), error) {
			t, err := e.v.p.Templates.ClearHeaderFile(ctx, e.v.who(), id, b.card)
			return func() {
				if e.is(id) {
					e.took(t)
				}
			}, err
		}, e.v.sh.Layers.Problem)
	})
}

// took takes what the service made of the open template; what was written meanwhile stays.
func (e *editor) took(t app.Template) {
	files := t.Files
	e.m.stands(t)
	if !equalFiles(e.m.now.Files, files) {
		e.m.now.Files = files
	}
	e.m.version++
	e.redraw()
	e.v.changed()
}

func equalFiles(a, b []app.HeaderFile) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func withoutFile(files []app.HeaderFile, card int) []app.HeaderFile {
	var out []app.HeaderFile
	for _, f := range files {
		if f.Card != card {
			out = append(out, f)
		}
	}
	return out
}
