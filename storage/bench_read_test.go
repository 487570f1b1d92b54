package storage_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/storage"
	"shopbell/storage/storagetest"
)

// desk is a filled store with what the reading benchmarks ask it.
type desk struct {
	s      *storage.Store
	home   string
	busy   []app.ID // conversations with some pages to read
	rng    *rand.Rand
	most   int64
	middle app.ConversationKey
}

// filled opens a desk with so many messages, a tenth as many conversations. It is made once and kept.
func filled(b *testing.B, messages int) *desk {
	b.Helper()
	home, err := storagetest.Home(bg, messages/10, messages)
	fail(b, err)
	s, err := storage.Open(bg, storage.Options{Home: home})
	fail(b, err)
	b.Cleanup(func() { _ = s.Close() })
	d := &desk{s: s, home: home, rng: rand.New(rand.NewPCG(3, 4))}
	var after *app.ConversationKey
	for len(d.busy) < 50 {
		page, err := s.Conversations(bg, app.ConversationFilter{}, after, 200)
		fail(b, err)
		if len(page) == 0 {
			break
		}
		for _, c := range page {
			list, err := s.MessagesBefore(bg, c.ID, nil, 110)
			fail(b, err)
			if len(list) == 110 && len(d.busy) < 50 {
				d.busy = append(d.busy, c.ID)
			}
		}
		last := page[len(page)-1]
		after = &app.ConversationKey{LastAt: last.LastAt, ID: last.ID}
		d.middle = *after
	}
	if len(d.busy) < 10 {
		b.Fatalf("only %d conversations have enough messages", len(d.busy))
	}
	return d
}

// baseline gives the time of reading 50 rows of a message's width by key, at random places of a plain table: the least that showing 50
// messages costs. The table is made once and kept beside the desk.
func (d *desk) baseline(b *testing.B) func() time.Duration {
	b.Helper()
	path := d.home + "-plain.db"
	db, err := sql.Open("sqlite", "file:"+path+storagetest.Pragmas+"(OFF)")
	fail(b, err)
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	if db.QueryRow(`SELECT max(id) FROM plain`).Scan(&d.most) != nil {
		for _, q := range []string{
			`ATTACH DATABASE '` + filepath.Join(d.home, "desk.db") + `' AS desk`,
			`CREATE TABLE plain (id INTEGER PRIMARY KEY, conversation INTEGER, at INTEGER, wamid TEXT, direction TEXT, type TEXT, text TEXT, status TEXT, raw TEXT) STRICT`,
			`INSERT INTO plain SELECT row_number() OVER (), conversation_id, at, wamid, direction, type, text, status, raw FROM desk.messages`,
			`DETACH DATABASE desk`,
		} {
			_, err := db.Exec(q)
			fail(b, err)
		}
		fail(b, db.QueryRow(`SELECT max(id) FROM plain`).Scan(&d.most))
	}
	q := `SELECT id, conversation, at, wamid, direction, type, text, status, raw FROM plain WHERE id IN (?1`
	for i := 2; i <= 50; i++ {
		q += fmt.Sprintf(",?%d", i)
	}
	st, err := db.Prepare(q + ")")
	fail(b, err)
	b.Cleanup(func() { _ = st.Close() })
	return func() time.Duration {
		return storagetest.Median(asks, func() {
			args := make([]any, 50)
			for i := range args {
				args[i] = 1 + d.rng.Int64N(d.most)
			}
			rows, err := st.Query(args...)
			fail(b, err)
			defer rows.Close()
			var id, conv, at int64
			var wamid, dir, kind, text, status, raw string
			for rows.Next() {
				fail(b, rows.Scan(&id, &conv, &at, &wamid, &dir, &kind, &text, &status, &raw))
			}
			fail(b, rows.Err())
		})
	}
}

// open is what the window does when a conversation is chosen.
func (d *desk) open(b *testing.B) {
	list, err := d.s.MessagesBefore(bg, d.busy[d.rng.IntN(len(d.busy))], nil, 50)
	fail(b, err)
	if len(list) != 50 {
		b.Fatalf("%d messages", len(list))
	}
}

// back pages up from the fiftieth message.
func (d *desk) back(b *testing.B) func() {
	keys := map[app.ID]app.MessageKey{}
	for _, id := range d.busy {
		list, err := d.s.MessagesBefore(bg, id, nil, 50)
		fail(b, err)
		keys[id] = list[0].Key()
	}
	return func() {
		id := d.busy[d.rng.IntN(len(d.busy))]
		key := keys[id]
		list, err := d.s.MessagesBefore(bg, id, &key, 50)
		fail(b, err)
		if len(list) != 50 {
			b.Fatalf("%d messages", len(list))
		}
	}
}

func (d *desk) list(b *testing.B) {
	list, err := d.s.Conversations(bg, app.ConversationFilter{}, nil, 50)
	fail(b, err)
	if len(list) != 50 {
		b.Fatalf("%d conversations", len(list))
	}
}

