package storage

import (
	"context"
	"database/sql"
	"log/slog"
	"slices"
	"sync"
	"time"

	"shopbell/app"
)

// feedMerge is how long changes gather before a reader gets them.
const feedMerge = 50 * time.Millisecond

// feed hands changes to readers. It never makes a writer wait: what a reader has not taken yet is merged, or called missed.
type feed struct {
	log    *slog.Logger
	mu     sync.Mutex
	subs   map[*subscriber]struct{}
	closed bool
	wait   sync.WaitGroup
}

type subscriber struct {
	topics []app.Topic
	out    chan app.Changes
	wake   chan struct{}
	quit   chan struct{}
	once   sync.Once
	mu     sync.Mutex
	set    *changeSet
}

func newFeed(log *slog.Logger) *feed { return &feed{log: log, subs: map[*subscriber]struct{}{}} }

// Subscribe gives the changes of the topics (none: all), merged within 50 ms. The channel closes after cancel and when the store closes.
func (s *Store) Subscribe(topics ...app.Topic) (<-chan app.Changes, func()) {
	return s.feed.subscribe(topics...)
}

func (f *feed) subscribe(topics ...app.Topic) (<-chan app.Changes, func()) {
	sub := &subscriber{
		topics: slices.Clone(topics), out: make(chan app.Changes), wake: make(chan struct{}, 1), quit: make(chan struct{}),
		set: newChangeSet(),
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		close(sub.out)
		return sub.out, func() {}
	}
	f.subs[sub] = struct{}{}
	f.wait.Go(sub.run)
	return sub.out, func() {
		f.mu.Lock()
		delete(f.subs, sub)
		f.mu.Unlock()
		sub.stop()
	}
}

// publish notes changes for every reader that asked for them.
func (f *feed) publish(c *changeSet) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for sub := range f.subs {
		sub.add(c)
	}
}

func (f *feed) close() {
	f.mu.Lock()
	f.closed = true
	for sub := range f.subs {
		sub.stop()
	}
	f.subs = map[*subscriber]struct{}{}
	f.mu.Unlock()
	f.wait.Wait()
}

func (s *subscriber) add(c *changeSet) {
	s.mu.Lock()
	s.set.merge(c, s.topics)
	some := !s.set.empty()
	s.mu.Unlock()
	if some {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
}

func (s *subscriber) stop() { s.once.Do(func() { close(s.quit) }) }

// run delivers. The first change goes out at once; those that follow within 50 ms go out together.
func (s *subscriber) run() {
	defer close(s.out)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-s.wake:
		case <-s.quit:
			return
		}
		select { // not sooner than 50 ms after the last delivery
		case <-timer.C:
		case <-s.quit:
			return
		}
		s.mu.Lock()
		set := s.set
		s.set = newChangeSet()
		s.mu.Unlock()
		if !set.empty() && !s.deliver(set) {
			return
		}
		timer.Reset(feedMerge)
	}
}

// deliver waits for the reader, and goes on merging while it waits.
func (s *subscriber) deliver(set *changeSet) bool {
	for {
		select {
		case s.out <- set.changes():
			return true
		case <-s.quit:
			return false
		case <-s.wake:
			s.mu.Lock()
			set.merge(s.set, nil)
			s.set = newChangeSet()
			s.mu.Unlock()
		}
	}
}

// keepChanges is how many rows of the feed are kept for the other programs on the database.
const keepChanges = 10_000

// recordChanges writes what a transaction changed, for the other programs on the database, as its last statement.
func (s *Store) recordChanges(ctx context.Context, t *tx) error {
	if t.changed.empty() {
		return nil
	}
	var seq int64
	if _, err := t.one(ctx, `INSERT INTO changes (origin, body) VALUES ($1, $2) RETURNING seq`, []any{s.origin, t.changed.pack()}, &seq); err != nil {
		return err
	}
	if seq%1000 == 0 {
		if _, err := t.exec(ctx, `DELETE FROM changes WHERE seq <= $1`, seq-keepChanges); err != nil {
			return err
		}
	}
	if s.server != nil { // one notification a commit, whatever it holds: it only wakes
		_, err := t.exec(ctx, `SELECT pg_notify($1, '')`, notifyChannel)
		return err
	}
	return nil
}

// foreign publishes rows (seq, origin, body) that other programs wrote and gives the newest seq. A hole right after last means that rows were
// trimmed before we saw them.
func (s *Store) foreign(rows *sql.Rows, last int64) (int64, error) {
	defer rows.Close()
	set := newChangeSet()
	next := last
	for rows.Next() {
		var seq, origin int64
		var body string
		if err := rows.Scan(&seq, &origin, &body); err != nil {
			return next, err
		}
		if next == last && seq > last+1 {
			set.missed = true
		}
		next = max(next, seq)
		if origin != s.origin {
			set.unpack(body)
		}
	}
	if !set.empty() {
		s.feed.publish(set)
	}
	return next, rows.Err()
}

// background runs f until the store closes, and Close waits for it.
func (s *Store) background(f func(ctx context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	wait.Go(func() { f(ctx) })
	s.onClose(func() error {
		cancel()
		wait.Wait()
		return nil
	})
}
