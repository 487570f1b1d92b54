package records

import (
	"strconv"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/naming"
)

// condition is one condition as a person set it: a field, how to compare, and what was written.
type condition struct {
	Field string       `json:"field"` // as a path, such as customer.city
	Op    app.RecordOp `json:"op"`
	Value string       `json:"value,omitempty"`
}

// asked is what was typed into the search field, read.
type asked struct {
	words   string      // that stand alone
	where   []condition // field:value
	unknown []string    // names before a colon that are no field of the type
}

// readSearch reads a search. A word with a colon is a condition when what stands before it is a field's name, or since, until or tag; anything else is
// looked for as it stands.
func readSearch(catalog records.Catalog, t records.Type, s string) asked {
	var out asked
	var words []string
	for _, w := range splitWords(s) {
		name, value, isField := strings.Cut(w, ":")
		if !isField || name == "" || strings.HasPrefix(value, "//") {
			words = append(words, w)
			continue
		}
		not := strings.HasPrefix(name, "-")
		name = strings.TrimPrefix(name, "-")
		path, f, op, ok := findField(catalog, t, name)
		switch {
		case !ok:
			out.unknown = append(out.unknown, name)
			continue
		case value == "": // still being written
			continue
		}
		c := condition{Field: path, Op: op, Value: value}
		switch {
		case value == "any" || value == "*":
			c.Op, c.Value = app.RecordFilled, ""
		case value == "none" || value == "-":
			c.Op, c.Value = app.RecordEmpty, ""
		case op == "":
			c.Op, c.Value = usualOp(f, value)
		}
		if not {
			c.Op = opposite(c.Op)
		}
		out.where = append(out.where, c)
	}
	out.words = strings.Join(words, " ")
	return out
}

// splitWords splits at spaces; what stands between quotes stays together.
func splitWords(s string) []string {
	var out []string
	var b strings.Builder
	quoted := false
	for _, r := range s {
		switch {
		case r == '"' || r == '“' || r == '”':
			quoted = !quoted
		case r == ' ' && !quoted:
			if b.Len() > 0 {
				out = append(out, b.String())
				b.Reset()
			}
		default:
			b.WriteRune(r)
		}
	}
	if b.Len() > 0 {
		out = append(out, b.String())
	}
	return out
}

// findField finds the field that a person means, by its name or its label, and the path to it: country of a quotation is its customer's. since and
// until are the record's date; op is "" where the value says it.
func findField(c records.Catalog, t records.Type, name string) (path string, f records.Field, op app.RecordOp, ok bool) {
	switch squeezed(name) {
	case "since", "from", "after":
		f, ok = mainDate(t)
		return f.Name, f, app.RecordFrom, ok
	case "until", "before":
		f, ok = mainDate(t)
		return f.Name, f, app.RecordUntil, ok
	}
	p, ok := c.Find(t.Name, name, naming.Field)
	if !ok {
		return "", records.Field{}, "", false
	}
	_, f, err := c.Reach(t.Name, p)
	return p.String(), f, "", err == nil
}

func squeezed(s string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(records.Fold(s))
}

// mainDate is the date that a record is known by.
func mainDate(t records.Type) (records.Field, bool) {
	var first records.Field
	for _, f := range t.Fields {
		if f.Kind != records.KindDate && f.Kind != records.KindDateTime {
			continue
		}
		if f.Name == "date" {
			return f, true
		}
		if first.Name == "" && f.Name != "birthday" {
			first = f
		}
	}
	return first, first.Name != ""
}

// usualOp is how a value that was typed behind a colon is compared. Before numbers and dates may stand > or <.
func usualOp(f records.Field, value string) (app.RecordOp, string) {
	ordered := f.Kind == records.KindNumber || f.Kind == records.KindAmount || f.Kind == records.KindDate || f.Kind == records.KindDateTime
	if ordered {
		switch value[0] {
		case '>':
			return app.RecordFrom, strings.TrimPrefix(value[1:], "=")
		case '<':
			return app.RecordUntil, strings.TrimPrefix(value[1:], "=")
		}
	}
	switch f.Kind {
	case records.KindText, records.KindLink, records.KindFile, records.KindRelation:
		return app.RecordHas, value
	}
	return app.RecordIs, value
}

func opposite(op app.RecordOp) app.RecordOp {
	switch op {
	case app.RecordFilled:
		return app.RecordEmpty
	case app.RecordEmpty:
		return app.RecordFilled
	case app.RecordFrom:
		return app.RecordUntil
	case app.RecordUntil:
		return app.RecordFrom
	}
	return app.RecordIsNot
}

