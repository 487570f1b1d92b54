package storage

import (
	"context"
	"strings"

	"shopbell/app"
)

// index makes the words of a message findable.
func (e *engine) index(ctx context.Context, t *tx, id app.ID, text string) error {
	words := Fold(text)
	if words == "" {
		return nil
	}
	q := `INSERT INTO message_words (rowid, words) VALUES ($1, $2)`
	if e != sqliteEngine {
		q = `INSERT INTO message_words (id, words) VALUES ($1, to_tsvector('simple', $2))`
	}
	_, err := t.exec(ctx, q, id, words)
	return err
}

// reindex does so again after the text changed.
func (e *engine) reindex(ctx context.Context, t *tx, id app.ID, text string) error {
	q := `DELETE FROM message_words WHERE rowid = $1`
	if e != sqliteEngine {
		q = `DELETE FROM message_words WHERE id = $1`
	}
	if _, err := t.exec(ctx, q, id); err != nil {
		return err
	}
	return e.index(ctx, t, id, text)
}

// match gives the ids of messages that have every phrase, newest first, below an id. Results are never ranked: that would read all of them.
func (e *engine) match(ctx context.Context, q querier, all []phrase, before app.ID, limit int) ([]app.ID, error) {
	if e == sqliteEngine {
		rows, err := q.query(ctx, `SELECT rowid FROM message_words WHERE message_words MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3`, ftsQuery(all), before, limit)
		return scanAll(rows, err, scanID)
	}
	rows, err := q.query(ctx, `SELECT id FROM message_words WHERE words @@ to_tsquery('simple', $1) AND id < $2 ORDER BY id DESC LIMIT $3`, tsQuery(all), before, limit)
	return scanAll(rows, err, scanID)
}

// ftsQuery writes phrases for FTS5. Words are letters and digits only, so that quoting them is enough.
func ftsQuery(all []phrase) string {
	var b strings.Builder
	for k, p := range all {
		if k > 0 {
			b.WriteString(" AND ")
		}
		b.WriteString(`"` + strings.Join(p.words, " ") + `"`)
		if !p.run {
			b.WriteByte('*')
		}
	}
	return b.String()
}

// tsQuery writes phrases for PostgreSQL.
func tsQuery(all []phrase) string {
	var b strings.Builder
	for k, p := range all {
		if k > 0 {
			b.WriteString(" & ")
		}
		b.WriteString(`('` + strings.Join(p.words, `' <-> '`) + `'`)
		if !p.run {
			b.WriteString(":*")
		}
		b.WriteByte(')')
	}
	return b.String()
}
