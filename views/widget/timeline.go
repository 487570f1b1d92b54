package widget

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"
)

// TimelineWindow is how many messages a timeline holds at most; the rest stay where they are stored.
const TimelineWindow = 300

// TimelinePage is how many messages a screen should bring for OnNeedOlder and OnNeedNewer.
const TimelinePage = 50

// Timeline shows a conversation of any length. It holds a window of it and asks for more when the person scrolls
// near an end. What is on the screen stays where it is when older messages come in above, when a height changes,
// or when messages leave the window; it follows new ones only from the very bottom.
//
// Everything runs on the UI goroutine. The functions below may be nil.
type Timeline struct {
	fynewidget.BaseWidget

	// OnNeedOlder and OnNeedNewer ask for messages before or after one. The answer is PrependItems or AppendItems,
	// even an empty one, or NeedFailed; it is not asked again before.
	OnNeedOlder, OnNeedNewer func(id int64)
	// OnVisible tells which messages are on the screen, oldest first, whenever that changes.
	OnVisible func(ids []int64)
	// OnMissing is asked for a message that is not in the window: a quoted one, or the newest (id 0). The answer is
	// SetItems and ShowItem or ScrollToBottom.
	OnMissing func(id int64)
	// OnSeek is asked for the message at an index of the whole conversation, where the scroll bar was dragged to.
	OnSeek   func(index int)
	OnMend   func(id int64)
	OnRecord func(id int64) // the record that a template was made from
	OnRaw    func(id int64)
	OnOpen   func(id int64)
	OnLink   func(address string) // http, https, mailto or tel, nothing else
	// Menu adds to the menu of a message; Copy text is always there.
	Menu func(id int64) []*fyne.MenuItem

	// ClockText and DayText write times; the defaults are 15:04 and Monday 2 January.
	ClockText, DayText func(t time.Time) string

	rows    []*row
	heights fenwick
	byID    map[int64]int // index in rows, rebuilt when rows shift

	hasOlder, hasNewer      bool
	askedOlder, askedNewer  bool
	countBefore, countAfter int // messages outside the window, where the screen knows
	unreadFrom              int64
	unreadCount             int
	offset                  float64 // from the top of the window to the top of the screen
	width                   float32
	fresh                   int // messages that came in below the screen
	view                    timelineView
	visible                 []int64
	focused                 bool
	motion                  *fyne.Animation
	keepFirst, keepLast     *row // on the screen while rows change
}

// row is a message with its measured layout.
type row struct {
	Message
	set    setting
	layout *bubbleLayout
	key    layoutKey
	all    bool // every button of its template is shown
}

// layoutKey says what a layout was measured for.
type layoutKey struct {
	revision int64
	width    float32
	set      setting
}

// NewTimeline makes an empty timeline.
func NewTimeline() *Timeline {
	t := &Timeline{byID: map[int64]int{}}
	t.ExtendBaseWidget(t)
	t.view.init(t)
	return t
}

// SetItems replaces everything, oldest first, and goes to the bottom, or to the first unread message when there is
// one. older and newer say whether the conversation goes on outside.
func (t *Timeline) SetItems(items []Message, older, newer bool) {
	t.stopMotion()
	t.view.release()
	t.rows = nil
	for i := range items {
		t.rows = append(t.rows, &row{Message: items[i]})
	}
	t.hasOlder, t.hasNewer, t.askedOlder, t.askedNewer, t.fresh = older, newer, false, false, 0
	t.trim(true)
	t.measureAll()
	t.goHome()
}

// goHome goes to where a conversation is opened: the bottom, or the first unread message when there is one.
func (t *Timeline) goHome() {
	t.offset = t.bottom()
	if i, ok := t.byID[t.unreadFrom]; ok && t.unreadCount > 0 {
		// The divider a quarter down the screen, with what was read before it above.
		t.offset = t.heights.offset(i) - float64(t.Size().Height)/4
	}
	t.update()
}

// PrependItems puts older messages above, oldest first; more says whether there are still older ones.
func (t *Timeline) PrependItems(items []Message, more bool) {
	t.askedOlder, t.hasOlder = false, more
	t.keepPlace(func() {
		fresh := t.unknown(items)
		t.rows = slices.Insert(t.rows, 0, fresh...)
		t.countBefore = max(0, t.countBefore-len(fresh))
		t.trim(false)
	})
}

// AppendItems puts newer messages below, oldest first; more says whether there are still newer ones. From the
// bottom the timeline follows them; from anywhere else it stays and counts them on its button.
func (t *Timeline) AppendItems(items []Message, more bool) {
	t.askedNewer = false
	follow := t.AtBottom() && !t.hasNewer
	wasNewer := t.hasNewer
	t.hasNewer = more
	t.keepPlace(func() {
		added := t.unknown(items)
		t.rows = append(t.rows, added...)
		t.countAfter = max(0, t.countAfter-len(added))
		if !follow && !wasNewer {
			for _, r := range added {
				if !r.Out {
					t.fresh++
				}
			}
		}
		t.trim(true)
	})
	if follow {
		t.scrollTo(t.bottom())
	}
}

