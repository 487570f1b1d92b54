package records

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// openFilter opens the conditions that records must meet, all of them.
func (l *listPane) openFilter() {
	if !l.v.ready {
		return
	}
	f := &filterCard{l: l, rows: layout.Column(theme.Space3)}
	for _, c := range l.v.look.Where {
		f.conditions = append(f.conditions, &c)
	}
	if len(f.conditions) == 0 {
		f.conditions = []*condition{{}}
	}
	f.build()
	add := widget.NewButton(widget.TextOnly, lang.X("records.add_condition", "Add a condition"), "plus", func() {
		f.conditions = append(f.conditions, &condition{})
		f.build()
	}).Sized(widget.Small)
	none := widget.NewButton(widget.TextOnly, lang.X("filter.clear", "Clear"), "", func() {
		f.conditions = nil
		f.pop.Close()
		f.use()
	}).Sized(widget.Small)
	done := widget.NewButton(widget.Main, lang.X("filter.done", "Done"), "", func() { f.pop.Close() }).Sized(widget.Small)
	f.pop = widget.ShowPopover(l.filter, layout.Pad(14, 14, 12, 14, layout.Column(theme.Space3, f.rows, layout.Row(theme.Space2, add, layout.Gap(), none, done))), 500, f.use)
	if f.pop != nil && f.first != nil {
		f.first.Focus()
	}
}

// filterCard is the inside of the popover.
type filterCard struct {
	l          *listPane
	conditions []*condition
	rows       *fyne.Container
	pop        *widget.Popover
	first      *widget.Choice
}

// use has the list read with the conditions that say something.
func (f *filterCard) use() {
	v := f.l.v
	var where []condition
	for _, c := range f.conditions {
		if c.Field != "" && (c.Value != "" || c.Op == app.RecordEmpty || c.Op == app.RecordFilled) {
			where = append(where, *c)
		}
	}
	if slices.Equal(where, v.look.Where) {
		return
	}
	v.look.Where = where
	v.keepLook()
	f.l.paintFilter()
	v.read(false)
}

// build makes a row a condition: field, how to compare, value.
func (f *filterCard) build() {
	f.rows.Objects, f.first = nil, nil
	for i, c := range f.conditions {
		f.rows.Add(f.row(i, c))
	}
	f.rows.Refresh()
	if f.pop != nil {
		f.pop.Resized()
	}
}

func (f *filterCard) row(i int, c *condition) fyne.CanvasObject {
	t, catalog := f.l.v.typ, f.l.v.catalog
	fields := filterFields(catalog, t)
	if _, _, ok := reach(catalog, t, c.Field); ok && !slices.ContainsFunc(fields, func(o widget.Option) bool { return o.Key == c.Field }) {
		fields = append(fields, widget.Option{Key: c.Field, Label: naming.Path(catalog, t.Name, c.Field)})
	}
	field := widget.NewChoice("", fields, func(name string) {
		c.Field, c.Op, c.Value = name, "", ""
		f.build()
	}).Least(220)
	field.SetPlaceholder(lang.X("records.field", "Field"))
	field.SetChosen(c.Field)
	if f.first == nil {
		f.first = field
	}
	away := widget.NewIconButton("x", lang.X("records.remove_condition", "Remove the condition"), func() {
		f.conditions = slices.Delete(f.conditions, i, i+1)
		f.build()
	})
	row := layout.Row(theme.Space2, layout.Grow(layout.Exactly(130, 0, field)))
	_, x, ok := reach(catalog, t, c.Field)
	if !ok {
		return layout.Row(theme.Space2, layout.Grow(field), away)
	}
	ops := opsOf(x)
	if c.Op == "" {
		c.Op = app.RecordOp(ops[0].Key)
	}
	op := widget.NewChoice("", ops, func(key string) {
		c.Op = app.RecordOp(key)
		f.build()
	}).Least(160)
	op.SetChosen(string(c.Op))
	row.Add(layout.Exactly(120, 0, op))
	if c.Op != app.RecordEmpty && c.Op != app.RecordFilled {
		row.Add(layout.Grow(layout.Exactly(130, 0, f.value(x, c))))
	}
	row.Add(away)
	return row
}

// filterFields are the fields that a condition may be on: the type's own, and behind them those of the records that it leads to.
func filterFields(c records.Catalog, t records.Type) []widget.Option {
	var own, far []widget.Option
	usable := func(x records.Field) bool { return !x.Many && x.Kind != records.KindFile }
	for _, x := range t.Fields {
		if !usable(x) {
			continue
		}
		own = append(own, widget.Option{Key: x.Name, Label: naming.Field(t.Name, x)})
		to, ok := c.Type(x.Relation)
		if x.Kind != records.KindRelation || x.Relation == records.TypeCountry || !ok {
			continue
		}
		for _, y := range to.Fields {
			if usable(y) {
				path := x.Name + "." + y.Name
				far = append(far, widget.Option{Key: path, Label: naming.Path(c, t.Name, path)})
			}
		}
	}
	return append(own, far...)
}

