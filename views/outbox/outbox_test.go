package outbox

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app"
	"shopbell/app/broadcasts"
	"shopbell/views/widget"
)

// A broadcast under way: what it counts, what it says, and the pictures of it.
func TestABroadcastUnderWay(t *testing.T) {
	w := newWorld(t)
	done := w.broadcast("New lamps", 20, 20)
	w.send(100, func(int) int { return 0 })
	must(w.store.MoveBroadcast(bg, done.ID, []app.BroadcastState{app.BroadcastRunning}, app.BroadcastDone, nil))
	b := w.broadcast("Autumn quotations", 212, 172)
	w.send(140, func(i int) int {
		switch i {
		case 3:
			return 131026
		case 7:
			return 131049
		case 9:
			return -1
		case 11, 12, 13, 14, 15:
			return 131000
		}
		return 0
	})
	must(0, w.store.SlowedDown(bg, w.account.ID, 130429))
	w.v.Shown()
	w.Until("the newest is open", func() bool { return w.v.chosen == b.ID && w.v.page.loaded && !w.v.page.busy })
	p := w.v.page
	if got := p.done.Text() + " " + p.percent.Text(); got != "140 of 212 66 %" {
		t.Errorf("%q", got)
	}
	for i, want := range []string{"67", "34", "31", "72", "1", "7", "0"} {
		if got := p.counts[i].n.Text(); got != want {
			t.Errorf("%s: %s, want %s", shares[i].word(), got, want)
		}
	}
	if !strings.Contains(p.second.Text(), "Quotation with link · Madrid shop · started by Ana at ") {
		t.Error(p.second.Text())
	}
	if p.look.retry.Text() != "Retry the 5 that can work" || len(p.look.shown) != 5 || !p.look.foot.Visible() {
		t.Errorf("%q, %+v", p.look.retry.Text(), p.look.shown)
	}
	if s := p.came.lines[0].Text(); !strings.Contains(s, "3.90") {
		t.Error(s)
	}
	w.Picture("outbox")
	w.size(824, 568)
	w.Picture("outbox-900")
	w.size(660, 568)
	w.Until("list and page take turns", func() bool { return w.v.panes.turns })
	w.Picture("outbox-narrow")
	w.size(1204, 768)

	w.v.page.look.more.Tapped(nil)
	w.Until("all are listed", func() bool { return len(p.look.shown) == 8 && !p.busy })
	if p.look.foot.Visible() {
		t.Error("there is nothing more")
	}
	buttons := map[mending]int{}
	for _, r := range p.look.shown {
		buttons[r.button]++
	}
	if buttons[mendRetry] != 5 || buttons[mendNumber] != 1 || buttons[mendTomorrow] != 1 || buttons[mendDecide] != 1 {
		t.Errorf("%v", buttons)
	}
	p.look.retryAll()
	w.Until("they go again", func() bool { return len(w.Toasts) == 1 && w.Toasts[0].Text == "5 messages go out again" })
	w.changed()
	w.Until("the card is shorter", func() bool { return len(p.look.shown) == 3 && !p.look.retry.Visible() })

	p.doPause()
	w.changed()
	w.Until("it is paused", func() bool { return p.p.State == app.BroadcastPaused && p.resume.Visible() && !p.pause.Visible() })
	p.askStop()
	if !w.Shell.Layers.Any() {
		t.Error("it does not ask")
	}
}

// What a row's button says is done.
func TestEachMendDoesWhatItSays(t *testing.T) {
	w := newWorld(t)
	b := w.broadcast("Autumn", 4, 4)
	w.send(4, func(i int) int { return []int{131026, 131049, 131000, 131050}[i] })
	w.v.Shown()
	w.Until("it is open", func() bool { return w.v.page.loaded && len(w.v.page.look.shown) == 4 })
	by := map[mending]app.Send{}
	for _, s := range must(w.store.FindSends(bg, app.SendFilter{BroadcastID: b.ID, Look: true}, 0, 9)) {
		by[mendingOf(s, w.Now)] = s
	}
	w.v.mend(mendNumber, by[mendNumber])
	if len(w.Records) != 1 || w.Records[0].ID != "0" {
		t.Errorf("%+v", w.Records)
	}
	w.v.mend(mendTomorrow, by[mendTomorrow])
	w.v.mend(mendRetry, by[mendRetry])
	w.v.mend(mendSkip, by[mendSkip])
	w.Until("all is said", func() bool { return len(w.Toasts) == 3 })
	left := must(w.store.FindSends(bg, app.SendFilter{BroadcastID: b.ID, Look: true}, 0, 9))
	if len(left) != 1 || left[0].ID != by[mendNumber].ID {
		t.Errorf("%+v", left)
	}
	var soon, later int
	for _, s := range must(w.store.FindSends(bg, app.SendFilter{BroadcastID: b.ID, States: []app.SendState{app.SendQueued}}, 0, 9)) {
		if s.Due.After(w.Now.Add(20 * time.Hour)) {
			later++
		} else {
			soon++
		}
	}
	if soon != 1 || later != 1 {
		t.Errorf("%d now, %d tomorrow", soon, later)
	}
}

