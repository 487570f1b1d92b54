package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Layers shows sheets over the window, one on top of the other: questions, the palette, errors. Esc closes the topmost.
type Layers struct {
	canvas func() fyne.Canvas
	open   []*Sheet
}

// NewLayers makes the layers of a window.
func NewLayers(c func() fyne.Canvas) *Layers { return &Layers{canvas: c} }

// Sheet is one card over a scrim.
type Sheet struct {
	// Guard is asked in place of Close by Esc and by a click beside the card, for a sheet in which something is under way; nil: it just closes.
	Guard func()
	// Up goes a level up in what the sheet shows, such as to the folder above; nil: there are no levels.
	Up func()

	// Enter is what Return does while nothing in the sheet has the keyboard; nil: nothing.
	Enter func()

	layers *Layers
	object *backdrop
	focus  fyne.Focusable // had the keyboard before
	closed func()
}

// Show puts content into a card over the window. top is how far from the top it stands; 0 puts it in the middle. closed (may be nil) is told when it goes,
// however it goes.
func (l *Layers) Show(content fyne.CanvasObject, width, top float32, closed func()) *Sheet {
	c := l.canvas()
	widget.ClosePopovers(c)
	s := &Sheet{layers: l, closed: closed, focus: c.Focused()}
	s.object = newBackdrop(content, width, top, s.away)
	l.open = append(l.open, s)
	c.Overlays().Add(s.object)
	s.object.Resize(c.Size())
	return s
}

// Room is how high something in a sheet may be: what it would like, or what the window has left beside the rest of the sheet.
func (l *Layers) Room(want, rest float32) float32 {
	return fyne.Max(80, fyne.Min(want, l.canvas().Size().Height-2*theme.Space6-2*cardPad-rest))
}

// Resized fits the sheets to the window.
func (l *Layers) Resized() {
	for _, s := range l.open {
		s.object.Resize(l.canvas().Size())
	}
}

// Escape closes the topmost sheet, and tells whether there was one.
func (l *Layers) Escape() bool {
	if len(l.open) == 0 {
		return false
	}
	l.open[len(l.open)-1].away()
	return true
}

// Enter does what the topmost sheet would have Return do, and tells whether there was something.
func (l *Layers) Enter() bool {
	if len(l.open) == 0 || l.open[len(l.open)-1].Enter == nil {
		return false
	}
	l.open[len(l.open)-1].Enter()
	return true
}

// Up goes a level up in the topmost sheet, and tells whether it has levels.
func (l *Layers) Up() bool {
	if !l.HasUp() {
		return false
	}
	l.open[len(l.open)-1].Up()
	return true
}

// HasUp tells whether the topmost sheet has levels.
func (l *Layers) HasUp() bool { return len(l.open) > 0 && l.open[len(l.open)-1].Up != nil }

// FocusFirst gives the keyboard to the first thing of the topmost sheet that takes it.
func (l *Layers) FocusFirst() {
	if len(l.open) > 0 {
		l.canvas().FocusNext()
	}
}

// Any tells whether something floats.
func (l *Layers) Any() bool { return len(l.open) > 0 }

// away is what a person does who wants the sheet gone.
func (s *Sheet) away() {
	if s.Guard != nil {
		s.Guard()
		return
	}
	s.Close()
}

// Close takes the sheet away and gives the keyboard back.
func (s *Sheet) Close() {
	for i, o := range s.layers.open {
		if o != s {
			continue
		}
		s.layers.open = append(s.layers.open[:i], s.layers.open[i+1:]...)
		c := s.layers.canvas()
		c.Overlays().Remove(s.object)
		if s.focus != nil {
			c.Focus(s.focus)
		}
		if s.closed != nil {
			s.closed()
		}
		return
	}
}

// Ask asks a question with one main answer. A danger is asked in red.
func (l *Layers) Ask(title, text, yes string, danger bool, do func()) {
	kind := widget.Main
	if danger {
		kind = widget.Danger
	}
	var s *Sheet
	answer := widget.NewButton(kind, yes, "", func() {
		s.Close()
		do()
	})
	cancel := widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { s.Close() })
	s = l.Show(layout.Column(theme.Space3,
		widget.NewBold(title, theme.TypePage, theme.Text).Shrinking(),
		Paragraph(text, theme.Text2),
		layout.Pad(theme.Space2, 0, 0, 0, layout.Row(theme.Space2, layout.Gap(), cancel, answer)),
	), 420, 0, nil)
	if !danger {
		s.Enter = func() { answer.Tapped(nil) }
	}
}

// Problem says what went wrong, why, and what to do; the raw answer is one click away.
func (l *Layers) Problem(err error) {
	l.ProblemWith(err, "", nil)
}

