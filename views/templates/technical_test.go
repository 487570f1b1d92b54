package templates

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/views/viewtest"
	"shopbell/views/widget"
)

// What Meta calls a template stands under its name, is written by who wants to until Meta has it, and the question before submitting names it.
func TestTheNameAtMeta(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	name := w.editor.m.now.Document.Name
	shown := func() string { return strings.Join(viewtest.Texts(t, w.editor.form.name), " ") }
	if name == "" || !strings.Contains(shown(), "At Meta: "+name) {
		t.Fatalf("%q is not in %q", name, shown())
	}
	w.Technical()
	var field *widget.Field
	for _, o := range w.sh.Window.Canvas().Overlays().List() {
		viewtest.Walk(t, o, func(o fyne.CanvasObject) bool {
			if f, ok := o.(*widget.Field); ok {
				field = f
			}
			return true
		})
	}
	if field == nil || field.Text() != name {
		t.Fatal("nobody asks for the name")
	}
	field.SetText("Order Ready")
	w.Press("Use this name")
	if !strings.Contains(field.Wrong(), "small letters") || w.editor.m.now.Document.Name != name {
		t.Errorf("wrong: %q, now %q", field.Wrong(), w.editor.m.now.Document.Name)
	}
	field.SetText("order_ready_7")
	w.Press("Use this name")
	if got := w.editor.m.now.Document.Name; got != "order_ready_7" || !strings.Contains(shown(), "At Meta: order_ready_7") {
		t.Errorf("now %q, shown %q", got, shown())
	}
	w.Settle()
	if got := w.stored(1).Document.Name; got != "order_ready_7" {
		t.Errorf("kept %q", got)
	}
}
