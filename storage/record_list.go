package storage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shopbell/app"
)

// Records lists records, at most limit of them, after a place (nil: from the beginning). Sorted by a field, the rows come from the index of its
// keys; those that hold nothing there come last, in the order of their making.
func (s *Store) Records(ctx context.Context, f app.RecordFilter, after *app.RecordAfter, limit int) ([]app.RecordRow, error) {
	if len(f.Via) > 0 {
		out, err := s.recordsByLinked(ctx, f, after, limit)
		return out, wrong(err)
	}
	if ids, few, err := s.fewRecords(ctx, f); err != nil {
		return nil, wrong(err)
	} else if few {
		out, err := s.recordsAmong(ctx, f, ids, after, limit)
		return out, wrong(err)
	}
	if f.Sort == "" {
		out, err := s.recordsInOrder(ctx, f, after, "", limit)
		return out, wrong(err)
	}
	var out []app.RecordRow
	if after == nil || after.Key != "" {
		var err error
		if out, err = s.recordsByColumn(ctx, f, after, limit); err != nil || len(out) == limit {
			return out, wrong(err)
		}
		after = nil
	}
	blank, err := s.recordsInOrder(ctx, f, after, f.Sort, limit-len(out))
	return append(out, blank...), wrong(err)
}

// fewMost is how many records are few: so many are read and sorted here sooner than they are met on a walk along a column.
const fewMost = 1000

// fewRecords finds the records of a filter that lets few through: by the index of a column that it has a condition on, else, when the list is
// sorted by a column, by one look through the narrow table. few is false when there are more, or no such filter.
func (s *Store) fewRecords(ctx context.Context, f app.RecordFilter) (ids []app.ID, few bool, err error) {
	for _, c := range f.Where {
		w, indexed := keyRange(f.Type, c)
		if !indexed {
			continue
		}
		rows, err := s.read.list(ctx, `SELECT k.id FROM record_keys AS k WHERE `+w.String()+` LIMIT `+itoa(fewMost+1), w.args...)
		if ids, err = scanAll(rows, err, scanID); err != nil || len(ids) <= fewMost {
			return ids, true, err
		}
	}
	if f.Sort == "" || everything(f) {
		return nil, false, nil
	}
	w := s.recordWhere(f)
	rows, err := s.read.list(ctx, `SELECT r.id FROM records AS r WHERE `+w.String()+` LIMIT `+itoa(fewMost+1), w.args...)
	ids, err = scanAll(rows, err, scanID)
	return ids, len(ids) <= fewMost, err
}

// keyRange gives the part of the index in which a condition holds.
func keyRange(typ string, c app.RecordCondition) (*where, bool) {
	if len(c.Via) > 0 {
		return nil, false
	}
	w := &where{}
	key := keyText(c.Key)
	switch w.add(`k.type = ? AND k.field = ?`, typ, c.Field); c.Op {
	case app.RecordIs:
		w.add(`k.key = ?`, key)
	case app.RecordBegins:
		w.add(`k.key >= ? AND k.key < ?`, key, key+"\U0010FFFF")
	case app.RecordFrom:
		w.add(`k.key >= ?`, key)
	case app.RecordUntil:
		w.add(`k.key <= ?`, key)
	default:
		return nil, false
	}
	return w, true
}

