package outbox

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/app/outbox"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// lookCard lists the messages of a broadcast that want somebody's eye, each with what mends it.
type lookCard struct {
	p      *broadcastPage
	object *widget.Card
	badge  *widget.Badge
	retry  *widget.Button
	rows   *fyne.Container
	more   *widget.Button
	foot   *fyne.Container
	head   *fyne.Container
	none   *widget.Text
	shown  []lookRow
}

// lookRow is what a row shows; rows are made anew only when one of them changed.
type lookRow struct {
	id               app.ID
	who, plain, mend string
	button           mending
}

func newLookCard(p *broadcastPage) *lookCard {
	l := &lookCard{p: p, badge: widget.NewBadge(0, widget.Bad), rows: layout.Column(0)}
	l.retry = widget.NewButton(widget.Plain, "", "retry", l.retryAll).Sized(widget.Small)
	export := widget.NewButton(widget.TextOnly, lang.X("outbox.export", "Export…"), "", p.export).Sized(widget.Small)
	l.more = widget.NewButton(widget.TextOnly, "", "", func() {
		p.shownLook += lookMore
		p.reload()
	}).Sized(widget.Small)
	l.foot = moreFoot(l.more)
	l.none = widget.NewText(lang.X("outbox.look_none", "Nothing needs you."), theme.TypeSmall, theme.Text2)
	l.head = layout.Row(theme.Space2, widget.NewBold(lang.X("outbox.to_look_at", "To look at"), theme.TypeBody, theme.Text), l.badge, layout.Gap(), export, l.retry)
	l.object = widget.NewCard(layout.Column(0, layout.Exactly(0, 48, layout.Pad(0, theme.Space3, 0, theme.Space4, l.head)), widget.NewLine(), layout.Pad(0, 0, 0, 0, l.rows), l.foot), 1)
	return l
}

func (l *lookCard) paint(now broadcasts.Progress, sends []app.Send) {
	n := now.ToLookAt()
	l.badge.SetCount(n)
	layout.SetVisible(l.badge, n > 0)
	layout.SetVisible(l.retry, now.CanRetry > 0)
	switch {
	case now.CanRetry >= broadcasts.RetryCountMost:
		l.retry.SetText(lang.X("outbox.retry_all", "Retry all that can work"))
	default:
		l.retry.SetText(plural(now.CanRetry, lang.X("outbox.retry_one", "Retry the one that can work"), lang.X("outbox.retry_n", "Retry the {{.N}} that can work", of(now.CanRetry))))
	}
	rows := make([]lookRow, len(sends))
	same := len(sends) == len(l.shown) && len(sends) > 0
	for i := range sends {
		rows[i] = l.p.v.lookRow(sends[i], l.p.numbers[sends[i].ID])
		same = same && rows[i] == l.shown[i]
	}
	rest := n - len(sends)
	layout.SetVisible(l.foot, rest > 0 && len(sends) > 0)
	l.more.SetText(lang.X("outbox.more", "Show {{.N}} more", map[string]any{"N": naming.Number(min(max(rest, 0), lookMore))}))
	l.head.Refresh()
	l.foot.Refresh()
	if same {
		return
	}
	l.shown = rows
	l.rows.Objects = nil
	if len(rows) == 0 {
		l.rows.Objects = []fyne.CanvasObject{layout.Pad(theme.Space3, theme.Space4, theme.Space3, theme.Space4, l.none)}
	}
	buttons, wide := make([]*widget.Button, len(rows)), float32(0)
	for i, r := range rows {
		buttons[i] = widget.NewButton(widget.Plain, r.button.word(), r.button.icon(), func() { l.p.v.mend(r.button, sends[i]) }).Sized(widget.Small)
		wide = max(wide, buttons[i].MinSize().Width)
	}
	for i, r := range rows {
		l.rows.Objects = append(l.rows.Objects, l.row(r, sends[i], buttons[i], wide, i > 0))
	}
	l.rows.Refresh()
	l.object.Refresh()
}

