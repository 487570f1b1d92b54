package views

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/records"
	"shopbell/views/command"
	"shopbell/views/paper"
	"shopbell/views/settings"
	viewsshop "shopbell/views/shop"
)

// paperCommands are those of the shop's papers.
func (w *Window) paperCommands(t *command.Table) {
	if w.desk.Shop == nil {
		return
	}
	t.Add(command.Command{
		ID: "shop", Title: lang.X("command.shop", "The shop and its papers…"), Menu: command.Shopbell,
		Enabled: func() bool { return w.now != "" }, Run: func() { w.editShop(nil) },
	})
}

// editShop shows where the shop and its papers are set up.
func (w *Window) editShop(saved func()) {
	if w.desk.Shop != nil && !w.sh.Layers.Any() {
		viewsshop.Open(w.sh, w.desk.Shop, saved)
	}
}

// openPaper shows the paper of a record, if records of its type have one.
func (w *Window) openPaper(ref records.Ref) {
	if w.desk.Shop != nil && paper.Has(ref.Type) {
		paper.Open(w.sh, w.desk.Shop, ref)
	}
}

// shopSettings is what the settings know of the shop.
func (w *Window) shopSettings() settings.Shop {
	if w.desk.Shop == nil {
		return settings.Shop{}
	}
	return settings.Shop{Open: w.editShop, Name: func(ctx context.Context) (string, error) {
		s, err := w.desk.Shop.Settings(ctx)
		return s.Name, err
	}}
}