// A broadcast whose last messages were put off says until when; a planned one goes now when somebody says so.
func TestWhatWaits(t *testing.T) {
	w := newWorld(t)
	b := w.broadcast("Autumn", 2, 2)
	w.send(2, func(i int) int { return []int{0, 131049}[i] })
	must(w.store.MoveBroadcast(bg, b.ID, []app.BroadcastState{app.BroadcastRunning}, app.BroadcastDone, nil))
	w.v.Shown()
	w.Until("it is open", func() bool { return w.v.page.loaded && len(w.v.page.look.shown) == 1 })
	p := w.v.page
	w.v.mend(mendTomorrow, must(w.store.FindSends(bg, app.SendFilter{BroadcastID: b.ID, Look: true}, 0, 9))[0])
	w.Until("it goes on", func() bool { return p.p.State == app.BroadcastRunning && !p.p.Until.IsZero() })
	w.Until("the list says so too", func() bool {
		f := w.v.face(w.v.list.rows[0])
		return f.icon == "cal" && f.pill != "Sending"
	})
	if !strings.HasPrefix(p.speed.Text(), "1 put off") || !strings.HasPrefix(p.left.Text(), "next ") {
		t.Errorf("%q, %q", p.speed.Text(), p.left.Text())
	}

	planned := must(w.store.AddBroadcast(bg, app.Broadcast{
		AccountID: w.account.ID, TemplateID: w.template.ID, Name: "Planned", Job: `{"record_type":"contact"}`, Due: w.Now.Add(48 * time.Hour),
	}, []string{"1"}))
	w.v.OpenBroadcast(planned.ID)
	w.Until("it is open", func() bool { return p.loaded && p.p.ID == planned.ID })
	if !p.begin.Visible() || p.pause.Visible() || !p.stop.Visible() {
		t.Error("a planned broadcast can be sent now or stopped; there is nothing to pause")
	}
	p.begin.Tapped(nil)
	if !w.Shell.Layers.Any() {
		t.Error("it does not ask")
	}
	w.v.act("", func(ctx context.Context) error { return w.v.p.Broadcasts.Begin(ctx, planned.ID) })
	w.Until("it runs", func() bool { return p.p.State == app.BroadcastRunning && p.pause.Visible() && !p.begin.Visible() })
}

// Once the number of a record was changed, its message is sent again to the new one, and is settled when that went.
func TestAChangedNumber(t *testing.T) {
	w := newWorld(t)
	b := w.broadcast("Autumn", 1, 1)
	w.send(1, func(int) int { return 131026 })
	s := must(w.store.FindSends(bg, app.SendFilter{BroadcastID: b.ID, Look: true}, 0, 9))[0]
	if r := w.v.lookRow(s, ""); r.button != mendNumber {
		t.Errorf("%+v", r)
	}
	r := w.v.lookRow(s, "34699887766")
	if r.button != mendAgain || !strings.Contains(r.mend, "+34 699") {
		t.Errorf("%+v", r)
	}
	w.v.mend(r.button, s)
	if len(w.Sent) != 1 || w.Sent[0].Template != w.template.ID || w.Sent[0].Records[0] != "0" {
		t.Fatalf("%+v", w.Sent)
	}
	look := func() int {
		return len(must(w.store.FindSends(bg, app.SendFilter{BroadcastID: b.ID, Look: true}, 0, 9)))
	}
	w.Sent[0].Done()
	w.Settle()
	if look() != 1 {
		t.Error("nothing was sent, and it is settled")
	}
	must(w.store.Queue(bg, app.Outgoing{AccountID: w.account.ID, To: "34699887766", Type: "template", Text: "Hello", Payload: "{}", TemplateID: w.template.ID, Record: s.Record}))
	w.Sent[0].Done()
	w.Until("it is settled", func() bool { return look() == 0 })
}

