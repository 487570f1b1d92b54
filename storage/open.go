package storage

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"shopbell/app"
)

// Store is everything the desk keeps. It is safe for concurrent use. Its errors that a person can mend are *app.Error of app.CodeDatabase.
type Store struct {
	engine  *engine
	opts    Options
	log     *slog.Logger
	now     func() time.Time
	ids     *app.IDs
	origin  int64 // tells our own rows of the change feed from those of other programs
	desk    *writer
	read    *reader
	closers []func() error // in the order in which they were opened
	journal *Journal
	feed    *feed
	server  *server // nil on SQLite
}

// Options say where the database is and who opens it.
type Options struct {
	Home string           // the data folder, for SQLite and its backups
	DSN  string           // postgres://…, or "" for SQLite in Home
	Desk int              // number of this desk among those on one database, 1 to 1023; 0: chance decides
	Now  func() time.Time // nil: time.Now
	Log  *slog.Logger     // nil: nothing is logged

	// BusyTimeout is how long to wait for another program that writes to the same SQLite file; 0: 10 s.
	BusyTimeout time.Duration
}

// Open opens the database, makes it if it is not there, and brings its schema up to date (an existing SQLite file is copied to the backups first).
func Open(ctx context.Context, opts Options) (*Store, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.BusyTimeout == 0 {
		opts.BusyTimeout = 10 * time.Second
	}
	if opts.Desk == 0 {
		opts.Desk = int(chance()%1023) + 1
	}
	s := &Store{opts: opts, log: opts.Log, now: opts.Now, ids: app.NewIDs(opts.Desk, opts.Now), origin: chance(), feed: newFeed(opts.Log)}
	var err error
	if opts.DSN != "" {
		err = s.openPostgres(ctx)
	} else {
		err = s.openSQLite(ctx)
	}
	if err != nil {
		_ = s.closeAll()
		return nil, wrong(err)
	}
	return s, nil
}

// Journal is where webhooks wait until they are applied.
func (s *Store) Journal() *Journal { return s.journal }

// Receive stores a webhook as it came; see Journal.Receive.
func (s *Store) Receive(ctx context.Context, raw []byte, at time.Time) error {
	return s.journal.Receive(ctx, raw, at)
}

// Close finishes what is under way and closes. What comes later is refused.
func (s *Store) Close() error {
	return wrong(s.closeAll())
}

func (s *Store) closeAll() error {
	var all error
	for i := len(s.closers) - 1; i >= 0; i-- {
		all = errors.Join(all, s.closers[i]())
	}
	s.closers = nil
	s.feed.close()
	return all
}

// onClose has something closed, before everything that was opened earlier.
func (s *Store) onClose(f func() error) { s.closers = append(s.closers, f) }

// write runs work in a transaction of the one writer and returns when it is on disk. Work may be run more than once, so it must
// set what it answers anew each time.
func (s *Store) write(ctx context.Context, work func(ctx context.Context, t *tx) error) error {
	return wrong(s.desk.do(ctx, work))
}

// startWriter sets the desk's writer going.
func (s *Store) startWriter(w *writer) {
	w.counters = `UPDATE counters SET value = value + $1 WHERE name = $2`
	w.finish = s.recordChanges
	w.after = func(c *changeSet) {
		if !c.empty() {
			s.feed.publish(c)
		}
	}
	w.start()
	s.desk = w
	s.onClose(func() error { w.close(); return nil })
}

// clock gives the database's time in unix milliseconds: on SQLite this computer's, on PostgreSQL the server's, on which all desks agree.
func (s *Store) clock(ctx context.Context, q querier) (int64, error) {
	if s.engine == sqliteEngine {
		return s.now().UnixMilli(), nil
	}
	var ms int64
	_, err := q.one(ctx, `SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)`, nil, &ms)
	return ms, err
}

// BackupDir is where copies of a SQLite database go.
func (s *Store) backupDir() string { return filepath.Join(s.opts.Home, "backups") }

// chance gives a random positive number.
func chance() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return int64(binary.LittleEndian.Uint64(b[:]) >> 2)
}

// millis gives a time as it is kept; the zero time is 0.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment gives a kept time back.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