// row draws a message with its button, which has as much room as the widest of them, so that what stands before it is in line.
func (l *lookCard) row(r lookRow, s app.Send, button *widget.Button, wide float32, line bool) fyne.CanvasObject {
	who := widget.NewButton(widget.IconOnly, "", "open", func() { l.p.v.sh.OpenConversation(s.ConversationID) }).Sized(widget.Small).WithHint(lang.X("outbox.open", "Open the conversation"))
	row := layout.Row(theme.Space3, widget.NewAvatar(r.who, app.PhoneKey(s.To), 32), layout.Grow(newNamed(named{0.22, 80, 300}, r.who, r.plain, r.mend)), who, layout.Exactly(wide, 0, layout.Row(0, layout.Gap(), button)))
	out := layout.Column(0)
	if line {
		out.Add(widget.NewLine())
	}
	out.Add(layout.Exactly(0, 52, layout.Pad(0, theme.Space3, 0, theme.Space4, row)))
	return out
}

func (l *lookCard) retryAll() {
	id := l.p.id
	v := l.p.v
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		n, err := v.p.Broadcasts.Retry(ctx, id)
		return func() {
			v.sh.Toasts(shell.Toast{Text: again(n), Good: true})
			v.reload()
		}, err
	}, v.sh.Layers.Problem)
}

// mending is the one button of a row that failed.
type mending int

const (
	mendNone mending = iota
	mendRetry
	mendTomorrow
	mendDecide
	mendNumber
	mendAgain // the number was changed meanwhile
	mendSkip
	mendBack // take it back: it has not gone out yet
)

// heldBack is Meta's code for marketing that it holds back for a person's sake (Meta: error codes).
const heldBack = 131049

// unreachable tells whether a code means that the number is the fault: not on WhatsApp, or no number at all (Meta: error codes).
func unreachable(code int) bool {
	return code == 131026 || code == 131030 || code == 133010 || code == 1006
}

// mendingOf finds what mends a message.
func mendingOf(s app.Send, now time.Time) mending {
	switch s.State {
	case app.SendUnknown:
		return mendDecide
	case app.SendQueued, app.SendHeld:
		return mendBack
	case app.SendCancelled:
		return mendRetry
	case app.SendFailed:
	default:
		return mendNone
	}
	switch {
	case outbox.Retryable(s.Failure, s.UpdatedAt, now):
		return mendRetry
	case s.Failure.Code == heldBack:
		return mendTomorrow
	case unreachable(s.Failure.Code) && s.Record.ID != "":
		return mendNumber
	}
	return mendSkip
}

func (m mending) word() string {
	switch m {
	case mendRetry:
		return lang.X("outbox.mend_retry", "Retry")
	case mendTomorrow:
		return lang.X("outbox.mend_tomorrow", "Retry tomorrow")
	case mendDecide:
		return lang.X("outbox.decide", "Decide…")
	case mendNumber:
		return lang.X("outbox.mend_number", "Edit number")
	case mendAgain:
		return lang.X("outbox.mend_again", "Send again…")
	case mendSkip:
		return lang.X("outbox.mend_skip", "Skip")
	case mendBack:
		return lang.X("outbox.cancel", "Take back")
	}
	return ""
}

func (m mending) icon() string {
	if m == mendRetry {
		return "retry"
	}
	return ""
}

// lookRow is how a message stands in the card; number is the one that its record has by now, "" when it is still the one that failed.
func (v *View) lookRow(s app.Send, number string) lookRow {
	r := lookRow{id: s.ID, who: sendTitle(&s), plain: v.why(s), mend: v.mendWords(s), button: mendingOf(s, v.sh.Now())}
	if number != "" && r.button == mendNumber {
		r.button = mendAgain
		r.mend = lang.X("outbox.number_changed", "The number is {{.Phone}} by now.", map[string]any{"Phone": app.FormatPhone(number)})
	}
	return r
}

// unreached are the messages that failed for their number.
func unreached(rows []app.Send) (out []app.Send) {
	for _, s := range rows {
		if s.State == app.SendFailed && unreachable(s.Failure.Code) && s.Record.ID != "" {
			out = append(out, s)
		}
	}
	return out
}

// sendAgain opens the sending panel for the record of a message that went to a number which is not right any more. When the panel closed and another
// message went to the record, this one is settled.
func (v *View) sendAgain(s app.Send) {
	v.sh.SendTo(shell.SendTarget{Type: s.Record.Type, Records: []string{s.Record.ID}, Account: s.AccountID, Template: s.TemplateID, Done: func() {
		v.act("", func(ctx context.Context) error {
			list, err := v.p.Outbox.FindSends(ctx, app.SendFilter{AccountID: s.AccountID}, 0, pageSize)
			for _, newer := range list {
				if newer.ID > s.ID && newer.Record == s.Record && newer.TemplateID == s.TemplateID && newer.To != s.To {
					return v.p.Outbox.Settle(ctx, s.ID)
				}
			}
			return err
		})
	}})
}

