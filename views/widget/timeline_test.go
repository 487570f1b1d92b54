package widget

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"shopbell/views/theme"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// store is a conversation of n messages whose text follows from their number.
type store struct{ n int }

func (s *store) message(i int) Message {
	texts := []string{
		"Is my order ready?", "Dạ được ạ! Shop có thể giao tận nhà cho chị vào chiều thứ Bảy.", "Ok",
		"Good afternoon Mai! Yes, it is. I will send you a *quotation* with delivery in a minute, and a link: https://shop.example/q/22",
		"هل يصل الطلب قبل يوم الخميس؟", "👍", strings.Repeat("a long story about a walnut sideboard ", 8),
	}
	m := Message{ID: int64(i + 1), Text: texts[i%len(texts)], At: monday.Add(time.Duration(i) * 7 * time.Minute), Out: i%5 < 2}
	if m.Out {
		m.Tick, m.Sender = Read, "us"
	}
	if i%31 == 0 {
		m.Kind, m.Name = KindNote, "Luis"
	}
	return m
}

func (s *store) page(from, to int) []Message {
	var out []Message
	for i := max(from, 0); i < min(to, s.n); i++ {
		out = append(out, s.message(i))
	}
	return out
}

// serve answers the timeline at once, as a screen does a moment later.
func (s *store) serve(t *Timeline) {
	t.OnNeedOlder = func(id int64) {
		to := int(id) - 1
		t.PrependItems(s.page(to-TimelinePage, to), to-TimelinePage > 0)
	}
	t.OnNeedNewer = func(id int64) {
		from := int(id)
		t.AppendItems(s.page(from, from+TimelinePage), from+TimelinePage < s.n)
	}
	t.OnMissing = func(id int64) {
		at := int(id) - 1
		if id == 0 {
			at = s.n - 1
		}
		s.open(t, at)
		if id != 0 {
			t.ShowItem(id)
		}
	}
	t.OnSeek = func(i int) { s.open(t, i); t.ShowItem(int64(i + 1)) }
}

func (s *store) open(t *Timeline, at int) {
	from, to := max(0, at-TimelinePage), min(s.n, at+TimelinePage)
	t.SetItems(s.page(from, to), from > 0, to < s.n)
	t.SetExtent(from, s.n-to)
}

func newTestTimeline(t testing.TB, size fyne.Size) *Timeline {
	t.Helper()
	newApp(t)
	tl := NewTimeline()
	w := test.NewTempWindow(t, tl)
	w.SetPadded(false)
	w.Resize(size)
	return tl
}

// screenOf says where each message on the screen stands.
func screenOf(tl *Timeline) map[int64]float32 {
	out := map[int64]float32{}
	for id, b := range tl.view.shown {
		out[id] = b.Position().Y + b.row.layout.bubble.y
	}
	return out
}

// checkTimeline holds what must be true after whatever was done.
func checkTimeline(t rapid.TB, tl *Timeline) {
	if len(tl.rows) > TimelineWindow {
		t.Fatalf("%d messages in the window", len(tl.rows))
	}
	if tl.heights.len() != len(tl.rows) || len(tl.byID) != len(tl.rows) {
		t.Fatalf("%d rows, %d heights, %d ids", len(tl.rows), tl.heights.len(), len(tl.byID))
	}
	if tl.offset > tl.bottom()+0.01 || tl.offset < tl.top()-0.01 {
		t.Fatalf("offset %v outside of %v to %v", tl.offset, tl.top(), tl.bottom())
	}
	// The bubbles cover the screen without gaps and without lying over each other.
	first, last := tl.onScreen()
	if len(tl.view.shown) != last-first {
		t.Fatalf("%d bubbles for rows %d to %d", len(tl.view.shown), first, last)
	}
	at := float32(math.NaN())
	for i := first; i < last; i++ {
		b := tl.view.shown[tl.rows[i].ID]
		if b == nil || b.row != tl.rows[i] || b.bound != tl.rows[i].layout {
			t.Fatalf("row %d is shown by %v", i, b)
		}
		if y := b.Position().Y; !math.IsNaN(float64(at)) && math.Abs(float64(y-at)) > 0.6 {
			t.Fatalf("row %d begins at %v, the one above ends at %v", i, y, at)
		} else if i == first && tl.offset > 0 && y > 0.01 {
			t.Fatalf("the first row begins at %v", y)
		}
		at = b.Position().Y + b.row.layout.height
	}
}

