package storage

import (
	"context"
	"slices"

	"shopbell/app"
)

// Sends lists rows in the given states (none: all), newest first, below the id (0: from the top). With states, rows that were sent again are
// left out: the newer row stands for them.
func (s *Store) Sends(ctx context.Context, states []app.SendState, before app.ID, limit int) ([]app.Send, error) {
	return s.FindSends(ctx, app.SendFilter{States: states}, before, limit)
}

// FindSends lists the rows that a filter lets through, newest first, below the id (0: from the top).
func (s *Store) FindSends(ctx context.Context, f app.SendFilter, before app.ID, limit int) ([]app.Send, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	if f.Query == "" {
		out, err := s.sendsWhere(ctx, f, "", nil, before, limit)
		return out, wrong(err)
	}
	out, err := s.searchSends(ctx, f, before, limit)
	return out, wrong(err)
}

// sendsWhere lists rows by a filter, narrowed to those whose column is one of ids ("": all).
func (s *Store) sendsWhere(ctx context.Context, f app.SendFilter, column string, ids []app.ID, before app.ID, limit int) ([]app.Send, error) {
	q, args := `SELECT `+sendListColumns+` WHERE o.id < $1`, []any{before, limit}
	and := func(condition string, values ...any) {
		q += ` AND ` + condition
		args = append(args, values...)
	}
	switch { // spelled as the indexes are
	case f.BroadcastID != 0:
		and(`o.broadcast_id = $3 AND o.broadcast_id <> 0`, f.BroadcastID)
	case f.Single:
		and(`o.broadcast_id = 0`)
	}
	if f.Look {
		and(`o.replaced_by = 0 AND o.settled_by = 0 AND o.state IN ('failed', 'unknown')`)
	}
	if f.AccountID != 0 {
		and(`o.account_id = $`+itoa(len(args)+1), f.AccountID)
	}
	if n := len(f.States); n > 0 {
		states := make([]any, n)
		for i, st := range f.States {
			states[i] = string(st)
		}
		and(`o.replaced_by = 0 AND o.state IN (`+marks(len(args)+1, n)+`)`, states...)
	}
	if column != "" {
		and(`o.`+column+` IN (`+marks(len(args)+1, len(ids))+`)`, anys(ids)...)
	}
	rows, err := s.read.list(ctx, q+` ORDER BY o.id DESC LIMIT $2`, args...)
	return scanAll(rows, err, scanSendList)
}

const (
	searchPeople = 200 // conversations of people with such a name or number that are looked through
	searchRounds = 10  // pages of messages with such words that are looked through for those that went out
)

// searchSends finds rows by their customer or their words.
func (s *Store) searchSends(ctx context.Context, f app.SendFilter, before app.ID, limit int) ([]app.Send, error) {
	var out []app.Send
	people, err := s.SearchConversations(ctx, f.Query, searchPeople)
	if err != nil {
		return nil, err
	}
	if len(people) > 0 {
		ids := make([]app.ID, len(people))
		for i, c := range people {
			ids[i] = c.ID
		}
		if out, err = s.sendsWhere(ctx, f, "conversation_id", ids, before, limit); err != nil {
			return nil, err
		}
	}
	words := phrases(f.Query)
	page := max(limit, 100)
	for at, found, round := before, 0, 0; len(words) > 0 && found < limit && round < searchRounds; round++ {
		ids, err := s.engine.match(ctx, s.read, words, at, page)
		if err != nil {
			return nil, err
		}
		if len(ids) == 0 {
			break
		}
		list, err := s.sendsWhere(ctx, f, "message_id", ids, before, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
		found += len(list)
		if at = ids[len(ids)-1]; len(ids) < page {
			break
		}
	}
	slices.SortFunc(out, func(x, y app.Send) int { return int(sign(y.ID-x.ID) - sign(x.ID-y.ID)) })
	out = slices.CompactFunc(out, func(x, y app.Send) bool { return x.ID == y.ID })
	return out[:min(len(out), limit)], nil
}

// SendCounts tells how many single sends are under way or to be looked at, and how many of all are to be looked at.
func (s *Store) SendCounts(ctx context.Context) (app.SendCounts, error) {
	var out app.SendCounts
	all, err := s.Counts(ctx)
	if err != nil {
		return out, err
	}
	out.Look = all.Failed
	_, err = s.read.one(ctx, `SELECT count(*) FROM (SELECT id FROM outbox WHERE broadcast_id = 0 AND replaced_by = 0 AND settled_by = 0
		AND state IN ('queued', 'claimed', 'sending', 'held', 'failed', 'unknown') LIMIT $1) AS open`, []any{app.SendCountMost}, &out.Single)
	return out, wrong(err)
}

// Settle says of a failed row that nothing more is to be done: it is out of the lists of what is to be looked at.
func (s *Store) Settle(ctx context.Context, id app.ID) error {
	return s.onSend(ctx, id, nil, func(ctx context.Context, b *batch, row *sendRow) error {
		switch {
		case row.settled != 0:
			return nil
		case row.state != app.SendFailed || row.replacedBy != 0:
			return &app.Error{Code: app.CodeConflict, Message: "This message did not fail, or was sent again.", Mend: "Look at it again."}
		}
		if _, err := b.t.exec(ctx, `UPDATE outbox SET settled_by = 1 WHERE id = $1`, id); err != nil {
			return err
		}
		b.weigh(row, func() { row.settled = 1 })
		b.t.touch(app.TopicOutbox, id)
		if row.broadcast != 0 {
			b.countBroadcast(row.broadcast, outcomeSettled, 1)
		}
		return nil
	})
}

// unsettle takes that back, because the row goes on.
func (b *batch) unsettle(ctx context.Context, row *sendRow) error {
	if _, err := b.t.exec(ctx, `UPDATE outbox SET settled_by = 0 WHERE id = $1`, row.id); err != nil {
		return err
	}
	b.weigh(row, func() { row.settled = 0 })
	if row.broadcast != 0 {
		b.countBroadcast(row.broadcast, outcomeSettled, -1)
	}
	return nil
}
