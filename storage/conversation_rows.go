package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"shopbell/app"
)

// conv is a row of conversations while it is changed.
type conv struct {
	id, account, contact app.ID

	lastAt   int64
	lastID   app.ID
	lastTie  string // decides between messages of one moment; see tie
	lastDir  string
	lastType string
	lastText string
	lastStat string

	lastInbound int64
	referralAt  int64 // newest message that came from an ad
	freeEntry   int64
	unread      int64
	readAt      int64
	assignee    app.ID
	closed      bool
	draft       string
	draftAt     int64
	place       int64 // in the search for people

	wasUnread int64 // as it is in the table
	dirty     bool
}

type convKey struct{ account, contact app.ID }

const convColumns = `id, account_id, contact_id, last_at, last_id, last_tie, last_direction, last_type, last_text, last_status, last_inbound,
	referral_at, free_entry, unread, read_at, assignee_id, closed, draft, draft_at, place`

func scanConv(rows *sql.Rows) (*conv, error) {
	c := &conv{}
	err := rows.Scan(&c.id, &c.account, &c.contact, &c.lastAt, &c.lastID, &c.lastTie, &c.lastDir, &c.lastType, &c.lastText, &c.lastStat,
		&c.lastInbound, &c.referralAt, &c.freeEntry, &c.unread, &c.readAt, &c.assignee, &c.closed, &c.draft, &c.draftAt, &c.place)
	c.wasUnread = c.unread
	return c, err
}

// findConversation gives the conversation of an account with a contact, or nil.
func (b *batch) findConversation(ctx context.Context, account, contact app.ID) (*conv, error) {
	if c := b.convs[convKey{account, contact}]; c != nil {
		return c, nil
	}
	rows, err := b.t.query(ctx, `SELECT `+convColumns+` FROM conversations WHERE contact_id = $1 AND account_id = $2`, contact, account)
	return b.loadedConv(rows, err)
}

// conversationByID gives a conversation, or nil.
func (b *batch) conversationByID(ctx context.Context, id app.ID) (*conv, error) {
	if c := b.convByID[id]; c != nil {
		return c, nil
	}
	rows, err := b.t.query(ctx, `SELECT `+convColumns+` FROM conversations WHERE id = $1`, id)
	return b.loadedConv(rows, err)
}

func (b *batch) loadedConv(rows *sql.Rows, err error) (*conv, error) {
	list, err := scanAll(rows, err, scanConv)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	c := list[0]
	b.convs[convKey{c.account, c.contact}], b.convByID[c.id] = c, c
	return c, nil
}

// conversation gives the conversation of an account with a contact; it is made when there is none.
func (b *batch) conversation(ctx context.Context, account, contact app.ID) (*conv, error) {
	c, err := b.findConversation(ctx, account, contact)
	if c != nil || err != nil {
		return c, err
	}
	c = &conv{id: b.s.ids.Next(), account: account, contact: contact}
	if _, err := b.t.exec(ctx, `INSERT INTO conversations (id, account_id, contact_id, closed) VALUES ($1, $2, $3, $4)`, c.id, account, contact, false); err != nil {
		return nil, err
	}
	b.convs[convKey{account, contact}], b.convByID[c.id] = c, c
	b.stale[contact] = struct{}{}
	b.t.displace(c.id)
	b.t.touch(app.TopicConversations, c.id)
	return c, nil
}

func (b *batch) saveConversation(ctx context.Context, c *conv) error {
	if !c.dirty {
		return nil
	}
	if _, err := b.t.exec(ctx, `UPDATE conversations SET last_at = $1, last_id = $2, last_tie = $3, last_direction = $4, last_type = $5, last_text = $6,
		last_status = $7, last_inbound = $8, referral_at = $9, free_entry = $10, unread = $11, read_at = $12, assignee_id = $13, closed = $14, draft = $15,
		draft_at = $16, rev = rev + 1 WHERE id = $17`, c.lastAt, c.lastID, c.lastTie, c.lastDir, c.lastType, c.lastText, c.lastStat, c.lastInbound,
		c.referralAt, c.freeEntry, c.unread, c.readAt, c.assignee, c.closed, c.draft, c.draftAt, c.id); err != nil {
		return err
	}
	b.t.count(countUnread, c.unread-c.wasUnread)
	b.t.count(countThreads, sign(c.unread)-sign(c.wasUnread))
	c.wasUnread, c.dirty = c.unread, false
	if !placeHolds(c.place, c.lastAt) {
		b.t.displace(c.id)
	}
	b.t.touch(app.TopicConversations, c.id)
	return nil
}

