package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"shopbell/app"
)

// fileLock is a lock that the system takes back when the process ends, however it ends.
type fileLock struct{ f *flock.Flock }

func (l *fileLock) release() {
	if l != nil {
		_ = l.f.Unlock()
	}
}

// lockStation makes this process the one that listens and sends for a home folder; nil when another one is.
func lockStation(home string) (*fileLock, error) { return lockFile(home, "station.lock") }

// lockWindow makes this process the one window of a home folder; nil when there is another one.
func lockWindow(home string) (*fileLock, error) { return lockFile(home, "window.lock") }

func lockFile(home, name string) (*fileLock, error) {
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, homeError(home, err)
	}
	f := flock.New(filepath.Join(home, name))
	ok, err := f.TryLock()
	if err != nil {
		return nil, homeError(home, err)
	}
	if !ok {
		return nil, nil
	}
	return &fileLock{f}, nil
}

func homeError(home string, err error) error {
	return &app.Error{
		Code: app.CodeDatabase, Cause: err,
		Message: "The folder " + home + " can't be written.", Mend: "Choose another one with --home, or give yourself the right to write there.",
	}
}

// doorbell is the socket by which a second start brings the first window to the front.
type doorbell struct {
	ln   net.Listener
	done chan struct{}
}

// listenDoorbell calls show whenever somebody rings.
func listenDoorbell(home string, show func()) (*doorbell, error) {
	path := doorbellPath(home)
	_ = os.Remove(path)                 // we hold the window's lock, so nobody listens there
	ln, err := net.Listen("unix", path) //nolint:noctx // lives as long as the window
	if err != nil {
		return nil, fmt.Errorf("doorbell: %w", err)
	}
	b := &doorbell{ln: ln, done: make(chan struct{})}
	go func() {
		defer close(b.done)
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			_ = conn.SetDeadline(time.Now().Add(2 * time.Second))
			if line, err := bufio.NewReader(conn).ReadString('\n'); err == nil && line == "show\n" {
				show()
				_, _ = conn.Write([]byte("shown\n"))
			}
			_ = conn.Close()
		}
	}()
	return b, nil
}

func (b *doorbell) close() {
	_ = b.ln.Close()
	<-b.done
}

// ring asks the window of a home folder to come to the front, for as long as it may take to start.
func ring(ctx context.Context, home string) error {
	var last error
	for range 50 {
		if last = ringOnce(ctx, home); last == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return &app.Error{
		Code: app.CodeConflict, Cause: last,
		Message: "Shopbell already runs on this home folder, but its window does not answer.", Mend: "Close it and start again.",
	}
}

func ringOnce(ctx context.Context, home string) error {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "unix", doorbellPath(home))
	if err != nil {
		return err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(3 * time.Second))
	if _, err = conn.Write([]byte("show\n")); err != nil {
		return err
	}
	_, err = bufio.NewReader(conn).ReadString('\n')
	return err
}

// doorbellPath is short, as the system limits it to about a hundred bytes.
func doorbellPath(home string) string {
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		dir = os.TempDir()
	}
	sum := sha256.Sum256([]byte(home))
	return filepath.Join(dir, "shopbell-"+hex.EncodeToString(sum[:8])+".sock")
}
