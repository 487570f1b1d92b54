package importing

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app/records"
	"shopbell/app/records/importer"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// columnsPage shows how the file was understood and what its columns fill. All of it can be changed.
type columnsPage struct {
	w       *Wizard
	object  fyne.CanvasObject
	list    *fynewidget.List
	options []widget.Option
	hint    *widget.Paragraph
	next    *widget.Button
}

// leaveOut is the choice that has a column fill nothing.
const leaveOut = "-"

func (w *Wizard) showColumns() {
	p := &columnsPage{w: w}
	w.columns = p
	p.options = p.fieldOptions()
	p.list = fynewidget.NewList(func() int { return len(w.plan.Columns) }, func() fyne.CanvasObject { return newColumnRow(p) }, func(i fynewidget.ListItemID, o fyne.CanvasObject) {
		if r, ok := o.(*columnRow); ok {
			r.show(i)
		}
	})
	p.list.HideSeparators = true
	p.hint = widget.NewParagraph("", theme.TypeSmall, theme.Text2, 120)
	head := layout.Pad(0, theme.Space4, 0, theme.Space4, layout.Exactly(0, theme.HeightTableHead, newThirds(
		widget.NewText(lang.X("import.column", "Column of the file"), theme.TypeCaption, theme.Text2).Shrinking(),
		widget.NewText(lang.X("import.samples", "What is in it"), theme.TypeCaption, theme.Text2).Shrinking(),
		widget.NewText(lang.X("import.field", "Field it fills"), theme.TypeCaption, theme.Text2).Shrinking(),
	)))
	table := widget.NewCard(layout.Column(0, head, widget.NewLine(), layout.Grow(p.list)), 1)
	p.object = layout.Column(theme.Space3, p.guesses(), layout.Grow(table))
	p.next = widget.NewButton(widget.Main, lang.X("import.next_check", "Check the rows"), "", func() { w.startCheck() })
	w.show(stepColumns, p.object, w.backButton(func() {
		w.show(stepFile, w.file.object)
		w.file.setFile(w.src)
	}), layout.Grow(p.hint), p.next)
	p.judge()
}

func (w *Wizard) backButton(back func()) fyne.CanvasObject {
	return widget.NewButton(widget.Plain, lang.X("button.back", "Back"), "left", back)
}

// guesses is the line of what was found out about the file.
func (p *columnsPage) guesses() fyne.CanvasObject {
	w, f := p.w, p.w.plan.File
	again := func() { w.read("", w.sh.Layers.Problem) }
	row := layout.Row(theme.Space3)
	add := func(width float32, c *widget.Choice) { row.Add(layout.Exactly(width, 0, c)) }
	if f.Kind == "xlsx" {
		var sheets []widget.Option
		for _, s := range f.Sheets {
			sheets = append(sheets, widget.Option{Key: s, Label: s})
		}
		c := widget.NewChoice(lang.X("import.sheet", "Sheet"), sheets, func(s string) {
			w.page, w.said = s, map[int]string{}
			again()
		})
		c.SetChosen(f.Sheet)
		add(200, c)
	} else {
		var encodings []widget.Option
		for _, e := range importer.Encodings() {
			encodings = append(encodings, widget.Option{Key: e, Label: encodingName(e)})
		}
		c := widget.NewChoice(lang.X("import.encoding", "Encoding"), encodings, func(e string) {
			w.way.Encoding = e
			again()
		}).Least(240)
		c.SetChosen(f.Encoding)
		add(170, c)
		s := widget.NewChoice(lang.X("import.separator", "Between columns"), separators(f.Separator), func(s string) {
			w.way.Separator, w.said = s, map[int]string{}
			again()
		})
		s.SetChosen(f.Separator)
		add(150, s)
	}
	head := widget.NewChoice(lang.X("import.header", "First row"), []widget.Option{
		{Key: "yes", Label: lang.X("import.header_yes", "Names of columns")}, {Key: "no", Label: lang.X("import.header_no", "Already a record")},
	}, func(s string) {
		w.header = importer.Header(s)
		again()
	})
	head.SetChosen("no")
	if w.plan.Header {
		head.SetChosen("yes")
	}
	add(190, head)
	var countries []widget.Option
	for _, c := range naming.Countries() {
		countries = append(countries, widget.Option{Key: c.Code, Label: c.Name, Detail: c.Code, Words: c.Own})
	}
	land := widget.NewChoice(lang.X("import.country", "Country of numbers, dates, amounts"), countries, func(code string) {
		w.country = code
		w.keepCountry()
		again()
	}).Least(280)
	land.SetPlaceholder(lang.X("import.country_none", "Not chosen"))
	land.SetChosen(w.country)
	row.Add(layout.Grow(land))
	return row
}

