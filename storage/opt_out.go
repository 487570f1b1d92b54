package storage

import (
	"context"

	"shopbell/app"
)

// SetOptOut notes what somebody at the desk says of a contact's wish to be written to. It stands above all that was said before, by whomever;
// whatever the customer says later stands above it. What is known already is not noted again.
func (s *Store) SetOptOut(ctx context.Context, contact app.ID, c app.Consent) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		b := &batch{s: s, t: t, stale: map[app.ID]struct{}{}}
		b.forget()
		var was bool
		found, err := t.one(ctx, `SELECT opt_out FROM contacts WHERE id = $1`, []any{contact}, &was)
		if err != nil {
			return err
		}
		if !found {
			return notFound("This contact")
		}
		if c.Scope == "" && c.OptOut {
			c.Scope = app.OptOutMarketing
		}
		if was == c.OptOut {
			scopes, err := optOutScopes(ctx, t, []app.ID{contact})
			if err != nil || !was || scopes[contact] == c.Scope {
				return err
			}
		}
		now := s.now().UnixMilli()
		said := int64(1)
		if c.OptOut {
			said = 2
		}
		if _, err := t.exec(ctx, `UPDATE contact_identities SET opt_out = $1, opt_out_at = CASE WHEN opt_out_at > $2 THEN opt_out_at + 1 ELSE $2 END WHERE contact_id = $3`,
			said, now, contact); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE contacts SET opt_out = $1 WHERE id = $2`, c.OptOut, contact); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO contact_consents (id, contact_id, at, opt_out, scope, staff_id, how) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			s.ids.Next(), contact, now, c.OptOut, clean(c.Scope), c.Staff, clean(c.How)); err != nil {
			return err
		}
		return b.retitle(ctx, contact)
	})
}
