package storage

import (
	"context"
	"database/sql"
	"math"
	"slices"

	"shopbell/app"
)

// MessagesBefore gives up to limit messages below the key (nil: the newest), in ascending order.
func (s *Store) MessagesBefore(ctx context.Context, conversation app.ID, before *app.MessageKey, limit int) ([]app.Message, error) {
	at, id := int64(math.MaxInt64), app.ID(math.MaxInt64)
	if before != nil {
		at, id = millis(before.At), before.ID
	}
	rows, err := s.read.query(ctx, `SELECT `+messageColumns+` FROM messages WHERE conversation_id = $1 AND (at, id) < ($2, $3)
		ORDER BY at DESC, id DESC LIMIT $4`, conversation, at, id, limit)
	list, err := scanAll(rows, err, scanMessage)
	if err != nil {
		return nil, wrong(err)
	}
	slices.Reverse(list)
	return s.withMedia(ctx, list)
}

// MessagesAfter gives up to limit messages above the key, in ascending order.
func (s *Store) MessagesAfter(ctx context.Context, conversation app.ID, after app.MessageKey, limit int) ([]app.Message, error) {
	rows, err := s.read.query(ctx, `SELECT `+messageColumns+` FROM messages WHERE conversation_id = $1 AND (at, id) > ($2, $3)
		ORDER BY at, id LIMIT $4`, conversation, millis(after.At), after.ID, limit)
	list, err := scanAll(rows, err, scanMessage)
	if err != nil {
		return nil, wrong(err)
	}
	return s.withMedia(ctx, list)
}

// Message gives one message.
func (s *Store) Message(ctx context.Context, id app.ID) (app.Message, error) {
	rows, err := s.read.query(ctx, `SELECT `+messageColumns+` FROM messages WHERE id = $1`, id)
	return s.onlyMessage(ctx, rows, err)
}

// MessageByWamid gives the message that Meta knows by an id, also by an older one of a message that was sent again.
func (s *Store) MessageByWamid(ctx context.Context, wamid string) (app.Message, error) {
	wamid = clean(wamid)
	rows, err := s.read.query(ctx, `SELECT `+messageColumns+` FROM messages WHERE wamid = $1`, wamid)
	list, err := scanAll(rows, err, scanMessage)
	if err == nil && len(list) == 0 {
		rows, err = s.read.query(ctx, `SELECT `+messageColumns+` FROM messages WHERE id IN (SELECT message_id FROM outbox WHERE wamid = $1)`, wamid)
		return s.onlyMessage(ctx, rows, err)
	}
	return s.only(ctx, list, err)
}

func (s *Store) onlyMessage(ctx context.Context, rows *sql.Rows, err error) (app.Message, error) {
	list, err := scanAll(rows, err, scanMessage)
	return s.only(ctx, list, err)
}

func (s *Store) only(ctx context.Context, list []*messageRow, err error) (app.Message, error) {
	switch {
	case err != nil:
		return app.Message{}, wrong(err)
	case len(list) == 0:
		return app.Message{}, notFound("This message")
	}
	out, err := s.withMedia(ctx, list[:1])
	if err != nil {
		return app.Message{}, err
	}
	return out[0], nil
}

// SearchMessages finds messages whose text has all words of the query, newest first, below the id (0: the newest).
func (s *Store) SearchMessages(ctx context.Context, query string, before app.ID, limit int) ([]app.Message, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	words := phrases(query)
	if len(words) == 0 {
		return nil, nil
	}
	ids, err := s.engine.match(ctx, s.read, words, before, limit)
	if err != nil {
		return nil, wrong(err)
	}
	return s.messagesByID(ctx, ids)
}

// messagesByID gives messages in the order of the ids.
func (s *Store) messagesByID(ctx context.Context, ids []app.ID) ([]app.Message, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := s.read.list(ctx, `SELECT `+messageColumns+` FROM messages WHERE id IN (`+marks(1, len(ids))+`)`, anys(ids)...)
	list, err := scanAll(rows, err, scanMessage)
	if err != nil {
		return nil, wrong(err)
	}
	place := make(map[app.ID]int, len(ids))
	for k, id := range ids {
		place[id] = k
	}
	slices.SortFunc(list, func(x, y *messageRow) int { return place[x.id] - place[y.id] })
	return s.withMedia(ctx, list)
}

// withMedia gives messages in the words of the domain, with their media.
func (s *Store) withMedia(ctx context.Context, list []*messageRow) ([]app.Message, error) {
	out := make([]app.Message, len(list))
	var with []app.ID
	for k, m := range list {
		out[k] = m.public()
		if m.hasMedia {
			with = append(with, m.id)
		}
	}
	if len(with) == 0 {
		return out, nil
	}
	files := map[app.ID]*app.Media{}
	for part := range slices.Chunk(with, 500) {
		rows, err := s.read.list(ctx, `SELECT message_id, media_id, mime, sha256, filename, caption, size, voice, state FROM media
			WHERE message_id IN (`+marks(1, len(part))+`)`, anys(part)...)
		_, err = scanAll(rows, err, func(rows *sql.Rows) (id app.ID, err error) {
			f := &app.Media{}
			if err := rows.Scan(&id, &f.MediaID, &f.MIME, &f.SHA256, &f.Filename, &f.Caption, &f.Size, &f.Voice, &f.State); err != nil {
				return 0, err
			}
			files[id] = f
			return id, nil
		})
		if err != nil {
			return nil, wrong(err)
		}
	}
	for k := range out {
		out[k].Media = files[out[k].ID]
	}
	return out, nil
}
