package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
)

// writer is the only one that writes through its connection. Work that waits at the same time becomes one transaction, so that one sync
// of the disk serves all of it; each caller is answered after that sync.
type writer struct {
	db       *sql.DB
	engine   *engine
	begin    string                                 // how a transaction begins
	counters string                                 // the statement that adds $1 to the counter $2
	lock     string                                 // what it does first; "" for nothing
	finish   func(ctx context.Context, t *tx) error // before the commit
	after    func(changed *changeSet)               // after the commit
	log      *slog.Logger

	jobs chan *job
	quit chan struct{}
	done sync.WaitGroup
	once sync.Once

	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// job is work that waits for the writer. It may be run more than once, each time in a new transaction, until one of them commits.
type job struct {
	ctx  context.Context //nolint:containedctx // of the caller, who waits for the job
	work func(ctx context.Context, t *tx) error
	err  error
	done chan struct{}
}

// maxGroup bounds a group, and with it how long the first of it waits.
const maxGroup = 256

var errClosed = errors.New("storage: closed")

func newWriter(db *sql.DB, e *engine, begin string, log *slog.Logger) *writer {
	return &writer{db: db, engine: e, begin: begin, log: log, jobs: make(chan *job, maxGroup), quit: make(chan struct{})}
}

func (w *writer) start() {
	w.done.Go(w.run)
}

// do runs work in a transaction and returns after its commit.
func (w *writer) do(ctx context.Context, work func(ctx context.Context, t *tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{ctx: ctx, work: work, done: make(chan struct{})}
	select {
	case <-w.quit:
		return errClosed
	default:
	}
	select {
	case w.jobs <- j:
	case <-w.quit:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	<-j.done // a job that is taken is always answered, and its outcome is never in doubt
	return j.err
}

func (w *writer) run() {
	group := make([]*job, 0, maxGroup)
	for {
		group = group[:0]
		select {
		case j := <-w.jobs:
			group = append(group, j)
		case <-w.quit:
			w.drain()
			return
		}
	more:
		for len(group) < maxGroup {
			select {
			case j := <-w.jobs:
				group = append(group, j)
			default:
				break more
			}
		}
		w.commit(group)
	}
}

// drain refuses what was queued when the writer closed.
func (w *writer) drain() {
	for {
		select {
		case j := <-w.jobs:
			j.err = errClosed
			close(j.done)
		default:
			w.release()
			return
		}
	}
}

// commit runs a group as one transaction. When any of it fails, nothing of the group stays and each is run alone: failures are rare, and
// one must not spoil its neighbours.
func (w *writer) commit(group []*job) {
	err := w.try(group)
	if err != nil && len(group) > 1 {
		for _, j := range group {
			j.err = w.try([]*job{j})
			if j.err != nil && retryable(j.err) {
				j.err = w.try([]*job{j})
			}
		}
	} else if err != nil {
		for n := 0; err != nil && retryable(err) && n < 5; n++ {
			err = w.try(group)
		}
		group[0].err = err
	}
	for _, j := range group {
		close(j.done)
	}
}

// try runs jobs in one transaction.
func (w *writer) try(jobs []*job) (err error) {
	ctx := context.Background()
	t, err := w.open(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if err == nil {
			return
		}
		if w.conn == nil {
			return
		}
		if _, e := w.conn.ExecContext(ctx, "ROLLBACK"); e != nil && w.engine != sqliteEngine {
			w.release()
		}
	}()
	for _, j := range jobs {
		if err = j.ctx.Err(); err != nil {
			return err
		}
		if err = guard(context.WithoutCancel(j.ctx), t, j.work); err != nil {
			return err
		}
	}
	if err = t.flushCounters(ctx, w.counters); err != nil {
		return err
	}
	if w.finish != nil {
		if err = w.finish(ctx, t); err != nil {
			return err
		}
	}
	if _, err = t.exec(ctx, "COMMIT"); err != nil {
		return err
	}
	if w.after != nil {
		w.after(t.changed)
	}
	return nil
}

// guard turns a panic of one job into its error: the writer must go on for all the others.
func guard(ctx context.Context, t *tx, work func(context.Context, *tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("storage: panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	return work(ctx, t)
}

// open begins a transaction. A connection that broke while nobody used it is replaced.
func (w *writer) open(ctx context.Context) (t *tx, err error) {
	for range 2 {
		if err = w.connect(ctx); err != nil {
			return nil, err
		}
		t = &tx{conn: w.conn, stmts: w.stmts, engine: w.engine, changed: newChangeSet()}
		if _, err = t.exec(ctx, w.begin); err == nil && w.lock != "" {
			_, err = t.exec(ctx, w.lock)
		}
		if err == nil {
			return t, nil
		}
		w.release()
		if w.engine == sqliteEngine {
			break
		}
	}
	return nil, err
}

func (w *writer) connect(ctx context.Context) error {
	if w.conn != nil {
		return nil
	}
	c, err := w.db.Conn(ctx)
	if err != nil {
		return err
	}
	w.conn, w.stmts = c, map[string]*sql.Stmt{}
	return nil
}

// release gives the connection back; the next job takes a new one.
func (w *writer) release() {
	for _, st := range w.stmts {
		_ = st.Close()
	}
	if w.conn != nil {
		_ = w.conn.Close()
	}
	w.conn, w.stmts = nil, nil
}

// close waits for the transaction under way and refuses what waits.
func (w *writer) close() {
	w.once.Do(func() { close(w.quit) })
	w.done.Wait()
}
