package templates

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// bannerState is what the banner says; it is drawn anew when that changes.
type bannerState struct {
	tone       widget.Tone
	lead, text string
	mend       string
}

// adviceOf says in plain words how a template stands and what to do.
func adviceOf(t app.Template) app.Advice {
	s := t.Status()
	if s == app.TemplateRejected {
		return rejectionAdvice(t.Reason)
	}
	return statusAdvice(s)
}

// editable tells whether a template that Meta has may be taken back to be edited (Meta: Templates › Edit: approved, rejected or paused ones).
func editable(t app.Template) bool {
	if t.Draft || t.Archived {
		return false
	}
	switch t.Status() {
	case app.TemplateApproved, app.TemplateRejected, app.TemplatePaused, app.TemplateFlagged, app.TemplateGone, app.TemplateDeleted:
		return true
	}
	return false
}

// locked tells whether what goes to Meta can't be changed now, and why.
func (e *editor) locked() (bool, string) {
	if e.m == nil {
		return true, ""
	}
	t := e.m.now
	switch {
	case !e.v.admin():
		return true, lang.X("templates.locked_staff", "Only an admin changes templates")
	case t.Archived:
		return true, lang.X("templates.locked_archived", "It is archived")
	case e.v.work.submitting(t.ID):
		return true, lang.X("templates.locked_busy", "It is on its way to Meta")
	case t.Submission != nil && t.Submission.State == app.SubmitUnknown:
		return true, lang.X("templates.locked_doubt", "Nobody knows yet whether Meta has it")
	case t.Draft, t.MetaID == "":
		return false, ""
	}
	return true, adviceOf(t).Title
}

// tell brings the banner up to date.
func (e *editor) tell(t app.Template) {
	s, icon, buttons := e.bannerOf(t)
	if s == e.told {
		return
	}
	e.told = s
	e.banner.Objects = nil
	if s.lead != "" {
		e.banner.Objects = []fyne.CanvasObject{bannerObject(s, icon, buttons()), widget.NewLine()}
	}
	e.whole.Refresh()
}

