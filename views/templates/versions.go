package templates

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// Versions shows what the open template was, beside what it is, and takes an older version back.
func (v *View) Versions() {
	e := v.editor
	if e.m == nil {
		return
	}
	id := e.m.now.ID
	e.flush(func() {
		v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
			list, err := v.p.Templates.Versions(ctx, v.who(), id)
			return func() {
				if e.is(id) {
					v.showVersions(list)
				}
			}, err
		}, v.sh.Layers.Problem)
	})
}

func (v *View) showVersions(list []app.TemplateVersion) {
	t := v.editor.m.now
	if len(list) == 0 {
		v.sh.Say(lang.X("versions.none", "There are no older versions yet"))
		return
	}
	var options []widget.Option
	by := map[string]app.TemplateVersion{}
	for _, x := range list {
		key := strconv.FormatInt(x.ID, 10)
		by[key] = x
		options = append(options, widget.Option{Key: key, Label: strconv.Itoa(x.Number) + " · " + whyWords(x.Why), Detail: when.Moment(x.At, v.sh.Now())})
	}
	diff := widget.NewDiff("", "", "", "")
	var s *shell.Sheet
	var restore *widget.Button
	var choice *widget.Choice
	show := func(key string) {
		x := by[key]
		diff.Set(when.Moment(x.At, v.sh.Now()), documentText(x.Document), lang.X("versions.now", "Now"), plainText(t))
		locked, _ := v.editor.locked()
		able(restore, !locked && !diff.Same())
	}
	choice = widget.NewChoice(lang.X("versions.choose", "Version"), options, show)
	restore = widget.NewButton(widget.Main, lang.X("versions.restore", "Take this version back"), "retry", func() {
		version := by[choice.Chosen()].ID
		s.Close()
		v.do(func(ctx context.Context, id app.ID) (app.Template, error) {
			return v.p.Templates.Restore(ctx, v.who(), id, version)
		}, func(t app.Template) {
			v.sh.Toasts(shell.Toast{Text: lang.X("versions.restored", "The older version is back; what it replaced is kept"), Good: true})
		})
	})
	choice.SetChosen(options[0].Key)
	show(options[0].Key)
	note := ""
	if locked, why := v.editor.locked(); locked {
		note = lang.X("versions.locked", "{{.Why}}: it can be looked at, not taken back.", map[string]any{"Why": why})
	}
	s = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("versions.title", "Versions of “{{.Name}}”", map[string]any{"Name": t.Name}), theme.TypePage, theme.Text).Shrinking(),
		choice, v.scrolled(diff, 340),
		layout.Row(theme.Space2, layout.Grow(widget.NewText(note, theme.TypeCaption, theme.Text2).Shrinking()), widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { s.Close() }), restore)), 760, 0, nil)
}

// whyWords says what made a version.
func whyWords(w app.VersionWhy) string {
	switch w {
	case app.VersionCreated:
		return lang.X("version.created", "as it was begun")
	case app.VersionSubmitted:
		return lang.X("version.submitted", "submitted")
	case app.VersionSynced:
		return lang.X("version.synced", "from Meta")
	case app.VersionReplaced:
		return lang.X("version.replaced", "before it was replaced")
	case app.VersionRestored:
		return lang.X("version.restored", "taken back")
	}
	return string(w)
}
