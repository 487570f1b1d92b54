package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"time"

	"shopbell/app"
)

// Journal is where webhooks wait, as they came, until they are applied. On SQLite it is a file of its own, so that an acknowledgement never
// waits for the tables.
type Journal struct {
	store    *Store
	w        *writer
	read     *reader
	arrivals chan struct{}
}

func (s *Store) openJournal(w *writer, r *reader) {
	j := &Journal{store: s, w: w, read: r, arrivals: make(chan struct{}, 1)}
	w.counters = `UPDATE journal_counts SET n = n + $1 WHERE state = $2`
	w.after = func(c *changeSet) {
		if !c.empty() {
			s.feed.publish(c)
		}
	}
	if s.engine == sqliteEngine { // on PostgreSQL the reader is the desk's
		s.onClose(r.close)
	}
	w.start()
	s.onClose(func() error { w.close(); return nil })
	s.journal = j
}

// Receive stores a webhook and returns when it is on disk. The same body again is the same webhook: nothing is added and there is no error.
func (j *Journal) Receive(ctx context.Context, raw []byte, at time.Time) error {
	key := bodyKey(raw)
	added := false
	if raw == nil {
		raw = []byte{}
	}
	err := j.w.once(ctx, func(ctx context.Context, t *tx) error {
		n, err := t.exec(ctx, `INSERT INTO journal (id, received_at, state, digest, body) VALUES ($1, $2, 'pending', $3, $4) ON CONFLICT (digest) DO NOTHING`,
			j.store.ids.Next(), millis(at), key[:], raw)
		added = n > 0
		if added {
			t.touch(app.TopicJournal)
		}
		return err
	})
	if added && err == nil {
		j.arrived()
	}
	return wrong(err)
}

// bodyKey is what makes two bodies the same webhook: their SHA-256, of which the first four bytes give way to the time that the body tells. Bodies
// that arrive together then lie together in the index, however many there are; 28 bytes of a hash tell all bodies apart.
func bodyKey(raw []byte) [sha256.Size]byte {
	key := sha256.Sum256(raw)
	binary.BigEndian.PutUint32(key[:4], toldTime(raw))
	return key
}

// toldTime is the first time in the head of a body, in unix seconds; 0 when there is none.
func toldTime(raw []byte) uint32 {
	_, rest, _ := bytes.Cut(raw[:min(len(raw), 8<<10)], []byte(`"timestamp"`))
	n := uint32(0)
	for _, c := range bytes.TrimLeft(rest, `: "`) {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + uint32(c-'0')
	}
	return n
}

func (j *Journal) arrived() {
	select {
	case j.arrivals <- struct{}{}:
	default:
	}
}

// Arrivals gets a value, never blocking and perhaps merged, after entries were added by this program.
func (j *Journal) Arrivals() <-chan struct{} { return j.arrivals }

// Pending gives up to limit entries that wait, oldest first.
func (j *Journal) Pending(ctx context.Context, limit int) ([]app.JournalEntry, error) {
	rows, err := j.read.query(ctx, `SELECT id, received_at, state, error, body FROM journal WHERE state = 'pending' AND state <> 'applied' ORDER BY id LIMIT $1`, limit)
	out, err := scanAll(rows, err, scanEntry)
	return out, wrong(err)
}

// Mark records what became of entries.
func (j *Journal) Mark(ctx context.Context, marks []app.JournalMark) error {
	if len(marks) == 0 {
		return nil
	}
	return wrong(j.w.do(ctx, func(ctx context.Context, t *tx) error {
		for _, m := range marks {
			var was string
			ok, err := t.one(ctx, `SELECT state FROM journal WHERE id = $1`, []any{m.ID}, &was)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if _, err := t.exec(ctx, `UPDATE journal SET state = $1, error = $2 WHERE id = $3`, string(m.State), clean(m.Error), m.ID); err != nil {
				return err
			}
			if was != string(m.State) {
				j.count(t, app.JournalState(was), -1)
				j.count(t, m.State, 1)
			}
		}
		t.touch(app.TopicJournal)
		return nil
	}))
}

// count moves the counter of a state. Those that wait have none.
func (j *Journal) count(t *tx, state app.JournalState, by int64) {
	if state != app.JournalPending {
		t.count(string(state), by)
	}
}

// Replay makes entries in the given states pending again and tells how many.
func (j *Journal) Replay(ctx context.Context, states ...app.JournalState) (int, error) {
	n := int64(0)
	err := j.w.do(ctx, func(ctx context.Context, t *tx) error {
		n = 0
		for _, state := range states {
			if state == app.JournalPending {
				continue
			}
			k, err := t.exec(ctx, `UPDATE journal SET state = 'pending', error = '' WHERE state = $1`, string(state))
			if err != nil {
				return err
			}
			n += k
			j.count(t, state, -k)
		}
		if n > 0 {
			t.touch(app.TopicJournal)
		}
		return nil
	})
	if err == nil && n > 0 {
		j.arrived()
	}
	return int(n), wrong(err)
}

// ReplayIgnored makes ignored webhooks pending again: a new account may own some.
func (s *Store) ReplayIgnored(ctx context.Context) (int, error) {
	return s.journal.Replay(ctx, app.JournalIgnored)
}

// JournalCounts tells how many entries are in each state. Those that wait are few and are counted; the others have counters, which whoever changes
// a state keeps. One query reads both, so that they belong to one moment.
func (s *Store) JournalCounts(ctx context.Context) (map[app.JournalState]int, error) {
	out := map[app.JournalState]int{app.JournalPending: 0, app.JournalApplied: 0, app.JournalFailed: 0, app.JournalIgnored: 0}
	rows, err := s.journal.read.query(ctx, `SELECT state, n FROM journal_counts
		UNION ALL SELECT 'pending', count(*) FROM journal WHERE state = 'pending' AND state <> 'applied'`)
	if err != nil {
		return nil, wrong(err)
	}
	defer rows.Close()
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, wrong(err)
		}
		out[app.JournalState(state)] = n
	}
	return out, wrong(rows.Err())
}

// EachJournal gives every entry, oldest first, until fn fails.
func (s *Store) EachJournal(ctx context.Context, fn func(app.JournalEntry) error) error {
	last := app.ID(0)
	for {
		rows, err := s.journal.read.query(ctx, `SELECT id, received_at, state, error, body FROM journal WHERE id > $1 ORDER BY id LIMIT 500`, last)
		page, err := scanAll(rows, err, scanEntry)
		if err != nil {
			return wrong(err)
		}
		for _, e := range page {
			if err := fn(e); err != nil {
				return err
			}
			last = e.ID
		}
		if len(page) < 500 {
			return nil
		}
	}
}

func scanEntry(rows *sql.Rows) (app.JournalEntry, error) {
	var e app.JournalEntry
	var at int64
	var state string
	err := rows.Scan(&e.ID, &at, &state, &e.Error, &e.Body)
	e.ReceivedAt, e.State = moment(at), app.JournalState(state)
	return e, err
}
