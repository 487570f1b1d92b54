package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// CheckState is the outcome of one check of the doctor.
type CheckState int

// The outcomes.
const (
	CheckWaiting CheckState = iota
	CheckFine
	CheckWarning
	CheckBroken
)

// CheckRow is a line of the doctor: what was looked at, what was found, and the button that mends it.
type CheckRow struct {
	fynewidget.BaseWidget
	state  CheckState
	title  *Text
	why    *Paragraph
	button *Button
}

// NewCheckRow makes a row; the button may be nil. It is made small.
func NewCheckRow(state CheckState, title, why string, button *Button) *CheckRow {
	r := &CheckRow{state: state, title: NewText(title, theme.TypeSmall, theme.Text).Shrinking(), why: NewParagraph(why, theme.TypeSmall, theme.Text2, 60), button: button}
	if button != nil {
		button.Sized(Small)
	}
	r.ExtendBaseWidget(r)
	return r
}

// Set changes the outcome.
func (r *CheckRow) Set(state CheckState, why string) {
	r.state = state
	r.why.SetText(why)
	r.Refresh()
}

// CreateRenderer is for Fyne.
func (r *CheckRow) CreateRenderer() fyne.WidgetRenderer {
	ground, edge, icon := newRect(0), newRect(0), newGlyph()
	objects := []fyne.CanvasObject{ground, edge, icon.Image, r.title, r.why}
	if r.button != nil {
		objects = append(objects, r.button)
	}
	paint := func() {
		name, colour, g, why := "clock", theme.Text3, fyne.ThemeColorName(""), theme.Text2
		switch r.state {
		case CheckFine:
			name, colour = "check", theme.Ok
		case CheckWarning:
			name, colour, g, why = "warn", theme.Warn, theme.WarnSoft, theme.Text
		case CheckBroken:
			name, colour, g, why = "alert", theme.Danger, theme.DangerSoft, theme.Text
		}
		fill(ground, g, "", 0)
		fill(edge, theme.Line, "", 0)
		icon.set(name, colour)
		r.why.SetColour(why)
		if style := (fyne.TextStyle{Bold: g != ""}); r.title.style != style {
			r.title.style = style
			r.title.Refresh()
		}
	}
	titleWidth := func(w float32) float32 { return fyne.Max(90, fyne.Min(168, w*0.28)) }
	whyWidth := func(w float32) float32 {
		room := w - 47 - titleWidth(w) - 12 - 16
		if r.button != nil {
			room -= r.button.MinSize().Width + 16
		}
		return fyne.Max(room, 60)
	}
	layout := func(size fyne.Size) {
		ground.Resize(size)
		place(edge, 0, size.Height-1, size.Width, 1)
		place(icon.Image, 16, (size.Height-18)/2, 18, 18)
		tw := titleWidth(size.Width)
		place(r.title, 47, (size.Height-18)/2, tw, 18)
		ww := whyWidth(size.Width)
		h := r.why.HeightFor(ww)
		place(r.why, 47+tw+12, (size.Height-h)/2, ww, h)
		if r.button != nil {
			m := r.button.MinSize()
			place(r.button, size.Width-m.Width-12, (size.Height-m.Height)/2, m.Width, m.Height)
		}
	}
	min := func() fyne.Size {
		w := r.Size().Width
		if w == 0 {
			w = 640 // not laid out yet: as wide as the doctor's card usually is
		}
		h := fyne.Max(theme.HeightTableRow, r.why.HeightFor(whyWidth(w))+16)
		if r.button != nil {
			h = fyne.Max(h, 46)
		}
		return fyne.NewSize(320, h)
	}
	return newRenderer(r, min, layout, paint, objects...)
}
