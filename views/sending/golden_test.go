package sending

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/views/goldentest"
	"shopbell/views/theme"
)

func TestThePanelLooksAsItIsDrawn(t *testing.T) {
	for look, choice := range map[string]theme.Choice{"light": theme.Light, "dark": theme.Dark} {
		t.Run(look, func(t *testing.T) {
			w := newWorld(t)
			w.App.Settings().SetTheme(theme.New(choice))
			w.quoted()
			w.open(many(w.quotations(9, func(i int) string {
				return []string{number(i), number(i), "", number(0)}[i%4]
			})))
			w.Window.Resize(fyne.NewSize(420, 900))
			w.Settle()
			goldentest.Compare(t, "panel-"+look, w.Window.Canvas().Capture())
		})
	}
}
