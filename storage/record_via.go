package storage

import (
	"context"
	"slices"

	"shopbell/app"
)

// linked adds a condition on a field of the records that a way leads to. The records for which it holds are found first, by the index of the
// field, and the way is gone back from them, a set at each step; nothing is asked for one record at a time. What must not hold, or must be
// empty, holds for those that lead to none for which it does.
func (w *where) linked(typ string, c app.RecordCondition) {
	in := ` IN `
	switch c.Op {
	case app.RecordIsNot:
		in, c.Op = ` NOT IN `, app.RecordIs
	case app.RecordEmpty:
		in, c.Op = ` NOT IN `, app.RecordFilled
	}
	cond, args := w.atEnd(c)
	for i := len(c.Via) - 1; i >= 0; i-- {
		step := c.Via[i]
		if step.Back {
			cond = `SELECT l.to_id FROM record_links AS l WHERE l.id IN (` + cond + `) AND l.type = ? AND l.field = ?`
			args = append(args, step.Type, step.Field)
			continue
		}
		from := typ
		if i > 0 {
			from = c.Via[i-1].Type
		}
		cond = `SELECT l.id FROM record_links AS l WHERE l.to_id IN (` + cond + `) AND l.type = ? AND l.field = ?`
		args = append(args, from, step.Field)
	}
	w.add(`r.id`+in+`(`+cond+`)`, args...)
}

// atEnd asks for the records at the end of a way for which a condition holds.
func (w *where) atEnd(c app.RecordCondition) (query string, args []any) {
	query, args = `SELECT k.id FROM record_keys AS k WHERE k.type = ? AND k.field = ?`, []any{c.Via[len(c.Via)-1].Type, c.Field}
	key := keyText(c.Key)
	switch c.Op {
	case app.RecordFilled:
		return query, args
	case app.RecordIs:
		return query + ` AND k.key = ?`, append(args, key)
	case app.RecordBegins:
		return query + ` AND k.key >= ? AND k.key < ?`, append(args, key, key+"\U0010FFFF")
	case app.RecordHas:
		return query + ` AND ` + w.within + `(k.key, ?) > 0`, append(args, key)
	case app.RecordFrom:
		return query + ` AND k.key >= ?`, append(args, key)
	case app.RecordUntil:
		return query + ` AND k.key <= ?`, append(args, key)
	}
	return query + ` AND 1 = 0`, args
}

// recordIDsByLinked gives the order of a field of other records: a walk along its index, from each key the way back to the records that lead
// there, all in one query. A record that leads to several stands where the first of them puts it.
func (s *Store) recordIDsByLinked(ctx context.Context, f app.RecordFilter) ([]app.ID, error) {
	w := &where{}
	w.add(`k.type = ? AND k.field = ?`, f.Via[len(f.Via)-1].Type, f.Sort)
	from, at := `record_keys AS k`, `k.id`
	for i := len(f.Via) - 1; i >= 0; i-- {
		step, l := f.Via[i], "l"+itoa(i)
		// CROSS JOIN keeps SQLite's planner to the order in which the tables are named.
		from += ` CROSS JOIN record_links AS ` + l
		if step.Back {
			w.add(l+`.id = `+at+` AND `+l+`.type = ? AND `+l+`.field = ?`, step.Type, step.Field)
			at = l + ".to_id"
			continue
		}
		typ := f.Type
		if i > 0 {
			typ = f.Via[i-1].Type
		}
		w.add(l+`.to_id = `+at+` AND `+l+`.type = ? AND `+l+`.field = ?`, typ, step.Field)
		at = l + ".id"
	}
	order := ` ORDER BY k.key, ` + at
	if f.Desc {
		order = ` ORDER BY k.key DESC, ` + at + ` DESC`
	}
	rows, err := s.read.list(ctx, `SELECT `+at+` FROM `+from+` WHERE `+w.String()+order, w.args...)
	sorted, err := scanAll(rows, err, scanID)
	if err != nil {
		return nil, err
	}
	return s.recordIDsThrough(ctx, f, sorted)
}

// recordsByLinked gives a part of a list that is sorted by a field of other records. Their order is found anew for each part: whoever wants the
// whole list asks for the ids once.
func (s *Store) recordsByLinked(ctx context.Context, f app.RecordFilter, after *app.RecordAfter, limit int) ([]app.RecordRow, error) {
	ids, err := s.recordIDsByLinked(ctx, f)
	if err != nil {
		return nil, err
	}
	if after != nil {
		ids = ids[slices.Index(ids, after.ID)+1:]
	}
	ids = ids[:min(len(ids), limit)]
	rows, err := recordsByID(ctx, s.read, f.Type, ids)
	if err != nil {
		return nil, err
	}
	place := make(map[app.ID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(rows, func(x, y app.RecordRow) int { return place[x.ID] - place[y.ID] })
	return rows, nil
}
