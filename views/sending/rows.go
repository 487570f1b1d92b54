package sending

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/app/records"
	service "shopbell/app/sending"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// showRows shows in a sheet which records have a reason not to be sent. Each can be opened.
func (v *Panel) showRows(reason service.Reason) {
	var rows []service.Row
	for _, r := range v.check.report.Rows {
		if r.Problem != nil && r.Problem.Reason == reason {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return
	}
	var sheet *shell.Sheet
	open := func(i int) {
		sheet.Close()
		v.sh.OpenRecord(records.Ref{Type: v.who.typ.Name, ID: rows[i].Record.ID})
	}
	list := &rowList{rows: rows, open: open, at: -1}
	list.Length = func() int { return len(rows) }
	list.CreateItem = func() fyne.CanvasObject { return newProblemRow() }
	list.UpdateItem = func(i fynewidget.ListItemID, o fyne.CanvasObject) {
		if r, ok := o.(*problemRow); ok {
			r.set(rows[i], list.focused && i == list.at)
		}
	}
	list.OnSelected = func(i fynewidget.ListItemID) { open(i) }
	list.HideSeparators = true
	list.ExtendBaseWidget(list)
	head := widget.NewBold(naming.Number(len(rows))+" "+reasonWords(reason, len(rows)), theme.TypePage, theme.Text).Shrinking()
	done := widget.NewButton(widget.Plain, lang.X("button.close", "Close"), "", func() { sheet.Close() })
	sheet = v.sh.Layers.Show(layout.Column(theme.Space3, head, shell.Paragraph(rows[0].Problem.Mend, theme.Text2),
		layout.Exactly(0, v.sh.Layers.Room(float32(len(rows))*problemHeight, 140), shell.Tight(list)), layout.Row(0, layout.Gap(), done)), 560, 0, nil)
	v.sh.Window.Canvas().Focus(list)
}

const problemHeight float32 = 52

// rowList is Fyne's list with Return, and with Esc handed on.
type rowList struct {
	fynewidget.List
	rows    []service.Row
	open    func(i int)
	at      int
	focused bool
}

// FocusGained puts the cursor on the first row.
func (l *rowList) FocusGained() {
	l.focused = true
	l.at = max(l.at, 0)
	l.Refresh()
}

// FocusLost is called when the keyboard leaves.
func (l *rowList) FocusLost() {
	l.focused = false
	l.Refresh()
}

// TypedRune is for Fyne; letters mean nothing here.
func (l *rowList) TypedRune(rune) {}

// TypedKey moves the cursor and opens the row.
func (l *rowList) TypedKey(ev *fyne.KeyEvent) {
	to := l.at
	switch ev.Name {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	case fyne.KeyPageUp:
		to -= 8
	case fyne.KeyPageDown:
		to += 8
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = len(l.rows) - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.open(l.at)
		return
	default:
		widget.PassOnKey(ev.Name)
		return
	}
	l.at = min(max(to, 0), len(l.rows)-1)
	l.ScrollTo(l.at)
	l.Refresh()
}

// problemRow is one record with its number and what is wrong.
type problemRow struct {
	fynewidget.BaseWidget
	ground             *widget.Ground
	title, number, why *widget.Text
	content            *fyne.Container
}

func newProblemRow() *problemRow {
	r := &problemRow{
		ground: widget.NewGround("", "", theme.RadiusControl), title: widget.NewBold("", theme.TypeBody, theme.Text).Shrinking(),
		number: widget.NewText("", theme.TypeSmall, theme.Text2), why: widget.NewText("", theme.TypeSmall, theme.Text2).Shrinking(),
	}
	r.content = layout.Over(r.ground, layout.Pad(theme.Space1, theme.Space2, theme.Space1, theme.Space2,
		layout.Column(0, layout.Row(theme.Space2, layout.Grow(r.title), r.number, widget.NewIcon("right", 14, theme.Text3)), r.why)))
	r.ExtendBaseWidget(r)
	return r
}

func (r *problemRow) set(row service.Row, here bool) {
	title := row.Record.Title
	if title == "" {
		title = lang.X("sending.nameless", "No name")
	}
	phone := row.Phone
	if row.To != "" {
		phone = app.FormatPhone(row.To)
	}
	r.title.SetText(title)
	r.number.SetText(phone)
	r.why.SetText(row.Problem.Plain)
	if here {
		r.ground.Set(theme.Selected, "")
	} else {
		r.ground.Set("", "")
	}
	r.content.Refresh()
}

// MinSize is that of every row.
func (r *problemRow) MinSize() fyne.Size { return fyne.NewSize(200, problemHeight) }

// CreateRenderer is for Fyne.
func (r *problemRow) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(r.content)
}
