package templates

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	service "shopbell/app/templates"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// do runs something of the service that changes the open template, after what was written is kept, and shows what came of it.
func (v *View) do(run func(ctx context.Context, id app.ID) (app.Template, error), then func(t app.Template)) {
	e := v.editor
	if e.m == nil {
		return
	}
	id := e.m.now.ID
	e.flush(func() {
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			t, err := run(ctx, id)
			return func() {
				if e.is(id) {
					e.m.came(t)
					e.body.begin()
					e.buttons.begin()
					e.redraw()
				}
				v.list.reload()
				v.changed()
				if then != nil {
					then(t)
				}
			}, err
		}, func(err error) {
			e.readAgain()
			v.sh.Layers.Problem(err)
		})
	})
}

// Edit takes a template that Meta has back to be edited. Meta's version stays until the next Submit.
func (v *View) Edit() {
	v.do(func(ctx context.Context, id app.ID) (app.Template, error) {
		return v.p.Templates.ResetToDraft(ctx, v.who(), id)
	}, nil)
}

// ResetToDraft is Edit, said as the menu says it.
func (v *View) ResetToDraft() { v.Edit() }

// discard goes back to Meta's version.
func (v *View) discard() {
	v.sh.Layers.Ask(lang.X("templates.discard_ask", "Discard your changes?"), lang.X("templates.discard_text", "Meta's version takes their place. Yours is kept under Versions."), lang.X("form.discard", "Discard"), true, func() {
		v.do(func(ctx context.Context, id app.ID) (app.Template, error) {
			return v.p.Templates.TakeTheirs(ctx, v.who(), id)
		}, nil)
	})
}

// copy makes a new draft like a template, in its language or in another.
func (v *View) copy(id app.ID, language string) {
	v.editor.flush(func() {
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			var t app.Template
			var err error
			if language == "" {
				t, err = v.p.Templates.Copy(ctx, v.who(), id)
			} else {
				t, err = v.p.Templates.AddLanguage(ctx, v.who(), id, language)
			}
			return func() { v.made(t) }, err
		}, v.sh.Layers.Problem)
	})
}

// made opens a template that has just been made, and puts the cursor into its text.
func (v *View) made(t app.Template) {
	v.list.reload()
	v.openThen(t.ID, v.Body)
	v.panes.front(true)
}

// archive takes a template out of sight or brings it back, with a way back.
func (v *View) archive(id app.ID, name string, on bool) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		t, err := v.p.Templates.Archive(ctx, v.who(), id, on)
		return func() {
			words := lang.X("templates.archived", "“{{.Name}}” is in the archive", map[string]any{"Name": name})
			if !on {
				words = lang.X("templates.unarchived", "“{{.Name}}” is back", map[string]any{"Name": name})
			}
			v.sh.Toasts(shell.Toast{Text: words, Do: func() { v.archive(id, name, !on) }})
			v.took(t)
		}, err
	}, v.sh.Layers.Problem)
}

// askDelete asks whether a template is deleted here alone or also at Meta.
func (v *View) askDelete(id app.ID) {
	r, ok := v.list.get(id)
	if !ok || !v.admin() {
		return
	}
	linked := r.linked && !r.gone
	text := layout.Column(theme.Space2, shell.Paragraph(lang.X("delete.here_text", "It and its versions go. Messages that were made from it stay."), theme.Text2))
	if linked {
		text.Add(shell.Paragraph(lang.X("delete.here_means", "Deleted here only: Meta still has it, so it comes back with the next Sync."), theme.Text2))
		text.Add(shell.Paragraph(lang.X("delete.both_means", "Deleted here and at Meta: nobody can send it, and its name cannot be used again for 30 days."), theme.Text2))
	}
	var s *shell.Sheet
	button := func(kind widget.ButtonKind, words string, atMeta bool) *widget.Button {
		return widget.NewButton(kind, words, "", func() {
			s.Close()
			v.delete(id, r.name, atMeta)
		})
	}
	row := layout.Row(theme.Space2, widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { s.Close() }), layout.Gap())
	if linked {
		row.Add(button(widget.Danger, lang.X("delete.here", "Delete here only"), false))
		row.Add(button(widget.Danger, lang.X("delete.both", "Delete here and at Meta"), true))
	} else {
		row.Add(button(widget.Danger, lang.X("delete.yes", "Delete"), false))
	}
	s = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("delete.title", "Delete “{{.Name}}”?", map[string]any{"Name": r.name}), theme.TypePage, theme.Text).Shrinking(),
		text,
		layout.Pad(theme.Space2, 0, 0, 0, row)), 520, 0, nil)
	v.sh.Layers.FocusFirst()
}

