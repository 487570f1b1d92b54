package sending

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// sender is the foot of the panel: when, one to me, and send.
type sender struct {
	v      *Panel
	object *fyne.Container
	me     *widget.Button
	main   *widget.Button
	why    *widget.Paragraph
	said   string
	busy   bool
	trying bool // a copy is under way
}

func newSender(v *Panel) *sender {
	s := &sender{v: v}
	s.me = widget.NewButton(widget.Plain, lang.X("sending.to_me", "Send one to me"), "", s.toMe)
	s.main = widget.NewButton(widget.Main, lang.X("sending.send", "Send"), "send", s.press)
	s.why = widget.NewParagraph("", theme.TypeCaption, theme.Text2, 200)
	s.object = layout.Column(0, widget.NewLine(), layout.Pad(theme.Space3, theme.Space5, theme.Space3, theme.Space5,
		layout.Column(theme.Space2, v.when.object, s.why, layout.TallRow(theme.Space2, s.me, layout.Grow(s.main)))))
	return s
}

// from how many messages on a press is asked about.
const askFrom = 50

// show brings the button up to date with what would be sent.
func (s *sender) show() {
	if s.busy || !s.v.ready {
		return
	}
	r := s.v.check.report
	at, ok := s.v.when.at()
	words := lang.X("sending.send", "Send")
	switch {
	case s.v.who.one && !at.IsZero():
		words = lang.X("sending.schedule", "Schedule")
	case s.v.who.one || !s.v.check.ever:
	case !at.IsZero():
		words = lang.X("sending.schedule_n", "Schedule {{.N}} messages", map[string]any{"N": naming.Number(r.OK)})
	case r.OK == 1:
		words = lang.X("sending.send_1", "Send 1 message")
	default:
		words = lang.X("sending.send_n", "Send {{.N}} messages", map[string]any{"N": naming.Number(r.OK)})
	}
	s.main.SetText(words)
	why := s.reason(ok)
	if why == "" {
		s.main.WithHint("").Enable()
	} else {
		s.main.DisableFor(why)
	}
	said := why != "" && (s.v.check.have || s.v.choose.id() == 0)
	grown := said != s.why.Visible() || said && why != s.said
	s.said = why
	layout.SetVisible(s.why, said)
	s.why.SetText(why)
	if s.v.choose.id() == 0 {
		s.me.Disable()
	} else if !s.trying {
		s.me.Enable()
	}
	s.v.when.rate(r.OK)
	s.object.Refresh()
	if grown {
		s.v.column.Refresh()
	}
}

// reason says why it can't be sent now, "" when it can.
func (s *sender) reason(timeOK bool) string {
	v := s.v
	switch f := v.values.first(); {
	case v.choose.id() == 0:
		return lang.X("sending.choose_first", "Choose a template first.")
	case f != nil && f.field.Wrong() != "":
		return lang.X("sending.mend_first", "Mend the text for “{{.What}}”.", map[string]any{"What": f.label})
	case f != nil:
		return lang.X("sending.write_first", "Write the text for “{{.What}}”.", map[string]any{"What": f.label})
	case !v.check.have:
		return lang.X("sending.still_counting", "Still counting who will get it.")
	case v.check.report.OK == 0 && v.who.one && len(v.check.report.Rows) == 1 && v.check.report.Rows[0].Problem != nil:
		p := v.check.report.Rows[0].Problem
		return strings.TrimSpace(p.Plain + " " + p.Mend)
	case v.check.report.OK == 0:
		return lang.X("sending.none_goes", "None of them can be sent; the reasons are above.")
	case !timeOK:
		return lang.X("sending.time_first", "Choose a time to come.")
	}
	return ""
}

// press sends, after a question when it is much or costs.
func (s *sender) press() {
	at, ok := s.v.when.at()
	if s.busy || s.reason(ok) != "" {
		return
	}
	r := s.v.check.report
	if s.v.who.one || r.OK < askFrom && r.Estimate.Micros == 0 {
		s.send(at)
		return
	}
	n := map[string]any{"N": naming.Number(r.OK), "Cost": costWords(r.Estimate), "Template": s.v.choose.current.Name}
	title, text := lang.X("sending.ask", "Send {{.N}} messages?", n), lang.X("sending.ask_text", "“{{.Template}}” goes out at once. What has gone can’t be taken back; the rest can be paused in the Outbox.", n)
	if r.OK == 1 {
		title = lang.X("sending.ask_1", "Send 1 message?")
	}
	if !at.IsZero() {
		title = lang.X("sending.ask_later", "Schedule {{.N}} messages?", n)
		text = lang.X("sending.ask_later_text", "“{{.Template}}” goes out by itself at that time, as long as Shopbell runs then. Until then it can be cancelled in the Outbox.", n)
	}
	if r.Estimate.Micros > 0 {
		text += " " + lang.X("sending.ask_cost", "It will cost {{.Cost}} if everything is delivered.", n)
	}
	s.v.sh.Layers.Ask(title, text, s.main.Text(), false, func() { s.send(at) })
}

