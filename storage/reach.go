package storage

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"shopbell/app"
)

// cappedFor is how long marketing waits after Meta held it back for the customer's sake (Meta: error 131049).
const cappedFor = 24 * time.Hour

// ReachPhones gives what is known of the people behind phone numbers, by app.PhoneKey.
func (s *Store) ReachPhones(ctx context.Context, account app.ID, keys []string) (map[string]app.Reach, error) {
	out := map[string]app.Reach{}
	for part := range slices.Chunk(keys, 1000) {
		args := []any{string(app.IdentityPhone)}
		for _, k := range part {
			args = append(args, clean(k))
		}
		rows, err := s.read.list(ctx, `SELECT key, contact_id FROM contact_identities WHERE kind = $1 AND scope = '' AND key IN (`+marks(2, len(part))+`)`, args...)
		type pair struct {
			key     string
			contact app.ID
		}
		list, err := scanAll(rows, err, func(rows *sql.Rows) (pair, error) {
			var p pair
			return p, rows.Scan(&p.key, &p.contact)
		})
		if err != nil {
			return nil, wrong(err)
		}
		var ids []app.ID
		for _, p := range list {
			ids = append(ids, p.contact)
		}
		reach, err := s.ReachContacts(ctx, account, ids)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			if r, ok := reach[p.contact]; ok {
				out[p.key] = r
			}
		}
	}
	return out, nil
}

// ReachContacts gives what counts of contacts when something is to be sent to them from an account.
func (s *Store) ReachContacts(ctx context.Context, account app.ID, ids []app.ID) (map[app.ID]app.Reach, error) {
	out := map[app.ID]app.Reach{}
	if len(ids) == 0 {
		return out, nil
	}
	a, err := s.Account(ctx, account)
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(ids, 1000) {
		if err := s.reach(ctx, a, part, out); err != nil {
			return nil, wrong(err)
		}
	}
	return out, nil
}

func (s *Store) reach(ctx context.Context, a app.Account, ids []app.ID, out map[app.ID]app.Reach) error {
	people, err := s.ContactsByID(ctx, ids)
	if err != nil {
		return err
	}
	var gone []app.ID
	for _, c := range people {
		r := app.Reach{ContactID: c.ID, Phone: c.Phone()}
		for _, i := range c.Identities {
			if i.Kind == app.IdentityUser && i.Scope == a.WABAID && r.UserID == "" {
				r.UserID = i.Value
			}
		}
		if c.OptOut {
			r.OptOut = app.OptOutMarketing
			gone = append(gone, c.ID)
		}
		out[c.ID] = r
	}
	scopes, err := optOutScopes(ctx, s.read, gone)
	if err != nil {
		return err
	}
	for id, scope := range scopes {
		r := out[id]
		r.OptOut = scope
		out[id] = r
	}
	rows, err := s.read.list(ctx, `SELECT contact_id, last_inbound, free_entry, coalesce((SELECT max(o.updated_at) FROM outbox AS o WHERE o.conversation_id = v.id
		AND o.state = 'failed' AND o.category = 'MARKETING' AND o.failure LIKE '{"code":131049,%'), 0)
		FROM conversations AS v WHERE account_id = $1 AND contact_id IN (`+marks(2, len(ids))+`)`,
		append([]any{a.ID}, anys(ids)...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id app.ID
		var inbound, entry, capped int64
		if err := rows.Scan(&id, &inbound, &entry, &capped); err != nil {
			return err
		}
		r := out[id]
		r.LastInbound, r.FreeEntry = moment(inbound), moment(entry)
		if capped > 0 {
			r.CappedUntil = moment(capped).Add(cappedFor)
		}
		out[id] = r
	}
	return rows.Err()
}
