package main

import (
	"context"
	"io"
	"testing"

	"shopbell/app"
	"shopbell/app/templates"
)

// runningDesk is a desk at work in this process, its secrets in a file.
func runningDesk(t *testing.T, home string) *desk {
	t.Helper()
	t.Setenv("SHOPBELL_KEYRING", "file")
	opt := options{home: home, graph: "http://127.0.0.1:1/v26.0", listen: "127.0.0.1:0"}
	d, err := openDesk(t.Context(), opt, func(context.Context) (string, error) { return "test", nil }, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	if err := d.start(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	return d
}

// The practice account is as it was after a restart: a template that was submitted in one run is there, approved, in the next.
func TestPracticeRemembersTemplates(t *testing.T) {
	home := t.TempDir()
	d := runningDesk(t, home)
	a, err := d.practice.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sync := func(d *desk) templates.Counts {
		t.Helper()
		n, err := d.templates.Sync(t.Context(), operator(), a.ID, func(templates.Progress) {})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := sync(d); n.Created != 14 {
		t.Fatalf("the first sync: %+v", n)
	}
	list, err := starterTemplates()
	if err != nil {
		t.Fatal(err)
	}
	begun := app.Template{}
	for _, s := range list {
		if s.Name == "order_ready" {
			begun = s.Draft("en")
		}
	}
	mine, err := d.templates.Create(t.Context(), operator(), templates.Start{
		AccountID: a.ID, Name: begun.Name, Document: begun.Document, RecordType: begun.RecordType, PhoneField: begun.PhoneField, Bindings: begun.Bindings,
	})
	if err != nil {
		t.Fatal(err)
	}
	if mine, err = d.templates.Submit(t.Context(), operator(), mine.ID, func(templates.Progress) {}); err != nil {
		t.Fatal(err)
	}
	status := func(d *desk) app.TemplateStatus {
		got, err := d.store.Template(t.Context(), mine.ID)
		if err != nil {
			t.Fatal(err)
		}
		return got.Status()
	}
	eventually(t, "it is approved", func() bool { return status(d) == app.TemplateApproved })
	sync(d)
	d.close()

	d = runningDesk(t, home)
	eventually(t, "the practice server is back", func() bool { return d.practice.url() != "http://127.0.0.1:1/v26.0" })
	if n := sync(d); n.Gone != 0 || n.Created != 0 || n.Conflicts != 0 {
		t.Errorf("after a restart: %+v", n)
	}
	if got := status(d); got != app.TemplateApproved {
		t.Errorf("after a restart it is %s", got)
	}
}
