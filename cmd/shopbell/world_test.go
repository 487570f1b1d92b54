package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/meta/sandbox"
)

// TestMain lets the test binary be the program itself, so that tests can start, stop and kill real processes of it.
func TestMain(m *testing.M) {
	if os.Getenv("SHOPBELL_TEST_AS_EMPTY_WINDOW") == "1" {
		emptyWindow()
		return
	}
	if os.Getenv("SHOPBELL_TEST_AS_PROGRAM") == "1" {
		main()
		return
	}
	os.Exit(m.Run())
}

// world is a home folder, a practice Meta, and the program as processes of its own.
type world struct {
	t       *testing.T
	home    string
	env     []string
	sandbox *sandbox.Server
	cred    sandbox.Credentials
	verify  string // the account's verify token, once added
	listen  string // the station's address, once started
	path    string // the callback URL
}

// newWorld starts a sandbox that answers at once and takes any rate.
func newWorld(t *testing.T) *world {
	t.Helper()
	s := sandbox.New(sandbox.Config{Pace: sandbox.QuickPace(), Limits: sandbox.NoLimits(), BusinessName: "Lantern & Oak"})
	if err := s.Start(context.Background(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	w := &world{t: t, home: t.TempDir(), sandbox: s, cred: s.Credentials()}
	w.env = append(os.Environ(),
		"SHOPBELL_TEST_AS_PROGRAM=1", "SHOPBELL_HOME="+w.home, "SHOPBELL_LISTEN=127.0.0.1:0", "SHOPBELL_GRAPH_URL="+s.URL(), "SHOPBELL_DSN=",
		"SHOPBELL_PASSPHRASE=a passphrase of the test")
	return w
}

// run runs a subcommand to its end.
func (w *world) run(args ...string) (stdout, stderr string, code int) {
	w.t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = w.env
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !asExit(err, &exit) {
		w.t.Fatal(err)
	}
	return out.String(), errOut.String(), cmd.ProcessState.ExitCode()
}

func asExit(err error, exit **exec.ExitError) bool {
	e, ok := err.(*exec.ExitError) //nolint:errorlint // exec gives it bare
	*exit = e
	return ok
}

// openHere opens the home folder in this process.
func (w *world) openHere() *desk {
	w.t.Helper()
	opt := options{home: w.home, graph: w.sandbox.URL(), listen: "127.0.0.1:0"}
	d, err := openDesk(w.t.Context(), opt, func(context.Context) (string, error) { return "a passphrase of the test", nil }, io.Discard)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// must runs a subcommand that has to succeed.
func (w *world) must(args ...string) string {
	w.t.Helper()
	out, errOut, code := w.run(args...)
	if code != 0 {
		w.t.Fatalf("shopbell %s: exit %d\n%s%s", strings.Join(args, " "), code, out, errOut)
	}
	return out
}

// addAccount connects the sandbox's number under a name.
func (w *world) addAccount(name string) {
	w.t.Helper()
	out := w.must("account", "add", w.accountFile(name))
	for _, line := range strings.Split(out, "\n") {
		if v, ok := strings.CutPrefix(line, "verify token: "); ok {
			w.verify = v
		}
		if v, ok := strings.CutPrefix(line, "callback path: "); ok && v != app.CallbackPath {
			w.t.Fatalf("callback path %q", v)
		}
	}
	if w.verify == "" {
		w.t.Fatalf("no verify token in %q", out)
	}
}

func (w *world) accountFile(name string) string {
	raw, err := json.Marshal(map[string]string{
		"name": name, "app_id": w.cred.AppID, "waba_id": w.cred.WABAID, "phone_number_id": w.cred.PhoneNumberID,
		"access_token": w.cred.AccessToken, "app_secret": w.cred.AppSecret,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	path := filepath.Join(w.t.TempDir(), "account.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// station is a running shopbell station.
type station struct {
	t      *testing.T
	cmd    *exec.Cmd
	stderr *lockedBuffer
	done   chan struct{}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// startStation returns when the station listens.
func (w *world) startStation(env ...string) *station {
	w.t.Helper()
	s := &station{t: w.t, stderr: &lockedBuffer{}, done: make(chan struct{})}
	s.cmd = exec.Command(os.Args[0], "station")
	s.cmd.Env = append(append([]string{}, w.env...), env...)
	s.cmd.Stderr = s.stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = s.cmd.Process.Kill(); <-s.done })
	lines := bufio.NewScanner(out)
	ready := make(chan string, 1)
	go func() {
		defer close(s.done)
		for lines.Scan() {
			if v, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
				ready <- v
			}
		}
		_ = s.cmd.Wait()
	}()
	select {
	case w.path = <-ready:
	case <-s.done:
		w.t.Fatalf("the station ended: %s", s.stderr)
	}
	u, err := url.Parse(w.path)
	if err != nil {
		w.t.Fatal(err)
	}
	w.listen = u.Host
	return s
}

// stop asks the station to end and gives its exit code.
func (s *station) stop() int {
	_ = s.cmd.Process.Signal(os.Interrupt)
	<-s.done
	return s.cmd.ProcessState.ExitCode()
}

// kill ends the station as a power switch would.
func (s *station) kill() {
	_ = s.cmd.Process.Kill()
	<-s.done
}

// subscribe does what an owner does in Meta's console: callback, fields (messages, when none are given), account.
func (w *world) subscribe(fields ...string) {
	w.t.Helper()
	if len(fields) == 0 {
		fields = []string{"messages"}
	}
	form := url.Values{
		"object": {"whatsapp_business_account"}, "callback_url": {w.path}, "verify_token": {w.verify}, "fields": {strings.Join(fields, ",")},
		"access_token": {w.cred.AppID + "|" + w.cred.AppSecret},
	}
	w.graph(http.MethodPost, "/"+w.cred.AppID+"/subscriptions", form, "")
	w.graph(http.MethodPost, "/"+w.cred.WABAID+"/subscribed_apps", url.Values{}, w.cred.AccessToken)
}

func (w *world) graph(method, path string, form url.Values, token string) {
	w.t.Helper()
	req, err := http.NewRequest(method, w.sandbox.URL()+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusOK {
		w.t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, body)
	}
}

// control calls the sandbox's control API and decodes the answer into out (may be nil).
func (w *world) control(method, path string, in, out any) {
	w.t.Helper()
	base := strings.TrimSuffix(w.sandbox.URL(), "/v26.0")
	raw, err := json.Marshal(in)
	if err != nil {
		w.t.Fatal(err)
	}
	req, err := http.NewRequest(method, base+path, bytes.NewReader(raw))
	if err != nil {
		w.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode >= 300 {
		w.t.Fatalf("%s: %d %s %v", path, resp.StatusCode, body, err)
	}
	if out != nil {
		if err := json.Unmarshal(body, out); err != nil {
			w.t.Fatalf("%s: %v in %s", path, err, body)
		}
	}
}

// customerWrites makes a customer write and gives the message's id.
func (w *world) customerWrites(phone, name, text string) string {
	w.t.Helper()
	var answer struct {
		ID string `json:"id"`
	}
	w.control(http.MethodPost, "/sandbox/customers/"+phone+"/messages",
		map[string]any{"name": name, "type": "text", "text": map[string]string{"body": text}}, &answer)
	return answer.ID
}

type sentMessage struct {
	ID     string          `json:"id"`
	To     string          `json:"to"`
	Body   json.RawMessage `json:"body"`
	Status string          `json:"status"`
}

func (w *world) sent() []sentMessage {
	w.t.Helper()
	var list []sentMessage
	w.control(http.MethodGet, "/sandbox/sent", nil, &list)
	return list
}

// messages exports all messages.
func (w *world) messages() []messageLine {
	w.t.Helper()
	return decodeLines[messageLine](w.t, w.must("export", "messages", "--format", "jsonl"))
}

func (w *world) journal() []journalLine {
	w.t.Helper()
	return decodeLines[journalLine](w.t, w.must("export", "journal"))
}

func decodeLines[T any](t *testing.T, out string) []T {
	t.Helper()
	var list []T
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		if line == "" {
			continue
		}
		var v T
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		list = append(list, v)
	}
	return list
}

// eventually waits, as long as a slow machine may need, until ok.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(90 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("it never came: %s", what)
}

// textWebhook is a body as Meta sends it, with one text message.
func (w *world) textWebhook(wamid, phone, text string, at time.Time) []byte {
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{"messaging_product":"whatsapp",`+
		`"metadata":{"display_phone_number":"15550001111","phone_number_id":%q},"contacts":[{"profile":{"name":"Mai"},"wa_id":%q}],`+
		`"messages":[{"from":%q,"id":%q,"timestamp":"%d","type":"text","text":{"body":%q}}]}}]}]}`,
		w.cred.WABAID, w.cred.PhoneNumberID, phone, phone, wamid, at.Unix(), text)
}

// post delivers a signed body and gives the HTTP status; 0 when there was no answer.
func (w *world) post(client *http.Client, body []byte) int {
	mac := hmac.New(sha256.New, []byte(w.cred.AppSecret))
	mac.Write(body)
	req, err := http.NewRequest(http.MethodPost, w.path, bytes.NewReader(body))
	if err != nil {
		return 0
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Hub-Signature-256", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := client.Do(req)
	if err != nil {
		return 0
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	return resp.StatusCode
}
