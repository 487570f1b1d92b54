package files

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

// bus is a D-Bus session of the test's own, on which the session of the person running it is never asked for anything.
func bus(t *testing.T) (address string) {
	t.Helper()
	dir := t.TempDir()
	config := filepath.Join(dir, "bus.conf")
	words := `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=` + dir + `</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
	if err := os.WriteFile(config, []byte(words), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, "dbus-daemon", "--config-file="+config, "--nofork", "--print-address")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = c.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

func dial(t *testing.T, address string) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// desktopPortal answers file dialogs as a desktop does, in the test's words.
type desktopPortal struct {
	conn   *dbus.Conn
	calls  chan call
	closed chan dbus.ObjectPath
	says   atomic.Pointer[response] // nil: it leaves the dialog open
}

// response is what becomes of a dialog.
type response func(call) (kind uint32, results map[string]dbus.Variant)

func (p *desktopPortal) respond(r response) { p.says.Store(&r) }

type call struct {
	method, parent, title string
	options               map[string]dbus.Variant
	handle                dbus.ObjectPath
	sender                string
}

func newDesktopPortal(t *testing.T, address string) *desktopPortal {
	t.Helper()
	p := &desktopPortal{conn: dial(t, address), calls: make(chan call, 4), closed: make(chan dbus.ObjectPath, 4)}
	methods := map[string]any{
		"OpenFile": func(from dbus.Sender, parent, title string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
			return p.asked(call{"OpenFile", parent, title, options, "", string(from)}), nil
		},
		"SaveFile": func(from dbus.Sender, parent, title string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
			return p.asked(call{"SaveFile", parent, title, options, "", string(from)}), nil
		},
	}
	if err := p.conn.ExportMethodTable(methods, portalPath, chooser); err != nil {
		t.Fatal(err)
	}
	if _, err := prop.Export(p.conn, portalPath, prop.Map{chooser: {"version": {Value: uint32(4)}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.conn.RequestName(portalName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *desktopPortal) asked(c call) dbus.ObjectPath {
	token, _ := c.options["handle_token"].Value().(string)
	c.handle = portalPath + dbus.ObjectPath("/request/"+strings.ReplaceAll(strings.TrimPrefix(c.sender, ":"), ".", "_")+"/"+token)
	_ = p.conn.ExportMethodTable(map[string]any{"Close": func() *dbus.Error { p.closed <- c.handle; return nil }}, c.handle, requestName)
	p.calls <- c
	if says := p.says.Load(); says != nil {
		_ = p.conn.Emit("/org/freedesktop/portal/desktop/request/1_1/another", requestName+".Response", uint32(0), map[string]dbus.Variant{"uris": dbus.MakeVariant([]string{"file:///wrong"})})
		kind, results := (*says)(c)
		_ = p.conn.Emit(c.handle, requestName+".Response", kind, results) // before the call has returned, as it may come
	}
	return c.handle
}

func newPortal(address string) *portal {
	return &portal{connect: func(ctx context.Context) (*dbus.Conn, error) { return dbus.Connect(address, dbus.WithContext(ctx)) }}
}

func picked(uris ...string) response {
	return func(call) (uint32, map[string]dbus.Variant) {
		return responseDone, map[string]dbus.Variant{"uris": dbus.MakeVariant(uris)}
	}
}

func TestTheDesktopIsAsked(t *testing.T) {
	address := bus(t)
	d, p := newDesktopPortal(t, address), newPortal(address)
	d.respond(picked("file:///home/mai/a+b%20100%25%20%C3%A9.csv"))
	q := question{Options: Options{Title: "Choose a table", Kinds: []Kind{tables}}}
	path, err := p.ask(t.Context(), q, "x11:2a", "/home/mai")
	if err != nil || path != "/home/mai/a+b 100% é.csv" {
		t.Fatalf("%q, %v", path, err)
	}
	c := <-d.calls
	if c.method != "OpenFile" || c.parent != "x11:2a" || c.title != "Choose a table" || string(c.options["current_folder"].Value().([]byte)) != "/home/mai\x00" {
		t.Errorf("asked %+v", c)
	}
	_, options := q.call("", "")
	if sig := options["filters"].Signature().String(); sig != "a(sa(us))" {
		t.Errorf("filters are %s", sig)
	}
	if sig := options["current_filter"].Signature().String(); sig != "(sa(us))" {
		t.Errorf("the filter is %s", sig)
	}

	d.respond(func(call) (uint32, map[string]dbus.Variant) { return responseCancelled, nil })
	q.save, q.Name = true, "report.csv"
	if path, err := p.ask(t.Context(), q, "", ""); path != "" || err != nil {
		t.Errorf("cancelled: %q, %v", path, err)
	}
	if c := <-d.calls; c.method != "SaveFile" || c.options["current_name"].Value() != "report.csv" {
		t.Errorf("asked %+v", c)
	}
}

func TestWhatThePortalCannotDoIsAnError(t *testing.T) {
	address := bus(t)
	d, p := newDesktopPortal(t, address), newPortal(address)
	for name, respond := range map[string]response{
		"ended":              func(call) (uint32, map[string]dbus.Variant) { return 2, nil },
		"nothing chosen":     func(call) (uint32, map[string]dbus.Variant) { return responseDone, nil },
		"no file":            picked("sftp://elsewhere/a.csv"),
		"of another machine": picked("file://elsewhere/a.csv"),
	} {
		d.respond(respond)
		if path, err := p.ask(t.Context(), question{}, "", ""); err == nil {
			t.Errorf("%s: %q", name, path)
		}
		<-d.calls
	}
	d.says.Store(nil)
	answer := make(chan error, 1)
	ask := func(ctx context.Context) {
		_, err := p.ask(ctx, question{}, "", "")
		answer <- err
	}
	ctx, cancel := context.WithCancel(t.Context())
	go ask(ctx)
	c := <-d.calls
	cancel()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	if closed := <-d.closed; closed != c.handle {
		t.Errorf("%s is closed, not %s", closed, c.handle)
	}
	go ask(t.Context())
	<-d.calls
	if err := d.conn.Close(); err != nil { // the portal crashes under its dialog
		t.Fatal(err)
	}
	if err := <-answer; err == nil { // from the call, or from the bus, as it goes
		t.Error("the portal went, and nobody noticed")
	}
}

func TestABareDesktopIsAskedOnce(t *testing.T) {
	p := newPortal(bus(t))
	start := context.Background()
	ctx, cancel := context.WithTimeout(start, time.Minute)
	defer cancel()
	if _, err := p.ask(ctx, question{}, "", ""); err == nil || !p.missing.Load() {
		t.Fatalf("%v, missing %v", err, p.missing.Load())
	}
	w := newWorld(t)
	if session.possible(w.Window) {
		t.Error("a window of tests would show the dialog of the desktop")
	}
	Open(w.Shell, Options{}, w.take)
	if !w.Shell.Layers.Any() {
		t.Error("nothing is asked")
	}
}
