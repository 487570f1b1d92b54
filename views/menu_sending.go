package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/command"
)

// sendCommands are those of the panel that sends a template, while it is open.
func (w *Window) sendCommands(t *command.Table) {
	open := func() bool { return w.panel != nil }
	step := func(by int) func() { return func() { w.panel.Step(by) } }
	t.Add(
		command.Command{ID: "sending.previous", Title: lang.X("command.message_before", "Preview: message before"), Menu: command.Hidden, Also: []command.Key{command.Alt(fyne.KeyLeft)}, Enabled: open, Run: step(-1)},
		command.Command{ID: "sending.next", Title: lang.X("command.message_next", "Preview: next message"), Menu: command.Hidden, Also: []command.Key{command.Alt(fyne.KeyRight)}, Enabled: open, Run: step(1)},
	)
}
