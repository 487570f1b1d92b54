package templates_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/meta/template"
)

// A media template that came from Meta can be edited and submitted again: its sample came along.
func TestSamplesComeWithTheSync(t *testing.T) {
	w := newWorld(t)
	w.sync()
	rows := w.named("invoice_ready")
	if len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	got := w.get(rows[0].ID)
	f, ok := got.File(-1)
	if !ok || f.MIME != "application/pdf" || f.Size == 0 || f.Name != "sample.pdf" {
		t.Fatalf("%+v", got.Files)
	}
	file, err := w.files.Get(f.SHA256)
	must(t, err)
	_ = file.Close()
	if n := w.sync(); n.Updated != 0 {
		t.Errorf("%+v", n)
	}
	w.ok(w.svc.ResetToDraft(bg, boss, got.ID))
	w.edit(got.ID, "Hello {{1}}, here is the invoice for your last order in our shop. Thank you for coming!")
	if got := w.submit(got.ID); got.Status() != app.TemplatePending {
		t.Errorf("%+v", got.Standing)
	}
	// A file that was lost meanwhile is fetched again when it is needed.
	other := w.approved("Other invoice", func(d *template.Document) { d.Components[0].Text += " See you." })
	w.ok(w.svc.ResetToDraft(bg, boss, other.ID))
	d := w.get(other.ID)
	d.Document = d.Document.Clone()
	d.Document.Components = slices.Insert(d.Document.Components, 0, template.Component{Type: template.Header, Format: template.HeaderDocument})
	d = w.ok(w.svc.Save(bg, boss, d))
	if _, err := w.svc.Submit(bg, boss, d.ID, nil); app.ErrorCode(err) != app.CodeInvalid {
		t.Errorf("a document header without a document: %v", err)
	}
}

// Run follows by itself, is woken by a submission, and ends with its context.
func TestRunFollows(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(bg)
	done := make(chan error, 1)
	go func() { done <- w.svc.Run(ctx) }()
	a := w.submit(w.draft("Followed by itself").ID)
	w.control("templates/"+a.MetaID, map[string]any{"status": "APPROVED", "silent": true})
	_, err := w.store.ChangeTemplate(bg, a.ID, func(t *app.Template) (app.TemplateTrace, error) {
		t.PollAt = w.now()
		return app.TemplateTrace{}, nil
	})
	must(t, err)
	b := w.submit(w.draft("Wakes it", func(d *template.Document) { d.Components[0].Text += " Soon." }).ID)
	for range 500 {
		if w.get(a.ID).Status() == app.TemplateApproved {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if got := w.get(a.ID); got.Status() != app.TemplateApproved || w.get(b.ID).Status() != app.TemplatePending {
		t.Errorf("%+v", got.Standing)
	}
	cancel()
	must(t, <-done)
}
