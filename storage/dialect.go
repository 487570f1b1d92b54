package storage

import (
	"strings"
	"sync"
)

// engine is what truly differs between SQLite and PostgreSQL. Everything else is one dialect: $1, ON CONFLICT, RETURNING, BIGINT times.
type engine struct {
	name   string // "sqlite" or "postgres"
	tokens *strings.Replacer
	cache  sync.Map // query as written → as the engine wants it
}

var sqliteEngine = &engine{
	name: "sqlite",
	tokens: strings.NewReplacer(
		"{{INT}}", "INTEGER", "{{BOOL}}", "INTEGER", "{{BLOB}}", "BLOB", "{{REAL}}", "REAL", "{{BYTES}}", "",
		"{{STRICT}}", "STRICT", "{{CLUSTERED}}", "WITHOUT ROWID, STRICT",
		"{{SKIP_LOCKED}}", "",
	),
}

var postgresEngine = &engine{
	name: "postgres",
	tokens: strings.NewReplacer(
		"{{INT}}", "BIGINT", "{{BOOL}}", "BOOLEAN", "{{BLOB}}", "BYTEA", "{{REAL}}", "DOUBLE PRECISION", "{{BYTES}}", `COLLATE "C"`,
		"{{STRICT}}", "", "{{CLUSTERED}}", "",
		"{{SKIP_LOCKED}}", "FOR UPDATE SKIP LOCKED",
	),
}

// sql fills in the tokens of a query.
func (e *engine) sql(q string) string {
	if !strings.Contains(q, "{{") {
		return q
	}
	if s, ok := e.cache.Load(q); ok {
		return s.(string)
	}
	s := e.tokens.Replace(q)
	e.cache.Store(q, s)
	return s
}

// script gives the statements of a migration: tokens filled in, the blocks of the other engine left out.
func (e *engine) script(text string) []string {
	var keep strings.Builder
	only := ""
	for line := range strings.Lines(text) {
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(trimmed, "-- only "):
			only = strings.TrimPrefix(trimmed, "-- only ")
			continue
		case trimmed == "-- end":
			only = ""
			continue
		case strings.HasPrefix(trimmed, "--"):
			continue
		}
		if only == "" || only == e.name {
			keep.WriteString(line)
		}
	}
	var out []string
	for stmt := range strings.SplitSeq(keep.String(), ";\n") {
		if stmt = strings.TrimSpace(stmt); stmt != "" {
			out = append(out, e.tokens.Replace(stmt))
		}
	}
	return out
}

// marks gives "$from,$from+1,…" for n placeholders.
func marks(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(itoa(from + i))
	}
	return b.String()
}
