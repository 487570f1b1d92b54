package sending

import (
	"context"
	"maps"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	service "shopbell/app/sending"
	"shopbell/meta/template"
	choosing "shopbell/views/files"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// files shows the file of each media header: the template's own, or one that was chosen for this sending.
type files struct {
	v      *Panel
	object *fyne.Container
	chosen map[template.Slot]app.SendFile
	papers service.Papers
}

func newFiles(v *Panel) *files {
	f := &files{v: v, chosen: map[template.Slot]app.SendFile{}, object: layout.Column(theme.Space2)}
	f.object.Hide()
	return f
}

// ask shows a row for each file of a template.
func (f *files) ask(t app.Template, chosen map[template.Slot]app.SendFile) {
	f.chosen, f.object.Objects, f.papers = map[template.Slot]app.SendFile{}, nil, service.PapersDocuments
	maps.Copy(f.chosen, chosen)
	d := documentOf(t)
	for _, slot := range d.Files() {
		f.row(t, slot, headerFormat(d, slot))
	}
	layout.SetVisible(f.object, len(f.object.Objects) > 0)
	f.object.Refresh()
}

func (f *files) row(t app.Template, slot template.Slot, format template.HeaderFormat) {
	var row *widget.FileRow
	own, has := t.File(slot.Card)
	show := func() {
		if c, ok := f.chosen[slot]; ok {
			row.SetFile(&widget.File{Name: c.Name, MIME: c.MIME, Size: c.Size})
			row.SetReadOnly(false)
			return
		}
		row.SetFile(nil)
		if has && f.v.p.KeepFile == nil {
			row.SetFile(&widget.File{Name: own.Name, MIME: own.MIME, Size: own.Size, Detail: lang.X("sending.own_file", "the template’s own")})
		}
		row.SetReadOnly(f.v.p.KeepFile == nil)
	}
	hint, limits := lang.X("sending.own_file_goes", "The template’s own file goes along"), own.Name
	if !has {
		hint, limits = lang.X("sending.file_needed", "The header needs a file"), ""
	}
	row = widget.NewFileRow(hint, limits, func() {
		f.choose(slot, format, row, show)
	}, func() {
		delete(f.chosen, slot)
		show()
		f.v.changed()
	})
	show()
	if f.offersPaper(slot, format) {
		_, chosen := f.chosen[slot]
		way := oneFile
		if format == template.HeaderDocument && !chosen && f.draws() {
			way = ownPaper
		}
		f.papers = papersFor(format, way)
		layout.SetVisible(row, way == oneFile)
		f.object.Add(f.newPapers(format, way, func(way string) {
			f.papers = papersFor(format, way)
			if way != oneFile {
				delete(f.chosen, slot)
				show()
			}
			layout.SetVisible(row, way == oneFile)
			f.v.regrow()
			f.v.changed()
		}).object)
	}
	f.object.Add(row)
}

// choose opens the file dialog.
func (f *files) choose(slot template.Slot, format template.HeaderFormat, row *widget.FileRow, show func()) {
	of := f.v.choose.id()
	choosing.Open(f.v.sh, choosing.Options{
		Title: lang.X("file.choose_title", "Choose a file"), Kinds: []choosing.Kind{{Extensions: extensions(format)}}, Key: "template",
	}, func(path string) { f.take(of, slot, format, path, row, show) })
}

// take has a file judged and kept.
func (f *files) take(of app.ID, slot template.Slot, format template.HeaderFormat, path string, row *widget.FileRow, show func()) {
	row.SetProgress(0.1)
	f.v.sh.Async(f.v.ctx, func(ctx context.Context) (func(), error) {
		r, err := choosing.Read(path)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		file, err := f.v.p.KeepFile(ctx, format, filepath.Base(path), r)
		return func() {
			if f.v.choose.id() != of {
				return
			}
			f.chosen[slot] = file
			show()
			f.v.changed()
		}, err
	}, func(err error) {
		row.SetProgress(-1)
		w := shell.WordsOf(err)
		row.SetWrong(w.Message+" "+w.Mend, "", nil)
	})
}

func headerFormat(d template.Document, s template.Slot) template.HeaderFormat {
	find := d.Component
	if s.Card >= 0 {
		c := d.Component(template.Carousel)
		if c == nil || s.Card >= len(c.Cards) {
			return ""
		}
		find = c.Cards[s.Card].Component
	}
	if h := find(template.Header); h != nil {
		return h.Format
	}
	return ""
}

func extensions(f template.HeaderFormat) []string {
	switch f {
	case template.HeaderImage:
		return []string{".jpg", ".jpeg", ".png"}
	case template.HeaderVideo, template.HeaderGIF:
		return []string{".mp4"}
	case template.HeaderDocument:
		return []string{".pdf"}
	}
	return nil
}
