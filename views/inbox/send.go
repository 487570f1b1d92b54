package inbox

import (
	"context"
	"crypto/rand"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/inbox"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// send queues what was written. The text leaves the composer once it is on disk; the message itself comes in through the feed.
func (t *thread) send(mode widget.Mode, text string) {
	if t.sending || t.conv.ID == 0 {
		return
	}
	t.sending, t.follow = true, true
	id, quote := t.conv.ID, t.quoting.message.Wamid
	if t.wish.text != text || t.wish.conversation != id {
		t.wish = wish{conversation: id, text: text, key: rand.Text()} // the same text sent again after a failure is the same wish
	}
	key := t.wish.key
	t.v.sh.Async(t.v.sh.Base, func(ctx context.Context) (func(), error) {
		var err error
		if mode == widget.ModeNote {
			_, err = t.v.inbox.AddNote(ctx, id, t.v.staff, text)
		} else {
			_, err = t.v.inbox.SendText(ctx, inbox.Reply{Conversation: id, Staff: t.v.staff, Text: text, Quote: quote, ClientKey: key})
		}
		return func() { t.sent(id, mode, text) }, err
	}, func(err error) { t.unsent(id, err) })
}

// wish is what somebody wants sent; it keeps its key until it was.
type wish struct {
	conversation app.ID
	text, key    string
}

func (t *thread) sent(id app.ID, mode widget.Mode, text string) {
	t.wish = wish{}
	if mode == widget.ModeNote {
		t.drafts.note(id, "")
	} else {
		t.drafts.forget(id)
		t.keepDraft(id, "")
	}
	if t.conv.ID != id {
		return
	}
	t.sending = false
	t.held = false
	t.quoting.set(app.Message{}, "")
	if t.composer.Mode() == mode {
		rest := strings.TrimPrefix(strings.TrimLeft(t.composer.Text(), " \n"), text)
		rest = strings.TrimLeft(rest, " \n")
		t.composer.SetText(rest)
	}
	t.refresh()
}

func (t *thread) unsent(id app.ID, err error) {
	if t.conv.ID == id {
		t.sending, t.follow = false, false
		t.tick()
	}
	t.v.sh.Layers.Problem(err)
}

// typed keeps what is being written.
func (t *thread) typed(mode widget.Mode, text string) {
	if t.conv.ID == 0 || t.quiet {
		return
	}
	if mode == widget.ModeNote {
		t.drafts.note(t.conv.ID, text)
		return
	}
	if strings.TrimSpace(text) == "" {
		text = ""
	}
	if text != t.conv.Draft || t.drafts.waits == t.conv.ID {
		t.reply = text
		t.drafts.reply(t.conv.ID, text)
	}
}

// turned exchanges reply and note, each with its own text, so that a note never becomes an answer by a slip.
func (t *thread) turned(mode widget.Mode) {
	t.quiet = true
	defer func() { t.quiet = false }()
	if mode == widget.ModeNote {
		t.reply = t.composer.Text()
		t.composer.SetText(t.drafts.notes[t.conv.ID])
		return
	}
	t.composer.SetText(t.reply)
}

func (t *thread) write(note bool) {
	mode := widget.ModeReply
	if note {
		mode = widget.ModeNote
	}
	if t.composer.Mode() != mode {
		t.composer.SetMode(mode)
		t.turned(mode)
	}
	t.composer.Focus()
}

func (t *thread) keepDraft(id app.ID, text string) {
	if t.conv.ID == id {
		if t.conv.Draft == text {
			return
		}
		t.conv.Draft = text
	}
	t.v.sh.Async(t.v.sh.Base, func(ctx context.Context) (func(), error) {
		return nil, t.v.inbox.SetDraft(ctx, id, text)
	}, func(error) {
		t.v.sh.Toasts(shell.Toast{Text: lang.X("draft.failed", "The draft could not be kept"), Bad: true})
	})
}

// key sees the composer's keys first.
func (t *thread) key(name fyne.KeyName, text string) bool {
	if name != fyne.KeyEscape {
		return false
	}
	if t.quoting.message.ID != 0 {
		t.quoting.set(app.Message{}, "")
		return true
	}
	if t.v.over {
		t.v.TogglePanel()
		return true
	}
	t.v.FocusList()
	return true
}

// mend does what the button below a message says.
func (t *thread) mend(id int64) {
	m, ok := t.msgs[id]
	if !ok {
		return
	}
	switch m.Status {
	case app.StatusQueued:
		t.takeBack(m.ID)
		return
	case app.StatusUnknown:
		shell.AskUnknown(t.v.sh, func() { t.reached(m.ID) }, func() { t.resend(m.ID) })
		return
	}
	t.resend(m.ID)
}

func (t *thread) resend(message app.ID) {
	t.v.sh.Async(t.v.sh.Base, func(ctx context.Context) (func(), error) {
		s, err := t.v.outbox.SendOfMessage(ctx, message)
		if err != nil {
			return nil, err
		}
		_, err = t.v.outbox.Resend(ctx, s.ID)
		return func() { t.v.sh.Say(lang.X("outbox.resent", "It is sent again")) }, err
	}, t.v.sh.Layers.Problem)
}

// reached takes a person's word that a message reached the customer.
func (t *thread) reached(message app.ID) {
	t.v.sh.Async(t.v.sh.Base, func(ctx context.Context) (func(), error) {
		s, err := t.v.outbox.SendOfMessage(ctx, message)
		if err != nil {
			return nil, err
		}
		err = t.v.outbox.Arrived(ctx, s.ID)
		return func() { t.v.sh.Say(lang.X("outbox.arrived", "It counts as sent")) }, err
	}, t.v.sh.Layers.Problem)
}

func (t *thread) takeBack(message app.ID) {
	t.v.sh.Async(t.v.sh.Base, func(ctx context.Context) (func(), error) {
		s, err := t.v.outbox.SendOfMessage(ctx, message)
		if err != nil {
			return nil, err
		}
		err = t.v.outbox.Cancel(ctx, s.ID)
		return func() { t.v.sh.Say(lang.X("outbox.withdrawn", "It will not be sent")) }, err
	}, t.v.sh.Layers.Problem)
}

// quote begins an answer to one message.
func (t *thread) quote(m app.Message) {
	p := t.people()
	it := widget.Message{}
	p.quotes = map[string]app.Message{m.Wamid: m}
	p.quote(&it, app.Message{ContextID: m.Wamid})
	t.quoting.set(m, it.Quote.Name+": "+it.Quote.Text)
	t.write(false)
}

// quoting is the strip above the composer that shows which message is answered.
type quoting struct {
	object  *fyne.Container
	message app.Message
	text    *widget.Text
	changed func()
}

func newQuoting(changed func()) *quoting {
	q := &quoting{text: widget.NewText("", theme.TypeSmall, theme.Text2).Shrinking(), changed: changed}
	away := widget.NewIconButton("x", lang.X("quote.away", "Do not quote"), func() { q.set(app.Message{}, "") }).Sized(widget.Small)
	q.object = layout.Over(widget.NewGround(theme.Pane, "", 0), layout.Column(0, widget.NewLine(), layout.Pad(8, 12, 0, 12, layout.AtMost(theme.WidthThreadColumn,
		layout.Over(widget.NewGround(theme.AccentSoft2, "", theme.RadiusControl), layout.Pad(3, 4, 3, 12, layout.Row(theme.Space2, widget.NewIcon("reply", 16, theme.Accent), layout.Grow(q.text), away)))))))
	q.object.Hide()
	return q
}

func (q *quoting) set(m app.Message, words string) {
	q.message = m
	q.text.SetText(words)
	if m.ID == 0 {
		q.object.Hide()
	} else {
		q.object.Show()
	}
	q.changed()
}
