package importing

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/files"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// filePage is where an import begins: what is in the file, the file, and the imports of before, which can still be taken back.
type filePage struct {
	w      *Wizard
	object fyne.CanvasObject
	types  *widget.Choice
	row    *widget.FileRow
	wrong  *widget.Paragraph
	past   *fyne.Container
	group  *fyne.Container
	column *fyne.Container // all of it
}

func newFilePage(w *Wizard) *filePage {
	p := &filePage{w: w, past: layout.Column(0)}
	p.types = widget.NewChoice(lang.X("import.type", "What is in the file"), nil, func(typ string) {
		w.typ = typ
		if w.src != nil {
			w.said = map[int]string{}
			w.read("", p.refuse)
		}
	})
	p.types.SetPlaceholder(lang.X("import.type_choose", "Contacts, invoices, receipts…"))
	p.row = widget.NewFileRow(lang.X("import.drop", "Drop a file here or choose one"), lang.X("import.limits", "CSV or XLSX, up to a million rows; nothing in it is run"), p.choose, p.clear)
	p.group = layout.Column(theme.Space2, widget.NewBold(lang.X("import.past", "Imports of before"), theme.TypeBody, theme.Text), widget.NewCard(p.past, 0))
	p.group.Hide()
	p.wrong = widget.NewParagraph("", theme.TypeSmall, theme.Danger, 120)
	p.wrong.Hide()
	p.column = layout.AtMost(640, layout.Pad(theme.Space4, theme.Space3, theme.Space4, theme.Space3, layout.Column(theme.Space5, p.types, layout.Column(theme.Space1, p.row, p.wrong), p.group)))
	p.object = widget.NewVScroll(p.column)
	return p
}

func (p *filePage) setTypes() {
	var options []widget.Option
	for _, t := range p.w.types {
		options = append(options, widget.Option{Key: t.Name, Label: naming.Type(t), Words: t.Plural})
	}
	p.types.SetOptions(options)
	p.types.SetChosen(p.w.typ)
}

// choose opens the file dialog.
func (p *filePage) choose() {
	files.Open(p.w.sh, files.Options{
		Title: lang.X("import.choose", "Choose a table"), Kinds: []files.Kind{{Label: lang.X("files.tables", "Tables"), Extensions: extensions}}, Key: "import",
	}, p.w.Take)
}

// clear lets go of the file.
func (p *filePage) clear() {
	p.w.end()
	if p.w.src != nil {
		p.w.src.release()
		p.w.src = nil
	}
	p.w.plan = nil
	p.wrong.Hide()
	p.row.SetFile(nil)
	p.w.setFoot()
}

// busyWith shows a file that is being looked at.
func (p *filePage) busyWith(path string) {
	p.row.SetFile(&widget.File{Name: filepath.Base(path), Detail: lang.X("import.looking", "being read…")})
	p.row.SetProgress(0.3)
	p.wrong.Hide()
	p.w.setFoot()
}

// setFile shows the file at hand.
func (p *filePage) setFile(src *source) {
	p.row.SetFile(&widget.File{Name: src.name, MIME: kindOf(src.name), Size: src.size})
	p.row.SetProgress(-1)
	words := lang.X("import.next_columns", "Its columns")
	next := widget.NewButton(widget.Main, words, "", func() {
		if p.w.typ == "" {
			p.types.SetWrong(lang.X("import.type_missing", "Say what the file holds"))
			return
		}
		p.types.SetWrong("")
		p.w.read("", p.refuse)
	})
	p.w.setFoot(layout.Gap(), next)
	if p.w.typ == "" {
		p.types.SetWrong(lang.X("import.type_missing", "Say what the file holds"))
	}
}

func kindOf(name string) string {
	if strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return "application/xlsx"
	}
	return "text/csv"
}

// refuse says why the file can't be taken in.
func (p *filePage) refuse(err error) {
	words := shell.WordsOf(err)
	p.row.SetProgress(-1)
	p.wrong.SetText(strings.TrimSpace(words.Message + " " + words.Mend))
	p.wrong.Show()
	p.column.Refresh()
	p.w.show(stepFile, p.object)
}

