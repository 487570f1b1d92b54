package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"shopbell/app"
)

const stationLease = 30 * time.Second

func runStation(ctx context.Context, c *call) error {
	if _, err := c.flags(nil, 0); err != nil {
		return err
	}
	lock, err := lockStation(c.opt.home)
	if err != nil {
		return err
	}
	if lock == nil {
		return &app.Error{
			Code: app.CodeConflict, Message: "Shopbell already runs on this home folder.",
			Mend: "Stop the other one first, or use another folder with --home.",
		}
	}
	defer lock.release()
	d, err := openDesk(ctx, c.opt, c.askPassphrase, c.stderr)
	if err != nil {
		return err
	}
	defer d.close()
	if err := d.start(context.WithoutCancel(ctx)); err != nil {
		return withFlag(err, d.listenerState().Free)
	}
	fmt.Fprintln(c.stdout, "listening on "+d.listener.url())
	<-ctx.Done()
	d.log.Info("stopping")
	return nil
}

// withFlag says, of an address that is taken, what a command line can do about it. The window has a button for that, and shows the words without.
func withFlag(err error, free string) error {
	var e *app.Error
	if !errors.Is(err, errInUse) || !errors.As(err, &e) {
		return err
	}
	said := *e
	said.Mend += " The flag for that is --listen " + cmp.Or(free, "ADDRESS") + "."
	return &said
}

// holdStation keeps the lease that names the one station of a shared database. It is a hint for the doctor and for jobs that one desk alone should do;
// that nothing is lost or doubled with two stations is the business of the tables' constraints.
func (d *desk) holdStation(ctx context.Context) error {
	owner := ownerPrefix(d.ident) + rand.Text()[:8]
	tick := time.NewTicker(stationLease / 3)
	defer tick.Stop()
	held := false
	for {
		var err error
		if held {
			held, err = d.store.RenewStation(ctx, owner, stationLease)
		} else {
			held, err = d.store.AcquireStation(ctx, owner, stationLease)
		}
		if err != nil && ctx.Err() == nil {
			d.log.Warn("the station's lease could not be renewed", "err", err)
		}
		select {
		case <-ctx.Done():
			if held {
				return d.releaseStation(ctx, owner)
			}
			return nil
		case <-tick.C:
		}
	}
}

// releaseStation gives the lease back though ctx has ended, but does not wait long for that.
func (d *desk) releaseStation(ctx context.Context, owner string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	return d.store.ReleaseStation(ctx, owner)
}
