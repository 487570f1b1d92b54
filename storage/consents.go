package storage

import (
	"context"

	"shopbell/app"
)

// optOutScopes gives how far the opt-outs of contacts reach: what was said last counts, and an opt-out of which only Meta told is of marketing.
// Contacts that did not opt out may be among them.
func optOutScopes(ctx context.Context, q querier, contacts []app.ID) (map[app.ID]string, error) {
	if len(contacts) == 0 {
		return nil, nil
	}
	rows, err := q.list(ctx, `SELECT contact_id, scope FROM contact_consents WHERE opt_out = $1 AND contact_id IN (`+marks(2, len(contacts))+`) ORDER BY at, id`,
		append([]any{true}, anys(contacts)...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[app.ID]string{}
	for _, id := range contacts {
		out[id] = app.OptOutMarketing
	}
	for rows.Next() {
		var id app.ID
		var scope string
		if err := rows.Scan(&id, &scope); err != nil {
			return nil, err
		}
		if scope == "" {
			scope = app.OptOutMarketing
		}
		out[id] = scope
	}
	return out, rows.Err()
}

// consented notes once that a customer opted out or in, and how.
func (b *batch) consented(ctx context.Context, who *identity, p *app.PersonFact, at int64) error {
	if p.How == "" {
		return nil
	}
	var some int
	known, err := b.t.one(ctx, `SELECT 1 FROM contact_consents WHERE contact_id = $1 AND at = $2 AND opt_out = $3 AND how = $4`,
		[]any{who.contact, at, *p.OptOut, clean(p.How)}, &some)
	if err != nil || known {
		return err
	}
	_, err = b.t.exec(ctx, `INSERT INTO contact_consents (id, contact_id, at, opt_out, scope, staff_id, how) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		b.s.ids.Next(), who.contact, at, *p.OptOut, clean(p.Scope), 0, clean(p.How))
	if err != nil || !*p.OptOut {
		return err
	}
	return b.optedOutAfter(ctx, who.contact, at)
}