func (e *editor) bannerOf(t app.Template) (s bannerState, icon string, buttons func() []*widget.Button) {
	v := e.v
	a := adviceOf(t)
	button := func(words string, do func()) func() []*widget.Button {
		s.mend = words
		return func() []*widget.Button { return []*widget.Button{widget.NewButton(widget.Plain, words, "", do)} }
	}
	none := func() []*widget.Button { return nil }
	edit := lang.X("templates.edit", "Edit")
	warn := func(tone widget.Tone, lead, text string) { s.tone, s.lead, s.text = tone, lead, text }
	switch {
	case v.work.submitting(t.ID):
		return s, "", none // the progress says it
	case t.Conflict != nil && t.Conflict.Kind == app.ConflictSameName:
		warn(widget.Warn, lang.X("templates.same_name", "Meta has a template of this name"), lang.X("templates.same_name_text", "It is not linked to this one. Link them, or give this one another name."))
		return s, "copy", button(lang.X("templates.decide", "Decide…"), v.Decide)
	case t.Conflict != nil:
		warn(widget.Warn, lang.X("templates.diverged", "Edited here and at Meta"), lang.X("templates.diverged_text", "Compare the two and choose the one that is right."))
		return s, "copy", button(lang.X("templates.compare", "Compare…"), v.Decide)
	case t.Archived:
		warn(widget.Quiet, lang.X("templates.is_archived", "Archived"), lang.X("templates.is_archived_text", "It is out of sight and not offered to anybody."))
		return s, "file", button(archiveWords(true), func() { v.archive(t.ID, t.Name, false) })
	case t.Submission != nil && t.Submission.State == app.SubmitUnknown:
		warn(widget.Warn, lang.X("templates.in_doubt", "Meta's answer never came"), cmp.Or(t.Submission.Reason, lang.X("templates.in_doubt_text", "Shopbell asks Meta whether it has the template; until then it is not sent again.")))
		return s, "clock", button(lang.X("templates.ask_again", "Ask now"), v.syncOne)
	case t.Submission != nil && t.Submission.State == app.SubmitCut:
		warn(widget.Warn, lang.X("templates.cut", "The submission was cut off"), cmp.Or(t.Submission.Reason, lang.X("templates.cut_text", "What was uploaded is kept; it goes on where it stopped.")))
		return s, "upload", button(lang.X("templates.go_on", "Go on"), v.Submit)
	case t.CorrectCategory != "" && t.CorrectCategory != t.Document.Category:
		warn(widget.Warn, lang.X("templates.will_move", "Meta plans to make it {{.Category}}", map[string]any{"Category": categoryName(t.CorrectCategory)}),
			lang.X("templates.will_move_text", "Messages will then cost what that category costs. Take out what sells, or choose the category yourself."))
		return s, "coins", button(edit, v.Edit)
	case t.PreviousCategory != "" && t.PreviousCategory != t.Document.Category:
		warn(widget.Warn, lang.X("templates.moved", "Meta made it {{.Category}}", map[string]any{"Category": categoryName(t.Document.Category)}),
			lang.X("templates.moved_text", "It was {{.Before}} before; messages now cost what the new category costs.", map[string]any{"Before": categoryName(t.PreviousCategory)}))
		return s, "coins", none
	case t.Draft && t.Linked():
		if t.MetaStatus == app.TemplateRejected {
			r := rejectionAdvice(t.Reason)
			warn(widget.Bad, lang.X("templates.was_rejected", "Rejected: {{.Why}}", map[string]any{"Why": r.Title}), r.Plain+" "+r.Mend)
			return s, "alert", none
		}
		warn(widget.Accent, lang.X("templates.editing", "You are editing a template that Meta has"), lang.X("templates.editing_text", "Meta's version stays as it is until you submit this one. Name and language stay; an approved one keeps its category."))
		return s, "edit", button(lang.X("templates.discard", "Discard changes"), v.discard)
	}
	if t.Draft || t.MetaID == "" {
		return s, "", none
	}
	text := a.Plain
	if a.Mend != "" {
		text += " " + a.Mend
	}
	if t.Notice.Text != "" {
		text += " " + t.Notice.Text
	}
	if !t.Notice.DisableAt.IsZero() {
		text += " " + lang.X("templates.disable_at", "It will be disabled {{.When}}.", map[string]any{"When": when.Moment(t.Notice.DisableAt, v.sh.Now())})
	}
	switch t.Status() {
	case app.TemplateRejected:
		warn(widget.Bad, lang.X("templates.was_rejected", "Rejected: {{.Why}}", map[string]any{"Why": a.Title}), text)
		return s, "alert", button(edit, v.Edit)
	case app.TemplatePaused, app.TemplateFlagged:
		warn(widget.Warn, a.Title, text)
		return s, "pause", button(edit, v.Edit)
	case app.TemplateDisabled, app.TemplateDeleted:
		warn(widget.Bad, a.Title, text)
		return s, "stop", button(lang.X("templates.make_copy", "Make a copy"), func() { v.copy(t.ID, "") })
	case app.TemplateGone:
		warn(widget.Warn, a.Title, text)
		return s, "trash", button(edit, v.Edit)
	case app.TemplateLimitExceeded, app.TemplateLocked, app.TemplateArchived, app.TemplatePendingDeletion:
		warn(widget.Warn, a.Title, text)
		return s, "warn", none
	case app.TemplatePending, app.TemplateInAppeal:
		warn(widget.Accent, a.Title, text)
		return s, "clock", button(lang.X("templates.ask_again", "Ask now"), v.syncOne)
	case app.TemplateApproved:
		return s, "", none
	}
	warn(widget.Quiet, a.Title, text)
	return s, "info", none
}

// bannerObject draws a banner whose words wrap: a reason is never cut short.
func bannerObject(s bannerState, icon string, buttons []*widget.Button) fyne.CanvasObject {
	ground, letters := toneColours(s.tone)
	row := layout.Row(theme.Space3, widget.NewIcon(icon, 20, letters), layout.Grow(layout.Column(2,
		widget.NewBold(s.lead, theme.TypeSmall, letters).Shrinking(), widget.NewParagraph(s.text, theme.TypeSmall, theme.Text, 120))))
	for _, b := range buttons {
		row.Add(b.Sized(widget.Small))
	}
	return layout.Over(widget.NewGround(ground, "", 0), layout.Pad(10, 16, 10, 20, row))
}

func toneColours(t widget.Tone) (ground, letters fyne.ThemeColorName) {
	switch t {
	case widget.Accent:
		return theme.AccentSoft, theme.Accent
	case widget.Warn:
		return theme.WarnSoft, theme.Warn
	case widget.Bad:
		return theme.DangerSoft, theme.Danger
	case widget.Ok:
		return theme.OkSoft, theme.Ok
	}
	return theme.Chip, theme.Text2
}
