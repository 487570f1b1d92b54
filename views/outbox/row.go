package outbox

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

const rowHeight float32 = 64

// row is one message of the list.
type row struct {
	fynewidget.BaseWidget
	avatar          *widget.Avatar
	name, who, text *widget.Text
	why             *widget.Text
	time            *widget.Text
	state           *widget.Pill
	do, open        *widget.Button
	send            app.Send
	content         *fyne.Container
	narrow, tiny    bool
}

func (v *View) newRow() fyne.CanvasObject {
	r := &row{
		avatar: widget.NewAvatar("", "", 36), name: widget.NewBold("", theme.TypeSmall, theme.Text).Shrinking(), who: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking(),
		text: widget.NewText("", theme.TypeSmall, theme.Text).Shrinking(), why: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking(),
		time: widget.NewText("", theme.TypeCaption, theme.Text2).Aligned(fyne.TextAlignTrailing), state: widget.NewSmallPill("", "", widget.Quiet),
	}
	r.do = widget.NewButton(widget.Plain, "", "", func() { v.press(r.send) }).Sized(widget.Small)
	r.open = widget.NewIconButton("inbox", lang.X("outbox.open", "Open the conversation"), func() { v.open(r.send.ConversationID) }).Sized(widget.Small)
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is for Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	r.content = layout.Over()
	r.arrange()
	return fynewidget.NewSimpleRenderer(r.content)
}

// narrowBelow is the width under which a row leaves the time and the way to the conversation out, so that the message is still seen.
const narrowBelow float32 = 660

// tinyBelow is the width under which the name stands above the message and the button below the state.
const tinyBelow float32 = 440

// Resize chooses the columns that there is room for.
func (r *row) Resize(size fyne.Size) {
	if narrow, tiny := size.Width < narrowBelow, size.Width < tinyBelow; narrow != r.narrow || tiny != r.tiny {
		r.narrow, r.tiny = narrow, tiny
		r.arrange()
	}
	r.BaseWidget.Resize(size)
}

func (r *row) arrange() {
	if r.content == nil {
		return
	}
	if r.tiny {
		r.hold(layout.Row(theme.Space3, r.avatar,
			layout.Grow(layout.Column(0, r.name, r.text, r.why)),
			layout.Column(2, layout.Row(0, layout.Gap(), r.state), layout.Row(0, layout.Gap(), r.do))))
		return
	}
	name, button := float32(150), float32(104)
	if r.narrow {
		name = 110
		if !r.do.Visible() {
			button = 1
		}
	}
	cells := layout.Row(theme.Space3,
		r.avatar,
		layout.Exactly(name, 0, layout.Column(0, r.name, r.who)),
		layout.Grow(layout.Column(0, r.text, r.why)))
	if !r.narrow {
		cells.Add(layout.Exactly(76, 0, r.time))
	}
	cells.Add(layout.Exactly(104, 0, layout.Row(0, layout.Gap(), r.state)))
	cells.Add(layout.Exactly(button, 0, layout.Row(0, layout.Gap(), r.do)))
	if !r.narrow {
		cells.Add(r.open)
	}
	r.hold(cells)
}

// hold puts the cells into the row.
func (r *row) hold(cells fyne.CanvasObject) {
	r.content.Objects = []fyne.CanvasObject{layout.Column(0, layout.Grow(layout.Pad(0, theme.Space3, 0, theme.Space4, cells)), widget.NewLine())}
	r.content.Refresh()
}

// MinSize is that of a row.
func (r *row) MinSize() fyne.Size { return fyne.NewSize(300, rowHeight) }

func (v *View) paint(i fynewidget.ListItemID, o fyne.CanvasObject) {
	r, ok := o.(*row)
	if !ok || i < 0 || i >= len(v.rows) {
		return
	}
	if v.nearEnd(i) {
		v.sh.Later(v.more)
	}
	s := v.rows[i]
	r.send = s
	name := s.ContactName
	if name == "" {
		name = app.FormatPhone(s.To)
	}
	r.avatar.Set(name, cmp.Or(app.PhoneKey(s.To), s.Recipient))
	r.name.SetText(name)
	r.who.SetText(v.names[s.AccountID])
	r.text.SetText(s.Text)
	at := s.UpdatedAt
	if at.IsZero() {
		at = s.CreatedAt
	}
	r.time.SetText(when.Row(at, v.sh.Now()))
	words, icon, tone := stateWords(s.State)
	r.state.Set(words, icon, tone)
	if why := v.why(s); why == "" {
		r.why.Hide()
	} else {
		r.why.SetText(why)
		r.why.Show()
	}
	button := action(s.State)
	if button == "" {
		r.do.Hide()
	} else {
		r.do.SetText(button)
		r.do.Show()
	}
	if r.narrow {
		r.arrange() // a row without a button leaves its room to the message
	} else if r.content != nil {
		r.content.Refresh()
	}
}

// why says in words what stands behind the state of a row.
func (v *View) why(s app.Send) string {
	switch s.State {
	case app.SendFailed:
		plain, mend := v.sh.Failure(s.Failure)
		if mend != "" {
			return plain + " " + mend
		}
		return plain
	case app.SendUnknown:
		return lang.X("outbox.unknown_why", "Meta's answer never came, so it may have arrived.")
	case app.SendQueued:
		if s.Failure != nil {
			plain, _ := v.sh.Failure(s.Failure)
			return lang.X("outbox.retry_why", "{{.Why}} It is tried again by itself.", map[string]any{"Why": plain})
		}
	}
	return ""
}

// stateWords is how a state is written, drawn and coloured.
func stateWords(s app.SendState) (words, icon string, tone widget.Tone) {
	switch s {
	case app.SendQueued:
		return lang.X("send.queued", "Waiting"), "clock", widget.Quiet
	case app.SendHeld:
		return lang.X("send.held", "Held"), "pause", widget.Quiet
	case app.SendClaimed, app.SendSending:
		return lang.X("send.sending", "Sending"), "", widget.Accent
	case app.SendUnknown:
		return lang.X("send.unknown", "Not known"), "warn", widget.Warn
	case app.SendAccepted:
		return lang.X("send.accepted", "Sent"), "check", widget.Ok
	case app.SendFailed:
		return lang.X("send.failed", "Failed"), "alert", widget.Bad
	case app.SendCancelled:
		return lang.X("send.cancelled", "Taken back"), "x", widget.Quiet
	}
	return string(s), "", widget.Quiet
}

// action is the word on the button that mends a row; "" for none.
func action(s app.SendState) string {
	switch s {
	case app.SendFailed, app.SendCancelled:
		return lang.X("outbox.resend", "Send again")
	case app.SendUnknown:
		return lang.X("outbox.decide", "Decide…")
	case app.SendQueued:
		return lang.X("outbox.cancel", "Take back")
	}
	return ""
}

func (v *View) press(s app.Send) {
	switch s.State {
	case app.SendFailed, app.SendCancelled:
		v.resend(s.ID)
	case app.SendUnknown:
		v.decide(s.ID)
	case app.SendQueued:
		v.withdraw(s.ID)
	}
}
