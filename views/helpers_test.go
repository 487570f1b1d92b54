package views

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/views/widget"
)

// walk visits everything in a window.
func walk(t *testing.T, o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(t, c, visit)
		}
	case fyne.Widget:
		for _, c := range test.TempWidgetRenderer(t, o).Objects() {
			walk(t, c, visit)
		}
	}
}

func tapButton(t *testing.T, w fyne.Window, words string) {
	t.Helper()
	var found *widget.Button
	walk(t, w.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok && b.Text() == words {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("there is no button %q", words)
	}
	test.Tap(found)
}

// typeAll types into the fields of a window, one after the other, and submits.
func typeAll(t *testing.T, w fyne.Window, texts ...string) {
	t.Helper()
	var fields []*widget.Field
	walk(t, w.Content(), func(o fyne.CanvasObject) {
		if f, ok := o.(*widget.Field); ok {
			fields = append(fields, f)
		}
	})
	if len(fields) != len(texts) {
		t.Fatalf("%d fields", len(fields))
	}
	for i, text := range texts {
		test.Type(fields[i].Focusable(), text)
	}
	tapButton(t, w, "Open")
	if fields[0].Wrong() == "" {
		t.Error("nothing is wrong with what was typed")
	}
}
