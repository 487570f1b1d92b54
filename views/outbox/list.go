package outbox

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

const (
	pageSize   = 60
	keptAtMost = 600                    // how much is read again after a change; what is older comes with scrolling
	typing     = 200 * time.Millisecond // how long a person may pause before the list follows
)

// listPane is the left side: search, chips, and broadcasts or single messages.
type listPane struct {
	v      *View
	object fyne.CanvasObject
	search *widget.SearchField
	filter *widget.Button
	add    *widget.Button
	chips  []*widget.FilterChip
	list   *widget.KeyList
	empty  *widget.Paragraph
	wait   *shell.Waiting

	query  string
	where  where
	rows   []item
	cursor app.ID
	end    bool
	loaded bool

	busy, again bool
	cancel      context.CancelFunc
	stopTyping  func()
	counts      app.SendCounts
}

// item is one row: a broadcast or a message.
type item struct {
	broadcast *app.Broadcast
	until     time.Time // of a broadcast that waits for messages that were put off
	send      *app.Send
}

func (i item) id() app.ID {
	if i.broadcast != nil {
		return i.broadcast.ID
	}
	return i.send.ID
}

// where narrows single messages down.
type where struct {
	account app.ID
	state   string // "" or a key of stateChoices
}

func newListPane(v *View) *listPane {
	l := &listPane{v: v}
	l.search = widget.NewSearchField(lang.X("outbox.search", "Search"), "")
	l.search.OnChanged = func(s string) {
		if l.stopTyping != nil {
			l.stopTyping()
		}
		l.stopTyping = v.sh.After(typing, func() {
			l.query = s
			l.restart()
		})
	}
	l.search.OnKey = func(name fyne.KeyName) bool {
		if name != fyne.KeyDown && name != fyne.KeyEscape {
			return false
		}
		v.sh.Window.Canvas().Focus(l.list)
		return true
	}
	l.filter = widget.NewButton(widget.Plain, "", "filter", l.openFilter).WithHint(lang.X("outbox.filter", "Filter"))
	l.filter.Hide()
	l.add = widget.NewButton(widget.Main, "", "plus", func() { v.newBroadcast(l.add) }).WithHint(lang.X("outbox.new", "New broadcast"))
	chips := layout.Row(6)
	for i := range 3 {
		c := widget.NewFilterChip("", func() { l.choose(mode(i)) })
		l.chips = append(l.chips, c)
		chips.Add(c)
	}
	l.paintChips()
	l.list = widget.NewKeyList(func() int { return len(l.rows) }, func() fyne.CanvasObject { return newRow() }, l.paint, l.key)
	l.empty = widget.NewParagraph("", theme.TypeSmall, theme.Text2, 120).Centred()
	l.empty.Hide()
	l.wait = shell.NewWaiting(v.sh, widget.NewSkeleton(7, rowHeight), l.giveUp, l.reload)
	l.object = layout.Over(widget.NewGround(theme.PaneAlt, "", 0), layout.Column(0,
		layout.Pad(12, 12, 8, 12, layout.Column(theme.Space2, layout.Row(theme.Space2, layout.Grow(l.search), l.filter, l.add), chips)),
		layout.Pad(2, 0, 0, 0, widget.NewLine()),
		layout.Grow(layout.Over(shell.Tight(l.list), layout.Pad(0, 24, 0, 24, layout.Column(0, layout.Gap(), l.empty, layout.Gap())), l.wait.Object)),
	))
	return l
}

// choose shows broadcasts, single messages, or what failed.
func (l *listPane) choose(m mode) {
	if m == l.v.mode {
		return
	}
	l.v.mode = m
	l.where = where{}
	l.filter.SetOn(false)
	layout.SetVisible(l.filter, m != modeBroadcasts)
	l.v.sayNothing()
	l.paintChips()
	l.v.choose(0)
	l.restart()
}

// restart reads from the top, because something else is asked for.
func (l *listPane) restart() {
	if l.cancel != nil {
		l.cancel()
	}
	l.rows, l.end, l.loaded, l.busy, l.again = nil, false, false, false, false
	l.list.ScrollToTop()
	l.list.Refresh()
	l.reload()
}

// reload reads what is loaded again, from the top.
func (l *listPane) reload() {
	if l.busy {
		l.again = true
		return
	}
	l.read(0, min(max(len(l.rows), pageSize), keptAtMost))
}

func (l *listPane) more() {
	if l.busy || l.end || len(l.rows) == 0 {
		return
	}
	l.read(l.rows[len(l.rows)-1].id(), pageSize)
}

