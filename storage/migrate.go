package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"shopbell/app"
)

//go:embed migrations
var migrationFiles embed.FS

// migrations are the steps of one part of the schema, numbered from 1 without holes.
type migrations struct {
	part  string // "desk" or "journal"
	steps []migration
}

type migration struct {
	version  int
	name     string
	text     string
	checksum string
}

var (
	deskMigrations    = mustMigrations(migrationFiles, "desk")
	journalMigrations = mustMigrations(migrationFiles, "journal")
)

func mustMigrations(files fs.FS, part string) migrations {
	m, err := loadMigrations(files, part)
	if err != nil {
		panic(err)
	}
	return m
}

// loadMigrations reads migrations/<part>/0001_name.sql and so on.
func loadMigrations(files fs.FS, part string) (migrations, error) {
	names, err := fs.Glob(files, "migrations/"+part+"/*.sql")
	if err != nil {
		return migrations{}, err
	}
	m := migrations{part: part}
	for i, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return m, err
		}
		base := filepath.Base(name)
		digits, _, _ := strings.Cut(base, "_")
		version, err := strconv.Atoi(digits)
		if err != nil || version != i+1 {
			return m, fmt.Errorf("storage: migration %s is not number %d", base, i+1)
		}
		sum := sha256.Sum256(text)
		m.steps = append(m.steps, migration{version, base, string(text), hex.EncodeToString(sum[:])})
	}
	return m, nil
}

// newest is the version that this program knows.
func (m migrations) newest() int { return len(m.steps) }

// check compares what the database says was done with what we would have done, and gives its version.
func (m migrations) check(done map[int]string) (int, error) {
	version := len(done)
	for v, sum := range done {
		switch {
		case v > m.newest():
			return 0, &app.Error{
				Code: app.CodeDatabase, Message: "The database was made by a newer version of the program.",
				Mend:  "Install the newest version of the program.",
				Cause: fmt.Errorf("storage: %s has schema %d, this program knows %d", m.part, v, m.newest()),
			}
		case v > version || v < 1, m.steps[v-1].checksum != sum:
			return 0, &app.Error{
				Code: app.CodeDatabase, Message: "The database was not made by a released version of the program.",
				Mend:  "Restore a backup, or start with an empty data folder.",
				Cause: fmt.Errorf("storage: %s has another schema %d than this program", m.part, v),
			}
		}
	}
	return version, nil
}

// apply runs the steps after version, each one recorded. The caller holds the transaction.
func (m migrations) apply(ctx context.Context, conn *sql.Conn, e *engine, st migration, now int64) error {
	for _, q := range e.script(st.text) {
		if _, err := conn.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("storage: %s: %w", st.name, err)
		}
	}
	_, err := conn.ExecContext(ctx, `INSERT INTO schema_migrations (part, version, name, checksum, applied_at) VALUES ($1, $2, $3, $4, $5)`,
		m.part, st.version, st.name, st.checksum, now)
	return err
}

// schemaTable is where the steps are recorded.
const schemaTable = `CREATE TABLE IF NOT EXISTS schema_migrations (
  part TEXT NOT NULL, version {{INT}} NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at {{INT}} NOT NULL,
  PRIMARY KEY (part, version)) {{STRICT}}`

func (m migrations) done(ctx context.Context, conn *sql.Conn) (map[int]string, error) {
	rows, err := conn.QueryContext(ctx, `SELECT version, checksum FROM schema_migrations WHERE part = $1`, m.part)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int]string{}
	for rows.Next() {
		var v int
		var sum string
		if err := rows.Scan(&v, &sum); err != nil {
			return nil, err
		}
		out[v] = sum
	}
	return out, rows.Err()
}

// migrateSQLite brings one file up to date, each step in a transaction of its own. A file that holds something is copied first.
func (s *Store) migrateSQLite(ctx context.Context, conn *sql.Conn, path string, m migrations) error {
	var userVersion int
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&userVersion); err != nil {
		return err
	}
	if userVersion > m.newest() { // before anything is written into it
		_, err := m.check(map[int]string{userVersion: ""})
		return err
	}
	if userVersion > 0 && userVersion < m.newest() {
		if err := s.backupBefore(ctx, conn, path, userVersion); err != nil {
			return err
		}
	}
	for {
		more, err := s.stepSQLite(ctx, conn, m)
		if err != nil || !more {
			return err
		}
	}
}

// stepSQLite does the next step, if there is one. Another program may do the same at this moment: the version is read inside the transaction.
func (s *Store) stepSQLite(ctx context.Context, conn *sql.Conn, m migrations) (more bool, err error) {
	if _, err = conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return false, err
	}
	defer func() {
		if err != nil {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	if _, err = conn.ExecContext(ctx, s.engine.sql(schemaTable)); err != nil {
		return false, err
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
		for _, pragma := range []string{
			fmt.Sprintf("PRAGMA application_id = %d", applicationID), fmt.Sprintf("PRAGMA user_version = %d", version),
		} {
			if _, err = conn.ExecContext(ctx, pragma); err != nil {
				return false, err
			}
		}
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	return version < m.newest(), err
}

// backupBefore copies a file before its schema changes.
func (s *Store) backupBefore(ctx context.Context, conn *sql.Conn, path string, version int) error {
	if err := os.MkdirAll(s.backupDir(), 0o700); err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(path), ".db")
	to := filepath.Join(s.backupDir(), fmt.Sprintf("%s-v%d-%s.db", name, version, s.now().UTC().Format("20060102-150405.000")))
	s.log.Info("backup before a change of the schema", "file", to)
	_, err := conn.ExecContext(ctx, "VACUUM INTO $1", to)
	return err
}

// SchemaName changes with every change of the schema; it names caches of filled databases.
func SchemaName() string {
	sum := sha256.New()
	for _, m := range []migrations{deskMigrations, journalMigrations} {
		for _, st := range m.steps {
			sum.Write([]byte(st.checksum))
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}