func (v *View) delete(id app.ID, name string, atMeta bool) {
	if v.editor.is(id) {
		v.editor.save.reset() // what is written goes with it
	}
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		err := v.p.Templates.Delete(ctx, v.who(), id, atMeta)
		return func() {
			if v.editor.is(id) || v.chosen == id {
				next := v.list.beside(id)
				v.editor.close()
				v.gone()
				if next != 0 && !v.panes.turns() {
					v.open(next)
				}
			}
			v.list.reload()
			v.sh.Toasts(shell.Toast{Text: lang.X("delete.done", "“{{.Name}}” is deleted", map[string]any{"Name": name}), Good: true})
		}, err
	}, v.sh.Layers.Problem)
}

// NewLanguage begins a translation of the open template: side by side in the list, under one name at Meta.
func (v *View) NewLanguage() {
	if v.editor.m == nil {
		return
	}
	t := v.editor.m.now
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		group, err := v.p.Templates.Group(ctx, v.who(), t.ID)
		return func() { v.askLanguage(t, group) }, err
	}, v.sh.Layers.Problem)
}

func (v *View) askLanguage(t app.Template, group []app.TemplateRow) {
	have := map[string]bool{t.Document.Language: true}
	others := layout.Column(2)
	for _, g := range group {
		have[g.Language] = true
		if g.ID != t.ID {
			others.Add(widget.NewText(languageName(g.Language)+" · "+statusAdvice(g.Status).Title, theme.TypeSmall, theme.Text2).Shrinking())
		}
	}
	var options []widget.Option
	for _, o := range languageOptions() {
		if !have[o.Key] {
			options = append(options, o)
		}
	}
	var s *shell.Sheet
	var begin *widget.Button
	choice := widget.NewChoice(lang.X("templates.language", "Language"), options, func(string) { begin.Enable() })
	choice.SetPlaceholder(lang.X("language.choose", "Choose a language"))
	begin = widget.NewButton(widget.Main, lang.X("language.make", "Begin the translation"), "", func() {
		s.Close()
		v.copy(t.ID, choice.Chosen())
	})
	begin.Disable()
	column := layout.Column(theme.Space3,
		widget.NewBold(lang.X("language.title", "“{{.Name}}” in another language", map[string]any{"Name": t.Name}), theme.TypePage, theme.Text).Shrinking(),
		shell.Paragraph(lang.X("language.text", "It has the same name at Meta. Text, buttons and bindings are copied; translate the text, then submit it."), theme.Text2))
	if len(others.Objects) > 0 {
		column.Add(others)
	}
	column.Add(choice)
	column.Add(layout.Pad(theme.Space2, 0, 0, 0, layout.Row(theme.Space2, layout.Gap(), widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { s.Close() }), begin)))
	s = v.sh.Layers.Show(column, 460, 0, nil)
	v.sh.Layers.FocusFirst()
}

