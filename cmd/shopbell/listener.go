package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/meta/webhook"
)

// listener serves Meta's webhooks on loopback. Nothing else is reachable through it.
type listener struct {
	desk    *desk
	handler *webhook.Handler

	mu     sync.Mutex
	ctx    context.Context //nolint:containedctx // the life of the server, for a restart on another address
	server *http.Server
	addr   string
	err    error
	served chan struct{}

	kept atomic.Pointer[error] // why the last webhook could not be kept; nil when it was
}

// maxInFlight bounds the webhooks that are taken in at once; Meta comes again for the others.
const maxInFlight = 128

func newListener(d *desk) *listener {
	l := &listener{desk: d}
	l.handler = webhook.New(webhook.Config{Keys: d.keys(), Sink: l, Log: d.log, Now: time.Now, MaxInFlight: maxInFlight})
	return l
}

// Receive keeps a webhook in the journal, and remembers whether that worked, so that a full disk is seen before somebody misses a message.
func (l *listener) Receive(ctx context.Context, raw []byte, at time.Time) error {
	err := l.desk.store.Journal().Receive(ctx, raw, at)
	switch {
	case err == nil:
		l.kept.Store(nil)
	case ctx.Err() == nil:
		l.kept.Store(&err)
	}
	return err
}

// keys is what verifies requests.
func (d *desk) keys() webhook.Keys { return accounts.Keys{Service: d.accounts} }

// start listens and returns when it does. A port that another program holds is an app.Error that names the program, where that can be known.
func (l *listener) start(ctx context.Context, addr string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ctx = ctx
	l.addr = addr
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		l.err = listenError(addr, err)
		return l.err
	}
	l.err = nil
	l.addr = ln.Addr().String()
	mux := http.NewServeMux()
	mux.Handle(app.CallbackPath, l.handler)
	mux.Handle(app.CallbackPath+"/{$}", l.handler) // as some people paste it
	mux.HandleFunc("GET /healthz", l.health)
	server, served := webhook.NewServer(mux), make(chan struct{})
	l.server, l.served = server, served
	go func() {
		defer close(served)
		var opened sync.WaitGroup
		defer opened.Wait()
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		opened.Go(func() { l.openSecrets(ctx) })
		if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			l.desk.log.Error("the listener stopped", "err", err)
			l.mu.Lock()
			l.err = &app.Error{Code: app.CodeListener, Message: "The listener stopped.", Mend: "Start Shopbell again.", Cause: err}
			l.mu.Unlock()
		}
	}()
	l.desk.log.Info("listening", "addr", l.addr)
	return nil
}

// openSecrets reads what verifies webhooks from the keyring, which may take a while or ask somebody, before the first of them comes.
func (l *listener) openSecrets(ctx context.Context) {
	if _, err := l.desk.keys().AppSecrets(ctx, ""); err != nil && ctx.Err() == nil {
		l.desk.log.Error("webhooks cannot be verified before the app secrets can be read", "err", err)
	}
}

// stop refuses new webhooks and waits for those that are being written to disk.
func (l *listener) stop() {
	l.mu.Lock()
	server, served := l.server, l.served
	l.server = nil
	l.mu.Unlock()
	if server == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		_ = server.Close()
	}
	<-served
}

// move listens on another address instead.
func (l *listener) move(addr string) error {
	l.mu.Lock()
	ctx, before := l.ctx, l.addr
	l.mu.Unlock()
	if ctx == nil {
		return &app.Error{Code: app.CodeListener, Message: "Another Shopbell on this computer has the listener.", Mend: "Change the address there."}
	}
	l.stop()
	err := l.start(ctx, addr)
	if err != nil && before != addr {
		if errBack := l.start(ctx, before); errBack == nil {
			return err
		}
	}
	return err
}

// health is the answer of /healthz.
type health struct {
	OK      bool   `json:"ok"`
	Desk    string `json:"desk"`
	Taken   int64  `json:"taken"`   // webhooks since the start
	Refused int64  `json:"refused"` // of them for their signature or verify token; nothing of those was kept
}

func (l *listener) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, listening, _ := l.state()
	s := l.handler.Stats()
	if !listening {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(health{OK: listening, Desk: l.desk.ident, Taken: s.Accepted, Refused: s.RefusedSignature})
}

// url is where the listener takes webhooks, on this computer.
func (l *listener) url() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return "http://" + l.addr + app.CallbackPath
}

// state tells the address, whether it listens, and why not.
func (l *listener) state() (addr string, listening bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err = l.err; err == nil {
		if kept := l.kept.Load(); kept != nil {
			err = *kept
		}
	}
	return l.addr, l.server != nil && err == nil, err
}

// errInUse is what the system says of a port that another program holds.
var errInUse error = syscall.EADDRINUSE

func listenError(addr string, err error) error {
	e := &app.Error{Code: app.CodeListener, Cause: err, Message: "Shopbell can't listen on " + addr + "."}
	switch {
	case errors.Is(err, errInUse):
		e.Message = "The address " + addr + " is taken by another program."
		if name := portOwner(addr); name != "" {
			e.Message = "The address " + addr + " is taken by " + name + "."
		}
		e.Mend = "Stop that program, or let Shopbell listen on another address."
		if free := freeAddress(addr); free != "" {
			e.Mend = "Stop that program, or let Shopbell listen on " + free + ", which is free."
		}
	case errors.Is(err, syscall.EACCES):
		e.Mend = "Ports below 1024 belong to the system; choose a higher one, such as " + defaultListen + "."
	default:
		e.Mend = "Give an address of this computer with a port, such as " + defaultListen + "."
	}
	return e
}

// freeAddress finds the next free port above a taken one.
func freeAddress(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return ""
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return ""
	}
	for p := n + 1; p < min(n+50, 65536); p++ {
		candidate := net.JoinHostPort(host, fmt.Sprint(p))
		if ln, err := net.Listen("tcp", candidate); err == nil { //nolint:noctx // opened and closed at once
			_ = ln.Close()
			return candidate
		}
	}
	return ""
}
