package command

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Key is a key with its modifiers.
type Key struct {
	Name     fyne.KeyName
	Modifier fyne.KeyModifier
}

// Ctrl is a key with Ctrl, or with Command on a Mac.
func Ctrl(name fyne.KeyName) Key { return Key{name, fyne.KeyModifierShortcutDefault} }

// CtrlShift is a key with Shift and Ctrl, or with Shift and Command on a Mac.
func CtrlShift(name fyne.KeyName) Key {
	return Key{name, fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

// Alt is a key with Alt.
func Alt(name fyne.KeyName) Key { return Key{name, fyne.KeyModifierAlt} }

// Plain is a key alone. It works only while no text field has the focus.
func Plain(name fyne.KeyName) Key { return Key{Name: name} }

// IsZero tells whether there is no key.
func (k Key) IsZero() bool { return k.Name == "" }

// Shortcut is the key as Fyne knows it.
func (k Key) Shortcut() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k.Name, Modifier: k.Modifier}
}

// String is the key as a person reads it, such as Ctrl+Shift+N.
func (k Key) String() string {
	if k.IsZero() {
		return ""
	}
	var parts []string
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{
		{fyne.KeyModifierControl, "Ctrl"},
		{fyne.KeyModifierSuper, superName()},
		{fyne.KeyModifierAlt, "Alt"},
		{fyne.KeyModifierShift, "Shift"},
	} {
		if k.Modifier&m.mod != 0 {
			parts = append(parts, m.name)
		}
	}
	name := string(k.Name)
	if written, ok := keyNames[k.Name]; ok {
		name = written
	}
	return strings.Join(append(parts, name), "+")
}

func superName() string {
	if runtime.GOOS == "darwin" {
		return "Cmd"
	}
	return "Super"
}

var keyNames = map[fyne.KeyName]string{
	fyne.KeyUp: "↑", fyne.KeyDown: "↓", fyne.KeyEscape: "Esc", fyne.KeyPageUp: "PgUp", fyne.KeyPageDown: "PgDn",
}

// entryKeys are those that a text field needs itself.
var entryKeys = []Key{
	Ctrl(fyne.KeyA), Ctrl(fyne.KeyC), Ctrl(fyne.KeyV), Ctrl(fyne.KeyX), Ctrl(fyne.KeyZ), Ctrl(fyne.KeyY), CtrlShift(fyne.KeyZ),
	Ctrl(fyne.KeyLeft), Ctrl(fyne.KeyRight), Ctrl(fyne.KeyHome), Ctrl(fyne.KeyEnd), Ctrl(fyne.KeyBackspace), Ctrl(fyne.KeyDelete),
}
