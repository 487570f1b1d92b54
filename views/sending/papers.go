package sending

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/records"
	service "shopbell/app/sending"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/paper"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// papers says whether the header carries the document of each record, or one file for all.
type papers struct {
	object fyne.CanvasObject
	choice *widget.Choice
	look   *widget.Button
	format template.HeaderFormat
}

// The choices.
const (
	ownPaper = "own"
	ownFile  = "record"
	oneFile  = "file"
)

// offersPaper tells whether a media header may carry the document of each record.
func (f *files) offersPaper(slot template.Slot, format template.HeaderFormat) bool {
	return slot.Card < 0 && (format == template.HeaderDocument || format == template.HeaderImage) && (f.draws() || len(f.v.who.typ.DocumentFields()) > 0)
}

// draws tells whether documents are drawn of the records.
func (f *files) draws() bool { return f.v.sh.OpenPaper != nil && paper.Has(f.v.who.typ.Name) }

// newPapers asks it; changed is told with the answer. A document header carries the record's own unless somebody says otherwise.
func (f *files) newPapers(format template.HeaderFormat, way string, changed func(way string)) *papers {
	p := &papers{format: format}
	words := lang.X("sending.paper_own", "Each record’s own document")
	if format == template.HeaderImage {
		words = lang.X("sending.paper_picture", "Each record’s own document, as a picture")
	}
	p.look = widget.NewButton(widget.Plain, lang.X("sending.paper_look", "Look at it"), "eye", func() {
		f.v.sh.OpenPaper(records.Ref{Type: f.v.who.typ.Name, ID: f.v.preview.id()})
	})
	var options []widget.Option
	if f.draws() {
		options = append(options, widget.Option{Key: ownPaper, Label: words})
	}
	if len(f.v.who.typ.DocumentFields()) > 0 {
		options = append(options, widget.Option{Key: ownFile, Label: lang.X("sending.paper_record", "The file kept with each record")})
	}
	options = append(options, widget.Option{Key: oneFile, Label: lang.X("sending.paper_file", "The same file for all")})
	p.choice = widget.NewChoice(lang.X("sending.paper", "In the header"), options, func(key string) {
		layout.SetVisible(p.look, key == ownPaper)
		changed(key)
	})
	p.choice.SetChosen(way)
	layout.SetVisible(p.look, way == ownPaper)
	p.object = layout.Row(theme.Space2, layout.Grow(p.choice), layout.Column(0, layout.Exactly(0, theme.TypeCaption.Pitch+theme.Space1, widget.NewGround("", "", 0)), p.look))
	return p
}

// papersFor is what a job is told of it.
func papersFor(format template.HeaderFormat, way string) service.Papers {
	switch {
	case way == ownFile:
		return service.PapersFiles
	case way != ownPaper:
		return service.PapersNone
	case format == template.HeaderImage:
		return service.PapersAll
	}
	return service.PapersDocuments
}

// carries tells as what a header carries the document of each record.
func (f *files) carries(slot template.Slot) (service.PaperKind, bool) {
	format := headerFormat(documentOf(f.v.choose.current), slot)
	if _, chosen := f.chosen[slot]; chosen || !f.offersPaper(slot, format) {
		return "", false
	}
	switch {
	case f.papers == service.PapersFiles && format == template.HeaderDocument:
		return service.PaperFile, true
	case f.papers == service.PapersFiles:
		return service.PaperFilePicture, true
	case format == template.HeaderDocument && f.papers != service.PapersNone && f.draws():
		return service.PaperPDF, true
	case format == template.HeaderImage && f.papers == service.PapersAll:
		return service.PaperPicture, true
	}
	return "", false
}
