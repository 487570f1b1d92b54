package outbox

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/outbox"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// sendPage shows one message: where it stands, why, and what can be done.
type sendPage struct {
	v      *View
	object fyne.CanvasObject
	id     app.ID

	back          *widget.Button
	title, second *widget.Text
	conversation  *widget.Button
	record        *widget.Button
	broadcast     *widget.Button
	head, body    *fyne.Container
	scroll        *widget.Scroll
	wait          *shell.Waiting
	s             app.Send
	loaded        bool
	busy, again   bool
	cancel        context.CancelFunc
}

func newSendPage(v *View) *sendPage {
	p := &sendPage{v: v}
	p.back = widget.NewIconButton("left", lang.X("outbox.back", "Back to the list"), func() { v.panes.front(false) })
	p.title = widget.NewBold("", theme.TypeThread, theme.Text).Shrinking()
	p.second = widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()
	p.conversation = widget.NewButton(widget.Plain, lang.X("outbox.to_conversation", "Conversation"), "inbox", func() { v.sh.OpenConversation(p.s.ConversationID) })
	p.record = widget.NewButton(widget.Plain, lang.X("outbox.to_record", "Record"), "records", func() {
		v.sh.OpenRecord(records.Ref{Type: p.s.Record.Type, ID: p.s.Record.ID})
	})
	p.broadcast = widget.NewButton(widget.Plain, lang.X("outbox.to_broadcast", "Broadcast"), "outbox", func() { v.OpenBroadcast(p.s.BroadcastID) })
	p.head = layout.Row(theme.Space2, p.back, layout.Grow(layout.Column(0, layout.Gap(), p.title, p.second, layout.Gap())), p.record, p.broadcast, p.conversation)
	head := pageHead(p.head)
	p.body = layout.Column(14)
	p.scroll = widget.NewVScroll(layout.Pad(theme.Space4, theme.Space5, theme.Space5, theme.Space5, p.body))
	p.wait = shell.NewWaiting(v.sh, widget.NewSkeleton(3, 70), p.giveUp, p.reload)
	p.object = layout.Over(widget.NewGround(theme.Canvas, "", 0), layout.Column(0, head, layout.Grow(layout.Over(p.scroll, p.wait.Object))))
	p.object.Hide()
	return p
}

// show opens a message; 0 closes.
func (p *sendPage) show(id app.ID) {
	if p.cancel != nil {
		p.cancel()
	}
	p.id, p.loaded, p.busy, p.again = id, false, false, false
	if id == 0 {
		return
	}
	p.title.SetText("")
	p.second.SetText("")
	for _, b := range []*widget.Button{p.conversation, p.record, p.broadcast} {
		b.Hide()
	}
	p.scroll.Hide()
	p.reload()
}

func (p *sendPage) placed(_ float32, turns bool) { layout.SetVisible(p.back, turns) }

func (p *sendPage) reload() {
	if p.id == 0 {
		return
	}
	if p.busy {
		p.again = true
		return
	}
	ctx, cancel := context.WithCancel(p.v.sh.Base)
	p.cancel, p.busy, p.again = cancel, true, false
	if !p.loaded {
		p.wait.Begin()
	}
	id := p.id
	p.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		s, err := p.v.p.Outbox.Send(ctx, id)
		if err != nil {
			return nil, err
		}
		told, err := p.v.learn(ctx, nil, s.TemplateID)
		return func() {
			if p.id == id {
				p.v.take(told)
				p.paint(s)
			}
		}, err
	}, func(err error) {
		p.busy = false
		p.wait.Fail(err)
	})
}

func (p *sendPage) giveUp() {
	p.cancel()
	p.busy, p.again = false, false
}

