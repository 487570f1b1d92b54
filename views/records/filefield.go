package records

import (
	"context"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/files"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// fileEditor holds one file, whose content is kept in the media folder: chosen or dropped, opened, replaced, removed.
func (f *formPane) fileEditor(x records.Field, label string, changed func()) *editor {
	v := f.v
	var now records.Value
	var row *widget.FileRow
	var choose func()
	open := widget.NewIconButton("open", lang.X("records.file_open", "Open the file"), func() { v.openFile(now) })
	other := widget.NewIconButton("clip", lang.X("records.file_replace", "Take another file"), func() { choose() })
	show := func() {
		layout.SetVisible(open, now.SHA256 != "" && v.p.OpenFile != nil)
		layout.SetVisible(other, !now.Empty())
		row.SetFile(shownFile(now))
		f.body.Refresh()
	}
	put := func(next records.Value) {
		now = next
		show()
		changed()
	}
	row = widget.NewFileRow(lang.X("records.file_hint", "Choose a file or drop it here"),
		lang.X("records.file_limits", "100 MB at most, pictures 5 MB"), func() { choose() }, func() { put(records.Value{}) })
	take := func(path string) {
		mine := f.asked
		row.SetProgress(0.1)
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			r, err := files.Read(path)
			if err != nil {
				return nil, err
			}
			defer r.Close()
			kept, err := v.p.Kept.Attach(ctx, filepath.Base(path), r)
			return func() {
				if mine == f.asked {
					put(kept)
				}
			}, err
		}, func(err error) {
			row.SetProgress(-1)
			w := shell.WordsOf(err)
			row.SetWrong(strings.TrimSpace(w.Message+" "+w.Mend), "", nil)
			f.body.Refresh()
		})
	}
	choose = func() { files.Open(v.sh, files.Options{Key: "record"}, take) }
	head := layout.Row(theme.Space1, layout.Grow(widget.NewText(label, theme.TypeCaption, theme.Text2).Shrinking()), open, other)
	return &editor{
		field: x, object: layout.Column(theme.Space1, head, row), focus: func() {},
		wrong: func(reason string) {
			if reason != "" {
				row.SetWrong(reason, "", nil)
			}
		},
		set:   func(val records.Value) { now = val; show() },
		value: func() (records.Value, string) { return now, "" },
		takes: func(at fyne.Position, path string) bool {
			if !row.Holds(at) {
				return false
			}
			take(path)
			return true
		},
	}
}

func shownFile(v records.Value) *widget.File {
	if v.Empty() {
		return nil
	}
	out := &widget.File{Name: v.Text, MIME: v.MIME, Size: v.Size}
	if v.SHA256 == "" {
		out.Detail = lang.X("records.file_name_only", "only its name is known")
	}
	return out
}

// openFile opens a file in the computer's own program. The copy is for its owner alone, in the folder for passing files.
func (v *View) openFile(file records.Value) {
	if file.SHA256 == "" || v.p.OpenFile == nil {
		return
	}
	v.sh.Async(v.sh.Base, func(context.Context) (func(), error) {
		r, err := v.p.OpenFile(file.SHA256)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		dir, err := os.MkdirTemp("", "shopbell-")
		if err != nil {
			return nil, err
		}
		name := filepath.Join(dir, filepath.Base(file.Text))
		w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(w, r)
		if shut := w.Close(); err == nil {
			err = shut
		}
		return func() {
			if err := v.sh.App.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(name)}); err != nil {
				v.sh.Layers.Problem(&app.Error{
					Code: app.CodeUnavailable, Message: lang.X("records.file_no_program", "No program of this computer opens this file."),
					Mend: lang.X("records.file_no_program_mend", "Install one for files of its kind."), Cause: err,
				})
			}
		}, err
	}, v.sh.Layers.Problem)
}

// takeFile gives a dropped file to the field that it was dropped on.
func (f *formPane) takeFile(at fyne.Position, uris []fyne.URI) bool {
	if !f.there || len(uris) != 1 || uris[0].Scheme() != "file" {
		return false
	}
	for _, e := range f.editors {
		if e.takes != nil && e.takes(at, uris[0].Path()) {
			return true
		}
	}
	return false
}
