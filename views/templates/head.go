package templates

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// head is the strip above the form: what the template is called, how it stands, and what can be done with it.
type head struct {
	e       *editor
	object  fyne.CanvasObject
	back    *widget.Button
	title   *widget.Text
	chip    *widget.StatusChip
	saved   *widget.Text
	preview *widget.Button
	sync    *widget.Button
	submit  *widget.Button
	more    *widget.Button
	row     *fyne.Container
}

func newHead(e *editor) *head {
	h := &head{e: e}
	h.back = widget.NewIconButton("left", lang.X("templates.back", "Back to the list"), func() { e.flush(func() { e.v.panes.front(false) }) })
	h.back.Hide()
	h.title = widget.NewBold("", theme.TypePage, theme.Text).Shrinking()
	h.chip = widget.NewStatusChip("", "")
	h.saved = widget.NewText("", theme.TypeCaption, theme.Text3).Shrinking()
	h.preview = widget.NewButton(widget.Plain, lang.X("templates.preview", "Preview"), "eye", e.v.TogglePreview)
	h.preview.Hide()
	h.sync = widget.NewButton(widget.Plain, lang.X("templates.sync", "Sync"), "retry", e.v.syncOne)
	h.submit = widget.NewButton(widget.Main, lang.X("templates.submit", "Submit for approval"), "", e.v.Submit)
	h.more = widget.NewIconButton("more", lang.X("templates.more", "More"), h.menu)
	h.row = &fyne.Container{Layout: headRow{h}, Objects: []fyne.CanvasObject{h.back, h.title, h.chip, h.saved, h.preview, h.sync, h.submit, h.more}}
	h.object = layout.Exactly(0, theme.HeightHeader-1, h.row)
	return h
}

// show draws how the template stands.
func (h *head) show(t app.Template) {
	name := t.Name
	if name == "" {
		name = lang.X("templates.untitled", "Untitled")
	}
	h.title.SetText(name)
	status := string(t.Status())
	switch {
	case h.e.v.work.submitting(t.ID):
		status = "UPLOADING"
	case t.Conflict != nil:
		status = "CONFLICT"
	case t.Archived:
		status = "ARCHIVED"
	}
	h.chip.Set(status, adviceOf(t).Plain)
	h.saved.SetText(h.usedAndSaved(t))
	can := h.e.v.admin()
	locked, _ := h.e.locked()
	switch {
	case !can:
		h.submit.Hide()
		h.sync.Hide()
	case locked && editable(t):
		h.submit.SetText(lang.X("templates.edit", "Edit"))
		h.submit.Show()
	case locked:
		h.submit.Hide()
	default:
		h.submit.SetText(lang.X("templates.submit", "Submit for approval"))
		h.submit.Show()
	}
	layout.SetVisible(h.sync, can && t.Linked())
	h.row.Refresh()
}

// usedAndSaved says how often the template was sent and whether what stands here is kept.
func (h *head) usedAndSaved(t app.Template) string {
	r, _ := h.e.v.list.get(t.ID)
	words := []string{}
	if r.used > 0 {
		words = append(words, usedWords(r.used))
	}
	if s := h.savedWords(); s != "" {
		words = append(words, s)
	}
	return strings.Join(words, " · ")
}

// savedWords says whether what stands here is kept.
func (h *head) savedWords() string {
	switch {
	case h.e.save.err != nil:
		return lang.X("templates.unsaved", "Not saved")
	case h.e.m.dirty():
		return lang.X("templates.saving", "Saving…")
	case h.e.m.version > 0:
		return lang.X("templates.saved", "Saved")
	}
	return ""
}

func (h *head) placed(p places) {
	layout.SetVisible(h.back, p.turns)
	layout.SetVisible(h.preview, p.phone == 0 || p.over)
	h.preview.SetOn(p.over)
	preview, sync := lang.X("templates.preview", "Preview"), lang.X("templates.sync", "Sync")
	h.preview.WithHint(preview)
	h.sync.WithHint(sync)
	if p.editor < headWide { // their icons say it too
		preview, sync = "", ""
	}
	h.preview.SetText(preview)
	h.sync.SetText(sync)
	h.row.Refresh()
}

