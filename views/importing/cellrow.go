package importing

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app/records/importer"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// mostCells is how many columns the preview shows; more would be too narrow to read.
const mostCells = 5

const cellHeight float32 = 52

// cellRow is one row of the preview, or its head: what becomes of it, its cells, and why or what below them.
type cellRow struct {
	fynewidget.BaseWidget
	p     *checkPage
	row   *widget.Text
	pill  *widget.Pill
	cells []*widget.Text
	below *widget.Text
	text  *fyne.Container
	head  bool
}

func newCellRow(p *checkPage) *cellRow {
	r := &cellRow{
		p: p, row: widget.NewText("", theme.TypeCaption, theme.Text3).Aligned(fyne.TextAlignTrailing).Shrinking(), pill: widget.NewSmallPill("", "", widget.Quiet),
		below: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking(),
	}
	for range min(len(p.columns), mostCells) {
		r.cells = append(r.cells, widget.NewText("", theme.TypeSmall, theme.Text).Shrinking())
	}
	cells := &fyne.Container{Layout: equally{}}
	for _, c := range r.cells {
		cells.Add(c)
	}
	r.text = layout.Column(2, cells, r.below)
	r.ExtendBaseWidget(r)
	return r
}

// showHead names the columns.
func (r *cellRow) showHead(columns []importer.Column) {
	r.head = true
	r.row.SetText(lang.X("import.row", "Row"))
	r.pill.Hide()
	r.below.Hide()
	for i, t := range r.cells {
		t.SetColour(theme.Text2)
		t.SetText(columns[r.p.columns[i]].Heading)
	}
}

func (r *cellRow) show(s importer.Shown) {
	r.row.SetText(strconv.Itoa(s.Row))
	switch s.Outcome {
	case importer.New:
		r.pill.Set(lang.X("import.pill_new", "New"), "plus", widget.Ok)
	case importer.Changed:
		r.pill.Set(lang.X("import.pill_changed", "Changed"), "edit", widget.Accent)
	case importer.Same:
		r.pill.Set(lang.X("import.pill_same", "The same"), "check", widget.Quiet)
	default:
		r.pill.Set(lang.X("import.pill_refused", "Refused"), "alert", widget.Bad)
	}
	for i, t := range r.cells {
		words := ""
		if c := r.p.columns[i]; c < len(s.Cells) {
			words = strings.Join(strings.Fields(s.Cells[c]), " ")
		}
		t.SetText(words)
	}
	words, colour := "", theme.Text2
	switch {
	case s.Message != "":
		words, colour = s.Message, theme.Danger
		if s.Column != "" {
			words = s.Column + ": " + words
		}
	case len(s.Changes) > 0:
		words = r.p.changeWords(s)
	case len(s.Notes) > 0:
		words, colour = strings.Join(s.Notes, " · "), theme.Warn
	}
	r.below.SetColour(colour)
	r.below.SetText(words)
	if words == "" {
		r.below.Hide()
	} else {
		r.below.Show()
	}
	r.text.Refresh()
}

// CreateRenderer is for Fyne.
func (r *cellRow) CreateRenderer() fyne.WidgetRenderer {
	body := layout.Pad(0, theme.Space4, 0, theme.Space2, layout.Row(theme.Space3, layout.Exactly(56, 0, r.row), layout.Exactly(104, 0, layout.Row(0, r.pill)), layout.Grow(r.text)))
	if r.head {
		return fynewidget.NewSimpleRenderer(body)
	}
	return fynewidget.NewSimpleRenderer(layout.Column(0, layout.Exactly(0, cellHeight, body), widget.NewLine()))
}

// equally gives each thing the same width.
type equally struct{}

// MinSize is for Fyne.
func (equally) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var h float32
	for _, o := range objects {
		h = fyne.Max(h, o.MinSize().Height)
	}
	return fyne.NewSize(float32(len(objects))*40, h)
}

// Layout is for Fyne.
func (equally) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := float32(max(1, len(objects)))
	w := (size.Width - (n-1)*theme.Space3) / n
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i)*(w+theme.Space3), 0))
		o.Resize(fyne.NewSize(w, size.Height))
	}
}
