package records

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app/records"
	"shopbell/views/layout"
	"shopbell/views/naming"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// listPane is the table with its head: types, search, filter, and the bar over the table that says what is ticked.
type listPane struct {
	v      *View
	object fyne.CanvasObject
	page   *shell.Page
	chips  *chips
	search *widget.SearchField
	filter *widget.Button
	cols   *widget.Button
	hint   *widget.Text // what in the search is not understood
	table  *widget.Table
	add    *widget.Button
	in     *widget.Button
	out    *widget.Button

	bar       *fyne.Container
	barGround *widget.Ground
	words     *widget.Text
	allOf     *widget.Button
	clear     *widget.Button
	remove    *widget.Button
	send      *widget.Button
	sole      *fyne.Container // what only an import brought shows
	twins     *fyne.Container
	// declined is how many duplicates there were when a person wanted to see none of them.
	declined int
	strip    *fyne.Container // an export under way
	empty    *fyne.Container
	waiting  *shell.Waiting
	column   *fyne.Container
	typing   func() // a search that waits for the next letter
	loaded   bool
}

func newListPane(v *View) *listPane {
	l := &listPane{v: v}
	l.chips = newChips(v.ChooseType, v.EditTypes)
	l.search = widget.NewSearchField(lang.X("records.search", "Search, or field:value"), "")
	l.search.OnChanged = func(s string) {
		if s == v.look.Search {
			return
		}
		v.look.Search = s
		if l.typing != nil {
			l.typing()
		}
		l.typing = v.sh.After(searchAfter, func() {
			l.typing = nil
			v.keepLook()
			v.read(false)
		})
	}
	l.search.OnSubmitted = func(string) { l.table.Focus() }
	l.search.OnKey = func(name fyne.KeyName) bool {
		if name != fyne.KeyDown && name != fyne.KeyEscape {
			return false
		}
		l.table.Focus()
		return true
	}
	l.filter = widget.NewButton(widget.Plain, lang.X("records.filter", "Filter"), "filter", l.openFilter)
	l.cols = widget.NewButton(widget.Plain, "", "list", l.openColumns).WithHint(lang.X("records.columns", "Columns"))
	l.hint = widget.NewText("", theme.TypeCaption, theme.Danger).Shrinking()
	l.hint.Hide()
	l.buildBar()
	l.buildTable()
	l.sole, l.twins, l.strip = hidden(), hidden(), hidden()
	l.in = widget.NewButton(widget.Plain, lang.X("records.import", "Import…"), "upload", v.Import)
	l.out = widget.NewButton(widget.Plain, lang.X("records.export", "Export…"), "file", v.Export)
	l.add = widget.NewButton(widget.Plain, lang.X("records.new", "New"), "plus", v.NewRecord)
	if v.p.Import == nil {
		l.in.Hide()
	}
	l.column = layout.Column(0,
		layout.Over(widget.NewGround(theme.Pane, "", 0), layout.Pad(theme.Space3, theme.Space4, theme.Space3, theme.Space4, layout.Column(10,
			l.chips.object, layout.Row(theme.Space2, layout.Grow(l.search), l.filter, l.cols), l.hint))),
		l.sole, l.twins, l.bar, widget.NewLine(),
		layout.Grow(layout.Over(widget.NewGround(theme.Pane, "", 0), l.table, l.empty, l.waiting.Object)),
		l.strip,
	)
	l.page = shell.NewPage(lang.X("tab.records", "Records"), l.column, l.in, l.out, l.add)
	l.object = l.page.Object()
	return l
}

func hidden() *fyne.Container {
	c := layout.Column(0)
	c.Hide()
	return c
}

func (l *listPane) buildBar() {
	v := l.v
	l.words = widget.NewBold("", theme.TypeSmall, theme.Text)
	l.allOf = widget.NewButton(widget.TextOnly, lang.X("records.select_all", "Select all"), "", v.SelectAll).Sized(widget.Small)
	l.clear = widget.NewButton(widget.TextOnly, lang.X("records.clear", "Clear"), "", v.Clear).Sized(widget.Small)
	l.remove = widget.NewButton(widget.Plain, "", "trash", v.DeletePicked).Sized(widget.Small).WithHint(lang.X("records.delete", "Delete"))
	l.send = widget.NewButton(widget.Main, lang.X("records.send", "Send…"), "send", v.Send).Sized(widget.Small)
	l.barGround = widget.NewGround(theme.PaneAlt, "", 0)
	l.bar = layout.Over(l.barGround, layout.Least(0, theme.HeightTableRow, layout.Pad(0, theme.Space3, 0, theme.Space4,
		layout.Row(theme.Space1, l.words, l.allOf, l.clear, layout.Gap(), l.remove, layout.Pad(0, 0, 0, theme.Space1, l.send)))))
	l.bar.Hide()
}

