package meta

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func textTo(to string) Message { return Message{To: to, Text: &Text{Body: "hello"}} }

// sockets serves every connection with f, which may treat it as badly as it likes.
func sockets(t *testing.T, f func(c *net.TCPConn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			f(c.(*net.TCPConn))
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return "http://" + l.Addr().String()
}

// reset closes a connection so that the peer sees a reset and not an end.
func reset(c *net.TCPConn) { _ = c.SetLinger(0); _ = c.Close() }

// readRequest takes a whole request from the wire, as Meta would have.
func readRequest(c net.Conn) {
	r, err := http.ReadRequest(bufio.NewReader(c))
	if err == nil {
		_, _ = io.Copy(io.Discard, r.Body)
	}
}

// TestFaults is what may happen to a send. Whatever it is, one call is at most one request, and the class says whether
// another may follow.
func TestFaults(t *testing.T) {
	dead := httptest.NewServer(nil)
	dead.Close()
	written := func(answer string) func(*net.TCPConn) {
		return func(c *net.TCPConn) { readRequest(c); _, _ = io.WriteString(c, answer) }
	}
	for name, c := range map[string]struct {
		base    string
		serve   func(*net.TCPConn)
		timeout time.Duration
		want    Class
	}{
		"refused":               {base: dead.URL, want: ClassRetry},
		"no such host":          {base: "http://no-such-host.invalid", want: ClassRetry},
		"not TLS":               {serve: func(c *net.TCPConn) { _, _ = io.WriteString(c, "220 smtp\r\n") }, base: "https", want: ClassRetry},
		"reset after the body":  {serve: func(c *net.TCPConn) { readRequest(c); reset(c) }, want: ClassAmbiguous},
		"reset within the body": {serve: func(c *net.TCPConn) { _, _ = c.Read(make([]byte, 20)); reset(c) }, want: ClassAmbiguous},
		"closed without answer": {serve: func(c *net.TCPConn) { readRequest(c) }, want: ClassAmbiguous},
		"no answer in time": {serve: func(c *net.TCPConn) {
			readRequest(c)
			_, _ = c.Read(make([]byte, 1)) // until the client gives up
		}, timeout: 50 * time.Millisecond, want: ClassAmbiguous},
		"truncated JSON": {serve: written("HTTP/1.1 200 OK\r\nContent-Length: 31\r\n\r\n{\"messages\":[{\"id\":\"wamid.XXXXX"), want: ClassAmbiguous},
		"half an answer": {serve: written("HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n{\"messages\":["), want: ClassAmbiguous},
		"200 with HTML":  {serve: written("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"), want: ClassAmbiguous},
		"200 without id": {serve: written("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"messages\":[]}"), want: ClassAmbiguous},
		"200, no body":   {serve: written("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), want: ClassAmbiguous},
		"not HTTP":       {serve: written("hello\r\n\r\n"), want: ClassAmbiguous},
		"500":            {serve: written("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"), want: ClassAmbiguous},
		"502 with HTML":  {serve: written("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>"), want: ClassAmbiguous},
		"429 alone":      {serve: written("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"), want: ClassRetry},
		"404 by a proxy": {serve: written("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), want: ClassPermanent},
	} {
		t.Run(name, func(t *testing.T) {
			var served atomic.Int32
			base := c.base
			if c.serve != nil {
				base = sockets(t, func(s *net.TCPConn) { served.Add(1); c.serve(s) })
				if c.base == "https" {
					base = strings.Replace(base, "http:", "https:", 1)
				}
			}
			cl, clk := clientOf(t, base, func(cfg *Config) { cfg.Timeout = c.timeout })
			_, err := cl.SendMessage(context.Background(), "1", textTo("16505551234"))
			if got := Classify(err); err == nil || got != c.want {
				t.Errorf("%v, want %v: %v", got, c.want, err)
			}
			var te *TransportError
			if errors.As(err, &te) && te.Sent != (c.want == ClassAmbiguous) {
				t.Errorf("sent %v: %v", te.Sent, err)
			}
			if n := served.Load(); n > 1 || len(clk.slept) > 0 {
				t.Errorf("%d requests, waited %v: a send was repeated", n, clk.slept)
			}
			if info := ExplainError(err); info.Plain == "" || info.Mend == "" || info.Class != c.want {
				t.Errorf("explained as %+v", info)
			}
		})
	}
}

// A kept connection may be dead by the next send. Whether that shows before or after writing, nothing goes out twice.
func TestDeadIdleConnectionSendsNothingTwice(t *testing.T) {
	var n atomic.Int32
	base := sockets(t, func(c *net.TCPConn) {
		readRequest(c)
		n.Add(1)
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 35\r\n\r\n{\"messages\":[{\"id\":\"wamid.XXXXX\"}]}")
	})
	c, _ := clientOf(t, base, nil)
	for i := range 3 {
		_, err := c.SendMessage(context.Background(), "1", textTo("1"))
		if got := Classify(err); err != nil && got != ClassAmbiguous && got != ClassRetry {
			t.Fatalf("send %d: %v: %v", i, got, err)
		}
		if n.Load() > int32(i)+1 {
			t.Fatalf("%d requests for %d sends", n.Load(), i+1)
		}
	}
}

func TestCancelledBeforeAnythingWasSent(t *testing.T) {
	c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was made") })
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := c.SendMessage(ctx, "1", textTo("1"))
	if Classify(err) != ClassRetry || !errors.Is(err, context.Canceled) {
		t.Errorf("%v: %v", Classify(err), err)
	}
}

func TestCancelledWhileWaitingForTheAnswer(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	c, _ := graph(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		cancel()
		<-r.Context().Done()
	})
	_, err := c.SendMessage(ctx, "1", textTo("1"))
	if Classify(err) != ClassAmbiguous || !errors.Is(err, context.Canceled) {
		t.Errorf("%v: %v", Classify(err), err)
	}
}

func TestGraphErrors(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		want   Error
		class  Class
	}{
		"send": {
			400, `{"error":{"message":"(#130429) Rate limit hit","type":"OAuthException","code":130429,"error_data":{"messaging_product":"whatsapp","details":"throughput"},"fbtrace_id":"A1"}}`,
			Error{Code: 130429, Type: "OAuthException", Message: "(#130429) Rate limit hit", Details: "throughput", FBTraceID: "A1"},
			ClassRetry,
		},
		"management": {
			400, `{"error":{"message":"Invalid parameter","type":"OAuthException","code":100,"error_subcode":2388293,"is_transient":false,"error_user_title":"T","error_user_msg":"M","error_data":{"blame_field_specs":[["name"]]},"fbtrace_id":"A2"}}`,
			Error{Code: 100, Subcode: 2388293, Type: "OAuthException", Message: "Invalid parameter", UserTitle: "T", UserMsg: "M", Details: "fields: [[name]]", FBTraceID: "A2"},
			ClassPermanent,
		},
		"error_data a string": {400, `{"error":{"code":"131009","error_data":"which one","type":"x"}}`, Error{Code: 131009, Type: "x", Details: "which one"}, ClassPermanent},
		"JSON in a string":    {400, `{"error":{"code":131009,"error_data":"{\"details\":\"deep\"}","type":"x"}}`, Error{Code: 131009, Type: "x", Details: "deep"}, ClassPermanent},
		"odd fields":          {401, `{"error":{"code":190,"error_subcode":"463","is_transient":"no","message":["x"],"type":"O"}}`, Error{Code: 190, Subcode: 463, Type: "O"}, ClassPermanent},
		"inside a 200":        {200, `{"error":{"code":131026,"message":"m","type":"O"}}`, Error{Code: 131026, Message: "m", Type: "O"}, ClassPermanent},
		"known code, 500":     {500, `{"error":{"code":131057,"type":"O"}}`, Error{Code: 131057, Type: "O"}, ClassRetry},
		"registered, 500":     {500, `{"error":{"code":131045,"type":"O"}}`, Error{Code: 131045, Type: "O"}, ClassPermanent},
		"unknown code, 400":   {400, `{"error":{"code":999999,"type":"O"}}`, Error{Code: 999999, Type: "O"}, ClassPermanent},
		"unknown code, 503":   {503, `{"error":{"code":999999,"type":"O"}}`, Error{Code: 999999, Type: "O"}, ClassAmbiguous},
		"unknown, transient":  {400, `{"error":{"code":999999,"type":"O","is_transient":true}}`, Error{Code: 999999, Type: "O", Transient: true}, ClassRetry},
		"code 0":              {401, `{"error":{"code":0,"type":"OAuthException"}}`, Error{Type: "OAuthException"}, ClassPermanent},
	} {
		t.Run(name, func(t *testing.T) {
			cl, _ := graph(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "7")
				answer(w, c.status, c.body)
			})
			_, err := cl.SendMessage(context.Background(), "1", textTo("1"))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%T %v", err, err)
			}
			c.want.HTTPStatus, c.want.RetryAfter, c.want.Raw = c.status, 7*time.Second, e.Raw
			if c.status == 200 {
				c.want.RetryAfter = 0
			}
			if got, want := *e, c.want; !equal(got, want) {
				t.Errorf("\n got %+v\nwant %+v", got, want)
			}
			if Classify(err) != c.class {
				t.Errorf("class %v, want %v", Classify(err), c.class)
			}
			if !strings.Contains(err.Error(), strconv.Itoa(c.want.Code)) || string(e.Raw) != c.body {
				t.Errorf("text %q, raw %q", err, e.Raw)
			}
		})
	}
}

func equal(a, b Error) bool {
	return a.Code == b.Code && a.Subcode == b.Subcode && a.Type == b.Type && a.Message == b.Message && a.Details == b.Details &&
		a.UserTitle == b.UserTitle && a.UserMsg == b.UserMsg && a.FBTraceID == b.FBTraceID && a.Transient == b.Transient &&
		a.RetryAfter == b.RetryAfter && a.HTTPStatus == b.HTTPStatus
}

func TestRetryAfterForms(t *testing.T) {
	now := time.Unix(1_790_000_000, 0)
	for h, want := range map[string]time.Duration{
		"": 0, "0": 0, "-5": 0, "120": 2 * time.Minute, "soon": 0, "99999999": 7 * 24 * time.Hour,
		now.Add(time.Hour).UTC().Format(http.TimeFormat): time.Hour, now.Add(-time.Hour).UTC().Format(http.TimeFormat): 0,
	} {
		if got := retryAfter(h, now); got != want {
			t.Errorf("%q: %v, want %v", h, got, want)
		}
	}
}