// search asks for beginnings of three letters, as somebody types them.
func (d *desk) search(b *testing.B) {
	beginnings := []string{"bac", "cec", "dic", "foc", "guc", "hac", "jec", "kic", "loc", "muc", "nac", "pec", "qic", "roc", "suc", "tac", "vec", "wic", "xoc", "zuc"}
	list, err := d.s.SearchMessages(bg, beginnings[d.rng.IntN(len(beginnings))], 0, 50)
	fail(b, err)
	if len(list) != 50 {
		b.Fatalf("%d found", len(list))
	}
}

// people asks for beginnings of names that a whole page of people has, however many there are.
func (d *desk) people(b *testing.B) {
	beginnings := []string{"ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qi", "ro", "su", "ta", "ve", "wi", "xo", "zu"}
	list, err := d.s.SearchConversations(bg, beginnings[d.rng.IntN(len(beginnings))], 50)
	fail(b, err)
	if len(list) != 50 {
		b.Fatalf("%d found", len(list))
	}
}

// anybody asks for what few and what many people have, in names and numbers.
func (d *desk) anybody(b *testing.B) {
	queries := []string{"00012", "dice", "46000", "ba", "6000", "ce di", "00000999", "xoba"}
	_, err := d.s.SearchConversations(bg, queries[d.rng.IntN(len(queries))], 50)
	fail(b, err)
}

const asks = 600

// BenchmarkR8OpenConversation: the newest 50 messages against 50 rows by key.
func BenchmarkR8OpenConversation(b *testing.B) {
	d := filled(b, many())
	plain := d.baseline(b)
	for range b.N {
		ratio, detail := storagetest.Best(false, func() (float64, string) {
			limit := plain()
			got := storagetest.Median(asks, func() { d.open(b) })
			return float64(got) / float64(limit), fmt.Sprintf("p50 %v, 50 rows by key %v, of %d messages", got, limit, many())
		})
		storagetest.Report(b, "R8", "open a conversation", ratio, 3, false, detail)
	}
}

// BenchmarkR9Search: the newest 50 with a beginning of three letters against 50 rows by key.
func BenchmarkR9Search(b *testing.B) {
	d := filled(b, many())
	plain := d.baseline(b)
	for range b.N {
		ratio, detail := storagetest.Best(false, func() (float64, string) {
			limit := plain()
			got := storagetest.Median(asks, func() { d.search(b) })
			return float64(got) / float64(limit), fmt.Sprintf("p50 %v, 50 rows by key %v, of %d messages", got, limit, many())
		})
		storagetest.Report(b, "R9", "search, beginning of three letters", ratio, 10, false, detail)
		ratio, detail = storagetest.Best(false, func() (float64, string) {
			limit := plain()
			got := storagetest.Median(asks, func() { d.anybody(b) })
			return float64(got) / float64(limit), fmt.Sprintf("p50 %v, 50 rows by key %v, of %d people", got, limit, many()/10)
		})
		storagetest.Report(b, "R9p", "search for people, few and many", ratio, 10, false, detail)
	}
}

// BenchmarkR10List: the first 50 of the list against 50 rows by key, and against a hundredth as many conversations.
func BenchmarkR10List(b *testing.B) {
	d, small := filled(b, many()), filled(b, max(many()/100, 10_000))
	plain := d.baseline(b)
	for range b.N {
		ratio, detail := storagetest.Best(false, func() (float64, string) {
			limit := plain()
			got := storagetest.Median(asks, func() { d.list(b) })
			return float64(got) / float64(limit), fmt.Sprintf("p50 %v, 50 rows by key %v", got, limit)
		})
		storagetest.Report(b, "R10", "list, first 50", ratio, 2, false, detail)
		growth, detail := storagetest.Best(false, func() (float64, string) {
			few := storagetest.Median(asks, func() { small.list(b) })
			got := storagetest.Median(asks, func() { d.list(b) })
			return float64(got) / float64(few), fmt.Sprintf("p50 %v, with a hundredth of the conversations %v", got, few)
		})
		storagetest.Report(b, "R10g", "list must not grow", growth, 2, false, detail)
	}
}

// BenchmarkGrowth: what a person does most, at 1 million messages against 10 thousand.
func BenchmarkGrowth(b *testing.B) {
	small, large := filled(b, 10_000), filled(b, many())
	smallBack, largeBack := small.back(b), large.back(b)
	for range b.N {
		for _, one := range []struct {
			name        string
			target      float64
			few, plenty func()
		}{
			{"open", 1.5, func() { small.open(b) }, func() { large.open(b) }},
			{"back", 1.5, smallBack, largeBack},
			{"list", 1.5, func() { small.list(b) }, func() { large.list(b) }},
			{"search", 1.5, func() { small.search(b) }, func() { large.search(b) }},
			{"people", 1.5, func() { small.people(b) }, func() { large.people(b) }},
		} {
			ratio, detail := storagetest.Best(false, func() (float64, string) {
				few, plenty := storagetest.Median(asks, one.few), storagetest.Median(asks, one.plenty)
				return float64(plenty) / float64(few), fmt.Sprintf("p50 %v at %d messages, %v at 10000", plenty, many(), few)
			})
			storagetest.Report(b, "growth-"+one.name, one.name, ratio, one.target, false, detail)
		}
	}
}
