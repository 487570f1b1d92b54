package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Server is one practice Meta with one app, one business account and its numbers.
type Server struct {
	cfg  Config
	log  *slog.Logger
	cred Credentials
	dice *dice

	mu  sync.Mutex // guards w and sub
	w   *world
	sub subscriptions

	displays sync.Map // digits of each number by its id, for webhook metadata
	agenda   *agenda
	postman  *postman

	ctx    context.Context //nolint:containedctx // the life of the server's goroutines
	cancel context.CancelFunc

	workMu  sync.Mutex
	work    sync.WaitGroup // every goroutine and every running handler
	stopped bool           // no more work; guarded by workMu

	httpMu sync.Mutex
	http   *http.Server
	base   atomic.Value // string: scheme and host once started
	closed bool
}

// New builds a server and starts its inner clockwork; Close ends it, also when Start was never called.
func New(cfg Config) *Server {
	d := newDice(cfg.Rand)
	fill := func(s *string, gen func() string) {
		if *s == "" {
			*s = gen()
		}
	}
	fill(&cfg.AppID, d.id)
	fill(&cfg.WABAID, d.id)
	fill(&cfg.PhoneNumberID, d.id)
	fill(&cfg.AccessToken, d.token)
	fill(&cfg.AppSecret, func() string { return d.str(hexLow, 32) })
	fill(&cfg.DisplayPhoneNumber, func() string { return "+1 555-0" + d.str(decimals, 2) + "-" + d.str(decimals, 4) })
	fill(&cfg.BusinessName, func() string { return "Corner Shop" })
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Pace == (Pace{}) {
		cfg.Pace = DefaultPace()
	}
	if cfg.Pace.Review == 0 {
		cfg.Pace.Review = cfg.Pace.Read
	}
	if cfg.Limits == (Limits{}) {
		cfg.Limits = DefaultLimits()
	}
	if cfg.Shape == "" {
		cfg.Shape = Shape2026
	}
	if cfg.Batch <= 0 {
		cfg.Batch = 8
	}
	if cfg.InFlight <= 0 {
		cfg.InFlight = 8
	}
	s := &Server{cfg: cfg, log: cfg.Log, dice: d, agenda: newAgenda()}
	s.cred = Credentials{
		AppID: cfg.AppID, WABAID: cfg.WABAID, PhoneNumberID: cfg.PhoneNumberID,
		DisplayPhoneNumber: cfg.DisplayPhoneNumber, AccessToken: cfg.AccessToken, AppSecret: cfg.AppSecret,
	}
	s.w = newWorld(cfg, s.cred, d, cfg.Now())
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.displays.Store(cfg.PhoneNumberID, onlyDigits(cfg.DisplayPhoneNumber))
	s.postman = newPostman(s)
	s.spawn(func() { s.agenda.run(s.ctx) })
	return s
}

// Start listens on addr (port 0 picks one) and returns once requests are taken. The server closes when ctx ends.
func (s *Server) Start(ctx context.Context, addr string) error {
	s.httpMu.Lock()
	defer s.httpMu.Unlock()
	if s.closed {
		return errors.New("sandbox: already closed")
	}
	if s.http != nil {
		return errors.New("sandbox: already started")
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("sandbox: listening on %s: %w", addr, err)
	}
	host, port, _ := net.SplitHostPort(ln.Addr().String())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	s.base.Store("http://" + net.JoinHostPort(host, port))
	s.http = &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 30 * time.Second, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)}
	srv := s.http
	s.spawn(func() {
		if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("practice server stopped", "err", err)
		}
	})
	if ctx.Done() != nil {
		s.spawn(func() {
			select {
			case <-ctx.Done():
				_ = s.halt() // Close answers for it
			case <-s.ctx.Done():
			}
		})
	}
	return nil
}

// URL is the Graph address for clients, with a version: http://127.0.0.1:PORT/v26.0. Empty before Start.
func (s *Server) URL() string {
	if b, ok := s.base.Load().(string); ok {
		return b + "/v26.0"
	}
	return ""
}

// Credentials are what a client needs to connect.
func (s *Server) Credentials() Credentials {
	c := s.cred
	c.URL = s.URL()
	return c
}

// Handler serves the Graph edges, media bytes and the control interface.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.begin() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		defer s.work.Done()
		switch p := r.URL.Path; {
		case strings.HasPrefix(p, "/sandbox/"), p == "/sandbox":
			s.control(w, r)
		case strings.HasPrefix(p, samplePath):
			s.serveSample(w, r)
		case strings.HasPrefix(p, mediaPath):
			s.serveMedia(w, r)
		default:
			s.graph(w, r)
		}
	})
}

// Close stops listening, cuts what hangs, and waits for every goroutine of the server.
func (s *Server) Close() error {
	err := s.halt()
	s.workMu.Lock()
	s.stopped = true
	s.workMu.Unlock()
	s.work.Wait()
	s.postman.close()
	return err
}

func (s *Server) halt() error {
	s.httpMu.Lock()
	defer s.httpMu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	s.cancel()
	if s.http == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		return s.http.Close()
	}
	return nil
}

// begin counts one more piece of work, unless the server is ending.
func (s *Server) begin() bool {
	s.workMu.Lock()
	defer s.workMu.Unlock()
	if s.stopped {
		return false
	}
	s.work.Add(1)
	return true
}

// spawn runs f in a goroutine that Close waits for; false when the server is ending.
func (s *Server) spawn(f func()) bool {
	if !s.begin() {
		return false
	}
	go func() {
		defer s.work.Done()
		f()
	}()
	return true
}

func (s *Server) now() time.Time { return s.cfg.Now() }

// later plans do after about d, by the pace's jitter.
func (s *Server) later(d time.Duration, do func()) {
	s.agenda.after(s.dice.around(d, s.cfg.Pace.Jitter), do)
}
