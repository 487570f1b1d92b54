package storage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shopbell/app"
)

// retitle computes what a contact shows from its identities: its name, whether it opted out, the words it is found by, and how it looks in the
// list. A name that staff gave stands before the profile name.
func (b *batch) retitle(ctx context.Context, contact app.ID) error {
	var staffName, profile string
	var optOut bool
	ok, err := b.t.one(ctx, `SELECT staff_name, profile_name, opt_out FROM contacts WHERE id = $1`, []any{contact}, &staffName, &profile, &optOut)
	if err != nil || !ok {
		return err
	}
	rows, err := b.t.query(ctx, `SELECT `+identityColumns+` FROM contact_identities WHERE contact_id = $1`, contact)
	list, err := scanAll(rows, err, scanIdentity)
	if err != nil {
		return err
	}
	named, said := &identity{}, &identity{}
	for _, i := range list {
		if i.name != "" && (named.name == "" || i.nameAt > named.nameAt || i.nameAt == named.nameAt && i.name > named.name) {
			named = i
		}
		if i.optOut != 0 && (i.optOutAt > said.optOutAt || i.optOutAt == said.optOutAt && i.optOut > said.optOut) {
			said = i
		}
	}
	if named.name != profile || said.optOut == 2 != optOut {
		if _, err := b.t.exec(ctx, `UPDATE contacts SET profile_name = $1, opt_out = $2 WHERE id = $3`, named.name, said.optOut == 2, contact); err != nil {
			return err
		}
	}
	c := app.Contact{ID: contact, Name: cmp.Or(staffName, named.name), OptOut: said.optOut == 2}
	for _, i := range list {
		c.Identities = append(c.Identities, i.public())
	}
	newestFirst(c.Identities)
	if _, err := b.t.exec(ctx, `UPDATE conversations SET person = $1, rev = rev + 1 WHERE contact_id = $2`, packPerson(c), contact); err != nil {
		return err
	}
	rows, err = b.t.query(ctx, `SELECT id FROM conversations WHERE contact_id = $1`, contact)
	convs, err := scanAll(rows, err, scanID)
	if err != nil {
		return err
	}
	b.t.touch(app.TopicConversations, convs...)
	b.t.touch(app.TopicContacts, contact)
	if err := b.t.staleRecord(ctx, contact); err != nil {
		return err
	}
	changed, err := b.saveTerms(ctx, c)
	if changed {
		b.t.displace(convs...)
	}
	return err
}