// Arrived takes in one new message. When the window does not reach to the newest, it is only counted: it will come
// when the person scrolls there.
func (t *Timeline) Arrived(m Message) {
	if !t.hasNewer {
		t.AppendItems([]Message{m}, false)
		return
	}
	t.countAfter++
	if !m.Out {
		t.fresh++
	}
	t.view.placeBar()
	t.view.placeDown()
}

// HasNewer tells whether the conversation goes on below the window.
func (t *Timeline) HasNewer() bool { return t.hasNewer }

// Rewrite writes all times and days anew, as after midnight or a change of language.
func (t *Timeline) Rewrite() {
	t.keepPlace(func() {
		for _, r := range t.rows {
			r.layout = nil
		}
	})
}

// NeedFailed says that older or newer messages could not be had; scrolling there asks again.
func (t *Timeline) NeedFailed() { t.askedOlder, t.askedNewer = false, false }

// UpdateItem replaces a message of the window by one with the same id; others are ignored. Without a new Revision
// nothing is measured anew.
func (t *Timeline) UpdateItem(m Message) bool {
	i, ok := t.byID[m.ID]
	if !ok {
		return false
	}
	follow := t.AtBottom() && !t.hasNewer
	t.keepPlace(func() { t.rows[i].Message = m })
	if b := t.view.shown[m.ID]; b != nil {
		b.bind(t.rows[i])
	}
	if follow {
		t.scrollTo(t.bottom())
	}
	return true
}

// RemoveItem takes a message out of the window.
func (t *Timeline) RemoveItem(id int64) {
	i, ok := t.byID[id]
	if !ok {
		return
	}
	t.keepPlace(func() { t.rows = slices.Delete(t.rows, i, i+1) })
}

// PlaceItem puts a message above another one, 0 below all; one with its id that is there already moves. From the bottom the timeline follows.
func (t *Timeline) PlaceItem(m Message, above int64) {
	at := len(t.rows)
	if i, ok := t.byID[above]; ok {
		at = i
	}
	from, there := t.byID[m.ID]
	if there && (from == at || from+1 == at) {
		if t.rows[from].Revision != m.Revision {
			t.UpdateItem(m)
		}
		return
	}
	follow := t.AtBottom() && !t.hasNewer
	t.keepPlace(func() {
		if there {
			t.rows = slices.Delete(t.rows, from, from+1)
			if from < at {
				at--
			}
		}
		t.rows = slices.Insert(t.rows, at, &row{Message: m})
	})
	if follow {
		t.scrollTo(t.bottom())
	}
}

// SetUnread draws the divider above a message and says how many are unread; count 0 takes it away.
func (t *Timeline) SetUnread(first int64, count int) {
	if t.unreadFrom != first || t.unreadCount != count {
		t.keepPlace(func() { t.unreadFrom, t.unreadCount = first, count })
	}
}

// SetExtent says how many messages there are before and after the window, for the scroll bar.
func (t *Timeline) SetExtent(before, after int) {
	t.countBefore, t.countAfter = max(before, 0), max(after, 0)
	t.view.placeBar()
}

// Items are the messages in the window, oldest first.
func (t *Timeline) Items() []Message {
	out := make([]Message, len(t.rows))
	for i, r := range t.rows {
		out[i] = r.Message
	}
	return out
}

// unknown makes rows of the messages that are not in the window yet: a page may overlap what came meanwhile.
func (t *Timeline) unknown(items []Message) []*row {
	var out []*row
	for i := range items {
		if _, ok := t.byID[items[i].ID]; !ok {
			out = append(out, &row{Message: items[i]})
		}
	}
	return out
}

// trim lets go of messages beyond the window, from the old end or the new one; from the other when that end is on
// the screen, or near it.
func (t *Timeline) trim(fromOld bool) {
	over := len(t.rows) - TimelineWindow
	if over <= 0 {
		return
	}
	if first, last := t.keepFirst, t.keepLast; first != nil {
		const near = 20
		switch {
		case fromOld && slices.Index(t.rows, first) < over+near:
			fromOld = false
		case !fromOld && slices.Index(t.rows, last) >= len(t.rows)-over-near:
			fromOld = true
		}
	}
	if fromOld {
		t.rows = slices.Delete(t.rows, 0, over)
		t.hasOlder = true
		t.countBefore += over
		return
	}
	t.rows = slices.Delete(t.rows, len(t.rows)-over, len(t.rows))
	t.hasNewer = true
	t.countAfter += over
}

