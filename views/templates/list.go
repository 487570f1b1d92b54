package templates

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// listPane is the list of templates, with its search, filters and chips. All rows are in memory; they are light.
type listPane struct {
	v      *View
	object fyne.CanvasObject
	search *widget.SearchField
	filter *widget.Button
	add    *widget.Button
	chips  []*widget.FilterChip
	list   *widget.KeyList
	bars   *widget.Skeleton
	empty  *widget.Paragraph
	hint   *fyne.Container
	foot   *fyne.Container // the progress of a sync
	whole  *fyne.Container
	stop   func() // the bars that wait

	narrow bool // there is no room for the numbers on the chips

	rows   []row
	at     map[app.ID]int // where in rows
	shown  []int          // what the query picked, as indexes of rows
	query  query
	cursor app.ID // the row with the keyboard
	loaded bool
	asked  int // which reading, and which picking, is the newest
	picked int
}

func newListPane(v *View) *listPane {
	l := &listPane{v: v, query: v.keptQuery()}
	l.search = widget.NewSearchField(lang.X("templates.search", "Search"), "")
	l.search.SetText(l.query.Text)
	l.search.OnChanged = func(s string) {
		l.query.Text = s
		l.pick(true)
	}
	l.search.OnKey = func(name fyne.KeyName) bool {
		if name != fyne.KeyDown && name != fyne.KeyEscape {
			return false
		}
		l.focus()
		return true
	}
	l.filter = widget.NewButton(widget.Plain, "", "filter", l.openFilter).WithHint(lang.X("templates.filter", "Filter and sort"))
	l.filter.SetOn(l.query.narrowed())
	l.add = widget.NewButton(widget.Main, "", "plus", v.New).WithHint(lang.X("command.template_new", "New template…"))
	chips := layout.Row(6)
	for i := range 3 {
		c := widget.NewFilterChip("", func() { l.choose(chip(i)) })
		l.chips = append(l.chips, c)
		chips.Add(c)
	}
	l.paintChips()
	l.list = newRowList(func() int { return len(l.shown) }, l.paint, l.typed)
	l.bars = widget.NewSkeleton(8, rowHeight)
	l.bars.Hide()
	l.empty = widget.NewParagraph("", theme.TypeSmall, theme.Text2, 120).Centred()
	l.hint = layout.Pad(0, 24, 0, 24, layout.Column(theme.Space3, layout.Gap(), l.empty, layout.Gap()))
	l.hint.Hide()
	l.foot = layout.Column(0)
	l.whole = layout.Column(0,
		layout.Pad(12, 12, 8, 12, layout.Column(theme.Space2, layout.Row(theme.Space2, layout.Grow(l.search), l.filter, l.add), chips)),
		layout.Pad(2, 0, 0, 0, widget.NewLine()),
		layout.Grow(layout.Over(shell.Tight(l.list), l.bars, l.hint)),
		l.foot,
	)
	l.object = layout.Over(widget.NewGround(theme.PaneAlt, "", 0), l.whole)
	return l
}

// reload reads all rows. What is shown stays until they are there.
func (l *listPane) reload() {
	l.asked++
	mine := l.asked
	if !l.loaded && l.stop == nil {
		l.stop = l.v.sh.After(shell.BarsAfter, func() { l.bars.Show() })
	}
	q := l.query
	l.v.sh.Async(l.v.sh.Base, func(ctx context.Context) (func(), error) {
		rows, err := l.v.readRows(ctx)
		if err != nil {
			return nil, err
		}
		at := make(map[app.ID]int, len(rows))
		for i := range rows {
			at[rows[i].id] = i
		}
		shown := pick(rows, q)
		return func() {
			if mine != l.asked {
				return
			}
			l.rows, l.at, l.loaded = rows, at, true
			l.ready()
			if q == l.query {
				l.picked++
				l.show(shown, false)
			} else {
				l.pick(false)
			}
			l.paintChips()
			l.v.rowsRead()
		}, nil
	}, func(err error) {
		if mine == l.asked {
			l.ready()
			l.failed(err)
		}
	})
}

func (l *listPane) ready() {
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
	l.bars.Hide()
}

func (l *listPane) failed(err error) {
	w := shell.WordsOf(err)
	if l.loaded {
		l.v.sh.Toasts(shell.Toast{Text: w.Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: l.reload})
		return
	}
	l.say(w.Message+" "+w.Mend, lang.X("button.again", "Try again"), l.reload)
}

// pick brings what is shown up to date with the query, away from the UI goroutine.
func (l *listPane) pick(top bool) {
	l.v.keepQuery(l.query)
	l.filter.SetOn(l.query.narrowed())
	if !l.loaded {
		return
	}
	l.picked++
	mine, rows, q := l.picked, l.rows, l.query
	l.v.sh.Async(l.v.sh.Base, func(context.Context) (func(), error) {
		shown := pick(rows, q)
		return func() {
			if mine == l.picked {
				l.show(shown, top)
			}
		}, nil
	}, nil)
}

func (l *listPane) show(shown []int, top bool) {
	l.shown = shown
	if top {
		l.list.ScrollToTop()
	}
	l.list.Refresh()
	l.sayEmpty()
}