// pastShown is how many imports of before are listed.
const pastShown = 20

// readPast lists the imports of before.
func (p *filePage) readPast() {
	p.w.sh.Async(p.w.sh.Base, func(ctx context.Context) (func(), error) {
		list, err := p.w.p.Kept.Batches(ctx, 200)
		return func() { p.showPast(list) }, err
	}, p.w.sh.Layers.Problem)
}

func (p *filePage) showPast(list []app.RecordBatch) {
	p.past.RemoveAll()
	for _, b := range list {
		if b.Kind != records.BatchImport || len(p.past.Objects) >= 2*pastShown {
			continue
		}
		if len(p.past.Objects) > 0 {
			p.past.Add(widget.NewLine())
		}
		p.past.Add(p.pastRow(b))
	}
	if len(p.past.Objects) > 0 {
		p.group.Show()
	} else {
		p.group.Hide()
	}
	p.column.Refresh()
}

func (p *filePage) pastRow(b app.RecordBatch) fyne.CanvasObject {
	name := b.Type
	if t, ok := p.w.catalog.Type(b.Type); ok {
		name = naming.Type(t)
	}
	facts := lang.X("import.past_facts", "{{.Type}} · {{.When}} · {{.New}} new, {{.Changed}} changed", map[string]any{
		"Type": name, "When": when.Ago(b.At, p.w.sh.Now()), "New": naming.Number(b.New), "Changed": naming.Number(b.Changed),
	})
	var end fyne.CanvasObject
	if b.Undone {
		end = widget.NewSmallPill(lang.X("import.undone", "Taken back"), "", widget.Quiet)
	} else {
		var undo *widget.Button
		undo = widget.NewButton(widget.Plain, lang.X("button.undo", "Undo"), "reply", func() {
			label := b.Label
			p.w.sh.Layers.Ask(lang.X("import.undo_title", "Take this import back?"),
				lang.X("import.undo_text", "What “{{.File}}” brought is removed, and what it changed is as it was. Records that somebody changed since, and contacts with a conversation, stay.", map[string]any{"File": label}),
				lang.X("import.undo_do", "Take it back"), true, func() {
					undo.SetBusy(lang.X("import.undoing", "Taking back…"))
					p.w.undo(b.ID, func(n int64) { undo.SetBusy(naming.Number(n) + "…") }, func(app.RecordUndo) { p.readPast() })
				})
		}).Sized(widget.Small)
		end = undo
	}
	text := layout.Column(0, widget.NewText(b.Label, theme.TypeBody, theme.Text).Shrinking(), widget.NewText(facts, theme.TypeCaption, theme.Text2).Shrinking())
	return layout.Pad(theme.Space2, theme.Space4, theme.Space2, theme.Space4, layout.Row(theme.Space3, layout.Grow(text), end))
}

// undo takes an import back, and says how it went.
func (w *Wizard) undo(batch app.ID, progress func(done int64), after func(app.RecordUndo)) {
	w.sh.Async(w.sh.Base, func(ctx context.Context) (func(), error) {
		n, err := w.p.Kept.Undo(ctx, batch, func(done int64) { w.sh.Later(func() { progress(done) }) })
		return func() {
			words := lang.X("import.undone_all", "{{.Removed}} removed, {{.Restored}} as they were", map[string]any{"Removed": naming.Number(n.Removed), "Restored": naming.Number(n.Restored)})
			if n.Kept > 0 {
				words = lang.X("import.undone_but", "{{.Removed}} removed, {{.Restored}} as they were; {{.Kept}} stay, for somebody changed them or wrote with them", map[string]any{
					"Removed": naming.Number(n.Removed), "Restored": naming.Number(n.Restored), "Kept": naming.Number(n.Kept),
				})
			}
			w.sh.Toasts(shell.Toast{Text: words, Good: true})
			after(n)
		}, err
	}, func(err error) {
		after(app.RecordUndo{})
		w.sh.Layers.Problem(err)
	})
}
