package storage

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"shopbell/app"
)

// exportPage is how many messages are read at a time, by key. No transaction stays open meanwhile, so that a long export holds up nothing.
const exportPage = 1000

// EachMessage gives every message in the order of its time, until fn fails. The conversation carries its contact.
func (s *Store) EachMessage(ctx context.Context, fn func(app.Account, app.Conversation, app.Message) error) error {
	accounts, err := s.Accounts(ctx)
	if err != nil {
		return err
	}
	byID := map[app.ID]app.Account{}
	for _, a := range accounts {
		byID[a.ID] = a
	}
	order, err := s.messageOrder(ctx)
	if err != nil {
		return err
	}
	convs := map[app.ID]app.Conversation{}
	for ids := range slices.Chunk(order, exportPage) {
		page, err := s.messagesByID(ctx, ids)
		if err != nil {
			return err
		}
		if err := s.addConversations(ctx, convs, page); err != nil {
			return err
		}
		for _, m := range page {
			if err := fn(byID[m.AccountID], convs[m.ConversationID], m); err != nil {
				return err
			}
		}
		if len(convs) > 10_000 {
			clear(convs)
		}
	}
	return nil
}

// messageOrder gives the ids of all messages by time. It reads one index, and keeps 16 bytes a message: an index for this alone would cost
// every message that comes in.
func (s *Store) messageOrder(ctx context.Context) ([]app.ID, error) {
	rows, err := s.read.query(ctx, `SELECT at, id FROM messages`)
	type place struct {
		at int64
		id app.ID
	}
	list, err := scanAll(rows, err, func(rows *sql.Rows) (place, error) {
		var p place
		return p, rows.Scan(&p.at, &p.id)
	})
	if err != nil {
		return nil, wrong(err)
	}
	slices.SortFunc(list, func(x, y place) int { return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.id, y.id)) })
	out := make([]app.ID, len(list))
	for k, p := range list {
		out[k] = p.id
	}
	return out, nil
}

// addConversations reads the conversations of messages that are not known yet.
func (s *Store) addConversations(ctx context.Context, known map[app.ID]app.Conversation, page []app.Message) error {
	var unknown []app.ID
	for _, m := range page {
		if _, ok := known[m.ConversationID]; !ok && !slices.Contains(unknown, m.ConversationID) {
			unknown = append(unknown, m.ConversationID)
		}
	}
	more, err := s.ConversationsByID(ctx, unknown)
	for _, c := range more {
		known[c.ID] = c
	}
	return err
}
