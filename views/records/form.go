package records

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/paper"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// formPane is one record beside the table: its fields, its lines, its conversation and what was sent from it.
type formPane struct {
	v      *View
	object fyne.CanvasObject
	title  *widget.Text
	badge  *widget.Pill
	body   *fyne.Container
	scroll *widget.Scroll
	foot   *fyne.Container
	save   *widget.Button
	revert *widget.Button
	more   *widget.Button
	paper  *widget.Button // shows the record's document, where there is one
	wait   *shell.Waiting

	typ     records.Type
	ref     records.Ref
	was     records.Record // as it was read
	fresh   bool           // not written yet
	shown   bool
	there   bool // its fields show
	dirty   bool
	saving  bool
	editors []*editor
	lines   []*linesPane
	side    *sidePane
	asked   int
	said    string // the currency that the record's amounts have
}

func newFormPane(v *View) *formPane {
	f := &formPane{v: v}
	f.title = widget.NewBold("", theme.TypeSubHeading, theme.Text).Shrinking()
	f.badge = widget.NewSmallPill("", "", widget.Warn)
	f.badge.Hide()
	f.more = widget.NewIconButton("more", lang.X("records.more", "More"), f.menu)
	f.paper = widget.NewButton(widget.Plain, lang.X("records.document", "Document"), "file", func() { v.sh.OpenPaper(f.ref) }).Sized(widget.Small)
	f.paper.Hide()
	shut := widget.NewIconButton("x", lang.X("button.close", "Close"), v.CloseForm)
	head := layout.Exactly(0, theme.HeightHeader, layout.Column(0,
		layout.Grow(layout.Pad(0, theme.Space3, 0, theme.Space5, layout.Row(theme.Space2, layout.Grow(f.title), f.badge, f.paper, f.more, shut))), widget.NewLine()))
	f.body = layout.Column(theme.Space3)
	f.scroll = widget.NewVScroll(layout.Pad(theme.Space4, theme.Space5, theme.Space5, theme.Space5, f.body))
	f.save = widget.NewButton(widget.Main, lang.X("records.save", "Save"), "", f.Save)
	f.revert = widget.NewButton(widget.Plain, lang.X("records.revert", "Revert"), "", f.giveUp)
	f.foot = layout.Column(0, widget.NewLine(), layout.Pad(theme.Space3, theme.Space5, theme.Space3, theme.Space5, layout.Row(theme.Space2, layout.Gap(), f.revert, f.save)))
	f.wait = shell.NewWaiting(v.sh, widget.NewSkeleton(5, 72), func() { f.close() }, func() { f.show(f.typ, f.ref) })
	f.object = layout.Over(widget.NewGround(theme.Pane, "", 0), layout.TallRow(0, widget.NewLine(),
		layout.Grow(layout.Column(0, head, layout.Grow(layout.Over(f.scroll, f.wait.Object)), f.foot))))
	f.object.Hide()
	return f
}

// open tells whether a record shows.
func (f *formPane) open() bool { return f.shown }

// close takes the record away. What was not saved is lost.
func (f *formPane) close() {
	f.asked++
	f.shown, f.there, f.dirty, f.saving = false, false, false, false
	f.editors, f.lines, f.side, f.ref = nil, nil, nil, records.Ref{}
	f.body.Objects = nil
	f.wait.End()
	f.v.panes.refresh()
	f.v.list.table.Changed()
	f.v.footMoved()
	f.v.changed()
}

// begin opens a new record.
func (f *formPane) begin(t records.Type) {
	f.asked++
	f.typ, f.ref, f.fresh, f.shown = t, records.Ref{Type: t.Name}, true, true
	f.was = records.Record{Ref: f.ref, Fields: map[string]records.Value{}}
	f.wait.End()
	f.said = ""
	f.build(nil)
	f.suppose()
	f.focusFirst()
}

