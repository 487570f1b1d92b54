package outbox

import (
	"context"
	"testing"
	"time"

	"shopbell/app"
)

func TestRetryable(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		failure *app.Failure
		ago     time.Duration
		want    bool
	}{
		{nil, 0, true},
		{&app.Failure{Title: "Meta could not be reached."}, 0, true},
		{&app.Failure{Code: 130429}, 0, true},
		{&app.Failure{Code: 131042}, 0, true},
		{&app.Failure{Code: 132015}, 0, true},
		{&app.Failure{Code: 131026}, time.Hour, false},
		{&app.Failure{Code: 131050}, 0, false},
		{&app.Failure{Code: 131047}, 0, false},
		{&app.Failure{Code: 131049}, time.Hour, false},
		{&app.Failure{Code: 131049}, 25 * time.Hour, true},
	} {
		if got := Retryable(c.failure, now.Add(-c.ago), now); got != c.want {
			t.Errorf("%+v after %v: %v", c.failure, c.ago, got)
		}
	}
}

// failed is a store with failed rows only.
type failed struct {
	Store
	rows   []app.Send // newest first
	resent []app.ID
}

func (f *failed) Sends(_ context.Context, _ []app.SendState, before app.ID, limit int) ([]app.Send, error) {
	var out []app.Send
	for _, r := range f.rows {
		if (before == 0 || r.ID < before) && len(out) < limit {
			out = append(out, r)
		}
	}
	return out, nil
}

func (f *failed) Resend(_ context.Context, id app.ID) (app.Send, error) {
	if id == 13 {
		return app.Send{}, &app.Error{Code: app.CodeConflict, Message: "It was sent again already."}
	}
	f.resent = append(f.resent, id)
	return app.Send{}, nil
}

func TestAllOfAKindAreSentAgain(t *testing.T) {
	f := &failed{}
	for id := app.ID(1200); id > 0; id-- {
		f.rows = append(f.rows, app.Send{ID: id, Failure: &app.Failure{Code: []int{131026, 133004, 131042}[id%3]}, UpdatedAt: time.Now()})
	}
	s := New(Config{Store: f, Now: time.Now})
	if n, err := s.ResendAll(t.Context(), 133004); err != nil || n != 399 || len(f.resent) != 399 {
		t.Errorf("%d %v", n, err)
	}
	if n, err := s.ResendAll(t.Context(), 131026); err != nil || n != 0 {
		t.Errorf("%d of those who can't be reached: %v", n, err)
	}
	if n, err := s.ResendAll(t.Context()); err != nil || n != 799 {
		t.Errorf("%d %v", n, err)
	}
}
