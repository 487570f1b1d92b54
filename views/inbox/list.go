package inbox

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

const listPage = 100

// listPane is the list of conversations, with its search and its filters.
type listPane struct {
	v      *View
	object fyne.CanvasObject
	search *widget.SearchField
	chips  []*widget.FilterChip
	row    *fyne.Container // of the chips
	filter *widget.Button
	list   *rowList
	found  *found
	wait   *shell.Waiting
	empty  *widget.Paragraph
	hint   *fyne.Container

	book    *book
	cursor  app.ID // the row with the keyboard
	loading bool
	again   bool
	loaded  bool
	cancel  context.CancelFunc
}

// chipFilters are the filters of the chips, in their order.
var chipFilters = []struct {
	title  func(c app.Counts) string
	filter app.ConversationFilter
}{
	{func(app.Counts) string { return lang.X("inbox.all", "All") }, app.ConversationFilter{}},
	{func(c app.Counts) string {
		if c.UnreadThreads == 0 {
			return lang.X("inbox.unread", "Unread")
		}
		return lang.X("inbox.unread_n", "Unread {{.N}}", map[string]any{"N": c.UnreadThreads})
	}, app.ConversationFilter{Unread: true}},
	{func(app.Counts) string { return lang.X("inbox.done", "Done") }, app.ConversationFilter{Closed: true}},
}

func newListPane(v *View) *listPane {
	l := &listPane{v: v, book: newBook(app.ConversationFilter{})}
	l.search = widget.NewSearchField(lang.X("inbox.search", "Search"), "Ctrl K")
	l.search.OnChanged = func(q string) { l.found.typedQuery(q) }
	l.search.OnKey = func(name fyne.KeyName) bool {
		switch {
		case name == fyne.KeyDown && len(l.found.hits) > 0:
			l.found.focus()
		case name == fyne.KeyDown || name == fyne.KeyEscape:
			l.focus()
		default:
			return false
		}
		return true
	}
	l.filter = widget.NewButton(widget.Plain, "", "filter", l.chooseAccount).WithHint(lang.X("inbox.filter", "Only one account"))
	write := widget.NewButton(widget.Main, "", "edit", v.NewConversation).WithHint(v.sh.Hint(lang.X("command.new", "New conversation…"), "conversation.new"))
	l.row = layout.Row(6)
	for i, f := range chipFilters {
		chip := widget.NewFilterChip(f.title(app.Counts{}), func() { l.choose(i) })
		chip.SetOn(i == 0)
		l.chips = append(l.chips, chip)
		l.row.Add(chip)
	}
	l.list = newRowList(l.book.len, l.paint, l)
	l.wait = shell.NewWaiting(v.sh, widget.NewSkeleton(8, theme.HeightConversation), l.giveUp, l.reload)
	l.empty = widget.NewParagraph("", theme.TypeSmall, theme.Text2, 120).Centred()
	l.hint = layout.Pad(0, 40, 0, 40, layout.Column(0, layout.Gap(), l.empty, layout.Gap()))
	l.hint.Hide()
	l.found = newFound(l)
	l.object = layout.Over(widget.NewGround(theme.PaneAlt, "", 0), layout.Column(0,
		layout.Pad(12, 12, 8, 12, layout.Column(theme.Space2, layout.Row(theme.Space2, layout.Grow(l.search), l.filter, write), l.row)),
		layout.Pad(2, 0, 0, 0, widget.NewLine()),
		layout.Grow(layout.Over(shell.Tight(l.list), l.wait.Object, l.hint, l.found.object)),
	))
	return l
}

// known is what the list knows of a conversation; only its id if that is nothing.
func (l *listPane) known(id app.ID) app.Conversation {
	if c, ok := l.book.rows.get(id); ok {
		return c
	}
	return app.Conversation{ID: id}
}

// setCounts writes the numbers on the chips.
func (l *listPane) setCounts(c app.Counts) {
	for i, f := range chipFilters {
		l.chips[i].SetText(f.title(c))
	}
	l.row.Refresh()
}

