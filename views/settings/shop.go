package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Shop is what the tab knows of the shop. The zero value shows nothing of it.
type Shop struct {
	Open func(saved func())                                 // shows where it is set up
	Name func(ctx context.Context) (name string, err error) // "" while nobody said
}

// shopCard leads to what the shop says about itself; nil when there is no such place.
func (v *View) shopCard() fyne.CanvasObject {
	if v.p.Shop.Open == nil {
		return nil
	}
	v.shop = widget.NewText("", theme.TypeBody, theme.Text).Shrinking()
	open := widget.NewButton(widget.Plain, lang.X("settings.shop_open", "Set up the shop and its papers…"), "file", func() { v.p.Shop.Open(v.readShop) })
	return card(lang.X("settings.shop", "The shop"),
		line(lang.X("settings.shop_name", "Name"), v.shop),
		widget.NewParagraph(lang.X("settings.shop_text", "Name, address, logo, colours and texts stand on quotations, invoices, receipts and tickets. The country completes phone numbers."), theme.TypeCaption, theme.Text2, 60),
		layout.Row(0, open, layout.Gap()),
	)
}

// readShop reads what the shop is called.
func (v *View) readShop() {
	if v.shop == nil || v.p.Shop.Name == nil {
		return
	}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		name, err := v.p.Shop.Name(ctx)
		return func() {
			if name == "" {
				name = lang.X("settings.shop_none", "Not said yet")
			}
			v.shop.SetText(name)
		}, err
	}, v.sh.Layers.Problem)
}