func TestTimelineStaysPutWhenOlderMessagesCome(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	s := &store{10_000}
	s.open(tl, s.n)
	tl.scrollTo(700)
	before := screenOf(tl)
	tl.PrependItems(s.page(s.n-150, s.n-50), true)
	after := screenOf(tl)
	for id, y := range before {
		if math.Abs(float64(after[id]-y)) > 0.5 {
			t.Errorf("message %d moved from %v to %v", id, y, after[id])
		}
	}
	checkTimeline(t, tl)
}

// Whatever happens, what is on the screen stays, and the bubbles cover it.
func TestTimelineProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tl := newTestTimeline(t, fyne.NewSize(596, 600))
		s := &store{rapid.IntRange(1, 3000).Draw(rt, "messages")}
		s.serve(tl)
		s.open(tl, rapid.IntRange(0, s.n).Draw(rt, "open"))
		for range rapid.IntRange(1, 15).Draw(rt, "steps") {
			switch rapid.IntRange(0, 7).Draw(rt, "do") {
			case 0, 1, 2:
				tl.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: float32(rapid.IntRange(-900, 900).Draw(rt, "dy"))}})
			case 3:
				key := rapid.SampledFrom([]fyne.KeyName{fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyUp, fyne.KeyDown}).Draw(rt, "key")
				tl.TypedKey(&fyne.KeyEvent{Name: key})
			case 4:
				tl.Resize(fyne.NewSize(float32(rapid.IntRange(240, 1200).Draw(rt, "w")), float32(rapid.IntRange(120, 900).Draw(rt, "h"))))
			case 5:
				if len(tl.rows) == 0 {
					break
				}
				r := tl.rows[rapid.IntRange(0, len(tl.rows)-1).Draw(rt, "row")]
				m := r.Message
				m.Revision++
				m.Text = rapid.SampledFrom([]string{"", "short", strings.Repeat("longer than before ", 12)}).Draw(rt, "text")
				first, _ := tl.onScreen()
				anchor := tl.rows[first].ID
				was, stuck := screenOf(tl)[anchor], tl.AtBottom()
				atEdge := tl.offset <= tl.top()+600
				tl.UpdateItem(m)
				if y := screenOf(tl)[anchor]; !stuck && !atEdge && tl.offset < tl.bottom()-1 && m.ID != anchor && math.Abs(float64(y-was)) > 9 {
					rt.Fatalf("message %d changed and %d moved from %v to %v", m.ID, anchor, was, y)
				}
			case 6:
				s.n++
				stuck := tl.AtBottom() && !tl.HasNewer()
				tl.Arrived(s.message(s.n - 1))
				if stuck && !tl.AtBottom() {
					rt.Fatal("it did not follow from the bottom")
				}
			case 7:
				tl.jumpTo(rt, s)
			}
			checkTimeline(rt, tl)
		}
	})
}

func (t *Timeline) jumpTo(rt *rapid.T, s *store) {
	id := int64(rapid.IntRange(1, s.n).Draw(rt, "jump"))
	if !t.ShowItem(id) {
		t.OnMissing(id)
	}
	if t.view.shown[id] == nil {
		rt.Fatalf("message %d is not on the screen after a jump", id)
	}
}

func TestTimelineWalksTheWholeConversation(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	s := &store{2000}
	s.serve(tl)
	s.open(tl, s.n)
	seen := map[int64]bool{}
	tl.OnVisible = func(ids []int64) {
		for _, id := range ids {
			seen[id] = true
		}
	}
	tl.update()
	for range 20_000 {
		if tl.offset <= tl.top() && !tl.hasOlder {
			break
		}
		tl.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 300}})
	}
	if len(seen) != s.n {
		t.Errorf("%d of %d messages were seen on the way up", len(seen), s.n)
	}
	if tl.rows[0].ID != 1 || !tl.HasNewer() {
		t.Errorf("the top is message %d, newer %v", tl.rows[0].ID, tl.HasNewer())
	}
	if tl.view.made > 60 {
		t.Errorf("%d bubbles were made to show %d messages", tl.view.made, s.n)
	}
	tl.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if !tl.AtBottom() || tl.rows[len(tl.rows)-1].ID != int64(s.n) {
		t.Error("End did not go to the newest message")
	}
}

