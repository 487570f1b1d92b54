package widget

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

// shown puts a widget into a window of our theme and returns the window's canvas.
func shown(t testing.TB, o fyne.CanvasObject, size fyne.Size) fyne.Canvas {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(size)
	return w.Canvas()
}

// newApp starts an app in our light theme; widgets must be made after it.
func newApp(t testing.TB) fyne.App {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	return app
}

func press(w fyne.Focusable, keys ...fyne.KeyName) {
	for _, k := range keys {
		w.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// texts lists the visible words of an object.
func texts(o fyne.CanvasObject) []string {
	var out []string
	walk(o, func(o fyne.CanvasObject) {
		if t, ok := o.(*canvas.Text); ok && t.Text != "" {
			out = append(out, t.Text)
		}
	})
	return out
}

func walk(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	f(o)
	switch o := o.(type) {
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, f)
		}
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, f)
		}
	}
}

func TestButtonIsPressedByPointerAndKeys(t *testing.T) {
	newApp(t)
	n := 0
	b := NewButton(Main, "Send", "send", func() { n++ })
	c := shown(t, b, fyne.NewSize(200, 60))
	test.Tap(b)
	c.Focus(b)
	press(b, fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyA)
	if n != 4 || !b.focused {
		t.Errorf("pressed %d times, focused %v", n, b.focused)
	}
	if b.Cursor() != desktop.PointerCursor {
		t.Error("no hand over a button")
	}
	b.DisableFor("The message is empty")
	test.Tap(b)
	press(b, fyne.KeySpace)
	if n != 4 || b.Cursor() != desktop.DefaultCursor {
		t.Errorf("a disabled button was pressed: %d", n)
	}
	b.Enable()
	wide := b.Size().Width
	b.SetBusy("…")
	test.Tap(b)
	if n != 4 || b.MinSize().Width < wide {
		t.Errorf("busy: pressed %d times, %v wide after %v", n, b.MinSize().Width, wide)
	}
	b.SetIdle()
	test.Tap(b)
	if n != 5 {
		t.Error("it does not answer after being busy")
	}
}

func TestButtonStatesLookDifferent(t *testing.T) {
	newApp(t)
	b := NewButton(Plain, "Preview", "", func() {})
	c := shown(t, b, fyne.NewSize(200, 60))
	seen := map[string]string{}
	record := func(state string) {
		g, e, l := b.colours()
		look := string(g + e + l)
		if b.focused {
			look += " ring"
		}
		if other, ok := seen[look]; ok {
			t.Errorf("%s looks like %s", state, other)
		}
		seen[look] = state
	}
	record("rest")
	test.MoveMouse(c, fyne.NewPos(20, 20))
	record("hover")
	b.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	record("pressed")
	b.MouseUp(nil)
	b.MouseOut()
	c.Focus(b)
	record("focus")
	c.Unfocus()
	b.Disable()
	record("disabled")
}

func TestFieldStates(t *testing.T) {
	newApp(t)
	var changed, submitted string
	f := NewField("Phone number ID", "digits")
	f.OnChanged = func(s string) { changed = s }
	f.OnSubmitted = func(s string) { submitted = s }
	c := shown(t, f, fyne.NewSize(300, 100))
	frame := func() *canvas.Rectangle {
		return test.WidgetRenderer(f).Objects()[1].(*canvas.Rectangle)
	}
	if frame().StrokeColor != theme.Color(theme.LineStrong) || frame().StrokeWidth != 1 {
		t.Error("edge at rest")
	}
	f.Focus()
	if frame().StrokeColor != theme.Color(theme.Accent) || frame().StrokeWidth != 2 {
		t.Error("edge while focused")
	}
	test.Type(f.entry, "104")
	press(f.entry, fyne.KeyReturn)
	if changed != "104" || submitted != "104" || f.Text() != "104" {
		t.Errorf("changed %q, submitted %q", changed, submitted)
	}
	low := f.MinSize().Height
	f.SetWrong("It has 15 digits")
	if frame().StrokeColor != theme.Color(theme.Danger) || f.MinSize().Height <= low || !strings.Contains(strings.Join(texts(f), "|"), "It has 15 digits") {
		t.Errorf("a wrong field shows %q", texts(f))
	}
	f.SetWrong("")
	c.Unfocus()
	f.ReadOnly()
	f.entry.TypedRune('x')
	press(f.entry, fyne.KeyBackspace, fyne.KeyDelete)
	f.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	if f.Text() != "104" {
		t.Errorf("a read-only field was changed to %q", f.Text())
	}
}