func (l *listPane) read(before app.ID, limit int) {
	ctx, cancel := context.WithCancel(l.v.sh.Base)
	l.cancel, l.busy, l.again = cancel, true, false
	if !l.loaded {
		l.empty.Hide()
		l.wait.Begin()
	}
	known := make(map[app.ID]string, len(l.v.known))
	for id, name := range l.v.known {
		known[id] = name
	}
	m, query, f := l.v.mode, l.query, l.sendFilter()
	l.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		rows, ids, err := l.v.readRows(ctx, m, query, f, before, limit)
		if err != nil {
			return nil, err
		}
		told, err := l.v.learn(ctx, known, ids...)
		if err != nil {
			return nil, err
		}
		counts, err := l.v.p.Outbox.SendCounts(ctx)
		return func() {
			l.v.take(told)
			l.counts = counts
			if before == 0 {
				l.rows = rows
			} else {
				l.rows = append(l.rows, rows...)
			}
			l.end = len(rows) < limit
			l.show()
		}, err
	}, l.failed)
}

// readRows reads a page of the list, and names the templates in it.
func (v *View) readRows(ctx context.Context, m mode, query string, f app.SendFilter, before app.ID, limit int) (rows []item, templates []app.ID, err error) {
	if m == modeBroadcasts {
		if v.p.Broadcasts == nil {
			return nil, nil, nil
		}
		list, err := v.p.Broadcasts.Find(ctx, query, before, limit)
		if err != nil {
			return nil, nil, err
		}
		for i := range list {
			until, err := v.p.Broadcasts.Waits(ctx, list[i])
			if err != nil {
				return nil, nil, err
			}
			rows, templates = append(rows, item{broadcast: &list[i], until: until}), append(templates, list[i].TemplateID)
		}
		return rows, templates, nil
	}
	f.Query = query
	list, err := v.p.Outbox.FindSends(ctx, f, before, limit)
	for i := range list {
		rows, templates = append(rows, item{send: &list[i]}), append(templates, list[i].TemplateID)
	}
	return rows, templates, err
}

// failed ends a reading that did not come to anything.
func (l *listPane) failed(err error) {
	l.busy, l.v.stale = false, true
	if !l.loaded {
		l.wait.Fail(err)
		return
	}
	l.v.sh.Toasts(shell.Toast{Text: shell.WordsOf(err).Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: l.reload})
}

// giveUp ends a reading that takes too long.
func (l *listPane) giveUp() {
	l.cancel()
	l.busy, l.again, l.v.stale = false, false, true
}

// show ends the reading of a page.
func (l *listPane) show() {
	l.busy, l.loaded = false, true
	l.wait.End()
	l.paintChips()
	l.empty.SetText(l.v.emptyWords())
	layout.SetVisible(l.empty, len(l.rows) == 0)
	l.list.Refresh()
	if l.v.chosen == 0 && len(l.rows) > 0 && !l.v.panes.turns {
		l.v.choose(l.rows[0].id())
	}
	if l.again {
		l.reload()
	}
}

func (l *listPane) paintChips() {
	for i, words := range []string{
		lang.X("outbox.broadcasts", "Broadcasts"), counted(lang.X("outbox.single", "Single"), l.counts.Single), counted(lang.X("outbox.failed", "Failed"), l.counts.Look),
	} {
		l.chips[i].SetText(words)
		l.chips[i].SetOn(mode(i) == l.v.mode)
	}
}

// counted is a word with a number behind it; none is not written.
func counted(word string, n int) string {
	switch {
	case n == 0:
		return word
	case n >= app.SendCountMost:
		return word + " " + strconv.Itoa(app.SendCountMost-1) + "+"
	}
	return word + " " + strconv.Itoa(n)
}

func (l *listPane) paint(i int, o fyne.CanvasObject) {
	r, ok := o.(*row)
	if !ok || i < 0 || i >= len(l.rows) {
		return
	}
	if i >= len(l.rows)-pageSize/3 {
		l.v.sh.Later(l.more)
	}
	it := l.rows[i]
	r.tapped = func() {
		l.cursor = it.id()
		l.v.choose(it.id())
	}
	r.show(l.v.face(it), it.id() == l.v.chosen, l.list.Focused() && it.id() == l.cursor)
}

// key moves the cursor, and the page with it.
func (l *listPane) key(name fyne.KeyName) {
	at := 0
	for i := range l.rows {
		if l.rows[i].id() == l.cursor {
			at = i
		}
	}
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if at < len(l.rows) {
			l.v.choose(l.rows[at].id())
		}
		return
	case fyne.KeyEscape:
		l.v.Escape()
		return
	}
	if len(l.rows) > 0 && l.rows[at].id() != l.cursor {
		at = -1 // the cursor's row is not listed: the next key enters the list
	}
	to, ok := widget.Stepped(name, at, len(l.rows), max(1, int(l.list.Size().Height/rowHeight)))
	if !ok || len(l.rows) == 0 {
		widget.PassOnKey(name)
		return
	}
	l.cursor = l.rows[to].id()
	l.list.ScrollTo(to)
	if !l.v.panes.turns {
		l.v.choose(l.cursor)
	}
	l.list.Refresh()
}
