package storage

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"shopbell/app"
)

// message applies a message that a customer wrote, or that the shop sent from elsewhere.
func (b *batch) message(ctx context.Context, a *accountRow, f *app.MessageFact) (told, err error) {
	at := millis(f.At)
	who, err := b.learn(ctx, a.wabaID, f.From, at, true)
	if err != nil {
		return nil, err
	}
	if who == nil {
		return &app.Error{Code: app.CodeInvalid, Message: "The message does not say who it is from."}, nil
	}
	c, err := b.conversation(ctx, a.id, who.contact)
	if err != nil {
		return nil, err
	}
	m := &messageRow{
		conversation: c.id, id: b.s.ids.Next(), account: a.id, contact: who.contact, identity: who.id, at: at, wamid: clean(f.Wamid),
		direction: string(f.Direction), kind: clean(f.Type), text: clean(f.Text), status: string(factStatus(f)), contextID: clean(f.ContextID),
		quiet: f.Quiet, freeEntry: f.FreeEntry && f.Direction == app.In, hasMedia: f.Media != nil, raw: clean(f.Raw),
	}
	if len(f.Errors) > 0 {
		m.failure = packFailure(&f.Errors[0])
	}
	added, err := b.insertMessage(ctx, m)
	if err != nil {
		return nil, err
	}
	if !added {
		return nil, b.again(ctx, m, f)
	}
	if f.Media != nil {
		if err := b.insertMedia(ctx, m.id, f.Media); err != nil {
			return nil, err
		}
	}
	if err := b.foldEvidence(ctx, m); err != nil {
		return nil, err
	}
	b.noteMessage(c, m)
	if err := b.answered(ctx, m, f.Wish); err != nil {
		return nil, err
	}
	if c.referralAt != 0 {
		return nil, b.freeEntry(ctx, c)
	}
	return nil, nil
}

// factStatus is the status of a message when it is first told.
func factStatus(f *app.MessageFact) app.Status {
	switch {
	case f.Direction == app.In:
		return app.StatusReceived
	case f.Status == "":
		return app.StatusSent
	}
	return f.Status
}

// noteMessage keeps the conversation's row in step with a message that was added.
func (b *batch) noteMessage(c *conv, m *messageRow) {
	c.showLast(m)
	c.dirty = true
	if m.direction != string(app.In) {
		return
	}
	c.lastInbound = max(c.lastInbound, m.at)
	if m.freeEntry {
		c.referralAt = max(c.referralAt, m.at)
	}
	if !m.quiet {
		c.closed = false
		if m.at > c.readAt {
			c.unread++
		}
	}
}

// foldEvidence takes into a new message what Meta said of it before it came.
func (b *batch) foldEvidence(ctx context.Context, m *messageRow) error {
	var some int
	found, err := b.t.one(ctx, `SELECT 1 WHERE EXISTS (SELECT 1 FROM message_statuses WHERE wamid = $1 AND account_id = $2)
		OR EXISTS (SELECT 1 FROM amendments WHERE wamid = $1 AND account_id = $2)
		OR EXISTS (SELECT 1 FROM reactions WHERE wamid = $1 AND account_id = $2)`, []any{m.wamid, m.account}, &some)
	if err != nil || !found {
		return err
	}
	return b.refresh(ctx, m)
}

// refresh computes anew what evidence says of a message of Meta's: status, edits, reactions. For messages of ours see refreshSend.
func (b *batch) refresh(ctx context.Context, m *messageRow) error {
	was := *m
	if m.direction == string(app.Out) && !m.ours {
		ev, err := b.evidence(ctx, m.account, m.wamid)
		if err != nil {
			return err
		}
		m.status = string(app.Status(m.status).Merge(ev.status))
		m.failure = ""
		if m.status == string(app.StatusFailed) {
			m.failure = cmp.Or(ev.failure, was.failure)
		}
	}
	if err := b.amended(ctx, m); err != nil {
		return err
	}
	if err := b.reacted(ctx, m); err != nil {
		return err
	}
	if *m == was {
		return nil
	}
	return b.changedMessage(ctx, m, was.text != m.text || was.revoked != m.revoked)
}

