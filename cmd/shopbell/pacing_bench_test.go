package main

import (
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/meta/sandbox"
)

// BenchmarkPacingStandard sends as fast as an ordinary number may: 80 messages a second. held is measured ÷ wanted.
func BenchmarkPacingStandard(b *testing.B) { benchPacing(b, "STANDARD", 80, 800) }

// BenchmarkPacingHigh is the same for a number that Meta has upgraded to 1,000 a second.
func BenchmarkPacingHigh(b *testing.B) { benchPacing(b, "HIGH", 1000, 6000) }

// benchPacing sends n messages to as many customers through the whole road out, over HTTP, to a practice server that refuses what is too fast.
func benchPacing(b *testing.B, level string, wanted, n int) {
	limits := sandbox.NoLimits()
	limits.PerSecond = wanted
	held, refused := 0.0, 0
	for range b.N {
		h, r := pacingRun(b, level, limits, n)
		held += h / float64(wanted)
		refused += r
	}
	b.ReportMetric(held/float64(b.N), "held")
	b.ReportMetric(float64(refused)/float64(b.N), "slowdowns/op")
	b.ReportMetric(0, "ns/op")
}

func pacingRun(b *testing.B, level string, limits sandbox.Limits, n int) (perSecond float64, slowDowns int) {
	b.Helper()
	b.Setenv("SHOPBELL_KEYRING", "file")
	never := sandbox.Pace{Sent: time.Hour, Delivered: time.Hour, Read: time.Hour, Reply: time.Hour, First: time.Hour}
	server := sandbox.New(sandbox.Config{Pace: never, Limits: limits})
	if err := server.Start(b.Context(), "127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	cred := server.Credentials()
	opt := options{home: b.TempDir(), graph: server.URL(), listen: "127.0.0.1:0"}
	d, err := openDesk(b.Context(), opt, func(context.Context) (string, error) { return "bench", nil }, io.Discard)
	if err != nil {
		b.Fatal(err)
	}
	defer d.close()
	account := draft("Bench", cred.WABAID, cred.PhoneNumberID)
	account.AppID, account.AccessToken, account.AppSecret = cred.AppID, cred.AccessToken, cred.AppSecret
	a, _, err := d.accounts.Save(b.Context(), account)
	if err != nil {
		b.Fatal(err)
	}
	a.Throughput = level
	if err := d.store.SetTest(b.Context(), a); err != nil {
		b.Fatal(err)
	}
	for i := range n {
		m := app.Outgoing{
			AccountID: a.ID, To: fmt.Sprintf("346%08d", i), Type: "template", Text: "Ready", TemplateID: 1, Category: "UTILITY",
			Payload: `{"type":"template","template":{"name":"hello_world","language":{"code":"en_US"}}}`,
		}
		if _, err := d.store.Queue(b.Context(), m); err != nil {
			b.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(b.Context())
	done := make(chan error, 1)
	began := time.Now()
	go func() { done <- d.outbox.Run(ctx) }()
	left := n
	var first, last time.Time
	firstLeft := 0
	for left > 0 && time.Since(began) < 2*time.Minute {
		time.Sleep(50 * time.Millisecond)
		c, err := d.store.Counts(ctx)
		if err != nil {
			b.Fatal(err)
		}
		now := time.Now()
		if left = c.Queued; left == n {
			continue
		}
		if first.IsZero() { // from the first look that finds it under way to the last one before it is out
			first, firstLeft = now, left
		}
		if left > 0 {
			last = now
			perSecond = float64(firstLeft-left) / last.Sub(first).Seconds()
		}
	}
	cancel()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
	counts, err := d.store.Counts(b.Context())
	if err != nil || counts.Queued+counts.Failed > 0 {
		list, _ := d.store.Sends(b.Context(), []app.SendState{app.SendFailed, app.SendUnknown}, 0, 1)
		b.Fatalf("%+v, %v; %+v", counts, err, list)
	}
	slow, err := d.store.SlowDowns(b.Context(), a.ID, began, time.Now(), 1000)
	if err != nil {
		b.Fatal(err)
	}
	return perSecond, len(slow)
}
