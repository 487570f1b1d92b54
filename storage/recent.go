package storage

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"shopbell/app"
)

// TemplateSent tells when contacts were last sent one of some templates from an account, after since and (unless it is zero) before the other
// moment. What failed or was cancelled does not count. Contacts that got none are left out.
func (s *Store) TemplateSent(ctx context.Context, account app.ID, templates, contacts []app.ID, since, before time.Time) (map[app.ID]time.Time, error) {
	out := map[app.ID]time.Time{}
	if len(templates) == 0 {
		return out, nil
	}
	until := int64(1) << 62
	if !before.IsZero() {
		until = before.UnixMilli()
	}
	for part := range slices.Chunk(contacts, 1000) {
		args := append([]any{account, since.UnixMilli(), until}, anys(templates)...)
		args = append(args, anys(part)...)
		rows, err := s.read.list(ctx, `SELECT v.contact_id, max(o.created_at) FROM conversations AS v JOIN outbox AS o ON o.conversation_id = v.id
			WHERE v.account_id = $1 AND o.created_at > $2 AND o.created_at < $3 AND o.template_id <> 0 AND o.state NOT IN ('failed', 'cancelled')
			AND o.template_id IN (`+marks(4, len(templates))+`) AND v.contact_id IN (`+marks(4+len(templates), len(part))+`) GROUP BY v.contact_id`, args...)
		if err != nil {
			return nil, wrong(err)
		}
		if err := eachTime(rows, out); err != nil {
			return nil, wrong(err)
		}
	}
	return out, nil
}

// eachTime reads pairs of a contact and a time.
func eachTime(rows *sql.Rows, into map[app.ID]time.Time) error {
	defer rows.Close()
	for rows.Next() {
		var id app.ID
		var at int64
		if err := rows.Scan(&id, &at); err != nil {
			return err
		}
		into[id] = moment(at)
	}
	return rows.Err()
}
