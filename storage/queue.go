package storage

import (
	"context"
	"slices"

	"shopbell/app"
)

// Queue writes the message row and the outbox row in one transaction and gives the message. A wish with the same ClientKey is the same message.
func (s *Store) Queue(ctx context.Context, out app.Outgoing) (app.Message, error) {
	var done app.Message
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		b, err := s.newBatch(ctx, t)
		if err != nil {
			return err
		}
		if out.ClientKey != "" {
			rows, err := t.query(ctx, `SELECT message_id FROM outbox WHERE client_key = $1`, clean(out.ClientKey))
			ids, err := scanAll(rows, err, scanID)
			if err != nil {
				return err
			}
			if len(ids) > 0 {
				m, err := b.messageByID(ctx, ids[0])
				if err == nil && m != nil {
					done = m.public()
				}
				return err
			}
		}
		m, err := b.queue(ctx, out)
		if err != nil {
			return err
		}
		done = m.public()
		return b.flush(ctx)
	})
	return done, err
}

func (b *batch) queue(ctx context.Context, out app.Outgoing) (*messageRow, error) {
	c, who, to, recipient, err := b.addressee(ctx, out)
	if err != nil {
		return nil, err
	}
	phoneID := ""
	for _, a := range b.accounts {
		if a.id == c.account {
			phoneID = a.phoneID
		}
	}
	now, err := b.s.clock(ctx, b.t)
	if err != nil {
		return nil, err
	}
	due := millis(out.Due)
	if due == 0 {
		due = now
	}
	m := &messageRow{
		conversation: c.id, id: b.s.ids.Next(), account: c.account, contact: c.contact, identity: who, at: now, direction: string(app.Out),
		kind: clean(out.Type), text: clean(out.Text), status: string(app.StatusQueued), contextID: clean(out.ContextID), staff: out.StaffID, ours: true,
		rev: 1, raw: clean(out.Raw),
	}
	if _, err := b.insertMessage(ctx, m); err != nil {
		return nil, err
	}
	b.noteMessage(c, m)
	return m, b.insertSend(ctx, &sendRow{
		id: b.s.ids.Next(), account: c.account, conversation: c.id, message: m.id, phoneID: phoneID, to: to, recipient: recipient,
		payload: clean(out.Payload), text: oneLine(m.text, 200), state: app.SendQueued, due: due, created: now, updated: now,
		files: packFiles(out.Files), template: out.TemplateID, category: clean(out.Category), staff: out.StaffID, broadcast: out.BroadcastID, cost: out.Cost,
		record: app.RecordRef{Type: clean(out.Record.Type), ID: clean(out.Record.ID), Title: clean(out.Record.Title)},
	}, clean(out.ClientKey))
}

// addressee finds the conversation that something is to go to, and how its contact is reached: by phone if Meta told it, else by user id.
func (b *batch) addressee(ctx context.Context, out app.Outgoing) (c *conv, who app.ID, to, recipient string, err error) {
	if out.ConversationID == 0 && out.To == "" && out.ContactID != 0 {
		if out.ConversationID, err = b.conversationWith(ctx, out.AccountID, out.ContactID); err != nil {
			return nil, 0, "", "", err
		}
	}
	if out.ConversationID == 0 {
		key := app.PhoneKey(out.To)
		var account *accountRow
		for _, a := range b.accounts {
			if a.id == out.AccountID {
				account = a
			}
		}
		switch {
		case account == nil:
			return nil, 0, "", "", notFound("This account")
		case key == "":
			return nil, 0, "", "", &app.Error{Code: app.CodeInvalid, Message: "There is no number to send to.", Mend: "Write it with the country code, for example +34 612 345 678."}
		}
		// The time is not of Meta's telling: 0 leaves everything that Meta said in its place.
		i, err := b.identity(ctx, identityKey{app.IdentityPhone, "", key}, app.Digits(out.To), 0)
		if err != nil {
			return nil, 0, "", "", err
		}
		if err := b.settle(ctx, i); err != nil {
			return nil, 0, "", "", err
		}
		c, err = b.conversation(ctx, account.id, i.contact)
		return c, i.id, app.Digits(out.To), "", err
	}
	c, err = b.conversationByID(ctx, out.ConversationID)
	switch {
	case err != nil:
		return nil, 0, "", "", err
	case c == nil:
		return nil, 0, "", "", notFound("This conversation")
	}
	rows, err := b.t.query(ctx, `SELECT `+identityColumns+` FROM contact_identities WHERE contact_id = $1 ORDER BY seen_at DESC, key`, c.contact)
	list, err := scanAll(rows, err, scanIdentity)
	if err != nil {
		return nil, 0, "", "", err
	}
	scope := ""
	for _, a := range b.accounts {
		if a.id == c.account {
			scope = a.wabaID
		}
	}
	for _, i := range list {
		switch {
		case i.kind == app.IdentityPhone && to == "":
			to, who = i.value, i.id
		case i.kind == app.IdentityUser && i.scope == scope && recipient == "":
			recipient = i.value
			if who == 0 {
				who = i.id
			}
		}
	}
	if to == "" && recipient == "" {
		for _, i := range list {
			if i.kind == app.IdentityGroup {
				return c, i.id, i.value, "", nil
			}
		}
		return nil, 0, "", "", &app.Error{Code: app.CodeInvalid, Message: "Meta has told neither a number nor a user id of this contact.", Mend: "Wait until the customer writes."}
	}
	if to != "" {
		recipient = ""
	}
	return c, who, to, recipient, nil
}

// conversationWith gives the conversation of an account with a contact; it is made when there is none.
func (b *batch) conversationWith(ctx context.Context, account, contact app.ID) (app.ID, error) {
	if !slices.ContainsFunc(b.accounts, func(a *accountRow) bool { return a.id == account }) {
		return 0, notFound("This account")
	}
	var some int
	ok, err := b.t.one(ctx, `SELECT 1 FROM contacts WHERE id = $1`, []any{contact}, &some)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, notFound("This contact")
	}
	c, err := b.conversation(ctx, account, contact)
	if err != nil {
		return 0, err
	}
	return c.id, nil
}

// AddNote writes a note for the team.
func (s *Store) AddNote(ctx context.Context, conversation, staff app.ID, text string) (app.Message, error) {
	var done app.Message
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		b, err := s.newBatch(ctx, t)
		if err != nil {
			return err
		}
		c, err := b.conversationByID(ctx, conversation)
		if err != nil {
			return err
		}
		if c == nil {
			return notFound("This conversation")
		}
		now, err := s.clock(ctx, t)
		if err != nil {
			return err
		}
		m := &messageRow{
			conversation: c.id, id: s.ids.Next(), account: c.account, contact: c.contact, at: now, direction: string(app.Note), kind: "text",
			text: clean(text), status: string(app.StatusNoted), staff: staff, ours: true, rev: 1,
		}
		if _, err := b.insertMessage(ctx, m); err != nil {
			return err
		}
		b.noteMessage(c, m)
		done = m.public()
		return b.flush(ctx)
	})
	return done, err
}
