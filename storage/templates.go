package storage

import (
	"context"
	"slices"
	"time"

	"shopbell/app"
)

// Template gives one template.
func (s *Store) Template(ctx context.Context, id app.ID) (app.Template, error) {
	list, err := templatesWhere(ctx, s.read, `t.id = $1`, id)
	switch {
	case err != nil:
		return app.Template{}, wrong(err)
	case len(list) == 0:
		return app.Template{}, notFound("This template")
	}
	return list[0].Template, nil
}

// AddTemplate inserts a template with its trace.
func (s *Store) AddTemplate(ctx context.Context, w app.TemplateWrite) (app.Template, error) {
	var out app.Template
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		b := &batch{s: s, t: t}
		r := &templateRow{Template: w.Template}
		r.ID = 0
		if _, err := b.wabaOf(ctx, r.AccountID); err != nil {
			return err
		}
		err := b.saveTemplate(ctx, r, w.Trace)
		out = r.Template
		return err
	})
	if err != nil {
		return app.Template{}, err
	}
	return out, nil
}

// ChangeTemplate reads a template, lets change alter it and writes it, in one transaction. The revision rises when what people write was
// altered. change may be called more than once, each time with the template as it is then.
func (s *Store) ChangeTemplate(ctx context.Context, id app.ID, change func(t *app.Template) (app.TemplateTrace, error)) (app.Template, error) {
	var out app.Template
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		b := &batch{s: s, t: t}
		list, err := templatesWhere(ctx, t, `t.id = $1`, id)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return notFound("This template")
		}
		r := list[0]
		trace, err := change(&r.Template)
		if err != nil {
			return err
		}
		if err := b.saveTemplate(ctx, r, trace); err != nil {
			return err
		}
		out = r.Template
		return nil
	})
	if err != nil {
		return app.Template{}, err
	}
	return out, nil
}

// MergeTemplates is ChangeTemplate for all templates of an account that have one of the Meta ids or of the technical names: merge gives those
// to write, new ones among them.
func (s *Store) MergeTemplates(ctx context.Context, account app.ID, metaIDs, names []string,
	merge func(found []app.Template) ([]app.TemplateWrite, error),
) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		b := &batch{s: s, t: t}
		rows, err := b.templatesOf(ctx, account, metaIDs, names)
		if err != nil {
			return err
		}
		found := make([]app.Template, len(rows))
		for k, r := range rows {
			found[k] = r.Template
		}
		writes, err := merge(found)
		if err != nil {
			return err
		}
		for _, w := range writes {
			r := &templateRow{}
			if w.Template.ID != 0 {
				k := slices.IndexFunc(rows, func(r *templateRow) bool { return r.ID == w.Template.ID })
				if k < 0 {
					return notFound("This template")
				}
				r = rows[k]
			}
			r.Template = w.Template
			if err := b.saveTemplate(ctx, r, w.Trace); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *batch) templatesOf(ctx context.Context, account app.ID, metaIDs, names []string) ([]*templateRow, error) {
	var out []*templateRow
	for _, by := range []struct {
		column string
		values []string
	}{{"t.meta_id", metaIDs}, {"t.technical", names}} {
		for chunk := range slices.Chunk(by.values, 200) {
			args := []any{account}
			for _, v := range chunk {
				args = append(args, clean(v))
			}
			rows, err := b.t.list(ctx, `SELECT `+templateColumns+` WHERE t.account_id = $1 AND `+by.column+` IN (`+marks(2, len(chunk))+`)`, args...)
			list, err := scanAll(rows, err, scanTemplate)
			if err != nil {
				return nil, err
			}
			for _, r := range list {
				if !slices.ContainsFunc(out, func(o *templateRow) bool { return o.ID == r.ID }) {
					out = append(out, r)
				}
			}
		}
	}
	return out, nil
}

// DeleteTemplate removes a template with its versions and history. Messages made from it stay.
func (s *Store) DeleteTemplate(ctx context.Context, id app.ID) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		for _, q := range []string{
			`DELETE FROM template_events WHERE template_id = $1`, `DELETE FROM template_versions WHERE template_id = $1`,
			`DELETE FROM template_contents WHERE template_id = $1`,
		} {
			if _, err := t.exec(ctx, q, id); err != nil {
				return err
			}
		}
		n, err := t.exec(ctx, `DELETE FROM templates WHERE id = $1`, id)
		if err == nil && n == 0 {
			return notFound("This template")
		}
		t.touch(app.TopicTemplates, id)
		return err
	})
}

// LinkedTemplates gives the templates of an account that Meta has, as far as is known.
func (s *Store) LinkedTemplates(ctx context.Context, account app.ID) ([]app.LinkedTemplate, error) {
	rows, err := s.read.query(ctx, `SELECT id, meta_id, CASE WHEN submitted_at > created_at THEN submitted_at ELSE created_at END
		FROM templates WHERE account_id = $1 AND meta_id <> '' AND gone = $2`, account, false)
	out, err := scanAll(rows, err, scanLinked)
	return out, wrong(err)
}

// TemplatesSynced notes that all linked templates of an account were compared with Meta's.
func (s *Store) TemplatesSynced(ctx context.Context, account app.ID, at time.Time) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		_, err := t.exec(ctx, `UPDATE templates SET synced_at = $1 WHERE account_id = $2 AND meta_id <> '' AND gone = $3`, millis(at), account, false)
		t.touch(app.TopicTemplates)
		return err
	})
}

// DueTemplates gives templates about which Meta is to be asked, and those whose submission has not been heard of since stale, oldest first.
func (s *Store) DueTemplates(ctx context.Context, now, stale time.Time, limit int) ([]app.ID, error) {
	rows, err := s.read.query(ctx, `SELECT id FROM templates WHERE submit_state NOT IN ('', 'cut') AND submit_beat < $1 ORDER BY submit_beat LIMIT $2`, millis(stale), limit)
	out, err := scanAll(rows, err, scanID)
	if err != nil {
		return nil, wrong(err)
	}
	rows, err = s.read.query(ctx, `SELECT id FROM templates WHERE poll_at > 0 AND poll_at <= $1 ORDER BY poll_at LIMIT $2`, millis(now), limit)
	due, err := scanAll(rows, err, scanID)
	for _, id := range due {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, wrong(err)
}

// NextPoll tells when the next template is due; false when none is.
func (s *Store) NextPoll(ctx context.Context) (time.Time, bool, error) {
	var at int64
	ok, err := s.read.one(ctx, `SELECT poll_at FROM templates WHERE poll_at > 0 ORDER BY poll_at LIMIT 1`, nil, &at)
	return moment(at), ok, wrong(err)
}
