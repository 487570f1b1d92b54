package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/theme"
)

// Table shows rows in columns, of which only those in sight exist: a hundred thousand cost no more than twenty. It knows nothing of what stands
// in them; whoever has the rows is asked for those that are drawn and told what the person does.
type Table struct {
	fynewidget.BaseWidget
	// Row gives what stands in row i; false: it is not there yet, and bars stand in for it.
	Row func(i int) (TableRow, bool)
	// OnNear is told which rows are in sight or soon will be, so that they can be read.
	OnNear func(from, to int)
	// OnOpen is told of a click on a row and of Return; OnMark of a tick, and OnMarkTo of one with Shift, which goes to every row since the last.
	OnOpen   func(i int)
	OnMark   func(i int)
	OnMarkTo func(i int)
	// OnMarkAll is told of a click on the head's box.
	OnMarkAll func()
	// OnSort is told of a click on the head of a column, OnWidth when its edge was dragged, OnMove when it was moved to another place.
	OnSort  func(column int)
	OnWidth func(column int, width float32)
	OnMove  func(from, to int)
	// OnMenu is told of a click with the other button, OnKey sees keys first and swallows them by returning true.
	OnMenu func(i int, at fyne.Position)
	OnKey  func(name fyne.KeyName) bool
	// OnCursor is told when the keyboard stands on another row (nil: nobody cares).
	OnCursor func(i int)

	columns []TableColumn
	n       int
	cursor  int
	sort    int // column, -1 for none
	desc    bool
	marks   MarkState
	focused bool
	shift   bool
	hover   int

	at     []tableSpot
	wide   float32
	head   *tableHead
	body   *tableBody
	across *scroller
	whole  *tableWhole
	scroll *scroller
}

var (
	_ fyne.Focusable  = (*Table)(nil)
	_ desktop.Keyable = (*Table)(nil)
	_ fyne.Scrollable = (*Table)(nil)
)

// NewTable makes a table without columns and rows.
func NewTable() *Table {
	t := &Table{sort: -1, hover: -1}
	t.body = &tableBody{t: t}
	t.body.ExtendBaseWidget(t.body)
	t.scroll = newScroller(t.body, false)
	t.scroll.OnScrolled = func(fyne.Position) { t.body.sync(false) }
	t.head = newTableHead(t)
	t.whole = &tableWhole{t: t}
	t.whole.ExtendBaseWidget(t.whole)
	t.across = newScroller(t.whole, true)
	t.scroll.around = nil
	t.ExtendBaseWidget(t)
	return t
}

// SetColumns shows other columns.
func (t *Table) SetColumns(columns []TableColumn, sorted int, desc bool) {
	t.columns, t.sort, t.desc = columns, sorted, desc
	t.arrange()
	t.head.rebuild()
	t.body.forget()
	t.Refresh()
}

// SetSort says by which column the rows are sorted; -1 is none.
func (t *Table) SetSort(column int, desc bool) {
	if t.sort != column || t.desc != desc {
		t.sort, t.desc = column, desc
		t.head.Refresh()
	}
}

// SetMarks sets the tick of the head's box.
func (t *Table) SetMarks(m MarkState) {
	if t.marks != m {
		t.marks = m
		t.head.Refresh()
	}
}

// SetLength says how many rows there are, and draws those in sight anew.
func (t *Table) SetLength(n int) {
	t.n = max(n, 0)
	t.cursor = max(min(t.cursor, t.n-1), 0)
	t.body.from, t.body.to = 0, 0
	t.scroll.Refresh()
	t.body.sync(true)
}

// Changed draws the rows in sight anew, those that did change.
func (t *Table) Changed() { t.body.sync(true) }

// Cursor is the row that the keyboard is on.
func (t *Table) Cursor() int { return t.cursor }

// MoveTo puts the keyboard's row on i and brings it into sight.
func (t *Table) MoveTo(i int) {
	if t.n == 0 {
		return
	}
	t.cursor = max(0, min(i, t.n-1))
	top := float32(t.cursor) * theme.HeightTableRow
	high := t.scroll.Size().Height
	switch y := t.scroll.Offset.Y; {
	case top < y:
		t.scroll.to(top)
	case high > 0 && top+theme.HeightTableRow > y+high:
		t.scroll.to(top + theme.HeightTableRow - high)
	}
	t.body.sync(false)
	if t.OnCursor != nil {
		t.OnCursor(t.cursor)
	}
}

