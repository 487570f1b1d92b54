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
	out, err := s.searchPeople(ctx, searchWords(query), limit, fewTerms, topRows)
	return out, wrong(err)
}

// With a hundred thousand conversations, fifty that have a word are met among so many at the top of the list when more than that many have it.
const (
	fewTerms = 2000
	topRows  = 2500
)

// searchPeople takes one of three ways. A word that fits fewer than few terms leads to its contacts; when all words are common, most of what fits is
// near the top of the list; and what is rare only taken together is found by cutting the words' contacts with each other.
func (s *Store) searchPeople(ctx context.Context, words []string, limit, few, top int) ([]app.Conversation, error) {
	if len(words) == 0 {
		return nil, nil
	}
	for k, w := range words {
		fit, err := s.termsWith(ctx, w, few)
		if err != nil {
			return nil, err
		}
		if fit < few {
			return s.conversationsWith(ctx, slices.Concat(words[k:k+1], words[:k], words[k+1:]), true, limit)
		}
	}
	out, err := s.newestWith(ctx, words, top, limit)
	if err != nil || len(out) == limit {
		return out, err
	}
	return s.conversationsWith(ctx, words, false, limit)
}

// termsWith tells how many terms begin with a word, counting no further than most.
func (s *Store) termsWith(ctx context.Context, word string, most int) (int, error) {
	var n int
	_, err := s.read.one(ctx, `SELECT count(*) FROM (SELECT 1 FROM contact_terms WHERE term >= $1 AND term < $2 LIMIT $3) AS found`, []any{word, word + "\U0010FFFF", most}, &n)
	return n, err
}

// conversationsWith gives the newest conversations of contacts that have all words as beginnings of their terms. With few, the contacts of the first
// word are looked at one by one for the others; otherwise the contacts of all words are cut with each other.
func (s *Store) conversationsWith(ctx context.Context, words []string, few bool, limit int) ([]app.Conversation, error) {
	fits := `SELECT DISTINCT +contact_id AS contact FROM contact_terms WHERE term >= $1 AND term < $2`
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
	// The joins stand in the order in which they are to be done (a planner that is left to choose may read the whole table in another one), and what is
	// sorted is narrow: the whole rows are read of those that are shown.
	rows, err := s.read.query(ctx, `SELECT `+conversationColumns+` FROM conversations WHERE id IN (
		SELECT c.id FROM (`+fits+`) AS fits CROSS JOIN conversations AS c WHERE c.contact_id = fits.contact`+each.String()+`
		ORDER BY c.last_at DESC, c.id DESC LIMIT $`+itoa(len(args))+`)`, args...)
	out, err := scanAll(rows, err, scanConversation)
	return newest(out, limit), err
}

// newestWith looks for the words among so many at the top of the list.
func (s *Store) newestWith(ctx context.Context, words []string, top, limit int) ([]app.Conversation, error) {
	bottom := int64(0)
	_, err := s.read.one(ctx, `SELECT last_at FROM conversations WHERE closed = $1 ORDER BY last_at DESC, id DESC LIMIT 1 OFFSET $2`, []any{false, top}, &bottom)
	if err != nil {
		return nil, err
	}
	args := []any{false, bottom}
	var each strings.Builder
	for _, w := range words {
		args = append(args, w, w+"\U0010FFFF")
		each.WriteString(` AND ` + beginning("conversations.contact_id", itoa(len(args)-1), itoa(len(args))))
	}
	args = append(args, limit)
	rows, err := s.read.query(ctx, `SELECT `+conversationColumns+` FROM conversations WHERE closed = $1 AND last_at >= $2`+each.String()+`
		ORDER BY last_at DESC, id DESC LIMIT $`+itoa(len(args)), args...)
	return scanAll(rows, err, scanConversation)
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
