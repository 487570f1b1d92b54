package widget

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"shopbell/views/theme"
)

// tableWorld is a table of numbered rows, and what was asked of it.
type tableWorld struct {
	*Table
	n      int
	there  func(i int) bool
	marked map[int]bool
	asked  int
	said   []string
	from   int
	to     int
}

func newTableWorld(t testing.TB, n int, size fyne.Size) *tableWorld {
	w := &tableWorld{Table: NewTable(), n: n, marked: map[int]bool{}, there: func(int) bool { return true }}
	w.Row = func(i int) (TableRow, bool) {
		w.asked++
		tone := Ok
		if i%3 == 0 {
			tone = Accent
		}
		return TableRow{Marked: w.marked[i], Open: i == 2, Cells: []TableCell{
			{Text: fmt.Sprintf("S%05d", i)},
			{Text: []string{"Nguyễn Thị Mai", "سارة الحداد", "A name that is much too long for its column, and goes on"}[i%3]},
			{Text: fmt.Sprintf("%d.00 €", i*37)},
			{Text: "Sent", Pill: true, Tone: tone},
		}}, w.there(i)
	}
	say := func(format string, args ...any) { w.said = append(w.said, fmt.Sprintf(format, args...)) }
	w.OnOpen = func(i int) { say("open %d", i) }
	w.OnMark = func(i int) { say("mark %d", i) }
	w.OnMarkTo = func(i int) { say("mark to %d", i) }
	w.OnMarkAll = func() { say("mark all") }
	w.OnSort = func(c int) { say("sort %d", c) }
	w.OnMove = func(from, to int) { say("move %d %d", from, to) }
	w.OnWidth = func(c int, width float32) { say("width %d %.0f", c, width) }
	w.OnNear = func(from, to int) { w.from, w.to = from, to }
	w.SetColumns([]TableColumn{
		{Key: "number", Title: "Number", Width: 70, Bold: true},
		{Key: "who", Title: "Customer", Width: 120, Share: 1},
		{Key: "total", Title: "Total", Width: 90, Trailing: true},
		{Key: "state", Title: "State", Width: 80, Trailing: true, Fixed: true},
	}, 2, true)
	win := test.NewTempWindow(t, w.Table)
	win.SetPadded(false)
	win.Resize(size)
	w.SetLength(n)
	return w
}

func (w *tableWorld) key(names ...fyne.KeyName) {
	for _, n := range names {
		w.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

// heard gives what was asked since the last time.
func (w *tableWorld) heard() []string {
	out := w.said
	w.said = nil
	return out
}

func TestTableIsWalkedByKeys(t *testing.T) {
	newApp(t)
	w := newTableWorld(t, 1000, fyne.NewSize(600, 36+44*10))
	w.FocusGained()
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 1}, {fyne.KeyDown, 2}, {fyne.KeyPageDown, 11}, {fyne.KeyEnd, 999}, {fyne.KeyDown, 999}, {fyne.KeyPageUp, 990}, {fyne.KeyHome, 0}, {fyne.KeyUp, 0},
	} {
		w.key(c.key)
		if w.Cursor() != c.want {
			t.Errorf("%s: row %d, want %d", c.key, w.Cursor(), c.want)
		}
	}
	w.key(fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn)
	w.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	w.key(fyne.KeyDown)
	w.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	w.key(fyne.KeyDown)
	w.TypedShortcut(&fyne.ShortcutSelectAll{})
	if got, want := w.heard(), []string{"mark 1", "open 1", "mark to 2", "mark all"}; !slices.Equal(got, want) {
		t.Errorf("heard %q, want %q", got, want)
	}
	w.key(fyne.KeyEnd)
	if w.from > 985 || w.to != 1000 {
		t.Errorf("at the end rows %d to %d are wanted", w.from, w.to)
	}
}

func TestTableIsClickedAndDragged(t *testing.T) {
	newApp(t)
	w := newTableWorld(t, 50, fyne.NewSize(600, 36+44*10))
	c := fyne.CurrentApp().Driver().CanvasForObject(w)
	row := func(i int) float32 { return 36 + float32(i)*44 + 20 }
	test.TapCanvas(c, fyne.NewPos(200, row(3)))
	test.TapCanvas(c, fyne.NewPos(24, row(4)))
	test.TapCanvas(c, fyne.NewPos(24, 18))
	test.TapCanvas(c, fyne.NewPos(60, 18))  // the first title
	test.TapCanvas(c, fyne.NewPos(570, 18)) // one by which nothing is sorted
	if got, want := w.heard(), []string{"open 3", "mark 4", "mark all", "sort 0"}; !slices.Equal(got, want) {
		t.Errorf("heard %q, want %q", got, want)
	}
	w.head.edges[0].Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DX: 30}})
	w.head.edges[0].DragEnd()
	w.head.titles[0].Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DX: 300}})
	w.head.titles[0].DragEnd()
	w.head.titles[1].TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
	if got, want := w.heard(), []string{"width 0 100", "move 0 1", "move 1 0"}; !slices.Equal(got, want) {
		t.Errorf("heard %q, want %q", got, want)
	}
}

func TestTableDrawsOnlyWhatIsInSight(t *testing.T) {
	newApp(t)
	w := newTableWorld(t, 100_000, fyne.NewSize(600, 36+44*10))
	if len(w.body.rows) > 12 {
		t.Errorf("%d rows are drawn", len(w.body.rows))
	}
	w.asked = 0
	w.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -44}})
	if w.asked > 2 {
		t.Errorf("one step asks for %d rows", w.asked)
	}
	w.there = func(i int) bool { return i < 20 }
	w.ScrollTo(44 * 50_000)
	if w.from > 50_000 || w.to < 50_010 || w.to-w.from > 60 {
		t.Errorf("rows %d to %d are wanted", w.from, w.to)
	}
}

func TestTableTooNarrowForItsColumnsScrollsSideways(t *testing.T) {
	newApp(t)
	w := newTableWorld(t, 5, fyne.NewSize(300, 300))
	if w.wide <= 300 {
		t.Fatalf("it is %v wide", w.wide)
	}
	w.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DX: -40}})
	if w.across.Offset.X != 40 {
		t.Errorf("it stands at %v", w.across.Offset.X)
	}
}

func TestTableGolden(t *testing.T) {
	for _, name := range []string{"light", "dark"} {
		choice := theme.Light
		if name == "dark" {
			choice = theme.Dark
		}
		a := newApp(t)
		a.Settings().SetTheme(theme.New(choice))
		w := newTableWorld(t, 8, fyne.NewSize(560, 340))
		w.marked[1], w.marked[3] = true, true
		w.SetMarks(MarkSome)
		w.there = func(i int) bool { return i != 4 }
		w.Changed()
		golden(t, "table-"+name, w.Table, fyne.NewSize(560, 340))
	}
}

// The time of one step through a hundred thousand rows, beside the time of a frame.
func BenchmarkTableScroll(b *testing.B) {
	newApp(b)
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := newTableWorld(b, n, fyne.NewSize(1204, 700))
			at, dy := float32(0), float32(120)
			for b.Loop() {
				if at += dy; at > float32(n)*44-900 || at < 0 {
					dy = -dy
				}
				w.ScrollTo(at)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(16*time.Millisecond), "of-frame")
		})
	}
}