// ScrollToTop shows the first row.
func (t *Table) ScrollToTop() {
	t.cursor = 0
	t.scroll.to(0)
	t.body.sync(true)
}

// ScrollTo shows the rows from an offset in logical pixels on.
func (t *Table) ScrollTo(y float32) { t.scroll.to(y) }

// Focus gives it the keyboard.
func (t *Table) Focus() { focus(t) }

// Focused tells whether it has the keyboard.
func (t *Table) Focused() bool { return t.focused }

// Scrolled moves the rows, or the columns when the wheel goes sideways.
func (t *Table) Scrolled(ev *fyne.ScrollEvent) {
	if ev.Scrolled.DX != 0 {
		t.across.Scrolled(ev)
		t.head.Refresh()
	}
	if ev.Scrolled.DY != 0 {
		t.scroll.Scrolled(ev)
	}
}

// FocusGained is called when the keyboard arrives.
func (t *Table) FocusGained() { t.focused = true; t.body.sync(true) }

// FocusLost is called when it leaves.
func (t *Table) FocusLost() { t.focused, t.shift = false, false; t.body.sync(true) }

// KeyDown remembers Shift.
func (t *Table) KeyDown(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		t.shift = true
	}
}

// KeyUp forgets it.
func (t *Table) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		t.shift = false
	}
}

// TypedRune is for Fyne; letters mean nothing here.
func (t *Table) TypedRune(rune) {}

// TypedKey walks the rows.
func (t *Table) TypedKey(ev *fyne.KeyEvent) {
	if t.OnKey != nil && t.OnKey(ev.Name) {
		return
	}
	page := max(1, int(t.scroll.Size().Height/theme.HeightTableRow)-1)
	to := t.cursor
	switch ev.Name {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	case fyne.KeyPageUp:
		to -= page
	case fyne.KeyPageDown:
		to += page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = t.n - 1
	case fyne.KeyLeft:
		t.across.to(t.across.at() - 60)
		return
	case fyne.KeyRight:
		t.across.to(t.across.at() + 60)
		return
	case fyne.KeySpace:
		t.mark(t.cursor)
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		t.open(t.cursor)
		return
	default:
		passOnKey(ev.Name)
		return
	}
	shift := t.shift
	t.MoveTo(to)
	if shift && t.n > 0 && t.OnMarkTo != nil {
		t.OnMarkTo(t.cursor)
	}
}

// TypedShortcut hands shortcuts on: they belong to the window.
func (t *Table) TypedShortcut(s fyne.Shortcut) {
	if _, all := s.(*fyne.ShortcutSelectAll); all {
		callIf(t.OnMarkAll)
		return
	}
	passOn(s)
}

func (t *Table) open(i int) {
	if i >= 0 && i < t.n && t.OnOpen != nil {
		t.OnOpen(i)
	}
}

func (t *Table) mark(i int) {
	switch {
	case i < 0 || i >= t.n:
	case t.shift && t.OnMarkTo != nil:
		t.OnMarkTo(i)
	case t.OnMark != nil:
		t.OnMark(i)
	}
}

// arrange gives the columns their places.
func (t *Table) arrange() {
	t.at, t.wide = spots(t.columns, t.Size().Width)
}

// CreateRenderer is for Fyne.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) {
		t.arrange()
		place(t.across, 0, 0, size.Width, size.Height)
		t.across.arrange()
	}
	return newRenderer(t, func() fyne.Size { return fyne.NewSize(240, theme.HeightTableHead+3*theme.HeightTableRow) }, layout, func() {
		t.arrange()
		t.head.Refresh()
		t.body.sync(true)
	}, t.across)
}

// tableWhole is head and body, as wide as the columns need.
type tableWhole struct {
	fynewidget.BaseWidget
	t *Table
}

// CreateRenderer is for Fyne.
func (w *tableWhole) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) {
		place(w.t.head, 0, 0, size.Width, theme.HeightTableHead)
		place(w.t.scroll, 0, theme.HeightTableHead, size.Width, size.Height-theme.HeightTableHead)
		w.t.body.sync(false)
	}
	return newRenderer(w, func() fyne.Size { return fyne.NewSize(w.t.wide, theme.HeightTableHead) }, layout, func() {}, w.t.head, w.t.scroll)
}