// Single messages: found, filtered, taken back, opened.
func TestSingleMessages(t *testing.T) {
	w := newWorld(t)
	w.broadcast("Autumn", 2, 2)
	must(w.store.Queue(bg, app.Outgoing{AccountID: w.account.ID, To: "34911111111", Type: "text", Text: "the blue lamp", Payload: "{}"}))
	must(w.store.Queue(bg, app.Outgoing{AccountID: w.account.ID, To: "34922222222", Type: "text", Text: "your order", Payload: "{}"}))
	w.v.Shown()
	w.Until("the chips count", func() bool { return w.v.list.chips[1].AccessibilityLabel() == "Single 2" })
	w.v.list.choose(modeSingle)
	w.Until("both are listed, the newest open", func() bool { return len(w.v.list.rows) == 2 && w.v.send.loaded && w.v.send.s.Text == "your order" })
	w.Picture("outbox-single")
	w.v.list.search.SetText("lamp")
	w.Clock.Pass(typing)
	w.Until("one is found", func() bool { return len(w.v.list.rows) == 1 && w.v.list.rows[0].send.Text == "the blue lamp" })
	w.v.list.key(fyne.KeyDown)
	w.Until("it is open", func() bool { return w.v.send.loaded && w.v.send.s.Text == "the blue lamp" })
	w.v.mend(mendBack, w.v.send.s)
	w.Until("it is taken back", func() bool { return w.v.send.loaded && w.v.send.s.State == app.SendCancelled })
	w.v.send.conversation.Tapped(nil)
	if len(w.Conversations) != 1 {
		t.Error("the conversation was not opened")
	}
	w.v.list.where.state = "waiting"
	w.v.list.search.SetText("")
	w.Clock.Pass(typing)
	w.Until("one waits", func() bool { return len(w.v.list.rows) == 1 && w.v.list.rows[0].send.Text == "your order" })
	w.v.OpenBroadcast(must(w.store.Broadcasts(bg, 0, 1))[0].ID)
	w.Until("the broadcast is open", func() bool { return w.v.page.loaded && w.v.mode == modeBroadcasts })
}

func TestNothingThere(t *testing.T) {
	w := newWorld(t)
	w.v.Shown()
	w.Until("it says so", func() bool { return w.v.list.loaded && w.v.list.empty.Visible() && w.v.nothing.Visible() })
	w.Picture("outbox-empty")
	w.v.newBroadcast(w.v.first)
	w.Settle()
	w.Picture("outbox-new")
}

func TestEveryStateHasItsWords(t *testing.T) {
	now := time.Now()
	for state, want := range map[app.SendState]struct {
		words  string
		button mending
	}{
		app.SendQueued: {"Waiting", mendBack}, app.SendHeld: {"Held", mendBack}, app.SendClaimed: {"Sending", mendNone}, app.SendSending: {"Sending", mendNone},
		app.SendUnknown: {"Not known", mendDecide}, app.SendAccepted: {"Sent", mendNone}, app.SendFailed: {"Failed", mendSkip}, app.SendCancelled: {"Taken back", mendRetry},
	} {
		s := app.Send{State: state, Failure: &app.Failure{Code: 131026}}
		if words, _, _ := stateWords(s, now); words != want.words || mendingOf(s, now) != want.button {
			t.Errorf("%s: %q, %d", state, words, mendingOf(s, now))
		}
	}
	for state, want := range map[app.BroadcastState]string{
		app.BroadcastRunning: "Sending", app.BroadcastPaused: "Paused", app.BroadcastStopped: "Stopped", app.BroadcastDone: "Done", app.BroadcastCancelled: "Cancelled",
	} {
		if words, _, _ := broadcastState(app.Broadcast{State: state}, time.Time{}, now); words != want {
			t.Errorf("%s: %q", state, words)
		}
	}
	monday := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if words, _, _ := broadcastState(app.Broadcast{State: app.BroadcastScheduled, Due: monday}, time.Time{}, monday.Add(-40*time.Hour)); words != "Mon 09:00" {
		t.Error(words)
	}
}

// The chart never shows more bars than there is room for, and every message is in one of them once the broadcast rests.
func TestChart(t *testing.T) {
	from := time.Date(2026, 11, 22, 10, 36, 0, 0, time.UTC)
	p := broadcasts.Progress{Broadcast: app.Broadcast{State: app.BroadcastDone}}
	sum := 0
	for i := range 200 {
		p.Pace = append(p.Pace, app.PacePoint{At: from.Add(time.Duration(i) * 10 * time.Second), Messages: i})
		sum += i
	}
	p.Slow = []app.SlowDown{{At: from.Add(95 * time.Second)}}
	bars, at, step := chartOf(p, 24, from.Add(time.Hour))
	n, marked := 0, 0
	for _, b := range bars {
		if n += b.Value; b.Marked {
			marked++
		}
	}
	if len(bars) > 24 || n != sum || marked != 1 || step != 5*time.Minute || at.After(from) {
		t.Errorf("%d bars of %v from %v, %d messages, %d marks", len(bars), step, at, n, marked)
	}
	p.State = app.BroadcastRunning
	now := from.Add(2005 * time.Second)
	bars, _, step = chartOf(p, 24, now)
	if len(bars) > 24 || step != 10*time.Second || bars[len(bars)-1] != (widget.ChartBar{}) {
		t.Errorf("%d bars of %v: %+v", len(bars), step, bars)
	}
}
