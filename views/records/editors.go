package records

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"
	"golang.org/x/text/currency"

	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// editor is what one field of a record is edited with.
type editor struct {
	field  records.Field
	object fyne.CanvasObject
	// value gives what stands there; a reason when it can't be understood.
	value func() (v records.Value, wrong string)
	set   func(v records.Value)
	wrong func(reason string)
	focus func()
	takes func(at fyne.Position, path string) bool // a file that is dropped on it; nil: it takes none
}

// newEditor makes the editor of a field. changed is told of every change by a person.
func (f *formPane) newEditor(t records.Type, x records.Field, changed func()) *editor {
	label := naming.Field(t.Name, x)
	switch {
	case x.Kind == records.KindBool:
		return boolEditor(x, label, changed)
	case x.Kind == records.KindChoice:
		return choiceEditor(x, label, choiceOptions(x), changed)
	case x.Kind == records.KindRelation && x.Relation == records.TypeCountry:
		e := choiceEditor(x, label, countryOptions(), changed)
		value, set := e.value, e.set
		e.value = func() (records.Value, string) {
			v, _ := value()
			if v.Text == "" {
				return records.Value{}, ""
			}
			return records.Relation(records.CountryLink(v.Text)), ""
		}
		e.set = func(v records.Value) {
			code := ""
			if len(v.Links) > 0 {
				code = v.Links[0].ID
			}
			set(records.Choice(code))
		}
		return e
	case x.Kind == records.KindRelation:
		return f.linkEditor(x, label, changed)
	case x.Kind == records.KindText && x.Name == currencyField:
		e := choiceEditor(x, label, currencyOptions(), changed)
		value := e.value
		e.value = func() (records.Value, string) {
			v, _ := value()
			return records.Text(v.Text), ""
		}
		return e
	case x.Kind == records.KindFile:
		return f.fileEditor(x, label, changed)
	case x.Kind == records.KindAmount:
		return f.amountEditor(x, label, changed)
	case x.Kind == records.KindText && (x.Name == "note" || x.Name == "description"):
		return f.longEditor(x, label, changed)
	}
	return f.textEditor(x, label, changed)
}

// textEditor is a field whose text means the value.
func (f *formPane) textEditor(x records.Field, label string, changed func()) *editor {
	hint := ""
	switch x.Kind {
	case records.KindDate:
		hint = lang.X("records.date_hint", "Day month year")
	case records.KindDateTime:
		hint = lang.X("records.moment_hint", "Day month year, time")
	case records.KindTime:
		hint = lang.X("records.clock_hint", "Hours:minutes")
	case records.KindLink:
		hint = "https://"
	}
	field := widget.NewField(label, hint)
	e := &editor{field: x, object: field, wrong: field.SetWrong, focus: field.Focus}
	setting := false
	field.OnChanged = func(string) {
		if !setting {
			field.SetWrong("")
			changed()
		}
	}
	field.OnSubmitted = func(string) { f.Save() }
	set := func(s string) {
		setting = true
		field.SetText(s)
		field.SetWrong("")
		setting = false
	}
	e.set = func(v records.Value) { set(f.plainText(x, v)) }
	e.value = func() (records.Value, string) { return f.readText(x, field.Text()) }
	switch x.Kind {
	case records.KindDate, records.KindDateTime:
		var button *widget.Button
		button = widget.NewIconButton("cal", lang.X("records.calendar", "Calendar"), func() { f.calendar(button, e, func(s string) { field.SetText(s); changed() }) })
		field.With(button)
	case records.KindLink:
		field.With(widget.NewIconButton("open", lang.X("records.open_link", "Open in the browser"), func() { f.v.openLink(field.Text()) }))
	}
	return e
}

// longEditor is for texts of several lines.
func (f *formPane) longEditor(x records.Field, label string, changed func()) *editor {
	box := widget.NewTextBox(label, 2, 8)
	box.OnChanged = func(string) { changed() }
	box.OnResized = func() { f.body.Refresh() }
	return &editor{
		field: x, object: box, wrong: box.SetWrong, focus: box.Focus,
		set:   func(v records.Value) { box.SetText(v.Text) },
		value: func() (records.Value, string) { return records.Text(strings.TrimSpace(box.Text())), "" },
	}
}

// plainText writes a value as it is edited.
func (f *formPane) plainText(x records.Field, v records.Value) string {
	if v.Empty() {
		return ""
	}
	day := func(t time.Time) string { return t.Format("2 Jan 2006") }
	switch x.Kind {
	case records.KindDate:
		s := day(v.Time)
		if !v.Until.IsZero() {
			s += " – " + day(v.Until)
		}
		return s
	case records.KindDateTime:
		s := v.Time.In(f.v.p.Zone).Format("2 Jan 2006 15:04")
		if !v.Until.IsZero() {
			s += " – " + v.Until.In(f.v.p.Zone).Format("2 Jan 2006 15:04")
		}
		return s
	case records.KindTime:
		return v.Time.Format("15:04")
	case records.KindNumber, records.KindAmount:
		return v.Number
	}
	return v.Text
}

