package main

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/meta/webhook"
	"shopbell/storage/storagetest"
)

// benchDesk is a desk in this process with one account, listening; the client is on the same computer, as the limits are.
type benchDesk struct {
	*desk
	b    *testing.B
	addr string
	free chan *wireConn
	n    atomic.Int64
}

const benchSecret = "0123456789abcdef0123456789abcdef"

func newBenchDesk(b *testing.B, project bool) *benchDesk {
	b.Helper()
	b.Setenv("SHOPBELL_KEYRING", "file")
	opt := options{home: b.TempDir(), graph: "http://127.0.0.1:1/v26.0", listen: "127.0.0.1:0"}
	d, err := openDesk(b.Context(), opt, func(context.Context) (string, error) { return "bench", nil }, io.Discard)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(d.close)
	account := draft("Bench", "555", "777")
	account.AppSecret = benchSecret
	if _, _, err := d.accounts.Save(b.Context(), account); err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := d.listener.start(ctx, opt.listen); err != nil {
		b.Fatal(err)
	}
	var wait sync.WaitGroup
	if project {
		wait.Go(func() { _ = d.inbox.Run(ctx) })
	}
	b.Cleanup(func() { d.listener.stop(); cancel(); wait.Wait() })
	addr, _, _ := d.listener.state()
	return &benchDesk{desk: d, b: b, addr: addr, free: make(chan *wireConn, 1024)}
}

// body is a text message that was never seen before.
func (d *benchDesk) body() []byte {
	n := d.n.Add(1)
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":"555","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",`+
		`"metadata":{"display_phone_number":"15550001111","phone_number_id":"777"},"contacts":[{"profile":{"name":"Customer %d"},"wa_id":"346%08d","user_id":"ES.%020d"}],`+
		`"messages":[{"from":"346%08d","from_user_id":"ES.%020d","id":"wamid.HBgLMzQ2MTIzNDU2NzgVAgASGBQzQTRBNjU5OUFFRTAz%012d","timestamp":"%d","type":"text",`+
		`"text":{"body":"Is my order ready? I could come by at four, number %d"}}]}}]}]}`, n%500, n%500, n%500, n%500, n%500, n, 1_790_000_000+n, n)
}

// post delivers one webhook over a connection of its own or one that is free, and returns when it is acknowledged. It speaks just enough HTTP, so that
// what is measured is the listener.
func (d *benchDesk) post(body []byte) error {
	mac := hmac.New(sha256.New, []byte(benchSecret))
	mac.Write(body)
	var c *wireConn
	select {
	case c = <-d.free:
	default:
		conn, err := net.Dial("tcp", d.addr)
		if err != nil {
			return err
		}
		c = &wireConn{Conn: conn, in: bufio.NewReader(conn)}
	}
	c.out = fmt.Appendf(c.out[:0], "POST /webhook HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nX-Hub-Signature-256: sha256=%x\r\nContent-Length: %d\r\n\r\n",
		mac.Sum(nil), len(body))
	c.out = append(c.out, body...)
	if err := c.ask(); err != nil {
		_ = c.Close()
		return err
	}
	d.free <- c
	return nil
}

// wireConn is one keep-alive connection.
type wireConn struct {
	net.Conn
	in  *bufio.Reader
	out []byte
}

// ask writes the request and reads an answer without a body.
func (c *wireConn) ask() error {
	if _, err := c.Write(c.out); err != nil {
		return err
	}
	status, err := c.in.ReadString('\n')
	if err != nil {
		return err
	}
	for line := status; line != "\r\n"; {
		if line, err = c.in.ReadString('\n'); err != nil {
			return err
		}
	}
	if !strings.HasPrefix(status, "HTTP/1.1 200 ") {
		return fmt.Errorf("answered %s", status)
	}
	return nil
}

// BenchmarkHTTPAcks: durable acknowledgements over HTTP at 64 connections against the bare group commit (R1) and the slowest part (R2), of one connection (R3)
// and the tail at 320 a second while they are applied (R12); decoding and verifying as a share of one acknowledgement (R14).
func BenchmarkHTTPAcks(b *testing.B) {
	for b.Loop() {
		atOnce(b)
		alone(b)
		tailWhileApplied(b)
	}
}

