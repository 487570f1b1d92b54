package outbox

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// share is a state of a broadcast's messages as it is counted and drawn.
type share struct {
	word   func() string
	colour fyne.ThemeColorName
	states []string
}

// shares are the counts of a broadcast, in the order in which they stand. Those that wait have no part in the bar: they are what is left of it.
var shares = []share{
	{func() string { return lang.X("outbox.n_read", "Read") }, theme.Accent, []string{string(app.StatusRead), string(app.StatusPlayed)}},
	{func() string { return lang.X("outbox.n_delivered", "Delivered") }, theme.OkDot, []string{string(app.StatusDelivered)}},
	{func() string { return lang.X("outbox.n_sent", "Sent") }, theme.LineStrong, []string{string(app.StatusAccepted), string(app.StatusSent)}},
	{func() string { return lang.X("outbox.n_waiting", "Waiting") }, theme.LineBtn, []string{app.RowWaiting, string(app.StatusQueued), string(app.StatusSending)}},
	{func() string { return lang.X("outbox.n_unknown", "Not known") }, theme.WarnDot, []string{string(app.StatusUnknown)}},
	{func() string { return lang.X("outbox.n_failed", "Failed") }, theme.DangerDot, []string{string(app.StatusFailed)}},
	{func() string { return lang.X("outbox.n_left_out", "Left out") }, theme.LineBtn, []string{app.RowSkipped, string(app.StatusCancelled), app.RowCancelled}},
}

// The places of shares that are treated unlike the others.
const (
	shareWaiting = 3
	shareFailed  = 5
	shareLeftOut = 6
)

func (s share) of(c app.BroadcastCounts) (n int) {
	for _, state := range s.states {
		n += c[state]
	}
	return n
}

// barParts are the coloured parts of a broadcast's bar; what waits and what was left out is its quiet rest.
func barParts(c app.BroadcastCounts) (out [6]widget.BarPart) {
	k := 0
	for i, s := range shares {
		if i != shareWaiting && i != shareLeftOut {
			out[k] = widget.BarPart{Value: s.of(c), Colour: s.colour}
			k++
		}
	}
	return out
}

// face is what a row of the list shows.
func (v *View) face(i item) face {
	if i.send != nil {
		return v.sendFace(i.send)
	}
	b := i.broadcast
	f := face{name: b.Name, bar: true, total: b.Total, parts: barParts(b.Counts)}
	f.second = join(v.known[b.TemplateID], naming.Number(b.Total))
	f.pill, f.icon, f.tone = broadcastState(*b, i.until, v.sh.Now())
	return f
}

func (v *View) sendFace(s *app.Send) face {
	f := face{name: sendTitle(s), third: v.why(*s)}
	what := cmp.Or(v.known[s.TemplateID], s.Text)
	f.second = join(when.Row(sendTime(s), v.sh.Now()), what)
	if f.third == "" {
		f.third = join(s.Record.Title, v.names[s.AccountID])
	}
	f.pill, f.icon, f.tone = stateWords(*s, v.sh.Now())
	return f
}

func sendTime(s *app.Send) time.Time {
	if s.UpdatedAt.IsZero() {
		return s.CreatedAt
	}
	return s.UpdatedAt
}

// sendTitle is whom a message goes to.
func sendTitle(s *app.Send) string {
	phone := app.FormatPhone(s.To)
	if s.ContactName != "" && s.ContactName != phone {
		return s.ContactName
	}
	return cmp.Or(s.Record.Title, phone, s.Recipient)
}

// broadcastState is how the state of a broadcast is written, drawn and coloured. until is when it goes on, where it only waits for messages that were
// put off.
func broadcastState(b app.Broadcast, until, now time.Time) (words, icon string, tone widget.Tone) {
	switch b.State {
	case app.BroadcastScheduled:
		if b.Due.After(now) {
			return shortMoment(b.Due, now), "cal", widget.Quiet
		}
		return lang.X("outbox.begins", "Begins"), "", widget.Accent
	case app.BroadcastRunning:
		if !until.IsZero() {
			return shortMoment(until, now), "cal", widget.Quiet
		}
		return lang.X("outbox.sending", "Sending"), "", widget.Accent
	case app.BroadcastPaused:
		return lang.X("outbox.paused", "Paused"), "", widget.Warn
	case app.BroadcastStopped:
		return lang.X("outbox.stopped", "Stopped"), "", widget.Bad
	case app.BroadcastDone:
		return lang.X("outbox.done", "Done"), "", widget.Ok
	case app.BroadcastCancelled:
		return lang.X("outbox.cancelled", "Cancelled"), "", widget.Quiet
	}
	return string(b.State), "", widget.Quiet
}

