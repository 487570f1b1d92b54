package records

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// gather reads the fields; false when one of them can't be kept, which it then says.
func (f *formPane) gather() (map[string]records.Value, bool) {
	fields := map[string]records.Value{}
	var first *editor
	for _, e := range f.editors {
		v, wrong := e.value()
		if wrong == "" && !records.Same(v, f.was.Fields[e.field.Name]) {
			checked, err := f.v.p.Kept.Check(e.field, v)
			if err != nil {
				w := shell.WordsOf(err)
				wrong = w.Message
				if w.Mend != "" {
					wrong += " " + w.Mend
				}
			} else if !records.Same(checked, f.was.Fields[e.field.Name]) {
				fields[e.field.Name] = checked
			}
		}
		if wrong == "" && e.field.Name == f.typ.Title && v.Empty() && f.typ.Name != records.TypeContact {
			wrong = lang.X("records.needs_title", "Fill it in: lists call the record by it")
		}
		e.wrong(wrong)
		if wrong != "" && first == nil {
			first = e
		}
	}
	if first != nil {
		first.focus()
		return nil, false
	}
	return fields, true
}

// Save writes what was changed.
func (f *formPane) Save() { f.saveThen(nil) }

func (f *formPane) saveThen(then func()) {
	if !f.shown || f.saving || !f.dirty {
		return
	}
	fields, ok := f.gather()
	if !ok {
		f.body.Refresh()
		return
	}
	drafts, ok := f.drafts(fields)
	if !ok {
		return
	}
	if len(drafts) == 0 {
		f.dirty = false
		f.paint()
		callIf(then)
		return
	}
	f.saving = true
	if c := f.currency(); c != f.v.sh.Keep.RecordCurrency {
		f.v.sh.Keep.RecordCurrency = c
		f.v.sh.Keep.Changed()
	}
	f.save.SetBusy(lang.X("records.saving", "Saving…"))
	mine := f.asked
	v := f.v
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		batch, err := v.p.Kept.Save(ctx, v.p.Me, drafts)
		return func() {
			f.save.SetIdle()
			text := lang.X("records.saved", "Saved")
			v.sh.Toasts(shell.Toast{Text: text, Good: true, Do: func() { v.undo(batch) }})
			v.reload()
			if mine != f.asked {
				return
			}
			f.saving, f.dirty, f.fresh = false, false, false
			f.ref = records.Ref{Type: f.typ.Name, ID: idText(drafts[0].ID)}
			if then != nil {
				then()
				return
			}
			f.show(f.typ, f.ref)
		}, err
	}, func(err error) {
		f.saving = false
		f.save.SetIdle()
		if mine != f.asked {
			return
		}
		if errors.Is(err, app.ErrConflict) && !f.fresh {
			f.conflict(err, fields, then)
			return
		}
		v.sh.Layers.Problem(err)
	})
}

// drafts are what is to be written: the record, and those of its lines that changed.
func (f *formPane) drafts(fields map[string]records.Value) ([]records.Draft, bool) {
	id := readID(f.ref.ID)
	if f.fresh {
		id = f.v.p.Kept.NewID()
	}
	whole := records.Draft{Type: f.typ.Name, ID: id, New: f.fresh, Revision: f.was.Revision, Fields: fields}
	var parts []records.Draft
	for _, l := range f.lines {
		list, ok := l.drafts(records.Link{Ref: records.Ref{Type: f.typ.Name, ID: idText(id)}, Title: f.was.Title})
		if !ok {
			return nil, false
		}
		parts = append(parts, list...)
	}
	if len(fields) == 0 && len(parts) == 0 && !f.fresh {
		return nil, true
	}
	return append([]records.Draft{whole}, parts...), true
}

// conflict says that somebody else changed the record, and lets the person choose whose words stand.
func (f *formPane) conflict(err error, mine map[string]records.Value, then func()) {
	v, t, ref, was := f.v, f.typ, f.ref, f.was
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		now, _, readErr := v.readRecord(ctx, t, ref)
		if readErr != nil {
			return nil, readErr
		}
		return func() {
			if now.Revision == was.Revision { // another conflict: of a number that is somebody's
				v.sh.Layers.Problem(err)
				return
			}
			f.showConflict(now, mine, then)
		}, nil
	}, v.sh.Layers.Problem)
}

