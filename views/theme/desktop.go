package theme

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/godbus/dbus/v5"
)

// Fyne asks the settings portal of a Linux desktop for its colours only once the window is open, and draws in dark where there is none. The first frame
// would be dark for everybody, and stay so on a plain window manager. So the portal is asked here too, before the first frame, and where nobody
// prefers dark it is light. Once Fyne hears another word from the desktop, that counts.
var desktop struct {
	asked  atomic.Bool // answer is known
	answer atomic.Uint32
	moved  atomic.Bool // Fyne has been told of another variant than the one it began with
	first  atomic.Uint32
}

// AskDesktop finds out which variant the desktop prefers, as far as Fyne cannot tell yet; fyneSays is what Fyne draws now. It waits for D-Bus until ctx
// ends; without an answer by then, System is light.
func AskDesktop(ctx context.Context, fyneSays fyne.ThemeVariant) {
	if !freedesktop(runtime.GOOS) || os.Getenv("FYNE_THEME") != "" {
		return
	}
	settle(fyneSays, portalPrefersDark(ctx))
}

// settle keeps the desktop's answer.
func settle(fyneSays fyne.ThemeVariant, dark bool) {
	v := fynetheme.VariantLight
	if dark {
		v = fynetheme.VariantDark
	}
	desktop.first.Store(uint32(fyneSays))
	desktop.answer.Store(uint32(v))
	desktop.moved.Store(false)
	desktop.asked.Store(true)
}

// systemVariant is the variant of System while Fyne says v.
func systemVariant(v fyne.ThemeVariant) fyne.ThemeVariant {
	if !desktop.asked.Load() || desktop.moved.Load() {
		return v
	}
	if uint32(v) != desktop.first.Load() {
		desktop.moved.Store(true)
		return v
	}
	return fyne.ThemeVariant(desktop.answer.Load())
}

// freedesktop tells whether a system has its desktop's settings on D-Bus.
func freedesktop(system string) bool {
	switch system {
	case "linux", "freebsd", "openbsd", "netbsd", "dragonfly":
		return true
	}
	return false
}

// portalPrefersDark asks for the colour scheme (freedesktop: org.freedesktop.portal.Settings, org.freedesktop.appearance color-scheme: 1 is dark).
func portalPrefersDark(ctx context.Context) bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		if _, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus")); err != nil {
			return false // there is no bus, and none must be started for this
		}
	}
	conn, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close() }()
	var answer dbus.Variant
	err = conn.Object("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop").
		CallWithContext(ctx, "org.freedesktop.portal.Settings.Read", 0, "org.freedesktop.appearance", "color-scheme").Store(&answer)
	if err != nil {
		return false
	}
	value := answer.Value()
	if inner, ok := value.(dbus.Variant); ok { // Read wraps its answer twice
		value = inner.Value()
	}
	scheme, ok := value.(uint32)
	return ok && scheme == 1
}