func (l *listPane) buildTable() {
	v := l.v
	t := widget.NewTable()
	l.table = t
	t.Row, t.OnNear = v.rows.row, v.rows.near
	t.OnOpen = v.openRow
	t.OnMark, t.OnMarkTo, t.OnMarkAll = v.mark, v.markTo, v.markAll
	t.OnSort, t.OnWidth, t.OnMove = l.sortBy, l.widen, l.move
	t.OnMenu = v.rowMenu
	t.OnKey = func(name fyne.KeyName) bool {
		switch name {
		case fyne.KeyDelete:
			v.DeleteRow(t.Cursor())
		case fyne.KeyEscape:
			if !v.form.open() && v.Picked() == 0 {
				return false
			}
			v.escape()
		default:
			return false
		}
		return true
	}
	l.empty = layout.Over()
	l.empty.Hide()
	l.waiting = shell.NewWaiting(v.sh, widget.NewSkeleton(10, theme.HeightTableRow), func() { v.asked++ }, func() { v.reload() })
}

// searchAfter is how long the next letter may take before a search begins.
const searchAfter = shell.BarsAfter

// setTypes shows the types at the top.
func (l *listPane) setTypes(types []records.Type, now string) { l.chips.set(types, now) }

// setType shows that another type is chosen.
func (l *listPane) setType() {
	l.chips.choose(l.v.typ.Name)
	l.search.SetText(l.v.look.Search)
	l.paintFilter()
	l.loaded = false
	l.table.SetLength(0)
	l.empty.Hide()
	l.page.SetBeside("")
	l.twins.Hide()
}

// paintFilter shows how many conditions hold, and whether only an import shows.
func (l *listPane) paintFilter() {
	n := len(l.v.look.Where)
	words := lang.X("records.filter", "Filter")
	if n > 0 {
		words = lang.X("records.filter_n", "Filter · {{.N}}", map[string]any{"N": n})
	}
	l.filter.SetText(words)
	l.filter.SetOn(n > 0)
	l.sole.Objects = nil
	if l.v.batch.ID != 0 {
		l.sole.Objects = []fyne.CanvasObject{widget.NewBanner(widget.Accent, "upload", lang.X("records.batch", "Only what this import brought."), "",
			widget.NewButton(widget.Plain, lang.X("records.show_all", "Show all"), "", func() {
				l.v.batch.ID = 0
				l.paintFilter()
				l.v.read(false)
			}))}
	}
	l.sole.Hidden = len(l.sole.Objects) == 0
	l.column.Refresh()
}

// unknown says what in the search is not understood.
func (l *listPane) unknown(names []string) {
	on := len(names) > 0
	if on {
		l.hint.SetText(lang.X("records.unknown", "Not understood: {{.Words}}", map[string]any{"Words": strings.Join(names, ", ")}))
	}
	if l.hint.Visible() != on {
		layout.SetVisible(l.hint, on)
		l.column.Refresh()
	}
}

// begin is called when a reading begins.
func (l *listPane) begin() {
	if !l.loaded {
		l.empty.Hide()
		l.waiting.Begin()
	}
}

// failed says why nothing could be read.
func (l *listPane) failed(err error) {
	if !l.loaded {
		l.waiting.Fail(err)
		return
	}
	w := shell.WordsOf(err)
	l.v.sh.Toasts(shell.Toast{Text: w.Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: l.v.reload})
}

// show draws what was read.
func (l *listPane) show(keep bool) {
	v := l.v
	l.waiting.End()
	l.loaded = true
	n := len(v.rows.ids)
	l.table.SetLength(n)
	if !keep {
		l.table.ScrollToTop()
	}
	beside := naming.Number(v.total)
	if int64(n) != v.total {
		beside = lang.X("records.of", "{{.N}} of {{.Total}}", map[string]any{"N": naming.Number(n), "Total": naming.Number(v.total)})
	}
	l.page.SetBeside(beside)
	l.sayEmpty(n == 0)
}

// peek draws the first rows while the others are still looked for.
func (l *listPane) peek() {
	l.waiting.End()
	l.loaded = true
	l.empty.Hide()
	l.table.SetLength(len(l.v.rows.ids))
	l.table.ScrollToTop()
}