// keepCountry has the shop's country remembered.
func (w *Wizard) keepCountry() {
	if w.p.SetCountry == nil {
		return
	}
	code := w.country
	w.sh.Async(w.sh.Base, func(ctx context.Context) (func(), error) { return nil, w.p.SetCountry(ctx, code) }, w.sh.Layers.Problem)
}

func encodingName(e string) string {
	switch e {
	case "utf-8":
		return "UTF-8"
	case "utf-16le":
		return "UTF-16 LE"
	case "utf-16be":
		return "UTF-16 BE"
	case "windows-1258":
		return lang.X("import.vietnamese", "Vietnamese (Windows-1258)")
	case "windows-1252":
		return lang.X("import.western", "Western (Windows-1252)")
	}
	return lang.X("import.latin", "Western (Latin-1)")
}

func separators(found string) []widget.Option {
	out := []widget.Option{
		{Key: ",", Label: lang.X("import.comma", "Comma"), Detail: ","},
		{Key: ";", Label: lang.X("import.semicolon", "Semicolon"), Detail: ";"},
		{Key: "\t", Label: lang.X("import.tab", "Tab")},
		{Key: "|", Label: lang.X("import.bar", "Bar"), Detail: "|"},
	}
	if !slices.ContainsFunc(out, func(o widget.Option) bool { return o.Key == found }) {
		out = append(out, widget.Option{Key: found, Label: found})
	}
	return out
}

// fieldOptions are the fields that a column may fill.
func (p *columnsPage) fieldOptions() []widget.Option {
	out := []widget.Option{{Key: leaveOut, Label: lang.X("import.leave_out", "Leave it out")}}
	for _, path := range p.w.plan.Fields() {
		out = append(out, widget.Option{Key: path, Label: naming.Path(p.w.catalog, p.w.typ, path), Words: strings.ReplaceAll(path, "_", " ")})
	}
	return out
}

// set has a column fill a field; a column that filled it before is left out.
func (p *columnsPage) set(column int, path string) {
	plan := p.w.plan
	if path == leaveOut {
		path = ""
	}
	for i := range plan.Columns {
		if i != column && path != "" && plan.Columns[i].Field == path {
			_ = plan.Set(i, "")
			p.w.said[i] = ""
		}
	}
	if err := plan.Set(column, path); err != nil {
		p.w.sh.Layers.Problem(err)
		return
	}
	p.w.said[column] = path
	p.list.Refresh()
	p.judge()
}

// judge says what is still missing.
func (p *columnsPage) judge() {
	plan := p.w.plan
	used := 0
	has := map[string]bool{}
	for _, c := range plan.Columns {
		if c.Field != "" {
			used++
			has[c.Field] = true
		}
	}
	need := plan.Type.Title
	words := lang.X("import.used", "{{.Used}} of {{.All}} columns are taken in; the rest is left out.", map[string]any{"Used": used, "All": len(plan.Columns)})
	if plan.Type.Name == records.TypeContact {
		need = "phone"
	}
	if has[need] {
		colour := theme.Text2
		if p.w.country == "" && p.local() {
			words = lang.X("import.needs_country", "These phone numbers have no country code: choose the country above, or they are refused.")
			colour = theme.Warn
		}
		p.hint.SetText(words)
		p.hint.SetColour(colour)
		p.next.Enable()
		return
	}
	f, _ := plan.Type.Field(need)
	p.hint.SetText(lang.X("import.needs", "Say which column holds “{{.Field}}”: records are told apart by it.", map[string]any{"Field": naming.Field(plan.Type.Name, f)}))
	p.hint.SetColour(theme.Danger)
	p.next.Disable()
}

