package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"runtime"
	"slices"
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
	return &benchDesk{desk: d, b: b, addr: addr}
}

// body is a text message that was never seen before.
func (d *benchDesk) body() []byte {
	n := d.n.Add(1)
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":"555","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",`+
		`"metadata":{"display_phone_number":"15550001111","phone_number_id":"777"},"contacts":[{"profile":{"name":"Customer %d"},"wa_id":"346%08d","user_id":"ES.%020d"}],`+
		`"messages":[{"from":"346%08d","from_user_id":"ES.%020d","id":"wamid.HBgLMzQ2MTIzNDU2NzgVAgASGBQzQTRBNjU5OUFFRTAz%012d","timestamp":"%d","type":"text",`+
		`"text":{"body":"Is my order ready? I could come by at four, number %d"}}]}}]}]}`, n%500, n%500, n%500, n%500, n%500, n, 1_790_000_000+n, n)
}

// request is a whole webhook delivery as it goes over the wire, signed.
func (d *benchDesk) request() []byte {
	body := d.body()
	return append(fmt.Appendf(nil, "POST /webhook HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n%s: %s\r\nContent-Length: %d\r\n\r\n",
		webhook.SignatureHeader, webhook.Sign([]byte(benchSecret), body), len(body)), body...)
}

// wireConn is one keep-alive connection that speaks just enough HTTP, so that what is measured is the listener.
type wireConn struct {
	net.Conn
	in *bufio.Reader
}

func (d *benchDesk) dial() (*wireConn, error) {
	conn, err := net.Dial("tcp", d.addr)
	if err != nil {
		return nil, err
	}
	return &wireConn{Conn: conn, in: bufio.NewReader(conn)}, nil
}

// post delivers one webhook and returns when it is acknowledged.
func (c *wireConn) post(request []byte) error {
	if _, err := c.Write(request); err != nil {
		return err
	}
	return c.acknowledged()
}

// acknowledged reads an answer, which has no body.
func (c *wireConn) acknowledged() error {
	line, err := c.in.ReadSlice('\n')
	if err == nil && !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")) {
		return fmt.Errorf("answered %s", line)
	}
	for err == nil && len(line) > len("\r\n") {
		line, err = c.in.ReadSlice('\n')
	}
	return err
}

// The load: 64 connections with one request under way on each. Every sender has several of them, writes to all and then reads from all, so that
// the load itself costs little: it runs on the same processors as what is measured, and so does every limit.
const (
	senders = 16
	perEach = 4
	deliver = 40_000
)

// rate delivers webhooks that were made beforehand, and gives how many were acknowledged a second.
func (d *benchDesk) rate(b *testing.B) float64 {
	b.Helper()
	requests := make([][]byte, deliver)
	for i := range requests {
		requests[i] = d.request()
	}
	conns := make([]*wireConn, senders*perEach)
	for i := range conns {
		c, err := d.dial()
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = c.Close() })
		conns[i] = c
	}
	runtime.GC()
	var wait sync.WaitGroup
	begin := time.Now()
	for k := range senders {
		mine, own := requests[k*deliver/senders:(k+1)*deliver/senders], conns[k*perEach:(k+1)*perEach]
		wait.Go(func() {
			if err := sendAll(own, mine); err != nil {
				b.Error(err)
			}
		})
	}
	wait.Wait()
	return deliver / time.Since(begin).Seconds()
}

func sendAll(conns []*wireConn, requests [][]byte) error {
	for some := range slices.Chunk(requests, len(conns)) {
		for i, r := range some {
			if _, err := conns[i].Write(r); err != nil {
				return err
			}
		}
		for i := range some {
			if err := conns[i].acknowledged(); err != nil {
				return err
			}
		}
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
		got := d.rate(b)
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
	rate := 0.0
	d.with(b, nowhere{}, func() { rate = d.rate(b) })
	return rate
}

// with does something while another sink takes the webhooks.
func (d *benchDesk) with(b *testing.B, sink webhook.Sink, do func()) {
	b.Helper()
	defer func(addr string) { d.addr = addr }(d.addr)
	server := &listener{desk: d.desk}
	server.handler = webhook.New(webhook.Config{Keys: d.keys(), Sink: sink, Now: time.Now, MaxInFlight: maxInFlight})
	if err := server.start(context.Background(), "127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	defer server.stop()
	d.addr, _, _ = server.state()
	do()
}

// synced is a Sink that does the least that is durable.
type synced struct{ *storagetest.SyncProbe }

func (s synced) Receive(context.Context, []byte, time.Time) error { return s.Sync() }

// turns is how often each part of one acknowledgement is measured.
const turns = 800

// next gives a function that gives things made beforehand, so that making them is not measured.
func next[T any](made func() T) func() T {
	all := make([]T, 0, turns*2)
	for range cap(all) {
		all = append(all, made())
	}
	return func() T {
		last := len(all) - 1
		defer func() { all = all[:last] }()
		return all[last]
	}
}

// asker gives a function that has one webhook acknowledged over a connection of its own; ready makes the webhooks for a round of turns.
func (d *benchDesk) asker(b *testing.B) (ask, ready func()) {
	b.Helper()
	c, err := d.dial()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = c.Close() })
	var request func() []byte
	ask = func() {
		if err := c.post(request()); err != nil {
			b.Fatal(err)
		}
	}
	return ask, func() { request = next(d.request) }
}

