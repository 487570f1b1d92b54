package importing

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app/records/importer"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// checkPage shows what would become of the rows, before anything is written.
type checkPage struct {
	w        *Wizard
	object   fyne.CanvasObject
	chips    []*widget.FilterChip
	list     *fynewidget.List
	head     *cellRow
	rows     []importer.Shown // of the chosen filter
	columns  []int            // of the plan, those that are shown
	filter   int
	more     int64 // rows of the filter that are not shown
	moreText *widget.Text
}

// outcome is what a chip shows.
type outcome struct {
	is    importer.Outcome // "" is all
	count int64
	words string
}

// startCheck goes through the whole file without writing.
func (w *Wizard) startCheck() {
	plan, src := w.plan, w.src
	src.keep()
	progress := widget.NewProgressRow(lang.X("import.checking", "Looking at every row; nothing is written yet…"), func() {
		w.end()
		w.showColumns()
	})
	w.show(stepCheck, layout.Column(0, layout.Gap(), layout.AtMost(560, layout.Exactly(0, 60, progress)), layout.Gap()))
	w.work(func(ctx context.Context) (func(), error) {
		defer src.release()
		out, err := plan.Preview(ctx, func(p importer.Progress) {
			w.sh.Later(func() {
				progress.Set(lang.X("import.checking", "Looking at every row; nothing is written yet…"), int(p.Rows), 0)
			})
		})
		return func() {
			w.preview = out
			w.showCheck()
		}, err
	}, func(err error) {
		w.showColumns()
		w.sh.Layers.Problem(err)
	})
}

func (w *Wizard) outcomes() []outcome {
	r := w.preview
	return []outcome{
		{"", r.Rows, lang.X("import.all", "All")},
		{importer.New, r.New, lang.X("import.new", "New")},
		{importer.Changed, r.Changed, lang.X("import.changed", "Changed")},
		{importer.Same, r.Unchanged, lang.X("import.same", "The same")},
		{importer.Refused, r.Refused, lang.X("import.refused", "Refused")},
	}
}

func (w *Wizard) showCheck() {
	p := &checkPage{w: w}
	w.check = p
	for i, c := range w.plan.Columns {
		if c.Field != "" {
			p.columns = append(p.columns, i)
		}
	}
	chips := layout.Row(6)
	for i, o := range w.outcomes() {
		chip := widget.NewFilterChip(o.words+"  "+naming.Number(o.count), func() { p.choose(i) })
		p.chips = append(p.chips, chip)
		chips.Add(chip)
	}
	chips.Add(layout.Gap())
	p.head = newCellRow(p)
	p.list = fynewidget.NewList(func() int { return len(p.rows) }, func() fyne.CanvasObject { return newCellRow(p) }, func(i fynewidget.ListItemID, o fyne.CanvasObject) {
		if r, ok := o.(*cellRow); ok && i < len(p.rows) {
			r.show(p.rows[i])
		}
	})
	p.list.HideSeparators = true
	p.moreText = widget.NewText("", theme.TypeCaption, theme.Text2)
	p.head.showHead(w.plan.Columns)
	table := widget.NewCard(layout.Column(0, layout.Exactly(0, theme.HeightTableHead, p.head), widget.NewLine(), layout.Grow(p.list)), 1)
	p.object = layout.Column(theme.Space3, layout.Exactly(0, theme.HeightSmallButton, chips), p.facts(), layout.Grow(table), p.moreText)
	n := w.preview.New + w.preview.Changed
	words := lang.X("import.nothing", "There is nothing to import")
	if n > 0 {
		words = lang.X("import.do", "Import {{.N}} records", map[string]any{"N": naming.Number(n)})
	}
	if n == 1 {
		words = lang.X("import.do_one", "Import one record")
	}
	do := widget.NewButton(widget.Main, words, "", w.startRun)
	if n == 0 {
		do.Disable()
	}
	w.show(stepCheck, p.object, w.backButton(w.showColumns), layout.Gap(), do)
	first := 0
	if w.preview.Refused > 0 {
		first = 4
	}
	p.filter = -1
	p.choose(first)
}

// facts says what else would come of it.
func (p *checkPage) facts() fyne.CanvasObject {
	r := p.w.preview
	box := layout.Column(theme.Space1)
	for typ, n := range r.Related {
		t, ok := p.w.catalog.Type(typ)
		if !ok || n == 0 {
			continue
		}
		words := lang.X("import.related", "{{.N}} × “{{.Type}}” will be made too, for rows name them and they are not here yet.", map[string]any{"N": naming.Number(n), "Type": naming.Type(t)})
		box.Add(widget.NewText(words, theme.TypeSmall, theme.Text2).Shrinking())
	}
	if n := len(r.Notes); n > 0 {
		words := lang.X("import.noted", "Rows that are taken in though something about them is odd: {{.N}}. What it is stands below each.", map[string]any{"N": naming.Number(n)})
		box.Add(widget.NewText(words, theme.TypeSmall, theme.Warn).Shrinking())
	}
	if len(box.Objects) == 0 {
		box.Hide()
	}
	return box
}

func (p *checkPage) choose(i int) {
	if i == p.filter {
		return
	}
	p.filter = i
	for k, c := range p.chips {
		c.SetOn(k == i)
	}
	o := p.w.outcomes()[i]
	p.rows = p.rows[:0:0]
	for _, s := range p.w.preview.Shown {
		if o.is == "" || s.Outcome == o.is {
			p.rows = append(p.rows, s)
		}
	}
	p.more = o.count - int64(len(p.rows))
	words := ""
	if p.more > 0 {
		words = lang.X("import.more", "and {{.N}} more rows, which are not listed here", map[string]any{"N": naming.Number(p.more)})
	}
	p.moreText.SetText(words)
	if words == "" {
		p.moreText.Hide()
	} else {
		p.moreText.Show()
	}
	p.list.ScrollToTop()
	p.list.Refresh()
}

// changeWords says what a row would change.
func (p *checkPage) changeWords(s importer.Shown) string {
	words := ""
	for _, c := range s.Changes {
		f, _ := p.w.plan.Type.Field(c.Field)
		if words != "" {
			words += " · "
		}
		from := c.From
		if from == "" {
			from = "–"
		}
		words += naming.Field(p.w.plan.Type.Name, f) + ": " + from + " → " + c.To
	}
	return words
}
