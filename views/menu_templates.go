package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/command"
	"shopbell/views/shell"
	viewstemplates "shopbell/views/templates"
)

// templateCommands are those of the Templates tab. They show it where that makes sense.
func (w *Window) templateCommands(t *command.Table) {
	if w.desk.Templates == nil {
		return
	}
	ready := func() bool { return w.now != "" }
	here := func() bool { return w.now == shell.TabTemplates }
	chosen := func() bool { return here() && w.templates() != nil && w.templates().Chosen() != 0 }
	show := func(f func(v *viewstemplates.View)) func() {
		return func() {
			w.open(shell.TabTemplates)
			if v := w.templates(); v != nil && w.now == shell.TabTemplates {
				f(v)
			}
		}
	}
	edit := func() bool { return chosen() && w.templates().Editable() }
	do := func(f func(v *viewstemplates.View)) func() { return func() { f(w.templates()) } }
	add := func(id, title string, group int, key command.Key, enabled func() bool, run func()) {
		t.Add(command.Command{ID: "template." + id, Title: title, Menu: command.Template, Group: group, Key: key, Enabled: enabled, Run: run})
	}
	none := command.Key{}
	add("new", lang.X("command.template_new", "New template…"), 0, command.CtrlShift(fyne.KeyT), ready, show((*viewstemplates.View).New))
	add("copy", lang.X("command.template_copy", "Copy the template"), 0, none, chosen, do((*viewstemplates.View).Copy))
	add("language", lang.X("command.template_language", "Template in another language…"), 0, none, chosen, do((*viewstemplates.View).NewLanguage))
	add("beside", lang.X("command.template_beside", "Languages side by side"), 0, none, chosen, do((*viewstemplates.View).Beside))
	add("edit", lang.X("command.template_edit", "Edit the template"), 1, none, edit, do((*viewstemplates.View).Edit))
	add("submit", lang.X("command.template_submit", "Submit the template for approval"), 1, command.CtrlShift(fyne.KeyReturn), chosen, do((*viewstemplates.View).Submit))
	add("sync", lang.X("command.template_sync", "Sync all templates"), 1, none, ready, show((*viewstemplates.View).SyncAll))
	add("paste", lang.X("command.template_paste", "Paste a file or picture into the header"), 1, command.CtrlShift(fyne.KeyV), chosen, do((*viewstemplates.View).PasteFile))
	add("undo", lang.X("command.template_undo", "Undo in the template"), 2, command.Alt(fyne.KeyZ), chosen, do((*viewstemplates.View).Undo))
	add("redo", lang.X("command.template_redo", "Redo in the template"), 2, command.Alt(fyne.KeyY), chosen, do((*viewstemplates.View).Redo))
	add("versions", lang.X("command.template_versions", "Versions of the template…"), 2, none, chosen, do((*viewstemplates.View).Versions))
	add("archive", lang.X("command.template_archive", "Archive the template"), 2, none, chosen, do((*viewstemplates.View).Archive))
	add("delete", lang.X("command.template_delete", "Delete the template…"), 2, none, chosen, do((*viewstemplates.View).Delete))
	add("body", lang.X("command.template_body", "Body of the template"), 3, none, chosen, do((*viewstemplates.View).Body))
	add("buttons", lang.X("command.template_buttons", "Buttons of the template"), 3, none, chosen, do((*viewstemplates.View).Buttons))
	add("variables", lang.X("command.template_variables", "Variables of the template"), 3, none, chosen, do((*viewstemplates.View).Variables))
	add("preview", lang.X("command.template_preview", "Preview on the phone"), 3, none, chosen, do((*viewstemplates.View).TogglePreview))
	add("search", lang.X("command.template_search", "Search templates"), 3, none, ready, show((*viewstemplates.View).Search))
}
