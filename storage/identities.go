package storage

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"shopbell/app"
)

// identity is one name by which Meta knows somebody, with what Meta said under that name.
type identity struct {
	id      app.ID
	contact app.ID // 0: not decided yet
	identityKey
	value    string
	seen     int64
	name     string
	nameAt   int64
	optOut   int64 // 0 not said, 1 no, 2 yes
	optOutAt int64

	links   []link // read when first needed
	linked  bool   // links were read
	fresh   bool   // not in the table yet
	dirty   bool
	retitle bool  // something that the contact shows changed
	moved   bool  // it was seen again,
	before  int64 // and when it had been seen before
}

type identityKey struct {
	kind  app.IdentityKind
	scope string
	key   string
}

// link says that two identities were seen together, last at a time.
type link struct {
	kin   string
	b     app.ID
	at    int64
	dirty bool
}

// The kins of links besides the portfolio of a user id: of each, the newest holds.
const (
	kinUsername = "@"      // from a username to whoever has it
	kinNumber   = "number" // from a phone number to the one that replaced it
	kinUser     = "user:"  // from a user id to the one that replaced it; all of them hold
)

const identityColumns = `id, contact_id, kind, scope, key, value, seen_at, name, name_at, opt_out, opt_out_at`

// learn takes in what a webhook says of a person and gives the identity that stands for it: the user id, else the phone, else the group, else
// the username. It is nil when the webhook names nobody. With group, a group comes first.
func (b *batch) learn(ctx context.Context, scope string, p app.Person, at int64, group bool) (*identity, error) {
	var user, phone, name *identity
	var err error
	if group && p.Group != "" {
		anchor, err := b.identity(ctx, identityKey{app.IdentityGroup, "", clean(p.Group)}, clean(p.Group), at)
		if err != nil {
			return nil, err
		}
		if p.Phone == "" && p.UserID == "" {
			anchor.called(clean(p.Name), at)
		}
		return anchor, b.settle(ctx, anchor)
	}
	if p.UserID != "" {
		if user, err = b.identity(ctx, identityKey{app.IdentityUser, scope, clean(p.UserID)}, clean(p.UserID), at); err != nil {
			return nil, err
		}
	}
	if key := app.PhoneKey(p.Phone); key != "" {
		if phone, err = b.identity(ctx, identityKey{app.IdentityPhone, "", key}, app.Digits(p.Phone), at); err != nil {
			return nil, err
		}
	}
	if p.Username != "" {
		if name, err = b.identity(ctx, identityKey{app.IdentityUsername, scope, clean(strings.ToLower(p.Username))}, clean(p.Username), at); err != nil {
			return nil, err
		}
	}
	anchor := user
	for _, other := range []*identity{phone, name} {
		if anchor == nil {
			anchor = other
		}
	}
	if anchor == nil {
		return nil, nil
	}
	anchor.called(clean(p.Name), at)
	nodes := []*identity{anchor}
	regroup, simple := false, true // simple: nobody was linked to anybody else
	for _, soft := range []struct {
		node *identity
		kin  string
	}{{phone, scope}, {name, kinUsername}} {
		if soft.node == nil || soft.node == anchor {
			continue
		}
		nodes = append(nodes, soft.node)
		turned, err := b.link(ctx, soft.node, soft.kin, anchor, at)
		if err != nil {
			return nil, err
		}
		regroup = regroup || turned || soft.node.contact == 0
		simple = simple && len(soft.node.links) == 1
	}
	if !slices.ContainsFunc(nodes, func(i *identity) bool { return i.contact != 0 || !i.fresh }) { // all are new: one new contact
		err := b.settle(ctx, anchor)
		for _, i := range nodes {
			i.contact = anchor.contact
		}
		return anchor, err
	}
	if regroup || anchor.contact == 0 {
		if simple && joins(nodes) {
			return anchor, nil
		}
		return b.regroup(ctx, anchor, nodes)
	}
	return anchor, nil
}

// joins lets identities that are new become part of the contact that all the others of the nodes are in already. It is false when those are in
// several: then contacts have to be put together anew. The links of the nodes must lead to each other and nowhere else, so that nobody leaves.
func joins(nodes []*identity) bool {
	contact := app.ID(0)
	for _, i := range nodes {
		if i.contact != 0 && contact != 0 && i.contact != contact {
			return false
		}
		contact = max(contact, i.contact)
	}
	for _, i := range nodes {
		if i.contact == 0 {
			i.contact, i.dirty, i.retitle = contact, true, true
		}
	}
	return contact != 0
}

// settle gives an identity that stands alone a contact of its own.
func (b *batch) settle(ctx context.Context, i *identity) error {
	if i.contact != 0 {
		return nil
	}
	id, err := b.newContact(ctx)
	i.contact, i.dirty, i.retitle = id, true, true
	return err
}

func (b *batch) newContact(ctx context.Context) (app.ID, error) {
	id := b.s.ids.Next()
	_, err := b.t.exec(ctx, `INSERT INTO contacts (id, opt_out, created_at) VALUES ($1, $2, $3)`, id, false, b.s.now().UnixMilli())
	b.t.touch(app.TopicContacts, id)
	return id, err
}