func TestTimelineFollowsOnlyFromTheBottom(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	s := &store{200}
	s.open(tl, s.n)
	tl.Arrived(Message{ID: 900, Text: "new", At: monday.Add(9000 * time.Hour)})
	if !tl.AtBottom() || tl.view.down.Visible() {
		t.Fatal("it did not follow")
	}
	tl.scrollTo(tl.bottom() - 1200)
	where := tl.Offset()
	tl.Arrived(Message{ID: 901, Text: "newer", At: monday.Add(9000 * time.Hour)})
	tl.Arrived(Message{ID: 902, Text: "ours", Out: true, At: monday.Add(9000 * time.Hour)})
	if tl.Offset() != where || !tl.view.down.Visible() || tl.view.down.count != 1 {
		t.Fatalf("offset %v to %v, count %d", where, tl.Offset(), tl.view.down.count)
	}
	test.Tap(tl.view.down)
	if !tl.AtBottom() || tl.view.down.Visible() || tl.fresh != 0 {
		t.Error("the button did not go to the bottom")
	}
}

func TestTimelineAsksOnce(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	asked := 0
	tl.OnNeedOlder = func(int64) { asked++ }
	s := &store{1000}
	s.open(tl, s.n)
	for range 100 {
		tl.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 200}})
	}
	if asked != 1 {
		t.Errorf("asked %d times without an answer", asked)
	}
	tl.NeedFailed()
	tl.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 1}})
	if asked != 2 {
		t.Error("not asked again after a failure")
	}
}

func TestTimelineUnreadDivider(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	s := &store{200}
	tl.SetUnread(180, 21)
	s.open(tl, s.n)
	b := tl.view.shown[180]
	if b == nil {
		t.Fatal("the first unread message is not on the screen")
	}
	if !b.lineLeft.Visible() || !slices.ContainsFunc(b.row.layout.runs, func(r placedRun) bool { return r.text == "21 unread messages" }) {
		t.Error("no divider above it")
	}
	tl.SetUnread(0, 0)
	if b := tl.view.shown[180]; b != nil && b.lineLeft.Visible() {
		t.Error("the divider stays")
	}
}

func TestTimelineOpensAtTheUnreadOnesHoweverItIsBuilt(t *testing.T) {
	newApp(t)
	tl := NewTimeline()
	tl.SetUnread(60, 141)
	s := &store{200}
	tl.SetItems(s.page(0, 200), false, false)
	w := test.NewTempWindow(t, tl)
	w.Resize(fyne.NewSize(596, 600))
	if tl.view.shown[60] == nil {
		t.Error("filled before it was shown, it does not open at the first unread message")
	}
	checkTimeline(t, tl)
}

func TestTimelineAtEveryScale(t *testing.T) {
	for _, scale := range []float32{0.8, 1, 1.5, 2} {
		tl := newTestTimeline(t, fyne.NewSize(596, 600))
		c := fyne.CurrentApp().Driver().CanvasForObject(tl).(software.WindowlessCanvas)
		c.SetScale(scale)
		s := &store{300}
		s.serve(tl)
		s.open(tl, s.n)
		for range 30 {
			tl.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 111}})
			checkTimeline(t, tl)
		}
		c.Capture()
	}
}

func TestTimelineDragsThroughAMillion(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	s := &store{1_000_000}
	s.serve(tl)
	s.open(tl, s.n)
	bar := tl.view.bar
	bar.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DY: -bar.top / 2}})
	bar.DragEnd()
	mid := tl.rows[len(tl.rows)/2].ID
	if mid < 400_000 || mid > 600_000 {
		t.Errorf("half way up is message %d", mid)
	}
	checkTimeline(t, tl)
}

func TestTimelineOpensOnlySafeAddresses(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	var opened []string
	tl.OnLink = func(a string) { opened = append(opened, a) }
	for _, a := range []string{"https://a.example", "HTTP://b.example", "mailto:x@y.example", "tel:+34919010022", "file:///etc/passwd", "javascript:alert(1)", "smb://x"} {
		tl.openLink(a)
	}
	if len(opened) != 4 {
		t.Errorf("opened %q", opened)
	}
	// A click on the words of a link opens exactly those.
	opened = nil
	tl.SetItems([]Message{{ID: 1, Text: "see https://shop.example/q?a=1, or file:///etc/passwd", At: monday}}, false, false)
	b := tl.view.shown[1]
	i := slices.IndexFunc(b.row.layout.runs, func(r placedRun) bool { return r.link != "" })
	if i < 0 {
		t.Fatal("no link in the bubble")
	}
	r := b.row.layout.runs[i]
	b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(r.x+2, r.y+2)})
	if len(opened) != 1 || opened[0] != "https://shop.example/q?a=1" {
		t.Errorf("opened %q", opened)
	}
	b.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(r.x+2, r.y+2)}})
	if b.Cursor() != desktop.PointerCursor {
		t.Error("no hand over a link")
	}
}

