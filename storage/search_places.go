package storage

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"shopbell/app"
)

// A place is where a conversation stands in the search for people: the words of its contact are kept in the order of places. Were it the moment of
// the last message, every message would write all the words anew; so it is one that lies at most placeLag before it, and who looks for people
// looks that much further back.
const (
	placeBits = 21
	placeLag  = int64(6 * 60 * 60 * 1000) // milliseconds
	placeMost = int64(1)<<42 - 1          // the last moment that a place can tell
)

// placeMoment is the moment as a place tells it.
func placeMoment(at int64) int64 { return min(max(at, 0), placeMost) }

// placeHolds tells whether a place still is right for a conversation that was active last at some moment.
func placeHolds(place, lastAt int64) bool {
	at, was := placeMoment(lastAt), place>>placeBits
	return place != 0 && was <= at && at < was+placeLag
}

// placeAfter is the lowest place of which conversations may be that were active later than the moment of another place.
func placeAfter(place int64) int64 { return max(place>>placeBits-placeLag, 0) << placeBits }

// displace notes that the words of conversations, or their places, must be written anew when the transaction ends.
func (t *tx) displace(conversations ...app.ID) {
	if t.displaced == nil {
		t.displaced = map[app.ID]struct{}{}
	}
	for _, id := range conversations {
		t.displaced[id] = struct{}{}
	}
}

// placing is a conversation whose words are written anew.
type placing struct {
	id, contact app.ID
	from, to    int64
	terms       []string
}

// flushPlaces writes the words of displaced conversations, in the order of places, in which the index takes them in one go.
func (t *tx) flushPlaces(ctx context.Context) error {
	if len(t.displaced) == 0 {
		return nil
	}
	var all []placing
	taken := map[int64]bool{}
	for _, id := range slices.Sorted(maps.Keys(t.displaced)) {
		p := placing{id: id}
		var lastAt int64
		ok, err := t.one(ctx, `SELECT contact_id, last_at, place FROM conversations WHERE id = $1`, []any{id}, &p.contact, &lastAt, &p.from)
		if err != nil {
			return err
		}
		if !ok {
			continue // went into another one
		}
		p.to = p.from
		if !placeHolds(p.from, lastAt) {
			if p.to, err = t.freePlace(ctx, id, lastAt, taken); err != nil {
				return err
			}
			taken[p.to] = true
		}
		if p.terms, err = t.terms(ctx, p.contact); err != nil {
			return err
		}
		all = append(all, p)
	}
	clear(t.displaced)
	slices.SortFunc(all, func(x, y placing) int { return cmp.Compare(x.from, y.from) })
	for _, p := range all {
		if p.from != 0 {
			if err := t.unplace(ctx, p.id, p.from); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(all, func(x, y placing) int { return cmp.Compare(x.to, y.to) })
	words := bulk{into: `people_words (token, place, conversation_id, contact_id)`, columns: 4, tail: ` ON CONFLICT DO NOTHING`}
	for _, p := range all {
		if t.engine != sqliteEngine {
			for _, token := range placeTokens(p.terms) {
				words.add(token, p.to, p.id, p.contact)
			}
		} else if len(p.terms) > 0 {
			if _, err := t.exec(ctx, `INSERT INTO people_words (rowid, words) VALUES ($1, $2)`, p.to, strings.Join(p.terms, " ")); err != nil {
				return err
			}
		}
		if p.to == p.from {
			continue
		}
		if _, err := t.exec(ctx, `UPDATE conversations SET place = $1 WHERE id = $2`, p.to, p.id); err != nil {
			return err
		}
	}
	return words.insert(ctx, t)
}

// freePlace gives a place at a moment that no other conversation has.
func (t *tx) freePlace(ctx context.Context, id app.ID, at int64, taken map[int64]bool) (int64, error) {
	begin := placeMoment(at) << placeBits
	for low := int64(uint64(id) * 0x9e3779b97f4a7c15 >> (64 - placeBits)); ; low++ {
		place := begin | low&(1<<placeBits-1)
		if place == 0 || taken[place] {
			continue
		}
		if t.engine != sqliteEngine { // there the words know their conversation
			return place, nil
		}
		var some int
		if found, err := t.one(ctx, `SELECT 1 FROM conversations WHERE place = $1`, []any{place}, &some); err != nil || !found {
			return place, err
		}
	}
}

// terms are the beginnings by which a contact is found.
func (t *tx) terms(ctx context.Context, contact app.ID) ([]string, error) {
	rows, err := t.query(ctx, `SELECT term FROM contact_terms WHERE contact_id = $1`, contact)
	return scanAll(rows, err, func(rows *sql.Rows) (string, error) {
		var s string
		return s, rows.Scan(&s)
	})
}

// unplace removes the words of a conversation.
func (t *tx) unplace(ctx context.Context, conversation app.ID, place int64) error {
	if t.engine == sqliteEngine {
		_, err := t.exec(ctx, `DELETE FROM people_words WHERE rowid = $1`, place)
		return err
	}
	_, err := t.exec(ctx, `DELETE FROM people_words WHERE conversation_id = $1`, conversation)
	return err
}

// placeTokens are the beginnings of terms that are kept in the order of places on PostgreSQL, which has no index that would take the terms whole.
func placeTokens(terms []string) []string {
	var out []string
	for _, term := range terms {
		r := []rune(term)
		if isNumber(term) {
			if len(r) >= numberToken {
				out = append(out, term[:numberToken])
			}
			continue
		}
		for n := 1; n <= min(len(r), wordToken); n++ {
			out = append(out, string(r[:n]))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// placeToken is the kept beginning of a word that is looked for, or "".
func placeToken(word string) string {
	if isNumber(word) {
		if len(word) < numberToken {
			return ""
		}
		return word[:numberToken]
	}
	r := []rune(word)
	return string(r[:min(len(r), wordToken)])
}

// How much of a word is kept: fewer digits than three say next to nothing, and each number has many beginnings.
const (
	wordToken   = 4
	numberToken = 3
)

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }
