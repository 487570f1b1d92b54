package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Diff shows two versions of a text side by side, or below each other where it is narrow: what only the left one has
// is red with a minus at its line, what only the right one has is green with a plus.
type Diff struct {
	fynewidget.BaseWidget
	titles [2]string
	sides  [2]diffSide
	same   bool
}

// diffSide is one of the two texts.
type diffSide struct {
	text  styled
	marks []box // in bytes: x is the start, w the length
}

const (
	diffGutter float32 = 22
	diffPad    float32 = 12
	diffHead   float32 = 34
)

// NewDiff compares two texts under two titles, such as "Here" and "At Meta".
func NewDiff(leftTitle, left, rightTitle, right string) *Diff {
	d := &Diff{}
	d.ExtendBaseWidget(d)
	d.Set(leftTitle, left, rightTitle, right)
	return d
}

// Set shows two other texts.
func (d *Diff) Set(leftTitle, left, rightTitle, right string) {
	d.titles = [2]string{leftTitle, rightTitle}
	l, r := difference(clean(left), clean(right))
	d.sides = [2]diffSide{newDiffSide(l, true), newDiffSide(r, false)}
	d.same = left == right
	d.Refresh()
}

// Same tells whether the two texts are equal.
func (d *Diff) Same() bool { return d.same }

func newDiffSide(in []change, left bool) diffSide {
	var s diffSide
	for _, c := range in {
		from := len(s.text.text)
		s.text.text += c.text
		style := plain
		if c.only {
			style = fyne.TextStyle{Bold: true, Strikethrough: left}
			s.marks = append(s.marks, box{x: float32(from), w: float32(len(c.text))})
		}
		s.text.spans = append(s.text.spans, span{from, len(s.text.text), style, ""})
	}
	return s
}

// marked is the part of a line that is marked, in bytes, for each mark that touches it.
func (s diffSide) marked(ln line) [][2]int {
	var out [][2]int
	for _, m := range s.marks {
		from, to := max(int(m.x), ln.start), min(int(m.x+m.w), ln.end)
		if from < to {
			out = append(out, [2]int{from, min(to, max(ln.shown, from))})
		}
	}
	return out
}

func (d *Diff) columns(width float32) (n int, column float32) {
	if width >= 420 {
		return 2, (width - 1) / 2
	}
	return 1, width
}

func (d *Diff) sideHeight(i int, column float32) float32 {
	lines := breakLines(d.sides[i].text, theme.TypeSmall.Size, column-diffGutter-2*diffPad)
	return diffHead + float32(len(lines))*theme.TypeNote.Pitch + 2*8
}

func (d *Diff) height(width float32) float32 {
	n, column := d.columns(width)
	a, b := d.sideHeight(0, column), d.sideHeight(1, column)
	if n == 2 {
		return fyne.Max(a, b)
	}
	return a + b
}

// CreateRenderer is for Fyne.
func (d *Diff) CreateRenderer() fyne.WidgetRenderer {
	b := &board{}
	var r *renderer
	layout := func(size fyne.Size) {
		n, column := d.columns(size.Width)
		ps := []plate{{box: box{0, 0, size.Width, size.Height}, ground: theme.Pane, edge: theme.Line, corners: round(theme.RadiusBox)}}
		var l bubbleLayout
		if n == 2 {
			ps = append(ps, plate{box: box{column, 0, 1, size.Height}, ground: theme.Line})
			ps = d.side(&l, ps, 0, box{0, 0, column, size.Height})
			ps = d.side(&l, ps, 1, box{column + 1, 0, column, size.Height})
		} else {
			h := d.sideHeight(0, column)
			ps = d.side(&l, ps, 0, box{0, 0, column, h})
			ps = append(ps, plate{box: box{0, h, column, 1}, ground: theme.Line})
			ps = d.side(&l, ps, 1, box{0, h, column, size.Height - h})
		}
		b.plates(ps)
		b.words(l.runs)
		r.objects = b.objects()
	}
	min := func() fyne.Size {
		w := d.Size().Width
		if w == 0 {
			w = 560
		}
		return fyne.NewSize(240, d.height(w))
	}
	r = newRenderer(d, min, layout, func() {})
	return r
}

// side draws one text into a box.
func (d *Diff) side(l *bubbleLayout, ps []plate, i int, in box) []plate {
	soft, letters, mark := theme.DangerSoft, theme.Danger, "−"
	if i == 1 {
		soft, letters, mark = theme.OkSoft, theme.Ok, "+"
	}
	ps = append(ps, plate{box: box{in.x + 1, in.y + diffHead - 1, in.w - 2, 1}, ground: theme.Line})
	l.text(fit(d.titles[i], theme.TypeSmall, bold, in.w-2*diffPad), theme.TypeSmall, bold, theme.Text2, in.x+diffPad, in.y+(diffHead-18)/2)
	s, x, y := d.sides[i], in.x+diffPad+diffGutter, in.y+diffHead+8
	room := in.w - diffGutter - 2*diffPad
	for _, ln := range breakLines(s.text, theme.TypeSmall.Size, room) {
		marks := s.marked(ln)
		first := len(l.runs)
		l.line(s.text, ln, theme.TypeNote, theme.Text, x, y, room)
		if len(marks) > 0 {
			l.text(mark, theme.TypeSmall, bold, letters, in.x+diffPad, y)
		}
		for k := first; k < len(l.runs); k++ {
			run := &l.runs[k]
			if run.style.Bold && run.x >= x-1 {
				run.colour = letters
				ps = append(ps, plate{box: box{run.x - 2, y, run.width + 4, theme.TypeNote.Pitch}, ground: soft, corners: round(4)})
			}
		}
		y += theme.TypeNote.Pitch
	}
	return ps
}
