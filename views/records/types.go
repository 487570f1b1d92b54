package records

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// typesSheet is where people add types and fields of their own.
type typesSheet struct {
	v      *View
	sheet  *shell.Sheet
	custom records.Custom
	typ    string // whose fields show
	holder *fyne.Container

	catalog records.Catalog
}

// EditTypes opens the types and fields.
func (v *View) EditTypes() {
	if !v.ready {
		return
	}
	s := &typesSheet{v: v, typ: v.typ.Name, holder: layout.Column(theme.Space3)}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		c, err := v.p.Kept.Custom(ctx)
		return func() {
			s.custom = c
			s.open()
		}, err
	}, v.sh.Layers.Problem)
}

func (s *typesSheet) open() {
	shut := widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.sheet.Close() })
	s.sheet = s.v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("records.types_title", "Types and fields"), theme.TypePage, theme.Text).Shrinking(),
		layout.Exactly(0, s.v.sh.Layers.Room(480, 110), widget.NewVScroll(layout.Pad(0, 12, 0, 0, s.holder))),
		layout.Row(theme.Space2, widget.NewButton(widget.Plain, lang.X("records.new_field", "New field…"), "plus", func() { s.askField(s.catalog) }), layout.Gap(), shut)), 640, 0, nil)
	s.show()
}

// own gives a type that people made, nil for one that was here from the first day.
func (s *typesSheet) own(name string) *records.Type {
	i := slices.IndexFunc(s.custom.Types, func(t records.Type) bool { return t.Name == name })
	if i < 0 {
		return nil
	}
	return &s.custom.Types[i]
}

// show draws the type with its fields.
func (s *typesSheet) show() {
	catalog, err := records.WithCustom(s.custom)
	if err != nil {
		s.v.sh.Layers.Problem(err)
		return
	}
	var types []widget.Option
	for _, t := range shownTypes(catalog) {
		types = append(types, widget.Option{Key: t.Name, Label: naming.Types(t)})
	}
	choice := widget.NewChoice(lang.X("records.type", "Type"), types, func(name string) {
		s.typ = name
		s.show()
	})
	choice.SetChosen(s.typ)
	t, _ := catalog.Type(s.typ)
	s.holder.Objects = []fyne.CanvasObject{layout.Row(theme.Space2, layout.Grow(choice),
		layout.Pad(20, 0, 0, 0, widget.NewButton(widget.Plain, lang.X("records.new_kind", "New type…"), "plus", s.askType)))}
	if own := s.own(s.typ); own != nil {
		s.holder.Add(layout.Row(theme.Space2,
			widget.NewButton(widget.TextOnly, lang.X("records.rename_type", "Rename the type…"), "edit", func() { s.rename(own.Plural, func(to string) { own.Plural, own.Label = to, to }) }).Sized(widget.Small),
			widget.NewButton(widget.TextOnly, lang.X("records.remove_type", "Remove the type…"), "trash", s.removeType).Sized(widget.Small)))
	}
	for _, x := range t.Fields {
		s.holder.Add(s.row(t, x))
	}
	s.catalog = catalog
	s.holder.Refresh()
}

func (s *typesSheet) row(t records.Type, x records.Field) fyne.CanvasObject {
	row := layout.Row(theme.Space2, layout.Grow(widget.NewText(naming.Field(t.Name, x), theme.TypeBody, theme.Text).Shrinking()),
		widget.NewText(kindWords(x), theme.TypeSmall, theme.Text2))
	if list := s.fields(); list != nil && slices.ContainsFunc(*list, func(o records.Field) bool { return o.Name == x.Name }) {
		at := slices.IndexFunc(*list, func(o records.Field) bool { return o.Name == x.Name })
		row.Add(widget.NewIconButton("edit", lang.X("records.rename", "Rename…"), func() { s.rename(x.Label, func(to string) { (*list)[at].Label = to }) }).Sized(widget.Small))
		if x.Kind == records.KindChoice {
			row.Add(widget.NewIconButton("list", lang.X("records.choices", "Choices…"), func() { s.askChoices(&(*list)[at]) }).Sized(widget.Small))
		}
		if x.Name != t.Title {
			row.Add(widget.NewIconButton("trash", lang.X("records.remove_field", "Remove the field"), func() { s.removeField(x, list, at) }).Sized(widget.Small))
		}
	} else {
		row.Add(widget.NewIcon("lock", 15, theme.Text3))
	}
	return layout.Column(theme.Space2, row, widget.NewLine())
}

// fields are those of the type that people may change.
func (s *typesSheet) fields() *[]records.Field {
	if own := s.own(s.typ); own != nil {
		return &own.Fields
	}
	list := s.custom.Fields[s.typ]
	if list == nil {
		return nil
	}
	return &list
}