// Decide opens what has to be decided about the open template: two of one name, or two that were both edited.
func (v *View) Decide() {
	e := v.editor
	if e.m == nil || e.m.now.Conflict == nil || !v.admin() {
		return
	}
	t := e.m.now
	theirs := t
	theirs.Document = t.Conflict.Theirs.Document
	var s *shell.Sheet
	pick := func(kind widget.ButtonKind, words string, run func(ctx context.Context, id app.ID) (app.Template, error)) *widget.Button {
		return widget.NewButton(kind, words, "", func() {
			s.Close()
			v.do(run, func(t app.Template) {
				if t.Conflict != nil { // linked, and their texts differ
					v.Decide()
				}
			})
		})
	}
	resolve := func(how service.Resolution) func(context.Context, app.ID) (app.Template, error) {
		return func(ctx context.Context, id app.ID) (app.Template, error) {
			return v.p.Templates.Resolve(ctx, v.who(), id, how, "")
		}
	}
	var title, text string
	row := layout.Row(theme.Space2, widget.NewButton(widget.TextOnly, lang.X("decide.later", "Later"), "", func() { s.Close() }), layout.Gap())
	if t.Conflict.Kind == app.ConflictSameName {
		title = lang.X("decide.same_name", "Two templates named “{{.Name}}”", map[string]any{"Name": t.Document.Name})
		text = lang.X("decide.same_name_text", "Meta has one of this name and language that is not linked to this one. Link them if they are the same template. Otherwise this one gets another name at Meta, or both stay and you rename it before you submit it.")
		row.Add(pick(widget.Plain, lang.X("decide.both", "Keep both"), resolve(service.KeepBoth)))
		row.Add(pick(widget.Plain, lang.X("decide.rename", "Rename mine"), resolve(service.RenameMine)))
		row.Add(pick(widget.Main, lang.X("decide.link", "Link them"), resolve(service.Link)))
	} else {
		title = lang.X("decide.diverged", "“{{.Name}}” was edited here and at Meta", map[string]any{"Name": t.Name})
		text = lang.X("decide.diverged_text", "Choose the one that is right. The other is kept under Versions.")
		row.Add(pick(widget.Plain, lang.X("decide.theirs", "Take Meta's"), func(ctx context.Context, id app.ID) (app.Template, error) {
			return v.p.Templates.TakeTheirs(ctx, v.who(), id)
		}))
		row.Add(pick(widget.Main, lang.X("decide.mine", "Keep mine"), func(ctx context.Context, id app.ID) (app.Template, error) {
			return v.p.Templates.KeepMine(ctx, v.who(), id)
		}))
	}
	s = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(title, theme.TypePage, theme.Text).Shrinking(), shell.Paragraph(text, theme.Text2),
		v.scrolled(widget.NewDiff(lang.X("decide.here", "Here"), plainText(t), lang.X("decide.at_meta", "At Meta"), plainText(theirs)), 320), row), 760, 0, nil)
}

// scrolled gives something as much height as a sheet has room for.
func (v *View) scrolled(o fyne.CanvasObject, want float32) fyne.CanvasObject {
	return layout.Exactly(0, v.sh.Layers.Room(want, 190), widget.NewVScroll(o))
}

// Copy makes a new draft like the open template.
func (v *View) Copy() { v.copy(v.Chosen(), "") }

// Archive takes the open template out of sight, or brings it back.
func (v *View) Archive() {
	if m := v.editor.m; m != nil && v.admin() {
		v.archive(m.now.ID, m.now.Name, !m.now.Archived)
	}
}

// Editable tells whether the open template is one that Edit takes back.
func (v *View) Editable() bool {
	e := v.editor
	if e.m == nil {
		return false
	}
	locked, _ := e.locked()
	return locked && v.admin() && editable(e.m.now)
}

// Body turns to the text of the open template and puts the cursor into it.
func (v *View) Body() { v.turn(tabBody, v.editor.body.focus) }

// Buttons turns to its buttons and gives the first field the keyboard.
func (v *View) Buttons() { v.turn(tabButtons, v.editor.buttons.focus) }

// Variables turns to its variables and gives the first field the keyboard.
func (v *View) Variables() { v.turn(tabVariables, v.editor.variables.focus) }

func (v *View) turn(tab int, focus func()) {
	if v.editor.m == nil {
		return
	}
	v.panes.front(true)
	v.editor.ShowTab(tab)
	focus()
}

// Delete asks whether the open template is deleted.
func (v *View) Delete() { v.askDelete(v.Chosen()) }

// Undo takes the newest change of the open template back.
func (v *View) Undo() { v.editor.undo() }

// Redo makes it again.
func (v *View) Redo() { v.editor.redo() }

// TogglePreview shows or hides the phone where it has no room of its own.
func (v *View) TogglePreview() { v.panes.togglePhone() }
