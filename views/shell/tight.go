package shell

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Tight shows an object, such as Fyne's list, without the padding that Fyne would put between its rows.
func Tight(o fyne.CanvasObject) fyne.CanvasObject { return container.NewThemeOverride(o, tightTheme{}) }

// tightTheme is the running theme without padding; rows draw their own hover and focus.
type tightTheme struct{}

func (tightTheme) now() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (t tightTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch n {
	case fynetheme.ColorNameHover, fynetheme.ColorNameSelection, fynetheme.ColorNameFocus:
		return color.Transparent
	}
	return t.now().Color(n, v)
}
func (t tightTheme) Font(s fyne.TextStyle) fyne.Resource     { return t.now().Font(s) }
func (t tightTheme) Icon(n fyne.ThemeIconName) fyne.Resource { return t.now().Icon(n) }

func (t tightTheme) Size(n fyne.ThemeSizeName) float32 {
	if n == fynetheme.SizeNamePadding {
		return 0
	}
	return t.now().Size(n)
}
