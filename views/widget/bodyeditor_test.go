package widget

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

func newBody(t testing.TB, text string) (*BodyEditor, fyne.Canvas) {
	newApp(t)
	e := NewBodyEditor(1024)
	e.SetText(text)
	c := shown(t, e, fyne.NewSize(596, 220))
	e.Focus()
	return e, c
}

// hold presses a key with others held down, as a window does.
func hold(p *areaPage, name fyne.KeyName, with ...fyne.KeyName) {
	for _, w := range with {
		p.KeyDown(&fyne.KeyEvent{Name: w})
	}
	p.KeyDown(&fyne.KeyEvent{Name: name})
	p.KeyUp(&fyne.KeyEvent{Name: name})
	for _, w := range with {
		p.KeyUp(&fyne.KeyEvent{Name: w})
	}
}

func TestBodyIsWritten(t *testing.T) {
	e, _ := newBody(t, "")
	var heard []string
	e.OnChanged = func(s string) { heard = append(heard, s) }
	p := e.area.page
	test.Type(p, "Hello ")
	test.Tap(e.add)
	test.Type(p, ", {{")
	press(p, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyReturn)
	test.Type(p, "for you")
	if want := "Hello {{1}}, \nfor you"; e.Text() != want || heard[len(heard)-1] != want {
		t.Fatalf("wrote %q, heard %q", e.Text(), heard)
	}
	hold(p, fyne.KeyB, desktop.KeyControlLeft)
	if !strings.HasSuffix(e.Text(), "for *you*") {
		t.Errorf("Ctrl+B made %q", e.Text())
	}
	hold(p, fyne.KeyX, desktop.KeyControlLeft, desktop.KeyShiftLeft)
	if !strings.HasSuffix(e.Text(), "for *~you~*") {
		t.Errorf("Ctrl+Shift+X made %q", e.Text())
	}
	p.TypedShortcut(&fyne.ShortcutUndo{})
	p.TypedShortcut(&fyne.ShortcutUndo{})
	if !strings.HasSuffix(e.Text(), "for you") {
		t.Errorf("undone to %q", e.Text())
	}
	p.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	if !strings.HasSuffix(e.Text(), "for *you*") {
		t.Errorf("redone to %q", e.Text())
	}
	p.TypedShortcut(&fyne.ShortcutSelectAll{})
	clip := test.NewClipboard()
	p.TypedShortcut(&fyne.ShortcutCut{Clipboard: clip})
	clip.SetContent("one\r\ntwo\xff")
	p.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if e.Text() != "one\ntwo\uFFFD" {
		t.Errorf("pasted %q", e.Text())
	}
	e.ReadOnly(true)
	test.Type(p, "no")
	press(p, fyne.KeyBackspace)
	p.TypedShortcut(&fyne.ShortcutUndo{})
	hold(p, fyne.KeyB, desktop.KeyControlLeft)
	if e.Text() != "one\ntwo\uFFFD" {
		t.Errorf("a read-only text became %q", e.Text())
	}
}

// Where the chips and the words of a text are drawn is where the mouse finds them.
func TestBodyMouseFindsWhatIsDrawn(t *testing.T) {
	for _, text := range []string{quotationBody, "שלום {{1}} עולם (S00022) טוב", "mixed שלום עולם text {{first_name}} end", strings.Repeat("word {{1}} ", 40)} {
		e, _ := newBody(t, text)
		a := e.area
		for i := range text {
			if i > 0 && a.model.prev(i) == i {
				continue
			}
			line, x := a.spot(i)
			got := a.offset(line, x+0.01)
			l, gx := a.spot(got)
			if l != line || gx-x > 0.6 || x-gx > 0.6 {
				t.Errorf("%q: offset %d is drawn at line %d, %v; there the mouse finds %d, drawn at line %d, %v", text, i, line, x, got, l, gx)
				break
			}
		}
	}
}