func (l *listPane) choose(i int) {
	f := chipFilters[i].filter
	f.AccountID = l.book.filter.AccountID
	for j, c := range l.chips {
		c.SetOn(j == i)
	}
	l.refilter(f)
}

// chooseAccount opens the menu of accounts.
func (l *listPane) chooseAccount() {
	pick := func(id app.ID) func() {
		return func() {
			f := l.book.filter
			f.AccountID = id
			l.filter.SetOn(id != 0)
			l.refilter(f)
		}
	}
	all := fyne.NewMenuItem(lang.X("inbox.every_account", "All accounts"), pick(0))
	all.Checked = l.book.filter.AccountID == 0
	items := []*fyne.MenuItem{all, fyne.NewMenuItemSeparator()}
	for _, a := range l.v.accts {
		item := fyne.NewMenuItem(a.Name, pick(a.ID))
		item.Checked = l.book.filter.AccountID == a.ID
		items = append(items, item)
	}
	c := l.v.sh.Window.Canvas()
	at := l.v.sh.App.Driver().AbsolutePositionForObject(l.filter).AddXY(0, l.filter.Size().Height+4)
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
}

func (l *listPane) refilter(f app.ConversationFilter) {
	l.book = newBook(f)
	l.book.keep = l.v.Chosen()
	l.loaded, l.loading, l.again, l.cursor = false, false, false, 0
	l.list.ScrollToTop()
	l.reload()
}

// reload reads the list from the top, as far as it was loaded.
func (l *listPane) reload() {
	if l.loading {
		l.again = true
		return
	}
	l.read(nil, min(max(l.book.len(), listPage), rowsKept))
}

// more reads the next page.
func (l *listPane) more() {
	if !l.loading && !l.book.end && l.loaded {
		l.read(l.book.last(), listPage)
	}
}

func (l *listPane) read(after *app.ConversationKey, limit int) {
	if l.cancel != nil {
		l.cancel()
	}
	ctx, cancel := context.WithCancel(l.v.sh.Base)
	l.cancel = cancel
	l.loading, l.again = true, false
	if !l.loaded {
		l.hint.Hide()
		l.wait.Begin()
	}
	b, f := l.book, l.book.filter
	l.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		page, err := l.v.inbox.Conversations(ctx, f, after, limit)
		return func() {
			if b != l.book {
				return
			}
			if after == nil {
				b.reset(page, len(page) < limit)
			} else {
				b.add(page, len(page) < limit)
			}
			l.ready(nil)
		}, err
	}, func(err error) {
		if b == l.book {
			l.ready(err)
		}
	})
}

// ready shows what was read.
func (l *listPane) ready(err error) {
	l.loading = false
	switch {
	case err == nil:
		l.loaded = true
		l.wait.End()
	case !l.loaded:
		l.wait.Fail(err)
		return
	default: // what was read before stays
		l.v.sh.Toasts(shell.Toast{Text: shell.WordsOf(err).Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: l.reload})
		return
	}
	l.refresh()
	l.v.listLoaded()
	if l.again {
		l.reload()
	}
}

// giveUp ends a reading that takes too long.
func (l *listPane) giveUp() {
	l.cancel()
	l.loading, l.again = false, false
}

func (l *listPane) refresh() {
	if l.list.focused {
		l.entered() // the row with the keyboard may have gone
	}
	l.list.Refresh()
	if l.book.len() > 0 || !l.loaded {
		l.hint.Hide()
		return
	}
	switch {
	case l.book.filter.Unread:
		l.empty.SetText(lang.X("inbox.none_unread", "Everything is read."))
	case l.book.filter.Closed:
		l.empty.SetText(lang.X("inbox.none_done", "Conversations marked done are listed here."))
	default:
		l.empty.SetText(lang.X("inbox.none", "Conversations will be listed here, newest first."))
	}
	l.hint.Show()
}

