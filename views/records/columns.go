package records

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/naming"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// column is one column of a table: a field of the record, or one of a record that it leads to.
type column struct {
	name  string // as a path
	path  records.Path
	field records.Field // the one at the end
	title string
	phone bool // the number that a message goes to: where it is missing, the cell says so
}

// columnField finds what a column's name stands for.
func columnField(c records.Catalog, t records.Type, name string) (records.Field, bool) {
	p, err := records.ParsePath(name)
	if err != nil {
		return records.Field{}, false
	}
	f, err := c.Follow(t.Name, p)
	return f, err == nil && !f.Many
}

// reach gives the way to the field that a path names.
func reach(c records.Catalog, t records.Type, path string) (via []app.RecordStep, end records.Field, ok bool) {
	p, err := records.ParsePath(path)
	if err == nil {
		via, end, err = c.Reach(t.Name, p)
	}
	return via, end, err == nil
}

// usualColumns are those of the design: number, customer, phone, date, total, state.
func usualColumns(t records.Type) []string {
	switch t.Name {
	case records.TypeContact:
		return []string{"name", "phone", "email", "city", "country", "tags"}
	case records.TypeCompany:
		return []string{"name", "phone", "email", "city", "country", "contact"}
	case records.TypeTicket:
		return []string{"number", "attendee", "phone", "event", "seat", "price", "state"}
	case records.TypeEvent:
		return []string{"name", "venue", "start", "seats", "responsible.phone"}
	}
	out := []string{t.Title}
	add := func(names ...string) {
		for _, n := range names {
			_, own := t.Field(n)
			if n != "" && (own || strings.Contains(n, ".")) && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	add(t.Detail, t.Phone)
	for _, kinds := range [][]records.Kind{{records.KindDate, records.KindDateTime}, {records.KindAmount}, {records.KindChoice}} {
		best := ""
		for _, f := range t.Fields {
			if !slices.Contains(kinds, f.Kind) {
				continue
			}
			if best == "" || f.Name == "date" || f.Name == "total" || f.Name == "amount" || f.Name == "state" {
				best = f.Name
			}
		}
		add(best)
	}
	for _, f := range t.Fields { // those that a person made up have what there is room for
		if len(out) < 6 && !f.Many && (f.Custom || len(out) < 3) {
			add(f.Name)
		}
	}
	return out
}

// offered are all columns that a type may show.
func offered(t records.Type) []string {
	var out []string
	if strings.Contains(t.Phone, ".") {
		out = append(out, t.Phone)
	}
	for _, f := range t.Fields {
		if !f.Many {
			out = append(out, f.Name)
		}
	}
	return out
}

// columnsOf makes the columns by their names.
func columnsOf(c records.Catalog, t records.Type, names []string) []column {
	out := make([]column, 0, len(names))
	for _, name := range names {
		f, ok := columnField(c, t, name)
		if !ok {
			continue
		}
		p, _ := records.ParsePath(name)
		col := column{name: name, path: p, field: f, phone: name == t.Phone, title: naming.Field(t.Name, f)}
		if len(p) > 1 {
			col.title = naming.Path(c, t.Name, name)
			if name == t.Phone {
				col.title = lang.X("records.phone", "Phone")
			}
		}
		out = append(out, col)
	}
	return out
}

// trailing tells whether a column ends at the right edge of its cells.
func (c column) trailing() bool {
	switch c.field.Kind {
	case records.KindNumber, records.KindAmount, records.KindChoice:
		return true
	}
	return false
}

// spec is the column as the table draws it.
func (c column) spec(t records.Type, widths map[string]float32) widget.TableColumn {
	out := widget.TableColumn{Key: c.name, Title: c.title, Trailing: c.trailing(), Bold: c.name == t.Title}
	switch c.field.Kind {
	case records.KindDate, records.KindTime:
		out.Width = 72
	case records.KindDateTime:
		out.Width = 112
	case records.KindAmount:
		out.Width = 96
	case records.KindNumber, records.KindBool:
		out.Width = 70
	case records.KindChoice:
		out.Width = 86
	case records.KindRelation:
		out.Width, out.Share = 120, 2
	default:
		out.Width, out.Share = 110, 1
	}
	switch {
	case c.field.Phone:
		out.Width, out.Share = 126, 0
	case c.name == "number":
		out.Width, out.Share = 70, 0
	case c.name == t.Title:
		out.Width, out.Share = 150, 2
	}
	if w := widths[c.name]; w > 0 {
		out.Width, out.Share = w, 0
	}
	return out
}

// style is how values are written for the person at the desk.
type style struct {
	records.Style
	now time.Time
}

// cell writes one value.
func (s style) cell(c column, values []records.Value) widget.TableCell {
	if len(values) == 0 || values[0].Empty() {
		if c.phone {
			return widget.TableCell{Text: lang.X("records.no_number", "no number"), Colour: theme.Danger}
		}
		return widget.TableCell{}
	}
	out := widget.TableCell{Text: s.write(c.field, values)}
	if c.field.Kind == records.KindChoice {
		out.Pill, out.Tone = true, choiceTone(values[0].Text)
	}
	switch c.field.Kind {
	case records.KindAmount, records.KindNumber:
		out.Colour = theme.Text
	case records.KindRelation:
		if c.field.Relation == records.TypeContact {
			out.Colour = theme.Text
		}
	case records.KindBool:
		if c.name == "opt_out" && values[0].Yes {
			out.Pill, out.Tone, out.Text = true, widget.Warn, lang.X("records.opted_out", "opted out")
		} else if !values[0].Yes {
			out.Text = ""
		}
	}
	return out
}

// write writes the values at the end of a path on one line.
func (s style) write(f records.Field, values []records.Value) string {
	if len(values) == 1 {
		switch v := values[0]; v.Kind {
		case records.KindDate:
			out := when.Date(v.Time, s.now)
			if !v.Until.IsZero() && !v.Until.Equal(v.Time) {
				out += " – " + when.Date(v.Until, s.now)
			}
			return out
		case records.KindDateTime:
			return when.Date(v.Time.In(s.Zone), s.now) + " " + when.Clock(v.Time.In(s.Zone))
		case records.KindTime:
			return when.Clock(v.Time)
		}
	}
	return s.WriteAll(f, values, "")
}

// choiceTone is the colour of a state. The word says it too.
func choiceTone(value string) widget.Tone {
	switch value {
	case "sent", "paid", "delivered", "confirmed", "attended":
		return widget.Ok
	case "order", "open", "on_its_way", "reserved":
		return widget.Accent
	case "overdue":
		return widget.Bad
	case "preparing":
		return widget.Warn
	}
	return widget.Quiet
}
