// Package outbox is the Outbox tab: every message that waits, went out or failed, with the reason in words and the button that mends it.
package outbox

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/outbox"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

const (
	pageSize   = 60
	keptAtMost = 600 // how much is read again after a change; what is older comes with scrolling
)

// View is the tab.
type View struct {
	sh       *shell.Shell
	outbox   *outbox.Service
	accounts *accounts.Service
	open     func(conversation app.ID)

	content fyne.CanvasObject
	page    *shell.Page
	chips   []*widget.FilterChip
	list    *fynewidget.List
	empty   *widget.EmptyState
	wait    *shell.Waiting

	filter  int
	rows    []app.Send
	names   map[app.ID]string
	end     bool
	loading bool
	again   bool // something changed while a page was being read
	loaded  bool
	shown   bool
	stale   bool
	cancel  context.CancelFunc
}

var _ shell.View = (*View)(nil)

// filters are what the chips choose, in their order.
var filters = []struct {
	title  func() string
	states []app.SendState
}{
	{func() string { return lang.X("outbox.all", "All") }, nil},
	{func() string { return lang.X("outbox.waiting", "Waiting") }, []app.SendState{app.SendQueued, app.SendClaimed, app.SendSending, app.SendHeld}},
	{func() string { return lang.X("outbox.look", "To look at") }, []app.SendState{app.SendFailed, app.SendUnknown}},
	{func() string { return lang.X("outbox.sent", "Sent") }, []app.SendState{app.SendAccepted}},
}

// New makes the tab. open shows a conversation.
func New(sh *shell.Shell, o *outbox.Service, a *accounts.Service, open func(app.ID)) *View {
	v := &View{sh: sh, outbox: o, accounts: a, open: open, names: map[app.ID]string{}, stale: true}
	row := layout.Row(6)
	for i, f := range filters {
		chip := widget.NewFilterChip(f.title(), func() { v.choose(i) })
		chip.SetOn(i == 0)
		v.chips = append(v.chips, chip)
		row.Add(chip)
	}
	v.list = fynewidget.NewList(func() int { return len(v.rows) }, v.newRow, v.paint)
	v.list.HideSeparators = true
	v.empty = widget.NewEmptyState("outbox", "", "")
	v.empty.Hide()
	v.wait = shell.NewWaiting(sh, widget.NewSkeleton(6, rowHeight), v.giveUp, v.reload)
	body := layout.Pad(theme.Space5, theme.Space5, theme.Space5, theme.Space5, widget.NewCard(layout.Over(v.list, v.wait.Object), 1))
	v.page = shell.NewPage(lang.X("tab.outbox", "Outbox"), layout.Over(body, v.empty), row)
	v.content = v.page.Object()
	return v
}

// Content is the tab.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Shown reads what changed while the tab was away.
func (v *View) Shown() {
	v.shown = true
	if v.stale {
		v.reload()
	}
}

// Hidden is called when the tab goes.
func (v *View) Hidden() { v.shown = false }

// Tick draws the times anew.
func (v *View) Tick() { v.list.Refresh() }

// Changed reads again when the outbox changed.
func (v *View) Changed(c app.Changes) {
	if !c.Has(app.TopicOutbox) && !c.Has(app.TopicAccounts) {
		return
	}
	v.stale = true
	if v.shown {
		v.reload()
	}
}

func (v *View) choose(i int) {
	if i == v.filter {
		return
	}
	v.filter = i
	for j, c := range v.chips {
		c.SetOn(j == i)
	}
	v.rows, v.end, v.loaded = nil, false, false
	v.loading, v.again = false, false
	v.list.ScrollToTop()
	v.reload()
}

// reload reads what is loaded again, from the top.
func (v *View) reload() {
	if v.loading {
		v.again = true
		return
	}
	v.read(0, min(max(len(v.rows), pageSize), keptAtMost))
}

// more reads the next page.
func (v *View) more() {
	if v.loading || v.end || len(v.rows) == 0 {
		return
	}
	v.read(v.rows[len(v.rows)-1].ID, pageSize)
}

func (v *View) read(before app.ID, limit int) {
	if v.cancel != nil {
		v.cancel()
	}
	ctx, cancel := context.WithCancel(v.sh.Base)
	v.cancel = cancel
	v.loading, v.again, v.stale = true, false, false
	if !v.loaded {
		v.empty.Hide()
		v.wait.Begin()
	}
	states := filters[v.filter].states
	v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		rows, err := v.outbox.Sends(ctx, states, before, limit)
		if err != nil {
			return nil, err
		}
		list, err := v.accounts.List(ctx)
		return func() {
			for _, a := range list {
				v.names[a.ID] = a.Name
			}
			if before == 0 {
				v.rows = rows
			} else {
				v.rows = append(v.rows, rows...)
			}
			v.end = len(rows) < limit
			v.show()
		}, err
	}, v.failed)
}

// failed ends a reading that did not come to anything.
func (v *View) failed(err error) {
	v.loading, v.stale = false, true
	if !v.loaded {
		v.wait.Fail(err)
		return
	}
	v.sh.Toasts(shell.Toast{Text: shell.WordsOf(err).Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: v.reload})
}

// giveUp ends a reading that takes too long.
func (v *View) giveUp() {
	v.cancel()
	v.loading, v.again, v.stale = false, false, true
}

// show ends the reading of a page.
func (v *View) show() {
	v.loading, v.loaded = false, true
	v.wait.End()
	if len(v.rows) == 0 {
		v.empty.SetText(emptyWords(v.filter))
		v.empty.Show()
	} else {
		v.empty.Hide()
	}
	v.list.Refresh()
	if v.again {
		v.reload()
	}
}

func emptyWords(filter int) (heading, text string) {
	switch filter {
	case 1:
		return lang.X("outbox.none_waiting", "Nothing waits"), lang.X("outbox.none_waiting_text", "Messages stand here for the moment until WhatsApp has taken them.")
	case 2:
		return lang.X("outbox.none_look", "Nothing needs you"), lang.X("outbox.none_look_text", "A message that could not be sent stands here, with the reason and what to do.")
	}
	return lang.X("outbox.none", "Nothing was sent yet"), lang.X("outbox.none_text", "What you send from the Inbox stands here until it has arrived, and after.")
}

// act runs a decision of the person on a row, away from the UI.
func (v *View) act(said string, do func(ctx context.Context) error) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		err := do(ctx)
		return func() { v.sh.Toasts(shell.Toast{Text: said, Good: true}) }, err
	}, v.sh.Layers.Problem)
}

func (v *View) resend(id app.ID) {
	v.act(lang.X("outbox.resent", "It is sent again"), func(ctx context.Context) error {
		_, err := v.outbox.Resend(ctx, id)
		return err
	})
}

func (v *View) withdraw(id app.ID) {
	v.act(lang.X("outbox.withdrawn", "It will not be sent"), func(ctx context.Context) error { return v.outbox.Cancel(ctx, id) })
}

// decide asks about a message of which nobody knows whether it arrived.
func (v *View) decide(id app.ID) {
	shell.AskUnknown(v.sh, func() {
		v.act(lang.X("outbox.arrived", "It counts as sent"), func(ctx context.Context) error { return v.outbox.Arrived(ctx, id) })
	}, func() { v.resend(id) })
}

// nearEnd tells whether row i is so near the end that the next page should come.
func (v *View) nearEnd(i int) bool { return i >= len(v.rows)-pageSize/3 }
