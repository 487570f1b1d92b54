package meta

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestRetries is what each answer leads to, for a call that may be done twice and for one that may not.
func TestRetries(t *testing.T) {
	for name, c := range map[string]struct {
		fail        http.HandlerFunc
		twice, once int // requests in all, when the second would succeed
	}{
		"throughput":     {refuseWith(CodeThroughput, 400), 2, 2},
		"service down":   {refuseWith(2, 503), 2, 1},
		"500":            {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, 2, 1},
		"200 with HTML":  {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, 2, 1},
		"token":          {refuseWith(CodeTokenInvalid, 401), 1, 1},
		"permission":     {refuseWith(10, 403), 1, 1},
		"locked":         {refuseWith(131031, 403), 1, 1},
		"quota, an hour": {refuseWith(CodeWABAQuota, 400), 1, 1}, // nobody waits that long in front of a window
		"transient 100": {func(w http.ResponseWriter, _ *http.Request) {
			answer(w, 400, `{"error":{"code":100,"type":"O","is_transient":true}}`)
		}, 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			for what, do := range map[string]func(*Client) error{
				"twice": func(c *Client) error { _, err := c.WABA(context.Background(), "1"); return err },
				"once":  func(c *Client) error { return c.Register(context.Background(), "1", "123456", "") },
			} {
				n, want := 0, c.twice
				if what == "once" {
					want = c.once
				}
				cl, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
					if n++; n == 1 {
						c.fail(w, r)
						return
					}
					answer(w, 200, `{"success":true}`)
				})
				err := do(cl)
				if n != want || (err == nil) != (want == 2) {
					t.Errorf("%s: %d requests, want %d (%v)", what, n, want, err)
				}
			}
		})
	}
}

func TestRetryGivesUpInTime(t *testing.T) {
	n := 0
	c, clk := graph(t, func(w http.ResponseWriter, _ *http.Request) { n++; w.WriteHeader(500) })
	start := clk.Now()
	_, err := c.WABA(context.Background(), "1")
	var e *Error
	if !errors.As(err, &e) || e.HTTPStatus != 500 {
		t.Errorf("%v", err)
	}
	if took := clk.Now().Sub(start); n < 4 || took > retryFor {
		t.Errorf("%d requests in %v: %v", n, took, clk.slept)
	}
	if !slices.IsSorted(clk.slept) {
		t.Errorf("waits %v", clk.slept)
	}
}

func TestRetryAfterWins(t *testing.T) {
	for after, want := range map[int][]time.Duration{7: {7 * time.Second}, 3600: nil} {
		n := 0
		c, clk := graph(t, func(w http.ResponseWriter, _ *http.Request) {
			if n++; n == 1 {
				w.Header().Set("Retry-After", fmt.Sprint(after))
				w.WriteHeader(429)
				return
			}
			answer(w, 200, `{}`)
		})
		_, err := c.WABA(context.Background(), "1")
		if !slices.Equal(clk.slept, want) || (err == nil) != (want != nil) {
			t.Errorf("Retry-After %d: waited %v, %v", after, clk.slept, err)
		}
	}
}

func TestRetryEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	c, _ := graph(t, func(w http.ResponseWriter, _ *http.Request) { n++; cancel(); w.WriteHeader(500) })
	if _, err := c.WABA(ctx, "1"); err == nil || n != 1 {
		t.Errorf("%d requests, %v", n, err)
	}
}

func TestBackoffSchedules(t *testing.T) {
	for code, want := range map[int][]time.Duration{
		CodePairRate:   {1, 4, 16, 64, 256, 1024, 3600, 3600},
		CodeThroughput: {1, 2, 4, 8, 16, 32, 60, 60},
		CodeUpgrading:  {60, 60, 60},
		CodeWABAQuota:  {300, 600, 1200, 2400, 3600, 3600},
		-1:             {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300},
	} {
		for i, d := range want {
			if got := Backoff(&Error{Code: code}, i+1, nil); got != d*time.Second {
				t.Errorf("%d, attempt %d: %v, want %v", code, i+1, got, d*time.Second)
			}
		}
	}
	if got := Backoff(&Error{Code: CodePairRate, RetryAfter: 9 * time.Second}, 5, func() float64 { return 0.9 }); got != 9*time.Second {
		t.Errorf("Retry-After does not win: %v", got)
	}
	if got := Backoff(&TransportError{}, 3, nil); got != 4*time.Second {
		t.Errorf("offline: %v", got)
	}
}

// Every code that may be retried has a wait that never shrinks, is never nothing and never more than a day.
func TestBackoffIsSane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom([]int{4, 17, 32, 341, 613, 80007, 130429, 131056, 131057, 131208, 132069, 133000, 133004, 134101, 5}).Draw(t, "code")
		attempt := rapid.IntRange(-1, 1<<30).Draw(t, "attempt")
		r := rapid.Float64Range(0, 0.999999).Draw(t, "rnd")
		err := &Error{Code: code}
		plain, with := Backoff(err, attempt, nil), Backoff(err, attempt, func() float64 { return r })
		if plain <= 0 || plain > time.Hour || with < plain || with > plain+plain/4 || Backoff(err, attempt+1, nil) < plain {
			t.Fatalf("%v, with jitter %v, then %v", plain, with, Backoff(err, attempt+1, nil))
		}
	})
}
