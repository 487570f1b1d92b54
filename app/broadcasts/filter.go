package broadcasts

import (
	"strings"
	"time"

	"shopbell/app"
	"shopbell/app/records"
)

// operators are the ways to write a condition; the longer ones are looked for first.
var operators = []struct {
	sign string
	op   app.RecordOp
}{
	{">=", app.RecordFrom}, {"<=", app.RecordUntil}, {"!=", app.RecordIsNot}, {"~", app.RecordHas}, {"^", app.RecordBegins}, {"=", app.RecordIs},
}

// ParseFilter reads conditions as they are written on a command line, all of which must hold: field=value, field!=value, field>=value, field<=value,
// field~part, field^beginning, field (holds something), !field (is empty). Days are written 2026-03-01. The error is an app.Error.
func ParseFilter(t records.Type, words []string) (app.RecordFilter, error) {
	f := app.RecordFilter{Type: t.Name}
	for _, w := range words {
		c, err := condition(t, strings.TrimSpace(w))
		if err != nil {
			return f, err
		}
		f.Where = append(f.Where, c)
	}
	return f, nil
}

func condition(t records.Type, w string) (app.RecordCondition, error) {
	name, value, op := w, "", app.RecordFilled
	if rest, ok := strings.CutPrefix(w, "!"); ok {
		name, op = rest, app.RecordEmpty
	} else if at := strings.IndexAny(w, "><!~^="); at > 0 {
		for _, o := range operators {
			if rest, ok := strings.CutPrefix(w[at:], o.sign); ok {
				name, value, op = w[:at], strings.TrimSpace(rest), o.op
				break
			}
		}
	}
	name = strings.TrimSpace(name)
	field, ok := t.Field(name)
	if !ok {
		var names []string
		for _, f := range t.Fields {
			names = append(names, f.Name)
		}
		return app.RecordCondition{}, &app.Error{
			Code: app.CodeInvalid, Message: "The filter “" + w + "” names no field of " + t.Plural + ".", Mend: "The fields are " + strings.Join(names, ", ") + ".",
		}
	}
	c := app.RecordCondition{Field: name, Op: op}
	if op == app.RecordEmpty || op == app.RecordFilled {
		return c, nil
	}
	if name == "tags" && (op == app.RecordIs || op == app.RecordHas) {
		c.Op, c.Key = app.RecordHas, records.TagKey(value)
		return c, nil
	}
	v := valueOf(field, value)
	if c.Key = records.KeyOf(field, v); c.Key == "" || v.Empty() {
		return c, &app.Error{Code: app.CodeInvalid, Message: "“" + value + "” can't be compared with " + field.Label + ".", Mend: "Write days as 2026-03-01, numbers as 12.50, yes or no."}
	}
	return c, nil
}

// valueOf reads a value as it is written on a command line.
func valueOf(f records.Field, s string) records.Value {
	v := records.Value{Kind: f.Kind, Text: s}
	switch f.Kind {
	case records.KindNumber, records.KindAmount:
		v.Number = s
	case records.KindBool:
		v.Yes = strings.EqualFold(s, "yes") || strings.EqualFold(s, "true") || s == "1"
	case records.KindDate, records.KindDateTime:
		for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", time.RFC3339} {
			if at, err := time.Parse(layout, s); err == nil {
				v.Time = at
			}
		}
	case records.KindRelation:
		v.Links = []records.Link{{Title: s}}
	}
	return v
}
