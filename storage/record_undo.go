package storage

import (
	"context"
	"database/sql"
	"encoding/json"

	"shopbell/app"
)

// undoGroup is how many records are taken back in one transaction, so that the inbox never waits long.
const undoGroup = 500

// RecordBatches lists what can be taken back, newest first.
func (s *Store) RecordBatches(ctx context.Context, limit int) ([]app.RecordBatch, error) {
	rows, err := s.read.query(ctx, `SELECT id, kind, type, label, staff_id, at, made, changed, removed, undone FROM record_batches ORDER BY id DESC LIMIT $1`, limit)
	out, err := scanAll(rows, err, func(rows *sql.Rows) (app.RecordBatch, error) {
		var b app.RecordBatch
		var at int64
		err := rows.Scan(&b.ID, &b.Kind, &b.Type, &b.Label, &b.Staff, &at, &b.New, &b.Changed, &b.Removed, &b.Undone)
		b.At = moment(at)
		return b, err
	})
	return out, wrong(err)
}

// UndoRecords takes a batch back. What somebody changed since stays as it is, and so does a contact that has a conversation by now; what was
// taken back is gone from the batch, so that an undo that was cut goes on where it stopped. progress may be nil.
func (s *Store) UndoRecords(ctx context.Context, batch app.ID, progress func(done int64)) (app.RecordUndo, error) {
	var all app.RecordUndo
	for {
		if err := ctx.Err(); err != nil {
			return all, err
		}
		var part app.RecordUndo
		n := 0
		err := s.write(ctx, func(ctx context.Context, t *tx) error {
			part = app.RecordUndo{}
			var err error
			n, err = s.undoSome(ctx, t, batch, &part)
			return err
		})
		if err != nil {
			return all, err
		}
		all.Removed, all.Restored, all.Kept = all.Removed+part.Removed, all.Restored+part.Restored, all.Kept+part.Kept
		if progress != nil {
			progress(all.Removed + all.Restored + all.Kept)
		}
		if n < undoGroup {
			return all, nil
		}
	}
}

type undoRow struct {
	typ      string
	id       app.ID
	revision int64
	before   string
}

func (s *Store) undoSome(ctx context.Context, t *tx, batch app.ID, out *app.RecordUndo) (int, error) {
	rows, err := t.query(ctx, `SELECT type, id, revision, before FROM record_undo WHERE batch = $1 ORDER BY type, id LIMIT $2`, batch, undoGroup)
	list, err := scanAll(rows, err, func(rows *sql.Rows) (undoRow, error) {
		var u undoRow
		return u, rows.Scan(&u.typ, &u.id, &u.revision, &u.before)
	})
	if err != nil {
		return 0, err
	}
	w := s.newRecordWriter(t, app.RecordBatch{})
	for _, u := range list {
		if err := w.undoOne(ctx, u, out); err != nil {
			return 0, err
		}
		if _, err := t.exec(ctx, `DELETE FROM record_undo WHERE batch = $1 AND type = $2 AND id = $3`, batch, u.typ, u.id); err != nil {
			return 0, err
		}
	}
	if err := w.finish(ctx); err != nil {
		return 0, err
	}
	if len(list) < undoGroup {
		n, err := t.exec(ctx, `UPDATE record_batches SET undone = $1 WHERE id = $2`, true, batch)
		if err == nil && n == 0 {
			err = notFound("This change")
		}
		return len(list), err
	}
	return len(list), nil
}

func (w *recordWriter) undoOne(ctx context.Context, u undoRow, out *app.RecordUndo) error {
	now, err := recordsByID(ctx, w.t, u.typ, []app.ID{u.id})
	if err != nil {
		return err
	}
	there := len(now) > 0
	if u.revision != 0 && (!there || now[0].Revision != u.revision) || u.revision == 0 && there {
		out.Kept++
		return nil
	}
	var was recordSnapshot
	if u.before != "" {
		if err := json.Unmarshal([]byte(u.before), &was); err != nil {
			return err
		}
	}
	if u.before == "" && u.typ == app.RecordContact {
		if talks, err := w.people.talks(ctx, u.id); err != nil || talks {
			out.Kept++
			return err
		}
		if err := w.people.remove(ctx, u.id); err != nil {
			return err
		}
	}
	if there {
		if err := w.clear(ctx, now[0]); err != nil {
			return err
		}
		w.counts[u.typ]--
		w.touched = append(w.touched, u.id)
	}
	if was.Row == nil && was.Person == nil {
		out.Removed++
		return nil
	}
	if was.Person != nil {
		ok, err := w.people.restore(ctx, was.Person)
		if err != nil {
			return err
		}
		if !ok { // somebody else has the number by now
			out.Kept++
			return nil
		}
	}
	if was.Row != nil {
		w.counts[u.typ]++
		w.put(*was.Row)
	}
	out.Restored++
	return nil
}

