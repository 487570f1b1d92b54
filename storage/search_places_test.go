package storage

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/app"
)

// peopleSearch compares what searches find with what looking at every conversation finds.
type peopleSearch struct {
	bounds  []peopleBounds
	queries []string
}

func (p peopleSearch) check(t *testing.T, s *Store, when string) {
	t.Helper()
	var all []app.Conversation
	for _, closed := range []bool{false, true} {
		all = append(all, ok[[]app.Conversation](t)(s.Conversations(bg, app.ConversationFilter{Closed: closed}, nil, 10_000))...)
	}
	all = newest(all, len(all))
	for _, query := range p.queries {
		words := searchWords(query)
		var fit []app.ID
		for _, c := range all {
			terms := contactTerms(c.Contact)
			if !slices.ContainsFunc(words, func(w string) bool {
				return !slices.ContainsFunc(terms, func(term string) bool { return strings.HasPrefix(term, w) })
			}) {
				fit = append(fit, c.ID)
			}
		}
		for _, limit := range []int{1, 3, 1000} {
			for _, bounds := range p.bounds {
				var got []app.ID
				for _, c := range ok[[]app.Conversation](t)(s.searchPeople(bg, words, limit, bounds)) {
					got = append(got, c.ID)
				}
				if want := fit[:min(limit, len(fit))]; !slices.Equal(got, want) {
					t.Fatalf("%s: %q, at most %d, with %v finds %v\nwant %v", when, query, limit, bounds, got, want)
				}
			}
		}
	}
}

// Whatever happens to people, a search finds all who fit in the order in which they were active: messages come late and out of order, names change,
// contacts turn out to be one, conversations are closed.
func TestSearchPeopleAsTheyCome(t *testing.T) {
	people := peopleSearch{
		bounds:  []peopleBounds{{1000, 2500, 200}, {2, 5, 1}, {1000, 2500, 1}},
		queries: []string{"ng", "nguyen", "d", "dao", "dang ng", "王", "小", "王小", "346", "6000", "34600000001", "00000012", "7", "zz", "straße", "bo zo", "o", "mai anh", "0000 1"},
	}
	names := []string{"Nguyễn Thị Mai", "Đào Anh", "Đặng Ngọc", "王小明", "小林さん", "Bob Zoe", "Straßer Óscar", "O'Neil 42", "Nguyen", "Mai Anh 7"}
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		ok[app.Account](t)(s.SaveAccount(bg, app.Account{Name: "Other", PhoneNumberID: "number2", WABAID: "waba2"}))
		for seed := range uint64(2) {
			rng := rand.New(rand.NewPCG(seed, 9))
			for step := range 12 {
				var facts []app.Fact
				for k := range 12 {
					n := rng.IntN(30)
					at := noon.Add(time.Duration(step*120+rng.IntN(600)) * time.Minute) // often within a placeLag of the one before
					if rng.IntN(5) == 0 {
						at = at.AddDate(0, 0, -rng.IntN(20))
					}
					p := app.Person{Phone: fmt.Sprintf("346%08d", n)}
					if rng.IntN(3) > 0 {
						p.Name = names[(n+rng.IntN(2))%len(names)]
					}
					f := said(fmt.Sprint("s", seed, ".", step, ".", k), p, "hello", at)
					if rng.IntN(4) == 0 {
						f.PhoneNumberID = "number2"
					}
					facts = append(facts, f)
				}
				apply(t, s, facts...)
				list := ok[[]app.Conversation](t)(s.Conversations(bg, app.ConversationFilter{}, nil, 1000))
				some := list[rng.IntN(len(list))]
				switch step % 4 {
				case 1:
					must(t, s.SetClosed(bg, some.ID, true))
				case 3:
					ok[app.ID](t)(s.MergeContacts(bg, some.Contact.ID, []app.ID{list[rng.IntN(len(list))].Contact.ID}))
				}
				people.check(t, s, fmt.Sprintf("seed %d, step %d", seed, step))
			}
		}
		displacedTwice(t, s)
		t.Run("after the migration", func(t *testing.T) {
			migratePeople(t, s)
			people.check(t, s, "migrated")
		})
	})
}

// displacedTwice sees that a conversation's place moves at most once in a placeLag.
func displacedTwice(t *testing.T, s *Store) {
	t.Helper()
	place := func(hours int) (place int64) {
		t.Helper()
		apply(t, s, said(fmt.Sprint("late", hours), phone("34699999999"), "again", noon.AddDate(1, 0, 0).Add(time.Duration(hours)*time.Hour)))
		ok[bool](t)(s.read.one(bg, `SELECT c.place FROM conversations AS c JOIN contact_terms AS t ON t.contact_id = c.contact_id WHERE t.term = $1`, []any{"34699999999"}, &place))
		return place
	}
	first := place(0)
	if second := place(5); first == 0 || second != first {
		t.Errorf("the place %d became %d after five hours", first, second)
	}
	if third := place(6); third>>placeBits != first>>placeBits+placeLag {
		t.Errorf("the place %d became %d after six hours", first, third)
	}
}

// migratePeople does the step that made the places once more.
func migratePeople(t *testing.T, s *Store) {
	t.Helper()
	at := slices.IndexFunc(deskMigrations.steps, func(m migration) bool { return m.name == "0009_people.sql" })
	steps := append([]string{`DROP TABLE people_words`, `ALTER TABLE conversations DROP COLUMN place`}, s.engine.script(deskMigrations.steps[at].text)...)
	if s.engine == sqliteEngine {
		steps = append([]string{`DROP INDEX conversations_place`}, steps...)
	}
	must(t, s.write(bg, func(ctx context.Context, t *tx) error {
		for _, q := range steps {
			if _, err := t.conn.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		return nil
	}))
}
