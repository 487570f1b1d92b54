package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

// A Vietnamese keyboard on Linux types a letter and then its tone; what goes out is one letter.
func TestTypedTonesBecomeOneLetterWithTheirVowel(t *testing.T) {
	newApp(t)
	c := NewComposer(nil, nil, nil)
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(600, 120))
	var sent []string
	c.OnSend = func(_ Mode, text string) { sent = append(sent, text) }
	for _, typed := range []string{"Da\u0323 \u0111u\u031bo\u031b\u0323c a\u0323!", "Caf\u0065\u0301"} {
		c.SetText("")
		test.Type(c.entry, typed)
		c.trySend()
	}
	if len(sent) != 2 || sent[0] != "D\u1ea1 \u0111\u01b0\u1ee3c \u1ea1!" || sent[1] != "Caf\u00e9" {
		t.Errorf("%+q", sent)
	}
}

// A click beside the tabs is one into the text: what is being written keeps the keyboard, and nothing else happens.
func TestAClickBesideTheTabs(t *testing.T) {
	newApp(t)
	c := NewComposer(nil, nil, nil)
	w := test.NewTempWindow(t, c)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(700, 120))
	turned := 0
	c.OnMode = func(Mode) { turned++ }
	test.TapCanvas(w.Canvas(), fyne.NewPos(500, 2+theme.HeightTab/2))
	if !c.Focused() || turned != 0 || c.Mode() != ModeReply {
		t.Errorf("focused %v, turned %d times", c.Focused(), turned)
	}
	c.SetReason("closed")
	w.Canvas().Unfocus()
	test.TapCanvas(w.Canvas(), fyne.NewPos(500, 2+theme.HeightTab/2))
	if c.Focused() {
		t.Error("a closed composer takes the keyboard")
	}
}

// What stands in the place of a closed composer is there for replies only.
func TestSomethingElseInTheComposersPlace(t *testing.T) {
	newApp(t)
	card := NewPickCard("Welcome back", "English", "Hello Mai, it has been a while", nil)
	c := NewComposer(nil, nil, nil)
	c.Instead = card
	asked := false
	c.OnInstead = func() { asked = true }
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(700, 200))
	open := c.MinSize().Height
	if card.Visible() || c.tabs.tabs[0].Text != "Reply" {
		t.Error("it stands there although one may write")
	}
	c.SetReason("closed")
	if !card.Visible() || c.bare.Visible() || c.send.Visible() || c.tabs.tabs[0].Text != "Template" || c.MinSize().Height <= open-theme.HeightComposer {
		t.Errorf("card %v, text %v, %v high", card.Visible(), c.bare.Visible(), c.MinSize().Height)
	}
	if c.Focus(); !asked {
		t.Error("it does not get the keyboard")
	}
	c.SetMode(ModeNote)
	if card.Visible() || !c.bare.Visible() || !c.send.Visible() || c.MinSize().Height != open {
		t.Error("a note has no place")
	}
	c.SetMode(ModeReply)
	c.SetReason("")
	if card.Visible() || !c.bare.Visible() || c.tabs.tabs[0].Text != "Reply" {
		t.Error("it stays when one may write again")
	}
}

func TestAnEdgeMovesWhatItDivides(t *testing.T) {
	newApp(t)
	var by float32
	e := NewEdge(func(dx float32) { by += dx })
	w := test.NewTempWindow(t, e)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(EdgeWidth, 100))
	line := func() float32 { return test.TempWidgetRenderer(t, e).Objects()[0].Size().Width }
	if line() != 1 {
		t.Errorf("the line is %v wide", line())
	}
	e.MouseIn(nil)
	if line() != 3 {
		t.Errorf("under the pointer it is %v wide", line())
	}
	e.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DX: 12}})
	e.DragEnd()
	e.MouseOut()
	if by != 12 || line() != 1 || EdgeIf(false) != 0 || EdgeIf(true) != EdgeWidth {
		t.Errorf("moved by %v, %v wide", by, line())
	}
}
