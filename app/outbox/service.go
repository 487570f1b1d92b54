package outbox

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"shopbell/app"
	"shopbell/meta"
)

// Sender is the part of Meta's API that the outbox uses.
type Sender interface {
	SendMessage(ctx context.Context, phoneNumberID string, m meta.Message) (meta.Sent, error)
	// UploadMedia gives Meta's id of a file, good for 30 days.
	UploadMedia(ctx context.Context, phoneNumberID, filename, mime string, body io.Reader) (string, error)
}

// Config is what the service needs of the world.
type Config struct {
	Store  Store
	Sender func(ctx context.Context, account app.ID) (Sender, error)
	Files  Files // nil: messages with files fail
	Pacer  *meta.Pacer
	// PerSecond gives how many messages a second an account's number may send; nil: what the pacer takes for granted.
	PerSecond func(ctx context.Context, account app.ID) (float64, error)
	Feed      app.Feed // wakes the worker when something is queued
	Owner     string   // names this process in leases
	Dead      string   // owners whose name begins so are dead when Run begins: earlier runs of this program; "" for nobody
	Now       func() time.Time
	Rand      func() float64 // in [0,1), for jitter
	Log       *slog.Logger
}

// Service sends what is queued. Reading and a person's decisions (Resend, Arrived, Cancel) go straight to the Store.
type Service struct {
	Store
	c  Config
	up uploads

	paceMu sync.Mutex
	pace   map[app.ID]throughput
	gates  gates

	claimed time.Time // when Run claimed rows last; its own
}

// New makes the service; Run starts it.
func New(c Config) *Service {
	return &Service{Store: c.Store, c: c, up: uploads{under: map[string]chan struct{}{}}, pace: map[app.ID]throughput{}, gates: gates{open: map[string]chan struct{}{}}}
}
