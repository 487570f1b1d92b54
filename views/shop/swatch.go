package shop

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app/papers"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Colours that look well on paper: dark ones, on which white can be read, and light ones beside them.
var (
	darkPresets  = []string{"#1F6F5C", "#234A83", "#4347A9", "#7F2450", "#8A3413", "#5A4200", "#2F5A24", "#333333"}
	lightPresets = []string{"#E9A93C", "#E07A5F", "#81B29A", "#7FB3D5", "#B79CED", "#E8A0BF", "#C9B79C", "#A9B0B7"}
)

// swatch is a colour that can be chosen.
type swatch struct {
	fynewidget.BaseWidget
	colour  string
	chosen  bool
	focused bool
	do      func(colour string)
}

var _ fyne.Focusable = (*swatch)(nil)

func newSwatch(colour string, do func(string)) *swatch {
	s := &swatch{colour: colour, do: do}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped chooses it.
func (s *swatch) Tapped(*fyne.PointEvent) { s.do(s.colour) }

// FocusGained is for Fyne.
func (s *swatch) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost is for Fyne.
func (s *swatch) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune is for Fyne.
func (s *swatch) TypedRune(rune) {}

// TypedKey chooses it with Space or Return.
func (s *swatch) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		s.do(s.colour)
	default:
		widget.PassOnKey(ev.Name)
	}
}

// AccessibilityLabel names it for a screen reader.
func (s *swatch) AccessibilityLabel() string { return s.colour }

// CreateRenderer is for Fyne.
func (s *swatch) CreateRenderer() fyne.WidgetRenderer {
	return &swatchRenderer{s: s, dot: &canvas.Rectangle{CornerRadius: 6}, ring: &canvas.Rectangle{CornerRadius: 8, StrokeWidth: 2}}
}

type swatchRenderer struct {
	s         *swatch
	dot, ring *canvas.Rectangle
}

func (r *swatchRenderer) Destroy()                     {}
func (r *swatchRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(26) }
func (r *swatchRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.ring, r.dot} }

func (r *swatchRenderer) Layout(size fyne.Size) {
	r.ring.Resize(size)
	r.dot.Move(fyne.NewPos(4, 4))
	r.dot.Resize(size.SubtractWidthHeight(8, 8))
	r.paint()
}

func (r *swatchRenderer) paint() {
	r.dot.FillColor = color.Transparent
	if c, err := papers.ParseColour(r.s.colour); err == nil {
		r.dot.FillColor = color.NRGBA{R: c.R, G: c.G, B: c.B, A: 255}
	}
	r.ring.FillColor, r.ring.StrokeColor = color.Transparent, color.Transparent
	switch {
	case r.s.focused:
		r.ring.StrokeColor = theme.Color(theme.Focus)
	case r.s.chosen:
		r.ring.StrokeColor = theme.Color(theme.Text)
	}
}

func (r *swatchRenderer) Refresh() {
	r.paint()
	canvas.Refresh(r.s)
}

// colourField is a colour: a few to choose from, and any in digits.
type colourField struct {
	object  fyne.CanvasObject
	field   *widget.Field
	swatchs []*swatch
	changed func(string)
}

func newColourField(label, hint string, presets []string, changed func(string)) *colourField {
	c := &colourField{changed: changed, field: widget.NewField("", hint).Mono()}
	row := layout.Row(2)
	for _, p := range presets {
		s := newSwatch(p, func(colour string) {
			c.field.SetText(colour)
		})
		c.swatchs = append(c.swatchs, s)
		row.Add(s)
	}
	c.field.OnChanged = func(s string) {
		c.judge(s)
		c.changed(strings.TrimSpace(s))
	}
	c.object = layout.Column(theme.Space1, widget.NewText(label, theme.TypeCaption, theme.Text2).Shrinking(), layout.Row(theme.Space3, layout.Exactly(110, 0, c.field), row))
	return c
}

func (c *colourField) set(s string) {
	tell := c.changed
	c.changed = func(string) {}
	c.field.SetText(s)
	c.judge(s)
	c.changed = tell
}

func (c *colourField) judge(s string) {
	wrong := false
	if strings.TrimSpace(s) != "" {
		_, err := papers.ParseColour(s)
		wrong = err != nil
	}
	c.field.SetMissing(wrong)
	for _, x := range c.swatchs {
		if on := strings.EqualFold(x.colour, strings.TrimSpace(s)); on != x.chosen {
			x.chosen = on
			x.Refresh()
		}
	}
}
