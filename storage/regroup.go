package storage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shopbell/app"
)

// regroup puts contacts together anew around identities whose links changed: people who turn out to be one are merged, and a phone number
// that another person has now goes to that person. It gives the anchor as it is afterwards.
func (b *batch) regroup(ctx context.Context, anchor *identity, nodes []*identity) (*identity, error) {
	key, value, seen := anchor.identityKey, anchor.value, anchor.seen
	for _, i := range nodes {
		if err := b.settle(ctx, i); err != nil {
			return nil, err
		}
	}
	if err := b.flush(ctx); err != nil {
		return nil, err
	}
	b.forget()
	g, err := b.around(ctx, nodes)
	if err != nil {
		return nil, err
	}
	if err := b.rehome(ctx, g); err != nil {
		return nil, err
	}
	if err := b.flush(ctx); err != nil {
		return nil, err
	}
	b.forget()
	return b.identity(ctx, key, value, seen)
}

// grouping is a set of identities, where they are and where they belong.
type grouping struct {
	idents  map[app.ID]*identity
	members map[app.ID][]*identity // by the contact that has them now
	home    map[app.ID]app.ID      // identity → contact it belongs to; 0: a new one
	class   map[app.ID]app.ID      // identity → representative of its component
	stays   map[app.ID]app.ID      // contact → contact that continues it
}

// around reads all identities of the contacts that the nodes and their partners are in, and decides who is who.
func (b *batch) around(ctx context.Context, nodes []*identity) (*grouping, error) {
	var ids []app.ID
	for _, n := range nodes {
		ids = append(ids, n.id)
	}
	in := marks(1, len(ids))
	rows, err := b.t.list(ctx, `SELECT contact_id FROM contact_identities WHERE id IN (`+in+`)
		UNION SELECT i.contact_id FROM identity_links l JOIN contact_identities i ON i.id = l.b WHERE l.a IN (`+in+`)
		UNION SELECT i.contact_id FROM identity_links l JOIN contact_identities i ON i.id = l.a WHERE l.b IN (`+in+`)`, anys(ids)...)
	contacts, err := scanAll(rows, err, scanID)
	if err != nil {
		return nil, err
	}
	rows, err = b.t.list(ctx, `SELECT `+identityColumns+` FROM contact_identities WHERE contact_id IN (`+marks(1, len(contacts))+`)`, anys(contacts)...)
	all, err := scanAll(rows, err, scanIdentity)
	if err != nil {
		return nil, err
	}
	g := &grouping{
		idents: map[app.ID]*identity{}, members: map[app.ID][]*identity{},
		home: map[app.ID]app.ID{}, class: map[app.ID]app.ID{}, stays: map[app.ID]app.ID{},
	}
	for _, i := range all {
		g.idents[i.id] = i
		g.class[i.id] = i.id
		g.members[i.contact] = append(g.members[i.contact], i)
	}
	for _, i := range all {
		if err := b.readLinks(ctx, i); err != nil {
			return nil, err
		}
		for _, l := range i.links {
			if g.idents[l.b] == nil { // belongs to somebody else by now; its key decides between equals
				rows, err := b.t.query(ctx, `SELECT `+identityColumns+` FROM contact_identities WHERE id = $1`, l.b)
				other, err := scanAll(rows, err, scanIdentity)
				if err != nil {
					return nil, err
				}
				g.idents[l.b] = other[0]
				g.class[l.b] = l.b
			}
		}
	}
	for _, i := range all {
		for _, to := range g.live(i) {
			g.class[g.find(i.id)] = g.find(to)
		}
	}
	g.assign()
	return g, nil
}

// live gives the partners whose links hold: of each kin the newest; a replaced number no longer once somebody was seen under it.
func (g *grouping) live(i *identity) []app.ID {
	best := map[string]link{}
	var out []app.ID
	newest := int64(-1)
	for _, l := range i.links {
		if l.kin == kinUser {
			out = append(out, l.b)
			continue
		}
		if l.kin != kinNumber && l.kin != kinUsername {
			newest = max(newest, l.at)
		}
		if was, ok := best[l.kin]; !ok || l.at > was.at || l.at == was.at && g.order(l.b, was.b) > 0 {
			best[l.kin] = l
		}
	}
	for kin, l := range best {
		if kin != kinNumber || l.at >= newest {
			out = append(out, l.b)
		}
	}
	return out
}

func (g *grouping) order(a, b app.ID) int {
	x, y := g.idents[a], g.idents[b]
	return cmp.Or(strings.Compare(string(x.kind), string(y.kind)), strings.Compare(x.scope, y.scope), strings.Compare(x.key, y.key))
}

func (g *grouping) find(id app.ID) app.ID {
	for g.class[id] != id {
		id = g.class[id]
	}
	return id
}

