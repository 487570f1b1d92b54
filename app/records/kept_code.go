package records

import (
	"encoding/json"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/app"
)

// maxKey is how much of a text a column is sorted by, in runes. Of longer ones a digest follows, so that equal keys are equal texts.
const maxKey = 60

// encode gives a record as it is kept: its values as texts, and beside them what lists need. Relations stand only in the links.
func encode(t Type, was app.RecordRow, r Record) app.RecordRow {
	row := was
	row.Type, row.Keys, row.Links = t.Name, nil, nil
	body := map[string]string{}
	var words []string
	for _, f := range t.Fields {
		v, ok := r.Fields[f.Name]
		if !ok || v.Empty() || v.Kind != f.Kind {
			continue
		}
		if f.Kind == KindRelation {
			for _, l := range v.Links {
				if l.Type == TypeCountry {
					body[f.Name] = l.ID
				} else if id, err := strconv.ParseInt(l.ID, 10, 64); err == nil {
					row.Links = append(row.Links, app.RecordLink{Field: f.Name, To: id})
				}
			}
		} else if t.Name != TypeContact || !personal[f.Name] {
			body[f.Name] = plain(v)
			if f.Kind == KindFile {
				body[f.Name] = keptFile(v)
			}
		}
		if key := KeyOf(f, v); key != "" {
			row.Keys = append(row.Keys, app.RecordKey{Field: f.Name, Key: key})
		}
		words = append(words, searched(t, f, v)...)
	}
	row.Title, row.Detail = r.Title, r.Detail
	if v := r.Fields[t.Title]; !v.Empty() && t.Name != TypeContact {
		row.Title = shown(v)
	}
	if v := r.Fields[t.Detail]; t.Detail != "" && !v.Empty() && t.Name != TypeContact {
		row.Detail = shown(v)
	}
	row.Search = strings.Join(words, " ")
	raw, _ := json.Marshal(body) // a map of texts
	row.Values = string(raw)
	return row
}

// searched are the words by which a record is found: short texts, and what it belongs to.
func searched(t Type, f Field, v Value) []string {
	switch {
	case f.Phone:
		return []string{v.Text, app.Digits(v.Text)}
	case f.Kind == KindText && (f.Name == "note" || f.Name == "description"):
		return nil
	case f.Kind == KindText, f.Name == t.Title:
		return []string{v.Text}
	case f.Kind == KindRelation && !f.Many && len(v.Links) > 0:
		return []string{v.Links[0].Title}
	}
	return nil
}

func shown(v Value) string {
	switch v.Kind {
	case KindRelation:
		return v.Links[0].Title
	case KindNumber:
		return v.Number
	case KindText, KindChoice, KindLink, KindFile:
		return v.Text
	}
	return plain(v)
}

// decode gives a kept record with the fields wanted; nil: all.
func decode(t Type, row app.RecordRow, fields []string) Record {
	r := Record{
		Ref: Ref{t.Name, strconv.FormatInt(row.ID, 10)}, Title: row.Title, Detail: row.Detail, Revision: row.Revision,
		Fields: map[string]Value{},
	}
	var body map[string]string
	if row.Values != "" {
		_ = json.Unmarshal([]byte(row.Values), &body) // written by encode; what can't be read is empty
	}
	for _, f := range t.Fields {
		if fields != nil && !slices.Contains(fields, f.Name) {
			continue
		}
		if f.Kind == KindRelation {
			if v := linksOf(f, row, body); !v.Empty() {
				r.Fields[f.Name] = v
			}
		} else if s, ok := body[f.Name]; ok {
			if v := unplain(f.Kind, s); !v.Empty() {
				r.Fields[f.Name] = v
			}
		}
	}
	return r
}

func linksOf(f Field, row app.RecordRow, body map[string]string) Value {
	if f.Relation == TypeCountry {
		if code := body[f.Name]; code != "" {
			return Relation(CountryLink(code))
		}
		return Value{}
	}
	var links []Link
	for _, l := range row.Links {
		if l.Field == f.Name {
			links = append(links, Link{Ref: Ref{f.Relation, strconv.FormatInt(l.To, 10)}})
		}
	}
	return Relation(links...)
}

const (
	plainDay  = time.DateOnly
	plainTime = time.TimeOnly
)

// Plain writes a value as text that is the same in every language, such as 2026-11-22 or 12.50 EUR; of relations nothing.
func Plain(v Value) string { return plain(v) }

// plain writes a value as text, from which unplain reads it back with its kind.
func plain(v Value) string {
	switch v.Kind {
	case KindNumber:
		return v.Number
	case KindAmount:
		return v.Number + " " + v.Currency
	case KindDate:
		return span(v, plainDay)
	case KindTime:
		return v.Time.Format(plainTime)
	case KindDateTime:
		return span(Value{Time: v.Time.UTC(), Until: v.Until.UTC()}, time.RFC3339Nano)
	case KindBool:
		if v.Yes {
			return "1"
		}
		return "0"
	}
	return v.Text
}

