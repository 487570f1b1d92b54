package inbox

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// head is the line above the messages: who it is, how long there is to answer, and what can be done with the conversation.
type head struct {
	t      *thread
	object fyne.CanvasObject
	avatar *widget.Avatar
	name   *widget.Text
	below  *widget.Text
	window *widget.Pill
	refuse *widget.Pill // the customer opted out
	out    bool         // they did
	done   *widget.Button
	panel  *widget.Button
	back   *widget.Button
	narrow bool // there is no room for words on the buttons
	closed bool
}

// headNarrow is the width under which the head keeps its words for the name.
const headNarrow float32 = 440

// headLayout tells the head how much room it has.
type headLayout struct{ h *head }

// MinSize is for Fyne.
func (l headLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, objects[0].MinSize().Height)
}

// Layout is for Fyne.
func (l headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if narrow := size.Width < headNarrow; narrow != l.h.narrow {
		l.h.narrow = narrow
		l.h.word()
		l.h.optOut()
		l.h.tick(l.h.t.conv, l.h.t.v.sh.Now())
	}
	objects[0].Resize(size)
}

func newHead(t *thread) *head {
	h := &head{
		t: t, avatar: widget.NewAvatar("", "", 40), name: widget.NewBold("", theme.TypeThread, theme.Text).Shrinking(),
		below: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking(), window: widget.NewPill("", "", widget.Quiet), refuse: widget.NewPill("", "", widget.Warn),
	}
	h.refuse.Hide()
	h.done = widget.NewButton(widget.Plain, lang.X("inbox.mark_done", "Done"), "check", func() { t.v.ToggleDone() })
	h.panel = widget.NewIconButton("panel", t.v.sh.Hint(lang.X("command.panel", "Contact panel"), "view.panel"), func() { t.v.TogglePanel() })
	h.back = widget.NewIconButton("left", lang.X("inbox.back", "Back to the list"), func() { t.v.Choose(0) })
	h.back.Hide()
	h.object = &fyne.Container{Layout: headLayout{h}, Objects: []fyne.CanvasObject{layout.Exactly(0, theme.HeightHeader, layout.Over(widget.NewGround(theme.Pane, "", 0), layout.Column(0,
		layout.Grow(layout.Pad(0, 12, 0, 16, layout.Row(theme.Space3,
			h.back, h.avatar, layout.Grow(layout.Column(0, h.name, h.below)), h.refuse, h.window, h.done, h.panel))),
		widget.NewLine(),
	)))}}
	return h
}

func (h *head) show(c app.Conversation) {
	title := c.Contact.Title()
	h.avatar.Set(title, avatarKey(c))
	h.name.SetText(title)
	below := app.FormatPhone(c.Contact.Phone())
	if below == "" && c.Contact.Username() != "" {
		below = "@" + c.Contact.Username()
	}
	if account := h.t.v.accountName(c.AccountID); account != "" {
		if below != "" {
			below += " · "
		}
		below += account
	}
	h.below.SetText(below)
	h.closed = c.Closed
	h.out = c.Contact.OptOut
	h.optOut()
	h.word()
}

// optOut shows the badge of a customer who opted out: how far, where there is room for words.
func (h *head) optOut() {
	if !h.out {
		h.refuse.Hide()
		return
	}
	words := scopeWords(h.t.v.panel.optOut())
	if h.narrow {
		words = lang.X("head.opted_out", "Out")
	}
	h.refuse.Set(words, "stop", widget.Warn)
	h.refuse.Show()
}

// word writes what the button of the conversation does.
func (h *head) word() {
	words, icon := lang.X("inbox.mark_done", "Done"), "check"
	if h.closed {
		words, icon = lang.X("inbox.reopen", "Reopen"), "retry"
	}
	h.done.SetOn(h.closed)
	h.done.SetIcon(icon)
	h.done.WithHint(words)
	if h.narrow {
		words = ""
	}
	h.done.SetText(words)
}

// tick writes how much of the customer-service window is left.
func (h *head) tick(c app.Conversation, now time.Time) {
	state, left := app.Window(c.LastInbound, now)
	icon, tone := "clock", widget.Ok
	switch state {
	case app.WindowClosed:
		icon, tone = "lock", widget.Quiet
	case app.WindowEnding:
		tone = widget.Bad
	case app.WindowSoon:
		tone = widget.Warn
	}
	words := when.Left(c.LastInbound, now)
	if h.narrow {
		words = lang.X("window.closed", "closed")
		if state != app.WindowClosed {
			words = when.Span(max(left, time.Minute))
		}
	}
	h.window.Set(words, icon, tone)
}