// value is what a value of a field is entered with.
func (f *filterCard) value(x records.Field, c *condition) fyne.CanvasObject {
	pick := func(options []widget.Option) fyne.CanvasObject {
		choice := widget.NewChoice("", options, func(key string) { c.Value = key }).Least(160)
		choice.SetChosen(c.Value)
		return choice
	}
	switch {
	case x.Kind == records.KindChoice:
		return pick(choiceOptions(x))
	case x.Kind == records.KindBool:
		if c.Value == "" {
			c.Value = "yes"
		}
		return pick([]widget.Option{{Key: "yes", Label: lang.X("records.yes", "Yes")}, {Key: "no", Label: lang.X("records.no", "No")}})
	case x.Relation == records.TypeCountry:
		return pick(countryOptions())
	}
	hint := ""
	if x.Kind == records.KindDate || x.Kind == records.KindDateTime {
		hint = lang.X("records.day_hint", "1 Sep, today …")
	}
	field := widget.NewField("", hint)
	field.SetText(c.Value)
	field.OnChanged = func(s string) { c.Value = s }
	field.OnSubmitted = func(string) { f.pop.Close() }
	return field
}

// opsOf are the ways to compare a field, the usual one first.
func opsOf(f records.Field) []widget.Option {
	op := func(o app.RecordOp, words string) widget.Option { return widget.Option{Key: string(o), Label: words} }
	is, not := op(app.RecordIs, lang.X("records.op_is", "is")), op(app.RecordIsNot, lang.X("records.op_is_not", "is not"))
	ends := []widget.Option{op(app.RecordFilled, lang.X("records.op_filled", "is filled in")), op(app.RecordEmpty, lang.X("records.op_empty", "is empty"))}
	var out []widget.Option
	switch f.Kind {
	case records.KindBool:
		return []widget.Option{is}
	case records.KindChoice:
		out = []widget.Option{is, not}
	case records.KindNumber, records.KindAmount, records.KindTime:
		out = []widget.Option{op(app.RecordFrom, lang.X("records.op_from", "at least")), op(app.RecordUntil, lang.X("records.op_until", "at most")), is}
	case records.KindDate, records.KindDateTime:
		out = []widget.Option{op(app.RecordFrom, lang.X("records.op_since", "since")), op(app.RecordUntil, lang.X("records.op_before", "until")), op(app.RecordIs, lang.X("records.op_on", "on"))}
	default:
		out = []widget.Option{op(app.RecordHas, lang.X("records.op_has", "contains")), is, op(app.RecordBegins, lang.X("records.op_begins", "begins with")), not}
		if f.Name == "tags" {
			out = []widget.Option{op(app.RecordHas, lang.X("records.op_tag", "has"))}
		}
	}
	return append(out, ends...)
}

func choiceOptions(f records.Field) []widget.Option {
	st := records.Style{Language: personLanguage()}
	out := make([]widget.Option, len(f.Choices))
	for i, o := range f.Choices {
		out[i] = widget.Option{Key: o.Value, Label: st.Write(f, records.Choice(o.Value), ""), Words: o.Label}
	}
	return out
}

// openColumns opens the choice and the order of the columns.
func (l *listPane) openColumns() {
	v := l.v
	if !v.ready {
		return
	}
	names := v.look.shownColumns(v.catalog, v.typ)
	title := func(name string) string { return columnsOf(v.catalog, v.typ, []string{name})[0].title }
	var order *widget.Reorder
	body := layout.Column(theme.Space1)
	var pop *widget.Popover
	var build func()
	change := func(next []string) {
		names = next
		l.setColumns(slices.Clone(names))
		build()
	}
	build = func() {
		var on []fyne.CanvasObject
		for _, name := range names {
			check := widget.NewCheck(title(name), nil)
			check.SetChecked(true)
			check.OnChanged = func(bool) {
				if len(names) > 1 {
					change(slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name }))
				}
			}
			if len(names) == 1 {
				check.Disable()
			}
			on = append(on, check)
		}
		order = widget.NewReorder(0, func(from, to int) {
			next := slices.Clone(names)
			name := next[from]
			next = slices.Delete(next, from, from+1)
			names = slices.Insert(next, to, name)
			l.setColumns(slices.Clone(names))
		}, on...)
		body.Objects = []fyne.CanvasObject{order, layout.Pad(4, 0, 4, 0, widget.NewLine())}
		for _, name := range offered(v.typ) {
			if slices.Contains(names, name) {
				continue
			}
			body.Add(layout.Pad(0, 0, 0, 24, widget.NewCheck(title(name), func(bool) { change(append(slices.Clone(names), name)) })))
		}
		body.Refresh()
		if pop != nil {
			pop.Resized()
		}
	}
	build()
	usual := widget.NewButton(widget.TextOnly, lang.X("records.usual_columns", "As at first"), "", func() {
		v.look.Widths = nil
		change(usualColumns(v.typ))
	}).Sized(widget.Small)
	done := widget.NewButton(widget.Plain, lang.X("filter.done", "Done"), "", func() { pop.Close() }).Sized(widget.Small)
	high := min(body.MinSize().Height, max(120, v.sh.Window.Canvas().Size().Height-320))
	pop = widget.ShowPopover(l.cols, layout.Pad(12, 12, 12, 12, layout.Column(theme.Space2, layout.Exactly(0, high, widget.NewVScroll(body)), layout.Row(theme.Space2, usual, layout.Gap(), done))), 300, nil)
	if pop != nil {
		l.v.sh.Window.Canvas().FocusNext()
	}
}
