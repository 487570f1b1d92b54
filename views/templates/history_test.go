package templates

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app"
	"shopbell/meta/template"
)

// In the body Ctrl+Z is the template's own Undo: one history for what was typed there and elsewhere.
func TestOneHistory(t *testing.T) {
	w := newWorld(t, shop(), app.Staff{})
	w.open(1)
	page := w.editor.body.body.edit.Focusable()
	text := func() string { return textOf(w.editor.m.now.Document, template.Body) }
	began := text()
	w.sh.Window.Canvas().Focus(page)
	test.Type(page, "A")
	typed := text()
	if typed == began {
		t.Fatal("nothing was typed")
	}
	w.editor.change("footer", func(t *app.Template) { setText(&t.Document, template.Footer, "Bye for now") })
	keys := page.(fyne.Shortcutable)
	keys.TypedShortcut(&fyne.ShortcutUndo{})
	if got := textOf(w.editor.m.now.Document, template.Footer); got == "Bye for now" || text() != typed {
		t.Errorf("the newest change is the footer's: %q, body %q", got, text())
	}
	keys.TypedShortcut(&fyne.ShortcutUndo{})
	if text() != began || w.editor.body.body.edit.Text() != began {
		t.Errorf("undone to %q, shown %q", text(), w.editor.body.body.edit.Text())
	}
	w.Redo()
	if text() != typed || w.editor.body.body.edit.Text() != typed || w.sh.Window.Canvas().Focused() != page {
		t.Errorf("redone to %q, shown %q, the keyboard is at %T", text(), w.editor.body.body.edit.Text(), w.sh.Window.Canvas().Focused())
	}
}
