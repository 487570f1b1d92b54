package storage

import (
	"context"

	"shopbell/app"
)

// RecordIDs gives the ids of all records that a filter lets through, in its order: what a window that scrolls through them keeps, instead of
// the records. A million of them take eight megabytes.
func (s *Store) RecordIDs(ctx context.Context, f app.RecordFilter) ([]app.ID, error) {
	if len(f.Via) > 0 {
		out, err := s.recordIDsByLinked(ctx, f)
		return out, wrong(err)
	}
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
	if !everything(f) {
		out, err = s.recordIDsThrough(ctx, f, out)
		return out, wrong(err)
	}
	// The counter tells whether any are left, and the wide table need not be walked.
	if n, err := s.CountRecords(ctx, f); err != nil || int64(len(out)) >= n {
		return out, err
	}
	blank, err := s.recordIDsInOrder(ctx, f, f.Sort)
	return append(out, blank...), wrong(err)
}

// recordIDsThrough leaves of all ids in the order of a column those that a filter lets through, and puts behind them those without the column.
// Two walks along tables are sooner done than one with a look into the other table at each step.
func (s *Store) recordIDsThrough(ctx context.Context, f app.RecordFilter, sorted []app.ID) ([]app.ID, error) {
	through, err := s.recordIDsInOrder(ctx, f, "")
	if err != nil {
		return nil, err
	}
	left := make(map[app.ID]struct{}, len(through))
	for _, id := range through {
		left[id] = struct{}{}
	}
	out := make([]app.ID, 0, len(through))
	for _, id := range sorted {
		if _, ok := left[id]; ok {
			out = append(out, id)
			delete(left, id)
		}
	}
	for _, id := range through {
		if _, ok := left[id]; ok {
			out = append(out, id)
		}
	}
	return out, nil
}

// everything tells whether a filter lets all records of its type through.
func everything(f app.RecordFilter) bool {
	return f.Search == "" && len(f.Where) == 0 && f.Batch == 0 && f.Linked == 0
}

// recordIDsByColumn walks the index of a column, whatever else the filter asks for.
func (s *Store) recordIDsByColumn(ctx context.Context, f app.RecordFilter) ([]app.ID, error) {
	order := ` ORDER BY key, id`
	if f.Desc {
		order = ` ORDER BY key DESC, id DESC`
	}
	rows, err := s.read.list(ctx, `SELECT id FROM record_keys WHERE type = $1 AND field = $2`+order, f.Type, f.Sort)
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
