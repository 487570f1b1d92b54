package sandbox

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Meta still sends the old signature too
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

const (
	retryFor   = 7 * 24 * time.Hour // how long Meta tries
	keptRecord = 5000               // deliveries remembered for GET /sandbox/webhooks
)

// postman delivers webhooks: one lane a callback, in the order of the lane's queue, several requests at once, each retried until it
// is answered with 200.
type postman struct {
	s      *Server
	client *http.Client

	mu    sync.Mutex
	lanes map[string]*lane
	log   []*delivery
	seq   int
	held  []*held // webhooks that a shuffle holds back
}

type lane struct {
	queue    []*update
	retries  []*delivery
	inFlight int
}

type held struct {
	callback string
	u        *update
	copies   int
}

// delivery is one body on its way.
type delivery struct {
	ID       int      `json:"id"`
	Callback string   `json:"callback"`
	Fields   []string `json:"fields"`
	Status   string   `json:"status"` // pending, delivered, dropped, given up
	HTTP     int      `json:"http,omitempty"`
	Attempts int      `json:"attempts"`
	Error    string   `json:"error,omitempty"`
	At       int64    `json:"at"`
	Body     string   `json:"body"`
	ups      []*update
	body     []byte    // exactly what is sent and signed
	until    time.Time // the end of Meta's patience
	wait     time.Duration
}

