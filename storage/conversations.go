package storage

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"shopbell/app"
)

const conversationColumns = `id, account_id, contact_id, person, last_at, last_id, last_direction, last_type, last_text, last_status, last_inbound, free_entry,
	unread, read_at, assignee_id, closed, draft, rev`

// scanConversation reads a row of the list. The times at which identities were seen are not in it.
func scanConversation(rows *sql.Rows) (app.Conversation, error) {
	var c app.Conversation
	var contact app.ID
	var person, dir, status string
	var lastAt, inbound, free, read int64
	err := rows.Scan(&c.ID, &c.AccountID, &contact, &person, &lastAt, &c.LastID, &dir, &c.LastType, &c.LastText, &status, &inbound, &free,
		&c.Unread, &read, &c.AssigneeID, &c.Closed, &c.Draft, &c.Rev)
	c.Contact = unpackPerson(contact, person)
	c.LastAt, c.LastInbound, c.FreeEntry, c.ReadAt = moment(lastAt), moment(inbound), moment(free), moment(read)
	c.LastDirection, c.LastStatus = app.Direction(dir), app.Status(status)
	return c, err
}

// Conversations lists, newest first, after the key (nil: from the top). Each filter has an index in the order of the list.
func (s *Store) Conversations(ctx context.Context, f app.ConversationFilter, after *app.ConversationKey, limit int) ([]app.Conversation, error) {
	var q strings.Builder
	q.WriteString(`SELECT ` + conversationColumns + ` FROM conversations WHERE closed = $1`)
	args := []any{f.Closed}
	where := func(cond string, arg any) {
		args = append(args, arg)
		q.WriteString(` AND ` + cond + `$` + itoa(len(args)))
	}
	if f.AccountID != 0 {
		where(`account_id = `, f.AccountID)
	}
	if f.Unread {
		q.WriteString(` AND unread > 0`)
	}
	switch {
	case f.AssigneeID != 0:
		q.WriteString(` AND assignee_id <> 0`)
		where(`assignee_id = `, f.AssigneeID)
	case f.Unassigned:
		q.WriteString(` AND assignee_id = 0`)
	}
	if after != nil {
		args = append(args, millis(after.LastAt), after.ID)
		q.WriteString(` AND (last_at, id) < ($` + itoa(len(args)-1) + `, $` + itoa(len(args)) + `)`)
	}
	args = append(args, limit)
	q.WriteString(` ORDER BY last_at DESC, id DESC LIMIT $` + itoa(len(args)))
	rows, err := s.read.query(ctx, q.String(), args...)
	out, err := scanAll(rows, err, scanConversation)
	return out, wrong(err)
}

// Conversation gives one, with its contact whole.
func (s *Store) Conversation(ctx context.Context, id app.ID) (app.Conversation, error) {
	rows, err := s.read.query(ctx, `SELECT `+conversationColumns+` FROM conversations WHERE id = $1`, id)
	list, err := scanAll(rows, err, scanConversation)
	switch {
	case err != nil:
		return app.Conversation{}, wrong(err)
	case len(list) == 0:
		return app.Conversation{}, notFound("This conversation")
	}
	c := list[0]
	c.Contact, err = s.contact(ctx, s.read, c.Contact.ID)
	return c, wrong(err)
}

// ConversationsByID gives those that exist, in no order.
func (s *Store) ConversationsByID(ctx context.Context, ids []app.ID) ([]app.Conversation, error) {
	var out []app.Conversation
	for part := range slices.Chunk(ids, 500) {
		rows, err := s.read.list(ctx, `SELECT `+conversationColumns+` FROM conversations WHERE id IN (`+marks(1, len(part))+`)`, anys(part)...)
		list, err := scanAll(rows, err, scanConversation)
		if err != nil {
			return nil, wrong(err)
		}
		out = append(out, list...)
	}
	return out, nil
}

// Counts gives the totals that the rail and the filters show. They are kept, not counted.
func (s *Store) Counts(ctx context.Context) (app.Counts, error) {
	rows, err := s.read.query(ctx, `SELECT name, value FROM counters WHERE name IN ($1, $2, $3, $4)`, countUnread, countThreads, countQueued, countFailed)
	if err != nil {
		return app.Counts{}, wrong(err)
	}
	defer rows.Close()
	var c app.Counts
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			return c, wrong(err)
		}
		switch name {
		case countUnread:
			c.Unread = n
		case countThreads:
			c.UnreadThreads = n
		case countQueued:
			c.Queued = n
		case countFailed:
			c.Failed = n
		}
	}
	return c, wrong(rows.Err())
}

// MarkRead says that staff saw everything up to a time.
func (s *Store) MarkRead(ctx context.Context, conversation app.ID, upTo time.Time) error {
	return s.onConversation(ctx, conversation, func(ctx context.Context, b *batch, c *conv) error {
		if millis(upTo) <= c.readAt && c.unread == 0 {
			return nil
		}
		c.readAt = max(c.readAt, millis(upTo))
		return b.countUnread(ctx, c)
	})
}

// MarkUnread makes the newest inbound message unread again.
func (s *Store) MarkUnread(ctx context.Context, conversation app.ID) error {
	return s.onConversation(ctx, conversation, func(ctx context.Context, b *batch, c *conv) error {
		var newest int64
		ok, err := b.t.one(ctx, `SELECT at FROM messages WHERE conversation_id = $1 AND direction = 'in' AND quiet = $2 ORDER BY at DESC LIMIT 1`,
			[]any{c.id, false}, &newest)
		if err != nil || !ok || c.unread > 0 {
			return err
		}
		c.readAt = newest - 1
		return b.countUnread(ctx, c)
	})
}

// SetDraft keeps what somebody began to write.
func (s *Store) SetDraft(ctx context.Context, conversation app.ID, text string) error {
	return s.onConversation(ctx, conversation, func(_ context.Context, _ *batch, c *conv) error {
		if text = clean(text); text != c.draft {
			c.draft, c.draftAt, c.dirty = text, s.now().UnixMilli(), true
		}
		return nil
	})
}

// SetClosed marks a conversation done, or not.
func (s *Store) SetClosed(ctx context.Context, conversation app.ID, closed bool) error {
	return s.onConversation(ctx, conversation, func(_ context.Context, _ *batch, c *conv) error {
		c.dirty = c.dirty || c.closed != closed
		c.closed = closed
		return nil
	})
}

// onConversation changes one conversation.
func (s *Store) onConversation(ctx context.Context, id app.ID, work func(ctx context.Context, b *batch, c *conv) error) error {
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		b := &batch{s: s, t: t, stale: map[app.ID]struct{}{}}
		b.forget()
		c, err := b.conversationByID(ctx, id)
		if err != nil {
			return err
		}
		if c == nil {
			return notFound("This conversation")
		}
		if err := work(ctx, b, c); err != nil {
			return err
		}
		return b.flush(ctx)
	})
}
