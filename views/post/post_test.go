package post_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/views/post"
)

func TestAsyncPostsItsResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q post.Queue
		r := post.NewRunner(&q, func(err error) { t.Errorf("error: %v", err) }, nil)
		got := 0
		r.Async(t.Context(), func(context.Context) (func(), error) {
			time.Sleep(time.Minute)
			return func() { got = 7 }, nil
		})
		if q.Run() != 0 || got != 0 {
			t.Fatal("the result came before the work was done")
		}
		if err := q.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := q.Run(); n != 1 || got != 7 {
			t.Fatalf("%d functions ran, result %d", n, got)
		}
		r.Wait()
	})
}

func TestAsyncDropsWhatNobodyWants(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q post.Queue
		r := post.NewRunner(&q, func(err error) { t.Errorf("error of a closed view: %v", err) }, nil)
		ctx, cancel := context.WithCancel(t.Context())
		r.Async(ctx, func(ctx context.Context) (func(), error) {
			<-ctx.Done()
			return func() { t.Error("ran after its view closed") }, ctx.Err()
		})
		cancel()
		r.Wait()
		q.Run()

		// Cancelled between the post and its turn.
		ctx, cancel = context.WithCancel(t.Context())
		r.Async(ctx, func(context.Context) (func(), error) {
			return func() { t.Error("ran after its view closed") }, nil
		})
		r.Wait()
		cancel()
		if q.Run() != 1 {
			t.Error("the second result was not posted")
		}
	})
}

func TestAsyncReportsErrorsAndPanics(t *testing.T) {
	var q post.Queue
	var gotErr error
	var gotPanic any
	r := post.NewRunner(&q, func(err error) { gotErr = err }, func(v any) { gotPanic = v })
	want := errors.New("no such file")
	r.Async(t.Context(), func(context.Context) (func(), error) { return nil, want })
	r.Async(t.Context(), func(context.Context) (func(), error) { panic("oh") })
	r.Async(t.Context(), func(context.Context) (func(), error) { return nil, nil })
	r.Wait()
	q.Run()
	if !errors.Is(gotErr, want) || gotPanic != "oh" {
		t.Errorf("error %v, panic %v", gotErr, gotPanic)
	}
}

func TestQueueKeepsOrderAndRunsWhatIsPostedMeanwhile(t *testing.T) {
	var q post.Queue
	var got []int
	q.Post(func() { got = append(got, 1); q.Post(func() { got = append(got, 3) }) })
	q.Post(func() { got = append(got, 2) })
	if n := q.Run(); n != 3 || !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("%d ran: %v", n, got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := q.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting on an empty queue: %v", err)
	}
}