// assign decides which contact continues as which. The person stays with the user id, else with the oldest identity; of contacts that become
// one the oldest remains.
func (g *grouping) assign() {
	claims := map[app.ID][]app.ID{} // component → contacts that continue as it
	for contact, members := range g.members {
		keeper := slices.MinFunc(members, func(x, y *identity) int {
			return cmp.Or(cmp.Compare(rankKind(x.kind), rankKind(y.kind)), cmp.Compare(x.id, y.id))
		})
		class := g.find(keeper.id)
		claims[class] = append(claims[class], contact)
	}
	for class, contacts := range claims {
		remains := slices.Min(contacts)
		for _, c := range contacts {
			g.stays[c] = remains
		}
		for _, members := range g.members {
			for _, i := range members {
				if g.find(i.id) == class {
					g.home[i.id] = remains
				}
			}
		}
	}
}

func rankKind(k app.IdentityKind) int {
	switch k {
	case app.IdentityUser:
		return 0
	case app.IdentityPhone:
		return 1
	case app.IdentityGroup:
		return 2
	}
	return 3
}

// rehome moves identities, and with them their messages, to the contacts they belong to.
func (b *batch) rehome(ctx context.Context, g *grouping) error {
	fresh := map[app.ID]app.ID{} // component → its new contact
	var ids []app.ID
	moved := false
	for _, contact := range sortedKeys(g.members) {
		leave := map[app.ID][]app.ID{}
		for _, i := range g.members[contact] {
			ids = append(ids, i.id)
			home := g.home[i.id]
			if home == 0 {
				class := g.find(i.id)
				if fresh[class] == 0 {
					id, err := b.newContact(ctx)
					if err != nil {
						return err
					}
					fresh[class] = id
				}
				home = fresh[class]
			}
			if home != g.stays[contact] {
				leave[home] = append(leave[home], i.id)
			}
		}
		for _, home := range sortedKeys(leave) {
			moved = true
			if err := b.depart(ctx, contact, home, leave[home]); err != nil {
				return err
			}
		}
	}
	for _, contact := range sortedKeys(g.stays) {
		if to := g.stays[contact]; to != contact {
			moved = true
			if err := b.absorb(ctx, to, contact); err != nil {
				return err
			}
		}
	}
	for _, home := range fresh {
		b.stale[home] = struct{}{}
	}
	for contact := range g.members {
		b.stale[g.stays[contact]] = struct{}{}
	}
	for _, home := range g.home {
		b.stale[home] = struct{}{}
	}
	if !moved {
		return nil
	}
	return b.reactionsOf(ctx, ids)
}

// depart moves identities of one contact, and the messages that came under them, to another.
func (b *batch) depart(ctx context.Context, from, to app.ID, idents []app.ID) error {
	if err := b.execIn(ctx, `UPDATE contact_identities SET contact_id = $1 WHERE id IN (`, []any{to}, idents); err != nil {
		return err
	}
	rows, err := b.t.query(ctx, `SELECT `+convColumns+` FROM conversations WHERE contact_id = $1`, from)
	convs, err := scanAll(rows, err, scanConv)
	if err != nil {
		return err
	}
	for _, v := range convs {
		var n int64
		rows, err := b.t.list(ctx, `SELECT count(*) FROM messages WHERE conversation_id = $1 AND identity_id IN (`+marks(2, len(idents))+`)`,
			append([]any{v.id}, anys(idents)...)...)
		if err != nil {
			return err
		}
		if _, err := scanOne(rows, &n); err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		w, err := b.conversation(ctx, v.account, to)
		if err != nil {
			return err
		}
		if err := b.execIn(ctx, `UPDATE messages SET conversation_id = $1, contact_id = $2 WHERE conversation_id = $3 AND identity_id IN (`,
			[]any{w.id, to, v.id}, idents); err != nil {
			return err
		}
		if err := b.moveOutbox(ctx, v.id, w.id); err != nil {
			return err
		}
		if err := b.recomputeMoved(ctx, v.id, w); err != nil {
			return err
		}
	}
	return nil
}

// absorb makes one contact part of another.
func (b *batch) absorb(ctx context.Context, to, from app.ID) error {
	rows, err := b.t.query(ctx, `SELECT `+convColumns+` FROM conversations WHERE contact_id = $1`, from)
	convs, err := scanAll(rows, err, scanConv)
	if err != nil {
		return err
	}
	for _, v := range convs {
		w, err := b.findConversation(ctx, v.account, to)
		if err != nil {
			return err
		}
		if w == nil {
			if _, err := b.t.exec(ctx, `UPDATE conversations SET contact_id = $1 WHERE id = $2`, to, v.id); err != nil {
				return err
			}
			if _, err := b.t.exec(ctx, `UPDATE messages SET contact_id = $1 WHERE conversation_id = $2`, to, v.id); err != nil {
				return err
			}
			b.t.displace(v.id)
			b.t.touch(app.TopicConversations, v.id)
			continue
		}
		if err := b.mergeConversation(ctx, w, v); err != nil {
			return err
		}
	}
	for _, q := range []string{
		`UPDATE contact_identities SET contact_id = $1 WHERE contact_id = $2`,
		`UPDATE contacts SET staff_name = (SELECT staff_name FROM contacts WHERE id = $2) WHERE id = $1 AND staff_name = ''`,
	} {
		if _, err := b.t.exec(ctx, q, to, from); err != nil {
			return err
		}
	}
	for _, q := range []string{`DELETE FROM contact_terms WHERE contact_id = $1`, `DELETE FROM contacts WHERE id = $1`} {
		if _, err := b.t.exec(ctx, q, from); err != nil {
			return err
		}
	}
	b.t.touch(app.TopicContacts, to, from)
	return b.t.absorbRecord(ctx, to, from)
}