// headWide is how wide the head must be for all its buttons to have words.
const headWide float32 = 640

// menu is what else can be done.
func (h *head) menu() {
	e, v := h.e, h.e.v
	if e.m == nil {
		return
	}
	t := e.m.now
	var items []*fyne.MenuItem
	add := func(words string, on bool, do func()) {
		item := fyne.NewMenuItem(words, do)
		item.Disabled = !on
		items = append(items, item)
	}
	admin := v.admin()
	if p := v.panes.now; p.phone == 0 || p.over {
		add(lang.X("templates.preview", "Preview"), true, v.TogglePreview)
	}
	add(lang.X("templates.copy", "Copy"), admin, func() { v.copy(t.ID, "") })
	add(lang.X("templates.new_language", "New language…"), admin, v.NewLanguage)
	if len(v.group(t)) > 1 {
		add(lang.X("language.beside", "Side by side"), true, v.Beside)
	}
	add(lang.X("templates.versions", "Versions…"), true, v.Versions)
	add(lang.X("templates.technical_name", "Name at Meta…"), admin && e.renameable(), v.Technical)
	items = append(items, fyne.NewMenuItemSeparator())
	locked, _ := e.locked()
	add(lang.X("templates.undo", "Undo"), len(e.m.undo) > 0, e.undo)
	add(lang.X("templates.redo", "Redo"), len(e.m.redo) > 0, e.redo)
	add(lang.X("templates.reset", "Reset to draft"), admin && locked && editable(t), v.ResetToDraft)
	add(lang.X("templates.sync_all", "Sync all"), admin, v.SyncAll)
	items = append(items, fyne.NewMenuItemSeparator())
	add(archiveWords(t.Archived), admin, func() { v.archive(t.ID, t.Name, !t.Archived) })
	add(lang.X("templates.delete", "Delete…"), admin, func() { v.askDelete(t.ID) })
	at := v.sh.App.Driver().AbsolutePositionForObject(h.more).AddXY(0, h.more.Size().Height+4)
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), v.sh.Window.Canvas(), at)
}

// headRow gives the title what the buttons leave; where that is little, words go before buttons do.
type headRow struct{ h *head }

// MinSize is for Fyne.
func (headRow) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, theme.HeightHeader-1) }

// Layout is for Fyne.
func (l headRow) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	h := l.h
	const gap = theme.Space2
	mid := func(o fyne.CanvasObject, x, w float32) {
		m := o.MinSize()
		layout.Place(o, x, (size.Height-m.Height)/2, w, m.Height)
	}
	x, end := theme.Space5, size.Width-14
	if h.back.Visible() {
		mid(h.back, 8, 36)
		x = 48
	}
	for _, b := range []*widget.Button{h.more, h.submit, h.sync, h.preview} {
		if !b.Visible() {
			continue
		}
		w := b.MinSize().Width
		end -= w
		mid(b, end, w)
		end -= gap
	}
	room := end - x - 4
	chip := min(h.chip.MinSize().Width, room*0.5)
	saved := h.savedWidth()
	title := h.titleWidth()
	if title+chip+10+saved+10 > room {
		saved = 0
	}
	title = min(title, room-chip-10)
	mid(h.title, x, title)
	mid(h.chip, x+title+4, chip)
	layout.SetVisible(h.saved, saved > 0)
	mid(h.saved, x+title+chip+14, saved)
}

func (h *head) titleWidth() float32 {
	return fyne.MeasureText(h.title.Text(), theme.TypePage.Size, fyne.TextStyle{Bold: true}).Width + 8
}

func (h *head) savedWidth() float32 {
	if h.saved.Text() == "" {
		return 0
	}
	return fyne.MeasureText(h.saved.Text(), theme.TypeCaption.Size, fyne.TextStyle{}).Width + 2
}
