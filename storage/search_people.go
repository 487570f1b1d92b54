package storage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shopbell/app"
)

// SearchConversations finds conversations whose contact has all words of the query as beginnings of its name, its username or a part of its
// phone number; of many, those that were active last.
func (s *Store) SearchConversations(ctx context.Context, query string, limit int) ([]app.Conversation, error) {
	out, err := s.searchPeople(ctx, searchWords(query), limit, peopleBounds{window: 1000, top: 2500, terms: 200})
	return out, wrong(err)
}

// peopleBounds tell when a search for people leaves one way for another. They change how long it takes, never what is found.
type peopleBounds struct {
	window int // so many who fit and may have been active last are looked at; of more, some are met at the top of the list
	top    int // so many of the list are looked at
	terms  int // a word with fewer terms leads to its contacts (PostgreSQL)
}

// searchPeople goes down the words in the order of places until a page is full, and then looks at all whose place is so near to the page's last that
// they may belong before it: what it takes does not depend on how many people there are.
func (s *Store) searchPeople(ctx context.Context, words []string, limit int, bounds peopleBounds) ([]app.Conversation, error) {
	if len(words) == 0 || limit < 1 {
		return nil, nil
	}
	if s.engine == sqliteEngine {
		return s.inPlaces(ctx, sqlitePlaces(words), words, limit, bounds)
	}
	for k, w := range words {
		n, err := s.termsWith(ctx, w, bounds.terms)
		if err != nil {
			return nil, err
		}
		if n < bounds.terms {
			return s.conversationsWith(ctx, slices.Concat(words[k:k+1], words[:k], words[k+1:]), true, limit)
		}
	}
	if p, ok := postgresPlaces(words, bounds.top); ok {
		if out, err := s.inPlaces(ctx, p, words, limit, bounds); err != nil || len(out) == limit {
			return out, err
		}
	} else if out, err := s.newestWith(ctx, words, bounds.top, limit); err != nil || len(out) == limit {
		return out, err
	}
	return s.conversationsWith(ctx, words, false, limit)
}

// placeQuery is a query for the places of those who have all words; what it asks stands in the arguments.
type placeQuery struct {
	first  string // the places of the first so many, from the top
	near   string // all of them down to some place
	window string // the same, joined with their conversations as c
	args   []any
	part   bool // the first are looked for among some only
}

// sqlitePlaces asks FTS5, which gives all that have several beginnings in the order of their rows.
func sqlitePlaces(words []string) placeQuery {
	var match strings.Builder
	for k, w := range words {
		if k > 0 {
			match.WriteString(" AND ")
		}
		match.WriteString(`"` + w + `"*`)
	}
	return placeQuery{
		first: `SELECT rowid FROM people_words WHERE people_words MATCH $1 ORDER BY rowid DESC LIMIT $2`,
		near:  `people_words WHERE people_words MATCH $1 AND rowid >= $2 ORDER BY rowid DESC`,
		// A planner that is left to choose may go through the conversations and ask of each.
		window: `(SELECT rowid AS place FROM people_words WHERE people_words MATCH $1 AND rowid >= $2 ORDER BY rowid DESC LIMIT -1) AS f
			CROSS JOIN conversations AS c WHERE c.place = f.place`,
		args: []any{match.String()},
	}
}

// postgresPlaces goes down one word's beginning and asks of each whether it has all words, of at most so many; false when no beginning is kept.
func postgresPlaces(words []string, most int) (placeQuery, bool) {
	token := ""
	for _, w := range words {
		if t := placeToken(w); len(t) > len(token) {
			token = t
		}
	}
	args := []any{token, 0}
	var each strings.Builder
	for _, w := range words {
		args = append(args, w, w+"\U0010FFFF")
		each.WriteString(` AND ` + beginning("w.contact_id", itoa(len(args)-1), itoa(len(args))))
	}
	return placeQuery{
		first: `SELECT w.place FROM (SELECT * FROM people_words WHERE token = $1 ORDER BY place DESC LIMIT ` + itoa(most) + `) AS w
			WHERE true` + each.String() + ` ORDER BY w.place DESC LIMIT $2`,
		near:   `people_words AS w WHERE w.token = $1 AND w.place >= $2` + each.String(),
		window: `people_words AS w JOIN conversations AS c ON c.id = w.conversation_id WHERE w.token = $1 AND w.place >= $2` + each.String(),
		args:   args,
		part:   true,
	}, token != ""
}

