package outbox

import "shopbell/views/widget"

// Action is something that may be asked of the broadcast that shows.
type Action int

// The actions, those of the page's buttons.
const (
	Pause Action = iota
	Resume
	Begin
	Stop
	Retry
)

// Can tells whether the broadcast that shows allows it now.
func (v *View) Can(a Action) bool {
	b := v.button(a)
	return v.shown && v.mode == modeBroadcasts && v.page.loaded && b.Visible() && !b.Disabled()
}

// Do presses the action's button.
func (v *View) Do(a Action) {
	if v.Can(a) {
		v.button(a).Tapped(nil)
	}
}

func (v *View) button(a Action) *widget.Button {
	switch a {
	case Pause:
		return v.page.pause
	case Resume:
		return v.page.resume
	case Begin:
		return v.page.begin
	case Stop:
		return v.page.stop
	default:
		return v.page.look.retry
	}
}

// Report exports the report of the broadcast that shows.
func (v *View) Report() { v.page.export() }

// Shows tells whether a broadcast shows.
func (v *View) Shows() bool { return v.shown && v.mode == modeBroadcasts && v.page.loaded }

// New begins a broadcast: it asks to whom.
func (v *View) New() { v.newBroadcast(v.list.add) }
