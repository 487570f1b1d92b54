package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestTabLeavesTheComposer(t *testing.T) {
	test.NewTempApp(t)
	c := NewComposer(nil, nil, nil)
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(500, 200))
	c.Focus()
	if w.Canvas().Focused() != fyne.Focusable(c.entry) {
		t.Fatal("the composer has not got the keyboard")
	}
	if tab, ok := w.Canvas().Focused().(fyne.Tabbable); ok && tab.AcceptsTab() {
		t.Error("Tab stays in the composer for good")
	}
}

func TestTabPassesByAPersonWithoutAMenu(t *testing.T) {
	test.NewTempApp(t)
	r := NewRail([]RailItem{{Icon: "inbox", Label: "Inbox"}}, nil)
	r.SetPerson("Ana", "1", nil)
	if !r.person.Disabled() {
		t.Error("the keyboard stops at something that does nothing")
	}
	r.SetPerson("Ana", "1", func() {})
	if r.person.Disabled() {
		t.Error("the menu of persons cannot be reached")
	}
}