func (s *sender) send(at time.Time) {
	v := s.v
	if s.busy {
		return
	}
	s.busy = true
	s.main.SetBusy(lang.X("sending.sending", "Sending…"))
	job, ids, key := v.job(), v.who.ids, v.key
	single := v.who.one && at.IsZero()
	draft := broadcasts.Draft{Name: strings.TrimSpace(v.options.name.Text()), Job: job, Records: ids, Due: at}
	if v.who.one {
		draft.Name = v.choose.current.Name + ", " + v.who.who
	}
	v.sh.Async(v.ctx, func(ctx context.Context) (func(), error) {
		if single {
			m, _, err := v.p.Sending.Send(ctx, job, ids[0], key)
			return func() { s.went(m) }, err
		}
		b, err := v.p.Broadcasts.Create(ctx, draft)
		return func() { s.begun(b) }, err
	}, func(err error) {
		s.idle()
		v.sh.Layers.Problem(err)
		v.check.soon(0)
	})
}

func (s *sender) idle() {
	s.busy = false
	s.main.SetIdle()
	s.show()
}

// went shows the conversation that the message is in.
func (s *sender) went(m app.Message) {
	s.forget()
	s.v.sh.Toasts(shell.Toast{Text: lang.X("sending.went", "On its way to {{.Who}}", map[string]any{"Who": s.v.who.who}), Good: true})
	s.v.gone()
	s.v.sh.OpenConversation(m.ConversationID)
}

// begun shows the broadcast.
func (s *sender) begun(b app.Broadcast) {
	s.forget()
	words := lang.X("sending.begun", "The broadcast has begun")
	if !b.Due.IsZero() {
		words = lang.X("sending.scheduled", "The broadcast waits for its time")
	}
	s.v.sh.Toasts(shell.Toast{Text: words, Good: true})
	s.v.gone()
	s.v.sh.OpenBroadcast(b.ID)
}

// forget drops what was written: it has been sent.
func (s *sender) forget() {
	s.busy = false
	s.v.key = rand.Text()
	s.v.values.texts = nil
	clear(s.v.files.chosen)
}

func (v *Panel) phoneKey() string { return "send_phone." + idKey(v.p.Me.ID) }

// toMe sends what the preview shows to the person who works here.
func (s *sender) toMe() {
	if s.v.myPhone == "" {
		s.askPhone()
		return
	}
	s.copy()
}

// askPhone asks for the person's own number once.
func (s *sender) askPhone() {
	v := s.v
	field := widget.NewField(lang.X("sending.my_phone", "Your own WhatsApp number"), "+84 90 555 0122")
	var sheet *shell.Sheet
	done := func() {
		digits, err := app.ParsePhone(field.Text(), v.country)
		if err != nil {
			field.SetWrong(shell.WordsOf(err).Message)
			return
		}
		v.sh.Async(v.ctx, func(ctx context.Context) (func(), error) {
			return func() {
				v.myPhone = international(digits)
				sheet.Close()
				s.copy()
			}, v.keepPhone(ctx, digits)
		}, func(err error) { field.SetWrong(shell.WordsOf(err).Message) })
	}
	field.OnSubmitted = func(string) { done() }
	cancel := widget.NewButton(widget.Plain, lang.X("button.cancel", "Cancel"), "", func() { sheet.Close() })
	send := widget.NewButton(widget.Main, lang.X("sending.to_me", "Send one to me"), "", done)
	sheet = v.sh.Layers.Show(layout.Column(theme.Space3,
		widget.NewBold(lang.X("sending.to_me_title", "See it on your own phone"), theme.TypePage, theme.Text),
		shell.Paragraph(lang.X("sending.to_me_text", "You get the message that the preview shows. It costs what any message costs. The number is kept for the next time."), theme.Text2),
		field, layout.Row(theme.Space2, layout.Gap(), cancel, send)), 420, 0, nil)
	field.Focus()
}

// keepPhone keeps the person's number: with the person, where that can be.
func (v *Panel) keepPhone(ctx context.Context, digits string) error {
	if v.p.SaveMe == nil || v.p.Me.ID == 0 {
		return v.p.Settings.SetSetting(ctx, v.phoneKey(), digits)
	}
	me := v.p.Me
	me.Phone = digits
	return v.p.SaveMe(ctx, me)
}

// international writes digits with their plus, "" for none.
func international(phone string) string {
	if d := app.Digits(phone); d != "" {
		return "+" + d
	}
	return ""
}

func (s *sender) copy() {
	v := s.v
	if s.trying || v.choose.id() == 0 {
		return
	}
	s.trying = true
	s.me.SetBusy(lang.X("sending.sending", "Sending…"))
	job, id, phone, key := v.job(), v.preview.id(), v.myPhone, rand.Text()
	idle := func() {
		s.trying = false
		s.me.SetIdle()
	}
	v.sh.Async(v.ctx, func(ctx context.Context) (func(), error) {
		m, err := v.p.Sending.Copy(ctx, job, id, phone, key)
		return func() {
			idle()
			v.sh.Toasts(shell.Toast{
				Text: lang.X("sending.copied", "On its way to {{.Phone}}", map[string]any{"Phone": app.FormatPhone(app.Digits(phone))}), Good: true,
				Action: lang.X("sending.open", "Open"), Do: func() { v.sh.OpenConversation(m.ConversationID) },
			})
		}, err
	}, func(err error) {
		idle()
		v.sh.Layers.ProblemWith(err, lang.X("sending.other_phone", "Another number…"), s.askPhone)
	})
}
