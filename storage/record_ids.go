package storage

import (
	"context"

	"shopbell/app"
)

// RecordIDs gives the ids of all records that a filter lets through, in its order: what a window that scrolls through them keeps, instead of
// the records. A million of them take eight megabytes.
func (s *Store) RecordIDs(ctx context.Context, f app.RecordFilter) ([]app.ID, error) {
	if ids, few, err := s.fewRecords(ctx, f); err != nil {
		return nil, wrong(err)
	} else if few {
		rows, err := s.recordsAmong(ctx, f, ids, nil, fewMost)
		out := make([]app.ID, len(rows))
		for i, r := range rows {
			out[i] = r.ID
		}
		return out, wrong(err)
	}
	if f.Sort == "" {
		out, err := s.recordIDsInOrder(ctx, f, "")
		return out, wrong(err)
	}
	out, err := s.recordIDsByColumn(ctx, f)
	if err != nil {
		return nil, wrong(err)
	}
	if everything(f) { // then the counter tells whether any are left, and the wide table need not be walked
		n, err := s.CountRecords(ctx, f)
		if err != nil || int64(len(out)) >= n {
			return out, err
		}
	}
	blank, err := s.recordIDsInOrder(ctx, f, f.Sort)
	return append(out, blank...), wrong(err)
}

// everything tells whether a filter lets all records of its type through.
func everything(f app.RecordFilter) bool {
	return f.Search == "" && len(f.Where) == 0 && f.Batch == 0 && f.Linked == 0
}

// recordIDsByColumn walks the index of a column. Without conditions it needs no other table.
func (s *Store) recordIDsByColumn(ctx context.Context, f app.RecordFilter) ([]app.ID, error) {
	order := ` ORDER BY k.key, k.id`
	if f.Desc {
		order = ` ORDER BY k.key DESC, k.id DESC`
	}
	w, from := &where{}, `record_keys AS k`
	if !everything(f) {
		w, from = s.recordWhere(f), `record_keys AS k CROSS JOIN records AS r`
		w.add(`r.type = k.type AND r.id = k.id`)
	}
	w.add(`k.type = ? AND k.field = ?`, f.Type, f.Sort)
	rows, err := s.read.list(ctx, `SELECT k.id FROM `+from+` WHERE `+w.String()+order, w.args...)
	return scanAll(rows, err, scanID)
}

// recordIDsInOrder gives the order of making; without is a field that they must not hold.
func (s *Store) recordIDsInOrder(ctx context.Context, f app.RecordFilter, without string) ([]app.ID, error) {
	w := s.recordWhere(f)
	if without != "" {
		w.add(w.within+`(r.keys, ?) = 0`, packedSep+without+"=")
	}
	order := ` ORDER BY r.id`
	if f.Desc {
		order = ` ORDER BY r.id DESC`
	}
	rows, err := s.read.list(ctx, `SELECT r.id FROM records AS r WHERE `+w.String()+order, w.args...)
	return scanAll(rows, err, scanID)
}
