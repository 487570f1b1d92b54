package templates

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/clip"
	"shopbell/views/shell"
)

// Pictures reads the picture on the clipboard, away from the UI goroutine. clip.ErrNone tells that there is none.
type Pictures interface {
	Picture(ctx context.Context) (clip.Picture, error)
}

// Dropped takes files that were dropped on the window; the first goes where it was dropped, or to the header. It tells whether somebody wanted it.
func (v *View) Dropped(at fyne.Position, uris []fyne.URI) bool {
	if len(uris) == 0 || uris[0].Scheme() != "file" {
		return false
	}
	b := v.editor.body.fileAt(at)
	if b == nil {
		return false
	}
	b.dropped(uris[0].Path())
	return true
}

// PasteFile takes what was copied: a file in a file manager, by its path on the clipboard, or a picture.
func (v *View) PasteFile() {
	b := v.editor.body.fileAt(fyne.NewPos(-1, -1))
	if b == nil {
		v.sh.Say(lang.X("file.no_header", "Choose a picture, video or document as the header first"))
		return
	}
	text := strings.TrimSpace(v.sh.App.Clipboard().Content())
	if path, ok := pathOf(text); ok {
		b.dropped(path)
		return
	}
	e, m := v.editor, v.editor.m
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		p, err := v.pictures().Picture(ctx)
		return func() {
			switch {
			case err == nil && e.m == m:
				b.take(p.Name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(p.Data)), nil })
			case errors.Is(err, clip.ErrNone), err != nil && text != "":
				v.sh.Say(lang.X("file.no_paste", "There is no file and no picture on the clipboard"))
			case err != nil:
				w := shell.WordsOf(err)
				v.sh.Toasts(shell.Toast{Text: w.Message + " " + w.Mend, Bad: true})
			}
		}, nil
	}, nil)
}

func (v *View) pictures() Pictures {
	if v.p.Pictures != nil {
		return v.p.Pictures
	}
	return clip.Desktop{}
}

// pathOf is the file that a text on the clipboard names, as file managers write it: a path, or a file:// address.
func pathOf(text string) (string, bool) {
	if u, err := url.Parse(text); err == nil && u.Scheme == "file" {
		text = u.Path
	}
	return text, filepath.IsAbs(text) && !strings.ContainsAny(text, "\n\r")
}
