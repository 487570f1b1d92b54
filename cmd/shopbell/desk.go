package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	randv2 "math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/broadcasts"
	"shopbell/app/inbox"
	"shopbell/app/outbox"
	"shopbell/app/records"
	"shopbell/app/sending"
	"shopbell/app/shop"
	"shopbell/app/templates"
	"shopbell/meta"
	"shopbell/storage"
	"shopbell/storage/media"
	"shopbell/storage/secret"
)

// desk is one running program: what window, station and subcommands share.
type desk struct {
	opt     options
	graphAt graphAddress
	log     *slog.Logger
	store   *storage.Store
	secrets *secret.Store
	files   *media.Store

	accounts *accounts.Service
	inbox    *inbox.Service
	outbox   *outbox.Service
	sending  *sending.Service

	broadcasts *broadcasts.Service

	templates *templates.Service
	records   *records.Shop
	kept      *records.Kept
	shop      *shop.Service

	listener *listener
	practice *practice

	mu      sync.Mutex
	running bool
	viewing bool // another process runs the parts
	cancel  context.CancelFunc
	parts   sync.WaitGroup
	closers []io.Closer
	ident   string // tells this home's listener from another program's
}

// passphrases asks for the passphrase of the secrets file.
type passphrases func(ctx context.Context) (string, error)

// openDesk opens storage and secrets and builds the services. Nothing runs yet.
func openDesk(ctx context.Context, opt options, ask passphrases, console io.Writer) (*desk, error) {
	if err := os.MkdirAll(opt.home, 0o700); err != nil {
		return nil, &app.Error{
			Code: app.CodeDatabase, Cause: err,
			Message: "The folder " + opt.home + " can't be made.", Mend: "Choose another one with --home, or give yourself the right to write there.",
		}
	}
	d := &desk{opt: opt, ident: identity(opt.home)}
	d.log = d.openLog(console)
	store, err := storage.Open(ctx, storage.Options{Home: opt.home, DSN: opt.dsn, Desk: deskNumber(opt), Now: time.Now, Log: d.log})
	if err != nil {
		d.close()
		return nil, err
	}
	d.store = store
	d.closers = append(d.closers, store)
	service, err := keyringService(ctx, store)
	if err != nil {
		d.close()
		return nil, err
	}
	d.secrets, err = secret.Open(ctx, secret.Options{
		Service: service, FilePath: filepath.Join(opt.home, "secrets.age"), Passphrase: ask, Timeout: 20 * time.Second,
	})
	if err != nil {
		d.close()
		return nil, err
	}
	d.closers = append(d.closers, closer(func() error { return d.secrets.Close(context.WithoutCancel(ctx)) }))
	if d.files, err = media.Open(filepath.Join(opt.home, "media")); err != nil {
		d.close()
		return nil, err
	}
	d.closers = append(d.closers, d.files)
	d.build()
	if err := d.shop.Begin(ctx); err != nil {
		d.close()
		return nil, err
	}
	d.graphAt.flag = opt.graph
	if _, err := d.loadGraph(ctx); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

// build wires the services.
func (d *desk) build() {
	d.accounts = accounts.New(accounts.Config{Store: d.store, Secrets: d.secrets, Graph: d.graph, Now: time.Now, Log: d.log})
	d.inbox = inbox.New(inbox.Config{
		Store: d.store, Journal: d.store.Journal(), Settings: d.store, Now: time.Now, Log: d.log, Fetch: &fetcher{client: d.accounts.Client, files: d.files},
	})
	owner := ownerPrefix(d.ident) + rand.Text()[:8]
	d.buildTemplates(owner)
	d.buildShop()
	d.buildSending()
	d.outbox = outbox.New(outbox.Config{
		Store: d.store,
		Sender: func(ctx context.Context, id app.ID) (outbox.Sender, error) {
			return d.accounts.Client(ctx, id)
		},
		Files: mediaFiles{d.files}, Pacer: meta.NewPacer(), PerSecond: d.perSecond, Feed: d.store, Owner: owner, Dead: ownerPrefix(d.ident), Now: time.Now, Rand: randv2.Float64, Log: d.log,
	})
	d.listener = newListener(d)
	d.practice = &practice{desk: d, fresh: make(chan app.ID, 1)}
}

// start runs every part, in order: first what takes in, then what sends. It returns when the listener listens.
func (d *desk) start(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running {
		return nil
	}
	ctx, d.cancel = context.WithCancel(ctx)
	errListen := d.listener.start(ctx, d.listenAddress(ctx))
	d.part(ctx, "follow", d.follow)
	d.part(ctx, "tidy", d.tidy)
	d.part(ctx, "purge", d.purge)
	d.part(ctx, "inbox", d.inbox.Run)
	d.part(ctx, "outbox", d.outbox.Run)
	d.part(ctx, "broadcasts", d.broadcasts.Run)
	d.part(ctx, "templates", d.templates.Run)
	d.part(ctx, "station", d.holdStation)
	d.part(ctx, "practice templates", d.practice.stock)
	d.running = true
	if errListen != nil {
		return errListen
	}
	d.part(ctx, "practice", d.practice.resume)
	return nil
}

// watch follows what another process on this home folder does, without taking part.
func (d *desk) watch(ctx context.Context) {
	d.mu.Lock()
	defer d.mu.Unlock()
	ctx, d.cancel = context.WithCancel(ctx)
	d.part(ctx, "follow", d.follow)
	d.running, d.viewing = true, true
}

// viewer tells whether this process only watches.
func (d *desk) viewer() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.viewing
}

