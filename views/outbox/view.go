// Package outbox is the Outbox tab: broadcasts under way and past, and every single message that waits, went out or failed, each with the reason in
// words and the button that mends it.
package outbox

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/accounts"
	"shopbell/app/broadcasts"
	"shopbell/app/outbox"
	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// Params is what the tab needs.
type Params struct {
	Outbox     *outbox.Service
	Broadcasts *broadcasts.Service // nil: there are none
	Accounts   *accounts.Service
	// Types gives the kinds of records that a broadcast can go to; nil: none.
	Types func(ctx context.Context) ([]records.Type, error)
}

// View is the tab.
type View struct {
	sh *shell.Shell
	p  Params

	content fyne.CanvasObject
	panes   *panes
	list    *listPane
	page    *broadcastPage
	send    *sendPage
	nothing *widget.EmptyState
	first   *widget.Button // on it: begins a broadcast

	accts []app.Account
	names map[app.ID]string // of accounts
	known map[app.ID]string // templates by their ids; "" is one that is gone

	mode   mode
	chosen app.ID // the broadcast or the message on the right; 0: none
	shown  bool
	stale  bool
	resting,
	again bool // reading again waits, and something changed meanwhile
}

var _ shell.View = (*View)(nil)

// mode is what the chips above the list choose.
type mode int

const (
	modeBroadcasts mode = iota
	modeSingle
	modeFailed
)

// rest is how long the tab lets changes gather before it reads again: a broadcast under way changes at every message.
const rest = 400 * time.Millisecond

// New makes the tab.
func New(sh *shell.Shell, p Params) *View {
	v := &View{sh: sh, p: p, names: map[app.ID]string{}, known: map[app.ID]string{}, stale: true}
	v.list = newListPane(v)
	v.page = newBroadcastPage(v)
	v.send = newSendPage(v)
	v.first = widget.NewButton(widget.Main, lang.X("outbox.new", "New broadcast"), "plus", func() { v.newBroadcast(v.first) })
	v.nothing = widget.NewEmptyState("outbox", "", "", v.first)
	v.sayNothing()
	v.panes = newPanes(v)
	v.content = layout.Over(widget.NewGround(theme.Canvas, "", 0), v.panes.object)
	return v
}

// Content is the tab.
func (v *View) Content() fyne.CanvasObject { return v.content }

// Shown reads what changed while the tab was away.
func (v *View) Shown() {
	v.shown = true
	if v.stale {
		v.reload()
		return
	}
	v.reread() // a number may have been changed in the records
}

// Hidden is called when the tab goes.
func (v *View) Hidden() { v.shown = false }

// Tick draws the times anew.
func (v *View) Tick() { v.reload() }

// Changed reads again when something changed that is shown here.
func (v *View) Changed(c app.Changes) {
	if !c.Has(app.TopicOutbox) && !c.Has(app.TopicAccounts) && !c.Has(app.TopicBroadcasts) {
		return
	}
	v.stale = true
	if !v.shown {
		return
	}
	if v.resting {
		v.again = true
		return
	}
	v.reload()
	v.resting, v.again = true, false
	v.sh.After(rest, v.rested)
}

func (v *View) rested() {
	v.resting = false
	if v.again && v.shown {
		v.Changed(app.Changes{IDs: map[app.Topic][]app.ID{app.TopicOutbox: nil}})
	}
}

// reload reads what is shown again.
func (v *View) reload() {
	v.stale = false
	v.list.reload()
	v.reread()
}

// reread reads the right side again.
func (v *View) reread() {
	switch {
	case v.chosen == 0:
	case v.mode == modeBroadcasts:
		v.page.reload()
	default:
		v.send.reload()
	}
}

// OpenBroadcast shows a broadcast.
func (v *View) OpenBroadcast(id app.ID) {
	if v.mode != modeBroadcasts {
		v.list.choose(modeBroadcasts)
	}
	v.choose(id)
}

// choose shows one of the list on the right.
func (v *View) choose(id app.ID) {
	v.chosen = id
	v.page.show(0)
	v.send.show(0)
	switch {
	case id == 0:
	case v.mode == modeBroadcasts:
		v.page.show(id)
	default:
		v.send.show(id)
	}
	v.panes.front(id != 0)
	v.list.list.Refresh()
}

// Escape goes back to the list where list and page take turns, and tells whether it did.
func (v *View) Escape() bool { return v.panes.escape() }

// Find puts the cursor into the search.
func (v *View) Find() { v.list.search.Focus() }

// act runs a decision of the person, away from the UI.
func (v *View) act(said string, do func(ctx context.Context) error) {
	v.sh.Async(v.sh.Base, func(ctx context.Context) (func(), error) {
		err := do(ctx)
		return func() {
			if said != "" {
				v.sh.Toasts(shell.Toast{Text: said, Good: true})
			}
			v.reload()
		}, err
	}, v.sh.Layers.Problem)
}

// facts are what rows name besides their own: accounts and templates.
type facts struct {
	accts []app.Account
	known map[app.ID]string
}

// learn reads the accounts, and the names of templates that are not known yet. It runs away from the UI goroutine.
func (v *View) learn(ctx context.Context, known map[app.ID]string, templates ...app.ID) (facts, error) {
	f := facts{known: map[app.ID]string{}}
	var err error
	if f.accts, err = v.p.Accounts.List(ctx); err != nil || v.p.Broadcasts == nil {
		return f, err
	}
	for _, id := range templates {
		if id == 0 {
			continue
		}
		if _, ok := known[id]; ok {
			continue
		}
		if _, ok := f.known[id]; ok {
			continue
		}
		t, err := v.p.Broadcasts.Template(ctx, id)
		if err != nil && app.ErrorCode(err) != app.CodeNotFound {
			return f, err
		}
		f.known[id] = t.Name
	}
	return f, nil
}

// take keeps what learn found.
func (v *View) take(f facts) {
	v.accts = f.accts
	for _, a := range f.accts {
		v.names[a.ID] = a.Name
	}
	for id, name := range f.known {
		v.known[id] = name
	}
}
