package views

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"shopbell/views/command"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/widget"
)

// palette is the one field in which everything is found: commands, tabs and customers.
type palette struct {
	w       *Window
	sheet   *shell.Sheet
	field   *widget.SearchField
	list    *fynewidget.List
	entries []command.Entry
	found   []command.Match
	people  []command.Match
	chosen  int
	stop    func()
	cancel  context.CancelFunc
}

// searchDelay is how long typing must rest before the store is asked.
const searchDelay = 120 * time.Millisecond

const peopleFound = 8

func (w *Window) palette() {
	if w.sh.Layers.Any() {
		return
	}
	p := &palette{w: w, entries: w.table.Entries(), field: widget.NewSearchField(lang.X("palette.search", "Search commands and customers"), "")}
	p.found = command.Find("", p.entries)
	p.list = fynewidget.NewList(p.len, newPaletteRow, p.paint)
	p.list.HideSeparators = true
	p.list.OnSelected = func(i fynewidget.ListItemID) {
		p.list.Unselect(i)
		p.run(i)
	}
	p.field.OnChanged = p.typed
	p.field.OnSubmitted = func(string) { p.run(p.chosen) }
	p.field.OnKey = p.key
	p.sheet = w.sh.Layers.Show(layout.Column(theme.Space3, p.field, layout.Exactly(0, w.sh.Layers.Room(9*36, 60), shell.Tight(p.list))), 560, 96, p.closed)
	w.sh.Layers.FocusFirst()
}

func (p *palette) closed() {
	if p.stop != nil {
		p.stop()
	}
	if p.cancel != nil {
		p.cancel()
	}
}

func (p *palette) len() int { return len(p.found) + len(p.people) }

func (p *palette) at(i int) (command.Match, bool) {
	switch {
	case i < 0 || i >= p.len():
		return command.Match{}, false
	case i < len(p.people):
		return p.people[i], true
	}
	return p.found[i-len(p.people)], true
}

func (p *palette) typed(query string) {
	p.found, p.chosen = command.Find(query, p.entries), 0
	p.list.Refresh()
	p.list.ScrollToTop()
	p.closed()
	query = strings.TrimSpace(query)
	if query == "" {
		p.people = nil
		p.list.Refresh()
		return
	}
	p.stop = p.w.sh.After(searchDelay, func() { p.ask(query) })
}

// ask looks for customers.
func (p *palette) ask(query string) {
	ctx, cancel := context.WithCancel(p.w.sh.Base)
	p.cancel = cancel
	p.w.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		convs, err := p.w.desk.Inbox.SearchConversations(ctx, query, peopleFound)
		return func() {
			p.people = nil
			for _, c := range convs {
				p.people = append(p.people, command.Match{Entry: command.Entry{
					Title: c.Contact.Title(), Icon: "user", Hint: lang.X("palette.conversation", "Conversation"), Run: func() {
						p.w.open(shell.TabInbox)
						p.w.inbox().Choose(c.ID)
					},
				}})
			}
			p.chosen = 0
			p.list.Refresh()
		}, err
	}, nil)
}

func (p *palette) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyUp:
		p.choose(p.chosen - 1)
	case fyne.KeyDown:
		p.choose(p.chosen + 1)
	case fyne.KeyEscape:
		p.sheet.Close()
	default:
		return false
	}
	return true
}

func (p *palette) choose(i int) {
	if i < 0 || i >= p.len() {
		return
	}
	p.chosen = i
	p.list.ScrollTo(i)
	p.list.Refresh()
}

func (p *palette) run(i int) {
	m, ok := p.at(i)
	if !ok {
		return
	}
	p.sheet.Close()
	m.Run()
}

// A row of the palette is its ground, an icon, the title and the hint.
func newPaletteRow() fyne.CanvasObject {
	return layout.Least(0, 36, layout.Over(widget.NewGround("", "", theme.RadiusControl), layout.Pad(0, 12, 0, 12, layout.Row(theme.Space2,
		layout.Exactly(18, 18, widget.NewIcon("bolt", 18, theme.Text3)),
		layout.Grow(widget.NewText("", theme.TypeBody, theme.Text).Shrinking()),
		widget.NewText("", theme.TypeCaption, theme.Text3),
	))))
}

func (p *palette) paint(i fynewidget.ListItemID, o fyne.CanvasObject) {
	m, ok := p.at(i)
	if !ok {
		return
	}
	over := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	ground := fyne.ThemeColorName("")
	if i == p.chosen {
		ground = theme.Selected
	}
	over[0].(*widget.Ground).Set(ground, "")
	row := over[1].(*fyne.Container).Objects[0].(*fyne.Container)
	icon := m.Icon
	if icon == "" {
		icon = "bolt"
	}
	row.Objects[0].(*fyne.Container).Objects[0].(*widget.Icon).Set(icon, theme.Text3)
	row.Objects[1].(*fyne.Container).Objects[0].(*widget.Text).SetText(m.Title)
	row.Objects[2].(*widget.Text).SetText(m.Hint)
	row.Refresh()
}
