package records

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// sidePane is what lies around a record: its conversation and what was sent from it.
type sidePane struct {
	f      *formPane
	object *fyne.Container
	asked  int
}

// sendsMost is how many sends a record shows.
const sendsMost = 20

func newSidePane(f *formPane) *sidePane {
	return &sidePane{f: f, object: layout.Column(theme.Space2)}
}

// read reads both.
func (s *sidePane) read() {
	s.asked++
	mine, v, ref := s.asked, s.f.v, s.f.ref
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		talks, err := v.p.Kept.Conversations(ctx, ref)
		if err != nil {
			return nil, err
		}
		sends, err := v.p.Kept.Sends(ctx, ref, sendsMost)
		return func() {
			if mine == s.asked {
				s.show(talks, sends)
			}
		}, err
	}, func(err error) {
		if mine == s.asked {
			s.object.Objects = []fyne.CanvasObject{widget.NewText(shell.WordsOf(err).Message, theme.TypeSmall, theme.Danger).Shrinking()}
			s.object.Refresh()
		}
	})
}

func (s *sidePane) show(talks []app.Conversation, sends []app.RecordSend) {
	v := s.f.v
	now := v.sh.Now().In(v.p.Zone)
	head := func(words string) fyne.CanvasObject {
		return layout.Pad(theme.Space2, 0, 0, 0, widget.NewBold(words, theme.TypeSmall, theme.Text2))
	}
	s.object.Objects = []fyne.CanvasObject{widget.NewLine()}
	if len(talks) > 0 {
		s.object.Add(head(lang.X("records.conversation", "Conversation")))
		for _, c := range talks {
			text := c.LastText
			if text == "" {
				text = lang.X("records.talk", "No words yet")
			}
			s.object.Add(layout.Row(theme.Space2, layout.Grow(layout.Column(0,
				widget.NewText(text, theme.TypeSmall, theme.Text).Shrinking(),
				widget.NewText(when.Row(c.LastAt, now)+" · "+when.Left(c.LastInbound, now), theme.TypeCaption, theme.Text2).Shrinking())),
				widget.NewButton(widget.Plain, lang.X("records.open", "Open"), "", func() { v.sh.OpenConversation(c.ID) }).Sized(widget.Small)))
		}
	}
	s.object.Add(head(lang.X("records.sends", "Sent from here")))
	if len(sends) == 0 {
		s.object.Add(widget.NewText(lang.X("records.no_sends", "Nothing yet"), theme.TypeSmall, theme.Text2))
	}
	for _, r := range sends {
		s.object.Add(s.send(r, now))
	}
	if s.f.typ.Phone != "" {
		s.object.Add(layout.Row(0, widget.NewButton(widget.Plain, lang.X("records.send_template", "Send a template…"), "send", func() {
			v.sh.SendTo(shell.SendTarget{Type: s.f.ref.Type, Records: []string{s.f.ref.ID}})
		}).Sized(widget.Small)))
	}
	s.object.Refresh()
	s.f.body.Refresh()
	s.f.scroll.Refresh()
}

func (s *sidePane) send(r app.RecordSend, now time.Time) fyne.CanvasObject {
	v := s.f.v
	name := r.Template
	if name == "" {
		name = lang.X("records.a_message", "A message")
	}
	words, tone := sendWords(r)
	second := when.Moment(r.At, now)
	lines := layout.Column(0, widget.NewText(name, theme.TypeSmall, theme.Text).Shrinking(), widget.NewText(second, theme.TypeCaption, theme.Text2).Shrinking())
	if r.State == app.SendFailed || r.Status == app.StatusFailed {
		plain, _ := v.sh.Failure(r.Failure)
		lines.Add(widget.NewParagraph(plain, theme.TypeCaption, theme.Danger, 120))
	}
	row := layout.Row(theme.Space2, layout.Grow(lines), widget.NewSmallPill(words, "", tone))
	if r.Conversation != 0 {
		row.Add(widget.NewIconButton("right", lang.X("records.see", "See it in the conversation"), func() { v.sh.OpenConversation(r.Conversation) }).Sized(widget.Small))
	}
	return row
}

// sendWords says how far a message has come.
func sendWords(r app.RecordSend) (string, widget.Tone) {
	switch r.Status {
	case app.StatusRead, app.StatusPlayed:
		return lang.X("records.send_read", "Read"), widget.Ok
	case app.StatusDelivered:
		return lang.X("records.send_delivered", "Delivered"), widget.Ok
	case app.StatusSent:
		return lang.X("records.send_sent", "Sent"), widget.Ok
	}
	switch r.State {
	case app.SendFailed:
		return lang.X("records.send_failed", "Failed"), widget.Bad
	case app.SendUnknown:
		return lang.X("records.send_unknown", "Not known"), widget.Warn
	case app.SendCancelled:
		return lang.X("records.send_cancelled", "Cancelled"), widget.Quiet
	case app.SendHeld:
		return lang.X("records.send_held", "Paused"), widget.Quiet
	case app.SendAccepted:
		if r.Status == app.StatusFailed {
			return lang.X("records.send_failed", "Failed"), widget.Bad
		}
		return lang.X("records.send_sent", "Sent"), widget.Ok
	}
	return lang.X("records.send_queued", "Waiting"), widget.Accent
}