// sayEmpty says why nothing is listed, and what to do.
func (l *listPane) sayEmpty(on bool) {
	v := l.v
	if !on {
		l.empty.Hide()
		return
	}
	types := naming.Types(v.typ)
	var state *widget.EmptyState
	if v.total > 0 {
		state = widget.NewEmptyState("search", lang.X("records.none_found", "Nothing is like that"), lang.X("records.none_found_text", "No record matches the search and the filter."),
			widget.NewButton(widget.Plain, lang.X("records.show_all", "Show all"), "", l.showAll))
	} else {
		buttons := []*widget.Button{widget.NewButton(widget.Main, lang.X("records.new_type", "New: {{.Type}}", map[string]any{"Type": naming.Type(v.typ)}), "plus", v.NewRecord)}
		if v.p.Import != nil {
			buttons = append([]*widget.Button{widget.NewButton(widget.Plain, lang.X("records.import", "Import…"), "upload", v.Import)}, buttons...)
		}
		state = widget.NewEmptyState("records", lang.X("records.none", "{{.Types}}: none yet", map[string]any{"Types": types}),
			lang.X("records.none_text", "Take them in from a CSV or Excel file, or write the first one by hand. You can also drop a file here."), buttons...)
	}
	l.empty.Objects = []fyne.CanvasObject{widget.NewGround(theme.Pane, "", 0), state}
	l.empty.Show()
	l.empty.Refresh()
}

// showAll takes search and filter away.
func (l *listPane) showAll() {
	v := l.v
	v.look.Search, v.look.Where, v.batch.ID = "", nil, 0
	l.search.SetText("")
	l.paintFilter()
	v.keepLook()
	v.read(false)
}

// paintPicked says in the bar over the table what is ticked. The bar is there before anything is, so that the first tick does not move the rows.
func (l *listPane) paintPicked() {
	v := l.v
	n, of := v.Picked(), len(v.rows.ids)
	marks := widget.MarkSome
	switch {
	case n == 0:
		marks = widget.MarkNone
	case n == of:
		marks = widget.MarkAll
	}
	l.table.SetMarks(marks)
	l.words.SetText(lang.X("records.picked", "{{.N}} of {{.Total}} selected", map[string]any{"N": naming.Number(n), "Total": naming.Number(of)}))
	ground, words := theme.AccentSoft2, theme.Text
	if n == 0 {
		ground, words = theme.PaneAlt, theme.Text3
	}
	l.barGround.Set(ground, "")
	l.words.SetColour(words)
	for _, o := range []fyne.CanvasObject{l.clear, l.remove, l.send} {
		layout.SetVisible(o, n > 0)
	}
	if l.bar.Visible() != (of > 0) {
		layout.SetVisible(l.bar, of > 0)
		l.column.Refresh()
	}
	layout.SetVisible(l.allOf, n < of)
	if v.typ.Phone == "" {
		l.send.DisableFor(lang.X("records.no_phone_type", "These records have no phone number"))
	} else {
		l.send.Enable()
	}
	l.bar.Refresh()
}

// sortBy sorts by a column; again, the other way round; a third time, as they were made.
func (l *listPane) sortBy(i int) {
	v := l.v
	name := v.columns[i].name
	switch {
	case v.look.Sort != name:
		v.look.Sort, v.look.Up = name, true
	case v.look.Up:
		v.look.Up = false
	default:
		v.look.Sort, v.look.Up = "", false
	}
	v.keepLook()
	sorted := -1
	if v.look.Sort != "" {
		sorted = i
	}
	l.table.SetSort(sorted, !v.look.Up)
	v.resort()
}

func (l *listPane) widen(i int, width float32) {
	v := l.v
	if v.look.Widths == nil {
		v.look.Widths = map[string]float32{}
	}
	v.look.Widths[v.columns[i].name] = width
	v.keepLook()
}

// move puts a column in another place.
func (l *listPane) move(from, to int) {
	v := l.v
	names := v.look.shownColumns(v.catalog, v.typ)
	if from >= len(names) || to >= len(names) {
		return
	}
	name := names[from]
	names = append(names[:from:from], names[from+1:]...)
	names = append(names[:to:to], append([]string{name}, names[to:]...)...)
	l.setColumns(names)
}

// setColumns shows these columns from now on.
func (l *listPane) setColumns(names []string) {
	v := l.v
	v.look.Columns = names
	v.keepLook()
	v.setColumns(false)
	l.table.SetLength(len(v.rows.ids))
}

// rowMenu is the menu of a row.
func (v *View) rowMenu(i int, at fyne.Position) {
	if i < 0 || i >= len(v.rows.ids) {
		return
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.X("records.open", "Open"), func() { v.openRow(i) })}
	if v.typ.Phone != "" {
		items = append(items, fyne.NewMenuItem(lang.X("records.send", "Send…"), func() { v.sendOne(v.rows.ids[i]) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.X("records.delete", "Delete"), func() { v.DeleteRow(i) }))
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), v.sh.Window.Canvas(), at)
}
