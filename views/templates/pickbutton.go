package templates

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// pickButton is a field that opens a popover of its own: an icon, words at the left, an arrow at the right.
type pickButton struct {
	fynewidget.BaseWidget
	tapped func()

	words                      *widget.Text
	icon, arrow                *widget.Icon
	frame                      *canvas.Rectangle
	hovered, focused, disabled bool
	wrong                      bool
	empty                      string
	tip                        widget.Tip
}

var (
	_ fyne.Tappable      = (*pickButton)(nil)
	_ fyne.Focusable     = (*pickButton)(nil)
	_ fyne.Disableable   = (*pickButton)(nil)
	_ desktop.Hoverable  = (*pickButton)(nil)
	_ desktop.Cursorable = (*pickButton)(nil)
)

func newPickButton(icon, empty string, tapped func()) *pickButton {
	b := &pickButton{
		tapped: tapped, empty: empty, words: widget.NewText(empty, theme.TypeBody, theme.Text3).Shrinking(), icon: widget.NewIcon(icon, 16, theme.Text2),
		arrow: widget.NewIcon("down", 16, theme.Text2), frame: &canvas.Rectangle{CornerRadius: theme.RadiusControl},
	}
	b.ExtendBaseWidget(b)
	return b
}

// set changes what it says; wrong marks it.
func (b *pickButton) set(words string, wrong bool) {
	colour := theme.Text
	if words == "" {
		words, colour = b.empty, theme.Text3
	}
	if b.disabled {
		colour = theme.Text3
	}
	b.words.SetText(words)
	b.words.SetColour(colour)
	if b.wrong != wrong {
		b.wrong = wrong
		b.Refresh()
	}
}

// Tapped opens the popover.
func (b *pickButton) Tapped(*fyne.PointEvent) {
	if !b.disabled {
		b.tip.Hover(b, "", false)
		b.tapped()
	}
}

// TypedKey opens it with Space, Return or Down.
func (b *pickButton) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		b.Tapped(nil)
	default:
		widget.PassOnKey(ev.Name)
	}
}

// TypedRune is for Fyne.
func (b *pickButton) TypedRune(rune) {}

// FocusGained is called when the keyboard arrives.
func (b *pickButton) FocusGained() {
	b.turn(&b.focused, true)
	widget.Reveal(b)
}

// FocusLost is called when it leaves.
func (b *pickButton) FocusLost() { b.turn(&b.focused, false) }

// MouseIn is for Fyne.
func (b *pickButton) MouseIn(*desktop.MouseEvent) {
	b.turn(&b.hovered, true)
	if s := b.words.Text(); isCut(s, theme.TypeBody, fyne.TextStyle{}, b.words.Size().Width) {
		b.tip.Hover(b, s, true)
	}
}

// MouseMoved is for Fyne.
func (b *pickButton) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (b *pickButton) MouseOut() {
	b.turn(&b.hovered, false)
	b.tip.Hover(b, "", false)
}

// Enable lets it be opened.
func (b *pickButton) Enable() { b.turn(&b.disabled, false) }

// Disable greys it.
func (b *pickButton) Disable() { b.turn(&b.disabled, true) }

// Disabled tells whether it is greyed.
func (b *pickButton) Disabled() bool { return b.disabled }

func (b *pickButton) turn(field *bool, on bool) {
	if *field != on {
		*field = on
		b.Refresh()
	}
}

// Cursor is a hand where a click does something.
func (b *pickButton) Cursor() desktop.Cursor {
	if b.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel names it for a screen reader.
func (b *pickButton) AccessibilityLabel() string { return b.words.Text() }

// CreateRenderer is for Fyne.
func (b *pickButton) CreateRenderer() fyne.WidgetRenderer {
	r := &pickRenderer{b}
	r.paint()
	return r
}

// isCut tells whether a line does not fit into a width.
func isCut(s string, t theme.Type, style fyne.TextStyle, width float32) bool {
	return fyne.MeasureText(s, t.Size, style).Width > width+0.5
}

type pickRenderer struct{ b *pickButton }

func (r *pickRenderer) paint() {
	b := r.b
	ground, edge, stroke := theme.Field, theme.LineStrong, float32(1)
	switch {
	case b.disabled:
		ground, edge, stroke = theme.Chip, theme.Chip, 0
	case b.wrong:
		edge, stroke = theme.Danger, 2
	case b.focused:
		edge, stroke = theme.Accent, 2
	case b.hovered:
		ground = theme.Hover
	}
	b.frame.FillColor, b.frame.StrokeColor, b.frame.StrokeWidth = theme.Color(ground), theme.Color(edge), stroke
}

func (r *pickRenderer) Destroy() {}
func (r *pickRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.b.frame, r.b.icon, r.b.words, r.b.arrow}
}
func (r *pickRenderer) MinSize() fyne.Size { return fyne.NewSize(90, theme.HeightControl) }

func (r *pickRenderer) Layout(size fyne.Size) {
	b, h := r.b, theme.HeightControl
	layout.Place(b.frame, 0, 0, size.Width, h)
	layout.Place(b.icon, 10, (h-16)/2, 16, 16)
	layout.Place(b.arrow, size.Width-27, (h-16)/2, 16, 16)
	layout.Place(b.words, 33, (h-20)/2, size.Width-33-31, 20)
}

func (r *pickRenderer) Refresh() {
	r.paint()
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