// keep writes the types, and goes back to what was when that fails.
func (s *typesSheet) keep(next records.Custom) {
	v := s.v
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		err := v.p.Kept.SetCustom(ctx, next)
		return func() {
			s.custom = next
			s.show()
			v.reload()
		}, err
	}, func(err error) {
		v.sh.Layers.Problem(err)
		s.again()
	})
}

// again reads what is kept.
func (s *typesSheet) again() {
	s.v.sh.Async(s.v.sh.Base, func(ctx context.Context) (func(), error) {
		c, err := s.v.p.Kept.Custom(ctx)
		return func() {
			s.custom = c
			s.show()
		}, err
	}, nil)
}

// rename asks for another label. Names stay: templates and records know them.
func (s *typesSheet) rename(was string, set func(to string)) {
	s.v.askText(lang.X("records.rename_title", "Another name"), was, func(to string) error {
		set(to)
		s.keep(s.custom)
		return nil
	})
}

func (s *typesSheet) removeField(x records.Field, list *[]records.Field, at int) {
	s.v.sh.Layers.Ask(lang.X("records.remove_field_ask", "Remove the field “{{.Name}}”?", map[string]any{"Name": x.Label}),
		lang.X("records.remove_field_text", "What stands in it is not shown any more. Templates that use it have to be given another field."),
		lang.X("records.remove", "Remove"), true, func() {
			rest := slices.Delete(slices.Clone(*list), at, at+1)
			if own := s.own(s.typ); own != nil {
				own.Fields = rest
			} else {
				s.custom.Fields[s.typ] = rest
			}
			s.keep(s.custom)
		})
}

// removeType removes a type that has no records.
func (s *typesSheet) removeType() {
	v, name := s.v, s.typ
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		n, err := v.p.Kept.Count(ctx, app.RecordFilter{Type: name})
		return func() {
			if n > 0 {
				v.sh.Layers.Problem(&app.Error{Code: app.CodeConflict, Message: lang.X("records.type_used", "There are {{.N}} records of this type.", map[string]any{"N": naming.Number(n)}), Mend: lang.X("records.type_used_mend", "Delete them first.")})
				return
			}
			v.sh.Layers.Ask(lang.X("records.remove_type_ask", "Remove this type?"), lang.X("records.remove_type_text", "Its fields go with it."), lang.X("records.remove", "Remove"), true, func() {
				next := s.custom
				next.Types = slices.DeleteFunc(slices.Clone(next.Types), func(t records.Type) bool { return t.Name == name })
				s.typ = records.TypeContact
				s.keep(next)
			})
		}, err
	}, v.sh.Layers.Problem)
}

// askType makes a type: it has a name and, if it is to be sent from, a customer.
func (s *typesSheet) askType() {
	s.v.askText(lang.X("records.new_kind_title", "What are the new records called, all together? (Repairs, Rentals …)"), "", func(label string) error {
		catalog, err := records.WithCustom(s.custom)
		if err != nil {
			return err
		}
		name := records.FreeName(label, func(n string) bool { _, taken := catalog.Type(n); return taken })
		s.custom.Types = append(slices.Clone(s.custom.Types), records.Type{
			Name: name, Label: label, Plural: label, Title: "name", Detail: "customer", Phone: "customer.phone",
			Fields: []records.Field{
				{Name: "name", Label: lang.X("records.first_name", "Name"), Kind: records.KindText, Custom: true},
				{Name: "customer", Label: lang.X("records.first_customer", "Customer"), Kind: records.KindRelation, Relation: records.TypeContact, Custom: true},
			},
		})
		s.typ = name
		s.keep(s.custom)
		return nil
	})
}

