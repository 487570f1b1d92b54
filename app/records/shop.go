package records

import (
	"context"
	"strings"

	"shopbell/app"
)

// Store keeps records of the built-in types. Both methods are as those of Source.
type Store interface {
	Reader
	Search(ctx context.Context, typ, query string, limit int) ([]Record, error)
}

// Contacts is what Shop needs of the people who write to the shop.
type Contacts interface {
	// ContactsByID gives those contacts that exist, in any order.
	ContactsByID(ctx context.Context, ids []app.ID) ([]app.Contact, error)
	// FindContacts gives at most limit contacts by words of their name or digits of their number, newest first; "" gives the newest.
	FindContacts(ctx context.Context, query string, limit int) ([]app.Contact, error)
}

// Shop is the source of the shop's own records. Contacts are the people of the inbox; other types come from Kept once there is one, and
// Examples stand behind them so that a template can always be seen with values.
type Shop struct {
	Contacts Contacts // may be nil
	Kept     Store    // may be nil
	Examples *Memory  // may be nil
	Types    Catalog
}

// Catalog gives the types.
func (s *Shop) Catalog(context.Context) (Catalog, error) { return s.Types, nil }

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
			case isPerson && s.Contacts != nil:
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
	if typ == TypeContact && s.Contacts != nil {
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

// Document answers ErrNoDocument: the shop's own papers are drawn elsewhere.
func (s *Shop) Document(context.Context, Ref) (Document, error) { return Document{}, ErrNoDocument }

// PortalLinks gives what the record's type says is its page.
func (s *Shop) PortalLinks(ctx context.Context, typ string, ids []string) (map[string]string, error) {
	t, _ := s.Types.Type(typ)
	if t.Link == "" {
		return map[string]string{}, nil
	}
	p, err := ParsePath(t.Link)
	if err != nil {
		return nil, err
	}
	found, err := Walk(ctx, s, s.Types, typ, ids, []Path{p})
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
