package storage

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"shopbell/app"
)

// WriteRecords writes records in one transaction and notes in the batch what they were before. A batch is begun by its first write and may
// have many. A record that somebody changed since it was read is an app.Error of CodeConflict, and nothing is written.
func (s *Store) WriteRecords(ctx context.Context, batch app.RecordBatch, writes []app.RecordWrite) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		w := s.newRecordWriter(t, batch)
		if err := w.readOld(ctx, writes); err != nil {
			return err
		}
		for k := range writes {
			if err := w.write(ctx, &writes[k]); err != nil {
				return err
			}
		}
		return w.finish(ctx)
	})
}

// recordWriter writes the records of one transaction. Rows of a kind are gathered and inserted together, in the order of their table.
type recordWriter struct {
	s       *Store
	t       *tx
	batch   app.RecordBatch
	now     int64
	old     map[app.ID]app.RecordRow
	people  *personWriter
	counts  map[string]int64
	touched []app.ID

	rows, values, keys, links, undo bulk
}

func (s *Store) newRecordWriter(t *tx, batch app.RecordBatch) *recordWriter {
	batch.New, batch.Changed, batch.Removed = 0, 0, 0
	return &recordWriter{
		s: s, t: t, batch: batch, now: s.now().UnixMilli(), counts: map[string]int64{}, people: newPersonWriter(s, t),
		rows:   bulk{into: `records (type, id, title, detail, search, keys, revision, batch, created_at, updated_at)`, columns: 10},
		values: bulk{into: `record_values (id, body, links)`, columns: 3},
		keys:   bulk{into: `record_keys (type, field, key, id)`, columns: 4},
		links:  bulk{into: `record_links (to_id, type, id, field)`, columns: 4, tail: ` ON CONFLICT DO NOTHING`},
		undo:   bulk{into: `record_undo (batch, type, id, revision, before)`, columns: 5, tail: ` ON CONFLICT DO NOTHING`},
	}
}

// readOld reads what is there of the records to be changed, in one read a type.
func (w *recordWriter) readOld(ctx context.Context, writes []app.RecordWrite) error {
	ids := map[string][]app.ID{}
	for _, x := range writes {
		if !x.New {
			ids[x.Row.Type] = append(ids[x.Row.Type], x.Row.ID)
		}
	}
	w.old = map[app.ID]app.RecordRow{}
	for typ, list := range ids {
		rows, err := recordsByID(ctx, w.t, typ, list)
		if err != nil {
			return err
		}
		for _, r := range rows {
			w.old[r.ID] = r
		}
	}
	return nil
}

func (w *recordWriter) write(ctx context.Context, x *app.RecordWrite) error {
	old, had := w.old[x.Row.ID]
	switch {
	case x.New && x.Person != nil:
		if err := w.people.add(ctx, x.Row.ID, x.Person); err != nil {
			return err
		}
	case !x.New && !had && x.Row.Type != app.RecordContact:
		return notFound("This record")
	case had && x.Row.Revision != 0 && x.Row.Revision != old.Revision:
		return &app.Error{
			Code: app.CodeConflict, Message: "Somebody changed this record meanwhile.", Mend: "Look at it as it is now, and change it again.",
		}
	}
	var person *personSnapshot
	if !x.New && x.Row.Type == app.RecordContact && (x.Person != nil || x.Delete) {
		var err error
		if person, err = w.people.snapshot(ctx, x.Row.ID); err != nil {
			return err
		}
	}
	if x.Delete {
		return w.remove(ctx, old, person)
	}
	if !x.New && x.Person != nil {
		if err := w.people.change(ctx, x.Row.ID, x.Person); err != nil {
			return err
		}
	}
	r := x.Row
	r.Revision = old.Revision + 1
	r.CreatedAt = old.CreatedAt
	before := ""
	if had {
		r.Batch = old.Batch
		before = snapshotOf(old, person)
		if err := w.clear(ctx, old); err != nil {
			return err
		}
	} else {
		r.Batch = 0
		if w.batch.Kind == batchImport && x.New {
			r.Batch = w.batch.ID
		}
		if person != nil { // a contact that was not indexed yet
			before = snapshotOf(app.RecordRow{}, person)
		}
		w.counts[r.Type]++
	}
	if x.New {
		w.batch.New++
	} else {
		w.batch.Changed++
	}
	if w.batch.ID != 0 {
		w.undo.add(w.batch.ID, r.Type, r.ID, r.Revision, before)
	}
	w.put(r)
	return nil
}

// put gathers the rows of a record.
func (w *recordWriter) put(r app.RecordRow) {
	created := millis(r.CreatedAt)
	if created == 0 {
		created = w.now
	}
	w.rows.add(r.Type, r.ID, clean(r.Title), clean(r.Detail), searchText(r.Search), packKeys(r.Keys), r.Revision, r.Batch, created, w.now)
	w.values.add(r.ID, clean(r.Values), packLinks(r.Links))
	for _, k := range r.Keys {
		w.keys.add(r.Type, k.Field, clean(k.Key), r.ID)
	}
	for _, l := range r.Links {
		w.links.add(l.To, r.Type, r.ID, l.Field)
	}
	w.touched = append(w.touched, r.ID)
}

