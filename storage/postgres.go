package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// server is what a store on PostgreSQL keeps of its server.
type server struct {
	config *pgx.ConnConfig
	pool   *sql.DB // connections that write
}

// notifyChannel wakes the desks on one database.
const notifyChannel = "shopbell_changes"

// The keys of our advisory locks.
const (
	lockWriter  = 0x53485042_01 // one transaction that changes the desk at a time, as on SQLite
	lockMigrate = 0x53485042_02
)

func (s *Store) openPostgres(ctx context.Context) error {
	s.engine = postgresEngine
	config, err := pgx.ParseConfig(s.opts.DSN)
	if err != nil {
		return err
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	config.RuntimeParams["application_name"] = "shopbell"
	config.RuntimeParams["client_encoding"] = "UTF8"
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(6)
	pool.SetMaxIdleConns(4)
	s.onClose(pool.Close)
	s.server = &server{config: config, pool: pool}
	if err := s.migratePostgres(ctx, pool); err != nil {
		return err
	}

	readConfig := config.Copy()
	readConfig.RuntimeParams["default_transaction_read_only"] = "on"
	read := stdlib.OpenDB(*readConfig)
	read.SetMaxOpenConns(readers + 2)
	read.SetMaxIdleConns(readers)
	s.read = newReader(read, postgresEngine)
	s.onClose(s.read.close)

	w := newWriter(pool, postgresEngine, "BEGIN", s.log)
	w.lock = fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", int64(lockWriter))
	s.startWriter(w)
	s.openJournal(newWriter(pool, postgresEngine, "BEGIN", s.log), newReader(read, postgresEngine))
	return s.watchPostgres(ctx)
}

// migratePostgres brings the schema up to date, each step in a transaction of its own, one desk at a time.
func (s *Store) migratePostgres(ctx context.Context, pool *sql.DB) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	for _, m := range []migrations{deskMigrations, journalMigrations} {
		for {
			more, err := s.stepPostgres(ctx, conn, m)
			if err != nil {
				return err
			}
			if !more {
				break
			}
		}
	}
	return nil
}

func (s *Store) stepPostgres(ctx context.Context, conn *sql.Conn, m migrations) (more bool, err error) {
	if _, err = conn.ExecContext(ctx, "BEGIN"); err != nil {
		return false, err
	}
	defer func() {
		if err != nil {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	if _, err = conn.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", int64(lockMigrate))); err != nil {
		return false, err
	}
	// Asked first, because CREATE TABLE IF NOT EXISTS needs the right to create even when there is nothing to create.
	var there bool
	if err = conn.QueryRowContext(ctx, "SELECT to_regclass('schema_migrations') IS NOT NULL").Scan(&there); err != nil {
		return false, err
	}
	if !there {
		if _, err = conn.ExecContext(ctx, s.engine.sql(schemaTable)); err != nil {
			return false, err
		}
	}
	done, err := m.done(ctx, conn)
	if err != nil {
		return false, err
	}
	version, err := m.check(done)
	if err != nil {
		return false, err
	}
	if version < m.newest() {
		if err = m.apply(ctx, conn, s.engine, m.steps[version], s.now().UnixMilli()); err != nil {
			return false, err
		}
		version++
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	return version < m.newest(), err
}

// watchPostgres notices what other desks change. A notification only wakes; asking each second is the truth.
func (s *Store) watchPostgres(ctx context.Context) error {
	var xid, seq int64
	// Whatever is under way now will have a transaction id at or above this one.
	if _, err := s.read.one(ctx, `SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)`, nil, &xid); err != nil {
		return err
	}
	// A sequence is not in the order of commits: a row may appear below one that was already read. Rows of transactions below the oldest one
	// that still runs can't do that, so only those are read, in the order (transaction, seq).
	seen := time.Now().Round(0) // without the monotonic clock, which stands still while a laptop sleeps
	poll := func(ctx context.Context) error {
		rows, err := s.read.query(ctx, `
			SELECT CAST(CAST(txid AS TEXT) AS BIGINT), seq, origin, body FROM changes
			WHERE (txid, seq) > (CAST(CAST($1 AS TEXT) AS xid8), $2) AND txid < pg_snapshot_xmin(pg_current_snapshot())
			ORDER BY txid, seq LIMIT 20000`, fmt.Sprint(xid), seq)
		if err != nil {
			return err
		}
		defer rows.Close()
		set := newChangeSet()
		if now := time.Now().Round(0); now.Sub(seen) > 10*time.Second {
			set.missed = true // rows may have been trimmed meanwhile
		}
		for rows.Next() {
			var origin int64
			var body string
			if err := rows.Scan(&xid, &seq, &origin, &body); err != nil {
				return err
			}
			if origin != s.origin {
				set.unpack(body)
			}
		}
		if !set.empty() {
			s.feed.publish(set)
		}
		if rows.Err() == nil {
			seen = time.Now().Round(0)
		}
		return rows.Err()
	}
	s.background(func(ctx context.Context) {
		var listen *pgx.Conn
		defer func() {
			if listen != nil {
				_ = listen.Close(context.WithoutCancel(ctx))
			}
		}()
		for ctx.Err() == nil {
			if listen == nil {
				listen = s.listen(ctx)
			}
			if err := s.waitNotified(ctx, listen); err != nil {
				if listen != nil {
					_ = listen.Close(context.WithoutCancel(ctx))
					listen = nil
				}
			}
			if err := poll(ctx); err != nil && ctx.Err() == nil {
				s.log.Warn("change feed", "error", err)
			}
		}
	})
	return nil
}

// listen opens the connection that is woken; nil when it can't be had now.
func (s *Store) listen(ctx context.Context) *pgx.Conn {
	conn, err := pgx.ConnectConfig(ctx, s.server.config.Copy())
	if err == nil {
		_, err = conn.Exec(ctx, "LISTEN "+notifyChannel)
	}
	if err != nil {
		if conn != nil {
			_ = conn.Close(ctx)
		}
		s.log.Warn("change feed does not listen", "error", err)
		return nil
	}
	return conn
}

// waitNotified returns when another desk committed, and after a second in any case.
func (s *Store) waitNotified(ctx context.Context, listen *pgx.Conn) error {
	wait, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if listen == nil {
		<-wait.Done()
		return nil
	}
	_, err := listen.WaitForNotification(wait)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil
	}
	return err
}
