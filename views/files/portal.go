package files

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/godbus/dbus/v5"
)

// portal is the way to the desktop's own file dialog (freedesktop: org.freedesktop.portal.FileChooser), which it shows outside of the program.
type portal struct {
	connect func(ctx context.Context) (*dbus.Conn, error)
	missing atomic.Bool // it was asked once and did not answer
	found   atomic.Bool // it was, and did
}

// session is the portal of this session.
var session = &portal{connect: func(ctx context.Context) (*dbus.Conn, error) { return dbus.ConnectSessionBus(dbus.WithContext(ctx)) }}

const (
	portalName     = "org.freedesktop.portal.Desktop"
	portalPath     = dbus.ObjectPath("/org/freedesktop/portal/desktop")
	chooser        = "org.freedesktop.portal.FileChooser"
	requestName    = "org.freedesktop.portal.Request"
	portalPromptly = time.Second // how long it may take to say that it is there
)

// The answers of a request (freedesktop: org.freedesktop.portal.Request, Response).
const (
	responseDone      uint32 = 0
	responseCancelled uint32 = 1
)

var errPortal = errors.New("the desktop's file dialog did not answer")

// possible tells whether a window may be asked through the portal: it is a real one, of a desktop with D-Bus, and the portal was not missing before.
func (p *portal) possible(w fyne.Window) bool {
	if _, native := w.(driver.NativeWindow); !native || p.missing.Load() {
		return false
	}
	switch runtime.GOOS {
	case "linux", "freebsd", "openbsd", "netbsd", "dragonfly":
	default:
		return false
	}
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" { // there is no bus, and none must be started for this
		if _, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus")); err != nil {
			return false
		}
	}
	return true
}

// parentOf names a window as the portal knows it, so that its dialog stands before it; "" where it cannot be named.
func parentOf(w fyne.Window) (name string) {
	n, ok := w.(driver.NativeWindow)
	if !ok {
		return ""
	}
	n.RunNative(func(context any) {
		if x, ok := context.(driver.X11WindowContext); ok && x.WindowHandle != 0 {
			name = fmt.Sprintf("x11:%x", x.WindowHandle)
		}
	})
	return name
}

// answers finds out once whether there is a portal that shows file dialogs.
func (p *portal) answers(ctx context.Context, conn *dbus.Conn) bool {
	if p.found.Load() {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, portalPromptly)
	defer cancel()
	var version dbus.Variant
	err := conn.Object(portalName, portalPath).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, chooser, "version").Store(&version)
	if err != nil {
		return false
	}
	p.found.Store(true)
	return true
}

// ask shows the dialog and waits for its answer: a full path, or "" where the person wants none. It goes when ctx ends. An error means that no dialog
// was shown, or none any more.
func (p *portal) ask(ctx context.Context, q question, parent, folder string) (string, error) {
	conn, err := p.connect(context.WithoutCancel(ctx)) // it must outlive ctx by the word that closes the dialog
	if err != nil {
		p.missing.Store(ctx.Err() == nil)
		return "", err
	}
	defer func() { _ = conn.Close() }()
	if !p.answers(ctx, conn) {
		p.missing.Store(ctx.Err() == nil)
		return "", errPortal
	}
	token := "shopbell" + strings.ToLower(rand.Text())
	sender := strings.ReplaceAll(strings.TrimPrefix(conn.Names()[0], ":"), ".", "_")
	handle := portalPath + dbus.ObjectPath("/request/"+sender+"/"+token)
	heard := make(chan *dbus.Signal, 16)
	conn.Signal(heard)
	if err := listen(ctx, conn, handle); err != nil {
		return "", err
	}
	method, options := q.call(token, folder)
	var given dbus.ObjectPath
	if err := conn.Object(portalName, portalPath).CallWithContext(ctx, method, 0, parent, q.title(), options).Store(&given); err != nil {
		if ctx.Err() != nil { // it may be on its way to the screen
			takeAway(conn, handle)
		}
		return "", err
	}
	if given != handle { // portals of before 2015 chose the name themselves
		if err := listen(ctx, conn, given); err != nil {
			return "", err
		}
	}
	for {
		select {
		case <-ctx.Done():
			takeAway(conn, given)
			return "", ctx.Err()
		case s, open := <-heard:
			switch {
			case !open:
				return "", errPortal
			case s.Name == requestName+".Response" && s.Path == given:
				return chosen(s.Body)
			case s.Name == "org.freedesktop.DBus.NameOwnerChanged" && len(s.Body) == 3 && s.Body[0] == portalName && s.Body[2] == "":
				return "", errPortal // the portal went, and its dialog with it
			}
		}
	}
}

// takeAway closes the dialog of a request.
func takeAway(conn *dbus.Conn, handle dbus.ObjectPath) {
	_ = conn.Object(portalName, handle).Call(requestName+".Close", dbus.FlagNoReplyExpected).Err
}

// listen has the answer to a request heard, and the portal's going.
func listen(ctx context.Context, conn *dbus.Conn, handle dbus.ObjectPath) error {
	if err := conn.AddMatchSignalContext(ctx, dbus.WithMatchObjectPath(handle), dbus.WithMatchInterface(requestName)); err != nil {
		return err
	}
	return conn.AddMatchSignalContext(ctx, dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, portalName))
}

// rule is what of a filter's, in the portal's words: 0 for a pattern, and the pattern.
type rule struct {
	Type    uint32
	Pattern string
}

type filter struct {
	Name  string
	Rules []rule
}

// call is the method that asks the question, and its options.
func (q question) call(token, folder string) (method string, options map[string]dbus.Variant) {
	options = map[string]dbus.Variant{
		"handle_token": dbus.MakeVariant(token), "modal": dbus.MakeVariant(true), "accept_label": dbus.MakeVariant(q.yes()),
	}
	var filters []filter
	for _, k := range q.Kinds {
		f := filter{Name: k.words()}
		for _, e := range k.Extensions { // patterns know small from big letters
			f.Rules = append(f.Rules, rule{0, "*" + e}, rule{0, "*" + strings.ToUpper(e)})
		}
		if len(k.Extensions) == 0 {
			f.Rules = []rule{{0, "*"}}
		}
		filters = append(filters, f)
	}
	if len(filters) > 0 {
		options["filters"], options["current_filter"] = dbus.MakeVariant(filters), dbus.MakeVariant(filters[0])
	}
	if folder != "" {
		options["current_folder"] = dbus.MakeVariant(append([]byte(folder), 0))
	}
	if !q.save {
		return chooser + ".OpenFile", options
	}
	if q.Name != "" {
		options["current_name"] = dbus.MakeVariant(q.Name)
	}
	return chooser + ".SaveFile", options
}

// chosen reads the answer: its kind, and what was chosen.
func chosen(body []any) (string, error) {
	if len(body) != 2 {
		return "", errPortal
	}
	kind, _ := body[0].(uint32)
	results, ok := body[1].(map[string]dbus.Variant)
	switch {
	case kind == responseCancelled:
		return "", nil
	case kind != responseDone || !ok:
		return "", errPortal
	}
	uris, _ := results["uris"].Value().([]string)
	if len(uris) == 0 {
		return "", errPortal
	}
	path, ok := fromURI(uris[0])
	if !ok {
		return "", fmt.Errorf("%w: %q is no file of this computer", errPortal, uris[0])
	}
	return path, nil
}
