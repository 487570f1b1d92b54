package storage

import (
	"context"

	"shopbell/app"
)

// evidence is what the statuses of one wamid come to.
type evidence struct {
	status  app.Status // "" when nothing is known
	failure string     // of the failed status, packed
}

// status keeps a status of a message of ours, whether or not the message is here, and brings the message up to date.
func (b *batch) status(ctx context.Context, a *accountRow, f *app.StatusFact) error {
	at, wamid := millis(f.At), clean(f.Wamid)
	if _, err := b.learn(ctx, a.wabaID, f.Recipient, at, true); err != nil {
		return err
	}
	if _, err := b.t.exec(ctx, `INSERT INTO message_statuses (wamid, account_id, status, at, error, raw) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (wamid, account_id, status) DO UPDATE SET at = excluded.at, error = excluded.error, raw = excluded.raw
		WHERE excluded.at > message_statuses.at OR (excluded.at = message_statuses.at AND excluded.error {{BYTES}} > message_statuses.error {{BYTES}})`,
		wamid, a.id, clean(string(f.Status)), at, packFailure(f.Failure), clean(f.Raw)); err != nil {
		return err
	}
	if f.Opaque != 0 {
		sent, err := b.learnWamid(ctx, a.id, f.Opaque, wamid)
		if err != nil {
			return err
		}
		if sent != nil {
			return b.refreshSend(ctx, sent)
		}
	}
	m, err := b.messageByAnyWamid(ctx, a.id, wamid)
	switch {
	case err != nil || m == nil:
		return err
	case m.ours:
		return b.refreshSend(ctx, m)
	}
	return b.refresh(ctx, m)
}

// evidence folds the statuses of a wamid.
func (b *batch) evidence(ctx context.Context, account app.ID, wamid string) (evidence, error) {
	var ev evidence
	if wamid == "" {
		return ev, nil
	}
	rows, err := b.t.query(ctx, `SELECT status, error FROM message_statuses WHERE wamid = $1 AND account_id = $2`, wamid, account)
	if err != nil {
		return ev, err
	}
	defer rows.Close()
	for rows.Next() {
		var status, failure string
		if err := rows.Scan(&status, &failure); err != nil {
			return ev, err
		}
		if status == string(app.StatusFailed) {
			ev.failure = failure
		}
		ev.status = ev.status.Merge(app.Status(status))
	}
	return ev, rows.Err()
}

// learnWamid notes under which id Meta knows a send, and gives its message; nil when the send is not here, or went out under another id.
func (b *batch) learnWamid(ctx context.Context, account, send app.ID, wamid string) (*messageRow, error) {
	row, err := b.send(ctx, send)
	if err != nil || row == nil || row.account != account {
		return nil, err
	}
	if its, err := b.nameSend(ctx, row, wamid); err != nil || !its {
		return nil, err
	}
	return b.messageByID(ctx, row.message)
}

// nameSend gives a send the id under which Meta knows it, unless it has one, and tells whether it is this. Whatever was inserted under that id by
// an echo or by history is the same message and goes.
func (b *batch) nameSend(ctx context.Context, row *sendRow, wamid string) (bool, error) {
	if row.wamid != "" || wamid == "" {
		return row.wamid == wamid, nil
	}
	row.wamid = wamid
	if _, err := b.t.exec(ctx, `UPDATE outbox SET wamid = $1 WHERE id = $2`, wamid, row.id); err != nil {
		return false, err
	}
	double, err := b.messageByWamid(ctx, row.account, wamid)
	if err != nil || double == nil || double.id == row.message {
		return true, err
	}
	return true, b.dropMessage(ctx, double)
}

// dropMessage removes a message that turned out to be another one.
func (b *batch) dropMessage(ctx context.Context, m *messageRow) error {
	if _, err := b.t.exec(ctx, `DELETE FROM messages WHERE conversation_id = $1 AND at = $2 AND id = $3`, m.conversation, m.at, m.id); err != nil {
		return err
	}
	if _, err := b.t.exec(ctx, `DELETE FROM media WHERE message_id = $1`, m.id); err != nil {
		return err
	}
	if err := b.s.engine.reindex(ctx, b.t, m.id, ""); err != nil {
		return err
	}
	b.t.touch(app.TopicMessages, m.conversation)
	c, err := b.conversationByID(ctx, m.conversation)
	if err != nil || c == nil {
		return err
	}
	return b.recompute(ctx, c)
}

// refreshSend computes anew where a message of ours stands, from its sends and what Meta said of each. Of a message that was sent again the
// newest send counts; of the older ones only that they reached a device after all.
func (b *batch) refreshSend(ctx context.Context, m *messageRow) error {
	sends, err := b.sends(ctx, m.id)
	if err != nil || len(sends) == 0 {
		return err
	}
	was := *m
	var status app.Status
	wamid, failure := "", ""
	for k, row := range sends {
		ev, err := b.evidence(ctx, m.account, row.wamid)
		if err != nil {
			return err
		}
		if err := b.settleSend(ctx, row, ev); err != nil {
			return err
		}
		current := k == len(sends)-1
		switch {
		case current:
			status = status.Merge(row.shown()).Merge(ev.status)
			if row.wamid != "" {
				wamid = row.wamid
			}
			failure = row.failure
		case ev.status.Rank() >= app.StatusDelivered.Rank():
			status, wamid = status.Merge(ev.status), row.wamid
		}
	}
	m.status, m.wamid, m.failure = string(status), wamid, ""
	if status == app.StatusFailed || status == app.StatusUnknown || status == app.StatusQueued { // queued: why it did not go the last time
		m.failure = failure
	}
	if m.wamid != was.wamid {
		if err := b.amended(ctx, m); err != nil {
			return err
		}
		if err := b.reacted(ctx, m); err != nil {
			return err
		}
	}
	if *m == was {
		return nil
	}
	if last := sends[len(sends)-1]; last.broadcast != 0 && m.status != was.status {
		b.countBroadcast(last.broadcast, was.status, -1)
		b.countBroadcast(last.broadcast, m.status, 1)
		if reached(m.status) && !reached(was.status) {
			b.countBroadcast(last.broadcast, outcomeSpent, last.cost)
		}
	}
	return b.changedMessage(ctx, m, was.text != m.text || was.revoked != m.revoked)
}

// settleSend moves a row of the outbox to where the evidence says it is.
func (b *batch) settleSend(ctx context.Context, row *sendRow, ev evidence) error {
	state, failure := row.state, row.failure
	switch {
	case ev.status.Rank() >= app.StatusDelivered.Rank():
		state, failure = app.SendAccepted, ""
	case ev.status == app.StatusFailed:
		state, failure = app.SendFailed, ev.failure
	case ev.status.Rank() >= app.StatusAccepted.Rank():
		switch state {
		case app.SendQueued, app.SendClaimed, app.SendSending, app.SendUnknown, app.SendHeld:
			state, failure = app.SendAccepted, ""
		}
	}
	return b.moveSend(ctx, row, state, failure)
}