func TestBodyKeysMoveTheCursor(t *testing.T) {
	e, _ := newBody(t, "first line\nsecond\nשלום עולם")
	p, m := e.area.page, &e.area.model
	at := func(what string, want int) {
		t.Helper()
		if m.cursor != want {
			t.Errorf("%s: cursor at %d, want %d", what, m.cursor, want)
		}
	}
	p.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyHome, Modifier: fyne.KeyModifierControl})
	at("Ctrl+Home", 0)
	press(p, fyne.KeyEnd)
	at("End", 10)
	press(p, fyne.KeyDown)
	at("Down, shorter line", 17)
	press(p, fyne.KeyUp)
	at("Up goes back", 10)
	p.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(p, fyne.KeyHome)
	p.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if m.selected() != "first line" {
		t.Errorf("Shift+Home selects %q", m.selected())
	}
	press(p, fyne.KeyRight)
	at("Right leaves the selection", 10)
	p.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierControl})
	at("Ctrl+Left", 6)
	e.area.move(18, false)
	_, before := e.area.spot(m.cursor)
	press(p, fyne.KeyLeft)
	if _, after := e.area.spot(m.cursor); m.cursor != 20 || after >= before {
		t.Errorf("Left in a line from right to left: cursor %d, from %v to %v", m.cursor, before, after)
	}
	p.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(areaPadX+4, areaPadY+4)})
	if m.selected() != "first" {
		t.Errorf("a double click selects %q", m.selected())
	}
}

func TestBodyStripNamesPlaceholders(t *testing.T) {
	e, _ := newBody(t, "{{10}} {{2}} {{1}} {{2}}")
	e.SetBindings(map[string]string{"1": "Customer › Name"})
	var clicked []string
	e.OnPlaceholder = func(n string) { clicked = append(clicked, n) }
	if n := len(e.strip.items); n != 3 || e.strip.items[0].name != "1" || e.strip.items[2].name != "10" || !e.strip.items[1].open || e.strip.items[0].open {
		t.Fatalf("the strip shows %+v", e.strip.items)
	}
	it := e.strip.items[2]
	e.strip.Tapped(&fyne.PointEvent{Position: fyne.NewPos(it.x+4, it.y+4)})
	if len(clicked) != 1 || clicked[0] != "10" {
		t.Errorf("clicked %q", clicked)
	}
	high := e.MinSize().Height
	e.SetText("no placeholder")
	if e.MinSize().Height >= high {
		t.Error("the strip stays without placeholders")
	}
}

func TestBodyCounter(t *testing.T) {
	e, _ := newBody(t, strings.Repeat("x", 900))
	for n, want := range map[int]fyne.ThemeColorName{900: theme.Text2, 1000: theme.Warn, 1024: theme.Warn, 1025: theme.Danger} {
		e.SetText(strings.Repeat("é", n))
		if words, colour := e.count(); colour != want || !strings.HasSuffix(words, " / 1024") {
			t.Errorf("%d letters: %q in %s", n, words, colour)
		}
	}
}

func TestBodyUnderlinesFollowTheirWords(t *testing.T) {
	e, _ := newBody(t, "Hello {{1}} there")
	e.SetMarks([]TextMark{{6, 11, Bad}, {12, 17, Warn}})
	e.area.move(0, false)
	test.Type(e.area.page, "Oh ")
	if m := e.area.marks; len(m) != 2 || m[0].Start != 9 || m[1].End != 20 {
		t.Errorf("after typing before them: %+v", m)
	}
	dashes := func(colour fyne.ThemeColorName) (n int) {
		for _, r := range e.area.page.board.rects {
			if r.Visible() && r.FillColor == theme.Color(colour) {
				n++
			}
		}
		return n
	}
	if dashes(theme.DangerDot) < 3 || dashes(theme.WarnDot) < 3 {
		t.Errorf("%d dashes of danger, %d of warning are drawn", dashes(theme.DangerDot), dashes(theme.WarnDot))
	}
	e.area.show(9, 12)
	test.Type(e.area.page, "x")
	if m := e.area.marks; len(m) != 1 || m[0].Tone != Warn {
		t.Errorf("a mark whose words were replaced is %+v", m)
	}
}