func TestPasswordFieldHides(t *testing.T) {
	newApp(t)
	f := NewPasswordField("Access token", "")
	shown(t, f, fyne.NewSize(300, 100))
	f.SetText("secret")
	if strings.Contains(strings.Join(texts(f), ""), "secret") {
		t.Fatal("the password is on the screen")
	}
	test.Tap(f.reveal)
	if f.entry.Password {
		t.Error("the eye does not show it")
	}
	test.Tap(f.reveal)
	if !f.entry.Password {
		t.Error("the eye does not hide it again")
	}
}

func TestSearchFieldEmptiesOnEscape(t *testing.T) {
	newApp(t)
	s := NewSearchField("Search", "Ctrl K")
	shown(t, s, fyne.NewSize(300, 60))
	var heard []string
	s.OnChanged = func(q string) { heard = append(heard, q) }
	walked := 0
	s.OnKey = func(k fyne.KeyName) bool { walked++; return k == fyne.KeyDown }
	s.Focus()
	test.Type(s.entry, "ma")
	press(s.entry, fyne.KeyDown, fyne.KeyEscape)
	if s.Text() != "" || len(heard) != 3 || heard[1] != "ma" || heard[2] != "" || walked != 1 {
		t.Errorf("text %q, heard %q, walked %d", s.Text(), heard, walked)
	}
}

func TestTabsAndChips(t *testing.T) {
	newApp(t)
	var chosen []int
	tabs := NewTabs([]Tab{{Text: "Reply", Icon: "reply"}, {Text: "Note", Icon: "note"}}, func(i int) { chosen = append(chosen, i) })
	c := shown(t, tabs, fyne.NewSize(300, 60))
	test.Tap(tabs.tabs[1])
	c.Focus(tabs.tabs[1])
	press(tabs.tabs[1], fyne.KeyRight, fyne.KeyLeft)
	if tabs.Chosen() != 0 || len(chosen) != 2 || c.Focused() != tabs.tabs[0] {
		t.Errorf("chosen %d by %v, focus on %v", tabs.Chosen(), chosen, c.Focused())
	}
	tabs.SetChosen(1)
	if len(chosen) != 2 {
		t.Error("SetChosen called back")
	}
	before := tabs.tabs[0].MinSize()
	tabs.SetChosen(0)
	if tabs.tabs[0].MinSize() != before {
		t.Error("choosing a tab moves its neighbours")
	}
}

func TestRail(t *testing.T) {
	newApp(t)
	var chosen []int
	r := NewRail([]RailItem{{Icon: "inbox", Label: "Inbox", Badge: 3}, {Icon: "outbox", Label: "Outbox", Badge: 0}}, func(i int) { chosen = append(chosen, i) })
	c := shown(t, r, fyne.NewSize(76, 600))
	test.Tap(r.items[1])
	c.Focus(r.items[1])
	press(r.items[1], fyne.KeyUp)
	if c.Focused() != r.items[0] || len(chosen) != 1 {
		t.Error("Up moves the focus, and chooses nothing")
	}
	press(r.items[0], fyne.KeyReturn)
	if r.Chosen() != 0 || len(chosen) != 2 {
		t.Errorf("chosen %d by %v", r.Chosen(), chosen)
	}
	r.SetBadge(1, 120)
	if !strings.Contains(strings.Join(texts(r), "|"), "99+") {
		t.Errorf("the rail says %q", texts(r))
	}
	asked := false
	r.SetStatus(false, "Not receiving", func() { asked = true })
	test.Tap(r.status)
	if !asked {
		t.Error("the state at the foot cannot be pressed")
	}
}

func TestComposerKeys(t *testing.T) {
	newApp(t)
	type sent struct {
		mode Mode
		text string
	}
	var got []sent
	grown := 0
	c := NewComposer(nil, nil, func() { grown++ })
	c.OnSend = func(m Mode, s string) { got = append(got, sent{m, s}) }
	shown(t, c, fyne.NewSize(600, 300))
	c.Focus()
	press(c.entry, fyne.KeyReturn)
	test.Type(c.entry, "hello")
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	c.entry.KeyDown(shift)
	press(c.entry, fyne.KeyReturn)
	c.entry.KeyUp(shift)
	test.Type(c.entry, "two")
	if c.Text() != "hello\ntwo" || len(got) != 0 || c.rows != 2 || grown == 0 {
		t.Fatalf("text %q, sent %v, %d rows", c.Text(), got, c.rows)
	}
	press(c.entry, fyne.KeyReturn)
	if len(got) != 1 || got[0] != (sent{ModeReply, "hello\ntwo"}) {
		t.Fatalf("sent %v", got)
	}
	c.NewlineOnEnter = true
	press(c.entry, fyne.KeyReturn)
	if len(got) != 1 {
		t.Error("Return sent although it begins a line")
	}
	c.NewlineOnEnter = false

	c.SetText(strings.Repeat("line\n", 30))
	if c.rows != 8 {
		t.Errorf("it grew to %d lines", c.rows)
	}
	c.SetText(strings.Repeat("x", MessageLimit+3))
	press(c.entry, fyne.KeyReturn)
	if words, _ := c.hint(); len(got) != 1 || !c.send.Disabled() || !strings.Contains(words, "3") {
		t.Errorf("too long: sent %d, hint %q", len(got), words)
	}
	c.SetText("ok")
	c.SetReason("The 24 hours are over")
	press(c.entry, fyne.KeyReturn)
	if len(got) != 1 || !strings.Contains(strings.Join(texts(c), "|"), "The 24 hours are over") {
		t.Errorf("closed: sent %d, shows %q", len(got), texts(c))
	}
}