// recordsAmong gives a part of the list of a few records.
func (s *Store) recordsAmong(ctx context.Context, f app.RecordFilter, ids []app.ID, after *app.RecordAfter, limit int) ([]app.RecordRow, error) {
	var all []app.RecordRow
	for part := range slices.Chunk(ids, idsChunk) {
		w := s.recordWhere(f)
		in := make([]string, len(part))
		for i, id := range part {
			in[i] = itoa(int(id)) // our own numbers
		}
		w.add(`r.id IN (` + strings.Join(in, ",") + `)`)
		rows, err := s.read.list(ctx, `SELECT `+recordColumns+` FROM records AS r LEFT JOIN record_values AS v ON v.id = r.id WHERE `+w.String(), w.args...)
		list, err := scanAll(rows, err, scanRecord)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	order := func(x, y app.RecordAfter) int {
		if (x.Key == "") != (y.Key == "") { // those that hold nothing come last, whatever the direction
			return strings.Compare(y.Key, x.Key)
		}
		n := cmp.Or(strings.Compare(x.Key, y.Key), cmp.Compare(x.ID, y.ID))
		if f.Desc {
			return -n
		}
		return n
	}
	slices.SortFunc(all, func(x, y app.RecordRow) int { return order(*f.After(x), *f.After(y)) })
	if after != nil {
		at := app.RecordAfter{Key: clean(after.Key), ID: after.ID}
		all = slices.DeleteFunc(all, func(r app.RecordRow) bool { return order(*f.After(r), at) <= 0 })
	}
	return all[:min(len(all), limit)], nil
}

// recordsByColumn walks the index of one column.
func (s *Store) recordsByColumn(ctx context.Context, f app.RecordFilter, after *app.RecordAfter, limit int) ([]app.RecordRow, error) {
	w := s.recordWhere(f)
	w.add(`k.type = ? AND k.field = ? AND r.type = k.type AND r.id = k.id`, f.Type, f.Sort)
	order := `k.key, k.id`
	if f.Desc {
		order = `k.key DESC, k.id DESC`
	}
	if after != nil {
		w.add(`(k.key, k.id) `+beyond(f.Desc)+` (?, ?)`, clean(after.Key), after.ID)
	}
	// CROSS JOIN makes SQLite's planner begin with the keys.
	rows, err := s.read.list(ctx, `SELECT `+recordColumns+` FROM record_keys AS k CROSS JOIN records AS r LEFT JOIN record_values AS v ON v.id = r.id
		WHERE `+w.String()+` ORDER BY `+order+` LIMIT `+itoa(limit), w.args...)
	return scanAll(rows, err, scanRecord)
}

// recordsInOrder walks the records in the order of their making; without is a field that they must not hold.
func (s *Store) recordsInOrder(ctx context.Context, f app.RecordFilter, after *app.RecordAfter, without string, limit int) ([]app.RecordRow, error) {
	w := s.recordWhere(f)
	if without != "" {
		w.add(w.within+`(r.keys, ?) = 0`, packedSep+without+"=")
	}
	order := `r.id`
	if f.Desc {
		order = `r.id DESC`
	}
	if after != nil {
		w.add(`r.id `+beyond(f.Desc)+` ?`, after.ID)
	}
	rows, err := s.read.list(ctx, `SELECT `+recordColumns+` FROM records AS r LEFT JOIN record_values AS v ON v.id = r.id
		WHERE `+w.String()+` ORDER BY `+order+` LIMIT `+itoa(limit), w.args...)
	return scanAll(rows, err, scanRecord)
}

// keyText is a key as it is compared.
func keyText(key string) string { return strings.ReplaceAll(clean(key), packedSep, " ") }

func beyond(desc bool) string {
	if desc {
		return "<"
	}
	return ">"
}

// CountRecords counts what a filter lets through. All records of a type are a counter; with conditions the narrow table is read once.
func (s *Store) CountRecords(ctx context.Context, f app.RecordFilter) (int64, error) {
	var n int64
	var err error
	if everything(f) {
		_, err = s.read.one(ctx, `SELECT value FROM counters WHERE name = $1`, []any{recordCounter(f.Type)}, &n)
		return n, wrong(err)
	}
	w := s.recordWhere(f)
	from := `records AS r`
	if f.Search == "" && f.Batch == 0 && f.Linked == 0 && len(f.Where) == 1 {
		if k, indexed := keyRange(f.Type, f.Where[0]); indexed {
			w, from = k, `record_keys AS k`
		}
	}
	rows, err := s.read.list(ctx, `SELECT count(*) FROM `+from+` WHERE `+w.String(), w.args...)
	if err == nil {
		_, err = scanOne(rows, &n)
	}
	return n, wrong(err)
}

func recordCounter(typ string) string { return "records." + typ }

// where gathers conditions, in which ? stands for the next argument.
type where struct {
	conds  []string
	args   []any
	within string // the function that finds a text in a text
}

func (w *where) add(cond string, values ...any) {
	for _, v := range values {
		w.args = append(w.args, v)
		cond = strings.Replace(cond, "?", "$"+itoa(len(w.args)), 1)
	}
	w.conds = append(w.conds, cond)
}

func (w *where) String() string { return strings.Join(w.conds, " AND ") }

func (s *Store) recordWhere(f app.RecordFilter) *where {
	w := &where{within: "instr"}
	if s.engine == postgresEngine {
		w.within = "strpos"
	}
	w.add(`r.type = ?`, f.Type)
	for word := range strings.FieldsSeq(Fold(f.Search)) {
		w.add(w.within+`(r.search, ?) > 0`, " "+word)
	}
	if f.Batch != 0 {
		w.add(`r.batch = ?`, f.Batch)
	}
	if f.Linked != 0 {
		w.add(`r.id IN (SELECT l.id FROM record_links AS l WHERE l.to_id = ? AND l.type = ?)`, f.Linked, f.Type)
	}
	for _, c := range f.Where {
		if len(c.Via) > 0 {
			w.linked(f.Type, c)
		} else {
			w.condition(c)
		}
	}
	return w
}

// condition compares a key in the packed text.
func (w *where) condition(c app.RecordCondition) {
	head := packedSep + c.Field + "="
	key := keyText(c.Key)
	// The rest of the text after the head, up to the next separator. The head is there where this is asked.
	tail := func() string {
		w.args = append(w.args, head)
		n := "$" + itoa(len(w.args))
		rest := `substr(r.keys, ` + w.within + `(r.keys, ` + n + `) + length(` + n + `))`
		return `substr(` + rest + `, 1, ` + w.within + `(` + rest + `, '` + packedSep + `') - 1)`
	}
	switch c.Op {
	case app.RecordIs:
		w.add(w.within+`(r.keys, ?) > 0`, head+key+packedSep)
	case app.RecordIsNot:
		w.add(w.within+`(r.keys, ?) = 0`, head+key+packedSep)
	case app.RecordBegins:
		w.add(w.within+`(r.keys, ?) > 0`, head+key)
	case app.RecordEmpty:
		w.add(w.within+`(r.keys, ?) = 0`, head)
	case app.RecordFilled:
		w.add(w.within+`(r.keys, ?) > 0`, head)
	case app.RecordHas:
		w.add(w.within+`(r.keys, ?) > 0`, head)
		value := tail()
		w.add(w.within+`(`+value+`, ?) > 0`, key)
	case app.RecordFrom, app.RecordUntil:
		w.add(w.within+`(r.keys, ?) > 0`, head)
		op := `>=`
		if c.Op == app.RecordUntil {
			op = `<=`
		}
		value := tail()
		w.add(value+` {{BYTES}} `+op+` ?`, key)
	default:
		w.add(`1 = 0`)
	}
}
