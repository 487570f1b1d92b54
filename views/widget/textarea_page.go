package widget

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// areaPage is the page of a textArea: as high as the text, drawn as far as it is seen. It has the keyboard and the
// mouse.
type areaPage struct {
	fynewidget.BaseWidget
	area    *textArea
	focused bool
	shift   bool
	ctrl    bool
	wantX   float32 // where Up and Down would like to stand
	keepX   bool
	board   board
	r       *renderer
}

var (
	_ fyne.Focusable         = (*areaPage)(nil)
	_ fyne.Shortcutable      = (*areaPage)(nil)
	_ fyne.Draggable         = (*areaPage)(nil)
	_ fyne.DoubleTappable    = (*areaPage)(nil)
	_ fyne.SecondaryTappable = (*areaPage)(nil)
	_ fyne.Disableable       = (*areaPage)(nil)
	_ desktop.Mouseable      = (*areaPage)(nil)
	_ desktop.Keyable        = (*areaPage)(nil)
	_ desktop.Cursorable     = (*areaPage)(nil)
)

// CreateRenderer is for Fyne.
func (p *areaPage) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size {
		return fyne.NewSize(0, float32(len(p.area.lines()))*areaPitch+2*areaPadY)
	}
	p.r = newRenderer(p, min, func(fyne.Size) { p.draw() }, func() {})
	return p.r
}

// draw draws the lines that are seen: selection, chips, underlines, words and the cursor.
func (p *areaPage) draw() {
	if p.r == nil {
		return
	}
	a := p.area
	lines, room, size := a.lines(), a.room(), a.layout.size
	first := max(0, int((a.scroll.Offset.Y-areaPadY)/areaPitch))
	last := min(len(lines)-1, int((a.scroll.Offset.Y+a.scroll.Size().Height)/areaPitch))
	var plates, over []plate
	var l bubbleLayout
	from, to := a.model.selection()
	for i := first; i <= last; i++ {
		ln := lines[i]
		segs := ln.segs(size, room)
		y := areaPadY + float32(i)*areaPitch
		plates = append(plates, p.selected(ln, segs, y, from, to)...)
		for _, s := range segs {
			p.seg(&l, &plates, s, y)
		}
		over = append(over, p.underlines(ln, segs, y)...)
	}
	if a.model.text == "" && a.placeholder != "" {
		l.text(fit(a.placeholder, theme.TypeBody, plain, room), theme.Type{Size: size, Pitch: areaPitch}, plain, theme.Text3, areaPadX, areaPadY)
	}
	if p.focused && !a.readOnly {
		line, x := a.spot(a.model.cursor)
		over = append(over, plate{box: box{areaPadX + x - 1, areaPadY + float32(line)*areaPitch + 4, 2, 18}, ground: theme.Accent})
	}
	p.board.plates(append(plates, over...))
	p.board.words(l.runs)
	p.r.objects = p.board.objects()
}

func (p *areaPage) seg(l *bubbleLayout, plates *[]plate, s seg, y float32) {
	t := theme.Type{Size: p.area.layout.size, Pitch: areaPitch}
	if s.chip {
		*plates = append(*plates, plate{box: box{areaPadX + s.x, y + 2.5, s.width, 21}, ground: theme.AccentSoft2, corners: round(6)})
		l.runs = append(l.runs, placedRun{run{text: s.text, style: bold, x: areaPadX + s.x + chipPad, width: s.width - 2*chipPad}, y, t, theme.Accent})
		return
	}
	colour := theme.Text
	if p.area.readOnly {
		colour = theme.Text2
	}
	l.runs = append(l.runs, placedRun{run{text: visible(s.text), style: s.style, x: areaPadX + s.x, width: s.width}, y, t, colour})
}

// selected are the grounds of what is selected on a line; a line break that is selected shows as a little of it.
func (p *areaPage) selected(ln areaLine, segs []seg, y float32, from, to int) []plate {
	if from == to || to <= ln.start || from > ln.end {
		return nil
	}
	out := p.area.spans(ln, segs, from, to)
	for i := range out {
		out[i].y, out[i].h, out[i].ground = y+2, areaPitch-4, theme.AccentSoft2
	}
	if to > ln.end && ln.last {
		_, x := p.area.spot(ln.end)
		out = append(out, plate{box: box{areaPadX + x, y + 2, 6, areaPitch - 4}, ground: theme.AccentSoft2})
	}
	return out
}

