package views

import (
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/command"
	"shopbell/views/shell"
	"shopbell/views/theme"
)

// commands makes the table of everything the window can do.
func (w *Window) commands() *command.Table {
	t := command.New(map[command.Menu]string{
		command.Shopbell:     lang.X("menu.shopbell", "Shopbell"),
		command.Edit:         lang.X("menu.edit", "Edit"),
		command.Conversation: lang.X("menu.conversation", "Conversation"),
		command.Template:     lang.X("menu.template", "Template"),
		command.Record:       lang.X("menu.record", "Record"),
		command.View:         lang.X("menu.view", "View"),
		command.Go:           lang.X("menu.go", "Go"),
		command.Help:         lang.X("menu.help", "Help"),
	})
	ready := func() bool { return w.now != "" }
	t.Add(
		command.Command{ID: "settings", Title: lang.X("command.settings", "Settings…"), Menu: command.Shopbell, Key: command.Ctrl(fyne.KeyComma), Enabled: ready, Run: func() { w.open(shell.TabSettings) }},
		command.Command{ID: "connect", Title: lang.X("command.connect", "Connect an account…"), Menu: command.Shopbell, Enabled: ready, Run: w.connect},
		command.Command{ID: "about", Title: lang.X("command.about", "About Shopbell"), Menu: command.Shopbell, Group: 1, Run: w.about},
		command.Command{ID: command.Quit, Title: lang.X("command.quit", "Quit"), Menu: command.Shopbell, Group: 2, Key: command.Ctrl(fyne.KeyQ), NoSearch: true, Run: w.askClose},
	)
	w.editCommands(t)
	w.conversationCommands(t)
	w.templateCommands(t)
	w.recordCommands(t)
	w.sendCommands(t)
	w.outboxCommands(t)
	w.importCommands(t)
	w.paperCommands(t)
	w.viewCommands(t)
	for i, tab := range tabs {
		key := command.Ctrl([]fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}[i])
		t.Add(command.Command{ID: "go." + string(tab), Title: tabTitle(tab), Menu: command.Go, Key: key, Enabled: ready, Checked: func() bool { return w.now == tab }, Run: func() { w.open(tab) }})
	}
	t.Add(
		command.Command{ID: "palette", Title: lang.X("command.palette", "Find anything…"), Menu: command.Go, Group: 1, Key: command.Ctrl(fyne.KeyK), NoSearch: true, Run: w.palette},
		command.Command{ID: "shortcuts", Title: lang.X("command.shortcuts", "Keyboard shortcuts"), Menu: command.Help, Key: command.Ctrl(fyne.KeySlash), Also: []command.Key{command.Plain(fyne.KeyF1)}, Run: w.shortcuts},
		command.Command{ID: "log", Title: lang.X("command.log", "Show the log folder"), Menu: command.Help, Group: 1, Enabled: func() bool { return w.desk.LogFile != "" }, Run: w.openLog},
	)
	return t
}

// editCommands are those of text fields. They have no keys here: the fields know theirs.
func (w *Window) editCommands(t *command.Table) {
	do := func(s func() fyne.Shortcut) func() {
		return func() {
			if f, ok := w.win.Canvas().Focused().(fyne.Shortcutable); ok {
				f.TypedShortcut(s())
			} else if w.now == shell.TabTemplates && w.templates() != nil { // nobody has the keyboard: the template's own history
				switch s().(type) {
				case *fyne.ShortcutUndo:
					w.templates().Undo()
				case *fyne.ShortcutRedo:
					w.templates().Redo()
				}
			}
		}
	}
	clip := w.app.Clipboard()
	for i, e := range []struct {
		id, title string
		group     int
		s         func() fyne.Shortcut
	}{
		{"undo", lang.X("command.undo", "Undo"), 0, func() fyne.Shortcut { return &fyne.ShortcutUndo{} }},
		{"redo", lang.X("command.redo", "Redo"), 0, func() fyne.Shortcut { return &fyne.ShortcutRedo{} }},
		{"cut", lang.X("command.cut", "Cut"), 1, func() fyne.Shortcut { return &fyne.ShortcutCut{Clipboard: clip} }},
		{"copy", lang.X("command.copy", "Copy"), 1, func() fyne.Shortcut { return &fyne.ShortcutCopy{Clipboard: clip} }},
		{"paste", lang.X("command.paste", "Paste"), 1, func() fyne.Shortcut { return &fyne.ShortcutPaste{Clipboard: clip} }},
		{"select_all", lang.X("command.select_all", "Select all"), 2, func() fyne.Shortcut { return &fyne.ShortcutSelectAll{} }},
	} {
		_ = i
		t.Add(command.Command{ID: e.id, Title: e.title, Menu: command.Edit, Group: e.group, NoSearch: true, Run: do(e.s)})
	}
}

