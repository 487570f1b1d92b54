package importing

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// columnRow is one column of the file: its name, three of its cells, and the field it fills.
type columnRow struct {
	fynewidget.BaseWidget
	p       *columnsPage
	at      int
	name    *widget.Text
	kind    *widget.Text
	samples [3]*widget.Text
	field   *widget.Choice
	how     *widget.Icon
}

const columnHeight float32 = 64

func newColumnRow(p *columnsPage) *columnRow {
	r := &columnRow{
		p: p, name: widget.NewBold("", theme.TypeBody, theme.Text).Shrinking(), kind: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking(),
		how: widget.NewIcon("", 16, theme.Ok),
	}
	for i := range r.samples {
		r.samples[i] = widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()
	}
	r.field = widget.NewChoice("", p.options, func(path string) { p.set(r.at, path) }).Least(280)
	r.field.Foot = func() (string, func()) {
		at := r.at
		return lang.X("import.new_field_do", "New field…"), func() { p.newField(at) }
	}
	r.ExtendBaseWidget(r)
	return r
}

// show paints a column.
func (r *columnRow) show(i int) {
	if i >= len(r.p.w.plan.Columns) {
		return
	}
	r.at = i
	c := r.p.w.plan.Columns[i]
	r.name.SetText(c.Heading)
	kind := kindWords(c.Kind)
	if c.How == "remembered" {
		kind += " · " + lang.X("import.remembered", "as you chose last time")
	}
	r.kind.SetText(kind)
	for k, t := range r.samples {
		s := ""
		if k < len(c.Samples) {
			s = strings.Join(strings.Fields(c.Samples[k]), " ")
			if len(s) > 200 {
				s = strings.ToValidUTF8(s[:200], "")
			}
		}
		t.SetText(s)
	}
	key := c.Field
	if key == "" {
		key = leaveOut
		r.how.Set("", theme.Ok)
		r.name.SetColour(theme.Text2)
	} else {
		r.how.Set("check", theme.Ok)
		r.name.SetColour(theme.Text)
	}
	r.field.SetChosen(key)
}

// CreateRenderer is for Fyne.
func (r *columnRow) CreateRenderer() fyne.WidgetRenderer {
	samples := layout.Column(0, r.samples[0], r.samples[1], r.samples[2])
	row := newThirds(layout.Row(theme.Space2, layout.Exactly(16, 16, r.how), layout.Grow(layout.Column(0, r.name, r.kind))), samples, r.field)
	return fynewidget.NewSimpleRenderer(layout.Column(0, layout.Exactly(0, columnHeight, layout.Pad(0, theme.Space4, 0, theme.Space4, row)), widget.NewLine()))
}

// thirds puts three things side by side, each with a third of the width, in the middle of the height.
type thirds struct{}

func newThirds(objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: thirds{}, Objects: objects}
}

// MinSize is for Fyne.
func (thirds) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return fyne.NewSize(3*fyne.Min(m.Width, 120)+2*theme.Space4, m.Height)
}

// Layout is for Fyne.
func (thirds) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := (size.Width - 2*theme.Space4) / 3
	for i, o := range objects {
		h := fyne.Min(o.MinSize().Height, size.Height)
		o.Move(fyne.NewPos(float32(i)*(w+theme.Space4), (size.Height-h)/2))
		o.Resize(fyne.NewSize(w, h))
	}
}
