package widget

import (
	"math"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/views/theme"
)

func TestEscapeIsHandedOn(t *testing.T) {
	newApp(t)
	var got []fyne.KeyName
	Unclaimed.Key = func(name fyne.KeyName) { got = append(got, name) }
	t.Cleanup(func() { Unclaimed.Key = nil })
	search := NewSearchField("Search", "")
	search.SetText("mai")
	for name, w := range map[string]fyne.Focusable{
		"field": NewField("Name", "").entry, "button": NewButton(Main, "Go", "", nil), "select": NewSelect([]string{"a"}, nil).face,
		"timeline": NewTimeline(), "tab": NewTabs([]Tab{{Text: "Reply", Icon: "reply"}}, nil).tabs[0],
	} {
		got = nil
		press(w, fyne.KeyEscape)
		if len(got) != 1 || got[0] != fyne.KeyEscape {
			t.Errorf("%s: %v", name, got)
		}
	}
	got = nil
	press(search.entry, fyne.KeyEscape)
	if len(got) != 0 || search.Text() != "" {
		t.Errorf("the first Esc of a search does not only empty it: %v", got)
	}
	press(search.entry, fyne.KeyEscape)
	if len(got) != 1 {
		t.Error("the second Esc of a search goes nowhere")
	}
}

// textMiddle is where the middle of a text stands on the canvas.
func textMiddle(t *testing.T, o fyne.CanvasObject, words string) float32 {
	t.Helper()
	middle := float32(-1)
	walk(o, func(o fyne.CanvasObject) {
		if line, ok := o.(*canvas.Text); ok && line.Text == words && line.Visible() {
			middle = fyne.CurrentApp().Driver().AbsolutePositionForObject(line).Y + line.MinSize().Height/2
		}
	})
	if middle < 0 {
		t.Fatalf("%q is not drawn", words)
	}
	return middle
}

func TestTextStandsInTheMiddleOfItsField(t *testing.T) {
	newApp(t)
	f, s, m := NewField("", "Name"), NewSearchField("Search", ""), NewComposer(nil, nil, nil)
	p := NewPasswordField("", "Token")
	for _, c := range []struct {
		o     fyne.CanvasObject
		words string
		want  float32
	}{
		{f, "Name", theme.HeightControl / 2},
		{s, "Search", theme.HeightControl / 2},
		{p, "Token", theme.HeightControl / 2},
		{m, "Write a message", 2 + theme.HeightTab + theme.HeightComposer/2},
	} {
		shown(t, c.o, fyne.NewSize(500, 120))
		if got := textMiddle(t, c.o, c.words); math.Abs(float64(got-c.want)) > 0.75 {
			t.Errorf("%q: the middle is %v, want %v", c.words, got, c.want)
		}
	}
	m.SetText("hello")
	if got := textMiddle(t, m, "hello"); math.Abs(float64(got-(2+theme.HeightTab+theme.HeightComposer/2))) > 0.75 {
		t.Errorf("what is typed: the middle is %v", got)
	}
}

func TestToastStandsAboveWhatIsBelow(t *testing.T) {
	newApp(t)
	below := float32(0)
	l := NewToastLayer(func(time.Duration, func()) func() { return func() {} })
	l.Below = func() float32 { return below }
	shown(t, l, fyne.NewSize(900, 600))
	l.Say(Ok, "Done", nil)
	low := textMiddle(t, l, "Done")
	below = 234
	l.Refresh()
	if high := textMiddle(t, l, "Done"); low-high != 234 {
		t.Errorf("the composer grew by 234, the toast went up by %v", low-high)
	}
}