// changedMessage writes a message that changed, and the conversation when it shows it.
func (b *batch) changedMessage(ctx context.Context, m *messageRow, words bool) error {
	if err := b.updateMessage(ctx, m); err != nil {
		return err
	}
	if words {
		text := m.text
		if m.revoked {
			text = ""
		}
		if err := b.s.engine.reindex(ctx, b.t, m.id, text); err != nil {
			return err
		}
	}
	c, err := b.conversationByID(ctx, m.conversation)
	if err != nil || c == nil {
		return err
	}
	if c.lastID == m.id {
		c.showLast(m)
	}
	if c.referralAt != 0 && m.direction == string(app.Out) {
		return b.freeEntry(ctx, c)
	}
	return nil
}

// wamids gives every id by which Meta knows a message: one that was sent again has several.
func (b *batch) wamids(ctx context.Context, m *messageRow) ([]string, error) {
	var out []string
	if m.wamid != "" {
		out = append(out, m.wamid)
	}
	if !m.ours {
		return out, nil
	}
	rows, err := b.t.query(ctx, `SELECT wamid FROM outbox WHERE message_id = $1 AND wamid IS NOT NULL`, m.id)
	more, err := scanAll(rows, err, func(rows *sql.Rows) (string, error) {
		var s string
		return s, rows.Scan(&s)
	})
	for _, w := range more {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out, err
}

// reaction keeps an emoji that somebody put on a message; of one person the newest holds.
func (b *batch) reaction(ctx context.Context, a *accountRow, f *app.ReactionFact) error {
	at := millis(f.At)
	who, err := b.learn(ctx, a.wabaID, f.From, at, false)
	if err != nil {
		return err
	}
	actor := app.ID(0)
	if !f.FromMe && who != nil {
		actor = who.id
	}
	if _, err := b.t.exec(ctx, `INSERT INTO reactions (wamid, account_id, identity_id, emoji, at) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (wamid, account_id, identity_id) DO UPDATE SET emoji = excluded.emoji, at = excluded.at
		WHERE excluded.at > reactions.at OR (excluded.at = reactions.at AND excluded.emoji {{BYTES}} > reactions.emoji {{BYTES}})`,
		clean(f.Wamid), a.id, actor, clean(f.Emoji), at); err != nil {
		return err
	}
	return b.refreshWamid(ctx, a.id, clean(f.Wamid))
}

// amend keeps an edit or the taking back of a message; of edits the newest holds.
func (b *batch) amend(ctx context.Context, a *accountRow, f *app.AmendFact) error {
	at := millis(f.At)
	if _, err := b.learn(ctx, a.wabaID, f.From, at, true); err != nil {
		return err
	}
	kind := "edit"
	if f.Revoke {
		kind = "revoke"
	}
	if _, err := b.t.exec(ctx, `INSERT INTO amendments (wamid, account_id, kind, text, at, raw) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (wamid, account_id, kind) DO UPDATE SET text = excluded.text, at = excluded.at, raw = excluded.raw
		WHERE excluded.at > amendments.at OR (excluded.at = amendments.at AND excluded.text {{BYTES}} > amendments.text {{BYTES}})`,
		clean(f.Wamid), a.id, kind, clean(f.Text), at, clean(f.Raw)); err != nil {
		return err
	}
	return b.refreshWamid(ctx, a.id, clean(f.Wamid))
}

// refreshWamid brings the message up to date that a reaction or an amendment is about, if it is here.
func (b *batch) refreshWamid(ctx context.Context, account app.ID, wamid string) error {
	m, err := b.messageByAnyWamid(ctx, account, wamid)
	if err != nil || m == nil {
		return err
	}
	return b.refresh(ctx, m)
}

// messageByAnyWamid also finds a message that was sent again under its older ids.
func (b *batch) messageByAnyWamid(ctx context.Context, account app.ID, wamid string) (*messageRow, error) {
	m, err := b.messageByWamid(ctx, account, wamid)
	if m != nil || err != nil {
		return m, err
	}
	rows, err := b.t.query(ctx, `SELECT message_id FROM outbox WHERE wamid = $1 AND account_id = $2`, wamid, account)
	ids, err := scanAll(rows, err, scanID)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return b.messageByID(ctx, ids[0])
}

func (b *batch) amended(ctx context.Context, m *messageRow) error {
	wamids, err := b.wamids(ctx, m)
	if err != nil {
		return err
	}
	newest := int64(-1)
	for _, wamid := range wamids {
		rows, err := b.t.query(ctx, `SELECT kind, text, at FROM amendments WHERE wamid = $1 AND account_id = $2`, wamid, m.account)
		list, err := scanAll(rows, err, scanAmendment)
		if err != nil {
			return err
		}
		for _, a := range list {
			switch {
			case a.kind == "revoke":
				m.revoked = true
			case a.at > newest:
				m.edited, m.text, newest = true, a.text, a.at
			}
		}
	}
	return nil
}

// amendment is a later word of its sender about a message.
type amendment struct {
	kind, text string
	at         int64
}

func scanAmendment(rows *sql.Rows) (amendment, error) {
	var a amendment
	err := rows.Scan(&a.kind, &a.text, &a.at)
	return a, err
}

// reacted computes the reactions on a message: one a person, however Meta named them.
func (b *batch) reacted(ctx context.Context, m *messageRow) error {
	wamids, err := b.wamids(ctx, m)
	if err != nil {
		return err
	}
	best := map[app.ID]app.Reaction{}
	for _, wamid := range wamids {
		rows, err := b.t.query(ctx, `SELECT identity_id, emoji, at FROM reactions WHERE wamid = $1 AND account_id = $2`, wamid, m.account)
		if err != nil {
			return err
		}
		type said struct {
			identity app.ID
			emoji    string
			at       int64
		}
		list, err := scanAll(rows, err, func(rows *sql.Rows) (said, error) {
			var s said
			return s, rows.Scan(&s.identity, &s.emoji, &s.at)
		})
		if err != nil {
			return err
		}
		for _, r := range list {
			contact, actor, err := b.actor(ctx, r.identity)
			if err != nil {
				return err
			}
			now := app.Reaction{Actor: actor, Emoji: r.emoji, At: moment(r.at)}
			was, ok := best[contact]
			if !ok || cmp.Or(now.At.Compare(was.At), cmp.Compare(now.Emoji, was.Emoji), cmp.Compare(now.Actor, was.Actor)) > 0 {
				best[contact] = now
			}
		}
	}
	var out []app.Reaction
	for _, r := range best {
		if r.Emoji != "" {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(x, y app.Reaction) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Actor, y.Actor)) })
	m.reactions = packReactions(out)
	return nil
}

// actor gives the contact behind an identity, and how a reaction names it.
func (b *batch) actor(ctx context.Context, id app.ID) (contact app.ID, name string, err error) {
	if id == 0 {
		return 0, "", nil
	}
	if i := b.byID[id]; i != nil && i.contact != 0 {
		return i.contact, i.key, nil
	}
	_, err = b.t.one(ctx, `SELECT contact_id, key FROM contact_identities WHERE id = $1`, []any{id}, &contact, &name)
	return contact, name, err
}

// reactionsOf brings the reactions of identities up to date after those changed hands.
func (b *batch) reactionsOf(ctx context.Context, idents []app.ID) error {
	type target struct {
		wamid   string
		account app.ID
	}
	rows, err := b.t.list(ctx, `SELECT DISTINCT wamid, account_id FROM reactions WHERE identity_id IN (`+marks(1, len(idents))+`)`, anys(idents)...)
	list, err := scanAll(rows, err, func(rows *sql.Rows) (target, error) {
		var t target
		return t, rows.Scan(&t.wamid, &t.account)
	})
	if err != nil {
		return err
	}
	for _, t := range list {
		if err := b.refreshWamid(ctx, t.account, t.wamid); err != nil {
			return err
		}
	}
	return nil
}