// suppose fills in what is nearly always so: a paper is of today, a draft, and in the currency that was used last.
func (f *formPane) suppose() {
	now := f.v.sh.Now().In(f.v.p.Zone)
	for _, e := range f.editors {
		switch x := e.field; {
		case x.Name == "date" && x.Kind == records.KindDate:
			e.set(records.Date(now))
		case x.Name == "date" && x.Kind == records.KindDateTime:
			e.set(records.DateTime(now))
		case x.Name == "state" && x.Kind == records.KindChoice && len(x.Choices) > 0:
			e.set(records.Choice(x.Choices[0].Value))
		case x.Name == currencyField:
			e.set(records.Text(f.currency()))
		}
	}
}

// show reads a record and shows it.
func (f *formPane) show(t records.Type, ref records.Ref) {
	f.asked++
	mine := f.asked
	same := f.shown && f.ref == ref && !f.fresh
	f.typ, f.ref, f.fresh, f.shown = t, ref, false, true
	if !same {
		f.there = false
		f.body.Objects, f.editors, f.lines, f.side = nil, nil, nil, nil
		f.title.SetText("")
		f.badge.Hide()
		f.paper.Hide()
		f.body.Refresh()
		f.wait.Begin()
	}
	f.v.panes.refresh()
	f.v.list.table.Changed()
	f.v.sh.Async(f.v.sh.Base, func(ctx context.Context) (func(), error) {
		r, parts, err := f.v.readRecord(ctx, t, ref)
		return func() {
			if mine != f.asked {
				return
			}
			f.wait.End()
			f.was = r
			f.said = currencyOf(r)
			f.build(parts)
		}, err
	}, func(err error) {
		if mine == f.asked {
			f.wait.Fail(err)
		}
	})
}

// readRecord reads a record with its lines.
func (v *View) readRecord(ctx context.Context, t records.Type, ref records.Ref) (records.Record, map[string][]records.Record, error) {
	r, err := v.p.Kept.Get(ctx, ref)
	if err != nil {
		return r, nil, err
	}
	parts := map[string][]records.Record{}
	for _, x := range t.Fields {
		if !x.Many {
			continue
		}
		if parts[x.Name], err = v.p.Kept.Parts(ctx, ref, x.Name); err != nil {
			return r, nil, err
		}
	}
	return r, parts, nil
}

func currencyOf(r records.Record) string {
	if c := r.Fields["currency"].Text; c != "" {
		return c
	}
	for _, v := range r.Fields {
		if v.Kind == records.KindAmount && v.Currency != "" {
			return v.Currency
		}
	}
	return ""
}

// currency is what an amount is in when nobody said so: what the record is in, else what was used last.
func (f *formPane) currency() string {
	for _, e := range f.editors {
		if e.field.Name == currencyField {
			if v, _ := e.value(); v.Text != "" {
				return v.Text
			}
		}
	}
	for _, c := range []string{f.said, f.v.sh.Keep.RecordCurrency} {
		if c != "" {
			return c
		}
	}
	return "EUR"
}

// currencyField is the field that says in which currency a whole record is.
const currencyField = "currency"

// build makes the fields of the record.
func (f *formPane) build(parts map[string][]records.Record) {
	f.there, f.dirty, f.saving = true, false, false
	f.editors, f.lines = nil, nil
	f.body.Objects = nil
	var beside *editor // a short one that has room at its side
	for _, x := range f.inOrder() {
		if x.Many {
			beside = nil
			if back := f.v.catalog.PartField(f.typ, x); back != "" {
				part, _ := f.v.catalog.Type(x.Relation)
				l := newLinesPane(f, x, part, back, parts[x.Name])
				f.lines = append(f.lines, l)
				f.body.Add(l.object)
			}
			continue
		}
		if hiddenField(f.typ, x, f.fresh) {
			continue
		}
		e := f.newEditor(f.typ, x, f.changedByPerson)
		e.set(f.was.Fields[x.Name])
		f.editors = append(f.editors, e)
		if e.short() && beside != nil {
			f.body.Objects[len(f.body.Objects)-1] = layout.TallRow(theme.Space3, half(beside.object), half(e.object))
			beside = nil
			continue
		}
		f.body.Add(e.object)
		beside = nil
		if e.short() {
			beside = e
		}
	}
	if !f.fresh {
		f.side = newSidePane(f)
		f.body.Add(f.side.object)
		f.side.read()
	}
	if !f.fresh && f.v.sh.OpenPaper != nil && paper.Has(f.typ.Name) {
		f.paper.Show()
	} else {
		f.paper.Hide()
	}
	f.paint()
	f.body.Refresh()
	f.scroll.ScrollToTop()
	f.v.panes.refresh()
	f.v.footMoved()
	f.v.changed()
}

