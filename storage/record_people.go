package storage

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"shopbell/app"
)

// The kinds of batch that the store itself must know.
const batchImport = "import"

// personWriter writes what the desk says of people. New ones are gathered and inserted together.
type personWriter struct {
	s   *Store
	t   *tx
	b   *batch
	now int64

	people, idents, consents bulk
	terms                    []contactTerm
}

type contactTerm struct {
	term    string
	contact app.ID
}

func newPersonWriter(s *Store, t *tx) *personWriter {
	b := &batch{s: s, t: t, stale: map[app.ID]struct{}{}}
	b.forget()
	return &personWriter{
		s: s, t: t, b: b, now: s.now().UnixMilli(),
		people:   bulk{into: `contacts (id, staff_name, opt_out, created_at)`, columns: 4},
		idents:   bulk{into: `contact_identities (` + identityColumns + `)`, columns: 11},
		consents: bulk{into: `contact_consents (id, contact_id, at, opt_out, scope, staff_id, how)`, columns: 7},
	}
}

// add gathers a new contact. Its numbers count as seen before anything that Meta told, the first as the newest of them.
func (w *personWriter) add(_ context.Context, id app.ID, p *app.PersonWrite) error {
	c := app.Contact{ID: id, Name: clean(p.Name), OptOut: p.OptOut != nil && *p.OptOut}
	w.people.add(id, c.Name, c.OptOut, w.now)
	said, saidAt := consent(p, w.now)
	seen := map[string]bool{}
	for k, phone := range p.Phones {
		i := app.NewIdentity(app.IdentityPhone, "", app.Digits(phone), moment(int64(len(p.Phones)-k)))
		if seen[i.Key] || i.Key == "" {
			continue
		}
		seen[i.Key] = true
		c.Identities = append(c.Identities, i)
		w.idents.add(w.s.ids.Next(), id, string(i.Kind), i.Scope, i.Key, i.Value, millis(i.SeenAt), "", int64(0), said, saidAt)
	}
	if p.OptOut != nil && c.OptOut {
		w.consents.add(w.s.ids.Next(), id, w.now, c.OptOut, p.Scope, p.Staff, clean(p.How))
	}
	for _, term := range contactTerms(c) {
		w.terms = append(w.terms, contactTerm{term, id})
	}
	w.t.touch(app.TopicContacts)
	return nil
}

// change writes into a contact that is there.
func (w *personWriter) change(ctx context.Context, id app.ID, p *app.PersonWrite) error {
	if p.Name != "" {
		if _, err := w.t.exec(ctx, `UPDATE contacts SET staff_name = $1 WHERE id = $2`, clean(p.Name), id); err != nil {
			return err
		}
	}
	rows, err := w.t.query(ctx, `SELECT `+identityColumns+` FROM contact_identities WHERE contact_id = $1`, id)
	have, err := scanAll(rows, err, scanIdentity)
	if err != nil {
		return err
	}
	newest := int64(0)
	for _, i := range have {
		newest = max(newest, i.seen)
	}
	said, saidAt := consent(p, w.now)
	for k, phone := range p.Phones {
		key := app.PhoneKey(phone)
		at := slices.IndexFunc(have, func(i *identity) bool { return i.kind == app.IdentityPhone && i.key == key })
		switch {
		case key == "":
		case at < 0:
			if err := w.addNumber(ctx, id, key, phone, newest+int64(len(p.Phones)-k)); err != nil {
				return err
			}
		case k == 0 && slices.ContainsFunc(have, func(i *identity) bool { return i.kind == app.IdentityPhone && i.seen > have[at].seen }):
			if _, err := w.t.exec(ctx, `UPDATE contact_identities SET seen_at = $1 WHERE id = $2`, newest+int64(len(p.Phones)), have[at].id); err != nil {
				return err
			}
		}
	}
	if p.OptOut != nil {
		if err := w.optOut(ctx, id, p, said, saidAt); err != nil {
			return err
		}
	}
	return w.b.retitle(ctx, id)
}

func (w *personWriter) addNumber(ctx context.Context, id app.ID, key, phone string, seen int64) error {
	var owner app.ID
	ok, err := w.t.one(ctx, `SELECT contact_id FROM contact_identities WHERE key = $1 AND kind = $2 AND scope = $3`, []any{key, string(app.IdentityPhone), ""}, &owner)
	if err != nil {
		return err
	}
	if ok {
		return &app.Error{
			Code: app.CodeConflict, Message: "Another contact has the number " + app.FormatPhone(phone) + ".", Mend: "Merge the two contacts.",
		}
	}
	_, err = w.t.exec(ctx, `INSERT INTO contact_identities (`+identityColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		w.s.ids.Next(), id, string(app.IdentityPhone), "", key, app.Digits(phone), seen, "", 0, 0, 0)
	return err
}

