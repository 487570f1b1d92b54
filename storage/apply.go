package storage

import (
	"context"

	"shopbell/app"
)

// batch applies facts inside one transaction. It reads each row once, changes it in memory and writes it once at the end.
//
// Whatever Meta tells is first kept as evidence (identities and how they were linked, statuses, reactions, amendments), each with a rule for
// two reports of the same thing that does not ask which came first. What the desk shows is computed from the evidence. That is why the order
// in which facts arrive, and their repetition, make no difference.
type batch struct {
	s        *Store
	t        *tx
	accounts []*accountRow
	idents   map[identityKey]*identity
	byID     map[app.ID]*identity
	convs    map[convKey]*conv
	convByID map[app.ID]*conv
	stale    map[app.ID]struct{} // contacts whose name or identities must be shown anew
}

type accountRow struct {
	id          app.ID
	wabaID      string
	phoneID     string
	lastWebhook int64
	told        bool // by this batch
}

// ApplyFacts applies facts in one transaction, idempotently and in any order with the same outcome.
func (s *Store) ApplyFacts(ctx context.Context, facts []app.Fact) ([]error, error) {
	var errs []error
	err := s.write(ctx, func(ctx context.Context, t *tx) error {
		errs = make([]error, len(facts))
		b, err := s.newBatch(ctx, t)
		if err != nil {
			return err
		}
		for i, f := range facts {
			told, err := b.apply(ctx, f)
			if err != nil {
				return err
			}
			errs[i] = told
		}
		return b.flush(ctx)
	})
	if err != nil {
		return nil, err
	}
	return errs, nil
}

func (s *Store) newBatch(ctx context.Context, t *tx) (*batch, error) {
	b := &batch{s: s, t: t, stale: map[app.ID]struct{}{}}
	b.forget()
	rows, err := t.query(ctx, `SELECT id, waba_id, phone_number_id, last_webhook FROM accounts`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		a := &accountRow{}
		if err := rows.Scan(&a.id, &a.wabaID, &a.phoneID, &a.lastWebhook); err != nil {
			return nil, err
		}
		b.accounts = append(b.accounts, a)
	}
	return b, rows.Err()
}

// forget drops what was read, after everything was flushed and rows changed behind its back.
func (b *batch) forget() {
	b.idents, b.byID = map[identityKey]*identity{}, map[app.ID]*identity{}
	b.convs, b.convByID = map[convKey]*conv{}, map[app.ID]*conv{}
}

// apply applies one fact. The first error is for the fact alone, the second ends the transaction.
func (b *batch) apply(ctx context.Context, f app.Fact) (told, err error) {
	accounts := b.owners(f)
	if len(accounts) == 0 {
		return notFound("The account of this webhook"), nil
	}
	a := accounts[0]
	switch {
	case f.Message != nil:
		return b.message(ctx, a, f.Message)
	case f.Status != nil:
		return nil, b.status(ctx, a, f.Status)
	case f.Reaction != nil:
		return nil, b.reaction(ctx, a, f.Reaction)
	case f.Amend != nil:
		return nil, b.amend(ctx, a, f.Amend)
	case f.Person != nil:
		return nil, b.person(ctx, a.wabaID, f.Person)
	case f.Event != nil:
		return nil, b.event(ctx, accounts, f.Event)
	case f.Template != nil:
		return nil, b.template(ctx, accounts, f.Template)
	}
	return &app.Error{Code: app.CodeInvalid, Message: "The webhook says nothing that the desk knows."}, nil
}

// owners gives the accounts that a fact concerns: that of its number, or all of its WABA.
func (b *batch) owners(f app.Fact) []*accountRow {
	var out []*accountRow
	for _, a := range b.accounts {
		if f.PhoneNumberID != "" && a.phoneID == f.PhoneNumberID || f.PhoneNumberID == "" && f.WABAID != "" && a.wabaID == f.WABAID {
			a.told = true
			out = append(out, a)
		}
	}
	return out
}

// flush writes what was gathered.
func (b *batch) flush(ctx context.Context) error {
	if err := b.flushPeople(ctx); err != nil {
		return err
	}
	for _, c := range b.convByID {
		if err := b.saveConversation(ctx, c); err != nil {
			return err
		}
	}
	now := b.s.now().UnixMilli()
	for _, a := range b.accounts {
		// Not at every webhook: readers of the accounts would be woken for nothing else.
		if a.told && now-a.lastWebhook >= 5000 {
			if _, err := b.t.exec(ctx, `UPDATE accounts SET last_webhook = $1 WHERE id = $2`, now, a.id); err != nil {
				return err
			}
			a.lastWebhook = now
			b.t.touch(app.TopicAccounts, a.id)
		}
	}
	return nil
}
