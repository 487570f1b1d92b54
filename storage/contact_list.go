package storage

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"shopbell/app"
)

// ContactsByID gives those contacts that exist, newest first, with one read for all of them.
func (s *Store) ContactsByID(ctx context.Context, ids []app.ID) ([]app.Contact, error) {
	var out []app.Contact
	for part := range slices.Chunk(ids, 500) {
		list, err := s.contactsWhere(ctx, `id IN (`+marks(1, len(part))+`)`, anys(part), len(part))
		if err != nil {
			return nil, wrong(err)
		}
		out = append(out, list...)
	}
	slices.SortFunc(out, func(x, y app.Contact) int { return cmp.Compare(y.ID, x.ID) })
	return out, nil
}

// FindContacts gives at most limit contacts that have all words of the query as beginnings of their name, their username or a part of their phone
// number, those that came last first; "" gives the newest.
func (s *Store) FindContacts(ctx context.Context, query string, limit int) ([]app.Contact, error) {
	words := searchWords(query)
	if len(words) == 0 {
		if strings.TrimSpace(query) != "" {
			return nil, nil
		}
		list, err := s.contactsWhere(ctx, `id > $1`, []any{0}, limit)
		return list, wrong(err)
	}
	const few = 1000
	rows, err := s.read.query(ctx, `SELECT contact_id FROM contact_terms WHERE term >= $1 AND term < $2 ORDER BY term LIMIT `+itoa(few), words[0], words[0]+"\U0010FFFF")
	found, err := scanAll(rows, err, scanID)
	if err != nil || len(found) == 0 {
		return nil, wrong(err)
	}
	where, args, rest := `id > $1`, []any{0}, words // so many that the newest of them are soon met on the way down
	if len(found) < few {
		slices.Sort(found)
		found = slices.Compact(found)
		where, args, rest = `id IN (`+marks(1, len(found))+`)`, anys(found), words[1:]
	}
	var q strings.Builder
	q.WriteString(where)
	for _, w := range rest {
		args = append(args, w, w+"\U0010FFFF")
		n := len(args)
		q.WriteString(` AND (SELECT count(*) FROM contact_terms AS t WHERE t.contact_id = contacts.id AND t.term >= $` + itoa(n-1) + ` AND t.term < $` + itoa(n) + `) > 0`)
	}
	list, err := s.contactsWhere(ctx, q.String(), args, limit)
	return list, wrong(err)
}

// searchWords are the folded words of a query about people, the longest first. A phone number is one word, however it is spaced.
func searchWords(query string) []string {
	if digits := app.Digits(query); digits != "" && strings.Trim(query, "0123456789 +-().") == "" {
		return []string{digits}
	}
	words := strings.Fields(Fold(query))
	slices.SortFunc(words, func(x, y string) int { return len(y) - len(x) })
	return words
}

// contactsWhere reads the newest contacts of a choice, with their identities.
func (s *Store) contactsWhere(ctx context.Context, where string, args []any, limit int) ([]app.Contact, error) {
	args = append(slices.Clone(args), limit)
	rows, err := s.read.query(ctx, `SELECT id, staff_name, profile_name, opt_out, created_at FROM contacts WHERE `+where+` ORDER BY id DESC LIMIT $`+itoa(len(args)), args...)
	list, err := scanAll(rows, err, scanContact)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	at := make(map[app.ID]int, len(list))
	ids := make([]app.ID, len(list))
	for i, c := range list {
		at[c.ID], ids[i] = i, c.ID
	}
	type owned struct {
		contact app.ID
		app.Identity
	}
	rows, err = s.read.query(ctx, `SELECT contact_id, kind, scope, key, value, seen_at FROM contact_identities WHERE contact_id IN (`+marks(1, len(ids))+`)`, anys(ids)...)
	idents, err := scanAll(rows, err, func(r *sql.Rows) (owned, error) {
		var o owned
		var seen int64
		err := r.Scan(&o.contact, &o.Kind, &o.Scope, &o.Key, &o.Value, &seen)
		o.SeenAt = moment(seen)
		return o, err
	})
	if err != nil {
		return nil, err
	}
	for _, o := range idents {
		c := &list[at[o.contact]]
		c.Identities = append(c.Identities, o.Identity)
	}
	for i := range list {
		newestFirst(list[i].Identities)
	}
	return list, nil
}

func scanContact(r *sql.Rows) (app.Contact, error) {
	var c app.Contact
	var staffName, profile string
	var created int64
	err := r.Scan(&c.ID, &staffName, &profile, &c.OptOut, &created)
	c.Name, c.CreatedAt = cmp.Or(staffName, profile), moment(created)
	return c, err
}