func span(v Value, layout string) string {
	s := v.Time.Format(layout)
	if !v.Until.IsZero() {
		s += "/" + v.Until.Format(layout)
	}
	return s
}

func unplain(k Kind, s string) Value {
	switch k {
	case KindNumber:
		return Number(s)
	case KindAmount:
		n, code, _ := strings.Cut(s, " ")
		return Amount(n, code)
	case KindDate:
		return unspan(k, s, plainDay)
	case KindTime:
		t, err := time.Parse(plainTime, s)
		if err != nil {
			return Value{}
		}
		return TimeOfDay(t.AddDate(2000, 0, 0)) // year 0 would be mistaken for no time at midnight
	case KindDateTime:
		return unspan(k, s, time.RFC3339Nano)
	case KindBool:
		return Bool(s == "1")
	case KindFile:
		return unkeptFile(s)
	}
	return Value{Kind: k, Text: s}
}

func unspan(k Kind, s, layout string) Value {
	from, until, both := strings.Cut(s, "/")
	t, err := time.Parse(layout, from)
	if err != nil {
		return Value{}
	}
	v := Value{Kind: k, Time: t}
	if both {
		v.Until, _ = time.Parse(layout, until)
	}
	return v
}

// KeyOf gives the text by which a value is sorted and compared: keys sort as values do, and equal values have equal keys. A choice sorts in the
// order of its options. The key of tags has each between commas; see TagKey.
func KeyOf(f Field, v Value) string {
	switch f.Kind {
	case KindText:
		switch {
		case f.Phone:
			return app.PhoneKey(v.Text)
		case f.Name == "tags":
			return tagsKey(v.Text)
		}
		return textKey(v.Text)
	case KindNumber, KindAmount:
		return numberKey(v.Number)
	case KindDate, KindDateTime:
		return plain(Value{Kind: f.Kind, Time: v.Time})
	case KindTime, KindBool:
		return plain(v)
	case KindChoice:
		i := slices.IndexFunc(f.Choices, func(o Option) bool { return o.Value == v.Text })
		if i < 0 {
			i = 99
		}
		return strconv.Itoa(100 + i)[1:] + v.Text
	case KindRelation:
		if len(v.Links) == 0 {
			return ""
		}
		return textKey(v.Links[0].Title)
	}
	return ""
}

// TagKey is what a condition RecordHas on tags compares.
func TagKey(tag string) string { return "," + Fold(tag) + "," }

func tagsKey(s string) string {
	var b strings.Builder
	for _, tag := range SplitTags(s) {
		b.WriteString("," + Fold(tag))
	}
	if b.Len() == 0 {
		return ""
	}
	return b.String() + ","
}

// SplitTags reads a list of tags, separated by commas, semicolons or |.
func SplitTags(s string) []string {
	var out []string
	for tag := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' }) {
		if tag = strings.TrimSpace(tag); tag != "" && !slices.Contains(out, tag) {
			out = append(out, tag)
		}
	}
	return out
}

func textKey(s string) string {
	key := Fold(s)
	if key == "" {
		key = strings.TrimSpace(s) // only signs
	}
	if len(key) <= maxKey {
		return key
	}
	r := []rune(key)
	if len(r) <= maxKey {
		return key
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(key))
	return string(r[:maxKey]) + "~" + strconv.FormatUint(h.Sum64(), 36)
}

// numberKey writes a number as sixteen digits that sort as numbers do.
func numberKey(decimal string) string {
	x, err := strconv.ParseFloat(decimal, 64)
	if err != nil {
		return ""
	}
	bits := math.Float64bits(x + 0) // no negative zero
	if bits>>63 == 1 {
		bits = ^bits
	} else {
		bits |= 1 << 63
	}
	s := strconv.FormatUint(bits, 16)
	return strings.Repeat("0", 16-len(s)) + s
}

// Same tells whether two values are kept alike; what a relation's record is called doesn't count.
func Same(a, b Value) bool {
	if a.Empty() || b.Empty() {
		return a.Empty() == b.Empty()
	}
	if a.Kind != b.Kind || len(a.Links) != len(b.Links) {
		return false
	}
	for i := range a.Links {
		if a.Links[i].Ref != b.Links[i].Ref {
			return false
		}
	}
	if a.Kind == KindNumber || a.Kind == KindAmount {
		return numberKey(a.Number) == numberKey(b.Number) && a.Currency == b.Currency
	}
	return plain(a) == plain(b) && a.SHA256 == b.SHA256
}
