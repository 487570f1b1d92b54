package widget

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// tipDelay is how long the pointer must rest before a thing names itself.
const tipDelay = 400 * time.Millisecond

const tipHeight float32 = 26

// TipLayer shows the names of things under the pointer. Stack one over the content of each window; it lets every
// event through. (A pop-up of Fyne's would take the click that was meant for the button below it.)
type TipLayer struct {
	fynewidget.BaseWidget
	words string
	at    fyne.Position // relative to the layer: where the tip would like to begin
	above float32       // how far above that it goes when there is no room below
}

// tipLayers lists the layers that are in use, one a window.
var tipLayers []*TipLayer

// NewTipLayer makes the layer of one window.
func NewTipLayer() *TipLayer {
	l := &TipLayer{}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer is for Fyne.
func (l *TipLayer) CreateRenderer() fyne.WidgetRenderer {
	if !slices.Contains(tipLayers, l) {
		tipLayers = append(tipLayers, l)
	}
	ground, text := newRect(6), newText(theme.TypeCaption, plain)
	paint := func() {
		fill(ground, theme.Raised, theme.LineBtn, 1)
		ground.Shadow = canvas.Shadow{Color: theme.Color(theme.Shadow), BlurRadius: 12, Offset: fyne.NewPos(0, 3)}
		text.Color = theme.Color(theme.Text)
		text.Text = l.words
		show(ground, l.words != "")
		show(text, l.words != "")
	}
	layout := func(size fyne.Size) {
		w, h := width(l.words, theme.TypeCaption.Size, plain)+16, tipHeight
		x := fyne.Max(4, fyne.Min(l.at.X, size.Width-w-4))
		y := l.at.Y
		if y+h > size.Height {
			y -= l.above + h
		}
		place(ground, x, y, w, h)
		place(text, x+8, y+5, w-16, 16)
	}
	r := newRenderer(l, func() fyne.Size { return fyne.Size{} }, layout, paint, ground, text)
	return &tipRenderer{renderer: r, layer: l}
}

// tipRenderer forgets the layer when its window goes.
type tipRenderer struct {
	*renderer
	layer *TipLayer
}

// Destroy is for Fyne.
func (r *tipRenderer) Destroy() {
	tipLayers = slices.DeleteFunc(tipLayers, func(l *TipLayer) bool { return l == r.layer })
}

// tip names one widget on hover.
type tip struct {
	wait   *fyne.Animation
	layer  *TipLayer
	beside bool // it stands at the right of the thing, not below
}

func (t *tip) hover(owner fyne.CanvasObject, words string, in bool, _ fyne.Position) {
	t.hide()
	if !in || words == "" {
		return
	}
	t.wait = fyne.NewAnimation(tipDelay, func(done float32) {
		if done >= 1 {
			t.show(owner, words)
		}
	})
	t.wait.Start()
}

func (t *tip) show(owner fyne.CanvasObject, words string) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(owner)
	for _, l := range tipLayers {
		if c == nil || driver.CanvasForObject(l) != c {
			continue
		}
		t.layer = l
		at := driver.AbsolutePositionForObject(owner).Subtract(driver.AbsolutePositionForObject(l))
		l.words, l.at, l.above = words, at.AddXY(0, owner.Size().Height+6), owner.Size().Height+12
		if t.beside {
			l.at, l.above = at.AddXY(owner.Size().Width+8, (owner.Size().Height-tipHeight)/2), 0
		}
		l.Refresh()
		return
	}
}

func (t *tip) hide() {
	if t.wait != nil {
		t.wait.Stop()
		t.wait = nil
	}
	if t.layer != nil {
		t.layer.words = ""
		t.layer.Refresh()
		t.layer = nil
	}
}
