package sending

import (
	"context"
	"io"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	fynestorage "fyne.io/fyne/v2/storage"

	"shopbell/app"
	service "shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// files shows the file of each media header: the paper of each record, the template's own file, or one that was chosen for this sending.
type files struct {
	v      *Panel
	object *fyne.Container
	chosen map[template.Slot]app.SendFile
	papers service.Papers
	which  *widget.Choice // between paper and file; nil where there are no papers
}

// What can go along where records have papers.
const (
	withPaper = "paper"
	withFile  = "file"
)

func newFiles(v *Panel) *files {
	f := &files{v: v, chosen: map[template.Slot]app.SendFile{}, object: layout.Column(theme.Space2)}
	f.object.Hide()
	return f
}

// ask shows a row for each file of a template.
func (f *files) ask(t app.Template, chosen map[template.Slot]app.SendFile) {
	f.chosen, f.object.Objects, f.which, f.papers = map[template.Slot]app.SendFile{}, nil, nil, service.PapersDocuments
	maps.Copy(f.chosen, chosen)
	d := documentOf(t)
	for _, slot := range d.Files() {
		format := headerFormat(d, slot)
		row := f.row(t, slot, format)
		if slot.Card < 0 && (format == template.HeaderDocument || format == template.HeaderImage) && f.v.p.Sending.HasPaper(f.v.who.typ.Name) {
			f.offerPaper(t, slot, format, row)
		}
		f.object.Add(row)
	}
	setVisible(f.object, len(f.object.Objects) > 0)
	f.object.Refresh()
}

// offerPaper lets the person choose between each record's own paper and a file that is the same for all.
func (f *files) offerPaper(t app.Template, slot template.Slot, format template.HeaderFormat, row *widget.FileRow) {
	paper := lang.X("sending.paper_pdf", "Each one’s own paper, as a PDF")
	if format == template.HeaderImage {
		paper = lang.X("sending.paper_picture", "Each one’s own paper, as a picture")
	}
	f.which = widget.NewChoice(lang.X("sending.attached", "Goes along"), []widget.Option{
		{Key: withPaper, Label: paper, Icon: "file"}, {Key: withFile, Label: lang.X("sending.same_file", "The same file for all"), Icon: "clip"},
	}, func(key string) {
		f.set(key == withPaper, slot, format, row)
		f.v.changed()
	})
	_, own := t.File(slot.Card)
	_, chosen := f.chosen[slot]
	on := !chosen && (format == template.HeaderDocument || !own)
	f.which.SetChosen(withFile)
	if on {
		f.which.SetChosen(withPaper)
	}
	f.set(on, slot, format, row)
	f.object.Add(f.which)
}

// set has papers go along, or a file.
func (f *files) set(papers bool, slot template.Slot, format template.HeaderFormat, row *widget.FileRow) {
	switch {
	case !papers:
		f.papers = service.PapersNone
	case format == template.HeaderImage:
		f.papers = service.PapersAll
	default:
		f.papers = service.PapersDocuments
	}
	if papers {
		delete(f.chosen, slot)
	}
	setVisible(row, !papers)
	f.v.form.Refresh()
}

// paper tells whether each message carries its record's paper.
func (f *files) paper() bool { return f.which != nil && f.which.Chosen() == withPaper }

func (f *files) row(t app.Template, slot template.Slot, format template.HeaderFormat) *widget.FileRow {
	var row *widget.FileRow
	own, has := t.File(slot.Card)
	show := func() {
		row.SetReadOnly(false)
		if c, ok := f.chosen[slot]; ok {
			row.SetFile(&widget.File{Name: c.Name, MIME: c.MIME, Size: c.Size})
			return
		}
		row.SetFile(nil)
		if f.v.p.KeepFile == nil {
			row.SetReadOnly(true)
		}
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
	return row
}

// choose opens the file dialog.
func (f *files) choose(slot template.Slot, format template.HeaderFormat, row *widget.FileRow, show func()) {
	of := f.v.choose.id()
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			f.v.sh.Layers.Problem(err)
		case r != nil:
			f.take(of, slot, format, r.URI().Name(), r, row, show)
		}
	}, f.v.sh.Window)
	if ext := extensions(format); ext != nil {
		d.SetFilter(fynestorage.NewExtensionFileFilter(ext))
	}
	d.Show()
}

// take has a file judged and kept.
func (f *files) take(of app.ID, slot template.Slot, format template.HeaderFormat, name string, r io.ReadCloser, row *widget.FileRow, show func()) {
	row.SetProgress(0.1)
	f.v.sh.Async(f.v.ctx, func(ctx context.Context) (func(), error) {
		defer r.Close()
		file, err := f.v.p.KeepFile(ctx, format, name, r)
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
