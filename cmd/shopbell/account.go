package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"shopbell/app"
	"shopbell/app/accounts"
)

// open opens the desk for a subcommand, without starting it.
func (c *call) open(ctx context.Context) (*desk, error) {
	return openDesk(ctx, c.opt, c.askPassphrase, c.stderr)
}

func runAccountAdd(ctx context.Context, c *call) error {
	args, err := c.flags(nil, 1)
	if err != nil {
		return err
	}
	draft, err := readDraft(args[0], c.stdin)
	if err != nil {
		return err
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	if err = sameAccount(ctx, d, &draft); err != nil {
		return err
	}
	a, cred, err := d.accounts.Save(ctx, draft)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "account: %s\ncallback path: %s\nverify token: %s\n", a.Name, app.CallbackPath, cred.VerifyToken)
	return nil
}

// sameAccount makes adding an account that is there already (same name, same number) an update, so that a script may run twice.
func sameAccount(ctx context.Context, d *desk, draft *accounts.Draft) error {
	list, err := d.accounts.List(ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.Name == draft.Name && a.PhoneNumberID == draft.PhoneNumberID {
			draft.ID = a.ID
		}
	}
	return nil
}

// readDraft reads an account's file; "-" is standard input.
func readDraft(name string, stdin io.Reader) (accounts.Draft, error) {
	var d accounts.Draft
	wrong := func(message string, cause error) error {
		return &app.Error{
			Code: app.CodeInvalid, Message: message, Cause: cause,
			Mend: `It holds one JSON object with "name", "app_id", "waba_id", "phone_number_id", "access_token", "app_secret" and, if you like, "verify_token".`,
		}
	}
	raw, err := io.ReadAll(io.LimitReader(stdin, 1<<20))
	if name != "-" {
		raw, err = os.ReadFile(name)
	}
	if err != nil {
		return d, wrong("The account's file could not be read.", err)
	}
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	if err = dec.Decode(&d); err != nil {
		var typ *json.UnmarshalTypeError
		if errors.As(err, &typ) {
			return d, wrong("The account's file has a "+typ.Value+" for “"+typ.Field+"”; ids are written in quotes.", nil)
		}
		return d, wrong("The account's file is not JSON.", nil) // the cause might quote a secret
	}
	if dec.More() {
		return d, wrong("The account's file has something behind its JSON object.", nil)
	}
	return d, nil
}

func runAccountTest(ctx context.Context, c *call) error {
	args, err := c.flags(nil, 1)
	if err != nil {
		return err
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	a, err := d.accounts.ByName(ctx, args[0])
	if err != nil {
		return err
	}
	checks, err := d.accounts.Test(ctx, a.ID, func(check app.Check) { printCheck(c.stdout, check) })
	if err != nil {
		return err
	}
	if app.Failed(checks) {
		return errQuiet
	}
	return nil
}

func printCheck(w io.Writer, c app.Check) {
	mark := "ok  "
	switch {
	case !c.OK:
		mark = "FAIL"
	case c.Warning:
		mark = "warn"
	}
	what := c.What
	if c.Account != "" {
		what = c.Account + " · " + what
	}
	fmt.Fprintf(w, "%s  %s: %s\n", mark, what, c.Why)
	if c.Mend != "" {
		fmt.Fprintf(w, "      %s\n", c.Mend)
	}
}

func runAccountList(ctx context.Context, c *call) error {
	if _, err := c.flags(nil, 0); err != nil {
		return err
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	list, err := d.accounts.List(ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		state := ""
		if a.Archived {
			state = "\tarchived"
		}
		fmt.Fprintf(c.stdout, "%s\t%s\t%s%s\n", a.Name, a.PhoneNumberID, a.DisplayPhone, state)
	}
	return nil
}