// ProblemWith is Problem with a button that mends it.
func (l *Layers) ProblemWith(err error, mend string, do func()) {
	w := WordsOf(err)
	var s *Sheet
	body := layout.Column(theme.Space3, layout.Row(theme.Space2,
		widget.NewIcon("alert", 20, theme.Danger),
		layout.Grow(widget.NewBold(lang.X("error.title", "That did not work"), theme.TypePage, theme.Text).Shrinking())),
		Paragraph(w.Message, theme.Text))
	if w.Mend != "" {
		body.Add(Paragraph(w.Mend, theme.Text2))
	}
	closeButton := widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.Close() })
	row := layout.Row(theme.Space2)
	if w.Raw != "" {
		row.Add(l.rawButton(body, w.Raw))
	}
	row.Add(layout.Gap())
	row.Add(closeButton)
	if mend != "" {
		row.Add(widget.NewButton(widget.Main, mend, "", func() {
			s.Close()
			do()
		}))
	}
	body.Add(layout.Pad(theme.Space2, 0, 0, 0, row))
	s = l.Show(body, 460, 0, nil)
	s.Enter = s.Close
	if mend != "" {
		s.Enter = func() {
			s.Close()
			do()
		}
	}
}

func (l *Layers) rawButton(body *fyne.Container, raw string) fyne.CanvasObject {
	var b *widget.Button
	b = widget.NewButton(widget.TextOnly, lang.X("button.raw", "Show details"), "code", func() {
		b.Disable()
		text := fynewidget.NewLabel(raw)
		text.Wrapping = fyne.TextWrapBreak
		text.TextStyle = fyne.TextStyle{Monospace: true}
		text.Selectable = true
		body.Objects = append(body.Objects[:len(body.Objects)-1], text, body.Objects[len(body.Objects)-1])
		body.Refresh()
		l.Resized()
	})
	return b
}

// Paragraph is text that wraps, in a colour by name.
func Paragraph(text string, colour fyne.ThemeColorName) fyne.CanvasObject {
	return widget.NewParagraph(text, theme.TypeBody, colour, 60)
}

// backdrop is the scrim with a card on it.
type backdrop struct {
	fynewidget.BaseWidget
	content    fyne.CanvasObject
	width, top float32
	away       func()
}

var _ fyne.Tappable = (*backdrop)(nil)

func newBackdrop(content fyne.CanvasObject, width, top float32, away func()) *backdrop {
	b := &backdrop{content: content, width: width, top: top, away: away}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped closes the sheet when the scrim is clicked.
func (b *backdrop) Tapped(ev *fyne.PointEvent) {
	p, s := b.content.Position(), b.content.Size()
	in := ev.Position.X >= p.X-cardPad && ev.Position.X <= p.X+s.Width+cardPad && ev.Position.Y >= p.Y-cardPad && ev.Position.Y <= p.Y+s.Height+cardPad
	if !in {
		b.away()
	}
}

const cardPad float32 = 20

// CreateRenderer is for Fyne.
func (b *backdrop) CreateRenderer() fyne.WidgetRenderer {
	r := &backdropRenderer{b: b, scrim: &canvas.Rectangle{}, card: &canvas.Rectangle{CornerRadius: theme.RadiusCard, StrokeWidth: 1}}
	r.card.Shadow = canvas.Shadow{BlurRadius: 28, Offset: fyne.NewPos(0, 8)}
	r.paint()
	return r
}

type backdropRenderer struct {
	b           *backdrop
	scrim, card *canvas.Rectangle
}

func (r *backdropRenderer) paint() {
	r.scrim.FillColor = theme.Color(theme.Scrim)
	r.card.FillColor, r.card.StrokeColor = theme.Color(theme.Raised), theme.Color(theme.Line)
	r.card.Shadow.Color = theme.Color(theme.Shadow)
}

func (r *backdropRenderer) Destroy() {}
func (r *backdropRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.scrim, r.card, r.b.content}
}
func (r *backdropRenderer) MinSize() fyne.Size { return fyne.NewSize(0, 0) }

func (r *backdropRenderer) Layout(size fyne.Size) {
	r.scrim.Resize(size)
	w := fyne.Min(r.b.width, size.Width-2*theme.Space6) - 2*cardPad
	r.b.content.Resize(fyne.NewSize(w, 0)) // text that wraps learns its width, and with it its height
	h := fyne.Min(r.b.content.MinSize().Height, size.Height-2*theme.Space6-2*cardPad)
	y := (size.Height-h)/2 - cardPad
	if r.b.top > 0 {
		y = fyne.Min(r.b.top, fyne.Max(theme.Space6, size.Height-h-2*cardPad-theme.Space6))
	}
	x := (size.Width - w) / 2
	r.card.Move(fyne.NewPos(x-cardPad, y))
	r.card.Resize(fyne.NewSize(w+2*cardPad, h+2*cardPad))
	r.b.content.Move(fyne.NewPos(x, y+cardPad))
	r.b.content.Resize(fyne.NewSize(w, h))
}

func (r *backdropRenderer) Refresh() {
	r.paint()
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