func newPostman(s *Server) *postman {
	t := &http.Transport{MaxIdleConnsPerHost: s.cfg.InFlight, IdleConnTimeout: 30 * time.Second, Proxy: nil}
	return &postman{
		s: s, lanes: map[string]*lane{},
		client: &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
}

func (p *postman) close() { p.client.CloseIdleConnections() }

// tell queues an update for whoever listens to it. Callers hold Server.mu.
func (s *Server) tell(u *update) {
	callback := s.callbackFor(u.phoneID, u.field)
	if callback == "" {
		return
	}
	drop, copies, hold := s.webhookFault()
	if copies > 0 || hold > 0 || drop {
		u.alone = true
	}
	s.postman.take(callback, u, drop, copies, hold)
}

// take puts an update into its lane; hold > 0 keeps it until that many more have come.
func (p *postman) take(callback string, u *update, drop bool, copies, hold int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if drop {
		d := p.record(callback, []*update{u})
		d.Status, d.Error = "dropped", "lost on purpose"
		return
	}
	if hold > 0 {
		p.held = append(p.held, &held{callback, u, copies})
		if hold == 1 || len(p.held) == 1 {
			if hold == 1 {
				p.release()
				return
			}
			p.s.agenda.after(p.s.cfg.Pace.Hold, func() {
				p.mu.Lock()
				defer p.mu.Unlock()
				p.release()
			})
		}
		return
	}
	l := p.lane(callback)
	for range copies + 1 {
		l.queue = append(l.queue, u)
	}
	p.pump(callback, l)
}

// release sends what a shuffle held, in another order than it came. Callers hold p.mu.
func (p *postman) release() {
	hs := p.held
	p.held = nil
	if len(hs) == 0 {
		return
	}
	order := make([]int, len(hs))
	for i := range order {
		order[i] = i
	}
	p.s.dice.shuffle(len(hs), func(i, j int) { order[i], order[j] = order[j], order[i] })
	same := len(hs) > 1
	for i, o := range order {
		same = same && i == o
	}
	if same { // the one order that would not be a fault
		order[0], order[1] = order[1], order[0]
	}
	for _, i := range order {
		l := p.lane(hs[i].callback)
		for range hs[i].copies + 1 {
			l.queue = append(l.queue, hs[i].u)
		}
		p.pump(hs[i].callback, l)
	}
}

func (p *postman) lane(callback string) *lane {
	l := p.lanes[callback]
	if l == nil {
		l = &lane{}
		p.lanes[callback] = l
	}
	return l
}

// pump starts requests while there is something to send and room for it. Callers hold p.mu.
func (p *postman) pump(callback string, l *lane) {
	for l.inFlight < p.s.cfg.InFlight && p.s.ctx.Err() == nil {
		var d *delivery
		switch {
		case len(l.retries) > 0:
			d = l.retries[0]
			l.retries = l.retries[1:]
		case len(l.queue) > 0:
			n := p.batch(l.queue)
			d = p.record(callback, l.queue[:n])
			l.queue = l.queue[n:]
		default:
			return
		}
		if !p.s.spawn(func() { p.carry(l, d) }) {
			return
		}
		l.inFlight++
	}
}

// batch says how many of the queue go into the next body: usually one, now and then several, always several when many wait.
func (p *postman) batch(q []*update) int {
	most := min(p.s.cfg.Batch, len(q))
	if most < 2 || len(q) < 4*p.s.cfg.Batch && !p.s.dice.chance(0.3) {
		return 1
	}
	n := 0
	for n < most && !q[n].alone {
		n++
	}
	return max(n, 1)
}

// record writes the body down. Callers hold p.mu.
func (p *postman) record(callback string, ups []*update) *delivery {
	p.seq++
	d := &delivery{ID: p.seq, Callback: callback, Status: "pending", At: p.s.now().UnixMilli(), until: p.s.now().Add(retryFor), wait: p.s.cfg.Pace.Retry}
	d.ups = append([]*update(nil), ups...)
	for _, u := range ups {
		d.Fields = append(d.Fields, u.field)
	}
	p.log = append(p.log, d)
	if len(p.log) > 2*keptRecord {
		p.log = append([]*delivery(nil), p.log[keptRecord:]...)
	}
	return d
}

// carry makes one attempt and plans the next one if it must.
func (p *postman) carry(l *lane, d *delivery) {
	code, err := p.write(d), error(nil)
	if code == 0 {
		code, err = p.post(d)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	l.inFlight--
	if p.lanes[d.Callback] != l { // a reset came between
		return
	}
	if code >= 0 {
		d.Attempts++
		d.HTTP, d.Error = code, ""
		if err != nil {
			d.Error = err.Error()
		}
		switch {
		case err == nil && code == http.StatusOK:
			d.Status = "delivered"
		case p.s.ctx.Err() != nil:
		case p.s.now().After(d.until):
			d.Status = "given up"
			p.s.log.Warn("a webhook was given up", "delivery", d.ID, "attempts", d.Attempts)
		default:
			p.retry(l, d)
		}
	}
	p.pump(d.Callback, l)
}

// retry brings a refused body back after a while that doubles each time. Callers hold p.mu.
func (p *postman) retry(l *lane, d *delivery) {
	wait := d.wait
	d.wait = min(2*d.wait, max(p.s.cfg.Pace.RetryMax, p.s.cfg.Pace.Retry))
	p.s.agenda.after(wait, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.lanes[d.Callback] != l {
			return
		}
		l.retries = append(l.retries, d)
		p.pump(d.Callback, l)
	})
}

// write composes the body at the first attempt; -1 means that it cannot be written.
func (p *postman) write(d *delivery) int {
	if d.body != nil {
		return 0
	}
	b, err := compose(p.s.cred.WABAID, d.ups, p.s.displayOf)
	p.mu.Lock()
	defer p.mu.Unlock()
	if d.body = b; err != nil {
		d.Status, d.Error = "given up", err.Error()
		return -1
	}
	return 0
}

func (p *postman) post(d *delivery) (int, error) {
	ctx, cancel := context.WithTimeout(p.s.ctx, callbackTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.Callback, bytes.NewReader(d.body))
	if err != nil {
		return 0, fmt.Errorf("callback address: %w", err)
	}
	key := []byte(p.s.cred.AppSecret)
	new256, old := hmac.New(sha256.New, key), hmac.New(sha1.New, key)
	new256.Write(d.body)
	old.Write(d.body)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "facebookexternalua")
	req.Header.Set("Accept", "*/*")
	req.Header.Set("X-Hub-Signature-256", "sha256="+hex.EncodeToString(new256.Sum(nil)))
	req.Header.Set("X-Hub-Signature", "sha1="+hex.EncodeToString(old.Sum(nil)))
	resp, err := p.client.Do(req)
	if err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			return 0, errors.New("no answer in time")
		}
		return 0, fmt.Errorf("posting: %w", err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection can be used again
	return resp.StatusCode, nil
}

// forget drops everything that waits; what is on its way arrives or not.
func (p *postman) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lanes, p.log, p.held = map[string]*lane{}, nil, nil
}

// deliveries is a copy of the record, newest last.
func (p *postman) deliveries() []delivery {
	p.mu.Lock()
	defer p.mu.Unlock()
	from := max(0, len(p.log)-keptRecord)
	out := make([]delivery, 0, len(p.log)-from)
	for _, d := range p.log[from:] {
		c := *d
		c.Body = string(d.body)
		out = append(out, c)
	}
	return out
}
