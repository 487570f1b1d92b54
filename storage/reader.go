package storage

import (
	"context"
	"database/sql"
	"sync"
)

// reader asks the read-only connections. It keeps the queries it has seen prepared.
type reader struct {
	db     *sql.DB
	engine *engine
	mu     sync.RWMutex
	stmts  map[string]*sql.Stmt
}

func newReader(db *sql.DB, e *engine) *reader {
	return &reader{db: db, engine: e, stmts: map[string]*sql.Stmt{}}
}

// query runs a query whose text is always the same.
func (r *reader) query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	if r.engine != sqliteEngine { // pgx keeps statements by itself
		return r.db.QueryContext(ctx, r.engine.sql(q), args...)
	}
	r.mu.RLock()
	st := r.stmts[q]
	r.mu.RUnlock()
	if st == nil {
		made, err := r.db.PrepareContext(ctx, r.engine.sql(q))
		if err != nil {
			return nil, err
		}
		r.mu.Lock()
		if st = r.stmts[q]; st == nil {
			st = made
			r.stmts[q] = st
		} else {
			defer made.Close()
		}
		r.mu.Unlock()
	}
	return st.QueryContext(ctx, args...)
}

// list runs a query whose text depends on the number of its arguments.
func (r *reader) list(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	return r.db.QueryContext(ctx, r.engine.sql(q), args...)
}

// one scans the only row of a query; false when there is none.
func (r *reader) one(ctx context.Context, q string, args []any, dest ...any) (bool, error) {
	rows, err := r.query(ctx, q, args...)
	if err != nil {
		return false, err
	}
	return scanOne(rows, dest...)
}

func (r *reader) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, st := range r.stmts {
		_ = st.Close()
	}
	r.stmts = nil
	return r.db.Close()
}

// querier is what reading inside and outside a transaction have in common.
type querier interface {
	query(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	list(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	one(ctx context.Context, q string, args []any, dest ...any) (bool, error)
}
