package inbox

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/when"
	"shopbell/views/widget"
)

// endedID is the id of the pill that says where the customer-service window ended. It is no message: messages have ids above 0.
const endedID app.ID = -1

// ended is the pill of a window that is closed, and the message above which it stands: 0 is below all. It is false when there is none to show:
// the window is open, or what is loaded does not reach to where it ended.
func ended(messages []widget.Message, lastInbound, now time.Time, newer bool) (pill widget.Message, above app.ID, ok bool) {
	if state, _ := app.Window(lastInbound, now); lastInbound.IsZero() || state != app.WindowClosed || len(messages) == 0 {
		return pill, 0, false
	}
	end := lastInbound.Add(app.ServiceWindow)
	at := 0
	for at < len(messages) && !messages[at].At.After(end) {
		at++
	}
	switch {
	case at == 0, at == len(messages) && newer: // it ended before, or after, what is here
		return pill, 0, false
	case at < len(messages):
		above = messages[at].ID
	}
	days := when.Days(end, now)
	pill = widget.Message{
		ID: endedID, Revision: end.Unix()*1e5 + int64(days), Kind: widget.KindSystem, Icon: "lock", Text: endedWords(end, now, days),
		At: messages[at-1].At, // it belongs to the message before it, and begins no day
	}
	return pill, above, true
}

func endedWords(end, now time.Time, days int) string {
	switch {
	case days <= 0:
		return lang.X("thread.ended_today", "The 24 hours ended today at {{.Clock}}", map[string]any{"Clock": when.Clock(end.In(now.Location()))})
	case days == 1:
		return lang.X("thread.ended_yesterday", "The 24 hours ended yesterday at {{.Clock}}", map[string]any{"Clock": when.Clock(end.In(now.Location()))})
	}
	return lang.X("thread.ended", "The 24 hours ended on {{.Moment}}", map[string]any{"Moment": when.Moment(end, now)})
}

// window is what of the timeline are messages, oldest first.
func (t *thread) window() []widget.Message {
	items := t.timeline.Items()
	out := items[:0]
	for _, it := range items {
		if it.ID != endedID {
			out = append(out, it)
		}
	}
	return out
}

// placeEnded puts the pill where it belongs now, or takes it away.
func (t *thread) placeEnded() {
	pill, above, ok := ended(t.window(), t.conv.LastInbound, t.v.sh.Now(), t.newer)
	if !ok {
		t.timeline.RemoveItem(endedID)
		return
	}
	t.timeline.PlaceItem(pill, above)
}
