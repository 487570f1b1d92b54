package templates

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	fynestorage "fyne.io/fyne/v2/storage"

	"shopbell/app"
	service "shopbell/app/templates"
	"shopbell/meta/template"
	"shopbell/views/clip"
)

// oneStore is what the service needs for looking at header files.
type oneStore struct {
	service.Store
	k *kept
}

func (s oneStore) Template(ctx context.Context, id app.ID) (app.Template, error) {
	return s.k.Get(ctx, app.Staff{}, id)
}

func (s oneStore) ChangeTemplate(_ context.Context, id app.ID, change func(t *app.Template) (app.TemplateTrace, error)) (app.Template, error) {
	var failed error
	t, err := s.k.alter(id, func(t *app.Template) {
		if _, failed = change(t); failed == nil {
			t.Revision++
		}
	})
	return t, errors.Join(err, failed)
}

// folder keeps files by their hash.
type folder string

func (f folder) Put(_ context.Context, r io.Reader, _ int64) (string, int64, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:])
	return name, int64(len(data)), os.WriteFile(filepath.Join(string(f), name), data, 0o600)
}

func (f folder) Get(sha string) (*os.File, error) { return os.Open(filepath.Join(string(f), sha)) }

// fileWorld has one draft with a media header, and files as people have them.
func fileWorld(t *testing.T, format template.HeaderFormat) (w *world, path func(name string, data []byte, size int64) string) {
	k := newKept()
	d := document("Hello there, this is a message of the shop.")
	setHeaderFormat(&d, format)
	k.put(app.Template{Name: "Shop", Document: d, Draft: true, RecordType: "contact"})
	k.judge = service.New(service.Config{Store: oneStore{k: k}, Files: folder(t.TempDir())})
	w = newWorld(t, k, app.Staff{})
	w.open(1)
	dir := t.TempDir()
	return w, func(name string, data []byte, size int64) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if size > 0 {
			if err := os.Truncate(p, size); err != nil {
				t.Fatal(err)
			}
		}
		return p
	}
}

func dots(t *testing.T) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const mp4 = "\x00\x00\x00\x18ftypmp42........"

func TestAHeaderFileIsDroppedPastedAndTakenOut(t *testing.T) {
	w, path := fileWorld(t, template.HeaderImage)
	p := path("shop front.png", dots(t), 0)
	address, err := fynestorage.ParseURI("https://shop.example/a.png")
	if err != nil {
		t.Fatal(err)
	}
	if w.Dropped(fyne.NewPos(5, 5), []fyne.URI{address}) {
		t.Error("an address was taken for a file")
	}
	if !w.Dropped(fyne.NewPos(5, 5), []fyne.URI{fynestorage.NewFileURI(p)}) {
		t.Fatal("nobody wanted the file")
	}
	w.Settle()
	if f := w.stored(1).Files; len(f) != 1 || f[0].Name != "shop front.png" || f[0].MIME != "image/png" {
		t.Fatalf("kept %+v", f)
	}
	if f := w.editor.body.file.row.File(); f == nil || f.Name != "shop front.png" {
		t.Errorf("shown %+v", f)
	}
	w.Picture("file")
	w.editor.body.file.clear()
	w.Settle()
	if f := w.stored(1).Files; len(f) != 0 || w.editor.body.file.row.File() != nil {
		t.Errorf("taken out, and still %+v", f)
	}
	for _, words := range []string{p, "file://" + strings.ReplaceAll(p, " ", "%20") + "\n"} {
		w.sh.App.Clipboard().SetContent(words)
		w.PasteFile()
		w.Settle()
		if f := w.stored(1).Files; len(f) != 1 {
			t.Errorf("%q was not pasted", words)
		}
		w.editor.body.file.clear()
		w.Settle()
	}
	w.sh.App.Clipboard().SetContent("Hello, this is only text")
	w.PasteFile()
	w.Settle()
	if f := w.stored(1).Files; len(f) != 0 || len(w.Toasts) == 0 {
		t.Errorf("text was pasted as a file: %+v, said %+v", f, w.Toasts)
	}
}

// board is a clipboard with a picture, or without.
type board struct {
	p   clip.Picture
	err error
}

func (b board) Picture(context.Context) (clip.Picture, error) { return b.p, b.err }

func TestAPictureIsPasted(t *testing.T) {
	w, _ := fileWorld(t, template.HeaderImage)
	w.p.Pictures = board{p: clip.Picture{Name: "clipboard.png", Data: dots(t)}}
	w.PasteFile()
	w.Settle()
	if f := w.stored(1).Files; len(f) != 1 || f[0].Name != "clipboard.png" || f[0].MIME != "image/png" {
		t.Fatalf("kept %+v", f)
	}
	w.editor.body.file.clear()
	w.Settle()

	w.p.Pictures = board{p: clip.Picture{Name: "clipboard.png", Data: []byte("no picture")}}
	w.PasteFile()
	w.Settle()
	if got := w.editor.body.file.wrong; got == "" || len(w.stored(1).Files) != 0 {
		t.Errorf("what is no picture: %q, kept %+v", got, w.stored(1).Files)
	}
	last := func() string { return w.Toasts[len(w.Toasts)-1].Text }
	missing := &app.Error{Code: app.CodeUnavailable, Message: "Pictures can be pasted once the program xclip is installed.", Mend: "Install it."}
	w.p.Pictures = board{err: missing}
	w.PasteFile()
	w.Settle()
	if got := last(); !strings.Contains(got, "xclip") || !strings.Contains(got, "Install it.") {
		t.Errorf("said %q", got)
	}
	w.p.Pictures = board{err: clip.ErrNone}
	w.PasteFile()
	w.Settle()
	if got := last(); !strings.Contains(got, "no picture") {
		t.Errorf("said %q", got)
	}
}

func TestWrongFilesAreRefusedInWords(t *testing.T) {
	for _, c := range []struct {
		name   string
		format template.HeaderFormat
		data   []byte
		size   int64
		says   string
	}{
		{"notes.png", template.HeaderImage, []byte("only text"), 0, "is text"},
		{"picture.mp4", template.HeaderVideo, dots(t), 0, "a PNG picture"},
		{"film.mp4", template.HeaderVideo, []byte(mp4), 200 << 20, "too large"},
		{"film.png", template.HeaderImage, []byte(mp4), 0, "a MP4 video"},
		{"empty.pdf", template.HeaderDocument, nil, 0, "empty"},
	} {
		w, path := fileWorld(t, c.format)
		w.editor.body.file.dropped(path(c.name, c.data, c.size))
		w.Settle()
		if b := w.editor.body.file; !strings.Contains(b.wrong, c.says) || !strings.Contains(b.wrong, "Choose") || b.busy {
			t.Errorf("%s: %q, busy %v", c.name, b.wrong, b.busy)
		}
		if f := w.stored(1).Files; len(f) != 0 {
			t.Errorf("%s was kept: %+v", c.name, f)
		}
		w.Picture("file-wrong-" + c.name)
	}
	w, _ := fileWorld(t, template.HeaderImage)
	w.editor.body.file.dropped("/nowhere/at/all.png")
	w.Settle()
	if got := w.editor.body.file.wrong; !strings.Contains(got, "cannot be read") {
		t.Errorf("a file that is not there: %q", got)
	}
}
