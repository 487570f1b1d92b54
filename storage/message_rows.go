package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"shopbell/app"
)

// messageRow is a row of messages.
type messageRow struct {
	conversation, id, account, contact, identity app.ID
	at                                           int64
	wamid                                        string
	direction                                    string
	kind                                         string
	text                                         string
	status                                       string
	failure                                      string
	contextID                                    string
	staff                                        app.ID
	ours, quiet, freeEntry                       bool
	edited, revoked, hasMedia                    bool
	reactions                                    string
	rev                                          int64
	raw                                          string
}

const messageColumns = `conversation_id, id, account_id, contact_id, identity_id, at, wamid, direction, type, text, status, error, context_id, staff_id,
	ours, quiet, free_entry, edited, revoked, has_media, reactions, rev, raw`

func scanMessage(rows *sql.Rows) (*messageRow, error) {
	m := &messageRow{}
	var wamid sql.NullString
	err := rows.Scan(&m.conversation, &m.id, &m.account, &m.contact, &m.identity, &m.at, &wamid, &m.direction, &m.kind, &m.text, &m.status,
		&m.failure, &m.contextID, &m.staff, &m.ours, &m.quiet, &m.freeEntry, &m.edited, &m.revoked, &m.hasMedia, &m.reactions, &m.rev, &m.raw)
	m.wamid = wamid.String
	return m, err
}

// insertMessage writes a message and its words. False means that this wamid is here already.
func (b *batch) insertMessage(ctx context.Context, m *messageRow) (bool, error) {
	var wamid any
	if m.wamid != "" {
		wamid = m.wamid
	}
	n, err := b.t.exec(ctx, `INSERT INTO messages (`+messageColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,1,$22)
		ON CONFLICT (wamid, account_id) DO NOTHING`,
		m.conversation, m.id, m.account, m.contact, m.identity, m.at, wamid, m.direction, m.kind, m.text, m.status, m.failure, m.contextID, m.staff,
		m.ours, m.quiet, m.freeEntry, m.edited, m.revoked, m.hasMedia, m.reactions, m.raw)
	if err != nil || n == 0 {
		return false, err
	}
	b.t.touch(app.TopicMessages, m.conversation)
	return true, b.s.engine.index(ctx, b.t, m.id, m.text)
}

// updateMessage writes what may change of a message: not its place, nor who wrote it.
func (b *batch) updateMessage(ctx context.Context, m *messageRow) error {
	var wamid any
	if m.wamid != "" {
		wamid = m.wamid
	}
	_, err := b.t.exec(ctx, `UPDATE messages SET wamid = $1, text = $2, status = $3, error = $4, quiet = $5, free_entry = $6, edited = $7, revoked = $8,
		has_media = $9, reactions = $10, rev = rev + 1 WHERE conversation_id = $11 AND at = $12 AND id = $13`,
		wamid, m.text, m.status, m.failure, m.quiet, m.freeEntry, m.edited, m.revoked, m.hasMedia, m.reactions, m.conversation, m.at, m.id)
	b.t.touch(app.TopicMessages, m.conversation)
	return err
}

func (b *batch) messageByWamid(ctx context.Context, account app.ID, wamid string) (*messageRow, error) {
	rows, err := b.t.query(ctx, `SELECT `+messageColumns+` FROM messages WHERE wamid = $1 AND account_id = $2`, wamid, account)
	return firstMessage(rows, err)
}

func (b *batch) messageByID(ctx context.Context, id app.ID) (*messageRow, error) {
	rows, err := b.t.query(ctx, `SELECT `+messageColumns+` FROM messages WHERE id = $1`, id)
	return firstMessage(rows, err)
}

func firstMessage(rows *sql.Rows, err error) (*messageRow, error) {
	list, err := scanAll(rows, err, scanMessage)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// public gives the message in the words of the domain, without its media.
func (m *messageRow) public() app.Message {
	out := app.Message{
		ID: m.id, AccountID: m.account, ConversationID: m.conversation, ContactID: m.contact, Wamid: m.wamid, Direction: app.Direction(m.direction),
		Type: m.kind, Text: m.text, Status: app.Status(m.status), Error: unpackFailure(m.failure), At: moment(m.at), ContextID: m.contextID,
		StaffID: m.staff, Raw: m.raw, Edited: m.edited, Revoked: m.revoked, Reactions: unpackReactions(m.reactions), Rev: m.rev,
	}
	return out
}

// packFailure writes a failure as JSON, "" for none.
func packFailure(f *app.Failure) string {
	if f == nil {
		return ""
	}
	out, err := json.Marshal(app.Failure{Code: f.Code, Title: clean(f.Title), Details: clean(f.Details)})
	if err != nil { // numbers and text can always be written
		return ""
	}
	return string(out)
}

func unpackFailure(s string) *app.Failure {
	if s == "" {
		return nil
	}
	f := &app.Failure{}
	if err := json.Unmarshal([]byte(s), f); err != nil {
		f.Title = s
	}
	return f
}

// packReactions writes reactions as lines of actor, emoji and time.
func packReactions(list []app.Reaction) string {
	var b strings.Builder
	flat := strings.NewReplacer("\n", " ", "\t", " ")
	for _, r := range list {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(flat.Replace(r.Actor) + "\t" + flat.Replace(r.Emoji) + "\t" + itoa(int(millis(r.At))))
	}
	return b.String()
}

func unpackReactions(s string) []app.Reaction {
	if s == "" {
		return nil
	}
	var out []app.Reaction
	for line := range strings.SplitSeq(s, "\n") {
		actor, rest, _ := strings.Cut(line, "\t")
		emoji, at, _ := strings.Cut(rest, "\t")
		out = append(out, app.Reaction{Actor: actor, Emoji: emoji, At: moment(atoi(at))})
	}
	return out
}
