package app

import "time"

// RecordRow is a record as it is kept. What lists, searches and relations need stands beside its values; the store doesn't look into those.
type RecordRow struct {
	ID        ID
	Type      string
	Title     string
	Detail    string
	Values    string       // JSON, made and read by app/records
	Search    string       // folded words by which it is found
	Keys      []RecordKey  // by which columns are sorted and filtered: one a field that holds something
	Links     []RecordLink // the records its relations lead to
	Revision  int64        // rises with each change
	Batch     ID           // the import that made it; 0: it was made by hand
	CreatedAt time.Time
	UpdatedAt time.Time
}

// RecordKey is what a field is sorted by: texts that sort as the values do.
type RecordKey struct{ Field, Key string }

// RecordLink is one step of a relation.
type RecordLink struct {
	Field string
	To    ID
}

// Key gives the key of a field, "" when it holds nothing.
func (r RecordRow) Key(field string) string {
	for _, k := range r.Keys {
		if k.Field == field {
			return k.Key
		}
	}
	return ""
}

// RecordWrite is one record to insert (New), change, or remove (Delete). Of a change, Row.Revision is the revision it was read with, so that
// nobody's work is overwritten; 0 overwrites whatever is there.
type RecordWrite struct {
	Row    RecordRow
	New    bool
	Delete bool
	Person *PersonWrite // of a contact: what stands in the people of the inbox; nil leaves them
}

// PersonWrite is what people at the desk may say of a contact.
type PersonWrite struct {
	Name   string   // what staff call them; "" leaves the profile name
	Phones []string // digits with country code; those that are not there yet are added, and the first is the one in use
	OptOut *bool    // nil: not said
	Scope  string   // of the opt-out: "marketing" or "all"
	Staff  ID       // who said so; 0: an import or the command line
	How    string   // how it was said, in a few words, such as "import of customers.csv"
}

// Consent is one entry of who opted a contact out or in, and when.
type Consent struct {
	At     time.Time
	OptOut bool
	Scope  string
	Staff  ID
	How    string
}

// RecordBatch is a change of records that can be taken back as a whole: an import, a removal, a merge.
type RecordBatch struct {
	ID      ID
	Kind    string // "import", "edit", "delete" or "merge"
	Type    string
	Label   string // such as the name of the file
	Staff   ID
	At      time.Time
	New     int64
	Changed int64
	Removed int64
	Undone  bool
}

// RecordUndo counts what was taken back; Kept are records that were changed by somebody since, or have a conversation.
type RecordUndo struct{ Removed, Restored, Kept int64 }

// RecordOp is how a condition compares.
type RecordOp string

// The ways to compare. Keys compare as texts.
const (
	RecordIs     RecordOp = "is"
	RecordIsNot  RecordOp = "is_not"
	RecordBegins RecordOp = "begins"
	RecordHas    RecordOp = "has"    // contains
	RecordFrom   RecordOp = "from"   // at least
	RecordUntil  RecordOp = "until"  // at most
	RecordEmpty  RecordOp = "empty"  // Key does not count
	RecordFilled RecordOp = "filled" // Key does not count
)

// RecordCondition is one condition on a field.
type RecordCondition struct {
	Field string
	Op    RecordOp
	Key   string
	Via   []RecordStep // the way to the records whose field it is; none: the record itself
}

// RecordStep is one step of a way from records to others.
type RecordStep struct {
	Type  string // of the records it comes to
	Field string // the relation that it follows
	Back  bool   // the relation is one of theirs and leads here, as that of a line to its order
}

// RecordFilter chooses and orders records of one type.
type RecordFilter struct {
	Type   string
	Search string // words, each the beginning of one of the record's
	Where  []RecordCondition
	Batch  ID           // of one import only; 0: all
	Linked ID           // only those with a relation to this record; 0: all
	Sort   string       // a field; records without it come last; "" is the order of making
	Via    []RecordStep // the way to the records by whose field is sorted; none: the record itself
	Desc   bool
}

// RecordAfter is where a page begins: after this row.
type RecordAfter struct {
	Key string // of the field sorted by
	ID  ID
}

// After gives the place after a row in a list.
func (f RecordFilter) After(r RecordRow) *RecordAfter {
	return &RecordAfter{Key: r.Key(f.Sort), ID: r.ID}
}

// RecordContact is the type of records that are also people of the inbox, under the same ids.
const RecordContact = "contact"
