package inbox

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2/lang"

	"shopbell/app"
	"shopbell/app/inbox"
	"shopbell/views/shell"
	"shopbell/views/widget"
)

const (
	firstPage = 60  // messages that a conversation opens with, more when more are unread
	around    = 40  // messages on either side of one that is gone to
	rereadMax = 400 // messages that are read again after a change
)

// page is a stretch of a conversation, oldest first.
type page struct {
	conv         app.Conversation
	messages     []app.Message
	quotes       map[string]app.Message
	older, newer bool
}

// readPage reads the newest messages of a conversation, or those around one of them. known are messages that need not be read as quotes.
func readPage(ctx context.Context, in *inbox.Service, id, at app.ID) (page, error) {
	c, err := in.Conversation(ctx, id)
	p := page{conv: c}
	if err != nil {
		return p, err
	}
	if at != 0 {
		m, err := in.Message(ctx, at)
		switch {
		case errors.Is(err, app.ErrNotFound) || err == nil && m.ConversationID != id:
		case err != nil:
			return p, err
		default:
			return p, p.readAround(ctx, in, m)
		}
	}
	limit := min(max(firstPage, c.Unread+20), widget.TimelineWindow)
	if p.messages, err = in.MessagesBefore(ctx, id, nil, limit); err != nil {
		return p, err
	}
	p.older = len(p.messages) == limit
	return p, p.readQuotes(ctx, in)
}

func (p *page) readAround(ctx context.Context, in *inbox.Service, m app.Message) error {
	key := m.Key()
	before, err := in.MessagesBefore(ctx, m.ConversationID, &key, around)
	if err != nil {
		return err
	}
	after, err := in.MessagesAfter(ctx, m.ConversationID, key, around)
	if err != nil {
		return err
	}
	p.messages = slices.Concat(before, []app.Message{m}, after)
	p.older, p.newer = len(before) == around, len(after) == around
	return p.readQuotes(ctx, in)
}

