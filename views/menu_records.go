package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/records"
	"shopbell/views/command"
	"shopbell/views/importing"
	viewsrecords "shopbell/views/records"
	"shopbell/views/shell"
)

// newRecords makes the Records tab.
func (w *Window) newRecords() shell.View {
	if w.desk.Kept == nil {
		return soon("records", lang.X("soon.records", "There are no records here"), lang.X("soon.records_text", "This program was started without them."))
	}
	return viewsrecords.New(w.sh, viewsrecords.Params{
		Kept: w.desk.Kept, Me: w.desk.Me, Changed: w.table.Refresh, Import: w.importRecords, OpenFile: w.desk.OpenFile,
		Drop: func(typ string, uris []fyne.URI) bool {
			for _, u := range uris {
				if u.Scheme() == "file" && importing.Holds(u.Name()) && w.importing == nil && !w.sh.Layers.Any() {
					w.importFile(typ, u.Path())
					return true
				}
			}
			return false
		},
	})
}

// records is the tab of the records, nil where there is none.
func (w *Window) records() *viewsrecords.View {
	v, _ := w.view(shell.TabRecords).(*viewsrecords.View)
	return v
}

// openRecord shows a record in its tab.
func (w *Window) openRecord(ref records.Ref) {
	w.open(shell.TabRecords)
	if v := w.records(); v != nil && w.now == shell.TabRecords {
		v.Open(ref)
	}
}

// newHere begins what the tab that shows is about: a record in Records, a conversation anywhere else.
func (w *Window) newHere() {
	if w.now == shell.TabRecords && w.records() != nil {
		w.records().NewRecord()
		return
	}
	w.open(shell.TabInbox)
	w.inbox().NewConversation()
}

// recordCommands are those of the Records tab. They show it where that makes sense.
func (w *Window) recordCommands(t *command.Table) {
	if w.desk.Kept == nil {
		return
	}
	ready := func() bool { return w.now != "" }
	here := func() bool { return w.now == shell.TabRecords && w.records() != nil }
	show := func(f func(v *viewsrecords.View)) func() {
		return func() {
			w.open(shell.TabRecords)
			if v := w.records(); v != nil && w.now == shell.TabRecords {
				f(v)
			}
		}
	}
	do := func(f func(v *viewsrecords.View)) func() { return func() { f(w.records()) } }
	add := func(id, title string, group int, key command.Key, enabled func() bool, run func()) {
		t.Add(command.Command{ID: "record." + id, Title: title, Menu: command.Record, Group: group, Key: key, Enabled: enabled, Run: run})
	}
	none := command.Key{}
	picked := func() bool { return here() && w.records().Picked() > 0 }
	open := func() bool { return here() && w.records().Formed() }
	add("new", lang.X("command.record_new", "New record"), 0, none, ready, show((*viewsrecords.View).NewRecord))
	add("save", lang.X("command.record_save", "Save the record"), 0, command.Ctrl(fyne.KeyS), open, do((*viewsrecords.View).Save))
	add("send", lang.X("command.record_send", "Send a template to the records…"), 1, none, func() bool { return here() && w.records().CanSend() }, do((*viewsrecords.View).Send))
	add("delete", lang.X("command.record_delete", "Delete the selected records"), 1, none, picked, do((*viewsrecords.View).DeletePicked))
	add("select_all", lang.X("command.record_all", "Select all records"), 1, none, here, do((*viewsrecords.View).SelectAll))
	add("search", lang.X("command.record_search", "Search records"), 2, none, ready, show((*viewsrecords.View).Search))
	add("filter", lang.X("command.record_filter", "Filter records…"), 2, none, ready, show((*viewsrecords.View).Filter))
	add("columns", lang.X("command.record_columns", "Columns…"), 2, none, here, do((*viewsrecords.View).Columns))
	add("export", lang.X("command.record_export", "Export records…"), 3, none, ready, show((*viewsrecords.View).Export))
	add("twins", lang.X("command.record_twins", "Find duplicate contacts…"), 3, none, ready, show((*viewsrecords.View).ShowTwins))
	add("types", lang.X("command.record_types", "Types and fields…"), 3, none, ready, show((*viewsrecords.View).EditTypes))
}