// shortMoment is a time to come, such as "Mon 09:00".
func shortMoment(t, now time.Time) string {
	t = t.In(now.Location())
	if when.Days(t, now) == 0 {
		return when.Clock(t)
	}
	return when.Coming(t, now) + " " + when.Clock(t)
}

// why says in words what stands behind the state of a message.
func (v *View) why(s app.Send) string {
	switch s.State {
	case app.SendFailed:
		plain, _ := v.sh.Failure(s.Failure)
		return plain
	case app.SendUnknown:
		return lang.X("outbox.unknown_why", "The answer never came, so it may have arrived.")
	case app.SendQueued:
		if s.Failure != nil {
			plain, _ := v.sh.Failure(s.Failure)
			return lang.X("outbox.retry_why", "{{.Why}} It is tried again by itself.", map[string]any{"Why": plain})
		}
	}
	return ""
}

// mendWords says what helps.
func (v *View) mendWords(s app.Send) string {
	switch s.State {
	case app.SendFailed:
		_, mend := v.sh.Failure(s.Failure)
		return mend
	case app.SendUnknown:
		return lang.X("outbox.unknown_mend", "Wait for Meta's report, or decide yourself.")
	}
	return ""
}

// stateWords is how the state of a message is written, drawn and coloured.
func stateWords(s app.Send, now time.Time) (words, icon string, tone widget.Tone) {
	switch s.State {
	case app.SendQueued:
		if s.Due.Sub(now) > time.Minute {
			return shortMoment(s.Due, now), "cal", widget.Quiet
		}
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
	return string(s.State), "", widget.Quiet
}

func (v *View) sayNothing() {
	layout.SetVisible(v.first, v.mode == modeBroadcasts)
	switch v.mode {
	case modeBroadcasts:
		v.nothing.SetText(lang.X("outbox.none_chosen", "Write to many at once"), lang.X("outbox.none_chosen_text", "A broadcast sends one template to many customers, each with their own values. Here you see how far it is, who answered, and who could not be reached."))
	case modeFailed:
		v.nothing.SetText(lang.X("outbox.no_failed", "What could not be sent"), lang.X("outbox.no_failed_text", "Each message that failed stands here with the reason and the button that mends it."))
	default:
		v.nothing.SetText(lang.X("outbox.no_message", "Every message, until it has arrived"), lang.X("outbox.no_message_text", "What you send from the Inbox stands here: what waits, what went out, and what did not."))
	}
}

// emptyWords say why nothing is listed.
func (v *View) emptyWords() string {
	switch {
	case v.list.query != "" || v.list.where != (where{}):
		return lang.X("outbox.none_found", "Nothing is like that.")
	case v.mode == modeBroadcasts:
		return lang.X("outbox.no_broadcasts", "Your broadcasts will be listed here.")
	case v.mode == modeSingle:
		return lang.X("outbox.none_text", "No message was sent yet.")
	}
	return lang.X("outbox.none_look_text", "Nothing needs you.")
}

// money writes millionths of a currency.
func money(micros int64, currency string) string {
	if currency == "" {
		return ""
	}
	amount := fmt.Sprintf("%.2f", float64(micros)/1e6)
	if micros > 0 && micros < 100_000 { // of a few messages: cents alone would be wrong by half
		amount = fmt.Sprintf("%.4f", float64(micros)/1e6)
	}
	v := records.Amount(amount, currency)
	return records.Style{Language: string(lang.SystemLocale())}.Write(records.Field{Kind: records.KindAmount}, v, "")
}

// people and times are counts with their word.
func people(n int) string {
	return plural(n, lang.X("outbox.person", "1 person"), lang.X("outbox.people", "{{.N}} people", of(n)))
}

func times(n int) string {
	return plural(n, lang.X("outbox.once", "once"), lang.X("outbox.times", "{{.N}} times", of(n)))
}

// again says how many messages go out again.
func again(n int) string {
	return plural(n, lang.X("outbox.retried_one", "One message goes out again"), lang.X("outbox.retried", "{{.N}} messages go out again", of(n)))
}

func of(n int) map[string]any { return map[string]any{"N": naming.Number(n)} }

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// join puts what is there behind each other.
func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}
