package records

import "time"

// Kind says what a field holds.
type Kind string

// The kinds of field.
const (
	KindText     Kind = "text"
	KindNumber   Kind = "number"
	KindAmount   Kind = "amount" // a number with its currency
	KindDate     Kind = "date"   // a day, or a first and a last day
	KindTime     Kind = "time"   // of a day
	KindDateTime Kind = "datetime"
	KindBool     Kind = "bool"
	KindChoice   Kind = "choice"
	KindLink     Kind = "link" // an http or https address
	KindFile     Kind = "file"
	KindRelation Kind = "relation" // one other record, or several
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{
		KindText, KindNumber, KindAmount, KindDate, KindTime, KindDateTime, KindBool, KindChoice, KindLink, KindFile, KindRelation,
	}
}

// Ref names one record.
type Ref struct {
	Type string // the stable name of its type
	ID   string // within its source
}

// Link is a reference with the title of what it points at, so that showing it needs no further read.
type Link struct {
	Ref
	Title string
}

// Value is what one field of one record holds. The zero Value is an empty field; which of the others count depends on Kind.
type Value struct {
	Kind       Kind
	Text       string    // text, link; a choice's value; a file's name
	Number     string    // number and amount, a plain decimal such as "29640.00", so that no cent is lost
	Currency   string    // of an amount, ISO 4217
	Time       time.Time // date, time, datetime
	Until      time.Time // the end of a date or datetime that is a span; zero otherwise
	Yes        bool
	Links      []Link
	Attachment // of a file
}

// Text makes a text value.
func Text(s string) Value { return Value{Kind: KindText, Text: s} }

// Number makes a number from a plain decimal such as "-12.50".
func Number(decimal string) Value { return Value{Kind: KindNumber, Number: decimal} }

// Amount makes an amount of money from a plain decimal and an ISO 4217 code.
func Amount(decimal, currency string) Value {
	return Value{Kind: KindAmount, Number: decimal, Currency: currency}
}

// Date makes a day.
func Date(t time.Time) Value { return Value{Kind: KindDate, Time: t} }

// Days makes a span of days, both included.
func Days(from, until time.Time) Value { return Value{Kind: KindDate, Time: from, Until: until} }

// TimeOfDay makes a time of a day; its date does not count.
func TimeOfDay(t time.Time) Value { return Value{Kind: KindTime, Time: t} }

// DateTime makes a moment.
func DateTime(t time.Time) Value { return Value{Kind: KindDateTime, Time: t} }

// Bool makes a yes or a no.
func Bool(yes bool) Value { return Value{Kind: KindBool, Yes: yes} }

// Choice makes one of the values of a choice field.
func Choice(value string) Value { return Value{Kind: KindChoice, Text: value} }

// Address makes a link to the web.
func Address(url string) Value { return Value{Kind: KindLink, Text: url} }

// File makes a file known by its name.
func File(name string) Value { return Value{Kind: KindFile, Text: name} }

// Relation makes a reference to other records.
func Relation(links ...Link) Value { return Value{Kind: KindRelation, Links: links} }

// Empty tells whether there is nothing to write. A no is something.
func (v Value) Empty() bool {
	switch v.Kind {
	case KindText, KindChoice, KindLink, KindFile:
		return v.Text == ""
	case KindNumber, KindAmount:
		return v.Number == ""
	case KindDate, KindTime, KindDateTime:
		return v.Time.IsZero()
	case KindRelation:
		return len(v.Links) == 0
	case KindBool:
		return false
	}
	return true
}

// Record is one record, or as much of it as was read.
type Record struct {
	Ref
	Title   string // what a list calls it, such as "S00022"
	Detail  string // what stands beside the title, such as the customer's name; may be ""
	Example bool   // invented, to show a template at work; never sent to
	Fields  map[string]Value

	Revision int64 // of a record that can be changed; see Kept
}

// Label is the record in one line: its title and what stands beside it.
func (r Record) Label() string {
	if r.Detail == "" || r.Detail == r.Title {
		return r.Title
	}
	return r.Title + " · " + r.Detail
}
