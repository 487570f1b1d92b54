package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"time"

	"shopbell/app"
)

// stuckAfter is how long a message may wait in the queue before the doctor says so.
const stuckAfter = 15 * time.Minute

func runDoctor(ctx context.Context, c *call) error {
	var asJSON bool
	if _, err := c.flags(func(fs *flag.FlagSet) { fs.BoolVar(&asJSON, "json", false, "") }, 0); err != nil {
		return err
	}
	checks := c.doctor(ctx)
	ok := !app.Failed(checks)
	if asJSON {
		enc := json.NewEncoder(c.stdout)
		enc.SetIndent("", "  ")
		if err := enc.Encode(struct {
			OK     bool        `json:"ok"`
			Checks []app.Check `json:"checks"`
		}{ok, checks}); err != nil {
			return err
		}
	} else {
		for _, check := range checks {
			printCheck(c.stdout, check)
		}
	}
	if !ok {
		return errQuiet
	}
	return nil
}

// doctor checks the whole program from outside. What can't even be opened is a line like any other.
func (c *call) doctor(ctx context.Context) []app.Check {
	d, err := c.open(ctx)
	if err != nil {
		return []app.Check{failedCheck(openCheckID(err), openCheckWhat(err), err)}
	}
	defer d.close()
	checks := d.health(ctx)
	checks = append(checks, d.listenerCheck(ctx))
	return append(checks, d.accountChecks(ctx)...)
}

func openCheckID(err error) string {
	if app.ErrorCode(err) == app.CodeSecrets {
		return "keyring"
	}
	return "database"
}

func openCheckWhat(err error) string {
	if app.ErrorCode(err) == app.CodeSecrets {
		return "Keyring"
	}
	return "Database"
}

// health checks what this process can see of itself: database, secrets, queue, journal.
func (d *desk) health(ctx context.Context) []app.Check {
	checks := d.store.Health(ctx)
	keyring := app.Check{ID: "keyring", What: "Keyring", OK: true, Why: "secrets can be kept in the " + string(d.secrets.Kind())}
	if err := d.secrets.Health(ctx); err != nil {
		keyring = failedCheck("keyring", "Keyring", err)
	}
	return append(checks, keyring, d.queueCheck(ctx))
}

func (d *desk) queueCheck(ctx context.Context) app.Check {
	c := app.Check{ID: "queue", What: "Outbox", OK: true}
	counts, err := d.store.Counts(ctx)
	if err != nil {
		return failedCheck(c.ID, c.What, err)
	}
	c.Why = fmt.Sprintf("%d waiting, %d need a person", counts.Queued, counts.Failed)
	if counts.Failed > 0 {
		c.Warning, c.Mend = true, "Open the Outbox in the window: each of them says what happened and what to do."
	}
	waiting, err := d.store.Sends(ctx, []app.SendState{app.SendQueued}, 0, 100)
	if err != nil {
		return failedCheck(c.ID, c.What, err)
	}
	for _, s := range waiting {
		if age := time.Since(s.CreatedAt); age > stuckAfter && s.Due.Before(time.Now()) {
			c.Warning, c.Why = true, c.Why+fmt.Sprintf("; one has waited for %d minutes", int(age.Minutes()))
			c.Mend = "Open Shopbell, or run shopbell station, so that it goes out."
			break
		}
	}
	return c
}

// listenerCheck asks the listener's address who answers there.
func (d *desk) listenerCheck(ctx context.Context) app.Check {
	c := app.Check{ID: "listener", What: "Listener", OK: true, Why: "listens on " + d.opt.listen}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+d.opt.listen+"/healthz", nil)
	if err != nil {
		return failedCheck(c.ID, c.What, listenError(d.opt.listen, err))
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		ln, errListen := (&net.ListenConfig{}).Listen(ctx, "tcp", d.opt.listen)
		if errListen != nil {
			return failedCheck(c.ID, c.What, listenError(d.opt.listen, errListen))
		}
		_ = ln.Close()
		c.Warning, c.Why = true, "Shopbell does not run now, so no message can come in; "+d.opt.listen+" is free for it."
		c.Mend = "Open Shopbell, or run shopbell station."
		return c
	}
	defer resp.Body.Close()
	var who health
	if err := json.NewDecoder(resp.Body).Decode(&who); err != nil || who.Desk == "" {
		return failedCheck(c.ID, c.What, listenError(d.opt.listen, errors.Join(errors.New("another program answers there"), errInUse)))
	}
	if who.Desk == d.ident && !who.OK {
		c.OK, c.Code = false, string(app.CodeListener)
		c.Why, c.Mend = "Webhooks come in and can't be written to disk; Meta keeps them for up to 7 days.", "Make room on the disk; logs/shopbell.log says more."
	}
	if who.Desk == d.ident && who.OK {
		c.Why += fmt.Sprintf("; %d webhooks taken in since its start, %d refused for their signature", who.Taken, who.Refused)
		if who.Refused > 0 && who.Taken == 0 {
			c.Warning, c.Mend = true, "If these were Meta's, the app secret of an account is wrong: test the accounts."
		}
	}
	if who.Desk != d.ident {
		c.OK, c.Code = false, string(app.CodeListener)
		c.Why, c.Mend = "The Shopbell of another home folder listens on "+d.opt.listen+".", "Give one of the two another address, in its Settings."
	}
	return c
}

func (d *desk) accountChecks(ctx context.Context) []app.Check {
	checks, err := d.accounts.Doctor(ctx)
	if err != nil {
		checks = append(checks, failedCheck("accounts", "Accounts", err))
	}
	return checks
}

func failedCheck(id, what string, err error) app.Check {
	c := app.Check{ID: id, What: what, Why: err.Error(), Code: string(app.ErrorCode(err))}
	var e *app.Error
	if errors.As(err, &e) {
		c.Why, c.Mend = e.Message, e.Mend
	}
	return c
}
