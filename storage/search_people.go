package storage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shopbell/app"
)

// SearchConversations finds conversations whose contact has all words of the query as beginnings of its name, its username or a part of its
// phone number; of many, those that were active last. A word that fits few leads to its contacts; when all are common, most of what fits is near the
// top of the list; and what is rare only taken together is found by cutting the words' contacts with each other.
func (s *Store) SearchConversations(ctx context.Context, query string, limit int) ([]app.Conversation, error) {
	words := searchWords(query)
	if len(words) == 0 {
		return nil, nil
	}
	for k, w := range words {
		found, err := s.contactsWith(ctx, w, fewTerms)
		if err != nil {
			return nil, wrong(err)
		}
		if len(found) < fewTerms {
			out, err := s.conversationsOf(ctx, found, slices.Delete(slices.Clone(words), k, k+1), limit)
			return out, wrong(err)
		}
	}
	out, err := s.newestWith(ctx, words, limit)
	if err != nil || len(out) == limit {
		return out, wrong(err)
	}
	var all []app.ID
	for k, w := range words {
		found, err := s.contactsWith(ctx, w, allTerms)
		if err != nil {
			return nil, wrong(err)
		}
		if k > 0 {
			found = slices.DeleteFunc(found, func(id app.ID) bool { _, in := slices.BinarySearch(all, id); return !in })
		}
		all = found
	}
	out, err = s.conversationsOf(ctx, all, nil, limit)
	return out, wrong(err)
}

const (
	fewTerms = 1000
	allTerms = 1 << 40
	topRows  = 2000 // of the list are looked through for words that are common
)

// contactsWith gives the contacts that have a word as the beginning of a term, in order and each once, of at most so many terms; so many are said
// by as long a list, even when some are the same.
func (s *Store) contactsWith(ctx context.Context, word string, most int) ([]app.ID, error) {
	// Duplicates are removed here, because a planner that is asked to do it may read the whole table in another order.
	rows, err := s.read.query(ctx, `SELECT contact_id FROM contact_terms WHERE term >= $1 AND term < $2 ORDER BY term LIMIT $3`, word, word+"\U0010FFFF", most)
	found, err := scanAll(rows, err, scanID)
	if err != nil || len(found) == most {
		return found, err
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// conversationsOf gives the newest conversations of contacts that have all words as beginnings of their terms.
func (s *Store) conversationsOf(ctx context.Context, contacts []app.ID, words []string, limit int) ([]app.Conversation, error) {
	var out []app.Conversation
	for part := range slices.Chunk(contacts, fewTerms) {
		args := anys(part)
		where := having(words, &args)
		args = append(args, limit)
		// What is sorted is narrow; the whole rows are read of those that are shown.
		rows, err := s.read.list(ctx, `SELECT `+conversationColumns+` FROM conversations WHERE id IN (SELECT id FROM conversations
			WHERE contact_id IN (`+marks(1, len(part))+`)`+where+` ORDER BY last_at DESC, id DESC LIMIT $`+itoa(len(args))+`)`, args...)
		list, err := scanAll(rows, err, scanConversation)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return newest(out, limit), nil
}

// newestWith looks for the words at the top of the list.
func (s *Store) newestWith(ctx context.Context, words []string, limit int) ([]app.Conversation, error) {
	args := []any{false, topRows}
	where := having(words, &args)
	args = append(args, limit)
	rows, err := s.read.list(ctx, `SELECT `+conversationColumns+` FROM (SELECT * FROM conversations WHERE closed = $1 ORDER BY last_at DESC, id DESC LIMIT $2) AS conversations
		WHERE 1 = 1`+where+` ORDER BY last_at DESC, id DESC LIMIT $`+itoa(len(args)), args...)
	return scanAll(rows, err, scanConversation)
}

// having asks that the contact of a conversation has every word as the beginning of a term.
func having(words []string, args *[]any) string {
	var q strings.Builder
	for _, w := range words {
		*args = append(*args, w, w+"\U0010FFFF")
		n := len(*args)
		q.WriteString(` AND (SELECT count(*) FROM contact_terms AS t WHERE t.contact_id = conversations.contact_id AND t.term >= $` +
			itoa(n-1) + ` AND t.term < $` + itoa(n) + `) > 0`)
	}
	return q.String()
}

// newest puts conversations in the order of the list.
func newest(list []app.Conversation, limit int) []app.Conversation {
	slices.SortFunc(list, func(x, y app.Conversation) int { return cmp.Or(y.LastAt.Compare(x.LastAt), cmp.Compare(y.ID, x.ID)) })
	return list[:min(len(list), limit)]
}
