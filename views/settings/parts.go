package settings

import (
	"fyne.io/fyne/v2"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// part is one card of the page.
type part struct {
	title  string
	object fyne.CanvasObject // nil: this desk has none
}

// parts is the page: its cards below each other and, where there is room, an index of them at the left that stays in sight.
type parts struct {
	cards  []fyne.CanvasObject
	index  []*widget.Button
	scroll *widget.Scroll
	object *fyne.Container
}

const (
	// columnMost is how wide the cards become, with their margins.
	columnMost float32 = 760
	indexWidth float32 = 220
	// indexFrom is the width of the tab from which the index is shown.
	indexFrom = columnMost + indexWidth
)

func newParts(all []part) *parts {
	p := &parts{}
	column, index := layout.Column(14), layout.LeftColumn(theme.Space1)
	for _, one := range all {
		if one.object == nil {
			continue
		}
		i := len(p.cards)
		button := widget.NewButton(widget.IconOnly, one.title, "", func() { p.jump(i) })
		p.cards, p.index = append(p.cards, one.object), append(p.index, button)
		column.Add(one.object)
		index.Add(button)
	}
	p.scroll = widget.NewVScroll(layout.AtMost(columnMost, layout.PadAll(theme.Space5, column)))
	p.scroll.OnScrolled = func(fyne.Position) { p.mark(p.seen()) }
	pane := layout.TallRow(0, layout.Grow(layout.Pad(theme.Space5, theme.Space2, theme.Space5, theme.Space3, index)), layout.Exactly(1, 0, widget.NewLine()))
	p.object = &fyne.Container{Layout: p, Objects: []fyne.CanvasObject{p.scroll, pane}} // Tab goes through the cards first
	p.mark(0)
	return p
}

// jump brings a card to the top of the page, as far as the page goes.
func (p *parts) jump(i int) {
	p.scroll.ScrollToOffset(fyne.NewPos(0, p.cards[i].Position().Y))
	p.mark(i)
}

// seen is the card at the top of what is seen; at the end of the page, the last.
func (p *parts) seen() int {
	top := p.scroll.Offset.Y
	if top > 0 && top >= p.scroll.Content.MinSize().Height-p.scroll.Size().Height-1 {
		return len(p.cards) - 1
	}
	at := 0
	for i, c := range p.cards {
		if c.Position().Y <= top+theme.Space6 {
			at = i
		}
	}
	return at
}

func (p *parts) mark(at int) {
	for i, b := range p.index {
		b.SetOn(i == at)
	}
}

// MinSize is for Fyne.
func (p *parts) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout is for Fyne.
func (p *parts) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	page, pane := objects[0], objects[1]
	left := float32(0)
	if size.Width >= indexFrom {
		left = indexWidth
		pane.Resize(fyne.NewSize(left, size.Height))
		pane.Show()
	} else {
		pane.Hide()
	}
	page.Move(fyne.NewPos(left, 0))
	page.Resize(fyne.NewSize(size.Width-left, size.Height))
}
