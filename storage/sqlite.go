package storage

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite" // also registers the driver

	"shopbell/app"
)

// The files of a SQLite desk, inside the data folder.
const (
	deskFile    = "desk.db"
	journalFile = "journal.db"
)

// applicationID marks our files ("SHPB"), so that a foreign database is never migrated.
const applicationID = 0x53485042

// readers is how many read-only connections there are.
const readers = 4

func (s *Store) openSQLite(ctx context.Context) error {
	s.engine = sqliteEngine
	sqlite.StrictPragmas(true)
	if err := os.MkdirAll(s.opts.Home, 0o700); err != nil {
		return &app.Error{
			Code: app.CodeDatabase, Cause: err, Message: "The data folder can't be made.",
			Mend: "Give yourself the right to write there, or choose another folder.",
		}
	}
	deskDB, err := s.openFile(ctx, deskFile, deskMigrations)
	if err != nil {
		return err
	}
	journalDB, err := s.openFile(ctx, journalFile, journalMigrations)
	if err != nil {
		return err
	}
	read, err := s.openReaders(ctx, deskFile, readers)
	if err != nil {
		return err
	}
	s.read = newReader(read, sqliteEngine)
	s.onClose(s.read.close)
	s.startWriter(newWriter(deskDB, sqliteEngine, "BEGIN IMMEDIATE", s.log))

	readJournal, err := s.openReaders(ctx, journalFile, 2)
	if err != nil {
		return err
	}
	s.openJournal(newWriter(journalDB, sqliteEngine, "BEGIN IMMEDIATE", s.log), newReader(readJournal, sqliteEngine))
	return s.watchSQLite(ctx)
}

// openFile opens the writer's connection to one file and migrates it.
func (s *Store) openFile(ctx context.Context, name string, steps migrations) (*sql.DB, error) {
	path := filepath.Join(s.opts.Home, name)
	db, err := sql.Open("sqlite", s.dsn(path, ""))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	s.onClose(func() error {
		if _, err := db.ExecContext(context.WithoutCancel(ctx), "PRAGMA optimize"); err != nil {
			s.log.Debug("optimize", "file", name, "error", err)
		}
		return db.Close()
	})
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if err := assertPragmas(ctx, conn, path); err != nil {
		return nil, err
	}
	return db, s.migrateSQLite(ctx, conn, path, steps)
}

func (s *Store) openReaders(ctx context.Context, name string, n int) (*sql.DB, error) {
	db, err := sql.Open("sqlite", s.dsn(filepath.Join(s.opts.Home, name), "&_pragma=query_only(1)"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, db.PingContext(ctx)
}

// dsn is how every connection is opened. FULL is what makes an acknowledged write survive a power cut; fullfsync makes it so on macOS.
func (s *Store) dsn(path, more string) string {
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() +
		"?_txlock=immediate&_defensive=1" +
		fmt.Sprintf("&_pragma=busy_timeout(%d)", s.opts.BusyTimeout.Milliseconds()) +
		"&_pragma=journal_mode(WAL)&_pragma=synchronous(" + synchronous + ")" +
		"&_pragma=fullfsync(1)&_pragma=checkpoint_fullfsync(1)&_pragma=foreign_keys(1)&_pragma=cell_size_check(1)" +
		"&_pragma=trusted_schema(0)&_pragma=cache_size(-16384)&_pragma=temp_store(2)&_pragma=journal_size_limit(67108864)" + more
}

// synchronous is a variable only so that the proof of durability can show what happens with less.
var synchronous = "FULL"

// assertPragmas sees that the file is what durability needs. A file system where WAL does not work (most network ones) is refused.
func assertPragmas(ctx context.Context, conn *sql.Conn, path string) error {
	var mode string
	var sync, keys, id, tables int
	for q, dest := range map[string]any{
		"PRAGMA journal_mode": &mode, "PRAGMA synchronous": &sync, "PRAGMA foreign_keys": &keys,
		"PRAGMA application_id": &id, "SELECT count(*) FROM sqlite_schema": &tables,
	} {
		if err := conn.QueryRowContext(ctx, q).Scan(dest); err != nil {
			return err
		}
	}
	if mode != "wal" || keys != 1 || sync != 2 && synchronous == "FULL" {
		return &app.Error{
			Code: app.CodeDatabase, Message: "The file system of the data folder is not fit for a database.",
			Mend:  "Use a folder on a disk of this computer, not one on the network.",
			Cause: fmt.Errorf("storage: journal_mode %s, synchronous %d, foreign_keys %d", mode, sync, keys),
		}
	}
	if id != applicationID && tables > 0 {
		return &app.Error{
			Code: app.CodeDatabase, Message: "The file " + filepath.Base(path) + " belongs to another program.",
			Mend: "Choose another data folder.",
		}
	}
	return nil
}

// watchSQLite notices what other programs on the same file change: PRAGMA data_version differs after another connection committed.
func (s *Store) watchSQLite(ctx context.Context) error {
	db, err := s.openReaders(ctx, deskFile, 1)
	if err != nil {
		return err
	}
	s.onClose(db.Close)
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	s.onClose(conn.Close)
	var version, last int64
	if err := conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return err
	}
	if err := conn.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM changes").Scan(&last); err != nil {
		return err
	}
	poll := func(ctx context.Context) error {
		var v int64
		if err := conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v); err != nil || v == version {
			return err
		}
		version = v
		rows, err := conn.QueryContext(ctx, "SELECT seq, origin, body FROM changes WHERE seq > $1 ORDER BY seq", last)
		if err != nil {
			return err
		}
		next, err := s.foreign(rows, last)
		last = next
		return err
	}
	s.background(func(ctx context.Context) {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if err := poll(ctx); err != nil && ctx.Err() == nil {
					s.log.Warn("change feed", "error", err)
				}
			}
		}
	})
	return nil
}

// copyTo writes a copy of the desk's file, or of the journal's, as it is at one moment.
func (s *Store) copyTo(ctx context.Context, journal bool, to string) error {
	name := deskFile
	if journal {
		name = journalFile
	}
	db, err := sql.Open("sqlite", s.dsn(filepath.Join(s.opts.Home, name), ""))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "VACUUM INTO $1", to)
	return err
}
