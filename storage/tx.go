package storage

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"

	"shopbell/app"
)

// tx is one transaction under way, on the writer's connection or on one of its own. It gathers what it changed, for the feed, and by how much
// it moved the counters, which are written last, so that nothing waits for them longer than it must.
type tx struct {
	conn      *sql.Conn
	stmts     map[string]*sql.Stmt // prepared on conn; nil: do not keep any
	engine    *engine
	changed   *changeSet
	counters  map[string]int64
	pace      map[paceKey]int64   // messages of broadcasts that Meta took, written with the counters
	displaced map[app.ID]struct{} // conversations whose words are written when the transaction ends
}

// exec runs a statement whose text is always the same, and tells how many rows it touched.
func (t *tx) exec(ctx context.Context, q string, args ...any) (int64, error) {
	st, err := t.prepare(ctx, q)
	if err != nil {
		return 0, err
	}
	var res sql.Result
	if st != nil {
		res, err = st.ExecContext(ctx, args...)
	} else {
		res, err = t.conn.ExecContext(ctx, t.engine.sql(q), args...)
	}
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// query runs a query whose text is always the same.
func (t *tx) query(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	st, err := t.prepare(ctx, q)
	if err != nil {
		return nil, err
	}
	if st != nil {
		return st.QueryContext(ctx, args...)
	}
	return t.conn.QueryContext(ctx, t.engine.sql(q), args...)
}

// list runs a query whose text depends on the number of its arguments; it is not kept prepared.
func (t *tx) list(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	return t.conn.QueryContext(ctx, t.engine.sql(q), args...)
}

// one scans the only row of a query; false when there is none.
func (t *tx) one(ctx context.Context, q string, args []any, dest ...any) (bool, error) {
	rows, err := t.query(ctx, q, args...)
	if err != nil {
		return false, err
	}
	return scanOne(rows, dest...)
}

func (t *tx) prepare(ctx context.Context, q string) (*sql.Stmt, error) {
	if t.stmts == nil {
		return nil, nil
	}
	if st, ok := t.stmts[q]; ok {
		return st, nil
	}
	st, err := t.conn.PrepareContext(ctx, t.engine.sql(q))
	if err != nil {
		return nil, err
	}
	t.stmts[q] = st
	return st, nil
}

// touch notes that rows changed.
func (t *tx) touch(topic app.Topic, ids ...app.ID) { t.changed.add(topic, ids...) }

// count moves a counter when the transaction ends.
func (t *tx) count(name string, by int64) {
	if by == 0 {
		return
	}
	if t.counters == nil {
		t.counters = map[string]int64{}
	}
	t.counters[name] += by
}

// The counters.
const (
	countUnread  = "unread"
	countThreads = "unread_threads"
	countQueued  = "queued"
	countFailed  = "failed"
)

// flushCounters writes them in one order, so that two transactions never wait for each other.
func (t *tx) flushCounters(ctx context.Context, update string) error {
	for _, name := range slices.Sorted(maps.Keys(t.counters)) {
		if by := t.counters[name]; by != 0 {
			if _, err := t.exec(ctx, update, by, name); err != nil {
				return err
			}
		}
	}
	t.counters = nil
	return t.flushPace(ctx)
}

// scanOne scans the first row and closes.
func scanOne(rows *sql.Rows, dest ...any) (bool, error) {
	defer rows.Close()
	if !rows.Next() {
		return false, rows.Err()
	}
	if err := rows.Scan(dest...); err != nil {
		return false, err
	}
	return true, errors.Join(rows.Err(), rows.Close())
}

// scanAll gives one value a row.
func scanAll[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func scanID(rows *sql.Rows) (app.ID, error) {
	var id app.ID
	return id, rows.Scan(&id)
}

// anys makes arguments of ids.
func anys(ids []app.ID) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = id
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }

func atoi(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}
