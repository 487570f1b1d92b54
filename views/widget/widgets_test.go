package widget

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

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
	tabs := NewTabs([]Tab{{"Reply", "reply"}, {"Note", "note"}}, func(i int) { chosen = append(chosen, i) })
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
	r := NewRail([]RailItem{{"inbox", "Inbox", 3}, {"outbox", "Outbox", 0}}, func(i int) { chosen = append(chosen, i) })
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

func TestConversationRowSaysEverything(t *testing.T) {
	newApp(t)
	r := NewConversationRow()
	tapped := 0
	r.OnTapped = func() { tapped++ }
	var menuAt fyne.Position
	r.OnMenu = func(at fyne.Position) { menuAt = at }
	shown(t, r, fyne.NewSize(320, 72))
	r.Set(Conversation{Name: "Lucía", Time: "09:15", Draft: "Could we", Unread: 120, Left: 3 * time.Hour, All: 24 * time.Hour}, true)
	words := strings.Join(texts(r), "|")
	for _, want := range []string{"Lucía", "09:15", "Draft:", "Could we", "99+", "3 h"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is missing in %q", want, words)
		}
	}
	test.Tap(r)
	r.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(5, 6)})
	if tapped != 1 || menuAt != fyne.NewPos(5, 6) {
		t.Errorf("tapped %d, menu at %v", tapped, menuAt)
	}
	for left, want := range map[time.Duration]string{5 * time.Hour: "", 4 * time.Hour: "4 h", 61 * time.Minute: "1 h", 59 * time.Minute: "59 min", time.Second: "1 min", 0: "closed", -time.Hour: "closed"} {
		if _, got, _ := WindowWord(left, 24*time.Hour); got != want {
			t.Errorf("%v left is %q, want %q", left, got, want)
		}
	}
}

// No row may wrap or paint outside of itself, however long the names and however narrow the row.
func TestRowsNeverOverflow(t *testing.T) {
	newApp(t)
	long := "Maximiliana Konstantinopoulou-Bartholomew Nguyễn Thị Mai سارة الحداد"
	row := NewConversationRow()
	row.Set(Conversation{Name: long, Time: "Yesterday", Preview: long + long, Unread: 120, Assignee: long, Left: time.Hour, All: 24 * time.Hour, Tick: Read}, false)
	objects := map[string]fyne.CanvasObject{
		"row": row, "pill": NewPill(long, "check", Ok), "button": NewButton(Main, long, "send", nil), "text": NewText(long, theme.TypeBody, theme.Text),
		"banner": NewBanner(Bad, "alert", long, long, NewButton(Main, "Try now", "", nil)), "field": NewField(long, "short"), "check": NewCheckRow(CheckBroken, long, long, nil),
	}
	for name, o := range objects {
		for _, w := range []float32{200, 260, 320, 900} {
			w = fyne.Max(w, o.MinSize().Width)
			if name == "pill" || name == "button" || name == "text" { // these are shortened by whoever lays them out
				w = 200
			}
			shown(t, o, fyne.NewSize(w, o.MinSize().Height))
			o.Resize(fyne.NewSize(w, o.MinSize().Height))
			walk(o, func(c fyne.CanvasObject) {
				text, ok := c.(*canvas.Text)
				if !ok || text.Text == "" {
					return
				}
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
				room := text.Size().Width
				if end := at.X + fyne.MeasureText(text.Text, text.TextSize, text.TextStyle).Width; end > w+2 {
					t.Errorf("%s at %v: %q ends at %v (room %v)", name, w, text.Text, end, room)
				}
			})
		}
	}
}

// Every icon that a widget asks for exists, and a change of theme reaches every text.
func TestSheetsInBothThemes(t *testing.T) {
	app := newApp(t)
	for name, o := range map[string]fyne.CanvasObject{"sheet": sheet(), "parts": parts(), "thread": thread()} {
		w := test.NewTempWindow(t, o)
		w.Resize(fyne.NewSize(1280, 960))
		light := map[*canvas.Text]bool{}
		app.Settings().SetTheme(theme.New(theme.Light))
		refreshAll(o)
		walk(o, func(c fyne.CanvasObject) {
			switch c := c.(type) {
			case *canvas.Image:
				if c.Resource != nil && c.Resource.Name() == fynetheme.QuestionIcon().Name() {
					t.Errorf("%s: an icon is missing", name)
				}
			case *canvas.Text:
				light[c] = c.Color == theme.Color(theme.Text)
			}
		})
		app.Settings().SetTheme(theme.New(theme.Dark))
		refreshAll(o)
		walk(o, func(c fyne.CanvasObject) {
			if text, ok := c.(*canvas.Text); ok && light[text] && text.Text != "" && text.Color != theme.Color(theme.Text) {
				t.Errorf("%s: %q keeps its light colour in the dark", name, text.Text)
			}
		})
	}
}

func refreshAll(o fyne.CanvasObject) {
	walk(o, func(c fyne.CanvasObject) {
		if w, ok := c.(fyne.Widget); ok {
			w.Refresh()
		}
	})
}

func TestTipNamesThingsAndLetsClicksThrough(t *testing.T) {
	newApp(t)
	n := 0
	b := NewIconButton("emoji", "Emoji", func() { n++ })
	layer := NewTipLayer()
	c := shown(t, fyne.NewContainerWithoutLayout(b, layer), fyne.NewSize(300, 200))
	place(b, 20, 20, 36, 36)
	place(layer, 0, 0, 300, 200)
	test.MoveMouse(c, fyne.NewPos(30, 30))
	if layer.words != "Emoji" {
		t.Errorf("the tip says %q", layer.words)
	}
	test.TapCanvas(c, fyne.NewPos(30, 30))
	if n != 1 {
		t.Error("the tip swallowed the click")
	}
	test.MoveMouse(c, fyne.NewPos(200, 150))
	if layer.words != "" {
		t.Error("the tip stays")
	}
}

func TestAvatarRing(t *testing.T) {
	newApp(t)
	for _, c := range []struct {
		left   time.Duration
		colour fyne.ThemeColorName
		share  float32
	}{
		{24 * time.Hour, theme.WindowOpen, 1},
		{12 * time.Hour, theme.WindowOpen, 0.5},
		{4 * time.Hour, theme.WindowSoon, 4.0 / 24},
		{time.Hour, theme.Danger, 1.0 / 24},
		{time.Second, theme.Danger, 0.02},
		{0, theme.WindowClosed, 0},
		{72 * time.Hour, theme.WindowOpen, 1},
	} {
		if colour, share := windowRing(c.left, 24*time.Hour); colour != c.colour || share < c.share-1e-6 || share > c.share+1e-6 {
			t.Errorf("%v left: %s %v, want %s %v", c.left, colour, share, c.colour, c.share)
		}
	}
}
