package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
)

// writer is the only one that writes through its connection. Work that waits at the same time becomes one transaction, so that one sync
// of the disk serves all of it; each caller is answered after that sync. A caller who comes alone commits himself, without waking anybody; what
// gathers meanwhile is the business of a goroutine, so that no caller works for others.
type writer struct {
	db       *sql.DB
	engine   *engine
	begin    string                                 // how a transaction begins
	counters string                                 // the statement that adds $1 to the counter $2
	lock     string                                 // what it does first; "" for nothing
	finish   func(ctx context.Context, t *tx) error // before the commit
	after    func(changed *changeSet)               // after the commit
	log      *slog.Logger

	mu     sync.Mutex
	busy   bool // somebody commits; conn, stmts and what he commits are his alone
	closed bool
	queue  []*job
	wake   chan struct{} // hands busy to the goroutine
	done   sync.WaitGroup

	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	crowd bool // the last group was of several: more will come at once
	group []*job
}

// job is work that waits for the writer. It may be run more than once, each time in a new transaction, until one of them commits.
type job struct {
	ctx  context.Context //nolint:containedctx // of the caller, who waits for the job
	work func(ctx context.Context, t *tx) error
	once bool // one statement, which alone is a transaction by itself
	err  error
	done chan struct{} // nil: the caller commits himself
}

// maxGroup bounds a group, and with it how long the first of it waits.
const maxGroup = 256

var errClosed = errors.New("storage: closed")

func newWriter(db *sql.DB, e *engine, begin string, log *slog.Logger) *writer {
	return &writer{db: db, engine: e, begin: begin, log: log, wake: make(chan struct{}, 1), group: make([]*job, 0, maxGroup)}
}

func (w *writer) start() {
	w.done.Go(w.run)
}

// do runs work in a transaction and returns after its commit.
func (w *writer) do(ctx context.Context, work func(ctx context.Context, t *tx) error) error {
	return w.commits(&job{ctx: ctx, work: work}) //nolint:contextcheck // each job brings its own
}

// once does the same with work that is a single statement and moves no counter. Alone in its group it is spared the words around a transaction.
func (w *writer) once(ctx context.Context, work func(ctx context.Context, t *tx) error) error {
	return w.commits(&job{ctx: ctx, work: work, once: true}) //nolint:contextcheck // each job brings its own
}

func (w *writer) commits(j *job) error {
	if err := j.ctx.Err(); err != nil {
		return err
	}
	w.mu.Lock()
	switch {
	case w.closed:
		w.mu.Unlock()
		return errClosed
	case w.busy || w.crowd:
		j.done = make(chan struct{})
		w.queue = append(w.queue, j)
		if !w.busy {
			w.busy = true
			w.wake <- struct{}{}
		}
		w.mu.Unlock()
		<-j.done // a job that is taken is always answered, and its outcome is never in doubt
		return j.err
	}
	w.busy = true
	w.mu.Unlock()
	defer w.handOver()
	w.commit(append(w.group, j))
	return j.err
}

// handOver ends a caller's own commit.
func (w *writer) handOver() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) > 0 || w.closed {
		w.wake <- struct{}{}
	} else {
		w.busy = false
	}
}

// run commits what gathered while somebody was busy, until nothing does. What waits when the writer closes is still written.
func (w *writer) run() {
	defer w.release()
	for range w.wake {
		for runtime.Gosched(); w.next(); runtime.Gosched() { // who is about to come may come with this group
			w.commit(w.group)
		}
	}
}

// next takes a group off the queue. When there is none, nobody is busy any more.
func (w *writer) next() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := min(len(w.queue), maxGroup)
	w.group = append(w.group[:0], w.queue[:n]...)
	w.queue = slices.Delete(w.queue, 0, n)
	switch {
	case n > 0:
		w.crowd = n > 1
	case w.closed:
		close(w.wake)
	default:
		w.busy = false
	}
	return n > 0
}

// commit runs a group as one transaction. When any of it fails, nothing of the group stays and each is run alone: failures are rare, and
// one must not spoil its neighbours.
func (w *writer) commit(group []*job) {
	err := w.try(group)
	if err != nil && len(group) > 1 {
		for _, j := range group {
			if err = w.try([]*job{j}); err != nil && retryable(err) {
				err = w.try([]*job{j})
			}
			if err != nil {
				j.err = err
			}
		}
	} else if err != nil {
		for n := 0; err != nil && retryable(err) && n < 5; n++ {
			err = w.try(group)
		}
		if err != nil {
			group[0].err = err
		}
	}
	for _, j := range group {
		if j.done != nil {
			close(j.done)
		}
	}
}

// try runs jobs in one transaction.
func (w *writer) try(jobs []*job) (err error) {
	ctx := context.Background()
	bare := len(jobs) == 1 && jobs[0].once && w.finish == nil && w.engine == sqliteEngine
	t, err := w.open(ctx, bare)
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
		if j.err = j.ctx.Err(); j.err != nil {
			continue // gone: the others go on without it
		}
		if err = guard(context.WithoutCancel(j.ctx), t, j.work); err != nil {
			return err
		}
	}
	if !bare {
		if err = w.end(ctx, t); err != nil {
			return err
		}
	}
	if w.after != nil {
		w.after(t.changed)
	}
	return nil
}

// end is what comes after the work of a group.
func (w *writer) end(ctx context.Context, t *tx) error {
	if err := t.flushPlaces(ctx); err != nil {
		return err
	}
	if err := t.flushCounters(ctx, w.counters); err != nil {
		return err
	}
	if w.finish != nil {
		if err := w.finish(ctx, t); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, "COMMIT")
	return err
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

// open begins a transaction, except for a bare statement. A connection that broke while nobody used it is replaced.
func (w *writer) open(ctx context.Context, bare bool) (t *tx, err error) {
	for range 2 {
		if err = w.connect(ctx); err != nil {
			return nil, err
		}
		t = &tx{conn: w.conn, stmts: w.stmts, engine: w.engine, changed: newChangeSet()}
		if bare {
			return t, nil
		}
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

// close refuses new work and waits for what was taken.
func (w *writer) close() {
	w.mu.Lock()
	w.closed = true
	if !w.busy {
		w.busy = true
		w.wake <- struct{}{}
	}
	w.mu.Unlock()
	w.done.Wait()
}
