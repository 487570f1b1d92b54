package shell

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Tight shows an object, such as Fyne's list, without the padding that Fyne would put between its rows.
func Tight(o fyne.CanvasObject) fyne.CanvasObject {
	t := &tight{content: o, holds: container.NewThemeOverride(o, tightTheme{})}
	t.ExtendBaseWidget(t)
	return t
}

// tight stands between a container and Fyne's theme override: each Refresh of the override opens a new scope of themes, for which Fyne reads
// all fonts again and never lets go of them. So a Refresh goes past the override to its content.
type tight struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	holds   *container.ThemeOverride
}

// CreateRenderer is for Fyne.
func (t *tight) CreateRenderer() fyne.WidgetRenderer { return &tightRenderer{t} }

type tightRenderer struct{ t *tight }

func (r *tightRenderer) Layout(size fyne.Size)        { r.t.holds.Resize(size) }
func (r *tightRenderer) MinSize() fyne.Size           { return r.t.holds.MinSize() }
func (r *tightRenderer) Refresh()                     { r.t.content.Refresh() }
func (r *tightRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.holds} }
func (r *tightRenderer) Destroy()                     {}

// tightTheme is the running theme without padding; rows draw their own hover and focus.
type tightTheme struct{}

func (tightTheme) now() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (t tightTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch n {
	case fynetheme.ColorNameHover, fynetheme.ColorNameSelection, fynetheme.ColorNameFocus, fynetheme.ColorNameShadow: // shadows are for what floats, not for the ends of a list
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
