package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// ChartBar is one bar of a BarChart.
type ChartBar struct {
	Value  int
	Marked bool // something slowed it down
}

// ChartLabel is a word below the chart, at the bar of its index.
type ChartLabel struct {
	Bar  int
	Text string
}

// BarChart shows how much there was in each of equal times, one bar after the other, with a few words on the axis below.
type BarChart struct {
	fynewidget.BaseWidget
	bars   []ChartBar
	labels []ChartLabel
}

const (
	chartBar  float32 = 15
	chartGap  float32 = 4
	chartTall float32 = 64
)

// NewBarChart makes an empty chart.
func NewBarChart() *BarChart {
	c := &BarChart{}
	c.ExtendBaseWidget(c)
	return c
}

// Room is how many bars a chart of some width shows.
func (c *BarChart) Room(width float32) int { return max(1, int((width+chartGap)/(chartBar+chartGap))) }

// Set shows bars; those that there is no room for are left out at the front.
func (c *BarChart) Set(bars []ChartBar, labels []ChartLabel) {
	c.bars, c.labels = bars, labels
	c.Refresh()
}

// Bars is what it shows.
func (c *BarChart) Bars() []ChartBar { return c.bars }

// CreateRenderer is for Fyne.
func (c *BarChart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{c: c, axis: newRect(0)}
	r.Refresh()
	return r
}

type chartRenderer struct {
	c     *BarChart
	axis  *canvas.Rectangle
	bars  []*canvas.Rectangle
	words []*canvas.Text
}

func (r *chartRenderer) Destroy() {}

func (r *chartRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, chartTall+4+theme.TypeCaption.Pitch)
}

func (r *chartRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.axis}
	for _, b := range r.bars {
		out = append(out, b)
	}
	for _, w := range r.words {
		out = append(out, w)
	}
	return out
}

func (r *chartRenderer) Layout(size fyne.Size) {
	tall := size.Height - 4 - theme.TypeCaption.Pitch
	place(r.axis, 0, tall, size.Width, 1)
	bars := r.c.bars
	skip := max(0, len(bars)-r.c.Room(size.Width))
	bars = bars[skip:]
	most := 1
	for _, b := range bars {
		most = max(most, b.Value)
	}
	step := chartBar + chartGap
	for i, rect := range r.bars {
		there := i < len(bars) && (bars[i].Value > 0 || bars[i].Marked)
		show(rect, there)
		if !there {
			continue
		}
		h := max(2, (tall-2)*float32(bars[i].Value)/float32(most))
		place(rect, float32(i)*step, tall-h, chartBar, h)
	}
	end := float32(0)
	for i, w := range r.words {
		on := false
		if i < len(r.c.labels) {
			l := r.c.labels[i]
			wide := width(l.Text, theme.TypeCaption.Size, plain)
			x := float32(l.Bar-skip)*step + (chartBar-wide)/2
			x = max(0, min(x, size.Width-wide))
			if on = l.Bar >= skip && (end == 0 || x > end+theme.Space2); on {
				place(w, x, tall+4, wide, theme.TypeCaption.Pitch)
				end = x + wide
			}
		}
		show(w, on)
	}
}

func (r *chartRenderer) Refresh() {
	c := r.c
	for len(r.bars) < len(c.bars) {
		r.bars = append(r.bars, newRect(2))
	}
	for len(r.words) < len(c.labels) {
		r.words = append(r.words, newText(theme.TypeCaption, plain))
	}
	fill(r.axis, theme.LineStrong, "", 0)
	skip := max(0, len(c.bars)-c.Room(c.Size().Width))
	for i, rect := range r.bars {
		colour := theme.Accent
		if k := i + skip; k < len(c.bars) && c.bars[k].Marked {
			colour = theme.WarnDot
		}
		fill(rect, colour, "", 0)
	}
	for i, w := range r.words {
		w.Color = theme.Color(theme.Text2)
		if i < len(c.labels) {
			setText(w, c.labels[i].Text)
		}
	}
	r.Layout(c.Size())
	canvas.Refresh(c)
}
