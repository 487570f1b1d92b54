package main

import (
	"context"
	"errors"
	"io"
	"testing"

	"shopbell/app"
	"shopbell/meta"
)

// The version of Meta's API is a setting, kept over a restart; a flag stands above it.
func TestGraphVersionIsASetting(t *testing.T) {
	t.Setenv("SHOPBELL_KEYRING", "file")
	home := t.TempDir()
	open := func(graph string) *desk {
		t.Helper()
		d, err := openDesk(t.Context(), options{home: home, graph: graph, listen: "127.0.0.1:0"}, func(context.Context) (string, error) { return "test", nil }, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := open(meta.DefaultBaseURL)
	if got := d.graph(app.Account{}); got != meta.DefaultBaseURL {
		t.Fatalf("at first the address is %q", got)
	}
	if err := d.setGraphVersion(t.Context(), " 27.0 "); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"26", "v26", "v0.1", "latest", "v27.0/x", "https://graph.facebook.com/v27.0"} {
		var e *app.Error
		if err := d.setGraphVersion(t.Context(), bad); !errors.As(err, &e) || e.Code != app.CodeInvalid {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
	const want = "https://graph.facebook.com/v27.0"
	if got := d.graph(app.Account{}); got != want {
		t.Errorf("after the choice the address is %q", got)
	}
	d.close()

	d = open(meta.DefaultBaseURL)
	if got := d.graph(app.Account{}); got != want {
		t.Errorf("after a restart the address is %q", got)
	}
	d.close()

	d = open("http://127.0.0.1:1/v26.0")
	defer d.close()
	if got := d.graph(app.Account{}); got != "http://127.0.0.1:1/v26.0" {
		t.Errorf("under a flag the address is %q", got)
	}
	if err := d.setGraphVersion(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	d.graphAt.flag = meta.DefaultBaseURL
	if got := d.graph(app.Account{}); got != meta.DefaultBaseURL {
		t.Errorf("emptied, the address is %q", got)
	}
}