// identity reads or makes the identity of a key, and notes that it was seen.
func (b *batch) identity(ctx context.Context, key identityKey, value string, at int64) (*identity, error) {
	i := b.idents[key]
	if i == nil {
		rows, err := b.t.query(ctx, `SELECT `+identityColumns+` FROM contact_identities WHERE key = $1 AND kind = $2 AND scope = $3`, key.key, string(key.kind), key.scope)
		found, err := scanAll(rows, err, scanIdentity)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			i = found[0]
		} else {
			i = &identity{id: b.s.ids.Next(), identityKey: key, value: value, seen: at, fresh: true, dirty: true, retitle: true, linked: true}
		}
		b.remember(i)
	}
	if at > i.seen || at == i.seen && value > i.value {
		i.retitle = i.retitle || value != i.value
		if !i.moved {
			i.moved, i.before = true, i.seen
		}
		i.value, i.seen, i.dirty = value, at, true
	}
	return i, nil
}

func (b *batch) remember(i *identity) {
	b.idents[i.identityKey] = i
	b.byID[i.id] = i
}

// called notes a profile name: the newest holds.
func (i *identity) called(name string, at int64) {
	if name == "" || at < i.nameAt || at == i.nameAt && name <= i.name {
		return
	}
	i.retitle = i.retitle || name != i.name
	i.name, i.nameAt, i.dirty = name, at, true
}

// link notes that a was seen with to, and tells whether that may change who is who.
func (b *batch) link(ctx context.Context, a *identity, kin string, to *identity, at int64) (bool, error) {
	if err := b.readLinks(ctx, a); err != nil {
		return false, err
	}
	newest := int64(-1)
	var mine *link
	alone := true
	for k := range a.links {
		l := &a.links[k]
		if l.b == to.id && l.kin == kin {
			mine = l
			continue
		}
		alone = alone && l.kin == kin && l.at < at
		if l.kin == kin {
			newest = max(newest, l.at)
		}
	}
	if mine == nil {
		a.links = append(a.links, link{kin: kin, b: to.id, at: at, dirty: true})
		a.dirty = true
		return true, nil
	}
	if at <= mine.at {
		return false, nil
	}
	turned := mine.at <= newest || !alone // of equals another one may have held
	mine.at, mine.dirty, a.dirty = at, true, true
	return turned, nil
}

func (b *batch) readLinks(ctx context.Context, a *identity) error {
	if a.linked {
		return nil
	}
	rows, err := b.t.query(ctx, `SELECT kin, b, at FROM identity_links WHERE a = $1`, a.id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var l link
		if err := rows.Scan(&l.kin, &l.b, &l.at); err != nil {
			return err
		}
		a.links = append(a.links, l)
	}
	a.linked = true
	return rows.Err()
}

// flushPeople writes identities and links, and then what their contacts show.
func (b *batch) flushPeople(ctx context.Context) error {
	for _, i := range b.byID {
		if !i.dirty {
			continue
		}
		if err := b.saveIdentity(ctx, i); err != nil {
			return err
		}
		if i.retitle {
			b.stale[i.contact] = struct{}{}
		}
		i.retitle = false
	}
	for _, i := range b.byID {
		if err := b.overtook(ctx, i); err != nil {
			return err
		}
	}
	for contact := range b.stale {
		if err := b.retitle(ctx, contact); err != nil {
			return err
		}
	}
	clear(b.stale)
	return nil
}

// overtook finds out whether an identity that was seen again is now newer than another of its kind: then the contact is reached by another one.
func (b *batch) overtook(ctx context.Context, i *identity) error {
	if !i.moved {
		return nil
	}
	i.moved = false
	if _, ok := b.stale[i.contact]; ok {
		return nil
	}
	var some int
	ok, err := b.t.one(ctx, `SELECT 1 FROM contact_identities WHERE contact_id = $1 AND kind = $2 AND id <> $3 AND seen_at >= $4 AND seen_at <= $5 LIMIT 1`,
		[]any{i.contact, string(i.kind), i.id, i.before, i.seen}, &some)
	if ok {
		b.stale[i.contact] = struct{}{}
	}
	return err
}

func (b *batch) saveIdentity(ctx context.Context, i *identity) error {
	var err error
	if i.fresh {
		_, err = b.t.exec(ctx, `INSERT INTO contact_identities (`+identityColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
			i.id, i.contact, string(i.kind), i.scope, i.key, i.value, i.seen, i.name, i.nameAt, i.optOut, i.optOutAt)
	} else {
		_, err = b.t.exec(ctx, `UPDATE contact_identities SET contact_id = $1, value = $2, seen_at = $3, name = $4, name_at = $5, opt_out = $6, opt_out_at = $7
			WHERE id = $8`, i.contact, i.value, i.seen, i.name, i.nameAt, i.optOut, i.optOutAt, i.id)
	}
	if err != nil {
		return err
	}
	for k := range i.links {
		l := &i.links[k]
		if !l.dirty {
			continue
		}
		if _, err := b.t.exec(ctx, `INSERT INTO identity_links (a, kin, b, at) VALUES ($1,$2,$3,$4) ON CONFLICT (a, kin, b) DO UPDATE SET at = excluded.at`,
			i.id, l.kin, l.b, l.at); err != nil {
			return err
		}
		l.dirty = false
	}
	i.fresh, i.dirty = false, false
	return nil
}

func scanIdentity(rows *sql.Rows) (*identity, error) {
	i := &identity{}
	var kind string
	err := rows.Scan(&i.id, &i.contact, &kind, &i.scope, &i.key, &i.value, &i.seen, &i.name, &i.nameAt, &i.optOut, &i.optOutAt)
	i.kind = app.IdentityKind(kind)
	return i, err
}
