package importer

import (
	"context"
	"errors"
	"hash/fnv"
	"io"
	"strconv"
	"time"

	"shopbell/app"
	"shopbell/app/records"
)

// chunkRows is how many rows are written in one transaction: few enough that the inbox never waits long.
const chunkRows = 1000

// maxTold bounds the refusals and notes that are told one by one; all are counted.
const maxTold = 1000

// Refusal is a row that was not taken in, and why.
type Refusal struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Reason  string `json:"reason"` // one of the Reason constants
	Message string `json:"message"`
}

// Note is a row that was taken in, and what was odd about it.
type Note struct {
	Row     int    `json:"row"`
	Message string `json:"message"`
}

// Report is what an import did, or would do.
type Report struct {
	Type      string           `json:"type"`
	Label     string           `json:"file"`
	DryRun    bool             `json:"dry_run"`
	Rows      int64            `json:"rows"`
	New       int64            `json:"new"`
	Changed   int64            `json:"changed"`
	Unchanged int64            `json:"unchanged"`
	Refused   int64            `json:"refused"`
	Related   map[string]int64 `json:"related"` // records that were made because rows name them, by type
	Reasons   map[string]int64 `json:"reasons"`
	Refusals  []Refusal        `json:"refusals"`
	Notes     []Note           `json:"notes"`
	Encoding  string           `json:"encoding,omitempty"`
	Separator string           `json:"separator,omitempty"`
	Sheet     string           `json:"sheet,omitempty"`
	Header    bool             `json:"header"`
	Columns   []Column         `json:"columns"`
	Batch     app.ID           `json:"batch"` // by which all of it can be undone; 0 when nothing was written
	Cancelled bool             `json:"cancelled"`
	Took      time.Duration    `json:"-"`
}

// Progress tells how far a run is.
type Progress struct{ Rows, New, Changed, Refused int64 }

// Preview says what a run would do, without doing it.
func (p *Plan) Preview(ctx context.Context, progress func(Progress)) (Report, error) {
	return p.run(ctx, true, progress)
}

// Run takes the file in. It stops between two groups of rows when ctx ends; what was written by then stays, and can be undone by the batch.
func (p *Plan) Run(ctx context.Context, progress func(Progress)) (Report, error) {
	if err := p.remember(ctx); err != nil {
		return Report{}, err
	}
	return p.run(ctx, false, progress)
}

// runner is one run.
type runner struct {
	*Plan
	out      Report
	batch    app.RecordBatch
	progress func(Progress)
	seen     map[uint64]int32             // keys of this file's rows → row: eight bytes a row, whatever the row holds
	made     map[string]map[uint64]app.ID // by type: related records that this run made
}

func (p *Plan) run(ctx context.Context, dry bool, progress func(Progress)) (Report, error) {
	begun := time.Now()
	r := &runner{
		Plan: p, progress: progress, seen: map[uint64]int32{}, made: map[string]map[uint64]app.ID{},
		out: Report{
			Type: p.Type.Name, Label: p.opt.Label, DryRun: dry, Related: map[string]int64{}, Reasons: map[string]int64{},
			Refusals: []Refusal{}, Notes: []Note{}, Encoding: p.File.Encoding, Separator: p.File.Separator, Header: p.Header, Columns: p.Columns,
		},
		batch: app.RecordBatch{ID: p.kept.NewID(), Kind: records.BatchImport, Type: p.Type.Name, Label: p.opt.Label, Staff: p.opt.Staff.ID},
	}
	if p.File.Kind == "xlsx" {
		r.out.Sheet = p.File.Sheet
	}
	err := p.kept.Refresh(ctx)
	if err == nil {
		err = r.all(ctx)
	}
	if errors.Is(err, context.Canceled) {
		r.out.Cancelled, err = true, nil
	}
	if !dry && r.out.New+r.out.Changed > 0 {
		r.out.Batch = r.batch.ID
	}
	r.out.Took = time.Since(begun)
	return r.out, err
}

func (r *runner) all(ctx context.Context) error {
	rows, err := r.File.Rows()
	if err != nil {
		return err
	}
	header := r.Header
	group := make([]*item, 0, chunkRows)
	for {
		row, err := rows.Next()
		if err == io.EOF { //nolint:errorlint // Rows gives it bare
			return r.group(ctx, group)
		}
		if err != nil {
			return err
		}
		if blank(row) && row.Broken == "" {
			continue
		}
		if header {
			header = false
			continue
		}
		r.out.Rows++
		if x := r.read(row); x != nil {
			group = append(group, x)
		}
		if len(group) == chunkRows {
			if err := r.group(ctx, group); err != nil {
				return err
			}
			group = group[:0]
		}
	}
}

func blank(row Row) bool {
	for _, c := range row.Cells {
		if c.Text != "" {
			return false
		}
	}
	return true
}

// item is one row on its way to a record.
type item struct {
	row     int
	fields  map[string]records.Value
	phones  []string // of a contact
	related map[string]*related
	id      app.ID // of the record that is there; 0: it is new
	out     bool   // refused meanwhile
}

// related is what a row says of a record that it belongs to.
type related struct {
	field  records.Field
	title  string
	phones []string
	email  string
	column string
}