func (p *sendPage) paint(s app.Send) {
	v, now := p.v, p.v.sh.Now()
	p.busy, p.loaded, p.s = false, true, s
	p.wait.End()
	p.scroll.Show()
	p.title.SetText(sendTitle(&s))
	p.second.SetText(join(app.FormatPhone(s.To), v.known[s.TemplateID], v.names[s.AccountID], when.Moment(s.CreatedAt, now)))
	p.conversation.Show()
	layout.SetVisible(p.record, s.Record.ID != "")
	layout.SetVisible(p.broadcast, s.BroadcastID != 0)

	words, icon, tone := stateWords(s, now)
	state := layout.Row(theme.Space2, widget.NewPill(words, icon, tone), widget.NewText(when.Moment(sendTime(&s), now), theme.TypeSmall, theme.Text2))
	card := layout.Column(theme.Space3, state)
	if why := v.why(s); why != "" {
		card.Add(widget.NewParagraph(why, theme.TypeBody, theme.Text, 200))
		if mend := v.mendWords(s); mend != "" {
			card.Add(widget.NewParagraph(mend, theme.TypeSmall, theme.Text2, 200))
		}
	}
	buttons := layout.Row(theme.Space2)
	if m := mendingOf(s, now); m != mendNone && !s.Settled {
		buttons.Add(widget.NewButton(widget.Main, m.word(), m.icon(), func() { v.mend(m, s) }))
		if s.State == app.SendFailed && m != mendSkip {
			buttons.Add(widget.NewButton(widget.Plain, mendSkip.word(), "", func() { v.mend(mendSkip, s) }))
		}
	}
	if s.State == app.SendFailed && s.Failure != nil && outbox.Retryable(s.Failure, s.UpdatedAt, now) {
		buttons.Add(widget.NewButton(widget.Plain, lang.X("outbox.retry_kind", "Retry all of this kind"), "retry", func() { v.retryKind(s.Failure.Code) }))
	}
	if len(buttons.Objects) > 0 {
		card.Add(layout.Pad(theme.Space1, 0, 0, 0, buttons))
	}
	more := layout.Column(theme.Space2)
	fact := func(name, value string) {
		if value != "" {
			more.Add(layout.Row(theme.Space3, layout.Exactly(130, 0, widget.NewText(name, theme.TypeSmall, theme.Text2)), layout.Grow(widget.NewText(value, theme.TypeSmall, theme.Text).Shrinking())))
		}
	}
	fact(lang.X("outbox.fact_template", "Template"), v.known[s.TemplateID])
	fact(lang.X("outbox.fact_record", "Record"), s.Record.Title)
	if s.State == app.SendQueued && s.Due.Sub(now) > time.Minute {
		fact(lang.X("outbox.fact_due", "Goes at"), when.Moment(s.Due, now))
	}
	if s.Attempts > 1 {
		fact(lang.X("outbox.fact_tries", "Tried"), times(s.Attempts))
	}
	if s.Failure != nil && s.Failure.Code != 0 && s.State != app.SendAccepted {
		fact(lang.X("outbox.fact_code", "Meta's code"), strconv.Itoa(s.Failure.Code))
	}
	text := layout.Column(theme.Space2, widget.NewBold(lang.X("outbox.message", "Message"), theme.TypeCaption, theme.Text2), widget.NewParagraph(s.Text, theme.TypeBody, theme.Text, 200))
	p.body.Objects = []fyne.CanvasObject{widget.NewCard(card, theme.Space5), widget.NewCard(text, theme.Space5)}
	if len(more.Objects) > 0 {
		p.body.Objects = append(p.body.Objects, widget.NewCard(more, theme.Space5))
	}
	p.head.Refresh()
	p.body.Refresh()
	p.scroll.Refresh()
	if p.again {
		p.reload()
	}
}

// retryKind sends all messages again that failed for the same reason, those that may be.
func (v *View) retryKind(code int) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		n, err := v.p.Outbox.ResendAll(ctx, code)
		return func() {
			said := shell.Toast{Text: again(n), Good: true}
			if n == 0 {
				said = shell.Toast{Text: lang.X("outbox.none_retried", "None of them may be sent again as it is")}
			}
			v.sh.Toasts(said)
			v.reload()
		}, err
	}, v.sh.Layers.Problem)
}

// stateChoices are what single messages can be filtered by.
var stateChoices = []struct {
	key    string
	word   func() string
	states []app.SendState
}{
	{"", func() string { return lang.X("outbox.all", "All") }, nil},
	{"waiting", func() string { return lang.X("outbox.waiting", "Waiting") }, []app.SendState{app.SendQueued, app.SendClaimed, app.SendSending, app.SendHeld}},
	{"sent", func() string { return lang.X("outbox.sent", "Sent") }, []app.SendState{app.SendAccepted}},
	{"failed", func() string { return lang.X("outbox.failed", "Failed") }, []app.SendState{app.SendFailed}},
	{"unknown", func() string { return lang.X("outbox.n_unknown", "Not known") }, []app.SendState{app.SendUnknown}},
	{"back", func() string { return lang.X("send.cancelled", "Taken back") }, []app.SendState{app.SendCancelled}},
}

// sendFilter is what the list of messages shows.
func (l *listPane) sendFilter() app.SendFilter {
	f := app.SendFilter{AccountID: l.where.account, Single: l.v.mode == modeSingle, Look: l.v.mode == modeFailed}
	for _, c := range stateChoices {
		if c.key == l.where.state {
			f.States = c.states
		}
	}
	return f
}

// openFilter asks which messages to show.
func (l *listPane) openFilter() {
	set := func(change func(*where)) {
		change(&l.where)
		l.filter.SetOn(l.where != (where{}))
		l.restart()
	}
	var states, accounts []widget.Option
	for _, c := range stateChoices {
		if l.v.mode == modeSingle || c.key == "" || c.key == "failed" || c.key == "unknown" {
			states = append(states, widget.Option{Key: c.key, Label: c.word()})
		}
	}
	accounts = append(accounts, widget.Option{Label: lang.X("outbox.all_accounts", "All accounts")})
	for _, a := range l.v.accts {
		accounts = append(accounts, widget.Option{Key: idText(a.ID), Label: a.Name})
	}
	state := widget.NewChoice(lang.X("outbox.filter_state", "State"), states, func(key string) { set(func(w *where) { w.state = key }) })
	state.SetChosen(l.where.state)
	account := widget.NewChoice(lang.X("outbox.filter_account", "Account"), accounts, func(key string) { set(func(w *where) { w.account = textID(key) }) })
	account.SetChosen(idText(l.where.account))
	export := widget.NewButton(widget.Plain, lang.X("outbox.export_list", "Export this list…"), "", l.v.exportSends)
	widget.ShowPopover(l.filter, layout.PadAll(theme.Space4, layout.Column(theme.Space3, state, account, export)), 280, nil)
}