// local tells whether a column of phone numbers has some without a country code.
func (p *columnsPage) local() bool {
	for _, c := range p.w.plan.Columns {
		if c.Field != "phone" && !strings.HasSuffix(c.Field, ".phone") {
			continue
		}
		for _, s := range c.Samples {
			if s = strings.TrimSpace(s); !strings.HasPrefix(s, "+") && !strings.HasPrefix(s, "00") {
				return true
			}
		}
	}
	return false
}

// newField adds a field to the type for a column.
func (p *columnsPage) newField(column int) {
	w := p.w
	c := w.plan.Columns[column]
	name := widget.NewField(lang.X("import.new_field_name", "Name of the field"), "")
	name.SetText(c.Heading)
	kinds := widget.NewChoice(lang.X("import.new_field_kind", "It holds"), kindOptions(), nil)
	kinds.SetChosen(string(kindFor(c.Kind)))
	var s *shell.Sheet
	var add *widget.Button
	add = widget.NewButton(widget.Main, lang.X("import.new_field_add", "Add the field"), "", func() {
		label := strings.TrimSpace(name.Text())
		if label == "" {
			name.SetWrong(lang.X("import.new_field_empty", "Give it a name"))
			return
		}
		add.SetBusy(lang.X("import.adding", "Adding…"))
		f := records.Field{Label: label, Kind: records.Kind(kinds.Chosen())}
		if f.Kind == phoneKind {
			f.Kind, f.Phone = records.KindText, true
		}
		w.sh.Async(w.sh.Base, func(ctx context.Context) (func(), error) {
			f, err := w.p.Kept.AddField(ctx, w.typ, f)
			if err != nil {
				return nil, err
			}
			cat, err := w.p.Kept.Catalog(ctx)
			return func() {
				s.Close()
				w.catalog = cat
				for i, c := range w.plan.Columns {
					w.said[i] = c.Field
				}
				w.said[column] = f.Name
				w.read("", w.sh.Layers.Problem)
			}, err
		}, func(err error) {
			add.SetIdle()
			name.SetWrong(shell.WordsOf(err).Message)
		})
	})
	cancel := widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { s.Close() })
	s = w.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("import.new_field", "New field"), theme.TypePage, theme.Text),
		name, kinds, layout.Pad(theme.Space2, 0, 0, 0, layout.Row(theme.Space2, layout.Gap(), cancel, add)),
	), 420, 0, nil)
	w.sh.Layers.FocusFirst()
}

// phoneKind stands in the choice of kinds for a text that is a phone number.
const phoneKind records.Kind = "phone"

func kindFor(kind string) records.Kind {
	switch k := records.Kind(kind); k {
	case records.KindNumber, records.KindAmount, records.KindDate, records.KindDateTime, records.KindTime, records.KindBool, records.KindLink, phoneKind:
		return k
	}
	return records.KindText
}

func kindOptions() []widget.Option {
	return []widget.Option{
		{Key: string(records.KindText), Label: lang.X("kind.text", "Text")},
		{Key: string(phoneKind), Label: lang.X("kind.phone", "Phone number")},
		{Key: string(records.KindNumber), Label: lang.X("kind.number", "Number")},
		{Key: string(records.KindAmount), Label: lang.X("kind.amount", "Amount of money")},
		{Key: string(records.KindDate), Label: lang.X("kind.date", "Date")},
		{Key: string(records.KindDateTime), Label: lang.X("kind.datetime", "Date and time")},
		{Key: string(records.KindTime), Label: lang.X("kind.time", "Time of day")},
		{Key: string(records.KindBool), Label: lang.X("kind.bool", "Yes or no")},
		{Key: string(records.KindLink), Label: lang.X("kind.link", "Web address")},
	}
}

// kindWords says what a column seems to hold.
func kindWords(kind string) string {
	switch kind {
	case "empty":
		return lang.X("kind.empty", "Nothing")
	case "email":
		return lang.X("kind.email", "E-mail addresses")
	}
	for _, o := range kindOptions() {
		if o.Key == kind {
			return o.Label
		}
	}
	return ""
}
