package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/command"
	viewsoutbox "shopbell/views/outbox"
	"shopbell/views/shell"
)

// sendCommands are those of the panel that sends a template, while it is open.
func (w *Window) sendCommands(t *command.Table) {
	open := func() bool { return w.panel != nil }
	step := func(by int) func() { return func() { w.panel.Step(by) } }
	t.Add(
		command.Command{
			ID: "sending.send", Title: lang.X("command.sending_send", "Send the messages"), Menu: command.Hidden, Also: []command.Key{command.Ctrl(fyne.KeyReturn)}, Enabled: open,
			Run: w.sendPanel,
		},
		command.Command{ID: "sending.previous", Title: lang.X("command.message_before", "Preview: message before"), Menu: command.Hidden, Also: []command.Key{command.Alt(fyne.KeyLeft)}, Enabled: open, Run: step(-1)},
		command.Command{ID: "sending.next", Title: lang.X("command.message_next", "Preview: next message"), Menu: command.Hidden, Also: []command.Key{command.Alt(fyne.KeyRight)}, Enabled: open, Run: step(1)},
	)
}

// outboxCommands are those of the broadcast that shows in the Outbox.
func (w *Window) outboxCommands(t *command.Table) {
	if w.desk.Broadcasts == nil {
		return
	}
	here := func() *viewsoutbox.View {
		v, _ := w.views[shell.TabOutbox].(*viewsoutbox.View)
		return v
	}
	add := func(id, title string, a viewsoutbox.Action) {
		t.Add(command.Command{
			ID: "broadcast." + id, Title: title, Menu: command.Hidden, Enabled: func() bool { v := here(); return v != nil && v.Can(a) }, Run: func() { here().Do(a) },
		})
	}
	add("pause", lang.X("command.broadcast_pause", "Pause the broadcast"), viewsoutbox.Pause)
	add("resume", lang.X("command.broadcast_resume", "Resume the broadcast"), viewsoutbox.Resume)
	add("begin", lang.X("command.broadcast_begin", "Send the planned broadcast now…"), viewsoutbox.Begin)
	add("stop", lang.X("command.broadcast_stop", "Stop the broadcast…"), viewsoutbox.Stop)
	add("retry", lang.X("command.broadcast_retry", "Retry the failed messages that can work"), viewsoutbox.Retry)
	t.Add(
		command.Command{
			ID: "broadcast.report", Title: lang.X("command.broadcast_report", "Export the broadcast’s report…"), Menu: command.Hidden,
			Enabled: func() bool { v := here(); return v != nil && v.Shows() }, Run: func() { here().Report() },
		},
		command.Command{
			ID: "broadcast.new", Title: lang.X("command.broadcast_new", "New broadcast…"), Menu: command.Hidden, Enabled: func() bool { return w.now != "" },
			Run: func() {
				w.open(shell.TabOutbox)
				if w.now == shell.TabOutbox {
					here().New()
				}
			},
		},
	)
}