func atOnce(b *testing.B) {
	ingest := 0.0
	ratio, detail := storagetest.Best(true, func() (float64, string) {
		d := newBenchDesk(b, false)
		bare, err := storagetest.NewBare(b.TempDir(), "FULL", 256)
		if err != nil {
			b.Fatal(err)
		}
		defer bare.Close()
		disk, err := storagetest.Rate(64, bare.Write)
		if err != nil {
			b.Fatal(err)
		}
		got, err := storagetest.Rate(64, func() error { return d.post(d.body()) })
		if err != nil {
			b.Fatal(err)
		}
		wire := d.wire(b)
		ingest = max(ingest, got/disk)
		limit := min(disk, wire)
		return got / limit, fmt.Sprintf("%.0f acknowledged/s over HTTP; limits: group commit %.0f rows/s, HTTP and signature %.0f/s", got, disk, wire)
	})
	storagetest.Report(b, "R1", "durable acknowledgements over HTTP at 64 against the bare group commit", ingest, 0.85, true, detail)
	storagetest.Report(b, "R2", "the same against the slowest part", ratio, 0.80, true, detail)
}

// nowhere is a Sink that keeps nothing: what HTTP and the signature cost alone.
type nowhere struct{}

func (nowhere) Receive(context.Context, []byte, time.Time) error { return nil }

// wire is the rate of the same requests when nothing is kept.
func (d *benchDesk) wire(b *testing.B) float64 {
	b.Helper()
	kept := d.listener.handler
	d.listener.stop()
	d.listener.handler = webhook.New(webhook.Config{Keys: d.keys(), Sink: nowhere{}, Now: time.Now, MaxInFlight: maxInFlight})
	if err := d.listener.start(context.Background(), "127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	d.addr, _, _ = d.listener.state()
	d.free = make(chan *wireConn, 1024)
	rate, err := storagetest.Rate(64, func() error { return d.post(d.body()) })
	if err != nil {
		b.Fatal(err)
	}
	d.listener.stop()
	d.listener.handler = kept
	return rate
}

func alone(b *testing.B) {
	d := newBenchDesk(b, false)
	share := 0.0
	ratio, detail := storagetest.Best(false, func() (float64, string) {
		limit, err := storagetest.SyncTime(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		got := storagetest.Median(800, func() {
			if err := d.post(d.body()); err != nil {
				b.Fatal(err)
			}
		})
		raw := d.body()
		cpu := storagetest.Median(2000, func() {
			mac := hmac.New(sha256.New, []byte(benchSecret))
			mac.Write(raw)
			mac.Sum(nil)
			_, _ = webhook.Decode(raw)
		})
		share = float64(cpu) / float64(got)
		return float64(got) / float64(limit), fmt.Sprintf("p50 %v over HTTP, fdatasync of 8 KiB p50 %v", got, limit)
	})
	storagetest.Report(b, "R3", "one acknowledgement over HTTP", ratio, 3, false, detail)
	storagetest.Report(b, "R14", "decoding and verifying in one acknowledgement", share, 0.10, false, "of the same p50")
}

func tailWhileApplied(b *testing.B) {
	ratio, detail := storagetest.Best(false, func() (float64, string) {
		d := newBenchDesk(b, true)
		limit, err := storagetest.SyncTime(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		const n = 3200
		took := make([]time.Duration, n)
		var wait sync.WaitGroup
		begin := time.Now()
		for i := range n { // on time, whatever the others do
			due := begin.Add(time.Duration(i) * time.Second / 320)
			time.Sleep(time.Until(due))
			wait.Go(func() {
				if err := d.post(d.body()); err != nil {
					b.Error(err)
				}
				took[i] = time.Since(due)
			})
		}
		wait.Wait()
		slices.Sort(took)
		p999 := took[n*999/1000]
		applied, err := d.store.JournalCounts(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		return float64(p999) / float64(limit), fmt.Sprintf("p50 %v, p99 %v, p99.9 %v (below 250 ms), fdatasync p50 %v, %d applied meanwhile",
			took[n/2], took[n*99/100], p999, limit, applied[app.JournalApplied])
	})
	storagetest.Report(b, "R12", "tail of acknowledgements over HTTP at 320/s while applying", ratio, 200, false, detail)
}