func TestTimelineActions(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	var mended, raw, missing int64
	tl.OnMend = func(id int64) { mended = id }
	tl.OnRaw = func(id int64) { raw = id }
	tl.OnMissing = func(id int64) { missing = id }
	tl.SetItems([]Message{
		{ID: 1, Kind: KindMedia, Icon: "image", Title: "workshop-photo.png · 8.2 MB", Out: true, Tick: Failed, Failure: "Not delivered: the picture is larger than 5 MB.", Mend: "Make smaller and retry", MendIcon: "retry", At: monday},
		{ID: 2, Kind: KindUnknown, Title: "A message of an unknown kind", At: monday},
		{ID: 3, Text: "yes", Quote: &Quote{ID: 77, Name: "Mai", Text: "Tôi có thể đến lấy"}, At: monday},
	}, false, false)
	test.Tap(tl.view.shown[1].mend)
	tap := func(id int64, at box) {
		b := tl.view.shown[id]
		b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(at.x+2, at.y+2)})
	}
	tap(2, tl.rows[1].layout.raw)
	tap(3, tl.rows[2].layout.quote)
	if mended != 1 || raw != 2 || missing != 77 {
		t.Errorf("mended %d, raw %d, missing %d", mended, raw, missing)
	}
	b := tl.view.shown[3]
	at := tl.rows[2].layout.bubble
	b.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(at.x+20, at.y+at.h-4), AbsolutePosition: fyne.NewPos(100, 100)})
	menu := fyne.CurrentApp().Driver().CanvasForObject(tl).Overlays().Top()
	if menu == nil {
		t.Fatal("no menu")
	}
	if tl.rows[2].copyText() != "yes" {
		t.Error("Copy text would copy something else")
	}
}

func TestGrouping(t *testing.T) {
	at := func(min int) time.Time { return monday.Add(time.Duration(min) * time.Minute) }
	base := Message{ID: 1, Sender: "a", At: at(0)}
	for name, c := range map[string]struct {
		next Message
		want bool
	}{
		"soon":           {Message{Sender: "a", At: at(9)}, true},
		"after ten":      {Message{Sender: "a", At: at(10)}, false},
		"another sender": {Message{Sender: "b", At: at(1)}, false},
		"our side":       {Message{Sender: "a", Out: true, At: at(1)}, false},
		"a note":         {Message{Sender: "a", Kind: KindNote, At: at(1)}, false},
		"out of order":   {Message{Sender: "a", At: at(-1)}, false},
		"the next day":   {Message{Sender: "a", At: at(24 * 60)}, false},
	} {
		if got := joins(&base, &c.next); got != c.want {
			t.Errorf("%s: joined is %v", name, got)
		}
	}
	failed := base
	failed.Failure = "no"
	if joins(&failed, &Message{Sender: "a", At: at(1)}) {
		t.Error("a failed message has its reason below it and ends its group")
	}
}

func TestRightToLeftBubble(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(596, 600))
	tl.SetItems([]Message{{ID: 1, Text: "وهل يمكن الدفع عند الاستلام؟", At: monday}}, false, false)
	l := tl.rows[0].layout
	var clock, first placedRun
	for _, r := range l.runs {
		switch {
		case r.typ == theme.TypeTime:
			clock = r
		case r.typ == theme.TypeRTL && first.text == "":
			first = r
		}
	}
	if first.text == "" || clock.text == "" {
		t.Fatalf("runs %+v", l.runs)
	}
	if clock.x > first.x || math.Abs(float64(clock.x-l.bubble.x-bubblePadX)) > 0.5 {
		t.Errorf("the time stands at %v, the text at %v of a bubble at %v", clock.x, first.x, l.bubble.x)
	}
	if end := first.x + first.width; math.Abs(float64(end-(l.bubble.x+l.bubble.w-bubblePadX))) > 1 {
		t.Errorf("the text ends at %v, the bubble at %v", end, l.bubble.x+l.bubble.w)
	}
}