// sayEmpty says why nothing is listed, and what to do.
func (l *listPane) sayEmpty() {
	switch {
	case len(l.shown) > 0 || !l.loaded:
		l.hint.Hide()
	case len(l.rows) == 0:
		l.say(lang.X("templates.none", "Your templates will be listed here."), lang.X("templates.sync_all", "Sync all"), l.v.SyncAll)
	case l.query.Text != "" || l.query.narrowed():
		l.say(lang.X("templates.none_found", "No template is like that."), lang.X("templates.show_all", "Show all"), l.clear)
	case l.query.Chip == chipMend:
		l.say(lang.X("templates.none_mend", "Nothing has to be mended."), "", nil)
	default:
		l.say(lang.X("templates.none_drafts", "There are no drafts."), "", nil)
	}
}

func (l *listPane) say(text, mend string, do func()) {
	l.empty.SetText(text)
	column := l.hint.Objects[0].(*fyne.Container)
	column.Objects = []fyne.CanvasObject{layout.Gap(), l.empty}
	if mend != "" {
		column.Objects = append(column.Objects, layout.Centre(widget.NewButton(widget.Plain, mend, "", do).Sized(widget.Small)))
	}
	column.Objects = append(column.Objects, layout.Gap())
	l.hint.Show()
	l.hint.Refresh()
}

// clear takes all filters away.
func (l *listPane) clear() {
	l.query = query{Order: l.query.Order}
	l.search.SetText("")
	l.paintChips()
	l.pick(true)
}

func (l *listPane) choose(c chip) {
	l.query.Chip = c
	l.paintChips()
	l.pick(true)
}

func (l *listPane) paintChips() {
	n := count(l.rows)
	for i, words := range []string{
		counted(lang.X("templates.all", "All"), n.all), counted(lang.X("templates.mend", "To mend"), n.mend), counted(lang.X("templates.drafts", "Drafts"), n.drafts),
	} {
		if l.narrow {
			words = []string{lang.X("templates.all", "All"), lang.X("templates.mend", "To mend"), lang.X("templates.drafts", "Drafts")}[i]
		}
		l.chips[i].SetText(words)
		l.chips[i].SetOn(chip(i) == l.query.Chip)
	}
	if l.object != nil {
		l.object.Refresh()
	}
}

// placed is told how wide the list is.
func (l *listPane) placed(width float32) {
	if narrow := width > 0 && width < 246; narrow != l.narrow {
		l.narrow = narrow
		l.paintChips()
	}
}

// counted is a word with a number behind it, if there is anything to count.
func counted(word string, n int) string {
	if n == 0 {
		return word
	}
	return word + " " + strconv.Itoa(n)
}

// get gives the row of a template.
func (l *listPane) get(id app.ID) (row, bool) {
	i, ok := l.at[id]
	if !ok {
		return row{}, false
	}
	return l.rows[i], true
}

func (l *listPane) paint(i int, r *rowView) {
	if i < 0 || i >= len(l.shown) {
		return
	}
	d := l.rows[l.shown[i]]
	r.tapped = func() { l.v.Open(d.id) }
	r.menu = func(at fyne.Position) { l.v.rowMenu(d, at) }
	r.show(d, d.id == l.v.chosen, l.list.Focused() && d.id == l.cursor)
}

// place is where in the list a template stands, or -1.
func (l *listPane) place(id app.ID) int {
	return slices.IndexFunc(l.shown, func(i int) bool { return l.rows[i].id == id })
}

// focus gives the list the keyboard, on the chosen row or the first.
func (l *listPane) focus() {
	l.moveTo(max(l.place(l.v.chosen), 0))
	l.v.sh.Window.Canvas().Focus(l.list)
}

// typed walks the list by keys.
func (l *listPane) typed(name fyne.KeyName) {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if l.cursor != 0 {
			l.v.Open(l.cursor)
		}
	case fyne.KeyDelete:
		if r, ok := l.get(l.cursor); ok {
			l.v.askDelete(r.id)
		}
	case fyne.KeyEscape:
		l.v.sh.Window.Canvas().Unfocus()
	default:
		if to, ok := widget.Stepped(name, max(l.place(l.cursor), 0), len(l.shown), 8); ok {
			l.moveTo(to)
		} else {
			passOn(name)
		}
	}
}

func (l *listPane) moveTo(i int) {
	if i < 0 || i >= len(l.shown) {
		return
	}
	l.cursor = l.rows[l.shown[i]].id
	l.list.ScrollTo(i)
	l.list.Refresh()
}

// beside is the neighbour of a template in the list, 0 if it has none.
func (l *listPane) beside(id app.ID) app.ID {
	i := l.place(id)
	switch {
	case i >= 0 && i+1 < len(l.shown):
		return l.rows[l.shown[i+1]].id
	case i > 0:
		return l.rows[l.shown[i-1]].id
	}
	return 0
}

// strip shows the progress of a sync below the list, or takes it away.
func (l *listPane) strip(row *widget.ProgressRow) {
	l.foot.Objects = nil
	if row != nil {
		l.foot.Objects = []fyne.CanvasObject{widget.NewLine(), layout.Pad(8, 12, 8, 12, row)}
	}
	l.whole.Refresh()
}

// step opens the next or the previous template of the list.
func (l *listPane) step(by int) {
	i := l.place(l.v.chosen)
	if i < 0 && by < 0 {
		return
	}
	if i += by; i >= 0 && i < len(l.shown) {
		l.list.ScrollTo(i)
		l.v.Open(l.rows[l.shown[i]].id)
	}
}
