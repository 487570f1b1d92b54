package shell

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Prose is a sentence or two of our own that wraps at words. Fyne's label does it too, in the theme's colours and pitch only.
type Prose struct {
	fynewidget.BaseWidget
	text   string
	typ    theme.Type
	colour fyne.ThemeColorName
	align  fyne.TextAlign
	style  fyne.TextStyle

	width float32
	lines []string
}

// NewProse makes a text that wraps.
func NewProse(text string, typ theme.Type, colour fyne.ThemeColorName, align fyne.TextAlign) *Prose {
	p := &Prose{text: text, typ: typ, colour: colour, align: align}
	p.ExtendBaseWidget(p)
	return p
}

// Bold makes it bold and returns the text itself.
func (p *Prose) Bold() *Prose {
	p.style.Bold = true
	return p
}

// Mono makes it monospaced and returns the text itself.
func (p *Prose) Mono() *Prose {
	p.style.Monospace = true
	return p
}

// Text is what it says.
func (p *Prose) Text() string { return p.text }

// Set changes what it says, and its colour.
func (p *Prose) Set(text string, colour fyne.ThemeColorName) {
	if p.text == text && p.colour == colour {
		return
	}
	p.text, p.colour, p.lines = text, colour, nil
	p.Refresh()
}

// Resize wraps anew when the width changed.
func (p *Prose) Resize(size fyne.Size) {
	if size.Width != p.width {
		p.width, p.lines = size.Width, nil
		p.BaseWidget.Resize(size)
		p.Refresh()
		return
	}
	p.BaseWidget.Resize(size)
}

func (p *Prose) wrapped() []string {
	if p.lines == nil {
		p.lines = wrap(p.text, p.width, func(s string) float32 { return fyne.MeasureText(s, p.typ.Size, p.style).Width })
	}
	return p.lines
}

// wrap breaks text at spaces so that no line is wider than width; a word that is wider still is cut. A width of 0 does not wrap.
func wrap(text string, width float32, measure func(string) float32) []string {
	var lines []string
	for para := range strings.SplitSeq(text, "\n") {
		if width <= 0 || measure(para) <= width {
			lines = append(lines, para)
			continue
		}
		line := ""
		for word := range strings.FieldsSeq(para) {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if measure(next) <= width {
				line = next
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			for measure(word) > width {
				n := cut(word, width, measure)
				lines = append(lines, word[:n])
				word = word[n:]
			}
			line = word
		}
		lines = append(lines, line)
	}
	return lines
}

// cut is how many bytes of a word fit, at least one letter.
func cut(word string, width float32, measure func(string) float32) int {
	n := 0
	for i := range word {
		if i > 0 && measure(word[:i]) > width {
			break
		}
		n = i
	}
	if n == 0 {
		for i := range word {
			if i > 0 {
				return i
			}
		}
		return len(word)
	}
	return n
}

// CreateRenderer is for Fyne.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	r := &proseRenderer{p: p}
	r.Refresh()
	return r
}

type proseRenderer struct {
	p       *Prose
	objects []fyne.CanvasObject
}

func (r *proseRenderer) Destroy()                     {}
func (r *proseRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *proseRenderer) MinSize() fyne.Size {
	var w float32
	if r.p.width == 0 {
		w = 40
	}
	return fyne.NewSize(w, float32(len(r.p.wrapped()))*r.p.typ.Pitch)
}

func (r *proseRenderer) Layout(size fyne.Size) {
	for i, o := range r.objects {
		o.Move(fyne.NewPos(0, float32(i)*r.p.typ.Pitch))
		o.Resize(fyne.NewSize(size.Width, r.p.typ.Pitch))
	}
}

func (r *proseRenderer) Refresh() {
	lines := r.p.wrapped()
	for len(r.objects) < len(lines) {
		r.objects = append(r.objects, &canvas.Text{})
	}
	r.objects = r.objects[:len(lines)]
	for i, line := range lines {
		t := r.objects[i].(*canvas.Text)
		t.Text, t.TextSize, t.TextStyle, t.Alignment, t.Color = line, r.p.typ.Size, r.p.style, r.p.align, theme.Color(r.p.colour)
	}
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}
