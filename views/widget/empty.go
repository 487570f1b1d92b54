package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// EmptyState fills a pane that has nothing to show yet: the bell or an icon in a circle, what is so, what to do
// next, and the buttons that do it.
type EmptyState struct {
	fynewidget.BaseWidget
	icon    string
	heading *Text
	text    *Paragraph
	buttons []*Button
}

// NewEmptyState makes one; an empty icon shows the bell. Its buttons are made big.
func NewEmptyState(icon, heading, text string, buttons ...*Button) *EmptyState {
	if icon == "" {
		icon = theme.MarkName
	}
	e := &EmptyState{
		icon: icon, heading: NewBold(heading, theme.TypeHeading, theme.Text).Aligned(fyne.TextAlignCenter).Shrinking(),
		text: NewParagraph(text, theme.TypeBody, theme.Text2, 200).Centred(), buttons: buttons,
	}
	for _, b := range buttons {
		b.Sized(Big)
	}
	e.ExtendBaseWidget(e)
	return e
}

// SetText changes what it says.
func (e *EmptyState) SetText(heading, text string) {
	e.heading.SetText(heading)
	e.text.SetText(text)
	e.Refresh()
}

// CreateRenderer is for Fyne.
func (e *EmptyState) CreateRenderer() fyne.WidgetRenderer {
	circle, icon := &canvas.Circle{}, newGlyph()
	objects := []fyne.CanvasObject{circle, icon.Image, e.heading, e.text}
	for _, b := range e.buttons {
		objects = append(objects, b)
	}
	const disc, glyphSide, column = 104, 60, 460
	paint := func() {
		circle.FillColor = theme.Color(theme.AccentSoft2)
		icon.set(e.icon, theme.Accent)
	}
	layout := func(size fyne.Size) {
		w := fyne.Min(column, size.Width-32)
		textHeight := e.text.HeightFor(w)
		total := disc + 20 + theme.TypeHeading.Pitch + 6 + textHeight
		if len(e.buttons) > 0 {
			total += 20 + theme.HeightBigButton
		}
		x, y := (size.Width-w)/2, fyne.Max(8, (size.Height-total)/2)
		place(circle, (size.Width-disc)/2, y, disc, disc)
		place(icon.Image, (size.Width-glyphSide)/2, y+(disc-glyphSide)/2, glyphSide, glyphSide)
		y += disc + 20
		place(e.heading, x, y, w, theme.TypeHeading.Pitch)
		y += theme.TypeHeading.Pitch + 6
		place(e.text, x, y, w, textHeight)
		y += textHeight + 20
		bx, below := (size.Width-e.buttonsWidth())/2, e.stacked(size.Width)
		for _, b := range e.buttons {
			m := b.MinSize()
			if below {
				place(b, (size.Width-m.Width)/2, y, m.Width, m.Height)
				y += m.Height + 10
				continue
			}
			place(b, bx, y, m.Width, m.Height)
			bx += m.Width + 10
		}
	}
	min := func() fyne.Size {
		h := float32(280)
		if w := e.Size().Width; w > 0 && e.stacked(w) {
			h += float32(len(e.buttons)-1) * (theme.HeightBigButton + 10)
		}
		return fyne.NewSize(240, h)
	}
	return newRenderer(e, min, layout, paint, objects...)
}

// buttonsWidth is that of the buttons side by side.
func (e *EmptyState) buttonsWidth() float32 {
	w := float32(-10)
	for _, b := range e.buttons {
		w += b.MinSize().Width + 10
	}
	return w
}

// stacked tells whether the buttons stand below each other, in a narrow window.
func (e *EmptyState) stacked(width float32) bool {
	return len(e.buttons) > 1 && e.buttonsWidth() > width-16
}

// Skeleton stands in for rows that take longer than a moment: bars in the place of what will come.
type Skeleton struct {
	fynewidget.BaseWidget
	rows   int
	height float32
}

// NewSkeleton makes rows of a height, 72 for conversations.
func NewSkeleton(rows int, height float32) *Skeleton {
	s := &Skeleton{rows: rows, height: height}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for Fyne.
func (s *Skeleton) CreateRenderer() fyne.WidgetRenderer {
	var objects []fyne.CanvasObject
	for range s.rows {
		objects = append(objects, newRect(22), newRect(6), newRect(5))
	}
	paint := func() {
		for _, o := range objects {
			fill(o.(*canvas.Rectangle), theme.Chip, "", 0)
		}
	}
	layout := func(size fyne.Size) {
		for i := range s.rows {
			y := float32(i)*s.height + (s.height-44)/2
			place(objects[3*i], 15, y, 44, 44)
			room := size.Width - 74 - 16
			place(objects[3*i+1], 71, y+6, room*0.4, 12)
			place(objects[3*i+2], 71, y+28, room*0.7, 10)
		}
	}
	min := func() fyne.Size { return fyne.NewSize(160, float32(s.rows)*s.height) }
	return newRenderer(s, min, layout, paint, objects...)
}