// reader turns conditions into those that the store compares.
type reader struct {
	now  time.Time
	zone *time.Location
}

// compare gives the condition of the store; false when the value can't be understood.
func (r reader) compare(f records.Field, c condition) (app.RecordCondition, bool) {
	out := app.RecordCondition{Field: f.Name, Op: c.Op} // whoever asks knows the way to it
	if c.Op == app.RecordEmpty || c.Op == app.RecordFilled {
		return out, true
	}
	switch f.Kind {
	case records.KindText, records.KindLink, records.KindFile:
		out.Key = textOf(f, c)
	case records.KindRelation:
		name := c.Value
		if f.Relation == records.TypeCountry && len(name) == 2 {
			name = records.CountryName(strings.ToUpper(name), "en")
		}
		out.Key = records.Fold(name)
	case records.KindNumber, records.KindAmount:
		n, ok := readNumber(c.Value)
		if !ok {
			return out, false
		}
		out.Key = records.KeyOf(f, records.Value{Kind: f.Kind, Number: n})
	case records.KindChoice:
		v, ok := readChoice(f, c.Value)
		if !ok {
			return out, false
		}
		out.Key = records.KeyOf(f, records.Choice(v))
	case records.KindBool:
		yes, ok := readYes(c.Value)
		if !ok {
			return out, false
		}
		out.Key = records.KeyOf(f, records.Bool(yes))
	case records.KindDate, records.KindDateTime:
		day, ok := readDay(c.Value, r.now)
		if !ok {
			return out, false
		}
		out.Op, out.Key = r.day(f, c.Op, day)
	case records.KindTime:
		t, ok := readClock(c.Value)
		if !ok {
			return out, false
		}
		out.Key = records.KeyOf(f, records.TimeOfDay(t))
	}
	return out, out.Key != ""
}

func textOf(f records.Field, c condition) string {
	switch {
	case f.Phone:
		return strings.TrimLeft(app.Digits(c.Value), "0")
	case f.Name == "tags":
		return records.TagKey(c.Value)
	}
	return records.Fold(c.Value)
}

// day compares with a day of the person's calendar. Moments are kept in UTC, so a day of theirs is a stretch.
func (r reader) day(f records.Field, op app.RecordOp, day time.Time) (app.RecordOp, string) {
	if f.Kind == records.KindDate {
		return op, day.Format(time.DateOnly)
	}
	start := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, r.zone)
	switch op {
	case app.RecordUntil:
		return op, start.AddDate(0, 0, 1).UTC().Format(time.RFC3339)
	case app.RecordIs:
		return app.RecordBegins, day.Format(time.DateOnly)
	}
	return op, start.UTC().Format(time.RFC3339)
}

func readChoice(f records.Field, s string) (string, bool) {
	want := squeezed(s)
	for _, o := range f.Choices {
		if o.Value == s || squeezed(o.Label) == want {
			return o.Value, true
		}
		for _, w := range o.Words {
			if squeezed(w) == want {
				return o.Value, true
			}
		}
	}
	for _, o := range f.Choices {
		if strings.HasPrefix(squeezed(o.Label), want) {
			return o.Value, true
		}
	}
	return "", false
}

func readYes(s string) (yes, ok bool) {
	switch records.Fold(s) {
	case "yes", "y", "1", "true", "on", "co", "si", "sim", "oui":
		return true, true
	case "no", "n", "0", "false", "off", "khong", "nao", "non":
		return false, true
	}
	return false, false
}

// readNumber reads a number with either mark before its decimals: the last of . and , is the mark when not exactly three digits follow it.
func readNumber(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\'', '’':
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	at := strings.LastIndexAny(s, ".,")
	if at >= 0 {
		head, tail := s[:at], s[at+1:]
		same := strings.Count(s, s[at:at+1])
		other := strings.ContainsAny(head, ".,") && !strings.Contains(head, s[at:at+1])
		thousands := len(tail) == 3 && (same > 1 || s[at] == ',' && !other && len(head) <= 3 && head != "" && strings.TrimLeft(head, "-") != "0")
		head = strings.NewReplacer(".", "", ",", "").Replace(head)
		s = head + "." + tail
		if thousands {
			s = head + tail
		}
	}
	if _, err := strconv.ParseFloat(s, 64); err != nil || strings.ContainsAny(s, "eExXpP_iInN") {
		return "", false
	}
	return s, true
}
