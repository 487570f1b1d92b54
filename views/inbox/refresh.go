package inbox

import (
	"context"
	"slices"

	"shopbell/app"
	"shopbell/views/widget"
)

// change is what differs between the timeline's window and what the store has now.
type change struct {
	updated []app.Message // known ones with another revision
	added   []app.Message // new ones at the end, and, after an insertion, those that must move behind it
	moved   []app.ID      // to be taken out and put in again behind what was inserted before them
	gone    []app.ID
	fresh   []app.Message // those that were not known, wherever they stand
}

// compare finds what changed. window is what the timeline holds, oldest first; now is the same stretch as the store has it, and what follows it; whole tells
// that now does not end before the window does.
func compare(window []app.ID, known map[app.ID]app.Message, now []app.Message, whole bool) change {
	var c change
	place := map[app.ID]int{}
	for i, id := range window {
		place[id] = i
	}
	there := map[app.ID]bool{}
	inserted := false
	lastKnown := -1
	for i, m := range now {
		there[m.ID] = true
		if _, ok := place[m.ID]; ok {
			lastKnown = i
		}
	}
	for i, m := range now {
		_, shown := place[m.ID]
		switch {
		case !shown:
			c.fresh = append(c.fresh, m)
			c.added = append(c.added, m)
			inserted = inserted || i < lastKnown
		case inserted:
			c.moved = append(c.moved, m.ID)
			c.added = append(c.added, m)
		case known[m.ID].Rev != m.Rev:
			c.updated = append(c.updated, m)
		}
	}
	if whole {
		for _, id := range window {
			if !there[id] {
				c.gone = append(c.gone, id)
			}
		}
	}
	return c
}

// refresh reads the window again after a change and brings the timeline in line.
func (t *thread) refresh() {
	if t.reading || !t.loaded {
		t.again = true
		return
	}
	first, ok := t.msgs[t.first()]
	if !ok {
		t.load(0)
		return
	}
	t.reading, t.again = true, false
	conv := t.conv.ID
	t.v.sh.Async(t.ctx, func(ctx context.Context) (func(), error) {
		var p page
		head, err := t.v.inbox.Message(ctx, first.ID)
		if err != nil {
			return nil, err
		}
		rest, err := t.v.inbox.MessagesAfter(ctx, conv, first.Key(), rereadMax)
		if err != nil {
			return nil, err
		}
		p.messages = append([]app.Message{head}, rest...)
		p.newer = len(rest) == rereadMax
		err = p.readQuotes(ctx, t.v.inbox)
		return func() { t.refreshed(p) }, err
	}, func(error) {
		t.reading = false
		t.load(0)
	})
}

func (t *thread) refreshed(p page) {
	t.reading = false
	var window []app.ID
	for _, it := range t.window() {
		window = append(window, it.ID)
	}
	c := compare(window, t.msgs, p.messages, !p.newer)
	if t.newer && len(c.moved) == 0 {
		c.added, c.fresh = nil, nil // the window does not reach the end: they come with scrolling
	}
	t.learn(p)
	for _, m := range c.updated {
		t.timeline.UpdateItem(t.people().item(m))
	}
	for _, id := range c.gone {
		t.timeline.RemoveItem(id)
	}
	for _, id := range c.moved {
		t.timeline.RemoveItem(id)
	}
	if len(c.added) > 0 {
		t.divideFresh(c.fresh)
		t.timeline.AppendItems(t.items(c.added), t.newer || p.newer)
	}
	t.placeEnded()
	t.forgetOld()
	if t.follow && len(c.added) > 0 {
		t.follow = false
		t.timeline.ScrollToBottom()
	}
	t.wantPictures()
	t.look()
	if t.again {
		t.refresh()
	}
}

// divideFresh moves the line above what came in while nobody looked, and takes it away once the shop has answered.
func (t *thread) divideFresh(fresh []app.Message) {
	if t.unreadCount > 0 && slices.ContainsFunc(fresh, func(m app.Message) bool { return m.Direction == app.Out }) {
		t.divide(0, 0)
	}
	if t.seen() {
		return
	}
	first, n := firstUnread(fresh, len(fresh))
	if n == 0 {
		return
	}
	if t.conv.Unread > 0 && t.unreadCount > 0 {
		t.divide(t.unreadFirst, t.unreadCount+n)
		return
	}
	t.divide(first, n)
}

// forgetOld drops messages that have left the window long ago.
func (t *thread) forgetOld() {
	if len(t.msgs) < 4*widget.TimelineWindow {
		return
	}
	kept := map[app.ID]app.Message{}
	for _, it := range t.window() {
		kept[it.ID] = t.msgs[it.ID]
	}
	t.msgs = kept
}

// seen tells whether the newest message is before the person's eyes now.
func (t *thread) seen() bool {
	return t.v.shown && t.v.sh.InFront() && t.loaded && !t.newer && t.timeline.AtBottom() && t.object.Visible()
}

// look is told each time what is seen may have changed.
func (t *thread) look() {
	t.read.see(t.seen() && t.conv.Unread > 0 && !t.held)
}

// markRead records that everything on the screen was read.
func (t *thread) markRead() {
	if !t.seen() || t.conv.Unread == 0 || t.held {
		return
	}
	m, ok := t.msgs[t.last()]
	if !ok {
		return
	}
	id := t.conv.ID
	t.v.sh.Async(t.v.sh.Base, func(ctx context.Context) (func(), error) {
		return nil, t.v.inbox.MarkRead(ctx, id, m.At)
	}, func(error) {}) // it is tried again with the next look
}