// personSnapshot is a contact before a change.
type personSnapshot struct {
	ID      app.ID
	Staff   string
	Profile string
	OptOut  bool
	Created int64
	Idents  []identSnapshot
}

type identSnapshot struct {
	ID                       app.ID
	Kind, Scope, Key, Value  string
	Seen                     int64
	Name                     string
	NameAt, OptOut, OptOutAt int64
}

func (w *personWriter) snapshot(ctx context.Context, id app.ID) (*personSnapshot, error) {
	p := &personSnapshot{ID: id}
	ok, err := w.t.one(ctx, `SELECT staff_name, profile_name, opt_out, created_at FROM contacts WHERE id = $1`, []any{id}, &p.Staff, &p.Profile, &p.OptOut, &p.Created)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, notFound("This contact")
	}
	rows, err := w.t.query(ctx, `SELECT `+identityColumns+` FROM contact_identities WHERE contact_id = $1`, id)
	list, err := scanAll(rows, err, scanIdentity)
	for _, i := range list {
		p.Idents = append(p.Idents, identSnapshot{i.id, string(i.kind), i.scope, i.key, i.value, i.seen, i.name, i.nameAt, i.optOut, i.optOutAt})
	}
	return p, err
}

// restore makes a contact what it was; false when one of its names is another's by now. A contact that is there keeps what Meta told since, and
// loses the numbers that the batch gave it.
func (w *personWriter) restore(ctx context.Context, p *personSnapshot) (bool, error) {
	for _, i := range p.Idents {
		var owner app.ID
		ok, err := w.t.one(ctx, `SELECT contact_id FROM contact_identities WHERE key = $1 AND kind = $2 AND scope = $3`, []any{i.Key, i.Kind, i.Scope}, &owner)
		if err != nil || ok && owner != p.ID {
			return false, err
		}
	}
	n, err := w.t.exec(ctx, `UPDATE contacts SET staff_name = $1, opt_out = $2 WHERE id = $3`, p.Staff, p.OptOut, p.ID)
	if err != nil {
		return false, err
	}
	if n == 0 {
		if _, err := w.t.exec(ctx, `INSERT INTO contacts (id, staff_name, profile_name, opt_out, created_at) VALUES ($1,$2,$3,$4,$5)`,
			p.ID, p.Staff, p.Profile, p.OptOut, p.Created); err != nil {
			return false, err
		}
	}
	if err := w.dropNumbers(ctx, p); err != nil {
		return false, err
	}
	for _, i := range p.Idents {
		if _, err := w.t.exec(ctx, `INSERT INTO contact_identities (`+identityColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)
			ON CONFLICT (key, kind, scope) DO UPDATE SET opt_out = excluded.opt_out, opt_out_at = excluded.opt_out_at`,
			i.ID, p.ID, i.Kind, i.Scope, i.Key, i.Value, i.Seen, i.Name, i.NameAt, i.OptOut, i.OptOutAt); err != nil {
			return false, err
		}
	}
	return true, w.b.retitle(ctx, p.ID)
}

// dropNumbers removes numbers that were not there before and under which nobody wrote.
func (w *personWriter) dropNumbers(ctx context.Context, p *personSnapshot) error {
	rows, err := w.t.query(ctx, `SELECT `+identityColumns+` FROM contact_identities WHERE contact_id = $1`, p.ID)
	have, err := scanAll(rows, err, scanIdentity)
	if err != nil {
		return err
	}
	was := map[app.ID]bool{}
	for _, i := range p.Idents {
		was[i.ID] = true
	}
	for _, i := range have {
		if was[i.id] || i.kind != app.IdentityPhone || i.name != "" {
			continue
		}
		if _, err := w.t.exec(ctx, `DELETE FROM contact_identities WHERE id = $1`, i.id); err != nil {
			return err
		}
	}
	return nil
}
