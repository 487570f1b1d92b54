package templates

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// rowHeight is how high a template's row is.
const rowHeight float32 = 64

// rowView draws one template in the list. The list has the keyboard, not the row.
type rowView struct {
	fynewidget.BaseWidget
	tapped func()
	menu   func(at fyne.Position)

	data                     row
	set                      bool
	chosen, focused, hovered bool
	name, second, used       *widget.Text
	tip                      widget.Tip
	chip                     *widget.StatusChip
	quality                  *widget.QualityDot
	ground, bar, line, ring  *canvas.Rectangle
}

var (
	_ fyne.Tappable          = (*rowView)(nil)
	_ fyne.SecondaryTappable = (*rowView)(nil)
	_ desktop.Hoverable      = (*rowView)(nil)
	_ desktop.Cursorable     = (*rowView)(nil)
)

func newRowView() *rowView {
	r := &rowView{
		name: widget.NewBold("", theme.TypeBody, theme.Text).Shrinking(), second: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking(),
		used: widget.NewText("", theme.TypeCaption, theme.Text3), chip: widget.NewStatusChip("", ""), quality: widget.NewQualityDot(""),
		ground: &canvas.Rectangle{}, bar: &canvas.Rectangle{}, line: &canvas.Rectangle{}, ring: &canvas.Rectangle{CornerRadius: theme.RadiusControl, StrokeWidth: 2},
	}
	r.chip.OnHover = r.hover
	r.ExtendBaseWidget(r)
	return r
}

// show draws a template. Nothing is drawn anew when nothing changed.
func (r *rowView) show(d row, chosen, focused bool) {
	if r.set && r.data == d && r.chosen == chosen && r.focused == focused {
		return
	}
	r.data, r.set, r.chosen, r.focused = d, true, chosen, focused
	r.name.SetText(d.name)
	r.second.SetText(d.second())
	r.chip.Set(d.chipStatus(), d.reason)
	r.quality.Set(d.quality)
	r.used.SetText(timesWords(d.used))
	r.Refresh()
}

// Tapped opens the template.
func (r *rowView) Tapped(*fyne.PointEvent) {
	if r.tapped != nil {
		r.tapped()
	}
}

// TappedSecondary opens its menu.
func (r *rowView) TappedSecondary(ev *fyne.PointEvent) {
	if r.menu != nil {
		r.menu(ev.AbsolutePosition)
	}
}

// MouseIn is called when the pointer comes.
func (r *rowView) MouseIn(*desktop.MouseEvent) {
	r.hover(true)
	r.tip.Hover(r, r.cut(), true)
}

// MouseMoved is called while it is there.
func (r *rowView) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when it goes.
func (r *rowView) MouseOut() {
	r.hover(false)
	r.tip.Hover(r, "", false)
}

// cut is what the row has no room for, and how often the template was used.
func (r *rowView) cut() string {
	var out []string
	if isCut(r.data.name, theme.TypeBody, fyne.TextStyle{Bold: true}, r.name.Size().Width) {
		out = append(out, r.data.name)
	}
	if s := r.data.second(); isCut(s, theme.TypeCaption, fyne.TextStyle{}, r.second.Size().Width) {
		out = append(out, s)
	}
	if r.data.used > 0 {
		out = append(out, usedWords(r.data.used))
	}
	return strings.Join(out, " · ")
}

func (r *rowView) hover(on bool) {
	if r.hovered != on {
		r.hovered = on
		r.Refresh()
	}
}

// Cursor is a hand.
func (r *rowView) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel names it for a screen reader.
func (r *rowView) AccessibilityLabel() string { return r.data.name }

// AccessibilityRole tells a screen reader what it is.
func (r *rowView) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (r *rowView) CreateRenderer() fyne.WidgetRenderer {
	p := &rowRenderer{r}
	p.paint()
	return p
}

type rowRenderer struct{ r *rowView }

func (p *rowRenderer) paint() {
	r := p.r
	g := theme.PaneAlt
	switch {
	case r.chosen:
		g = theme.Selected
	case r.hovered:
		g = theme.Hover
	}
	r.ground.FillColor = theme.Color(g)
	r.bar.FillColor, r.line.FillColor = theme.Color(theme.Accent), theme.Color(theme.Line)
	r.ring.StrokeColor = theme.Color(theme.Focus)
	r.ring.FillColor = theme.Color(g)
	layout.SetVisible(r.bar, r.chosen)
	layout.SetVisible(r.ring, r.focused)
}

func (p *rowRenderer) Destroy() {}

func (p *rowRenderer) Objects() []fyne.CanvasObject {
	r := p.r
	return []fyne.CanvasObject{r.ground, r.ring, r.bar, r.line, r.name, r.chip, r.second, r.used, r.quality}
}

func (p *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(180, rowHeight) }

func (p *rowRenderer) Layout(size fyne.Size) {
	r := p.r
	layout.Place(r.ground, 0, 0, size.Width, size.Height)
	layout.Place(r.ring, 4, 3, size.Width-8, size.Height-7)
	layout.Place(r.bar, 0, 0, 3, size.Height)
	layout.Place(r.line, 0, size.Height-1, size.Width, 1)
	const left, right = 16, 12
	w := min(r.chip.MinSize().Width, size.Width/2)
	if size.Width < 225 {
		w = 29 // its icon says it, and the words come on hover
	}
	layout.Place(r.chip, size.Width-right-w, 11, w, theme.HeightSmallPill)
	layout.Place(r.name, left, 12, size.Width-left-right-w-10, theme.TypeBody.Pitch)
	used := float32(0)
	if r.used.Text() != "" {
		used = r.used.MinSize().Width + 6
	}
	layout.Place(r.used, size.Width-right-14-used+6, 36, used, theme.TypeCaption.Pitch)
	layout.Place(r.second, left, 36, size.Width-left-right-16-used, theme.TypeCaption.Pitch)
	layout.Place(r.quality, size.Width-right-8, 40, 8, 8)
}

func (p *rowRenderer) Refresh() {
	p.paint()
	p.Layout(p.r.Size())
	canvas.Refresh(p.r)
}