// mergeConversation moves everything of v into w and removes v.
func (b *batch) mergeConversation(ctx context.Context, w, v *conv) error {
	if err := b.mergeReadMark(ctx, w, v); err != nil {
		return err
	}
	if v.draft != "" && (w.draft == "" || v.draftAt > w.draftAt) {
		w.draft, w.draftAt = v.draft, v.draftAt
	}
	if w.assignee == 0 {
		w.assignee = v.assignee
	}
	w.closed = w.closed && v.closed
	w.dirty = true
	if _, err := b.t.exec(ctx, `UPDATE messages SET conversation_id = $1, contact_id = $2 WHERE conversation_id = $3`, w.id, w.contact, v.id); err != nil {
		return err
	}
	if _, err := b.t.exec(ctx, `INSERT INTO conversation_members (conversation_id, staff_id)
		SELECT c.id, m.staff_id FROM conversation_members m, conversations c WHERE m.conversation_id = $1 AND c.id = $2
		ON CONFLICT DO NOTHING`, v.id, w.id); err != nil {
		return err
	}
	if _, err := b.t.exec(ctx, `UPDATE outbox SET conversation_id = $1 WHERE conversation_id = $2`, w.id, v.id); err != nil {
		return err
	}
	return b.recomputeMoved(ctx, v.id, w)
}

// mergeReadMark keeps unread what was unread in either.
func (b *batch) mergeReadMark(ctx context.Context, w, v *conv) error {
	mark := max(w.readAt, v.readAt)
	for _, c := range []*conv{w, v} {
		if c.unread == 0 {
			continue
		}
		var first int64
		ok, err := b.t.one(ctx, `SELECT at FROM messages WHERE conversation_id = $1 AND at > $2 AND direction = 'in' AND quiet = $3 ORDER BY at LIMIT 1`,
			[]any{c.id, c.readAt, false}, &first)
		if err != nil {
			return err
		}
		if ok {
			mark = min(mark, first-1)
		}
	}
	w.readAt = mark
	return nil
}

// recomputeMoved brings both up to date after messages went from the conversation v to w; v is removed when nothing is left in it.
func (b *batch) recomputeMoved(ctx context.Context, from app.ID, w *conv) error {
	if err := b.recompute(ctx, w); err != nil {
		return err
	}
	b.t.touch(app.TopicMessages, from, w.id)
	b.t.touch(app.TopicConversations, from, w.id)
	v, err := b.conversationByID(ctx, from)
	if err != nil {
		return err
	}
	var some int
	ok, err := b.t.one(ctx, `SELECT 1 FROM messages WHERE conversation_id = $1 LIMIT 1`, []any{from}, &some)
	if err != nil {
		return err
	}
	if ok || v.draft != "" && w.draft != v.draft {
		return b.recompute(ctx, v)
	}
	if err := b.saveConversation(ctx, v); err != nil {
		return err
	}
	if v.unread > 0 {
		b.t.count(countUnread, -v.unread)
		b.t.count(countThreads, -1)
	}
	delete(b.convByID, v.id)
	delete(b.convs, convKey{v.account, v.contact})
	if err := b.t.unplace(ctx, v.id, v.place); err != nil {
		return err
	}
	_, err = b.t.exec(ctx, `DELETE FROM conversations WHERE id = $1`, v.id)
	return err
}

func (b *batch) moveOutbox(ctx context.Context, from, to app.ID) error {
	_, err := b.t.exec(ctx, `UPDATE outbox SET conversation_id = $1 WHERE conversation_id = $2
		AND message_id IN (SELECT id FROM messages WHERE conversation_id = $1)`, to, from)
	return err
}

// execIn runs a statement that ends in a list of ids.
func (b *batch) execIn(ctx context.Context, q string, args []any, ids []app.ID) error {
	_, err := b.t.conn.ExecContext(ctx, b.t.engine.sql(q+marks(len(args)+1, len(ids))+`)`), append(slices.Clone(args), anys(ids)...)...)
	return err
}

func sortedKeys[V any](m map[app.ID]V) []app.ID {
	out := make([]app.ID, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