// read makes an item of a row; nil when it is refused.
func (r *runner) read(row Row) *item {
	if row.Broken != "" {
		r.refuse(row.Number, "", ReasonUnreadable, "The row can't be read: "+row.Broken+".")
		return nil
	}
	x := &item{row: row.Number, fields: map[string]records.Value{}, related: map[string]*related{}}
	if row.Note != "" {
		r.note(row.Number, row.Note)
	}
	for i := range r.Columns {
		c := &r.Columns[i]
		if c.Field == "" || i >= len(row.Cells) || row.Cells[i].Text == "" {
			continue
		}
		if !r.cell(x, c, row.Cells[i]) {
			return nil
		}
	}
	r.sameCurrency(x)
	if r.Type.Name == records.TypeContact && len(x.phones) == 0 {
		r.refuse(x.row, r.heading("phone"), ReasonNoPhone, "There is no phone number.")
		return nil
	}
	if r.Type.Name != records.TypeContact && x.fields[r.Type.Title].Empty() {
		f, _ := r.Type.Field(r.Type.Title)
		r.refuse(x.row, r.heading(f.Name), ReasonNoTitle, "“"+f.Label+"” is empty.")
		return nil
	}
	if key, ok := r.key(x); ok {
		h := hash(r.Type.Name, key)
		if first, twice := r.seen[h]; twice {
			r.refuse(x.row, r.heading(r.keyField()), ReasonDuplicate, "It is the same as row "+strconv.Itoa(int(first))+".")
			return nil
		}
		r.seen[h] = int32(x.row)
	}
	return x
}

func (r *runner) cell(x *item, c *Column, v Cell) bool {
	t := c.target
	if t.field.Phone {
		digits, note, err := Phones(v.Text, r.opt.Country)
		if err != nil {
			r.refuse(x.row, c.Heading, ReasonBadPhone, words(err))
			return false
		}
		if note != "" {
			r.note(x.row, c.Heading+": "+note)
		}
		switch {
		case t.via.Name != "":
			x.of(t.via, c).phones = digits[:1]
		case r.Type.Name == records.TypeContact:
			x.phones = digits[:1]
		default:
			x.fields[t.field.Name] = records.Text(app.FormatPhone(digits[0]))
		}
		return true
	}
	if t.via.Name != "" {
		if t.field.Name == "email" {
			x.of(t.via, c).email = v.Text
		} else {
			x.of(t.via, c).title = v.Text
		}
		return true
	}
	if t.field.Kind == records.KindRelation && t.field.Relation != records.TypeCountry {
		rel := x.of(t.field, c)
		if digits, _, err := Phones(v.Text, r.opt.Country); err == nil && t.field.Relation == records.TypeContact && len(app.Digits(v.Text)) > 7 {
			rel.phones = digits[:1]
		} else {
			rel.title = v.Text
		}
		return true
	}
	value, err := c.local.value(t.field, v)
	if err != nil {
		r.refuse(x.row, c.Heading, ReasonBadValue, words(err))
		return false
	}
	if !value.Empty() {
		x.fields[t.field.Name] = value
	}
	return true
}

func (x *item) of(f records.Field, c *Column) *related {
	rel := x.related[f.Name]
	if rel == nil {
		rel = &related{field: f, column: c.Heading}
		x.related[f.Name] = rel
	}
	return rel
}

// sameCurrency gives the amounts of a record the currency that its own column names, and the record the currency of its amounts.
func (r *runner) sameCurrency(x *item) {
	f, ok := r.Type.Field("currency")
	if !ok {
		return
	}
	code := x.fields[f.Name].Text
	for name, v := range x.fields {
		if v.Kind != records.KindAmount {
			continue
		}
		if code != "" {
			v.Currency = code
			x.fields[name] = v
		} else if v.Currency != "" {
			x.fields[f.Name] = records.Text(v.Currency)
		}
	}
}

// key is what a record is recognised by.
func (r *runner) key(x *item) (string, bool) {
	switch {
	case r.Type.Name == records.TypeContact:
		return app.PhoneKey(x.phones[0]), true
	case r.Type.Part && r.Type.Name != records.TypeStaff: // an order may have the same line twice
		return "", false
	}
	f, _ := r.Type.Field(r.Type.Title)
	return records.KeyOf(f, x.fields[f.Name]), true
}

func (r *runner) keyField() string {
	if r.Type.Name == records.TypeContact {
		return "phone"
	}
	return r.Type.Title
}

func (r *runner) heading(field string) string {
	for _, c := range r.Columns {
		if c.Field == field {
			return c.Heading
		}
	}
	return ""
}

func (r *runner) refuse(row int, column, reason, message string) {
	r.out.Refused++
	r.out.Reasons[reason]++
	if len(r.out.Refusals) < maxTold {
		r.out.Refusals = append(r.out.Refusals, Refusal{row, column, reason, message})
	}
}

func (r *runner) note(row int, message string) {
	if len(r.out.Notes) < maxTold {
		r.out.Notes = append(r.out.Notes, Note{row, message})
	}
}

func words(err error) string {
	var e *app.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}

func hash(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = io.WriteString(h, p)
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}
