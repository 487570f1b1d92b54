package inbox

import (
	"slices"

	"shopbell/app"
)

// book is what the list of conversations knows: the order of all that were loaded, and the rows of those lately seen.
// Ten bytes a conversation would do for the order, so that a hundred thousand cost little; the rows are few.
type book struct {
	filter app.ConversationFilter
	keep   app.ID                         // stays in the list although the filter would drop it: somebody is looking at it
	order  []app.ConversationKey          // newest first
	keys   map[app.ID]app.ConversationKey // where each stands in order
	rows   *lru[app.ID, app.Conversation] // those lately painted
	asked  map[app.ID]struct{}            // rows that are being read
	end    bool                           // there is nothing older
}

// rowsKept is how many rows are held; a screen shows about thirty.
const rowsKept = 500

func newBook(f app.ConversationFilter) *book {
	b := &book{filter: f}
	b.reset(nil, false)
	return b
}

// reset begins again from the top.
func (b *book) reset(page []app.Conversation, end bool) {
	b.order, b.end = b.order[:0], false
	b.keys = map[app.ID]app.ConversationKey{}
	b.rows = newLRU[app.ID, app.Conversation](rowsKept)
	b.asked = map[app.ID]struct{}{}
	b.add(page, end)
}

// add puts a page at the end. What is known already stays where it is.
func (b *book) add(page []app.Conversation, end bool) {
	for _, c := range page {
		b.put(c)
	}
	b.end = end
}

// apply takes in conversations that changed: each moves to its place, or out of the list when the filter no longer wants it.
// gone are those that no longer exist.
func (b *book) apply(changed []app.Conversation, gone []app.ID) {
	for _, id := range gone {
		b.drop(id)
	}
	for _, c := range changed {
		if !b.wants(c) {
			b.drop(c.ID)
			continue
		}
		key := keyOf(c)
		if !b.end && len(b.order) > 0 && before(b.order[len(b.order)-1], key) {
			b.drop(c.ID) // below what is loaded: it comes with its page
			continue
		}
		b.put(c)
	}
}

func (b *book) put(c app.Conversation) {
	key := keyOf(c)
	if old, ok := b.keys[c.ID]; ok && old != key {
		b.take(old)
	}
	if i, found := b.find(key); !found {
		b.order = slices.Insert(b.order, i, key)
	}
	b.keys[c.ID] = key
	b.rows.put(c.ID, c)
	delete(b.asked, c.ID)
}

func (b *book) drop(id app.ID) {
	if old, ok := b.keys[id]; ok {
		b.take(old)
		delete(b.keys, id)
	}
	b.rows.remove(id)
	delete(b.asked, id)
}

func (b *book) take(key app.ConversationKey) {
	if i, found := b.find(key); found {
		b.order = slices.Delete(b.order, i, i+1)
	}
}

func (b *book) find(key app.ConversationKey) (int, bool) {
	return slices.BinarySearchFunc(b.order, key, func(a, k app.ConversationKey) int {
		switch {
		case a == k:
			return 0
		case before(a, k):
			return -1
		}
		return 1
	})
}

// wants tells whether the filter takes a conversation.
func (b *book) wants(c app.Conversation) bool {
	f := b.filter
	switch {
	case c.ID == b.keep:
		return true
	case f.AccountID != 0 && c.AccountID != f.AccountID,
		f.AssigneeID != 0 && c.AssigneeID != f.AssigneeID,
		f.Unassigned && c.AssigneeID != 0,
		f.Unread && c.Unread == 0,
		f.Closed != c.Closed:
		return false
	}
	return true
}

func (b *book) len() int { return len(b.order) }

// row gives the conversation of a row, if it is at hand.
func (b *book) row(i int) (app.Conversation, bool) {
	if i < 0 || i >= len(b.order) {
		return app.Conversation{}, false
	}
	return b.rows.get(b.order[i].ID)
}

// missing gives the rows from a place on that must be read, at most n, and remembers that they were asked for.
func (b *book) missing(from, n int) []app.ID {
	var out []app.ID
	for i := max(from, 0); i < len(b.order) && i < from+n; i++ {
		id := b.order[i].ID
		if _, waits := b.asked[id]; waits || b.rows.has(id) {
			continue
		}
		b.asked[id] = struct{}{}
		out = append(out, id)
	}
	return out
}

// forget takes back that rows were asked for, because they could not be read.
func (b *book) forget(ids []app.ID) {
	for _, id := range ids {
		delete(b.asked, id)
	}
}

// place is where a conversation stands, or -1.
func (b *book) place(id app.ID) int {
	key, ok := b.keys[id]
	if !ok {
		return -1
	}
	i, _ := b.find(key)
	return i
}

// last is the key below which the next page begins; nil when nothing was loaded.
func (b *book) last() *app.ConversationKey {
	if len(b.order) == 0 {
		return nil
	}
	k := b.order[len(b.order)-1]
	return &k
}

// nextUnread is the first conversation after the given one (0: from the top) that has unread messages, going round; 0 if none is at hand.
func (b *book) nextUnread(id app.ID) app.ID {
	start := b.place(id)
	for n := 1; n <= len(b.order); n++ {
		i := (start + n) % len(b.order)
		if c, ok := b.row(i); ok && c.Unread > 0 && c.ID != id {
			return c.ID
		}
	}
	return 0
}

func keyOf(c app.Conversation) app.ConversationKey {
	return app.ConversationKey{LastAt: c.LastAt.UTC().Round(0), ID: c.ID}
}

// before tells whether a stands above b in the list.
func before(a, b app.ConversationKey) bool {
	if !a.LastAt.Equal(b.LastAt) {
		return a.LastAt.After(b.LastAt)
	}
	return a.ID > b.ID
}
