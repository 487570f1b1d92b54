// Package post brings work off the UI goroutine and its result back onto it. Everything that may wait (disk,
// network, keyring) goes through Async, so that the window never does.
package post

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
)

// Poster runs functions on the UI goroutine, in the order in which they were posted.
type Poster interface {
	Post(f func())
}

// UI posts to Fyne's own goroutine.
type UI struct{}

// Post queues f behind what Fyne has to do and returns at once.
func (UI) Post(f func()) { fyne.Do(f) }

// Queue collects functions until someone runs them: the UI goroutine of tests. The zero value is ready.
type Queue struct {
	mu    sync.Mutex
	funcs []func()
	wake  chan struct{}
}

// Post appends f.
func (q *Queue) Post(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.funcs = append(q.funcs, f)
	if q.wake != nil {
		close(q.wake)
		q.wake = nil
	}
}

// Run runs what was posted, and what that posts, until the queue is empty; it returns how many functions ran.
func (q *Queue) Run() int {
	n := 0
	for {
		q.mu.Lock()
		if len(q.funcs) == 0 {
			q.mu.Unlock()
			return n
		}
		f := q.funcs[0]
		q.funcs = q.funcs[1:]
		q.mu.Unlock()
		f()
		n++
	}
}

// Wait blocks until something is posted or ctx ends.
func (q *Queue) Wait(ctx context.Context) error {
	q.mu.Lock()
	if len(q.funcs) > 0 {
		q.mu.Unlock()
		return nil
	}
	if q.wake == nil {
		q.wake = make(chan struct{})
	}
	wake := q.wake
	q.mu.Unlock()
	select {
	case <-wake:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Runner starts work on goroutines that it owns.
type Runner struct {
	poster  Poster
	onError func(error)
	onPanic func(recovered any)
	work    sync.WaitGroup
}

// NewRunner makes a runner. onError runs on the UI goroutine with an error that work returned; onPanic runs on the
// goroutine that panicked. Either may be nil: errors are then dropped, and a panic ends the program as ever.
func NewRunner(p Poster, onError func(error), onPanic func(recovered any)) *Runner {
	return &Runner{poster: p, onError: onError, onPanic: onPanic}
}

// Poster is where results go.
func (r *Runner) Poster() Poster { return r.poster }

// Async runs work on a goroutine of its own and posts the function it returns to the UI goroutine. When ctx has
// ended by then, the function and the error are dropped: the view that wanted them has gone. A nil function is fine.
func (r *Runner) Async(ctx context.Context, work func(ctx context.Context) (func(), error)) {
	r.work.Add(1)
	go func() {
		defer r.work.Done()
		if r.onPanic != nil {
			defer func() {
				if v := recover(); v != nil {
					r.onPanic(v)
				}
			}()
		}
		done, err := work(ctx)
		if ctx.Err() != nil {
			return
		}
		r.poster.Post(func() {
			switch {
			case ctx.Err() != nil:
			case err != nil:
				if r.onError != nil {
					r.onError(err)
				}
			case done != nil:
				done()
			}
		})
	}()
}

// Wait returns when all work has returned. Cancel its contexts first.
func (r *Runner) Wait() { r.work.Wait() }
