package webhook

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// listen serves h with NewServer's limits on loopback; change may tighten them, so that a test need not wait.
func listen(t *testing.T, h http.Handler, change func(*http.Server)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := NewServer(h)
	if change != nil {
		change(srv)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close(); <-done })
	return l.Addr().String()
}

// raw writes bytes to a fresh connection and gives the answer and whether the server then closes.
func raw(t *testing.T, addr, request string) (status int, closed bool) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	br := bufio.NewReader(c)
	resp, err := http.ReadResponse(br, nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	_, err = br.ReadByte()
	return resp.StatusCode, err != nil
}

func request(length int, headers, body string) string {
	return fmt.Sprintf("POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%s\r\n%s", length, headers, body)
}

func TestServerLimits(t *testing.T) {
	srv := NewServer(nil)
	if srv.ReadHeaderTimeout == 0 || srv.ReadTimeout == 0 || srv.IdleTimeout == 0 || srv.MaxHeaderBytes != 16<<10 {
		t.Errorf("%+v", srv)
	}
}

// The answer comes although not a byte of the announced body was sent, and the connection ends.
func TestUnsignedIsAnsweredWithoutItsBody(t *testing.T) {
	addr := listen(t, New(Config{Keys: twoApps(), Sink: &shelf{}}), nil)
	if code, closed := raw(t, addr, request(1_000_000, "", "")); code != 401 || !closed {
		t.Errorf("unsigned: %d, closed %v", code, closed)
	}
	if code, closed := raw(t, addr, request(MaxBody+1, SignatureHeader+": "+Sign(secretA, nil)+"\r\n", "")); code != 413 || !closed {
		t.Errorf("too large: %d, closed %v", code, closed)
	}
}

func TestSlowBodyIsCutOff(t *testing.T) {
	sink := &shelf{}
	addr := listen(t, New(Config{Keys: twoApps(), Sink: sink}), func(s *http.Server) { s.ReadTimeout = 100 * time.Millisecond })
	b := string(body("1"))
	code, closed := raw(t, addr, request(len(b), SignatureHeader+": "+Sign(secretA, []byte(b))+"\r\n", b[:len(b)/2]))
	if code != 408 || !closed {
		t.Errorf("half a body: %d, closed %v", code, closed)
	}
	if len(sink.bodies) != 0 {
		t.Error("half a body was kept")
	}
}

func TestHugeHeadersAreRefused(t *testing.T) {
	addr := listen(t, New(Config{Keys: twoApps(), Sink: &shelf{}}), nil)
	if code, _ := raw(t, addr, "GET /webhook HTTP/1.1\r\nHost: x\r\nX-Long: "+strings.Repeat("a", 64<<10)+"\r\n\r\n"); code != 431 {
		t.Errorf("64 KiB of headers: %d", code)
	}
}

func TestKeepAliveDeliveries(t *testing.T) {
	sink := &shelf{}
	addr := listen(t, New(Config{Keys: twoApps(), Sink: sink}), nil)
	b := string(body("1"))
	one := request(len(b), SignatureHeader+": "+Sign(secretA, []byte(b))+"\r\n", b)
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	br := bufio.NewReader(c)
	for i := range 3 {
		if _, err := io.WriteString(c, one); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(br, nil)
		if err != nil || resp.StatusCode != 200 {
			t.Fatalf("delivery %d on one connection: %v %v", i, resp, err)
		}
		resp.Body.Close()
	}
	if len(sink.bodies) != 3 {
		t.Errorf("%d kept", len(sink.bodies))
	}
}
