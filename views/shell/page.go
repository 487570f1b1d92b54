package shell

import (
	"fyne.io/fyne/v2"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Page is a tab with a head: its title, a word beside it, and the buttons at the end.
type Page struct {
	object fyne.CanvasObject
	beside *widget.Text
}

// NewPage makes a page with its content below the head.
func NewPage(title string, content fyne.CanvasObject, buttons ...fyne.CanvasObject) *Page {
	p := &Page{beside: widget.NewText("", theme.TypeSmall, theme.Text2).Shrinking()}
	row := layout.Row(theme.Space3, append([]fyne.CanvasObject{
		widget.NewBold(title, theme.TypePage, theme.Text), layout.Grow(p.beside),
	}, buttons...)...)
	p.object = layout.Over(widget.NewGround(theme.PaneAlt, "", 0), layout.Column(0,
		layout.Exactly(0, theme.HeightHeader, layout.Over(
			widget.NewGround(theme.Pane, "", 0),
			layout.Column(0, layout.Grow(layout.Pad(0, theme.Space5, 0, theme.Space5, row)), widget.NewLine()),
		)),
		layout.Grow(content),
	))
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// SetBeside changes the word beside the title.
func (p *Page) SetBeside(s string) { p.beside.SetText(s) }