// saveTerms keeps the beginnings by which a contact is found, and tells whether they are others now.
func (b *batch) saveTerms(ctx context.Context, c app.Contact) (changed bool, err error) {
	want := contactTerms(c)
	have, err := b.t.terms(ctx, c.ID)
	if err != nil {
		return false, err
	}
	for _, term := range have {
		if !slices.Contains(want, term) {
			changed = true
			if _, err := b.t.exec(ctx, `DELETE FROM contact_terms WHERE term = $1 AND contact_id = $2`, term, c.ID); err != nil {
				return false, err
			}
		}
	}
	for _, term := range want {
		if !slices.Contains(have, term) {
			changed = true
			if _, err := b.t.exec(ctx, `INSERT INTO contact_terms (term, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, term, c.ID); err != nil {
				return false, err
			}
		}
	}
	return changed, nil
}

// contactTerms are the words of the name and the usernames, and each phone number from each of its digits on, so that it is found without
// its country code too.
func contactTerms(c app.Contact) []string {
	out := strings.Fields(Fold(c.Name))
	for _, i := range c.Identities {
		switch i.Kind {
		case app.IdentityPhone:
			for _, digits := range []string{i.Value, i.Key} {
				for from := 0; from+4 <= len(digits); from++ {
					out = append(out, digits[from:])
				}
			}
		case app.IdentityUsername, app.IdentityGroup:
			out = append(out, strings.Fields(Fold(i.Value))...)
		}
	}
	for k, term := range out {
		if r := []rune(term); len(r) > 64 {
			out[k] = string(r[:64])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// person applies news of somebody's identities.
func (b *batch) person(ctx context.Context, scope string, p *app.PersonFact) error {
	at := millis(p.At)
	now, err := b.learn(ctx, scope, p.Person, at, false)
	if err != nil || now == nil {
		return err
	}
	if p.OptOut != nil {
		said := int64(1)
		if *p.OptOut {
			said = 2
		}
		if at > now.optOutAt || at == now.optOutAt && said > now.optOut {
			now.optOut, now.optOutAt, now.dirty, now.retitle = said, at, true, true
		}
		if err := b.consented(ctx, now, p, at); err != nil {
			return err
		}
	}
	if p.Before == (app.Person{}) {
		return nil
	}
	// The one before is known by the same person from now on. It was not seen now: only the link is of this time.
	before := p.Before
	key := identityKey{app.IdentityUser, scope, clean(before.UserID)}
	value := clean(before.UserID)
	if before.UserID == "" {
		key, value = identityKey{app.IdentityPhone, "", app.PhoneKey(before.Phone)}, app.Digits(before.Phone)
	}
	if key.key == "" {
		return nil
	}
	nowKey, nowValue, nowSeen := now.identityKey, now.value, now.seen
	was, err := b.identity(ctx, key, value, 0)
	if err != nil || key == nowKey {
		return err
	}
	if now, err = b.identity(ctx, nowKey, nowValue, nowSeen); err != nil {
		return err
	}
	kin := kinNumber
	if key.kind == app.IdentityUser {
		kin = kinUser
	}
	turned, err := b.link(ctx, was, kin, now, at)
	if err != nil || !turned && was.contact != 0 {
		return err
	}
	_, err = b.regroup(ctx, now, []*identity{now, was})
	return err
}

// public gives the identity in the words of the domain.
func (i *identity) public() app.Identity {
	return app.Identity{Kind: i.kind, Scope: i.scope, Value: i.value, Key: i.key, SeenAt: moment(i.seen)}
}

// newestFirst orders identities so that the first of a kind is the one in use.
func newestFirst(list []app.Identity) {
	slices.SortFunc(list, func(x, y app.Identity) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), y.SeenAt.Compare(x.SeenAt), cmp.Compare(x.Scope, y.Scope), cmp.Compare(x.Key, y.Key))
	})
}

// packPerson writes what the list shows of a contact as one string, so that the list needs no second table. Times are left out: they would
// change at every message; the order says which identity is the newest.
func packPerson(c app.Contact) string {
	var b strings.Builder
	flat := strings.NewReplacer("\x1f", " ", "\x1e", " ")
	b.WriteString(flat.Replace(c.Name))
	b.WriteByte('\x1f')
	if c.OptOut {
		b.WriteByte('1')
	}
	for _, i := range c.Identities {
		b.WriteByte('\x1f')
		b.WriteString(string(i.Kind))
		b.WriteByte('\x1e')
		b.WriteString(flat.Replace(i.Scope))
		b.WriteByte('\x1e')
		b.WriteString(flat.Replace(i.Value))
		b.WriteByte('\x1e')
		b.WriteString(flat.Replace(i.Key))
	}
	return b.String()
}

func unpackPerson(id app.ID, s string) app.Contact {
	c := app.Contact{ID: id}
	var rest string
	c.Name, rest, _ = strings.Cut(s, "\x1f")
	flag, rest, more := strings.Cut(rest, "\x1f")
	c.OptOut = flag == "1"
	for more {
		var one string
		one, rest, more = strings.Cut(rest, "\x1f")
		kind, one, _ := strings.Cut(one, "\x1e")
		scope, one, _ := strings.Cut(one, "\x1e")
		value, key, _ := strings.Cut(one, "\x1e")
		c.Identities = append(c.Identities, app.Identity{Kind: app.IdentityKind(kind), Scope: scope, Value: value, Key: key})
	}
	return c
}

// contact reads a contact whole.
func (s *Store) contact(ctx context.Context, q querier, id app.ID) (app.Contact, error) {
	c := app.Contact{ID: id}
	var staffName, profile string
	var created int64
	ok, err := q.one(ctx, `SELECT staff_name, profile_name, opt_out, created_at FROM contacts WHERE id = $1`, []any{id}, &staffName, &profile, &c.OptOut, &created)
	if err != nil {
		return c, err
	}
	if !ok {
		return c, notFound("This contact")
	}
	c.Name, c.CreatedAt = cmp.Or(staffName, profile), moment(created)
	rows, err := q.query(ctx, `SELECT `+identityColumns+` FROM contact_identities WHERE contact_id = $1`, id)
	list, err := scanAll(rows, err, scanIdentity)
	if err != nil {
		return c, err
	}
	for _, i := range list {
		c.Identities = append(c.Identities, i.public())
	}
	newestFirst(c.Identities)
	return c, nil
}
