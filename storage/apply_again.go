package storage

import (
	"cmp"
	"context"

	"shopbell/app"
)

// again handles a message that is here already: history may tell of it what the live webhook did not, and the other way about.
// Of two contents under one id the same one holds, whichever came first.
func (b *batch) again(ctx context.Context, told *messageRow, f *app.MessageFact) error {
	m, err := b.messageByWamid(ctx, told.account, told.wamid)
	if err != nil || m == nil {
		return err
	}
	was := *m
	told.id, told.wamid = m.id, m.wamid
	if !m.ours {
		m.status = string(app.Status(m.status).Merge(app.Status(told.status)))
	}
	m.quiet = m.quiet && told.quiet
	m.freeEntry = m.freeEntry || told.freeEntry
	if !m.ours && contents(told, m) > 0 {
		told.status, told.quiet, told.freeEntry = m.status, m.quiet, m.freeEntry
		return b.replace(ctx, &was, told, f)
	}
	if *m == was {
		return nil
	}
	c, err := b.conversationByID(ctx, m.conversation)
	if err != nil {
		return err
	}
	if err := b.updateMessage(ctx, m); err != nil {
		return err
	}
	return b.recompute(ctx, c)
}

// contents orders what Meta said under one id: what says more stands above what says less (a placeholder of the history, an unsupported type),
// then a file above none, then the newer, then any order at all that is always the same.
func contents(x, y *messageRow) int {
	return cmp.Or(
		cmp.Compare(says(x), says(y)), cmp.Compare(bit(x.hasMedia), bit(y.hasMedia)), cmp.Compare(x.at, y.at), cmp.Compare(x.raw, y.raw),
	)
}

func says(m *messageRow) int {
	switch m.kind {
	case "media_placeholder", "unknown", "unsupported", "":
		return 0
	}
	return 1
}

func bit(v bool) int {
	if v {
		return 1
	}
	return 0
}

// replace puts another content in the place of a message, which keeps its id.
func (b *batch) replace(ctx context.Context, was, m *messageRow, f *app.MessageFact) error {
	if _, err := b.t.exec(ctx, `UPDATE messages SET conversation_id = $1, contact_id = $2, identity_id = $3, at = $4, direction = $5, type = $6, text = $7, status = $8,
		error = $9, context_id = $10, quiet = $11, free_entry = $12, edited = $13, revoked = $13, has_media = $14, reactions = $15, rev = rev + 1, raw = $16
		WHERE conversation_id = $17 AND at = $18 AND id = $19`,
		m.conversation, m.contact, m.identity, m.at, m.direction, m.kind, m.text, m.status, m.failure, m.contextID, m.quiet, m.freeEntry, false, m.hasMedia,
		m.reactions, m.raw, was.conversation, was.at, was.id); err != nil {
		return err
	}
	if was.hasMedia {
		if _, err := b.t.exec(ctx, `DELETE FROM media WHERE message_id = $1`, was.id); err != nil {
			return err
		}
	}
	if f.Media != nil {
		if err := b.insertMedia(ctx, m.id, f.Media); err != nil {
			return err
		}
	}
	if err := b.s.engine.reindex(ctx, b.t, m.id, m.text); err != nil {
		return err
	}
	if err := b.foldEvidence(ctx, m); err != nil {
		return err
	}
	b.t.touch(app.TopicMessages, was.conversation, m.conversation)
	for _, id := range []app.ID{was.conversation, m.conversation} {
		c, err := b.conversationByID(ctx, id)
		if err != nil || c == nil {
			return err
		}
		if err := b.recompute(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
