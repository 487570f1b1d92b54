package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// versionField is the choice of Meta's API version: empty is the one that the program knows best.
type versionField struct {
	field *widget.Field
	apply *widget.Button
	now   string // as it is kept
	busy  bool
}

// metaCard is what concerns Meta's API; nil where nothing can be told of it.
func (v *View) metaCard() fyne.CanvasObject {
	if v.p.GraphVersion == nil {
		return nil
	}
	f := &v.version
	f.apply = widget.NewButton(widget.Plain, lang.X("settings.version_use", "Use it"), "", v.setVersion)
	_, byDefault, fixed := v.p.GraphVersion()
	f.field = widget.NewField(lang.X("settings.version_meta", "Version of Meta's API"), byDefault).Mono().With(f.apply)
	f.field.OnSubmitted = func(string) { v.setVersion() }
	f.field.OnChanged = func(string) {
		f.field.SetWrong("")
		v.showVersionButton()
	}
	help := lang.X("settings.version_help", "Empty: the one that this program knows best, {{.V}}", map[string]any{"V": byDefault})
	if fixed || v.p.SetGraphVersion == nil {
		help = lang.X("settings.version_fixed", "--graph or SHOPBELL_GRAPH_URL says where Meta's API is, and stands above this")
		f.field.Disable()
	}
	f.field.SetHelp(help, widget.Quiet)
	v.readVersion()
	return card(lang.X("settings.meta", "Meta"),
		widget.NewParagraph(lang.X("settings.version_text", "Meta keeps each version of its API for about two years. Choose another one when Meta ends this one before a newer Shopbell is here."), theme.TypeSmall, theme.Text2, 60),
		f.field)
}

// readVersion shows what was chosen, unless somebody is writing another one just now.
func (v *View) readVersion() {
	f := &v.version
	if f.field == nil || f.busy {
		return
	}
	was := f.now
	f.now, _, _ = v.p.GraphVersion()
	if f.field.Text() == was {
		f.field.SetText(f.now)
	}
	v.showVersionButton()
}

func (v *View) showVersionButton() {
	f := &v.version
	set(f.apply, !f.field.Disabled() && strings.TrimSpace(f.field.Text()) != f.now)
}

// setVersion keeps what was written.
func (v *View) setVersion() {
	f := &v.version
	if f.busy || f.field.Disabled() || strings.TrimSpace(f.field.Text()) == f.now {
		return
	}
	f.busy = true
	f.apply.SetBusy(lang.X("settings.version_keeping", "Keeping…"))
	wanted := f.field.Text()
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		err := v.p.SetGraphVersion(ctx, wanted)
		return func() {
			f.busy = false
			f.apply.SetIdle()
			if err != nil {
				f.field.SetWrong(wrongWords(err))
				f.field.Focus()
				return
			}
			now, byDefault, _ := v.p.GraphVersion()
			f.now = now
			f.field.SetText(now)
			v.showVersionButton()
			if now == "" {
				now = byDefault
			}
			v.sh.Toasts(shell.Toast{Text: lang.X("settings.version_now", "Meta's API {{.V}} is used from now on", map[string]any{"V": now}), Good: true})
		}, nil
	}, nil)
}
