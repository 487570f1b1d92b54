package widget

import (
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
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
