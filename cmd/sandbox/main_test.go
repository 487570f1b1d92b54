package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"shopbell/meta/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestRun: the first line is the contract, the callback is subscribed, and the end is clean.
func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tried := make(chan string, 8)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && r.URL.Query().Get("hub.verify_token") == "word" {
			_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
		}
		tried <- r.Method
	}))
	defer hook.Close()
	pr, pw := io.Pipe()
	done := make(chan int, 1)
	var errs bytes.Buffer
	go func() {
		done <- run(ctx, []string{"--listen", "127.0.0.1:0", "--quick", "--lively", "--app-id", "123456789012345", "--callback", hook.URL, "--verify-token", "word"}, pw, &errs)
	}()
	line, err := bufio.NewReader(pr).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var c sandbox.Credentials
	var keys map[string]string
	if json.Unmarshal(line, &c) != nil || json.Unmarshal(line, &keys) != nil || len(keys) != 7 || c.AppID != "123456789012345" || !strings.HasSuffix(c.URL, "/v26.0") || c.AccessToken == "" || c.AppSecret == "" {
		t.Fatalf("first line: %s", line)
	}
	if m := <-tried; m != http.MethodGet {
		t.Errorf("no handshake first: %s", m)
	}
	if m := <-tried; m != http.MethodPost { // the cast begins to write
		t.Errorf("then %s", m)
	}
	go func() { // whoever writes on while the server ends must not block the callback
		for range tried {
		}
	}()
	cancel()
	if code := <-done; code != 0 {
		t.Errorf("exit %d: %s", code, &errs)
	}
	if resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(c.URL); err == nil {
		_ = resp.Body.Close()
		t.Error("still listening")
	}
	hook.Close()
	close(tried)
}

func TestFlags(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		has  string
	}{
		{[]string{"--help"}, 0, "usage: sandbox"},
		{[]string{"--frobnicate"}, 2, "frobnicate"},
		{[]string{"extra"}, 2, "extra"},
		{[]string{"--shape", "v1"}, 2, "--shape"},
		{[]string{"--callback", "my desk"}, 2, "--callback"},
		{[]string{"--listen", "not an address"}, 1, "listening"},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), c.args, &out, &errs); code != c.code || !strings.Contains(errs.String(), c.has) || out.Len() != 0 {
			t.Errorf("%v: %d %q %q", c.args, code, &out, &errs)
		}
	}
}
