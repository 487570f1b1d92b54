package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

type doctorAnswer struct {
	OK     bool `json:"ok"`
	Checks []struct {
		Account, ID, What, Why, Mend, Code string
		OK                                 bool
	} `json:"checks"`
}

func (w *world) doctor() (doctorAnswer, int) {
	w.t.Helper()
	out, errOut, code := w.run("doctor", "--json")
	var a doctorAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		w.t.Fatalf("%v in %q %q", err, out, errOut)
	}
	return a, code
}

func (a doctorAnswer) check(id string) (found, ok bool, why string) {
	for _, c := range a.Checks {
		if c.ID == id {
			return true, c.OK, c.Why
		}
	}
	return false, false, ""
}

func TestDoctorOfAHealthyDesk(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	w.startStation()
	w.subscribe()
	w.env = append(w.env, "SHOPBELL_LISTEN="+w.listen)
	a, code := w.doctor()
	if code != 0 || !a.OK {
		t.Fatalf("exit %d: %+v", code, a)
	}
	for _, id := range []string{"database", "keyring", "listener", "queue", "token", "scopes", "waba", "number", "subscription"} {
		if found, ok, why := a.check(id); !found || !ok {
			t.Errorf("check %s: found %v, ok %v, %s", id, found, ok, why)
		}
	}
}

func TestDoctorNamesWhatIsWrong(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"token_expired": true}, nil)
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	w.env = append(w.env, "SHOPBELL_LISTEN="+other.Addr().String())
	go func() { _ = http.Serve(other, http.NotFoundHandler()) }() // a stranger on the port
	a, code := w.doctor()
	if code != 1 || a.OK {
		t.Fatalf("exit %d: %+v", code, a)
	}
	if _, ok, _ := a.check("token"); ok {
		t.Error("an expired token is fine")
	}
	if _, ok, why := a.check("listener"); ok || !strings.Contains(why, "taken") {
		t.Errorf("a stranger on the listener's port: ok %v, %s", ok, why)
	}
}

func TestAccountTestSaysWhichValueIsWrong(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Right")
	if out := w.must("account", "test", "Right"); strings.Contains(out, "FAIL") {
		t.Fatal(out)
	}
	right := w.cred
	for name, wrong := range map[string]struct {
		change func()
		line   string
	}{
		"secret": {func() { w.cred.AppSecret = strings.Repeat("0", 32) }, "App ID and app secret"},
		"token":  {func() { w.cred.AccessToken = "EAAwrongwrongwrongwrongwrong" }, "Access token"},
		"waba":   {func() { w.cred.WABAID = "999999999999999" }, "Business account"},
		"number": {func() { w.cred.PhoneNumberID = "888888888888888" }, "Number"},
	} {
		w.cred = right
		wrong.change()
		if name != "number" {
			w.cred.PhoneNumberID = "7777777" + strings.Repeat("7", len(name))
		}
		w.addAccount(name)
		out, _, code := w.run("account", "test", name)
		if code != 1 || !strings.Contains(out, "FAIL  "+name+" · "+wrong.line) {
			t.Errorf("%s: exit %d\n%s", name, code, out)
		}
	}
	w.cred = right
}

func TestTheCommandLineExplainsItself(t *testing.T) {
	w := newWorld(t)
	help, _, code := w.run("--help")
	for _, word := range []string{
		"station", "account add", "account test", "send", "export messages", "export journal", "doctor", "--home", "SHOPBELL_HOME",
		"--graph", "SHOPBELL_GRAPH_URL", "--listen", "SHOPBELL_LISTEN", "--dsn", "SHOPBELL_DSN", "/healthz",
	} {
		if !strings.Contains(help, word) {
			t.Errorf("--help (exit %d) does not name %s", code, word)
		}
	}
	bad := filepath.Join(t.TempDir(), "bad.json")
	if err := os.WriteFile(bad, []byte(`{"name":"X","app_secret":"a secret that nobody may see",`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"fly"}, 2, "fly"},
		{[]string{"send"}, 2, "--account"},
		{[]string{"send", "--account", "Nobody", "--to", "+34612345678", "--text", "x"}, 1, "Nobody"},
		{[]string{"send", "--account", "Nobody", "--to", "twelve", "--text", "x"}, 1, "country code"},
		{[]string{"account", "test", "Nobody"}, 1, "Nobody"},
		{[]string{"account", "add", "/does/not/exist.json"}, 1, "could not be read"},
		{[]string{"account", "add", bad}, 1, "not JSON"},
		{[]string{"account", "add"}, 2, "missing"},
		{[]string{"export", "messages", "--format", "xml"}, 2, "jsonl"},
		{[]string{"station", "--graph", "ftp://x"}, 2, "--graph"},
		{[]string{"station", "--nonsense"}, 2, "nonsense"},
		{[]string{"doctor", "--dsn", "mysql://x"}, 2, "postgres://"},
	} {
		out, errOut, code := w.run(c.args...)
		if code != c.code || !strings.Contains(errOut, c.says) || strings.Contains(out+errOut, "a secret that nobody may see") {
			t.Errorf("%v: exit %d, %q %q", c.args, code, out, errOut)
		}
	}
}

