package templates

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/meta/template"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// technicalWords says under the name what Meta calls the template; "" before it has such a name.
func technicalWords(t app.Template) string {
	if t.Document.Name == "" {
		return ""
	}
	return lang.X("templates.technical", "At Meta: {{.Name}}", map[string]any{"Name": t.Document.Name})
}

// renameable tells whether the technical name can still be changed (Meta: Templates › Edit: never once Meta has it).
func (e *editor) renameable() bool {
	if e.m == nil || e.m.now.Linked() {
		return false
	}
	locked, _ := e.locked()
	return !locked
}

// Technical asks for another technical name.
func (v *View) Technical() {
	e := v.editor
	if !e.renameable() {
		v.sh.Say(lang.X("technical.fixed", "Meta never changes the technical name of a template that it has. Make a copy under another one."))
		return
	}
	if len(v.group(e.m.now)) > 1 {
		v.sh.Say(lang.X("technical.languages", "The languages of a template have one name at Meta. Make a copy under another one."))
		return
	}
	id := e.m.now.ID
	field := widget.NewField(lang.X("technical.field", "Name at Meta"), "order_ready").Mono()
	field.SetText(e.m.now.Document.Name)
	help := lang.X("technical.rules", "Small letters a to z, digits and underscores. It follows the name until you write one here, and is fixed once you submit.")
	field.SetHelp(help, widget.Quiet)
	var sheet *shell.Sheet
	take := func() {
		name := strings.TrimSpace(field.Text())
		if why := wrongTechnical(name); why != "" {
			field.SetWrong(why)
			return
		}
		sheet.Close()
		if e.is(id) && e.renameable() {
			e.change("", func(t *app.Template) { t.Document.Name = name })
		}
	}
	field.OnSubmitted = func(string) { take() }
	field.OnChanged = func(string) { field.SetWrong("") }
	cancel := widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { sheet.Close() })
	yes := widget.NewButton(widget.Main, lang.X("technical.use", "Use this name"), "", take)
	sheet = v.sh.Layers.Show(layout.Column(theme.Space4,
		widget.NewBold(lang.X("technical.title", "Name at Meta"), theme.TypePage, theme.Text), field,
		layout.Row(theme.Space2, layout.Gap(), cancel, yes)), 480, 0, nil)
	field.Focus()
}

// wrongTechnical says what Meta would not take about a technical name; "" when it would.
func wrongTechnical(name string) string {
	for _, f := range template.Lint(template.Document{Name: name}, template.Env{}) {
		if f.Where.Field == "name" {
			return phraseWords(f.Says)
		}
	}
	return ""
}
