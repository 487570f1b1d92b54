package shell

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// BarsAfter is how long something may take to load before bars stand in for it.
const BarsAfter = 150 * time.Millisecond

// AskUnknown asks what to do with a message of which nobody knows whether it arrived.
// arrived and again do what the person says; waiting needs nothing.
func AskUnknown(sh *Shell, arrived, again func()) {
	var s *Sheet
	s = sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("unknown.title", "Did it arrive?"), theme.TypePage, theme.Text),
		Paragraph(lang.X("unknown.text", "The message went out, and Meta's answer never came. If it arrived, Meta reports it within minutes and the ticks turn by themselves. If you know that it arrived, say so. Send it again only if you know that the customer did not get it, or it stands there twice."), theme.Text2),
		layout.Pad(theme.Space2, 0, 0, 0, layout.Row(theme.Space2, layout.Gap(),
			widget.NewButton(widget.Plain, lang.X("unknown.again", "Send again"), "retry", func() {
				s.Close()
				again()
			}),
			widget.NewButton(widget.Plain, lang.X("unknown.arrived", "It arrived"), "check", func() {
				s.Close()
				arrived()
			}),
			widget.NewButton(widget.Main, lang.X("unknown.wait", "Wait for Meta's report"), "", func() { s.Close() }),
		)),
	), 520, 0, nil)
}