// optOut notes what was said, and who and when, if it is news.
func (w *personWriter) optOut(ctx context.Context, id app.ID, p *app.PersonWrite, said, saidAt int64) error {
	var was bool
	if _, err := w.t.one(ctx, `SELECT opt_out FROM contacts WHERE id = $1`, []any{id}, &was); err != nil || was == *p.OptOut {
		return err
	}
	if _, err := w.t.exec(ctx, `UPDATE contact_identities SET opt_out = $1, opt_out_at = $2 WHERE contact_id = $3`, said, saidAt, id); err != nil {
		return err
	}
	if _, err := w.t.exec(ctx, `UPDATE contacts SET opt_out = $1 WHERE id = $2`, *p.OptOut, id); err != nil {
		return err
	}
	w.consents.add(w.s.ids.Next(), id, w.now, *p.OptOut, p.Scope, p.Staff, clean(p.How))
	return nil
}

func consent(p *app.PersonWrite, now int64) (said, at int64) {
	switch {
	case p.OptOut == nil:
		return 0, 0
	case *p.OptOut:
		return 2, now
	}
	return 1, now
}

// remove removes a contact; one with a conversation stays.
func (w *personWriter) remove(ctx context.Context, id app.ID) error {
	talks, err := w.talks(ctx, id)
	if err != nil {
		return err
	}
	if talks {
		return &app.Error{
			Code: app.CodeConflict, Message: "This contact has a conversation, which is kept.", Mend: "Close the conversation instead.",
		}
	}
	for _, q := range []string{
		`DELETE FROM identity_links WHERE a IN (SELECT id FROM contact_identities WHERE contact_id = $1)`,
		`DELETE FROM contact_identities WHERE contact_id = $1`, `DELETE FROM contact_terms WHERE contact_id = $1`,
		`DELETE FROM record_stale WHERE contact_id = $1`, `DELETE FROM contacts WHERE id = $1`,
	} {
		if _, err := w.t.exec(ctx, q, id); err != nil {
			return err
		}
	}
	w.t.touch(app.TopicContacts)
	return nil
}

func (w *personWriter) talks(ctx context.Context, id app.ID) (bool, error) {
	var some int
	return w.t.one(ctx, `SELECT 1 FROM conversations WHERE contact_id = $1 LIMIT 1`, []any{id}, &some)
}

// finish inserts the new people.
func (w *personWriter) finish(ctx context.Context) error {
	for _, b := range []*bulk{&w.people, &w.idents, &w.consents} {
		if err := b.insert(ctx, w.t); err != nil {
			if _, ok := unique(err); ok {
				return &app.Error{Code: app.CodeConflict, Cause: err, Message: "A contact with this number is here already.", Mend: "Read again and try once more."}
			}
			return err
		}
	}
	// In the order of the table: its pages are then met once each.
	slices.SortFunc(w.terms, func(x, y contactTerm) int {
		return cmp.Or(cmp.Compare(x.term, y.term), cmp.Compare(x.contact, y.contact))
	})
	terms := bulk{into: `contact_terms (term, contact_id)`, columns: 2, tail: ` ON CONFLICT DO NOTHING`}
	for _, x := range w.terms {
		terms.add(x.term, x.contact)
	}
	w.terms = nil
	return terms.insert(ctx, w.t)
}

// ContactsByPhone gives the contacts that have numbers, by app.PhoneKey.
func (s *Store) ContactsByPhone(ctx context.Context, keys []string) (map[string]app.ID, error) {
	out := map[string]app.ID{}
	for part := range slices.Chunk(keys, 1000) {
		args := []any{string(app.IdentityPhone), ""}
		for _, k := range part {
			args = append(args, clean(k))
		}
		rows, err := s.read.list(ctx, `SELECT key, contact_id FROM contact_identities WHERE kind = $1 AND scope = $2 AND key IN (`+marks(3, len(part))+`)`, args...)
		found, err := scanAll(rows, err, scanPhoneOwner)
		if err != nil {
			return nil, wrong(err)
		}
		for _, o := range found {
			out[o.key] = o.contact
		}
	}
	return out, nil
}

// Consents tells who opted a contact out or in, newest first.
func (s *Store) Consents(ctx context.Context, contact app.ID) ([]app.Consent, error) {
	rows, err := s.read.query(ctx, `SELECT at, opt_out, scope, staff_id, how FROM contact_consents WHERE contact_id = $1 ORDER BY id DESC`, contact)
	if err != nil {
		return nil, wrong(err)
	}
	defer rows.Close()
	var out []app.Consent
	for rows.Next() {
		var c app.Consent
		var at int64
		if err := rows.Scan(&at, &c.OptOut, &c.Scope, &c.Staff, &c.How); err != nil {
			return nil, wrong(err)
		}
		c.At = moment(at)
		out = append(out, c)
	}
	return out, wrong(rows.Err())
}

// phoneOwner is who a phone number belongs to.
type phoneOwner struct {
	key     string
	contact app.ID
}

func scanPhoneOwner(rows *sql.Rows) (phoneOwner, error) {
	var o phoneOwner
	return o, rows.Scan(&o.key, &o.contact)
}
