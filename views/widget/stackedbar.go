package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// BarPart is one colour of a StackedBar.
type BarPart struct {
	Value  int
	Colour fyne.ThemeColorName
}

// StackedBar shows how a whole is made up: coloured parts side by side, and a quiet rest.
type StackedBar struct {
	fynewidget.BaseWidget
	parts  []BarPart
	total  int
	height float32
}

// NewStackedBar makes a bar of a height; the design uses 6 in rows and 12 on a page.
func NewStackedBar(height float32) *StackedBar {
	b := &StackedBar{height: height}
	b.ExtendBaseWidget(b)
	return b
}

// Set says of what it is made up; what is left of the total is drawn quiet.
func (b *StackedBar) Set(total int, parts ...BarPart) {
	if b.total == total && len(b.parts) == len(parts) {
		same := true
		for i := range parts {
			same = same && parts[i] == b.parts[i]
		}
		if same {
			return
		}
	}
	b.total, b.parts = total, parts
	b.Refresh()
}

// CreateRenderer is for Fyne.
func (b *StackedBar) CreateRenderer() fyne.WidgetRenderer {
	const most = 8
	track := newRect(b.height / 2)
	objects := []fyne.CanvasObject{track}
	rects := make([]*canvas.Rectangle, most)
	for i := range rects {
		rects[i] = newRect(0)
		objects = append(objects, rects[i])
	}
	paint := func() { fill(track, theme.Chip, "", 0) }
	layout := func(size fyne.Size) {
		track.Resize(size)
		spans := b.spans(size.Width)
		for i, r := range rects {
			show(r, i < len(spans))
			if i >= len(spans) {
				continue
			}
			s := spans[i]
			fill(r, s.colour, "", 0)
			// Round only where the bar ends.
			left, right := float32(0), float32(0)
			if s.from == 0 {
				left = b.height / 2
			}
			if s.to >= size.Width-0.5 {
				right = b.height / 2
			}
			r.TopLeftCornerRadius, r.BottomLeftCornerRadius, r.TopRightCornerRadius, r.BottomRightCornerRadius = left, left, right, right
			place(r, s.from, 0, s.to-s.from, size.Height)
			r.Refresh()
		}
	}
	min := func() fyne.Size { return fyne.NewSize(40, b.height) }
	return newRenderer(b, min, layout, paint, objects...)
}

type barSpan struct {
	from, to float32
	colour   fyne.ThemeColorName
}

// spans gives each part its place. A part that is there is always seen: it has two pixels at least, which the largest gives up.
func (b *StackedBar) spans(width float32) []barSpan {
	if b.total <= 0 || width <= 0 {
		return nil
	}
	const least = 2
	var out []barSpan
	var widths []float32
	used, largest := float32(0), 0
	for _, p := range b.parts {
		if p.Value <= 0 {
			continue
		}
		w := max(least, width*float32(p.Value)/float32(b.total))
		if widths = append(widths, w); w > widths[largest] {
			largest = len(widths) - 1
		}
		used += w
		out = append(out, barSpan{colour: p.Colour})
	}
	if used > width {
		widths[largest] -= used - width
	}
	x := float32(0)
	for i := range out {
		out[i].from = x
		x += widths[i]
		out[i].to = x
	}
	return out
}
