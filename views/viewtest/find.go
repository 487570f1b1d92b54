package viewtest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"shopbell/views/widget"
)

// Walk visits what is visible in an object, itself first; visit tells whether to go on into it.
func Walk(t testing.TB, o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) {
	t.Helper()
	if o == nil || !o.Visible() || !visit(o) {
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			Walk(t, c, visit)
		}
	case fyne.Widget:
		tt, ok := t.(*testing.T)
		if !ok {
			t.Fatal("only tests look into widgets")
		}
		for _, c := range test.TempWidgetRenderer(tt, o).Objects() {
			Walk(t, c, visit)
		}
	}
}

// Button finds the first visible button with these words, or this hint, in an object; nil when there is none.
func Button(t testing.TB, in fyne.CanvasObject, words string) (found *widget.Button) {
	t.Helper()
	Walk(t, in, func(o fyne.CanvasObject) bool {
		b, ok := o.(*widget.Button)
		if ok && found == nil && (b.Text() == words || b.Text() == "" && b.AccessibilityLabel() == words) {
			found = b
		}
		return !ok
	})
	return found
}

// Texts gives what can be read in an object, in the order in which it is drawn.
func Texts(t testing.TB, in fyne.CanvasObject) (out []string) {
	t.Helper()
	Walk(t, in, func(o fyne.CanvasObject) bool {
		if s, ok := o.(*canvas.Text); ok && s.Text != "" {
			out = append(out, s.Text)
		}
		return true
	})
	return out
}

// Press presses a button of what floats over the window, the topmost first, else of the window.
func (b *Bed) Press(words string) {
	b.T.Helper()
	over := b.Window.Canvas().Overlays().List()
	for i := len(over) - 1; i >= 0; i-- {
		if found := Button(b.T, over[i], words); found != nil {
			test.Tap(found)
			return
		}
	}
	b.PressIn(b.Window.Content(), words)
}

// PressIn presses a button in an object.
func (b *Bed) PressIn(in fyne.CanvasObject, words string) {
	b.T.Helper()
	found := Button(b.T, in, words)
	if found == nil {
		b.T.Fatalf("there is no button %q", words)
	}
	test.Tap(found)
}