// spans are the parts of a line between two offsets, from left to right; those that touch are one.
func (a *textArea) spans(ln areaLine, segs []seg, from, to int) []plate {
	var out []plate
	for _, s := range segs {
		f, t := max(from-ln.at, s.from), min(to-ln.at, s.to)
		if f >= t {
			continue
		}
		x1, x2 := s.inside(f, a.layout.size), s.inside(t, a.layout.size)
		out = append(out, plate{box: box{areaPadX + min(x1, x2), 0, max(x1, x2) - min(x1, x2), 0}})
	}
	sort.Slice(out, func(i, k int) bool { return out[i].x < out[k].x })
	var joined []plate
	for _, s := range out {
		if n := len(joined); n > 0 && joined[n-1].x+joined[n-1].w > s.x-1 {
			joined[n-1].w = s.x + s.w - joined[n-1].x
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// underlines are drawn in dashes, which a colour-blind eye tells from an underline of the text's own.
func (p *areaPage) underlines(ln areaLine, segs []seg, y float32) []plate {
	var out []plate
	for _, m := range p.area.marks {
		if m.End <= ln.start || m.Start >= ln.end && m.Start < m.End && m.Start != ln.end {
			continue
		}
		colour := theme.WarnDot
		if m.Tone == Bad {
			colour = theme.DangerDot
		}
		spans := p.area.spans(ln, segs, m.Start, max(m.End, m.Start+1))
		for _, s := range spans {
			for x := s.x; x < s.x+s.w; x += 6 {
				out = append(out, plate{box: box{x, y + areaPitch - 3, min(4, s.x+s.w-x), 2}, ground: colour, corners: round(1)})
			}
		}
	}
	return out
}

// FocusGained is called when the keyboard arrives.
func (p *areaPage) FocusGained() {
	p.focus(true)
	Reveal(p.area)
}

// FocusLost is called when the keyboard leaves.
func (p *areaPage) FocusLost() {
	p.shift, p.ctrl = false, false
	p.focus(false)
}

func (p *areaPage) focus(in bool) {
	p.focused = in
	p.area.model.joining = false
	p.draw()
	if p.area.onFocus != nil {
		p.area.onFocus(in)
	}
}

// Enable, Disable and Disabled let Fyne know that a read-only text can still be copied.
func (p *areaPage) Enable() { p.area.readOnly = false; p.draw() }

// Disable makes the text read-only.
func (p *areaPage) Disable() { p.area.readOnly = true; p.draw() }

// Disabled tells whether the text is read-only.
func (p *areaPage) Disabled() bool { return p.area.readOnly }

// SelectedText is what is selected.
func (p *areaPage) SelectedText() string { return p.area.model.selected() }

// Cursor is the one of text.
func (p *areaPage) Cursor() desktop.Cursor { return desktop.TextCursor }

func (p *areaPage) under(at fyne.Position) int {
	return p.area.offset(int((at.Y-areaPadY)/areaPitch), at.X-areaPadX)
}

// MouseDown puts the cursor where the pointer is.
func (p *areaPage) MouseDown(ev *desktop.MouseEvent) {
	focus(p)
	if ev.Button == desktop.MouseButtonSecondary && p.area.model.selected() != "" {
		return
	}
	p.keepX = false
	p.area.move(p.under(ev.Position), p.shift || ev.Modifier&fyne.KeyModifierShift != 0)
}

// MouseUp is for Fyne.
func (p *areaPage) MouseUp(*desktop.MouseEvent) {}

// Dragged selects up to the pointer.
func (p *areaPage) Dragged(ev *fyne.DragEvent) { p.area.move(p.under(ev.Position), true) }

// DragEnd is for Fyne.
func (p *areaPage) DragEnd() {}

// DoubleTapped selects the word, or the placeholder, under the pointer.
func (p *areaPage) DoubleTapped(ev *fyne.PointEvent) {
	at := p.under(ev.Position)
	ln := p.area.lines()[p.area.lineOf(at)]
	for _, s := range ln.segs(p.area.layout.size, p.area.room()) {
		if s.chip && at-ln.at >= s.from && at-ln.at <= s.to {
			p.area.show(ln.at+s.from, ln.at+s.to)
			return
		}
	}
	p.area.show(p.area.model.wordAt(at))
}

// TappedSecondary opens the menu of the clipboard.
func (p *areaPage) TappedSecondary(ev *fyne.PointEvent) { p.area.menu(ev.AbsolutePosition) }
