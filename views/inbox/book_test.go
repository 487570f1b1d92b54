package inbox

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/app"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func conv(id app.ID, minutesAgo int) app.Conversation {
	return app.Conversation{ID: id, AccountID: 1, LastAt: noon.Add(-time.Duration(minutesAgo) * time.Minute)}
}

func ids(b *book) (out []app.ID) {
	for _, k := range b.order {
		out = append(out, k.ID)
	}
	return out
}

func TestBookKeepsTheOrder(t *testing.T) {
	b := newBook(app.ConversationFilter{})
	b.add([]app.Conversation{conv(1, 10), conv(2, 20), conv(3, 30)}, false)
	b.apply([]app.Conversation{conv(3, 1)}, nil)
	if got := ids(b); !slices.Equal(got, []app.ID{3, 1, 2}) {
		t.Fatalf("a new message does not lift its conversation: %v", got)
	}
	b.apply([]app.Conversation{conv(9, 99)}, nil)
	if b.place(9) != -1 {
		t.Error("a conversation below what is loaded is in the list, so that its page would have a gap")
	}
	b.add([]app.Conversation{conv(4, 40), conv(9, 99)}, true)
	b.apply([]app.Conversation{conv(10, 200)}, []app.ID{1})
	if got := ids(b); !slices.Equal(got, []app.ID{3, 2, 4, 9, 10}) {
		t.Fatalf("after the last page: %v", got)
	}
	if k := b.last(); k == nil || k.ID != 10 {
		t.Errorf("the next page begins below %v", k)
	}
}

func TestBookFilters(t *testing.T) {
	b := newBook(app.ConversationFilter{Unread: true})
	unread := func(c app.Conversation) app.Conversation { c.Unread = 2; return c }
	b.add([]app.Conversation{unread(conv(1, 10)), unread(conv(2, 20))}, true)
	b.keep = 1
	b.apply([]app.Conversation{conv(1, 10), conv(2, 20)}, nil)
	if got := ids(b); !slices.Equal(got, []app.ID{1}) {
		t.Fatalf("only the one being read stays: %v", got)
	}
	done := conv(3, 5)
	done.Closed, done.Unread = true, 1
	b.apply([]app.Conversation{done}, nil)
	if b.place(3) != -1 {
		t.Error("what is done shows among the others")
	}
}

func TestNextUnreadGoesRound(t *testing.T) {
	b := newBook(app.ConversationFilter{})
	page := []app.Conversation{conv(1, 1), conv(2, 2), conv(3, 3), conv(4, 4)}
	page[0].Unread, page[2].Unread = 1, 1
	b.add(page, true)
	for from, want := range map[app.ID]app.ID{0: 1, 1: 3, 2: 3, 3: 1, 4: 1} {
		if got := b.nextUnread(from); got != want {
			t.Errorf("after %d comes %d, want %d", from, got, want)
		}
	}
	page[0].Unread, page[2].Unread = 0, 0
	b.apply(page, nil)
	if got := b.nextUnread(2); got != 0 {
		t.Errorf("nothing is unread, but %d is next", got)
	}
}

func TestMissingRowsAreAskedForOnce(t *testing.T) {
	b := newBook(app.ConversationFilter{})
	var page []app.Conversation
	for i := range rowsKept + 100 {
		page = append(page, conv(app.ID(i+1), i))
	}
	b.add(page, true)
	if _, ok := b.row(0); ok {
		t.Fatal("more rows are held than should be")
	}
	first := b.missing(0, 30)
	if len(first) != 30 || len(b.missing(0, 30)) != 0 {
		t.Fatalf("asked for %d, and again", len(first))
	}
	b.forget(first)
	if len(b.missing(0, 30)) != 30 {
		t.Error("what could not be read is not asked for again")
	}
	b.apply(page[:30], nil)
	if _, ok := b.row(0); !ok {
		t.Error("a row that was read is not there")
	}
}

// Whatever pages and changes come, the list is in order and has each conversation once.
func TestBookProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBook(app.ConversationFilter{Unread: rapid.Bool().Draw(t, "unread")})
		truth := map[app.ID]app.Conversation{}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			c := conv(app.ID(rapid.IntRange(1, 20).Draw(t, "id")), rapid.IntRange(0, 30).Draw(t, "age"))
			c.Unread = rapid.IntRange(0, 1).Draw(t, "count")
			if rapid.IntRange(0, 5).Draw(t, "what") == 0 {
				b.apply(nil, []app.ID{c.ID})
				delete(truth, c.ID)
				continue
			}
			truth[c.ID] = c
			b.end = true
			b.apply([]app.Conversation{c}, nil)
		}
		var want []app.ConversationKey
		for _, c := range truth {
			if !b.filter.Unread || c.Unread > 0 {
				want = append(want, keyOf(c))
			}
		}
		slices.SortFunc(want, func(a, b app.ConversationKey) int {
			if before(a, b) {
				return -1
			}
			return 1
		})
		if !slices.Equal(b.order, want) {
			t.Fatalf("order %v, want %v", b.order, want)
		}
		for i, k := range want {
			if b.place(k.ID) != i {
				t.Fatalf("place of %d is %d, want %d", k.ID, b.place(k.ID), i)
			}
		}
	})
}
