package storage

import (
	"cmp"
	"context"
	"slices"

	"shopbell/app"
)

// staleRecord notes that the record of a contact does not show what the contact is.
func (t *tx) staleRecord(ctx context.Context, contact app.ID) error {
	_, err := t.exec(ctx, `INSERT INTO record_stale (contact_id) VALUES ($1) ON CONFLICT DO NOTHING`, contact)
	return err
}

// absorbRecord gives what was kept of a contact to the one that it became part of: relations lead there, and its values wait under the
// note that both must be indexed anew.
func (t *tx) absorbRecord(ctx context.Context, to, from app.ID) error {
	for _, q := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO record_links (to_id, type, id, field) SELECT CAST($1 AS {{INT}}), type, id, field FROM record_links WHERE to_id = $2 ON CONFLICT DO NOTHING`, []any{to, from}},
		{
			`UPDATE record_values SET links = replace(',' || links || ',', $1, $2) WHERE id IN (SELECT id FROM record_links WHERE to_id = $3)`,
			[]any{"=" + itoa(int(from)) + ",", "=" + itoa(int(to)) + ",", from},
		},
		{`UPDATE contact_consents SET contact_id = $1 WHERE contact_id = $2`, []any{to, from}},
		{`UPDATE record_moves SET to_id = $1 WHERE to_id = $2`, []any{to, from}},
	} {
		if _, err := t.exec(ctx, q.text, q.args...); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, `DELETE FROM record_links WHERE to_id = $1`, from); err != nil {
		return err
	}
	for _, id := range []app.ID{to, from} {
		if err := t.staleRecord(ctx, id); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, `INSERT INTO record_moves (from_id, to_id) VALUES ($1, $2) ON CONFLICT (from_id) DO UPDATE SET to_id = excluded.to_id`, from, to)
	return err
}

// ReindexContacts brings the records of at most limit contacts up to date that changed in the inbox. build gives a contact's record; it is handed
// the row that is there, and those of contacts that became part of it. It tells how many there were.
func (s *Store) ReindexContacts(ctx context.Context, limit int, build func(c app.Contact, is app.RecordRow, merged []app.RecordRow) app.RecordRow) (int, error) {
	var some int
	if ok, err := s.read.one(ctx, `SELECT 1 FROM record_stale LIMIT 1`, nil, &some); err != nil || !ok {
		return 0, wrong(err)
	}
	n := 0
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		rows, err := t.query(ctx, `SELECT contact_id FROM record_stale ORDER BY contact_id LIMIT $1`, limit)
		ids, err := scanAll(rows, err, scanID)
		if err != nil {
			return err
		}
		n = len(ids)
		w := s.newRecordWriter(t, app.RecordBatch{})
		old, err := recordsByID(ctx, t, app.RecordContact, ids)
		if err != nil {
			return err
		}
		is := map[app.ID]app.RecordRow{}
		for _, r := range old {
			is[r.ID] = r
		}
		for _, id := range ids {
			if err := w.reindex(ctx, id, is, build); err != nil {
				return err
			}
			if _, err := t.exec(ctx, `DELETE FROM record_stale WHERE contact_id = $1`, id); err != nil {
				return err
			}
		}
		return w.finish(ctx)
	})
	return n, err
}

func (w *recordWriter) reindex(ctx context.Context, id app.ID, is map[app.ID]app.RecordRow,
	build func(app.Contact, app.RecordRow, []app.RecordRow) app.RecordRow,
) error {
	c, err := w.s.contact(ctx, w.t, id)
	if app.ErrorCode(err) == app.CodeNotFound {
		return w.forgetMoved(ctx, id, is)
	}
	if err != nil {
		return err
	}
	rows, err := w.t.query(ctx, `SELECT from_id FROM record_moves WHERE to_id = $1 ORDER BY from_id`, id)
	from, err := scanAll(rows, err, scanID)
	if err != nil {
		return err
	}
	merged, err := recordsByID(ctx, w.t, app.RecordContact, from)
	if err != nil {
		return err
	}
	for _, m := range merged {
		if err := w.clear(ctx, m); err != nil {
			return err
		}
		w.counts[m.Type]--
		delete(is, m.ID)
	}
	if len(from) > 0 {
		if _, err := w.t.exec(ctx, `DELETE FROM record_moves WHERE to_id = $1`, id); err != nil {
			return err
		}
	}
	slices.SortFunc(merged, func(x, y app.RecordRow) int { return cmp.Compare(x.ID, y.ID) }) // the oldest speaks first
	r, had := is[id]
	if had {
		if err := w.clear(ctx, r); err != nil {
			return err
		}
	} else {
		w.counts[app.RecordContact]++
	}
	out := build(c, r, merged)
	// The revision stays when nothing but the inbox changed it: nobody's edit is in the way.
	out.Type, out.ID, out.Revision, out.Batch = app.RecordContact, id, max(r.Revision, 1), r.Batch
	if len(merged) > 0 {
		out.Revision++
	}
	out.CreatedAt = c.CreatedAt
	w.put(out)
	return nil
}

// forgetMoved removes the row of a contact that is gone, unless it still waits to be taken over.
func (w *recordWriter) forgetMoved(ctx context.Context, id app.ID, is map[app.ID]app.RecordRow) error {
	r, had := is[id]
	if !had {
		return nil
	}
	var to app.ID
	ok, err := w.t.one(ctx, `SELECT to_id FROM record_moves WHERE from_id = $1`, []any{id}, &to)
	if err != nil || ok {
		return err
	}
	w.counts[r.Type]--
	return w.clear(ctx, r)
}

// MergeContacts makes several contacts one: their numbers and names, conversations and records. It tells which of them remains.
func (s *Store) MergeContacts(ctx context.Context, keep app.ID, others []app.ID) (app.ID, error) {
	remains := keep
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		remains = keep
		for _, other := range others {
			if other == remains {
				continue
			}
			b, err := s.newBatch(ctx, t)
			if err != nil {
				return err
			}
			if remains, err = b.mergeContacts(ctx, remains, other); err != nil {
				return err
			}
		}
		return nil
	})
	return remains, err
}

// mergeContacts links an identity of each of the two for good, as a replaced user id is, so that whatever Meta tells later leaves them one. One
// that has no identity has nothing that could write, and is simply taken in.
func (b *batch) mergeContacts(ctx context.Context, keep, other app.ID) (app.ID, error) {
	var first [2]*identity
	for k, id := range []app.ID{keep, other} {
		c, err := b.s.contact(ctx, b.t, id)
		if err != nil {
			return 0, err
		}
		for _, i := range c.Identities {
			if first[k] == nil || rankKind(i.Kind) < rankKind(first[k].kind) {
				if first[k], err = b.identity(ctx, identityKey{i.Kind, i.Scope, i.Key}, i.Value, 0); err != nil {
					return 0, err
				}
			}
		}
	}
	if first[0] == nil && first[1] != nil {
		keep, other, first[0], first[1] = other, keep, first[1], nil
	}
	if first[1] == nil {
		if err := b.absorb(ctx, keep, other); err != nil {
			return 0, err
		}
		b.stale[keep] = struct{}{}
		return keep, b.flush(ctx)
	}
	var name string
	if _, err := b.t.one(ctx, `SELECT staff_name FROM contacts WHERE id = $1`, []any{keep}, &name); err != nil {
		return 0, err
	}
	if _, err := b.link(ctx, first[1], kinUser, first[0], b.s.now().UnixMilli()); err != nil {
		return 0, err
	}
	now, err := b.regroup(ctx, first[0], []*identity{first[0], first[1]})
	if err != nil {
		return 0, err
	}
	if name != "" { // what staff call the one that was to be kept
		if _, err := b.t.exec(ctx, `UPDATE contacts SET staff_name = $1 WHERE id = $2`, name, now.contact); err != nil {
			return 0, err
		}
		if err := b.retitle(ctx, now.contact); err != nil {
			return 0, err
		}
	}
	return now.contact, b.flush(ctx)
}