func sign(n int64) int64 {
	if n > 0 {
		return 1
	}
	return 0
}

// tie orders messages of the same moment without asking which arrived first: Meta's by their wamid, ours after them by their id.
func tie(m *messageRow) string {
	if m.ours {
		return fmt.Sprintf("~%019d", m.id)
	}
	return m.wamid
}

// showLast makes m the message that the list shows, when it is the newest.
func (c *conv) showLast(m *messageRow) {
	t := tie(m)
	if m.id != c.lastID && (m.at < c.lastAt || m.at == c.lastAt && t < c.lastTie) {
		return
	}
	c.lastAt, c.lastID, c.lastTie, c.lastDir, c.lastType, c.lastStat = m.at, m.id, t, m.direction, m.kind, m.status
	c.lastText = oneLine(m.text, 200)
	if m.revoked {
		c.lastText = ""
	}
	c.dirty = true
}

// recompute derives everything in the row that follows from the messages.
func (b *batch) recompute(ctx context.Context, c *conv) error {
	c.lastAt, c.lastID, c.lastTie, c.lastDir, c.lastType, c.lastText, c.lastStat = 0, 0, "", "", "", "", ""
	rows, err := b.t.query(ctx, `SELECT `+messageColumns+` FROM messages WHERE conversation_id = $1
		AND at = (SELECT max(at) FROM messages WHERE conversation_id = $1)`, c.id)
	newest, err := scanAll(rows, err, scanMessage)
	if err != nil {
		return err
	}
	for _, m := range newest {
		c.showLast(m)
	}
	if _, err := b.t.one(ctx, `SELECT coalesce(max(at), 0) FROM messages WHERE conversation_id = $1 AND direction = 'in'`, []any{c.id}, &c.lastInbound); err != nil {
		return err
	}
	if _, err := b.t.one(ctx, `SELECT coalesce(max(at), 0) FROM messages WHERE conversation_id = $1 AND free_entry = $2`, []any{c.id, true}, &c.referralAt); err != nil {
		return err
	}
	if err := b.countUnread(ctx, c); err != nil {
		return err
	}
	c.dirty = true
	return b.freeEntry(ctx, c)
}

func (b *batch) countUnread(ctx context.Context, c *conv) error {
	_, err := b.t.one(ctx, `SELECT count(*) FROM messages WHERE conversation_id = $1 AND at > $2 AND direction = 'in' AND quiet = $3`,
		[]any{c.id, c.readAt, false}, &c.unread)
	c.dirty = true
	return err
}

// freeEntry computes when the free entry point ends: it begins when the shop answers within 24 hours a customer who came from an ad, and lasts
// 72 hours (Meta: pricing, free entry points).
func (b *batch) freeEntry(ctx context.Context, c *conv) error {
	c.freeEntry = 0
	if c.referralAt == 0 {
		return nil
	}
	const day = int64(24 * time.Hour / time.Millisecond)
	rows, err := b.t.query(ctx, `SELECT coalesce(max((SELECT min(o.at) FROM messages o WHERE o.conversation_id = r.conversation_id AND o.at >= r.at AND o.at <= r.at + $1
		AND o.direction = 'out' AND o.status IN ('accepted', 'sent', 'delivered', 'read', 'played'))), 0)
		FROM messages r WHERE r.conversation_id = $2 AND r.free_entry = $3`, day, c.id, true)
	if err != nil {
		return err
	}
	var answered int64
	if _, err := scanOne(rows, &answered); err != nil {
		return err
	}
	if answered > 0 {
		c.freeEntry = answered + 3*day
	}
	c.dirty = true
	return nil
}
