package storage

import (
	"context"
	"errors"
	"fmt"

	"shopbell/app"
)

// Health tells whether the database and the journal work, quickly: it reads and writes nothing large.
func (s *Store) Health(ctx context.Context) []app.Check {
	return []app.Check{
		check("database", "Database", s.probe(ctx), s.describe(ctx)),
		s.journalCheck(ctx),
	}
}

// probe reads a row, and writes one that changes nothing.
func (s *Store) probe(ctx context.Context) error {
	if _, err := s.Counts(ctx); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, t *tx) error {
		_, err := t.exec(ctx, `UPDATE counters SET value = value WHERE name = 'unread'`)
		return err
	})
}

func (s *Store) describe(ctx context.Context) string {
	if s.server == nil {
		return "SQLite in the data folder, reads and writes."
	}
	var version string
	if _, err := s.read.one(ctx, `SHOW server_version`, nil, &version); err != nil {
		return "PostgreSQL."
	}
	return "PostgreSQL " + version + " on " + s.server.config.Host + ", reads and writes."
}

func (s *Store) journalCheck(ctx context.Context) app.Check {
	n, err := s.JournalCounts(ctx)
	c := check("journal", "Webhook journal", err, fmt.Sprintf("%d applied, %d waiting, %d ignored, %d failed.", n[app.JournalApplied], n[app.JournalPending],
		n[app.JournalIgnored], n[app.JournalFailed]))
	if err == nil && n[app.JournalFailed] > 0 {
		c.Warning, c.Mend = true, "Some webhooks could not be applied. They are kept: shopbell export journal shows them, shopbell journal replay tries them again."
	}
	return c
}

func check(id, what string, err error, fine string) app.Check {
	c := app.Check{ID: id, What: what, OK: err == nil, Why: fine}
	if err == nil {
		return c
	}
	c.Code, c.Why, c.Mend = string(app.CodeDatabase), "It does not work.", "Look into the log."
	var told *app.Error
	if errors.As(wrong(err), &told) {
		c.Code, c.Why, c.Mend = string(told.Code), told.Message, told.Mend
	}
	return c
}
