package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"shopbell/app"
	"shopbell/app/records"
	examples "shopbell/app/records/samples"
	"shopbell/app/starters"
	"shopbell/app/templates"
	"shopbell/assets"
)

// buildTemplates wires the templates, what fills them in, and what they begin with.
func (d *desk) buildTemplates(owner string) {
	d.templates = templates.New(templates.Config{
		Store: d.store, Files: d.files, Owner: owner, Now: time.Now, Log: d.log,
		Account: d.store.Account,
		Client: func(ctx context.Context, id app.ID) (templates.Remote, error) {
			return d.accounts.Client(ctx, id)
		},
	})
	d.kept = &records.Kept{Store: d.store, Files: d.files}
	d.records = &records.Shop{Contacts: d.store, Kept: d.kept, Examples: examples.Store(), Types: records.Builtin()}
}

// starterTemplates are the templates to begin with.
func starterTemplates() ([]starters.Starter, error) { return starters.Load(assets.Templates()) }

// openFile opens a file of the media folder, by its SHA-256.
func (d *desk) openFile(sha string) (io.ReadSeekCloser, error) {
	f, err := d.files.Get(sha)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// operator is who works from the command line: somebody who may read the home folder may do everything.
func operator() app.Staff { return app.Staff{Name: "command line", Role: app.RoleAdmin} }

// runTemplateSync compares an account's templates with Meta's and prints the counts.
func runTemplateSync(ctx context.Context, c *call) error {
	var account string
	if _, err := c.flags(func(fs *flag.FlagSet) { fs.StringVar(&account, "account", "", "") }, 0); err != nil {
		return err
	}
	if account == "" {
		return &usageError{"template sync wants --account NAME."}
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
	n, err := d.templates.Sync(ctx, operator(), a.ID, progressLine(c.stderr))
	if err != nil {
		return err
	}
	return json.NewEncoder(c.stdout).Encode(n)
}

// progressLine shows how far a sync is to a person at a terminal, and to nobody else.
func progressLine(w io.Writer) func(templates.Progress) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(templates.Progress) {}
	}
	return func(p templates.Progress) {
		if p.Total == 0 {
			return
		}
		fmt.Fprintf(f, "\r%d of %d templates", p.Done, p.Total)
		if p.Done == p.Total {
			fmt.Fprintln(f)
		}
	}
}

func runExportTemplates(ctx context.Context, c *call) error {
	return c.export(ctx, func(d *desk, write func(any) error) error {
		return d.templates.Export(ctx, func(r templates.ExportRow) error { return write(r) })
	})
}