// inPlaces gives the newest of those who have all words.
func (s *Store) inPlaces(ctx context.Context, q placeQuery, words []string, limit int, bounds peopleBounds) ([]app.Conversation, error) {
	args := slices.Concat(q.args[:1], []any{limit}, q.args[min(2, len(q.args)):])
	rows, err := s.read.query(ctx, q.first, args...)
	places, err := scanAll(rows, err, scanID)
	if err != nil || len(places) == 0 || q.part && len(places) < limit {
		return nil, err
	}
	args[1] = places[len(places)-1]
	if len(places) == limit {
		args[1] = placeAfter(places[limit-1])
		var dense int
		most := slices.Concat(args, []any{bounds.window})
		if _, err := s.read.one(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+q.near+` LIMIT $`+itoa(len(most))+`) AS near`, most, &dense); err != nil {
			return nil, err
		}
		if dense == bounds.window {
			if out, err := s.newestWith(ctx, words, bounds.top, limit); err != nil || len(out) == limit {
				return out, err
			}
		}
	}
	// What is sorted is narrow: the whole rows are read of those that are shown.
	args = append(args, limit)
	rows, err = s.read.query(ctx, `SELECT `+conversationColumns+` FROM conversations WHERE id IN (
		SELECT c.id FROM `+q.window+` ORDER BY c.last_at DESC, c.id DESC LIMIT $`+itoa(len(args))+`)`, args...)
	out, err := scanAll(rows, err, scanConversation)
	return newest(out, limit), err
}

// termsWith tells how many terms begin with a word, counting no further than most.
func (s *Store) termsWith(ctx context.Context, word string, most int) (int, error) {
	var n int
	_, err := s.read.one(ctx, `SELECT count(*) FROM (SELECT 1 FROM contact_terms WHERE term >= $1 AND term < $2 LIMIT $3) AS found`, []any{word, word + "\U0010FFFF", most}, &n)
	return n, err
}

// conversationsWith gives the newest conversations of contacts that have all words as beginnings of their terms (PostgreSQL). With few, the contacts of the first
// word are looked at one by one for the others; otherwise the contacts of all words are cut with each other.
func (s *Store) conversationsWith(ctx context.Context, words []string, few bool, limit int) ([]app.Conversation, error) {
	fits := `SELECT DISTINCT contact_id AS contact FROM contact_terms WHERE term >= $1 AND term < $2`
	args := []any{words[0], words[0] + "\U0010FFFF"}
	var each strings.Builder
	for _, w := range words[1:] {
		args = append(args, w, w+"\U0010FFFF")
		low, high := itoa(len(args)-1), itoa(len(args))
		if few {
			each.WriteString(` AND ` + beginning("fits.contact", low, high))
		} else {
			fits += ` INTERSECT SELECT contact_id FROM contact_terms WHERE term >= $` + low + ` AND term < $` + high
		}
	}
	args = append(args, limit)
	rows, err := s.read.query(ctx, `SELECT `+conversationColumns+` FROM conversations WHERE id IN (
		SELECT c.id FROM (`+fits+`) AS fits CROSS JOIN conversations AS c WHERE c.contact_id = fits.contact`+each.String()+`
		ORDER BY c.last_at DESC, c.id DESC LIMIT $`+itoa(len(args))+`)`, args...)
	out, err := scanAll(rows, err, scanConversation)
	return newest(out, limit), err
}

// newestWith looks for the words among so many at the top of the list, and among the closed conversations as new as these.
func (s *Store) newestWith(ctx context.Context, words []string, top, limit int) ([]app.Conversation, error) {
	bottom := int64(0)
	_, err := s.read.one(ctx, `SELECT last_at FROM conversations WHERE closed = $1 ORDER BY last_at DESC, id DESC LIMIT 1 OFFSET $2`, []any{false, top}, &bottom)
	if err != nil {
		return nil, err
	}
	var out []app.Conversation
	for _, closed := range []bool{false, true} {
		args := []any{closed, bottom}
		var each strings.Builder
		for _, w := range words {
			args = append(args, w, w+"\U0010FFFF")
			each.WriteString(` AND ` + beginning("conversations.contact_id", itoa(len(args)-1), itoa(len(args))))
		}
		args = append(args, limit)
		rows, err := s.read.query(ctx, `SELECT `+conversationColumns+` FROM conversations WHERE closed = $1 AND last_at >= $2`+each.String()+`
			ORDER BY last_at DESC, id DESC LIMIT $`+itoa(len(args)), args...)
		list, err := scanAll(rows, err, scanConversation)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return newest(out, limit), nil
}

// beginning asks that a contact has a term between two arguments.
func beginning(contact, low, high string) string {
	return `EXISTS (SELECT 1 FROM contact_terms AS t WHERE t.contact_id = ` + contact + ` AND t.term >= $` + low + ` AND t.term < $` + high + `)`
}

// newest puts conversations in the order of the list.
func newest(list []app.Conversation, limit int) []app.Conversation {
	slices.SortFunc(list, func(x, y app.Conversation) int { return cmp.Or(y.LastAt.Compare(x.LastAt), cmp.Compare(y.ID, x.ID)) })
	return list[:min(len(list), limit)]
}