// alone measures one acknowledgement against one fdatasync, by turns: over HTTP, at the store without HTTP, and what HTTP costs with nothing and with
// no more than that fdatasync behind it.
func alone(b *testing.B) {
	d := newBenchDesk(b, false)
	probe, err := storagetest.NewSyncProbe(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer probe.Close()
	sync := func() {
		if err := probe.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	var body func() []byte
	store := func() {
		if err := d.store.Receive(b.Context(), body(), time.Now()); err != nil {
			b.Fatal(err)
		}
	}
	ack, readyAck := d.asker(b)
	share := 0.0
	d.with(b, nowhere{}, func() {
		empty, readyEmpty := d.asker(b)
		d.with(b, synced{probe}, func() {
			least, readyLeast := d.asker(b)
			ratio, detail := storagetest.Best(false, func() (float64, string) {
				hot, err := storagetest.SyncTime(b.TempDir())
				if err != nil {
					b.Fatal(err)
				}
				body = next(d.body)
				readyAck()
				readyEmpty()
				readyLeast()
				runtime.GC()
				p50 := storagetest.Turns(turns, sync, ack, empty, store, least)
				limit, got := p50[0], p50[1]
				share = float64(d.reading(b)) / float64(got)
				return float64(got) / float64(limit), fmt.Sprintf("p50 %v over HTTP, %v at the store (%.2f), fdatasync of 8 KiB p50 %v by turns; HTTP alone %v, HTTP with that fdatasync %v; "+
					"fdatasyncs right behind each other %v (%.2f)", got, p50[3], float64(p50[3])/float64(limit), limit, p50[2], p50[4], hot, float64(got)/float64(hot))
			})
			storagetest.Report(b, "R3", "one acknowledgement over HTTP", ratio, 3, false, detail)
		})
	})
	storagetest.Report(b, "R14", "decoding and verifying in one acknowledgement", share, 0.10, false, "of the same p50")
}

// reading is the median of verifying and decoding one webhook.
func (d *benchDesk) reading(b *testing.B) time.Duration {
	b.Helper()
	raw := d.body()
	return storagetest.Median(2000, func() {
		mac := hmac.New(sha256.New, []byte(benchSecret))
		mac.Write(raw)
		mac.Sum(nil)
		if _, err := webhook.Decode(raw); err != nil {
			b.Fatal(err)
		}
	})
}

func tailWhileApplied(b *testing.B) {
	ratio, detail := storagetest.Best(false, func() (float64, string) {
		d := newBenchDesk(b, true)
		limit, err := storagetest.SyncTime(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		const n = 3200
		free := make(chan *wireConn, n)
		took := make([]time.Duration, n)
		var wait sync.WaitGroup
		begin := time.Now()
		for i := range n { // on time, whatever the others do
			due := begin.Add(time.Duration(i) * time.Second / 320)
			time.Sleep(time.Until(due))
			wait.Go(func() {
				if err := d.postOver(free); err != nil {
					b.Error(err)
				}
				took[i] = time.Since(due)
			})
		}
		wait.Wait()
		close(free)
		for c := range free {
			_ = c.Close()
		}
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

// postOver delivers one webhook over a connection that is free, or over a new one.
func (d *benchDesk) postOver(free chan *wireConn) error {
	var c *wireConn
	select {
	case c = <-free:
	default:
		var err error
		if c, err = d.dial(); err != nil {
			return err
		}
	}
	err := c.post(d.request())
	free <- c
	return err
}