// readText reads what was typed into a field.
func (f *formPane) readText(x records.Field, s string) (records.Value, string) {
	s = strings.TrimSpace(s)
	if s == "" {
		return records.Value{}, ""
	}
	now := f.v.sh.Now().In(f.v.p.Zone)
	span := func(read func(string) (time.Time, bool)) (from, until time.Time, ok bool) {
		a, b, both := strings.Cut(strings.Replace(s, " - ", " – ", 1), " – ")
		if from, ok = read(a); ok && both {
			until, ok = read(b)
			ok = ok && !until.Before(from)
		}
		return from, until, ok
	}
	switch x.Kind {
	case records.KindNumber, records.KindAmount:
		n, ok := readNumber(s)
		if !ok {
			return records.Value{}, lang.X("records.no_number_text", "This is not a number")
		}
		return records.Number(n), ""
	case records.KindDate:
		from, until, ok := span(func(s string) (time.Time, bool) { return readDay(s, now) })
		if !ok {
			return records.Value{}, lang.X("records.no_date", "Write a date, such as 18 Nov 2026")
		}
		return records.Value{Kind: records.KindDate, Time: from, Until: until}, ""
	case records.KindDateTime:
		from, until, ok := span(func(s string) (time.Time, bool) { return readMoment(s, now, f.v.p.Zone) })
		if !ok {
			return records.Value{}, lang.X("records.no_moment", "Write a date and a time, such as 18 Nov 2026 17:30")
		}
		return records.Value{Kind: records.KindDateTime, Time: from, Until: until}, ""
	case records.KindTime:
		t, ok := readClock(s)
		if !ok {
			return records.Value{}, lang.X("records.no_clock", "Write a time, such as 17:30")
		}
		return records.TimeOfDay(t), ""
	case records.KindLink:
		if !strings.Contains(s, "://") {
			s = "https://" + s
		}
	}
	return records.Value{Kind: x.Kind, Text: s}, ""
}

// calendar lets a day be chosen.
func (f *formPane) calendar(anchor fyne.CanvasObject, e *editor, set func(string)) {
	at := f.v.sh.Now()
	if v, wrong := e.value(); wrong == "" && !v.Empty() {
		at = v.Time
	}
	var pop *widget.Popover
	pop = widget.ShowPopover(anchor, layout.PadAll(10, fynewidget.NewCalendar(at, func(t time.Time) {
		s := t.Format("2 Jan 2006")
		if e.field.Kind == records.KindDateTime {
			s += " " + at.In(f.v.p.Zone).Format("15:04")
		}
		pop.Close()
		set(s)
		e.focus()
	})), 300, nil)
}

func boolEditor(x records.Field, label string, changed func()) *editor {
	setting := false
	check := widget.NewCheck(label, func(bool) {
		if !setting {
			changed()
		}
	})
	said := false // a no that nobody said stays unsaid
	e := &editor{field: x, object: check, wrong: func(string) {}, focus: func() {}}
	e.set = func(v records.Value) {
		setting, said = true, v.Kind == records.KindBool
		check.SetChecked(v.Yes)
		setting = false
	}
	e.value = func() (records.Value, string) {
		if !check.Checked && !said {
			return records.Value{}, ""
		}
		return records.Bool(check.Checked), ""
	}
	return e
}

func choiceEditor(x records.Field, label string, options []widget.Option, changed func()) *editor {
	options = append([]widget.Option{{Key: "", Label: "–"}}, options...)
	choice := widget.NewChoice(label, options, func(string) { changed() })
	return &editor{
		field: x, object: choice, wrong: choice.SetWrong, focus: choice.Focus,
		set: func(v records.Value) { choice.SetChosen(v.Text) },
		value: func() (records.Value, string) {
			if choice.Chosen() == "" {
				return records.Value{}, ""
			}
			return records.Choice(choice.Chosen()), ""
		},
	}
}

// amountEditor is a number with its currency: the record's own, where it has one, else one beside the number.
func (f *formPane) amountEditor(x records.Field, label string, changed func()) *editor {
	e := f.textEditor(x, label, changed)
	set, value := e.set, e.value
	var was records.Value
	code := f.currency
	if _, whole := f.typ.Field(currencyField); !whole {
		codes := widget.NewChoice(" ", currencyOptions(), func(string) { changed() }).Least(200)
		e.object = layout.Row(theme.Space2, layout.Grow(e.object), layout.Exactly(96, 0, codes))
		code = codes.Chosen
		old := set
		set = func(v records.Value) {
			old(v)
			now := v.Currency
			if now == "" {
				now = f.currency()
			}
			codes.SetChosen(now)
		}
	}
	e.set = func(v records.Value) {
		was = v
		set(v)
	}
	e.value = func() (records.Value, string) {
		v, wrong := value()
		if v.Empty() || wrong != "" {
			return records.Value{}, wrong
		}
		out := records.Amount(v.Number, code())
		if f.said == "" && records.Same(records.Amount(v.Number, was.Currency), was) {
			return was, "" // nobody touched it
		}
		return out, ""
	}
	return e
}

// currencyOptions are the currencies that shops use, those in most use first.
func currencyOptions() []widget.Option {
	codes := []string{"EUR", "USD", "GBP", "VND", "MXN", "BRL", "INR", "IDR", "COP", "ARS", "CLP", "PEN", "AED", "SAR", "JOD", "EGP", "KES", "NGN", "ZAR", "CHF", "TRY", "JPY", "CNY", "THB", "PHP", "MYR", "SGD", "AUD", "CAD"}
	out := make([]widget.Option, 0, len(codes))
	for _, c := range codes {
		if _, err := currency.ParseISO(c); err == nil {
			out = append(out, widget.Option{Key: c, Label: c})
		}
	}
	return out
}

func countryOptions() []widget.Option {
	var out []widget.Option
	for _, c := range naming.Countries() {
		out = append(out, widget.Option{Key: c.Code, Label: records.CountryName(c.Code, personLanguage()), Words: c.Name + " " + c.Own})
	}
	slices.SortFunc(out, func(a, b widget.Option) int { return strings.Compare(records.Fold(a.Label), records.Fold(b.Label)) })
	return out
}
