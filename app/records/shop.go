package records

import (
	"context"
	"strings"

	"shopbell/app"
)

// Store keeps records, the people of the inbox among them. Its methods are as those of Source.
type Store interface {
	Reader
	Search(ctx context.Context, typ, query string, limit int) ([]Record, error)
}

// typed is a Store that knows types of its own.
type typed interface {
	Catalog(ctx context.Context) (Catalog, error)
}

// Contacts is what Shop needs of the people who write to the shop.
type Contacts interface {
	// ContactsByID gives those contacts that exist, in any order.
	ContactsByID(ctx context.Context, ids []app.ID) ([]app.Contact, error)
	// FindContacts gives at most limit contacts by words of their name or digits of their number, newest first; "" gives the newest.
	FindContacts(ctx context.Context, query string, limit int) ([]app.Contact, error)
}

// Shop is the source of the shop's own records, which come from Kept; Examples stand behind them so that a template can always be seen with
// values. Without Kept, Contacts are the people of the inbox.
type Shop struct {
	Contacts Contacts // may be nil
	Kept     Store    // may be nil
	Examples *Memory  // may be nil
	Types    Catalog

	// Papers draws the paper of a record; nil: records have none. It is set before the first is asked for.
	Papers func(ctx context.Context, ref Ref) (Document, error)
}

// Catalog gives the types, those that a user added among them.
func (s *Shop) Catalog(ctx context.Context) (Catalog, error) {
	if k, ok := s.Kept.(typed); ok {
		return k.Catalog(ctx)
	}
	return s.Types, nil
}

// Read reads from each place once.
func (s *Shop) Read(ctx context.Context, wants []Want) (map[Ref]Record, error) {
	out := map[Ref]Record{}
	var people []app.ID
	var kept, examples []Want
	for _, w := range wants {
		if w.Type == TypeCountry {
			for _, code := range w.IDs {
				r := countryRecord(code)
				out[r.Ref] = r
			}
			continue
		}
		own, invented := w, w
		own.IDs, invented.IDs = nil, nil
		for _, id := range w.IDs {
			person, isPerson := personID(w.Type, id)
			switch {
			case strings.HasPrefix(id, ExamplePrefix):
				invented.IDs = append(invented.IDs, id)
			case isPerson && s.Contacts != nil && s.Kept == nil:
				people = append(people, person)
			default:
				own.IDs = append(own.IDs, id)
			}
		}
		if len(own.IDs) > 0 {
			kept = append(kept, own)
		}
		if len(invented.IDs) > 0 {
			examples = append(examples, invented)
		}
	}
	if len(people) > 0 {
		found, err := s.Contacts.ContactsByID(ctx, people)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			r := ContactRecord(c)
			out[r.Ref] = r
		}
	}
	if s.Kept != nil && len(kept) > 0 {
		if err := into(ctx, out, s.Kept, kept); err != nil {
			return nil, err
		}
	}
	if s.Examples != nil && len(examples) > 0 {
		if err := into(ctx, out, s.Examples, examples); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Search finds the shop's own records; examples only fill what room is left, so they come last.
func (s *Shop) Search(ctx context.Context, typ, query string, limit int) ([]Record, error) {
	var out []Record
	if typ == TypeContact && s.Contacts != nil && s.Kept == nil {
		found, err := s.Contacts.FindContacts(ctx, query, limit)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			out = append(out, ContactRecord(c))
		}
	}
	for _, st := range s.stores() {
		if len(out) >= limit {
			return out, nil
		}
		found, err := st.Search(ctx, typ, query, limit-len(out))
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func (s *Shop) stores() []Store {
	var out []Store
	if s.Kept != nil {
		out = append(out, s.Kept)
	}
	if s.Examples != nil {
		out = append(out, s.Examples)
	}
	return out
}

// Document gives the paper that is drawn of a record.
func (s *Shop) Document(ctx context.Context, ref Ref) (Document, error) {
	if s.Papers == nil {
		return Document{}, ErrNoDocument
	}
	return s.Papers(ctx, ref)
}

// PortalLinks gives what the record's type says is its page.
func (s *Shop) PortalLinks(ctx context.Context, typ string, ids []string) (map[string]string, error) {
	c, err := s.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	t, _ := c.Type(typ)
	if t.Link == "" {
		return map[string]string{}, nil
	}
	p, err := ParsePath(t.Link)
	if err != nil {
		return nil, err
	}
	found, err := Walk(ctx, s, c, typ, ids, []Path{p})
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for id, values := range found {
		if len(values[0]) > 0 {
			out[id] = values[0][0].Text
		}
	}
	return out, nil
}

// Note does nothing: what was sent stands in the conversation.
func (s *Shop) Note(context.Context, Ref, string) error { return nil }

func into(ctx context.Context, out map[Ref]Record, from Reader, wants []Want) error {
	found, err := from.Read(ctx, wants)
	if err != nil {
		return err
	}
	for ref, r := range found {
		out[ref] = r
	}
	return nil
}