func TestComposerNotesStayPossibleWhenClosed(t *testing.T) {
	newApp(t)
	var modes []Mode
	c := NewComposer(nil, nil, nil)
	sent := 0
	c.OnSend = func(m Mode, _ string) { sent++; modes = append(modes, m) }
	shown(t, c, fyne.NewSize(600, 300))
	c.SetReason("The 24 hours are over")
	test.Tap(c.tabs.tabs[1])
	c.SetText("call her")
	press(c.entry, fyne.KeyReturn)
	if sent != 1 || modes[0] != ModeNote {
		t.Errorf("sent %d as %v", sent, modes)
	}
	if !c.Focused() {
		t.Error("the tab of notes does not take the keyboard to the text")
	}
	c.SetMode(ModeReply)
	c.SetText("kept")
	test.Type(c.entry, "lost")
	if c.Text() != "kept" {
		t.Errorf("a hidden box takes letters: %q", c.Text())
	}
}

func TestToastGoesAfterItsTime(t *testing.T) {
	newApp(t)
	var waits []time.Duration
	var fire func()
	stopped := 0
	l := NewToastLayer(func(d time.Duration, f func()) func() {
		waits = append(waits, d)
		fire = f
		return func() { stopped++ }
	})
	shown(t, l, fyne.NewSize(600, 300))
	undone := 0
	l.Say(Quiet, "Conversation done", func() { undone++ })
	if l.Words() == "" || waits[0] != ToastTime {
		t.Fatalf("shows %q for %v", l.Words(), waits)
	}
	fire()
	if l.Words() != "" || undone != 0 {
		t.Error("it stays, or undoes by itself")
	}
	l.Say(Quiet, "Again", func() { undone++ })
	l.Say(Ok, "Replaced", func() { undone++ })
	if stopped != 1 {
		t.Error("the first toast's clock runs on")
	}
	test.Tap(l.undo)
	if undone != 1 || l.Words() != "" {
		t.Errorf("undone %d, shows %q", undone, l.Words())
	}
}

func TestClickPutsTheCursorIntoTheText(t *testing.T) {
	newApp(t)
	f, m := NewField("Name", ""), NewComposer(nil, nil, nil)
	for _, c := range []struct {
		o    fyne.CanvasObject
		e    *entry
		size fyne.Size
		at   fyne.Position
	}{{f, f.entry, fyne.NewSize(300, 100), fyne.NewPos(60, 38)}, {m, m.entry, fyne.NewSize(600, 100), fyne.NewPos(200, 65)}} {
		over := false
		hover := c.e.onHover
		c.e.onHover = func(in bool) {
			over = in
			if hover != nil {
				hover(in)
			}
		}
		canvas := shown(t, c.o, c.size)
		test.MoveMouse(canvas, c.at)
		if !over {
			t.Errorf("%T: the pointer does not reach the text", c.o)
		}
		c.e.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
		if canvas.Focused() != c.e {
			t.Errorf("%T: a click focuses %T", c.o, canvas.Focused())
		}
	}
	if !f.focused || !m.Focused() {
		t.Error("they do not show that they have the keyboard")
	}
}

func TestTheRailShowsEveryTabAtEachHeight(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	r := NewRail([]RailItem{{Icon: "inbox", Label: "Inbox"}, {Icon: "outbox", Label: "Outbox"}, {Icon: "templates", Label: "Templates"}, {Icon: "records", Label: "Records"}, {Icon: "accounts", Label: "Accounts"}, {Icon: "settings", Label: "Settings"}}, nil)
	r.SetStatus(true, "Receiving", nil)
	w := test.NewTempWindow(t, r)
	w.SetPadded(false)
	for _, height := range []float32{1000, 568, 500, 400, 350, 284, 220} { // 284: 600 pixels at 200 %
		r.Resize(fyne.NewSize(theme.WidthRail, height))
		below := float32(0)
		for _, b := range r.items {
			if b.Position().Y < below || b.Position().Y+b.Size().Height > height {
				t.Errorf("at %v %s stands at %v, %v high", height, b.Label, b.Position().Y, b.Size().Height)
			}
			below = b.Position().Y + b.Size().Height
		}
	}
}