func (f *formPane) showConflict(now records.Record, mine map[string]records.Value, then func()) {
	v := f.v
	st := v.style()
	words := func(x records.Field, val records.Value) string {
		if val.Empty() {
			return "–"
		}
		return st.write(x, []records.Value{val})
	}
	rows := layout.Column(theme.Space2)
	both := 0
	for _, x := range f.typ.Fields {
		val, changed := mine[x.Name]
		if !changed || records.Same(val, now.Fields[x.Name]) {
			continue
		}
		theirs := !records.Same(now.Fields[x.Name], f.was.Fields[x.Name])
		if theirs {
			both++
		}
		rows.Add(layout.TallRow(theme.Space3,
			layout.Exactly(110, 0, widget.NewText(naming.Field(f.typ.Name, x), theme.TypeSmall, theme.Text2).Shrinking()),
			layout.Grow(layout.Exactly(120, 0, widget.NewText(words(x, now.Fields[x.Name]), theme.TypeSmall, theme.Text).Shrinking())),
			layout.Grow(layout.Exactly(120, 0, widget.NewBold(words(x, val), theme.TypeSmall, theme.Text).Shrinking()))))
	}
	head := layout.TallRow(theme.Space3, layout.Exactly(110, 0, widget.NewText("", theme.TypeCaption, theme.Text3)),
		layout.Grow(layout.Exactly(120, 0, widget.NewText(lang.X("records.theirs", "Now there"), theme.TypeCaption, theme.Text3).Shrinking())),
		layout.Grow(layout.Exactly(120, 0, widget.NewText(lang.X("records.mine", "Yours"), theme.TypeCaption, theme.Text3).Shrinking())))
	var s *shell.Sheet
	take := widget.NewButton(widget.Plain, lang.X("records.take_theirs", "Take what is there"), "", func() {
		s.Close()
		f.dirty = false
		f.show(f.typ, f.ref)
	})
	keep := widget.NewButton(widget.Main, lang.X("records.keep_mine", "Keep mine"), "", func() {
		s.Close()
		f.was.Revision = now.Revision
		f.saveThen(then)
	})
	text := lang.X("records.conflict_text", "What you changed is not saved yet. Yours replaces only the fields below; whatever else was changed stays.")
	s = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("records.conflict", "Somebody else changed this record meanwhile"), theme.TypePage, theme.Text).Shrinking(),
		shell.Paragraph(text, theme.Text2), head, rows,
		layout.Pad(theme.Space2, 0, 0, 0, layout.Row(theme.Space2, layout.Gap(), take, keep))), 520, 0, nil)
}

// askKeep asks what becomes of changes that were not saved.
func (v *View) askKeep(f *formPane, then func()) {
	var s *shell.Sheet
	drop := widget.NewButton(widget.Danger, lang.X("records.discard", "Discard"), "", func() {
		s.Close()
		f.dirty = false
		then()
	})
	stay := widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { s.Close() })
	keep := widget.NewButton(widget.Main, lang.X("records.save", "Save"), "", func() {
		s.Close()
		f.saveThen(then)
	})
	s = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("records.keep_ask", "Save the changes?"), theme.TypePage, theme.Text).Shrinking(),
		shell.Paragraph(lang.X("records.keep_text", "This record was changed and is not saved yet."), theme.Text2),
		layout.Pad(theme.Space2, 0, 0, 0, layout.Row(theme.Space2, drop, layout.Gap(), stay, keep))), 420, 0, nil)
}

// menu is what else can be done with the record.
func (f *formPane) menu() {
	v := f.v
	items := []*fyne.MenuItem{}
	if f.typ.Phone != "" {
		items = append(items, fyne.NewMenuItem(lang.X("records.send", "Send…"), func() {
			v.sh.SendTo(shell.SendTarget{Type: f.ref.Type, Records: []string{f.ref.ID}})
		}))
	}
	items = append(items, fyne.NewMenuItem(lang.X("records.copy", "Copy into a new record"), func() { f.Leave(f.copy) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.X("records.delete", "Delete"), func() { v.delete([]records.Ref{f.ref}) }))
	at := v.sh.App.Driver().AbsolutePositionForObject(f.more)
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), v.sh.Window.Canvas(), at.AddXY(0, f.more.Size().Height+4))
}

// copy begins a new record with the values of this one.
func (f *formPane) copy() {
	fields := f.was.Fields
	f.begin(f.typ)
	for _, e := range f.editors {
		if e.field.Name != f.typ.Title && !e.field.Phone && e.field.Name != "opt_out" {
			e.set(fields[e.field.Name])
		}
	}
	f.changedByPerson()
}

func callIf(do func()) {
	if do != nil {
		do()
	}
}
