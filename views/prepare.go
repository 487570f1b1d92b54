package views

import (
	"fyne.io/fyne/v2"

	"shopbell/views/theme"
)

// Prepare reads the fonts that every window needs, so that it can be done while something else is waited for. Without it they are read when the first
// window is laid out. It must run before the app does, or on the UI goroutine.
func Prepare() {
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		fyne.MeasureText("Shopbell", theme.TypeBody.Size, style)
	}
}
