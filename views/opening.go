package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Opening says that the desk is being opened, when that takes longer than a moment: another program holds the database, or it is being brought up to
// date. It must run before the app does, or on the UI goroutine; the caller closes the window.
func Opening(a fyne.App) fyne.Window {
	win := plainWindow(a)
	body := layout.Column(theme.Space3,
		widget.NewBold(lang.X("opening.title", "Opening your desk…"), theme.TypeHeading, theme.Text),
		widget.NewParagraph(lang.X("opening.text", "This takes longer than usual. Another program may be using the database just now, or it is being brought up to date; nothing is lost."), theme.TypeBody, theme.Text2, 60),
	)
	showPlain(a, win, body, layout.Row(theme.Space2, layout.Gap(), widget.NewButton(widget.Plain, lang.X("command.quit", "Quit"), "", a.Quit)))
	return win
}
