package storage

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"shopbell/app"
)

// Fill puts made-up conversations and messages into an empty store, as a shop would have after some years: a few customers write most, words
// are as frequent as words are. It writes rows directly, much faster than facts are applied, and always the same ones. For benchmarks.
func (s *Store) Fill(ctx context.Context, conversations, messages int) error {
	account, err := s.SaveAccount(ctx, app.Account{Name: "Filled", WABAID: "waba-fill", PhoneNumberID: "phone-fill"})
	if err != nil {
		return err
	}
	f := &filler{
		s: s, account: account.ID, rng: rand.New(rand.NewPCG(1, 2)), convs: make([]*conv, conversations),
		start: time.Date(2025, 2, 1, 8, 0, 0, 0, time.UTC).UnixMilli(), words: fillWords(20_000),
	}
	f.zipf = rand.NewZipf(f.rng, 1.1, float64(max(conversations/200, 4)), uint64(conversations-1))
	f.word = rand.NewZipf(f.rng, 1.15, 4, uint64(len(f.words)-1))
	if err := f.cache(ctx, 256<<10); err != nil {
		return err
	}
	defer func() { _ = f.cache(context.WithoutCancel(ctx), 16<<10) }()
	const group = 20_000
	for from := 0; from < conversations; from += group {
		if err := s.write(ctx, func(ctx context.Context, t *tx) error { return f.people(ctx, t, from, min(from+group, conversations)) }); err != nil {
			return err
		}
	}
	for from := 0; from < messages; from += group {
		if err := s.write(ctx, func(ctx context.Context, t *tx) error { return f.talk(ctx, t, from, min(from+group, messages)) }); err != nil {
			return err
		}
	}
	for from := 0; from < conversations; from += group {
		if err := s.write(ctx, func(ctx context.Context, t *tx) error { return f.rows(ctx, t, from, min(from+group, conversations)) }); err != nil {
			return err
		}
	}
	return nil
}

// cache gives the writer's connection so many KiB of cache.
func (f *filler) cache(ctx context.Context, kib int) error {
	if f.s.engine != sqliteEngine {
		return nil
	}
	return f.s.write(ctx, func(ctx context.Context, t *tx) error {
		_, err := t.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA cache_size = -%d", kib))
		return err
	})
}

type filler struct {
	s       *Store
	account app.ID
	rng     *rand.Rand
	zipf    *rand.Zipf
	word    *rand.Zipf
	words   []string
	convs   []*conv
	start   int64
}

// fillWords makes words that can be told apart by their beginnings.
func fillWords(n int) []string {
	syllables := []string{"ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qi", "ro", "su", "ta", "ve", "wi", "xo", "zu"}
	out := make([]string, n)
	for i := range out {
		w := ""
		for v := i + 21; v > 0; v /= len(syllables) {
			w += syllables[v%len(syllables)]
		}
		out[i] = w
	}
	return out
}

func (f *filler) people(ctx context.Context, t *tx, from, to int) error {
	for i := from; i < to; i++ {
		contact, c := app.Contact{ID: app.ID(1 + i)}, &conv{id: app.ID(1_000_000_000 + i), account: f.account, contact: app.ID(1 + i)}
		contact.Name = fmt.Sprintf("%s %s", strings.ToUpper(f.words[i%len(f.words)][:1])+f.words[i%len(f.words)][1:], f.words[(i*7+3)%len(f.words)])
		contact.Identities = []app.Identity{app.NewIdentity(app.IdentityPhone, "", fmt.Sprintf("346%08d", i), time.Time{})}
		f.convs[i] = c
		p := contact.Identities[0]
		if _, err := t.exec(ctx, `INSERT INTO contacts (id, profile_name, opt_out, created_at) VALUES ($1,$2,$3,$4)`, contact.ID, contact.Name, false, f.start); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO contact_identities (`+identityColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
			contact.ID, contact.ID, string(p.Kind), p.Scope, p.Key, p.Value, f.start, contact.Name, f.start, 0, 0); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `INSERT INTO conversations (id, account_id, contact_id, person, closed) VALUES ($1,$2,$3,$4,$5)`,
			c.id, c.account, c.contact, packPerson(contact), false); err != nil {
			return err
		}
		for _, term := range contactTerms(contact) {
			if _, err := t.exec(ctx, `INSERT INTO contact_terms (term, contact_id) VALUES ($1,$2)`, term, contact.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *filler) talk(ctx context.Context, t *tx, from, to int) error {
	b := &batch{s: f.s, t: t, stale: map[app.ID]struct{}{}}
	b.forget()
	var text strings.Builder
	for i := from; i < to; i++ {
		c := f.convs[f.zipf.Uint64()]
		text.Reset()
		for k := range 4 + f.rng.IntN(14) {
			if k > 0 {
				text.WriteByte(' ')
			}
			text.WriteString(f.words[f.word.Uint64()])
		}
		at := f.start + int64(i)*20_000
		m := &messageRow{
			conversation: c.id, id: (at-f.start+1)<<22 | 1, account: c.account, contact: c.contact, identity: c.contact, at: at,
			wamid:     fmt.Sprintf("wamid.HBgL346%08dFQIAERgS%016X", c.contact, f.rng.Uint64()),
			direction: string(app.In), kind: "text", text: text.String(), status: string(app.StatusReceived),
		}
		if i%3 == 0 {
			m.direction, m.status = string(app.Out), string(app.StatusRead)
		}
		m.raw = fmt.Sprintf(`{"from":"346%08d","id":"%s","timestamp":"%d","type":"text","text":{"body":"%s"}}`, c.contact, m.wamid, at/1000, m.text)
		if _, err := b.insertMessage(ctx, m); err != nil {
			return err
		}
		c.readAt = at - 60_000
		b.noteMessage(c, m)
	}
	t.changed = newChangeSet()
	return nil
}

func (f *filler) rows(ctx context.Context, t *tx, from, to int) error {
	b := &batch{s: f.s, t: t}
	b.forget()
	for i := from; i < to; i++ {
		c := f.convs[i]
		if i%50 != 0 {
			c.unread = 0
		}
		c.wasUnread, c.dirty = 0, true
		if err := b.saveConversation(ctx, c); err != nil {
			return err
		}
	}
	t.changed = newChangeSet()
	t.touch(app.TopicConversations)
	return nil
}
