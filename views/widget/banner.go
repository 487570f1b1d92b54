package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Banner is the strip over a pane that says what is wrong with the road to Meta and ends in what mends it.
type Banner struct {
	fynewidget.BaseWidget
	tone       Tone
	icon       string
	lead, text string
	buttons    []*Button
}

// NewBanner makes a banner; lead is its first words, in bold. Its buttons are made small; the last is the one that
// mends it. Tones in use: Warn, Bad, Accent for news.
func NewBanner(tone Tone, icon, lead, text string, buttons ...*Button) *Banner {
	b := &Banner{tone: tone, icon: icon, lead: lead, text: text, buttons: buttons}
	for _, btn := range buttons {
		btn.Sized(Small)
	}
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes what it says.
func (b *Banner) SetText(lead, text string) {
	if b.lead != lead || b.text != text {
		b.lead, b.text = lead, text
		b.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	ground, edge := newRect(0), newRect(0)
	lead, text, icon := newText(theme.TypeSmall, bold), newText(theme.TypeSmall, plain), newGlyph()
	objects := []fyne.CanvasObject{ground, edge, icon.Image, lead, text}
	for _, btn := range b.buttons {
		objects = append(objects, btn)
	}
	paint := func() {
		g, l := b.tone.soft()
		fill(ground, g, "", 0)
		fill(edge, theme.Line, "", 0)
		icon.set(b.icon, l)
		lead.Color, text.Color = theme.Color(l), theme.Color(l)
	}
	layout := func(size fyne.Size) {
		ground.Resize(size)
		place(edge, 0, size.Height-1, size.Width, 1)
		end := size.Width - theme.Space4
		for i := len(b.buttons) - 1; i >= 0; i-- {
			m := b.buttons[i].MinSize()
			end -= m.Width
			place(b.buttons[i], end, (size.Height-m.Height)/2, m.Width, m.Height)
			end -= theme.Space3
		}
		x, y := float32(16), (size.Height-theme.TypeSmall.Pitch)/2
		place(icon.Image, x, (size.Height-20)/2, 20, 20)
		x += 32
		words := fit(b.lead, theme.TypeSmall, bold, end-x)
		setText(lead, words)
		w := width(words, theme.TypeSmall.Size, bold)
		place(lead, x, y, w, theme.TypeSmall.Pitch)
		x += w + 4
		rest := ""
		if end-x > 40 {
			rest = fit(b.text, theme.TypeSmall, plain, end-x)
		}
		setText(text, rest)
		place(text, x, y, end-x, theme.TypeSmall.Pitch)
	}
	min := func() fyne.Size {
		w := float32(160)
		for _, btn := range b.buttons {
			w += btn.MinSize().Width + theme.Space3
		}
		return fyne.NewSize(w, theme.HeightBanner)
	}
	return newRenderer(b, min, layout, paint, objects...)
}