// A port in use names the program that has it and offers another one.
func TestAPortInUseSaysWhoHasItAndOffersAnother(t *testing.T) {
	w := newWorld(t)
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	_, errOut, code := w.run("station", "--listen", other.Addr().String())
	if code != 1 || !strings.Contains(errOut, "is taken by shopbell") || !strings.Contains(errOut, "--listen 127.0.0.1:") {
		t.Fatalf("exit %d: %s", code, errOut)
	}
}

// Two stations on one home folder would send from one queue: the second says so and ends.
func TestASecondStationOnOneHomeEnds(t *testing.T) {
	w := newWorld(t)
	w.startStation()
	_, errOut, code := w.run("station")
	if code != 1 || !strings.Contains(errOut, "already runs") {
		t.Fatalf("exit %d: %s", code, errOut)
	}
}

// An account whose number or name is taken is refused by name of the field, and nothing of the first one changes.
func TestAnAccountIsThereOnce(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	first := w.verify
	out, errOut, code := w.run("account", "add", w.accountFile("Another name"))
	if code != 1 || !strings.Contains(errOut, "Shop") {
		t.Fatalf("exit %d: %q %q", code, out, errOut)
	}
	w.addAccount("Shop") // the same again is an update
	if w.verify != first {
		t.Error("adding the same account again changed its verify token")
	}
	if out := w.must("account", "list"); strings.Count(out, "\n") != 1 {
		t.Errorf("accounts: %q", out)
	}
}