// mend does what a row's button says.
func (v *View) mend(m mending, s app.Send) {
	switch m {
	case mendRetry:
		v.act(lang.X("outbox.resent", "It is sent again"), func(ctx context.Context) error { return v.resend(ctx, s, time.Time{}) })
	case mendTomorrow:
		v.act(lang.X("outbox.tomorrow", "It goes again a day after it was held back"), func(ctx context.Context) error {
			return v.resend(ctx, s, s.UpdatedAt.Add(24*time.Hour))
		})
	case mendDecide:
		shell.AskUnknown(v.sh, func() {
			v.act(lang.X("outbox.arrived", "It counts as sent"), func(ctx context.Context) error { return v.p.Outbox.Arrived(ctx, s.ID) })
		}, func() { v.mend(mendRetry, s) })
	case mendNumber:
		v.sh.OpenRecord(records.Ref{Type: s.Record.Type, ID: s.Record.ID})
	case mendAgain:
		v.sendAgain(s)
	case mendSkip:
		v.act(lang.X("outbox.settled", "It is out of the list; the report still has it"), func(ctx context.Context) error { return v.p.Outbox.Settle(ctx, s.ID) })
	case mendBack:
		v.act(lang.X("outbox.withdrawn", "It will not be sent"), func(ctx context.Context) error { return v.p.Outbox.Cancel(ctx, s.ID) })
	}
}

// resend sends a message again. A broadcast that was done goes on until it is out.
func (v *View) resend(ctx context.Context, s app.Send, due time.Time) error {
	if s.BroadcastID != 0 && v.p.Broadcasts != nil {
		return v.p.Broadcasts.RetryOne(ctx, s, due)
	}
	_, err := v.p.Outbox.ResendAt(ctx, s.ID, due)
	return err
}

// moreFoot is the foot of a card whose rows go on: a line, and below it the button, on a ground that is round only where the card is.
func moreFoot(more *widget.Button) *fyne.Container {
	return layout.Column(0, widget.NewLine(), layout.Over(
		layout.Pad(0, 0, theme.RadiusCard, 0, widget.NewGround(theme.PaneAlt, "", 0)),
		widget.NewGround(theme.PaneAlt, "", theme.RadiusCard),
		layout.Pad(4, 0, 4, 0, layout.Centre(more))))
}

// skippedCard lists the rows of a broadcast that did not go, with their reasons.
type skippedCard struct {
	p      *broadcastPage
	object *widget.Card
	title  *widget.Text
	rows   *fyne.Container
	more   *widget.Button
	foot   *fyne.Container
	n      int
	id     app.ID // of the broadcast whose rows stand there
}

func newSkippedCard(p *broadcastPage) *skippedCard {
	c := &skippedCard{p: p, title: widget.NewBold("", theme.TypeBody, theme.Text), rows: layout.Column(0)}
	c.more = widget.NewButton(widget.TextOnly, "", "", func() {
		p.shownOut += lookMore
		p.reload()
	}).Sized(widget.Small)
	c.foot = moreFoot(c.more)
	c.object = widget.NewCard(layout.Column(0, layout.Exactly(0, 44, layout.Pad(0, theme.Space4, 0, theme.Space4, layout.Row(0, c.title))), widget.NewLine(), c.rows, c.foot), 1)
	return c
}

func (c *skippedCard) paint(now broadcasts.Progress, rows []app.BroadcastRow) {
	n := now.Counts[app.RowSkipped]
	layout.SetVisible(c.object, n > 0)
	c.title.SetText(lang.X("outbox.left_out", "Left out: {{.N}}", map[string]any{"N": naming.Number(n)}))
	layout.SetVisible(c.foot, n > len(rows))
	c.foot.Refresh()
	c.more.SetText(lang.X("outbox.more", "Show {{.N}} more", map[string]any{"N": naming.Number(min(max(n-len(rows), 0), lookMore))}))
	if c.n == len(rows) && c.id == now.ID {
		return
	}
	c.n, c.id = len(rows), now.ID
	c.rows.Objects = nil
	for _, r := range rows {
		name := r.Title
		if name == "" {
			name = r.RecordID
		}
		c.rows.Add(layout.Exactly(0, 44, layout.Pad(0, theme.Space4, 0, theme.Space4, newNamed(named{0.25, 110, 300}, name, r.Words, ""))))
	}
	c.rows.Refresh()
	c.object.Refresh()
}
