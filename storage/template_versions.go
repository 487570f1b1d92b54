package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"shopbell/app"
)

// TemplateVersions gives the versions of a template, newest first.
func (s *Store) TemplateVersions(ctx context.Context, id app.ID) ([]app.TemplateVersion, error) {
	rows, err := s.read.query(ctx, `SELECT id, template_id, number, at, staff_id, why, name, document, bindings FROM template_versions
		WHERE template_id = $1 ORDER BY number DESC`, id)
	out, err := scanAll(rows, err, func(rows *sql.Rows) (app.TemplateVersion, error) {
		var v app.TemplateVersion
		var at int64
		var why, document, bindings string
		err := rows.Scan(&v.ID, &v.TemplateID, &v.Number, &at, &v.StaffID, &why, &v.Name, &document, &bindings)
		if err != nil {
			return v, err
		}
		v.At, v.Why = moment(at), app.VersionWhy(why)
		if err = json.Unmarshal([]byte(document), &v.Document); err != nil {
			return v, fmt.Errorf("storage: version %d: %w", v.ID, err)
		}
		v.Bindings, err = unpackBindings(bindings)
		return v, err
	})
	return out, wrong(err)
}

// TemplateHistory gives what happened to a template, newest first.
func (s *Store) TemplateHistory(ctx context.Context, id app.ID, limit int) ([]app.TemplateEvent, error) {
	rows, err := s.read.query(ctx, `SELECT id, template_id, at, staff_id, kind, detail FROM template_events WHERE template_id = $1
		ORDER BY at DESC, id DESC LIMIT $2`, id, limit)
	out, err := scanAll(rows, err, func(rows *sql.Rows) (app.TemplateEvent, error) {
		var e app.TemplateEvent
		var at int64
		var kind string
		err := rows.Scan(&e.ID, &e.TemplateID, &at, &e.StaffID, &kind, &e.Detail)
		e.At, e.Kind = moment(at), app.TemplateEventKind(kind)
		return e, err
	})
	return out, wrong(err)
}

// addVersion keeps a version; one that says the same as the newest is not kept again, unless it was submitted.
func (b *batch) addVersion(ctx context.Context, r *templateRow, v app.TemplateVersion) error {
	document, err := pack(v.Document, false)
	if err != nil {
		return err
	}
	bindings, err := pack(packedBindings(v.Bindings), len(v.Bindings) == 0)
	if err != nil {
		return err
	}
	var number int
	var newest string
	if _, err := b.t.one(ctx, `SELECT number, document FROM template_versions WHERE template_id = $1 ORDER BY number DESC LIMIT 1`,
		[]any{r.ID}, &number, &newest); err != nil {
		return err
	}
	if newest == document && v.Why != app.VersionSubmitted {
		return nil
	}
	if v.At.IsZero() {
		v.At = b.s.now()
	}
	_, err = b.t.exec(ctx, `INSERT INTO template_versions (id, template_id, number, at, staff_id, why, name, document, bindings)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, b.s.ids.Next(), r.ID, number+1, millis(v.At), v.StaffID, string(v.Why), clean(v.Name), document, bindings)
	return err
}