// clear takes away the rows of a record as it was.
func (w *recordWriter) clear(ctx context.Context, old app.RecordRow) error {
	for _, k := range old.Keys {
		if _, err := w.t.exec(ctx, `DELETE FROM record_keys WHERE type = $1 AND field = $2 AND key = $3 AND id = $4`, old.Type, k.Field, k.Key, old.ID); err != nil {
			return err
		}
	}
	for _, l := range old.Links {
		if _, err := w.t.exec(ctx, `DELETE FROM record_links WHERE to_id = $1 AND type = $2 AND id = $3 AND field = $4`, l.To, old.Type, old.ID, l.Field); err != nil {
			return err
		}
	}
	if _, err := w.t.exec(ctx, `DELETE FROM records WHERE type = $1 AND id = $2`, old.Type, old.ID); err != nil {
		return err
	}
	_, err := w.t.exec(ctx, `DELETE FROM record_values WHERE id = $1`, old.ID)
	return err
}

func (w *recordWriter) remove(ctx context.Context, old app.RecordRow, person *personSnapshot) error {
	if person != nil {
		if err := w.people.remove(ctx, person.ID); err != nil {
			return err
		}
	}
	if old.ID != 0 {
		if err := w.clear(ctx, old); err != nil {
			return err
		}
		w.counts[old.Type]--
	}
	w.batch.Removed++
	w.touched = append(w.touched, old.ID)
	if w.batch.ID != 0 {
		typ, id := old.Type, old.ID
		if person != nil {
			typ, id = app.RecordContact, person.ID
		}
		w.undo.add(w.batch.ID, typ, id, int64(0), snapshotOf(old, person))
	}
	return nil
}

// finish inserts what was gathered.
func (w *recordWriter) finish(ctx context.Context) error {
	if err := w.people.finish(ctx); err != nil {
		return err
	}
	for _, b := range []*bulk{&w.rows, &w.values, &w.keys, &w.links, &w.undo} {
		if err := b.insert(ctx, w.t); err != nil {
			return err
		}
	}
	for _, typ := range slices.Sorted(maps.Keys(w.counts)) {
		if _, err := w.t.exec(ctx, `INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, recordCounter(typ), 0); err != nil {
			return err
		}
		w.t.count(recordCounter(typ), w.counts[typ])
	}
	if b := w.batch; b.ID != 0 && len(w.touched) > 0 {
		at := millis(b.At)
		if at == 0 {
			at = w.now
		}
		if _, err := w.t.exec(ctx, `INSERT INTO record_batches (id, kind, type, label, staff_id, at, made, changed, removed, undone) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
			ON CONFLICT (id) DO UPDATE SET made = record_batches.made + excluded.made, changed = record_batches.changed + excluded.changed,
			removed = record_batches.removed + excluded.removed`,
			b.ID, b.Kind, b.Type, clean(b.Label), b.Staff, at, b.New, b.Changed, b.Removed, false); err != nil {
			return err
		}
	}
	w.t.touch(app.TopicRecords, short(w.touched)...)
	return nil
}

// short leaves out a list that is too long to be told one by one.
func short(ids []app.ID) []app.ID {
	if len(ids) > maxChanges/2 {
		return nil
	}
	return ids
}

// searchText folds words and puts a space before each, so that the beginning of a word can be found.
func searchText(s string) string {
	if s = Fold(s); s == "" {
		return ""
	}
	return " " + s
}

// recordSnapshot is a record before a change.
type recordSnapshot struct {
	Row    *app.RecordRow  `json:"row,omitempty"`
	Person *personSnapshot `json:"person,omitempty"`
}

func snapshotOf(r app.RecordRow, p *personSnapshot) string {
	s := recordSnapshot{Person: p}
	if r.ID != 0 {
		s.Row = &r
	}
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err) // plain values only
	}
	return string(raw)
}

// bulk gathers rows of one table and inserts many with one statement.
type bulk struct {
	into    string
	columns int
	tail    string
	args    []any
}

// bulkRows is how many rows one statement has.
const bulkRows = 32

func (b *bulk) add(args ...any) { b.args = append(b.args, args...) }

func (b *bulk) insert(ctx context.Context, t *tx) error {
	args := b.args
	b.args = nil
	for len(args) > 0 {
		n := bulkRows
		if len(args) < n*b.columns {
			n = 1
		}
		if _, err := t.exec(ctx, b.statement(n, t.engine), args[:n*b.columns]...); err != nil {
			return err
		}
		args = args[n*b.columns:]
	}
	return nil
}

// statement inserts n rows. SQLite looks the name of each $n up in a list of all, so there the marks have no names.
func (b *bulk) statement(n int, e *engine) string {
	var q strings.Builder
	q.WriteString("INSERT INTO " + b.into + " VALUES ")
	for i := range n {
		if i > 0 {
			q.WriteByte(',')
		}
		q.WriteByte('(')
		if e == sqliteEngine {
			q.WriteString(strings.Repeat(",?", b.columns)[1:])
		} else {
			q.WriteString(marks(i*b.columns+1, b.columns))
		}
		q.WriteByte(')')
	}
	q.WriteString(b.tail)
	return q.String()
}
