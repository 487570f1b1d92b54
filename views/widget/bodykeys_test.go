package widget

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Tab goes through the bar of marks into the text; Space sets a mark, and the keyboard is in the text again.
func TestMarksAreReachedByTab(t *testing.T) {
	e, c := newBody(t, "Hello you")
	c.Focus(e.tools[0])
	var seen []fyne.Focusable
	for range len(e.tools) + 3 {
		seen = append(seen, c.Focused())
		c.FocusNext()
	}
	want := []fyne.Focusable{e.tools[0], e.tools[1], e.tools[2], e.tools[3], e.emoji, e.add, e.area.page}
	if !slices.Equal(seen, want) {
		t.Errorf("Tab goes %v", seen)
	}
	c.Focus(e.area.page)
	e.area.show(6, 9)
	c.Focus(e.tools[0])
	e.tools[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if e.Text() != "Hello *you*" || c.Focused() != e.area.page {
		t.Errorf("made %q, the keyboard is at %T", e.Text(), c.Focused())
	}
	e.ReadOnly(true)
	e.tools[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if e.Text() != "Hello *you*" {
		t.Errorf("read-only, and yet %q", e.Text())
	}
}

// An owner's history stands above the text's own, and the cursor goes where the change was.
func TestTheOwnersHistoryIsUsed(t *testing.T) {
	e, c := newBody(t, "one three")
	var asked []string
	steps := 0
	e.OnUndo, e.OnRedo = func() { asked = append(asked, "undo"); e.SetText("one three") }, func() { asked = append(asked, "redo"); e.SetText("one two three") }
	e.OnStep = func() { steps++ }
	p := e.area.page
	c.Focus(p)
	e.area.show(4, 4)
	test.Type(p, "two ")
	if steps != 0 {
		t.Error("typing is no step by itself")
	}
	for _, s := range []fyne.Shortcut{
		&fyne.ShortcutUndo{}, &fyne.ShortcutRedo{},
		&fyne.ShortcutUndo{}, &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift},
	} {
		p.TypedShortcut(s)
	}
	if !slices.Equal(asked, []string{"undo", "redo", "undo", "redo"}) || e.Text() != "one two three" {
		t.Errorf("asked %v, now %q", asked, e.Text())
	}
	if at := e.area.model.cursor; at != len("one two") {
		t.Errorf("the cursor is at %d", at)
	}
	e.Insert("{{1}}")
	hold(p, fyne.KeyB, desktop.KeyControlLeft)
	if steps != 2 {
		t.Errorf("%d steps", steps)
	}
}

// Whoever hears of a move may make the rows anew; the keyboard stays at the row that was moved.
func TestReorderGoesOnAfterNewRows(t *testing.T) {
	newApp(t)
	words := []string{"a", "b", "c"}
	var o *Reorder
	rows := func() []fyne.CanvasObject {
		var out []fyne.CanvasObject
		for _, w := range words {
			f := NewField("", "")
			f.SetText(w)
			out = append(out, f)
		}
		return out
	}
	o = NewReorder(8, func(from, to int) {
		words[from], words[to] = words[to], words[from]
		o.SetRows(rows()...)
	}, rows()...)
	c := shown(t, o, fyne.NewSize(400, 300))
	c.Focus(o.rows[0].grip)
	press := func(f func(desktop.Keyable)) {
		k, ok := c.Focused().(desktop.Keyable)
		if !ok {
			t.Fatalf("the keyboard is at %T", c.Focused())
		}
		f(k)
	}
	press(func(k desktop.Keyable) { k.KeyDown(&fyne.KeyEvent{Name: desktop.KeyAltLeft}) })
	for range 2 {
		press(func(k desktop.Keyable) { k.KeyDown(&fyne.KeyEvent{Name: fyne.KeyDown}) })
	}
	if !slices.Equal(words, []string{"b", "c", "a"}) || c.Focused() != o.rows[2].grip {
		t.Errorf("now %v, the keyboard is at %T", words, c.Focused())
	}
	press(func(k desktop.Keyable) { k.KeyUp(&fyne.KeyEvent{Name: desktop.KeyAltLeft}) })
	press(func(k desktop.Keyable) { k.KeyDown(&fyne.KeyEvent{Name: fyne.KeyUp}) })
	if !slices.Equal(words, []string{"b", "c", "a"}) {
		t.Errorf("Up without Alt moved: %v", words)
	}
}