// short tells whether half the width is enough for an editor.
func (e *editor) short() bool {
	switch e.field.Kind {
	case records.KindDate, records.KindTime, records.KindNumber, records.KindAmount, records.KindChoice:
		return true
	}
	return e.field.Name == currencyField
}

func half(o fyne.CanvasObject) fyne.CanvasObject { return layout.Grow(layout.Exactly(100, 0, o)) }

// inOrder are the fields of the type; the currency stands before the amounts that are in it.
func (f *formPane) inOrder() []records.Field {
	out := slices.Clone(f.typ.Fields)
	from := slices.IndexFunc(out, func(x records.Field) bool { return x.Name == currencyField })
	to := slices.IndexFunc(out, func(x records.Field) bool { return x.Kind == records.KindAmount })
	if from > to && to >= 0 {
		x := out[from]
		out = slices.Insert(slices.Delete(out, from, from+1), to, x)
	}
	return out
}

// hiddenField tells whether a field is not for people to write.
func hiddenField(t records.Type, x records.Field, fresh bool) bool {
	return t.Name == records.TypeContact && (x.Name == "username" || x.Name == "user_id") && fresh
}

// paint brings title and buttons up to date.
func (f *formPane) paint() {
	title := f.was.Title
	if f.fresh {
		title = lang.X("records.new_type", "New: {{.Type}}", map[string]any{"Type": naming.Type(f.typ)})
	}
	f.title.SetText(title)
	out := f.was.Fields["opt_out"]
	switch {
	case f.typ.Name == records.TypeContact && out.Yes:
		f.badge.Set(lang.X("records.opted_out", "opted out"), "slash", widget.Warn)
	case f.was.Example && !f.fresh:
		f.badge.Set(lang.X("records.example", "example"), "", widget.Quiet)
	}
	layout.SetVisible(f.badge, !f.fresh && (f.typ.Name == records.TypeContact && out.Yes || f.was.Example))
	layout.SetVisible(f.more, !f.fresh)
	if f.dirty {
		f.save.Enable()
		f.revert.Enable()
	} else {
		f.save.Disable()
		f.revert.Disable()
	}
	f.object.Refresh()
}

// changedByPerson is called for every change in a field.
func (f *formPane) changedByPerson() {
	if !f.dirty && f.there {
		f.dirty = true
		f.paint()
	}
}

func (f *formPane) focusFirst() {
	if len(f.editors) > 0 {
		f.editors[0].focus()
	}
}

// giveUp shows the record as it was read.
func (f *formPane) giveUp() {
	f.dirty = false
	if f.fresh {
		f.v.CloseForm()
		return
	}
	f.show(f.typ, f.ref)
}

// Leave asks before what was not saved is lost.
func (f *formPane) Leave(then func()) {
	if !f.shown || !f.dirty {
		then()
		return
	}
	f.v.askKeep(f, then)
}

// changed is told that records changed elsewhere: what nobody is writing in is read again.
func (f *formPane) changed() {
	if f.shown && f.there && !f.fresh && !f.dirty && !f.saving {
		f.refresh()
	}
}

// refresh reads the record again and shows it only if it is another by now, so that nothing jumps.
func (f *formPane) refresh() {
	mine, t, ref := f.asked, f.typ, f.ref
	f.v.sh.Async(f.v.sh.Base, func(ctx context.Context) (func(), error) {
		r, parts, err := f.v.readRecord(ctx, t, ref)
		return func() {
			if mine == f.asked && !f.dirty && r.Revision != f.was.Revision {
				f.was = r
				f.said = currencyOf(r)
				f.build(parts)
			}
		}, err
	}, func(error) {
		if mine == f.asked && !f.dirty {
			f.close() // somebody removed it
		}
	})
}

// sendsChanged reads again what was sent.
func (f *formPane) sendsChanged() {
	if f.shown && f.side != nil && f.v.shown {
		f.side.read()
	}
}