// settingListen is where the person's own choice of address is kept. A flag or the environment stands above it.
const settingListen = "listen"

func (d *desk) listenAddress(ctx context.Context) string {
	if d.opt.listen != defaultListen {
		return d.opt.listen
	}
	if addr, err := d.store.Setting(ctx, settingListen); err == nil && addr != "" {
		return addr
	}
	return d.opt.listen
}

// part runs one part of the program until ctx ends, and again after a pause should it panic.
func (d *desk) part(ctx context.Context, name string, run func(context.Context) error) {
	d.parts.Go(func() {
		for ctx.Err() == nil {
			err := d.guard(ctx, name, run)
			if err == nil || ctx.Err() != nil {
				return
			}
			d.log.Error("a part of the program stopped and is started again", "part", name, "err", err)
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	})
}

func (d *desk) guard(ctx context.Context, name string, run func(context.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			d.log.Error("panic", "part", name, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return run(ctx)
}

// stop ends the parts in reverse: the listener refuses, requests under way finish, what was claimed goes back.
func (d *desk) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.running {
		return
	}
	d.listener.stop()
	d.cancel()
	d.parts.Wait()
	d.practice.stop()
	d.running = false
}

// close stops and closes everything.
func (d *desk) close() {
	d.stop()
	for i := len(d.closers) - 1; i >= 0; i-- {
		if err := d.closers[i].Close(); err != nil && d.log != nil {
			d.log.Error("closing", "err", err)
		}
	}
	d.closers = nil
}

// graph is where an account's API is: Meta's, or the practice server in this process.
func (d *desk) graph(a app.Account) string {
	if a.Practice {
		return d.practice.url()
	}
	return d.graphAt.url()
}

// closer makes a function an io.Closer.
type closer func() error

func (c closer) Close() error { return c() }

// identity is a short name of a home folder that tells nothing of it.
func identity(home string) string {
	sum := sha256.Sum256([]byte(home))
	return hex.EncodeToString(sum[:6])
}

// deskNumber keeps the ids of several desks on one database apart.
func deskNumber(opt options) int {
	host, _ := os.Hostname()
	sum := sha256.Sum256([]byte(host + "\x00" + opt.home + "\x00" + fmt.Sprint(os.Getpid())))
	return int(sum[0])<<8 | int(sum[1])
}

// ownerPrefix begins the names, in leases, of all runs of this home folder on this computer. The station's lock lets one live at a time.
func ownerPrefix(ident string) string {
	host, _ := os.Hostname()
	return host + "/" + ident + "/"
}

// keyringService names this database's entries in the keyring, so that two of them on one computer do not mix.
func keyringService(ctx context.Context, store *storage.Store) (string, error) {
	const key = "keyring_service"
	name, err := store.Setting(ctx, key)
	if err != nil || name != "" {
		return name, err
	}
	name = "Shopbell " + rand.Text()[:10]
	if err = store.SetSetting(ctx, key, name); err != nil {
		return "", err
	}
	return name, nil
}
