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
	{">=", app.RecordFrom}, {"<=", app.RecordUntil}, {"!=", app.RecordIsNot}, {"~", app.RecordHas}, {"^", app.RecordBegins}, {"=", app.RecordIs}, {":", usual},
}

// usual compares as the search of the window does: a text holds the value, anything else is it.
const usual app.RecordOp = "usual"

// ParseFilter reads conditions as they are written on a command line, all of which must hold: field=value, field!=value, field>=value, field<=value,
// field~part, field^beginning, field (holds something), !field (is empty), and field:value as in the window, where any and none stand for the
// last two. A field of a linked record is a path such as customer.city; records.Catalog.Find says which way may be left out. Days are written
// 2026-03-01. The error is an app.Error.
func ParseFilter(catalog records.Catalog, t records.Type, words []string) (app.RecordFilter, error) {
	f := app.RecordFilter{Type: t.Name}
	for _, w := range words {
		c, err := condition(catalog, t, strings.TrimSpace(w))
		if err != nil {
			return f, err
		}
		f.Where = append(f.Where, c)
	}
	return f, nil
}

func condition(catalog records.Catalog, t records.Type, w string) (app.RecordCondition, error) {
	name, value, op := w, "", app.RecordFilled
	if rest, ok := strings.CutPrefix(w, "!"); ok {
		name, op = rest, app.RecordEmpty
	} else if at := strings.IndexAny(w, "><!~^=:"); at > 0 {
		for _, o := range operators {
			if rest, ok := strings.CutPrefix(w[at:], o.sign); ok {
				name, value, op = w[:at], strings.TrimSpace(rest), o.op
				break
			}
		}
	}
	via, field, ok := find(catalog, t, strings.TrimSpace(name))
	if !ok {
		var names []string
		for _, f := range t.Fields {
			names = append(names, f.Name)
		}
		return app.RecordCondition{}, &app.Error{
			Code: app.CodeInvalid, Message: "The filter “" + w + "” names no field of " + t.Plural + ".", Mend: "The fields are " + strings.Join(names, ", ") + ".",
		}
	}
	if op == usual {
		op, value = meant(field, value)
	}
	c := app.RecordCondition{Field: field.Name, Op: op, Via: via}
	if op == app.RecordEmpty || op == app.RecordFilled {
		return c, nil
	}
	if field.Name == "tags" && (op == app.RecordIs || op == app.RecordHas) {
		c.Op, c.Key = app.RecordHas, records.TagKey(value)
		return c, nil
	}
	v := valueOf(field, value)
	if c.Key = records.KeyOf(field, v); c.Key == "" || v.Empty() {
		return c, &app.Error{Code: app.CodeInvalid, Message: "“" + value + "” can't be compared with " + field.Label + ".", Mend: "Write days as 2026-03-01, numbers as 12.50, yes or no."}
	}
	return c, nil
}

// find gives the way to the field that a name or a path means, and the field.
func find(c records.Catalog, t records.Type, name string) (via []app.RecordStep, field records.Field, ok bool) {
	p, ok := c.Find(t.Name, name, nil)
	if !ok {
		return nil, field, false
	}
	via, field, err := c.Reach(t.Name, p)
	return via, field, err == nil
}

func meant(f records.Field, value string) (app.RecordOp, string) {
	switch strings.ToLower(value) {
	case "any", "*":
		return app.RecordFilled, ""
	case "none", "-":
		return app.RecordEmpty, ""
	}
	switch f.Kind {
	case records.KindText, records.KindLink, records.KindFile, records.KindRelation:
		return app.RecordHas, value
	}
	return app.RecordIs, value
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
		if f.Relation == records.TypeCountry && len(s) == 2 {
			s = records.CountryName(strings.ToUpper(s), "en")
		}
		v.Links = []records.Link{{Title: s}}
	}
	return v
}