// conversationCommands are those of the Inbox. They show it where that makes sense.
func (w *Window) conversationCommands(t *command.Table) {
	in := w.inbox
	inInbox := func() bool { return w.now == shell.TabInbox }
	chosen := func() bool { return inInbox() && in() != nil && in().Chosen() != 0 }
	ready := func() bool { return w.now != "" }
	show := func(f func()) func() {
		return func() {
			w.open(shell.TabInbox)
			f()
		}
	}
	t.Add(
		command.Command{ID: "conversation.new", Title: lang.X("command.new", "New conversation…"), Menu: command.Conversation, Key: command.Ctrl(fyne.KeyN), Enabled: ready, Run: w.newHere},
		command.Command{ID: "conversation.unread", Title: lang.X("command.next_unread", "Next unread"), Menu: command.Conversation, Group: 1, Key: command.Ctrl(fyne.KeyJ), Enabled: ready, Run: show(func() { in().NextUnread() })},
		command.Command{ID: "conversation.previous", Title: lang.X("command.previous", "Previous conversation"), Menu: command.Conversation, Group: 1, Key: command.Alt(fyne.KeyUp), Also: []command.Key{command.Ctrl(fyne.KeyPageUp)}, Enabled: func() bool { return inInbox() || w.sh.Layers.HasUp() }, Run: func() {
			if !w.sh.Layers.Up() {
				in().Step(-1)
			}
		}},
		command.Command{ID: "conversation.next", Title: lang.X("command.next", "Next conversation"), Menu: command.Conversation, Group: 1, Key: command.Alt(fyne.KeyDown), Also: []command.Key{command.Ctrl(fyne.KeyPageDown)}, Enabled: inInbox, Run: func() { in().Step(1) }},
		command.Command{ID: "conversation.done", Title: lang.X("command.done", "Done / not done"), Menu: command.Conversation, Group: 2, Key: command.Ctrl(fyne.KeyE), Enabled: chosen, Run: func() { in().ToggleDone() }},
		command.Command{ID: "conversation.mark_unread", Title: lang.X("command.mark_unread", "Mark as unread"), Menu: command.Conversation, Group: 2, Key: command.CtrlShift(fyne.KeyU), Enabled: chosen, Run: func() { in().MarkUnread() }},
		command.Command{ID: "conversation.reply", Title: lang.X("command.reply", "Write a reply"), Menu: command.Conversation, Group: 3, Key: command.CtrlShift(fyne.KeyR), Enabled: chosen, Run: func() { in().Write(false) }},
		command.Command{ID: "conversation.template", Title: lang.X("command.send_template", "Send a template…"), Menu: command.Conversation, Group: 3, Key: command.CtrlShift(fyne.KeyS), Enabled: chosen, Run: func() { in().SendTemplate() }},
		command.Command{ID: "conversation.note", Title: lang.X("command.note", "Write a note"), Menu: command.Conversation, Group: 3, Key: command.CtrlShift(fyne.KeyN), Enabled: chosen, Run: func() { in().Write(true) }},
	)
}

func (w *Window) viewCommands(t *command.Table) {
	inInbox := func() bool { return w.now == shell.TabInbox }
	look := func(s string) func() bool { return func() bool { return w.sh.Keep.Theme == s } }
	t.Add(
		command.Command{ID: "view.search", Title: lang.X("command.search", "Search conversations and messages"), Menu: command.View, Key: command.CtrlShift(fyne.KeyF), Enabled: func() bool { return w.now != "" }, Run: func() {
			w.open(shell.TabInbox)
			w.inbox().Search()
		}},
		command.Command{ID: "view.list", Title: lang.X("command.list", "Go to the list"), Menu: command.View, Key: command.Ctrl(fyne.KeyL), Enabled: inInbox, Run: func() { w.inbox().FocusList() }},
		command.Command{ID: "view.panel", Title: lang.X("command.panel", "Contact panel"), Menu: command.View, Key: command.Ctrl(fyne.KeyI), Enabled: inInbox, Checked: func() bool { return !w.sh.Keep.PanelHidden }, Run: func() { w.inbox().TogglePanel() }},
		command.Command{ID: "view.larger", Title: lang.X("command.larger", "Larger"), Menu: command.View, Group: 1, Key: command.Ctrl(fyne.KeyPlus), Also: []command.Key{command.Ctrl(fyne.KeyEqual), command.CtrlShift(fyne.KeyEqual), command.CtrlShift(fyne.KeyPlus)}, Run: func() { w.rescale(theme.ScaleStep) }},
		command.Command{ID: "view.smaller", Title: lang.X("command.smaller", "Smaller"), Menu: command.View, Group: 1, Key: command.Ctrl(fyne.KeyMinus), Run: func() { w.rescale(-theme.ScaleStep) }},
		command.Command{ID: "view.normal", Title: lang.X("command.normal", "Normal size"), Menu: command.View, Group: 1, Key: command.Ctrl(fyne.Key0), Run: func() { w.rescale(0) }},
		command.Command{ID: "view.system", Title: lang.X("command.theme_system", "Colours of the system"), Menu: command.View, Group: 2, Checked: look(""), Run: func() { w.setTheme("") }},
		command.Command{ID: "view.light", Title: lang.X("command.theme_light", "Light"), Menu: command.View, Group: 2, Checked: look("light"), Run: func() { w.setTheme("light") }},
		command.Command{ID: "view.dark", Title: lang.X("command.theme_dark", "Dark"), Menu: command.View, Group: 2, Checked: look("dark"), Run: func() { w.setTheme("dark") }},
	)
}

func (w *Window) openLog() {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(w.desk.LogFile))}
	if err := w.app.OpenURL(&u); err != nil {
		w.problem(err)
	}
}