// A long text costs what is seen of it, and the lines are the text.
func TestBodyTakesALongPaste(t *testing.T) {
	for name, text := range map[string]string{
		"words":  strings.Repeat("some words of a long text {{1}} ", 3200),
		"one":    strings.Repeat("x", 100_000),
		"lines":  strings.Repeat("a\n", 50_000),
		"braces": strings.Repeat("{{", 50_000),
		"marks":  strings.Repeat("*_~`", 25_000),
		"bidi":   strings.Repeat("\u202eabc\u200b ", 10_000),
	} {
		e, _ := newBody(t, "")
		clip := test.NewClipboard()
		clip.SetContent(text)
		e.area.page.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
		if e.Text() != text {
			t.Errorf("%s: %d bytes of %d arrived", name, len(e.Text()), len(text))
		}
		if n := len(e.area.page.board.objects()); n > 1500 {
			t.Errorf("%s: %d objects are drawn", name, n)
		}
		at := 0
		for _, l := range e.area.lines() {
			if l.start != at || l.end < l.start {
				t.Fatalf("%s: a line begins at %d, the one before ended at %d", name, l.start, at)
			}
			if at = l.end; l.last {
				at++
			}
		}
		if at != len(text)+1 {
			t.Errorf("%s: the lines end at %d of %d", name, at, len(text))
		}
		for _, o := range e.area.page.board.texts {
			if strings.ContainsAny(o.Text, "\u202e") {
				t.Errorf("%s: a mark that turns the text is drawn", name)
			}
		}
	}
}

func TestEmojiAreFound(t *testing.T) {
	e, c := newBody(t, "Hi ")
	test.Tap(e.emoji)
	grid := c.Overlays().Top().(*popLayer).content.(*emojiGrid)
	grid.search.SetText("deliv")
	if len(grid.shown) != 2 {
		t.Fatalf("found %q", grid.shown)
	}
	press(grid.search.entry, fyne.KeyEnd, fyne.KeyRight)
	press(grid.search.entry, fyne.KeyReturn)
	if e.Text() != "Hi 🚚" || c.Overlays().Top() != nil || c.Focused() != e.area.page {
		t.Errorf("wrote %q, focus on %T", e.Text(), c.Focused())
	}
	seen := map[string]bool{}
	for _, n := range emojiNames {
		if s := emojiOf(n); s == "" || seen[s] || !strings.Contains(strings.TrimSpace(n), " ") {
			t.Errorf("the entry %q is empty, there twice or has no words", n)
		} else {
			seen[s] = true
		}
	}
	test.Tap(e.emoji)
	press(c.Overlays().Top().(*popLayer).content.(*emojiGrid).search.entry, fyne.KeyEscape)
	if c.Overlays().Top() != nil {
		t.Error("Esc does not close the emoji")
	}
}

func TestBodyPictures(t *testing.T) {
	for look, choice := range map[string]theme.Choice{"light": theme.Light, "dark": theme.Dark} {
		app := newApp(t)
		app.Settings().SetTheme(theme.New(choice))
		e := NewBodyEditor(1024)
		e.SetText(quotationBody)
		e.SetBindings(map[string]string{"1": "Customer › Name", "2": "Total"})
		e.SetMarks([]TextMark{{21, 30, Warn}})
		e.area.show(12, 18)
		golden(t, "body-"+look, e, fyne.NewSize(596, 220))
	}
}

// limit is what one key may cost until the phone shows it: a frame.
const keystrokeLimit = 16 * time.Millisecond

// ratio reports what a step costs as a share of its limit.
func ratio(b *testing.B, limit time.Duration) {
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(limit), "of-16ms")
}

func BenchmarkBodyKeystroke(b *testing.B) {
	for name, text := range map[string]string{"1kB": strings.Repeat("some words {{1}} ", 60), "100kB": strings.Repeat("some words of a *long* text {{1}} ", 3000), "100kB-one-word": strings.Repeat("x", 100_000)} {
		b.Run(name, func(b *testing.B) {
			e, _ := newBody(b, text)
			e.area.move(len(text)/2, false)
			for b.Loop() {
				e.area.page.TypedRune('y')
			}
			ratio(b, keystrokeLimit)
		})
	}
}
