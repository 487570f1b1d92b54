package inbox

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/views/layout"
	"shopbell/views/shell"
	"shopbell/views/theme"
	"shopbell/views/when"
	"shopbell/views/widget"
)

const (
	foundConversations = 20
	foundMessages      = 100
)

// found is what the search found: conversations first, then messages, in place of the list.
type found struct {
	l      *listPane
	object *fyne.Container
	head   *widget.Text
	list   *rowList
	query  string
	hits   []hit
	cursor int
	stop   func()
	cancel context.CancelFunc
}

// hit is a conversation, or a message of one.
type hit struct {
	conv    app.Conversation
	message app.Message // ID 0 when the conversation itself was found
}

func newFound(l *listPane) *found {
	f := &found{l: l, head: widget.NewText("", theme.TypeCaption, theme.Text2).Shrinking()}
	f.list = newRowList(func() int { return len(f.hits) }, f.paint, f)
	f.object = layout.Over(widget.NewGround(theme.PaneAlt, "", 0), layout.Column(0,
		layout.Pad(8, 12, 8, 16, f.head), widget.NewLine(), layout.Grow(shell.Tight(f.list)),
	))
	f.object.Hide()
	return f
}

// typedQuery searches once typing rests; an empty query brings the list back.
func (f *found) typedQuery(q string) {
	if f.stop != nil {
		f.stop()
	}
	if f.cancel != nil {
		f.cancel()
	}
	f.query = trimmed(q)
	if f.query == "" {
		f.hits = nil
		f.object.Hide()
		return
	}
	f.stop = f.l.v.sh.After(searchDelay, f.ask)
}

// ask searches names and messages.
func (f *found) ask() {
	ctx, cancel := context.WithCancel(f.l.v.sh.Base)
	f.cancel = cancel
	query, in := f.query, f.l.v.inbox
	f.l.v.sh.Async(ctx, func(ctx context.Context) (func(), error) {
		convs, err := in.SearchConversations(ctx, query, foundConversations)
		if err != nil {
			return nil, err
		}
		msgs, err := in.SearchMessages(ctx, query, 0, foundMessages)
		if err != nil {
			return nil, err
		}
		var ids []app.ID
		for _, m := range msgs {
			ids = append(ids, m.ConversationID)
		}
		owners, err := in.ConversationsByID(ctx, ids)
		if err != nil {
			return nil, err
		}
		return func() { f.show(convs, msgs, owners) }, nil
	}, func(err error) {
		f.head.SetText(shell.WordsOf(err).Message)
		f.object.Show()
	})
}

func (f *found) show(convs []app.Conversation, msgs []app.Message, owners []app.Conversation) {
	f.hits = hits(convs, msgs, owners)
	f.cursor = 0
	f.head.SetText(lang.X("search.found", "Conversations: {{.Conversations}} · Messages: {{.Messages}}", map[string]any{"Conversations": len(convs), "Messages": len(f.hits) - len(convs)}))
	if len(f.hits) == 0 {
		f.head.SetText(lang.X("search.nothing", "Nothing was found for “{{.Query}}”", map[string]any{"Query": f.query}))
	}
	f.object.Show()
	f.list.ScrollToTop()
	f.list.Refresh()
}

// hits puts what was found into one list; a message whose conversation is gone is left out.
func hits(convs []app.Conversation, msgs []app.Message, owners []app.Conversation) []hit {
	var out []hit
	for _, c := range convs {
		out = append(out, hit{conv: c})
	}
	byID := map[app.ID]app.Conversation{}
	for _, c := range owners {
		byID[c.ID] = c
	}
	for _, m := range msgs {
		if c, ok := byID[m.ConversationID]; ok {
			out = append(out, hit{c, m})
		}
	}
	return out
}

func (f *found) paint(i int, r *widget.ConversationRow) {
	if i >= len(f.hits) {
		return
	}
	h, now := f.hits[i], f.l.v.sh.Now()
	row := rowOf(h.conv, now)
	if h.message.ID != 0 {
		row = widget.Conversation{Name: row.Name, Key: row.Key, Time: when.Row(h.message.At, now), Preview: h.message.Text, Tick: tickOf(h.message.Direction, h.message.Status)}
	}
	r.Set(row, false)
	r.SetFocused(f.list.focused && i == f.cursor)
	r.OnTapped = func() { f.open(h) }
	r.OnMenu = nil
}

func (f *found) open(h hit) {
	if h.message.ID != 0 {
		f.l.v.ChooseMessage(h.conv.ID, h.message.ID)
		return
	}
	f.l.v.Choose(h.conv.ID)
}

// focus gives the results the keyboard.
func (f *found) focus() {
	f.cursor = 0
	f.l.v.sh.Window.Canvas().Focus(f.list)
}

// entered needs nothing: one of the rows always has the keyboard.
func (*found) entered() {}

// typed walks the results by keys.
func (f *found) typed(name fyne.KeyName) {
	switch name {
	case fyne.KeyUp:
		if f.cursor == 0 {
			f.l.search.Focus()
			return
		}
		f.cursor--
	case fyne.KeyDown:
		f.cursor = min(f.cursor+1, len(f.hits)-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if f.cursor >= 0 && f.cursor < len(f.hits) {
			f.open(f.hits[f.cursor])
		}
		return
	case fyne.KeyEscape:
		f.l.search.SetText("")
		f.l.search.Focus()
		return
	default:
		return
	}
	f.list.ScrollTo(f.cursor)
	f.list.Refresh()
}
