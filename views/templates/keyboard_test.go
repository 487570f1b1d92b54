package templates

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/widget"
)

func (w *world) key(names ...fyne.KeyName) {
	w.T.Helper()
	for _, n := range names {
		f := w.Window.Canvas().Focused()
		if f == nil {
			w.T.Fatalf("nothing has the keyboard to hear %s", n)
		}
		f.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func (w *world) focused() string { return fmt.Sprintf("%T", w.Window.Canvas().Focused()) }

func TestAStarterIsBegunByKeyboard(t *testing.T) {
	w := newWorld(t, newKept(), app.Staff{})
	w.Shown()
	w.Until("the list", func() bool { return w.list.loaded })
	w.New()
	w.Until("the gallery", func() bool { return w.sh.Layers.Any() })
	l, ok := w.Window.Canvas().Focused().(*widget.KeyList)
	if !ok || !l.Focused() {
		t.Fatalf("%s has the keyboard, not the starters", w.focused())
	}
	w.Picture("gallery-keys")
	w.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	w.Until("the new one", func() bool { return w.editor.m != nil })
	if got := w.editor.m.now.Name; got != "Payment receipt" {
		t.Errorf("two down from the first is %q", got)
	}
	if w.Window.Canvas().Focused() != w.editor.body.body.edit.Focusable() {
		t.Errorf("%s has the keyboard, not the text", w.focused())
	}
}

func TestTabsAreReachedByCommands(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	w.Body()
	if w.Window.Canvas().Focused() != w.editor.body.body.edit.Focusable() {
		t.Errorf("Body: %s has the keyboard", w.focused())
	}
	w.Variables()
	if f := w.Window.Canvas().Focused(); f == nil || w.editor.tabs.Chosen() != tabVariables || f == w.editor.body.body.edit.Focusable() {
		t.Errorf("Variables: %s has the keyboard on tab %d", w.focused(), w.editor.tabs.Chosen())
	}
	for range 3 { // kind, field, format: then the sample
		w.Window.Canvas().FocusNext()
	}
	test.Type(w.Window.Canvas().Focused(), "X")
	if b, _ := w.editor.m.binding(template.BodySlot("1")); b.Sample != "XMai" && b.Sample != "MaiX" {
		t.Errorf("three steps from the kind, the sample is %q in %s", b.Sample, w.focused())
	}
	w.Buttons()
	if f := w.Window.Canvas().Focused(); f == nil || w.editor.tabs.Chosen() != tabButtons {
		t.Errorf("Buttons: %s has the keyboard", w.focused())
	}
	test.Type(w.Window.Canvas().Focused(), "Z")
	if got := buttonsAt(&w.editor.m.now.Document, -1, false).Buttons[0].Text; got != "ZView quotation" && got != "View quotationZ" {
		t.Errorf("the first button is %q", got)
	}
}

func TestTheFilterIsUsedByKeyboard(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	w.list.openFilter()
	if w.Window.Canvas().Focused() == nil {
		t.Fatal("nothing of the filter has the keyboard")
	}
	w.Picture("filter")
	w.key(fyne.KeyDown)                 // the statuses open
	w.key(fyne.KeyDown, fyne.KeyReturn) // the first after Any
	w.Until("the filter", func() bool { return w.list.query.Status == app.TemplateDraft && len(w.list.shown) == 1 })
	if w.Window.Canvas().Overlays().Top() == nil {
		t.Fatal("choosing closes the filter")
	}
	w.key(fyne.KeyEscape)
	if o := w.Window.Canvas().Overlays().Top(); o != nil {
		t.Errorf("after Esc %T floats", o)
	}
	w.list.openFilter()
	w.Press("Clear")
	w.Until("all of them", func() bool { return len(w.list.shown) == 7 })
}

func TestEscClosesNestedPopoversOneByOne(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	w.list.openFilter()
	w.key(fyne.KeyDown)
	if n := len(w.Window.Canvas().Overlays().List()); n != 2 {
		t.Fatalf("%d things float", n)
	}
	w.key(fyne.KeyEscape)
	if n := len(w.Window.Canvas().Overlays().List()); n != 1 {
		t.Fatalf("after one Esc %d things float", n)
	}
	w.key(fyne.KeyEscape)
	if n := len(w.Window.Canvas().Overlays().List()); n != 0 {
		t.Errorf("after two Esc %d things float", n)
	}
}

func TestTheFieldPickerBindsByKeyboard(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	w.Until("records", func() bool { return len(w.phone.offers) > 0 })
	w.editor.ShowTab(tabVariables)
	r := w.editor.variables.rows[1]
	r.pick()
	w.Settle()
	w.Window.Canvas().Focused().(interface{ SetText(string) }).SetText("number")
	w.key(fyne.KeyReturn)
	b, _ := w.editor.m.binding(template.BodySlot("2"))
	if b.Path != "number" || b.Kind != app.BindField || b.Sample == "" {
		t.Errorf("%+v", b)
	}
	if w.Window.Canvas().Overlays().Top() != nil {
		t.Error("the picker stays open")
	}
}
