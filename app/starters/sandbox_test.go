package starters_test

import (
	"bytes"
	"context"
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"

	"shopbell/app"
	"shopbell/app/starters"
	"shopbell/meta"
	"shopbell/meta/sandbox"
	"shopbell/meta/template"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The practice server takes every starter as it is and its review approves it in its own category.
func TestTheSandboxApprovesAll(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	server := sandbox.New(sandbox.Config{Pace: sandbox.QuickPace(), Limits: sandbox.NoLimits()})
	if err := server.Start(ctx, "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	cred := server.Credentials()
	client := meta.NewClient(meta.Config{BaseURL: cred.URL, AccessToken: cred.AccessToken, AppID: cred.AppID, AppSecret: cred.AppSecret, HTTP: &http.Client{Transport: meta.NewTransport()}})
	defer func() {
		client.CloseIdle()
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}()
	ids := map[string]template.Category{}
	each(t, func(t *testing.T, s starters.Starter, d app.Template) {
		for _, slot := range d.Document.Files() {
			name, mime, data, err := s.Sample()
			if err != nil {
				t.Fatal(slot, err)
			}
			handle, err := client.Upload(ctx, meta.UploadFile{Name: name, MIME: mime, Size: int64(len(data)), Body: bytes.NewReader(data)})
			if err != nil {
				t.Fatal(err)
			}
			d.Document.Component(template.Header).Handles = []string{handle}
		}
		got, err := client.CreateTemplate(ctx, cred.WABAID, d.Document)
		if err != nil {
			t.Fatal(err)
		}
		ids[string(got.ID)] = d.Document.Category
	})
	for id, category := range ids {
		for {
			got, err := client.Template(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if got.Status == "PENDING" {
				continue // the review is a goroutine of the server; ctx bounds the wait
			}
			if got.Status != "APPROVED" || template.Category(got.Category) != category || got.CorrectCategory != "" {
				t.Errorf("%s %s (%s) is %s %s, better as %q", got.Name, got.Language, category, got.Status, got.Category, got.CorrectCategory)
			}
			break
		}
	}
	if len(ids) != 65 {
		t.Errorf("%d templates, want 65", len(ids))
	}
}