// changed reads the conversations that changed and puts each in its place.
func (l *listPane) changed(ids []app.ID, missed bool) {
	if missed || len(ids) == 0 || len(ids) > rowsKept/2 || !l.loaded {
		l.reload()
		return
	}
	b := l.book
	l.v.sh.Async(l.v.sh.Base, func(ctx context.Context) (func(), error) {
		convs, err := l.v.inbox.ConversationsByID(ctx, ids)
		return func() {
			l.v.conversationsRead(ids, convs)
			if b == l.book {
				b.apply(convs, missingIDs(ids, convs))
				l.refresh()
			}
		}, err
	}, func(error) { l.reload() })
}

// missingIDs are those that were asked for and do not exist.
func missingIDs(ids []app.ID, convs []app.Conversation) []app.ID {
	there := map[app.ID]bool{}
	for _, c := range convs {
		there[c.ID] = true
	}
	var out []app.ID
	for _, id := range ids {
		if !there[id] {
			out = append(out, id)
		}
	}
	return out
}

// paint fills a row with what is at hand and asks for what is not.
func (l *listPane) paint(i int, r *widget.ConversationRow) {
	if i >= l.book.len()-listPage/3 && !l.book.end {
		l.v.sh.Later(l.more)
	}
	c, ok := l.book.row(i)
	if !ok {
		r.Set(widget.Conversation{}, false)
		r.OnTapped, r.OnMenu = nil, nil
		l.v.sh.Later(func() { l.fetch(i) })
		return
	}
	row := rowOf(c, l.v.sh.Now())
	if c.ID == l.v.Chosen() {
		row.Draft = "" // it stands in the composer
	}
	r.Set(row, c.ID == l.v.Chosen())
	r.SetFocused(l.list.focused && c.ID == l.cursor)
	r.OnTapped = func() { l.v.Pick(c.ID) }
	r.OnMenu = func(at fyne.Position) { l.v.rowMenu(c, at) }
}

// fetch reads rows that were let go, a screenful around the one asked for.
func (l *listPane) fetch(i int) {
	ids := l.book.missing(i-10, 40)
	if len(ids) == 0 {
		return
	}
	b := l.book
	l.v.sh.Async(l.v.sh.Base, func(ctx context.Context) (func(), error) {
		convs, err := l.v.inbox.ConversationsByID(ctx, ids)
		return func() {
			b.apply(convs, missingIDs(ids, convs))
			l.list.Refresh()
		}, err
	}, func(error) { b.forget(ids) })
}

// focus gives the list the keyboard, on the chosen row or the first.
func (l *listPane) focus() {
	l.moveTo(max(l.book.place(l.v.Chosen()), 0))
	l.v.sh.Window.Canvas().Focus(l.list)
}

// entered sees that a row has the keyboard when the list does: the one that had it, else the chosen one, else the first.
func (l *listPane) entered() {
	if l.book.place(l.cursor) < 0 {
		l.moveTo(max(l.book.place(l.v.Chosen()), 0))
	}
}

// typed walks the list by keys.
func (l *listPane) typed(name fyne.KeyName) {
	step := 0
	switch name {
	case fyne.KeyUp, fyne.KeyK:
		step = -1
	case fyne.KeyDown, fyne.KeyJ:
		step = 1
	case fyne.KeyPageUp:
		step = -8
	case fyne.KeyPageDown:
		step = 8
	case fyne.KeyHome:
		step = -l.book.len()
	case fyne.KeyEnd:
		step = l.book.len()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if l.cursor != 0 {
			l.v.Choose(l.cursor)
			l.v.thread.composer.Focus()
		}
		return
	case fyne.KeyE:
		l.v.ToggleDone()
	case fyne.KeyU:
		l.v.MarkUnread()
	case fyne.KeyEscape:
		l.v.TypedKey(name)
	}
	if step != 0 && l.book.len() > 0 {
		l.moveTo(min(max(max(l.book.place(l.cursor), 0)+step, 0), l.book.len()-1))
	}
}

// moveTo gives a row the keyboard.
func (l *listPane) moveTo(i int) {
	if i < 0 || i >= l.book.len() {
		return
	}
	l.cursor = l.book.order[i].ID
	l.list.ScrollTo(i)
	l.list.Refresh()
}

// trimmed is a query as the store takes it.
func trimmed(q string) string { return strings.Join(strings.Fields(q), " ") }

const searchDelay = 150 * time.Millisecond
