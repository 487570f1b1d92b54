package importer

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"

	"shopbell/app"
	"shopbell/app/records"
)

// chunkRows is how many rows are written in one transaction: few enough that the inbox never waits long.
const chunkRows = 2500

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
	Shown     []Shown          `json:"-"` // of a preview: some rows of each outcome, in the order of the file
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
	dry      bool
	shown    map[Outcome]int // how many rows of each outcome the report has
}

func (p *Plan) run(ctx context.Context, dry bool, progress func(Progress)) (Report, error) {
	begun := time.Now()
	r := &runner{
		Plan: p, progress: progress, seen: map[uint64]int32{}, made: map[string]map[uint64]app.ID{}, dry: dry, shown: map[Outcome]int{},
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
	slices.SortStableFunc(r.out.Shown, func(a, b Shown) int { return a.Row - b.Row })
	r.out.Took = time.Since(begun)
	return r.out, err
}

// all reads and understands rows on one side and writes groups of them on the other.
func (r *runner) all(ctx context.Context) error {
	rows, err := r.File.Rows()
	if err != nil {
		return err
	}
	whole := ctx
	ctx, stop := context.WithCancelCause(ctx)
	groups := make(chan []*item, 1)
	var reading sync.WaitGroup
	reading.Go(func() {
		defer close(groups)
		defer func() {
			if p := recover(); p != nil {
				stop(fmt.Errorf("importer: panic while reading: %v", p))
			}
		}()
		if err := r.readAll(ctx, rows, groups); err != nil {
			stop(err)
		}
	})
	for items := range groups {
		if err = r.group(ctx, r.admit(items)); err != nil {
			stop(err)
			break
		}
	}
	stop(nil)
	for range groups { // the reader has stopped, or is about to
	}
	reading.Wait()
	if cause := context.Cause(ctx); err == nil && cause != nil && !errors.Is(cause, context.Canceled) {
		err = cause
	}
	if err == nil {
		err = whole.Err()
	}
	return err
}

// readAll makes items of all rows, in groups.
func (r *runner) readAll(ctx context.Context, rows Rows, groups chan<- []*item) error {
	header := r.Header
	group := make([]*item, 0, chunkRows)
	send := func() error {
		select {
		case groups <- group:
			group = make([]*item, 0, chunkRows)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for {
		row, err := rows.Next()
		if err == io.EOF { //nolint:errorlint // Rows gives it bare
			return send()
		}
		if err != nil {
			return errors.Join(send(), err)
		}
		if blank(row) && row.Broken == "" {
			continue
		}
		if header {
			header = false
			continue
		}
		group = append(group, r.read(row))
		if len(group) == chunkRows {
			if err := send(); err != nil {
				return err
			}
		}
	}
}

// admit counts rows and leaves out those that are refused, or that the file had already.
func (r *runner) admit(items []*item) []*item {
	return slices.DeleteFunc(items, func(x *item) bool {
		r.out.Rows++
		for _, n := range x.notes {
			r.note(x.row, n)
		}
		if x.refused != nil {
			r.refuseItem(x, x.refused.Column, x.refused.Reason, x.refused.Message)
			return true
		}
		if key, ok := r.key(x); ok {
			h := hash(r.Type.Name, key)
			if first, twice := r.seen[h]; twice {
				r.refuseItem(x, r.heading(r.keyField()), ReasonDuplicate, "It is the same as row "+strconv.Itoa(int(first))+".")
				return true
			}
			r.seen[h] = int32(x.row)
		}
		return false
	})
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
	cells   []string // as the file has them, for a preview
	fields  map[string]records.Value
	phones  []string // of a contact
	related map[string]*related
	notes   []string
	refused *Refusal
	id      app.ID // of the record that is there; 0: it is new
	out     bool   // refused when it was compared with what is there
}

// related is what a row says of a record that it belongs to.
type related struct {
	field  records.Field
	title  string
	phones []string
	email  string
	column string
}

// read makes an item of a row. It changes nothing of the runner.
func (r *runner) read(row Row) *item {
	x := &item{row: row.Number, cells: r.cells(row)}
	if row.Broken != "" {
		x.refuse("", ReasonUnreadable, "The row can't be read: "+row.Broken+".")
		return x
	}
	x.fields, x.related = make(map[string]records.Value, len(r.Columns)), map[string]*related{}
	if row.Note != "" {
		x.notes = append(x.notes, row.Note)
	}
	for i := range r.Columns {
		c := &r.Columns[i]
		if c.Field == "" || i >= len(row.Cells) || row.Cells[i].Text == "" {
			continue
		}
		if r.cell(x, c, row.Cells[i]); x.refused != nil {
			return x
		}
	}
	r.sameCurrency(x)
	if r.Type.Name == records.TypeContact && len(x.phones) == 0 {
		x.refuse(r.heading("phone"), ReasonNoPhone, "There is no phone number.")
	}
	if r.Type.Name != records.TypeContact && x.fields[r.Type.Title].Empty() {
		f, _ := r.Type.Field(r.Type.Title)
		x.refuse(r.heading(f.Name), ReasonNoTitle, "“"+f.Label+"” is empty.")
	}
	return x
}

func (x *item) refuse(column, reason, message string) {
	x.refused = &Refusal{Column: column, Reason: reason, Message: message}
}

func (r *runner) cell(x *item, c *Column, v Cell) {
	t := c.target
	switch {
	case t.field.Phone:
		found, note, err := phones(v.Text, r.opt.Country)
		if err != nil {
			x.refuse(c.Heading, ReasonBadPhone, words(err))
			return
		}
		if note != "" {
			x.notes = append(x.notes, c.Heading+": "+note)
		}
		if t.via.Name != "" {
			x.of(t.via, c).phones = []string{found[0].digits}
			return
		}
		x.fields[t.field.Name] = records.Text(found[0].shown)
		if r.Type.Name == records.TypeContact {
			x.phones = []string{found[0].digits}
		}
	case t.via.Name != "" && t.field.Name == "email":
		x.of(t.via, c).email = v.Text
	case t.via.Name != "":
		x.of(t.via, c).title = v.Text
	case t.field.Kind == records.KindRelation && t.field.Relation != records.TypeCountry:
		rel := x.of(t.field, c)
		if len(app.Digits(v.Text)) > 7 && t.field.Relation == records.TypeContact {
			if found, _, err := phones(v.Text, r.opt.Country); err == nil {
				rel.phones = []string{found[0].digits}
				return
			}
		}
		rel.title = v.Text
	default:
		value, err := c.local.value(t.field, v)
		if err != nil {
			x.refuse(c.Heading, ReasonBadValue, words(err))
		} else if !value.Empty() {
			x.fields[t.field.Name] = value
		}
	}
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