// keepPlace runs a change of the rows and leaves what is on the screen where it is.
func (t *Timeline) keepPlace(change func()) {
	id, dy, ok := t.anchor()
	if first, last := t.onScreen(); first < last {
		t.keepFirst, t.keepLast = t.rows[first], t.rows[last-1]
	}
	change()
	t.keepFirst, t.keepLast = nil, nil
	t.measureAll()
	if ok {
		if i, there := t.byID[id]; there {
			t.offset = t.heights.offset(i) + dy
		}
	}
	t.update()
}

// anchor is the first message on the screen and how far the top of the screen is below the top of its bubble. The
// bubble, not the row, since a day pill above may come and go.
func (t *Timeline) anchor() (id int64, dy float64, ok bool) {
	if len(t.rows) == 0 || t.heights.len() != len(t.rows) {
		return 0, 0, false
	}
	i := t.heights.at(t.offset)
	return t.rows[i].ID, t.offset - t.heights.offset(i), true
}

// measureAll brings every layout up to date. A layout is measured only when its message, its neighbours or the
// width changed.
func (t *Timeline) measureAll() {
	clear(t.byID)
	heights := make([]float64, len(t.rows))
	for i, r := range t.rows {
		t.byID[r.ID] = i
		t.measure(i)
		heights[i] = float64(r.layout.height)
	}
	t.heights.reset(heights)
}

func (t *Timeline) measure(i int) {
	r := t.rows[i]
	var prev, next *Message
	if i > 0 {
		prev = &t.rows[i-1].Message
	}
	if i+1 < len(t.rows) {
		next = &t.rows[i+1].Message
	}
	s := between(prev, &r.Message, next)
	if t.unreadCount > 0 && r.ID == t.unreadFrom {
		s.unread = t.unreadCount
		s.joined = false
	}
	if t.unreadCount > 0 && next != nil && next.ID == t.unreadFrom {
		s.joint = false
	}
	s.all = r.all
	key := layoutKey{r.Revision, t.width, s}
	if r.layout != nil && r.key == key {
		return
	}
	r.set, r.key = s, key
	r.layout = measureRow(&r.Message, s, t.labels(r), fyne.Max(t.width, 200))
}

func (t *Timeline) labels(r *row) labels {
	w := labels{clock: t.clockText(r.At)}
	if r.set.day {
		w.day = t.dayText(r.At)
	}
	if r.set.unread > 0 {
		if r.set.unread == 1 {
			w.unread = lang.X("timeline.unread_one", "1 unread message")
		} else {
			w.unread = lang.X("timeline.unread", "{{.n}} unread messages", map[string]string{"n": strconv.Itoa(r.set.unread)})
		}
	}
	if r.Kind == KindNote {
		w.note = lang.X("timeline.note", "Note from {{.name}}", map[string]string{"name": clean(r.Name)})
		w.noteRest = " · " + lang.X("timeline.note_hint", "only your team sees this") + " · " + w.clock
	}
	return w
}

func (t *Timeline) clockText(at time.Time) string {
	if t.ClockText != nil {
		return t.ClockText(at)
	}
	return at.Format("15:04")
}

func (t *Timeline) dayText(at time.Time) string {
	if t.DayText != nil {
		return t.DayText(at)
	}
	return at.Format("Monday 2 January")
}

// openLink passes on an address of the four kinds that may be opened.
func (t *Timeline) openLink(address string) {
	lower := strings.ToLower(address)
	for _, scheme := range []string{"http://", "https://", "mailto:", "tel:"} {
		if strings.HasPrefix(lower, scheme) && t.OnLink != nil {
			t.OnLink(address)
			return
		}
	}
}

func (t *Timeline) jumpToQuote(r *row) {
	if r.Quote != nil && !t.ShowItem(r.Quote.ID) {
		call(t.OnMissing, r.Quote.ID)
	}
}

// showMenu opens the menu of a message: Copy text, and what the screen adds.
func (t *Timeline) showMenu(r *row, at fyne.Position) {
	c := fyne.CurrentApp().Driver().CanvasForObject(t)
	if c == nil {
		return
	}
	var items []*fyne.MenuItem
	if text := r.copyText(); text != "" {
		items = append(items, fyne.NewMenuItem(lang.X("timeline.copy", "Copy text"), func() {
			fyne.CurrentApp().Clipboard().SetContent(text)
		}))
	}
	if t.Menu != nil {
		items = append(items, t.Menu(r.ID)...)
	}
	if len(items) > 0 {
		fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
	}
}

// copyText is the whole text as it was written, marks and all.
func (r *row) copyText() string {
	if r.Text != "" {
		return r.Text
	}
	return r.Title
}
