package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"shopbell/app"
	"shopbell/app/sending"
	"shopbell/meta"
)

func runSend(ctx context.Context, c *call) error {
	var account, to, text, name, language string
	var values valueFlags
	var wait bool
	timeout := 2 * time.Minute
	_, err := c.flags(func(fs *flag.FlagSet) {
		fs.StringVar(&account, "account", "", "")
		fs.StringVar(&to, "to", "", "")
		fs.StringVar(&text, "text", "", "")
		fs.StringVar(&name, "template", "", "")
		fs.StringVar(&language, "language", "", "")
		fs.Var(&values, "value", "")
		fs.BoolVar(&wait, "wait", false, "")
		fs.DurationVar(&timeout, "timeout", timeout, "")
	}, 0)
	if err != nil {
		return err
	}
	if account == "" || to == "" || (text == "") == (name == "") {
		return &usageError{"send wants --account NAME, --to PHONE and either --text TEXT or --template NAME."}
	}
	if name == "" && (language != "" || len(values) > 0) {
		return &usageError{"--language and --value go with --template NAME."}
	}
	phone, err := app.ParsePhone(to, "")
	if err != nil {
		return err
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	a, err := d.accounts.ByName(ctx, account)
	if err != nil {
		return err
	}
	changes, cancel := d.store.Subscribe(app.TopicMessages)
	defer cancel()
	var m app.Message
	open := true
	if name == "" {
		m, open, err = d.inbox.SendTextTo(ctx, a.ID, phone, text)
	} else {
		m, err = d.sendTemplateTo(ctx, a.ID, phone, name, language, values)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, m.ID)
	if !open {
		fmt.Fprintln(c.stderr, "Note: this customer has not written in the last 24 hours as far as this desk knows; WhatsApp may refuse a free text (131047).")
	}
	if !wait {
		return nil
	}
	lock, err := lockStation(c.opt.home)
	if err != nil {
		return err
	}
	if lock != nil { // nobody runs here: this process is the station for as long as it waits
		defer lock.release()
		if err := d.start(context.WithoutCancel(ctx)); err != nil {
			fmt.Fprintln(c.stderr, err)
		}
	}
	ctx, done := context.WithTimeout(ctx, timeout)
	defer done()
	return c.waitFor(ctx, d, m, changes)
}

// sendTemplateTo queues a template message to a number.
func (d *desk) sendTemplateTo(ctx context.Context, account app.ID, phone, name, language string, values valueFlags) (app.Message, error) {
	t, err := d.findTemplate(ctx, account, name, language)
	if err != nil {
		return app.Message{}, err
	}
	doc := t.Document
	if t.Remote != nil {
		doc = *t.Remote
	}
	filled, err := values.slots(doc)
	if err != nil {
		return app.Message{}, err
	}
	m, _, err := d.sending.SendTo(ctx, sending.Job{Template: t.ID, Sender: operator(), Values: filled}, "+"+phone, "")
	return m, err
}

// notFinal says why a message is not final yet.
func notFinal(f *app.Failure) string {
	if f == nil || f.Code == 0 {
		return "It is not final yet; the message stays in the outbox and goes on."
	}
	info := meta.Explain(f.Code, 0)
	return fmt.Sprintf("It waits in the outbox, because Meta said: %d %s\n%s %s", f.Code, f.Title, info.Plain, info.Mend)
}

// waitFor prints the final state of a message, once it has one.
func (c *call) waitFor(ctx context.Context, d *desk, m app.Message, changes <-chan app.Changes) error {
	poll := time.NewTicker(500 * time.Millisecond)
	defer poll.Stop()
	for {
		now, err := d.store.Message(ctx, m.ID)
		switch {
		case err == nil:
			m = now
		case ctx.Err() == nil:
			return err
		}
		if m.Status.Final() {
			fmt.Fprintln(c.stdout, m.Status)
			if m.Status == app.StatusFailed && m.Error != nil {
				fmt.Fprintf(c.stderr, "%d %s\n", m.Error.Code, m.Error.Title)
			}
			if m.Status == app.StatusFailed || m.Status == app.StatusCancelled {
				return errQuiet
			}
			return nil
		}
		select {
		case <-ctx.Done():
			fmt.Fprintln(c.stdout, m.Status)
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				fmt.Fprintln(c.stderr, notFinal(m.Error))
			}
			return errQuiet
		case <-changes:
		case <-poll.C:
		}
	}
}