// askField makes a field.
func (s *typesSheet) askField(catalog records.Catalog) {
	v := s.v
	label := widget.NewField(lang.X("records.field_name", "Name of the field"), "")
	var kinds []widget.Option
	for _, k := range records.Kinds() {
		kinds = append(kinds, widget.Option{Key: string(k), Label: kindWords(records.Field{Kind: k})})
	}
	more := layout.Column(theme.Space3)
	words := widget.NewField(lang.X("records.choices_of", "Choices, with commas between them"), "")
	var types []widget.Option
	for _, t := range catalog.Types() {
		if !t.Part || t.Name == records.TypeStaff || t.Name == records.TypeCountry {
			types = append(types, widget.Option{Key: t.Name, Label: naming.Types(t)})
		}
	}
	leads := widget.NewChoice(lang.X("records.leads_to", "Leads to"), types, nil)
	leads.SetChosen(records.TypeContact)
	kind := widget.NewChoice(lang.X("records.kind", "Kind"), kinds, func(k string) {
		more.Objects = nil
		switch records.Kind(k) {
		case records.KindChoice:
			more.Add(words)
		case records.KindRelation:
			more.Add(leads)
		}
		more.Refresh()
	})
	kind.SetChosen(string(records.KindText))
	var sheet *shell.Sheet
	add := widget.NewButton(widget.Main, lang.X("records.add", "Add"), "", func() {
		x := records.Field{Label: strings.TrimSpace(label.Text()), Kind: records.Kind(kind.Chosen())}
		if x.Label == "" {
			label.SetWrong(lang.X("records.name_it", "Give it a name"))
			return
		}
		switch x.Kind {
		case records.KindChoice:
			if x.Choices = choicesOf(words.Text(), nil); len(x.Choices) == 0 {
				words.SetWrong(lang.X("records.some_choice", "Write at least one"))
				return
			}
		case records.KindRelation:
			x.Relation = leads.Chosen()
		}
		typ := s.typ
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			_, err := v.p.Kept.AddField(ctx, typ, x)
			return func() {
				sheet.Close()
				s.again()
				v.reload()
			}, err
		}, v.sh.Layers.Problem)
	})
	stay := widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { sheet.Close() })
	sheet = v.sh.Layers.Show(layout.Column(theme.Space3, widget.NewBold(lang.X("records.new_field_title", "New field"), theme.TypePage, theme.Text),
		label, kind, more, layout.Row(theme.Space2, layout.Gap(), stay, add)), 420, 0, nil)
	label.Focus()
}

func (s *typesSheet) askChoices(x *records.Field) {
	var now []string
	for _, o := range x.Choices {
		now = append(now, o.Label)
	}
	s.v.askText(lang.X("records.choices_of", "Choices, with commas between them"), strings.Join(now, ", "), func(text string) error {
		next := choicesOf(text, x.Choices)
		if len(next) == 0 {
			return errors.New(lang.X("records.some_choice", "Write at least one"))
		}
		x.Choices = next
		s.keep(s.custom)
		return nil
	})
}

// choicesOf reads choices; those that were there keep the values by which records know them.
func choicesOf(text string, was []records.Option) []records.Option {
	var out []records.Option
	for _, label := range records.SplitTags(text) {
		at := slices.IndexFunc(was, func(o records.Option) bool { return o.Label == label })
		if at >= 0 {
			out = append(out, was[at])
			continue
		}
		taken := func(v string) bool {
			same := func(o records.Option) bool { return o.Value == v }
			return slices.ContainsFunc(out, same) || slices.ContainsFunc(was, same)
		}
		out = append(out, records.Option{Value: records.FreeName(label, taken), Label: label})
	}
	return out
}

// askText asks for one line.
func (v *View) askText(title, was string, use func(string) error) {
	field := widget.NewField("", "")
	field.SetText(was)
	var s *shell.Sheet
	done := func() {
		text := strings.TrimSpace(field.Text())
		if text == "" {
			field.SetWrong(lang.X("records.name_it", "Give it a name"))
			return
		}
		if err := use(text); err != nil {
			field.SetWrong(err.Error())
			return
		}
		s.Close()
	}
	field.OnSubmitted = func(string) { done() }
	stay := widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { s.Close() })
	s = v.sh.Layers.Show(layout.Column(theme.Space3, shell.Paragraph(title, theme.Text), field,
		layout.Row(theme.Space2, layout.Gap(), stay, widget.NewButton(widget.Main, lang.X("button.ok", "OK"), "", done))), 420, 0, nil)
	field.Focus()
}

// kindWords names what a field holds.
func kindWords(x records.Field) string {
	switch x.Kind {
	case records.KindNumber:
		return lang.X("records.kind_number", "Number")
	case records.KindAmount:
		return lang.X("records.kind_amount", "Amount of money")
	case records.KindDate:
		return lang.X("records.kind_date", "Date")
	case records.KindTime:
		return lang.X("records.kind_time", "Time of day")
	case records.KindDateTime:
		return lang.X("records.kind_datetime", "Date and time")
	case records.KindBool:
		return lang.X("records.kind_bool", "Yes or no")
	case records.KindChoice:
		return lang.X("records.kind_choice", "Choice")
	case records.KindLink:
		return lang.X("records.kind_link", "Link")
	case records.KindFile:
		return lang.X("records.kind_file", "File")
	case records.KindRelation:
		return lang.X("records.kind_relation", "Another record")
	}
	return lang.X("records.kind_text", "Text")
}
