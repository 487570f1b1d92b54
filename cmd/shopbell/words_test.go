package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// What the program says on the command line names what was typed, and hides nothing but secrets.
func TestComplaintsNameWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	_, errOut, code := w.run("send", "--account", "Shop", "--to", "abc", "--text", "hi")
	if code != 1 || !strings.Contains(errOut, "“abc”") || !strings.Contains(errOut, "+34 612 345 678") {
		t.Errorf("exit %d: %s", code, errOut)
	}
	if out, _, code := w.run("help"); code != 0 || !strings.Contains(out, "template lint") {
		t.Errorf("help: exit %d %s", code, out)
	}
}

// A message that Meta holds back for a reason says so when nobody wants to wait any longer.
func TestSendSaysWhyItWaits(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"edge": "messages", "count": 99, "error": map[string]int{"code": 190, "http": 401}}, nil)
	out, errOut, code := w.run("send", "--account", "Shop", "--to", "+34 600 111 222", "--text", "hi", "--wait", "--timeout", "3s")
	if code != 1 || !strings.Contains(errOut, "190") || !strings.Contains(strings.ToLower(errOut), "token") {
		t.Errorf("exit %d: %s %s", code, out, errOut)
	}
	list := w.messages()
	if len(list) != 1 || list[0].Error == nil || list[0].Error.Code != 190 {
		t.Errorf("exported: %+v", list)
	}
}

// The doctor tells how many webhooks were refused, and a wrong secret is not taken for a network that fails.
func TestDoctorCountsRefusals(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	w.startStation()
	w.env = append(w.env, "SHOPBELL_LISTEN="+w.listen)
	body := w.textWebhook("wamid.F", "34600111222", "hi", time.Now())
	for _, path := range []string{w.path, w.path + "/"} {
		req, err := http.NewRequest(http.MethodPost, path, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Hub-Signature-256", "sha256="+strings.Repeat("0", 64))
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if resp.Body.Close(); resp.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
	a, _ := w.doctor()
	if _, _, why := a.check("listener"); !strings.Contains(why, "2 refused") {
		t.Errorf("the listener's check: %s", why)
	}

	file := w.accountFile("Shop")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var values map[string]string
	if err := json.Unmarshal(raw, &values); err != nil {
		t.Fatal(err)
	}
	values["app_secret"] = strings.Repeat("ab", 16)
	if raw, err = json.Marshal(values); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	w.must("account", "add", file)
	a, code := w.doctor()
	if _, ok, _ := a.check("app"); ok || code != 1 {
		t.Errorf("a wrong secret: exit %d %+v", code, a)
	}
	if _, _, why := a.check("webhook"); strings.Contains(why, "reached") {
		t.Errorf("the webhook's check: %s", why)
	}
}
