package widget

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

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