// Secrets are in no file of the home folder, whatever went wrong meanwhile.
func TestSecretsAreInNoFile(t *testing.T) {
	w := newWorld(t)
	w.env = append(w.env, "SHOPBELL_KEYRING=file")
	w.addAccount("Shop")
	s := w.startStation()
	eventually(t, "the file of secrets is open", func() bool { // on a slow machine that takes longer than Meta waits
		resp, err := http.Get(w.path + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + url.QueryEscape(w.verify))
		if err != nil {
			return false
		}
		_ = resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	w.subscribe()
	w.customerWrites("34612345678", "José", "hola")
	eventually(t, "the message", func() bool { return len(w.messages()) == 1 })
	w.control(http.MethodPost, "/sandbox/faults", map[string]any{"token_expired": true}, nil)
	_, errOut, _ := w.run("send", "--account", "Shop", "--to", "+34612345678", "--text", "x", "--wait")
	out, _, _ := w.run("account", "test", "Shop")
	s.stop()
	said := errOut + out + s.stderr.String()
	err := filepath.WalkDir(w.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if info, err := d.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v %v", path, info.Mode(), err)
		}
		raw, err := os.ReadFile(path)
		said += "\n" + path + "\n" + string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{w.cred.AccessToken, w.cred.AppSecret, "a passphrase of the test"} {
		if i := strings.Index(said, secret); i >= 0 {
			t.Errorf("a secret is written: …%s", said[max(i-200, 0):i])
		}
	}
}

func TestOnlyTheWebhookAndHealthAreServed(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	w.startStation()
	get := func(path string) int {
		resp, err := http.Get("http://" + w.listen + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp.StatusCode
	}
	for path, want := range map[string]int{
		"/healthz": 200, "/": 404, "/webhook": 403, "/debug/pprof/": 404, "/sandbox/sent": 404,
		"/webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=":            403,
		"/webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=x":           403,
		"/webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + w.verify: 200,
	} {
		if got := get(path); got != want {
			t.Errorf("GET %s: %d, want %d", path, got, want)
		}
	}
	for _, sig := range []string{"", "sha256=", "sha256=" + strings.Repeat("0", 64), "sha1=" + strings.Repeat("0", 40), "SHA256=" + strings.Repeat("0", 64)} {
		req, err := http.NewRequest(http.MethodPost, w.path, strings.NewReader(`{"object":"whatsapp_business_account","entry":[{"id":"`+w.cred.WABAID+`"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		if sig != "" {
			req.Header.Set("X-Hub-Signature-256", sig)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != 401 && resp.StatusCode != 403 {
			t.Errorf("signature %q: %d", sig, resp.StatusCode)
		}
	}
	if n := len(w.journal()); n != 0 {
		t.Errorf("%d refused webhooks were stored", n)
	}
	if code := w.post(http.DefaultClient, []byte(`{"object":"whatsapp_business_account","entry":[`)); code != 200 {
		t.Errorf("bad JSON that Meta signed: %d", code)
	}
	eventually(t, "the bad JSON is failed", func() bool {
		j := w.journal()
		return len(j) == 1 && j[0].State == "failed" && j[0].Error != ""
	})
	if code := w.post(http.DefaultClient, w.textWebhook("wamid.same", "34612345678", "x", time.Now())); code != 200 {
		t.Errorf("a good one after it: %d", code)
	}
}

// While webhooks can't be written, Meta is asked to come again, and everybody who looks is told.
func TestAListenerThatCannotKeepSaysSo(t *testing.T) {
	w := newWorld(t)
	w.addAccount("Shop")
	d := w.openHere()
	defer d.close()
	if err := d.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.path = d.listener.url()
	if code := w.post(http.DefaultClient, w.textWebhook("wamid.good", "34612345678", "x", time.Now())); code != 200 {
		t.Fatalf("while all is well: %d", code)
	}
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	if code := w.post(http.DefaultClient, w.textWebhook("wamid.bad", "34612345678", "x", time.Now())); code != http.StatusServiceUnavailable {
		t.Errorf("a webhook that can't be kept is answered %d", code)
	}
	if err := d.listener.Receive(t.Context(), []byte("{}"), time.Now()); err == nil {
		t.Error("a closed store kept a webhook")
	}
	if l := d.listenerState(); l.Listening || l.Err == nil {
		t.Errorf("the window is told %+v", l)
	}
	resp, err := http.Get(strings.Replace(w.path, "/webhook", "/healthz", 1))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("healthz answers %d", resp.StatusCode)
	}
}

func TestHelpIsAboutWhatWasAsked(t *testing.T) {
	for line, want := range map[string][]string{
		"account --help":         {"account add FILE.json", "account test NAME", "account list"},
		"account add --help":     {"account add FILE.json"},
		"account add x.json -h":  {"account add FILE.json"},
		"help export":            {"export messages", "export journal"},
		"send --text hi --help":  {"send --account NAME"},
		"export messages --help": {"export messages"},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), strings.Fields(line), strings.NewReader(""), &out, &errs); code != exitOK || errs.Len() > 0 {
			t.Errorf("%s ends with %d and %q", line, code, errs.String())
		}
		for _, w := range want {
			if !strings.Contains(out.String(), w) {
				t.Errorf("%s does not tell of %q:\n%s", line, w, out.String())
			}
		}
		if strings.Contains(out.String(), "broadcast") || !strings.Contains(out.String(), "shopbell --help") {
			t.Errorf("%s tells:\n%s", line, out.String())
		}
	}
	for _, line := range []string{"--help", "help", "nonsense --help"} {
		var out, errs bytes.Buffer
		code := run(t.Context(), strings.Fields(line), strings.NewReader(""), &out, &errs)
		if whole := strings.Contains(out.String(), "SHOPBELL_DSN"); whole != !strings.Contains(line, " ") || whole != (code == exitOK) {
			t.Errorf("%s ends with %d:\n%s%s", line, code, out.String(), errs.String())
		}
	}
}
