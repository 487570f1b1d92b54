package storage

import (
	"slices"
	"strings"
	"testing"

	"shopbell/app"
)

// Whatever way a search takes, it finds what looking at every conversation finds.
func TestSearchPeopleAmongMany(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		const many = 3000
		must(t, s.Fill(bg, many, many))
		var all []app.Conversation
		for {
			var after *app.ConversationKey
			if n := len(all); n > 0 {
				after = &app.ConversationKey{LastAt: all[n-1].LastAt, ID: all[n-1].ID}
			}
			page := ok[[]app.Conversation](t)(s.Conversations(bg, app.ConversationFilter{}, after, 500))
			if len(page) == 0 {
				break
			}
			all = append(all, page...)
		}
		if len(all) != many {
			t.Fatalf("%d conversations", len(all))
		}
		has := func(c app.Conversation, word string) bool {
			return slices.ContainsFunc(contactTerms(c.Contact), func(term string) bool { return strings.HasPrefix(term, word) })
		}
		for _, query := range []string{"ba", "6000", "346000", "002999", "ba ce", "46 0029", "b c", "di z", "b zuzu", "bace", "460000 ba", "3460 6000 0002"} {
			var want []app.ID
			words := searchWords(query)
			for _, c := range all {
				if !slices.ContainsFunc(words, func(w string) bool { return !has(c, w) }) && len(want) < 50 {
					want = append(want, c.ID)
				}
			}
			for _, bounds := range []peopleBounds{{1000, 2500, 200}, {2, 100, 2}, {2, 0, 2}, {many, many, 1}, {1, many, many * 20}} { // so that each way is taken
				var got []app.ID
				for _, c := range ok[[]app.Conversation](t)(s.searchPeople(bg, words, 50, bounds)) {
					got = append(got, c.ID)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%q with %v finds %d: %v\nwant %d: %v", query, bounds, len(got), got, len(want), want)
				}
			}
		}
	})
}
