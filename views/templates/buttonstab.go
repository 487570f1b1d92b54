package templates

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// buttonsTab is where the template's buttons are made.
type buttonsTab struct {
	e      *editor
	object fyne.CanvasObject
	list   *buttonList
	intro  *widget.Paragraph
}

func newButtonsTab(e *editor) *buttonsTab {
	b := &buttonsTab{e: e, list: newButtonList(e, -1)}
	b.intro = widget.NewParagraph(lang.X("buttons.intro", "Up to ten, below the message. Quick replies stand together, before or after the others."), theme.TypeCaption, theme.Text2, 120)
	b.object = layout.Pad(14, theme.Space5, 16, theme.Space5, layout.Column(theme.Space3, b.intro, b.list.object))
	return b
}

// begin has all rows made anew.
func (b *buttonsTab) begin() { b.list.shape = "?" }

func (b *buttonsTab) show(t app.Template) {
	b.list.show(t)
	b.e.scroll.Content.Refresh()
}

// mark shows the button that a finding is about.
func (b *buttonsTab) mark(_ int, p template.Place) {
	if p.Button >= 0 && p.Button < len(b.list.rows) {
		r := b.list.rows[p.Button]
		r.mark(p.Field)
		b.e.reveal(r.object)
	}
}

// focus gives the first button's first field the keyboard, or the button that adds one.
func (b *buttonsTab) focus() {
	l := b.list
	for _, r := range l.rows {
		if r.first != nil && !r.first.Disabled() {
			r.first.Focus()
			b.e.reveal(r.object)
			return
		}
	}
	if !l.add.Disabled() {
		b.e.v.sh.Window.Canvas().Focus(l.add)
		b.e.reveal(l.add)
		return
	}
	b.e.tabs.Focus()
}

// reveal scrolls the editor until something is seen.
func (e *editor) reveal(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(e.scroll.Content).Y
	high := e.scroll.Size().Height
	switch y := e.scroll.Offset.Y; {
	case top < y:
		e.scroll.ScrollToOffset(fyne.NewPos(0, max(top-12, 0)))
	case top+o.Size().Height > y+high:
		e.scroll.ScrollToOffset(fyne.NewPos(0, min(top-12, top+o.Size().Height-high+12)))
	}
}
