package widget

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func languages() []Option {
	var out []Option
	for i, l := range []string{"Afrikaans", "Arabic", "Bengali", "Català", "English", "English (UK)", "Español", "Français", "Português", "Tiếng Việt", "Đan Mạch"} {
		out = append(out, Option{Key: fmt.Sprint("k", i), Label: l, Words: "lang"})
	}
	for i := range 90 {
		out = append(out, Option{Key: fmt.Sprint("x", i), Label: fmt.Sprintf("Other language %02d", i)})
	}
	return out
}

func TestChoiceIsSearchedAndChosenByKeys(t *testing.T) {
	newApp(t)
	var chosen []string
	c := NewChoice("Language", languages(), func(k string) { chosen = append(chosen, k) })
	canvas := shown(t, container.NewWithoutLayout(c), fyne.NewSize(600, 600))
	place(c, 20, 20, 200, 56)
	c.SetChosen("k4")
	if c.face.words != "English" || len(chosen) != 0 {
		t.Fatalf("shows %q, told %v", c.face.words, chosen)
	}
	c.Focus()
	press(c.face, fyne.KeyDown)
	if !c.IsOpen() || canvas.Focused() != c.list.search.entry {
		t.Fatal("Down does not open the list with the keyboard in its search field")
	}
	if at := c.list.shown[c.list.list.cursor]; c.options[at].Key != "k4" {
		t.Errorf("the cursor stands on %q", c.options[at].Label)
	}
	if w := c.pop.layer.card.w; w != 200 {
		t.Errorf("the list is %v wide", w)
	}
	entry := c.list.search.entry
	test.Type(entry, "viet")
	if n := len(c.list.shown); n != 1 {
		t.Fatalf("%d found for viet", n)
	}
	entry.SetText("dan")
	if n := len(c.list.shown); n != 1 || c.options[c.list.shown[0]].Label != "Đan Mạch" {
		t.Errorf("%d found for dan", n)
	}
	entry.SetText("engl")
	press(entry, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	press(entry, fyne.KeyReturn)
	if !slices.Equal(chosen, []string{"k5"}) || c.Chosen() != "k5" || c.IsOpen() || canvas.Focused() != c.face {
		t.Errorf("chosen %v, focus on %T", chosen, canvas.Focused())
	}
	c.face.TypedRune('z')
	if !c.IsOpen() || c.list.search.Text() != "z" || len(c.list.shown) != 0 {
		t.Error("a letter does not open the list with it")
	}
	if !strings.Contains(strings.Join(texts(c.list), "|"), "Nothing found") {
		t.Errorf("an empty result says %q", texts(c.list))
	}
	press(c.list.search.entry, fyne.KeyReturn, fyne.KeyEscape)
	if c.IsOpen() && c.list.search.Text() == "" {
		press(c.list.search.entry, fyne.KeyEscape)
	}
	if c.IsOpen() || len(chosen) != 1 {
		t.Error("Esc does not close the list")
	}
	c.SetOptions(languages()[:3])
	if c.Chosen() != "k5" || c.face.words != "k5" {
		t.Errorf("what is chosen and no longer offered shows as %q", c.face.words)
	}
	c.Disable()
	test.Tap(c.face)
	if c.IsOpen() {
		t.Error("a disabled choice opens")
	}
}

func TestChoiceOfAFewByMouseAndKeys(t *testing.T) {
	newApp(t)
	var chosen []string
	c := NewChoice("Category", []Option{{Key: "u", Label: "Utility"}, {Key: "m", Label: "Marketing"}, {Key: "a", Label: "Authentication"}}, func(k string) { chosen = append(chosen, k) })
	canvas := shown(t, container.NewWithoutLayout(c), fyne.NewSize(600, 400))
	place(c, 20, 330, 160, 56)
	test.Tap(c.face)
	if c.list.search != nil || !c.pop.Above() {
		t.Errorf("search %v, above %v: a few need no search, and there is no room below", c.list.search, c.pop.Above())
	}
	if card := c.pop.layer.card; card.y < 0 || card.y+card.h > 350 {
		t.Errorf("the list stands at %+v", card)
	}
	press(canvas.Focused(), fyne.KeyEnd, fyne.KeySpace)
	test.Tap(c.face)
	canvas.Focused().TypedRune('m')
	press(canvas.Focused(), fyne.KeyReturn)
	test.Tap(c.face)
	for _, r := range c.list.list.body.rows {
		if r.Visible() && r.item.label == "Utility" {
			r.MouseIn(nil)
			test.Tap(r)
			break
		}
	}
	if !slices.Equal(chosen, []string{"a", "m", "u"}) {
		t.Errorf("chosen %v", chosen)
	}
	test.Tap(c.face)
	c.pop.layer.Tapped(&fyne.PointEvent{Position: fyne.NewPos(580, 10)})
	if c.IsOpen() {
		t.Error("a click beside the list does not close it")
	}
}

func TestLongListDrawsWhatIsSeen(t *testing.T) {
	newApp(t)
	many := make([]Option, 6000)
	for i := range many {
		many[i] = Option{Key: fmt.Sprint(i), Label: strings.Repeat("A very long name of a template ", 3)}
	}
	c := NewChoice("", many, nil)
	shown(t, container.NewWithoutLayout(c), fyne.NewSize(400, 500))
	place(c, 10, 10, 150, 36)
	c.SetChosen("3000")
	c.Open()
	l := c.list.list
	if n := len(l.body.rows); n > 20 {
		t.Errorf("%d rows are there", n)
	}
	seen := false
	for _, r := range l.body.rows {
		y := r.Position().Y - l.scroll.Offset.Y
		seen = seen || r.Visible() && r.index == 3000 && y >= 0 && y+pickHeight <= l.scroll.Size().Height
	}
	if !seen {
		t.Error("what is chosen is not in sight")
	}
	for range 5000 {
		c.list.key(fyne.KeyDown)
	}
	if l.cursor != 5999 {
		t.Errorf("the cursor ends at %d", l.cursor)
	}
	c.list.key(fyne.KeyPageUp)
	if l.cursor >= 5999 || l.cursor < 5980 {
		t.Errorf("a page up is %d", l.cursor)
	}
}

func TestMultiChoice(t *testing.T) {
	newApp(t)
	var told [][]string
	staff := []Option{{Key: "1", Label: "Ana"}, {Key: "2", Label: "Luis"}, {Key: "3", Label: "Mai"}}
	m := NewMultiChoice("Who may send it", "Everybody", staff, func(k []string) { told = append(told, k) })
	canvas := shown(t, container.NewWithoutLayout(m), fyne.NewSize(600, 600))
	place(m, 20, 20, 200, 56)
	if m.face.words != "Everybody" {
		t.Errorf("nobody chosen says %q", m.face.words)
	}
	m.Focus()
	press(m.face, fyne.KeySpace)
	list := canvas.Focused()
	press(list, fyne.KeyEnd, fyne.KeySpace, fyne.KeyUp, fyne.KeyUp, fyne.KeyReturn)
	if !m.IsOpen() || !slices.Equal(m.Chosen(), []string{"1", "3"}) || m.face.words != "Ana, Mai" {
		t.Fatalf("chosen %v, says %q", m.Chosen(), m.face.words)
	}
	press(list, fyne.KeyHome, fyne.KeyReturn)
	if len(m.Chosen()) != 0 || m.face.words != "Everybody" || !m.list.list.items[0].on || m.list.list.items[1].on {
		t.Errorf("Everybody leaves %v", m.Chosen())
	}
	press(list, fyne.KeyDown, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyEscape)
	if m.IsOpen() || len(told) != 5 || len(m.Chosen()) != 0 || canvas.Focused() != m.face {
		t.Errorf("told %v", told)
	}
	m.SetChosen([]string{"2", "gone"})
	if m.face.words != "Luis, 1 more" {
		t.Errorf("somebody who is no longer there: %q", m.face.words)
	}
}