func TestBubblesStayInTheirColumn(t *testing.T) {
	newApp(t)
	rapid.Check(t, func(rt *rapid.T) {
		m := Message{
			ID: 1, Text: rapid.String().Draw(rt, "text"), Out: rapid.Bool().Draw(rt, "out"), At: monday,
			Kind:  MessageKind(rapid.IntRange(0, 4).Draw(rt, "kind")),
			Title: rapid.String().Draw(rt, "title"), Name: rapid.String().Draw(rt, "name"), Tick: Delivery(rapid.IntRange(0, 7).Draw(rt, "tick")),
		}
		if rapid.Bool().Draw(rt, "quoted") {
			m.Quote = &Quote{2, rapid.String().Draw(rt, "qname"), rapid.String().Draw(rt, "qtext")}
		}
		if rapid.Bool().Draw(rt, "failed") {
			m.Failure, m.Mend = rapid.String().Draw(rt, "failure"), "Retry"
		}
		w := rapid.Float32Range(260, 1600).Draw(rt, "width")
		words := labels{clock: "10:42", day: "Today", unread: "2 unread messages", note: "Note from Luis", noteRest: " · only your team sees this"}
		l := measureRow(&m, setting{day: rapid.Bool().Draw(rt, "day"), unread: rapid.IntRange(0, 2).Draw(rt, "unread")}, words, w)
		if l.bubble.x < 0 || l.bubble.x+l.bubble.w > w || l.bubble.w > theme.WidthBubble+1 || l.bubble.y+l.bubble.h > l.height+0.01 {
			rt.Fatalf("bubble %+v in a row %v by %v", l.bubble, w, l.height)
		}
		for _, r := range l.runs {
			if r.y < 0 || r.y+r.typ.Pitch > l.height+8 || r.x < l.bubble.x-400 && r.x < 0 {
				rt.Fatalf("run %+v in a row %v by %v", r, w, l.height)
			}
		}
	})
}

func TestPlaceItem(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(700, 500))
	s := &store{n: 20}
	s.open(tl, 19)
	pill := Message{ID: -1, Revision: 1, Kind: KindSystem, Text: "The 24 hours ended", At: monday}
	where := func() int { return slices.IndexFunc(tl.Items(), func(m Message) bool { return m.ID == -1 }) }
	tl.PlaceItem(pill, 0)
	if where() != 20 || !tl.AtBottom() {
		t.Errorf("at %d, at the bottom: %v", where(), tl.AtBottom())
	}
	for _, c := range []struct {
		above int64
		want  int
	}{{5, 4}, {5, 4}, {12, 11}, {0, 20}, {99, 20}, {1, 0}} {
		tl.PlaceItem(pill, c.above)
		if where() != c.want || len(tl.Items()) != 21 {
			t.Errorf("above %d: at %d of %d", c.above, where(), len(tl.Items()))
		}
	}
	pill.Revision, pill.Text = 2, "The 24 hours ended yesterday"
	tl.PlaceItem(pill, 1)
	if tl.Items()[0].Text != pill.Text {
		t.Errorf("%+v", tl.Items()[0])
	}
}

func TestNothingIsLeftOnTheScreen(t *testing.T) {
	tl := newTestTimeline(t, fyne.NewSize(700, 500))
	s := &store{n: 5}
	s.open(tl, 4)
	tl.SetItems(nil, false, false)
	for _, o := range test.TempWidgetRenderer(t, tl).Objects() {
		if b, ok := o.(*bubble); ok {
			t.Errorf("%q is still drawn", b.row.Text)
		}
	}
}

func TestAReasonIsSaidInFull(t *testing.T) {
	newApp(t)
	m := Message{
		ID: 1, Kind: KindText, Out: true, Text: "Hello", Tick: Failed, Mend: "Send again", MendIcon: "retry", At: monday,
		Failure: "Not delivered: " + strings.Repeat("the number is not on WhatsApp, or uses a very old version of it; ", 4) + "ask them",
	}
	l := measureRow(&m, setting{}, labels{clock: "09:00"}, 560)
	said, right := "", float32(0)
	for _, r := range l.runs {
		if r.colour == theme.Danger {
			said += r.text + " "
			right = max(right, r.x+r.width)
			if r.y+r.typ.Pitch > l.height+0.5 || r.x < columnPad-0.5 {
				t.Errorf("%q stands at %v, %v of a row %v high", r.text, r.x, r.y, l.height)
			}
		}
	}
	if strings.Join(strings.Fields(said), " ") != m.Failure || right > l.mend.x {
		t.Errorf("%q up to %v, the button at %v", said, right, l.mend.x)
	}
}
