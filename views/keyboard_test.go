package views

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/views/setup"
	"shopbell/views/shell"
	"shopbell/views/widget"
)

// parts gives everything that is seen in an object.
func parts(t *testing.T, o fyne.CanvasObject) (all []fyne.CanvasObject) {
	if !o.Visible() {
		return nil
	}
	all = append(all, o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			all = append(all, parts(t, c)...)
		}
	case fyne.Widget:
		for _, c := range test.TempWidgetRenderer(t, o).Objects() {
			all = append(all, parts(t, c)...)
		}
	}
	return all
}

func TestTheKeyboardBeginsInTheTab(t *testing.T) {
	h := newHouse(t, t.TempDir())
	h.practice(nil)
	h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox })
	c := h.win.Canvas()
	for _, tab := range []shell.Tab{shell.TabAccounts, shell.TabSettings, shell.TabInbox} {
		h.open(tab)
		h.until("tab "+string(tab)+" shows", func() bool { return h.now == tab })
		c.FocusNext()
		first, ok := c.Focused().(fyne.CanvasObject)
		if !ok || !slices.Contains(parts(t, h.views[tab].Content()), first) {
			t.Errorf("in %s the keyboard begins at %T", tab, c.Focused())
		}
		rail := parts(t, h.rail)
		reached := false
		for range 100 {
			c.FocusNext()
			if o, ok := c.Focused().(fyne.CanvasObject); ok && slices.Contains(rail, o) {
				reached = true
				break
			}
		}
		if !reached {
			t.Errorf("from %s Tab never comes to the rail", tab)
		}
	}
}

func TestEscInTheFormAsksBeforeItLosesAnything(t *testing.T) {
	h := newHouse(t, t.TempDir())
	h.practice(nil)
	h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox })
	h.connect()
	c := h.win.Canvas()
	h.until("the form is open", func() bool { return h.now == shell.TabAccounts && c.Focused() != nil })
	field := c.Focused()
	test.Type(field, "Madrid shop")
	esc := &fyne.KeyEvent{Name: fyne.KeyEscape}
	field.TypedKey(esc)
	if !h.sh.Layers.Any() {
		t.Fatal("Esc asks nothing")
	}
	h.typed(esc)
	text, ok := c.Focused().(interface{ SelectedText() string })
	if h.sh.Layers.Any() || !ok {
		t.Fatalf("after the second Esc %T has the keyboard", c.Focused())
	}
	c.Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	if text.SelectedText() != "Madrid shop" {
		t.Errorf("the form holds %q", text.SelectedText())
	}
	field.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	field.TypedKey(esc)
	if h.sh.Layers.Any() || slices.Contains(parts(t, h.views[shell.TabAccounts].Content()), field.(fyne.CanvasObject)) {
		t.Error("Esc does not close a form that holds nothing new")
	}
}

func TestEveryButtonSaysWhatItDoes(t *testing.T) {
	h := newHouse(t, t.TempDir())
	h.practice(nil)
	h.until("the Inbox is open", func() bool { return h.now == shell.TabInbox })
	seen := 0
	audit := func(where string) {
		for _, o := range parts(t, h.win.Content()) {
			if b, ok := o.(*widget.Button); ok && b.Text() == "" {
				seen++
				if strings.TrimSpace(b.AccessibilityLabel()) == "" {
					t.Errorf("%s has a button without a name", where)
				}
			}
		}
	}
	for _, tab := range tabs {
		h.open(tab)
		h.until("tab "+string(tab)+" shows", func() bool { return h.now == tab })
		audit(string(tab))
	}
	h.connect()
	audit("the form")
	if seen < 5 {
		t.Fatalf("only %d icons were looked at", seen)
	}
	if hint := h.sh.Hint("Inbox", "go.inbox"); hint != "Inbox (Ctrl+1)" {
		t.Errorf("the rail says %q", hint)
	}
}

// leaving counts how often the program was asked to end.
type leaving struct {
	fyne.App
	quits int
}

func (l *leaving) Quit() { l.quits++ }

func TestThePassphraseByKeyboard(t *testing.T) {
	a := &leaving{App: test.NewTempApp(t)}
	was := widget.Unclaimed
	t.Cleanup(func() { widget.Unclaimed = was })
	p := Passphrase(a, true, func(string) error { return nil }, func() {})
	defer p.Close()
	c := p.Canvas()
	first := c.Focused()
	c.FocusNext()
	second := c.Focused()
	for _, f := range []fyne.Focusable{first, second} {
		if _, ok := f.(interface{ SelectedText() string }); !ok || first == second {
			t.Fatalf("Tab goes from %T to %T", first, second)
		}
	}
	c.FocusNext()
	if _, ok := c.Focused().(*widget.Check); !ok {
		t.Errorf("behind the fields comes %T", c.Focused())
	}
	second.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if a.quits != 1 {
		t.Errorf("Esc in a field ended the program %d times", a.quits)
	}
}

func TestTheFirstPageSaysWhereSecretsAre(t *testing.T) {
	test.NewTempApp(t)
	says := func(kind string) (out string) {
		for _, o := range parts(t, setup.New(&shell.Shell{}, func() string { return kind }, nil, nil).Content()) {
			if text, ok := o.(*widget.Text); ok {
				out += text.Text() + "\n"
			}
		}
		return out
	}
	if in := says("keyring"); !strings.Contains(in, "keyring") {
		t.Errorf("with a keyring:\n%s", in)
	}
	if in := says("file"); strings.Contains(in, "keyring") || !strings.Contains(in, "passphrase encrypts") {
		t.Errorf("without a keyring:\n%s", in)
	}
}