// readQuotes finds the messages that others quote.
func (p *page) readQuotes(ctx context.Context, in *inbox.Service) error {
	p.quotes = map[string]app.Message{}
	for _, m := range p.messages {
		if m.Wamid != "" {
			p.quotes[m.Wamid] = m
		}
	}
	for _, m := range p.messages {
		if _, known := p.quotes[m.ContextID]; known || m.ContextID == "" {
			continue
		}
		q, err := in.MessageByWamid(ctx, m.ContextID)
		if errors.Is(err, app.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		p.quotes[m.ContextID] = q
	}
	return nil
}

// firstUnread is the first of the newest n messages of the customer, and how many of them are here.
func firstUnread(messages []app.Message, n int) (first app.ID, count int) {
	for i := len(messages) - 1; i >= 0 && count < n; i-- {
		if messages[i].Direction == app.In {
			first = messages[i].ID
			count++
		}
	}
	return first, count
}

// load reads the conversation anew: its newest messages, or those around one.
func (t *thread) load(at app.ID) {
	if t.conv.ID == 0 {
		return
	}
	if t.cancel != nil {
		t.cancel()
	}
	t.ctx, t.cancel = context.WithCancel(t.v.sh.Base)
	t.reading, t.again = true, false
	if !t.loaded {
		t.wait.Begin()
	}
	id := t.conv.ID
	t.v.sh.Async(t.ctx, func(ctx context.Context) (func(), error) {
		p, err := readPage(ctx, t.v.inbox, id, at)
		return func() { t.opened(p, at) }, err
	}, t.failed)
}

func (t *thread) opened(p page, at app.ID) {
	first := !t.loaded
	t.arrived()
	t.setConversation(p.conv)
	t.msgs = map[app.ID]app.Message{}
	t.learn(p)
	t.newer, t.older = p.newer, p.older
	if first && at == 0 {
		t.divide(firstUnread(p.messages, p.conv.Unread))
	}
	t.timeline.SetItems(t.items(p.messages), p.older, p.newer)
	t.placeEnded()
	if at != 0 {
		t.timeline.ShowItem(at)
	}
	t.v.opened(p.conv)
	t.wantPictures()
	t.look()
	if t.again {
		t.refresh()
	}
}

// arrived ends the reading.
func (t *thread) arrived() {
	t.reading, t.loaded = false, true
	t.wait.End()
	t.none.Hide()
	t.foot.Show()
	t.middle.Show()
}

// giveUp ends a reading that takes too long.
func (t *thread) giveUp() {
	t.cancel()
	t.reading, t.again = false, false
	t.middle.Show()
}

func (t *thread) failed(err error) {
	t.reading = false
	if errors.Is(err, app.ErrNotFound) {
		t.v.gone(t.conv.ID)
		return
	}
	if t.loaded { // what was read before stays
		t.v.sh.Toasts(shell.Toast{Text: shell.WordsOf(err).Message, Bad: true, Action: lang.X("button.again", "Try again"), Do: func() { t.load(0) }})
		return
	}
	t.wait.Fail(err)
	t.none.Hide()
	t.middle.Show()
}

// learn takes in what a page brought.
func (t *thread) learn(p page) {
	for _, m := range p.messages {
		t.msgs[m.ID] = m
	}
	t.findAnswers(p.messages)
	if t.quotes == nil || len(t.quotes) > 4*rereadMax {
		t.quotes = map[string]app.Message{}
	}
	for k, m := range p.quotes {
		t.quotes[k] = m
	}
}

func (t *thread) people() people {
	return people{contact: t.conv.Contact, staff: t.v.staffName, quotes: t.quotes, words: t.v.sh.Failure, place: t.v.sh.Now().Location(), picture: t.pictures.of, answers: t.answers}
}

func (t *thread) items(messages []app.Message) []widget.Message {
	p := t.people()
	out := make([]widget.Message, 0, len(messages))
	for _, m := range messages {
		out = append(out, p.item(m))
	}
	return out
}

// findAnswers finds the first messages of the customer after a template: they answer it, though they don't quote it. Messages are in their order.
func (t *thread) findAnswers(messages []app.Message) {
	if t.answers == nil || len(t.answers) > 4*rereadMax {
		t.answers = map[app.ID]app.Message{}
	}
	var before app.Message
	for _, m := range messages {
		switch m.Direction {
		case app.Note:
			continue
		case app.In:
			if before.Direction == app.Out && m.ContextID == "" && m.At.Sub(before.At) < inbox.AnswerTime && before.Status != app.StatusFailed && before.Status != app.StatusCancelled {
				if _, ok := before.SentTemplate(); ok {
					t.answers[m.ID] = before
				}
			}
		}
		before = m
	}
}

// divide draws the line above what is unread.
func (t *thread) divide(first app.ID, count int) {
	t.unreadFirst, t.unreadCount = first, count
	t.timeline.SetUnread(first, count)
}

// older and newer bring a page for the timeline.
func (t *thread) readOlder(int64) {
	m, ok := t.msgs[t.first()]
	if !ok {
		t.timeline.NeedFailed()
		return
	}
	key, conv := m.Key(), t.conv.ID
	t.v.sh.Async(t.ctx, func(ctx context.Context) (func(), error) {
		msgs, err := t.v.inbox.MessagesBefore(ctx, conv, &key, widget.TimelinePage)
		if err != nil {
			return nil, err
		}
		p := page{messages: msgs}
		err = p.readQuotes(ctx, t.v.inbox)
		return func() {
			t.learn(p)
			last := t.last()
			t.timeline.PrependItems(t.items(msgs), len(msgs) == widget.TimelinePage)
			t.newer = t.newer || t.last() != last // the new end left the window
			t.placeEnded()
		}, err
	}, t.pageFailed)
}

func (t *thread) readNewer(int64) {
	m, ok := t.msgs[t.last()]
	if !ok {
		t.timeline.NeedFailed()
		return
	}
	key, conv := m.Key(), t.conv.ID
	t.v.sh.Async(t.ctx, func(ctx context.Context) (func(), error) {
		msgs, err := t.v.inbox.MessagesAfter(ctx, conv, key, widget.TimelinePage)
		if err != nil {
			return nil, err
		}
		p := page{messages: msgs}
		err = p.readQuotes(ctx, t.v.inbox)
		return func() {
			t.learn(p)
			t.newer = len(msgs) == widget.TimelinePage
			t.timeline.AppendItems(t.items(msgs), t.newer)
			t.placeEnded()
			t.look()
		}, err
	}, t.pageFailed)
}

func (t *thread) pageFailed(err error) {
	t.timeline.NeedFailed()
	t.v.sh.Toasts(shell.Toast{Text: shell.WordsOf(err).Message, Bad: true})
}

// first is the oldest message in the timeline's window; 0 if it is empty.
func (t *thread) first() app.ID {
	items := t.window()
	if len(items) == 0 {
		return 0
	}
	return items[0].ID
}

// last is the newest message in the timeline's window; 0 if it is empty.
func (t *thread) last() app.ID {
	items := t.window()
	if len(items) == 0 {
		return 0
	}
	return items[len(items)-1].ID
}
