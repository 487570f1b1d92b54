package widget

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
)

// jumpTime is how long a jump inside the window takes.
const jumpTime = 180 * time.Millisecond

// lineStep is how far an arrow key scrolls.
const lineStep = 40

// bottom is the offset at which the newest message stands at the foot of the screen. It is negative when the
// messages do not fill it, so that they stand at the foot too.
func (t *Timeline) bottom() float64 {
	return t.heights.total() + timelineFoot - float64(t.Size().Height)
}

// timelineFoot is the room below the newest message.
const timelineFoot = 10

// top is the least offset.
func (t *Timeline) top() float64 { return math.Min(0, t.bottom()) }

// AtBottom tells whether the newest message of the window is on the screen, give or take a few pixels.
func (t *Timeline) AtBottom() bool { return t.offset >= t.bottom()-4 }

// Offset is where the screen is, in pixels from the top of the window.
func (t *Timeline) Offset() float64 { return t.offset }

// ScrollToBottom goes to the newest message; when it is not in the window, OnMissing is asked for id 0.
func (t *Timeline) ScrollToBottom() {
	if t.hasNewer {
		call(t.OnMissing, 0)
		return
	}
	t.animateTo(t.bottom())
}

// ShowItem brings a message of the window to the middle of the screen; false when it is not in the window.
func (t *Timeline) ShowItem(id int64) bool {
	i, ok := t.byID[id]
	if !ok {
		return false
	}
	h := float64(t.rows[i].layout.height)
	t.animateTo(t.heights.offset(i) + h/2 - float64(t.Size().Height)/2)
	return true
}

func (t *Timeline) clamp(offset float64) float64 {
	return math.Max(t.top(), math.Min(offset, t.bottom()))
}

// scrollTo goes to an offset at once.
func (t *Timeline) scrollTo(offset float64) {
	t.stopMotion()
	t.offset = offset
	t.update()
}

// animateTo slides to an offset. From far away it begins two screens off, so that the eye can follow.
func (t *Timeline) animateTo(to float64) {
	t.stopMotion()
	to = t.clamp(to)
	screen := float64(t.Size().Height)
	from := t.offset
	if far := 2 * screen; math.Abs(to-from) > far {
		from = to - math.Copysign(far, to-from)
	}
	if from == to || !fyne.CurrentApp().Settings().ShowAnimations() {
		t.scrollTo(to)
		return
	}
	t.motion = fyne.NewAnimation(jumpTime, func(done float32) {
		t.offset = from + (to-from)*float64(done)
		t.update()
	})
	t.motion.Curve = fyne.AnimationEaseOut
	t.motion.Start()
}

func (t *Timeline) stopMotion() {
	if t.motion != nil {
		t.motion.Stop()
		t.motion = nil
	}
}

// Scrolled is called for the wheel.
func (t *Timeline) Scrolled(ev *fyne.ScrollEvent) { t.scrollTo(t.offset - float64(ev.Scrolled.DY)) }

// FocusGained is called when the keyboard arrives.
func (t *Timeline) FocusGained() { t.focused = true; t.view.paint() }

// FocusLost is called when the keyboard leaves.
func (t *Timeline) FocusLost() { t.focused = false; t.view.paint() }

// TypedRune is called for characters, which the timeline has no use for.
func (t *Timeline) TypedRune(rune) {}

// TypedKey scrolls.
func (t *Timeline) TypedKey(ev *fyne.KeyEvent) {
	page := float64(t.Size().Height) * 0.9
	switch ev.Name {
	case fyne.KeyUp:
		t.scrollTo(t.offset - lineStep)
	case fyne.KeyDown:
		t.scrollTo(t.offset + lineStep)
	case fyne.KeyPageUp:
		t.scrollTo(t.offset - page)
	case fyne.KeyPageDown, fyne.KeySpace:
		t.scrollTo(t.offset + page)
	case fyne.KeyHome:
		t.animateTo(t.top())
	case fyne.KeyEnd:
		t.ScrollToBottom()
	default:
		passOnKey(ev.Name)
	}
}

// update brings the screen in line with the offset: which bubbles are shown, the bar, the button, and what to ask
// for.
func (t *Timeline) update() {
	t.offset = t.clamp(t.offset)
	if t.AtBottom() && !t.hasNewer {
		t.fresh = 0
	}
	t.view.place()
	t.tellVisible()
	t.ask()
}

// ask asks for more when fewer than two screens are left on a side.
func (t *Timeline) ask() {
	screen := float64(t.Size().Height)
	if len(t.rows) == 0 || screen < 1 {
		return
	}
	if t.hasOlder && !t.askedOlder && t.OnNeedOlder != nil && t.offset < 2*screen {
		t.askedOlder = true
		t.OnNeedOlder(t.rows[0].ID)
	}
	if t.hasNewer && !t.askedNewer && t.OnNeedNewer != nil && t.offset > t.bottom()-2*screen {
		t.askedNewer = true
		t.OnNeedNewer(t.rows[len(t.rows)-1].ID)
	}
}

func (t *Timeline) tellVisible() {
	if t.OnVisible == nil {
		return
	}
	first, last := t.onScreen()
	same := len(t.visible) == max(0, last-first)
	for i := first; same && i < last; i++ {
		same = t.visible[i-first] == t.rows[i].ID
	}
	if same {
		return
	}
	t.visible = t.visible[:0]
	for i := first; i < last; i++ {
		t.visible = append(t.visible, t.rows[i].ID)
	}
	t.OnVisible(append([]int64(nil), t.visible...))
}

// onScreen are the rows on the screen, the last one excluded.
func (t *Timeline) onScreen() (first, last int) {
	if len(t.rows) == 0 || t.heights.len() != len(t.rows) || t.Size().Height < 1 {
		return 0, 0
	}
	first = t.heights.at(math.Max(t.offset, 0))
	last = t.heights.at(t.offset+float64(t.Size().Height)-0.01) + 1
	return first, last
}
